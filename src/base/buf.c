#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

struct buf buf_new(struct arena *arena, size_t max)
{
    return (struct buf){ .arena = arena, .max = max };
}

static void reserve(struct buf *b, size_t more)
{
    size_t need, cap = b->cap ? b->cap : 256;
    char *grown;

    if (__builtin_add_overflow(b->len, more, &need) || need > b->max)
        need = SIZE_MAX / 8; /* no arena grants it: the budget counts as spent */
    if (need <= b->cap)
        return;
    while (cap < need && cap <= SIZE_MAX / 8)
        cap *= 2;
    grown = NEW(b->arena, char, cap);
    if (b->len > 0)
        memcpy(grown, b->ptr, b->len);
    b->ptr = grown;
    b->cap = cap;
}

void buf_str(struct buf *b, struct str s)
{
    if (s.len == 0)
        return;
    reserve(b, s.len);
    memcpy(b->ptr + b->len, s.ptr, s.len);
    b->len += s.len;
}

void buf_char(struct buf *b, char c)
{
    if (b->len == b->cap)
        reserve(b, 1);
    b->ptr[b->len++] = c;
}

void buf_code(struct buf *b, uint32_t code_point)
{
    char bytes[4];
    size_t n = utf8_encode(code_point, bytes);

    buf_str(b, (struct str){ bytes, n });
}

void buf_u64(struct buf *b, uint64_t n)
{
    char digits[20];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + n % 10);
    while (n /= 10);
    buf_str(b, (struct str){ digits + at, sizeof digits - at });
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n <= 0)
        return;
    reserve(b, (size_t)n + 1);
    va_start(args, format);
    vsnprintf(b->ptr + b->len, (size_t)n + 1, format, args);
    va_end(args);
    b->len += (size_t)n;
}

void buf_drain(struct buf *b)
{
    if (!b->drain || b->len == 0)
        return;
    b->drain(b->context, buf_view(b));
    b->len = 0;
}

void buf_clear(struct buf *b)
{
    b->len = 0;
}
