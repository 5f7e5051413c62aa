/* figure_mood.h - whether what is counted did happen: planned, denied, told as the past. */
#ifndef CORROB_FACT_FIGURE_MOOD_H
#define CORROB_FACT_FIGURE_MOOD_H

#include "fact/figure_scan.h"

/* The modality that the clause of the trigger gives: "to detain 110 more" is expected,
 * "would allow" hypothetical, "suspected of killing three" alleged, "did not kill"
 * negated.  ASSERTED where nothing says otherwise. */
enum modality mood_of(const struct scan *s, uint32_t trigger, const struct counted *c);

/* Whether the clause tells an earlier toll as context: "last year", "in a similar attack",
 * a year long past. */
bool mood_is_background(const struct scan *s, uint32_t trigger);

#endif
