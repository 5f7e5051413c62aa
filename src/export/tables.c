/* tables.c - findings, evidence and reports as tables, and their descriptor. */
#include "base/json.h"
#include "export/item.h"
#include "export/member.h"

/* name, Frictionless type: a column a line */
/* clang-format off */
#define FINDING_COLUMNS(X) \
    X(id, string) \
    X(story_id, string) \
    X(story, string) \
    X(kind, string) \
    X(status, string) \
    X(origins, integer) \
    X(claimants, integer) \
    X(summary, string) \
    X(measure, string) \
    X(low, integer) \
    X(high, integer) \
    X(policy, string) \
    X(shown_low, integer) \
    X(shown_high, integer) \
    X(said, string) \
    X(who, string) \
    X(class, string) \
    X(group, string) \
    X(unit, string) \
    X(type, string) \
    X(mode, string) \
    X(cameo, string) \
    X(actors, string) \
    X(recipients, string) \
    X(modality, string) \
    X(speaker, string) \
    X(form, string) \
    X(date, string) \
    X(place, string) \
    X(country, string) \
    X(latitude, number) \
    X(longitude, number) \
    X(claimant, string) \
    X(report_id, string) \
    X(outlet, string) \
    X(url, string) \
    X(published, string) \
    X(start, integer) \
    X(end, integer) \
    X(quote, string) \
    X(superseded_by, string)
#define EVIDENCE_COLUMNS(X) \
    X(finding_id, string) \
    X(report_id, string) \
    X(stance, string) \
    X(claimant, string) \
    X(start, integer) \
    X(end, integer) \
    X(sentence_number, integer) \
    X(quote, string) \
    X(sentence, string) \
    X(by_hand, string)
#define REPORT_COLUMNS(X) \
    X(id, string) \
    X(input, string) \
    X(url, string) \
    X(outlet, string) \
    X(title, string) \
    X(published, string) \
    X(language, string) \
    X(text, string)
/* clang-format on */

struct column {
    const char *name, *type;
};

#define NAME(name, type) #name,
#define BOTH(name, type) { #name, #type },

static void put_bound(struct rows *r, const json_t *o, const char *name)
{
    int64_t n;

    if (member_count(o, name, &n))
        row_int(r, n);
    else
        row_skip(r, 1);
}

static void put_figure_cells(struct rows *r, const struct exporter *e,
                             const struct item *i)
{
    const json_t *f = str_eq(i->kind, STR("figure")) ? i->body : NULL;
    const json_t *shown = json_object_get(f, "shown");

    row_str(r, member_str(f, "measure"));
    put_bound(r, f, "low");
    put_bound(r, f, "high");
    row_str(r, member_str(e->situation, "policy"));
    put_bound(r, shown ? shown : f, "low");
    put_bound(r, shown ? shown : f, "high");
    row_str(r, member_str(f, "op"));
    row_str(r, member_str(f, "who"));
    row_str(r, member_str(f, "class"));
    row_str(r, member_str(f, "group"));
    row_str(r, member_str(f, "unit"));
}

static void put_event_cells(struct rows *r, const struct exporter *e,
                            const struct item *i)
{
    const json_t *v = str_eq(i->kind, STR("event")) ? i->body : NULL;
    const json_t *s = str_eq(i->kind, STR("statement")) ? i->body : NULL;

    row_str(r, member_str(v, "type"));
    row_str(r, member_str(v, "mode"));
    row_str(r, member_str(v, "cameo"));
    row_str(r, v ? side_names(e->arena, i, "actors", "name") : STR(""));
    row_str(r, v ? side_names(e->arena, i, "recipients", "name") : STR(""));
    row_str(r, member_str(v, "modality"));
    row_str(r, member_str(s, "speaker"));
    row_str(r, member_str(s, "form"));
}

static void put_finding(struct rows *r, const struct exporter *e, const struct item *i)
{
    row_str(r, member_str(i->finding, "id"));
    row_str(r, member_str(i->story, "id"));
    row_str(r, member_str(i->story, "title"));
    row_str(r, i->kind);
    row_str(r, member_str(i->finding, "status"));
    put_bound(r, i->finding, "origins");
    put_bound(r, i->finding, "claimants");
    row_str(r, item_summary(e, i));
    put_figure_cells(r, e, i);
    put_event_cells(r, e, i);
    row_str(r, i->date);
    row_str(r, i->place.name);
    row_str(r, i->place.country);
    row_place(r, &i->place);
    row_str(r, member_str(i->evidence, "claimant"));
    row_str(r, member_str(i->evidence, "report"));
    row_str(r, report_outlet(i->report));
    row_str(r, member_str(i->report, "url"));
    row_str(r, member_str2(i->report, "published", "value"));
    put_bound(r, i->evidence, "start");
    put_bound(r, i->evidence, "end");
    row_str(r, item_quote(e, i));
    row_str(r, member_str(i->finding, "superseded_by"));
    row_end(r);
}

void export_csv(struct exporter *e, char separator)
{
    static const char *const columns[] = { FINDING_COLUMNS(NAME) };
    struct rows r = rows_open(e->out, separator, columns, COUNT(columns));

    for (uint32_t i = 0; i < e->item.count; i++)
        put_finding(&r, e, &e->item.at[i]);
}

void export_evidence(struct exporter *e)
{
    static const char *const columns[] = { EVIDENCE_COLUMNS(NAME) };
    struct rows r = rows_open(e->out, ',', columns, COUNT(columns));
    const json_t *v;
    size_t k;

    for (uint32_t i = 0; i < e->item.count; i++) {
        json_array_foreach(json_object_get(e->item.at[i].finding, "evidence"), k, v)
        {
            const json_t *report = report_by_id(&e->reports, member_str(v, "report"));

            row_str(&r, member_str(e->item.at[i].finding, "id"));
            row_str(&r, member_str(v, "report"));
            row_str(&r, member_str(v, "stance"));
            row_str(&r, member_str(v, "claimant"));
            put_bound(&r, v, "start");
            put_bound(&r, v, "end");
            row_int(&r, sentence_number(report, v));
            row_str(&r, e->text == EXPORT_TEXT_NONE ? STR("") : member_str(v, "quote"));
            row_str(&r, item_sentence(e, report, v));
            row_str(&r, member_str(v, "by_hand"));
            row_end(&r);
        }
    }
}

void export_reports(struct exporter *e)
{
    static const char *const columns[] = { REPORT_COLUMNS(NAME) };
    struct rows r = rows_open(e->out, ',', columns, COUNT(columns));
    const json_t *report;
    size_t i;

    json_array_foreach(json_object_get(e->situation, "reports"), i, report)
    {
        row_str(&r, member_str(report, "id"));
        row_str(&r, member_str(report, "input"));
        row_str(&r, member_str(report, "url"));
        row_str(&r, report_outlet(report));
        row_str(&r, member_str(report, "title"));
        row_str(&r, member_str2(report, "published", "value"));
        row_str(&r, member_str(report, "language"));
        row_str(&r, e->text == EXPORT_TEXT_FULL ? member_str(report, "text") : STR(""));
        row_end(&r);
    }
}

/* ---- the descriptor ---- */

struct foreign {
    const char *field, *resource;
};

static void put_strings(struct json *j, const char *key, const char *one)
{
    json_key(j, key);
    json_open(j, '[');
    json_str(j, str_from(one));
    json_close(j, ']');
}

static void put_schema(struct json *j, const struct column *column, size_t columns,
                       const char *key, const struct foreign *foreign, size_t foreigns)
{
    json_key(j, "schema");
    json_open(j, '{');
    json_key(j, "fields");
    json_open(j, '[');
    for (size_t i = 0; i < columns; i++) {
        json_open(j, '{');
        json_member(j, "name", str_from(column[i].name));
        json_member(j, "type", str_from(column[i].type));
        json_close(j, '}');
    }
    json_close(j, ']');
    if (key)
        put_strings(j, "primaryKey", key);
    if (foreigns > 0) {
        json_key(j, "foreignKeys");
        json_open(j, '[');
        for (size_t i = 0; i < foreigns; i++) {
            json_open(j, '{');
            put_strings(j, "fields", foreign[i].field);
            json_key(j, "reference");
            json_open(j, '{');
            json_member(j, "resource", str_from(foreign[i].resource));
            put_strings(j, "fields", "id");
            json_close(j, '}');
            json_close(j, '}');
        }
        json_close(j, ']');
    }
    json_close(j, '}');
}

static void open_resource(struct json *j, const char *name)
{
    char path[32];

    snprintf(path, sizeof path, "%s.csv", name);
    json_open(j, '{');
    json_member(j, "name", str_from(name));
    json_member(j, "path", str_from(path));
    json_member(j, "profile", STR("tabular-data-resource"));
    json_member(j, "encoding", STR("utf-8"));
}

void export_datapackage(struct exporter *e)
{
    static const struct column finding[] = { FINDING_COLUMNS(BOTH) };
    static const struct column evidence[] = { EVIDENCE_COLUMNS(BOTH) };
    static const struct column report[] = { REPORT_COLUMNS(BOTH) };
    static const struct foreign of_finding[] = { { "report_id", "reports" } };
    static const struct foreign of_evidence[] = { { "report_id", "reports" },
                                                  { "finding_id", "findings" } };
    struct json j = json_to(e->out);

    json_open(&j, '{');
    json_member(&j, "name", STR("corrob-situation"));
    json_member(&j, "profile", STR("tabular-data-package"));
    json_member(
        &j, "description",
        STR("What news reports say, by whom, and where they agree and conflict."));
    json_key(&j, "resources");
    json_open(&j, '[');
    open_resource(&j, "findings");
    put_schema(&j, finding, COUNT(finding), "id", of_finding, COUNT(of_finding));
    json_close(&j, '}');
    open_resource(&j, "evidence");
    put_schema(&j, evidence, COUNT(evidence), NULL, of_evidence, COUNT(of_evidence));
    json_close(&j, '}');
    open_resource(&j, "reports");
    put_schema(&j, report, COUNT(report), "id", NULL, 0);
    json_close(&j, '}');
    json_close(&j, ']');
    json_close(&j, '}');
    buf_char(e->out, '\n');
}

/* ---- HXL ---- */

/* clang-format off */
#define HXL_COLUMNS(X) \
    X(id, "#meta+id") \
    X(story, "#event+name") \
    X(date, "#date+occurred") \
    X(reported, "#date+reported") \
    X(place, "#loc+name") \
    X(country, "#country+code") \
    X(latitude, "#geo+lat") \
    X(longitude, "#geo+lon") \
    X(killed_min, "#affected+killed+min") \
    X(killed_max, "#affected+killed+max") \
    X(injured_min, "#affected+injured+min") \
    X(injured_max, "#affected+injured+max") \
    X(missing_min, "#affected+missing+min") \
    X(missing_max, "#affected+missing+max") \
    X(displaced_min, "#affected+idps+min") \
    X(displaced_max, "#affected+idps+max") \
    X(people, "#population+type") \
    X(claimant, "#org+claimant") \
    X(standing, "#status") \
    X(outlet, "#meta+source") \
    X(url, "#meta+url") \
    X(notes, "#description")
/* clang-format on */

static const char *const hxl_measures[] = { "killed", "injured", "missing",
                                            "displaced" };

static void put_hxl(struct rows *r, const struct exporter *e, const struct item *i)
{
    row_str(r, member_str(i->finding, "id"));
    row_str(r, member_str(i->story, "title"));
    row_str(r, i->date);
    row_str(r, i->published);
    row_str(r, i->place.name);
    row_str(r, i->place.country);
    row_place(r, &i->place);
    for (size_t k = 0; k < COUNT(hxl_measures); k++) {
        if (item_is_toll(i, hxl_measures[k])) {
            put_bound(r, i->body, "low");
            put_bound(r, i->body, "high");
        } else {
            row_skip(r, 2);
        }
    }
    row_str(r, member_str(i->body, "class"));
    row_str(r, finding_voice(&e->reports, i->finding));
    row_str(r, member_str(i->finding, "status"));
    row_str(r, report_outlet(i->report));
    row_str(r, member_str(i->report, "url"));
    row_str(r, member_str(i->finding, "summary"));
    row_end(r);
}

void export_hxl(struct exporter *e)
{
#define TAG(name, tag) tag,
    static const char *const columns[] = { HXL_COLUMNS(NAME) };
    static const char *const tags[] = { HXL_COLUMNS(TAG) };
    struct rows r = rows_open(e->out, ',', columns, COUNT(columns));

    for (size_t i = 0; i < COUNT(tags); i++)
        row_str(&r, str_from(tags[i]));
    row_end(&r);
    for (uint32_t i = 0; i < e->item.count; i++)
        for (size_t k = 0; k < COUNT(hxl_measures); k++)
            if (item_is_toll(&e->item.at[i], hxl_measures[k]) &&
                !member_true(e->item.at[i].body, "background"))
                put_hxl(&r, e, &e->item.at[i]);
}
