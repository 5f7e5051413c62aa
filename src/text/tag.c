#include "text/tag.h"

#include <string.h>

#include "base/utf8.h"

#define BIT(tag) (1ull << (tag))
#define CANDIDATES 10
#define SENTENCE_CHOICES 128

/* What stands before a word, for what may follow; the first ones are also what the word
 * itself can be. */
enum class {
    C_DET,
    C_ADJ,
    C_NOUN,
    C_NOUNS,
    C_NAME,
    C_NUMBER,
    C_IN,
    C_TO,
    C_MODAL,
    C_BASE,
    C_PAST,
    C_THIRD,
    C_PRESENT,
    C_ING,
    C_PARTICIPLE,
    C_ADVERB,
    C_PRONOUN,
    C_WH,
    C_AND,
    C_COMMA,
    C_STOP,
    C_POSS,
    C_PARTICLE,
    C_OTHER,
    C_HYPHEN,
    C_BE,
    C_HAVE,
    C_DO,
    CLASSES
};

/* COST[before][word]: how unlikely, in powers of two, as hexadecimal digits; columns in
 * the order of enum class up to C_OTHER.  Newspaper English as it is known to be: after
 * "the" a noun (1) or an adjective (2), no verb (c). */
static const char *const COST[CLASSES] = {
    /*   DJNSPCITMBFZVGERHWA,.OLX */
    /* clang-format off */
    [C_DET] = "92133579ccccc656d9878cd7",
    [C_ADJ] = "84125746aaaaa787985559b7",
    [C_NOUN] = "673467256b55776566533587",
    [C_NOUNS] = "677877256a49466565433697",
    [C_NAME] = "774515366b458876775234a7",
    [C_NUMBER] = "842153458b788877985449b5",
    [C_IN] = "14442469bbbbb58645879bc6",
    [C_TO] = "6868659cc0bba89688999dd8",
    [C_MODAL] = "aaaabb9ab0bccba36ba78cc9",
    [C_BASE] = "24555635c9ccc65435655c47",
    [C_PAST] = "25665624caacc65335645c47",
    [C_THIRD] = "24665634cabbb55344746c57",
    [C_PRESENT] = "24655634cabbb55344746c57",
    [C_ING] = "24335624a999976545555b47",
    [C_PARTICIPLE] = "565566139b8aa67466544c47",
    [C_ADVERB] = "426664356434443456734b97",
    [C_PRONOUN] = "789999663623388397754978",
    [C_WH] = "365547664a22399429967bc8",
    [C_AND] = "34443546644555544697aca7",
    [C_COMMA] = "3555353677456454443489b6",
    [C_STOP] = "244425379799967435449998",
    [C_POSS] = "b312358abbbbb666db968dd7",
    [C_PARTICLE] = "255555249a99988546544ca7",
    [C_OTHER] = "344434368666666546534883",
    [C_BE] = "33666634ccccc31255756c87",
    [C_HAVE] = "24556563c99cc70257867c88",
    [C_DO] = "47666767c1ccc8c236755c78",
    [C_HYPHEN] = "843443689b9bb455b9899cb6",
    /* clang-format on */
};

static const uint8_t CLASS_OF[XPOS_COUNT] = {
    [XPOS_NONE] = C_OTHER,
    [XPOS_CC] = C_AND,
    [XPOS_CD] = C_NUMBER,
    [XPOS_DT] = C_DET,
    [XPOS_EX] = C_PRONOUN,
    [XPOS_FW] = C_OTHER,
    [XPOS_IN] = C_IN,
    [XPOS_JJ] = C_ADJ,
    [XPOS_JJR] = C_ADJ,
    [XPOS_JJS] = C_ADJ,
    [XPOS_LS] = C_OTHER,
    [XPOS_MD] = C_MODAL,
    [XPOS_NN] = C_NOUN,
    [XPOS_NNP] = C_NAME,
    [XPOS_NNPS] = C_NAME,
    [XPOS_NNS] = C_NOUNS,
    [XPOS_PDT] = C_DET,
    [XPOS_POS] = C_POSS,
    [XPOS_PRP] = C_PRONOUN,
    [XPOS_PRPS] = C_DET,
    [XPOS_RB] = C_ADVERB,
    [XPOS_RBR] = C_ADVERB,
    [XPOS_RBS] = C_ADVERB,
    [XPOS_RP] = C_PARTICLE,
    [XPOS_SYM] = C_OTHER,
    [XPOS_TO] = C_TO,
    [XPOS_UH] = C_OTHER,
    [XPOS_VB] = C_BASE,
    [XPOS_VBD] = C_PAST,
    [XPOS_VBG] = C_ING,
    [XPOS_VBN] = C_PARTICIPLE,
    [XPOS_VBP] = C_PRESENT,
    [XPOS_VBZ] = C_THIRD,
    [XPOS_WDT] = C_WH,
    [XPOS_WP] = C_WH,
    [XPOS_WPS] = C_DET,
    [XPOS_WRB] = C_WH,
    [XPOS_PUNCT_STOP] = C_STOP,
    [XPOS_PUNCT_COMMA] = C_COMMA,
    [XPOS_PUNCT_COLON] = C_COMMA,
    [XPOS_PUNCT_OPEN] = C_COMMA,
    [XPOS_PUNCT_CLOSE] = C_COMMA,
    [XPOS_PUNCT_QUOTE_OPEN] = C_COMMA,
    [XPOS_PUNCT_QUOTE_CLOSE] = C_COMMA,
    [XPOS_HYPH] = C_HYPHEN,
    [XPOS_NFP] = C_OTHER,
    [XPOS_ADD] = C_NAME,
    [XPOS_AFX] = C_ADJ,
    [XPOS_GW] = C_OTHER,
    [XPOS_DOLLAR] = C_OTHER,
    [XPOS_HASH] = C_OTHER,
    [XPOS_XX] = C_OTHER,
};

static int step_cost(enum class before, enum class now)
{
    char c = COST[before][now == C_HYPHEN ? C_OTHER : now];

    return c <= '9' ? c - '0' : c - 'a' + 10;
}

struct candidate {
    uint8_t xpos, class; /* class: as what it stands before the next word */
    int cost;            /* of the word itself, in powers of two */
};

/* What one word can be, with the cheapest way to it. */
struct choice {
    struct candidate can[CANDIDATES];
    int total[CANDIDATES];
    uint8_t from[CANDIDATES];
    unsigned count;
};

static void can_be(struct choice *c, unsigned xpos, int cost)
{
    if (c->count == CANDIDATES)
        return;
    c->can[c->count++] = (struct candidate){ (uint8_t)xpos, CLASS_OF[xpos], cost };
}

static bool has_lemma(const struct word *w, const char *lemma)
{
    return w->verb && str_eq(word_lemma(w, XPOS_VB), str_from(lemma));
}

/* Forms of be, have, do call for participles and base forms after them. */
static void set_auxiliary(struct choice *c, const struct word *w)
{
    enum class as = CLASSES;

    if (!(w->flags & WORD_FUNCTION) || !w->verb)
        return;
    as = has_lemma(w, "be") ? C_BE : has_lemma(w, "have") ? C_HAVE : as;
    as = has_lemma(w, "do") ? C_DO : as;
    if (str_eq(word_form(w), STR("'s")) || str_eq(word_form(w), STR("\u2019s")))
        as = C_BE;
    if (str_eq(word_form(w), STR("being")))
        as = C_BE;
    for (unsigned i = 0; as != CLASSES && i < c->count; i++)
        if (c->can[i].xpos >= XPOS_VB && c->can[i].xpos <= XPOS_VBZ &&
            !(as == C_DO && c->can[i].xpos == XPOS_VBN))
            c->can[i].class = (uint8_t)as;
}

/* Every tag of the mask; those of the commonest class are free. */
static void add_word(struct choice *c, const struct word *w, int extra)
{
    static const uint8_t use_of[C_OTHER + 1] = {
        [C_NOUN] = 1,       [C_NOUNS] = 1, [C_NAME] = 1,    [C_BASE] = 2,
        [C_PAST] = 2,       [C_THIRD] = 2, [C_PRESENT] = 2, [C_ING] = 2,
        [C_PARTICIPLE] = 2, [C_ADJ] = 3,   [C_ADVERB] = 4,
    };
    int most = 0;

    for (unsigned i = 0; i < 4; i++)
        most = w->uses[i] > most ? w->uses[i] : most;
    for (unsigned x = 1; x < XPOS_COUNT; x++) {
        int cost;

        if (!(w->tags & BIT(x)))
            continue;
        if (w->flags & WORD_FUNCTION) {
            cost = x == w->best ? 0 : 3;
        } else {
            unsigned use = use_of[CLASS_OF[x]];

            cost = use ? most - w->uses[use - 1] : 0;
        }
        can_be(c, x, cost + extra);
    }
    set_auxiliary(c, w);
}

/* A word that no dictionary has, by its end. */
static void guess(struct choice *c, struct str w, int extra)
{
    static const struct {
        struct str end;
        uint8_t xpos[3];
    } ends[] = {
        { STR_INIT("ing"), { XPOS_VBG, XPOS_NN, XPOS_JJ } },
        { STR_INIT("ed"), { XPOS_VBN, XPOS_VBD, XPOS_JJ } },
        { STR_INIT("ly"), { XPOS_RB, XPOS_JJ } },
        { STR_INIT("ous"), { XPOS_JJ } },
        { STR_INIT("ful"), { XPOS_JJ } },
        { STR_INIT("less"), { XPOS_JJ } },
        { STR_INIT("able"), { XPOS_JJ } },
        { STR_INIT("ible"), { XPOS_JJ } },
        { STR_INIT("ish"), { XPOS_JJ, XPOS_NN } },
        { STR_INIT("ive"), { XPOS_JJ, XPOS_NN } },
        { STR_INIT("ic"), { XPOS_JJ, XPOS_NN } },
        { STR_INIT("al"), { XPOS_JJ, XPOS_NN } },
        { STR_INIT("ian"), { XPOS_JJ, XPOS_NN } },
        { STR_INIT("ary"), { XPOS_JJ, XPOS_NN } },
        { STR_INIT("ness"), { XPOS_NN } },
        { STR_INIT("ion"), { XPOS_NN } },
        { STR_INIT("ment"), { XPOS_NN } },
        { STR_INIT("ity"), { XPOS_NN } },
        { STR_INIT("ism"), { XPOS_NN } },
        { STR_INIT("ss"), { XPOS_NN } },
        { STR_INIT("us"), { XPOS_NN } },
        { STR_INIT("is"), { XPOS_NN } },
        { STR_INIT("s"), { XPOS_NNS, XPOS_VBZ } },
    };

    for (size_t i = 0; i < COUNT(ends); i++)
        if (w.len > ends[i].end.len + 1 && str_ends(w, ends[i].end)) {
            for (int k = 0; k < 3 && ends[i].xpos[k]; k++)
                can_be(c, ends[i].xpos[k], k + extra);
            return;
        }
    can_be(c, XPOS_NN, extra);
    can_be(c, XPOS_JJ, 2 + extra);
    can_be(c, XPOS_VB, 5 + extra);
    can_be(c, XPOS_VBP, 5 + extra);
}

/* Single marks and what they are. */
static unsigned mark_tag(struct str f)
{
    size_t len;
    uint32_t code = utf8_decode(f, &len);

    switch (code) {
    case ',': return XPOS_PUNCT_COMMA;
    case '.':
    case '!':
    case '?': return f.len > 1 && *f.ptr == '.' ? XPOS_PUNCT_COMMA : XPOS_PUNCT_STOP;
    case ':':
    case ';':
    case 0x2013:
    case 0x2014:
    case 0x2026: return XPOS_PUNCT_COLON;
    case '(':
    case '[':
    case '{': return XPOS_PUNCT_OPEN;
    case ')':
    case ']':
    case '}': return XPOS_PUNCT_CLOSE;
    case '"':
    case 0x201c:
    case 0x2018:
    case 0xab:
    case '`': return XPOS_PUNCT_QUOTE_OPEN;
    case 0x201d:
    case 0x2019:
    case 0xbb:
    case '\'': return XPOS_PUNCT_QUOTE_CLOSE;
    case '-': return f.len > 1 ? XPOS_PUNCT_COLON : XPOS_HYPH;
    case '$':
    case 0x20ac:
    case 0xa3:
    case 0xa5: return XPOS_DOLLAR;
    case '%':
    case '+':
    case '=':
    case '&':
    case '@':
    case '/': return XPOS_SYM;
    case '#': return XPOS_HASH;
    default: return XPOS_NFP;
    }
}

/* "26", "2,500", "3.5", "1990s", "1st", "07:30", "-5". */
static bool tag_number(struct choice *c, struct str f)
{
    bool digit = ascii_is_digit(*f.ptr) || (f.len > 1 && ascii_is_digit(f.ptr[1]));
    char last = f.ptr[f.len - 1];

    if (!digit || !(ascii_is_digit(*f.ptr) || strchr("+-.'", *f.ptr)))
        return false;
    if (str_ends_fold(f, STR("st")) || str_ends_fold(f, STR("nd")) ||
        str_ends_fold(f, STR("rd")) || str_ends_fold(f, STR("th")))
        can_be(c, XPOS_JJ, 0);
    else if (last == 's')
        can_be(c, XPOS_NNS, 0);
    else if (last == '.')
        can_be(c, XPOS_LS, 0);
    else
        can_be(c, XPOS_CD, 0);
    return true;
}

static bool has_upper_second(struct str f)
{
    for (size_t i = 1; i < f.len; i++)
        if (ascii_is_upper(f.ptr[i]))
            return true;
    return false;
}

static bool capital(const struct token *t)
{
    size_t len;

    return ascii_is_upper(*t->form.ptr) || ((unsigned char)*t->form.ptr >= 0x80 &&
                                            utf8_is_upper(utf8_decode(t->form, &len)));
}

/* A word with a capital: a name, unless it opens the sentence or is a function word. */
static void add_capitalised(struct choice *c, const struct token *t,
                            const struct word *w, bool opens)
{
    bool plural = t->form.len > 3 && t->form.ptr[t->form.len - 1] == 's' && w &&
                  w->tags & BIT(XPOS_NNPS);
    unsigned name = plural ? XPOS_NNPS : XPOS_NNP;

    if (w && w->flags & WORD_FUNCTION) {
        add_word(c, w, opens ? 0 : 1);
        if (t->form.len > 1)
            can_be(c, name, opens ? 7 : 3);
        return;
    }
    if (has_upper_second(t->form) && t->form.len > 1) {
        can_be(c, name, 0);
        if (w)
            add_word(c, w, opens ? 3 : 4);
        return;
    }
    if (w && w->flags & WORD_PROPER) {
        can_be(c, name, 0);
        if (w->tags & BIT(XPOS_JJ)) /* "Russian troops": an adjective in UD */
            can_be(c, XPOS_JJ, 0);
        return;
    }
    if (w) {
        can_be(c, name, opens ? 5 : 0);
        add_word(c, w, opens ? 0 : 5);
        return;
    }
    can_be(c, name, 0);
    if (opens)
        guess(c, t->lower, 4);
    else if (str_ends(t->lower, STR("ian")) || str_ends(t->lower, STR("ish")) ||
             str_ends(t->lower, STR("ese")))
        can_be(c, XPOS_JJ, 0);
}

static void choices_of(struct choice *c, const struct token *t, const struct word *w,
                       bool opens)
{
    c->count = 0;
    if (w && !ascii_is_upper(*t->form.ptr)) {
        add_word(c, w, 0);
        if (w->flags & WORD_PROPER)
            can_be(c, XPOS_NN, 2); /* "march", "turkey" without its capital */
    } else if (capital(t)) {
        add_capitalised(c, t, w, opens);
    } else if (tag_number(c, t->form)) {
    } else if (!ascii_is_word(*t->form.ptr)) {
        if (t->form.len > 2 && ascii_is_letter(t->form.ptr[1]))
            can_be(c, XPOS_ADD, 0);
        else
            can_be(c, mark_tag(t->form), 0);
    } else if (str_find_char(t->form, '@') != STR_NPOS ||
               str_find(t->form, STR("://")) != STR_NPOS ||
               str_starts(t->form, STR("www."))) {
        can_be(c, XPOS_ADD, 0);
    } else {
        guess(c, t->lower, 0);
    }
    if (c->count == 0)
        can_be(c, XPOS_NN, 0);
}

/* "will not stop", "has already left": what an auxiliary calls for reaches over the
 * adverb. */
static uint8_t beyond_adverb(uint8_t before)
{
    return before == C_MODAL || before == C_BE || before == C_HAVE || before == C_DO ||
                   before == C_TO
               ? before
               : C_ADVERB;
}

static void reach(struct choice *now, const struct choice *before)
{
    for (unsigned i = 0; i < now->count; i++) {
        int best = INT32_MAX;

        for (unsigned k = 0; k < before->count; k++) {
            int total = before->total[k] +
                        step_cost(before->can[k].class, CLASS_OF[now->can[i].xpos]);

            if (total < best) {
                best = total;
                now->from[i] = (uint8_t)k;
            }
        }
        now->total[i] = best + now->can[i].cost;
        if (now->can[i].class == C_ADVERB)
            now->can[i].class = beyond_adverb(before->can[now->from[i]].class);
    }
}

static unsigned cheapest(const struct choice *c)
{
    unsigned best = 0;

    for (unsigned i = 1; i < c->count; i++)
        if (c->total[i] < c->total[best])
            best = i;
    return best;
}

static bool in_list(struct str s, const struct str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, list[i]))
            return true;
    return false;
}

/* IN that opens a clause whatever follows it. */
static bool subordinates(struct str w)
{
    static const struct str words[] = { STR_INIT("if"),      STR_INIT("because"),
                                        STR_INIT("while"),   STR_INIT("although"),
                                        STR_INIT("though"),  STR_INIT("whether"),
                                        STR_INIT("unless"),  STR_INIT("that"),
                                        STR_INIT("whereas"), STR_INIT("lest"),
                                        STR_INIT("so"),      STR_INIT("albeit") };

    return in_list(w, words, COUNT(words));
}

static bool pronoun_noun(struct str w)
{
    return (str_ends(w, STR("thing")) &&
            (str_starts(w, STR("some")) || str_starts(w, STR("any")) ||
             str_starts(w, STR("every")) || str_starts(w, STR("no")))) ||
           (str_ends(w, STR("one")) &&
            (str_starts(w, STR("some")) || str_starts(w, STR("any")) ||
             str_starts(w, STR("every")) || str_eq(w, STR("none")))) ||
           (str_ends(w, STR("body")) &&
            (str_starts(w, STR("some")) || str_starts(w, STR("any")) ||
             str_starts(w, STR("every")) || str_starts(w, STR("no"))));
}

static enum upos verb_upos(const struct token *t)
{
    if (str_eq(t->lemma, STR("be")))
        return UPOS_AUX;
    if (t->rel == DEPREL_AUX || t->rel == DEPREL_AUX_PASS || t->rel == DEPREL_COP)
        return UPOS_AUX;
    return UPOS_VERB;
}

enum upos upos_refine(const struct token *t)
{
    switch (t->xpos) {
    case XPOS_CC: return UPOS_CCONJ;
    case XPOS_CD: return UPOS_NUM;
    case XPOS_DT:
    case XPOS_PDT:
        return t->rel == DEPREL_DET || t->rel == DEPREL_DET_PREDET ||
                       t->rel == DEPREL_DEP || str_eq(t->lower, STR("the"))
                   ? UPOS_DET
               : t->rel == DEPREL_ADVMOD || t->rel == DEPREL_CC_PRECONJ ? UPOS_DET
                                                                        : UPOS_PRON;
    case XPOS_WDT: return t->rel == DEPREL_DET ? UPOS_DET : UPOS_PRON;
    case XPOS_EX:
    case XPOS_PRP:
    case XPOS_PRPS:
    case XPOS_WP:
    case XPOS_WPS: return UPOS_PRON;
    case XPOS_IN:
        return subordinates(t->lower) || t->rel == DEPREL_MARK ? UPOS_SCONJ : UPOS_ADP;
    case XPOS_RP: return UPOS_ADP;
    case XPOS_TO: return t->rel == DEPREL_CASE ? UPOS_ADP : UPOS_PART;
    case XPOS_JJ:
    case XPOS_JJR:
    case XPOS_JJS:
    case XPOS_AFX: return UPOS_ADJ;
    case XPOS_RB: return str_eq(t->lemma, STR("not")) ? UPOS_PART : UPOS_ADV;
    case XPOS_RBR:
    case XPOS_RBS:
    case XPOS_WRB: return UPOS_ADV;
    case XPOS_MD: return UPOS_AUX;
    case XPOS_NN: return pronoun_noun(t->lower) ? UPOS_PRON : UPOS_NOUN;
    case XPOS_NNS: return UPOS_NOUN;
    case XPOS_NNP:
    case XPOS_NNPS:
    case XPOS_ADD: return UPOS_PROPN;
    case XPOS_POS: return UPOS_PART;
    case XPOS_UH: return UPOS_INTJ;
    case XPOS_VB:
    case XPOS_VBD:
    case XPOS_VBG:
    case XPOS_VBN:
    case XPOS_VBP:
    case XPOS_VBZ: return verb_upos(t);
    case XPOS_SYM:
    case XPOS_DOLLAR:
    case XPOS_HASH: return UPOS_SYM;
    case XPOS_PUNCT_STOP:
    case XPOS_PUNCT_COMMA:
    case XPOS_PUNCT_COLON:
    case XPOS_PUNCT_OPEN:
    case XPOS_PUNCT_CLOSE:
    case XPOS_PUNCT_QUOTE_OPEN:
    case XPOS_PUNCT_QUOTE_CLOSE:
    case XPOS_HYPH:
    case XPOS_NFP: return UPOS_PUNCT;
    case XPOS_NONE:
    case XPOS_FW:
    case XPOS_GW:
    case XPOS_LS:
    case XPOS_XX:
    case XPOS_COUNT: return UPOS_X;
    }
    return UPOS_X;
}

/* The lemma of a word that the dictionary doesn't have: "restocked" without rule stays. */
static struct str guess_lemma(const struct token *t)
{
    struct str w = t->lower;

    if ((t->xpos == XPOS_NNS || t->xpos == XPOS_VBZ) && w.len > 3 &&
        str_ends(w, STR("s")) && !str_ends(w, STR("ss")))
        return str_slice(w, 0, w.len - 1);
    return w;
}

static void set_lemma(struct token *t, const struct word *w)
{
    if (t->xpos == XPOS_NNP)
        t->lemma = t->form;
    else if (t->xpos == XPOS_NNPS)
        t->lemma = t->form.len > 3 && t->form.ptr[t->form.len - 1] == 's'
                       ? str_slice(t->form, 0, t->form.len - 1)
                       : t->form;
    else if (str_eq(t->form, STR("I")))
        t->lemma = t->form;
    else if (w)
        t->lemma = word_lemma(w, t->xpos);
    else
        t->lemma = guess_lemma(t);
}

/* The commonest readings that two words alone can't tell: "to" before a noun is a
 * preposition, "'s" with a verb after it is "is", "that" after a noun is relative. */
static void mend(struct text *text, const struct sentence *s)
{
    struct token *t = &text->token.at[s->first];
    uint32_t n = s->tokens;
    bool open = false;

    for (uint32_t i = 0; i < n; i++) {
        if (t[i].xpos == XPOS_TO && i + 1 < n) {
            uint32_t k = i + 1;

            while (k < n && t[k].xpos == XPOS_RB)
                k++;
            if (k == n || t[k].xpos != XPOS_VB)
                t[i].xpos = XPOS_IN;
        }
        if (t[i].xpos == XPOS_TO && i + 1 == n)
            t[i].xpos = XPOS_IN;
        if (t[i].xpos == XPOS_HYPH && (i == 0 || t[i - 1].space_after))
            t[i].xpos = XPOS_PUNCT_COLON;
        if (str_eq(t[i].form, STR("\""))) {
            t[i].xpos = open ? XPOS_PUNCT_QUOTE_CLOSE : XPOS_PUNCT_QUOTE_OPEN;
            open = !open;
        }
    }
}

void tag_sentence(struct text *text, const struct sentence *s,
                  const struct word *const *words)
{
    static const struct choice start = { .can = { { 0, C_STOP, 0 } }, .count = 1 };
    struct choice choice[SENTENCE_CHOICES];
    struct token *token = &text->token.at[s->first];
    bool opens = true;
    uint32_t done = 0;

    while (done < s->tokens) {
        uint32_t n = s->tokens - done, best;

        n = n < SENTENCE_CHOICES ? n : SENTENCE_CHOICES;
        for (uint32_t i = 0; i < n; i++) {
            const struct token *t = &token[done + i];

            choices_of(&choice[i], t, words[s->first + done + i], opens);
            reach(&choice[i], i ? &choice[i - 1] : &start);
            opens = opens && !ascii_is_word(*t->form.ptr);
        }
        best = cheapest(&choice[n - 1]);
        for (uint32_t i = n; i-- > 0;) {
            token[done + i].xpos = choice[i].can[best].xpos;
            best = choice[i].from[best];
        }
        done += n;
    }
    mend(text, s);
    for (uint32_t i = 0; i < s->tokens; i++) {
        set_lemma(&token[i], words[s->first + i]);
        token[i].upos = (uint8_t)upos_refine(&token[i]);
    }
}

/* The form in lower case; ASCII letters and those of other scripts. */
static struct str lower_copy(struct arena *arena, struct str form)
{
    char *p = NEW(arena, char, form.len * 2 + 4);
    size_t at = 0, len, n = 0;

    while (at < form.len) {
        uint32_t code = utf8_decode(str_after(form, at), &len);

        n += utf8_encode(utf8_lower(code), p + n);
        at += len;
    }
    return (struct str){ p, n };
}

const struct word *const *text_look_up(struct arena *arena, struct text *text)
{
    const struct word **words = NEW(arena, const struct word *, text->token.count + 1);

    for (uint32_t i = 0; i < text->token.count; i++) {
        struct token *t = &text->token.at[i];
        char small[40];
        bool upper = false, high = false;

        for (size_t k = 0; k < t->form.len; k++) {
            upper |= ascii_is_upper(t->form.ptr[k]);
            high |= (unsigned char)t->form.ptr[k] >= 0x80;
        }
        t->lower = t->form;
        if (high) {
            t->lower = lower_copy(arena, t->form);
        } else if (upper && t->form.len <= sizeof small) {
            for (size_t k = 0; k < t->form.len; k++)
                small[k] = ascii_lower(t->form.ptr[k]);
            words[i] = word_find((struct str){ small, t->form.len });
            t->lower = words[i] ? word_form(words[i]) : lower_copy(arena, t->form);
            continue;
        } else if (upper) {
            t->lower = lower_copy(arena, t->form);
        }
        if (ascii_is_word(*t->form.ptr) || t->form.len > 1)
            words[i] = word_find(t->lower);
        else if (*t->form.ptr == '\'')
            words[i] = NULL;
    }
    return words;
}
