#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/io.h"
#include "check.h"
#include "fact/when.h"
#include "fact/when_int.h"
#include "trained.h"

/* "Friday = DATE 2022-01-07; ...": what was read, written as the case file writes it */
static struct str readings(struct arena *arena, const struct facts *f)
{
    struct buf out = buf_new(arena, 1 << 16);
    struct str text = f->text->article->text;

    for (uint32_t i = 0; i < f->when.count; i++) {
        const struct when *w = &f->when.at[i];

        buf_printf(&out, "%s%.*s = %s %.*s", i ? "; " : "",
                   STR_ARG(str_slice(text, w->start, w->end)), time_type_name(w->type),
                   STR_ARG(w->value.len ? w->value : STR("?")));
    }
    return buf_view(&out);
}

/* Spans lie in order in their sentence; a value that is a day gives that day. */
static void check_sound(const struct facts *f, int number)
{
    uint32_t last = 0;

    for (uint32_t i = 0; i < f->when.count; i++) {
        const struct when *w = &f->when.at[i];
        struct instant t;

        CHECK(w->start >= last && w->end > w->start && w->tokens > 0, "line %d",
              number);
        CHECK(w->begin_day <= w->end_day, "line %d", number);
        if (w->type == TIME_DATE && w->value.len == 10 &&
            instant_from_iso(w->value, &t))
            CHECK(w->begin_day == t.day && w->end_day == t.day, "line %d", number);
        last = w->end;
    }
}

/* A line is "published | text | readings"; "-" is a text without a date. */
static void check_line(struct arena *arena, struct str line, int number)
{
    struct str published, said, want, got;
    struct page page = { 0 };
    struct article article = { .page = &page };
    struct text text;
    struct facts facts = { .text = &text };

    if (line.len == 0 || *line.ptr == '#')
        return;
    if (!str_split(&line, '|', &published) || !str_split(&line, '|', &said) ||
        !str_split(&line, '|', &want)) {
        CHECK(false, "line %d: not a case", number);
        return;
    }
    instant_from_iso(published, &article.published);
    article.text = str_trim(said);
    text = text_from_article(arena, trained_tools(), &article);
    whens_read(arena, NULL, &facts);
    got = readings(arena, &facts);
    CHECK(str_eq(got, str_trim(want)), "line %d: %.*s\n    read as %.*s", number,
          STR_ARG(article.text), STR_ARG(got));
    check_sound(&facts, number);
}

static void check_easter(void)
{
    CHECK(easter_day(2022) == date_from_civil(2022, 4, 17), "2022");
    CHECK(easter_day(1990) == date_from_civil(1990, 4, 15), "1990");
    CHECK(easter_day(2038) == date_from_civil(2038, 4, 25), "the latest that may be");
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct str rest, line;
    struct err err;

    arena_init(&arena, SIZE_MAX);
    if (!io_read_file(&arena, argc > 1 ? argv[1] : "tests/cases/when.txt", 1 << 20,
                      &rest, &err)) {
        fprintf(stderr, "%s\n", err.detail);
        return 1;
    }
    for (int number = 1; str_split(&rest, '\n', &line); number++)
        check_line(&arena, line, number);
    check_easter();
    arena_release(&arena);
    return check_done();
}
