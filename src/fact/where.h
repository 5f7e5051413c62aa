/* where.h - place names on the map. */
#ifndef CORROB_FACT_WHERE_H
#define CORROB_FACT_WHERE_H

#include "fact/fact.h"

void places_resolve(struct arena *arena, const struct fact_tools *tools,
                    struct facts *facts);

#endif
