/* origin.h - which reports of a story speak with one voice.
 *
 * Reports are one origin when most of the shorter text is carried over (ORIGIN_SHARE),
 * also in changed words, or when both are credited to one agency and share a passage.
 */
#ifndef CORROB_STORY_ORIGIN_H
#define CORROB_STORY_ORIGIN_H

#include "base/buf.h"
#include "story/copies.h"

/* The agency whose text a report is said to be ("HALVERY (BPA) - …", a byline, a credit
 * at the end), or absent. */
struct str agency_credit(struct arena *arena, const struct article *a);
/* Fills story->origins from its reports and copies. */
void story_find_origins(struct arena *arena, const struct article *const *report,
                        struct story *story);

#endif
