/* coref_int.h - between the files of coreference. */
#ifndef CORROB_TEXT_COREF_INT_H
#define CORROB_TEXT_COREF_INT_H

#include "text/coref.h"

enum pronoun_class { PRONOUN_PERSON, PRONOUN_IT, PRONOUN_THEY, PRONOUN_CLASSES };
enum pronoun_case { CASE_SUBJECT, CASE_OBJECT, CASE_POSS, CASE_SELF };

struct pronoun {
    uint32_t token;
    enum pronoun_class class;
    enum pronoun_case form;
    char gender;
    uint32_t sentence, verb;
    uint8_t role;
    bool quoted, opens;
};

/* "he", "their", "itself"; not "I", "who" or "this". */
bool pronoun_from_token(const struct coref *c, uint32_t token, struct pronoun *out);

/* The referent that a token heads, if it heads one: names, nouns; pronouns not. */
bool referent_from_token(const struct coref *c, uint32_t token, struct referent *out);
enum referent_role referent_role_of(const struct text *text, uint32_t top);
/* The verb or noun that a token hangs on, past joined ones. */
uint32_t referent_governor(const struct text *text, uint32_t top);

/* Fills c->choice for a pronoun. */
void coref_options(struct coref *c, const struct pronoun *p);

static inline const struct token *coref_token(const struct coref *c, uint32_t i)
{
    return &c->text->token.at[i];
}

#endif
