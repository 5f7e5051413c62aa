/* timeline.h - a story's events in the order of the days on which they happened. */
#ifndef CORROB_REPORT_TIMELINE_H
#define CORROB_REPORT_TIMELINE_H

#include "story/story.h"

struct timeline_entry {
    int32_t day, end; /* DATE_NONE stands last; end is another day for weeks or more:
                       * "in 1998" */
    bool single;      /* within a day, what one origin alone reports stands last */
    uint32_t finding; /* index in story.finding */
    ARRAY(uint32_t) also; /* further findings of the same words: "beat and arrested" */
};

struct timeline {
    ARRAY(struct timeline_entry) entry;
    uint32_t earlier; /* the first so many are of long before: "the flood of 1998" */
};

struct timeline timeline_of(struct arena *arena, const struct story *story);

/* One behind the entries that stand under one date with entry i. */
uint32_t timeline_group_end(const struct timeline *t, uint32_t i);

/* "Beating, Arrest": the kinds of all that an entry tells, each once. */
struct str timeline_kinds(struct arena *arena, const struct story *story,
                          const struct timeline_entry *e);

/* An event's summary without what its place in the time line says already:
 * "Expected: Hale visits Greve (7 March 2029)" is "Hale visits Greve". */
struct str timeline_summary(struct arena *arena, const struct finding *event);

#endif
