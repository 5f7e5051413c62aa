/* row.h - tables written row by row: RFC 4180 commas, or tabs.
 *
 *     struct rows r = rows_open(&out, ',', columns, COUNT(columns));   the header
 *     row_str(&r, STR("=1+1"));                                       "'=1+1"
 *     row_end(&r);                                                    must be full
 */
#ifndef CORROB_EXPORT_ROW_H
#define CORROB_EXPORT_ROW_H

#include "base/buf.h"

struct rows {
    struct buf *out;
    char separator;
    uint32_t columns, at;
};

struct rows rows_open(struct buf *out, char separator, const char *const *column,
                      uint32_t columns);
void row_str(struct rows *r, struct str s);
void row_int(struct rows *r, int64_t n);
/* A degree: up to five decimals. */
void row_degree(struct rows *r, double x);
void row_skip(struct rows *r, uint32_t cells);
/* A row has all its cells, or we are wrong. */
void row_end(struct rows *r);

#endif
