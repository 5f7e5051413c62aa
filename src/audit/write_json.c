#include "audit/write.h"
#include "base/json.h"
#include "base/utf8.h"
#include "report/json_article.h"

struct writer {
    struct json j;
    const struct audit *audit;
    const struct str *id;
    struct utf8_index brief, *source;
};

static void put_span(struct writer *w, const struct utf8_index *x, uint32_t start,
                     uint32_t end)
{
    json_key(&w->j, "start");
    json_u64(&w->j, utf8_point_at(x, start));
    json_key(&w->j, "end");
    json_u64(&w->j, utf8_point_at(x, end));
    json_member(&w->j, "quote", str_slice(x->text, start, end));
}

static void put_sentence(struct writer *w, const struct utf8_index *x,
                         const struct text *t, uint32_t sentence)
{
    json_key(&w->j, "sentence");
    json_open(&w->j, '[');
    json_u64(&w->j, utf8_point_at(x, t->sentence.at[sentence].start));
    json_u64(&w->j, utf8_point_at(x, t->sentence.at[sentence].end));
    json_close(&w->j, ']');
}

static void put_witness(struct writer *w, const struct witness *e)
{
    json_open(&w->j, '{');
    json_member(&w->j, "report", w->id[e->report]);
    put_span(w, &w->source[e->report], e->start, e->end);
    put_sentence(w, &w->source[e->report], w->audit->source[e->report]->text,
                 e->sentence);
    json_member(&w->j, "stance",
                e->stance == WITNESS_SUPPORTS ? STR("supports") : STR("differs"));
    json_member(&w->j, "claimant", e->claimant);
    json_close(&w->j, '}');
}

static void put_edits(struct writer *w, const struct check *c)
{
    if (c->edits.count == 0)
        return;
    json_key(&w->j, "edits");
    json_open(&w->j, '[');
    for (uint32_t i = 0; i < c->edits.count; i++) {
        json_open(&w->j, '{');
        json_member(&w->j, "stands", c->edits.at[i].stands);
        json_member(&w->j, "written", c->edits.at[i].written);
        json_close(&w->j, '}');
    }
    json_close(&w->j, ']');
}

static void put_check(struct writer *w, const struct check *c)
{
    bool supported = c->reason == REASON_NONE;

    json_open(&w->j, '{');
    json_member(&w->j, "kind", str_from(check_kind_name(c->kind)));
    put_span(w, &w->brief, c->start, c->end);
    put_sentence(w, &w->brief, w->audit->brief->text, c->sentence);
    json_member(&w->j, "claimant", c->claimant);
    json_member(&w->j, "verdict", supported ? STR("supported") : STR("unsupported"));
    json_member(&w->j, "reason", str_from(check_reason_name(c->reason)));
    put_edits(w, c);
    json_key(&w->j, "evidence");
    json_open(&w->j, '[');
    for (uint32_t i = 0; i < c->witness.count; i++)
        put_witness(w, &c->witness.at[i]);
    json_close(&w->j, ']');
    json_close(&w->j, '}');
}

static void put_reports(struct arena *arena, struct writer *w)
{
    const struct audit *a = w->audit;

    w->source = NEW(arena, struct utf8_index, a->sources + 1);
    w->brief = utf8_index_of(arena, a->brief->text->article->text);
    json_key(&w->j, "brief");
    json_article(arena, &w->j, a->brief, STR("brief"));
    json_key(&w->j, "reports");
    json_open(&w->j, '[');
    for (uint32_t i = 0; i < a->sources; i++) {
        w->source[i] = utf8_index_of(arena, a->source[i]->text->article->text);
        json_article(arena, &w->j, a->source[i], w->id[i]);
    }
    json_close(&w->j, ']');
}

void audit_write_json(struct arena *arena, struct buf *out, const struct audit *a,
                      const struct str *id)
{
    struct writer w = { .j = json_to(out), .audit = a, .id = id };

    json_open(&w.j, '{');
    json_member(&w.j, "schema", STR("corrob.audit/1"));
    put_reports(arena, &w);
    json_key(&w.j, "unsupported");
    json_u64(&w.j, a->unsupported);
    json_key(&w.j, "checks");
    json_open(&w.j, '[');
    for (uint32_t i = 0; i < a->check.count; i++)
        put_check(&w, &a->check.at[i]);
    json_close(&w.j, ']');
    json_close(&w.j, '}');
    buf_char(out, '\n');
}
