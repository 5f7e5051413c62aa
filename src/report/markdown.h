/* markdown.h - a situation as Markdown, for a terminal or a mail.
 *
 *     struct buf text = buf_new(arena, SIZE_MAX);
 *     report_markdown(&text, &situation);
 *
 * The same content as the HTML report; each statement has a footnote "[^n]" whose text
 * quotes the sentence with outlet, title and time.  The same situation gives the same
 * bytes.
 */
#ifndef CORROB_REPORT_MARKDOWN_H
#define CORROB_REPORT_MARKDOWN_H

#include "base/buf.h"
#include "story/story.h"

/* Appends the whole document to *out, whose arena also holds what is made on the way. */
void report_markdown(struct buf *out, const struct situation *s);

#endif
