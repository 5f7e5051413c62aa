/* event_draft.h - an event while it is read, and what completes it from its surroundings.
 *
 *     "Police opened fire and two men were killed in the clash."
 *     the killing is the firing's: its actors and its mode come from there
 *
 * Included by the event files alone.
 */
#ifndef CORROB_FACT_EVENT_DRAFT_H
#define CORROB_FACT_EVENT_DRAFT_H

#include "fact/event_side.h"

struct reading {
    struct arena *arena;
    struct facts *facts;
    const struct text *text;
    bool *used;      /* by token: part of an event's trigger */
    uint32_t *coded; /* by token: 1 + index of the event that it triggers */
};

/* Everything known of an event before it is written down. */
struct draft {
    struct event_code code;
    struct event_sides sides;
    enum event_type type;
    struct str mode, cameo;
    enum modality modality;
    uint32_t means;   /* 1 + the noun that tells how: "in a bombing" */
    bool echo;        /* "the firing": its actors may have been told before */
    uint32_t joined;  /* 1 + index of the event whose actors are this one's, too */
    uint32_t implied; /* an actor named elsewhere in the text, or TOKEN_NONE */
    uint32_t light;   /* the verb that lends a noun its grammar, or TOKEN_NONE */
};

/* How it was done, for what harms people: "in a bombing", "when police opened fire", or
 * the event that it is joined to. */
void event_find_cause(struct reading *r, struct draft *d);
/* "Six men were arrested": by the police that the report speaks of, if it does. */
void event_imply_police(struct reading *r, struct draft *d);
/* "The dam gave way" concedes nothing; a dam that kills is an accident, not an attack. */
bool event_things_act(const struct reading *r, const struct draft *d);
/* Whether only things without a will are said to do what takes one: "the win suggests".
 * Where the tree alone puts a thing there, "launched operations to detain them", the actor
 * is taken away. */
bool event_lacks_will(const struct reading *r, struct draft *d);
/* When it happened: a time of the sentence that belongs to the event's clause, by the
 * tree.  When it was said is not when it was done. */
void event_find_time(const struct reading *r, struct event *e);
/* Notes why the event was coded so, where that is asked for. */
void event_trace(const struct reading *r, const struct draft *d, const struct event *e);

#endif
