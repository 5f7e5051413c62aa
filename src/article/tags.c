#include "article/tags.h"

#include "article/entity.h"

/* How often formatting elements may be set again in later blocks before some are left out;
 * the busiest of 1,600 news pages does it 2,000 times. */
#define REPEATS_LIMIT 100000

struct reader {
    struct tree *tree;
    struct str page;
    uint32_t formats; /* open formatting elements */
    uint32_t most;    /* of them that may be */
    uint32_t left_out;
    uint64_t repeats;
    size_t no_drawing; /* a drawing that begins before it is not plain */
};

/* ---- reading ---- */

/* Offset of the first c in s.page from `at` on, or its end. */
static size_t find_char(struct str page, size_t at, char c)
{
    size_t n = str_find_char(str_after(page, at), c);

    return n == STR_NPOS ? page.len : at + n;
}

static bool ends_name(char c)
{
    return ascii_is_space(c) || c == '/' || c == '>';
}

static struct str name_at(struct str page, size_t at)
{
    size_t end = at;

    while (end < page.len && !ends_name(page.ptr[end]))
        end++;
    return str_slice(page, at, end);
}

/* Whether "</name" stands there. */
static bool is_end_tag(struct str page, size_t at, struct str name)
{
    size_t end = at + 2 + name.len;

    return end <= page.len && page.ptr[at] == '<' && page.ptr[at + 1] == '/' &&
           str_eq_fold(str_slice(page, at + 2, end), name) &&
           (end == page.len || ends_name(page.ptr[end]));
}

/* Where "</name" stands from `at` on, or the end of the page. */
static size_t find_end_tag(struct str page, size_t at, struct str name)
{
    while ((at = find_char(page, at, '<')) < page.len && !is_end_tag(page, at, name))
        at++;
    return at;
}

/* A script's end.  After "<!--" a "<script" within it needs an end tag of its own, as in
 *     <script><!-- document.write('<script src=x></script>'); --></script>   */
static size_t find_script_end(struct str page, size_t at, struct str name)
{
    bool escaped = false, twice = false;

    for (;; at++) {
        struct str rest;

        if (!escaped)
            at = find_char(page, at, '<');
        if (at >= page.len)
            return page.len;
        rest = str_after(page, at);
        if (*rest.ptr == '-' && escaped && str_starts(rest, STR("-->"))) {
            escaped = twice = false;
        } else if (*rest.ptr != '<') {
            continue;
        } else if (str_starts(rest, STR("<!--"))) {
            escaped = true;
        } else if (escaped && !twice && str_starts_fold(rest, STR("<script")) &&
                   rest.len > 7 && ends_name(rest.ptr[7])) {
            twice = true;
        } else if (is_end_tag(page, at, name)) {
            if (!twice)
                return at;
            twice = false;
        }
    }
}

struct attr {
    size_t start, name_end, value, value_end, next;
};

/* The attribute from `at` on (blanks and slashes passed over), as browsers read it; false
 * at the tag's end.  *self: a slash stands right before the end. */
static bool next_attr(struct str page, size_t at, struct attr *a, bool *self)
{
    const char *s = page.ptr;

    while (at < page.len && (ascii_is_space(s[at]) || s[at] == '/')) {
        *self = s[at] == '/';
        at++;
    }
    a->start = a->next = at;
    if (at >= page.len || s[at] == '>')
        return false;
    *self = false;
    for (at++; at < page.len && !ends_name(s[at]) && s[at] != '=';)
        at++;
    a->name_end = a->value = a->value_end = a->next = at;
    while (at < page.len && ascii_is_space(s[at]))
        at++;
    if (at >= page.len || s[at] != '=')
        return true;
    for (at++; at < page.len && ascii_is_space(s[at]);)
        at++;
    a->value = at;
    if (at < page.len && (s[at] == '"' || s[at] == '\'')) {
        at = find_char(page, at + 1, s[at]);
        at += at < page.len;
    } else {
        while (at < page.len && !ascii_is_space(s[at]) && s[at] != '>')
            at++;
    }
    a->value_end = a->next = at;
    return true;
}

/* Behind the '>' of the tag whose name ends at `at`; the page's end without one. */
static size_t tag_end(struct str page, size_t at)
{
    struct attr a;
    bool self = false;

    while (next_attr(page, at, &a, &self))
        at = a.next;
    return a.next < page.len ? a.next + 1 : page.len;
}

/* The address of a link in the text, and its name, are nobody's business. */
static bool is_wanted(enum element e, enum dom_key key)
{
    switch ((int)key) {
    case DOM_KEY_HREF: return e == ELEMENT_LINK;
    case DOM_KEY_TYPE: return e == ELEMENT_SCRIPT;
    case DOM_KEY_NAME:
    case DOM_KEY_PROPERTY:
    case DOM_KEY_HTTP_EQUIV: return e == ELEMENT_META;
    default: return true;
    }
}

/* The value of the attribute in the tag whose name ends at `at`, as it is written. */
static struct str value_in(struct str page, size_t at, struct str name)
{
    bool self = false;
    struct attr a;

    for (; next_attr(page, at, &a, &self); at = a.next)
        if (str_eq_fold(str_slice(page, a.start, a.name_end), name))
            return str_slice(page, a.value, a.value_end);
    return (struct str){ NULL, 0 };
}

/* Of <link> the page's own address is asked for, of <script> its JSON-LD, whose '+' may be
 * written "&#43;". */
static bool is_asked(struct str page, size_t at, enum element e)
{
    struct str value;

    if (e == ELEMENT_LINK)
        return str_find_fold(value_in(page, at, STR("rel")), STR("canonical")) !=
               STR_NPOS;
    value = value_in(page, at, STR("type"));
    return str_find_fold(value, STR("ld")) != STR_NPOS &&
           str_find_fold(value, STR("json")) != STR_NPOS;
}

/* Whether a tag inside a drawing makes HTML again, which ends the drawing or is set in it;
 * told generously, as the drawing then is kept. */
static bool leaves_drawing(struct str name)
{
    return !str_in_fold(name,
                        "path|g|use|circle|rect|line|polygon|polyline|ellipse|defs|"
                        "symbol|title|desc|text|tspan|clippath|mask|lineargradient|"
                        "stop|image|radialgradient|filter|style|metadata|pattern|"
                        "animate|animatetransform") &&
           !(name.len > 2 && str_starts_fold(name, STR("fe"))); /* filters */
}

/* Behind "</svg>" of the drawing whose content begins at `at`; 0 when it is not plain, and
 * *stop is where that showed. */
static size_t drawing_end(struct str page, size_t at, size_t *stop)
{
    uint32_t depth = 1;

    while ((at = find_char(page, at, '<')) < page.len) {
        bool closing = at + 1 < page.len && page.ptr[at + 1] == '/';
        struct str name = name_at(page, at + 1 + closing);

        if (name.len == 0 || !ascii_is_letter(*name.ptr)) {
            if (str_starts(str_after(page, at), STR("<!")))
                break;
            at++;
            continue;
        }
        at = tag_end(page, at + 1 + closing + name.len);
        if (str_eq_fold(name, STR("svg")))
            depth = closing                             ? depth - 1
                    : at > 1 && page.ptr[at - 2] == '/' ? depth
                                                        : depth + 1;
        else if (leaves_drawing(name))
            break;
        if (depth == 0)
            return at;
    }
    *stop = at;
    return 0;
}

/* A comment's end: "-->", "--!>", and at once "<!-->", "<!--->". */
static size_t comment_end(struct str page, size_t start)
{
    struct str s = str_after(page, start + 4);
    size_t at = start + 4;

    if (str_starts(s, STR(">")))
        return at + 1;
    if (str_starts(s, STR("->")))
        return at + 2;
    while ((at = find_char(page, at, '-')) < page.len) {
        s = str_after(page, at);
        if (str_starts(s, STR("-->")))
            return at + 3;
        if (str_starts(s, STR("--!>")))
            return at + 4;
        at++;
    }
    return page.len;
}

/* ---- tags ---- */

/* As it is written, without its quotes; references resolved. */
static struct str value_of(struct reader *r, const struct attr *a)
{
    struct str s = str_slice(r->page, a->value, a->value_end);

    if (s.len > 0 && (*s.ptr == '"' || *s.ptr == '\'')) {
        char quote = *s.ptr;

        s = str_after(s, 1);
        s.len -= s.len > 0 && s.ptr[s.len - 1] == quote;
    }
    return entity_text(r->tree->arena, s, true);
}

/* Reads the start tag's attributes that are asked for; gives where the tag ends, or the
 * page's end when it is cut off: browsers drop it then. */
static size_t read_attrs(struct reader *r, size_t at, struct tree_tag *tag)
{
    struct attr a;
    enum dom_key key;

    tag->attr = r->tree->attr.count;
    tag->attrs = 0;
    tag->closed = false;
    while (next_attr(r->page, at, &a, &tag->closed)) {
        at = a.next;
        if (!dom_key_of(str_slice(r->page, a.start, a.name_end), &key) ||
            !is_wanted(tag->element, key))
            continue;
        *PUSH(r->tree->arena, &r->tree->attr) =
            (struct dom_attr){ key, value_of(r, &a) };
        tag->attrs++;
    }
    return a.next < r->page.len ? a.next + 1 : r->page.len + 1;
}

static void start(struct reader *r, const struct tree_tag *tag)
{
    bool formats =
        element_is(tag->element, ELEMENT_FORMAT) && tag->element != ELEMENT_A;

    r->formats += formats;
    if (!formats && tag->element != ELEMENT_A && tag->element != ELEMENT_BR &&
        tag->element != ELEMENT_IMG && tag->element != ELEMENT_SPAN)
        r->repeats += r->formats;
    tree_start(r->tree, tag);
}

/* Behind an element whose inside is no markup. */
static size_t read_raw(struct reader *r, size_t at, const struct tree_tag *tag)
{
    size_t end = find_end_tag(r->page, at, tag->name);
    bool empty = tag->element == ELEMENT_STYLE;

    tree_raw(r->tree, tag, (uint32_t)at, (uint32_t)(empty ? at : end));
    return end < r->page.len ? tag_end(r->page, end + 2 + tag->name.len) : end;
}

/* "<style/>" in a drawing is whole; in a page the slash means nothing. */
static bool ends_itself(const struct tree *t, const struct tree_tag *tag)
{
    return tag->closed && t->open.count > 0 &&
           t->node.at[t->open.at[t->open.count - 1]].space != TREE_HTML;
}

static size_t read_script(struct reader *r, size_t at, struct tree_tag *tag)
{
    size_t begin = tag_end(r->page, at), end;

    if (begin >= r->page.len)
        return r->page.len;
    tag->closed = r->page.ptr[begin - 2] == '/';
    if (ends_itself(r->tree, tag)) {
        start(r, tag);
        return begin;
    }
    end = find_script_end(r->page, begin, tag->name);
    if (is_asked(r->page, at, ELEMENT_SCRIPT)) {
        read_attrs(r, at, tag);
        tree_raw(r->tree, tag, (uint32_t)begin, (uint32_t)end);
    }
    return end < r->page.len ? tag_end(r->page, end + 2 + tag->name.len) : end;
}

static size_t read_drawing(struct reader *r, size_t from, struct tree_tag *tag)
{
    size_t at = from + 1 + tag->name.len, end = tag_end(r->page, at);

    tag->attr = tag->attrs = 0;
    tag->closed = true;
    if (from < r->no_drawing)
        end = 0;
    else if (r->page.ptr[end - 1] == '>' && r->page.ptr[end - 2] != '/')
        end = drawing_end(r->page, end, &r->no_drawing);
    if (end == 0) {
        end = read_attrs(r, at, tag);
        if (end > r->page.len)
            return r->page.len;
    }
    tree_start(r->tree, tag);
    return end;
}

static size_t read_start_tag(struct reader *r, size_t from)
{
    struct str name = name_at(r->page, from + 1);
    struct tree_tag tag = { .element = element_of(name), .name = name };
    size_t at = from + 1 + name.len, end;

    if (tag.element == ELEMENT_SVG)
        return read_drawing(r, from, &tag);
    if (tag.element == ELEMENT_SCRIPT)
        return read_script(r, at, &tag);
    if (tag.element == ELEMENT_LINK && !is_asked(r->page, at, ELEMENT_LINK))
        return tag_end(r->page, at);
    if (element_is(tag.element, ELEMENT_FORMAT) && tag.element != ELEMENT_A &&
        r->formats >= r->most) {
        r->left_out++;
        return tag_end(r->page, at);
    }
    end = read_attrs(r, at, &tag);
    if (end > r->page.len)
        return r->page.len;
    if (element_is(tag.element, ELEMENT_RAW) && !ends_itself(r->tree, &tag))
        return read_raw(r, end, &tag);
    start(r, &tag);
    if (tag.element != ELEMENT_PLAINTEXT)
        return end;
    tree_text(r->tree, (uint32_t)end, (uint32_t)r->page.len);
    return r->page.len;
}

static size_t read_end_tag(struct reader *r, size_t from)
{
    struct str name = name_at(r->page, from + 2);
    struct tree_tag tag = { .element = element_of(name), .name = name };
    size_t end = tag_end(r->page, from + 2 + name.len);

    if (element_is(tag.element, ELEMENT_FORMAT) && tag.element != ELEMENT_A) {
        if (r->left_out > 0) {
            r->left_out--;
            return end;
        }
        r->formats -= r->formats > 0;
    }
    tree_end(r->tree, &tag);
    return end;
}

/* Behind a comment, a doctype, or "</" of no name. */
static size_t read_other(struct reader *r, size_t from)
{
    struct str s = str_after(r->page, from);
    size_t end;

    if (str_starts(s, STR("<!--")))
        return comment_end(r->page, from);
    end = find_char(r->page, from, '>');
    if (str_starts_fold(s, STR("<!doctype")))
        tree_doctype(r->tree, str_slice(r->page, from, end));
    return end + (end < r->page.len);
}

/* What the '<' there begins. */
static bool begins_tag(struct str page, size_t at)
{
    char next = at + 1 < page.len ? page.ptr[at + 1] : ' ';

    return ascii_is_letter(next) || next == '!' || next == '?' ||
           (next == '/' && at + 2 < page.len);
}

static void read_page(struct reader *r)
{
    size_t at = 0, text = 0;

    while (at < r->page.len && r->repeats <= REPEATS_LIMIT && !r->tree->full) {
        char next;

        at = find_char(r->page, at, '<');
        if (at < r->page.len && !begins_tag(r->page, at)) {
            at++;
            continue;
        }
        if (at > text)
            tree_text(r->tree, (uint32_t)text, (uint32_t)at);
        if (at >= r->page.len)
            return;
        next = r->page.ptr[at + 1];
        if (ascii_is_letter(next))
            at = read_start_tag(r, at);
        else if (next == '/' && ascii_is_letter(r->page.ptr[at + 2]))
            at = read_end_tag(r, at);
        else
            at = read_other(r, at);
        text = at;
    }
    if (text < r->page.len && r->repeats <= REPEATS_LIMIT)
        tree_text(r->tree, (uint32_t)text, (uint32_t)r->page.len);
}

void tags_read(struct arena *arena, struct str page, uint32_t tags, struct tree *t)
{
    static const uint32_t most[] = { 256, 16, 4, 0 };

    for (size_t i = 0; i < COUNT(most); i++) {
        struct reader r = { .tree = t, .page = page, .most = most[i] };

        tree_init(t, arena, page, tags);
        read_page(&r);
        if (r.repeats <= REPEATS_LIMIT)
            break;
    }
    tree_finish(t);
}
