#include "base/arena.h"
#include "base/buf.h"
#include "base/io.h"
#include "check.h"
#include "fact/event_clause.h"
#include "text/dateline.h"
#include "trained.h"

static uint32_t find(const struct text *text, struct str word)
{
    for (uint32_t i = 0; i < text->token.count; i++)
        if (str_eq(text->token.at[i].form, word))
            return i;
    return TOKEN_NONE;
}

static struct str clause_said(struct arena *arena, const struct text *text,
                              struct clause c)
{
    struct buf out = buf_new(arena, 1 << 12);
    struct str s = text->article->text;

    if (c.subject.end > c.subject.start) {
        buf_str(&out, str_slice(s, c.subject.start, c.subject.end));
        buf_str(&out, STR(" … "));
    }
    buf_str(&out, str_slice(s, c.words.start, c.words.end));
    return buf_view(&out);
}

/* A line is "text | word | clause". */
static void check_line(struct arena *arena, struct str line, int number)
{
    struct str said, word, want, got;
    struct article article = { 0 };
    struct text text;
    uint32_t at;

    if (line.len == 0 || *line.ptr == '#')
        return;
    if (!str_split(&line, '|', &said) || !str_split(&line, '|', &word) ||
        !str_split(&line, '|', &want)) {
        CHECK(false, "line %d: not a case", number);
        return;
    }
    article.text = str_trim(said);
    text = text_from_article(arena, trained_tools(), &article);
    at = find(&text, str_trim(word));
    CHECK(at != TOKEN_NONE, "line %d: no such word", number);
    if (at == TOKEN_NONE)
        return;
    got = clause_said(arena, &text, event_clause(&text, at));
    CHECK(str_eq(got, str_trim(want)), "line %d: %.*s", number, STR_ARG(got));
}

static void check_dateline(struct arena *arena, const char *said, uint32_t want)
{
    struct article article = { .text = str_from(said) };
    struct text text = text_from_article(arena, trained_tools(), &article);
    uint32_t got = dateline_end(&text, 0);

    CHECK(got == want, "%s: %u", said, got);
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct str rest, line;
    struct err err;

    arena_init(&arena, SIZE_MAX);
    if (!io_read_file(&arena, argc > 1 ? argv[1] : "tests/cases/clause.txt", 1 << 20,
                      &rest, &err)) {
        fprintf(stderr, "%s\n", err.detail);
        return 1;
    }
    for (int number = 1; str_split(&rest, '\n', &line); number++)
        check_line(&arena, line, number);
    check_dateline(&arena, "KARSK, Oct 10 (BPA) - Police fired.", 8);
    check_dateline(&arena, "KARSK — Police fired.", 2);
    check_dateline(&arena, "NATO – which met on Monday – agreed.", 0);
    check_dateline(&arena, "Police fired - Then they left.", 0);
    arena_release(&arena);
    return check_done();
}
