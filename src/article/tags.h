/* tags.h - a page's tags read one by one, for the tree.
 *
 *     <script src=a.js>var x;</script>        nothing
 *     <link rel=icon href=/x.png>             nothing
 *     <style>p { }</style>                    an empty <style>
 *     <svg ...> ... </svg>                    an empty <svg>
 *     <a onclick="f()" href=/b class=x>       <a class=x>
 *
 * What never becomes text is passed over: news pages are scripts to three quarters.
 * JSON-LD stays, and the page's own address.  Where a page leaves so many formatting
 * elements open that each paragraph would repeat them (<font><font><font>... and then a
 * thousand <p>), the tags of those past a limit are left out as well; their text stays.
 */
#ifndef CORROB_ARTICLE_TAGS_H
#define CORROB_ARTICLE_TAGS_H

#include "article/tree.h"

/* tags: how many the page has about, for room. */
void tags_read(struct arena *arena, struct str page, uint32_t tags, struct tree *out);

#endif
