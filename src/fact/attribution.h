/* attribution.h - facts inside speech carry its speaker as claimant; modality from it.
 *
 *     Nine people were killed, the ministry said.    claimant the ministry, cue "said"
 *     The army denied that it had killed nine.       denied, claimant the army
 *     The mayor vowed to release nine prisoners.     hypothetical
 *     The union condemned the killing of nine men.   no claimant: it reacts to a fact
 *
 * A speaker who says so leaves a fact asserted: the claimant tells whose word it is, and
 * "reportedly" is the outlet's own hearsay.  Only words of doubt ("allegedly", "accused
 * of", "suspects that") make it alleged.
 */
#ifndef CORROB_FACT_ATTRIBUTION_H
#define CORROB_FACT_ATTRIBUTION_H

#include "fact/fact.h"

/* Fills claimant, cue and modality of facts->figure and facts->event from
 * facts->statement, which is by start; what a fact's own clause has set stays. */
void attribution_apply(struct arena *arena, const struct fact_tools *tools,
                       struct facts *facts);

#endif
