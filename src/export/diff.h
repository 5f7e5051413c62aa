/* diff.h - what changed between two situations: stories, tolls, claimants, conflicts.
 *
 *     Dam bursts in northern Velmora
 *       killed, people: Interior Ministry 31 -> 58
 *       new claimant: Halvery District Hospital
 *       conflict opened: killed, people: Interior Ministry 58, hospital 71
 *
 * Stories of the two are one when they share a report, an address or a title.  A toll is
 * what one claimant says of one measure and class; the claimant's latest word counts.
 */
#ifndef CORROB_EXPORT_DIFF_H
#define CORROB_EXPORT_DIFF_H

#include <jansson.h>

#include "base/buf.h"
#include "base/table.h"

struct toll {
    struct str measure, class_name, group, claimant, as_of;
    int64_t low, high;
    bool low_open, high_open;
    const json_t *evidence; /* its first supporting one */
};

struct toll_move {
    const struct toll *from, *to; /* from NULL: a new one */
};

struct conflict {
    struct str measure, class_name;
    const struct toll *side[2];
};

struct story_change {
    const json_t *before, *after; /* NULL: the story is new, or gone */
    ARRAY(struct str) reports;    /* ids that are new in it */
    ARRAY(struct toll_move) moved;
    ARRAY(struct str) claimants; /* new ones */
    ARRAY(struct conflict) opened, closed;
};

struct diff {
    const json_t *before, *after;
    ARRAY(struct story_change) story; /* those that changed */
};

struct diff diff_situations(struct arena *arena, const json_t *before,
                            const json_t *after);
void diff_write_json(struct buf *out, const struct diff *d);
void diff_write_text(struct buf *out, const struct diff *d, bool markdown);

#endif
