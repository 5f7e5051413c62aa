/* article.h - what a page says as an article: clean text, title, who, when; the rest set aside.
 *
 *     struct article a = article_from_page(arena, &page);
 *
 * Cannot fail: any page gives an article, perhaps an empty one.  Nothing is lost: what
 * is not article text stands in furniture with the reason.  Paragraphs of the text are
 * parted by "\n\n"; the title is not in it.
 */
#ifndef CORROB_ARTICLE_ARTICLE_H
#define CORROB_ARTICLE_ARTICLE_H

#include "base/date.h"
#include "page/page.h"

enum article_kind { ARTICLE_PLAIN, ARTICLE_LIVE, ARTICLE_LISTING, ARTICLE_OTHER };
/* "live", "listing", "other" as the line of read names them; "" for a plain one. */
const char *article_kind_name(enum article_kind kind);

/* Where a date came from, as output.md names them. */
enum date_from {
    DATE_FROM_NONE,
    DATE_FROM_JSONLD,
    DATE_FROM_META,
    DATE_FROM_URL,
    DATE_FROM_TEXT,
    DATE_FROM_FEED,
    DATE_FROM_HINT,
};

struct furniture {
    struct str text;
    struct str why;      /* a few words: "comment form", "share links" */
    uint32_t start, end; /* bytes of page.body */
};

/* text[at .. next piece's at) was made from page.body[from ..]; same_length tells that
 * the bytes are the same one by one. */
struct article_piece {
    uint32_t at, from;
    bool same_bytes;
};

struct article {
    const struct page *page;
    struct str url, outlet, domain, title,
        language; /* language: "en", "" = not known */
    ARRAY(struct str) byline;
    struct instant published; /* precision INSTANT_NONE: not known */
    enum date_from published_from;
    enum article_kind kind;
    struct str text;
    ARRAY(struct furniture) furniture;
    ARRAY(struct article_piece)
    pieces; /* ascending; empty for a text kept as it came */
};

struct article article_from_page(struct arena *arena, const struct page *page);

/* Byte of page.body that byte `at` of the text came from. */
uint32_t article_page_offset(const struct article *a, uint32_t at);

#endif
