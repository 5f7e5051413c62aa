/* explain.h - why each fact of a report was read as it was: what corrob explain prints.
 *
 *     event e0  ASSAULT  “Police shot two men”
 *       entry      “shoot” codes ASSAULT, mode firearms (verbs.tsv:3021)
 *       matched    “shot”, VERB of “shoot”
 *       runner-up  “shoot down” (ASSAULT) lost: no “down” belongs to the verb (…)
 *
 * Facts are called e, f, s, t and a (events, figures, statements, times and entities)
 * with the number that they have in the output of read.
 */
#ifndef CORROB_REPORT_EXPLAIN_H
#define CORROB_REPORT_EXPLAIN_H

#include "base/buf.h"
#include "fact/fact.h"

/* Which facts are asked for; absent: all. */
struct explain_choice {
    struct str facts; /* "e0,f2" */
    struct str words; /* that stand in the fact's own words, in any case */
};

/* Whether a list of facts is one: "e0,f12". */
bool explain_choice_valid(struct str facts);
/* One report; facts->trace must be there.  Nothing is written for a report that has none
 * of the facts asked for: false then. */
bool explain_text(struct arena *arena, struct buf *out, const struct facts *facts,
                  const struct explain_choice *choice);
/* The same as one line of JSON: corrob.explanation/1. */
bool explain_json(struct arena *arena, struct buf *out, const struct facts *facts,
                  const struct explain_choice *choice);

#endif
