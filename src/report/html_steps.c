#include "report/html_steps.h"

#include <stdlib.h>

#define HEIGHT 150.0 /* pixels, as in report.css */
#define ROOM 24.0    /* pixels that a number above its point needs */
#define SERIES 5     /* as many marks as there are shapes */
#define DAY_LABELS 7
#define POINTS_MIN 3

struct point {
    int32_t day;
    int64_t low, high;
    uint32_t finding, series;
    double x, y; /* percent of the drawing */
    bool old;    /* superseded */
    bool left;   /* its number stands left of it */
};

struct steps {
    struct str claimant[SERIES]; /* absent: outlets in their own voice */
    uint32_t series;
    ARRAY(struct point) point; /* by day, then upwards */
    int32_t first, last;
};

/* "the Interior Ministry" and "Interior Ministry" are one voice. */
static struct str voice(const struct finding *f)
{
    struct str who = view_claimant(f);

    return str_starts_fold(who, STR("the ")) ? str_after(who, 4) : who;
}

/* SERIES when all marks are taken. */
static uint32_t series_of(struct steps *s, struct str who)
{
    uint32_t i = 0;

    while (i < s->series && !str_eq_fold(s->claimant[i], who))
        i++;
    if (i == s->series && i < SERIES)
        s->claimant[s->series++] = who;
    return i;
}

/* Where a figure is drawn: its lower end when it has one. */
static int64_t drawn(const struct point *p)
{
    return p->low == INT64_MIN || (p->low <= 1 && p->high > p->low) ? p->high : p->low;
}

static int by_day(const void *a, const void *b)
{
    const struct point *x = a, *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (drawn(x) != drawn(y))
        return drawn(x) < drawn(y) ? -1 : 1;
    return x->finding < y->finding ? -1 : 1;
}

static void collect(struct arena *arena, const struct story *story,
                    const struct ledger_class *c, struct steps *s)
{
    for (uint32_t i = 0; i < c->rows.count; i++) {
        const struct ledger_row *row = &c->rows.at[i];
        const struct finding *f = &story->findings.at[row->finding];
        uint32_t series;

        if (f->figure.as_of == DATE_NONE || f->figure.subset)
            continue;
        series = series_of(s, voice(f));
        if (series < SERIES)
            *PUSH(arena, &s->point) = (struct point){
                .day = f->figure.as_of,
                .low = row->low,
                .high = row->high,
                .finding = row->finding,
                .series = series,
                .old = f->status == STATUS_SUPERSEDED,
            };
    }
    if (s->point.count == 0)
        return;
    qsort(s->point.at, s->point.count, sizeof *s->point.at, by_day);
    s->first = s->point.at[0].day;
    s->last = s->point.at[s->point.count - 1].day;
}

/* Whether some claimant is heard on two days, so that there is a line to draw. */
static bool moves(const struct steps *s)
{
    int32_t first[SERIES];

    for (uint32_t i = 0; i < SERIES; i++)
        first[i] = DATE_NONE;
    for (uint32_t i = 0; i < s->point.count; i++) {
        const struct point *p = &s->point.at[i];

        if (s->claimant[p->series].len == 0)
            continue;
        if (first[p->series] != DATE_NONE && first[p->series] != p->day)
            return true;
        first[p->series] = p->day;
    }
    return false;
}

/* A number stands above its point, or beside it where another point is in the way. */
static void place(struct steps *s, const struct scale *scale)
{
    for (uint32_t i = 0; i < s->point.count; i++) {
        struct point *p = &s->point.at[i];
        struct point *below = i > 0 ? p - 1 : NULL;

        p->x = 100.0 * (p->day - s->first) / (s->last - s->first);
        p->y = 100 - 100 * scale_at(scale, drawn(p));
        if (below && below->day == p->day && (below->y - p->y) / 100 * HEIGHT < ROOM)
            below->left = true;
    }
}

static void grid(struct buf *b, const struct scale *scale)
{
    for (uint32_t i = 0; i < scale->ticks; i++) {
        double y = 100 - 100 * scale_at(scale, scale->tick[i]);

        buf_printf(b,
                   "<line class=\"gr\" x2=\"100%%\" y1=\"%.2f%%\" y2=\"%.2f%%\"/>"
                   "<text class=\"y\" y=\"%.2f%%\" dx=\"-18\" dy=\"4\">",
                   y, y, y);
        phrase_count(b, scale->tick[i]);
        RAW(b, "</text>");
    }
}

static void days(struct buf *b, const struct steps *s)
{
    int32_t span = s->last - s->first, step = (span + DAY_LABELS - 1) / DAY_LABELS;

    for (int32_t day = s->first; day <= s->last; day += step) {
        buf_printf(b, "<text class=\"x\" x=\"%.2f%%\" y=\"100%%\" dy=\"20\">",
                   100.0 * (day - s->first) / span);
        phrase_day_short(b, day);
        RAW(b, "</text>");
    }
}

/* A claimant's count stands until its next: across, then up or down. */
static void line(struct buf *b, const struct steps *s, uint32_t series)
{
    const struct point *last = NULL;

    for (uint32_t i = 0; i < s->point.count; i++) {
        const struct point *p = &s->point.at[i];

        if (p->series != series)
            continue;
        if (last && last->day < p->day)
            buf_printf(b,
                       "<line class=\"s%u\" x1=\"%.2f%%\" y1=\"%.2f%%\" x2=\"%.2f%%\" "
                       "y2=\"%.2f%%\"/><line class=\"s%u\" x1=\"%.2f%%\" y1=\"%.2f%%\" "
                       "x2=\"%.2f%%\" y2=\"%.2f%%\"/>",
                       series, last->x, last->y, p->x, last->y, series, p->x, last->y,
                       p->x, p->y);
        last = p;
    }
}

static void number(struct buf *b, const struct point *p)
{
    buf_printf(b, "<text class=\"v%s\" x=\"%.2f%%\" y=\"%.2f%%\" dx=\"%d\" dy=\"%d\">",
               p->left ? " l" : "", p->x, p->y, p->left ? -9 : 0, p->left ? 4 : -9);
    phrase_count(b, drawn(p));
    if (p->high == COUNT_OPEN)
        RAW(b, "+");
    RAW(b, "</text>");
}

static void points(const struct html *h, uint32_t story, const struct steps *s)
{
    for (uint32_t i = 0; i < s->point.count; i++) {
        const struct point *p = &s->point.at[i];

        buf_printf(h->out,
                   "<a href=\"#f%u\"><use href=\"#m-%u\"%s x=\"%.2f%%\" y=\"%.2f%%\"/>",
                   view_finding(h->view, story, p->finding), p->series,
                   p->old ? " class=\"old\"" : "", p->x, p->y);
        number(h->out, p);
        RAW(h->out, "</a>");
    }
}

static void legend(struct buf *b, const struct steps *s)
{
    RAW(b, "<figcaption>Over time, by claimant: ");
    for (uint32_t i = 0; i < s->series; i++) {
        buf_printf(b,
                   "<span><svg aria-hidden=\"true\"><use href=\"#m-%u\" x=\"50%%\" "
                   "y=\"50%%\"/></svg>",
                   i);
        if (s->claimant[i].len > 0)
            html_line(b, s->claimant[i]);
        else
            RAW(b, "outlets’ own voices");
        RAW(b, "</span> ");
    }
    RAW(b, "</figcaption>");
}

void html_steps(const struct html *h, uint32_t story, const struct ledger_measure *m,
                const struct ledger_class *c, uint32_t number_of)
{
    struct steps s = { 0 };
    struct buf *b = h->out;

    collect(h->view->arena, &h->view->s->story.at[story], c, &s);
    if (s.point.count < POINTS_MIN || !moves(&s))
        return;
    place(&s, &m->scale);
    buf_printf(
        b,
        "<figure class=\"steps\"><div><svg role=\"group\" aria-labelledby=\"st%u-%u\">"
        "<title id=\"st%u-%u\">",
        story + 1, number_of, story + 1, number_of);
    buf_str(b, phrase_measure(m->measure));
    RAW(b, ", ");
    html_text(b, c->name);
    RAW(b, ": how the figures moved. The table gives the same.</title>");
    grid(b, &m->scale);
    days(b, &s);
    for (uint32_t i = 0; i < s.series; i++)
        if (s.claimant[i].len > 0)
            line(b, &s, i);
    points(h, story, &s);
    RAW(b, "</svg></div>");
    legend(b, &s);
    RAW(b, "</figure>\n");
}
