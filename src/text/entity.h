/* entity.h - mentions of a text and whom they mean: names, roles, pronouns.
 *
 *     "President Kassym-Jomart Tokayev … Mr. Tokayev … the president … he"
 *     one entity: name "Kassym-Jomart Tokayev", role "President", four mentions
 *
 *     "Collective Security Treaty Organization (CSTO) … the CSTO"
 *     one entity with the alias "CSTO"
 */
#ifndef CORROB_TEXT_ENTITY_H
#define CORROB_TEXT_ENTITY_H

#include "text/name.h"

/* Fills text.mention, text.entity and mention of the tokens. */
void entities_resolve(struct arena *arena, struct text *text,
                      const struct word *const *words, const struct names *names,
                      const struct coref_watch *watch);

#endif
