/* map.h - the outline of the world's countries, to be drawn as SVG.
 *
 *     struct map_view v = map_view_around(places, n, 1000);
 *     struct map_point p = map_view_point(&v, 43.25, 76.95);      a pin
 *     for (uint32_t i = 0; i < map_countries; i++)
 *         if (map_path(&buf, &v, &map_country[i])) ...            <path d="…">
 *
 * Miller's cylindrical projection: north is up everywhere, so that a part of the map
 * looks right too, and high latitudes stay smaller than in Mercator's.  The outlines
 * are Natural Earth's at 1:50 million, made a constant table at build by tools/mapc.
 */
#ifndef CORROB_REPORT_MAP_H
#define CORROB_REPORT_MAP_H

#include "base/buf.h"
#include "base/str.h"

/* Map units: x runs 0..MAP_WIDTH from 180° W to 180° E, y downwards from 90° N. */
#define MAP_WIDTH 1000.0
#define MAP_HEIGHT 733.2

struct map_point {
    double x, y;
};

struct map_country {
    char iso3[4]; /* ISO 3166 alpha-3; "" for a land that has none */
    struct str name;
    int16_t south, west, north, east; /* hundredths of a degree */
    uint32_t first_ring, rings;
};

/* A closed line; its points are map_degrees[2 * first ..]: latitude and longitude in
 * hundredths of a degree.  Holes run the other way round; draw with fill-rule evenodd. */
struct map_ring {
    uint32_t first, points;
};

extern const struct map_country map_country[];
extern const uint32_t map_countries;
extern const struct map_ring map_ring[];
extern const int16_t map_degrees[];

/* A latitude beyond 90 and a longitude beyond 180 count as 90 and 180. */
struct map_point map_project(double lat, double lon);

/* A part of the map drawn `width` by `height` pixels large. */
struct map_view {
    double left, top, scale; /* map units, and pixels for each */
    int32_t width, height;   /* pixels */
};

struct map_place {
    double lat, lon;
};

/* The world from 84° N to 57° S: where people live. */
struct map_view map_view_world(int32_t width);
/* The view that shows all these places with some land around, never less than about
 * 1,500 km wide and in the form 8:5.  The world when there is none; as far to
 * the poles as the places need. */
struct map_view map_view_around(const struct map_place *place, uint32_t places,
                                int32_t width);
/* In pixels of the view. */
struct map_point map_view_point(const struct map_view *view, double lat, double lon);
/* Writes the outline as path data in whole pixels ("M10 20l3 4…z"); false, nothing
 * written, when no part of it may be in view or it's smaller than a pixel. */
bool map_path(struct buf *out, const struct map_view *view,
              const struct map_country *country);

#endif
