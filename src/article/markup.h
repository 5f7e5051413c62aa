/* markup.h - what an element is for, by its tag, role, schema.org property and class names.
 *
 *     <nav>                                    menu
 *     <div class="sharedaddy sd-sharing">      share links
 *     <section itemprop="articleBody">         body
 *     <div class="entry-content">              body
 *
 * Class names are read as words ("related-articles__list", "relatedArticles") and looked
 * up in data/en/markup.tsv.  A weak sign is a word with other uses ("tags", "video").
 */
#ifndef CORROB_ARTICLE_MARKUP_H
#define CORROB_ARTICLE_MARKUP_H

#include "article/dom.h"
#include "base/table.h"

enum markup_sign {
    MARKUP_NONE,
    MARKUP_WEAK,
    MARKUP_STRONG,
    MARKUP_CERTAIN,
    MARKUP_PROVEN, /* believed whatever share of the page's text it has */
};

struct markup_sense {
    enum markup_sign cut; /* how sure it is that this is no article text */
    struct str why;
    bool hidden;   /* the reader does not see it */
    bool body;     /* it says that it holds the article's text */
    bool lead;     /* it says that it holds the standfirst */
    bool property; /* and does so by schema.org's articleBody */
};

/* What was read of lists of class names: a page uses the same ones over and over. */
struct markup_memory {
    struct table seen;
    ARRAY(struct markup_sense) sense;
};

struct markup_sense markup_read(struct arena *arena, struct markup_memory *memory,
                                const struct dom *d, uint32_t node);

#endif
