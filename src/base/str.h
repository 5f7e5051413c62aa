/* str.h - a view of text that lives elsewhere: pointer and length, no NUL promised.
 *
 *     struct str s = STR("26 killed");
 *     str_starts(s, STR("26"))            true
 *     str_after(s, 3)                     "killed"
 *
 * Passed by value.  A view owns nothing; it is good for as long as the arena or
 * the literal behind it.  An absent string is { NULL, 0 } and equals "".
 */
#ifndef CORROB_BASE_STR_H
#define CORROB_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

struct str {
    const char *ptr;
    size_t len;
};

/* A literal as a view; STR_INIT where a constant initialiser is needed. */
#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_INIT(literal)               \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }
/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""
#define STR_NPOS SIZE_MAX

struct str str_from(const char *c_string);

/* What is left of s after its first n bytes; n <= s.len. */
static inline struct str str_after(struct str s, size_t n)
{
    return (struct str){ n ? s.ptr + n : s.ptr, s.len - n };
}

/* The bytes start..end of s; start <= end <= s.len. */
static inline struct str str_slice(struct str s, size_t start, size_t end)
{
    return (struct str){ start ? s.ptr + start : s.ptr, end - start };
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.len == b.len &&
           (a.len == 0 || (*a.ptr == *b.ptr && memcmp(a.ptr, b.ptr, a.len) == 0));
}

/* Equal but for the case of ASCII letters. */
bool str_eq_fold(struct str a, struct str b);
bool str_starts(struct str s, struct str with);
bool str_ends(struct str s, struct str with);
bool str_starts_fold(struct str s, struct str with);
bool str_ends_fold(struct str s, struct str with);
/* Whether s is one of "a|b|c"; a list has no empty word. */
bool str_in(struct str s, const char *list);
bool str_in_fold(struct str s, const char *list);
/* <0, 0, >0 as memcmp, the shorter first when one begins the other. */
int str_cmp(struct str a, struct str b);
/* Offset of the first occurrence, or STR_NPOS. An empty needle is at 0. */
size_t str_find(struct str s, struct str needle);
size_t str_find_fold(struct str s, struct str needle);
static inline size_t str_find_char(struct str s, char c)
{
    const char *at = s.len ? (const char *)memchr(s.ptr, c, s.len) : NULL;

    return at ? (size_t)(at - s.ptr) : STR_NPOS;
}
/* s without blanks, tabs, line ends at its ends. */
struct str str_trim(struct str s);
/* Takes the part of *rest before the next c off its front, and the c.  False at
 * the end (when *rest was absent); the last part may be empty. */
bool str_split(struct str *rest, char c, struct str *part);
/* Reads all of s as a decimal number without sign; false on anything else. */
bool str_to_u64(struct str s, uint64_t *out);
/* A good 64-bit hash of the bytes; the same on every machine. */
uint64_t str_hash(struct str s);

static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool ascii_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool ascii_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool ascii_is_letter(char c)
{
    return ascii_is_upper(c) || ascii_is_lower(c);
}

static inline bool ascii_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline char ascii_lower(char c)
{
    return ascii_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

static inline char ascii_upper(char c)
{
    return ascii_is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

/* A letter, a digit, or any byte of a non-ASCII character. */
static inline bool ascii_is_word(char c)
{
    return ascii_is_letter(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

#endif
