/* tags.h - the labels of an analysis: parts of speech, Penn tags, relations.
 *
 *     upos_name(UPOS_PROPN)                    "PROPN"
 *     xpos_find(STR("PRP$"), &xpos)            true, XPOS_PRPS
 *
 * Universal Dependencies 2 as its English treebanks use it.  A trained model gives
 * numbers of these lists, so their order is part of the model file's format: new labels
 * go to the end, and a model that was trained with another list is refused.
 */
#ifndef CORROB_MODEL_TAGS_H
#define CORROB_MODEL_TAGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* clang-format off */
#define UPOS_LIST(Y)                                                                   \
    Y(X, "X") Y(ADJ, "ADJ") Y(ADP, "ADP") Y(ADV, "ADV") Y(AUX, "AUX")                  \
    Y(CCONJ, "CCONJ") Y(DET, "DET") Y(INTJ, "INTJ") Y(NOUN, "NOUN") Y(NUM, "NUM")      \
    Y(PART, "PART") Y(PRON, "PRON") Y(PROPN, "PROPN") Y(PUNCT, "PUNCT")                \
    Y(SCONJ, "SCONJ") Y(SYM, "SYM") Y(VERB, "VERB")

/* The Penn Treebank's; NONE: not analysed. */
#define XPOS_LIST(X)                                                                   \
    X(NONE, "_") X(CC, "CC") X(CD, "CD") X(DT, "DT") X(EX, "EX") X(FW, "FW")           \
    X(IN, "IN") X(JJ, "JJ") X(JJR, "JJR") X(JJS, "JJS") X(LS, "LS") X(MD, "MD")        \
    X(NN, "NN") X(NNP, "NNP") X(NNPS, "NNPS") X(NNS, "NNS") X(PDT, "PDT")              \
    X(POS, "POS") X(PRP, "PRP") X(PRPS, "PRP$") X(RB, "RB") X(RBR, "RBR")              \
    X(RBS, "RBS") X(RP, "RP") X(SYM, "SYM") X(TO, "TO") X(UH, "UH") X(VB, "VB")        \
    X(VBD, "VBD") X(VBG, "VBG") X(VBN, "VBN") X(VBP, "VBP") X(VBZ, "VBZ")              \
    X(WDT, "WDT") X(WP, "WP") X(WPS, "WP$") X(WRB, "WRB") X(PUNCT_STOP, ".")           \
    X(PUNCT_COMMA, ",") X(PUNCT_COLON, ":") X(PUNCT_OPEN, "-LRB-")                     \
    X(PUNCT_CLOSE, "-RRB-") X(PUNCT_QUOTE_OPEN, "``") X(PUNCT_QUOTE_CLOSE, "''")       \
    X(HYPH, "HYPH") X(NFP, "NFP") X(ADD, "ADD") X(AFX, "AFX") X(GW, "GW")              \
    X(DOLLAR, "$") X(HASH, "#") X(XX, "XX")

/* The relations of the treebanks, with the subtypes they use. */
#define DEPREL_LIST(X)                                                                 \
    X(DEP, "dep") X(ROOT, "root") X(NSUBJ, "nsubj") X(NSUBJ_PASS, "nsubj:pass")        \
    X(NSUBJ_OUTER, "nsubj:outer") X(OBJ, "obj") X(IOBJ, "iobj") X(CSUBJ, "csubj")      \
    X(CSUBJ_PASS, "csubj:pass") X(CSUBJ_OUTER, "csubj:outer") X(CCOMP, "ccomp")        \
    X(XCOMP, "xcomp") X(OBL, "obl") X(OBL_AGENT, "obl:agent")                          \
    X(OBL_UNMARKED, "obl:unmarked") X(VOCATIVE, "vocative") X(EXPL, "expl")            \
    X(DISLOCATED, "dislocated") X(ADVCL, "advcl") X(ADVCL_RELCL, "advcl:relcl")        \
    X(ADVMOD, "advmod") X(DISCOURSE, "discourse") X(AUX, "aux")                        \
    X(AUX_PASS, "aux:pass") X(COP, "cop") X(MARK, "mark") X(NMOD, "nmod")              \
    X(NMOD_POSS, "nmod:poss") X(NMOD_DESC, "nmod:desc")                                \
    X(NMOD_UNMARKED, "nmod:unmarked") X(APPOS, "appos") X(NUMMOD, "nummod")            \
    X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(AMOD, "amod") X(DET, "det")              \
    X(DET_PREDET, "det:predet") X(CASE, "case") X(CONJ, "conj") X(CC, "cc")            \
    X(CC_PRECONJ, "cc:preconj") X(FIXED, "fixed") X(FLAT, "flat") X(LIST, "list")      \
    X(PARATAXIS, "parataxis") X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt")  \
    X(ORPHAN, "orphan") X(GOESWITH, "goeswith") X(REPARANDUM, "reparandum")            \
    X(PUNCT, "punct")

#define TAG_ENUM(id, name) TAG_PREFIX(id),
enum upos {
#define TAG_PREFIX(id) UPOS_##id
    UPOS_LIST(TAG_ENUM)
    UPOS_COUNT
#undef TAG_PREFIX
};
enum xpos {
#define TAG_PREFIX(id) XPOS_##id
    XPOS_LIST(TAG_ENUM)
    XPOS_COUNT
#undef TAG_PREFIX
};
enum deprel {
#define TAG_PREFIX(id) DEPREL_##id
    DEPREL_LIST(TAG_ENUM)
    DEPREL_COUNT
#undef TAG_PREFIX
};
#undef TAG_ENUM
/* clang-format on */

const char *upos_name(enum upos pos);
const char *xpos_name(enum xpos tag);
const char *deprel_name(enum deprel rel);

/* The label of a name; false when the list doesn't have it. */
bool upos_find(struct str name, uint8_t *out);
bool xpos_find(struct str name, uint8_t *out);
bool deprel_find(struct str name, uint8_t *out);

#endif
