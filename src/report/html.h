/* html.h - a situation as one self-contained HTML file for readers.
 *
 *     struct buf page = buf_new(arena, SIZE_MAX);
 *     report_html(&page, &situation);
 *
 * No network, no script: style, charts and map are in the file.  All that came from
 * outside is escaped, and only http and https addresses become links.  The same
 * situation gives the same bytes.
 */
#ifndef CORROB_REPORT_HTML_H
#define CORROB_REPORT_HTML_H

#include "base/buf.h"
#include "story/story.h"

/* Appends the whole document to *out, whose arena also holds what is made on the way. */
void report_html(struct buf *out, const struct situation *s);

#endif
