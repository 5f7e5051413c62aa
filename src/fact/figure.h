/* figure.h - how many: tolls and other counts as intervals. */
#ifndef CORROB_FACT_FIGURE_H
#define CORROB_FACT_FIGURE_H

#include "fact/fact.h"

void figures_read(struct arena *arena, const struct fact_tools *tools,
                  struct facts *facts);

#endif
