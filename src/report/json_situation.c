#include "report/json_situation.h"

#include "base/json.h"
#include "base/utf8.h"
#include "report/json_article.h"

struct situation_json {
    struct arena *arena;
    struct json *j;
    const struct situation *s;
    const struct str *id;
    struct utf8_index *index; /* one a report */
};

static void put_ids(struct situation_json *w, const uint32_t *report, uint32_t count)
{
    json_open(w->j, '[');
    for (uint32_t i = 0; i < count; i++)
        json_str(w->j, w->id[report[i]]);
    json_close(w->j, ']');
}

static void put_origins(struct situation_json *w, const struct story *story)
{
    json_key(w->j, "origins");
    json_open(w->j, '[');
    for (uint32_t i = 0; i < story->origins.count; i++)
        put_ids(w, story->origins.at[i].reports.at, story->origins.at[i].reports.count);
    json_close(w->j, ']');
}

static void put_span(struct situation_json *w, const char *key, uint32_t report,
                     struct span span)
{
    if (key)
        json_key(w->j, key);
    json_open(w->j, '[');
    json_u64(w->j, utf8_point_at(&w->index[report], span.start));
    json_u64(w->j, utf8_point_at(&w->index[report], span.end));
    json_close(w->j, ']');
}

static void put_copy(struct situation_json *w, const struct copy *c)
{
    json_open(w->j, '{');
    json_member(w->j, "from", w->id[c->from]);
    json_member(w->j, "to", w->id[c->to]);
    json_key(w->j, "share");
    json_fixed(w->j, c->share, 3);
    json_key(w->j, "passages");
    json_open(w->j, '[');
    for (uint32_t i = 0; i < c->passages.count; i++) {
        json_open(w->j, '{');
        put_span(w, "from", c->from, c->passages.at[i].from);
        put_span(w, "to", c->to, c->passages.at[i].to);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
    json_close(w->j, '}');
}

static void put_copies(struct situation_json *w, const struct story *story)
{
    json_key(w->j, "copies");
    json_open(w->j, '[');
    for (uint32_t i = 0; i < story->copies.count; i++)
        put_copy(w, &story->copies.at[i]);
    json_close(w->j, ']');
}

static void put_spans(struct situation_json *w, const char *key, uint32_t report,
                      const struct span *span, uint32_t count)
{
    json_key(w->j, key);
    json_open(w->j, '[');
    for (uint32_t i = 0; i < count; i++)
        put_span(w, NULL, report, span[i]);
    json_close(w->j, ']');
}

static void put_figure_side(struct situation_json *w, const char *key, uint32_t report,
                            uint32_t figure)
{
    const struct figure *f;

    if (figure == FACT_NONE)
        return;
    f = &w->s->report[report]->figure.at[figure];
    json_key(w->j, key);
    json_open(w->j, '{');
    json_interval(w->j, f->low, f->high);
    json_member(w->j, "op", f->op);
    json_key(w->j, "start");
    json_u64(w->j, utf8_point_at(&w->index[report], f->start));
    json_key(w->j, "end");
    json_u64(w->j, utf8_point_at(&w->index[report], f->end));
    json_close(w->j, '}');
}

static void put_figure_change(struct situation_json *w, const struct version_change *v,
                              const struct figure_change *c)
{
    const struct figure *f = c->to == FACT_NONE
                                 ? &w->s->report[v->from]->figure.at[c->from]
                                 : &w->s->report[v->to]->figure.at[c->to];

    json_open(w->j, '{');
    json_member(w->j, "measure", str_from(measure_name(f->measure)));
    json_member(w->j, "class", f->class_name);
    json_member(w->j, "unit", f->unit);
    put_figure_side(w, "from", v->from, c->from);
    put_figure_side(w, "to", v->to, c->to);
    json_close(w->j, '}');
}

static void put_statement_spans(struct situation_json *w, const char *key,
                                uint32_t report, const uint32_t *statement,
                                uint32_t count)
{
    json_key(w->j, key);
    json_open(w->j, '[');
    for (uint32_t i = 0; i < count; i++) {
        const struct statement *s = &w->s->report[report]->statement.at[statement[i]];

        put_span(w, NULL, report, (struct span){ s->start, s->end });
    }
    json_close(w->j, ']');
}

static void put_change(struct situation_json *w, const struct version_change *v)
{
    struct json *j = w->j;

    json_open(j, '{');
    json_member(j, "from", w->id[v->from]);
    json_member(j, "to", w->id[v->to]);
    json_flag(j, "retitled", v->retitled);
    put_spans(w, "added", v->to, v->added.at, v->added.count);
    put_spans(w, "removed", v->from, v->removed.at, v->removed.count);
    json_key(j, "figures");
    json_open(j, '[');
    for (uint32_t i = 0; i < v->figures.count; i++)
        put_figure_change(w, v, &v->figures.at[i]);
    json_close(j, ']');
    put_statement_spans(w, "said", v->to, v->said.at, v->said.count);
    put_statement_spans(w, "unsaid", v->from, v->unsaid.at, v->unsaid.count);
    json_close(j, '}');
}

static void put_versions(struct situation_json *w, const struct story *story)
{
    if (story->versions.count == 0)
        return;
    json_key(w->j, "versions");
    json_open(w->j, '[');
    for (uint32_t i = 0; i < story->versions.count; i++) {
        const struct versions *v = &story->versions.at[i];

        json_open(w->j, '{');
        json_key(w->j, "reports");
        put_ids(w, v->reports.at, v->reports.count);
        json_key(w->j, "changes");
        json_open(w->j, '[');
        for (uint32_t k = 0; k < v->change.count; k++)
            put_change(w, &v->change.at[k]);
        json_close(w->j, ']');
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

static void put_party(struct json *j, const struct finding_party *p)
{
    json_member(j, "role", p->role);
    json_member(j, "country", p->country);
    json_member(j, "sector", p->sector);
}

static void put_actors(struct json *j, const struct story *story)
{
    json_key(j, "actors");
    json_open(j, '[');
    for (uint32_t i = 0; i < story->actors.count; i++) {
        const struct story_actor *a = &story->actors.at[i];

        json_open(j, '{');
        json_member(j, "name", a->party.name);
        json_member(j, "type", str_from(entity_type_name(a->type)));
        put_party(j, &a->party);
        json_key(j, "mentions");
        json_u64(j, a->mentions);
        json_key(j, "reports");
        json_u64(j, a->reports);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_places(struct json *j, const struct story *story)
{
    json_key(j, "places");
    json_open(j, '[');
    for (uint32_t i = 0; i < story->places.count; i++) {
        const struct story_place *p = &story->places.at[i];

        json_open(j, '{');
        json_member(j, "name", p->name);
        json_point(j, p->located, p->lat, p->lon);
        json_member(j, "country", p->country);
        json_member(j, "precision", str_from(place_precision_name(p->precision)));
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_shown(struct situation_json *w, const struct finding_figure *f)
{
    if (w->s->policy == POLICY_RANGE)
        return;
    json_key(w->j, "shown");
    json_open(w->j, '{');
    json_interval(w->j, f->shown_low, f->shown_high);
    json_close(w->j, '}');
}

static void put_figure(struct situation_json *w, const struct finding_figure *f)
{
    struct json *j = w->j;

    json_key(j, "figure");
    json_open(j, '{');
    json_member(j, "measure", str_from(measure_name(f->measure)));
    json_interval(j, f->low, f->high);
    json_member(j, "op", f->op);
    json_member(j, "who", f->who);
    json_member(j, "class", f->class_name);
    json_member(j, "group", f->group);
    json_member(j, "unit", f->unit);
    json_member(j, "place", f->place);
    json_day(w->arena, j, "date", f->day);
    json_day(w->arena, j, "as_of", f->as_of);
    json_member(j, "modality", str_from(modality_name(f->modality)));
    json_flag(j, "background", f->background);
    json_flag(j, "derived", f->derived);
    json_flag(j, "subset", f->subset);
    put_shown(w, f);
    json_close(j, '}');
}

static void put_parties(struct json *j, const char *key, const struct finding_party *p,
                        uint32_t count)
{
    json_key(j, key);
    json_open(j, '[');
    for (uint32_t i = 0; i < count; i++) {
        json_open(j, '{');
        json_member(j, "name", p[i].name);
        put_party(j, &p[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_event(struct situation_json *w, const struct finding_event *e)
{
    struct json *j = w->j;

    json_key(j, "event");
    json_open(j, '{');
    json_member(j, "type", str_from(event_type_name(e->type)));
    json_member(j, "mode", e->mode);
    json_member(j, "cameo", e->cameo);
    put_parties(j, "actors", e->actors.at, e->actors.count);
    put_parties(j, "recipients", e->recipients.at, e->recipients.count);
    if (e->place.name.len > 0) {
        json_key(j, "place");
        json_open(j, '{');
        json_member(j, "name", e->place.name);
        json_member(j, "country", e->place.country);
        json_point(j, e->place.located, e->place.lat, e->place.lon);
        json_close(j, '}');
    }
    json_day(w->arena, j, "date", e->day);
    json_day(w->arena, j, "end_date", e->end_day);
    json_member(j, "modality", str_from(modality_name(e->modality)));
    json_close(j, '}');
}

static void put_statement(struct json *j, const struct finding_statement *s)
{
    json_key(j, "statement");
    json_open(j, '{');
    json_member(j, "speaker", s->speaker);
    json_member(j, "role", s->role);
    json_member(j, "form", str_from(statement_form_name(s->form)));
    json_member(j, "text", s->text);
    json_close(j, '}');
}

static void put_evidence(struct situation_json *w, const struct evidence *e)
{
    const struct utf8_index *x = &w->index[e->report];
    struct json *j = w->j;

    json_open(j, '{');
    json_member(j, "report", w->id[e->report]);
    json_key(j, "start");
    json_u64(j, utf8_point_at(x, e->start));
    json_key(j, "end");
    json_u64(j, utf8_point_at(x, e->end));
    json_member(j, "quote", str_slice(x->text, e->start, e->end));
    json_member(j, "stance", e->disputes ? STR("disputes") : STR("supports"));
    json_member(j, "claimant", e->claimant);
    json_member(j, "by_hand", e->by_hand);
    json_close(j, '}');
}

static void put_relations(struct json *j, const struct story *story,
                          const struct finding *f)
{
    if (f->against.count > 0) {
        json_key(j, "against");
        json_open(j, '[');
        for (uint32_t i = 0; i < f->against.count; i++)
            json_str(j, story->findings.at[f->against.at[i]].id);
        json_close(j, ']');
    }
    if (f->superseded_by != FACT_NONE)
        json_member(j, "superseded_by", story->findings.at[f->superseded_by].id);
}

static void put_body(struct situation_json *w, const struct finding *f)
{
    switch (f->kind) {
    case FINDING_FIGURE: put_figure(w, &f->figure); break;
    case FINDING_EVENT: put_event(w, &f->event); break;
    case FINDING_STATEMENT: put_statement(w->j, &f->statement); break;
    }
}

static void put_finding(struct situation_json *w, const struct story *story,
                        const struct finding *f)
{
    static const char *const kinds[] = { "figure", "event", "statement" };
    struct json *j = w->j;

    json_open(j, '{');
    json_member(j, "id", f->id);
    json_member(j, "kind", str_from(kinds[f->kind]));
    json_member(j, "status", str_from(status_name(f->status)));
    json_key(j, "origins");
    json_u64(j, f->origins);
    json_key(j, "claimants");
    json_u64(j, f->claimants);
    json_member(j, "summary", f->summary);
    put_body(w, f);
    put_relations(j, story, f);
    json_key(j, "evidence");
    json_open(j, '[');
    for (uint32_t i = 0; i < f->evidence.count; i++)
        put_evidence(w, &f->evidence.at[i]);
    json_close(j, ']');
    json_close(j, '}');
}

static void put_story(struct situation_json *w, const struct story *story)
{
    struct json *j = w->j;

    json_open(j, '{');
    json_member(j, "id", story->id);
    json_member(j, "title", story->title);
    json_key(j, "reports");
    put_ids(w, story->reports.at, story->reports.count);
    put_origins(w, story);
    put_copies(w, story);
    put_versions(w, story);
    put_actors(j, story);
    put_places(j, story);
    json_key(j, "findings");
    json_open(j, '[');
    for (uint32_t i = 0; i < story->findings.count; i++)
        put_finding(w, story, &story->findings.at[i]);
    json_close(j, ']');
    json_close(j, '}');
}

void json_situation(struct arena *arena, struct buf *out, const struct situation *s,
                    const struct str *id)
{
    struct json j = json_to(out);
    struct situation_json w = { .arena = arena, .j = &j, .s = s, .id = id };

    w.index = NEW(arena, struct utf8_index, s->reports);
    json_open(&j, '{');
    json_member(&j, "schema", STR("corrob.situation/1"));
    json_member(&j, "policy", str_from(policy_name(s->policy)));
    json_key(&j, "reports");
    json_open(&j, '[');
    for (uint32_t i = 0; i < s->reports; i++) {
        w.index[i] = utf8_index_of(arena, s->report[i]->text->article->text);
        json_article(arena, &j, s->report[i], id[i]);
        buf_drain(out);
    }
    json_close(&j, ']');
    json_key(&j, "stories");
    json_open(&j, '[');
    for (uint32_t i = 0; i < s->story.count; i++) {
        put_story(&w, &s->story.at[i]);
        buf_drain(out);
    }
    json_close(&j, ']');
    json_close(&j, '}');
    buf_char(out, '\n');
}
