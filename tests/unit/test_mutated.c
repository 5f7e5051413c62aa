/* Damaged and hostile pages: each is done or refused within a second and 256 MB, and what
 * comes of it lies in the page.
 *
 *     test_mutated [COUNT [FOLDER...]]     200 pages; 20,000 are for a longer afternoon
 *
 * The seeds are the pages of tests/docs/pages and the constructs below; with a COUNT also
 * the pages of ../shared where that is there.  Page n of the same seeds is the same on
 * every machine.
 */
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "article/article.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "check.h"

#define MEMORY_LIMIT ((size_t)256 << 20)
#define SECONDS_LIMIT 1.0
#define SIZE_LIMIT ((size_t)5 << 20)
#define SEEDS_LIMIT ((size_t)64 << 20)

const char *__asan_default_options(void);

/* What is freed and kept aside by the sanitizer is not the program's memory. */
const char *__asan_default_options(void)
{
    return "quarantine_size_mb=1";
}

struct seeds {
    ARRAY(struct str) page;
};

static const struct str tags[] = {
    STR_INIT("a"),
    STR_INIT("b"),
    STR_INIT("i"),
    STR_INIT("font"),
    STR_INIT("nobr"),
    STR_INIT("p"),
    STR_INIT("div"),
    STR_INIT("table"),
    STR_INIT("tr"),
    STR_INIT("td"),
    STR_INIT("tbody"),
    STR_INIT("ul"),
    STR_INIT("li"),
    STR_INIT("select"),
    STR_INIT("option"),
    STR_INIT("button"),
    STR_INIT("form"),
    STR_INIT("h1"),
    STR_INIT("svg"),
    STR_INIT("math"),
    STR_INIT("mi"),
    STR_INIT("template"),
    STR_INIT("applet"),
    STR_INIT("object"),
    STR_INIT("span"),
    STR_INIT("caption"),
    STR_INIT("title"),
    STR_INIT("desc"),
    STR_INIT("em"),
    STR_INIT("code"),
    STR_INIT("dd"),
    STR_INIT("dt"),
    STR_INIT("ruby"),
    STR_INIT("rt"),
    STR_INIT("frameset"),
    STR_INIT("col"),
    STR_INIT("article"),
    STR_INIT("section"),
    STR_INIT("body"),
    STR_INIT("html"),
    STR_INIT("head"),
    STR_INIT("script"),
    STR_INIT("style"),
    STR_INIT("textarea"),
    STR_INIT("noscript"),
    STR_INIT("iframe"),
    STR_INIT("plaintext"),
    STR_INIT("main"),
    STR_INIT("foreignobject"),
    STR_INIT("annotation-xml"),
    STR_INIT("marquee"),
};

static const struct str scraps[] = {
    STR_INIT("<!--"),
    STR_INIT("-->"),
    STR_INIT("<![CDATA["),
    STR_INIT("]]>"),
    STR_INIT("<"),
    STR_INIT("</"),
    STR_INIT("\""),
    STR_INIT("'"),
    STR_INIT("&"),
    STR_INIT("&#0;"),
    STR_INIT("&#xD800;"),
    STR_INIT("&notin;"),
    STR_INIT("\xff"),
    STR_INIT("\xe2\x82"),
    STR_INIT("<svg><a><td>"),
    STR_INIT("<!DOCTYPE"),
    STR_INIT("<script><!--<script>"),
    STR_INIT(" class=\"related share comments\""),
    STR_INIT(" style=display:none "),
    STR_INIT("<b><i><u><font color=1><font color=2>"),
    STR_INIT("<br><br>"),
    STR_INIT("<a href=x>Read more</a>"),
    STR_INIT("<table><a><table><b>"),
    STR_INIT("<script type=application/ld+json>{\"@type\":[[[[[[{"),
};

/* ---- chance, the same everywhere ---- */

static uint32_t chance(uint64_t *state, uint32_t below)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)((*state >> 16) % below);
}

static void add_tag(struct buf *b, uint64_t *state, struct str name)
{
    bool closing = chance(state, 4) == 0;

    buf_printf(b, "<%s%.*s", closing ? "/" : "", STR_ARG(name));
    if (chance(state, 3) == 0)
        buf_printf(b, " id=%u", chance(state, 1000));
    buf_char(b, '>');
}

/* A few kinds of tags in any order, far from anything that a page would hold. */
static struct str soup(struct arena *arena, uint64_t *state)
{
    struct buf b = buf_new(arena, SIZE_LIMIT);
    uint32_t kinds = 1 + chance(state, 6), closing = chance(state, 60);
    uint32_t most = chance(state, 8) == 0 ? 60000 : 1000;
    uint32_t count = 20 + chance(state, most), first = chance(state, COUNT(tags));

    buf_str(&b, STR("<html><body>"));
    for (uint32_t i = 0; i < count && b.len + 64 < SIZE_LIMIT; i++) {
        uint32_t kind = (first + 7 * chance(state, kinds)) % COUNT(tags);

        if (chance(state, 100) < closing)
            buf_printf(&b, "</%.*s>", STR_ARG(tags[kind]));
        else
            add_tag(&b, state, tags[kind]);
        if (chance(state, 4) == 0)
            buf_str(&b, STR("Nine were hurt. "));
    }
    return buf_view(&b);
}

static void add_repeated(struct buf *b, uint64_t *state, struct str page)
{
    uint32_t from = chance(state, (uint32_t)page.len);
    size_t len = 1 + chance(state, 60), times = 1 + chance(state, 3000);

    if (len > page.len - from)
        len = page.len - from;
    for (size_t i = 0; i < times && b->len + len < SIZE_LIMIT; i++)
        buf_str(b, str_slice(page, from, from + len));
}

/* The page with one thing wrong more. */
static struct str damage(struct arena *arena, uint64_t *state, struct str page,
                         struct str other)
{
    struct buf b = buf_new(arena, 2 * SIZE_LIMIT);
    uint32_t at = chance(state, (uint32_t)page.len), from, to;
    size_t behind = at;

    buf_str(&b, str_slice(page, 0, at));
    switch (chance(state, 8)) {
    case 0: behind += chance(state, (uint32_t)(page.len - at)); break; /* a hole */
    case 1: buf_str(&b, scraps[chance(state, COUNT(scraps))]); break;
    case 2: add_tag(&b, state, tags[chance(state, COUNT(tags))]); break;
    case 3: add_repeated(&b, state, page); break;
    case 4: buf_char(&b, (char)chance(state, 256)); break;
    case 5: behind = page.len; break; /* cut off */
    case 6:                           /* a piece of another page */
        from = chance(state, (uint32_t)other.len);
        to = from + chance(state, (uint32_t)(other.len - from));
        buf_str(&b, str_slice(other, from, to));
        break;
    default:
        for (uint32_t i = chance(state, 2000); i > 0; i--)
            add_tag(&b, state, tags[chance(state, 6)]);
        break;
    }
    buf_str(&b, str_after(page, behind));
    return str_slice(buf_view(&b), 0, b.len < SIZE_LIMIT ? b.len : SIZE_LIMIT);
}

static struct str page_number(struct arena *arena, const struct seeds *s, uint32_t n)
{
    uint64_t state = 0x9e3779b97f4a7c15u * (n + 1);
    struct str page;

    for (int i = 0; i < 8; i++)
        chance(&state, 2);
    if (chance(&state, 3) == 0)
        return soup(arena, &state);
    page = s->page.at[chance(&state, s->page.count)];
    for (uint32_t i = 1 + chance(&state, 8); i > 0 && page.len > 0; i--)
        page = damage(arena, &state, page, s->page.at[chance(&state, s->page.count)]);
    return page.len > 0 ? page : STR("<p>");
}

/* ---- what is asked of each ---- */

static double cpu_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Whether a piece that is said to stand in the page as it is does so. */
static bool is_same(const struct article *a, uint32_t i)
{
    const struct article_piece *p = &a->pieces.at[i];
    bool last = i + 1 == a->pieces.count;
    size_t end = last ? a->text.len : a->pieces.at[i + 1].at;
    struct str text = str_slice(a->text, p->at, end), page = a->page->body;

    return !p->same_bytes ||
           (p->from + text.len <= page.len &&
            str_eq(text, str_slice(page, p->from, p->from + text.len)));
}

static void check_article(const struct article *a, uint32_t n)
{
    struct str page = a->page->body;
    bool inside = true, same = true;

    for (uint32_t i = 0; i < a->pieces.count; i++) {
        inside &= a->pieces.at[i].at <= a->text.len && a->pieces.at[i].from <= page.len;
        same &= is_same(a, i);
    }
    for (uint32_t i = 0; i < a->furniture.count; i++)
        inside &= a->furniture.at[i].start <= a->furniture.at[i].end &&
                  a->furniture.at[i].end <= page.len;
    CHECK(inside, "page %u: a piece outside of the page", n);
    CHECK(same, "page %u: a piece that points at other bytes", n);
    CHECK(utf8_valid(a->text) == a->text.len, "page %u: text that is no UTF-8", n);
}

struct costs {
    struct arena made, page; /* kept from page to page */
    double slowest;
    uint32_t slowest_page, refused;
    size_t most;
};

static bool run_page(struct arena *arena, struct str bytes, uint32_t n)
{
    static const struct page_hints none = { .title = { NULL, 0 } };
    struct source_record record = { .input = STR("page"),
                                    .bytes = bytes,
                                    .media = SOURCE_IS_HTML };
    struct article article;
    struct page page;
    struct err err;

    if (setjmp(arena->out_of_budget))
        return false; /* refused: the budget is spent */
    arena->guarded = true;
    if (!page_from_record(arena, &record, &none, &page, &err))
        return false;
    article = article_from_page(arena, &page);
    check_article(&article, n);
    return true;
}

static void check_page(const struct seeds *s, uint32_t n, struct costs *costs)
{
    struct str bytes;
    double start, took;

    arena_reset(&costs->made);
    arena_reset(&costs->page);
    bytes = page_number(&costs->made, s, n);
    start = cpu_seconds();
    costs->refused += !run_page(&costs->page, bytes, n);
    took = cpu_seconds() - start;
    CHECK(took < SECONDS_LIMIT, "page %u of %zu bytes took %.2f s", n, bytes.len, took);
    if (took > costs->slowest) {
        costs->slowest = took;
        costs->slowest_page = n;
    }
    if (costs->page.lent > costs->most)
        costs->most = costs->page.lent;
}

/* ---- seeds ---- */

static void read_seeds(struct arena *arena, const char *const *names, size_t count,
                       struct seeds *out)
{
    struct source_options options = { .format = SOURCE_GUESS };
    struct source *s = source_open(arena, names, count, &options);
    struct source_record record;
    enum source_step step;
    struct err err;
    size_t bytes = 0;

    while (bytes < SEEDS_LIMIT &&
           (step = source_next(s, arena, &record, &err)) != SOURCE_END) {
        if (step != SOURCE_RECORD || record.bytes.len == 0)
            continue;
        bytes += record.bytes.len;
        *PUSH(arena, &out->page) = record.bytes;
    }
    source_close(s);
}

static bool is_there(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0;
}

int main(int argc, char **argv)
{
    static const char *const own[] = { "tests/docs/pages", "../shared/data/pages/aeb",
                                       "../shared/data/pages/news2023" };
    const char *const *names = argc > 2 ? (const char *const *)argv + 2 : own;
    size_t count = argc > 2                       ? (size_t)argc - 2
                   : argc > 1 && is_there(own[1]) ? COUNT(own)
                                                  : 1;
    uint64_t pages = 200;
    static struct costs costs;
    struct seeds seeds = { 0 };
    struct arena arena;
    struct rusage use;

    if (argc > 1 && (!str_to_u64(str_from(argv[1]), &pages) || pages > 10000000)) {
        fprintf(stderr, "usage: test_mutated [COUNT [FOLDER...]]\n");
        return 2;
    }
    arena_init(&arena, SIZE_MAX);
    arena_init(&costs.made, SIZE_MAX);
    arena_init(&costs.page, MEMORY_LIMIT);
    read_seeds(&arena, names, count, &seeds);
    for (uint32_t n = 0; n < pages && seeds.page.count > 0; n++)
        check_page(&seeds, n, &costs);
    getrusage(RUSAGE_SELF, &use);
    printf(
        "%llu pages of %u seeds, %u refused; slowest %.3f s (page %u); arena at most "
        "%.1f MB, process %.1f MB\n",
        (unsigned long long)pages, seeds.page.count, costs.refused, costs.slowest,
        costs.slowest_page, (double)costs.most / 1e6, (double)use.ru_maxrss / 1e3);
    arena_release(&costs.page);
    arena_release(&costs.made);
    arena_release(&arena);
    return check_done();
}
