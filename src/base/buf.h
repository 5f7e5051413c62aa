/* buf.h - text under construction, with a ceiling given at birth.
 *
 *     struct buf b = buf_new(arena, 1 << 20);
 *     buf_str(&b, STR("killed: "));
 *     buf_printf(&b, "%u", n);
 *     struct str s = buf_view(&b);      good until the next buf_ call
 *
 * Past the ceiling the arena's budget counts as spent.
 */
#ifndef CORROB_BASE_BUF_H
#define CORROB_BASE_BUF_H

#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

struct buf {
    struct arena *arena;
    char *ptr;
    size_t len, cap, max;
    void (*drain)(void *context, struct str piece); /* NULL: all is kept */
    void *context;
};

struct buf buf_new(struct arena *arena, size_t max);
void buf_str(struct buf *b, struct str s);
void buf_char(struct buf *b, char c);
/* A code point as UTF-8. */
void buf_code(struct buf *b, uint32_t code_point);
void buf_u64(struct buf *b, uint64_t n);
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* At a place where the text may be parted: hands what stands here to b->drain, where one
 * was set, and goes on empty.  For output that would not fit in memory. */
void buf_drain(struct buf *b);
/* Keeps the memory. */
void buf_clear(struct buf *b);

static inline struct str buf_view(const struct buf *b)
{
    return (struct str){ b->ptr, b->len };
}

#endif
