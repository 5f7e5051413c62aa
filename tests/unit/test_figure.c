#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/io.h"
#include "check.h"
#include "fact/figure.h"
#include "trained.h"

static void put(struct buf *out, const char *word)
{
    buf_printf(out, " %s", word);
}

/* "killed 6 civilian/child subset [six children]" */
static void format(struct buf *out, const struct facts *facts, const struct figure *f)
{
    bool toll = measure_is_toll(f->measure);
    struct str kind = toll ? f->class_name : f->unit;

    buf_printf(out, "%s %.*s", measure_name(f->measure), STR_ARG(f->op));
    if (kind.len > 0)
        buf_printf(out, " %.*s", STR_ARG(kind));
    if (f->group.len > 0)
        buf_printf(out, "/%.*s", STR_ARG(f->group));
    if (f->subset_of != FACT_NONE)
        put(out, "subset");
    if (f->background)
        put(out, "background");
    if (f->modality != MODALITY_ASSERTED)
        put(out, modality_name(f->modality));
    buf_printf(out, " [%.*s]",
               STR_ARG(str_slice(facts->text->article->text, f->start, f->end)));
}

/* A line is "text | reading; reading". */
static void check_line(struct arena *arena, struct str line, int number)
{
    struct str said, want;
    struct article article = { 0 };
    struct text text;
    struct facts facts = { .text = &text };
    struct buf got = buf_new(arena, 1 << 16);

    if (line.len == 0 || *line.ptr == '#')
        return;
    if (!str_split(&line, '|', &said) || !str_split(&line, '|', &want)) {
        CHECK(false, "line %d: not a case", number);
        return;
    }
    article.text = str_trim(said);
    text = text_from_article(arena, trained_tools(), &article);
    figures_read(arena, NULL, &facts);
    for (uint32_t i = 0; i < facts.figure.count; i++) {
        buf_str(&got, i > 0 ? STR("; ") : STR(""));
        format(&got, &facts, &facts.figure.at[i]);
    }
    CHECK(str_eq(buf_view(&got), str_trim(want)), "line %d: %.*s\n    read as %.*s",
          number, STR_ARG(article.text), STR_ARG(buf_view(&got)));
    CHECK(facts_sound(&facts), "line %d", number);
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct str rest, line;
    struct err err;

    arena_init(&arena, SIZE_MAX);
    if (!io_read_file(&arena, argc > 1 ? argv[1] : "tests/cases/figure.txt", 1 << 20,
                      &rest, &err)) {
        fprintf(stderr, "%s\n", err.detail);
        return 1;
    }
    for (int number = 1; str_split(&rest, '\n', &line); number++)
        check_line(&arena, line, number);
    arena_release(&arena);
    return check_done();
}
