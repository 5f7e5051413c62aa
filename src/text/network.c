#include "text/network.h"

#include "model/model.h"
#include "text/dateline.h"

static void fill_token(struct token *t, const struct model_word *w, uint32_t first)
{
    t->upos = w->upos;
    t->xpos = w->xpos;
    t->rel = w->rel;
    t->lemma = w->lemma;
    t->head = w->head == 0 ? TOKEN_NONE : first + w->head - 1;
}

/* "strewn", "undid": the dictionary has inflections that the treebanks don't. */
static bool word_decides(const struct token *t, const struct word *w)
{
    return w != NULL && (t->upos == UPOS_VERB || t->upos == UPOS_NOUN) &&
           w->tags & 1ull << t->xpos;
}

/* "overran" is no preposition: the closed classes are complete, so an irregular past form
 * that the dictionary has is a verb. */
static bool is_misplaced_verb(const struct token *t, const struct word *w)
{
    return t->upos == UPOS_ADP && t->rel == DEPREL_CASE && w != NULL &&
           !(w->flags & WORD_FUNCTION) && w->flags & WORD_IRREGULAR &&
           w->tags & 1ull << XPOS_VBD;
}

/* The verb that an "and" right in front joins this one to. */
static uint32_t joined_verb(const struct text *text, uint32_t verb, uint32_t first)
{
    if (verb == first || text->token.at[verb - 1].upos != UPOS_CCONJ)
        return TOKEN_NONE;
    for (uint32_t i = verb - 1; i-- > first;)
        if (text->token.at[i].upos == UPOS_VERB && text->token.at[i].rel != DEPREL_AMOD)
            return i;
    return TOKEN_NONE;
}

static bool is_below(const struct text *text, uint32_t token, uint32_t top)
{
    for (uint32_t i = 0; i < 64 && token != TOKEN_NONE; i++) {
        if (token == top)
            return true;
        token = text->token.at[token].head;
    }
    return token != TOKEN_NONE;
}

/* Hangs what stands behind the verb on it that hung on its subject. */
static void take_dependents(struct text *text, uint32_t verb, uint32_t subject)
{
    const struct sentence *s = &text->sentence.at[text->token.at[verb].sentence];

    for (uint32_t i = verb + 1; i < s->first + s->tokens; i++)
        if (text->token.at[i].head == subject)
            text->token.at[i].head = verb;
}

/* "fighters overran a base": the noun that it was to govern is its object, the one that
 * this noun hung on its subject, or it is joined to the verb before. */
static void mend_verb(struct text *text, uint32_t verb, const struct word *w)
{
    struct token *at = text->token.at, *v = &at[verb];
    uint32_t object = v->head, first = text->sentence.at[v->sentence].first, up, joined;

    v->upos = UPOS_VERB;
    v->xpos = XPOS_VBD;
    v->lemma = word_lemma(w, XPOS_VBD);
    if (object == TOKEN_NONE)
        return;
    up = at[object].head;
    joined = joined_verb(text, verb, first);
    v->head = up;
    v->rel = at[object].rel;
    at[object].head = verb;
    at[object].rel = DEPREL_OBJ;
    if (joined != TOKEN_NONE && !is_below(text, joined, verb)) {
        v->head = joined;
        v->rel = DEPREL_CONJ;
    } else if (up != TOKEN_NONE && up < verb &&
               (at[up].upos == UPOS_NOUN || at[up].upos == UPOS_PROPN)) {
        v->head = at[up].head;
        /* what was the subject of "said" is now what was said */
        v->rel = at[up].rel == DEPREL_NSUBJ ? DEPREL_CCOMP : at[up].rel;
        at[up].head = verb;
        at[up].rel = DEPREL_NSUBJ;
        take_dependents(text, verb, up);
    }
}

/* "burst", "hit": the past form is the plain form, so that a noun is easily seen in it. */
static bool is_plain_past(const struct word *w)
{
    return w != NULL && w->tags & 1ull << XPOS_VBD && w->tags & 1ull << XPOS_VB;
}

static bool has_child(const struct text *text, uint32_t head, enum deprel rel)
{
    const struct sentence *s = &text->sentence.at[text->token.at[head].sentence];

    for (uint32_t i = s->first; i < s->first + s->tokens; i++)
        if (text->token.at[i].head == head && text->token.at[i].rel == rel)
            return true;
    return false;
}

/* "The Kessel dam burst.", all of it read as a name for the burst: the root of a sentence
 * that ends in a stop, behind a noun with its article. */
static bool is_lone_phrase(const struct text *text, uint32_t root)
{
    const struct token *t = &text->token.at[root];
    const struct sentence *s = &text->sentence.at[t->sentence];

    return t->head == TOKEN_NONE && root > s->first + 1 && t[-1].head == root &&
           t[-1].rel == DEPREL_COMPOUND && has_child(text, root, DEPREL_DET) &&
           str_eq(text->token.at[s->first + s->tokens - 1].form, STR(".")) &&
           !has_child(text, root, DEPREL_COP);
}

static bool is_hidden_verb(const struct text *text, uint32_t i, const struct word *w)
{
    if (text->token.at[i].upos != UPOS_NOUN || !is_plain_past(w))
        return false;
    return is_lone_phrase(text, i) ||
           (has_child(text, i, DEPREL_NSUBJ) && !has_child(text, i, DEPREL_COP));
}

/* What a noun's dependent is once the noun is a verb; what stood before its subject
 * belongs to the subject. */
static void rehang(struct text *text, uint32_t i, uint32_t verb, uint32_t subject)
{
    struct token *t = &text->token.at[i];

    if (t->rel == DEPREL_NMOD || t->rel == DEPREL_NMOD_UNMARKED)
        t->rel = DEPREL_OBL;
    else if (t->rel == DEPREL_ACL)
        t->rel = DEPREL_ADVCL;
    else if (i < subject && i < verb && t->rel != DEPREL_PUNCT && subject < verb)
        t->head = subject;
}

static void unhide_verb(struct text *text, uint32_t verb, const struct word *w)
{
    struct token *v = &text->token.at[verb];
    const struct sentence *s = &text->sentence.at[v->sentence];
    uint32_t subject = is_lone_phrase(text, verb) ? verb - 1 : TOKEN_NONE;

    v->upos = UPOS_VERB;
    v->xpos = XPOS_VBD;
    v->lemma = word_lemma(w, XPOS_VBD);
    for (uint32_t i = s->first; i < s->first + s->tokens; i++)
        if (text->token.at[i].head == verb && i != subject)
            rehang(text, i, verb, subject);
    if (subject != TOKEN_NONE)
        text->token.at[subject].rel = DEPREL_NSUBJ;
}

/* What the model is to see as a sentence: a sentence, or its dateline and its body. */
struct part {
    uint32_t first, tokens;
};
typedef ARRAY(struct part) parts;

static void add_part(struct arena *arena, parts *p, uint32_t first, uint32_t end)
{
    if (first < end)
        *PUSH(arena, p) = (struct part){ first, end - first };
}

/* "ORLAN (BPA) - Police fired": with the dateline in front, the tree goes astray. */
static parts parts_of(struct arena *arena, const struct text *text)
{
    parts p = { 0 };

    for (uint32_t i = 0; i < text->sentence.count; i++) {
        const struct sentence *s = &text->sentence.at[i];
        uint32_t body = dateline_end(text, i);

        add_part(arena, &p, s->first, body);
        add_part(arena, &p, body, s->first + s->tokens);
    }
    return p;
}

static struct model_word *run(struct arena *arena, const struct text_tools *tools,
                              const struct text *text, const parts *p)
{
    struct str *form = NEW(arena, struct str, text->token.count);
    uint32_t *words = NEW(arena, uint32_t, p->count);
    struct model_word *out = NEW(arena, struct model_word, text->token.count);
    struct model_scratch *scratch = tools->scratch;

    for (uint32_t i = 0; i < text->token.count; i++)
        form[i] = text->token.at[i].form;
    for (uint32_t i = 0; i < p->count; i++)
        words[i] = p->at[i].tokens;
    if (scratch == NULL)
        scratch = model_scratch_new(arena, tools->model);
    model_analyse(tools->model, scratch, arena,
                  &(struct model_input){ form, words, p->count }, out);
    return out;
}

static uint32_t root_of(const struct text *text, const struct part *p)
{
    for (uint32_t i = p->first; i < p->first + p->tokens; i++)
        if (text->token.at[i].head == TOKEN_NONE)
            return i;
    return TOKEN_NONE;
}

/* A sentence of two parts is one tree: the dateline hangs on the body. */
static void join(struct text *text, const struct part *dateline)
{
    uint32_t top = root_of(text, dateline), root = root_of(text, dateline + 1);

    if (top == TOKEN_NONE || root == TOKEN_NONE)
        return;
    text->token.at[top].head = root;
    text->token.at[top].rel = DEPREL_PARATAXIS;
}

const uint8_t *network_analyse(struct arena *arena, const struct text_tools *tools,
                               const struct word *const *words, struct text *text)
{
    parts p = parts_of(arena, text);
    const struct model_word *out = run(arena, tools, text, &p);
    uint8_t *label = NEW(arena, uint8_t, text->token.count);

    for (uint32_t i = 0, k = 0; i < text->token.count; i++) {
        struct token *t = &text->token.at[i];

        k += i == p.at[k].first + p.at[k].tokens;
        fill_token(t, &out[i], p.at[k].first);
        if (out[i].guessed && word_decides(t, words[i]))
            t->lemma = word_lemma(words[i], t->xpos);
        label[i] = out[i].name;
    }
    for (uint32_t k = 0; k + 1 < p.count; k++)
        if (text->token.at[p.at[k].first].sentence ==
            text->token.at[p.at[k + 1].first].sentence)
            join(text, &p.at[k]);
    for (uint32_t i = 0; i < text->token.count; i++)
        if (is_misplaced_verb(&text->token.at[i], words[i]))
            mend_verb(text, i, words[i]);
    for (uint32_t i = 0; i < text->token.count; i++)
        if (is_hidden_verb(text, i, words[i]))
            unhide_verb(text, i, words[i]);
    return label;
}
