/* feed.h - RSS, Atom, JSON Feed and OPML taken apart: items with their text and links.
 *
 *     RSS 0.9x, 1.0 (RDF), 2.0    <item> title link guid pubDate content:encoded
 *     Atom 1.0                    <entry> title link id published content
 *     JSON Feed 1.0, 1.1          { "version": "https://jsonfeed.org/version/1.1", ... }
 *     OPML 1.0, 2.0               <outline xmlUrl="..."> of any depth: links only
 *
 * XML goes through libxml2 without network, external files or entities of the document's
 * own.  Half of the world's feeds break a rule of XML somewhere: what stands before and
 * behind that is kept, and the line is told.
 */
#ifndef CORROB_NET_FEED_H
#define CORROB_NET_FEED_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* Items beyond are left out, and feed.more says so. */
#define FEED_ITEMS_MAX 20000

enum feed_kind { FEED_RSS, FEED_ATOM, FEED_JSON, FEED_OPML };

struct feed_item {
    struct str id, url,
        title; /* plain text; url is absolute where the feed allows it */
    struct str published, updated; /* ISO 8601; absent: not told or no date */
    struct str text; /* the most that the feed gives of it: content, else summary */
    bool markup;     /* text is HTML */
    bool whole;      /* given as the content, or long enough to be it */
};

struct feed {
    enum feed_kind kind;
    struct str title, site, language;
    ARRAY(struct feed_item) items; /* in the feed's order */
    int64_t broken_line;           /* where the first rule is broken; 0: nowhere */
    bool more;
};

/* Whether bytes begin as one of these formats. */
bool feed_looks_like(struct str bytes);

/* All strings are valid UTF-8, copied to the arena, which must have no budget: nothing may
 * jump while the parser holds memory.  base: where the feed was taken from, for links that
 * are relative (absent: they stay so).  charset: what the server said, or absent.  False
 * with *err set when no feed is found in the bytes. */
bool feed_read(struct arena *arena, struct str bytes, struct str base,
               struct str charset, struct feed *out, struct err *err);

#endif
