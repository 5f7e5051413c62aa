/* lemma.h - from a form to its dictionary form by a rule that cuts and adds an ending.
 *
 *     "parties" -> "party"       lower case, cut 3, add "y"
 *     "was" -> "be"              lower case, cut 3, add "be"
 *     "SYRIANS" -> "Syrian"      capital first, cut 1, add ""
 */
#ifndef CORROB_MODEL_LEMMA_H
#define CORROB_MODEL_LEMMA_H

#include "base/arena.h"
#include "base/str.h"
#include "model/hash.h"

enum lemma_case { LEMMA_LOWER, LEMMA_KEEP, LEMMA_CAPITAL };

#define LEMMA_ADD_MAX 14

struct lemma_rule {
    uint8_t letters;         /* enum lemma_case */
    uint8_t cut;             /* bytes off the end */
    char add[LEMMA_ADD_MAX]; /* ended by NUL when shorter */
};

/* The key of a form as a part of speech in the lexicon of lemmas. */
static inline uint64_t lemma_key(struct str form, uint8_t upos)
{
    return (hash_word(form) ^ (upos + 1u)) * 0x9e3779b97f4a7c15u;
}

/* The rule that does least to get from form to lemma; false when what is to be added is
 * too long for a rule. */
bool lemma_rule_for(struct str form, struct str lemma, struct lemma_rule *out);
/* The rule's result, in the arena or a part of the form; the form itself where the rule would cut more than
 * there is. */
struct str lemma_apply(struct arena *arena, const struct lemma_rule *rule,
                       struct str form);

#endif
