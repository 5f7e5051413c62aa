/* pages - how fast a page becomes an article, from files in memory, on one core.
 *
 *     bench_pages [--rounds N] [--jsonl] INPUT...
 *
 * Reads the inputs whole (gzip unpacked, not counted), then decodes and extracts body and
 * metadata N times (5), and prints pages and megabytes for each CPU second of the best
 * round and the slowest page.  With --jsonl each page's article goes to standard output,
 * an object a line, in the names that the scorer of the pages knows.
 */
#include <stdio.h>
#include <time.h>

#include "article/article.h"
#include "base/buf.h"
#include "base/json.h"
#include "page/source.h"

#define PAGE_BUDGET ((size_t)512 << 20)
#define INPUT_MAX ((size_t)64 << 20)

struct input {
    struct source_record record;
};

struct bench {
    struct arena store, page;
    ARRAY(struct input) input;
    size_t bytes, most_memory;
    double best, slowest;
    struct str slowest_name;
    int rounds;
    bool jsonl;
};

static double cpu_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void read_inputs(struct bench *b, const char *const *names, size_t count)
{
    struct source_options options = { .record_limit = INPUT_MAX };
    struct source *s = source_open(&b->store, names, count, &options);
    struct source_record record;
    enum source_step step;
    struct err err;

    while ((step = source_next(s, &b->store, &record, &err)) != SOURCE_END) {
        if (step != SOURCE_RECORD)
            continue;
        PUSH(&b->store, &b->input)->record = record;
        b->bytes += record.bytes.len;
    }
    source_close(s);
}

static void print_article(struct bench *b, const struct article *a)
{
    struct buf out = buf_new(&b->page, INPUT_MAX);
    struct json j = json_to(&out);
    struct str published = instant_to_iso(&b->page, a->published);

    json_open(&j, '{');
    json_member(&j, "input", a->page->input);
    json_member(&j, "title", a->title);
    json_member(&j, "date", published);
    json_member(&j, "language", a->language);
    json_member(&j, "outlet", a->outlet);
    json_key(&j, "kind");
    json_u64(&j, (uint64_t)a->kind);
    json_key(&j, "authors");
    json_open(&j, '[');
    for (uint32_t i = 0; i < a->byline.count; i++)
        json_str(&j, a->byline.at[i]);
    json_close(&j, ']');
    json_key(&j, "articleBody");
    json_str(&j, a->text);
    json_key(&j, "furniture");
    json_open(&j, '[');
    for (uint32_t i = 0; i < a->furniture.count; i++) {
        json_open(&j, '{');
        json_key(&j, "start");
        json_u64(&j, a->furniture.at[i].start);
        json_member(&j, "why", a->furniture.at[i].why);
        json_member(&j, "text", a->furniture.at[i].text);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    printf("%.*s\n", STR_ARG(buf_view(&out)));
}

static void run_page(struct bench *b, const struct source_record *record)
{
    static const struct page_hints none = { .title = { NULL, 0 } };
    double start = cpu_seconds();
    struct article a;
    struct page page;
    struct err err;

    arena_reset(&b->page);
    if (!page_from_record(&b->page, record, &none, &page, &err)) {
        fprintf(stderr, "%.*s: %s\n", STR_ARG(record->input), err.detail);
        return;
    }
    a = article_from_page(&b->page, &page);
    if (cpu_seconds() - start > b->slowest) {
        b->slowest = cpu_seconds() - start;
        b->slowest_name = record->input;
    }
    if (b->page.lent > b->most_memory)
        b->most_memory = b->page.lent;
    if (b->jsonl)
        print_article(b, &a);
}

static void run_round(struct bench *b)
{
    double start = cpu_seconds(), took;

    for (uint32_t i = 0; i < b->input.count; i++)
        run_page(b, &b->input.at[i].record);
    took = cpu_seconds() - start;
    if (b->best == 0 || took < b->best)
        b->best = took;
}

static void report(const struct bench *b)
{
    double mb = (double)b->bytes / 1e6;

    printf("pages %u  MB %.1f  seconds %.3f  pages/s %.0f  MB/s %.0f  slowest %.1f ms "
           "(%.*s)  arena at most %.1f MB\n",
           b->input.count, mb, b->best, b->input.count / b->best, mb / b->best,
           b->slowest * 1000, STR_ARG(b->slowest_name), (double)b->most_memory / 1e6);
}

int main(int argc, char **argv)
{
    static struct bench b = { .rounds = 5 };
    const char *const *names = (const char *const *)argv + 1;
    size_t count = (size_t)argc - 1;
    uint64_t n;

    for (; count > 0 && **names == '-'; names++, count--) {
        if (strcmp(*names, "--jsonl") == 0) {
            b.jsonl = true;
            b.rounds = 1;
        } else if (strcmp(*names, "--rounds") == 0 && count > 1 &&
                   str_to_u64(str_from(names[1]), &n) && n > 0 && n < 10000) {
            b.rounds = (int)n;
            names++, count--;
        } else {
            fprintf(stderr, "usage: bench_pages [--rounds N] [--jsonl] INPUT...\n");
            return 2;
        }
    }
    arena_init(&b.store, SIZE_MAX);
    arena_init(&b.page, PAGE_BUDGET);
    read_inputs(&b, names, count);
    for (int i = 0; i < b.rounds; i++)
        run_round(&b);
    if (!b.jsonl)
        report(&b);
    arena_release(&b.page);
    arena_release(&b.store);
    return 0;
}
