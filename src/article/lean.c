#include "article/lean.h"

#include "article/dom.h"
#include "page/tagname.h"

/* How often formatting elements may be set again in later blocks before some are left out;
 * the busiest of 1,600 news pages does it 2,000 times. */
#define REPEATS_LIMIT 100000

enum name_kind {
    OTHER,
    IN_LINE, /* sits in lines and doesn't format */
    FORMAT, /* HTML's formatting elements but <a>: set again in each block till closed */
    SCRIPT,
    STYLE,
    RAW, /* what stands in it is not markup */
    PLAINTEXT,
    SVG,
    LINK,
    META,
};

struct writer {
    struct arena *arena;
    struct str page;
    struct lean *out;
    char *bytes;
    size_t len;
    int64_t shift;    /* page offset less lean offset of the piece being written */
    uint32_t formats; /* open formatting elements */
    uint32_t most;    /* of them that may be */
    uint32_t left_out;
    uint64_t repeats;
    size_t no_drawing; /* a drawing that begins before it is not plain */
};

static enum name_kind kind_of(struct str name)
{
    switch (tag_pack(name)) {
    TAGS_FORMATTING:
        return FORMAT;
    case TAG1('a'):
    case TAG2('b', 'r'):
    case TAG3('i', 'm', 'g'):
    case TAG4('s', 'p', 'a', 'n'): return IN_LINE;
    case TAG6('s', 'c', 'r', 'i', 'p', 't'): return SCRIPT;
    case TAG5('s', 't', 'y', 'l', 'e'): return STYLE;
    case TAG3('x', 'm', 'p'):
    case TAG5('t', 'i', 't', 'l', 'e'):
    case TAG6('i', 'f', 'r', 'a', 'm', 'e'):
    case TAG7('n', 'o', 'e', 'm', 'b', 'e', 'd'):
    case TAG8('n', 'o', 'f', 'r', 'a', 'm', 'e', 's'):
    case TAG8('t', 'e', 'x', 't', 'a', 'r', 'e', 'a'): return RAW;
    case TAG8('p', 'l', 'a', 'i', 'n', 't', 'e', 'x'): return PLAINTEXT;
    case TAG3('s', 'v', 'g'): return SVG;
    case TAG4('l', 'i', 'n', 'k'): return LINK;
    case TAG4('m', 'e', 't', 'a'): return META;
    default: return OTHER;
    }
}

/* ---- writing ---- */

/* What is written next comes from byte `from` of the page. */
static void move_to(struct writer *w, size_t from)
{
    int64_t shift = (int64_t)from - (int64_t)w->len;

    if (w->out->piece.count > 0 && shift == w->shift)
        return;
    w->shift = shift;
    *PUSH(w->arena, &w->out->piece) =
        (struct lean_piece){ (uint32_t)w->len, (uint32_t)from };
}

static void put(struct writer *w, struct str s)
{
    if (s.len > 0)
        memcpy(w->bytes + w->len, s.ptr, s.len);
    w->len += s.len;
}

static void copy(struct writer *w, size_t from, size_t to)
{
    if (from == to)
        return;
    move_to(w, from);
    put(w, str_slice(w->page, from, to));
}

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

/* ---- elements ---- */

/* The address of a link in the text, and its name, are nobody's business. */
static bool is_wanted(enum name_kind kind, enum dom_key key)
{
    switch ((int)key) {
    case DOM_KEY_HREF: return kind == LINK;
    case DOM_KEY_TYPE: return kind == SCRIPT;
    case DOM_KEY_NAME:
    case DOM_KEY_PROPERTY:
    case DOM_KEY_HTTP_EQUIV: return kind == META;
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
static bool is_asked(struct str page, size_t at, enum name_kind kind)
{
    struct str value;

    if (kind == LINK)
        return str_find_fold(value_in(page, at, STR("rel")), STR("canonical")) !=
               STR_NPOS;
    value = value_in(page, at, STR("type"));
    return str_find_fold(value, STR("ld")) != STR_NPOS &&
           str_find_fold(value, STR("json")) != STR_NPOS;
}

/* The start tag with the attributes that are asked for; gives where it ends, or the page's
 * end when it is cut off, and writes nothing then: nor do browsers. */
static size_t write_tag(struct writer *w, size_t start, struct str name,
                        enum name_kind kind)
{
    size_t at = start + 1 + name.len, len = w->len;
    bool self = false;
    struct attr a;
    enum dom_key key;

    move_to(w, start);
    put(w, str_slice(w->page, start, at));
    while (next_attr(w->page, at, &a, &self)) {
        at = a.next;
        if (!dom_key_of(str_slice(w->page, a.start, a.name_end), &key) ||
            !is_wanted(kind, key))
            continue;
        put(w, STR(" "));
        put(w, str_slice(w->page, a.start, a.value_end));
    }
    if (a.next >= w->page.len) {
        w->len = len;
        return w->page.len;
    }
    put(w, self ? STR(" />") : STR(">"));
    return a.next + 1;
}

/* What parts the texts before and behind it, as what stood there did. */
static void write_comment(struct writer *w, size_t start)
{
    move_to(w, start);
    put(w, STR("<!---->"));
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

/* Behind a comment, doctype or stray "<"; what is not dropped is copied. */
static size_t write_other(struct writer *w, size_t start)
{
    struct str s = str_after(w->page, start);
    size_t end;

    if (str_starts(s, STR("<!--"))) {
        end = comment_end(w->page, start);
        if (end - start < 7) {
            copy(w, start, end);
        } else {
            write_comment(w, start);
        }
        return end;
    }
    if (s.len > 1 && (s.ptr[1] == '!' || s.ptr[1] == '?' || s.ptr[1] == '/')) {
        end = find_char(w->page, start, '>');
        end += end < w->page.len;
    } else {
        end = start + 1;
    }
    copy(w, start, end);
    return end;
}

static size_t write_end_tag(struct writer *w, size_t start)
{
    struct str name = name_at(w->page, start + 2);
    size_t end = tag_end(w->page, start + 2 + name.len);

    switch ((int)kind_of(name)) {
    case FORMAT:
        if (w->left_out > 0) {
            w->left_out--;
            return end;
        }
        w->formats -= w->formats > 0;
        break;
    case OTHER: w->repeats += w->formats; break;
    default: break;
    }
    copy(w, start, start + 2 + name.len);
    put(w, STR(">"));
    return end;
}

/* Behind an element whose inside is not markup, its end tag not included. */
static size_t write_raw(struct writer *w, size_t at, struct str name, bool keep)
{
    size_t end = find_end_tag(w->page, at, name);

    if (keep)
        copy(w, at, end);
    return end;
}

static size_t write_script(struct writer *w, size_t start, struct str name)
{
    size_t at = start + 1 + name.len;
    size_t begin = tag_end(w->page, at), end;

    if (begin >= w->page.len)
        return w->page.len;
    end = find_script_end(w->page, begin, name);
    if (is_asked(w->page, at, SCRIPT)) {
        write_tag(w, start, name, SCRIPT);
        copy(w, begin, end);
        return end;
    }
    write_comment(w, start);
    return end < w->page.len ? tag_end(w->page, end + 2 + name.len) : end;
}

static size_t write_link(struct writer *w, size_t start, struct str name)
{
    size_t at = start + 1 + name.len;

    if (is_asked(w->page, at, LINK))
        return write_tag(w, start, name, LINK);
    write_comment(w, start);
    return tag_end(w->page, at);
}

static size_t write_drawing(struct writer *w, size_t start, struct str name)
{
    size_t end = tag_end(w->page, start + 1 + name.len);

    if (start < w->no_drawing)
        end = 0;
    else if (w->page.ptr[end - 1] == '>' && w->page.ptr[end - 2] != '/')
        end = drawing_end(w->page, end, &w->no_drawing);
    if (end == 0)
        return write_tag(w, start, name, SVG);
    if (end - start >= 11) {
        move_to(w, start);
        put(w, STR("<svg></svg>"));
    }
    return end;
}

static size_t write_start_tag(struct writer *w, size_t start)
{
    struct str name = name_at(w->page, start + 1);
    enum name_kind kind = kind_of(name);
    size_t end;

    if (kind == SVG)
        return write_drawing(w, start, name);
    if (kind == SCRIPT)
        return write_script(w, start, name);
    if (kind == LINK)
        return write_link(w, start, name);
    if (kind == FORMAT && w->formats >= w->most) {
        w->left_out++;
        return tag_end(w->page, start + 1 + name.len);
    }
    w->formats += kind == FORMAT;
    w->repeats += kind == OTHER ? w->formats : 0;
    end = write_tag(w, start, name, kind);
    switch ((int)kind) {
    case STYLE: return write_raw(w, end, name, false);
    case RAW: return write_raw(w, end, name, true);
    case PLAINTEXT: copy(w, end, w->page.len); return w->page.len;
    default: return end;
    }
}

static void write_page(struct writer *w)
{
    size_t at = 0;

    while (at < w->page.len && w->repeats <= REPEATS_LIMIT) {
        size_t open = find_char(w->page, at, '<');
        char next = open + 1 < w->page.len ? w->page.ptr[open + 1] : '\0';

        copy(w, at, open);
        if (open == w->page.len)
            return;
        w->out->tags++;
        if (ascii_is_letter(next))
            at = write_start_tag(w, open);
        else if (next == '/' && open + 2 < w->page.len &&
                 ascii_is_letter(w->page.ptr[open + 2]))
            at = write_end_tag(w, open);
        else
            at = write_other(w, open);
    }
}

void lean_from_html(struct arena *arena, struct str page, struct lean *out)
{
    static const uint32_t most[] = { 256, 16, 4, 0 };
    struct writer w = { .arena = arena, .page = page, .out = out };

    /* A tag can grow by a blank before each attribute and before its end. */
    w.bytes = NEW(arena, char, page.len + page.len / 2 + 16);
    for (size_t i = 0; i < COUNT(most); i++) {
        w = (struct writer){
            .arena = arena, .page = page, .out = out, .bytes = w.bytes, .most = most[i]
        };
        *out = (struct lean){ 0 };
        write_page(&w);
        if (w.repeats <= REPEATS_LIMIT)
            break;
    }
    out->html = (struct str){ w.bytes, w.len };
    if (out->piece.count == 0)
        *PUSH(arena, &out->piece) = (struct lean_piece){ 0, 0 };
}

uint32_t lean_source(const struct lean *l, uint32_t at, uint32_t *hint)
{
    uint32_t i = *hint < l->piece.count ? *hint : 0;
    const struct lean_piece *p = l->piece.at;

    if (p[i].at > at) { /* backwards: the parser moved it */
        uint32_t low = 0, high = i;

        while (high - low > 1) {
            uint32_t middle = low + (high - low) / 2;

            if (p[middle].at <= at)
                low = middle;
            else
                high = middle;
        }
        i = low;
    }
    while (i + 1 < l->piece.count && p[i + 1].at <= at)
        i++;
    *hint = i;
    return p[i].from + (at - p[i].at);
}
