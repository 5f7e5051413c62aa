/* event_context.h - what an event is about: PLOVER's 37 contexts, from words.
 *
 *     "The court sentenced two smugglers for human trafficking"   legal, trafficking
 *
 * data/en/contexts.tsv has the words; an event has the contexts of its sentence.
 */
#ifndef CORROB_FACT_EVENT_CONTEXT_H
#define CORROB_FACT_EVENT_CONTEXT_H

#include "fact/fact.h"

/* Fills contexts of all events, in alphabetical order. */
void events_find_contexts(struct arena *arena, struct facts *facts);

#endif
