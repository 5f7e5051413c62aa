/* plain.h - plain text that was scraped with the furniture of its page.
 *
 *     a title line, a byline stub, paragraphs, "Leave a Reply", a comment form
 *     menus as bullets, an article wrapped at 80 columns, teasers, a footer
 *
 * Lines that were one paragraph before they were wrapped are joined again.  The article
 * is the run of blocks that holds most prose, counted against what is none.
 */
#ifndef CORROB_ARTICLE_PLAIN_H
#define CORROB_ARTICLE_PLAIN_H

#include "article/block.h"

/* Paragraphs, list items (tag DOM_LI) and other lines (DOM_P) of a text. */
void blocks_from_text(struct arena *arena, struct str text, struct blocks *out);

/* Sets why of all blocks that are no article text; *title is the line that is it, and
 * *outlet the line above it that names the paper, unless they were known before. */
void select_plain(struct arena *arena, struct blocks *blocks, struct str *title,
                  struct str *outlet);

#endif
