/* name_int.h - what the words around a name say; shared by the ways of finding names. */
#ifndef CORROB_TEXT_NAME_INT_H
#define CORROB_TEXT_NAME_INT_H

#include "base/table.h"
#include "lex/lex.h"
#include "text/name.h"

struct finder {
    struct arena *arena;
    const struct text *text;
    const struct word *const *word;
    struct names *names;
    struct table inside; /* forms with a capital where no sentence begins */
    uint32_t end;        /* of the sentence in hand: no look goes over it */
};

/* What one lexicon says of the words at a place. */
struct match {
    enum entity_type type;
    uint32_t tokens; /* 0: nothing */
    struct str country;
};

static inline const struct token *tok(const struct finder *f, uint32_t i)
{
    return &f->text->token.at[i];
}

bool is_hyphen(const struct token *t);
/* "-" with no blank on either side. */
bool name_joins(const struct finder *f, uint32_t i);
/* Whether a token can be part of a name by its looks. */
bool name_able(const struct finder *f, uint32_t i);
/* A given name that is no common word. */
bool name_first_sure(const struct token *t);
/* The longest entry of the lexicons of names at i. */
struct match name_lexicon(const struct finder *f, uint32_t i);
/* Words that head the names of bodies and places; strong: nothing else. */
bool name_org_word(const struct finder *f, uint32_t i, bool *strong);
bool name_place_word(const struct finder *f, uint32_t i);
/* The entry of a word that ends a role ("minister"), or NULL. */
const struct lex_entry *name_role(const struct finder *f, uint32_t i);
/* Whether the dictionary has the word as a common one. */
bool name_common(const struct finder *f, uint32_t i);
/* The "of" or "for" in first..end, or end. */
uint32_t name_of(const struct finder *f, uint32_t first, uint32_t end);
/* Where the name begins after the title that opens first..end: the word after the last
 * role word, and after its "of State". first when there is none; end when all is role. */
uint32_t name_after_title(const struct finder *f, uint32_t first, uint32_t end);
void name_add(struct finder *f, struct name_span span);
/* Role and gender of all persons found. */
void name_find_roles(struct finder *f);

#endif
