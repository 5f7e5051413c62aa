#include "text/network.h"

#include "model/model.h"
#include "text/dateline.h"
#include "text/tree_mend.h"

static void fill_token(struct token *t, const struct model_word *w, uint32_t first)
{
    t->upos = w->upos;
    t->xpos = w->xpos;
    t->rel = w->rel;
    t->lemma = w->lemma;
    t->head = w->head == 0 ? TOKEN_NONE : first + w->head - 1;
}

/* "strewn", "undid": the dictionary has inflections that the treebanks don't; and nothing
 * of "policemen" is a lemma that is no word. */
static bool word_decides(const struct token *t, const struct word *w, bool guessed)
{
    return w != NULL && (t->upos == UPOS_VERB || t->upos == UPOS_NOUN) &&
           w->tags & 1ull << t->xpos &&
           (guessed ||
            (!str_eq(t->lemma, word_lemma(w, t->xpos)) && word_find(t->lemma) == NULL));
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
        if (word_decides(t, words[i], out[i].guessed))
            t->lemma = word_lemma(words[i], t->xpos);
        label[i] = out[i].name;
    }
    for (uint32_t k = 0; k + 1 < p.count; k++)
        if (text->token.at[p.at[k].first].sentence ==
            text->token.at[p.at[k + 1].first].sentence)
            join(text, &p.at[k]);
    tree_mend(text, words);
    return label;
}
