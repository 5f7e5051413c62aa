#include "base/address.h"

#include "base/buf.h"

/* Words that tell how a reader came, not what is read. */
static bool is_tracking(struct str parameter)
{
    static const struct str names[] = {
        STR_INIT("utm_"),
        STR_INIT("fbclid="),
        STR_INIT("gclid="),
        STR_INIT("cmpid="),
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_starts_fold(parameter, names[i]))
            return true;
    return false;
}

static void put_query(struct buf *b, struct str query)
{
    struct str parameter;
    char before = '?';

    while (str_split(&query, '&', &parameter)) {
        if (parameter.len == 0 || is_tracking(parameter))
            continue;
        buf_char(b, before);
        buf_str(b, parameter);
        before = '&';
    }
}

static struct str without(struct str s, const char *start)
{
    struct str head = str_from(start);

    return str_starts_fold(s, head) ? str_after(s, head.len) : s;
}

struct str address_key(struct arena *arena, struct str url)
{
    struct str rest = without(without(url, "https://"), "http://"), path, query;
    struct buf b = buf_new(arena, url.len + 16);
    size_t slash;

    if (rest.len == url.len)
        return (struct str){ NULL, 0 };
    rest = without(rest, "www.");
    str_split(&rest, '#', &path);
    query = path;
    str_split(&query, '?', &path);
    while (path.len > 0 && path.ptr[path.len - 1] == '/')
        path.len--;
    slash = str_find_char(path, '/');
    for (size_t i = 0; i < path.len; i++)
        buf_char(&b, i < slash ? ascii_lower(path.ptr[i]) : path.ptr[i]);
    put_query(&b, query);
    if (slash == STR_NPOS && buf_view(&b).len == path.len)
        return (struct str){ NULL, 0 };
    return buf_view(&b);
}
