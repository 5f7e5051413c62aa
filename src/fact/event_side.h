/* event_side.h - the two sides of an event: which nouns act, which are acted upon.
 *
 *     "Police in Lunden arrested the leader of the Reds and two students"
 *     actors: police; recipients: leader of the Reds, students
 */
#ifndef CORROB_FACT_EVENT_SIDE_H
#define CORROB_FACT_EVENT_SIDE_H

#include "fact/event_code.h"

struct event_sides {
    uint32_t actor[EVENT_SIDE_MAX], recipient[EVENT_SIDE_MAX]; /* head tokens */
    uint32_t actors, recipients;
    uint32_t cause; /* an event noun that stands where an actor would, or TOKEN_NONE */
};

struct event_sides event_sides_of_verb(const struct facts *facts,
                                       struct event_code code);
/* The noun's own: "the shelling of X by Y", "Y's attack on X". */
struct event_sides event_sides_of_noun(const struct facts *facts,
                                       struct event_code code);
/* Adds a noun and those joined to it, each once. */
void event_side_add(const struct facts *facts, uint32_t *side, uint32_t *count,
                    uint32_t head);
/* Looks for the other side behind a word, by a list such as "on,against". */
uint32_t event_side_find(const struct facts *facts, uint32_t word, struct str list);

#endif
