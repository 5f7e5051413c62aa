#include "store/tree.h"

#include <stdlib.h>

#include "base/utf8.h"

#define DEPTH_MAX 64

struct parser {
    struct arena *arena;
    struct str line;
    size_t at;
    const char *why; /* NULL: all well */
};

static bool fail(struct parser *p, const char *why)
{
    if (!p->why)
        p->why = why;
    return false;
}

static char peek(const struct parser *p)
{
    return p->at < p->line.len ? p->line.ptr[p->at] : '\0';
}

static void skip_blanks(struct parser *p)
{
    while (p->at < p->line.len && p->line.ptr[p->at] <= ' ' &&
           memchr(" \t\r\n", p->line.ptr[p->at], 4))
        p->at++;
}

static bool take(struct parser *p, char c)
{
    skip_blanks(p);
    if (peek(p) != c)
        return false;
    p->at++;
    return true;
}

/* ---- strings ---- */

static bool hex4(struct str s, uint32_t *out)
{
    *out = 0;
    for (size_t i = 0; i < 4; i++) {
        char c = i < s.len ? ascii_lower(s.ptr[i]) : ' ';

        if (!ascii_is_digit(c) && (c < 'a' || c > 'f'))
            return false;
        *out = *out << 4 | (uint32_t)(ascii_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return true;
}

/* "00e9" or "d83d\\ude00"; how many bytes that are, 0 when they are no character. */
static size_t escaped_code(struct str s, uint32_t *code)
{
    uint32_t low;

    if (!hex4(s, code) || (*code >= 0xdc00 && *code < 0xe000))
        return 0;
    if (*code < 0xd800 || *code >= 0xe000)
        return 4;
    s = str_after(s, 4);
    if (!str_starts(s, STR("\\u")) || !hex4(str_after(s, 2), &low) || low < 0xdc00 ||
        low >= 0xe000)
        return 0;
    *code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
    return 10;
}

/* The character that stands behind a backslash; how many bytes it takes there. */
static size_t escape(struct str s, char out[4], size_t *len)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *found = s.len > 0 ? memchr(from, s.ptr[0], sizeof from - 1) : NULL;
    uint32_t code;
    size_t n;

    if (found) {
        out[0] = to[found - from];
        *len = 1;
        return 1;
    }
    if (s.len == 0 || s.ptr[0] != 'u' ||
        (n = escaped_code(str_after(s, 1), &code)) == 0)
        return 0;
    *len = utf8_encode(code, out);
    return n + 1;
}

static struct str unescaped(struct parser *p, struct str raw)
{
    char *out = NEW(p->arena, char, raw.len + 1);
    size_t len = 0;

    while (raw.len > 0) {
        const char *slash = memchr(raw.ptr, '\\', raw.len);
        size_t n = slash ? (size_t)(slash - raw.ptr) : raw.len, more;

        memcpy(out + len, raw.ptr, n);
        len += n;
        raw = str_after(raw, n);
        if (!slash)
            break;
        n = escape(str_after(raw, 1), out + len, &more);
        if (n == 0) {
            fail(p, "an escape that is none");
            break;
        }
        len += more;
        raw = str_after(raw, n + 1);
    }
    return (struct str){ out, len };
}

/* Behind the opening quote. */
static struct str string(struct parser *p, bool keep)
{
    size_t start = p->at;
    bool escapes = false;
    struct str raw;

    for (; peek(p) != '"'; p->at++) {
        if ((unsigned char)peek(p) < 0x20) { /* the end of the line, too */
            fail(p, "a string without an end");
            return (struct str){ NULL, 0 };
        }
        if (peek(p) == '\\') {
            escapes = true;
            p->at++;
        }
    }
    raw = str_slice(p->line, start, p->at++);
    if (escapes) {
        struct arena_mark mark = arena_mark(p->arena);
        struct str plain = unescaped(p, raw);

        if (keep)
            return plain;
        arena_rewind(p->arena, mark);
    }
    return raw;
}

/* ---- values ---- */

static size_t digits(struct parser *p)
{
    size_t from = p->at;

    while (ascii_is_digit(peek(p)))
        p->at++;
    return p->at - from;
}

static bool number(struct parser *p)
{
    size_t whole;
    char first;

    p->at += peek(p) == '-';
    first = peek(p);
    whole = digits(p);
    if (whole == 0 || (whole > 1 && first == '0'))
        return false;
    if (peek(p) == '.') {
        p->at++;
        if (digits(p) == 0)
            return false;
    }
    if (ascii_lower(peek(p)) != 'e')
        return true;
    p->at++;
    p->at += peek(p) == '+' || peek(p) == '-';
    return digits(p) > 0;
}

static bool literal(struct parser *p, struct node *n)
{
    static const struct {
        struct str words;
        enum node_kind kind;
    } known[] = { { STR_INIT("true"), NODE_TRUE },
                  { STR_INIT("false"), NODE_FALSE },
                  { STR_INIT("null"), NODE_NULL } };

    for (size_t i = 0; i < COUNT(known); i++)
        if (str_starts(str_after(p->line, p->at), known[i].words)) {
            p->at += known[i].words.len;
            n->kind = known[i].kind;
            return true;
        }
    return false;
}

static bool is_kept(struct str key)
{
    static const struct str over[] = {
        STR_INIT("sentences"), STR_INIT("mentions"), STR_INIT("furniture"),
        STR_INIT("times"),     STR_INIT("aliases"),  STR_INIT("trigger"),
        STR_INIT("contexts"),  STR_INIT("source"),
    };

    for (size_t i = 0; i < COUNT(over); i++)
        if (str_eq(key, over[i]))
            return false;
    return true;
}

static bool value(struct parser *p, struct node *n, bool keep, unsigned depth);

static bool member_key(struct parser *p, struct str *key)
{
    if (!take(p, '"'))
        return false;
    *key = string(p, true);
    return take(p, ':');
}

/* The children of a list or an object, up to its closing bracket. */
static bool children(struct parser *p, struct node *n, bool keep, unsigned depth)
{
    char close = n->kind == NODE_OBJECT ? '}' : ']';
    struct node **last = &n->child;

    if (take(p, close))
        return true;
    do {
        struct node passed_over = { .kind = NODE_NULL }, *child = &passed_over;
        struct str key = { NULL, 0 };

        if (close == '}' && !member_key(p, &key))
            return fail(p, "a member without a name");
        if (keep && is_kept(key)) {
            child = *last = NEW(p->arena, struct node, 1);
            child->key = key;
            last = &child->next;
        }
        if (!value(p, child, child != &passed_over, depth + 1))
            return false;
    } while (take(p, ','));
    return take(p, close) || fail(p, "a bracket that is not closed");
}

static bool nested(struct parser *p, struct node *n, bool keep, unsigned depth)
{
    n->kind = peek(p) == '{' ? NODE_OBJECT : NODE_LIST;
    p->at++;
    return depth < DEPTH_MAX ? children(p, n, keep, depth) : fail(p, "too deep");
}

static bool value(struct parser *p, struct node *n, bool keep, unsigned depth)
{
    char c;

    skip_blanks(p);
    n->start = p->at;
    c = peek(p);
    if (c == '"') {
        p->at++;
        n->kind = NODE_STRING;
        n->text = string(p, keep);
    } else if (c == '{' || c == '[') {
        nested(p, n, keep, depth);
    } else if (c == '-' || ascii_is_digit(c)) {
        n->kind = NODE_NUMBER;
        if (!number(p))
            fail(p, "a number that is none");
        n->text = str_slice(p->line, n->start, p->at);
    } else if (!literal(p, n)) {
        fail(p, "no value");
    }
    n->end = p->at;
    return !p->why;
}

const struct node *tree_read(struct arena *arena, struct str line, struct err *err)
{
    struct parser p = { .arena = arena, .line = line };
    struct node *all = NEW(arena, struct node, 1);

    p.at = utf8_valid(line);
    if (p.at < line.len) {
        fail(&p, "no UTF-8");
    } else {
        p.at = 0;
        value(&p, all, true, 0);
        skip_blanks(&p);
        if (!p.why && (p.at < line.len || all->kind != NODE_OBJECT))
            fail(&p, "not one object");
    }
    if (!p.why)
        return all;
    err_set(err, ERR_FORMAT, (int64_t)p.at, "JSON, byte %zu: %s", p.at, p.why);
    return NULL;
}

/* ---- what was read ---- */

const struct node *tree_get(const struct node *object, const char *name)
{
    struct str key = str_from(name);

    if (!object || object->kind != NODE_OBJECT)
        return NULL;
    for (const struct node *n = object->child; n; n = n->next)
        if (str_eq(n->key, key))
            return n;
    return NULL;
}

struct str tree_str(const struct node *object, const char *name)
{
    const struct node *n = tree_get(object, name);

    return n && n->kind == NODE_STRING ? n->text : (struct str){ NULL, 0 };
}

int64_t tree_i64(const struct node *n, int64_t otherwise)
{
    struct str digits = n && n->kind == NODE_NUMBER ? n->text : (struct str){ NULL, 0 };
    bool minus = str_starts(digits, STR("-"));
    uint64_t value;

    if (digits.len == 0 || !str_to_u64(str_after(digits, minus), &value) ||
        value > INT64_MAX)
        return otherwise;
    return minus ? -(int64_t)value : (int64_t)value;
}

bool tree_real(const struct node *n, double *out)
{
    char room[64], *end;

    if (!n || n->kind != NODE_NUMBER || n->text.len >= sizeof room)
        return false;
    memcpy(room, n->text.ptr, n->text.len);
    room[n->text.len] = '\0';
    *out = strtod(room, &end);
    return end != room;
}
