/* tests/cases/event.txt: "sentence | TYPE/mode actors > recipients [modality]; …". */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/io.h"
#include "check.h"
#include "fact/event_code.h"
#include "fact/fact.h"
#include "trained.h"

static void put_side(struct buf *out, const struct facts *f, const uint32_t *side,
                     uint32_t count)
{
    if (count == 0)
        buf_str(out, STR("-"));
    for (uint32_t i = 0; i < count; i++)
        buf_printf(out, "%s%.*s", i ? ", " : "", STR_ARG(f->actor.at[side[i]].name));
}

/* "ASSAULT/firearms gunmen > villagers expected; …"; asserted is not said. */
static struct str readings(struct arena *arena, const struct facts *f)
{
    struct buf out = buf_new(arena, 1 << 16);

    for (uint32_t i = 0; i < f->event.count; i++) {
        const struct event *e = &f->event.at[i];

        buf_printf(&out, "%s%s%s%.*s ", i ? "; " : "", event_type_name(e->type),
                   e->mode.len ? "/" : "", STR_ARG(e->mode));
        put_side(&out, f, e->actor, e->actors);
        buf_str(&out, STR(" > "));
        put_side(&out, f, e->recipient, e->recipients);
        if (e->modality != MODALITY_ASSERTED)
            buf_printf(&out, " %s", modality_name(e->modality));
    }
    return f->event.count ? buf_view(&out) : STR("none");
}

static bool names_a_rule(const struct facts *f)
{
    for (uint32_t i = 0; i < f->event.count; i++)
        if (str_find(f->event.at[i].rule, STR(".tsv:")) == STR_NPOS)
            return false;
    return true;
}

static void check_line(struct arena *arena, struct str line, uint32_t number)
{
    struct fact_tools fact_tools = { 0 };
    struct article article = { 0 };
    struct text text;
    struct facts facts;
    struct str said, got;

    if (line.len == 0 || *line.ptr == '#')
        return;
    if (!str_split(&line, '|', &said) || !line.ptr) {
        CHECK(false, "line %u: not a case", number);
        return;
    }
    article.text = str_trim(said);
    text = text_from_article(arena, trained_tools(), &article);
    facts = facts_from_text(arena, &fact_tools, &text);
    got = readings(arena, &facts);
    CHECK(str_eq(got, str_trim(line)), "line %u: %.*s | %.*s", number,
          STR_ARG(article.text), STR_ARG(got));
    CHECK(facts_sound(&facts) && names_a_rule(&facts), "line %u", number);
}

/* tests/cases/event_time.txt: "sentence | word | the words that tell when it happened". */
static void check_time(struct arena *arena, struct str line, uint32_t number)
{
    struct fact_tools fact_tools = { 0 };
    struct article article = { 0 };
    struct text text;
    struct facts facts;
    struct str said, word, got = STR("no event");

    if (line.len == 0 || *line.ptr == '#')
        return;
    if (!str_split(&line, '|', &said) || !str_split(&line, '|', &word)) {
        CHECK(false, "line %u: not a case", number);
        return;
    }
    article.text = str_trim(said);
    text = text_from_article(arena, trained_tools(), &article);
    facts = facts_from_text(arena, &fact_tools, &text);
    for (uint32_t i = 0; i < facts.event.count; i++) {
        const struct event *e = &facts.event.at[i];

        if (!str_eq(text.token.at[e->trigger].form, str_trim(word)))
            continue;
        got = STR("none");
        if (e->time != FACT_NONE)
            got = str_slice(article.text, facts.when.at[e->time].start,
                            facts.when.at[e->time].end);
    }
    CHECK(str_eq(got, str_trim(line)), "line %u: %.*s | %.*s", number,
          STR_ARG(article.text), STR_ARG(got));
}

/* tests/cases/context.txt: "sentence | contexts of its first event". */
static void check_contexts(struct arena *arena, struct str line, uint32_t number)
{
    struct fact_tools fact_tools = { 0 };
    struct article article = { 0 };
    struct buf got = buf_new(arena, 1 << 10);
    struct text text;
    struct facts facts;
    struct str said;

    if (line.len == 0 || *line.ptr == '#' || !str_split(&line, '|', &said))
        return;
    article.text = str_trim(said);
    text = text_from_article(arena, trained_tools(), &article);
    facts = facts_from_text(arena, &fact_tools, &text);
    for (uint32_t i = 0; facts.event.count > 0 && i < facts.event.at[0].contexts.count;
         i++)
        buf_printf(&got, "%s%.*s", i ? " " : "",
                   STR_ARG(facts.event.at[0].contexts.at[i]));
    CHECK(str_eq(got.len ? buf_view(&got) : STR("none"), str_trim(line)),
          "context.txt line %u: %.*s", number, STR_ARG(buf_view(&got)));
}

/* Every entry can be written down as an event. */
static void check_lexicons(void)
{
    const struct lex_table *const tables[] = { &lex_verbs, &lex_nouns };

    for (size_t t = 0; t < COUNT(tables); t++)
        for (uint32_t i = 0; i < tables[t]->entries; i++) {
            struct event_code code = { .entry = &tables[t]->entry[i],
                                       .table = tables[t] };

            CHECK(event_code_type(code) < EVENT_TYPES, "%s:%u", tables[t]->name,
                  tables[t]->entry[i].line);
        }
}

typedef void (*line_check)(struct arena *arena, struct str line, uint32_t number);

static void check_file(struct arena *arena, const char *path, line_check check)
{
    struct str rest, line;
    struct err err;
    bool there = io_read_file(arena, path, 1 << 20, &rest, &err);

    CHECK(there, "%s: %s", path, err.detail);
    for (uint32_t number = 1; there && str_split(&rest, '\n', &line); number++)
        check(arena, line, number);
}

int main(int argc, char **argv)
{
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    check_file(&arena, argc > 1 ? argv[1] : "tests/cases/event.txt", check_line);
    check_file(&arena, "tests/cases/context.txt", check_contexts);
    check_file(&arena, "tests/cases/event_time.txt", check_time);
    check_lexicons();
    arena_release(&arena);
    return check_done();
}
