/* chunk.h - the flat pieces of a sentence: noun phrases, verb groups, what joins them.
 *
 *     [NP The army] [VG has not entered] [NP the city] [PREP on] [NP Friday]
 *
 * Inside a chunk every word but its head has head and relation when this is done.
 */
#ifndef CORROB_TEXT_CHUNK_H
#define CORROB_TEXT_CHUNK_H

#include "text/tag.h"
#include "text/token.h"

#define NOWHERE (-1)

enum chunk_kind {
    CHUNK_NOUN,  /* a noun phrase without what follows its head */
    CHUNK_VERB,  /* auxiliaries and a verb */
    CHUNK_IN,    /* a preposition, or a word that opens a clause */
    CHUNK_WH,    /* who, which, that after a noun, when, where */
    CHUNK_AND,   /* and, or, but */
    CHUNK_COMMA, /* , ; : dashes */
    CHUNK_ADVERB,
    CHUNK_ADJECTIVE, /* one that no noun follows */
    CHUNK_MARK,      /* other punctuation */
    CHUNK_OTHER,
};

struct chunk {
    enum chunk_kind kind;
    int first, end, head; /* tokens of the sentence, from 0 */
    bool finite, passive, infinitive, copula;
};

/* One sentence on its way to a tree. */
struct sketch {
    struct token *token;            /* of the sentence */
    const struct word *const *word; /* beside the tokens */
    int tokens;
    int head[SENTENCE_TOKENS_MAX]; /* NOWHERE: none yet */
    struct chunk chunk[SENTENCE_TOKENS_MAX];
    int chunks;
};

/* Fills the chunks and the heads and relations inside them. */
void sketch_chunks(struct sketch *s);
void sketch_attach(struct sketch *s, int token, int head, enum deprel rel);

bool token_is_noun(const struct token *t);
bool token_is(const struct token *t, const char *lower);

#endif
