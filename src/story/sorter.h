/* sorter.h - reports into stories, one at a time, as they arrive.
 *
 *     struct sorter *s = sorter_new();
 *     uint32_t report = sorter_add(s, &told);        0, 1, 2, … in order of arrival
 *     sorter_story(s, report)                        the story that it is in now
 *     s->step[0 .. s->steps)                         what that arrival changed
 *
 * Each report meets the few earlier ones that share its most telling terms (index.h; its
 * lists are short, so the cost of a report doesn't grow with their number).  The stories
 * of those that it resembles are then put together anew with it: average linkage over
 * their members, nearest first, as long as the mean of the pairs' log odds favours it, so
 * look-alike incidents don't chain.  That is how a late report joins two stories into one
 * or shows that one was two; each such change is a step.  A story of many reports stays
 * whole and is weighed by a sample of them.  Stories that nobody tells of any more go
 * cold and in the end to rest (cool.h), so that memory hangs on the days of a stream, not
 * on its length.
 *
 * Deterministic: the same reports in the same order give the same stories and steps.
 */
#ifndef CORROB_STORY_SORTER_H
#define CORROB_STORY_SORTER_H

#include "base/err.h"
#include "story/index.h"

#define CHUNK_BITS 10
#define CHUNK ((uint32_t)1 << CHUNK_BITS)
#define CIRCLE_MAX 32  /* units that are linked anew when a report comes in */
#define CIRCLE_TEXT 24 /* the same of a report that is more than its headline */
#define STORY_NONE UINT32_MAX
#define PAIR_SLOTS ((uint32_t)1 << 17)

enum step_kind { STEP_OPENED, STEP_JOINED, STEP_MERGED, STEP_SPLIT };

/* opened, joined: the report, in story.  merged: all of `other` has gone into story.
 * split: the report has left `other` for story, which may be new. */
struct step {
    enum step_kind kind;
    uint32_t report, story, other;
};

/* When stories go cold and to rest: cool.h. */
struct pace {
    uint32_t cool_reports, cool_days, hot_reports, cold_reports;
};

/* What is kept of a report besides its marks. */
struct slip {
    struct view view;
    uint32_t story;
    uint32_t next; /* 1 + the next report of the story, 0 at the end */
};

/* Reports that came in one after another, and the memory of their marks. */
struct chunk {
    struct slip slip[CHUNK];
    struct arena marks;
    uint32_t live, held; /* marks that are in use, that there is memory for */
    int32_t today;       /* when the first of them came */
};

/* A story: a chain of reports. */
struct chain {
    uint32_t first, last, count; /* count 0: merged into another */
    uint32_t latest;             /* of its reports, by arrival */
    int32_t newest;              /* day of its latest report */
    bool bare;                   /* some of its reports have no marks any more */
};

/* A pair of reports that was weighed; the pairs of a story are asked for again with each
 * report that comes near it. */
struct pair {
    uint32_t a, b; /* 1 + the earlier report, 0: empty; the later one */
    float logit;
};

struct sorter {
    struct arena arena; /* of this struct and of the fixed tables */
    struct arena scratch, chunk_table, chain_table;
    struct pace pace;
    uint32_t cooled, rested; /* chunks that are done with */
    const struct pair_model *model;
    struct vocabulary vocabulary;
    struct index index;
    struct pair *pair; /* a table of PAIR_SLOTS; what is not in it is weighed anew */
    struct chunk **chunk;
    uint32_t chunks;
    uint32_t reports;
    struct chain *chain;
    uint32_t stories, chain_cap; /* stories: numbers given so far */
    int32_t today;               /* the latest day seen, or DATE_NONE */
    struct step step[CIRCLE_MAX + 8];
    uint32_t steps;
    struct candidate candidate[CANDIDATES]; /* that the last report met */
    uint32_t candidates;
};

struct sorter *sorter_new(void);
/* Its memory comes from where that of `like` does; see arena_init_like. */
struct sorter *sorter_new_like(const struct arena *like);
void sorter_free(struct sorter *s);
/* Takes the next report in; its number. */
uint32_t sorter_add(struct sorter *s, const struct told_words *told);

static inline struct slip *sorter_slip(const struct sorter *s, uint32_t report)
{
    return &s->chunk[report >> CHUNK_BITS]->slip[report & (CHUNK - 1)];
}

static inline uint32_t sorter_story(const struct sorter *s, uint32_t report)
{
    return sorter_slip(s, report)->story;
}

/* Bytes of memory that it takes. */
size_t sorter_memory(const struct sorter *s);

/* Log odds that two different reports tell of the same happening. */
float sorter_logit(const struct sorter *s, uint32_t a, uint32_t b);

/* The whole state as bytes, in pieces to put; false when put wants no more.  The same
 * state gives the same bytes. */
bool sorter_save(const struct sorter *s,
                 bool (*put)(void *context, const void *bytes, size_t len),
                 void *context);
/* The state of saved bytes, which may be any; NULL with *err set when they are damaged,
 * cut short or of another version. */
struct sorter *sorter_load(struct str bytes, struct err *err);
/* Puts magic and check sum of at least 16 bytes right, for tests that change the rest. */
void sorter_mend_sum(char *bytes, size_t len);

/* For the modules of the sorter: room for one more report, for its marks, for a story. */
struct slip *sorter_put_slip(struct sorter *s);
struct mark *sorter_put_marks(struct sorter *s, uint32_t report, uint32_t marks);
uint32_t sorter_put_chain(struct sorter *s);

#endif
