/* vocabulary.h - terms of all reports of a run: in how many reports, and how telling.
 *
 *     uint32_t id = vocabulary_put(&v, word.key);
 *     vocabulary_weigh(&v, reports);         then v.term[id].idf
 *
 * With few reports there is nothing to count in, so each term starts as if it had been
 * counted in a thousand reports of news before (data/en/newswords.tsv).
 */
#ifndef CORROB_STORY_VOCABULARY_H
#define CORROB_STORY_VOCABULARY_H

#include "base/arena.h"

struct term {
    uint32_t key;
    uint32_t reports; /* that use it */
    float prior;      /* share of reports that use it, before any was read */
    float idf;
    uint32_t sense; /* its key, or that of what another newsroom writes for it */
    uint32_t seen_by, seen_at; /* last report + 1 that used it, and its mark there */
};

struct vocabulary {
    struct arena *arena;
    struct term *term;
    uint32_t count, cap;
    uint32_t *slot; /* 0: empty, else 1 + id */
    uint32_t slots;
};

struct vocabulary vocabulary_new(struct arena *arena);
/* The id of a key, new or not. */
uint32_t vocabulary_put(struct vocabulary *v, uint32_t key);
/* NULL when no report and no list has the key. */
const struct term *vocabulary_find(const struct vocabulary *v, uint32_t key);
/* Inverse document frequency of every term, from the counts and the prior. */
void vocabulary_weigh(struct vocabulary *v, uint32_t reports);

#endif
