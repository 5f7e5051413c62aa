/* html_steps.h - how a toll moved: figures over their as-of days, a line per claimant.
 *
 * Drawn where three figures of one class are given for at least two days.  The table of
 * the ledger is its twin in words.  For html*.c only.
 */
#ifndef CORROB_REPORT_HTML_STEPS_H
#define CORROB_REPORT_HTML_STEPS_H

#include "report/html_out.h"
#include "report/ledger.h"

/* Writes a <figure>, or nothing when there is nothing to see over time.  `number` makes
 * the ids in it unique. */
void html_steps(const struct html *h, uint32_t story, const struct ledger_measure *m,
                const struct ledger_class *c, uint32_t number);

#endif
