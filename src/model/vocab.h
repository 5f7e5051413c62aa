/* vocab.h - the words, lemma rules and lemmas that the trainer found in the treebanks.
 *
 * A word seen twice or more has a row of its own in the word table; all others share the
 * rows behind those by their hash.
 */
#ifndef CORROB_MODEL_VOCAB_H
#define CORROB_MODEL_VOCAB_H

#include "model/corpus.h"
#include "model/lemma.h"
#include "model/rows.h"

#define VOCAB_RULES_MAX 1024

struct vocab {
    struct rows words;
    uint32_t known, rows;          /* words with a row of their own; all rows */
    ARRAY(struct lemma_rule) rule; /* commonest first */
    uint32_t learned;   /* rules that the network chooses from; the others are
                                      known by single words */
    struct rows lemmas; /* form and part of speech -> rule */
    uint32_t lemma_count;
};

void vocab_make(struct arena *arena, const struct corpus *trees, struct vocab *out);
/* Sets row and rule of each word. */
void vocab_apply(const struct vocab *v, struct corpus *c);

#endif
