/* text.h - an article as language: sentences, tokens with their analysis, names.
 *
 *     struct text t = text_from_article(arena, lexicon, &article);
 *
 * The token carries a full dependency analysis (Universal Dependencies 2): part of
 * speech, head, relation.  Shallow rules fill it, or the trained model where one is
 * loaded; stage fact reads this struct alone and can't tell.
 * All offsets are bytes of article.text, half open.
 */
#ifndef CORROB_TEXT_TEXT_H
#define CORROB_TEXT_TEXT_H

#include "article/article.h"
#include "base/arena.h"

#define UPOS_LIST(X)                                                            \
    X(X)                                                                        \
    X(ADJ)                                                                      \
    X(ADP) X(ADV) X(AUX) X(CCONJ) X(DET) X(INTJ) X(NOUN) X(NUM) X(PART) X(PRON) \
        X(PROPN) X(PUNCT) X(SCONJ) X(SYM) X(VERB)
enum upos {
#define X(name) UPOS_##name,
    UPOS_X,
    UPOS_ADJ,
    UPOS_ADP,
    UPOS_ADV,
    UPOS_AUX,
    UPOS_CCONJ,
    UPOS_DET,
    UPOS_INTJ,
    UPOS_NOUN,
    UPOS_NUM,
    UPOS_PART,
    UPOS_PRON,
    UPOS_PROPN,
    UPOS_PUNCT,
    UPOS_SCONJ,
    UPOS_SYM,
    UPOS_VERB,
    UPOS_COUNT
#undef X
};
const char *upos_name(enum upos pos);

/* The relations of UD English: those of the treebanks, with the subtypes used. */
#define DEPREL_LIST(X)                                                                 \
    X(DEP, "dep")                                                                      \
    X(ROOT, "root")                                                                    \
    X(NSUBJ, "nsubj") X(NSUBJ_PASS, "nsubj:pass") X(NSUBJ_OUTER, "nsubj:outer")        \
        X(OBJ, "obj") X(IOBJ, "iobj") X(CSUBJ, "csubj") X(CSUBJ_PASS, "csubj:pass") X( \
            CSUBJ_OUTER, "csubj:outer") X(CCOMP, "ccomp") X(XCOMP, "xcomp")            \
            X(OBL, "obl") X(OBL_AGENT, "obl:agent") X(OBL_UNMARKED, "obl:unmarked") X( \
                VOCATIVE, "vocative") X(EXPL, "expl") X(DISLOCATED, "dislocated")      \
                X(ADVCL, "advcl") X(ADVCL_RELCL, "advcl:relcl") X(ADVMOD, "advmod") X( \
                    DISCOURSE, "discourse") X(AUX, "aux") X(AUX_PASS, "aux:pass")      \
                    X(COP, "cop") X(MARK, "mark") X(NMOD, "nmod") X(                   \
                        NMOD_POSS, "nmod:poss") X(NMOD_DESC, "nmod:desc")              \
                        X(NMOD_UNMARKED, "nmod:unmarked") X(APPOS, "appos") X(         \
                            NUMMOD, "nummod") X(ACL, "acl") X(ACL_RELCL, "acl:relcl")  \
                            X(AMOD, "amod") X(DET, "det") X(DET_PREDET, "det:predet")  \
                                X(CASE, "case") X(CONJ, "conj") X(CC, "cc") X(         \
                                    CC_PRECONJ, "cc:preconj")                          \
                                    X(FIXED, "fixed") X(FLAT, "flat") X(LIST, "list")  \
                                        X(PARATAXIS, "parataxis")                      \
                                            X(COMPOUND, "compound")                    \
                                                X(COMPOUND_PRT, "compound:prt")        \
                                                    X(ORPHAN, "orphan") X(GOESWITH,    \
                                                                          "goeswith")  \
                                                        X(REPARANDUM, "reparandum")    \
                                                            X(PUNCT, "punct")
enum deprel {
#define X(id, name) DEPREL_##id,
    DEPREL_LIST(X)
#undef X
        DEPREL_COUNT
};
const char *deprel_name(enum deprel rel);

/* Penn Treebank tags; order as in xpos_name. XPOS_NONE: not analysed. */
enum xpos {
    XPOS_NONE,
    XPOS_CC,
    XPOS_CD,
    XPOS_DT,
    XPOS_EX,
    XPOS_FW,
    XPOS_IN,
    XPOS_JJ,
    XPOS_JJR,
    XPOS_JJS,
    XPOS_LS,
    XPOS_MD,
    XPOS_NN,
    XPOS_NNP,
    XPOS_NNPS,
    XPOS_NNS,
    XPOS_PDT,
    XPOS_POS,
    XPOS_PRP,
    XPOS_PRPS,
    XPOS_RB,
    XPOS_RBR,
    XPOS_RBS,
    XPOS_RP,
    XPOS_SYM,
    XPOS_TO,
    XPOS_UH,
    XPOS_VB,
    XPOS_VBD,
    XPOS_VBG,
    XPOS_VBN,
    XPOS_VBP,
    XPOS_VBZ,
    XPOS_WDT,
    XPOS_WP,
    XPOS_WPS,
    XPOS_WRB,
    XPOS_PUNCT_STOP,
    XPOS_PUNCT_COMMA,
    XPOS_PUNCT_COLON,
    XPOS_PUNCT_OPEN,
    XPOS_PUNCT_CLOSE,
    XPOS_PUNCT_QUOTE_OPEN,
    XPOS_PUNCT_QUOTE_CLOSE,
    XPOS_HYPH,
    XPOS_NFP,
    XPOS_ADD,
    XPOS_AFX,
    XPOS_GW,
    XPOS_DOLLAR,
    XPOS_HASH,
    XPOS_XX,
    XPOS_COUNT
};
const char *xpos_name(enum xpos tag);

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

struct lexicon;
struct model;

/* Everything that reading a text needs besides the text; read-only, shared by threads. */
struct text_tools {
    const struct lexicon *lexicon;
    const struct model *model; /* NULL: the shallow rules */
};

struct text text_from_article(struct arena *arena, const struct text_tools *tools,
                              const struct article *article);
/* Whether every span lies in its sentence and every index in its array. */
bool text_sound(const struct text *text);

#endif
