/* review.h - what people decided on the facts of a report, applied before comparing.
 *
 * A line of corrob_report_lines may have a member beside those that read wrote:
 *
 *     "reviews":[{"kind":"figure","start":24,"end":33,"decision":"reject","by":"Ana"},
 *                {"kind":"figure","start":90,"end":99,"decision":"edit","by":"Ana",
 *                 "set":{"low":60,"high":60}}]
 *
 * A fact is known by its kind and its span in code points.  What is rejected is no fact
 * any more; what is edited has the new values and tells in `by_hand` who changed it and
 * how it was read.  A decision on a span that holds no such fact changes nothing.
 */
#ifndef CORROB_ENGINE_REVIEW_H
#define CORROB_ENGINE_REVIEW_H

#include "fact/fact.h"

/* line: the JSON line that the facts were read from; strings are put into the arena. */
void review_apply(struct arena *arena, struct facts *facts, struct str line);

#endif
