/* mapc - makes the outlines of the world's countries a constant table.
 *
 *     mapc countries-50m.json countries.tsv OUT.c
 *
 * The input is TopoJSON as npm's world-atlas has it: borders are arcs of delta-coded
 * points that neighbours share.  The table holds each country's rings in hundredths of
 * a degree (1.1 km); an ISO 3166 numeric code becomes alpha-3 by countries.tsv.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/io.h"
#include "base/str.h"

#define FILE_LIMIT ((size_t)64 << 20)
#define COLUMNS 7

struct point {
    int16_t lat, lon;
};

struct maker {
    struct arena *arena;
    json_t *arcs;
    double scale[2], move[2];
    struct str codes; /* countries.tsv */
    ARRAY(struct point) point;
    ARRAY(uint32_t) ring; /* the first point of each */
    FILE *out;
};

static _Noreturn void fail(const char *what, const char *about)
{
    fprintf(stderr, "mapc: %s: %s\n", what, about);
    exit(1);
}

static int16_t hundredths(double degrees)
{
    return (int16_t)lround(degrees * 100);
}

static void put(struct maker *m, struct point p)
{
    uint32_t n = m->point.count;

    if (n > m->ring.at[m->ring.count - 1] &&
        memcmp(&m->point.at[n - 1], &p, sizeof p) == 0)
        return;
    *PUSH(m->arena, &m->point) = p;
}

static void put_point(struct maker *m, double x, double y)
{
    put(m, (struct point){ hundredths(y * m->scale[1] + m->move[1]),
                           hundredths(x * m->scale[0] + m->move[0]) });
}

/* ---- rings across 180 degrees: Chukotka, Fiji, Antarctica ---- */

#define HALF 18000 /* hundredths of a degree */

/* A ring whose longitudes go on beyond 180 instead of jumping to -180. */
struct whole_ring {
    int32_t lon, low, high; /* of the point told last, of all */
    uint32_t points;
    int32_t *at; /* pairs: latitude, longitude */
};

static void tell_point(struct whole_ring *w, int32_t lat, int32_t lon)
{
    w->low = lon < w->low ? lon : w->low;
    w->high = lon > w->high ? lon : w->high;
    w->at[2 * w->points] = lat;
    w->at[2 * w->points + 1] = lon;
    w->lon = lon;
    w->points++;
}

static struct whole_ring unwrap(struct maker *m, uint32_t start)
{
    uint32_t n = m->point.count - start;
    const struct point *p = &m->point.at[start];
    struct whole_ring w = { p->lon, p->lon, p->lon, 0,
                            NEW(m->arena, int32_t, 2 * (n + 2)) };

    for (uint32_t i = 0; i < n; i++) {
        int32_t lon = p[i].lon;

        while (lon - w.lon > HALF)
            lon -= 2 * HALF;
        while (w.lon - lon > HALF)
            lon += 2 * HALF;
        tell_point(&w, p[i].lat, lon);
    }
    if (w.lon - p->lon > HALF || p->lon - w.lon > HALF) { /* all around the pole */
        tell_point(&w, p->lat < 0 ? -9000 : 9000, w.lon);
        tell_point(&w, p->lat < 0 ? -9000 : 9000, p->lon);
    }
    return w;
}

static int32_t held(int32_t lon)
{
    return lon < -HALF ? -HALF : lon > HALF ? HALF : lon;
}

/* Of a run of points beyond the edge only the ends are kept: the line from exit to entry
 * is the edge itself, not a tour along it. */
static void put_part(struct maker *m, const struct whole_ring *w, int32_t shift)
{
    *PUSH(m->arena, &m->ring) = m->point.count;
    for (uint32_t i = 0; i < w->points; i++) {
        int32_t lon = w->at[2 * i + 1] + shift;
        int32_t last = w->at[2 * (i > 0 ? i - 1 : 0) + 1] + shift;
        int32_t next = w->at[2 * (i + 1 < w->points ? i + 1 : i) + 1] + shift;

        if ((lon > HALF && last > HALF && next > HALF) ||
            (lon < -HALF && last < -HALF && next < -HALF))
            continue;
        put(m, (struct point){ (int16_t)w->at[2 * i], (int16_t)held(lon) });
    }
}

/* Makes the last ring two when it crosses 180 degrees, each held to its side: drawn as it
 * comes it is a band through the whole map. */
static void cut_ring(struct maker *m)
{
    uint32_t start = m->ring.at[m->ring.count - 1];
    struct whole_ring w = unwrap(m, start);

    if (w.low >= -HALF && w.high <= HALF && w.points == m->point.count - start)
        return; /* and not all around the pole, which adds points */
    m->ring.count--;
    m->point.count = start;
    for (int32_t shift = -2 * HALF; shift <= 2 * HALF; shift += 2 * HALF)
        if (w.low + shift < HALF && w.high + shift > -HALF)
            put_part(m, &w, shift);
}

/* Arc i forwards, or arc ~i backwards when i is negative. */
static void put_arc(struct maker *m, json_int_t i)
{
    json_t *arc = json_array_get(m->arcs, (size_t)(i < 0 ? ~i : i)), *step;
    size_t n = json_array_size(arc), k;
    double *at = NEW(m->arena, double, 2 * n + 2), x = 0, y = 0;

    json_array_foreach(arc, k, step)
    {
        x += json_number_value(json_array_get(step, 0));
        y += json_number_value(json_array_get(step, 1));
        at[2 * k] = x;
        at[2 * k + 1] = y;
    }
    for (k = 0; k < n; k++) {
        size_t from = i < 0 ? n - 1 - k : k;

        put_point(m, at[2 * from], at[2 * from + 1]);
    }
}

/* Along the pole and back: a line on a flat map. */
static bool is_pole(const struct maker *m)
{
    for (uint32_t i = m->ring.at[m->ring.count - 1]; i < m->point.count; i++)
        if (m->point.at[i].lat != -9000 && m->point.at[i].lat != 9000)
            return false;
    return true;
}

static void put_polygon(struct maker *m, json_t *polygon)
{
    json_t *ring, *arc;
    size_t i, k;

    json_array_foreach(polygon, i, ring)
    {
        *PUSH(m->arena, &m->ring) = m->point.count;
        json_array_foreach(ring, k, arc) put_arc(m, json_integer_value(arc));
        if (m->point.count - m->ring.at[m->ring.count - 1] < 3 || is_pole(m))
            m->point.count = m->ring.at[--m->ring.count]; /* or an islet of one point */
        else
            cut_ring(m);
    }
}

/* "398" -> "KAZ"; "Kosovo", which has no number, by its name; "" when neither helps. */
static struct str code_of(const struct maker *m, struct str number, struct str name)
{
    struct str rest = m->codes, line, field[COLUMNS];

    while (str_split(&rest, '\n', &line)) {
        uint32_t n = 0;

        while (n < COLUMNS && str_split(&line, '\t', &field[n]))
            n++;
        if (n == COLUMNS && field[1].len == 3 &&
            (str_eq(field[2], number) || str_eq(field[4], name)))
            return field[1];
    }
    return STR("");
}

static void put_country(struct maker *m, json_t *country)
{
    const char *number = json_string_value(json_object_get(country, "id"));
    const char *name = json_string_value(
        json_object_get(json_object_get(country, "properties"), "name"));
    json_t *arcs = json_object_get(country, "arcs"), *polygon;
    uint32_t ring = m->ring.count, point = m->point.count;
    struct point low = { 9000, 18000 }, high = { -9000, -18000 };
    size_t i;

    if (strcmp(json_string_value(json_object_get(country, "type")), "Polygon") == 0)
        put_polygon(m, arcs);
    else
        json_array_foreach(arcs, i, polygon) put_polygon(m, polygon);
    for (; point < m->point.count; point++) {
        struct point p = m->point.at[point];

        low = (struct point){ p.lat < low.lat ? p.lat : low.lat,
                              p.lon < low.lon ? p.lon : low.lon };
        high = (struct point){ p.lat > high.lat ? p.lat : high.lat,
                               p.lon > high.lon ? p.lon : high.lon };
    }
    fprintf(m->out, "    { \"%.*s\", STR_INIT(\"%s\"), %d, %d, %d, %d, %u, %u },\n",
            STR_ARG(code_of(m, str_from(number ? number : "?"), str_from(name))), name,
            low.lat, low.lon, high.lat, high.lon, ring, m->ring.count - ring);
}

static void put_tables(struct maker *m)
{
    fputs("const struct map_ring map_ring[] = {\n", m->out);
    for (uint32_t i = 0; i < m->ring.count; i++) {
        uint32_t end = i + 1 < m->ring.count ? m->ring.at[i + 1] : m->point.count;

        fprintf(m->out, "    { %u, %u },\n", m->ring.at[i], end - m->ring.at[i]);
    }
    fputs("};\nconst int16_t map_degrees[] = {", m->out);
    for (uint32_t i = 0; i < m->point.count; i++)
        fprintf(m->out, "%s%d,%d,", i % 12 ? "" : "\n", m->point.at[i].lat,
                m->point.at[i].lon);
    fputs("\n};\n", m->out);
}

static void read_transform(struct maker *m, json_t *top)
{
    json_t *transform = json_object_get(top, "transform");
    json_t *scale = json_object_get(transform, "scale");
    json_t *move = json_object_get(transform, "translate");

    if (json_array_size(scale) != 2 || json_array_size(move) != 2)
        fail("no transform", "not quantised TopoJSON");
    for (size_t i = 0; i < 2; i++) {
        m->scale[i] = json_number_value(json_array_get(scale, i));
        m->move[i] = json_number_value(json_array_get(move, i));
    }
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct maker m = { .arena = &arena };
    json_error_t error;
    struct err err;
    json_t *top, *list, *country;
    size_t i;

    if (argc != 4) {
        fputs("usage: mapc countries-50m.json countries.tsv OUT.c\n", stderr);
        return 2;
    }
    arena_init(&arena, SIZE_MAX);
    if (!io_read_file(&arena, argv[2], FILE_LIMIT, &m.codes, &err))
        fail(argv[2], err.detail);
    top = json_load_file(argv[1], 0, &error);
    if (!top)
        fail(argv[1], error.text);
    m.out = fopen(argv[3], "w");
    if (!m.out)
        fail(argv[3], "can't be written");
    read_transform(&m, top);
    m.arcs = json_object_get(top, "arcs");
    list = json_object_get(
        json_object_get(json_object_get(top, "objects"), "countries"), "geometries");
    fputs("/* Made by tools/mapc from Natural Earth (public domain): do not edit. */\n"
          "#include \"report/map.h\"\n"
          "const struct map_country map_country[] = {\n",
          m.out);
    json_array_foreach(list, i, country) put_country(&m, country);
    fprintf(m.out, "};\nconst uint32_t map_countries = %zu;\n", json_array_size(list));
    put_tables(&m);
    json_decref(top);
    arena_release(&arena);
    return fclose(m.out) != 0;
}
