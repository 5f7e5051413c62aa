/* dom.h - a page's tree as flat arrays in document order, each text with its place.
 *
 *     struct dom d;
 *     dom_parse(arena, body, &d);
 *     for (uint32_t i = 0; i < d.node.count; i++)        all nodes, in document order
 *     for (uint32_t i = n + 1; i < d.node.at[n].end; )   what is inside node n
 *
 * tags.h reads the markup, tree.h builds the tree.  Walks need no recursion: a node's
 * descendants are those that follow it, up to its end.  Nodes that can't hold text of a
 * page (<link>, comments, drawings) are left out.
 */
#ifndef CORROB_ARTICLE_DOM_H
#define CORROB_ARTICLE_DOM_H

#include "base/arena.h"
#include "base/str.h"

/* clang-format off */
#define DOM_TAGS(X) \
    X(A) X(ABBR) X(ADDRESS) X(ARTICLE) X(ASIDE) X(AUDIO) X(B) X(BLOCKQUOTE) X(BODY) \
    X(BR) X(BUTTON) X(CANVAS) X(CAPTION) X(CENTER) X(CITE) X(CODE) X(DD) X(DEL) \
    X(DETAILS) X(DIALOG) X(DIV) X(DL) X(DT) X(EM) X(EMBED) X(FIELDSET) X(FIGCAPTION) \
    X(FIGURE) X(FONT) X(FOOTER) X(FORM) X(H1) X(H2) X(H3) X(H4) X(H5) X(H6) X(HEAD) \
    X(HEADER) X(HR) X(HTML) X(I) X(IFRAME) X(IMG) X(INPUT) X(INS) X(LABEL) X(LEGEND) \
    X(LI) X(LINK) X(MAIN) X(MARK) X(MENU) X(META) X(NAV) X(NOSCRIPT) X(OBJECT) X(OL) \
    X(OPTION) X(P) X(PICTURE) X(PRE) X(Q) X(S) X(SCRIPT) X(SECTION) X(SELECT) \
    X(SMALL) X(SPAN) X(STRIKE) X(STRONG) X(STYLE) X(SUB) X(SUMMARY) X(SUP) X(SVG) \
    X(TABLE) X(TBODY) X(TD) X(TEMPLATE) X(TEXTAREA) X(TFOOT) X(TH) X(THEAD) X(TIME) \
    X(TITLE) X(TR) X(U) X(UL) X(VIDEO) X(WBR)
/* clang-format on */

enum dom_tag {
    DOM_OTHER, /* an element of a name not listed */
    DOM_TEXT,
#define X(name) DOM_##name,
    DOM_TAGS(X)
#undef X
        DOM_TAG_COUNT
};

/* By length: dom_key_of looks among those that are as long. */
#define DOM_KEYS(X)               \
    X(ID, "id")                   \
    X(REL, "rel")                 \
    X(ROLE, "role")               \
    X(HREF, "href")               \
    X(NAME, "name")               \
    X(TYPE, "type")               \
    X(LANG, "lang")               \
    X(CLASS, "class")             \
    X(STYLE, "style")             \
    X(HIDDEN, "hidden")           \
    X(CONTENT, "content")         \
    X(PUBDATE, "pubdate")         \
    X(PROPERTY, "property")       \
    X(ITEMPROP, "itemprop")       \
    X(ITEMTYPE, "itemtype")       \
    X(DATETIME, "datetime")       \
    X(FALLBACK, "fallback")       \
    X(HTTP_EQUIV, "http-equiv")   \
    X(DATA_TESTID, "data-testid") \
    X(PLACEHOLDER, "placeholder") \
    X(DATA_COMPONENT, "data-component")

enum dom_key {
#define X(key, name) DOM_KEY_##key,
    DOM_KEYS(X)
#undef X
        DOM_KEY_COUNT
};

struct dom_attr {
    enum dom_key key;
    struct str value;
};

struct dom_node {
    enum dom_tag tag;
    uint32_t parent; /* the first node is its own */
    uint32_t end;    /* one past its last descendant */
    uint32_t depth;
    uint32_t from, to; /* of a text: its bytes of the page */
    struct str text;   /* character references resolved; of a text only */
    bool as_written;   /* text is the very bytes from .. to */
    uint32_t attr, attrs;
};

/* As many as 200,000 tags with texts between them make, and half a second's work. */
#define DOM_NODES_LIMIT 400000

struct dom {
    struct str page;
    ARRAY(struct dom_node) node;
    ARRAY(struct dom_attr) attr;
};

/* The attribute of that name, in any case.  False for those that nobody asks for. */
bool dom_key_of(struct str name, enum dom_key *key);

/* How a text begins in its source: `text` bytes of it come from `source` bytes there, which
 * are `same` or a character reference, a line's end and the like.
 *     "AT&T <", "AT&amp;T &lt;"  ->  2, 2, same;  then "&T <": 1, 5;  "T ": 2, 2, same ... */
struct text_step {
    size_t text, source;
    bool same;
};

/* text is not empty; past the end of source the steps take nothing from it. */
struct text_step text_step(struct str text, struct str source);

/* html is valid UTF-8 and nests no deeper than NESTING_LIMIT.  Any bytes give a tree;
 * past DOM_NODES_LIMIT nodes, or 4,096 open elements, the rest of the page is one text.
 * A text that stands in the page in parts, as around the tag in "one </x>two", is as many
 * nodes. */
void dom_parse(struct arena *arena, struct str html, struct dom *out);

/* The value of an attribute, absent when it isn't there. */
struct str dom_get(const struct dom *d, uint32_t node, enum dom_key key);
bool dom_has(const struct dom *d, uint32_t node, enum dom_key key);
/* All text inside a node, runs of blanks as one blank, trimmed. */
struct str dom_text(struct arena *arena, const struct dom *d, uint32_t node);

#endif
