/* least.h - the least that a count's words can be held to, as ACLED counts.
 *
 *     count_least(STR("dozens"), 24)   12
 *     count_least(STR(">=26"), 26)     26
 *
 * ACLED's rule: tens 10, dozens 12, hundreds 100; of all other words the lower end.
 * The report's policy and the export share it.
 */
#ifndef CORROB_BASE_LEAST_H
#define CORROB_BASE_LEAST_H

#include <stdint.h>

#include "base/str.h"

/* op: the number phrase in normal form; low: its lower end, given back for other words. */
int64_t count_least(struct str op, int64_t low);

#endif
