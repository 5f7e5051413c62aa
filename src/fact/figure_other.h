/* figure_other.h - amounts that count no people: percent, money, ratio, duration, price. */
#ifndef CORROB_FACT_FIGURE_OTHER_H
#define CORROB_FACT_FIGURE_OTHER_H

#include "fact/figure_scan.h"

/* Adds them to s->facts->figure for a scanned sentence. */
void others_read(struct scan *s);

#endif
