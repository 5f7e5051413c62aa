/* review.h - what people decided on facts: accepted, rejected, edited, taken back.
 *
 *     struct store_review r = { .who = STR("Ana"), .report = id, .kind = STR("figure"),
 *                               .start = 24, .end = 33, .decision = STR("reject") };
 *
 *     if (store_review_put(s, &r, &err))         safe now; the story is compared anew
 *         store_review_undo(s, nr, who, &err);   a row more, nothing is taken away
 *
 * A log that only grows.  The comparison of a story honours the decisions that hold: a
 * rejected fact is none, an edited one has the new values and says so.
 */
#ifndef CORROB_STORE_REVIEW_H
#define CORROB_STORE_REVIEW_H

#include "store/store.h"

struct store_review {
    int64_t nr, at, start, end, undoes, story; /* undoes 0: no undo */
    int64_t fact; /* which of the facts of this span, from 0; -1: all of them */
    struct str who, report, kind, decision;
    struct str machine; /* JSON: the fact as it was read; found by store_review_put */
    struct str change;  /* JSON object: the members that an edit sets */
    struct str rule;    /* what read it; found by store_review_put */
    struct str quote, outlet, title;
    bool holds; /* it is the decision on its fact now */
    bool idle;  /* it holds, but its report states no such fact */
};

struct store_reviews {
    ARRAY(struct store_review) row;
    bool more;
};

/* decision: accept, reject or edit.  False when the report has no such fact (ERR_MISSING),
 * or an edit sets what its kind of fact does not have (ERR_USAGE). */
bool store_review_put(struct store *s, const struct store_review *r, struct err *err);
/* Takes a decision back: its fact is as it was before.  nr 0: the last one of `who` that
 * holds.  False when there is none. */
bool store_review_undo(struct store *s, int64_t nr, struct str who, struct err *err);
/* The log, newest first; before: nr of the last row of the page before, 0: none. */
struct store_reviews store_reviews(struct arena *arena, struct store *s, int64_t before,
                                   uint32_t limit);
/* The decisions that hold on facts of a story; by report and place. */
struct store_reviews store_decisions(struct arena *arena, struct store *s,
                                     int64_t story);

/* A fact to be looked at: a toll that nobody decided on, newest report first. */
struct store_candidate {
    struct str report, kind;
    int64_t report_nr, n; /* n: its place in the reading */
    int64_t start, end, fact;
};
/* before_nr, before_n: of the candidate before, 0 and -1: from the newest; story 0: of
 * all.  Tells whether there is one. */
bool store_candidate(struct arena *arena, struct store *s, int64_t story,
                     int64_t before_nr, int64_t before_n, struct store_candidate *out);
/* How many tolls wait, counted up to `most`. */
int64_t store_candidates(struct store *s, int64_t story, int64_t most);
/* The fact of that report, kind, span and number (-1: the first) as it was read, a JSON
 * object; absent: there is none.  *of: how many facts of the kind have the span. */
struct str store_fact(struct arena *arena, struct store *s,
                      const struct store_candidate *at, int64_t *of);

/* The situation of a story with its reports, and the decisions that hold as "reviews": what
 * corrob_export_bytes takes.  Made anew at each call. */
bool store_whole_situation(struct arena *arena, struct store *s, int64_t story,
                           struct str policy, struct str *json, struct err *err);

#endif
