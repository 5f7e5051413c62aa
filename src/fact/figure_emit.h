/* figure_emit.h - a counted phrase becomes a figure: ellipsis, lists, subsets, what is none.
 *
 *     "three farmers killed and dozens wounded"   dozens of farmers
 *     "two soldiers and 12 others died"           12 people of no class told
 */
#ifndef CORROB_FACT_FIGURE_EMIT_H
#define CORROB_FACT_FIGURE_EMIT_H

#include "fact/figure_scan.h"

/* What the sentence has given so far: the last whole toll, for ellipsis and subsets. */
struct toll_reader {
    struct scan *scan;
    uint32_t whole;     /* figure that subsets belong to, or FACT_NONE */
    uint32_t whole_end; /* token behind it */
    uint32_t first;     /* figures.count when the sentence began */
    enum frame frame;   /* by which the trigger is read now; NONE: by another rule */
};

/* Killed, injured, or one of both. */
bool toll_harms(enum measure m);

/* Adds the phrase as a figure, unless it is used, counts things, or is too few for its
 * measure ("a protester" is no crowd). */
void toll_emit(struct toll_reader *r, struct counted *c, enum measure measure,
               uint32_t trigger, bool subset);
/* The phrase and what follows on its list; returns the token behind the last. */
uint32_t toll_emit_list(struct toll_reader *r, struct counted *c, enum measure measure,
                        uint32_t trigger, bool subset);
/* The phrase as a subject, with what stands before it on its list. */
void toll_emit_subject(struct toll_reader *r, struct counted *c, enum measure measure,
                       uint32_t trigger);

/* Notes how the figure came to be, where that is asked for. */
void toll_trace(const struct toll_reader *r, const struct counted *c, uint32_t figure);
/* Notes the sentence's other triggers beside each of its figures: runners-up. */
void toll_trace_rivals(const struct toll_reader *r);

#endif
