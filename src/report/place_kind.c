#include "report/place_kind.h"

#include <math.h>

#include "report/phrase.h"

bool place_pinned(const struct story_place *p)
{
    return p->located && (p->country.len > 0 || p->precision != PLACE_REGION) &&
           p->precision != PLACE_COUNTRY && fabs(p->lat) <= 90 && fabs(p->lon) <= 180;
}

bool place_is_country(const struct story_place *p, const struct map_country *c)
{
    if (*c->iso3 == '\0' || !str_eq(p->country, str_from(c->iso3)) || place_pinned(p))
        return false;
    return p->precision == PLACE_COUNTRY || str_starts_fold(c->name, p->name) ||
           str_starts_fold(p->name, c->name) || p->name.len <= 4;
}

static bool is_any_country(const struct story_place *p)
{
    for (uint32_t i = 0; i < map_countries; i++)
        if (place_is_country(p, &map_country[i]))
            return true;
    return false;
}

void place_words(struct buf *b, const struct story_place *p)
{
    if (place_pinned(p)) {
        buf_printf(b, "%.2f° %c, %.2f° %c, ", fabs(p->lat), p->lat < 0 ? 'S' : 'N',
                   fabs(p->lon), p->lon < 0 ? 'W' : 'E');
        buf_str(b, phrase_precision(p->precision));
    } else if (p->precision == PLACE_COUNTRY || is_any_country(p)) {
        buf_str(b, STR("a whole country, no pin"));
    } else if (p->located) {
        buf_str(b, STR("a part of the world, no pin"));
    } else {
        buf_str(b, STR("place not on the map"));
    }
}
