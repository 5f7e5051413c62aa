/* meta.h - what a page tells of itself: title, who wrote it, outlet, address, language, when.
 *
 * Each is said in several places that often disagree (JSON-LD, <meta>, microdata, the
 * address, visible text), so each is a ranked decision.  Nothing is invented: a byline
 * that reads like an outlet or a job is left out, a date later than the page's own last
 * change is passed over.
 */
#ifndef CORROB_ARTICLE_META_H
#define CORROB_ARTICLE_META_H

#include "article/article.h"
#include "article/block.h"
#include "article/jsonld.h"
#include "article/title.h"

/* The sources, read once. */
struct meta {
    struct ld ld;
    uint32_t ld_article; /* LD_NONE */
    struct titles titles;
    uint32_t said[TITLE_SIGNS]; /* how many of them by each */
    struct str description;     /* the summary that it gives to those who link to it */
    struct str site_name, ld_publisher, app_name;
    struct str canonical, og_url, ld_url;
    struct str lang, section;
    ARRAY(struct str) meta_author;
    struct instant modified; /* the last change that the page tells */
};

struct meta meta_from_dom(struct arena *arena, const struct dom *d);

/* Fills what the hints left open: title (without the site's name), outlet, address,
 * domain, language. */
void meta_decide(struct arena *arena, struct meta *m, struct article *a);
/* What a page of markup is called, to learn from. */
struct titles article_titles(struct arena *arena, const struct page *page);
/* The publication date; blocks: for visible ones near the article's start. */
void meta_date(struct arena *arena, const struct dom *d, const struct meta *m,
               const struct blocks *blocks, struct article *a);
/* The same of a scraped text: a line with a date near the article's start. */
void meta_date_plain(const struct blocks *blocks, struct article *a);
/* The names of a page's authors. */
void meta_byline(struct arena *arena, const struct dom *d, const struct meta *m,
                 const struct blocks *blocks, struct article *a);

#endif
