#include "text/text.h"

#include "text/conllu.h"
#include "text/entity.h"
#include "text/lookup.h"
#include "text/network.h"
#include "text/token.h"

/* The text stage: article text to tokens, sentences and their analysis. */
struct text text_from_article(struct arena *arena, const struct text_tools *tools,
                              const struct article *article)
{
    struct text text = { .article = article };
    const struct word *const *words;
    struct names names = { 0 };

    if (article->page && article->page->media == PAGE_CONLLU)
        conllu_tokens(arena, article->page->body, &text);
    else
        text_tokenize(arena, &text, NULL);
    words = text_look_up(arena, &text);
    names_read(arena, &text, words, network_analyse(arena, tools, words, &text),
               &names);
    entities_resolve(arena, &text, words, &names, tools->watch);
    return text;
}

static bool sentence_sound(const struct text *text, const struct sentence *s)
{
    if (s->tokens == 0 || s->first + s->tokens > text->token.count ||
        s->end > text->article->text.len)
        return false;
    for (uint32_t i = s->first; i < s->first + s->tokens; i++) {
        const struct token *t = &text->token.at[i];

        if (t->start < s->start || t->end > s->end || t->start >= t->end ||
            &text->sentence.at[t->sentence] != s)
            return false;
        if (i > s->first && t->start < t[-1].end)
            return false;
        if (t->head != TOKEN_NONE &&
            (t->head < s->first || t->head >= s->first + s->tokens))
            return false;
        if (t->upos >= UPOS_COUNT || t->xpos >= XPOS_COUNT || t->rel >= DEPREL_COUNT)
            return false;
        if (t->mention != UINT32_MAX && t->mention >= text->mention.count)
            return false;
        if (t->antecedent != TOKEN_NONE && t->antecedent >= i)
            return false;
    }
    return true;
}

static bool mention_sound(const struct text *text, const struct mention *m)
{
    uint32_t last = m->first + m->tokens - 1;

    return m->tokens > 0 && last < text->token.count && m->head >= m->first &&
           m->head <= last && m->entity < text->entity.count &&
           text->token.at[m->first].sentence == text->token.at[last].sentence &&
           m->start == text->token.at[m->first].start &&
           m->end == text->token.at[last].end;
}

uint32_t text_sentence_at(const struct text *text, uint32_t byte)
{
    uint32_t low = 0, high = text->sentence.count;

    while (low + 1 < high) {
        uint32_t mid = (low + high) / 2;

        if (text->sentence.at[mid].start <= byte)
            low = mid;
        else
            high = mid;
    }
    return low;
}

bool text_sound(const struct text *text)
{
    uint32_t tokens = 0;

    if (text->article == NULL)
        return false;
    for (uint32_t i = 0; i < text->sentence.count; i++) {
        if (text->sentence.at[i].first != tokens ||
            !sentence_sound(text, &text->sentence.at[i]))
            return false;
        tokens += text->sentence.at[i].tokens;
    }
    for (uint32_t i = 0; i < text->mention.count; i++)
        if (!mention_sound(text, &text->mention.at[i]))
            return false;
    return tokens == text->token.count;
}

const char *entity_type_name(enum entity_type type)
{
    static const char *const names[] = { "person", "organization", "place", "group",
                                         "misc" };

    return names[type];
}
