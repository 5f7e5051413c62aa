/* text.h - an article as language: sentences, tokens with their analysis, names.
 *
 *     struct text t = text_from_article(arena, &tools, &article);
 *
 * The token carries a full dependency analysis (Universal Dependencies 2): part of
 * speech, head, relation, as the trained model sees them.
 * All offsets are bytes of article.text, half open.
 */
#ifndef CORROB_TEXT_TEXT_H
#define CORROB_TEXT_TEXT_H

#include "article/article.h"
#include "base/arena.h"
#include "model/tags.h" /* enum upos, xpos, deprel and their names */

#define TOKEN_NONE UINT32_MAX
#define ENTITY_NONE UINT32_MAX

/* One syntactic word.  "don't" is two: "do" and "n't"; "said." is "said" and ".". */
struct token {
    uint32_t start, end; /* bytes of the text; a word may be as short as a clitic */
    struct str form;     /* text[start..end) */
    struct str lower;    /* form with ASCII and Unicode letters in lower case */
    struct str lemma;  /* dictionary form in lower case ("say"); names keep capitals */
    uint32_t head;     /* index in text.token; TOKEN_NONE for a root */
    uint32_t sentence; /* index in text.sentence */
    uint32_t
        mention; /* index in text.mention of the innermost name over it, or UINT32_MAX */
    /* The head of the phrase that a pronoun or repeated noun goes back to, where that has
     * no entity: "they" -> "protesters"; else TOKEN_NONE.  Always before the token. */
    uint32_t antecedent;
    uint8_t upos; /* enum upos */
    uint8_t xpos; /* enum xpos */
    uint8_t rel;  /* enum deprel */
    bool space_after;
};

struct sentence {
    uint32_t start, end;    /* bytes of the text, blanks trimmed */
    uint32_t first, tokens; /* token[first .. first + tokens) */
    uint32_t paragraph;     /* from 0 */
};

enum entity_type {
    ENTITY_PERSON,
    ENTITY_ORGANIZATION,
    ENTITY_PLACE,
    ENTITY_GROUP,
    ENTITY_MISC
};
const char *entity_type_name(enum entity_type type);

enum mention_kind { MENTION_NAME, MENTION_NOMINAL, MENTION_PRONOUN };

struct mention {
    uint32_t start,
        end; /* bytes of the text; "President Tokayev" is Tokayev's mention */
    uint32_t first, tokens; /* the tokens */
    uint32_t head;          /* the token that heads it */
    uint32_t entity;
    enum mention_kind kind;
};

/* Somebody or something with a name; groups without one are added by stage fact. */
struct entity {
    enum entity_type type;
    struct str name;           /* the fullest form that the text gives */
    ARRAY(struct str) aliases; /* other forms */
    struct str role;           /* "US Secretary of State", or absent */
};

struct text {
    const struct article *article;
    ARRAY(struct token) token;
    ARRAY(struct sentence) sentence;
    ARRAY(struct mention) mention; /* by start */
    ARRAY(struct entity) entity;   /* by first mention */
};

struct model;
struct model_scratch;
struct coref_watch;

/* Everything that reading a text needs besides the text; read-only, shared by threads. */
struct text_tools {
    const struct model *model;
    /* The model's working memory, of this thread alone; NULL: made for each text. */
    struct model_scratch *scratch;
    const struct coref_watch *watch; /* NULL but where coreference is learnt */
};

struct text text_from_article(struct arena *arena, const struct text_tools *tools,
                              const struct article *article);
/* The sentence that a byte of the text lies in or behind; 0 when there is none. */
uint32_t text_sentence_at(const struct text *text, uint32_t byte);
/* Whether every span lies in its sentence and every index in its array. */
bool text_sound(const struct text *text);

#endif
