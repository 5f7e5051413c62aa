/* event_frame.h - what an entry of verbs.tsv asks of the clause around its verb.
 *
 *     "fire", object person       "fired the minister", not "fired rockets"
 *     "suggest that", wish        "suggested that the talks should move", not "… that the
 *                                 dam is safe"
 *
 * The names are those of the table's column "object"; its head tells them all.
 */
#ifndef CORROB_FACT_EVENT_FRAME_H
#define CORROB_FACT_EVENT_FRAME_H

#include "fact/event_code.h"
#include "fact/event_form.h"

/* A verb in its clause, with what is the same for all of its entries. */
struct governor {
    uint32_t verb, subject, object;
    struct event_form form;
    bool passive;
    enum object_class object_is;
};

/* Whether the object may be of this class. */
bool event_frame_takes(const struct event_code *code, enum object_class object_is);
/* Whether the clause is all that the entry asks for; its words are found already. */
bool event_frame_fits(const struct facts *facts, const struct governor *g,
                      const struct event_code *code);
/* What the entry asks for, to be told where it is not there: "its object must be
 * somebody"; NULL where it asks for nothing. */
const char *event_frame_wanted(const struct event_code *code);

#endif
