/* How one toll moved: days across, numbers up, a line of steps for each claimant.
 *
 * A claimant has a shape and a dash of its own, and its name stands at the line's end, so
 * that nothing hangs on colour.  Ranges are bars; what was superseded is hollow.  The
 * ledger's table says the same in words. */
#include <stdlib.h>

#include "base/date.h"
#include "serve/visit.h"

#define WIDTH 760
#define LEFT 56
#define RIGHT 190
#define TOP 14
#define HEIGHT 220
#define BOTTOM 24
#define CLAIMANTS 6 /* lines that can still be told apart */

struct dot {
    struct str claimant;
    int32_t day;
    int64_t low, high;
    bool superseded, disputed;
};

struct chart {
    ARRAY(struct dot) dot;
    struct str claimant[CLAIMANTS];
    uint32_t claimants;
    int32_t first, last;
    int64_t most;
};

static bool state(const json_t *finding, struct str measure, struct str counted)
{
    const json_t *f = json_object_get(finding, "figure");

    return f && str_eq(member(f, "measure"), measure) &&
           str_eq(member(f, "class"), counted) && member(f, "place").len == 0 &&
           !json_is_true(json_object_get(f, "background")) &&
           !json_is_true(json_object_get(f, "subset")) &&
           (member(f, "modality").len == 0 || member_is(f, "modality", "asserted"));
}

static uint32_t line_of(const struct chart *c, struct str claimant)
{
    uint32_t i = 0;

    while (i < c->claimants && !str_eq(c->claimant[i], claimant))
        i++;
    return i;
}

static void take(struct visit *v, struct chart *c, const json_t *finding)
{
    const json_t *f = json_object_get(finding, "figure");
    const json_t *e = json_array_get(json_object_get(finding, "evidence"), 0);
    struct str claimant = member(e, "claimant");
    int64_t low = member_i64(f, "low", 0);
    struct instant t;

    if (!instant_from_iso(member(f, "as_of"), &t) || t.precision < INSTANT_DAY)
        return;
    if (claimant.len == 0)
        claimant = STR("own voice of outlets");
    if (line_of(c, claimant) == c->claimants) {
        if (c->claimants == CLAIMANTS)
            return;
        c->claimant[c->claimants++] = claimant;
    }
    *PUSH(v->arena, &c->dot) = (struct dot){
        .claimant = claimant,
        .day = t.day,
        .low = low,
        .high = member_i64(f, "high", low),
        .superseded = member_is(finding, "status", "superseded"),
        .disputed = member_is(finding, "status", "disputed"),
    };
}

static int by_day(const void *a, const void *b)
{
    const struct dot *x = a, *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->low > y->low) - (x->low < y->low);
}

static bool worth_drawing(struct chart *c)
{
    if (c->dot.count < 2)
        return false;
    qsort(c->dot.at, c->dot.count, sizeof *c->dot.at, by_day);
    c->first = c->dot.at[0].day;
    c->last = c->dot.at[c->dot.count - 1].day;
    for (uint32_t i = 0; i < c->dot.count; i++)
        c->most = c->dot.at[i].high > c->most ? c->dot.at[i].high : c->most;
    return c->first < c->last && c->most > 0;
}

static double x_of(const struct chart *c, int32_t day)
{
    return LEFT + (WIDTH - LEFT - RIGHT) * (double)(day - c->first) /
                      (double)(c->last - c->first);
}

static double y_of(const struct chart *c, int64_t n)
{
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (double)n / (double)c->most;
}

static void text_at(struct markup *m, double x, double y, const char *anchor)
{
    markup_open(m, "text");
    markup_attr_format(m, "x", "%.1f", x);
    markup_attr_format(m, "y", "%.1f", y);
    markup_attr(m, "text-anchor", str_from(anchor));
}

static void axes(struct markup *m, const struct chart *c)
{
    int32_t step = (c->last - c->first) / 8 + 1;

    for (int i = 0; i <= 2; i++) {
        int64_t n = c->most * i / 2;

        markup_open(m, "line");
        markup_attr(m, "class", STR("gr"));
        markup_attr_format(m, "x1", "%d", LEFT);
        markup_attr_format(m, "x2", "%d", WIDTH - RIGHT);
        markup_attr_format(m, "y1", "%.1f", y_of(c, n));
        markup_attr_format(m, "y2", "%.1f", y_of(c, n));
        markup_close(m);
        text_at(m, LEFT - 8, y_of(c, n) + 4, "end");
        say_number(m, n);
        markup_close(m);
    }
    for (int32_t day = c->first; day <= c->last; day += step) {
        struct civil d = date_to_civil(day);

        text_at(m, x_of(c, day), HEIGHT - 6, "middle");
        markup_format(m, "%u/%u", d.day, d.month);
        markup_close(m);
    }
}

static void dot(struct markup *m, const struct chart *c, const struct dot *d,
                uint32_t line)
{
    static const char *const shapes[] = { "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
                                          "M-4-4h8v8h-8z",
                                          "M0-5l5 9h-10z",
                                          "M0-5l5 5l-5 5l-5-5z",
                                          "M0 5l5-9h-10z",
                                          "M-5-2h3v-3h4v3h3v4h-3v3h-4v-3h-3z" };

    if (d->high > d->low) {
        markup_open(m, "line");
        markup_attr(m, "class", STR("range"));
        markup_attr_format(m, "x1", "%.1f", x_of(c, d->day));
        markup_attr_format(m, "x2", "%.1f", x_of(c, d->day));
        markup_attr_format(m, "y1", "%.1f", y_of(c, d->low));
        markup_attr_format(m, "y2", "%.1f", y_of(c, d->high));
        markup_close(m);
    }
    markup_open(m, "path");
    markup_attr(m, "class",
                d->superseded ? STR("mk hollow")
                : d->disputed ? STR("mk rival")
                              : STR("mk"));
    markup_attr_format(m, "transform", "translate(%.1f %.1f)", x_of(c, d->day),
                       y_of(c, d->low));
    markup_attr(m, "d", str_from(shapes[line % COUNT(shapes)]));
    markup_close(m);
}

/* Its word holds until the next: a step, not a slope. */
static void line(struct visit *v, struct markup *m, const struct chart *c, uint32_t i,
                 double *label)
{
    struct buf path = buf_new(v->arena, 1 << 16);
    const struct dot *last = NULL;
    double y;

    for (uint32_t k = 0; k < c->dot.count; k++) {
        const struct dot *d = &c->dot.at[k];

        if (!str_eq(d->claimant, c->claimant[i]))
            continue;
        if (!last)
            buf_printf(&path, "M%.1f %.1f", x_of(c, d->day), y_of(c, d->low));
        else
            buf_printf(&path, "H%.1fV%.1f", x_of(c, d->day), y_of(c, d->low));
        last = d;
    }
    if (!last)
        return;
    buf_printf(&path, "H%d", WIDTH - RIGHT + 6);
    markup_open(m, "path");
    markup_attr_format(m, "class", "step d%u", i);
    markup_attr(m, "d", buf_view(&path));
    markup_close(m);
    for (uint32_t k = 0; k < c->dot.count; k++)
        if (str_eq(c->dot.at[k].claimant, c->claimant[i]))
            dot(m, c, &c->dot.at[k], i);
    y = y_of(c, last->low) + 4;
    for (uint32_t k = 0; k < i; k++)
        if (y - label[k] < 14 && label[k] - y < 14)
            y = label[k] - 14;
    label[i] = y;
    text_at(m, WIDTH - RIGHT + 12, y, "start");
    markup_text(m, c->claimant[i].len > 30 ? str_slice(c->claimant[i], 0, 30)
                                           : c->claimant[i]);
    markup_close(m);
}

void ledger_steps(struct visit *v, struct markup *m, const json_t *findings,
                  struct str measure, struct str counted, uint32_t number)
{
    struct chart c = { 0 };
    double label[CLAIMANTS] = { 0 };

    for (size_t i = 0; i < json_array_size(findings); i++)
        if (state(json_array_get(findings, i), measure, counted))
            take(v, &c, json_array_get(findings, i));
    if (!worth_drawing(&c))
        return;
    markup_open(m, "figure");
    markup_attr(m, "class", STR("steps"));
    markup_open(m, "figcaption");
    markup_format(m, "%.*s, %.*s: who said how many, as of which day. ",
                  STR_ARG(measure), STR_ARG(counted));
    markup_leaf(m, "span", "m",
                STR("Hollow: superseded. Ringed: disputed. The table tells the same."));
    markup_close(m);
    markup_open(m, "svg");
    markup_attr_format(m, "viewBox", "0 0 %d %d", WIDTH, HEIGHT);
    markup_attr(m, "role", STR("img"));
    markup_attr_format(m, "aria-label", "Steps of %.*s, %.*s, by claimant; chart %u",
                       STR_ARG(measure), STR_ARG(counted), number + 1);
    axes(m, &c);
    for (uint32_t i = 0; i < c.claimants; i++)
        line(v, m, &c, i, label);
    markup_close(m);
    markup_close(m);
}
