/* tree.h - builds a page's tree from its tags as browsers do.
 *
 *     struct tree t;
 *     tree_init(&t, arena, tags);
 *     tree_start(&t, &tag);  tree_text(&t, from, to);  tree_end(&t, &tag);
 *
 * The insertion modes of the HTML standard (13.2.6), scripts off: <p> ends at the next
 * block, <b> goes on over it, text straight in a table is set before the table.  Takes
 * tags as page/ let them through: nested no deeper than it allows.  What is not asked for
 * is left out: comments, error messages, attributes of a second <html> or <body>.
 */
#ifndef CORROB_ARTICLE_TREE_H
#define CORROB_ARTICLE_TREE_H

#include "article/element.h"

struct tree_tag {
    enum element element;
    struct str name; /* as written */
    uint32_t attr, attrs;
    bool closed; /* "<path/>" */
};

enum tree_space { TREE_HTML, TREE_SVG, TREE_MATH };

struct tree_node {
    uint8_t element, space;
    bool open; /* on the stack of open elements */
    bool raw;  /* a text without character references */
    uint32_t parent, first, last, next, before; /* 0: none */
    uint32_t from, to; /* bytes of the page: of a text, of an element's name */
    uint32_t attr, attrs;
};

enum tree_mode {
    IN_START,
    BEFORE_HTML,
    BEFORE_HEAD,
    IN_HEAD,
    IN_HEAD_NOSCRIPT,
    AFTER_HEAD,
    IN_BODY,
    IN_TABLE,
    IN_CAPTION,
    IN_COLUMNS,
    IN_TABLE_BODY,
    IN_ROW,
    IN_CELL,
    IN_SELECT,
    IN_SELECT_TABLE,
    IN_TEMPLATE,
    AFTER_BODY,
    IN_FRAMESET,
    AFTER_FRAMESET,
    TREE_MODES
};

struct tree {
    struct arena *arena;
    struct str page;
    ARRAY(struct tree_node) node; /* the first stands for the document */
    ARRAY(struct dom_attr) attr;
    ARRAY(uint32_t) open;     /* the stack of open elements */
    ARRAY(uint32_t) format;   /* active formatting elements; 0: a marker */
    ARRAY(uint8_t) templates; /* the modes of open <template>s */
    enum tree_mode mode;
    uint32_t head, form;
    uint32_t paragraphs; /* open <p> */
    bool quirks, frameset_ok, foster;
    uint64_t work; /* open elements that each tag may have had to walk past */
    bool full;     /* too many nodes or too much work: what follows is to be one text */
};

void tree_init(struct tree *t, struct arena *arena, struct str page, uint32_t tags);
/* Whether <table> stays in an open paragraph, as pages without a doctype have it. */
void tree_doctype(struct tree *t, struct str doctype);
void tree_start(struct tree *t, const struct tree_tag *tag);
void tree_end(struct tree *t, const struct tree_tag *tag);
void tree_text(struct tree *t, uint32_t from, uint32_t to);
/* An element whose inside, from .. to, is not markup, with its end. */
void tree_raw(struct tree *t, const struct tree_tag *tag, uint32_t from, uint32_t to);
/* At the page's end: there are <html>, <head> and <body> at least. */
void tree_finish(struct tree *t);

#endif
