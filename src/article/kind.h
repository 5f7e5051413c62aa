/* kind.h - whether a page is one article, a live page, or a list of others.
 *
 *     a section front, a category of a shop: many linked titles, little prose   LISTING
 *     a page whose JSON-LD says LiveBlogPosting                                 LIVE
 *
 * A listing's teasers must not become an article: ten stories in one text would make
 * ten events of one.  An article must not be lost, so the signs have to agree.
 */
#ifndef CORROB_ARTICLE_KIND_H
#define CORROB_ARTICLE_KIND_H

#include "article/meta.h"

enum article_kind kind_of_page(const struct dom *d, const struct meta *m,
                               const struct blocks *blocks, const struct article *a);

#endif
