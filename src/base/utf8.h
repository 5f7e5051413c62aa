/* utf8.h - UTF-8 read and written; past page/ all text is known to be valid. */
#ifndef CORROB_BASE_UTF8_H
#define CORROB_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* Length of the valid prefix of s; s.len when all of it is valid (no surrogates, no
 * overlong forms, nothing above U+10FFFF). */
size_t utf8_valid(struct str s);
/* The code point that s (not empty) begins with; *len is its length in bytes.  An
 * ill-formed byte reads as U+FFFD of length 1. */
uint32_t utf8_decode_long(struct str s, size_t *len);
static inline uint32_t utf8_decode(struct str s, size_t *len)
{
    *len = 1; /* nearly all text is ASCII */
    return (unsigned char)*s.ptr < 0x80 ? (unsigned char)*s.ptr
                                        : utf8_decode_long(s, len);
}
/* Writes 1 to 4 bytes; a surrogate or a number too large is written as U+FFFD. */
size_t utf8_encode(uint32_t code_point, char out[4]);
/* Code points in s, which is valid. */
size_t utf8_count(struct str s);
/* The byte that code point `point` begins at; s.len when there are fewer, 0 for less than
 * none. */
size_t utf8_byte_at(struct str s, int64_t point);

static inline bool utf8_is_start(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

/* Letters by Unicode's general category, beyond ASCII too. */
bool utf8_is_letter(uint32_t code_point);
bool utf8_is_upper(uint32_t code_point);
bool utf8_is_lower(uint32_t code_point);
uint32_t utf8_lower(uint32_t code_point);

/* From byte offsets to code points and back in O(1): the code points before each 64th
 * byte.  For a text that is all ASCII nothing is stored. */
struct utf8_index {
    struct str text;
    uint32_t *before; /* NULL: all ASCII */
};
struct utf8_index utf8_index_of(struct arena *arena, struct str text);
/* Code points before this byte; byte <= text.len. */
uint32_t utf8_point_at(const struct utf8_index *x, uint32_t byte);

#endif
