/* The caller's own memory and progress: all that is taken is given back, and the output is
 * the same; a report for which there is none left is a trouble, and the others are read. */
#include <stdlib.h>

#include "base/buf.h"
#include "check.h"
#include "corrob.h"

struct counter {
    struct arena arena; /* of out */
    struct buf out;
    size_t held, most, limit;
    unsigned blocks, troubles;
    uint64_t reports;
    char kind[40];
};

static void *take(void *context, size_t bytes)
{
    struct counter *c = context;

    if (c->held + bytes > c->limit)
        return NULL;
    c->held += bytes;
    c->most = c->held > c->most ? c->held : c->most;
    c->blocks++;
    return malloc(bytes);
}

static void give(void *context, void *block, size_t bytes)
{
    struct counter *c = context;

    c->held -= bytes;
    c->blocks--;
    free(block);
}

static bool on_output(void *context, const char *bytes, size_t len)
{
    struct counter *c = context;

    buf_str(&c->out, (struct str){ bytes, len });
    return true;
}

static void on_trouble(void *context, const struct corrob_trouble *trouble)
{
    struct counter *c = context;

    c->troubles++;
    snprintf(c->kind, sizeof c->kind, "%s", trouble->kind);
}

static void on_progress(void *context, uint64_t reports)
{
    struct counter *c = context;

    c->reports = reports;
}

static void start(struct counter *c, size_t limit)
{
    *c = (struct counter){ .limit = limit };
    arena_init(&c->arena, SIZE_MAX);
    c->out = buf_new(&c->arena, (size_t)1 << 28);
}

static enum corrob_status run(struct counter *c, bool counted, bool report)
{
    static const char *const inputs[] = { "examples" };
    const struct corrob_memory memory = { take, give, c };
    struct corrob_options options = { .format = report ? "json" : "jsonl",
                                      .published = "2029-10-12",
                                      .threads = 1,
                                      .memory = counted ? &memory : NULL,
                                      .on_output = on_output,
                                      .on_trouble = on_trouble,
                                      .on_progress = on_progress,
                                      .context = c };
    enum corrob_status status;
    struct corrob *handle;

    status = corrob_open(&handle, &options);
    if (status == CORROB_OK)
        status =
            report ? corrob_report(handle, inputs, 1) : corrob_read(handle, inputs, 1);
    corrob_close(handle);
    return status;
}

static void test_counted(bool report)
{
    struct counter plain, counted;

    start(&plain, 0);
    start(&counted, SIZE_MAX);
    CHECK(run(&plain, false, report) == CORROB_OK, "by malloc");
    CHECK(run(&counted, true, report) == CORROB_OK, "by the caller's memory");
    CHECK(plain.most == 0 && counted.most > 100000, "%zu bytes at most", counted.most);
    CHECK(counted.held == 0 && counted.blocks == 0,
          "%zu bytes in %u blocks are not back", counted.held, counted.blocks);
    CHECK(counted.reports > 0, "%d reports told", (int)counted.reports);
    CHECK(counted.out.len > 1000 &&
              str_eq(buf_view(&plain.out), buf_view(&counted.out)),
          "%zu bytes of output, %zu", plain.out.len, counted.out.len);
    arena_release(&plain.arena);
    arena_release(&counted.arena);
}

/* What the longest report takes is more than the others do. */
static void test_none_left(void)
{
    struct counter all, some;

    start(&all, SIZE_MAX);
    CHECK(run(&all, true, false) == CORROB_OK, "all");
    start(&some, all.most - 1);
    CHECK(run(&some, true, false) == CORROB_PARTIAL, "with less memory");
    CHECK(some.troubles > 0 && some.troubles < 18 && strcmp(some.kind, "budget") == 0,
          "%u troubles, the last %s", some.troubles, some.kind);
    CHECK(some.out.len > 0 && some.out.len < all.out.len, "%zu bytes", some.out.len);
    CHECK(some.held == 0, "%zu bytes are not back", some.held);
    arena_release(&all.arena);
    arena_release(&some.arena);
}

int main(void)
{
    test_counted(false);
    test_counted(true);
    test_none_left();
    return check_done();
}
