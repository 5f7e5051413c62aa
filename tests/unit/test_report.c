/* The reports for readers: byte for byte against tests/docs/report, and well formed.
 *
 *     test_report              compares
 *     test_report --update     writes the expected files anew
 *     test_report PAGE.html    checks a page that was made elsewhere
 */
#include <string.h>

#include "base/err.h"
#include "base/io.h"
#include "check.h"
#include "page_check.h"
#include "report/html.h"
#include "report/ledger.h"
#include "report/markdown.h"
#include "report/phrase.h"
#include "report/shared_words.h"
#include "report_fixture.h"

#define LIMIT ((size_t)16 << 20)

static void write_file(const char *path, struct str text)
{
    FILE *out = fopen(path, "wb");

    CHECK(out && fwrite(text.ptr, 1, text.len, out) == text.len, "%s", path);
    if (out)
        fclose(out);
}

/* The line in which two texts first differ. */
static uint32_t first_difference(struct str a, struct str b)
{
    uint32_t line = 1;

    for (size_t i = 0; i < a.len && i < b.len && a.ptr[i] == b.ptr[i]; i++)
        line += a.ptr[i] == '\n';
    return line;
}

static void check_golden(struct arena *arena, const char *path, struct str got,
                         bool update)
{
    struct str want = { NULL, 0 };
    struct err err;

    if (update) {
        write_file(path, got);
        return;
    }
    CHECK(io_read_file(arena, path, LIMIT, &want, &err) && str_eq(got, want),
          "%s differs from line %u on; --update writes it anew", path,
          first_difference(got, want));
}

static void check_page(struct arena *arena, struct str page)
{
    const char *fault = page_fault(arena, page);

    CHECK(!fault, "%s", fault);
    CHECK(str_find_fold(page, STR("javascript:")) == STR_NPOS, "a javascript address");
    CHECK(str_find_fold(page, STR("<script")) == STR_NPOS, "a script");
    CHECK(str_find_fold(page, STR(" onclick=\"")) == STR_NPOS,
          "an attribute broken out");
}

static struct str html_of(struct arena *arena, const struct situation *s)
{
    struct buf b = buf_new(arena, LIMIT);

    report_html(&b, s);
    return buf_view(&b);
}

static struct str markdown_of(struct arena *arena, const struct situation *s)
{
    struct buf b = buf_new(arena, LIMIT);

    report_markdown(&b, s);
    return buf_view(&b);
}

static void check_fixture(struct arena *arena, bool update)
{
    struct situation s = fixture_situation(arena), none = { .policy = POLICY_RANGE };
    struct str page = html_of(arena, &s), text = markdown_of(arena, &s);

    check_page(arena, page);
    check_golden(arena, "tests/docs/report/fixture.html", page, update);
    check_golden(arena, "tests/docs/report/fixture.md", text, update);
    CHECK(str_eq(page, html_of(arena, &s)), "the same situation, other bytes");
    check_page(arena, html_of(arena, &none));
    CHECK(markdown_of(arena, &none).len > 0, "no report at all");
}

/* Evidence whose span doesn't resolve must not be cited, nor bring anything down. */
static void check_unsound(struct arena *arena)
{
    struct situation s = fixture_situation(arena);

    for (uint32_t i = 0; i < s.story.at[0].findings.count; i++) {
        struct evidence *e = s.story.at[0].findings.at[i].evidence.at;

        e->report += i % 3 == 0 ? 100 : 0;
        e->end += i % 3 == 1 ? 100000 : 0;
        e->sentence += i % 3 == 2 ? 50 : 0;
        s.story.at[0].findings.at[i].superseded_by = i * 7;
    }
    check_page(arena, html_of(arena, &s));
    CHECK(markdown_of(arena, &s).len > 0, "unsound evidence");
}

static void check_interval(struct arena *arena, int64_t low, int64_t high,
                           const char *want)
{
    struct buf b = buf_new(arena, 256);

    phrase_interval(&b, low, high);
    CHECK(str_eq(buf_view(&b), str_from(want)), "%.*s", STR_ARG(buf_view(&b)));
}

static void check_days(struct arena *arena, int32_t first, int32_t last,
                       const char *want)
{
    struct buf b = buf_new(arena, 256);

    phrase_days(&b, first, last);
    CHECK(str_eq(buf_view(&b), str_from(want)), "%.*s", STR_ARG(buf_view(&b)));
}

static void check_phrases(struct arena *arena)
{
    int32_t day = date_from_civil(2029, 10, 9);

    check_interval(arena, 26, 26, "26");
    check_interval(arena, 24, 99, "24–99");
    check_interval(arena, 3001, COUNT_OPEN, "3,001 or more");
    check_interval(arena, 1, 40, "up to 40");
    check_interval(arena, INT64_MIN, 40, "up to 40");
    check_interval(arena, 0, 0, "0");
    check_interval(arena, 11000, 1234567, "11,000–1,234,567");
    check_days(arena, day, day + 3, "9–12 October 2029");
    check_days(arena, day - 10, day, "29 September – 9 October 2029");
    check_days(arena, DATE_NONE, day, "9 October 2029");
    check_days(arena, DATE_NONE, DATE_NONE, "");
    CHECK(str_eq(phrase_language(STR("es-MX")), STR("Spanish")), "es-MX");
    CHECK(str_eq(phrase_language(STR("tlh")), STR("tlh")), "a code without entry");
}

static void check_shared(struct arena *arena, const char *a, const char *b,
                         const char *want)
{
    struct shared_words s = shared_words(arena, str_from(a), str_from(b));
    struct buf out = buf_new(arena, 1024);

    for (uint32_t i = 0; i < s.a.count; i++) {
        buf_str(&out, str_slice(str_from(a), s.a.at[i].start, s.a.at[i].end));
        buf_char(&out, '|');
    }
    CHECK(str_eq(buf_view(&out), str_from(want)), "%.*s", STR_ARG(buf_view(&out)));
}

static void check_passages(struct arena *arena)
{
    check_shared(arena, "At least nine people have drowned",
                 "killing at least nine people", "At least nine people|");
    check_shared(arena, "a b c d", "a x c d", "c d|");
    check_shared(arena, "near Almaty now", "in Almaty then", "Almaty|");
    check_shared(arena, "the dam is gone", "the ferry is here", "");
    check_shared(arena, "“We heard", "\"We heard", "We heard|");
    check_shared(arena, "Élan moderne", "élan moderne", "moderne|");
    check_shared(arena, "one", "two", "");
    check_shared(arena, "", "two", "");
}

static void check_letters(struct arena *arena)
{
    CHECK(str_eq(view_letters(arena, 0), STR("A")), "0");
    CHECK(str_eq(view_letters(arena, 25), STR("Z")), "25");
    CHECK(str_eq(view_letters(arena, 26), STR("AA")), "26");
    CHECK(str_eq(view_letters(arena, 701), STR("ZZ")), "701");
    CHECK(str_eq(view_letters(arena, 702), STR("AAA")), "702");
}

static void check_file(struct arena *arena, const char *path)
{
    struct str page;
    struct err err;

    if (io_read_file(arena, path, LIMIT, &page, &err))
        check_page(arena, page);
    else
        CHECK(false, "%s", err.detail);
}

int main(int argc, char **argv)
{
    bool update = argc > 1 && strcmp(argv[1], "--update") == 0;
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    if (argc > 1 && !update) {
        check_file(&arena, argv[1]);
    } else {
        check_fixture(&arena, update);
        check_unsound(&arena);
        check_phrases(&arena);
        check_passages(&arena);
        check_letters(&arena);
    }
    arena_release(&arena);
    return check_done();
}
