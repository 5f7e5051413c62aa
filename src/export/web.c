/* web.c - findings as GeoJSON, Web Annotations and Markdown. */
#include "base/json.h"
#include "export/item.h"
#include "export/member.h"

#define CONTEXT_POINTS 32 /* of text before and behind a quotation */

/* ---- GeoJSON ---- */

static void put_bound(struct json *j, const json_t *o, const char *name)
{
    int64_t n;

    if (!member_count(o, name, &n))
        return;
    json_key(j, name);
    json_i64(j, n);
}

static void put_properties(struct json *j, const struct exporter *e,
                           const struct item *i)
{
    json_key(j, "properties");
    json_open(j, '{');
    json_member(j, "story", member_str(i->story, "title"));
    json_member(j, "kind", i->kind);
    json_member(j, "type", member_str(i->body, "type"));
    json_member(j, "measure", member_str(i->body, "measure"));
    put_bound(j, i->body, "low");
    put_bound(j, i->body, "high");
    json_member(j, "status", member_str(i->finding, "status"));
    json_member(j, "date", i->date);
    json_member(j, "place", i->place.name);
    json_member(j, "country", i->place.country);
    json_member(j, "precision", i->place.precision);
    json_member(j, "summary", item_summary(e, i));
    json_member(j, "claimant", finding_voice(&e->reports, i->finding));
    json_member(j, "outlet", report_outlet(i->report));
    json_member(j, "url", member_str(i->report, "url"));
    json_member(j, "quote", item_quote(e, i));
    json_close(j, '}');
}

static void put_geometry(struct json *j, const struct place *p)
{
    json_key(j, "geometry");
    if (!p->located) {
        json_none(j);
        return;
    }
    json_open(j, '{');
    json_member(j, "type", STR("Point"));
    json_key(j, "coordinates");
    json_open(j, '[');
    json_fixed(j, p->lon, 5);
    json_fixed(j, p->lat, 5);
    json_close(j, ']');
    json_close(j, '}');
}

void export_geojson(struct exporter *e)
{
    struct json j = json_to(e->out);

    json_open(&j, '{');
    json_member(&j, "type", STR("FeatureCollection"));
    json_key(&j, "features");
    json_open(&j, '[');
    for (uint32_t k = 0; k < e->item.count; k++) {
        const struct item *i = &e->item.at[k];

        if (str_eq(i->kind, STR("statement")))
            continue;
        json_open(&j, '{');
        json_member(&j, "type", STR("Feature"));
        json_member(&j, "id", member_str(i->finding, "id"));
        put_geometry(&j, &i->place);
        put_properties(&j, e, i);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    buf_char(e->out, '\n');
}

/* ---- Web Annotations ---- */

static void put_quote_selector(struct json *j, const struct exporter *e,
                               const json_t *report, const json_t *v, int64_t start,
                               int64_t end)
{
    struct str text = member_str(report, "text");

    if (e->text == EXPORT_TEXT_NONE)
        return;
    json_open(j, '{');
    json_member(j, "type", STR("TextQuoteSelector"));
    json_member(j, "exact", member_str(v, "quote"));
    json_member(
        j, "prefix",
        points_slice(text, start > CONTEXT_POINTS ? start - CONTEXT_POINTS : 0, start));
    json_member(j, "suffix", points_slice(text, end, end + CONTEXT_POINTS));
    json_close(j, '}');
}

static void put_target(struct json *j, const struct exporter *e, const json_t *v)
{
    const json_t *report = report_by_id(&e->reports, member_str(v, "report"));
    int64_t start = 0, end = 0;

    member_count(v, "start", &start);
    member_count(v, "end", &end);
    json_key(j, "target");
    json_open(j, '{');
    json_member(j, "source", report_address(report));
    json_key(j, "state");
    json_open(j, '{');
    json_member(j, "type", STR("TimeState"));
    json_member(j, "sourceDate", member_str2(report, "published", "value"));
    json_close(j, '}');
    json_key(j, "selector");
    json_open(j, '[');
    put_quote_selector(j, e, report, v, start, end);
    json_open(j, '{');
    json_member(j, "type", STR("TextPositionSelector"));
    json_key(j, "start");
    json_i64(j, start);
    json_key(j, "end");
    json_i64(j, end);
    json_close(j, '}');
    json_close(j, ']');
    json_close(j, '}');
}

static void put_annotation(struct json *j, const struct exporter *e,
                           const struct item *i, const json_t *v, size_t n)
{
    char id[96];

    snprintf(id, sizeof id, "urn:corrob:%.40s:%zu",
             json_string_value(json_object_get(i->finding, "id")), n);
    json_open(j, '{');
    json_member(j, "id", str_from(id));
    json_member(j, "type", STR("Annotation"));
    json_member(j, "motivation",
                str_eq(member_str(v, "stance"), STR("disputes")) ? STR("questioning")
                                                                 : STR("describing"));
    json_key(j, "body");
    json_open(j, '{');
    json_member(j, "type", STR("TextualBody"));
    json_member(j, "format", STR("text/plain"));
    json_key(j, "value");
    json_str(j, item_summary(e, i));
    json_close(j, '}');
    put_target(j, e, v);
    json_close(j, '}');
}

void export_annotations(struct exporter *e)
{
    struct json j = json_to(e->out);
    const json_t *v;
    size_t n;

    json_open(&j, '{');
    json_member(&j, "@context", STR("http://www.w3.org/ns/anno.jsonld"));
    json_member(&j, "id", STR("urn:corrob:page"));
    json_member(&j, "type", STR("AnnotationPage"));
    json_key(&j, "items");
    json_open(&j, '[');
    for (uint32_t k = 0; k < e->item.count; k++)
        json_array_foreach(json_object_get(e->item.at[k].finding, "evidence"), n, v)
            put_annotation(&j, e, &e->item.at[k], v, n + 1);
    json_close(&j, ']');
    json_close(&j, '}');
    buf_char(e->out, '\n');
}

/* ---- Markdown ---- */

static void put_words(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (strchr("\\`*_[]<>|~#", s.ptr[i]))
            buf_char(b, '\\');
        buf_char(b, ascii_is_space(s.ptr[i]) ? ' ' : s.ptr[i]);
    }
}

static void put_line(struct exporter *e, const struct item *i)
{
    struct str sentence = item_sentence(e, i->report, i->evidence);

    buf_str(e->out, STR("- **"));
    buf_str(e->out, member_str(i->finding, "status"));
    buf_str(e->out, STR("** "));
    put_words(e->out, item_summary(e, i));
    buf_str(e->out, STR(" ("));
    put_words(e->out, report_outlet(i->report));
    buf_str(e->out, STR(", "));
    put_words(e->out, report_address(i->report));
    buf_str(e->out, STR(")\n"));
    if (sentence.len == 0)
        return;
    buf_str(e->out, STR("  > "));
    put_words(e->out, sentence);
    buf_char(e->out, '\n');
}

void export_markdown(struct exporter *e)
{
    const json_t *story = NULL;

    for (uint32_t k = 0; k < e->item.count; k++) {
        const struct item *i = &e->item.at[k];

        if (i->story != story) {
            buf_str(e->out, story ? STR("\n# ") : STR("# "));
            put_words(e->out, member_str(i->story, "title"));
            buf_str(e->out, STR("\n\n"));
        }
        story = i->story;
        put_line(e, i);
    }
}
