/* The store gives the stories, origins, ledgers and standings that `report` gives of the
 * same files, in whatever order and in however many goes they are added. */
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "check.h"
#include "corrob.h"
#include "store/store.h"

#define REPORTS_MAX 64

struct line {
    struct str line, id, published;
};

struct fixture {
    struct arena arena;
    struct buf read, compared;
    struct line line[REPORTS_MAX];
    uint32_t lines;
    struct str expected; /* stories of `report`, one a line, sorted */
    char folder[64], path[96];
};

static bool on_output(void *context, const char *bytes, size_t len)
{
    buf_str(context, (struct str){ bytes, len });
    return true;
}

static struct str member(struct arena *arena, const json_t *object, const char *name)
{
    const char *s = json_string_value(json_object_get(object, name));

    return arena_str(arena, str_from(s ? s : ""));
}

static void take_lines(struct fixture *f)
{
    struct str rest = buf_view(&f->read), line;

    while (str_split(&rest, '\n', &line) && f->lines < REPORTS_MAX) {
        json_t *reading = json_loadb(line.ptr, line.len, 0, NULL);

        if (!reading)
            continue;
        f->line[f->lines++] =
            (struct line){ line, member(&f->arena, reading, "id"),
                           member(&f->arena, json_object_get(reading, "published"),
                                  "value") };
        json_decref(reading);
    }
}

static bool read_examples(struct fixture *f)
{
    struct corrob_options options = { .format = "jsonl",
                                      .published = "2029-10-12",
                                      .threads = 1,
                                      .on_output = on_output,
                                      .context = &f->read };
    const char *paths[] = { "examples" };
    struct corrob *c;
    bool ok =
        corrob_open(&c, &options) == CORROB_OK && corrob_read(c, paths, 1) == CORROB_OK;

    corrob_close(c);
    take_lines(f);
    return ok;
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The stories of situations, a line each with its members in order, sorted. */
static struct str stories_of(struct arena *arena, const struct str *json, uint32_t n)
{
    struct buf b = buf_new(arena, (size_t)1 << 24);
    ARRAY(struct str) line = { 0 };

    for (uint32_t i = 0; i < n; i++) {
        json_t *all = json_loadb(json[i].ptr, json[i].len, 0, NULL);
        json_t *stories = json_object_get(all, "stories"), *story;
        size_t k;

        json_array_foreach(stories, k, story)
        {
            char *words = json_dumps(story, JSON_SORT_KEYS | JSON_REAL_PRECISION(9));

            *PUSH(arena, &line) = arena_str(arena, str_from(words));
            free(words);
        }
        json_decref(all);
    }
    if (line.count > 1)
        qsort(line.at, line.count, sizeof *line.at, by_bytes);
    for (uint32_t i = 0; i < line.count; i++) {
        buf_str(&b, line.at[i]);
        buf_char(&b, '\n');
    }
    return buf_view(&b);
}

static int by_publication(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    struct instant s = { 0 }, t = { 0 };
    int64_t first = instant_from_iso(x->published, &s) ? instant_seconds(s) : INT64_MAX;
    int64_t second =
        instant_from_iso(y->published, &t) ? instant_seconds(t) : INT64_MAX;

    if (first != second)
        return first < second ? -1 : 1;
    return str_cmp(x->id, y->id);
}

/* What `report` tells of the lines as they stand, all stories at once. */
static bool report(struct fixture *f)
{
    struct corrob_options options = {
        .format = "json", .threads = 1, .on_output = on_output, .context = &f->compared
    };
    struct buf lines = buf_new(&f->arena, (size_t)1 << 24);
    struct corrob *c;
    bool ok;

    for (uint32_t i = 0; i < f->lines; i++) {
        buf_str(&lines, f->line[i].line);
        buf_char(&lines, '\n');
    }
    ok = corrob_open(&c, &options) == CORROB_OK &&
         corrob_report_lines(c, lines.ptr, lines.len, NULL, 0) == CORROB_OK;
    corrob_close(c);
    f->expected =
        stories_of(&f->arena, &(struct str){ f->compared.ptr, f->compared.len }, 1);
    return ok;
}

static struct store *open_store(struct fixture *f)
{
    struct store *s;
    struct err err = { 0 };

    CHECK(store_open(f->path, STORE_WRITE, &s, &err), "%s", err.detail);
    return s;
}

/* Adds the lines in an order; after each `go` of them the store is closed and opened. */
static struct store *fill(struct fixture *f, const uint32_t *order, uint32_t go)
{
    struct store *s = open_store(f);
    struct err err = { 0 };

    for (uint32_t i = 0; s && i < f->lines; i++) {
        enum store_added did;

        if (i > 0 && i % go == 0) {
            store_close(s);
            s = open_store(f);
        }
        CHECK(s && store_add(s, f->line[order[i]].line, &did, &err), "%s", err.detail);
    }
    CHECK(s && store_flush(s, &err), "%s", err.detail);
    store_close(s);
    return open_store(f);
}

static struct str told_by_store(struct arena *arena, struct store *s)
{
    struct store_stories_query query = { .limit = REPORTS_MAX };
    struct store_stories all = store_stories(arena, s, &query);
    struct str *json = NEW(arena, struct str, all.row.count + 1);
    struct err err = { 0 };

    for (uint32_t i = 0; i < all.row.count; i++) {
        struct store_situation made = { 0 };

        CHECK(store_situation(arena, s, all.row.at[i].nr, STR(""), &made, &err), "%s",
              err.detail);
        json[i] = made.json;
    }
    return stories_of(arena, json, all.row.count);
}

static void show_difference(struct str a, struct str b)
{
    size_t at = 0;

    while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
        at++;
    at -= at < 120 ? at : 120;
    fprintf(stderr, "    report: %.300s\n    store:  %.300s\n", a.ptr + at, b.ptr + at);
}

static void check_order(struct fixture *f, const uint32_t *order, uint32_t go,
                        const char *what)
{
    struct store *s = fill(f, order, go);
    struct arena arena;
    struct err err = { 0 };
    struct str told;
    bool same;

    if (!s)
        return;
    arena_init(&arena, SIZE_MAX);
    told = told_by_store(&arena, s);
    same = str_eq(told, f->expected);
    CHECK(same, "%s, %u at a time", what, go);
    if (!same)
        show_difference(f->expected, told);
    CHECK(store_check(s, NULL, NULL, &err), "%s", err.detail);
    store_close(s);
    arena_release(&arena);
    unlink(f->path);
}

static void shuffle(uint32_t *order, uint32_t n, uint32_t seed)
{
    for (uint32_t i = n; i > 1; i--) {
        uint32_t k, swap = order[i - 1];

        seed = seed * 1664525 + 1013904223;
        k = (seed >> 16) % i;
        order[i - 1] = order[k];
        order[k] = swap;
    }
}

static void check_orders(struct fixture *f)
{
    uint32_t order[REPORTS_MAX];

    for (uint32_t i = 0; i < f->lines; i++)
        order[i] = i;
    check_order(f, order, REPORTS_MAX, "by publication");
    check_order(f, order, 1, "by publication");
    for (uint32_t i = 0; i < f->lines; i++)
        order[i] = f->lines - 1 - i;
    check_order(f, order, REPORTS_MAX, "latest first");
    check_order(f, order, 1, "latest first");
    for (uint32_t seed = 1; seed <= 4; seed++) {
        shuffle(order, f->lines, seed);
        check_order(f, order, seed & 1 ? 1 : 5, "shuffled");
    }
}

int main(void)
{
    struct fixture f = { .folder = "/tmp/corrob-same-XXXXXX" };

    arena_init(&f.arena, SIZE_MAX);
    f.read = buf_new(&f.arena, (size_t)1 << 24);
    f.compared = buf_new(&f.arena, (size_t)1 << 24);
    if (!mkdtemp(f.folder))
        return 1;
    snprintf(f.path, sizeof f.path, "%s/same.db", f.folder);
    CHECK(read_examples(&f), "the examples can't be read");
    CHECK(f.lines == 18, "%u reports", f.lines);
    qsort(f.line, f.lines, sizeof *f.line, by_publication);
    CHECK(report(&f), "the examples can't be compared");
    check_orders(&f);
    rmdir(f.folder);
    arena_release(&f.arena);
    return check_done();
}
