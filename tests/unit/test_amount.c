#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "check.h"
#include "fact/amount.h"

static void format(char out[96], const struct amount *a)
{
    if (a->high == AMOUNT_OPEN)
        snprintf(out, 96, "%.*s %" PRId64 "..", STR_ARG(a->op), a->low);
    else
        snprintf(out, 96, "%.*s %" PRId64 "..%" PRId64, STR_ARG(a->op), a->low,
                 a->high);
}

/* A line is "evidence|the rest of the text = op interval". */
static void check_line(struct arena *arena, struct str line, int number)
{
    size_t bar = str_find_char(line, '|'), equals = str_find(line, STR(" = ")), n;
    struct amount a;
    char got[96] = "none", text[256];
    struct str want;

    if (line.len == 0 || *line.ptr == '#')
        return;
    if (bar == STR_NPOS || equals == STR_NPOS || bar > equals || equals > sizeof text) {
        CHECK(false, "line %d: not a case", number);
        return;
    }
    memcpy(text, line.ptr, bar);
    memcpy(text + bar, line.ptr + bar + 1, equals - bar - 1);
    want = str_trim(str_after(line, equals + 3));
    n = amount_read(arena, (struct str){ text, equals - 1 }, &a);
    if (n > 0)
        format(got, &a);
    CHECK(n == bar && str_eq(want, str_from(got)), "line %d: \"%.*s\" read as %s",
          number, (int)n, text, got);
    if (n > 0)
        CHECK(a.num + a.num_len <= n && a.num_len > 0, "line %d: number words", number);
}

static void check_flags(struct arena *arena)
{
    struct amount a;

    CHECK(amount_read(arena, STR("26-year-old man"), &a) > 0 && a.compound, "an age");
    CHECK(amount_read(arena, STR("10,000-strong crowd"), &a) > 0 && a.strong, "strong");
    CHECK(amount_read(arena, STR("another six"), &a) > 0 && a.more, "another");
    CHECK(amount_read(arena, STR("2019"), &a) > 0 && a.bare, "may be a year");
    CHECK(amount_read(arena, STR("2,019"), &a) > 0 && !a.bare, "no year");
    CHECK(amount_currency(STR("US$5")) == 3 && amount_currency(STR("Rsa")) == 0,
          "signs");
}

static void check_agreement(void)
{
    struct amount exact = { .low = 26, .high = 26 }, other = { .low = 28, .high = 28 };
    struct amount open = { .low = 26, .high = AMOUNT_OPEN };

    CHECK(amount_agree(&open, &other), "at least 26 and 28");
    CHECK(!amount_agree(&exact, &other), "26 and 28");
    CHECK(amount_agree(&exact, &exact), "26 and 26");
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct str rest, line;
    struct err err;

    arena_init(&arena, SIZE_MAX);
    if (!io_read_file(&arena, argc > 1 ? argv[1] : "tests/cases/amount.txt", 1 << 20,
                      &rest, &err)) {
        fprintf(stderr, "%s\n", err.detail);
        return 1;
    }
    for (int number = 1; str_split(&rest, '\n', &line); number++)
        check_line(&arena, line, number);
    check_flags(&arena);
    check_agreement();
    arena_release(&arena);
    return check_done();
}
