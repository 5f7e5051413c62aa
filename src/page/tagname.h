/* tagname.h - names of elements as numbers, so that they can be told by a switch.
 *
 *     switch (tag_pack(name)) { case TAG3('d', 'i', 'v'): ... }
 *
 * In any case; a name longer than eight letters by its first eight ("plaintext" as
 * "plaintex"): no two of HTML share them.
 */
#ifndef CORROB_PAGE_TAGNAME_H
#define CORROB_PAGE_TAGNAME_H

#include "base/str.h"

#define TAG8(a, b, c, d, e, f, g, h)                                                  \
    ((uint64_t)(a) | (uint64_t)(b) << 8 | (uint64_t)(c) << 16 | (uint64_t)(d) << 24 | \
     (uint64_t)(e) << 32 | (uint64_t)(f) << 40 | (uint64_t)(g) << 48 |                \
     (uint64_t)(h) << 56)
#define TAG7(a, b, c, d, e, f, g) TAG8(a, b, c, d, e, f, g, 0)
#define TAG6(a, b, c, d, e, f) TAG8(a, b, c, d, e, f, 0, 0)
#define TAG5(a, b, c, d, e) TAG8(a, b, c, d, e, 0, 0, 0)
#define TAG4(a, b, c, d) TAG8(a, b, c, d, 0, 0, 0, 0)
#define TAG3(a, b, c) TAG8(a, b, c, 0, 0, 0, 0, 0)
#define TAG2(a, b) TAG8(a, b, 0, 0, 0, 0, 0, 0)
#define TAG1(a) TAG8(a, 0, 0, 0, 0, 0, 0, 0)

static inline uint64_t tag_pack(struct str name)
{
    uint64_t packed = 0;
    size_t n = name.len < 8 ? name.len : 8;

    for (size_t i = 0; i < n; i++)
        packed |= (uint64_t)(unsigned char)ascii_lower(name.ptr[i]) << (8 * i);
    return packed;
}

/* The labels of the elements that only format, <a> aside: HTML's "formatting" list.  A
 * parser opens each again in every block until it is closed. */
/* clang-format off */
#define TAGS_FORMATTING \
    case TAG1('b'): \
    case TAG1('i'): \
    case TAG1('s'): \
    case TAG1('u'): \
    case TAG2('e', 'm'): \
    case TAG2('t', 't'): \
    case TAG3('b', 'i', 'g'): \
    case TAG4('c', 'o', 'd', 'e'): \
    case TAG4('f', 'o', 'n', 't'): \
    case TAG4('n', 'o', 'b', 'r'): \
    case TAG5('s', 'm', 'a', 'l', 'l'): \
    case TAG6('s', 't', 'r', 'i', 'k', 'e'): \
    case TAG6('s', 't', 'r', 'o', 'n', 'g')
/* clang-format on */

#endif
