#include "export/row.h"

#include <inttypes.h>

#include "base/err.h"
#include "base/json.h"

static void next_cell(struct rows *r)
{
    if (r->at++ > 0)
        buf_char(r->out, r->separator);
}

static bool is_number(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_digit(s.ptr[i]) && !strchr("+-.", s.ptr[i]))
            return false;
    return true;
}

/* What a spreadsheet takes for a formula; a plain number is none. */
static bool runs_as_formula(struct str s)
{
    return s.len > 0 && strchr("=+-@\t\r", *s.ptr) != NULL && !is_number(s);
}

/* Tabs and line ends can't be in a tab-separated cell: they become blanks. */
static void put_plain(struct rows *r, struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        buf_char(r->out, ascii_is_space(s.ptr[i]) ? ' ' : s.ptr[i]);
}

static void put_quoted(struct rows *r, struct str s, bool guard)
{
    buf_char(r->out, '"');
    if (guard)
        buf_char(r->out, '\'');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"')
            buf_char(r->out, '"');
        buf_char(r->out, s.ptr[i]);
    }
    buf_char(r->out, '"');
}

static bool needs_quotes(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (strchr(",\"\r\n", s.ptr[i]))
            return true;
    return false;
}

void row_str(struct rows *r, struct str s)
{
    bool guard = runs_as_formula(s);

    next_cell(r);
    if (r->separator == ',' && (guard || needs_quotes(s))) {
        put_quoted(r, s, guard);
        return;
    }
    if (guard)
        buf_char(r->out, '\'');
    put_plain(r, s);
}

void row_int(struct rows *r, int64_t n)
{
    next_cell(r);
    buf_printf(r->out, "%" PRId64, n);
}

void row_degree(struct rows *r, double x)
{
    struct json j = json_to(r->out);

    next_cell(r);
    json_fixed(&j, x, 5);
}

void row_skip(struct rows *r, uint32_t cells)
{
    while (cells-- > 0)
        next_cell(r);
}

void row_end(struct rows *r)
{
    if (r->at != r->columns)
        BUG("a row with too many or too few cells");
    r->at = 0;
    buf_str(r->out, r->separator == ',' ? STR("\r\n") : STR("\n"));
}

struct rows rows_open(struct buf *out, char separator, const char *const *column,
                      uint32_t columns)
{
    struct rows r = { .out = out, .separator = separator, .columns = columns };

    for (uint32_t i = 0; i < columns; i++)
        row_str(&r, str_from(column[i]));
    row_end(&r);
    return r;
}
