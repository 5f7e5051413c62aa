/* Where: the story's places on a map, and in a list that says the same in words. */
#include <math.h>

#include "base/utf8.h"

#include "report/html_parts.h"
#include "report/map.h"
#include "report/place_kind.h"

#define WIDTH 760
#define LABELS 14  /* more names than these hide the land */
#define LETTER 6.6 /* pixels that a letter of a label takes, about */
#define LINE 14.0

struct box {
    double left, top, right, bottom;
};

struct drawing {
    struct map_view view;
    ARRAY(struct box) taken; /* by pins and labels */
};

static bool shaded(const struct story *story, const struct map_country *c)
{
    for (uint32_t i = 0; i < story->places.count; i++)
        if (place_is_country(&story->places.at[i], c))
            return true;
    return false;
}

static void countries(struct buf *b, const struct drawing *d, const struct story *story)
{
    struct buf path = buf_new(b->arena, SIZE_MAX);

    for (uint32_t i = 0; i < map_countries; i++) {
        buf_clear(&path);
        if (!map_path(&path, &d->view, &map_country[i]))
            continue;
        buf_printf(b, "<path%s d=\"%.*s\"/>\n",
                   shaded(story, &map_country[i]) ? " class=\"on\"" : "",
                   STR_ARG(buf_view(&path)));
    }
}

/* The step that puts about six meridians in view. */
static int32_t graticule_step(const struct map_view *view)
{
    static const int32_t steps[] = { 1, 2, 5, 10, 20 };
    double degree = map_view_point(view, 0, 1).x - map_view_point(view, 0, 0).x;
    uint32_t i = 0;

    while (i + 1 < COUNT(steps) && degree * steps[i] < view->width / 8.0)
        i++;
    return steps[i];
}

/* Parallels and meridians, so that an empty sea still has a place. */
static void graticule(struct buf *b, const struct map_view *view)
{
    int32_t step = graticule_step(view);

    RAW(b, "<path class=\"gl\" d=\"");
    for (int32_t lon = -180; lon <= 180; lon += step) {
        double x = map_view_point(view, 0, lon).x;

        if (x > 0 && x < view->width)
            buf_printf(b, "M%.0f 0v%d", x, view->height);
    }
    for (int32_t lat = -80; lat <= 80; lat += step) {
        double y = map_view_point(view, lat, 0).y;

        if (y > 0 && y < view->height)
            buf_printf(b, "M0 %.0fh%d", y, view->width);
    }
    RAW(b, "\"/>\n");
}

/* Radius in pixels of the ring that says how exactly a place is known. */
static double ring(enum place_precision p)
{
    switch (p) {
    case PLACE_DISTRICT: return 11;
    case PLACE_REGION: return 20;
    case PLACE_CITY: return 6.5;
    case PLACE_UNKNOWN:
    case PLACE_POINT:
    case PLACE_COUNTRY: break;
    }
    return 0;
}

static bool is_free(const struct drawing *d, struct box x)
{
    if (x.left < 2 || x.top < 2 || x.right > d->view.width - 2 ||
        x.bottom > d->view.height - 2)
        return false;
    for (uint32_t i = 0; i < d->taken.count; i++) {
        struct box t = d->taken.at[i];

        if (x.left < t.right && t.left < x.right && x.top < t.bottom &&
            t.top < x.bottom)
            return false;
    }
    return true;
}

/* Writes the name where it hides nothing: right of the pin, left, above or below. */
static void label(struct buf *b, struct drawing *d, const struct story_place *p,
                  struct map_point at)
{
    double width = LETTER * (double)utf8_count(p->name);
    double r = ring(p->precision), gap = r > 5 ? r + 4 : 9;
    struct box spot[] = {
        { at.x + gap, at.y - LINE / 2, at.x + gap + width, at.y + LINE / 2 },
        { at.x - gap - width, at.y - LINE / 2, at.x - gap, at.y + LINE / 2 },
        { at.x - width / 2, at.y - gap - LINE, at.x + width / 2, at.y - gap },
        { at.x - width / 2, at.y + gap, at.x + width / 2, at.y + gap + LINE },
    };
    static const char *const anchor[] = { "start", "end", "middle", "middle" };
    double x[] = { spot[0].left, spot[1].right, at.x, at.x };

    for (uint32_t i = 0; i < COUNT(spot); i++) {
        if (!is_free(d, spot[i]))
            continue;
        *PUSH(b->arena, &d->taken) = spot[i];
        buf_printf(b, "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">", x[i],
                   spot[i].bottom - 3, anchor[i]);
        html_line(b, p->name);
        RAW(b, "</text>\n");
        return;
    }
}

/* A country's largest piece of land: where it is by area, and how wide, in pixels. */
struct land {
    struct map_point middle;
    double width, area;
};

static struct land land_of(const struct map_view *view, const struct map_ring *ring)
{
    struct land l = { 0 };
    double left = 1e9, right = -1e9;
    const int16_t *degrees = map_degrees + 2 * (size_t)ring->first;
    struct map_point last;

    for (uint32_t i = 0; i <= ring->points; i++) {
        const int16_t *at = degrees + 2 * (size_t)(i < ring->points ? i : 0);
        struct map_point p = map_view_point(view, at[0] / 100.0, at[1] / 100.0);
        double cross = i > 0 ? last.x * p.y - p.x * last.y : 0;

        l.area += cross;
        l.middle.x += i > 0 ? (last.x + p.x) * cross : 0;
        l.middle.y += i > 0 ? (last.y + p.y) * cross : 0;
        left = p.x < left ? p.x : left;
        right = p.x > right ? p.x : right;
        last = p;
    }
    l.middle.x /= 3 * l.area;
    l.middle.y /= 3 * l.area;
    l.width = right - left;
    l.area = fabs(l.area);
    return l;
}

/* The name in the middle of its land, where the land is wide enough and in view. */
static void country_label(struct buf *b, struct drawing *d, const struct map_country *c)
{
    struct land most = { 0 };
    double half = LETTER * (double)utf8_count(c->name) / 2;
    struct box x;

    for (uint32_t i = 0; i < c->rings; i++) {
        struct land l = land_of(&d->view, &map_ring[c->first_ring + i]);

        if (l.area > most.area)
            most = l;
    }
    x = (struct box){ most.middle.x - half, most.middle.y - LINE / 2,
                      most.middle.x + half, most.middle.y + LINE / 2 };
    if (most.width < 1.3 * half || !is_free(d, x))
        return;
    *PUSH(b->arena, &d->taken) = x;
    buf_printf(b, "<text class=\"land\" x=\"%.0f\" y=\"%.0f\">", most.middle.x,
               x.bottom - 3);
    html_line(b, c->name);
    RAW(b, "</text>\n");
}

static void pin(struct buf *b, struct drawing *d, const struct story_place *p)
{
    struct map_point at = map_view_point(&d->view, p->lat, p->lon);
    double r = ring(p->precision);

    if (r > 0)
        buf_printf(b, "<circle class=\"ring\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>",
                   at.x, at.y, r);
    buf_printf(b, "<circle class=\"pin\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.2\"><title>",
               at.x, at.y);
    html_line(b, p->name);
    RAW(b, "</title></circle>\n");
    *PUSH(b->arena, &d->taken) = (struct box){ at.x - 5, at.y - 5, at.x + 5, at.y + 5 };
}

static void map(const struct html *h, uint32_t index, const struct story *story,
                struct map_view view)
{
    struct drawing d = { .view = view };
    struct buf *b = h->out;
    uint32_t labels = 0;

    buf_printf(
        b,
        "<svg class=\"map\" viewBox=\"0 0 %d %d\" role=\"img\" "
        "aria-labelledby=\"s%u-map-t s%u-map-d\"><title id=\"s%u-map-t\">"
        "Map of the places</title><desc id=\"s%u-map-d\">"
        "The places that have coordinates; the table beside it lists all.</desc>\n",
        d.view.width, d.view.height, index + 1, index + 1, index + 1, index + 1);
    graticule(b, &d.view);
    countries(b, &d, story);
    for (uint32_t i = 0; i < story->places.count; i++)
        if (place_pinned(&story->places.at[i]))
            pin(b, &d, &story->places.at[i]);
    for (uint32_t i = 0; i < story->places.count && labels < LABELS; i++)
        if (place_pinned(&story->places.at[i])) {
            const struct story_place *p = &story->places.at[i];

            label(b, &d, p, map_view_point(&d.view, p->lat, p->lon));
            labels++;
        }
    for (uint32_t i = 0; i < map_countries; i++)
        country_label(b, &d, &map_country[i]);
    RAW(b, "</svg>\n");
}

static void map_figure(const struct html *h, uint32_t index, const struct story *story,
                       struct map_view view)
{
    RAW(h->out, "<figure>");
    map(h, index, story, view);
    RAW(h->out,
        "<figcaption>Rings tell how exactly a place is known; countries that are "
        "named are shaded. Outlines: Natural Earth. Borders as drawn imply no "
        "opinion on the status of any territory.</figcaption></figure>\n");
}

static void place_row(struct buf *b, const struct story_place *p)
{
    RAW(b, "<tr><th scope=\"row\">");
    html_line(b, p->name);
    RAW(b, "</th><td>");
    html_line(b, p->country);
    RAW(b, "</td><td>");
    place_words(b, p);
    buf_printf(b, "</td><td class=\"num\">%u</td></tr>\n", p->mentions);
}

static void list(struct buf *b, const struct story *story)
{
    RAW(b, "<div class=\"scroll\" tabindex=\"0\"><table class=\"pt\"><thead><tr><th "
           "scope=\"col\">Place</th>"
           "<th scope=\"col\">Country</th><th scope=\"col\">Where it is</th>"
           "<th scope=\"col\" class=\"num\">Mentions</th></tr></thead>\n<tbody>\n");
    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < story->places.count; i++)
            if (place_pinned(&story->places.at[i]) == (pass == 0))
                place_row(b, &story->places.at[i]);
    RAW(b, "</tbody></table></div>\n");
}

void html_places(const struct html *h, uint32_t index)
{
    const struct story *story = &h->view->s->story.at[index];
    struct map_place *at = NEW(h->view->arena, struct map_place, story->places.count);
    uint32_t seen = 0;

    if (story->places.count == 0)
        return;
    for (uint32_t pass = 0; pass < 2 && seen == 0; pass++)
        for (uint32_t i = 0; i < story->places.count; i++)
            if (pass == 0 ? place_pinned(&story->places.at[i])
                          : story->places.at[i].located)
                at[seen++] = (struct map_place){ story->places.at[i].lat,
                                                 story->places.at[i].lon };
    html_section_open(h, index, "places", "Places");
    RAW(h->out, "<div class=\"places\">\n");
    if (seen > 0)
        map_figure(h, index, story, map_view_around(at, seen, WIDTH));
    list(h->out, story);
    RAW(h->out, "</div>\n</section>\n");
}
