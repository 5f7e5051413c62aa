/* tests/cases/page_dates.txt: dates as pages write them; and those in addresses. */
#include "article/pagedate.h"

#include "base/io.h"
#include "check.h"

static void check_date(struct str text, struct str want, int64_t number)
{
    struct arena arena;
    struct instant t;
    struct str got = { NULL, 0 };
    bool month_first = str_starts(text, STR("m "));

    arena_init(&arena, SIZE_MAX);
    if (pagedate_read(month_first ? str_after(text, 2) : text, month_first, &t))
        got = instant_to_iso(&arena, t);
    CHECK(str_eq(got, want), "page_dates.txt:%d: %.*s => %.*s, wanted %.*s",
          (int)number, STR_ARG(text), STR_ARG(got), STR_ARG(want));
    arena_release(&arena);
}

static void check_url(const char *url, const char *want)
{
    struct arena arena;
    struct instant t;
    struct str got = { NULL, 0 };

    arena_init(&arena, SIZE_MAX);
    if (pagedate_in_url(str_from(url), &t))
        got = instant_to_iso(&arena, t);
    CHECK(str_eq(got, str_from(want)), "%s => %.*s, wanted %s", url, STR_ARG(got),
          want);
    arena_release(&arena);
}

int main(void)
{
    struct lines lines = { .file = fopen("tests/cases/page_dates.txt", "rb"),
                           .limit = 1000 };
    struct str line;

    while (lines.file && lines_next(&lines, &line)) {
        size_t at = str_find(line, STR(" =>"));

        if (line.len > 0 && *line.ptr != '#' && at != STR_NPOS)
            check_date(str_slice(line, 0, at), str_trim(str_after(line, at + 3)),
                       lines.number);
    }
    lines_release(&lines);
    if (lines.file)
        fclose(lines.file);
    check_url("https://a.example/2019/11/19/dam", "2019-11-19");
    check_url("https://a.example/news/2019/nov/19/dam", "2019-11-19");
    check_url("https://a.example/dam-20191119.html", "2019-11-19");
    check_url("https://a.example/2019-11-19-dam", "2019-11-19");
    check_url("https://a.example/2019/11/dam", "2019-11");
    check_url("https://a.example/article/2019113456", "");
    check_url("https://a.example/room/12/34/5678", "");
    return check_done();
}
