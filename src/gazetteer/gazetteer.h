/* gazetteer.h - names of places in, places out.
 *
 *     struct gazetteer_hit hit[GAZETTEER_HITS];
 *     uint32_t n = gazetteer_find(g, STR("Springfield"), hit, GAZETTEER_HITS);
 *     gazetteer_place(g, hit[0].place)->country ...
 *
 * Made at build by tools/gazetteerc from GeoNames' towns, the names of first- and
 * second-level regions, and tables of our own, and embedded in the program: one block of
 * bytes, read in place, never written.  A name is kept as 50 bits of its hash: of all
 * names that are asked for, one in two billion finds a place that isn't called so.
 */
#ifndef CORROB_GAZETTEER_GAZETTEER_H
#define CORROB_GAZETTEER_GAZETTEER_H

#include "base/err.h"
#include "base/str.h"

#define GAZETTEER_HITS 96    /* of a name; the most populous come first */
#define GAZETTEER_KEY_MAX 96 /* bytes of the normal form of a name */
#define GAZETTEER_NONE 0xffffu

enum gazetteer_kind {
    GAZETTEER_COUNTRY,
    GAZETTEER_REGION, /* of the first level: a state, a province */
    GAZETTEER_COUNTY, /* of the second level */
    GAZETTEER_TOWN,
    GAZETTEER_SECTION, /* of a town */
    GAZETTEER_CONTINENT,
    GAZETTEER_AREA, /* the Sahel, New England */
    GAZETTEER_WATER,
    GAZETTEER_RIVER,
    GAZETTEER_ISLAND,
    GAZETTEER_MOUNTAIN,
    GAZETTEER_POINT
};

enum gazetteer_form {
    FORM_MAIN,
    FORM_OTHER,
    FORM_ADJECTIVE, /* "Kazakh", "Minnesotans" */
    FORM_SHORT,     /* "Minn." */
    FORM_POSTAL     /* "MN" */
};

enum { GAZETTEER_CAPITAL = 1, GAZETTEER_REGION_SEAT = 2, GAZETTEER_COUNTY_SEAT = 4 };

struct gazetteer_place {
    float lat, lon;
    uint32_t geonames; /* id, 0: none known */
    uint16_t region;   /* place index is gazetteer_region(g, .), GAZETTEER_NONE: none */
    uint16_t county;   /* GAZETTEER_NONE: none */
    uint8_t country;   /* place index, 255: none */
    uint8_t kind;      /* enum gazetteer_kind */
    uint8_t rank;      /* 8 * log2(1 + population) */
    uint8_t flags;
};

struct gazetteer_hit {
    uint32_t place;
    enum gazetteer_form form;
};

struct gazetteer;

/* The one that is part of the program. */
const struct gazetteer *gazetteer_builtin(void);
/* A gazetteer in bytes that stay where they are (aligned to 4); false with *err set when
 * they are none. */
bool gazetteer_from_bytes(struct str bytes, const struct gazetteer **out,
                          struct err *err);

/* Whether each place lies in a country, region and county that there are: for a file from
 * outside, before it is used. */
bool gazetteer_sound(const struct gazetteer *g);

/* The places of a name in any spelling ("Saint-Denis", "St. Denis"), at most max. */
uint32_t gazetteer_find(const struct gazetteer *g, struct str name,
                        struct gazetteer_hit *hit, uint32_t max);
/* The same for a name in normal form. */
uint32_t gazetteer_find_key(const struct gazetteer *g, struct str key,
                            struct gazetteer_hit *hit, uint32_t max);
const struct gazetteer_place *gazetteer_place(const struct gazetteer *g,
                                              uint32_t place);
uint32_t gazetteer_places(const struct gazetteer *g);
/* The place that a member region names. */
uint32_t gazetteer_region(const struct gazetteer *g, uint16_t region);
/* The main name of a country, a region of the first level, or a sea, river or area of
 * our own table; absent for others. */
struct str gazetteer_name(const struct gazetteer *g, uint32_t place);
/* ISO 3166 codes of a country; "" for 255. */
struct str gazetteer_alpha3(const struct gazetteer *g, uint8_t country);
struct str gazetteer_alpha2(const struct gazetteer *g, uint8_t country);

/* The normal form of a name: lower case, no marks or stops, blanks for hyphens, no
 * leading "the", "st" for "saint".  Its length; 0 when it is longer than cap. */
size_t gazetteer_key(struct str name, char *key, size_t cap);

/* Kilometres between two points of the earth. */
double gazetteer_distance(double lat1, double lon1, double lat2, double lon2);

#endif
