/* gist.h - what a run of words tells, apart from its numbers: weighted senses.
 *
 *     "the bridge had been closed to lorries"  ->  bridge close lorry
 *     gist_within(&a, &b)     0..1: how much of a's weight stands in b, too
 */
#ifndef CORROB_AUDIT_GIST_H
#define CORROB_AUDIT_GIST_H

#include "story/vocabulary.h"
#include "text/text.h"

struct gist {
    ARRAY(struct gist_sense {
        uint32_t key;
        float weight;
    })
    sense; /* by key, each once */
    float weight;
    bool negated; /* an odd number of "not", "never", "nobody" */
};

/* Counts the words of a text into the vocabulary. */
void gist_learn(struct arena *arena, struct vocabulary *v, const struct text *t);
/* The key under which a token's sense is compared. */
uint32_t gist_key(const struct vocabulary *v, const struct token *t);
/* Of the tokens between two bytes; `skip` leaves out tokens, NULL: none. */
struct gist gist_of_span(struct arena *arena, const struct vocabulary *v,
                         const struct text *t, uint32_t start, uint32_t end);
/* Of the words that hang on the same verb as a token: its clause. */
struct gist gist_of_clause(struct arena *arena, const struct vocabulary *v,
                           const struct text *t, uint32_t token);
float gist_within(const struct gist *a, const struct gist *b);

/* The verb that a token hangs on, itself when it is one; TOKEN_NONE: none above it. */
uint32_t clause_verb(const struct text *t, uint32_t token);
/* First token that ends behind a byte. */
uint32_t token_from(const struct text *t, uint32_t byte);

#endif
