/* page_check.h - is an HTML page of ours well formed: tags balance, ids are unique,
 * links into the page resolve, and nothing in it runs or loads.
 *
 *     const char *wrong = page_fault(arena, page);      NULL: nothing
 *
 * Not a validator for any HTML: the report closes each element that it opens, quotes
 * each attribute and has no comment, and that is what is checked.
 */
#ifndef CORROB_TESTS_PAGE_CHECK_H
#define CORROB_TESTS_PAGE_CHECK_H

#include "base/buf.h"
#include "base/table.h"

#define PAGE_DEPTH 64

struct page_check {
    struct arena *arena;
    struct str left; /* of the page */
    struct str open[PAGE_DEPTH];
    uint32_t depth;
    struct table ids, targets;
    const char *fault;
};

static inline void page_fail(struct page_check *c, const char *what, struct str about)
{
    struct buf b = buf_new(c->arena, 4096);

    if (c->fault)
        return;
    buf_printf(&b, "%s: %.*s", what, (int)(about.len < 120 ? about.len : 120),
               about.ptr);
    buf_char(&b, '\0');
    c->fault = b.ptr;
}

static inline bool page_is_void(struct str name)
{
    return str_eq(name, STR("meta")) || str_eq(name, STR("br")) ||
           str_eq(name, STR("link")) || str_eq(name, STR("hr")) ||
           str_eq(name, STR("wbr"));
}

static inline void page_attribute(struct page_check *c, struct str name,
                                  struct str value)
{
    if (str_eq(name, STR("id"))) {
        if (value.len == 0 || table_find(&c->ids, value))
            page_fail(c, "id given twice or empty", value);
        *table_put(c->arena, &c->ids, value) = 1;
    } else if (str_eq(name, STR("href")) && str_starts(value, STR("#"))) {
        *table_put(c->arena, &c->targets, str_after(value, 1)) = 1;
    } else if (str_eq(name, STR("href"))) {
        if (!str_starts_fold(value, STR("http://")) &&
            !str_starts_fold(value, STR("https://")))
            page_fail(c, "a link that isn't to the web", value);
    } else if (str_starts(name, STR("aria-labelledby"))) {
        struct str id;

        while (str_split(&value, ' ', &id))
            *table_put(c->arena, &c->targets, id) = 1;
    } else if (str_starts_fold(name, STR("on")) || str_eq(name, STR("src"))) {
        page_fail(c, "an attribute that runs or loads", name);
    }
}

/* ` id="a" class="b"`; false when it isn't made of quoted attributes. */
static inline bool page_attributes(struct page_check *c, struct str s)
{
    for (s = str_trim(s); s.len > 0 && !str_eq(s, STR("/")); s = str_trim(s)) {
        size_t n = 0, end;
        struct str name;

        while (n < s.len && s.ptr[n] != '=' && !ascii_is_space(s.ptr[n]))
            n++;
        name = str_slice(s, 0, n);
        if (n == s.len || s.ptr[n] != '=') { /* "open" */
            s = str_after(s, n);
            continue;
        }
        if (n + 1 >= s.len || s.ptr[n + 1] != '"')
            return false;
        end = str_find_char(str_after(s, n + 2), '"');
        if (end == STR_NPOS)
            return false;
        page_attribute(c, name, str_slice(s, n + 2, n + 2 + end));
        s = str_after(s, n + 3 + end);
    }
    return true;
}

static inline void page_tag(struct page_check *c, struct str tag)
{
    bool closing = str_starts(tag, STR("/")), alone = str_ends(tag, STR("/"));
    struct str name = closing ? str_after(tag, 1) : tag;
    size_t n = 0;

    while (n < name.len &&
           (ascii_is_letter(name.ptr[n]) || ascii_is_digit(name.ptr[n])))
        n++;
    if (str_starts(tag, STR("!DOCTYPE")))
        return;
    if (n == 0)
        page_fail(c, "a < that opens no tag", tag);
    if (!closing && !page_attributes(c, str_after(name, n)))
        page_fail(c, "an attribute without quotes", tag);
    name = str_slice(name, 0, n);
    if (str_eq(name, STR("script")) || str_eq(name, STR("iframe")))
        page_fail(c, "an element that runs or loads", tag);
    if (closing) {
        if (c->depth == 0 || !str_eq(c->open[c->depth - 1], name))
            page_fail(c, "closes what isn't open", tag);
        else
            c->depth--;
    } else if (!alone && !page_is_void(name)) {
        if (c->depth == PAGE_DEPTH)
            page_fail(c, "too deep", tag);
        else
            c->open[c->depth++] = name;
    }
}

/* Between tags: & only as one of the five entities. */
static inline void page_text(struct page_check *c, struct str s)
{
    for (size_t at; (at = str_find_char(s, '&')) != STR_NPOS;
         s = str_after(s, at + 1)) {
        struct str e = str_after(s, at);

        if (!str_starts(e, STR("&amp;")) && !str_starts(e, STR("&lt;")) &&
            !str_starts(e, STR("&gt;")) && !str_starts(e, STR("&quot;")) &&
            !str_starts(e, STR("&#39;")))
            page_fail(c, "a bare &", e);
    }
    if (str_find_char(s, '>') != STR_NPOS)
        page_fail(c, "a bare >", s);
}

/* The end of the tag that s begins with: the first > that is not in quotes. */
static inline size_t page_tag_end(struct str s)
{
    bool quoted = false;

    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"')
            quoted = !quoted;
        else if (s.ptr[i] == '>' && !quoted)
            return i;
    }
    return STR_NPOS;
}

static inline const char *page_fault(struct arena *arena, struct str page)
{
    struct page_check c = { .arena = arena };

    if (!str_ends(page, STR("</html>\n")))
        return "the page doesn't end";
    for (;;) {
        size_t at = str_find_char(page, '<'), end;

        if (at == STR_NPOS)
            break;
        if (c.depth == 0 || !str_eq(c.open[c.depth - 1], STR("style")))
            page_text(&c, str_slice(page, 0, at));
        page = str_after(page, at + 1);
        end = page_tag_end(page);
        if (end == STR_NPOS) {
            page_fail(&c, "a tag without end", page);
            break;
        }
        page_tag(&c, str_slice(page, 0, end));
        page = str_after(page, end + 1);
    }
    if (c.depth > 0)
        page_fail(&c, "never closed", c.open[c.depth - 1]);
    for (uint32_t i = 0; i < c.targets.count; i++)
        if (!table_find(&c.ids, c.targets.entry[i].key))
            page_fail(&c, "a link to nowhere", c.targets.entry[i].key);
    return c.fault;
}

#endif
