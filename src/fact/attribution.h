/* attribution.h - facts inside speech carry its speaker as claimant; modality from it. */
#ifndef CORROB_FACT_ATTRIBUTION_H
#define CORROB_FACT_ATTRIBUTION_H

#include "fact/fact.h"

void attribution_apply(struct arena *arena, const struct fact_tools *tools,
                       struct facts *facts);

#endif
