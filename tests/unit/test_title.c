/* tests/cases/titles.txt: what a page is called, and the headline taken from it. */
#include "article/title.h"

#include "base/io.h"
#include "check.h"

static const struct {
    struct str name;
    enum title_sign by;
} sources[] = {
    { STR_INIT("h1"), TITLE_H1 },           { STR_INIT("og"), TITLE_OG },
    { STR_INIT("ld"), TITLE_LD },           { STR_INIT("doc"), TITLE_DOC },
    { STR_INIT("twitter"), TITLE_TWITTER }, { STR_INIT("ldalt"), TITLE_LD_ALT },
    { STR_INIT("h2"), TITLE_H2 },           { STR_INIT("other"), TITLE_OTHER },
};

/* "h1: Dam breaks" */
static bool add_line(struct arena *arena, struct titles *t, struct str line)
{
    size_t colon = str_find_char(line, ':');
    struct str name = str_slice(line, 0, colon == STR_NPOS ? 0 : colon);
    struct str value = colon == STR_NPOS ? name : str_trim(str_after(line, colon + 1));

    if (str_eq(name, STR("outlet")))
        t->outlet = value;
    else if (str_eq(name, STR("domain")))
        t->domain = value;
    else if (str_eq(name, STR("section")))
        t->section = value;
    else if (str_eq(name, STR("url")))
        t->url = value;
    else
        for (size_t i = 0; i < COUNT(sources); i++)
            if (str_eq(name, sources[i].name)) {
                *PUSH(arena, &t->said) = (struct title_said){ sources[i].by, value };
                return true;
            }
    return colon != STR_NPOS && value.len > 0;
}

static void check_cases(struct arena *arena, struct str all)
{
    struct titles t = { 0 };
    struct str line, got;
    int number = 0, cases = 0;

    while (str_split(&all, '\n', &line)) {
        number++;
        if (line.len == 0 || *line.ptr == '#')
            continue;
        if (!str_starts(line, STR("=>"))) {
            CHECK(add_line(arena, &t, line), "line %d: not a source", number);
            continue;
        }
        got = title_choose(&t);
        line = str_trim(str_after(line, 2));
        CHECK(str_eq(got, line), "line %d: \"%.*s\" chosen", number, STR_ARG(got));
        t = (struct titles){ 0 };
        cases++;
    }
    CHECK(cases > 10, "%d cases", cases);
}

static void check_names(void)
{
    CHECK(title_alike(STR("The Post"), STR("thepost.com")), "name and domain");
    CHECK(!title_alike(STR("Post"), STR("a-very-long-post-domain.com")), "too long");
    CHECK(!title_alike(STR("A"), STR("A")), "one letter says nothing");
}

/* More sources than candidates are kept, and words without end in the address. */
static void check_bounds(struct arena *arena)
{
    struct titles t = { .url = STR("https://velm.example/a/a-b-c-d--/'''/dam's-x") };
    char *text = NEW(arena, char, 100000);

    memset(text, '-', 100000);
    for (uint32_t i = 0; i < 100; i++) {
        text[i * 900] = (char)('a' + i % 26);
        *PUSH(arena, &t.said) =
            (struct title_said){ TITLE_H1_LATER, { text + i * 900, 900 } };
    }
    CHECK(title_choose(&t).len > 0, "one is chosen");
}

int main(void)
{
    struct arena arena;
    struct str all;
    struct err err;

    arena_init(&arena, SIZE_MAX);
    if (io_read_file(&arena, "tests/cases/titles.txt", 1 << 20, &all, &err))
        check_cases(&arena, all);
    else
        CHECK(false, "%s", err.detail);
    check_names();
    check_bounds(&arena);
    arena_release(&arena);
    return check_done();
}
