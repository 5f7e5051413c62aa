/* tests/cases/furniture.txt: lines of pages and what their words tell. */
#include "article/line.h"

#include "base/io.h"
#include "check.h"

static const char *const scopes[] = { "none", "alone", "links", "rest" };

static void check_line(struct str line, struct str want, int64_t number)
{
    struct line_sense sense = line_read(line, false);
    char got[120];

    if (sense.scope == LINE_NONE)
        snprintf(got, sizeof got, "none");
    else
        snprintf(got, sizeof got, "%s %.*s", scopes[sense.scope], STR_ARG(sense.why));
    CHECK(str_eq(want, str_from(got)), "furniture.txt:%d: %.*s => %s, wanted %.*s",
          (int)number, STR_ARG(line), got, STR_ARG(want));
}

int main(void)
{
    struct lines lines = { .file = fopen("tests/cases/furniture.txt", "rb"),
                           .limit = 1000 };
    struct str line;

    while (lines.file && lines_next(&lines, &line)) {
        size_t at = str_find(line, STR(" => "));

        if (line.len > 0 && *line.ptr != '#' && at != STR_NPOS)
            check_line(str_slice(line, 0, at), str_after(line, at + 4), lines.number);
    }
    lines_release(&lines);
    if (lines.file)
        fclose(lines.file);
    return check_done();
}
