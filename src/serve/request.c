#include "serve/request.h"

#include "base/date.h"
#include "base/utf8.h"

static int hex(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* No control characters but the line ends and tabs of a form. */
static bool clean(struct str s, bool lines)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if ((unsigned char)c < 0x20 &&
            !(lines && (c == '\n' || c == '\r' || c == '\t')))
            return false;
        if (c == 0x7f)
            return false;
    }
    return utf8_valid(s) == s.len;
}

static bool decode(struct arena *arena, struct str s, bool form, struct str *out)
{
    char *to = NEW(arena, char, s.len + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (c == '+' && form)
            c = ' ';
        if (c == '%') {
            int high = s.len - i > 2 ? hex(s.ptr[i + 1]) : -1;
            int low = high >= 0 ? hex(s.ptr[i + 2]) : -1;

            if (low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        }
        to[n++] = c;
    }
    *out = (struct str){ to, n };
    return clean(*out, form);
}

static bool read_arguments(struct arena *arena, struct str rest, struct argument *at,
                           uint32_t *count)
{
    struct str part;

    while (str_split(&rest, '&', &part)) {
        size_t equals = str_find_char(part, '=');
        struct str value = { NULL, 0 };

        if (part.len == 0)
            continue;
        if (*count == REQUEST_ARGUMENTS)
            return false;
        if (equals != STR_NPOS) {
            value = str_after(part, equals + 1);
            part = str_slice(part, 0, equals);
        }
        if (!decode(arena, part, true, &at[*count].name) ||
            !decode(arena, value, true, &at[*count].value))
            return false;
        ++*count;
    }
    return true;
}

bool request_read(struct arena *arena, struct str uri, struct request *out)
{
    size_t mark = str_find_char(uri, '?');
    struct str query = { NULL, 0 };

    *out = (struct request){ .uri = uri };
    if (uri.len == 0 || uri.len > REQUEST_BYTES || uri.ptr[0] != '/')
        return false;
    if (mark != STR_NPOS) {
        query = str_after(uri, mark + 1);
        uri = str_slice(uri, 0, mark);
    }
    if (!decode(arena, uri, false, &out->path) ||
        !read_arguments(arena, query, out->argument, &out->arguments))
        return false;
    if (str_ends(out->path, STR(".json"))) {
        out->json = true;
        out->path.len -= sizeof ".json" - 1;
    }
    return true;
}

bool request_read_form(struct arena *arena, struct str body, struct request *out)
{
    out->post = true;
    return body.len <= REQUEST_FORM_BYTES &&
           read_arguments(arena, body, out->field, &out->fields);
}

static struct str find(const struct argument *at, uint32_t count, const char *name)
{
    for (uint32_t i = 0; i < count; i++)
        if (str_eq(at[i].name, str_from(name)))
            return at[i].value;
    return (struct str){ NULL, 0 };
}

struct str request_argument(const struct request *r, const char *name)
{
    return find(r->argument, r->arguments, name);
}

struct str request_field(const struct request *r, const char *name)
{
    return find(r->field, r->fields, name);
}

bool request_has_field(const struct request *r, const char *name)
{
    for (uint32_t i = 0; i < r->fields; i++)
        if (str_eq(r->field[i].name, str_from(name)))
            return true;
    return false;
}

int64_t request_number(const struct request *r, const char *name, int64_t otherwise)
{
    uint64_t n;

    return str_to_u64(request_argument(r, name), &n) && n <= INT64_MAX ? (int64_t)n
                                                                       : otherwise;
}

bool request_under(const struct request *r, const char *prefix, struct str *rest)
{
    struct str p = str_from(prefix);

    if (!str_starts(r->path, p))
        return false;
    *rest = str_after(r->path, p.len);
    return true;
}

int64_t request_day(const struct request *r, const char *name)
{
    struct instant t;

    if (!instant_from_iso(request_argument(r, name), &t) || t.precision < INSTANT_DAY)
        return 0;
    t.second = 0;
    t.precision = INSTANT_DAY;
    return instant_seconds(t);
}
