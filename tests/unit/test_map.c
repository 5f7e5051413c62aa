#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "check.h"
#include "report/map.h"

static const struct map_country *country(const char *iso3)
{
    for (uint32_t i = 0; i < map_countries; i++)
        if (strcmp(map_country[i].iso3, iso3) == 0)
            return &map_country[i];
    return NULL;
}

static void check_projection(void)
{
    struct map_point north = map_project(90, -180), south = map_project(-90, 180),
                     middle = map_project(0, 0), over = map_project(120, 500),
                     almaty = map_project(43.25, 76.95);

    CHECK(fabs(north.x) < 1e-9 && fabs(north.y) < 1e-3, "%f %f", north.x, north.y);
    CHECK(fabs(south.x - MAP_WIDTH) < 1e-9 && fabs(south.y - MAP_HEIGHT) < 0.05,
          "%f %f", south.x, south.y);
    CHECK(fabs(middle.x - 500) < 1e-9 && fabs(middle.y - MAP_HEIGHT / 2) < 0.05,
          "%f %f", middle.x, middle.y);
    CHECK(fabs(over.x - MAP_WIDTH) < 1e-9 && fabs(over.y) < 1e-3, "%f", over.x);
    CHECK(fabs(almaty.x - 713.75) < 0.01 && almaty.y > 220 && almaty.y < 260, "%f %f",
          almaty.x, almaty.y);
}

static void check_countries(void)
{
    const struct map_country *kaz = country("KAZ"), *kosovo = country("XKX");
    uint32_t named = 0;

    CHECK(kaz && kaz->south < 4325 && kaz->north > 4325 && kaz->west < 7695 &&
              kaz->east > 7695,
          "Kazakhstan holds Almaty");
    CHECK(kosovo && kosovo->rings > 0, "a land without a number by its name");
    for (uint32_t i = 0; i < map_countries; i++) {
        named += map_country[i].iso3[0] != '\0';
        for (uint32_t k = 0; k < map_country[i].rings; k++)
            CHECK(map_ring[map_country[i].first_ring + k].points >= 3, "%s",
                  map_country[i].iso3);
    }
    CHECK(named > 230, "%u have a code", named);
}

/* All paths of a view, in bytes, and how many countries are in it. */
static size_t draw(struct arena *arena, struct map_view v, uint32_t *drawn)
{
    struct buf out = buf_new(arena, 4 << 20);

    *drawn = 0;
    for (uint32_t i = 0; i < map_countries; i++)
        *drawn += map_path(&out, &v, &map_country[i]);
    return buf_view(&out).len;
}

static void check_views(struct arena *arena)
{
    struct map_place almaty = { 43.25, 76.95 };
    struct map_view near = map_view_around(&almaty, 1, 800),
                    world = map_view_around(NULL, 0, 1000);
    struct map_point p = map_view_point(&near, almaty.lat, almaty.lon);
    struct buf out = buf_new(arena, 1 << 20);
    uint32_t few, all;
    size_t near_size = draw(arena, near, &few), world_size = draw(arena, world, &all);

    CHECK(near.width == 800 && near.height == 500, "%d x %d", near.width, near.height);
    CHECK(fabs(p.x - 400) < 1 && fabs(p.y - 250) < 1, "centred: %f %f", p.x, p.y);
    CHECK(near_size < 60000, "a near view is small: %zu", near_size);
    CHECK(world_size < 200000, "the world fits a page: %zu", world_size);
    CHECK(few > 3 && few < 12 && all > 150, "%u near, %u in the world", few, all);
    CHECK(!map_path(&out, &near, country("BRA")) && buf_view(&out).len == 0,
          "nothing of Brazil near Almaty");
    CHECK(map_path(&out, &near, country("KGZ")) &&
              str_starts(buf_view(&out), STR("M")) &&
              str_ends(buf_view(&out), STR("z")),
          "Kyrgyzstan");
}

int main(void)
{
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    check_projection();
    check_countries();
    check_views(&arena);
    arena_release(&arena);
    return check_done();
}
