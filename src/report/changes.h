/* changes.h - what a later version of an article tells otherwise, line by line.
 *
 *     Figure     Killed: 9 → 14
 *     Added      The governor asked for boats on Tuesday.
 *     Removed    Two people were missing.
 *
 * The words are the reports' own, not escaped: each page escapes them its own way.
 */
#ifndef CORROB_REPORT_CHANGES_H
#define CORROB_REPORT_CHANGES_H

#include "story/story.h"

struct change_line {
    struct str label, text;
};

struct change_lines {
    ARRAY(struct change_line) at;
    uint32_t left; /* more changes than are listed */
};

/* Headline, figures, statements, sentences, in this order; none for the same text. */
struct change_lines change_lines_of(struct arena *arena, const struct situation *s,
                                    const struct version_change *c);

#endif
