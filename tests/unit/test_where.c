#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/io.h"
#include "check.h"
#include "fact/fact.h"
#include "gazetteer/gazetteer.h"
#include "trained.h"

/* "Almaty KAZ city 43,77; ...": the places, coordinates in whole degrees */
static struct str places_of(struct arena *arena, const struct facts *f)
{
    struct buf out = buf_new(arena, 1 << 16);

    for (uint32_t i = 0; i < f->actor.count; i++) {
        const struct actor *a = &f->actor.at[i];
        const char *precision = place_precision_name(a->precision);

        if (a->type != ENTITY_PLACE || a->mention.count == 0)
            continue;
        buf_printf(&out, "%s%.*s %.*s %s", buf_view(&out).len ? "; " : "",
                   STR_ARG(a->name), STR_ARG(a->country.len ? a->country : STR("-")),
                   *precision ? precision : "-");
        if (a->located)
            buf_printf(&out, " %.0f,%.0f", floor(a->lat + 0.5), floor(a->lon + 0.5));
    }
    return buf_view(&out);
}

static void check_sound(const struct facts *f, int number)
{
    CHECK(facts_sound(f), "line %d", number);
    for (uint32_t i = 0; i < f->actor.count; i++) {
        const struct actor *a = &f->actor.at[i];

        CHECK(!a->located || (fabs(a->lat) <= 90 && fabs(a->lon) <= 180), "line %d",
              number);
        CHECK(!a->located || a->precision != PLACE_COUNTRY,
              "line %d: a country is no pin", number);
    }
}

/* A line is "text | places". */
static void check_line(struct arena *arena, const struct fact_tools *tools,
                       struct str line, int number)
{
    struct str said, want, got;
    struct page page = { 0 };
    struct article article = { .page = &page };
    struct text text;
    struct facts facts;

    if (line.len == 0 || *line.ptr == '#')
        return;
    if (!str_split(&line, '|', &said) || !str_split(&line, '|', &want)) {
        CHECK(false, "line %d: not a case", number);
        return;
    }
    article.text = str_trim(said);
    text = text_from_article(arena, trained_tools(), &article);
    facts = facts_from_text(arena, tools, &text);
    got = places_of(arena, &facts);
    CHECK(str_eq(got, str_trim(want)), "line %d: %.*s\n    read as %.*s", number,
          STR_ARG(article.text), STR_ARG(got));
    check_sound(&facts, number);
}

int main(int argc, char **argv)
{
    struct fact_tools tools = { .gazetteer = gazetteer_builtin() };
    struct arena arena;
    struct str rest, line;
    struct err err;

    arena_init(&arena, SIZE_MAX);
    if (!io_read_file(&arena, argc > 1 ? argv[1] : "tests/cases/where.txt", 1 << 20,
                      &rest, &err)) {
        fprintf(stderr, "%s\n", err.detail);
        return 1;
    }
    for (int number = 1; str_split(&rest, '\n', &line); number++)
        check_line(&arena, &tools, line, number);
    arena_release(&arena);
    return check_done();
}
