/* attribution_count.h - who counts: claimants of figures that stand in no speech.
 *
 *     The ministry put the toll at 58.          the ministry, cue "put"
 *     The clinic has registered 47 bodies.      the clinic, cue "registered"
 *     The ministry's tally was 58.              the ministry, cue "tally"
 *     58 died by the count of the ministry.     the ministry, cue "count"
 *
 * A newspaper rarely says "said" of a number; it says who counts.
 */
#ifndef CORROB_FACT_ATTRIBUTION_COUNT_H
#define CORROB_FACT_ATTRIBUTION_COUNT_H

#include "fact/fact.h"

/* Whether the actor can count, think and say so: a person, an organisation, a group with
 * a name or a sector; no place, no blast. */
bool actor_has_voice(const struct actor *a);

/* The actor who gives the figure by counting, with the word that tells so as *cue; or
 * FACT_NONE.  A figure that has a claimant from speech around it gets another one only
 * where its own clause names whose tally it is.  May add to facts->actor. */
uint32_t claimant_by_count(struct arena *arena, struct facts *facts,
                           const struct figure *figure, struct str *cue);

#endif
