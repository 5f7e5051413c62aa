/* figure_toll.h - who was killed, held, freed …: pairs triggers with what they count.
 *
 *     "Two suicide bombers killed 22 people, six of them children."
 *      killed 22 people;  killed 6 children, a subset;  the bombers are no victims
 *
 * Word order decides where it is plain; the dependency tree where words stand between.
 */
#ifndef CORROB_FACT_FIGURE_TOLL_H
#define CORROB_FACT_FIGURE_TOLL_H

#include "fact/figure_scan.h"

/* Adds the tolls of a scanned sentence to s->facts->figure. */
void tolls_read(struct scan *s);

#endif
