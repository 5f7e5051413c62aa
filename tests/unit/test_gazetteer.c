#include <string.h>

#include "check.h"
#include "gazetteer/format.h"
#include "gazetteer/gazetteer.h"

static void check_key(const char *name, const char *want)
{
    char key[GAZETTEER_KEY_MAX];
    size_t len = gazetteer_key(str_from(name), key, sizeof key);

    CHECK(str_eq((struct str){ key, len }, str_from(want)), "\"%s\" is \"%.*s\"", name,
          (int)len, key);
}

static void check_keys(void)
{
    char key[8];

    check_key("Almaty", "almaty");
    check_key("Saint-Denis", "st denis");
    check_key("St. Denis", "st denis");
    check_key("Mont-Royal", "mont royal");
    check_key("Mount Olive", "mt olive");
    check_key("The Hague", "hague");
    check_key("N.Y.", "ny");
    check_key("O'Fallon", "ofallon");
    check_key("O\xe2\x80\x99"
              "Fallon",
              "ofallon");
    check_key("K\xc3\xb8"
              "benhavn",
              "kobenhavn");
    check_key("S\xc3\xa3o Paulo", "sao paulo");
    check_key("\xc4\xb0stanbul", "istanbul");
    check_key("Trinidad & Tobago", "trinidad and tobago");
    check_key("  ", "");
    check_key("Saint", "st");
    CHECK(gazetteer_key(STR("Krasnoyarsk"), key, sizeof key) == 0, "no room");
}

/* The country of the most populous place of a name in this form, "" if there is none. */
static struct str country_of(const struct gazetteer *g, const char *name,
                             enum gazetteer_form form)
{
    struct gazetteer_hit hit[GAZETTEER_HITS];
    uint32_t n = gazetteer_find(g, str_from(name), hit, GAZETTEER_HITS);

    for (uint32_t i = 0; i < n; i++)
        if (hit[i].form == form)
            return gazetteer_alpha3(g, gazetteer_place(g, hit[i].place)->country);
    return STR("");
}

static void check_found(const struct gazetteer *g, const char *name,
                        enum gazetteer_form form, const char *country)
{
    struct str got = country_of(g, name, form);

    CHECK(str_eq(got, str_from(country)), "%s: %.*s", name, STR_ARG(got));
}

static void check_names(const struct gazetteer *g)
{
    check_found(g, "Almaty", FORM_MAIN, "KAZ");
    check_found(g, "Alma-Ata", FORM_OTHER, "KAZ");
    check_found(g, "Kazakh", FORM_ADJECTIVE, "KAZ");
    check_found(g, "Turkey", FORM_MAIN, "TUR");
    check_found(g, "Ivory Coast", FORM_MAIN, "CIV");
    check_found(g, "Burma", FORM_OTHER, "MMR");
    check_found(g, "U.S.", FORM_OTHER, "USA");
    check_found(g, "Minn.", FORM_SHORT, "USA");
    check_found(g, "MN", FORM_POSTAL, "USA");
    check_found(g, "Minnesotans", FORM_ADJECTIVE, "USA");
    check_found(g, "B.C.", FORM_SHORT, "CAN");
    check_found(g, "Otter Tail County", FORM_MAIN, "USA");
    check_found(g, "Zhytomyr", FORM_MAIN, "UKR");
    check_found(g, "Kyiv", FORM_MAIN, "UKR");
    check_found(g, "Kiev", FORM_OTHER, "UKR");
    check_found(g, "Velmograd", FORM_MAIN, "");
}

static void check_places(const struct gazetteer *g)
{
    struct gazetteer_hit hit[GAZETTEER_HITS];
    uint32_t n = gazetteer_find(g, STR("Paris"), hit, GAZETTEER_HITS);
    const struct gazetteer_place *p, *region;

    CHECK(n > 5, "many towns are called Paris: %u", n);
    if (n == 0)
        return;
    p = gazetteer_place(g, hit[0].place);
    for (uint32_t i = 1; i < n && p->kind != GAZETTEER_TOWN; i++)
        p = gazetteer_place(g, hit[i].place);
    CHECK(p->geonames == 2988507 && p->flags & GAZETTEER_CAPITAL, "the largest first");
    CHECK(gazetteer_distance((double)p->lat, (double)p->lon, 48.857, 2.352) < 5,
          "here");
    CHECK(p->region != GAZETTEER_NONE, "in a region");
    region = gazetteer_place(g, gazetteer_region(g, p->region));
    CHECK(region->kind == GAZETTEER_REGION && region->geonames == 3012874,
          "in Ile-de-France: %u", region->geonames);
    for (uint32_t i = 1; i < n; i++)
        CHECK(gazetteer_place(g, hit[i].place)->rank <=
                  gazetteer_place(g, hit[i - 1].place)->rank,
              "%u by population", i);
    CHECK(str_eq(gazetteer_name(g, p->country), STR("France")), "its country's name");
    CHECK(gazetteer_name(g, hit[0].place).len > 0 ||
              gazetteer_place(g, hit[0].place)->kind >= GAZETTEER_COUNTY,
          "towns keep none");
    n = gazetteer_find(g, STR("Gulf of Aden"), hit, GAZETTEER_HITS);
    CHECK(n == 1 && str_eq(gazetteer_name(g, hit[0].place), STR("Gulf of Aden")),
          "own");
    CHECK(n == 1 && gazetteer_place(g, hit[0].place)->kind == GAZETTEER_WATER, "a sea");
    CHECK(gazetteer_places(g) > 200000, "%u places", gazetteer_places(g));
}

static void check_refusal(const struct gazetteer *g)
{
    struct gazetteer bad = *g;
    const struct gazetteer *out = NULL;
    struct err err;

    CHECK(!gazetteer_from_bytes(STR("corrobG1"), &out, &err), "too short");
    bad.size = sizeof bad;
    CHECK(!gazetteer_from_bytes((struct str){ (const char *)&bad, sizeof bad }, &out,
                                &err),
          "sections outside");
    bad.magic[0] = 'x';
    CHECK(!gazetteer_from_bytes((struct str){ (const char *)&bad, sizeof bad }, &out,
                                &err),
          "another magic");
    CHECK(out == NULL, "nothing given");
}

int main(void)
{
    const struct gazetteer *g = gazetteer_builtin();

    CHECK(g != NULL, "the gazetteer of the program is one");
    if (!g)
        return check_done();
    check_keys();
    check_names(g);
    check_places(g);
    check_refusal(g);
    CHECK(gazetteer_distance(0, 0, 0, 180) > 20015 &&
              gazetteer_distance(0, 0, 0, 180) < 20016,
          "half around");
    return check_done();
}
