#include "text/network.h"

#include "model/model.h"

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

static struct model_word *run(struct arena *arena, const struct text_tools *tools,
                              const struct text *text)
{
    struct str *form = NEW(arena, struct str, text->token.count);
    uint32_t *words = NEW(arena, uint32_t, text->sentence.count);
    struct model_word *out = NEW(arena, struct model_word, text->token.count);
    struct model_scratch *scratch = tools->scratch;

    for (uint32_t i = 0; i < text->token.count; i++)
        form[i] = text->token.at[i].form;
    for (uint32_t s = 0; s < text->sentence.count; s++)
        words[s] = text->sentence.at[s].tokens;
    if (scratch == NULL)
        scratch = model_scratch_new(arena, tools->model);
    model_analyse(tools->model, scratch, arena,
                  &(struct model_input){ form, words, text->sentence.count }, out);
    return out;
}

const uint8_t *network_analyse(struct arena *arena, const struct text_tools *tools,
                               const struct word *const *words, struct text *text)
{
    const struct model_word *out = run(arena, tools, text);
    uint8_t *label = NEW(arena, uint8_t, text->token.count);

    for (uint32_t i = 0; i < text->token.count; i++) {
        struct token *t = &text->token.at[i];

        fill_token(t, &out[i], text->sentence.at[t->sentence].first);
        if (out[i].guessed && word_decides(t, words[i]))
            t->lemma = word_lemma(words[i], t->xpos);
        label[i] = out[i].name;
    }
    for (uint32_t i = 0; i < text->token.count; i++)
        if (is_misplaced_verb(&text->token.at[i], words[i]))
            mend_verb(text, i, words[i]);
    return label;
}
