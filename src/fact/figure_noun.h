/* figure_noun.h - what is counted: the noun phrase behind an amount, its class of people. */
#ifndef CORROB_FACT_FIGURE_NOUN_H
#define CORROB_FACT_FIGURE_NOUN_H

#include "fact/figure_scan.h"
#include "lex/lex.h"

/* Reads the noun phrase behind the amount c, whose tokens end at c->end; fills head, who,
 * end, after, class and the flags. */
void noun_read(struct scan *s, struct counted *c);

/* Reads "a policeman", "two-week-old son", "Taliban militants" at token `at` where no
 * amount stands.  False when no noun for people is there. */
bool noun_read_bare(struct scan *s, uint32_t at, struct counted *c);

#endif
