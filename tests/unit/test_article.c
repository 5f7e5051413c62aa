/* tests/docs/pages: whole pages and the article that they must give.
 * With the argument "update" the expected files are written anew. */
#include "article/article.h"

#include "base/buf.h"
#include "base/io.h"
#include "base/utf8.h"
#include "check.h"

static const char *const kinds[] = { "article", "live", "listing", "other" };
static const char *const sources[] = { "",     "jsonld", "meta", "url",
                                       "text", "feed",   "hint" };

static void member(struct buf *b, const char *name, struct str value)
{
    if (value.len > 0)
        buf_printf(b, "%s: %.*s\n", name, STR_ARG(value));
}

/* The article as the expected files have it. */
static struct str told(struct arena *arena, const struct article *a)
{
    struct buf b = buf_new(arena, 1 << 20);

    member(&b, "title", a->title);
    for (uint32_t i = 0; i < a->byline.count; i++)
        member(&b, "byline", a->byline.at[i]);
    member(&b, "outlet", a->outlet);
    member(&b, "domain", a->domain);
    if (a->published.precision != INSTANT_NONE)
        buf_printf(&b, "published: %.*s %s\n",
                   STR_ARG(instant_to_iso(arena, a->published)),
                   sources[a->published_from]);
    member(&b, "language", a->language);
    member(&b, "kind", str_from(kinds[a->kind]));
    buf_char(&b, '\n');
    if (a->text.len > 0)
        buf_printf(&b, "%.*s\n", STR_ARG(a->text));
    return buf_view(&b);
}

/* Every piece that says so has the page's own bytes, every furniture lies in the page. */
static void check_spans(const char *name, const struct article *a)
{
    struct str page = a->page->body;

    for (uint32_t i = 0; i < a->pieces.count; i++) {
        struct article_piece p = a->pieces.at[i];
        uint32_t end =
            i + 1 < a->pieces.count ? a->pieces.at[i + 1].at : (uint32_t)a->text.len;

        CHECK(p.at < end && p.from <= page.len, "%s: piece %u", name, i);
        if (p.same_bytes)
            CHECK(p.from + (end - p.at) <= page.len &&
                      memcmp(page.ptr + p.from, a->text.ptr + p.at, end - p.at) == 0,
                  "%s: piece %u at %u is not the page's", name, i, p.at);
    }
    for (uint32_t i = 0; i < a->furniture.count; i++)
        CHECK(a->furniture.at[i].start <= a->furniture.at[i].end &&
                  a->furniture.at[i].end <= page.len && a->furniture.at[i].why.len > 0,
              "%s: furniture %u", name, i);
    CHECK(utf8_valid(a->text) == a->text.len, "%s: valid UTF-8", name);
}

static void check_page(const char *name, const char *kind, bool update)
{
    static const struct page_hints none = { 0 };
    char path[200], expected[200];
    struct source_record r = { .media = SOURCE_BYTES };
    struct str want = { NULL, 0 }, got;
    struct article a;
    struct arena arena;
    struct page page;
    struct err err;

    arena_init(&arena, SIZE_MAX);
    snprintf(path, sizeof path, "tests/docs/pages/%s.%s", name, kind);
    snprintf(expected, sizeof expected, "tests/docs/pages/%s.txt", name);
    r.input = str_from(path);
    CHECK(io_read_file(&arena, path, 1 << 20, &r.bytes, &err) &&
              page_from_record(&arena, &r, &none, &page, &err),
          "%s: %s", path, err.detail);
    a = article_from_page(&arena, &page);
    check_spans(name, &a);
    got = told(&arena, &a);
    if (update) {
        FILE *f = fopen(expected, "wb");

        CHECK(f && io_write(f, got, &err) && fclose(f) == 0, "%s", expected);
    }
    CHECK(io_read_file(&arena, expected, 1 << 20, &want, &err), "%s", expected);
    CHECK(str_eq(got, want), "%s gives\n%.*s", path, STR_ARG(got));
    arena_release(&arena);
}

/* The word in the article's text, or in the furniture that holds it, and in the page. */
static void check_word(const struct article *a, struct str word)
{
    size_t at = str_find(a->text, word), stands = str_find(a->page->body, word);
    bool in_furniture = false;

    if (at != STR_NPOS) {
        CHECK(article_page_offset(a, (uint32_t)at) == stands,
              "%.*s: %.*s at %u, not %zu", STR_ARG(a->page->body), STR_ARG(word),
              article_page_offset(a, (uint32_t)at), stands);
        return;
    }
    for (uint32_t i = 0; i < a->furniture.count; i++)
        in_furniture |= a->furniture.at[i].start <= stands &&
                        stands + word.len <= a->furniture.at[i].end;
    CHECK(in_furniture, "%.*s: %.*s lost", STR_ARG(a->page->body), STR_ARG(word));
}

/* Text that markup broke into parts, or that holds references of any kind, still tells
 * for each word where it stands. */
static void check_places(void)
{
    static const char *const pages[] = {
        "<body><p>Nine were hurt </main></em>in Drovia, </b>police said.</p>",
        "<body><table>Nine were hurt <tr>in Drovia, <td>the ministry of police said.",
        "<body><p>Q&A with AT&T &mdash; R&D &amp;amp; more &copy2020 in Drovia, police "
        "said.",
        "<body><p>A&b &NotEqualTilde; one\r\ntwo &#38;lt; &T; in Drovia, police said.",
        "<body><frameset>Nine were hurt </frameset>in Drovia, police said.",
        "<body><p>Nine were hurt in Drovia, police said &mdash",
    };

    for (size_t i = 0; i < COUNT(pages); i++) {
        struct page page = { .media = PAGE_HTML, .body = str_from(pages[i]) };
        struct arena arena;
        struct article a;

        arena_init(&arena, SIZE_MAX);
        a = article_from_page(&arena, &page);
        check_spans(pages[i], &a);
        check_word(&a, STR("Drovia"));
        check_word(&a, STR("police"));
        arena_release(&arena);
    }
}

int main(int argc, char **argv)
{
    static const char *const pages[] = {
        "wordpress", "old",       "front",    "script",  "live",    "liveblog",
        "amp",       "shortened", "paywall",  "tables",  "glued",   "bodies",
        "visible",   "appeal",    "comments", "section", "roundup",
    };
    bool update = argc > 1 && strcmp(argv[1], "update") == 0;

    check_places();
    for (size_t i = 0; i < COUNT(pages); i++)
        check_page(pages[i], "html", update);
    check_page("scraped", "text", update);
    check_page("wrapped", "text", update);
    check_page("masthead", "text", update);
    return check_done();
}
