/* when.h - time phrases and the days they mean. */
#ifndef CORROB_FACT_WHEN_H
#define CORROB_FACT_WHEN_H

#include "fact/fact.h"

void whens_read(struct arena *arena, const struct fact_tools *tools,
                struct facts *facts);

#endif
