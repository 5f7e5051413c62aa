#include "article/jsonld.h"

#include "base/buf.h"
#include "base/utf8.h"

#define DEPTH 48

static const struct reference {
    struct str name;
    uint32_t code;
} references[] = {
    { STR_INIT("amp"), '&' },       { STR_INIT("lt"), '<' },
    { STR_INIT("gt"), '>' },        { STR_INIT("quot"), '"' },
    { STR_INIT("apos"), '\'' },     { STR_INIT("nbsp"), ' ' },
    { STR_INIT("rsquo"), 0x2019 },  { STR_INIT("lsquo"), 0x2018 },
    { STR_INIT("rdquo"), 0x201d },  { STR_INIT("ldquo"), 0x201c },
    { STR_INIT("ndash"), 0x2013 },  { STR_INIT("mdash"), 0x2014 },
    { STR_INIT("hellip"), 0x2026 }, { STR_INIT("eacute"), 0xe9 },
    { STR_INIT("egrave"), 0xe8 },   { STR_INIT("auml"), 0xe4 },
    { STR_INIT("ouml"), 0xf6 },     { STR_INIT("uuml"), 0xfc },
    { STR_INIT("Auml"), 0xc4 },     { STR_INIT("Ouml"), 0xd6 },
    { STR_INIT("Uuml"), 0xdc },     { STR_INIT("szlig"), 0xdf },
    { STR_INIT("agrave"), 0xe0 },   { STR_INIT("ccedil"), 0xe7 },
    { STR_INIT("aacute"), 0xe1 },   { STR_INIT("iacute"), 0xed },
    { STR_INIT("oacute"), 0xf3 },   { STR_INIT("uacute"), 0xfa },
    { STR_INIT("ntilde"), 0xf1 },   { STR_INIT("laquo"), 0xab },
    { STR_INIT("raquo"), 0xbb },
};

/* "#39;..." or "amp;..." behind an ampersand: its code point, *len with the semicolon; 0
 * when it is none. */
static uint32_t reference(struct str s, size_t *len)
{
    size_t end = str_find_char(str_slice(s, 0, s.len < 12 ? s.len : 12), ';');
    struct str name;
    uint32_t code = 0;

    if (end == STR_NPOS || end < 2)
        return 0;
    *len = end + 1;
    name = str_slice(s, 0, end);
    if (*name.ptr != '#') {
        for (size_t i = 0; i < COUNT(references); i++)
            if (str_eq(name, references[i].name))
                return references[i].code;
        return 0;
    }
    for (size_t i = 1, hex = name.ptr[1] == 'x' || name.ptr[1] == 'X'; i < end; i++) {
        char c = ascii_lower(name.ptr[i]);

        if (hex && i == 1)
            continue;
        if (ascii_is_digit(c))
            code = code * (hex ? 16 : 10) + (uint32_t)(c - '0');
        else if (hex && c >= 'a' && c <= 'f')
            code = code * 16 + (uint32_t)(c - 'a' + 10);
        else
            return 0;
        if (code > 0x10ffff)
            return 0;
    }
    return code;
}

static size_t tag_len(struct str s)
{
    size_t end;

    if (s.len < 3 || (!ascii_is_letter(s.ptr[1]) && s.ptr[1] != '/'))
        return 0;
    end = str_find_char(str_slice(s, 0, s.len < 200 ? s.len : 200), '>');
    return end == STR_NPOS ? 0 : end + 1;
}

struct str ld_plain(struct arena *arena, struct str s)
{
    struct buf b;
    size_t len;

    if (str_find_char(s, '&') == STR_NPOS && str_find_char(s, '<') == STR_NPOS &&
        str_find_char(s, '\n') == STR_NPOS && str_find(s, STR("  ")) == STR_NPOS &&
        str_find(s, STR("\xc2\xa0")) == STR_NPOS)
        return str_trim(s);
    b = buf_new(arena, SIZE_MAX / 16);
    while (s.len > 0) {
        uint32_t code = 0;

        len = 1;
        if (*s.ptr == '&' && (code = reference(str_after(s, 1), &len)) != 0)
            len++;
        else if (*s.ptr == '<' && tag_len(s) > 0)
            len = tag_len(s), code = ' ';
        else
            code = utf8_decode(s, &len);
        if (code == ' ' || code == '\n' || code == '\t' || code == '\r' ||
            code == 0xa0) {
            if (b.len > 0 && b.ptr[b.len - 1] != ' ')
                buf_char(&b, ' ');
        } else if (code != 0) {
            buf_code(&b, code);
        }
        s = str_after(s, len);
    }
    return str_trim(buf_view(&b));
}

/* ---- the lenient reader ---- */

struct reader {
    struct arena *arena;
    struct ld *ld;
    struct str rest;
    uint32_t open[DEPTH];
    uint32_t depth;
};

static uint32_t hex4(struct str s)
{
    uint32_t code = 0;

    for (size_t i = 0; i < 4; i++) {
        char c = i < s.len ? ascii_lower(s.ptr[i]) : 'g';

        if (ascii_is_digit(c))
            code = code * 16 + (uint32_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            code = code * 16 + (uint32_t)(c - 'a' + 10);
        else
            return 0xfffd;
    }
    return code;
}

/* "\\u00e9", also a pair of surrogates; *s stands behind the backslash. */
static void add_escape(struct buf *b, struct str *s)
{
    char c = *s->ptr;
    uint32_t code;

    *s = str_after(*s, 1);
    if (c != 'u') {
        buf_char(b, c == 'n' || c == 't' || c == 'r' || c == 'b' || c == 'f'
                        ? (c == 'n' ? '\n' : ' ')
                        : c);
        return;
    }
    code = hex4(*s);
    *s = str_after(*s, s->len < 4 ? s->len : 4);
    if (code >= 0xd800 && code < 0xdc00 && str_starts(*s, STR("\\u"))) {
        uint32_t low = hex4(str_after(*s, 2));

        if (low >= 0xdc00 && low < 0xe000) {
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            *s = str_after(*s, s->len < 6 ? s->len : 6);
        }
    }
    if (code != 0)
        buf_code(b, code);
}

/* Behind the opening quote: the string up to its end, line ends and all. */
static struct str take_string(struct reader *r)
{
    struct buf b;
    size_t n = 0;

    while (n < r->rest.len && r->rest.ptr[n] != '"' && r->rest.ptr[n] != '\\')
        n++;
    if (n < r->rest.len && r->rest.ptr[n] == '"') {
        struct str s = str_slice(r->rest, 0, n);

        r->rest = str_after(r->rest, n + 1);
        return s;
    }
    b = buf_new(r->arena, SIZE_MAX / 16);
    while (r->rest.len > 0) {
        char c = *r->rest.ptr;

        r->rest = str_after(r->rest, 1);
        if (c == '"')
            break;
        if (c == '\\' && r->rest.len > 0)
            add_escape(&b, &r->rest);
        else
            buf_char(&b, c);
    }
    return buf_view(&b);
}

static void skip_blanks(struct reader *r)
{
    r->rest = str_trim(r->rest);
    while (str_starts(r->rest, STR("/*"))) {
        size_t end = str_find(r->rest, STR("*/"));

        r->rest = str_trim(str_after(r->rest, end == STR_NPOS ? r->rest.len : end + 2));
    }
}

static struct ld_node *add_node(struct reader *r, enum ld_type type, struct str key)
{
    struct ld_node *n = PUSH(r->arena, &r->ld->node);

    n->type = type;
    n->key = key;
    n->end = r->ld->node.count;
    return n;
}

static void close_one(struct reader *r)
{
    r->depth--;
    r->ld->node.at[r->open[r->depth]].end = r->ld->node.count;
}

static struct str take_word(struct reader *r)
{
    size_t n = 0;
    struct str word;

    while (n < r->rest.len && !ascii_is_space(r->rest.ptr[n]) &&
           !strchr(",]}\"", r->rest.ptr[n]))
        n++;
    word = str_slice(r->rest, 0, n);
    r->rest = str_after(r->rest, n > 0 ? n : 1);
    return word;
}

/* A value begins here.  False when it nests too deep. */
static bool take_value(struct reader *r, struct str key)
{
    char c = *r->rest.ptr;

    if (c == '{' || c == '[') {
        if (r->depth == DEPTH)
            return false;
        r->rest = str_after(r->rest, 1);
        add_node(r, c == '{' ? LD_OBJECT : LD_ARRAY, key);
        r->open[r->depth++] = r->ld->node.count - 1;
    } else if (c == '"') {
        struct str value;

        r->rest = str_after(r->rest, 1);
        value = take_string(r);
        add_node(r, LD_STRING, key)->value = value;
    } else {
        struct str word = take_word(r);

        add_node(r, LD_WORD, key)->value = word;
    }
    return true;
}

static bool in_object(const struct reader *r)
{
    return r->depth > 0 && r->ld->node.at[r->open[r->depth - 1]].type == LD_OBJECT;
}

/* One step: a closing bracket, a comma, a member or an element. */
static bool step(struct reader *r)
{
    struct str key = { NULL, 0 };
    char c = *r->rest.ptr;

    if (c == '}' || c == ']') {
        r->rest = str_after(r->rest, 1);
        if (r->depth == 0)
            return false;
        close_one(r);
        return true;
    }
    if (c == ',' || c == ';' || c == ':') {
        r->rest = str_after(r->rest, 1);
        return true;
    }
    if (in_object(r)) {
        if (c != '"') {
            take_word(r);
            return true;
        }
        r->rest = str_after(r->rest, 1);
        key = take_string(r);
        skip_blanks(r);
        if (r->rest.len == 0 || *r->rest.ptr != ':')
            return true;
        r->rest = str_after(r->rest, 1);
        skip_blanks(r);
        if (r->rest.len == 0)
            return false;
    }
    return take_value(r, key);
}

void ld_add(struct arena *arena, struct str script, struct ld *ld)
{
    struct reader r = { .arena = arena, .ld = ld, .rest = script };
    size_t start = 0;

    while (start < script.len && script.ptr[start] != '{' && script.ptr[start] != '[')
        start++;
    r.rest = str_after(script, start);
    for (skip_blanks(&r); r.rest.len > 0; skip_blanks(&r))
        if (!step(&r))
            break;
    while (r.depth > 0)
        close_one(&r);
}

/* ---- questions ---- */

uint32_t ld_get(const struct ld *ld, uint32_t object, const char *key)
{
    struct str name = str_from(key);

    if (object == LD_NONE || ld->node.at[object].type != LD_OBJECT)
        return LD_NONE;
    for (uint32_t i = object + 1; i < ld->node.at[object].end; i = ld->node.at[i].end)
        if (str_eq(ld->node.at[i].key, name))
            return i;
    return LD_NONE;
}

struct str ld_string(const struct ld *ld, uint32_t object, const char *key)
{
    uint32_t n = ld_get(ld, object, key);

    for (int hops = 0; n != LD_NONE && hops < 4; hops++) {
        const struct ld_node *node = &ld->node.at[n];

        if (node->type == LD_STRING || node->type == LD_WORD)
            return node->value;
        if (node->type == LD_ARRAY) {
            n = node->end > n + 1 ? n + 1 : LD_NONE;
        } else {
            uint32_t name = ld_get(ld, n, "name");

            n = name != LD_NONE ? name : ld_get(ld, n, "@id");
        }
    }
    return (struct str){ NULL, 0 };
}

bool ld_is(const struct ld *ld, uint32_t object, const char *type)
{
    uint32_t n = ld_get(ld, object, "@type");
    struct str name = str_from(type);

    if (n == LD_NONE)
        return false;
    for (uint32_t i = n; i < ld->node.at[n].end; i++) {
        struct str value = ld->node.at[i].value;

        if (str_eq(value, name) ||
            (str_ends(value, name) && value.ptr[value.len - name.len - 1] == '/'))
            return true;
    }
    return false;
}

/* Whether an object is an article of some kind. */
static bool ld_is_article(const struct ld *ld, uint32_t object)
{
    uint32_t n = ld_get(ld, object, "@type");

    if (n == LD_NONE)
        return false;
    for (uint32_t i = n; i < ld->node.at[n].end; i++) {
        struct str v = ld->node.at[i].value;

        if (str_ends(v, STR("Article")) || str_ends(v, STR("BlogPosting")) ||
            str_eq(v, STR("Report")) || str_eq(v, STR("SocialMediaPosting")) ||
            str_eq(v, STR("NewsArticle ")) || str_eq(v, STR("Review")))
            return true;
    }
    return false;
}

uint32_t ld_resolve(const struct ld *ld, uint32_t object)
{
    struct str id = ld_string(ld, object, "@id");

    if (object == LD_NONE || id.len == 0 || ld->node.at[object].end > object + 2)
        return object;
    for (uint32_t i = 0; i < ld->node.count; i++)
        if (ld->node.at[i].type == LD_OBJECT && ld->node.at[i].end > i + 2 &&
            str_eq(ld_string(ld, i, "@id"), id))
            return i;
    return object;
}

/* How well an article object fits the page; 0: it is none. */
static int fit(const struct ld *ld, uint32_t i, struct str url, struct str title)
{
    struct str own = ld_string(ld, i, "url"),
               page = ld_string(ld, i, "mainEntityOfPage");
    struct str headline = ld_string(ld, i, "headline");
    int score = 1;

    if (!ld_is_article(ld, i))
        return 0;
    score += headline.len > 0 ? 2 : 0;
    score += ld_get(ld, i, "datePublished") != LD_NONE ? 2 : 0;
    if (url.len > 0 && (str_eq(own, url) || str_eq(page, url)))
        score += 4;
    if (title.len > 0 && headline.len > 0 &&
        (str_find(title, headline) != STR_NPOS ||
         str_find(headline, title) != STR_NPOS))
        score += 6;
    return score;
}

uint32_t ld_article(const struct ld *ld, struct str url, struct str title)
{
    uint32_t best = LD_NONE;
    int most = 0;

    for (uint32_t i = 0; i < ld->node.count; i++) {
        int score = ld->node.at[i].type == LD_OBJECT ? fit(ld, i, url, title) : 0;

        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}
