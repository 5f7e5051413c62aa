#include "export/item.h"

#include "export/member.h"

static void take_point(struct place *p, const json_t *o)
{
    const json_t *lat = json_object_get(o, "lat"), *lon = json_object_get(o, "lon");

    if (p->country.len == 0)
        p->country = member_str(o, "country");
    if (p->precision.len == 0)
        p->precision = member_str(o, "precision");
    if (!json_is_number(lat) || !json_is_number(lon))
        return;
    p->located = true;
    p->lat = json_number_value(lat);
    p->lon = json_number_value(lon);
}

/* An event's place stands in it; a figure's is looked up in its story. */
static struct place place_of(const json_t *story, const json_t *body)
{
    const json_t *own = json_object_get(body, "place"), *p;
    struct place out = { .located = false };
    size_t i;

    out.name =
        json_is_object(own) ? member_str(own, "name") : member_str(body, "place");
    if (out.name.len == 0)
        return out;
    if (json_is_object(own))
        take_point(&out, own);
    json_array_foreach(json_object_get(story, "places"), i, p)
    {
        if (str_eq(member_str(p, "name"), out.name))
            take_point(&out, p);
    }
    /* A country alone is never a pin in the middle of the map. */
    if (str_eq(out.precision, STR("country")))
        out.located = false;
    return out;
}

static struct str day_part(struct str date)
{
    return date.len > 10 ? str_slice(date, 0, 10) : date;
}

static struct item item_of(const struct exporter *e, const json_t *story,
                           const json_t *finding)
{
    struct item i = { .story = story, .finding = finding };
    char kind[16];

    i.kind = member_str(finding, "kind");
    snprintf(kind, sizeof kind, "%.*s", STR_ARG(i.kind));
    i.body = json_object_get(finding, kind);
    i.evidence = finding_support(finding);
    i.report = report_by_id(&e->reports, member_str(i.evidence, "report"));
    i.place = place_of(story, i.body);
    i.date = member_str(i.body, "date");
    i.published = day_part(member_str2(i.report, "published", "value"));
    return i;
}

void items_gather(struct exporter *e)
{
    const json_t *story, *finding;
    size_t i, k;

    json_array_foreach(json_object_get(e->situation, "stories"), i, story)
    {
        json_array_foreach(json_object_get(story, "findings"), k, finding) *
            PUSH(e->arena, &e->item) = item_of(e, story, finding);
    }
}

struct str item_quote(const struct exporter *e, const struct item *i)
{
    return e->text == EXPORT_TEXT_NONE ? (struct str){ NULL, 0 }
                                       : member_str(i->evidence, "quote");
}

struct str item_summary(const struct exporter *e, const struct item *i)
{
    static const char *const ours[] = { "killed",     "injured",  "casualties",
                                        "missing",    "detained", "abducted",
                                        "displaced",  "deployed", "crowd",
                                        "released",   "expelled", "infected",
                                        "surrendered" };
    bool own = false;

    for (size_t k = 0; k < COUNT(ours); k++)
        own |= item_is_toll(i, ours[k]);

    return e->text == EXPORT_TEXT_NONE && !own ? (struct str){ NULL, 0 }
                                               : member_str(i->finding, "summary");
}

static const json_t *sentence_pair(const json_t *report, const json_t *evidence,
                                   size_t *number)
{
    const json_t *pair, *found = NULL;
    int64_t start = 0;
    size_t i;

    if (!member_count(evidence, "start", &start))
        return NULL;
    json_array_foreach(json_object_get(report, "sentences"), i, pair)
    {
        if (json_integer_value(json_array_get(pair, 0)) > start)
            break;
        found = pair;
        *number = i + 1;
    }
    return found;
}

int64_t sentence_number(const json_t *report, const json_t *evidence)
{
    size_t number = 0;

    sentence_pair(report, evidence, &number);
    return (int64_t)number;
}

struct str item_sentence(const struct exporter *e, const json_t *report,
                         const json_t *evidence)
{
    size_t number = 0;
    const json_t *pair = sentence_pair(report, evidence, &number);

    if (!pair || e->text == EXPORT_TEXT_NONE)
        return (struct str){ NULL, 0 };
    return points_slice(member_str(report, "text"),
                        json_integer_value(json_array_get(pair, 0)),
                        json_integer_value(json_array_get(pair, 1)));
}

struct str report_address(const json_t *report)
{
    struct str url = member_str(report, "url");

    return url.len > 0 ? url : member_str(report, "input");
}

const json_t *party_at_side(const struct item *i, const char *side, size_t n)
{
    return json_array_get(json_object_get(i->body, side), n);
}

struct str side_names(struct arena *arena, const struct item *i, const char *side,
                      const char *member)
{
    const json_t *list = json_object_get(i->body, side), *p;
    struct buf b = buf_new(arena, 1 << 20);
    size_t k;

    json_array_foreach(list, k, p)
    {
        if (member_str(p, member).len == 0)
            continue;
        if (b.len > 0)
            buf_str(&b, STR("; "));
        buf_str(&b, member_str(p, member));
    }
    return buf_view(&b);
}

struct str item_day(struct arena *arena, const struct item *i)
{
    struct str date = i->date.len == 10 ? i->date : i->published;
    struct buf b = buf_new(arena, 16);

    for (size_t k = 0; k < date.len && date.len == 10; k++)
        if (ascii_is_digit(date.ptr[k]))
            buf_char(&b, date.ptr[k]);
    return buf_view(&b);
}

struct str year_of(struct str date)
{
    return date.len >= 4 ? str_slice(date, 0, 4) : (struct str){ NULL, 0 };
}

int64_t item_serial(const struct item *i)
{
    struct str id = member_str(i->finding, "id");
    int64_t n = 0;

    for (size_t k = 0; k < id.len && k < 12; k++) {
        char c = ascii_lower(id.ptr[k]);

        n = n * 16 + (ascii_is_digit(c) ? c - '0' : (c - 'a' + 10) & 15);
    }
    return n;
}

bool item_is_toll(const struct item *i, const char *measure)
{
    return str_eq(i->kind, STR("figure")) &&
           str_eq(member_str(i->body, "measure"), str_from(measure));
}

void row_place(struct rows *r, const struct place *p)
{
    if (!p->located) {
        row_skip(r, 2);
        return;
    }
    row_degree(r, p->lat);
    row_degree(r, p->lon);
}
