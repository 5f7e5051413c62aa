#include "base/date.h"
#include "serve/visit.h"

#include <math.h>
#include <time.h>

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

int64_t now_seconds(void)
{
    return (int64_t)time(NULL);
}

static void day_words(struct markup *m, int32_t day)
{
    struct civil c = date_to_civil(day);

    markup_format(m, "%u %s %d", c.day, months[c.month - 1], c.year);
}

void say_time(struct markup *m, int64_t seconds, bool clock)
{
    int64_t day = seconds / 86400 - (seconds % 86400 < 0);
    int64_t second = seconds - day * 86400;
    struct civil c;

    if (seconds == 0)
        return;
    c = date_to_civil((int32_t)day);
    markup_open(m, "time");
    markup_attr_format(m, "datetime", "%04d-%02u-%02uT%02d:%02dZ", c.year, c.month,
                       c.day, (int)(second / 3600), (int)(second / 60 % 60));
    day_words(m, (int32_t)day);
    if (clock)
        markup_format(m, ", %02d:%02d", (int)(second / 3600), (int)(second / 60 % 60));
    markup_close(m);
}

void say_day(struct markup *m, struct str iso)
{
    struct instant t;

    if (!instant_from_iso(iso, &t) || t.precision < INSTANT_DAY) {
        markup_text(m, iso);
        return;
    }
    markup_open(m, "time");
    markup_attr(m, "datetime", iso);
    day_words(m, t.day);
    markup_close(m);
}

void say_capital(struct markup *m, struct str s)
{
    char first = s.len > 0 ? ascii_upper(s.ptr[0]) : '\0';

    if (s.len == 0)
        return;
    markup_text(m, (struct str){ &first, 1 });
    markup_text(m, str_after(s, 1));
}

void say_number(struct markup *m, int64_t n)
{
    char digits[24], words[32];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n), at = 0;

    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-')
            words[at++] = ',';
        words[at++] = digits[i];
    }
    words[at] = '\0';
    markup_text(m, str_from(words));
}

void say_interval(struct markup *m, int64_t low, int64_t high)
{
    if (low < 0 && high < 0) {
        SAY(m, "not told");
    } else if (high < 0) {
        SAY(m, "at least ");
        say_number(m, low);
    } else if (low < 0) {
        SAY(m, "up to ");
        say_number(m, high);
    } else {
        say_number(m, low);
        if (low != high) {
            SAY(m, "–");
            say_number(m, high);
        }
    }
}

void say_count(struct markup *m, int64_t n, const char *what)
{
    say_number(m, n);
    markup_format(m, " %s%s", what, n == 1 ? "" : "s");
}

void say_status(struct markup *m, struct str status)
{
    markup_open(m, "span");
    markup_attr_format(m, "class", "st %.*s", STR_ARG(status));
    markup_open(m, "svg");
    markup_attr(m, "aria-hidden", STR("true"));
    markup_open(m, "use");
    markup_attr_format(m, "href", "#g-%.*s", STR_ARG(status));
    markup_close(m);
    markup_close(m);
    markup_text(m, status);
    markup_close(m);
}

void say_origin(struct markup *m, int64_t origin)
{
    char letters[8];
    int n = (int)sizeof letters - 1;

    if (origin < 0 || origin > 100000)
        return;
    letters[n] = '\0';
    for (origin++; origin > 0 && n > 0; origin = (origin - 1) / 26)
        letters[--n] = (char)('A' + (origin - 1) % 26);
    markup_leaf(m, "span", "o", str_from(letters + n));
}

struct str outlet_of(const struct store_report *r)
{
    if (r->outlet.len > 0)
        return r->outlet;
    return r->domain.len > 0 ? r->domain : STR("no outlet named");
}

/* "examples/dam-1-wire.txt" -> "dam-1-wire.txt" */
static struct str base_name(struct str path)
{
    size_t slash;

    while ((slash = str_find_char(path, '/')) != STR_NPOS && slash + 1 < path.len)
        path = str_after(path, slash + 1);
    return path;
}

void say_outlet(struct markup *m, const struct store_report *r)
{
    if (r->outlet.len > 0 || r->domain.len > 0) {
        markup_text(m, outlet_of(r));
        return;
    }
    markup_open(m, "span");
    markup_attr(m, "class", STR("u"));
    SAY(m, "no outlet named");
    if (r->input.len > 0 && !str_eq(r->input, STR("-"))) {
        SAY(m, " (");
        markup_text(m, base_name(r->input));
        SAY(m, ")");
    }
    markup_close(m);
}

void field_hidden(struct markup *m, const char *name, struct str value)
{
    markup_open(m, "input");
    markup_attr(m, "type", STR("hidden"));
    markup_attr(m, "name", str_from(name));
    markup_attr(m, "value", value);
    markup_close(m);
}

void form_open(struct visit *v, struct markup *m, const char *action)
{
    markup_open(m, "form");
    markup_attr(m, "method", STR("post"));
    markup_attr(m, "action", str_from(action));
    field_hidden(m, "csrf", str_from(house_csrf(v->house)));
}

void say_percent(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (ascii_is_letter(s.ptr[i]) || ascii_is_digit(s.ptr[i]))
            buf_char(b, s.ptr[i]);
        else
            buf_printf(b, "%%%02X", (unsigned)(unsigned char)s.ptr[i]);
    }
}

void say_next(struct visit *v, struct markup *m, const char *next)
{
    struct buf b = buf_new(v->arena, (size_t)1 << 20);
    const struct request *r = &v->request;

    buf_str(&b, r->path);
    buf_char(&b, '?');
    for (uint32_t i = 0; i < r->arguments; i++) {
        if (str_eq(r->argument[i].name, STR("next")))
            continue;
        say_percent(&b, r->argument[i].name);
        buf_char(&b, '=');
        say_percent(&b, r->argument[i].value);
        buf_char(&b, '&');
    }
    buf_printf(&b, "next=%s", next);
    markup_open(m, "p");
    markup_attr(m, "class", STR("next"));
    markup_open(m, "a");
    markup_attr(m, "rel", STR("next"));
    markup_attr(m, "href", buf_view(&b));
    SAY(m, "Older ");
    markup_leaf(m, "span", NULL, STR("→"));
    markup_close(m);
    markup_close(m);
}

void say_older(struct visit *v, struct markup *m, int64_t next)
{
    char nr[24];

    if (next == 0)
        return;
    snprintf(nr, sizeof nr, "%lld", (long long)next);
    say_next(v, m, nr);
}

void say_heads(struct markup *m, const char *const *words, size_t count)
{
    markup_open(m, "thead");
    markup_open(m, "tr");
    for (size_t i = 0; i < count; i++) {
        markup_open(m, "th");
        markup_attr(m, "scope", STR("col"));
        markup_text(m, str_from(words[i]));
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
}

json_t *json_of(struct str s)
{
    return json_stringn(s.ptr ? s.ptr : "", s.len);
}

struct str member(const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);

    return (struct str){ json_string_value(v), json_string_length(v) };
}

int64_t member_i64(const json_t *object, const char *name, int64_t otherwise)
{
    const json_t *v = json_object_get(object, name);

    return json_is_integer(v) ? json_integer_value(v) : otherwise;
}

bool member_is(const json_t *object, const char *name, const char *value)
{
    return str_eq(member(object, name), str_from(value));
}

void link_to_span(struct markup *m, struct str report, int64_t start, int64_t end,
                  struct str text)
{
    markup_open(m, "a");
    markup_attr_format(m, "href", "/report/%.*s?start=%lld&end=%lld#claim",
                       STR_ARG(report), (long long)start, (long long)end);
    markup_text(m, text);
    markup_close(m);
}

/* ---- the spark line ---- */

#define SPARK_WIDTH 96
#define SPARK_HEIGHT 20

struct point {
    int32_t day;
    double low, high;
};

/* [["2029-10-09",9,9],["2029-10-10",31,null]] */
static uint32_t points_of(struct arena *arena, struct str steps, struct point **out)
{
    json_t *list = json_loadb(steps.ptr ? steps.ptr : "", steps.len, 0, NULL);
    uint32_t n = 0;

    *out = NEW(arena, struct point, json_array_size(list) + 1);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *step = json_array_get(list, i);
        const char *day = json_string_value(json_array_get(step, 0));
        const json_t *high = json_array_get(step, 2);
        struct instant t;

        if (!instant_from_iso(str_from(day), &t))
            continue;
        (*out)[n].day = t.day;
        (*out)[n].low = json_number_value(json_array_get(step, 1));
        (*out)[n].high =
            json_is_integer(high) ? json_number_value(high) : (*out)[n].low;
        n++;
    }
    json_decref(list);
    return n;
}

void spark(struct visit *v, struct markup *m, const struct store_story *story)
{
    struct point *p;
    uint32_t n = points_of(v->arena, story->steps, &p);
    struct buf path = buf_new(v->arena, 1 << 16);
    double top = 1;

    if (n < 2 || n > 500)
        return;
    for (uint32_t i = 0; i < n; i++)
        top = fmax(top, p[i].high);
    markup_open(m, "svg");
    markup_attr(m, "class", STR("spark"));
    markup_attr_format(m, "viewBox", "0 0 %d %d", SPARK_WIDTH, SPARK_HEIGHT);
    markup_attr(m, "aria-hidden", STR("true"));
    for (uint32_t i = 0; i < n; i++) {
        double days = p[n - 1].day - p[0].day;
        double x = 3 + (SPARK_WIDTH - 6) * (days > 0 ? (p[i].day - p[0].day) / days
                                                     : i / (double)(n - 1));
        double y1 = SPARK_HEIGHT - 2 - (SPARK_HEIGHT - 4) * p[i].high / top;
        double y2 = SPARK_HEIGHT - 2 - (SPARK_HEIGHT - 4) * p[i].low / top;

        buf_printf(&path, i ? "H%.1fV%.1f" : "M%.1f %.1f", x, y2);
        markup_open(m, "rect");
        markup_attr_format(m, "x", "%.1f", x - 1.5);
        markup_attr_format(m, "y", "%.1f", y1 - 1.5);
        markup_attr(m, "width", STR("3"));
        markup_attr_format(m, "height", "%.1f", y2 - y1 + 3);
        markup_close(m);
    }
    markup_open(m, "path");
    markup_attr(m, "d", buf_view(&path));
    markup_close(m);
    markup_close(m);
}

/* ">=26" -> "≥ 26", "~20" -> "about 20"; "dozens" stays. */
void say_op(struct markup *m, struct str op, int64_t low, int64_t high)
{
    static const struct {
        struct str sign, words;
    } signs[] = {
        { STR_INIT(">="), STR_INIT("at least ") },
        { STR_INIT("<="), STR_INIT("up to ") },
        { STR_INIT(">"), STR_INIT("more than ") },
        { STR_INIT("<"), STR_INIT("fewer than ") },
        { STR_INIT("~"), STR_INIT("about ") },
        { STR_INIT("^"), STR_INIT("nearly ") },
    };
    uint64_t n;

    for (size_t i = 0; i < COUNT(signs); i++)
        if (str_starts(op, signs[i].sign) &&
            str_to_u64(str_after(op, signs[i].sign.len), &n)) {
            markup_text(m, signs[i].words);
            say_number(m, (int64_t)n);
            return;
        }
    say_interval(m, low, high);
}

/* A table that may be wider than the window: it can be reached by the keyboard. */
void open_scroll(struct markup *m, const char *label, const char *table_class)
{
    markup_open(m, "div");
    markup_attr(m, "class", STR("scroll"));
    markup_attr(m, "tabindex", STR("0"));
    markup_attr(m, "role", STR("group")); /* no landmark: a page has many */
    markup_attr(m, "aria-label", str_from(label));
    markup_open(m, "table");
    markup_attr(m, "class", str_from(table_class));
}
