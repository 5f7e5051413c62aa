#include "base/str.h"

#include <string.h>

struct str str_from(const char *c_string)
{
    return (struct str){ c_string, c_string ? strlen(c_string) : 0 };
}

bool str_eq_fold(struct str a, struct str b)
{
    return a.len == b.len && str_starts_fold(a, b);
}

/* The next word of "a|b|c", which it takes off the front. */
static bool next_word(const char **list, struct str *word)
{
    if (**list == '\0')
        return false;
    *word = (struct str){ *list, strcspn(*list, "|") };
    *list += word->len + ((*list)[word->len] == '|');
    return true;
}

bool str_in(struct str s, const char *list)
{
    for (;;) {
        size_t n = 0;

        while (n < s.len && list[n] == s.ptr[n] && list[n] != '|' && list[n] != '\0')
            n++;
        if (n == s.len && (list[n] == '|' || list[n] == '\0'))
            return true;
        while (list[n] != '|')
            if (list[n++] == '\0')
                return false;
        list += n + 1;
    }
}

bool str_in_fold(struct str s, const char *list)
{
    struct str word;

    while (next_word(&list, &word))
        if (str_eq_fold(s, word))
            return true;
    return false;
}

bool str_starts(struct str s, struct str with)
{
    return s.len >= with.len && str_eq(str_slice(s, 0, with.len), with);
}

bool str_ends(struct str s, struct str with)
{
    return s.len >= with.len && str_eq(str_after(s, s.len - with.len), with);
}

bool str_starts_fold(struct str s, struct str with)
{
    if (s.len < with.len)
        return false;
    for (size_t i = 0; i < with.len; i++)
        if (ascii_lower(s.ptr[i]) != ascii_lower(with.ptr[i]))
            return false;
    return true;
}

bool str_ends_fold(struct str s, struct str with)
{
    return s.len >= with.len && str_starts_fold(str_after(s, s.len - with.len), with);
}

int str_cmp(struct str a, struct str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

size_t str_find(struct str s, struct str needle)
{
    const char *at;

    if (needle.len == 0)
        return 0;
    if (s.len < needle.len)
        return STR_NPOS;
    at = memmem(s.ptr, s.len, needle.ptr, needle.len);
    return at ? (size_t)(at - s.ptr) : STR_NPOS;
}

size_t str_find_fold(struct str s, struct str needle)
{
    for (size_t i = 0; i + needle.len <= s.len; i++)
        if (str_starts_fold(str_after(s, i), needle))
            return i;
    return STR_NPOS;
}

struct str str_trim(struct str s)
{
    while (s.len > 0 && ascii_is_space(*s.ptr))
        s = str_after(s, 1);
    while (s.len > 0 && ascii_is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool str_split(struct str *rest, char c, struct str *part)
{
    size_t at;

    if (!rest->ptr)
        return false;
    at = str_find_char(*rest, c);
    if (at == STR_NPOS) {
        *part = *rest;
        *rest = (struct str){ NULL, 0 };
        return true;
    }
    *part = str_slice(*rest, 0, at);
    *rest = str_after(*rest, at + 1);
    return true;
}

bool str_to_u64(struct str s, uint64_t *out)
{
    uint64_t n = 0;

    if (s.len == 0 || s.len > 19) /* 19 digits always fit */
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!ascii_is_digit(s.ptr[i]))
            return false;
        n = n * 10 + (uint64_t)(s.ptr[i] - '0');
    }
    *out = n;
    return true;
}

static uint64_t load_8(const char *p)
{
    uint64_t v;

    memcpy(&v, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    return v;
}

static uint64_t load_4(const char *p)
{
    uint32_t v;

    memcpy(&v, p, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap32(v);
#endif
    return v;
}

/* 1 to 7 bytes as a number; the loads may overlap. */
static uint64_t load_rest(const char *p, size_t n)
{
    if (n >= 4)
        return load_4(p) | load_4(p + n - 4) << 32;
    return (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[n / 2] << 8 |
           (uint64_t)(unsigned char)p[n - 1] << 16;
}

/* The finaliser of splitmix64: each bit of the input moves half of the output's. */
static uint64_t mix(uint64_t h)
{
    h ^= h >> 30;
    h *= 0xbf58476d1ce4e5b9u;
    h ^= h >> 27;
    h *= 0x94d049bb133111ebu;
    return h ^ (h >> 31);
}

uint64_t str_hash(struct str s)
{
    uint64_t h = 0x9e3779b97f4a7c15u ^ (uint64_t)s.len;

    for (; s.len >= 8; s = str_after(s, 8))
        h = mix(h ^ load_8(s.ptr)) + 0x9e3779b97f4a7c15u;
    if (s.len > 0)
        h ^= load_rest(s.ptr, s.len);
    return mix(h);
}
