/* shelf.h - brief and sources laid out for comparing: their counts, claims and days.
 *
 *     "The army said that it had killed 13 of the attackers."
 *         tally 13 attackers, killed, voice the army
 *         claim "it had killed 13 of the attackers", voice the army
 *
 * A tally is a figure of stage fact, or a number that no figure takes in ("410 bridges
 * will be inspected").
 */
#ifndef CORROB_AUDIT_SHELF_H
#define CORROB_AUDIT_SHELF_H

#include "audit/gist.h"
#include "audit/voice.h"

#define DAYS_MAX 6

struct days {
    int32_t at[DAYS_MAX];
    uint32_t count;
};

struct tally {
    uint32_t start, end, sentence, token;
    int64_t low, high;
    struct str op;
    const struct figure *figure; /* NULL: a bare number */
    uint32_t noun;               /* key of what is counted, 0: not told */
    struct gist clause;
    ARRAY(struct voice) voice; /* who is named for it, innermost first */
    struct days days;          /* of its clause */
    bool
        as_of; /* those are of the telling, not of what happened: "rose on Monday to" */
};

/* What somebody is said to say. */
struct claim {
    uint32_t start, end, sentence;
    struct voice voice;
    struct gist gist;
    bool denied; /* "denied that …" */
    bool quoted; /* a quotation and no more */
    struct days days;
};

struct sheet {
    const struct facts *facts;
    struct gist *sentence; /* one each */
    ARRAY(struct tally) tally;
    ARRAY(struct claim) claim;
    ARRAY(struct span) quoted; /* between quotation marks, without them */
};

struct shelf {
    struct arena *arena;
    struct vocabulary vocabulary;
    struct sheet brief, *source;
    uint32_t sources;
};

struct shelf shelf_of(struct arena *arena, const struct facts *brief,
                      const struct facts *const *source, uint32_t sources);

/* Of the sentence before, in the same paragraph: "…on Monday. Eleven were killed." */
struct days days_before(const struct facts *f, uint32_t sentence);
struct days days_of_span(const struct facts *f, uint32_t start, uint32_t end);
bool days_meet(const struct days *a, const struct days *b);
bool days_have(const struct days *d, int32_t day);
/* Whether two spans of a text share a byte. */
static inline bool spans_meet(uint32_t a, uint32_t a_end, uint32_t b, uint32_t b_end)
{
    return a < b_end && b < a_end;
}

#endif
