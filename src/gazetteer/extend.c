#include "gazetteer/extend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/io.h"
#include "base/table.h"
#include "gazetteer/geonames.h"
#include "gazetteer/names.h"

#define NAME_COLUMNS 4 /* the first ones; later ones tell of dates and styles */
#define CODE_MAX 96
#define FIGURE_MAX 40

struct known {
    uint32_t geonames, place;
};

struct maker {
    struct arena *arena;
    const struct gazetteer *base;
    struct gazetteer_extension *e;
    struct table country, region, county; /* code -> 1 + index */
    ARRAY(struct gazetteer_place) added;
    struct gazetteer_names name;
    ARRAY(struct known) known; /* by id */
    struct err *err;
    struct err first; /* why the first row was passed over */
};

static const void *section(const struct gazetteer *g, uint32_t at)
{
    return (const char *)g + at;
}

/* ---- rows ---- */

static uint32_t split(struct str line, struct str *f, uint32_t max)
{
    uint32_t n = 0;
    struct str rest = line;

    while (n < max && str_split(&rest, '\t', &f[n]))
        n++;
    if (rest.len > 0 && n == max && max == GEONAMES_PLACE_COLUMNS)
        n++; /* more columns than there may be */
    return n;
}

static double number(struct str s)
{
    char text[FIGURE_MAX];

    snprintf(text, sizeof text, "%.*s", STR_ARG(s));
    return strtod(text, NULL);
}

static uint32_t id_of(struct str s)
{
    uint64_t id = 0;

    return str_to_u64(s, &id) && id <= UINT32_MAX ? (uint32_t)id : 0;
}

/* ---- what the built-in gazetteer has ---- */

static int by_id(const void *a, const void *b)
{
    const struct known *x = a, *y = b;

    return x->geonames < y->geonames ? -1 : x->geonames > y->geonames;
}

static void learn_known(struct maker *m)
{
    for (uint32_t i = 0; i < m->base->places; i++) {
        uint32_t id = gazetteer_place(m->base, i)->geonames;

        if (id)
            *PUSH(m->arena, &m->known) = (struct known){ id, i };
    }
    if (m->known.count > 1)
        qsort(m->known.at, m->known.count, sizeof *m->known.at, by_id);
    for (uint32_t i = 0; i < m->base->countries && i < 255; i++) {
        struct str code = gazetteer_alpha2(m->base, (uint8_t)i);

        *table_put(m->arena, &m->country, code) = i + 1;
    }
}

/* The place with this id; places added are sorted in before names are read. */
static const struct known *find_known(const struct maker *m, uint32_t id)
{
    struct known want = { id, 0 };

    return id && m->known.count
               ? bsearch(&want, m->known.at, m->known.count, sizeof want, by_id)
               : NULL;
}

/* "US.KY", "US.KY.067"; absent where a row names none. */
static struct str code_of(char *code, const struct str *f, bool county)
{
    int n;

    if (f[GEONAMES_COUNTRY].len == 0 || f[GEONAMES_ADMIN1].len == 0 ||
        (county && f[GEONAMES_ADMIN2].len == 0))
        return STR("");
    n = county
            ? snprintf(code, CODE_MAX, "%.*s.%.*s.%.*s", STR_ARG(f[GEONAMES_COUNTRY]),
                       STR_ARG(f[GEONAMES_ADMIN1]), STR_ARG(f[GEONAMES_ADMIN2]))
            : snprintf(code, CODE_MAX, "%.*s.%.*s", STR_ARG(f[GEONAMES_COUNTRY]),
                       STR_ARG(f[GEONAMES_ADMIN1]));
    return (struct str){ code, n > 0 && n < CODE_MAX ? (size_t)n : 0 };
}

static void learn_code(struct maker *m, struct table *table, struct str code,
                       uint16_t index)
{
    if (code.len > 0 && index != GAZETTEER_NONE && !table_find(table, code))
        *table_put(m->arena, table, arena_str(m->arena, code)) = index + 1u;
}

/* What a row that both have tells of the codes of its region and district. */
static void learn_codes(struct maker *m, const struct str *f)
{
    const struct known *k = find_known(m, id_of(f[GEONAMES_ID]));
    char code[CODE_MAX];

    if (!k || *f[GEONAMES_CLASS].ptr != 'P')
        return;
    learn_code(m, &m->region, code_of(code, f, false),
               gazetteer_place(m->base, k->place)->region);
    learn_code(m, &m->county, code_of(code, f, true),
               gazetteer_place(m->base, k->place)->county);
}

static uint16_t index_in(const struct table *table, struct str code)
{
    const uint32_t *found = code.len > 0 ? table_find(table, code) : NULL;

    return found ? (uint16_t)(*found - 1) : (uint16_t)GAZETTEER_NONE;
}

/* ---- names of the built-in gazetteer ---- */

/* Places of our own lie last: they move behind those added. */
static uint32_t moved(const struct maker *m, uint32_t place)
{
    return place >= m->base->places - m->base->own ? place + m->added.count : place;
}

static void keep_posting(struct maker *m, uint64_t key, uint32_t posting)
{
    uint32_t place = posting & GAZETTEER_PLACE_MASK;

    if (place >= m->base->places)
        return;
    *PUSH(m->arena, &m->name.entry) = (struct gazetteer_entry){
        .key = key,
        .posting =
            (posting & ~GAZETTEER_PLACE_MASK & ~GAZETTEER_LIST) | moved(m, place),
        .rank = gazetteer_place(m->base, place)->rank
    };
}

/* Of these names the hash alone is kept. */
static void keep_names(struct maker *m)
{
    const struct gazetteer *g = m->base;
    const uint32_t *bucket = section(g, g->bucket_at);
    const struct gazetteer_name *name = section(g, g->name_at);
    const uint32_t *posting = section(g, g->posting_at);

    for (uint32_t b = 0; b < GAZETTEER_BUCKETS; b++)
        for (uint32_t i = bucket[b]; i < bucket[b + 1] && i < g->names; i++) {
            uint64_t key = (uint64_t)b << 32 | name[i].check;

            if (!(name[i].value & GAZETTEER_LIST)) {
                keep_posting(m, key, name[i].value);
                continue;
            }
            for (uint32_t k = name[i].value & ~GAZETTEER_LIST; k < g->postings; k++) {
                keep_posting(m, key, posting[k]);
                if (posting[k] & GAZETTEER_LIST)
                    break;
            }
        }
}

/* ---- places ---- */

static enum gazetteer_kind kind_of(const struct str *f)
{
    struct str feature = f[GEONAMES_FEATURE];

    switch (f[GEONAMES_CLASS].len ? *f[GEONAMES_CLASS].ptr : '\0') {
    case 'P': return str_eq(feature, STR("PPLX")) ? GAZETTEER_SECTION : GAZETTEER_TOWN;
    case 'A': return GAZETTEER_COUNTY;
    case 'H':
        return str_starts(feature, STR("STM")) || str_starts(feature, STR("CNL"))
                   ? GAZETTEER_RIVER
                   : GAZETTEER_WATER;
    case 'U': return GAZETTEER_WATER;
    case 'T':
        return str_starts(feature, STR("ISL")) ? GAZETTEER_ISLAND
               : str_starts(feature, STR("MT")) || str_starts(feature, STR("PK")) ||
                       str_starts(feature, STR("HLL"))
                   ? GAZETTEER_MOUNTAIN
                   : GAZETTEER_AREA;
    case 'S':
    case 'R': return GAZETTEER_POINT;
    default: return GAZETTEER_AREA;
    }
}

/* Historical, abandoned and destroyed towns, and what once was a region. */
static bool is_gone(struct str feature)
{
    return str_eq(feature, STR("PPLH")) || str_eq(feature, STR("PPLQ")) ||
           str_eq(feature, STR("PPLW")) ||
           (str_ends(feature, STR("H")) && str_starts(feature, STR("ADM")));
}

static bool add_place(struct maker *m, const struct str *f, int64_t line)
{
    const uint32_t *country = table_find(&m->country, f[GEONAMES_COUNTRY]);
    char code[CODE_MAX];
    double people = number(f[GEONAMES_PEOPLE]);
    struct str rest = f[GEONAMES_OTHERS], one;
    struct gazetteer_place *p;
    uint32_t place = m->base->places - m->base->own + m->added.count;

    if (place + m->base->own >= GAZETTEER_PLACE_MASK)
        return err_set(m->err, ERR_LIMIT, line, "%s: more than 16 million places",
                       m->e->places);
    p = PUSH(m->arena, &m->added);
    *p = (struct gazetteer_place){ .lat = (float)number(f[GEONAMES_LAT]),
                                   .lon = (float)number(f[GEONAMES_LON]),
                                   .geonames = id_of(f[GEONAMES_ID]),
                                   .country = country ? (uint8_t)(*country - 1) : 255,
                                   .kind = (uint8_t)kind_of(f),
                                   .rank = gazetteer_rank(people) };
    p->region = index_in(&m->region, code_of(code, f, false));
    p->county = index_in(&m->county, code_of(code, f, true));
    gazetteer_name_add(m->arena, &m->name, f[GEONAMES_NAME], place, p->rank, FORM_MAIN);
    gazetteer_name_add(m->arena, &m->name, f[GEONAMES_ASCII], place, p->rank,
                       FORM_MAIN);
    while (!m->e->names && rest.len > 0 && str_split(&rest, ',', &one))
        gazetteer_name_add(m->arena, &m->name, one, place, p->rank, FORM_OTHER);
    return true;
}

/* Whether a row has its columns and an id; else *why tells. */
static bool row_fits(const struct str *f, uint32_t columns, int64_t line,
                     struct err *why)
{
    if (columns != GEONAMES_PLACE_COLUMNS)
        return err_set(
            why, ERR_FORMAT, -1,
            "line %lld has %s than the %u columns of GeoNames' dump", (long long)line,
            columns < GEONAMES_PLACE_COLUMNS ? "less" : "more", GEONAMES_PLACE_COLUMNS);
    return id_of(f[GEONAMES_ID]) != 0 ||
           err_set(why, ERR_FORMAT, -1, "line %lld does not begin with a GeoNames id",
                   (long long)line);
}

static void pass_over(struct maker *m, const struct err *why)
{
    if (m->e->passed_over++ == 0)
        m->first = *why;
    if (m->e->passed)
        m->e->passed(m->e->context, why);
}

/* One pass over the file of places: codes first, places then. */
static bool read_places(struct maker *m, struct str file, bool codes)
{
    struct str line, f[GEONAMES_PLACE_COLUMNS];
    struct err why;

    for (int64_t number = 1; str_split(&file, '\n', &line); number++) {
        if (line.len == 0 || *line.ptr == '#')
            continue;
        if (!row_fits(f, split(line, f, GEONAMES_PLACE_COLUMNS), number, &why)) {
            if (codes)
                pass_over(m, &why);
        } else if (codes) {
            learn_codes(m, f);
        } else if (find_known(m, id_of(f[GEONAMES_ID]))) {
            m->e->known++;
        } else if (!is_gone(f[GEONAMES_FEATURE]) && !add_place(m, f, number)) {
            return false;
        }
    }
    if (codes || m->e->passed_over == 0 || m->e->known + m->added.count > 0)
        return true;
    *m->err = m->first;
    return err_about(m->err, m->e->places);
}

/* Codes of post, airports and other catalogues, and links, are no names. */
static bool is_name_language(struct str language)
{
    return language.len <= 3 || (language.len > 3 && language.ptr[2] == '-') ||
           str_eq(language, STR("abbr"));
}

static void read_names(struct maker *m, struct str file)
{
    struct str line, f[NAME_COLUMNS];

    while (str_split(&file, '\n', &line)) {
        const struct known *k;
        const struct gazetteer_place *p;

        if (split(line, f, NAME_COLUMNS) != NAME_COLUMNS || !is_name_language(f[2]))
            continue;
        k = find_known(m, id_of(f[1]));
        if (!k)
            continue;
        p = k->place < m->base->places - m->base->own
                ? gazetteer_place(m->base, k->place)
            : k->place >= m->base->places - m->base->own + m->added.count
                ? gazetteer_place(m->base, k->place - m->added.count)
                : &m->added.at[k->place - (m->base->places - m->base->own)];
        m->e->other_names++;
        gazetteer_name_add(m->arena, &m->name, f[3], k->place, p->rank,
                           str_eq(f[2], STR("abbr")) ? FORM_SHORT : FORM_OTHER);
    }
}

/* From now on ids lead to the places of the new gazetteer. */
static void know_added(struct maker *m)
{
    for (uint32_t i = 0; i < m->known.count; i++)
        m->known.at[i].place = moved(m, m->known.at[i].place);
    for (uint32_t i = 0; i < m->added.count; i++)
        *PUSH(m->arena, &m->known) =
            (struct known){ m->added.at[i].geonames,
                            m->base->places - m->base->own + i };
    if (m->known.count > 1)
        qsort(m->known.at, m->known.count, sizeof *m->known.at, by_id);
}

/* ---- writing ---- */

/* Places added come behind those of the base, but before its own. */
static bool write_out(struct maker *m)
{
    const struct gazetteer *b = m->base;
    const struct gazetteer_place *place = section(b, b->place_at);
    uint32_t before = b->places - b->own;
    struct gazetteer_parts parts = {
        .header = *b,
        .place = { { place, before },
                   { m->added.at, m->added.count },
                   { place + before, b->own } },
        .code = section(b, b->code_at),
        .tables = gazetteer_tables_of(m->arena, &m->name),
        .text_at = section(b, b->text_at),
        .text = { section(b, b->text), b->text_size },
    };

    return gazetteer_write(&parts, m->e->put, m->e->context, m->err);
}

static bool make(struct maker *m, struct str places, struct str names)
{
    learn_known(m);
    if (!read_places(m, places, true) || !read_places(m, places, false))
        return false;
    m->e->added = m->added.count;
    keep_names(m);
    know_added(m);
    read_names(m, names);
    return write_out(m);
}

static bool map(const char *path, struct str *out, struct err *err)
{
    struct err why = { 0 };

    return io_map_file(path, out, &why) ||
           err_set(err, why.code, -1, "%s: %s", path, err_sentence(why.code));
}

bool gazetteer_extend(struct arena *arena, const struct gazetteer *base,
                      struct gazetteer_extension *extension, struct err *err)
{
    struct maker m = { .arena = arena, .base = base, .e = extension, .err = err };
    struct str places, names = { NULL, 0 };
    bool ok;

    if (!map(extension->places, &places, err))
        return false;
    if (extension->names && !map(extension->names, &names, err)) {
        io_unmap(places);
        return false;
    }
    ok = make(&m, places, names);
    io_unmap(places);
    if (names.ptr)
        io_unmap(names);
    return ok;
}
