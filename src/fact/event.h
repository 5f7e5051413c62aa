/* event.h - who did what to whom. */
#ifndef CORROB_FACT_EVENT_H
#define CORROB_FACT_EVENT_H

#include "fact/fact.h"

void events_read(struct arena *arena, const struct fact_tools *tools,
                 struct facts *facts);

#endif
