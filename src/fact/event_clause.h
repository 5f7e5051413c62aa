/* event_clause.h - the clause that tells of an event, for a reader.
 *
 *     Colonel Aske, who leads the rescue, said that the army had sent boats and closed a road.
 *     "sent"      [the army had sent boats]
 *     "closed"    [the army] [closed a road]
 *     "leads"     [Colonel Aske, who leads the rescue]
 *
 * A clause without a subject of its own gets the one that it shares, a noun ("the
 * shelling of the port") the clause in which it stands.  Further clauses that are joined
 * or put in between are left out at both ends.
 */
#ifndef CORROB_FACT_EVENT_CLAUSE_H
#define CORROB_FACT_EVENT_CLAUSE_H

#include "fact/fact.h"

/* The clause around a token, in bytes of the text without the stop at its end.  Both
 * spans are empty where the tree has no clause there. */
struct clause event_clause(const struct text *text, uint32_t word);

#endif
