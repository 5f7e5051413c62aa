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
    return label;
}
