/* feed_int.h - shared by the readers of feed formats; not for other folders. */
#ifndef CORROB_NET_FEED_INT_H
#define CORROB_NET_FEED_INT_H

#include "net/feed.h"

/* What the readers carry along. */
struct feed_reader {
    struct arena *arena;
    struct str base; /* where the feed lies */
    struct feed *feed;
    struct err *err;
};

bool feed_read_xml(struct feed_reader *r, struct str bytes, struct str charset);
bool feed_read_json(struct feed_reader *r, struct str bytes);

/* A new item, or NULL past FEED_ITEMS_MAX. */
struct feed_item *feed_add(struct feed_reader *r);
/* Text as the item's, if it has none yet or content comes after a summary. */
void feed_set_text(struct feed_item *item, struct str text, bool markup, bool content);
/* "1 &lt; 2 <b>now</b>" to "1 < 2 now": what a title or name may carry of markup. */
struct str feed_plain(struct arena *arena, struct str s);
/* The character of "&amp;", "&#8217;", "&#x2019;"; 0 when s doesn't begin with one.
 * *len: bytes of it. */
uint32_t feed_reference(struct str s, size_t *len);
/* A date of any feed to ISO 8601, absent when it is none. */
struct str feed_date(struct arena *arena, struct str s);
/* A link made absolute where it can be; absent when it leads to no web page. */
struct str feed_link(const struct feed_reader *r, struct str base, struct str link);

#endif
