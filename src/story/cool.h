/* cool.h - stories that nobody tells of any more give their memory back.
 *
 *     hot     all marks of all reports
 *     cold    GIST_MARKS of its first and of its latest report, those that tell most; its
 *             other reports none.  What it has lost can't speak for it, so a report that
 *             joins it has to share names and numbers, and wakes it.
 *     rests   none; no report joins it
 *
 * A story goes cold when cool_reports have come since its latest one and cool_days gone
 * by, or when hot_reports have come; it goes to rest after cold_reports.  A few thousand
 * reports stay hot, however old they are: there is nothing to be gained.  Days are told
 * by the stream, not by the story, so a wrong date keeps nothing hot.
 */
#ifndef CORROB_STORY_COOL_H
#define CORROB_STORY_COOL_H

#include "story/sorter.h"

#define GIST_MARKS 24

extern const struct pace default_pace;

/* Called before each report that opens a chunk. */
void sorter_cool(struct sorter *s);
/* Lets the stories rest that had no report since the day. */
void sorter_rest(struct sorter *s, int32_t before);

#endif
