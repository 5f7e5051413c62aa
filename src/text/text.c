#include "text/text.h"

#include "text/token.h"

/* The text stage: article text to tokens, sentences and their analysis. */
struct text text_from_article(struct arena *arena, const struct text_tools *tools,
                              const struct article *article)
{
    struct text text = { .article = article };

    (void)tools;
    text_tokenize(arena, &text);
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

const char *upos_name(enum upos pos)
{
    static const char *const names[UPOS_COUNT] = {
#define X(name) [UPOS_##name] = #name,
        UPOS_LIST(X)
#undef X
    };

    return names[pos];
}

const char *deprel_name(enum deprel rel)
{
    static const char *const names[DEPREL_COUNT] = {
#define X(id, name) [DEPREL_##id] = name,
        DEPREL_LIST(X)
#undef X
    };

    return names[rel];
}

const char *xpos_name(enum xpos tag)
{
    static const char *const names[XPOS_COUNT] = {
        [XPOS_NONE] = "_",
        [XPOS_CC] = "CC",
        [XPOS_CD] = "CD",
        [XPOS_DT] = "DT",
        [XPOS_EX] = "EX",
        [XPOS_FW] = "FW",
        [XPOS_IN] = "IN",
        [XPOS_JJ] = "JJ",
        [XPOS_JJR] = "JJR",
        [XPOS_JJS] = "JJS",
        [XPOS_LS] = "LS",
        [XPOS_MD] = "MD",
        [XPOS_NN] = "NN",
        [XPOS_NNP] = "NNP",
        [XPOS_NNPS] = "NNPS",
        [XPOS_NNS] = "NNS",
        [XPOS_PDT] = "PDT",
        [XPOS_POS] = "POS",
        [XPOS_PRP] = "PRP",
        [XPOS_PRPS] = "PRP$",
        [XPOS_RB] = "RB",
        [XPOS_RBR] = "RBR",
        [XPOS_RBS] = "RBS",
        [XPOS_RP] = "RP",
        [XPOS_SYM] = "SYM",
        [XPOS_TO] = "TO",
        [XPOS_UH] = "UH",
        [XPOS_VB] = "VB",
        [XPOS_VBD] = "VBD",
        [XPOS_VBG] = "VBG",
        [XPOS_VBN] = "VBN",
        [XPOS_VBP] = "VBP",
        [XPOS_VBZ] = "VBZ",
        [XPOS_WDT] = "WDT",
        [XPOS_WP] = "WP",
        [XPOS_WPS] = "WP$",
        [XPOS_WRB] = "WRB",
        [XPOS_PUNCT_STOP] = ".",
        [XPOS_PUNCT_COMMA] = ",",
        [XPOS_PUNCT_COLON] = ":",
        [XPOS_PUNCT_OPEN] = "-LRB-",
        [XPOS_PUNCT_CLOSE] = "-RRB-",
        [XPOS_PUNCT_QUOTE_OPEN] = "``",
        [XPOS_PUNCT_QUOTE_CLOSE] = "''",
        [XPOS_HYPH] = "HYPH",
        [XPOS_NFP] = "NFP",
        [XPOS_ADD] = "ADD",
        [XPOS_AFX] = "AFX",
        [XPOS_GW] = "GW",
        [XPOS_DOLLAR] = "$",
        [XPOS_HASH] = "#",
        [XPOS_XX] = "XX",
    };

    return names[tag];
}

const char *entity_type_name(enum entity_type type)
{
    static const char *const names[] = { "person", "organization", "place", "group",
                                         "misc" };

    return names[type];
}
