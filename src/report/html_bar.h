/* html_bar.h - one figure drawn on its measure's scale; for html*.c only.
 *
 *     26             a disc
 *     24–99          a bar
 *     3,001 or more  a bar that fades to the right and ends in an arrow
 *     about 2,500    a bar with soft ends
 *
 * SVG in percent of the width it is given, so that it is sharp in any column.
 */
#ifndef CORROB_REPORT_HTML_BAR_H
#define CORROB_REPORT_HTML_BAR_H

#include "report/html_out.h"
#include "report/ledger.h"

/* The labels of the scale, for the head of a table. */
void html_axis(struct buf *b, const struct scale *scale);
/* The lines of the scale as <g id="…">, once for a table; each bar uses it. */
void html_grid(struct buf *b, const struct scale *scale, const char *id);
/* The bar of a row, of a class of report.css: a standing, "sum" or "unsure". */
void html_bar(struct buf *b, const struct scale *scale, const struct ledger_row *row,
              const char *kind, const char *grid);

#endif
