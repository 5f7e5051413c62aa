/* recall.h - figures that a report gives as earlier ones.
 *
 *     On Tuesday the service had spoken of nine dead.        recalled, for Tuesday
 *     At least nine were first reported killed.              recalled, no day told
 *     Its previous count, released on Wednesday, was 31.     recalled, for Wednesday
 *     She said that her staff had registered 47 bodies.      a figure of today
 *
 * A recalled figure speaks for the day on which it was given, not for the day of the
 * report that recalls it: it is no contradiction of what others count now.
 */
#ifndef CORROB_STORY_RECALL_H
#define CORROB_STORY_RECALL_H

#include "fact/fact.h"

/* Whether the part of a sentence that has a figure tells it as an earlier one.  start is
 * the byte of the figure in the sentence. */
bool tells_earlier(struct str sentence, size_t start);
/* The latest day before the report's own that the sentence (bytes of the text) names;
 * DATE_NONE: none, or only longer times. */
int32_t recalled_day(const struct facts *facts, uint32_t start, uint32_t end,
                     int32_t published);

#endif
