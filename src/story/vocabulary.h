/* vocabulary.h - terms of all reports: in how many of them, and where they lead.
 *
 *     used = vocabulary_count(&v, word.key); one more report uses it
 *     v.reports++;                           and is counted itself
 *     vocabulary_idf(&v, word.key)           how telling the term is, 0 … 16
 *
 * With few reports there is nothing to count in, so each term starts as if it had been
 * counted in a thousand reports of news before (data/en/newswords.tsv).  With very many,
 * old counts are halved and terms that nobody uses any more forgotten, so that memory
 * ends somewhere: what was news a year ago is telling again.
 */
#ifndef CORROB_STORY_VOCABULARY_H
#define CORROB_STORY_VOCABULARY_H

#include "story/once.h"

#define WEEK 7
#define TERMS_MAX ((uint32_t)1 << 20)

struct term {
    uint32_t key;
    float used;     /* reports that use it, those before any was read included */
    uint32_t list;  /* index.c: the report, or where its list stands */
    uint8_t listed; /* reports in the list, … */
    uint8_t next;   /* … and where the next one goes */
};

struct vocabulary {
    struct once once;   /* terms of one report: no struct term before the second */
    struct arena arena; /* of terms and slots: taken anew when they grow */
    struct term *term;
    uint32_t count, cap;
    uint32_t *slot; /* 0: empty, else 1 + index in term */
    uint32_t slots;
    float reports;
    uint32_t turn;          /* number of the report that is counted */
    uint32_t limit;         /* of count: then it is time to forget */
    uint32_t (*sense)[2];   /* key and sense, a table of SENSE_SLOTS */
    uint32_t weekday[WEEK]; /* keys of their names, from Monday */
};

/* The fixed tables lie in arena, what grows is owned: vocabulary_release. */
struct vocabulary vocabulary_new(struct arena *arena);
void vocabulary_release(struct vocabulary *v);
/* No terms; senses stay. */
void vocabulary_clear(struct vocabulary *v);
/* The term of a key, new or not; good until the next call. */
struct term *vocabulary_put(struct vocabulary *v, uint32_t key);
/* NULL when fewer than two reports use it and no list of common words has it. */
struct term *vocabulary_find(const struct vocabulary *v, uint32_t key);
/* One more report uses it; how many do now, those before any was read included. */
float vocabulary_count(struct vocabulary *v, uint32_t key);
/* Asks for the memory of a key that will be counted soon: `far` first, then nearer. */
static inline void vocabulary_expect(const struct vocabulary *v, uint32_t far,
                                     uint32_t near)
{
    uint32_t id = v->slot[near & (v->slots - 1)];

    __builtin_prefetch(&v->slot[far & (v->slots - 1)]);
    __builtin_prefetch(&v->once.seen[far & (v->once.slots - 1)]);
    if (id)
        __builtin_prefetch(&v->term[id - 1]);
}
/* The term to whose list the report belongs; NULL, and the report noted, when it is the
 * only one that has been counted with it. */
struct term *vocabulary_list(struct vocabulary *v, uint32_t key, uint32_t report);
/* How telling a term is that so many reports use. */
float vocabulary_idf_of(const struct vocabulary *v, float used);
/* Inverse document frequency, from the counts and the prior. */
float vocabulary_idf(const struct vocabulary *v, uint32_t key);
/* The key, or that of what another newsroom writes for it. */
uint32_t vocabulary_sense(const struct vocabulary *v, uint32_t key);
/* The day of the week that a word is, from 0 for Monday; WEEK for another word. */
uint32_t vocabulary_weekday(const struct vocabulary *v, uint32_t key);
/* Whether there are so many terms that vocabulary_forget is due. */
static inline bool vocabulary_full(const struct vocabulary *v)
{
    return v->count >= v->limit;
}
/* Halves all counts and drops the terms that `keep` doesn't want kept. */
void vocabulary_forget(struct vocabulary *v,
                       bool (*keep)(void *context, const struct term *t),
                       void *context);

#endif
