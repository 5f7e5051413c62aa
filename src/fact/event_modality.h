/* event_modality.h - whether it happened: negation, modal verbs, what the clause hangs on.
 *
 *     "failed to release"     negated          "will visit"            expected, intended
 *     "is expected to speak"  expected         "denied shelling"       denied
 *     "could attack"          hypothetical     "accused of killing"    alleged
 */
#ifndef CORROB_FACT_EVENT_MODALITY_H
#define CORROB_FACT_EVENT_MODALITY_H

#include "fact/fact.h"

struct event_mood {
    enum modality modality;
    bool intended; /* expected because its own subject says so: "will", "plans to" */
    bool refused;  /* "will not": negated and intended */
    uint32_t
        governor; /* the verb or adjective that it is the complement of, or TOKEN_NONE */
};

struct event_mood event_mood_of(const struct text *text, uint32_t verb);

#endif
