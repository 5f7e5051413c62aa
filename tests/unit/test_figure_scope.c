#include "base/buf.h"
#include "base/date.h"
#include "base/io.h"
#include "check.h"
#include "fact/fact.h"
#include "gazetteer/gazetteer.h"
#include "trained.h"

/* "2 killed @ Karsk on 2031-03-04" */
static void format(struct arena *arena, struct buf *out, const struct facts *facts,
                   const struct figure *f)
{
    buf_printf(out, "%s%.*s %s", out->len ? "; " : "", STR_ARG(f->op),
               measure_name(f->measure));
    if (f->place != FACT_NONE)
        buf_printf(out, " @ %.*s", STR_ARG(facts->actor.at[f->place].name));
    if (f->day != DATE_NONE)
        buf_printf(out, " on %.*s", STR_ARG(date_to_iso(arena, f->day)));
    if (f->as_of != DATE_NONE)
        buf_printf(out, " as of %.*s", STR_ARG(date_to_iso(arena, f->as_of)));
    if (f->period_begin != DATE_NONE)
        buf_printf(out, " from %.*s to %.*s",
                   STR_ARG(date_to_iso(arena, f->period_begin)),
                   STR_ARG(date_to_iso(arena, f->period_end)));
}

/* tests/cases/figure_scope.txt: "text | its tolls with place and time", published on
 * Thursday 6 March 2031. */
static void check_line(struct arena *arena, struct str line, uint32_t number)
{
    struct fact_tools tools = { .gazetteer = gazetteer_builtin() };
    struct article article = { 0 };
    struct buf got = buf_new(arena, 1 << 10);
    struct text text;
    struct facts facts;
    struct str said;

    if (line.len == 0 || *line.ptr == '#' || !str_split(&line, '|', &said))
        return;
    CHECK(instant_from_iso(STR("2031-03-06"), &article.published), "the day is one");
    article.text = str_trim(said);
    text = text_from_article(arena, trained_tools(), &article);
    facts = facts_from_text(arena, &tools, &text);
    for (uint32_t i = 0; i < facts.figure.count; i++)
        if (measure_is_toll(facts.figure.at[i].measure))
            format(arena, &got, &facts, &facts.figure.at[i]);
    CHECK(str_eq(buf_view(&got), str_trim(line)), "line %u: %.*s | %.*s", number,
          STR_ARG(article.text), STR_ARG(buf_view(&got)));
    CHECK(facts_sound(&facts), "line %u", number);
}

int main(void)
{
    struct arena arena;
    struct str rest, line;
    struct err err;
    bool there;

    arena_init(&arena, SIZE_MAX);
    there = io_read_file(&arena, "tests/cases/figure_scope.txt", 1 << 20, &rest, &err);
    CHECK(there, "%s", err.detail);
    for (uint32_t number = 1; there && str_split(&rest, '\n', &line); number++)
        check_line(&arena, line, number);
    arena_release(&arena);
    return check_done();
}
