/* html_out.h - the few forms that all HTML of the report is made of; for html*.c only.
 *
 * Raw writes a literal of ours; text writes foreign words escaped, so that no page can
 * smuggle markup or leave its attribute.
 */
#ifndef CORROB_REPORT_HTML_OUT_H
#define CORROB_REPORT_HTML_OUT_H

#include "report/phrase.h"
#include "report/view.h"

#define RAW(b, literal) buf_str((b), STR(literal))

/* What all parts of the page are given. */
struct html {
    struct buf *out;
    const struct view *view;
};

/* Foreign words as text or inside a quoted attribute: & < > " ' are escaped. */
void html_text(struct buf *b, struct str s);
/* The same with all blanks and line ends made one blank each. */
void html_line(struct buf *b, struct str s);
/* <a href="…"> for an http or https address, and true; else nothing and false. */
bool html_link_open(struct buf *b, struct str url);
/* The mark of a standing, drawn, with its word beside it or for screen readers only. */
void html_status(struct buf *b, enum status s, bool word);
/* " lang="es"" when the report's language is known and not English. */
void html_lang(struct buf *b, struct str language);
/* A report's title, leading to its sources, and its time. */
void html_report(const struct html *h, uint32_t report);
/* The footnotes of a finding as links: supporting ones, then those "against". */
void html_notes(const struct html *h, const struct finding *f, bool against);
/* "A B": the origins that carry a finding, each a link to its entry. */
void html_origins(const struct html *h, uint32_t story, const struct finding *f);
/* One day as <time>, "9 Oct"; nothing for DATE_NONE. */
void html_day(struct buf *b, int32_t day);
/* Opens a <details> that says what it holds: "12 more findings". */
void html_more_open(struct buf *b, uint32_t count, const char *what);

#endif
