#include "page/nesting.h"

#include "page/tagname.h"

#define TAG_MAX 16 /* longer names are counted as one */
#define SLOTS 256

enum content {
    NESTS,
    FLAT, /* void elements, those that the next of their kind closes, and those that
           * only format: many are left open in old pages, see article/tags.c */
    RAW,  /* what stands in these is not markup */
};

static enum content content_of(struct str name)
{
    switch (tag_pack(name)) {
    TAGS_FORMATTING:
    case TAG4('a', 'r', 'e', 'a'):
    case TAG4('b', 'a', 's', 'e'):
    case TAG2('b', 'r'):
    case TAG3('c', 'o', 'l'):
    case TAG2('d', 'd'):
    case TAG2('d', 't'):
    case TAG5('e', 'm', 'b', 'e', 'd'):
    case TAG2('h', 'r'):
    case TAG3('i', 'm', 'g'):
    case TAG5('i', 'm', 'a', 'g', 'e'):
    case TAG5('i', 'n', 'p', 'u', 't'):
    case TAG2('l', 'i'):
    case TAG4('l', 'i', 'n', 'k'):
    case TAG4('m', 'e', 't', 'a'):
    case TAG1('p'):
    case TAG5('p', 'a', 'r', 'a', 'm'):
    case TAG6('s', 'o', 'u', 'r', 'c', 'e'):
    case TAG5('t', 'r', 'a', 'c', 'k'):
    case TAG3('w', 'b', 'r'):
    case TAG6('o', 'p', 't', 'i', 'o', 'n'):
    case TAG2('t', 'r'):
    case TAG2('t', 'd'):
    case TAG2('t', 'h'):
    case TAG5('t', 'b', 'o', 'd', 'y'):
    case TAG5('t', 'h', 'e', 'a', 'd'):
    case TAG5('t', 'f', 'o', 'o', 't'):
    case TAG4('h', 't', 'm', 'l'):
    case TAG4('h', 'e', 'a', 'd'):
    case TAG4('b', 'o', 'd', 'y'):
    case TAG6('b', 'u', 't', 't', 'o', 'n'):
    case TAG1('a'):
    case TAG2('r', 't'):
    case TAG2('r', 'p'):
    case TAG8('o', 'p', 't', 'g', 'r', 'o', 'u', 'p'): return FLAT;
    case TAG6('s', 'c', 'r', 'i', 'p', 't'):
    case TAG5('s', 't', 'y', 'l', 'e'):
    case TAG8('t', 'e', 'x', 't', 'a', 'r', 'e', 'a'):
    case TAG5('t', 'i', 't', 'l', 'e'):
    case TAG8('n', 'o', 's', 'c', 'r', 'i', 'p', 't'):
    case TAG6('i', 'f', 'r', 'a', 'm', 'e'):
    case TAG3('x', 'm', 'p'):
    case TAG7('n', 'o', 'e', 'm', 'b', 'e', 'd'): return RAW;
    default: return NESTS;
    }
}

static size_t name_len(struct str s)
{
    size_t n = 0;

    while (n < s.len && !ascii_is_space(s.ptr[n]) && s.ptr[n] != '>' && s.ptr[n] != '/')
        n++;
    return n;
}

/* A slot of the open counts for a name; names that share one only make the depth less
 * exact. */
static uint32_t slot(struct str name)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < name.len && i < TAG_MAX; i++)
        h = (h ^ (unsigned char)ascii_lower(name.ptr[i])) * 16777619u;
    return (h ^ h >> 16) % SLOTS;
}

/* Where the tag whose name begins at s ends: behind its '>', quotes passed over. */
static size_t tag_end(struct str s)
{
    static const bool stops[256] = { ['>'] = true, ['"'] = true, ['\''] = true };

    for (size_t i = 0, n; i < s.len; i++)
        if (!stops[(unsigned char)s.ptr[i]]) {
            continue;
        } else if (s.ptr[i] == '>') {
            return i + 1;
        } else if (i > 0 && s.ptr[i - 1] == '=') {
            n = str_find_char(str_after(s, i + 1), s.ptr[i]);
            if (n == STR_NPOS)
                return s.len;
            i += n + 1;
        }
    return s.len;
}

/* Where "</script" stands, of the element whose content is s. */
static size_t raw_end(struct str s, struct str name)
{
    size_t at = 0, n;

    while ((n = str_find_char(str_after(s, at), '<')) != STR_NPOS) {
        at += n + 1;
        if (at < s.len && s.ptr[at] == '/' &&
            str_starts_fold(str_after(s, at + 1), name))
            return at - 1;
    }
    return s.len;
}

static size_t comment_end(struct str s)
{
    size_t n = str_find(s, STR("-->"));

    return n == STR_NPOS ? s.len : n + 3;
}

size_t nesting_over(struct str html, uint32_t limit)
{
    uint32_t open[SLOTS] = { 0 }, depth = 0;
    struct str s = html, name;
    size_t at;

    while ((at = str_find_char(s, '<')) != STR_NPOS) {
        enum content content;
        bool closing;

        s = str_after(s, at + 1);
        if (s.len > 0 && *s.ptr == '!' && str_starts(s, STR("!--"))) {
            s = str_after(s, comment_end(s));
            continue;
        }
        closing = s.len > 0 && *s.ptr == '/';
        s = str_after(s, closing);
        if (s.len == 0 || !ascii_is_letter(*s.ptr))
            continue;
        name = str_slice(s, 0, name_len(s));
        s = str_after(s, tag_end(s));
        content = content_of(name);
        if (content == FLAT)
            continue;
        if (closing) {
            depth -= open[slot(name)] > 0;
            open[slot(name)] -= open[slot(name)] > 0;
        } else if (content == RAW) {
            s = str_after(s, raw_end(s, name));
        } else if (s.ptr[-2] != '/') { /* <path/>: svg */
            open[slot(name)]++;
            if (++depth > limit)
                return (size_t)(name.ptr - html.ptr) - 1;
        }
    }
    return STR_NPOS;
}

size_t tags_over(struct str html, uint32_t limit)
{
    struct str s = html;
    uint32_t tags = 0;
    size_t at;

    while ((at = str_find_char(s, '<')) != STR_NPOS) {
        s = str_after(s, at + 1);
        if (s.len > 0 && ascii_is_letter(*s.ptr) && ++tags > limit)
            return (size_t)(s.ptr - html.ptr) - 1;
    }
    return STR_NPOS;
}
