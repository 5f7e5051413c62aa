#include "article/article.h"

#include "article/block.h"
#include "article/dom.h"
#include "article/language.h"
#include "article/meta.h"
#include "article/plain.h"
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

static void from_html(struct arena *arena, const struct page *page, struct article *a)
{
    struct blocks blocks;
    struct dom d;

    struct meta meta;

    dom_parse(arena, page->body, &d);
    meta = meta_from_dom(arena, &d);
    meta_decide(arena, &d, &meta, a);
    blocks_from_dom(arena, &d, &blocks);
    select_article(arena, &d, a->title, meta.description, &blocks);
    meta_date(arena, &d, &meta, &blocks, a);
    meta_byline(arena, &d, &meta, &blocks, a);
    assemble(arena, &blocks, a);
}

static void from_text(struct arena *arena, const struct page *page, struct article *a)
{
    struct blocks blocks;

    blocks_from_text(arena, page->body, &blocks);
    select_plain(arena, &blocks, &a->title);
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
    else
        a.text = page->body;
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
