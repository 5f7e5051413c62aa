/* actor.h - entities of the text as actors: country, sector, role; and groups without a name. */
#ifndef CORROB_FACT_ACTOR_H
#define CORROB_FACT_ACTOR_H

#include "fact/fact.h"

void actors_read(struct arena *arena, const struct fact_tools *tools,
                 struct facts *facts);

#endif
