#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

/* Length of the character that begins with this byte by its high bits; 0: none does. */
static size_t length_from(unsigned char c)
{
    if (c < 0x80)
        return 1;
    if (c >= 0xc2 && c < 0xe0)
        return 2;
    if (c >= 0xe0 && c < 0xf0)
        return 3;
    return c >= 0xf0 && c < 0xf5 ? 4 : 0;
}

uint32_t utf8_decode_long(struct str s, size_t *len)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t n = length_from(p[0]);
    uint32_t code = p[0];

    *len = 1;
    if (n == 1)
        return code;
    if (n == 0 || n > s.len)
        return 0xfffd;
    code &= 0x7fu >> n;
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0xfffd;
        code = code << 6 | (p[i] & 0x3f);
    }
    if (code < least[n] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return 0xfffd;
    *len = n;
    return code;
}

/* Many bytes at once while all are ASCII. */
static size_t ascii_run(struct str s)
{
    size_t i = 0;
    uint64_t word, four[4];

    for (; i + 32 <= s.len; i += 32) {
        memcpy(four, s.ptr + i, 32);
        if ((four[0] | four[1] | four[2] | four[3]) & 0x8080808080808080u)
            break;
    }
    for (; i + 8 <= s.len; i += 8) {
        memcpy(&word, s.ptr + i, 8);
        if (word & 0x8080808080808080u)
            break;
    }
    while (i < s.len && (unsigned char)s.ptr[i] < 0x80)
        i++;
    return i;
}

size_t utf8_valid(struct str s)
{
    size_t at = ascii_run(s), len;

    while (at < s.len) {
        if (utf8_decode(str_after(s, at), &len) == 0xfffd && len == 1)
            return at;
        at += len;
        at += ascii_run(str_after(s, at));
    }
    return s.len;
}

size_t utf8_encode(uint32_t code, char out[4])
{
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        code = 0xfffd;
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

size_t utf8_count(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += utf8_is_start(s.ptr[i]);
    return n;
}

size_t utf8_byte_at(struct str s, int64_t point)
{
    size_t at = 0;

    for (int64_t i = 0; i < point && at < s.len; i++) {
        size_t len;

        utf8_decode(str_after(s, at), &len);
        at += len;
    }
    return at;
}

static utf8proc_category_t category(uint32_t code)
{
    return utf8proc_category((utf8proc_int32_t)code);
}

bool utf8_is_letter(uint32_t code)
{
    utf8proc_category_t c;

    if (code < 0x80)
        return ascii_is_letter((char)code);
    c = category(code);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool utf8_is_upper(uint32_t code)
{
    return code < 0x80 ? ascii_is_upper((char)code)
                       : category(code) == UTF8PROC_CATEGORY_LU;
}

bool utf8_is_lower(uint32_t code)
{
    return code < 0x80 ? ascii_is_lower((char)code)
                       : category(code) == UTF8PROC_CATEGORY_LL;
}

uint32_t utf8_lower(uint32_t code)
{
    if (code < 0x80)
        return (unsigned char)ascii_lower((char)code);
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
}

#define INDEX_STEP 64

struct utf8_index utf8_index_of(struct arena *arena, struct str text)
{
    struct utf8_index x = { .text = text };
    uint32_t count = 0;

    if (ascii_run(text) == text.len)
        return x;
    x.before = NEW(arena, uint32_t, text.len / INDEX_STEP + 1);
    for (size_t i = 0; i < text.len; i++) {
        if (i % INDEX_STEP == 0)
            x.before[i / INDEX_STEP] = count;
        count += utf8_is_start(text.ptr[i]);
    }
    if (text.len % INDEX_STEP == 0)
        x.before[text.len / INDEX_STEP] = count;
    return x;
}

uint32_t utf8_point_at(const struct utf8_index *x, uint32_t byte)
{
    size_t from = byte / INDEX_STEP * INDEX_STEP;

    if (!x->before)
        return byte;
    return x->before[byte / INDEX_STEP] +
           (uint32_t)utf8_count(str_slice(x->text, from, byte));
}
