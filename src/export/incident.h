/* incident.h - what is told of the dead of one place and day, over its claimants.
 *
 *     killed 31 (ministry), 47 (hospital)    best 31, low 31, high 47
 *
 * Built from the findings `killed` of a story that are no history, no part of another
 * count and not superseded.
 */
#ifndef CORROB_EXPORT_INCIDENT_H
#define CORROB_EXPORT_INCIDENT_H

#include "export/item.h"

struct incident {
    const struct item *first; /* the finding that most origins carry */
    const struct item *event; /* an event of the story that fits, or NULL */
    ARRAY(const struct item *) count;
    int64_t best, low, high, conservative;
    bool high_open;
    bool summed; /* nobody counts everybody: the classes added up */
};

struct incidents {
    ARRAY(struct incident) at;
};

struct incidents incidents_of(struct exporter *e);
/* "Reported: 31 to 47 killed; Interior Ministry says 31; …" */
struct str incident_notes(struct exporter *e, const struct incident *i);

#endif
