#include "fact/bond.h"
#include "fact/event_draft.h"

void event_find_time(const struct reading *r, struct event *e)
{
    e->time = bond_time(r->facts, e->trigger, BOND_LOOSE);
    if (e->time == FACT_NONE)
        return;
    e->day = r->facts->when.at[e->time].begin_day;
    e->end_day = r->facts->when.at[e->time].end_day;
}
