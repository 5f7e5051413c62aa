/* The examples of the lexicons, read by the stages that read news: each must show its
 * entry.  "test_examples FILE.tsv" reads one lexicon. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/io.h"
#include "check.h"
#include "fact/actor_code.h"
#include "fact/fact.h"
#include "lex/lexicon.h"
#include "trained.h"

#define COLUMNS 12

struct row {
    const char *file; /* "verbs.tsv" */
    uint32_t line, columns;
    struct str field[COLUMNS];
};

static struct str rule_of(struct arena *arena, const struct row *row)
{
    struct buf out = buf_new(arena, 64);

    buf_printf(&out, "%s:%u", row->file, row->line);
    return buf_view(&out);
}

/* verbs.tsv, nouns.tsv: an event coded by this very row. */
static bool shows_event(struct arena *arena, const struct row *row,
                        const struct facts *f)
{
    struct str rule = rule_of(arena, row);

    for (uint32_t i = 0; i < f->event.count; i++) {
        const struct event *e = &f->event.at[i];

        if (str_eq(e->rule, rule) && str_eq(e->mode, row->field[2]) &&
            str_eq(str_from(event_type_name(e->type)), row->field[1]))
            return true;
    }
    return false;
}

/* embedding_verbs.tsv: another event that this word makes so, or one of its own that has
 * swallowed the other ("promised to help"). */
static bool shows_modality(struct arena *arena, const struct row *row,
                           const struct facts *f)
{
    struct str want = row->field[1];
    bool own = false;

    (void)arena;
    if (str_eq(want, STR("intended")))
        want = STR("expected");
    if (str_eq(want, STR("none")))
        want = STR("asserted");
    for (uint32_t i = 0; i < f->event.count; i++) {
        const struct token *t = &f->text->token.at[f->event.at[i].trigger];

        if (str_eq(t->lemma, row->field[0]) || str_eq(t->lower, row->field[0]))
            own = true;
        else
            return str_eq(str_from(modality_name(f->event.at[i].modality)), want);
    }
    return own;
}

/* light_verbs.tsv: some event. */
static bool shows_any(struct arena *arena, const struct row *row, const struct facts *f)
{
    (void)arena;
    (void)row;
    return f->event.count > 0;
}

/* contexts.tsv: an event in this context. */
static bool shows_context(struct arena *arena, const struct row *row,
                          const struct facts *f)
{
    (void)arena;
    for (uint32_t i = 0; i < f->event.count; i++)
        for (uint32_t k = 0; k < f->event.at[i].contexts.count; k++)
            if (str_eq(f->event.at[i].contexts.at[k], row->field[1]))
                return true;
    return false;
}

/* quote_verbs.tsv: a statement that somebody makes with this word. */
static bool shows_statement(struct arena *arena, const struct row *row,
                            const struct facts *f)
{
    (void)arena;
    for (uint32_t i = 0; i < f->statement.count; i++) {
        const struct statement *s = &f->statement.at[i];

        if (s->speaker != FACT_NONE && str_find_fold(s->cue, row->field[0]) != STR_NPOS)
            return true;
    }
    return false;
}

/* tolls.tsv, toll_pairs.tsv: a figure of this measure; a total without one has the measure
 * of the figure before it. */
static bool shows_toll(struct arena *arena, const struct row *row,
                       const struct facts *f)
{
    (void)arena;
    for (uint32_t i = 0; i < f->figure.count; i++)
        if (str_eq(row->field[1], STR("other")) ||
            str_eq(str_from(measure_name(f->figure.at[i].measure)), row->field[1]))
            return true;
    return false;
}

/* The first of each word's alternatives: "secret service|police|agent" -> "secret
 * service"; as a name where the row wants one. */
static struct str first_form(struct arena *arena, struct str words, struct str form)
{
    struct buf out = buf_new(arena, 1 << 8);
    struct str part, one;

    while (str_split(&words, ' ', &part)) {
        (void)str_split(&part, '|', &one);
        if (one.len == 0)
            continue;
        if (out.len > 0)
            buf_char(&out, ' ');
        for (size_t i = 0; i < one.len; i++) {
            bool large = str_eq(form, STR("upper")) || (form.len > 0 && i == 0);
            char c = one.ptr[i] == '_' ? ' ' : one.ptr[i];

            buf_char(&out, large ? ascii_upper(c) : c);
        }
    }
    return buf_view(&out);
}

static struct actor_code code_of(struct arena *arena, struct str words, struct str form)
{
    static const struct lexicon none;

    return actor_code_of_text(arena, &none, first_form(arena, words, form));
}

/* actors.tsv: words country sector type form. */
static bool shows_actor(struct arena *arena, const struct row *row,
                        const struct facts *f)
{
    struct actor_code c = code_of(arena, row->field[0], row->field[4]);

    (void)f;
    return str_eq(c.country, row->field[1]) && str_eq(c.sector, row->field[2]);
}

/* countries.tsv: words code kind form. */
static bool shows_country(struct arena *arena, const struct row *row,
                          const struct facts *f)
{
    (void)f;
    return str_eq(code_of(arena, row->field[0], row->field[3]).country, row->field[1]);
}

/* agents.tsv: words sector type strength; a modifier before a head that tells nothing, and
 * no word that people known by another code (of a country) have, too. */
static bool shows_agent(struct arena *arena, const struct row *row,
                        const struct facts *f)
{
    struct str words = row->field[0];
    struct actor_code c;

    (void)f;
    if (str_eq(row->field[3], STR("modifier"))) {
        struct buf with_head = buf_new(arena, 1 << 8);

        buf_printf(&with_head, "%.*s member", STR_ARG(words));
        words = buf_view(&with_head);
    }
    c = code_of(arena, words, STR(""));
    return str_eq(c.sector, row->field[1]) || c.country.len > 0;
}

static struct str readings(struct arena *arena, const struct facts *f)
{
    struct buf out = buf_new(arena, 1 << 10);

    for (uint32_t i = 0; i < f->event.count; i++) {
        const struct event *e = &f->event.at[i];

        buf_printf(&out, " [%s/%.*s %s %.*s]", event_type_name(e->type),
                   STR_ARG(e->mode), modality_name(e->modality), STR_ARG(e->rule));
    }
    for (uint32_t i = 0; i < f->figure.count; i++)
        buf_printf(&out, " {%s of %.*s %.*s}", measure_name(f->figure.at[i].measure),
                   STR_ARG(f->figure.at[i].class_name), STR_ARG(f->figure.at[i].group));
    for (uint32_t i = 0; i < f->statement.count; i++)
        buf_printf(&out, " <%.*s>", STR_ARG(f->statement.at[i].cue));
    return buf_view(&out);
}

typedef bool (*shows)(struct arena *arena, const struct row *row,
                      const struct facts *f);

/* Names and agents are told by their own words; thousands of sentences would only say so
 * slowly. */
static bool by_words(shows shown)
{
    return shown == shows_actor || shown == shows_country || shown == shows_agent;
}

static void check_row(struct arena *arena, const struct row *row, shows shown)
{
    struct fact_tools fact_tools = { 0 };
    struct article article = { 0 };
    struct text text;
    struct facts facts = { 0 };

    if (by_words(shown)) {
        CHECK(shown(arena, row, &facts), "%s:%u: %.*s", row->file, row->line,
              STR_ARG(row->field[0]));
        return;
    }
    article.text = row->field[row->columns - 1];
    text = text_from_article(arena, trained_tools(), &article);
    facts = facts_from_text(arena, &fact_tools, &text);
    CHECK(shown(arena, row, &facts), "%s:%u: %.*s: %.*s:%.*s", row->file, row->line,
          STR_ARG(row->field[0]), STR_ARG(article.text),
          STR_ARG(readings(arena, &facts)));
}

static void check_file(const char *file, shows shown)
{
    struct arena arena, of_row;
    struct str rest, line;
    struct err err;
    char path[64];
    bool there, header = true;

    arena_init(&arena, SIZE_MAX);
    snprintf(path, sizeof path, "data/en/%s", file);
    there = io_read_file(&arena, path, 1 << 22, &rest, &err);
    CHECK(there, "%s: %s", file, err.detail);
    for (uint32_t n = 1; there && str_split(&rest, '\n', &line); n++) {
        struct row row = { .file = file, .line = n };

        if (line.len == 0 || *line.ptr == '#')
            continue;
        while (row.columns < COLUMNS && str_split(&line, '\t', &row.field[row.columns]))
            row.columns++;
        arena_init(&of_row, SIZE_MAX);
        if (!header)
            check_row(&of_row, &row, shown);
        header = false;
        arena_release(&of_row);
    }
    arena_release(&arena);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *file;
        shows shown;
    } lexicons[] = {
        { "verbs.tsv", shows_event },
        { "nouns.tsv", shows_event },
        { "embedding_verbs.tsv", shows_modality },
        { "light_verbs.tsv", shows_any },
        { "contexts.tsv", shows_context },
        { "quote_verbs.tsv", shows_statement },
        { "tolls.tsv", shows_toll },
        { "toll_pairs.tsv", shows_toll },
        { "actors.tsv", shows_actor },
        { "countries.tsv", shows_country },
        { "agents.tsv", shows_agent },
    };

    for (size_t i = 0; i < sizeof lexicons / sizeof *lexicons; i++)
        if (argc < 2 || strcmp(argv[1], lexicons[i].file) == 0)
            check_file(lexicons[i].file, lexicons[i].shown);
    return check_done();
}
