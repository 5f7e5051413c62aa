/* copies.h - which reports carry text of which, and how much.
 *
 *     struct copies c = copies_find(arena, scratch, report, reports, story);
 *
 * Word 5-grams of all reports stand in an inverted index, thinned by winnowing: of each
 * few neighbours the least is kept, so that equal passages keep equal ones.  What stands
 * in three or more stories is furniture ("sign up for our newsletter") and is forgotten.
 * Reports that share what is left are compared word by word.  The measure is
 * containment, the share of the shorter text: half an agency's text is its copy, too.
 */
#ifndef CORROB_STORY_COPIES_H
#define CORROB_STORY_COPIES_H

#include "story/passage.h"
#include "story/story.h"

/* Of the shorter text, from which share on two reports are one origin.  A long quotation
 * in a text of two paragraphs makes no copy, so the shares of the shorter and of the
 * longer text together must reach nine tenths. */
#define ORIGIN_SHARE 0.6
#define ORIGIN_BOTH 0.9

/* Stories numbered in the order of their first reports. */
struct grouping {
    uint32_t *story;
    uint32_t stories;
};

struct gram {
    uint32_t key;
    uint32_t last;  /* 1 + posting, 0: none */
    uint32_t count; /* postings */
    bool furniture;
};

struct posting {
    uint32_t report, before;
};

struct gram_index {
    struct arena *arena;
    ARRAY(struct gram) gram;
    ARRAY(struct posting) posting;
    uint32_t *slot;
    uint32_t slots;
};

/* The index over all reports, furniture marked by the stories so far. */
struct gram_index gram_index_new(struct arena *arena,
                                 const struct article *const *report, uint32_t reports,
                                 const uint32_t *story);
/* A report's words with furniture masked. */
struct side side_of_report(struct arena *arena, const struct gram_index *index,
                           const struct article *report);

struct copies {
    struct copy *at;
    uint32_t count, cap;
};

/* Whether so much is carried over, word for word or nearly, that two reports are one
 * origin. */
bool copy_is_origin(const struct copy *c);
/* All copies with their passages in the words of the texts, by later report.  Stories
 * that a copy joins (share of ORIGIN_SHARE and more) become one in *story. */
struct copies copies_find(struct arena *arena, const struct gram_index *index,
                          const struct article *const *report, uint32_t reports,
                          struct grouping *grouping);
/* Passages in the order of the later report. */
void copy_sort(struct copy *copy);
/* Passages as bytes of both texts, in the order of the later report. */
void copy_add_runs(struct arena *arena, struct copy *copy, const struct side *from,
                   const struct side *to, const struct runs *runs);

#endif
