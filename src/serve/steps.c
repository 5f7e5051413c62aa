/* How one toll moved: days across, numbers up, a line of steps for each claimant.
 *
 * A claimant has a shape and a dash of its own, and its name stands at the line's end, so
 * that nothing hangs on colour.  Claimants whose words are the same, day for day, share a
 * line.  Ranges are bars; what was superseded is hollow.  The ledger's table says the
 * same in words. */
#include <stdlib.h>

#include "base/date.h"
#include "base/utf8.h"
#include "serve/visit.h"

#define WIDTH 780
#define LEFT 56
#define RIGHT 250
#define TOP 14
#define HEIGHT 220
#define BOTTOM 24
#define LINES 6   /* that can still be told apart */
#define VOICES 64 /* claimants looked at */
#define TICKS 4
#define LABEL_HEIGHT 14
#define LABEL_POINTS 36 /* code points of a name beside its line */
#define NAMES_MAX 4096

struct dot {
    int32_t day;
    int64_t low, high;
    bool superseded, disputed, open; /* open: so many or more */
};

/* A claimant's words by day; after `share`, those of all who say the same. */
struct voice {
    struct str name;
    ARRAY(struct dot) dot;
    double label; /* where its name stands */
    bool shared;  /* it is told by the line of another */
};

struct chart {
    struct voice voice[VOICES];
    uint32_t voices, dots;
    uint32_t left_out; /* voices without a line */
    int32_t first, last;
    int64_t most, top, tick;
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

/* "the Interior Ministry" and "Interior Ministry" are one voice. */
static struct voice *voice_of(struct chart *c, struct str who)
{
    if (str_starts_fold(who, STR("the ")))
        who = str_after(who, 4);
    if (who.len == 0)
        who = STR("own voice of outlets");
    for (uint32_t i = 0; i < c->voices; i++)
        if (str_eq_fold(c->voice[i].name, who))
            return &c->voice[i];
    if (c->voices == VOICES)
        return NULL;
    c->voice[c->voices] = (struct voice){ .name = who };
    return &c->voice[c->voices++];
}

static bool same_dot(const struct dot *a, const struct dot *b)
{
    return a->day == b->day && a->low == b->low && a->high == b->high &&
           a->open == b->open;
}

static bool has_dot(const struct voice *v, const struct dot *d)
{
    for (uint32_t i = 0; i < v->dot.count; i++)
        if (same_dot(&v->dot.at[i], d))
            return true;
    return false;
}

/* A finding is a dot of everyone who is told to say so. */
static void take(struct visit *v, struct chart *c, const json_t *finding)
{
    const json_t *f = json_object_get(finding, "figure");
    const json_t *evidence = json_object_get(finding, "evidence");
    int64_t low = member_i64(f, "low", 0);
    struct dot d = { .low = low,
                     .high = member_i64(f, "high", low),
                     .superseded = member_is(finding, "status", "superseded"),
                     .disputed = member_is(finding, "status", "disputed"),
                     .open = !json_is_integer(json_object_get(f, "high")) };
    struct instant t;

    if (!instant_from_iso(member(f, "as_of"), &t) || t.precision < INSTANT_DAY)
        return;
    d.day = t.day;
    for (size_t i = 0; i < json_array_size(evidence); i++) {
        const json_t *e = json_array_get(evidence, i);
        struct voice *voice;

        if (member_is(e, "stance", "disputes"))
            continue;
        voice = voice_of(c, member(e, "claimant"));
        if (voice && !has_dot(voice, &d))
            *PUSH(v->arena, &voice->dot) = d;
    }
}

static int by_day(const void *a, const void *b)
{
    const struct dot *x = a, *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->low > y->low) - (x->low < y->low);
}

static bool same_words(const struct voice *a, const struct voice *b)
{
    if (a->dot.count != b->dot.count)
        return false;
    for (uint32_t i = 0; i < a->dot.count; i++)
        if (!same_dot(&a->dot.at[i], &b->dot.at[i]))
            return false;
    return true;
}

/* Who says the same as one before joins its line: "director, Halvery Hospital". */
static void share(struct visit *v, struct chart *c)
{
    for (uint32_t i = 0; i < c->voices; i++) {
        struct buf names = buf_new(v->arena, SIZE_MAX);

        if (c->voice[i].shared)
            continue;
        buf_str(&names, c->voice[i].name);
        for (uint32_t k = i + 1; k < c->voices; k++) {
            if (c->voice[k].shared || !same_words(&c->voice[i], &c->voice[k]))
                continue;
            c->voice[k].shared = true;
            if (names.len + c->voice[k].name.len + 2 < NAMES_MAX) {
                buf_str(&names, STR(", "));
                buf_str(&names, c->voice[k].name);
            }
        }
        c->voice[i].name = buf_view(&names);
    }
}

/* Lines that move first, then those that end highest. */
static int by_weight(const void *a, const void *b)
{
    const struct voice *x = a, *y = b;
    const struct dot *p = &x->dot.at[x->dot.count - 1];
    const struct dot *q = &y->dot.at[y->dot.count - 1];

    if (x->shared != y->shared)
        return x->shared ? 1 : -1;
    if (x->dot.count != y->dot.count)
        return x->dot.count > y->dot.count ? -1 : 1;
    if (p->low != q->low)
        return p->low > q->low ? -1 : 1;
    return str_cmp(x->name, y->name);
}

static void arrange(struct visit *v, struct chart *c)
{
    uint32_t lines = 0;

    for (uint32_t i = 0; i < c->voices; i++)
        qsort(c->voice[i].dot.at, c->voice[i].dot.count, sizeof(struct dot), by_day);
    share(v, c);
    if (c->voices > 0)
        qsort(c->voice, c->voices, sizeof *c->voice, by_weight);
    while (lines < c->voices && !c->voice[lines].shared)
        lines++;
    c->left_out = lines > LINES ? lines - LINES : 0;
    c->voices = lines > LINES ? LINES : lines;
}

/* 86 -> steps of 20, up to 100 */
static void choose_ticks(struct chart *c)
{
    int64_t step = 1;

    while (step * TICKS < c->most) {
        int64_t lead = step;

        while (lead >= 10)
            lead /= 10;
        step = lead == 2 ? step / 2 * 5 : step * 2;
    }
    c->tick = step;
    c->top = (c->most + step - 1) / step * step;
}

/* Three words over two days: less is seen at a glance in the table. */
static bool worth_drawing(struct chart *c)
{
    c->first = INT32_MAX;
    c->last = INT32_MIN;
    for (uint32_t i = 0; i < c->voices; i++)
        for (uint32_t k = 0; k < c->voice[i].dot.count; k++) {
            const struct dot *d = &c->voice[i].dot.at[k];

            c->first = d->day < c->first ? d->day : c->first;
            c->last = d->day > c->last ? d->day : c->last;
            c->most = d->high > c->most ? d->high : c->most;
            c->dots++;
        }
    if (c->dots < 3 || c->first >= c->last || c->most <= 0 || c->most > INT64_MAX / 20)
        return false;
    choose_ticks(c);
    return true;
}

static double x_of(const struct chart *c, int32_t day)
{
    return LEFT + (WIDTH - LEFT - RIGHT) * (double)(day - c->first) /
                      (double)(c->last - c->first);
}

static double y_of(const struct chart *c, int64_t n)
{
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (double)n / (double)c->top;
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
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int32_t step = (c->last - c->first) / 6 + 1;

    for (int64_t n = 0; n <= c->top; n += c->tick) {
        markup_open(m, "line");
        markup_attr(m, "class", STR("gr"));
        markup_attr_format(m, "x1", "%d", LEFT);
        markup_attr_format(m, "x2", "%d", WIDTH - RIGHT);
        markup_attr_format(m, "y1", "%.1f", y_of(c, n));
        markup_attr_format(m, "y2", "%.1f", y_of(c, n));
        markup_close(m);
        text_at(m, LEFT - 10, y_of(c, n) + 4, "end");
        say_number(m, n);
        markup_close(m);
    }
    for (int32_t day = c->first; day <= c->last; day += step) {
        struct civil d = date_to_civil(day);

        text_at(m, x_of(c, day), HEIGHT - 6, "middle");
        markup_format(m, "%u %s", d.day, months[d.month - 1]);
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
    if (d->open) { /* an arrow up */
        markup_open(m, "path");
        markup_attr(m, "class", STR("more"));
        markup_attr_format(m, "transform", "translate(%.1f %.1f)", x_of(c, d->day),
                           y_of(c, d->low));
        markup_attr(m, "d", STR("M0-5v-11m-4 5l4-5l4 5"));
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
static void line(struct visit *v, struct markup *m, const struct chart *c, uint32_t i)
{
    const struct voice *voice = &c->voice[i];
    struct buf path = buf_new(v->arena, 1 << 16);

    for (uint32_t k = 0; k < voice->dot.count && k < 500; k++) {
        const struct dot *d = &voice->dot.at[k];

        buf_printf(&path, k ? "H%.1fV%.1f" : "M%.1f %.1f", x_of(c, d->day),
                   y_of(c, d->low));
    }
    buf_printf(&path, "H%dL%d %.1f", WIDTH - RIGHT + 4, WIDTH - RIGHT + 10,
               voice->label - 4);
    markup_open(m, "path");
    markup_attr_format(m, "class", "step d%u", i);
    markup_attr(m, "d", buf_view(&path));
    markup_close(m);
    for (uint32_t k = 0; k < voice->dot.count; k++)
        dot(m, c, &voice->dot.at[k], i);
}

static int by_height(const void *a, const void *b)
{
    const struct voice *const *x = a, *const *y = b;

    return ((*x)->label > (*y)->label) - ((*x)->label < (*y)->label);
}

/* Names stand beside the ends of their lines, and not on each other. */
static void place_labels(struct chart *c)
{
    struct voice *order[LINES];
    double below = HEIGHT + LABEL_HEIGHT;

    for (uint32_t i = 0; i < c->voices; i++) {
        order[i] = &c->voice[i];
        order[i]->label = y_of(c, order[i]->dot.at[order[i]->dot.count - 1].low) + 4;
    }
    qsort(order, c->voices, sizeof *order, by_height);
    for (uint32_t i = 1; i < c->voices; i++)
        if (order[i]->label < order[i - 1]->label + LABEL_HEIGHT)
            order[i]->label = order[i - 1]->label + LABEL_HEIGHT;
    for (uint32_t i = c->voices; i-- > 0;) {
        if (order[i]->label > below - LABEL_HEIGHT)
            order[i]->label = below - LABEL_HEIGHT;
        below = order[i]->label;
    }
}

static void name_beside(struct markup *m, const struct voice *voice)
{
    size_t end = 0;

    for (int n = 0; n < LABEL_POINTS && end < voice->name.len; n++) {
        size_t len;

        utf8_decode(str_after(voice->name, end), &len);
        end += len;
    }
    text_at(m, WIDTH - RIGHT + 14, voice->label, "start");
    markup_text(m, str_slice(voice->name, 0, end));
    if (end < voice->name.len)
        SAY(m, "…");
    markup_close(m);
}

static void caption(struct markup *m, const struct chart *c, struct str measure,
                    struct str counted)
{
    markup_open(m, "figcaption");
    say_capital(m, measure);
    markup_format(m, ", %.*s: who said how many, as of which day. ", STR_ARG(counted));
    markup_open(m, "span");
    markup_attr(m, "class", STR("m"));
    SAY(m, "Bar: a range. Arrow: or more. Hollow: superseded. Ringed: disputed. ");
    if (c->left_out > 0)
        markup_format(m, "%u more %s in the table alone.", c->left_out,
                      c->left_out == 1 ? "voice stands" : "voices stand");
    else
        SAY(m, "The table tells the same.");
    markup_close(m);
    markup_close(m);
}

void ledger_steps(struct visit *v, struct markup *m, const json_t *findings,
                  struct str measure, struct str counted, uint32_t number)
{
    struct chart *c = NEW(v->arena, struct chart, 1);

    for (size_t i = 0; i < json_array_size(findings); i++)
        if (state(json_array_get(findings, i), measure, counted))
            take(v, c, json_array_get(findings, i));
    arrange(v, c);
    if (!worth_drawing(c))
        return;
    place_labels(c);
    markup_open(m, "figure");
    markup_attr(m, "class", STR("climb"));
    caption(m, c, measure, counted);
    markup_open(m, "div");
    markup_attr(m, "class", STR("scroll"));
    markup_attr(m, "tabindex", STR("0"));
    markup_attr(m, "role", STR("group"));
    markup_attr_format(m, "aria-label", "Chart %u", number + 1);
    markup_open(m, "svg");
    markup_attr_format(m, "viewBox", "0 0 %d %d", WIDTH, HEIGHT);
    markup_attr(m, "role", STR("img"));
    markup_attr_format(m, "aria-label", "Steps of %.*s, %.*s, by claimant; chart %u",
                       STR_ARG(measure), STR_ARG(counted), number + 1);
    axes(m, c);
    for (uint32_t i = 0; i < c->voices; i++)
        line(v, m, c, i);
    for (uint32_t i = 0; i < c->voices; i++)
        name_beside(m, &c->voice[i]);
    markup_close(m);
    markup_close(m);
    markup_close(m);
}
