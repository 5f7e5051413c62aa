#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/io.h"
#include "check.h"
#include "fact/actor.h"
#include "fact/statement.h"
#include "trained.h"

/* "direct Mr Marek, said [The bridge,] [will open]" */
static void format(struct buf *out, struct str text, const struct statement *s)
{
    buf_printf(out, "%s ", statement_form_name(s->form));
    buf_str(out, str_slice(text, s->source.start, s->source.end));
    buf_printf(out, ", %.*s", STR_ARG(s->cue));
    if (s->parts.count == 0)
        buf_printf(out, " [%.*s]", STR_ARG(str_slice(text, s->start, s->end)));
    for (uint32_t i = 0; i < s->parts.count; i++)
        buf_printf(out, " [%.*s]",
                   STR_ARG(str_slice(text, s->parts.at[i].start, s->parts.at[i].end)));
}

/* "¶" becomes an empty line. */
static struct str with_paragraphs(struct arena *arena, struct str s)
{
    struct buf out = buf_new(arena, 1 << 12);

    for (size_t i = 0; i < s.len; i++)
        if (str_starts(str_after(s, i), STR("¶"))) {
            buf_str(&out, STR("\n\n"));
            i++;
        } else {
            buf_char(&out, s.ptr[i]);
        }
    return buf_view(&out);
}

/* A line is "text | reading; reading". */
static void check_line(struct arena *arena, struct str line, int number)
{
    struct str said, want;
    struct article article = { 0 };
    struct fact_tools fact_tools = { 0 };
    struct text text;
    struct facts facts = { .text = &text };
    struct buf got = buf_new(arena, 1 << 16);

    if (line.len == 0 || *line.ptr == '#')
        return;
    if (!str_split(&line, '|', &said) || !str_split(&line, '|', &want)) {
        CHECK(false, "line %d: not a case", number);
        return;
    }
    article.text = with_paragraphs(arena, str_trim(said));
    text = text_from_article(arena, trained_tools(), &article);
    actors_read(arena, &fact_tools, &facts);
    statements_read(arena, &fact_tools, &facts);
    for (uint32_t i = 0; i < facts.statement.count; i++) {
        buf_str(&got, i > 0 ? STR("; ") : STR(""));
        format(&got, article.text, &facts.statement.at[i]);
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
    if (!io_read_file(&arena, argc > 1 ? argv[1] : "tests/cases/statement.txt", 1 << 20,
                      &rest, &err)) {
        fprintf(stderr, "%s\n", err.detail);
        return 1;
    }
    for (int number = 1; str_split(&rest, '\n', &line); number++)
        check_line(&arena, line, number);
    arena_release(&arena);
    return check_done();
}
