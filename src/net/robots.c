#include "net/robots.h"

#define DELAY_MOST 60000

/* The lines of a robots.txt, one rule at a time. */
struct lines {
    struct str rest;
};

struct rule {
    struct str name, value;
};

/* "Disallow: /x # why"; blank lines and others are passed over. */
static bool next_rule(struct lines *l, struct rule *out)
{
    struct str line;

    while (l->rest.ptr) {
        size_t end = 0, colon, hash;

        while (end < l->rest.len && l->rest.ptr[end] != '\n' &&
               l->rest.ptr[end] != '\r')
            end++;
        line = str_slice(l->rest, 0, end);
        l->rest =
            end < l->rest.len ? str_after(l->rest, end + 1) : (struct str){ NULL, 0 };
        hash = str_find_char(line, '#');
        if (hash != STR_NPOS)
            line = str_slice(line, 0, hash);
        colon = str_find_char(line, ':');
        if (colon == STR_NPOS)
            continue;
        out->name = str_trim(str_slice(line, 0, colon));
        out->value = str_trim(str_after(line, colon + 1));
        return true;
    }
    return false;
}

static struct lines lines_of(struct str text)
{
    if (text.len > ROBOTS_LIMIT)
        text.len = ROBOTS_LIMIT;
    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_after(text, 3);
    return (struct lines){ text.len ? text : (struct str){ NULL, 0 } };
}

/* "corrob/1.0" in a User-agent line means corrob: only the letters count. */
static bool names(struct str value, struct str robot)
{
    size_t n = 0;

    while (n < value.len && (ascii_is_letter(value.ptr[n]) || value.ptr[n] == '-' ||
                             value.ptr[n] == '_'))
        n++;
    return str_eq_fold(str_slice(value, 0, n), robot);
}

static bool is_agent(const struct rule *r)
{
    return str_eq_fold(r->name, STR("user-agent"));
}

/* Whether any group is for this very robot. */
static bool has_group(struct str text, struct str robot)
{
    struct lines l = lines_of(text);
    struct rule r;

    while (next_rule(&l, &r))
        if (is_agent(&r) && names(r.value, robot))
            return true;
    return false;
}

/* Rules of the groups that hold, one after another. */
struct group {
    struct lines lines;
    struct str robot; /* absent: the groups for "*" */
    bool in_agents;   /* the last line was a User-agent */
    bool holds;
};

static struct group group_of(struct str text, struct str robot)
{
    return (struct group){ .lines = lines_of(text),
                           .robot = has_group(text, robot) ? robot
                                                           : (struct str){ NULL, 0 } };
}

static bool next_of_group(struct group *g, struct rule *r)
{
    while (next_rule(&g->lines, r)) {
        if (is_agent(r)) {
            bool mine =
                g->robot.ptr ? names(r->value, g->robot) : str_eq(r->value, STR("*"));

            g->holds = mine || (g->in_agents && g->holds);
            g->in_agents = true;
            continue;
        }
        g->in_agents = false;
        if (g->holds)
            return true;
    }
    return false;
}

/* The bytes of s that stand for one: "%2F" or "a".  Escapes of letters, digits and the
 * like mean the same as they do bare. */
static size_t unit(struct str s, size_t at, char *out)
{
    static const char hex[] = "0123456789abcdef";
    const char *high, *low;

    *out = s.ptr[at];
    if (s.ptr[at] != '%' || at + 2 >= s.len)
        return 1;
    high = memchr(hex, ascii_lower(s.ptr[at + 1]), 16);
    low = memchr(hex, ascii_lower(s.ptr[at + 2]), 16);
    if (!high || !low)
        return 1;
    *out = (char)((high - hex) * 16 + (low - hex));
    return *out == '/' || *out == '*' || *out == '$' || *out == '%' ? 1 : 3;
}

/* Whether the pattern matches from the path's beginning.  Goes back to the last star
 * only, so the work is at most pattern times path. */
static bool matches(struct str pattern, struct str path)
{
    size_t p = 0, s = 0, star = STR_NPOS, mark = 0;

    for (;;) {
        char a, b;
        size_t m, n;

        if (p == pattern.len ||
            (p + 1 == pattern.len && pattern.ptr[p] == '$' && s == path.len))
            return true;
        if (pattern.ptr[p] == '*') {
            star = ++p;
            mark = s;
            continue;
        }
        if (s < path.len) {
            m = unit(pattern, p, &a);
            n = unit(path, s, &b);
            if (a == b) {
                p += m;
                s += n;
                continue;
            }
        }
        if (star == STR_NPOS || mark >= path.len)
            return false;
        p = star;
        s = ++mark;
    }
}

bool robots_allow(struct str text, struct str robot, struct str path)
{
    struct group g = group_of(text, robot);
    struct rule r;
    size_t best = 0;
    bool allowed = true;

    if (str_eq(path, STR("/robots.txt")))
        return true;
    while (next_of_group(&g, &r)) {
        bool allow = str_eq_fold(r.name, STR("allow"));

        if ((!allow && !str_eq_fold(r.name, STR("disallow"))) || r.value.len == 0 ||
            r.value.len < best || !matches(r.value, path))
            continue;
        allowed = allow || (r.value.len == best && allowed);
        best = r.value.len;
    }
    return allowed;
}

/* "2.5" seconds in milliseconds. */
static int64_t milliseconds(struct str s)
{
    int64_t n = 0, unit_of_digit = 1000;
    bool point = false;

    for (size_t i = 0; i < s.len && n < DELAY_MOST; i++) {
        if (s.ptr[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (!ascii_is_digit(s.ptr[i]))
            return 0;
        if (point)
            n += (s.ptr[i] - '0') * (unit_of_digit /= 10);
        else
            n = n * 10 + (s.ptr[i] - '0') * 1000;
    }
    return n < DELAY_MOST ? n : DELAY_MOST;
}

int64_t robots_delay(struct str text, struct str robot)
{
    struct group g = group_of(text, robot);
    struct rule r;
    int64_t delay = 0;

    while (next_of_group(&g, &r))
        if (str_eq_fold(r.name, STR("crawl-delay")))
            delay = milliseconds(r.value);
    return delay;
}
