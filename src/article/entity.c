#include "article/entity.h"

#include "base/buf.h"
#include "page/charset.h"

static uint32_t digit_of(char c)
{
    if (ascii_is_digit(c))
        return (uint32_t)(c - '0');
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10 : 99;
}

/* "&#8217;", "&#x2019": its length, 0 when it has no digit. */
static size_t by_number(struct str s, struct buf *out)
{
    uint32_t base = s.len > 2 && (s.ptr[2] == 'x' || s.ptr[2] == 'X') ? 16 : 10;
    size_t n = base == 16 ? 3 : 2, start = n;
    uint32_t code = 0;

    for (; n < s.len && digit_of(s.ptr[n]) < base; n++)
        if (code <= 0x10ffff)
            code = code * base + digit_of(s.ptr[n]);
    if (n == start)
        return 0;
    if (code >= 0x80 && code < 0xa0) /* numbers of Windows' own, say browsers */
        code = charset_windows(code);
    buf_code(out, code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)
                      ? 0xfffd
                      : code);
    return n + (n < s.len && s.ptr[n] == ';');
}

static const struct entity_name *find(struct str name)
{
    uint32_t low = 0, high = entity_name_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_cmp(str_from(entity_names[middle].name), name);

        if (order == 0)
            return &entity_names[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The longest name that s goes on with: "&notin;", "&not" of "&notit;".  Its length. */
static size_t by_name(struct str s, struct buf *out, bool attribute)
{
    const struct entity_name *e = NULL;
    size_t n = 1, len;

    while (n < s.len && n <= ENTITY_NAME_MAX &&
           (ascii_is_letter(s.ptr[n]) || ascii_is_digit(s.ptr[n])))
        n++;
    if (n < s.len && s.ptr[n] == ';' && (e = find(str_slice(s, 1, n)))) {
        len = n + 1;
    } else {
        for (len = n; len > 2; len--)
            if ((e = find(str_slice(s, 1, len))) && e->bare)
                break;
        if (len <= 2 || (attribute && (len < n || (len < s.len && s.ptr[len] == '='))))
            return 0;
    }
    buf_code(out, e->code);
    if (e->second > 0)
        buf_code(out, e->second);
    return len;
}

struct str entity_text(struct arena *arena, struct str s, bool attribute)
{
    struct buf out;

    if (str_find_char(s, '&') == STR_NPOS && str_find_char(s, '\r') == STR_NPOS)
        return s;
    out = buf_new(arena, SIZE_MAX / 16);
    while (s.len > 0) {
        size_t n = 0;

        if (*s.ptr == '&' && s.len > 2)
            n = s.ptr[1] == '#' ? by_number(s, &out) : by_name(s, &out, attribute);
        else if (*s.ptr == '\r') {
            n = s.len > 1 && s.ptr[1] == '\n' ? 2 : 1;
            buf_char(&out, '\n');
        }
        if (n == 0) {
            buf_char(&out, *s.ptr);
            n = 1;
        }
        s = str_after(s, n);
    }
    return buf_view(&out);
}
