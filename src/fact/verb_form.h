/* verb_form.h - entries of a lexicon of verbs by any of their regular forms.
 *
 *     verb_entry(&lex_tolls, STR("stabbed"))   the entry of "stab"
 *
 * Irregular forms ("said") are entries of the lexicon themselves.
 */
#ifndef CORROB_FACT_VERB_FORM_H
#define CORROB_FACT_VERB_FORM_H

#include "lex/lex.h"

/* The entry of the verb that the form, in lower case, belongs to: the form itself, else
 * what is left without -s, -ed, -ing.  NULL when none is there. */
const struct lex_entry *verb_entry(const struct lex_table *t, struct str form);

/* The same without the form itself: "killing" as a form of "kill", where the lexicon has
 * the noun "killing" too. */
const struct lex_entry *verb_entry_of_stem(const struct lex_table *t, struct str form);

#endif
