/* markup.h - the one way in which the pages of serve come to be: elements, attributes,
 * text.  Whatever is written is escaped by what it is, so that no page of others can
 * smuggle markup in; there is no way to write bytes as they are but markup_trusted, for
 * assets and for the HTML that the engine made.
 *
 *     markup_open(m, "p");  markup_attr(m, "class", STR("note"));
 *     markup_text(m, title);
 *     markup_close(m);                 <p class="note">5 &lt; 6</p>
 */
#ifndef CORROB_SERVE_MARKUP_H
#define CORROB_SERVE_MARKUP_H

#include "base/buf.h"
#include "base/str.h"

#define MARKUP_DEPTH 64

struct markup {
    struct buf *out;
    const char *open[MARKUP_DEPTH];
    uint32_t depth;
    bool in_tag; /* attributes may still come */
};

struct markup markup_to(struct buf *out);
/* name is a literal of ours. */
void markup_open(struct markup *m, const char *name);
/* Closes the element that was opened last; void ones (<input>) get no end tag. */
void markup_close(struct markup *m);
/* Closes elements until only `depth` are open. */
void markup_close_to(struct markup *m, uint32_t depth);
void markup_attr(struct markup *m, const char *name, struct str value);
void markup_attr_i64(struct markup *m, const char *name, int64_t n);
void markup_attr_format(struct markup *m, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* href for a foreign address: written only when it is http or https. */
bool markup_attr_web(struct markup *m, const char *name, struct str url);
void markup_text(struct markup *m, struct str s);
void markup_format(struct markup *m, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* An element with class and text and nothing else; class may be NULL. */
void markup_leaf(struct markup *m, const char *name, const char *class_name,
                 struct str text);
/* <a href="…">text</a> to an address of our own. */
void markup_link(struct markup *m, struct str href, struct str text);
void markup_trusted(struct markup *m, struct str html);

#define SAY(m, literal) markup_text((m), STR(literal))

#endif
