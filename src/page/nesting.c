#include "page/nesting.h"

#define TAG_MAX 16 /* longer names are counted as one */
#define SLOTS 256

/* Void elements, and those that the next of their kind closes. */
static const struct str flat[] = {
    STR_INIT("area"),   STR_INIT("base"),   STR_INIT("br"),       STR_INIT("col"),
    STR_INIT("dd"),     STR_INIT("dt"),     STR_INIT("embed"),    STR_INIT("hr"),
    STR_INIT("img"),    STR_INIT("image"),  STR_INIT("input"),    STR_INIT("li"),
    STR_INIT("link"),   STR_INIT("meta"),   STR_INIT("p"),        STR_INIT("param"),
    STR_INIT("source"), STR_INIT("track"),  STR_INIT("wbr"),      STR_INIT("option"),
    STR_INIT("tr"),     STR_INIT("td"),     STR_INIT("th"),       STR_INIT("tbody"),
    STR_INIT("thead"),  STR_INIT("tfoot"),  STR_INIT("html"),     STR_INIT("head"),
    STR_INIT("body"),   STR_INIT("button"), STR_INIT("a"),        STR_INIT("nobr"),
    STR_INIT("rt"),     STR_INIT("rp"),     STR_INIT("optgroup"),
};
/* What stands in these is not markup. */
static const struct str raw[] = {
    STR_INIT("script"),   STR_INIT("style"),  STR_INIT("textarea"), STR_INIT("title"),
    STR_INIT("noscript"), STR_INIT("iframe"), STR_INIT("xmp"),      STR_INIT("noembed"),
};

static bool one_of(struct str name, const struct str *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_fold(name, list[i]))
            return true;
    return false;
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
    char quote = '\0';

    for (size_t i = 0; i < s.len; i++)
        if (quote) {
            quote = s.ptr[i] == quote ? '\0' : quote;
        } else if ((s.ptr[i] == '"' || s.ptr[i] == '\'') && i > 0 &&
                   s.ptr[i - 1] == '=') {
            quote = s.ptr[i];
        } else if (s.ptr[i] == '>') {
            return i + 1;
        }
    return s.len;
}

/* Behind "</script" of the element whose content begins at s. */
static size_t raw_end(struct str s, struct str name)
{
    size_t at = 0, n;

    while ((n = str_find(str_after(s, at), STR("</"))) != STR_NPOS) {
        at += n;
        if (str_starts_fold(str_after(s, at + 2), name))
            return at;
        at += 2;
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
        bool closing;

        s = str_after(s, at + 1);
        if (str_starts(s, STR("!--"))) {
            s = str_after(s, comment_end(s));
            continue;
        }
        closing = s.len > 0 && *s.ptr == '/';
        s = str_after(s, closing);
        if (s.len == 0 || !ascii_is_letter(*s.ptr))
            continue;
        name = str_slice(s, 0, name_len(s));
        s = str_after(s, tag_end(s));
        if (one_of(name, flat, COUNT(flat)))
            continue;
        if (closing) {
            depth -= open[slot(name)] > 0;
            open[slot(name)] -= open[slot(name)] > 0;
        } else if (one_of(name, raw, COUNT(raw))) {
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
