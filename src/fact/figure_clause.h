/* figure_clause.h - order of words in a clause: which phrase is the subject of which verb.
 *
 *     "18 members of the force have died"      the subject reaches over "of the force"
 *     "two people who fled a raid were killed" and over a relative clause
 *     "officials in two villages were killed"  but "two villages" is no subject
 *
 * Word order decides; the tree is asked first where it agrees with it.
 */
#ifndef CORROB_FACT_FIGURE_CLAUSE_H
#define CORROB_FACT_FIGURE_CLAUSE_H

#include "fact/figure_scan.h"

/* "reportedly", "also", "feared": what may stand between a subject, "be" and the verb. */
bool clause_is_adverb(const struct scan *s, uint32_t token);
bool clause_is_be(const struct scan *s, uint32_t token);
bool clause_is_relative(const struct scan *s, uint32_t token);

/* Whether a preposition makes the phrase no subject: "in two villages". */
bool clause_after_preposition(const struct scan *s, const struct counted *c);
/* Whether the words between the phrase and the verb let it be the subject. */
bool clause_reaches(const struct scan *s, const struct counted *c, uint32_t verb);

/* Whether the phrase is told as a part, at any place of its list: "15 people, including 13
 * pupils and two teachers, died". */
bool clause_is_part(const struct scan *s, const struct counted *c);

/* Whether all that stands between the phrase and the token hangs on it in the tree: "fifty
 * pupils and the driver of the bus they were on". */
bool clause_holds(const struct scan *s, const struct counted *c, uint32_t end);

/* Whether a list that begins with the phrase ends at the token: "my son and two friends". */
bool clause_is_joined(const struct scan *s, const struct counted *c, uint32_t end);

/* Whether it is the "of" phrase of one that counts: "six members of a family". */
bool clause_is_inside(const struct scan *s, const struct counted *c);

/* The phrase over the subject that the tree gives the verb, or NULL. */
struct counted *clause_subject_in_tree(struct scan *s, uint32_t verb);
/* The nearest unused phrase before token `from` that may be its subject, or NULL. */
struct counted *clause_subject_before(struct scan *s, uint32_t from);
/* What stands before on the list: "a poet" of "a poet and three activists"; or NULL. */
struct counted *clause_listed_before(struct scan *s, const struct counted *c);

/* First token of the verb's auxiliaries and adverbs; tells whether "be" (a passive) and
 * "have" are among them. */
uint32_t clause_group_start(const struct scan *s, uint32_t verb, bool *be, bool *have);
/* The trigger joined to this one ("killed or wounded") and the token behind it; else
 * *other NULL and the end of this one. */
uint32_t clause_verb_pair(const struct scan *s, const struct trigger *t,
                          const struct trigger **other);
/* Whether the phrase is the subject of a clause of its own: ", and six were hurt". */
bool clause_starts_at(const struct scan *s, const struct counted *c);

#endif
