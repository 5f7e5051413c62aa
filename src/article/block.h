/* block.h - the paragraphs, headings, list items and cells of a page, in order.
 *
 *     <div>One <b>two</b><p>Three</div>      "One two" of the div, "Three" of the p
 *
 * What a browser would set as a run of lines of its own is a block.  Plain text makes
 * blocks too (plain.h), so that what follows reads both.
 */
#ifndef CORROB_ARTICLE_BLOCK_H
#define CORROB_ARTICLE_BLOCK_H

#include "article/article.h"
#include "article/dom.h"
#include "article/line.h"

struct block {
    struct str text; /* runs of blanks as one blank, trimmed; a single <br> as "\n" */
    uint32_t node;   /* the nearest element that makes lines of its own */
    enum dom_tag tag;
    uint32_t from, to;      /* bytes of the page from its first to its last character */
    uint32_t piece, pieces; /* in blocks.piece; at counts from the text's start */
    uint32_t chars, links;  /* code points but blanks; those inside <a> */
    uint32_t strong;        /* those inside <b>, <strong> */
    uint32_t words;
    bool sentence;  /* ends as a sentence does, or has one inside */
    struct str why; /* why it is no article text; absent: it may be */
    bool hidden;    /* never seen by a reader: not furniture either */
    bool read;      /* sense is known: ask block_line */
    struct line_sense sense;
};

struct blocks {
    ARRAY(struct block) block;
    ARRAY(struct article_piece) piece;
};

/* Text elements only: scripts, forms' fields, hidden templates give no blocks. */
void blocks_from_dom(struct arena *arena, const struct dom *d, struct blocks *out);

/* Counts chars, words and sentence of a block from its text. */
void block_measure(struct block *b);

/* What its words tell as a line, read once. */
struct line_sense block_line(struct block *b);

#endif
