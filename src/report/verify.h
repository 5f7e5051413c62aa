/* verify.h - follows each span of a JSON output back to the text that it points into.
 *
 * Reads corrob.situation/1 or corrob.audit/1 (one object) or corrob.article/1 (one object a line) and
 * checks: each start..end lies in its text and is not empty, each quote equals
 * text[start:end], each id names something that is there.
 */
#ifndef CORROB_REPORT_VERIFY_H
#define CORROB_REPORT_VERIFY_H

#include <stdint.h>

#include "base/err.h"

struct verify_counts {
    uint64_t reports, findings, spans, unresolved;
};

/* Called for each thing that does not hold: where (an id or a line) and what. */
typedef void verify_tell(void *context, const char *where, const char *what);

/* False when the file can't be read as one of the two formats. */
bool verify_file(const char *path, verify_tell *tell, void *context,
                 struct verify_counts *counts, struct err *err);

#endif
