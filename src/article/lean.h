/* lean.h - a page's markup without what never becomes text, for a parser that pays by the byte.
 *
 *     <script src=a.js>var x;</script>        <!---->
 *     <link rel=icon href=/x.png>             <!---->
 *     <style>p { }</style>                    <style></style>
 *     <!-- sold out -->                       <!---->
 *     <svg ...> ... </svg>                    <svg></svg>
 *     <a onclick="f()" href=/b class=x>       <a class=x>
 *
 * Gives the same texts in the same elements as the whole page: news pages are scripts to
 * three quarters.  JSON-LD stays, and the page's own address.  Where a page leaves so many
 * formatting elements open that each paragraph would repeat them (<font><font><font>... and
 * then a thousand <p>), the tags of those past a limit are left out as well; their text
 * stays.
 */
#ifndef CORROB_ARTICLE_LEAN_H
#define CORROB_ARTICLE_LEAN_H

#include "base/arena.h"
#include "base/str.h"

/* From html byte `at` on, up to the next piece's, bytes stand at `from` on in the page. */
struct lean_piece {
    uint32_t at, from;
};

struct lean {
    struct str html;
    uint32_t tags; /* and comments and stray "<" read while it was written */
    ARRAY(struct lean_piece) piece; /* ascending; the first is at 0 */
};

void lean_from_html(struct arena *arena, struct str page, struct lean *out);

/* The page's byte for a byte of lean.html (or its end).  *hint is where the last look-up
 * ended, 0 at first: look-ups in order cost nothing. */
uint32_t lean_source(const struct lean *l, uint32_t at, uint32_t *hint);

#endif
