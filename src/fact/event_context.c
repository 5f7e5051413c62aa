#include "fact/event_context.h"

#include "lex/lex.h"

#define CONTEXTS_MAX 37 /* of PLOVER */
#define PHRASE_WORDS 4

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

/* Entries over the words from i on: "nuclear tests" has the key "nuclear test". */
static void add_at(struct contexts *c, const struct text *text, uint32_t i,
                   uint32_t end)
{
    struct str word[PHRASE_WORDS];
    const struct lex_entry *e;
    uint32_t n = 0, used;

    for (; n < PHRASE_WORDS && i + n < end; n++) {
        const struct token *t = &text->token.at[i + n];

        word[n] = t->upos == UPOS_NOUN && t->lemma.len > 0 ? t->lemma : t->lower;
    }
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
        add_at(&c, text, i, s->first + s->tokens);
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
