#include "fact/event_context.h"

#include "lex/lex.h"

#define CONTEXTS_MAX 37 /* of PLOVER */
#define PHRASE_WORDS 4
#define WORD_MAX 40 /* bytes of a word with hyphens */

struct contexts {
    struct str name[CONTEXTS_MAX];
    uint32_t count;
};

static void add(struct contexts *c, struct str name)
{
    uint32_t i = 0;

    while (i < c->count && str_cmp(c->name[i], name) < 0)
        i++;
    if ((i < c->count && str_eq(c->name[i], name)) || c->count == CONTEXTS_MAX)
        return;
    for (uint32_t k = c->count++; k > i; k--)
        c->name[k] = c->name[k - 1];
    c->name[i] = name;
}

static bool joins(const struct text *text, uint32_t i, uint32_t end)
{
    const struct token *t = &text->token.at[i];

    return i + 2 < end && str_eq(t[1].form, STR("-")) && !t->space_after &&
           !t[1].space_after;
}

/* The word of an entry that token i begins: its lemma where a noun, or as it stands:
 * joined by hyphens, "al-qaeda", or with a genitive, "women's".  Returns its number of tokens. */
static uint32_t word_at(const struct text *text, uint32_t i, uint32_t end, bool lemmas,
                        char buf[WORD_MAX], struct str *word)
{
    const struct token *t = &text->token.at[i];
    uint32_t last = i;

    while (!lemmas && joins(text, last, end))
        last += 2;
    if (!lemmas && last + 1 < end && str_in(text->token.at[last + 1].form, "'s|'"))
        last++;
    *word = lemmas && t->upos == UPOS_NOUN && t->lemma.len > 0 ? t->lemma : t->lower;
    if (last > i && text->token.at[last].end - t->start <= WORD_MAX) {
        struct str s =
            str_slice(text->article->text, t->start, text->token.at[last].end);

        for (size_t k = 0; k < s.len; k++)
            buf[k] = ascii_lower(s.ptr[k]);
        *word = (struct str){ buf, s.len };
        return last - i + 1;
    }
    return 1;
}

/* Entries over the words from i on: "nuclear tests" has the key "nuclear test", "human
 * rights" stands in the plural. */
static void add_at(struct contexts *c, const struct text *text, uint32_t i,
                   uint32_t end, bool lemmas)
{
    char buf[PHRASE_WORDS][WORD_MAX];
    struct str word[PHRASE_WORDS];
    const struct lex_entry *e;
    uint32_t n = 0, used;

    for (; n < PHRASE_WORDS && i < end; n++)
        i += word_at(text, i, end, lemmas, buf[n], &word[n]);
    e = lex_longest(&lex_contexts, word, n, &used);
    for (uint32_t k = 0; e; k++) {
        add(c, e[k].field[LEX_CONTEXTS_CONTEXT]);
        if (e[k].same == 0)
            break;
    }
}

static struct contexts contexts_of(const struct text *text, uint32_t sentence)
{
    const struct sentence *s = &text->sentence.at[sentence];
    struct contexts c = { .count = 0 };

    for (uint32_t i = s->first; i < s->first + s->tokens; i++)
        for (int lemmas = 0; lemmas <= 1; lemmas++)
            add_at(&c, text, i, s->first + s->tokens, lemmas);
    return c;
}

void events_find_contexts(struct arena *arena, struct facts *facts)
{
    for (uint32_t i = 0; i < facts->event.count; i++) {
        struct event *e = &facts->event.at[i];
        struct contexts c =
            contexts_of(facts->text, facts->text->token.at[e->trigger].sentence);

        for (uint32_t k = 0; k < c.count; k++)
            *PUSH(arena, &e->contexts) = c.name[k];
    }
}
