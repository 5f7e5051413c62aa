#include "report/map.h"

#include <math.h>

#define DEGREE (3.14159265358979323846 / 180)
#define MILLER_TOP 2.303412543376391 /* the projection of 90° N */
#define LEAST_WIDTH 40.0             /* map units: about 1,500 km in middle latitudes */
#define EDGE 12.0                    /* map units between a place and the view's edge */
#define AROUND 1.5                   /* how much wider than the places a view is */

static double within(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

struct map_point map_project(double lat, double lon)
{
    double units = MAP_WIDTH / (360 * DEGREE);
    double phi = within(lat, -90, 90) * DEGREE;
    double y = 1.25 * asinh(tan(0.8 * phi));

    return (struct map_point){ (within(lon, -180, 180) + 180) * DEGREE * units,
                               (MILLER_TOP - y) * units };
}

/* Where people live, from 84° N to 57° S; further to the poles only as far as a place
 * needs. */
static struct map_view world_with(double top, double bottom, int32_t width)
{
    double scale = width / MAP_WIDTH;

    top = within(fmin(map_project(84, 0).y, top - EDGE), 0, MAP_HEIGHT);
    bottom = within(fmax(map_project(-57, 0).y, bottom + EDGE), 0, MAP_HEIGHT);
    return (struct map_view){ 0, top, scale, width,
                              (int32_t)lround((bottom - top) * scale) };
}

struct map_view map_view_world(int32_t width)
{
    return world_with(MAP_HEIGHT, 0, width);
}

struct map_view map_view_around(const struct map_place *place, uint32_t places,
                                int32_t width)
{
    struct map_point low = { MAP_WIDTH, MAP_HEIGHT }, high = { 0, 0 };
    double wide;

    for (uint32_t i = 0; i < places; i++) {
        struct map_point p = map_project(place[i].lat, place[i].lon);

        low = (struct map_point){ fmin(low.x, p.x), fmin(low.y, p.y) };
        high = (struct map_point){ fmax(high.x, p.x), fmax(high.y, p.y) };
    }
    wide = AROUND * fmax(high.x - low.x, (high.y - low.y) * 8 / 5);
    if (places == 0 || wide >= MAP_WIDTH)
        return world_with(low.y, high.y, width);
    wide = fmax(wide, LEAST_WIDTH);
    return (struct map_view){ within((low.x + high.x - wide) / 2, 0, MAP_WIDTH - wide),
                              within((low.y + high.y - wide * 5 / 8) / 2, 0,
                                     MAP_HEIGHT - wide * 5 / 8),
                              width / wide, width, width * 5 / 8 };
}

struct map_point map_view_point(const struct map_view *view, double lat, double lon)
{
    struct map_point p = map_project(lat, lon);

    return (struct map_point){ (p.x - view->left) * view->scale,
                               (p.y - view->top) * view->scale };
}

struct pixel {
    int32_t x, y;
};

/* Points far outside are drawn in to a frame around the view: the lines that can be
 * seen stay the same and the numbers short. */
static struct pixel pixel_of(const struct map_view *v, const int16_t *degrees)
{
    struct map_point p = map_view_point(v, degrees[0] / 100.0, degrees[1] / 100.0);

    return (struct pixel){
        (int32_t)lround(within(p.x, -v->width, 2.0 * v->width)),
        (int32_t)lround(within(p.y, -v->height, 2.0 * v->height)),
    };
}

/* Pixels around the view in which lines are kept whole: their stroke reaches in. */
#define MARGIN 3

/* On which sides of the view a point lies outside: left 1, right 2, above 4, below 8. */
static uint32_t outside(const struct map_view *v, struct pixel p)
{
    return (p.x < -MARGIN ? 1U : 0U) | (p.x > v->width + MARGIN ? 2U : 0U) |
           (p.y < -MARGIN ? 4U : 0U) | (p.y > v->height + MARGIN ? 8U : 0U);
}

/* The line so far: the point written last and the one that waits to be written. */
struct pen {
    struct pixel last, next;
    bool begun;
};

static void put_point(struct buf *out, struct pen *pen)
{
    struct pixel p = pen->next;

    if (p.x == pen->last.x && p.y == pen->last.y)
        return;
    if (!pen->begun)
        buf_printf(out, "M%d %dl", pen->last.x, pen->last.y);
    else if (p.x >= pen->last.x) /* else the minus sign parts the numbers */
        buf_char(out, ' ');
    pen->begun = true;
    buf_printf(out, p.y < pen->last.y ? "%d%d" : "%d %d", p.x - pen->last.x,
               p.y - pen->last.y);
    pen->last = p;
}

/* Points that fall on the pixel before them are left out; as neighbours share their
 * border's points, they lose the same ones and no gap opens.  Of points that lie beyond
 * the same side of the view only the ends are kept: the coast between isn't seen. */
static bool put_ring(struct buf *out, const struct map_view *v,
                     const struct map_ring *ring)
{
    const int16_t *d = &map_degrees[2 * (size_t)ring->first];
    struct pixel first = pixel_of(v, d);
    struct pen pen = { .last = first, .next = first };
    uint32_t always = outside(v, first);

    for (uint32_t i = 1; i < ring->points; i++)
        always &= outside(v, pixel_of(v, d + 2 * (size_t)i));
    if (always)
        return false;
    for (uint32_t i = 1; i < ring->points; i++) {
        struct pixel p = pixel_of(v, d + 2 * (size_t)i);

        if (!(outside(v, pen.last) & outside(v, pen.next) & outside(v, p)))
            put_point(out, &pen);
        pen.next = p;
    }
    put_point(out, &pen);
    if (pen.begun)
        buf_char(out, 'z');
    return pen.begun;
}

bool map_path(struct buf *out, const struct map_view *view,
              const struct map_country *country)
{
    struct map_point low = map_view_point(view, country->north / 100.0,
                                          country->west / 100.0),
                     high = map_view_point(view, country->south / 100.0,
                                           country->east / 100.0);
    bool drawn = false;

    if (high.x < 0 || high.y < 0 || low.x > view->width || low.y > view->height)
        return false;
    for (uint32_t i = 0; i < country->rings; i++)
        drawn |= put_ring(out, view, &map_ring[country->first_ring + i]);
    return drawn;
}
