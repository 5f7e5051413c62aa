/* versions.h - the same article again: later versions, and what changed between them.
 *
 *     https://a.example/dam            "Dam bursts, 9 dead"     version 1
 *     https://www.a.example/dam/#top   "Dam bursts, 14 dead"    version 2: 9 -> 14
 *     https://a.example/dam            the same text again      the same document
 *
 * A new version is no second report: it joins its story and its origin.  Figures of an
 * older version stay, with their evidence; the newer one supersedes them.
 */
#ifndef CORROB_STORY_VERSIONS_H
#define CORROB_STORY_VERSIONS_H

#include "story/story.h"

/* By report: the least index of a report that it is the same article as; its own where
 * there is none.  Two reports are one article when their bytes are the same, or when
 * they have one address (scheme, "www.", fragment and tracking words aside) that leads
 * to more than a site's front page, and share their title or a sentence. */
uint32_t *versions_find(struct arena *arena, const struct facts *const *report,
                        uint32_t reports);

/* Fills story->versions; first is what versions_find gave.  Oldest first: by time of
 * publication where both tell it, else in the order of input. */
void story_find_versions(struct arena *arena, const struct facts *const *report,
                         const uint32_t *first, struct story *story);

/* By place in story->reports: 0 for the first version of a report, then 1, 2 …; of one
 * that has no others 0. */
uint32_t *story_version_numbers(struct arena *arena, const struct story *story);

#endif
