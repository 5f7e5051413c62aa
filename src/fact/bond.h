/* bond.h - whether a time or a place of a sentence belongs to what happened in it.
 *
 *     "The army said on Tuesday that two men had been killed when a bus hit a mine at Orlan"
 *     "killed" and "on Tuesday": FOREIGN, of the saying; "killed" and "at Orlan": SHARED
 */
#ifndef CORROB_FACT_BOND_H
#define CORROB_FACT_BOND_H

#include "fact/fact.h"

/* Best first. */
enum bond {
    BOND_OWN,    /* "was arrested on Tuesday", "Tuesday's bombing" */
    BOND_SHARED, /* "fled on Tuesday and was arrested", "killed when it fell on Tuesday" */
    BOND_LOOSE,  /* the tree doesn't tell */
    BOND_FOREIGN /* "said on Tuesday that two men had been arrested" */
};

/* Between the word of a happening and the tokens first.. of the same sentence. */
enum bond bond_of(const struct text *text, uint32_t happening, uint32_t first,
                  uint32_t tokens);
/* The verb, or what has a subject, that a token belongs to; itself if it is one. */
uint32_t bond_predicate(const struct text *text, uint32_t token);
/* Of the tokens first.. the one that the rest of them hangs on. */
uint32_t bond_head(const struct text *text, uint32_t first, uint32_t tokens);

/* The date or time of the sentence that belongs to a happening, by its word, as well as
 * worst at least: index in facts.when or FACT_NONE.  When it was said is not when it was
 * done. */
uint32_t bond_time(const struct facts *facts, uint32_t happening, enum bond worst);
/* The preposition that puts the name from token first on somewhere, "in" of "in the
 * capital, Karsk"; or TOKEN_NONE. */
uint32_t bond_preposition(const struct text *text, uint32_t first);

#endif
