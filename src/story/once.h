/* once.h - terms that one report alone has used so far, and which.
 *
 *     once_put(&o, key, 7);                 report 7 is the first
 *     once_list(&o, key, 7);                and can be found by it
 *     struct seen was = once_take(&o, key); met again: it gets a struct term
 *
 * Most terms are never met again: they take eight bytes each here.  When there are
 * ONCE_MAX of them the older half is forgotten, and counts as never met.
 */
#ifndef CORROB_STORY_ONCE_H
#define CORROB_STORY_ONCE_H

#include "base/arena.h"

#define ONCE_SLOTS_FIRST ((uint32_t)1 << 8)
#define ONCE_SLOTS_MAX ((uint32_t)1 << 20)
#define ONCE_MAX (ONCE_SLOTS_MAX / 4 * 3)

struct seen {
    uint32_t key;
    uint32_t first; /* 0: no term; else 2 * (1 + report), and 1 when it is listed */
};

static inline uint32_t seen_report(const struct seen *s)
{
    return s->first / 2 - 1;
}

static inline bool seen_listed(const struct seen *s)
{
    return s->first & 1;
}

struct once {
    struct arena arena;
    struct seen *seen; /* a table of slots, at most three quarters of them full */
    uint32_t slots, count;
};

/* Memory is owned: once_release. */
struct once once_new(void);
/* Its memory comes from where that of `like` does; see arena_init_like. */
struct once once_new_like(const struct arena *like);
void once_release(struct once *o);
/* NULL when the term isn't there. */
struct seen *once_find(const struct once *o, uint32_t key);
/* A term that isn't there yet. */
void once_put(struct once *o, uint32_t key, uint32_t report);
/* The same of a term that may be there, and now leads to the report. */
void once_list(struct once *o, uint32_t key, uint32_t report);
/* Removes it; .first is 0 when it wasn't there. */
struct seen once_take(struct once *o, uint32_t key);
/* All terms by key; they lie in arena. */
struct seen *once_sorted(struct arena *arena, const struct once *o);

#endif
