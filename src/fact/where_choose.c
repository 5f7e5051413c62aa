#include <math.h>

#include "fact/where_int.h"

/* What a candidate gets, in the measure of doublings of its population. */
#define COUNTRY_BONUS 14.0
#define SHARED_COUNTRY_BONUS 4.0 /* a name of a region of another country too */
#define REGION_BONUS 1.0
#define SEAT_IN_REGION -6.0 /* of a region called like its main town */
#define COUNTY_BONUS -4.0
#define CAPITAL_BONUS 5.0
#define REGION_SEAT_BONUS 1.5
#define SECTION_BONUS -3.0
#define AREA_BONUS 6.0
#define OTHER_NAME_BONUS -3.0
#define SAME_COUNTRY 5.0 /* when all the text is about that country */
#define SAME_REGION 7.0
#define NEAR 6.0
#define NEAR_KM 80.0 /* where nearness has fallen to a third */
#define INSIDE 30.0

#define CANDIDATES 12 /* of a name that are compared with those of others */
#define NAMES 64      /* of a text that are compared with one another */
#define SPOTS_COUNTED 4
#define DOMAIN_WEIGHT 1.5 /* as much as a region that is named */
#define CERTAIN_RANK 134  /* a town of 110,000 */
#define SEAT_RANKS 24     /* the region has no more than eight times its people */

#define REGION_SLOTS 256 /* a text names few of the world's 4,000 regions */

struct region {
    uint16_t number;
    double weight;
    struct region *next;
};

struct chooser {
    struct places *p;
    double *country; /* weight of evidence */
    double countries, regions;
    struct region **region; /* by the last bits of its number */
    bool settled;           /* second round: others count by their choice alone */
};

static const struct gazetteer_place *place_of(const struct chooser *c,
                                              const struct toponym *t, uint32_t i)
{
    return gazetteer_place(c->p->gazetteer, t->hit[i].place);
}

/* "Almaty": the region holds a town of its name that is most of it. */
static bool town_is_meant(const struct chooser *c, const struct toponym *t,
                          const struct gazetteer_place *region)
{
    for (uint32_t i = 0; i < t->hits; i++) {
        const struct gazetteer_place *p = place_of(c, t, i);

        if (p->kind == GAZETTEER_TOWN && p->country == region->country &&
            p->region == region->region && p->rank + SEAT_RANKS >= region->rank)
            return true;
    }
    return false;
}

static bool names_region(const struct chooser *c, const struct toponym *t)
{
    for (uint32_t i = 0; i < t->hits; i++)
        if (place_of(c, t, i)->kind == GAZETTEER_REGION && t->hit[i].form == FORM_MAIN)
            return true;
    return false;
}

static double prior_of(const struct chooser *c, const struct toponym *t, uint32_t i)
{
    static const double bonus[] = {
        [GAZETTEER_COUNTRY] = COUNTRY_BONUS,   [GAZETTEER_REGION] = REGION_BONUS,
        [GAZETTEER_COUNTY] = COUNTY_BONUS,     [GAZETTEER_SECTION] = SECTION_BONUS,
        [GAZETTEER_CONTINENT] = COUNTRY_BONUS, [GAZETTEER_AREA] = AREA_BONUS,
        [GAZETTEER_WATER] = AREA_BONUS,        [GAZETTEER_ISLAND] = AREA_BONUS,
        [GAZETTEER_MOUNTAIN] = AREA_BONUS,     [GAZETTEER_RIVER] = AREA_BONUS,
        [GAZETTEER_POINT] = AREA_BONUS,
    };
    const struct gazetteer_place *p = place_of(c, t, i);
    double score = p->rank / 8.0 + bonus[p->kind];

    if (p->kind == GAZETTEER_COUNTRY && names_region(c, t))
        score += SHARED_COUNTRY_BONUS - COUNTRY_BONUS; /* Georgia */
    if ((p->kind == GAZETTEER_REGION || p->kind == GAZETTEER_COUNTY) &&
        town_is_meant(c, t, p))
        score += SEAT_IN_REGION;
    if (p->flags & GAZETTEER_CAPITAL)
        score += CAPITAL_BONUS;
    if (p->flags & GAZETTEER_REGION_SEAT)
        score += REGION_SEAT_BONUS;
    if (t->hit[i].form == FORM_OTHER && p->kind != GAZETTEER_COUNTRY)
        score += OTHER_NAME_BONUS;
    return score;
}

/* ---- containment ---- */

static bool lies_in(const struct gazetteer_place *inner,
                    const struct gazetteer_place *outer)
{
    if (inner == outer || inner->country != outer->country || inner->country == 255)
        return false;
    if (outer->kind == GAZETTEER_COUNTRY)
        return inner->kind != GAZETTEER_COUNTRY;
    if (outer->kind == GAZETTEER_REGION)
        return inner->region == outer->region && inner->kind != GAZETTEER_REGION;
    return outer->kind == GAZETTEER_COUNTY && inner->county == outer->county &&
           inner->county != GAZETTEER_NONE && inner->kind != GAZETTEER_COUNTY;
}

/* "Columbia, S.C.": the pair of candidates that fit one another best. */
static void pair_up(struct chooser *c, struct toponym *inner, struct toponym *outer)
{
    bool land = names_region(c, inner);
    double best = -1e9;

    for (uint32_t i = 0; i < inner->hits; i++)
        for (uint32_t k = 0; k < outer->hits; k++) {
            double score = prior_of(c, inner, i) + prior_of(c, outer, k);

            if (!lies_in(place_of(c, inner, i), place_of(c, outer, k)) || score <= best)
                continue;
            /* "Georgia, Illinois, Missouri": a list, no town in a state */
            if (land && place_of(c, outer, k)->kind != GAZETTEER_COUNTRY)
                continue;
            best = score;
            inner->inside = outer->hit[k].place;
            inner->chosen = i;
            inner->supported = true;
            outer->chosen = k;
            outer->supported = true;
        }
}

static void use_containers(struct chooser *c)
{
    struct places *p = c->p;

    for (uint32_t i = 0; i < p->spot.count; i++) {
        const struct spot *s = &p->spot.at[i];
        struct toponym *inner = &p->toponym.at[s->toponym], *outer;
        uint32_t before = inner->inside;

        if (s->container == FACT_NONE || before != FACT_NONE)
            continue;
        outer = &p->toponym.at[p->spot.at[s->container].toponym];
        if (inner != outer)
            pair_up(c, inner, outer);
        if (inner->inside != FACT_NONE && inner->trust < TRUST_NAMED)
            inner->trust = TRUST_STRONG;
    }
}

/* ---- evidence ---- */

static double weight_of(const struct chooser *c, const struct toponym *t)
{
    const struct gazetteer_place *place = chosen_place(c->p, t);
    double n = t->spots < SPOTS_COUNTED ? t->spots : SPOTS_COUNTED;

    if (!place || t->trust < TRUST_STRONG || t->person)
        return 0;
    if (place->kind == GAZETTEER_COUNTRY)
        return t->hit[t->chosen].form == FORM_ADJECTIVE ? 0.7 * n : n;
    if (place->kind == GAZETTEER_REGION)
        return 1.5 * n;
    if (t->inside != FACT_NONE)
        return 1.5 * n;
    return t->supported ? n : place->rank >= CERTAIN_RANK ? 0.5 * n : 0.1 * n;
}

static double region_weight(const struct chooser *c, uint16_t number)
{
    const struct region *r = c->region[number % REGION_SLOTS];

    while (r && r->number != number)
        r = r->next;
    return r ? r->weight : 0;
}

/* Its entry, made anew where it has none. */
static struct region *region_at(struct chooser *c, uint16_t number)
{
    struct region **slot = &c->region[number % REGION_SLOTS], *r = *slot;

    while (r && r->number != number)
        r = r->next;
    if (!r) {
        r = NEW(c->p->arena, struct region, 1);
        *r = (struct region){ .number = number, .next = *slot };
        *slot = r;
    }
    return r;
}

static void add_evidence(struct chooser *c, const struct toponym *t, double sign)
{
    const struct gazetteer_place *place = chosen_place(c->p, t);
    double w = sign * weight_of(c, t);

    if (!place || place->country == 255)
        return;
    c->country[place->country] += w;
    c->countries += w;
    if (place->region != GAZETTEER_NONE) {
        region_at(c, place->region)->weight += w;
        c->regions += w;
    }
}

static double share(double part, double whole)
{
    return whole > 0.05 && part > 0 ? part / (whole + 0.5) : 0;
}

static double nearness(const struct gazetteer_place *a, const struct gazetteer_place *b)
{
    double dlat = fabs((double)a->lat - (double)b->lat);
    double dlon = fabs((double)a->lon - (double)b->lon);

    if (dlat > 2.5 || (dlon > 6 && dlon < 354) || b->kind == GAZETTEER_COUNTRY ||
        b->kind == GAZETTEER_REGION || b->kind == GAZETTEER_CONTINENT)
        return 0;
    return exp(-gazetteer_distance((double)a->lat, (double)a->lon, (double)b->lat,
                                   (double)b->lon) /
               NEAR_KM);
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* How near one of the text's other places is: 0..1. */
static double near_others(const struct chooser *c, const struct toponym *t,
                          const struct gazetteer_place *place)
{
    const struct places *p = c->p;
    double best = 0;

    for (uint32_t i = 0; i < least(p->toponym.count, NAMES); i++) {
        const struct toponym *o = &p->toponym.at[i];
        uint32_t from = 0, to = least(o->hits, CANDIDATES);
        double trust = o->trust >= TRUST_STRONG ? 1.0 : 0.4;

        if (o == t || o->hits == 0 || o->person || o->hit[0].form == FORM_ADJECTIVE)
            continue;
        if ((c->settled || o->supported) && o->chosen != FACT_NONE) {
            from = o->chosen;
            to = o->chosen + 1;
        } else {
            trust *= 0.6;
        }
        for (uint32_t k = from; k < to; k++) {
            const struct gazetteer_place *other = place_of(c, o, k);
            double near = other == place ? 0 : trust * nearness(place, other);

            best = near > best ? near : best;
        }
    }
    return best;
}

static void choose(struct chooser *c, struct toponym *t)
{
    double best = -1e9, context = 0;

    add_evidence(c, t, -1);
    for (uint32_t i = 0; i < t->hits; i++) {
        const struct gazetteer_place *place = place_of(c, t, i);
        double here = 0, score;

        if (place->country != 255)
            here += SAME_COUNTRY * share(c->country[place->country], c->countries);
        if (place->region != GAZETTEER_NONE && place->kind != GAZETTEER_REGION)
            here += SAME_REGION * share(region_weight(c, place->region), c->regions);
        if (place->kind != GAZETTEER_COUNTRY && place->kind != GAZETTEER_REGION)
            here += NEAR * near_others(c, t, place);
        score = prior_of(c, t, i) + here;
        if (t->inside != FACT_NONE &&
            lies_in(place, gazetteer_place(c->p->gazetteer, t->inside)))
            score += INSIDE;
        if (t->scores)
            t->scores[i] = score;
        if (score > best) {
            best = score;
            context = here;
            t->chosen = i;
        }
    }
    t->score = best;
    t->supported = t->inside != FACT_NONE || context >= 2.0;
    add_evidence(c, t, 1);
}

/* "guardian.co.uk": news of a British outlet are about Britain, other things equal. */
static void use_domain(struct chooser *c)
{
    struct str domain = c->p->facts->text->article->domain;
    char code[2];
    size_t n = domain.len;

    if (n < 4 || domain.ptr[n - 3] != '.')
        return;
    code[0] = ascii_upper(domain.ptr[n - 2]);
    code[1] = ascii_upper(domain.ptr[n - 1]);
    for (uint32_t i = 0; i < 255; i++) {
        struct str alpha2 = gazetteer_alpha2(c->p->gazetteer, (uint8_t)i);

        if (alpha2.len == 2 &&
            (str_eq(alpha2, (struct str){ code, 2 }) ||
             (str_eq(alpha2, STR("GB")) && code[0] == 'U' && code[1] == 'K'))) {
            c->country[i] += DOMAIN_WEIGHT;
            c->countries += DOMAIN_WEIGHT;
        }
    }
}

void toponyms_choose(struct places *p)
{
    struct arena_mark mark;
    struct chooser c = { .p = p };

    for (uint32_t i = 0; p->facts->trace && i < p->toponym.count; i++)
        p->toponym.at[i].scores = NEW(p->arena, double, p->toponym.at[i].hits + 1);
    mark = arena_mark(p->arena);
    c.country = NEW(p->arena, double, 256);
    c.region = NEW(p->arena, struct region *, REGION_SLOTS);
    use_domain(&c);
    use_containers(&c);
    for (uint32_t i = 0; i < p->toponym.count; i++) {
        struct toponym *t = &p->toponym.at[i];
        double best = -1e9;

        for (uint32_t k = 0; t->chosen == FACT_NONE && k < t->hits; k++)
            if (prior_of(&c, t, k) > best) {
                best = prior_of(&c, t, k);
                t->score = k;
            }
        if (t->chosen == FACT_NONE && t->hits > 0)
            t->chosen = (uint32_t)t->score;
        add_evidence(&c, t, 1);
    }
    for (int round = 0; round < 2; round++) {
        c.settled = round > 0;
        for (uint32_t i = 0; i < p->toponym.count; i++)
            choose(&c, &p->toponym.at[i]);
    }
    arena_rewind(p->arena, mark);
}
