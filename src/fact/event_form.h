/* event_form.h - under which words verbs.tsv knows a verb.
 *
 *     "slew"                   "slay"
 *     "tear-gassed"            "tear-gas", never "gas"
 *     "sexually assaulted"     "sexually assault", then "assault"
 */
#ifndef CORROB_FACT_EVENT_FORM_H
#define CORROB_FACT_EVENT_FORM_H

#include "lex/lex.h"
#include "text/text.h"

#define EVENT_FORMS 2

struct event_form {
    struct str words;  /* that its entries begin with */
    uint32_t entry;    /* the first of them in lex_verbs; they lie side by side */
    uint32_t modifier; /* the adverb's token, TOKEN_NONE: none */
};

/* Those that have entries, the more special one first; returns how many. */
uint32_t event_forms(const struct text *text, uint32_t verb,
                     struct event_form out[EVENT_FORMS]);
/* Whether entry i of lex_verbs is there and begins with the form's words. */
bool event_form_has(const struct event_form *form, uint32_t i);
/* Whether the word that ends with token i, of one token or joined by hyphens, is this
 * one: "sit-in", "cease-fire". */
bool event_word_is_joined(const struct text *text, uint32_t i, struct str word);

#endif
