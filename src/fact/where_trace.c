/* Why a name is this place and not another of the same name. */
#include "fact/trace.h"
#include "fact/where_int.h"

#define RUNNERS_UP 3 /* other places of the name that are told */

static const char *kind_word(enum gazetteer_kind kind)
{
    static const char *const names[] = {
        [GAZETTEER_COUNTRY] = "country",
        [GAZETTEER_REGION] = "region",
        [GAZETTEER_COUNTY] = "county",
        [GAZETTEER_TOWN] = "town",
        [GAZETTEER_SECTION] = "part of a town",
        [GAZETTEER_CONTINENT] = "continent",
        [GAZETTEER_AREA] = "area",
        [GAZETTEER_WATER] = "water",
        [GAZETTEER_RIVER] = "river",
        [GAZETTEER_ISLAND] = "island",
        [GAZETTEER_MOUNTAIN] = "mountain",
        [GAZETTEER_POINT] = "point",
    };

    return names[kind];
}

static void say_candidate(const struct places *p, const struct toponym *t,
                          const char *step, uint32_t i)
{
    const struct gazetteer_place *place =
        gazetteer_place(p->gazetteer, t->hit[i].place);
    struct str name = gazetteer_name(p->gazetteer, t->hit[i].place);
    struct str country = place->country == 255
                             ? STR("no country")
                             : gazetteer_alpha3(p->gazetteer, place->country);

    if (name.len == 0)
        name =
            p->facts->actor.at[t->actor].name; /* towns are known by this one alone */
    trace_say(p->facts, TRACE_ACTOR, t->actor, step,
              "%.*s, %s, %.*s, GeoNames %u, weight %.1f", STR_ARG(name),
              kind_word(place->kind), STR_ARG(country), place->geonames, t->scores[i]);
}

/* The heaviest candidate behind `last`; FACT_NONE: none is left. */
static uint32_t next_heaviest(const struct toponym *t, uint32_t last)
{
    uint32_t best = FACT_NONE;

    for (uint32_t i = 0; i < t->hits; i++) {
        bool behind = t->scores[i] < t->scores[last] ||
                      (t->scores[i] <= t->scores[last] && i > last);

        if (i != t->chosen && behind &&
            (best == FACT_NONE || t->scores[i] > t->scores[best]))
            best = i;
    }
    return best;
}

void toponym_trace(const struct places *p, const struct toponym *t, bool certain)
{
    uint32_t at = t->chosen;

    if (!p->facts->trace)
        return;
    if (at == FACT_NONE) {
        trace_say(p->facts, TRACE_ACTOR, t->actor, "place",
                  "no gazetteer has the name");
        return;
    }
    say_candidate(p, t, "place", at);
    trace_say(p->facts, TRACE_ACTOR, t->actor, "evidence", "%s",
              t->inside != FACT_NONE ? "the text says what it lies in"
              : t->supported         ? "the text's other places speak for it"
              : certain              ? "it is so well known that it needs no other word"
                                     : "nothing speaks for it: it is not told");
    for (int n = 0; n < RUNNERS_UP && at != FACT_NONE; n++) {
        at = next_heaviest(t, at);
        if (at != FACT_NONE)
            say_candidate(p, t, "runner-up", at);
    }
}
