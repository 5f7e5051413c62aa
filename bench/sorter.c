/* sorter - speed and memory of sorting reports into stories, up to a million.
 *
 *     sorter [REPORTS [REST_DAYS]]      a line at each doubling: reports, stories,
 *                                       reports a second, bytes a report, saved bytes
 *     sorter copies [REPORTS]           the step that finds copies, for so many reports
 *                                       at once, of which a third carry another's text
 *
 * Reports are made: each story has names, a place, numbers and words of its own, and
 * each of its reports (one to twelve, over three days) has some of them among common
 * words, 1.8 kB in all.  A thousand come in a day.  With REST_DAYS, stories rest that
 * had no report for so long.  Time is of one core, without that of making the reports.
 */
#include <stdio.h>
#include <time.h>

#include "story/copies.h"
#include "story/sorter.h"

#define A_DAY 1000u
#define TEXT_BYTES 1800u
#define OWN_WORDS 60u

struct made {
    uint64_t random;
    char text[TEXT_BYTES + 64];
    size_t len;
};

static uint64_t next(uint64_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return *random >> 11;
}

/* A word of some syllables: the number's, always the same. */
static void put_word(struct made *m, uint64_t n, bool name)
{
    static const char syllables[][4] = { "ba",  "den", "kor", "li",  "mas", "no",
                                         "pel", "ru",  "sha", "tin", "vo",  "wer",
                                         "zu",  "gar", "hem", "jo" };
    size_t start = m->len;

    for (int i = 0; i < 3 || n > 0; i++, n /= 16)
        m->len += (size_t)snprintf(m->text + m->len, 8, "%s", syllables[n % 16]);
    if (name)
        m->text[start] = ascii_upper(m->text[start]);
    m->text[m->len++] = ' ';
}

/* Common words as in news: the n-th is met in proportion to 1 / n. */
static uint64_t common(struct made *m)
{
    double u = (double)(next(&m->random) % 1000000) / 1e6;
    uint64_t n = 1;

    for (double reach = 1; reach < 20000 && u > 0.07; reach *= 2, u -= 0.065)
        n = n * 2 + next(&m->random) % 2;
    return n;
}

static void make_text(struct made *m, uint64_t story)
{
    uint64_t own = story * 7919 + 100003;

    m->len = 0;
    for (uint32_t i = 0; m->len < TEXT_BYTES; i++) {
        uint64_t pick = next(&m->random) % 100;

        if (pick < 12)
            put_word(m, own * 64 + next(&m->random) % 12, true);
        else if (pick < 30)
            put_word(m, 30000 + (own * 31 + next(&m->random) % OWN_WORDS) % 50000,
                     false);
        else
            put_word(m, common(m), false);
        if (i % 18 == 17)
            m->text[m->len - 1] = '.', m->text[m->len++] = ' ';
    }
}

static size_t memory(const struct sorter *s)
{
    return s->arena.lent + s->marks.lent + s->vocabulary.arena.lent +
           s->vocabulary.once.arena.lent + s->index.arena.lent + s->chunk_table.lent +
           s->chain_table.lent;
}

static bool count(void *context, const void *bytes, size_t len)
{
    *(size_t *)context += len + 0 * (size_t)(bytes != NULL);
    return true;
}

static void tell(const struct sorter *s, double seconds)
{
    size_t saved = 0;

    sorter_save(s, count, &saved);
    printf("%9u reports %8u stories %7.0f reports/s %6.0f bytes/report %6.0f saved\n",
           s->reports, s->stories, s->reports / seconds, (double)memory(s) / s->reports,
           (double)saved / s->reports);
    fflush(stdout);
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
        if (i % 5 != 0 && next(&m.random) % 3 == 0)
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

int main(int argc, char **argv)
{
    static struct made m = { .random = 88172645463325252u };
    struct sorter *s = sorter_new();
    uint64_t reports = 1000000, rest = 0, told = 1000;
    double seconds = 0;

    if (argc > 1 && strcmp(argv[1], "copies") == 0) {
        if (argc > 2)
            str_to_u64(str_from(argv[2]), &reports);
        for (uint64_t n = 1000; n <= reports; n *= 4)
            bench_copies((uint32_t)n);
        sorter_free(s);
        return 0;
    }
    if (argc > 1)
        str_to_u64(str_from(argv[1]), &reports);
    if (argc > 2)
        str_to_u64(str_from(argv[2]), &rest);
    for (uint64_t i = 0; i < reports; i++) {
        uint64_t back = next(&m.random) % (3 * A_DAY);
        uint64_t story = (i > back ? i - back : 0) / 5;
        struct told_words words = { .published = { .day = (int32_t)(20000 + i / A_DAY),
                                                   .precision = INSTANT_DAY } };
        clock_t start;

        make_text(&m, story);
        words.text = (struct str){ m.text, m.len };
        words.title = str_slice(words.text, 0, 60);
        start = clock();
        sorter_add(s, &words);
        if (rest > 0 && i % (A_DAY * 10) == 0 && i / A_DAY > rest)
            sorter_rest(s, words.published.day - (int32_t)rest);
        seconds += (double)(clock() - start) / CLOCKS_PER_SEC;
        if (s->reports == told || s->reports == reports) {
            tell(s, seconds);
            told *= 2;
        }
    }
    sorter_free(s);
    return 0;
}
