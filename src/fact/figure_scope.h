/* figure_scope.h - where the people of a toll were, and when.
 *
 *     "Nine people died in Orlan and one in Karsk on Tuesday."
 *      nine: Orlan, Tuesday;  one: Karsk, Tuesday
 *     "The toll in Drovnia rose to 44 on Saturday."
 *      44: Drovnia, as of Saturday
 *
 * Nothing is taken from elsewhere: a toll whose own clause names no place has none, and
 * where it was said, or where the one who says it sits, is not where it happened.
 */
#ifndef CORROB_FACT_FIGURE_SCOPE_H
#define CORROB_FACT_FIGURE_SCOPE_H

#include "fact/fact.h"

/* Fills place, time, day, as_of and period of the tolls in facts->figure, which are
 * sorted. */
void figures_scope(struct arena *arena, struct facts *facts);

#endif
