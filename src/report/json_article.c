#include "report/json_article.h"

#include "base/utf8.h"

/* What every part of the object needs. */
struct article_json {
    struct arena *arena;
    struct json *j;
    const struct facts *facts;
    struct utf8_index index;
};

static void put_offset(struct article_json *w, const char *key, uint32_t byte)
{
    json_key(w->j, key);
    json_u64(w->j, utf8_point_at(&w->index, byte));
}

static void put_start_end(struct article_json *w, uint32_t start, uint32_t end)
{
    put_offset(w, "start", start);
    put_offset(w, "end", end);
}

/* [start,end without the bracket that closes, so that a mention can add its kind. */
static void open_pair(struct article_json *w, uint32_t start, uint32_t end)
{
    json_open(w->j, '[');
    json_u64(w->j, utf8_point_at(&w->index, start));
    json_u64(w->j, utf8_point_at(&w->index, end));
}

static void put_pair(struct article_json *w, uint32_t start, uint32_t end)
{
    open_pair(w, start, end);
    json_close(w->j, ']');
}

static void put_index(struct json *j, const char *key, uint32_t index)
{
    if (index == FACT_NONE)
        return;
    json_key(j, key);
    json_u64(j, index);
}

static void put_list(struct json *j, const char *key, const struct str *s,
                     uint32_t count)
{
    if (count == 0)
        return;
    json_key(j, key);
    json_open(j, '[');
    for (uint32_t i = 0; i < count; i++)
        json_str(j, s[i]);
    json_close(j, ']');
}

void json_day(struct arena *arena, struct json *j, const char *key, int32_t day)
{
    if (day != DATE_NONE)
        json_member(j, key, date_to_iso(arena, day));
}

void json_interval(struct json *j, int64_t low, int64_t high)
{
    json_key(j, "low");
    if (low == INT64_MIN)
        json_none(j);
    else
        json_i64(j, low);
    json_key(j, "high");
    if (high == COUNT_OPEN)
        json_none(j);
    else
        json_i64(j, high);
}

void json_point(struct json *j, bool located, double lat, double lon)
{
    if (!located)
        return;
    json_key(j, "lat");
    json_fixed(j, lat, 5);
    json_key(j, "lon");
    json_fixed(j, lon, 5);
}

void json_flag(struct json *j, const char *key, bool truth)
{
    if (!truth)
        return;
    json_key(j, key);
    json_bool(j, true);
}

static void put_published(struct article_json *w, const struct article *a)
{
    static const char *const precisions[] = { "",    "year",   "month",
                                              "day", "minute", "second" };
    static const char *const from[] = { "",     "jsonld", "meta", "url",
                                        "text", "feed",   "hint" };

    if (a->published.precision == INSTANT_NONE)
        return;
    json_key(w->j, "published");
    json_open(w->j, '{');
    json_member(w->j, "value", instant_to_iso(w->arena, a->published));
    json_member(w->j, "precision", str_from(precisions[a->published.precision]));
    json_member(w->j, "from", str_from(from[a->published_from]));
    json_close(w->j, '}');
}

static void put_outlet(struct json *j, const struct article *a)
{
    if (a->outlet.len == 0 && a->domain.len == 0)
        return;
    json_key(j, "outlet");
    json_open(j, '{');
    json_member(j, "name", a->outlet);
    json_member(j, "domain", a->domain);
    json_close(j, '}');
}

static void put_furniture(struct json *j, const struct article *a)
{
    json_key(j, "furniture");
    json_open(j, '[');
    for (uint32_t i = 0; i < a->furniture.count; i++) {
        json_open(j, '{');
        json_member(j, "text", a->furniture.at[i].text);
        json_member(j, "why", a->furniture.at[i].why);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_head(struct article_json *w, struct str id)
{
    const struct article *a = w->facts->text->article;

    json_member(w->j, "schema", STR("corrob.article/1"));
    json_member(w->j, "id", id);
    json_member(w->j, "ref", a->page->ref);
    json_member(w->j, "input", a->page->input);
    json_member(w->j, "url", a->url);
    put_outlet(w->j, a);
    json_member(w->j, "title", a->title);
    put_list(w->j, "byline", a->byline.at, a->byline.count);
    put_published(w, a);
    json_member(w->j, "language", a->language);
    json_member(w->j, "kind", str_from(article_kind_name(a->kind)));
    json_key(w->j, "text");
    json_str(w->j, a->text);
    put_furniture(w->j, a);
}

static void put_sentences(struct article_json *w)
{
    const struct text *t = w->facts->text;

    json_key(w->j, "sentences");
    json_open(w->j, '[');
    for (uint32_t i = 0; i < t->sentence.count; i++)
        put_pair(w, t->sentence.at[i].start, t->sentence.at[i].end);
    json_close(w->j, ']');
}

static void put_mentions(struct article_json *w, const struct actor *a)
{
    static const char *const kinds[] = { "name", "nominal", "pronoun" };

    json_key(w->j, "mentions");
    json_open(w->j, '[');
    for (uint32_t i = 0; i < a->mention.count; i++) {
        open_pair(w, a->mention.at[i].start, a->mention.at[i].end);
        json_str(w->j, str_from(kinds[a->mention.at[i].kind]));
        json_close(w->j, ']');
    }
    json_close(w->j, ']');
}

static void put_entity(struct article_json *w, uint32_t id)
{
    const struct actor *a = &w->facts->actor.at[id];

    json_open(w->j, '{');
    json_key(w->j, "id");
    json_u64(w->j, id);
    json_member(w->j, "type", str_from(entity_type_name(a->type)));
    json_key(w->j, "name");
    json_str(w->j, a->name);
    put_list(w->j, "aliases", a->aliases.at, a->aliases.count);
    json_member(w->j, "role", a->role);
    json_member(w->j, "country", a->country);
    json_member(w->j, "sector", a->sector);
    json_point(w->j, a->located, a->lat, a->lon);
    json_member(w->j, "precision", str_from(place_precision_name(a->precision)));
    if (a->geonames) {
        json_key(w->j, "geonames");
        json_u64(w->j, a->geonames);
    }
    put_mentions(w, a);
    json_close(w->j, '}');
}

static void put_entities(struct article_json *w)
{
    json_key(w->j, "entities");
    json_open(w->j, '[');
    for (uint32_t i = 0; i < w->facts->actor.count; i++)
        put_entity(w, i);
    json_close(w->j, ']');
}

static void put_times(struct article_json *w)
{
    json_key(w->j, "times");
    json_open(w->j, '[');
    for (uint32_t i = 0; i < w->facts->when.count; i++) {
        const struct when *t = &w->facts->when.at[i];

        json_open(w->j, '{');
        put_start_end(w, t->start, t->end);
        json_member(w->j, "type", str_from(time_type_name(t->type)));
        json_member(w->j, "value", t->value);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

static void put_period(struct article_json *w, int32_t begin, int32_t end)
{
    if (begin == DATE_NONE || end == DATE_NONE)
        return;
    json_key(w->j, "period");
    json_open(w->j, '[');
    json_str(w->j, date_to_iso(w->arena, begin));
    json_str(w->j, date_to_iso(w->arena, end));
    json_close(w->j, ']');
}

static struct str when_value(const struct facts *f, uint32_t time)
{
    return time == FACT_NONE ? (struct str){ NULL, 0 } : f->when.at[time].value;
}

static void put_figure(struct article_json *w, uint32_t id)
{
    const struct figure *f = &w->facts->figure.at[id];
    struct json *j = w->j;

    json_open(j, '{');
    json_key(j, "id");
    json_u64(j, id);
    put_start_end(w, f->start, f->end);
    json_member(j, "measure", str_from(measure_name(f->measure)));
    json_interval(j, f->low, f->high);
    json_member(j, "who", f->who);
    json_member(j, "class", f->class_name);
    json_member(j, "group", f->group);
    json_member(j, "unit", f->unit);
    json_member(j, "op", f->op);
    put_index(j, "event", f->event);
    put_index(j, "place", f->place);
    json_member(j, "time", when_value(w->facts, f->time));
    json_day(w->arena, j, "date", f->day);
    json_day(w->arena, j, "as_of", f->as_of);
    put_period(w, f->period_begin, f->period_end);
    put_index(j, "subset_of", f->subset_of);
    json_flag(j, "background", f->background);
    put_index(j, "claimant", f->claimant);
    json_member(j, "cue", f->cue);
    json_member(j, "modality", str_from(modality_name(f->modality)));
    json_close(j, '}');
}

static void put_figures(struct article_json *w)
{
    json_key(w->j, "figures");
    json_open(w->j, '[');
    for (uint32_t i = 0; i < w->facts->figure.count; i++)
        put_figure(w, i);
    json_close(w->j, ']');
}

static void put_side(struct json *j, const char *key, const uint32_t *side,
                     uint32_t count)
{
    json_key(j, key);
    json_open(j, '[');
    for (uint32_t i = 0; i < count; i++)
        json_u64(j, side[i]);
    json_close(j, ']');
}

/* PLOVER's quad class of a type: 1 verbal, 2 material cooperation, 3 verbal,
 * 4 material conflict; 0 for the types that PLOVER has not. */
static unsigned quad_of(enum event_type type)
{
    static const unsigned char quads[EVENT_TYPES] = {
        [EVENT_AGREE] = 1,    [EVENT_CONSULT] = 1,   [EVENT_SUPPORT] = 1,
        [EVENT_CONCEDE] = 1,  [EVENT_COOPERATE] = 2, [EVENT_AID] = 2,
        [EVENT_RETREAT] = 2,  [EVENT_REQUEST] = 3,   [EVENT_ACCUSE] = 3,
        [EVENT_REJECT] = 3,   [EVENT_THREATEN] = 3,  [EVENT_PROTEST] = 4,
        [EVENT_SANCTION] = 4, [EVENT_MOBILIZE] = 4,  [EVENT_COERCE] = 4,
        [EVENT_ASSAULT] = 4,
    };

    return quads[type];
}

static void put_codes(struct json *j, const struct event *e)
{
    json_member(j, "type", str_from(event_type_name(e->type)));
    json_member(j, "mode", e->mode);
    put_list(j, "contexts", e->contexts.at, e->contexts.count);
    json_member(j, "cameo", e->cameo);
    if (quad_of(e->type)) {
        json_key(j, "quad");
        json_u64(j, quad_of(e->type));
    }
    json_member(j, "rule", e->rule);
}

static void put_event(struct article_json *w, uint32_t id)
{
    const struct event *e = &w->facts->event.at[id];

    json_open(w->j, '{');
    json_key(w->j, "id");
    json_u64(w->j, id);
    put_start_end(w, e->start, e->end);
    json_key(w->j, "trigger");
    put_pair(w, e->trigger_start, e->trigger_end);
    put_codes(w->j, e);
    put_side(w->j, "actors", e->actor, e->actors);
    put_side(w->j, "recipients", e->recipient, e->recipients);
    put_index(w->j, "place", e->place);
    json_member(w->j, "time", when_value(w->facts, e->time));
    json_day(w->arena, w->j, "date", e->day);
    json_day(w->arena, w->j, "end_date", e->end_day);
    put_index(w->j, "claimant", e->claimant);
    json_member(w->j, "modality", str_from(modality_name(e->modality)));
    json_close(w->j, '}');
}

static void put_events(struct article_json *w)
{
    json_key(w->j, "events");
    json_open(w->j, '[');
    for (uint32_t i = 0; i < w->facts->event.count; i++)
        put_event(w, i);
    json_close(w->j, ']');
}

static void put_statement(struct article_json *w, uint32_t id)
{
    const struct statement *s = &w->facts->statement.at[id];

    json_open(w->j, '{');
    json_key(w->j, "id");
    json_u64(w->j, id);
    put_start_end(w, s->start, s->end);
    if (s->parts.count > 0) {
        json_key(w->j, "parts");
        json_open(w->j, '[');
        for (uint32_t i = 0; i < s->parts.count; i++)
            put_pair(w, s->parts.at[i].start, s->parts.at[i].end);
        json_close(w->j, ']');
    }
    json_member(w->j, "form", str_from(statement_form_name(s->form)));
    put_index(w->j, "speaker", s->speaker);
    if (s->source.end > s->source.start) {
        json_key(w->j, "source");
        put_pair(w, s->source.start, s->source.end);
    }
    json_member(w->j, "cue", s->cue);
    json_close(w->j, '}');
}

static void put_statements(struct article_json *w)
{
    json_key(w->j, "statements");
    json_open(w->j, '[');
    for (uint32_t i = 0; i < w->facts->statement.count; i++)
        put_statement(w, i);
    json_close(w->j, ']');
}

void json_article(struct arena *arena, struct json *j, const struct facts *facts,
                  struct str id)
{
    struct article_json w = { .arena = arena, .j = j, .facts = facts };

    w.index = utf8_index_of(arena, facts->text->article->text);
    json_open(j, '{');
    put_head(&w, id);
    put_sentences(&w);
    put_entities(&w);
    put_times(&w);
    put_figures(&w);
    put_events(&w);
    put_statements(&w);
    json_close(j, '}');
}
