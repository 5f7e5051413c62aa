#include "article/article.h"

#include "article/block.h"
#include "article/dom.h"
#include "article/kind.h"
#include "article/language.h"
#include "article/line.h"
#include "article/meta.h"
#include "article/plain.h"
#include "article/score.h"
#include "article/select.h"
#include "base/buf.h"

/* The blocks that are article text, joined; the others as furniture. */
static void assemble(struct arena *arena, const struct blocks *blocks,
                     struct article *a)
{
    struct buf text = buf_new(arena, SIZE_MAX / 16);

    for (uint32_t i = 0; i < blocks->block.count; i++) {
        const struct block *b = &blocks->block.at[i];

        if (b->why.len > 0) {
            *PUSH(arena, &a->furniture) = (struct furniture){
                .text = b->text, .why = b->why, .start = b->from, .end = b->to
            };
            continue;
        }
        if (text.len > 0) {
            *PUSH(arena, &a->pieces) =
                (struct article_piece){ (uint32_t)text.len, b->from, false };
            buf_str(&text, STR("\n\n"));
        }
        for (uint32_t k = b->piece; k < b->piece + b->pieces; k++) {
            struct article_piece p = blocks->piece.at[k];

            p.at += (uint32_t)text.len;
            *PUSH(arena, &a->pieces) = p;
        }
        buf_str(&text, b->text);
    }
    a->text = buf_view(&text);
}

/* Where a passage of JSON-LD stands in the page: written out it is found as it is, else
 * its first words are. */
static uint32_t place_of(struct str page, struct str passage, bool *same)
{
    size_t at = str_find(page, passage), n = 0;

    *same = at != STR_NPOS;
    if (*same)
        return (uint32_t)at;
    while (n < passage.len && n < 40 && (unsigned char)passage.ptr[n] < 0x80 &&
           passage.ptr[n] != '"')
        n++;
    at = str_find(page, str_slice(passage, 0, n));
    return at == STR_NPOS ? 0 : (uint32_t)at;
}

static void add_paragraph(struct arena *arena, const struct page *page,
                          struct str words, struct blocks *out)
{
    struct block *b = PUSH(arena, &out->block);
    bool same;
    uint32_t from = place_of(page->body, words, &same);

    b->text = words;
    b->tag = DOM_P;
    b->from = from;
    b->to = from + (same ? (uint32_t)words.len : 0);
    b->piece = out->piece.count;
    b->pieces = 1;
    *PUSH(arena, &out->piece) = (struct article_piece){ 0, from, same };
    block_measure(b);
}

static uint32_t kept_chars(const struct blocks *blocks)
{
    uint32_t chars = 0;

    for (uint32_t i = 0; i < blocks->block.count; i++)
        chars += blocks->block.at[i].why.len == 0 ? blocks->block.at[i].chars : 0;
    return chars;
}

/* Pages that build their text by script still give it to search engines as articleBody.
 * It stands in only where the page itself shows next to nothing of it: else it would be a
 * second, often shortened copy. */
static void use_article_body(struct arena *arena, const struct page *page,
                             const struct meta *m, struct blocks *blocks)
{
    struct str body = ld_string(&m->ld, m->ld_article, "articleBody"), part;
    uint32_t kept = kept_chars(blocks);

    if (body.len < 300 || kept > body.len / 4 || kept > 1500)
        return;
    for (uint32_t i = 0; i < blocks->block.count; i++)
        if (blocks->block.at[i].why.len == 0)
            blocks->block.at[i].why = STR("beside the article's body");
    while (str_split(&body, '\n', &part)) {
        part = ld_plain(arena, part);
        if (part.len > 0)
            add_paragraph(arena, page, part, blocks);
    }
}

/* The posts of a live page keep their times: "09:30" before one that was kept, but for the
 * heading that may stand between. */
static void keep_times(struct blocks *blocks)
{
    for (uint32_t i = 0; i + 1 < blocks->block.count; i++) {
        struct block *b = &blocks->block.at[i];
        const struct block *next = b + 1;

        if (!str_eq(b->why, STR("date line")) &&
            !(b->why.len > 0 && b->words <= 2 && line_is_date(b->text)))
            continue;
        if (next->why.len > 0 || str_find_char(b->text, ':') == STR_NPOS)
            continue;
        b->why = (struct str){ NULL, 0 };
    }
}

static void cut_all(struct blocks *blocks)
{
    for (uint32_t i = 0; i < blocks->block.count; i++)
        if (blocks->block.at[i].why.len == 0)
            blocks->block.at[i].why = STR("listing");
}

/* A page read up to where the rules have chosen. */
struct reading {
    struct dom dom;
    struct meta meta;
    struct places places;
};

static void read_html(struct arena *arena, const struct page *page, struct article *a,
                      struct reading *r, struct blocks *blocks)
{
    dom_parse(arena, page->body, &r->dom);
    r->meta = meta_from_dom(arena, &r->dom);
    meta_decide(arena, &r->meta, a);
    blocks_from_dom(arena, &r->dom, blocks);
    r->places = select_article(arena, &r->dom, a->title, r->meta.description, blocks);
}

static void from_html(struct arena *arena, const struct page *page, struct article *a)
{
    struct blocks blocks;
    struct reading r;

    read_html(arena, page, a, &r, &blocks);
    use_article_body(arena, page, &r.meta, &blocks);
    meta_date(arena, &r.dom, &r.meta, &blocks, a);
    meta_byline(arena, &r.dom, &r.meta, &blocks, a);
    a->kind = kind_of_page(&r.dom, &r.meta, &blocks, a);
    if (a->kind == ARTICLE_LISTING)
        cut_all(&blocks);
    else
        score_blocks(arena, &r.dom, &r.places, a->title, r.meta.description, &blocks);
    if (a->kind == ARTICLE_LIVE)
        keep_times(&blocks);
    assemble(arena, &blocks, a);
}

uint8_t *article_features(struct arena *arena, const struct page *page,
                          struct blocks *blocks)
{
    struct article a = { .page = page };
    struct reading r;

    read_html(arena, page, &a, &r, blocks);
    return score_features(arena, &r.dom, &r.places, a.title, r.meta.description,
                          blocks);
}

struct titles article_titles(struct arena *arena, const struct page *page)
{
    struct article a = { .page = page };
    struct meta m;
    struct dom d;

    dom_parse(arena, page->body, &d);
    m = meta_from_dom(arena, &d);
    meta_decide(arena, &m, &a);
    return m.titles;
}

static void from_text(struct arena *arena, const struct page *page, struct article *a)
{
    struct blocks blocks;

    blocks_from_text(arena, page->body, &blocks);
    select_plain(arena, &blocks, &a->title, &a->outlet);
    meta_date_plain(&blocks, a);
    assemble(arena, &blocks, a);
}

/* The text decides where it is clear: pages of world-wide sites often carry the wrong
 * lang.  What was said on the command line or in the record stays. */
static void tell_language(struct article *a)
{
    struct str told = a->page->hints.language.len == 0 ? language_of(a->text)
                                                       : (struct str){ NULL, 0 };

    if (told.len > 0)
        a->language = told;
}

const char *article_kind_name(enum article_kind kind)
{
    static const char *const names[] = { "", "live", "listing", "other" };

    return names[kind];
}

static enum article_kind kind_of(struct str name)
{
    for (enum article_kind k = ARTICLE_OTHER; k > ARTICLE_PLAIN; k--)
        if (str_eq(name, str_from(article_kind_name(k))))
            return k;
    return ARTICLE_PLAIN;
}

static void given_byline(struct arena *arena, const struct page *page,
                         struct article *a)
{
    struct str rest = page->byline, name;

    while (str_split(&rest, '\n', &name))
        *PUSH(arena, &a->byline) = name;
}

struct article article_from_page(struct arena *arena, const struct page *page)
{
    struct article a = { .page = page, .language = page->hints.language };

    a.title = page->hints.title;
    a.url = page->hints.url;
    a.outlet = page->hints.outlet;
    if (instant_from_iso(page->hints.published, &a.published))
        a.published_from = DATE_FROM_HINT;
    if (page->media == PAGE_HTML)
        from_html(arena, page, &a);
    else if (page->media == PAGE_TEXT)
        from_text(arena, page, &a);
    else {
        a.text = page->body;
        a.kind = kind_of(page->kind);
        given_byline(arena, page, &a);
    }
    if (a.published.precision == INSTANT_NONE &&
        instant_from_iso(page->fallback_date, &a.published))
        a.published_from = DATE_FROM_HINT;
    tell_language(&a);
    return a;
}

uint32_t article_page_offset(const struct article *a, uint32_t at)
{
    uint32_t low = 0, high = a->pieces.count;

    if (high == 0)
        return at;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (a->pieces.at[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return a->pieces.at[low].from +
           (a->pieces.at[low].same_bytes ? at - a->pieces.at[low].at : 0);
}
