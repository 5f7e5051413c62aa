/* figures.h - what counts have in common: for figures.c and conflict.c only. */
#ifndef CORROB_STORY_FIGURES_H
#define CORROB_STORY_FIGURES_H

#include "story/desk.h"

/* "Officers have been killed" names no number: it bears out none and disputes none. */
bool claim_is_bare(const struct claim *c);
/* Measure, part or whole, world, days and places fit, whatever the values are. */
bool claims_same_matter(const struct desk *d, const struct claim *a,
                        const struct claim *b);
/* Whether two claims have one claimant: a party, or one outlet's own voice. */
bool claims_one_voice(const struct desk *d, const struct claim *a,
                      const struct claim *b);
/* Whether one voice states both values in one report, for one time: then they are about
 * two things, whatever they look like. */
bool bundles_stated_together(const struct desk *d, const struct bundle *x,
                             const struct bundle *y);

/* Finds which bundles contradict each other, and notes it in both. */
void desk_find_conflicts(struct desk *d);

#endif
