/* event_rows.c - events in the shapes of event data: POLECAT, GDELT, PLOVER. */
#include "base/json.h"
#include "export/item.h"
#include "export/member.h"

static const char *const polecat_columns[] = {
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
};

/* Of PLOVER's types; 0 for those that PLOVER has not. */
static int64_t quad_of(struct str type)
{
    static const char *const types[] = {
        "AGREE",    "CONSULT",  "SUPPORT", "CONCEDE", "COOPERATE", "AID",
        "RETREAT",  "REQUEST",  "ACCUSE",  "REJECT",  "THREATEN",  "PROTEST",
        "SANCTION", "MOBILIZE", "COERCE",  "ASSAULT",
    };

    for (size_t i = 0; i < COUNT(types); i++)
        if (str_eq(type, str_from(types[i])))
            return i < 4 ? 1 : i < 7 ? 2 : i < 11 ? 3 : 4;
    return 0;
}

/* What stands as having happened: "asserted", or said of somebody. */
static bool is_event(const struct item *i)
{
    struct str modality = member_str(i->body, "modality");

    return str_eq(i->kind, STR("event")) &&
           (str_eq(modality, STR("asserted")) || str_eq(modality, STR("alleged")));
}

static void put_polecat_side(struct rows *r, const struct exporter *e,
                             const struct item *i, const char *side)
{
    const json_t *p = party_at_side(i, side, 0);
    struct str names = side_names(e->arena, i, side, "name");

    row_str(r, names);
    row_str(r, side_names(e->arena, i, side, "country"));
    row_skip(r, 1);
    row_str(r, member_str(p, "sector"));
    row_str(r, side_names(e->arena, i, side, "sector"));
    row_str(r, member_str(p, "role"));
    row_str(r, names);
    row_skip(r, 1);
}

static struct str story_names(struct exporter *e, const struct item *i,
                              const char *list, const char *type)
{
    const json_t *a;
    struct buf b = buf_new(e->arena, 1 << 20);
    size_t k;

    json_array_foreach(json_object_get(i->story, list), k, a)
    {
        if (type && !str_eq(member_str(a, "type"), str_from(type)))
            continue;
        if (b.len > 0)
            buf_str(&b, STR("; "));
        buf_str(&b, member_str(a, "name"));
    }
    return buf_view(&b);
}

static void put_polecat(struct rows *r, struct exporter *e, const struct item *i)
{
    row_str(r, member_str(i->finding, "id"));
    row_str(r, i->date.len > 0 ? i->date : i->published);
    row_str(r, member_str(i->body, "type"));
    row_str(r, member_str(i->body, "mode"));
    row_skip(r, 1);
    row_int(r, quad_of(member_str(i->body, "type")));
    row_skip(r, 1);
    put_polecat_side(r, e, i, "actors");
    put_polecat_side(r, e, i, "recipients");
    row_str(r, i->place.name);
    row_skip(r, 3);
    row_str(r, i->place.country);
    row_place(r, &i->place);
    row_skip(r, 1);
    row_str(r, i->place.name);
    row_str(r, i->place.precision);
    row_str(r, report_outlet(i->report));
    row_str(r, i->published);
    row_str(r, story_names(e, i, "actors", "person"));
    row_str(r, story_names(e, i, "actors", "organization"));
    row_str(r, story_names(e, i, "places", NULL));
    row_str(r, member_str(i->report, "language"));
    row_str(r, STR("corrob"));
    row_end(r);
}

void export_polecat(struct exporter *e)
{
    struct rows r = rows_open(e->out, '\t', polecat_columns, COUNT(polecat_columns));

    for (uint32_t i = 0; i < e->item.count; i++)
        if (is_event(&e->item.at[i]) &&
            quad_of(member_str(e->item.at[i].body, "type")) > 0)
            put_polecat(&r, e, &e->item.at[i]);
}

/* ---- GDELT ---- */

static const char *const gdelt_columns[] = {
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
};

static const char *const mention_columns[] = {
    "GLOBALEVENTID",    "EventTimeDate",     "MentionTimeDate",
    "MentionType",      "MentionSourceName", "MentionIdentifier",
    "SentenceID",       "Actor1CharOffset",  "Actor2CharOffset",
    "ActionCharOffset", "InRawText",         "Confidence",
    "MentionDocLen",    "MentionDocTone",    "MentionDocTranslationInfo",
    "Extras",
};

static struct str first_bytes(struct str s, size_t n)
{
    return s.len > n ? str_slice(s, 0, n) : s;
}

static int64_t quad_of_cameo(struct str code)
{
    uint64_t root = 0;

    str_to_u64(first_bytes(code, 2), &root);
    return root < 1 ? 0 : root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4;
}

static void put_gdelt_side(struct rows *r, const struct exporter *e,
                           const struct item *i, const char *side)
{
    const json_t *p = party_at_side(i, side, 0);
    struct buf code = buf_new(e->arena, 64);

    buf_str(&code, first_bytes(member_str(p, "country"), 3));
    buf_str(&code, first_bytes(member_str(p, "sector"), 3));
    row_str(r, buf_view(&code));
    row_str(r, member_str(p, "name"));
    row_str(r, member_str(p, "country"));
    row_skip(r, 4);
    row_str(r, member_str(p, "sector"));
    row_skip(r, 2);
}

static void count_evidence(const struct item *i, int64_t *mentions, int64_t *articles)
{
    const json_t *list = json_object_get(i->finding, "evidence"), *v;
    size_t k;

    *mentions = (int64_t)json_array_size(list);
    *articles = 0;
    json_array_foreach(list, k, v)
    {
        bool seen = false;

        for (size_t m = 0; m < k; m++)
            seen |= str_eq(member_str(json_array_get(list, m), "report"),
                           member_str(v, "report"));
        *articles += !seen;
    }
}

static void put_action_place(struct rows *r, const struct place *p)
{
    if (p->located)
        row_int(r, 4);
    else
        row_skip(r, 1);
    row_str(r, p->name);
    row_skip(r, 3);
    row_place(r, p);
    row_skip(r, 1);
}

static void put_gdelt(struct rows *r, struct exporter *e, const struct item *i)
{
    struct str day = item_day(e->arena, i), code = member_str(i->body, "cameo");
    int64_t mentions, articles, origins = 0;

    count_evidence(i, &mentions, &articles);
    member_count(i->finding, "origins", &origins);
    row_int(r, item_serial(i));
    row_str(r, day);
    row_str(r, first_bytes(day, 6));
    row_str(r, first_bytes(day, 4));
    row_skip(r, 1);
    put_gdelt_side(r, e, i, "actors");
    put_gdelt_side(r, e, i, "recipients");
    row_skip(r, 1);
    row_str(r, code);
    row_str(r, first_bytes(code, 3));
    row_str(r, first_bytes(code, 2));
    row_int(r, quad_of_cameo(code));
    row_skip(r, 1);
    row_int(r, mentions);
    row_int(r, origins);
    row_int(r, articles);
    row_skip(r, 1 + 16); /* tone, places of the actors */
    put_action_place(r, &i->place);
    row_skip(r, 1);
    row_str(r, report_address(i->report));
    row_end(r);
}

void export_gdelt_events(struct exporter *e)
{
    struct rows r = rows_open(e->out, '\t', gdelt_columns, COUNT(gdelt_columns));

    for (uint32_t i = 0; i < e->item.count; i++)
        if (is_event(&e->item.at[i]) && member_str(e->item.at[i].body, "cameo").len > 0)
            put_gdelt(&r, e, &e->item.at[i]);
}

/* "20220107091200" of "2022-01-07T09:12:00Z": what is known of it. */
static struct str time_digits(struct exporter *e, struct str iso)
{
    struct buf b = buf_new(e->arena, 32);

    for (size_t i = 0; i < iso.len && i < 19; i++)
        if (ascii_is_digit(iso.ptr[i]))
            buf_char(&b, iso.ptr[i]);
    while (b.len > 0 && b.len < 14)
        buf_char(&b, '0');
    return buf_view(&b);
}

static void put_mention(struct rows *r, struct exporter *e, const struct item *i,
                        const json_t *evidence)
{
    const json_t *report = report_by_id(&e->reports, member_str(evidence, "report"));
    int64_t start = 0;

    member_count(evidence, "start", &start);
    row_int(r, item_serial(i));
    row_str(r, item_day(e->arena, i));
    row_str(r, time_digits(e, member_str2(report, "published", "value")));
    row_int(r, 1);
    row_str(r, report_outlet(report));
    row_str(r, report_address(report));
    row_int(r, sentence_number(report, evidence));
    row_skip(r, 2);
    row_int(r, start);
    row_int(r, 1);
    row_skip(r, 1);
    row_int(r, (int64_t)member_str(report, "text").len);
    row_skip(r, 3);
    row_end(r);
}

void export_gdelt_mentions(struct exporter *e)
{
    struct rows r = rows_open(e->out, '\t', mention_columns, COUNT(mention_columns));
    const json_t *v;
    size_t k;

    for (uint32_t i = 0; i < e->item.count; i++) {
        if (!is_event(&e->item.at[i]) ||
            member_str(e->item.at[i].body, "cameo").len == 0)
            continue;
        json_array_foreach(json_object_get(e->item.at[i].finding, "evidence"), k, v)
            put_mention(&r, e, &e->item.at[i], v);
    }
}

/* ---- PLOVER ---- */

static void put_plover_side(struct json *j, const struct item *i, const char *side,
                            const char *key)
{
    const json_t *list = json_object_get(i->body, side), *p;
    size_t k;

    json_key(j, key);
    json_open(j, '[');
    json_array_foreach(list, k, p)
    {
        struct str sector = member_str(p, "sector");

        json_open(j, '{');
        json_member(j, "code", member_str(p, "country"));
        json_member(j, "sector", sector.len > 0 ? sector : STR("UNK"));
        json_member(j, "entity_text", member_str(p, "name"));
        json_member(j, "office", member_str(p, "role"));
        json_close(j, '}');
    }
    if (json_array_size(list) == 0 && strcmp(side, "actors") == 0) {
        json_open(j, '{');
        json_member(j, "sector", STR("UNK"));
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_plover_place(struct json *j, const struct place *p)
{
    if (p->name.len == 0)
        return;
    json_key(j, "event_loc");
    json_open(j, '{');
    json_member(j, "extracted_place", p->name);
    if (p->located) {
        json_key(j, "lat");
        json_fixed(j, p->lat, 5);
        json_key(j, "lon");
        json_fixed(j, p->lon, 5);
    }
    json_member(j, "country_code", p->country);
    json_close(j, '}');
}

static void put_plover_text(struct exporter *e, struct json *j, const struct item *i)
{
    struct str text = e->text == EXPORT_TEXT_FULL
                          ? member_str(i->report, "text")
                          : item_sentence(e, i->report, i->evidence);
    int64_t start, end;

    json_member(j, "text", text);
    if (member_count(i->evidence, "start", &start) &&
        member_count(i->evidence, "end", &end)) {
        json_key(j, "text_info");
        json_open(j, '{');
        json_key(j, "sequence");
        json_i64(j, sentence_number(i->report, i->evidence));
        json_key(j, "start");
        json_i64(j, start);
        json_key(j, "end");
        json_i64(j, end);
        json_close(j, '}');
    }
    json_key(j, "cite_info");
    json_open(j, '{');
    json_member(j, "url", member_str(i->report, "url"));
    json_member(j, "title", member_str(i->report, "title"));
    json_member(j, "publication", report_outlet(i->report));
    json_member(j, "language", member_str(i->report, "language"));
    json_close(j, '}');
}

static void put_one(struct json *j, const char *key, struct str s)
{
    json_key(j, key);
    json_open(j, '[');
    if (s.len > 0)
        json_str(j, s);
    json_close(j, ']');
}

void export_plover(struct exporter *e)
{
    for (uint32_t k = 0; k < e->item.count; k++) {
        const struct item *i = &e->item.at[k];
        struct json j = json_to(e->out);

        if (!is_event(i) || quad_of(member_str(i->body, "type")) == 0)
            continue;
        json_open(&j, '{');
        json_member(&j, "id", member_str(i->finding, "id"));
        json_member(&j, "date", i->date.len > 0 ? i->date : i->published);
        json_member(&j, "enddate", member_str(i->body, "end_date"));
        put_plover_side(&j, i, "actors", "actor");
        put_plover_side(&j, i, "recipients", "recipient");
        put_one(&j, "event", member_str(i->body, "type"));
        put_plover_place(&j, &i->place);
        json_key(&j, "quad_code");
        json_i64(&j, quad_of(member_str(i->body, "type")));
        put_one(&j, "mode", member_str(i->body, "mode"));
        json_member(&j, "link", member_str(i->report, "url"));
        put_plover_text(e, &j, i);
        json_member(&j, "coder", STR("corrob"));
        json_close(&j, '}');
        buf_char(e->out, '\n');
    }
}
