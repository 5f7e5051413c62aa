#include "report/map.h"

#include <math.h>

#define DEGREE (3.14159265358979323846 / 180)
#define MILLER_TOP 2.303412543376391 /* the projection of 90° N */
#define LEAST_WIDTH 40.0             /* map units: about 1,500 km in middle latitudes */
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

struct map_view map_view_world(int32_t width)
{
    double scale = width / MAP_WIDTH;

    return (struct map_view){ 0, 0, scale, width, (int32_t)lround(MAP_HEIGHT * scale) };
}

struct map_view map_view_around(const struct map_place *place, uint32_t places,
                                int32_t width)
{
    struct map_point low = { MAP_WIDTH, MAP_HEIGHT }, high = { 0, 0 };
    double wide;

    if (places == 0)
        return map_view_world(width);
    for (uint32_t i = 0; i < places; i++) {
        struct map_point p = map_project(place[i].lat, place[i].lon);

        low = (struct map_point){ fmin(low.x, p.x), fmin(low.y, p.y) };
        high = (struct map_point){ fmax(high.x, p.x), fmax(high.y, p.y) };
    }
    wide = AROUND * fmax(high.x - low.x, (high.y - low.y) * 8 / 5);
    if (wide >= MAP_WIDTH)
        return map_view_world(width);
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

/* Points that fall on the pixel before them are left out; as neighbours share their
 * border's points, they lose the same ones and no gap opens. */
static bool put_ring(struct buf *out, const struct map_view *v,
                     const struct map_ring *ring)
{
    const int16_t *d = &map_degrees[2 * (size_t)ring->first];
    struct pixel first = pixel_of(v, d), last = first;
    bool begun = false;

    for (uint32_t i = 1; i < ring->points; i++) {
        struct pixel p = pixel_of(v, d + 2 * (size_t)i);

        if (p.x == last.x && p.y == last.y)
            continue;
        if (!begun)
            buf_printf(out, "M%d %dl", first.x, first.y);
        else if (p.x >= last.x) /* else the minus sign parts the numbers */
            buf_char(out, ' ');
        begun = true;
        buf_printf(out, p.y < last.y ? "%d%d" : "%d %d", p.x - last.x, p.y - last.y);
        last = p;
    }
    if (begun)
        buf_char(out, 'z');
    return begun;
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
