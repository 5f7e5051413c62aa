/* actor.h - who and what takes part: entities with country and sector, groups without a name. */
#ifndef CORROB_FACT_ACTOR_H
#define CORROB_FACT_ACTOR_H

#include "fact/fact.h"

/* The entities of the text as facts->actor, same indices, with country and sector where
 * their names, roles or company in the text tell them. */
void actors_read(struct arena *arena, const struct fact_tools *tools,
                 struct facts *facts);

/* The actor that a noun phrase speaks of, e.g. token[first..first + tokens) = "the
 * Kazakh interior ministry".  A name or resolved pronoun over the phrase's head gives
 * its entity; else the phrase becomes an actor of its own with a nominal mention,
 * "26 protesters" the same one as "the protesters".  FACT_NONE when the phrase has no
 * nominal head, or a pronoun that stands for nobody known.  Adds to facts->actor:
 * pointers into it are void afterwards. */
uint32_t actor_for_phrase(struct arena *arena, const struct fact_tools *tools,
                          struct facts *facts, uint32_t first_token, uint32_t tokens);

/* The same for the phrase that this noun heads, whose extent is taken from the tree. */
uint32_t actor_for_head(struct arena *arena, struct facts *facts, uint32_t head);

#endif
