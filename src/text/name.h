/* name.h - which words are a name, and of what: by the model's labels and lexicons.
 *
 *     "US Secretary of State Antony Blinken met the Interior Ministry in Almaty"
 *     US place, Antony Blinken person (role "US Secretary of State"),
 *     Interior Ministry organization, Almaty place
 */
#ifndef CORROB_TEXT_NAME_H
#define CORROB_TEXT_NAME_H

#include "text/text.h"
#include "text/word.h"

struct name_span {
    uint32_t first, tokens;
    uint32_t role_first, role_tokens; /* 0 tokens: none */
    enum entity_type type;
    char gender;        /* 'm', 'f', 'u' not known */
    bool sure;          /* a lexicon or a clear sign gave the type */
    struct str country; /* alpha-3 code of a country's own name, or absent */
};

struct names {
    ARRAY(struct name_span) span; /* by first, without overlap */
};

/* Names of a text that has tags and trees: the spans that the model labelled (label[i]:
 * model/names.h) with titles taken off, and what lexicons and the rest of the text add. */
void names_read(struct arena *arena, const struct text *text,
                const struct word *const *words, const uint8_t *label,
                struct names *names);

/* Whether the form begins with a capital letter of any script. */
bool token_has_capital(const struct token *t);
/* Whether all its letters are capitals, two at least. */
bool token_is_acronym(const struct token *t);
/* Whether a token is the first word of its sentence or of a quotation in it. */
bool token_opens(const struct text *text, uint32_t token);

#endif
