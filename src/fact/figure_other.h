/* figure_other.h - amounts that count no people: percent, money, price, time, ratio.
 *
 *     about 100% of the vote      percent 90..100 of the vote
 *     $2.5 million                money 2500000 USD
 *     90 crowns a litre           price 90 crown
 *     a six-month ban             duration 6 months; not "six months ago", "aged six"
 *     the price doubled           ratio 2; "halved" lies between 0 and 1, op 0.5
 */
#ifndef CORROB_FACT_FIGURE_OTHER_H
#define CORROB_FACT_FIGURE_OTHER_H

#include "fact/figure_scan.h"

/* Adds them to s->facts->figure for a scanned sentence. */
void others_read(struct scan *s);

#endif
