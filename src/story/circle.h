/* circle.h - the stories round a new report, put together anew.
 *
 * Units are reports, and stories too large to be taken apart; they are linked nearest
 * first by the mean log odds of their pairs (average linkage).
 */
#ifndef CORROB_STORY_CIRCLE_H
#define CORROB_STORY_CIRCLE_H

#include "story/sorter.h"

#define SAMPLE 6 /* reports that speak for a large story */

struct unit {
    struct chain chain;
    uint32_t story; /* that it comes from, or STORY_NONE */
    uint32_t sample[SAMPLE];
    uint32_t samples;
    uint32_t group; /* after circle_link: the first unit of its group */
};

struct circle {
    struct unit unit[CIRCLE_MAX];
    uint32_t units;
};

/* Working memory is of scratch. */
void circle_link(const struct sorter *s, struct arena *scratch, struct circle *c);

#endif
