/* conflict_rows.c - deaths in the shapes of conflict data: UCDP GED and ACLED.
 *
 * A row is an incident: a place and day with a count of dead.  Their codes of actors,
 * dyads and conflicts are theirs to give and stay empty; a dam that bursts has no type of
 * violence and is told all the same, for the user to leave out.
 */
#include "export/incident.h"
#include "export/member.h"

#define ID_PREFIX "SR-" /* never looks like one of theirs */

static const char *const ged_columns[] = {
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
};

static void put_id(struct rows *r, const struct exporter *e, const struct item *i)
{
    struct buf b = buf_new(e->arena, 64);

    buf_str(&b, STR(ID_PREFIX));
    buf_str(&b, member_str(i->finding, "id"));
    row_str(r, buf_view(&b));
}

static struct str date_of(const struct incident *in)
{
    return in->first->date.len > 0 ? in->first->date : in->first->published;
}

/* 1 exact, 2 within 25 km, 4 region, 6 country; empty: not known. */
static struct str where_prec(struct str precision)
{
    static const struct {
        const char *precision, *code;
    } codes[] = { { "point", "1" },
                  { "city", "1" },
                  { "district", "3" },
                  { "region", "4" },
                  { "country", "6" } };

    for (size_t i = 0; i < COUNT(codes); i++)
        if (str_eq(precision, str_from(codes[i].precision)))
            return str_from(codes[i].code);
    return (struct str){ NULL, 0 };
}

/* Of the best count: another claimant's civilians are not among this one's dead. */
static int64_t low_of_civilians(const struct exporter *e, const struct incident *in)
{
    struct str voice = finding_voice(&e->reports, in->first->finding);
    int64_t n = 0;

    for (uint32_t k = 0; k < in->count.count; k++) {
        const struct item *i = in->count.at[k];

        if (str_eq(member_str(i->body, "class"), STR("civilian")) &&
            (in->summed || str_eq(finding_voice(&e->reports, i->finding), voice)))
            member_count(i->body, "low", &n);
    }
    return n > in->best ? 0 : n; /* of more than all it says nothing */
}

static struct str sector_of(const struct incident *in, const char *side)
{
    return in->event ? member_str(party_at_side(in->event, side, 0), "sector")
                     : (struct str){ NULL, 0 };
}

static bool is_armed(struct str sector)
{
    return str_eq(sector, STR("MIL")) || str_eq(sector, STR("COP")) ||
           str_eq(sector, STR("REB")) || str_eq(sector, STR("PRM")) ||
           str_eq(sector, STR("GOV"));
}

/* 1 state-based, 2 non-state, 3 one-sided, where both sides are known. */
static struct str type_of_violence(const struct incident *in)
{
    struct str a = sector_of(in, "actors"), b = sector_of(in, "recipients");

    if (a.len == 0 || b.len == 0)
        return (struct str){ NULL, 0 };
    if (is_armed(a) && !is_armed(b))
        return STR("3");
    if (str_eq(a, STR("REB")) && str_eq(b, STR("REB")))
        return STR("2");
    return is_armed(a) && is_armed(b) ? STR("1") : (struct str){ NULL, 0 };
}

static struct str names_of(struct exporter *e, const struct incident *in,
                           const char *side)
{
    return in->event ? side_names(e->arena, in->event, side, "name")
                     : (struct str){ NULL, 0 };
}

static void put_sources(struct rows *r, struct exporter *e, const struct incident *in)
{
    int64_t origins = 0;

    member_count(in->first->finding, "origins", &origins);
    row_int(r, origins);
    row_str(r, report_address(in->first->report));
    row_str(r, report_outlet(in->first->report));
    row_str(r, in->first->published);
    row_str(r, member_str(in->first->report, "title"));
    row_str(r, finding_voice(&e->reports, in->first->finding));
}

static void put_where(struct rows *r, const struct place *p)
{
    row_str(r, where_prec(p->precision));
    row_str(r, p->name);
    row_skip(r, 3); /* where_description, adm_1, adm_2 */
    row_place(r, p);
    row_skip(r, 2);
    row_str(r, p->country);
    row_skip(r, 2);
}

static void put_ged(struct rows *r, struct exporter *e, const struct incident *in)
{
    int64_t civilians = low_of_civilians(e, in);

    put_id(r, e, in->first);
    row_skip(r, 1);
    row_str(r, year_of(date_of(in)));
    row_skip(r, 2);
    row_str(r, type_of_violence(in));
    row_skip(r, 2);
    row_str(r, member_str(in->first->story, "title"));
    row_skip(r, 5); /* dyad, side_a ids */
    row_str(r, names_of(e, in, "actors"));
    row_skip(r, 2);
    row_str(r, names_of(e, in, "recipients"));
    put_sources(r, e, in);
    put_where(r, &in->first->place);
    row_skip(r, 1);
    row_str(r, in->first->date.len > 0 ? STR("1") : STR(""));
    row_str(r, date_of(in));
    row_str(r, date_of(in));
    row_skip(r, 2);
    row_int(r, civilians);
    row_int(r, in->best > civilians ? in->best - civilians : 0);
    row_int(r, in->best);
    row_int(r, in->high);
    row_int(r, in->low);
    row_skip(r, 2);
    row_end(r);
}

typedef void put_incident(struct rows *r, struct exporter *e,
                          const struct incident *in);

static void put_incidents(struct exporter *e, struct rows r, put_incident *put)
{
    struct incidents all = incidents_of(e);

    for (uint32_t i = 0; i < all.at.count; i++)
        put(&r, e, &all.at.at[i]);
}

void export_ucdp(struct exporter *e)
{
    put_incidents(e, rows_open(e->out, ',', ged_columns, COUNT(ged_columns)), put_ged);
}

/* ---- ACLED ---- */

static const char *const acled_columns[] = {
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
};

static struct str acled_type(const struct incident *in)
{
    struct str type, mode;

    if (!in->event)
        return (struct str){ NULL, 0 };
    type = member_str(in->event->body, "type");
    mode = member_str(in->event->body, "mode");
    if (str_eq(type, STR("PROTEST")))
        return str_eq(mode, STR("riot")) ? STR("Riots") : STR("Protests");
    if (str_eq(type, STR("COERCE")))
        return STR("Strategic developments");
    if (str_find_fold(mode, STR("bomb")) != STR_NPOS ||
        str_find_fold(mode, STR("explosive")) != STR_NPOS ||
        str_find_fold(mode, STR("aerial")) != STR_NPOS)
        return STR("Explosions/Remote violence");
    if (is_armed(sector_of(in, "actors")) && is_armed(sector_of(in, "recipients")))
        return STR("Battles");
    return STR("Violence against civilians");
}

static struct str geo_precision(const struct place *p)
{
    if (!p->located)
        return (struct str){ NULL, 0 };
    if (str_eq(p->precision, STR("point")) || str_eq(p->precision, STR("city")))
        return STR("1");
    return str_eq(p->precision, STR("district")) ? STR("2") : STR("3");
}

static void put_acled(struct rows *r, struct exporter *e, const struct incident *in)
{
    const struct place *p = &in->first->place;
    struct str type = acled_type(in);
    bool protest = str_eq(type, STR("Protests"));

    put_id(r, e, in->first);
    row_str(r, date_of(in));
    row_str(r, year_of(date_of(in)));
    row_str(r, in->first->date.len > 0 ? STR("1") : STR("2"));
    row_str(r, type.len == 0 ? STR("")
               : protest     ? STR("Demonstrations")
                             : STR("Political violence"));
    row_str(r, type);
    row_skip(r, 1);
    row_str(r, names_of(e, in, "actors"));
    row_skip(r, 2);
    row_str(r, names_of(e, in, "recipients"));
    row_skip(r, 6); /* to region */
    row_str(r, p->country);
    row_skip(r, 3);
    row_str(r, p->name);
    row_place(r, p);
    row_str(r, geo_precision(p));
    row_str(r, report_outlet(in->first->report));
    row_skip(r, 1);
    row_str(r, incident_notes(e, in));
    row_int(r, in->conservative);
    row_skip(r, 2);
    row_end(r);
}

void export_acled(struct exporter *e)
{
    put_incidents(e, rows_open(e->out, ',', acled_columns, COUNT(acled_columns)),
                  put_acled);
}
