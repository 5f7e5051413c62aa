/* names.h - what two stories are about, told by their names.
 *
 * Words of the second day differ from those of the first, and time counts against them;
 * but if "Halvery", "Orlesk" and "Tesna" stand in most reports of two stories and hardly
 * anywhere else, they are one.  "Chicago" and "Cook County" say nothing of the kind.
 */
#ifndef CORROB_STORY_NAMES_H
#define CORROB_STORY_NAMES_H

#include "story/circle.h"

#define PROFILE_REPORTS 8
#define PROFILE_MAX (PROFILE_REPORTS * MARKS_MAX)

/* The names that most reports of a group have. */
struct profile {
    uint32_t name[PROFILE_MAX];
    float share[PROFILE_MAX]; /* of the reports looked at */
    uint32_t names, reports, group;
    int32_t first_day, last_day; /* DATE_NONE: no report is dated */
};

/* Of the units of a circle whose group is `group`. */
void profile_of_group(const struct sorter *s, const struct circle *c, uint32_t group,
                      struct profile *out);
/* Groups of the circle that may tell of the same as the two that are compared. */
struct allies {
    const struct circle *circle;
    uint32_t group[CIRCLE_MAX];
    uint32_t groups;
};

/* The central names that both have and hardly any other report: reports of an ally for
 * which the name is central, too, don't count as others.  (A happening in three parts
 * would else stay in three, each parting the other two.) */
uint32_t profiles_shared(const struct sorter *s, const struct profile *a,
                         const struct profile *b, const struct allies *allies);

#endif
