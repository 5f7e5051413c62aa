/* sorter - speed and memory of sorting reports into stories, up to a million.
 *
 *     sorter [REPORTS [A_DAY]]          a line at each fourfold: reports, stories, reports
 *                                       a second over all and since the line before, bytes
 *                                       a report, saved bytes, B-cubed against the stories
 *                                       that the reports were made of
 *     sorter copies [REPORTS]           the step that finds copies, for so many reports
 *                                       at once, of which a third carry another's text
 *
 * Reports are made as they would arrive: A_DAY of them (5,000) each day, and days go on.
 * Each day opens stories of one to a few dozen reports (three on average).  Most of a story
 * comes within three days, the last of a large one after a week; of one story in forty
 * somebody tells again after three weeks to three months.  A story has a place that
 * others have, too, the words of its topic, people, a toll and a few words of its own;
 * each of its reports has some of them among common words, 1.8 kB in all.  Time is of
 * one core, without that of making the reports.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "sorter/stream.h"
#include "story/copies.h"
#include "story/sorter.h"

#define OWN_WORDS 60u

/* Texts for the step of copies: a story has names, numbers and words of its own. */
static void make_text(struct made *m, uint64_t story)
{
    uint64_t own = story * 7919 + 100003;

    m->len = 0;
    for (uint32_t i = 0; m->len < TEXT_BYTES; i++) {
        uint64_t pick = made_next(&m->random) % 100;

        if (pick < 12)
            made_word(m, own * 64 + made_next(&m->random) % 12, true);
        else if (pick < 30)
            made_word(m, 30000 + (own * 31 + made_next(&m->random) % OWN_WORDS) % 50000,
                      false);
        else
            made_word(m, made_common(m), false);
        if (i % 18 == 17)
            m->text[m->len - 1] = '.', m->text[m->len++] = ' ';
    }
}

static bool count(void *context, const void *bytes, size_t len)
{
    *(size_t *)context += len + 0 * (size_t)(bytes != NULL);
    return true;
}

struct bench {
    struct sorter *s;
    struct stream *stream;
    uint32_t *gold; /* by report */
    double seconds, seconds_before;
    uint32_t reports_before;
};

static int by_number(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The sum over all reports of how many are in the same story by both and by one. */
static void shares(const struct bench *b, struct arena *arena, double *precision,
                   double *recall)
{
    uint32_t n = b->s->reports, *mine = NEW(arena, uint32_t, b->s->stories),
             *gold = NEW(arena, uint32_t, b->stream->stories);
    uint64_t *cell = NEW(arena, uint64_t, n);

    for (uint32_t i = 0; i < n; i++) {
        cell[i] = (uint64_t)b->gold[i] << 32 | sorter_story(b->s, i);
        mine[sorter_story(b->s, i)]++;
        gold[b->gold[i]]++;
    }
    qsort(cell, n, sizeof *cell, by_number);
    for (uint32_t i = 0, end; i < n; i = end) {
        double both;

        for (end = i + 1; end < n && cell[end] == cell[i];)
            end++;
        both = end - i;
        *precision += both * both / mine[(uint32_t)cell[i]] / n;
        *recall += both * both / gold[cell[i] >> 32] / n;
    }
}

static void tell(struct bench *b)
{
    struct sorter *s = b->s;
    double precision = 0, recall = 0;
    struct arena arena;
    size_t saved = 0;

    arena_init(&arena, SIZE_MAX);
    shares(b, &arena, &precision, &recall);
    arena_release(&arena);
    sorter_save(s, count, &saved);
    printf("%8u reports %7u stories %6.0f reports/s, %6.0f of late %6.0f bytes/report "
           "%5.0f saved B3 %.1f (%.1f %.1f)\n",
           s->reports, s->stories, s->reports / b->seconds,
           (s->reports - b->reports_before) / (b->seconds - b->seconds_before),
           (double)sorter_memory(s) / s->reports, (double)saved / s->reports,
           200 * precision * recall / (precision + recall), 100 * precision,
           100 * recall);
    fflush(stdout);
    b->reports_before = s->reports;
    b->seconds_before = b->seconds;
}

static double now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* The second half of a third of the texts is that of the last report of the story. */
static void make_articles(struct arena *arena, struct article *a, uint32_t n,
                          uint32_t *story)
{
    static struct made m = { .random = 88172645463325252u };

    for (uint32_t i = 0; i < n; i++) {
        story[i] = i / 5;
        make_text(&m, story[i]);
        if (i % 5 != 0 && made_next(&m.random) % 3 == 0)
            memcpy(m.text + TEXT_BYTES / 2, a[i - 1].text.ptr + TEXT_BYTES / 2,
                   TEXT_BYTES / 2);
        a[i].text = arena_str(arena, (struct str){ m.text, m.len });
    }
}

static void bench_copies(uint32_t n)
{
    struct arena arena, scratch;
    struct article *a;
    const struct article **report;
    struct grouping grouping = { NULL, n / 5 + 1 };
    struct gram_index index;
    struct copies found;
    double start, indexed, end;

    arena_init(&arena, SIZE_MAX);
    arena_init(&scratch, SIZE_MAX);
    a = NEW(&arena, struct article, n);
    report = NEW(&arena, const struct article *, n);
    grouping.story = NEW(&arena, uint32_t, n);
    make_articles(&arena, a, n, grouping.story);
    for (uint32_t i = 0; i < n; i++)
        report[i] = &a[i];
    start = now();
    index = gram_index_new(&scratch, report, n, grouping.story);
    indexed = now();
    found = copies_find(&scratch, &index, report, n, &grouping);
    end = now();
    printf("%9u reports %8u copies %7.0f reports/s, index alone %7.0f; %6.0f "
           "bytes/report\n",
           n, found.count, n / (end - start), n / (indexed - start),
           (double)scratch.lent / n);
    fflush(stdout);
    arena_release(&scratch);
    arena_release(&arena);
}

static void bench_stream(uint32_t reports, uint32_t a_day)
{
    struct bench b = { .s = sorter_new() };
    struct arena arena;
    uint32_t told = 1000;

    arena_init(&arena, SIZE_MAX);
    b.stream = stream_new(&arena, a_day);
    b.gold = NEW(&arena, uint32_t, reports + 1);
    for (uint32_t i = 0; i < reports; i++) {
        struct told_words words;
        double start;

        b.gold[i] = stream_next(b.stream, &words);
        start = now();
        sorter_add(b.s, &words);
        b.seconds += now() - start;
        if (b.s->reports == told || b.s->reports == reports) {
            tell(&b);
            told *= 4;
        }
    }
    sorter_free(b.s);
    arena_release(&arena);
}

int main(int argc, char **argv)
{
    bool copies = argc > 1 && strcmp(argv[1], "copies") == 0;
    uint64_t reports = 1000000, a_day = 5000;

    if (argc > 1 + copies)
        str_to_u64(str_from(argv[1 + copies]), &reports);
    if (argc > 2 + copies)
        str_to_u64(str_from(argv[2 + copies]), &a_day);
    for (uint64_t n = 1000; copies && n <= reports; n *= 4)
        bench_copies((uint32_t)n);
    if (!copies)
        bench_stream((uint32_t)reports, (uint32_t)a_day);
    return 0;
}
