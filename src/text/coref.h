/* coref.h - what pronouns and repeated nouns go back to, by a learned ranker.
 *
 *     "Protesters marched to the ministry.  They threw stones at it."
 *     they -> the token "Protesters", it -> the token "ministry"
 *
 *     "Jana Osk met Ada Venn after she had left the council."
 *     she -> a mention of Jana Osk
 *
 * Each pronoun has options: the last phrase of each chain that agrees with it, near by,
 * and nobody.  An option is a list of features of the tree, of distance and agreement;
 * a net of one small layer, learnt by tools/train-coref, says how good it is.
 */
#ifndef CORROB_TEXT_COREF_H
#define CORROB_TEXT_COREF_H

#include "text/text.h"
#include "text/word.h"

#define REFERENT_NONE UINT32_MAX

/* What a phrase speaks of: names by their entity, nouns by their commonest sense. */
enum referent_sort {
    SORT_PERSON,
    SORT_ORGANIZATION,
    SORT_PLACE,
    SORT_GROUP,
    SORT_MISC,
    SORT_NOUN_PERSON,
    SORT_NOUN_GROUP,
    SORT_NOUN_PLACE,
    SORT_NOUN_TIME,
    SORT_NOUN_ACT,
    SORT_NOUN_QUANTITY,
    SORT_NOUN_OTHER,
    SORTS
};

enum referent_role {
    ROLE_SUBJECT,
    ROLE_PASSIVE,
    ROLE_OBJECT,
    ROLE_OBLIQUE,
    ROLE_NMOD,
    ROLE_POSS,
    ROLE_APPOS,
    ROLE_COMPOUND,
    ROLE_ROOT,
    ROLE_OTHER,
    ROLES
};

/* A phrase that may be spoken of again. */
struct referent {
    uint32_t head;     /* its token */
    uint32_t top;      /* the token that tells its role: "President" of President Osk */
    uint32_t sentence; /* index in text.sentence */
    uint32_t chain;    /* index in coref.chain */
    uint8_t kind;      /* enum mention_kind */
    uint8_t sort, role;
    uint8_t definite; /* 0 bare, 1 "a", 2 "the", 3 "this", 4 "his" */
    char gender;      /* 'm', 'f', 'u' */
    bool plural, joined /* behind "and" */, quoted, opens /* first of its sentence */;
    uint32_t verb; /* what the top hangs on, or TOKEN_NONE */
};

/* What has been spoken of under several phrases. */
struct chain {
    uint32_t entity; /* ENTITY_NONE: no name */
    uint32_t head;   /* token of its last phrase that is no pronoun */
    uint32_t last, first, count;
    uint32_t pronoun; /* the last referent that is one, or REFERENT_NONE */
    char gender;
};

#define COREF_HIDDEN 12
#define COREF_FEATURES_MAX 48 /* of one option */
#define COREF_OPTIONS_MAX 64

/* clang-format off */
#define COREF_BLOCKS(X) \
    X(NEAR, 15) X(RANK, 18) X(ROLE, 160) X(KIND, 18) X(SORT, 36) X(NUMBER, 12) \
    X(GENDER, 9) X(COUNT, 15) X(MOST, 3) X(PRONOUN, 12) X(COARG, 16) X(PATH, 36) \
    X(BRANCH, 48) X(TOP, 24) X(OPENS, 9) X(DEFINITE, 15) X(FIRST, 6) X(QUOTE, 8) \
    X(INSIDE, 6) X(TOKENS, 18) X(START, 40) X(SPEECH, 8) X(SUBJECT, 12) \
    X(JOINED, 6) X(PRON, 40) X(SAME_VERB, 6) X(AFTER, 20) X(NONE, 12) \
    X(NONE_EXPL, 2) X(NONE_THAT, 4) X(NONE_QUOTE, 3) X(NONE_OPTIONS, 15) \
    X(NONE_BEST, 36)
/* clang-format on */

enum {
#define COREF_AT(name, size) COREF_##name, COREF_LAST_##name = COREF_##name + (size)-1,
    COREF_BLOCKS(COREF_AT)
#undef COREF_AT
        COREF_FEATURES
};

struct coref_weights {
    int16_t direct[COREF_FEATURES]; /* thousandths, as all of them */
    int16_t in[COREF_FEATURES][COREF_HIDDEN];
    int16_t out[COREF_HIDDEN];
};
extern const struct coref_weights coref_weights;

struct coref_option {
    uint32_t referent; /* REFERENT_NONE: nobody */
    uint16_t feature[COREF_FEATURES_MAX];
    uint32_t features;
};

struct coref_choice {
    uint32_t pronoun;                              /* token */
    struct coref_option option[COREF_OPTIONS_MAX]; /* [0] is nobody */
    uint32_t options;
};

struct coref {
    struct arena *arena;
    struct text *text;
    const struct word *const *word;
    const char *gender; /* by entity */
    ARRAY(struct referent) referent;
    ARRAY(struct chain) chain;
    uint32_t *chain_of;    /* by entity: 1 + chain, 0: none yet */
    uint32_t *referent_of; /* by token: 1 + referent that it heads */
    bool *quoted;          /* by token: between quotation marks */
    struct coref_choice *choice;
};

/* For the trainer: sees each choice and may take another option than the best. */
struct coref_watch {
    void *context;
    uint32_t (*decide)(void *context, const struct coref *c,
                       const struct coref_choice *choice, uint32_t best);
};

/* Adds the pronouns that mean an entity to text.mention (unsorted) and fills
 * token.antecedent where a phrase goes back to one without an entity.  The mentions of
 * the text are sorted and marked in the tokens. */
void coref_resolve(struct arena *arena, struct text *text,
                   const struct word *const *words, const char *gender,
                   const struct coref_watch *watch);

#endif
