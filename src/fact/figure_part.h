/* figure_part.h - parts of a toll and those told beside it.
 *
 *     "Nine people died, six of them children."        6, a part of the 9
 *     "The dead included two nurses."                  2, a part
 *     "Ivo Stamm was killed with three other men."     3 beside him
 *
 * Included by the figure files alone.
 */
#ifndef CORROB_FACT_FIGURE_PART_H
#define CORROB_FACT_FIGURE_PART_H

#include "fact/figure_emit.h"

/* "six of them children", "two of them were nurses": who the part is. */
void part_take_complement(struct scan *s, struct counted *c);
/* "The dead included six women", "among the dead were six women", "a teacher was among
 * those killed": parts of a toll that need no number of their own. */
bool part_among_read(struct toll_reader *r, const struct trigger *t,
                     enum measure measure);
/* "had been killed since Wednesday, along with six police officers": told with them.
 * "was killed with three other militants": who was named needs no number.  counted: the
 * trigger has counted somebody. */
void companions_read(struct toll_reader *r, const struct trigger *t,
                     enum measure measure, bool counted);
/* "Seven died in Karsk, five in Orlan and one in Tarsin": whose verb is left out. */
void gapped_read(struct toll_reader *r, enum measure measure);
/* ", including six children", ", among them a nurse", ", six of them children", ",
 * seven seriously": parts of the toll before. */
void parts_read(struct toll_reader *r);

#endif
