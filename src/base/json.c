#include "base/json.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

struct json json_to(struct buf *out)
{
    return (struct json){ .out = out };
}

static void before_value(struct json *j)
{
    if (j->comma)
        buf_char(j->out, ',');
    j->comma = true;
}

void json_open(struct json *j, char bracket)
{
    before_value(j);
    buf_char(j->out, bracket);
    j->comma = false;
}

void json_close(struct json *j, char bracket)
{
    buf_char(j->out, bracket);
    j->comma = true;
}

static void escape(struct buf *out, char c)
{
    static const char shorts[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";

    for (size_t i = 0; i < sizeof shorts - 1; i++)
        if (c == shorts[i]) {
            buf_char(out, '\\');
            buf_char(out, letters[i]);
            return;
        }
    buf_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
}

static bool needs_escape(char c)
{
    return (unsigned char)c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

static void quoted(struct buf *out, struct str s)
{
    size_t from = 0;

    buf_char(out, '"');
    for (size_t i = 0; i < s.len; i++)
        if (needs_escape(s.ptr[i])) {
            buf_str(out, str_slice(s, from, i));
            escape(out, s.ptr[i]);
            from = i + 1;
        }
    buf_str(out, str_after(s, from));
    buf_char(out, '"');
}

void json_key(struct json *j, const char *name)
{
    before_value(j);
    quoted(j->out, str_from(name));
    buf_char(j->out, ':');
    j->comma = false;
}

void json_str(struct json *j, struct str s)
{
    before_value(j);
    quoted(j->out, s);
}

void json_u64(struct json *j, uint64_t n)
{
    before_value(j);
    buf_u64(j->out, n);
}

void json_i64(struct json *j, int64_t n)
{
    before_value(j);
    if (n < 0)
        buf_char(j->out, '-');
    buf_u64(j->out, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
}

void json_fixed(struct json *j, double x, int decimals)
{
    char text[DBL_MAX_10_EXP + 32]; /* 1e308 in full, sign, point, decimals */
    int n;

    before_value(j);
    if (!isfinite(x) || decimals > 20) {
        buf_str(j->out, STR("null"));
        return;
    }
    n = snprintf(text, sizeof text, "%.*f", decimals, x);
    if (decimals > 0) {
        while (n > 1 && text[n - 1] == '0')
            n--;
        if (text[n - 1] == '.')
            n--;
    }
    buf_str(j->out, n == 2 && text[0] == '-' && text[1] == '0'
                        ? STR("0")
                        : (struct str){ text, (size_t)n });
}

void json_bool(struct json *j, bool truth)
{
    before_value(j);
    buf_str(j->out, truth ? STR("true") : STR("false"));
}

void json_none(struct json *j)
{
    before_value(j);
    buf_str(j->out, STR("null"));
}

void json_member(struct json *j, const char *name, struct str s)
{
    if (s.len == 0)
        return;
    json_key(j, name);
    json_str(j, s);
}
