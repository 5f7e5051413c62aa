#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/io.h"
#include "check.h"
#include "fact/fact.h"
#include "trained.h"

/* Sets of sentences and how many lines of each half are right; raise the floors with the
 * figure, never look into half B. */
static const struct set {
    const char *file;
    int floor[2];
} sets[] = {
    { "tests/cases/tolls.txt", { 150, 118 } },
    { "tests/cases/tolls_more.txt", { 97, 78 } },
};

/* "killed >=9 civilian negated": without the group, marks of parts, and who says so. */
static void format(struct buf *out, const struct figure *f)
{
    buf_printf(out, "%s %.*s %.*s", measure_name(f->measure), STR_ARG(f->op),
               STR_ARG(f->class_name));
    if (f->modality != MODALITY_ASSERTED && f->modality != MODALITY_ALLEGED)
        buf_printf(out, " %s", modality_name(f->modality));
}

/* The reading as it is compared: "killed 3 civilian/child subset, police" -> "killed 3
 * civilian". */
static void core(struct buf *out, struct str reading)
{
    struct str said = STR(""), word, class_name;

    (void)str_split(&reading, ',', &said);
    said = str_trim(said);
    for (int n = 0; str_split(&said, ' ', &word); n++) {
        if (n == 2 && str_split(&word, '/', &class_name))
            word = class_name;
        if (n < 3 || str_in(word, "hypothetical|expected|denied|negated"))
            buf_printf(out, "%s%.*s", n > 0 ? " " : "", STR_ARG(word));
    }
}

/* Whether the reading is one of the figures from *used on; takes it out by marking it. */
static bool take(struct arena *arena, const struct facts *facts, bool *used,
                 struct str want)
{
    for (uint32_t i = 0; i < facts->figure.count; i++) {
        struct buf got = buf_new(arena, 256);

        if (used[i] || !measure_is_toll(facts->figure.at[i].measure))
            continue;
        format(&got, &facts->figure.at[i]);
        if (str_eq(buf_view(&got), want))
            return used[i] = true;
    }
    return false;
}

static bool is_right(struct arena *arena, struct str said, struct str want)
{
    struct article article = { .text = said };
    struct text text = text_from_article(arena, trained_tools(), &article);
    struct fact_tools tools = { 0 };
    struct facts facts = facts_from_text(arena, &tools, &text);
    bool *used = NEW(arena, bool, facts.figure.count + 1), right = true;
    struct str reading;

    while (str_split(&want, ';', &reading)) {
        struct buf one = buf_new(arena, 256);

        core(&one, reading);
        if (str_trim(reading).len > 0)
            right = take(arena, &facts, used, buf_view(&one)) && right;
    }
    for (uint32_t i = 0; i < facts.figure.count; i++)
        right = right && (used[i] || !measure_is_toll(facts.figure.at[i].measure));
    CHECK(facts_sound(&facts), "%.*s", STR_ARG(said));
    return right;
}

static void check_set(struct arena *arena, const struct set *set)
{
    struct str rest, line, said;
    struct err err;
    int right[2] = { 0 }, n = 0;

    if (!io_read_file(arena, set->file, 1 << 20, &rest, &err)) {
        CHECK(false, "%s", err.detail);
        return;
    }
    while (str_split(&rest, '\n', &line)) {
        if (line.len == 0 || *line.ptr == '#' || !str_split(&line, '|', &said))
            continue;
        right[n % 2] += is_right(arena, str_trim(said), str_trim(line));
        n++;
    }
    printf("%s: right %d and %d of %d\n", set->file, right[0], right[1], n);
    CHECK(right[0] >= set->floor[0], "half A: %d lines are right", right[0]);
    CHECK(right[1] >= set->floor[1], "half B: %d lines are right", right[1]);
}

int main(void)
{
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    for (size_t i = 0; i < COUNT(sets); i++)
        check_set(&arena, &sets[i]);
    arena_release(&arena);
    return check_done();
}
