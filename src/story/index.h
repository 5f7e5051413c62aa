/* index.h - from a report's most telling terms to the earlier reports that share them.
 *
 *     n = index_find(&x, &v, view, slips, candidate);    the CANDIDATES nearest
 *     index_list(&x, &v, view, report);                  then the report itself
 *
 * A term leads to the latest LIST_MAX reports that have it, so the cost of a report doesn't grow with their number.
 */
#ifndef CORROB_STORY_INDEX_H
#define CORROB_STORY_INDEX_H

#include "story/view.h"

#define LIST_BITS 6
#define LIST_MAX (1u << LIST_BITS)
#define CANDIDATES 16
#define TEXT_CANDIDATES 12   /* of a report that is more than its headline */
#define TOUCHED_SLOTS 16384u /* > MARKS_MAX * LIST_MAX */

struct candidate {
    uint32_t report;
    float logit; /* that both tell of the same happening */
};

/* While one report is looked up. */
struct touched {
    uint32_t report; /* 1 + report, 0: empty */
    float sum;
};

struct index {
    struct arena arena; /* of pool */
    uint32_t *pool;     /* lists of 2, 4 … LIST_MAX reports */
    uint32_t used, cap;
    uint32_t spare[LIST_BITS + 1]; /* 1 + where a list of that size lies unused */
    struct touched *touched;
    uint32_t *order; /* slots of touched, in the order of touching */
};

struct sorter;

/* The working tables lie in arena; the lists are owned: index_release. */
struct index index_new(struct arena *arena);
void index_release(struct index *x);
/* The reports most worth weighing, best first; logits are not set. */
uint32_t index_find(const struct sorter *s, const struct view *view,
                    struct candidate out[CANDIDATES]);
void index_list(struct sorter *s, const struct view *view, uint32_t report);
/* The report can't be found by the term any more. */
void index_unlist(struct sorter *s, uint32_t key, uint32_t report);
/* Forgets the terms that nobody uses any more. */
void index_forget(struct sorter *s);
/* The reports that a term leads to; order is that of the ring. */
const uint32_t *index_reports(const struct index *x, const struct term *t);
/* Room for a list that is being loaded; false when count is no list's. */
bool index_take_list(struct index *x, struct term *t, uint32_t count);

#endif
