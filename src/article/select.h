/* select.h - which blocks of a page are the article.
 *
 *     select_article(arena, &dom, title, description, &blocks)     block.why of the others is set
 *
 * The article lies in the element whose text, sentences counted for and lists of links
 * counted against it, is most; a body named by the markup is believed when it has most of
 * that.  Inside it, what the markup or the words show to be furniture goes.
 */
#ifndef CORROB_ARTICLE_SELECT_H
#define CORROB_ARTICLE_SELECT_H

#include "article/block.h"
#include "article/markup.h"

/* What is known of each node. */
struct place {
    struct markup_sense sense;
    int64_t prose;  /* characters of prose in it */
    int64_t value;  /* prose less what speaks against an article */
    struct str why; /* of it or of an element around it */
    uint32_t blocks, words;
    uint32_t link_blocks; /* of three words or more that are mostly a link */
};

struct places {
    struct place *at; /* by node */
    uint32_t best;    /* the element that holds the article */
    bool second;      /* the second try, when signs of furniture left next to nothing */
};

/* Sets why for each block that is no article text; tells what it went by. */
struct places select_article(struct arena *arena, const struct dom *d, struct str title,
                             struct str description, struct blocks *blocks);

/* The second half of it, also for plain text: lines that are conventions of pages, among
 * blocks from .. to that have no why yet. */
void select_lines(struct arena *arena, struct str title, struct blocks *blocks);

/* Whether a block reads as a paragraph: sentences, not links. */
bool block_is_prose(const struct block *b);

#endif
