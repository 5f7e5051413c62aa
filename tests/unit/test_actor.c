/* tests/cases/actor.txt: "phrase = COUNTRY SECTOR". */
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/io.h"
#include "check.h"
#include "fact/actor_code.h"

static struct str or_dash(struct str s)
{
    return s.len > 0 ? s : STR("-");
}

static void check_case(struct arena *arena, struct str line, uint32_t number)
{
    size_t at = str_find(line, STR(" = "));
    struct str want, country;
    struct actor_code got;

    if (line.len == 0 || *line.ptr == '#')
        return;
    if (at == STR_NPOS ||
        !str_split(&(struct str){ line.ptr + at + 3, line.len - at - 3 }, ' ',
                   &country)) {
        CHECK(false, "line %u: not a case", number);
        return;
    }
    want = str_after(line, at + 3 + country.len + 1);
    got = actor_code_of_text(arena, NULL, str_slice(line, 0, at));
    CHECK(str_eq(or_dash(got.country), country) && str_eq(or_dash(got.sector), want),
          "line %u: %.*s -> %.*s %.*s", number, STR_ARG(line), STR_ARG(got.country),
          STR_ARG(got.sector));
}

static void check_singular(struct arena *arena)
{
    CHECK(str_eq(actor_singular(arena, STR("ministries")), STR("ministry")), "ies");
    CHECK(str_eq(actor_singular(arena, STR("policemen")), STR("policeman")), "men");
    CHECK(str_eq(actor_singular(arena, STR("children")), STR("child")), "children");
    CHECK(str_eq(actor_singular(arena, STR("churches")), STR("church")), "ches");
    CHECK(str_eq(actor_singular(arena, STR("press")), STR("press")), "ss");
}

/* For measuring: a phrase a line in, "COUNTRY<tab>SECTOR" out. */
static int print_codes(struct arena *arena)
{
    struct lines lines = { .file = stdin, .limit = 1 << 16 };
    struct str line;

    while (lines_next(&lines, &line)) {
        struct actor_code c = actor_code_of_text(arena, NULL, line);

        printf("%.*s\t%.*s\n", STR_ARG(c.country), STR_ARG(c.sector));
    }
    lines_release(&lines);
    arena_release(arena);
    return 0;
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct str rest, line;
    struct err err;
    uint32_t number = 0;

    arena_init(&arena, SIZE_MAX);
    if (argc > 1 && str_eq(str_from(argv[1]), STR("--codes")))
        return print_codes(&arena);
    if (!io_read_file(&arena, "tests/cases/actor.txt", 1 << 20, &rest, &err)) {
        fprintf(stderr, "%s\n", err.detail);
        return 1;
    }
    while (str_split(&rest, '\n', &line))
        check_case(&arena, line, ++number);
    check_singular(&arena);
    arena_release(&arena);
    return check_done();
}
