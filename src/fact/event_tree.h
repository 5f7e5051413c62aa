/* event_tree.h - a verb's arguments: from the tree, by word order where the tree is silent.
 *
 *     "Two men were arrested by police in Lunden"
 *     tree_subject -> "men", tree_is_passive, tree_agent -> "police",
 *     tree_oblique(…, "in") -> "Lunden"
 *
 * Everything is a token index, TOKEN_NONE when there is none.
 */
#ifndef CORROB_FACT_EVENT_TREE_H
#define CORROB_FACT_EVENT_TREE_H

#include "text/text.h"

#define TREE_DEPTH 6 /* steps up a tree; real sentences need three */

/* The sentence of a token as a half-open range of tokens. */
struct tree_range {
    uint32_t first, end;
};
struct tree_range tree_sentence(const struct text *text, uint32_t token);

/* The first dependent with this relation. */
uint32_t tree_child(const struct text *text, uint32_t head, enum deprel rel);
/* Whether a's chain of heads comes to b within depth steps, through no other verb. */
bool tree_reaches(const struct text *text, uint32_t a, uint32_t b, uint32_t depth);
/* The same, but open complements may lie between: "agreed to meet the envoy". */
bool tree_reaches_deep(const struct text *text, uint32_t a, uint32_t b, uint32_t depth);

/* Whether the tree hangs a verb in the past tense as none can hang: as a modifier, right
 * behind a name. */
bool tree_slips(const struct text *text, uint32_t verb);
bool tree_is_passive(const struct text *text, uint32_t verb);
/* The subject, own or shared: of the first of joined verbs, of the verb that controls an
 * infinitive, the noun that a participle or relative clause modifies. */
uint32_t tree_subject(const struct text *text, uint32_t verb);
uint32_t tree_object(const struct text *text, uint32_t verb);
uint32_t tree_agent(const struct text *text, uint32_t verb);
/* The noun that this preposition joins to a word; the first one behind the word. */
uint32_t tree_oblique(const struct text *text, uint32_t word, struct str preposition);
/* The noun that a preposition governs. */
uint32_t tree_governed(const struct text *text, uint32_t preposition);
/* A pronoun without an entity gives the head of the phrase that it goes back to, "they"
 * -> "protesters"; anything else itself. */
uint32_t tree_meant(const struct text *text, uint32_t token);
/* "thousands" of protesters: the number words head the phrase, the people are meant. */
uint32_t tree_counted(const struct text *text, uint32_t head);
/* Further members of a coordination, e.g. "Jordan and Britain": from the second one on.
 * Returns how many were put into out[0..max). */
uint32_t tree_joined(const struct text *text, uint32_t head, uint32_t *out,
                     uint32_t max);

/* The verb of saying that a clause is told by, whichever of the two hangs on the other:
 * "[22 were killed], officials added", "officials said that [22 were killed]". */
uint32_t tree_saying(const struct text *text, uint32_t verb);

static inline const struct token *tree_token(const struct text *text, uint32_t i)
{
    return &text->token.at[i];
}

static inline bool token_is_nominal(const struct token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_PRON;
}

#endif
