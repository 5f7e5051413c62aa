#include "text/chunk.h"

#include <string.h>

#include "lex/lex.h"

void sketch_attach(struct sketch *s, int token, int head, enum deprel rel)
{
    if (token == head)
        return;
    s->head[token] = head;
    s->token[token].rel = (uint8_t)rel;
}

bool token_is_noun(const struct token *t)
{
    return t->xpos == XPOS_NN || t->xpos == XPOS_NNS || t->xpos == XPOS_NNP ||
           t->xpos == XPOS_NNPS;
}

bool token_is(const struct token *t, const char *lower)
{
    return str_eq(t->lower, str_from(lower));
}

static bool is_name(const struct token *t)
{
    return t->xpos == XPOS_NNP || t->xpos == XPOS_NNPS;
}

static bool is_adjective(const struct token *t)
{
    return t->xpos == XPOS_JJ || t->xpos == XPOS_JJR || t->xpos == XPOS_JJS ||
           t->xpos == XPOS_AFX;
}

static bool is_verb(const struct token *t)
{
    return t->xpos >= XPOS_VB && t->xpos <= XPOS_VBZ;
}

static bool is_adverb(const struct token *t)
{
    return t->xpos == XPOS_RB || t->xpos == XPOS_RBR || t->xpos == XPOS_RBS;
}

static unsigned tag_at(const struct sketch *s, int i)
{
    return i >= 0 && i < s->tokens ? s->token[i].xpos : XPOS_NONE;
}

/* Whether a noun comes after i with only adjectives, numbers and participles between. */
static bool noun_follows(const struct sketch *s, int i)
{
    for (int k = i + 1; k < s->tokens && k < i + 5; k++) {
        const struct token *t = &s->token[k];

        if (token_is_noun(t))
            return true;
        if (!is_adjective(t) && t->xpos != XPOS_CD && t->xpos != XPOS_VBN &&
            t->xpos != XPOS_VBG && t->xpos != XPOS_HYPH)
            return false;
    }
    return false;
}

/* Words before a number that bound it: "at least 26", "up to 40", "more than 60",
 * "about 20".  Their length, 0 when there are none. */
static int hedge_len(const struct sketch *s, int i)
{
    const struct token *t = &s->token[i];
    bool two = i + 2 < s->tokens &&
               (tag_at(s, i + 2) == XPOS_CD || tag_at(s, i + 2) == XPOS_DOLLAR);

    if (two && token_is(t, "at") &&
        (token_is(t + 1, "least") || token_is(t + 1, "most")))
        return 2;
    if (two && token_is(t, "up") && token_is(t + 1, "to"))
        return 2;
    if (two && token_is(t + 1, "than"))
        return 2;
    if (i + 1 < s->tokens &&
        (tag_at(s, i + 1) == XPOS_CD || tag_at(s, i + 1) == XPOS_DOLLAR) &&
        (is_adverb(t) || token_is(t, "about") || token_is(t, "around") ||
         token_is(t, "some") || token_is(t, "over")))
        return 1;
    return 0;
}

static void join_hedge(struct sketch *s, int i, int len, int number)
{
    if (len == 2 && token_is(&s->token[i], "at")) {
        sketch_attach(s, i, i + 1, DEPREL_CASE);
        sketch_attach(s, i + 1, number, DEPREL_NMOD);
    } else if (len == 2) {
        sketch_attach(s, i, number, DEPREL_ADVMOD);
        sketch_attach(s, i + 1, i, DEPREL_FIXED);
    } else {
        sketch_attach(s, i, number, DEPREL_ADVMOD);
    }
}

static bool day_word(const struct sketch *s, int i)
{
    return lex_find(&lex_weekdays, s->token[i].lower) != NULL;
}

/* Whether the word at i can stand in a noun phrase that began at first. */
static bool in_noun_phrase(const struct sketch *s, int first, int i, bool has_noun)
{
    const struct token *t = &s->token[i];

    switch (t->xpos) {
    case XPOS_PDT:
    case XPOS_DT:
    case XPOS_PRPS:
    case XPOS_WPS:
        return i == first || tag_at(s, i - 1) == XPOS_PDT ||
               (i - 1 == first && tag_at(s, first) == XPOS_DT &&
                s->token[first].lower.len == 3 && token_is(&s->token[first], "all"));
    case XPOS_JJ:
    case XPOS_JJR:
    case XPOS_JJS:
    case XPOS_AFX:
        return !has_noun || noun_follows(s, i) || tag_at(s, i - 1) == XPOS_HYPH ||
               tag_at(s, i + 1) == XPOS_HYPH;
    case XPOS_CD:
        return !has_noun || is_name(t - 1) || tag_at(s, i - 1) == XPOS_HYPH ||
               tag_at(s, i - 1) == XPOS_DOLLAR || tag_at(s, i - 1) == XPOS_CD;
    case XPOS_NN:
    case XPOS_NNS:
    case XPOS_NNP:
    case XPOS_NNPS:
        return i == first || !has_noun || !day_word(s, i) || is_name(t - 1) ||
               tag_at(s, i - 1) == XPOS_POS;
    case XPOS_POS: return has_noun && i + 1 < s->tokens;
    case XPOS_DOLLAR: return !has_noun;
    case XPOS_SYM: return i > first && tag_at(s, i - 1) == XPOS_CD;
    case XPOS_HYPH:
        return i > first && i + 1 < s->tokens && !t->space_after &&
               (token_is_noun(t + 1) || is_adjective(t + 1) ||
                tag_at(s, i + 1) == XPOS_CD || is_verb(t + 1));
    case XPOS_VBN:
    case XPOS_VBG:
    case XPOS_VBD:
        return i > first && (tag_at(s, i - 1) == XPOS_HYPH ||
                             (t->xpos != XPOS_VBD && !has_noun && noun_follows(s, i)));
    case XPOS_RB:
    case XPOS_RBR:
    case XPOS_RBS:
        return !has_noun && i + 1 < s->tokens &&
               (i > first || tag_at(s, i + 1) == XPOS_CD) &&
               (is_adjective(t + 1) || tag_at(s, i + 1) == XPOS_CD ||
                (tag_at(s, i + 1) == XPOS_VBN && noun_follows(s, i + 1)));
    case XPOS_CC:
        return i > first && !has_noun && i + 1 < s->tokens &&
               ((is_adjective(t - 1) && is_adjective(t + 1) &&
                 noun_follows(s, i + 1)) ||
                (tag_at(s, i - 1) == XPOS_CD && tag_at(s, i + 1) == XPOS_CD));
    default: return false;
    }
}

/* The head of the words first..end: the last noun, else amount, number or adjective. */
static int head_of(const struct sketch *s, int first, int end)
{
    int number = NOWHERE, adjective = NOWHERE, dollar = NOWHERE;

    for (int i = end - 1; i >= first; i--) {
        const struct token *t = &s->token[i];

        if (token_is_noun(t) || t->xpos == XPOS_SYM)
            return i;
        if (t->xpos == XPOS_DOLLAR)
            dollar = i;
        if (t->xpos == XPOS_CD && number == NOWHERE)
            number = i;
        if (is_adjective(t) && adjective == NOWHERE)
            adjective = i;
    }
    return dollar != NOWHERE      ? dollar
           : number != NOWHERE    ? number
           : adjective != NOWHERE ? adjective
                                  : end - 1;
}

/* Whether a role word, as in "President Varo" or "Mr. Varo". */
static bool role_word(const struct sketch *s, int i)
{
    const struct word *w = s->word[i];

    if (lex_find(
            &lex_abbreviations,
            str_slice(s->token[i].lower, 0,
                      s->token[i].lower.len - str_ends(s->token[i].lower, STR(".")))))
        return true;
    return w && w->sense == SENSE_PERSON && !(w->flags & WORD_PROPER);
}

/* A run of names first..end: "Kassym-Jomart Tokayev" is flat, "Interior Ministry" a
 * compound, a title before it nmod:desc.  Returns the head. */
static int join_names(struct sketch *s, int first, int end)
{
    int start = first, head;

    while (start < end - 1 && role_word(s, start))
        start++;
    head = start;
    for (int i = start; i < end; i++) {
        const struct word *w = s->word[i];

        if (is_name(&s->token[i]) && w && w->noun && !(w->flags & WORD_PROPER))
            head = NOWHERE; /* a common noun in capitals: a body, a place */
    }
    if (head == NOWHERE || end - start == 1) {
        head = head_of(s, first, end);
        for (int i = first; i < end; i++)
            if (i != head && is_name(&s->token[i]))
                sketch_attach(s, i, head,
                              i > head ? DEPREL_FLAT
                              : head == end - 1 && start == head && role_word(s, i)
                                  ? DEPREL_NMOD_DESC
                                  : DEPREL_COMPOUND);
        return head;
    }
    for (int i = first; i < start; i++)
        sketch_attach(s, i, head, DEPREL_NMOD_DESC);
    for (int i = head + 1; i < end; i++)
        if (s->token[i].xpos != XPOS_HYPH)
            sketch_attach(s, i, head, DEPREL_FLAT);
    return head;
}

static enum deprel modifier(const struct sketch *s, int i, int head)
{
    const struct token *t = &s->token[i];

    switch (t->xpos) {
    case XPOS_DT:
    case XPOS_WDT: return DEPREL_DET;
    case XPOS_PDT: return DEPREL_DET_PREDET;
    case XPOS_PRPS:
    case XPOS_WPS: return DEPREL_NMOD_POSS;
    case XPOS_CD:
        return s->token[head].xpos == XPOS_CD ? DEPREL_COMPOUND : DEPREL_NUMMOD;
    case XPOS_RB:
    case XPOS_RBR:
    case XPOS_RBS: return DEPREL_ADVMOD;
    case XPOS_CC: return DEPREL_CC;
    case XPOS_HYPH: return DEPREL_PUNCT;
    case XPOS_NN:
    case XPOS_NNS:
    case XPOS_NNP:
    case XPOS_NNPS:
    case XPOS_DOLLAR:
    case XPOS_SYM: return DEPREL_COMPOUND;
    default: return DEPREL_AMOD;
    }
}

/* Heads inside one possessor or the phrase itself, first..end; returns its head. */
static int join_segment(struct sketch *s, int first, int end)
{
    int head = head_of(s, first, end), names = head;

    while (names > first && (is_name(&s->token[names - 1]) ||
                             (tag_at(s, names - 1) == XPOS_HYPH && names - 1 > first &&
                              is_name(&s->token[names - 2]))))
        names--;
    if (is_name(&s->token[head]) && names < head)
        head = join_names(s, names, head + 1);
    for (int i = end - 1; i >= first; i--) {
        const struct token *t = &s->token[i];
        int to = head, hedge;

        if (i == head || s->head[i] != NOWHERE)
            continue;
        if (t->xpos == XPOS_HYPH) {
            sketch_attach(s, i, i - 1, DEPREL_PUNCT);
            continue;
        }
        if (tag_at(s, i + 1) == XPOS_HYPH && i + 2 < end)
            to = i + 2; /* "Russian-led": the first part hangs on the second */
        else if (is_adverb(t) && i + 1 < end)
            to = i + 1;
        else if (t->xpos == XPOS_CD && tag_at(s, i + 1) == XPOS_CD && i + 1 < end)
            to = i + 1;
        else if (t->xpos == XPOS_CD && i > first && tag_at(s, i - 1) == XPOS_DOLLAR &&
                 i - 1 != head)
            to = i - 1;
        else if (t->xpos == XPOS_CC && i + 1 < end)
            to = i + 1;
        else if (i + 2 < end && tag_at(s, i + 1) == XPOS_CC)
            to = head;
        if (i >= first + 2 && tag_at(s, i - 1) == XPOS_CC && i - 2 != head) {
            sketch_attach(s, i, i - 2, DEPREL_CONJ);
            continue;
        }
        hedge = i + 1 < end ? hedge_len(s, i) : 0;
        if (hedge > 0 && t->xpos != XPOS_CD) {
            join_hedge(s, i, hedge, i + hedge);
            continue;
        }
        sketch_attach(s, i, to, modifier(s, i, to));
    }
    return head;
}

static int join_noun(struct sketch *s, int first, int end)
{
    int start = first, owner = NOWHERE, mark = NOWHERE, head;

    for (int i = first; i <= end; i++) {
        if (i < end && tag_at(s, i) != XPOS_POS)
            continue;
        head = join_segment(s, start, i);
        if (owner != NOWHERE) {
            sketch_attach(s, owner, head, DEPREL_NMOD_POSS);
            sketch_attach(s, mark, owner, DEPREL_CASE);
        }
        owner = head;
        mark = i;
        start = i + 1;
    }
    return owner;
}

static struct chunk *add_chunk(struct sketch *s, enum chunk_kind kind, int first,
                               int end, int head)
{
    struct chunk *c = &s->chunk[s->chunks++];

    *c = (struct chunk){ .kind = kind, .first = first, .end = end, .head = head };
    return c;
}

/* Reads a noun phrase at first; returns its end, or first when there is none. */
static int read_noun(struct sketch *s, int first)
{
    int i = first, hedge = hedge_len(s, first);
    bool has_noun = false, has_head = false;
    unsigned tag = tag_at(s, first);

    if (tag == XPOS_PRP || tag == XPOS_EX || tag == XPOS_ADD) {
        add_chunk(s, CHUNK_NOUN, first, first + 1, first);
        return first + 1;
    }
    for (i += hedge; i < s->tokens && in_noun_phrase(s, first + hedge, i, has_noun);
         i++) {
        has_noun =
            tag_at(s, i) != XPOS_POS && (has_noun || token_is_noun(&s->token[i]));
        if (tag_at(s, i) == XPOS_POS)
            has_noun = false;
        has_head = has_head || token_is_noun(&s->token[i]) || tag_at(s, i) == XPOS_CD ||
                   tag_at(s, i) == XPOS_DT || tag_at(s, i) == XPOS_PDT;
        if (!has_noun && i + 1 < s->tokens && i > first && hedge_len(s, i + 1) == 2 &&
            tag_at(s, i) == XPOS_DT)
            i += 2;
    }
    while (i > first + hedge &&
           (tag_at(s, i - 1) == XPOS_HYPH || tag_at(s, i - 1) == XPOS_CC))
        i--;
    if (i == first + hedge || !has_head)
        return first;
    if (tag_at(s, i - 1) == XPOS_POS) { /* "the kings'" with nothing owned */
        int head = join_noun(s, first, i - 1);

        sketch_attach(s, i - 1, head, DEPREL_CASE);
        add_chunk(s, CHUNK_NOUN, first, i, head);
        return i;
    }
    add_chunk(s, CHUNK_NOUN, first, i, join_noun(s, first, i));
    return i;
}

/* Whether the verb at `next` continues the group whose last verb is `last`. */
static bool group_goes_on(const struct sketch *s, int last, int next)
{
    const struct token *v = &s->token[last];
    unsigned tag = tag_at(s, next);
    bool be =
        str_eq(v->lemma, STR("be")) || token_is(v, "'s") || token_is(v, "\u2019s");

    if (v->xpos == XPOS_MD)
        return tag == XPOS_VB || (token_is(v, "'d") && tag == XPOS_VBN);
    if (v->xpos == XPOS_TO)
        return tag == XPOS_VB;
    if (be)
        return tag == XPOS_VBN || tag == XPOS_VBG ||
               (tag == XPOS_VBD && s->word[next] &&
                s->word[next]->tags & 1ull << XPOS_VBN);
    if (str_eq(v->lemma, STR("have")))
        return tag == XPOS_VBN || tag == XPOS_VBD;
    if (str_eq(v->lemma, STR("get")))
        return tag == XPOS_VBN;
    return str_eq(v->lemma, STR("do")) && tag == XPOS_VB;
}

static enum deprel auxiliary(const struct token *aux, const struct token *verb)
{
    if (aux->xpos == XPOS_TO)
        return DEPREL_MARK;
    if ((str_eq(aux->lemma, STR("be")) || str_eq(aux->lemma, STR("get"))) &&
        verb->xpos == XPOS_VBN)
        return DEPREL_AUX_PASS;
    return DEPREL_AUX;
}

static int read_verb(struct sketch *s, int first)
{
    int part[16], parts = 0, i = first, end = first, last;
    struct chunk *c;

    while (i < s->tokens && parts < 16) {
        unsigned tag = tag_at(s, i);
        bool verb = is_verb(&s->token[i]) || tag == XPOS_MD || tag == XPOS_TO;

        if (verb && (parts == 0 || group_goes_on(s, part[parts - 1], i))) {
            part[parts++] = i;
            end = i + 1;
        } else if (!(is_adverb(&s->token[i]) && parts > 0)) {
            break;
        }
        i++;
    }
    if (parts == 0)
        return first;
    last = part[parts - 1];
    if (tag_at(s, last) == XPOS_VBD && parts > 1)
        s->token[last].xpos = XPOS_VBN;
    c = add_chunk(s, CHUNK_VERB, first, end, last);
    for (int k = 0; k + 1 < parts; k++) {
        sketch_attach(s, part[k], last, auxiliary(&s->token[part[k]], &s->token[last]));
        c->passive = c->passive || s->token[part[k]].rel == DEPREL_AUX_PASS;
    }
    for (int k = first; k < end; k++)
        if (is_adverb(&s->token[k]) && s->head[k] == NOWHERE)
            sketch_attach(s, k, last, DEPREL_ADVMOD);
    c->infinitive = tag_at(s, first) == XPOS_TO;
    c->finite =
        !c->infinitive && tag_at(s, first) != XPOS_VBG && tag_at(s, first) != XPOS_VBN;
    c->copula = str_eq(s->token[last].lemma, STR("be"));
    return end;
}

static enum chunk_kind kind_of_word(const struct token *t)
{
    switch (t->xpos) {
    case XPOS_IN: return CHUNK_IN;
    case XPOS_WDT:
    case XPOS_WP:
    case XPOS_WRB: return CHUNK_WH;
    case XPOS_CC: return CHUNK_AND;
    case XPOS_PUNCT_COMMA:
    case XPOS_PUNCT_COLON: return CHUNK_COMMA;
    case XPOS_RB:
    case XPOS_RBR:
    case XPOS_RBS:
    case XPOS_RP: return CHUNK_ADVERB;
    case XPOS_JJ:
    case XPOS_JJR:
    case XPOS_JJS:
    case XPOS_AFX: return CHUNK_ADJECTIVE;
    case XPOS_PUNCT_STOP:
    case XPOS_PUNCT_OPEN:
    case XPOS_PUNCT_CLOSE:
    case XPOS_PUNCT_QUOTE_OPEN:
    case XPOS_PUNCT_QUOTE_CLOSE:
    case XPOS_HYPH:
    case XPOS_NFP: return CHUNK_MARK;
    default: return CHUNK_OTHER;
    }
}

/* Adjectives that stand alone, with their adverbs: "is very large". */
static int read_adjective(struct sketch *s, int first)
{
    int i = first;

    while (i < s->tokens && is_adverb(&s->token[i]))
        i++;
    if (i == s->tokens || !is_adjective(&s->token[i]))
        return first;
    for (int k = first; k < i; k++)
        sketch_attach(s, k, i, DEPREL_ADVMOD);
    add_chunk(s, CHUNK_ADJECTIVE, first, i + 1, i);
    return i + 1;
}

void sketch_chunks(struct sketch *s)
{
    int i = 0, next;

    for (int k = 0; k < s->tokens; k++)
        s->head[k] = NOWHERE;
    s->chunks = 0;
    while (i < s->tokens) {
        next = read_noun(s, i);
        if (next == i)
            next = read_verb(s, i);
        if (next == i)
            next = read_adjective(s, i);
        if (next == i) {
            add_chunk(s, kind_of_word(&s->token[i]), i, i + 1, i);
            next = i + 1;
        }
        i = next;
    }
}
