/* Origins: who carries whose text, with the passages side by side. */
#include "base/utf8.h"
#include "serve/rulings.h"

#define PASSAGES 12

/* The code points start..end of a text. */
static struct str part(struct str text, int64_t start, int64_t end)
{
    size_t from = STR_NPOS, to = text.len, at = 0;

    for (int64_t i = 0; at < text.len; i++) {
        size_t len;

        if (i == start)
            from = at;
        if (i == end) {
            to = at;
            break;
        }
        utf8_decode(str_after(text, at), &len);
        at += len;
    }
    return from == STR_NPOS ? (struct str){ NULL, 0 } : str_slice(text, from, to);
}

static int64_t at(const json_t *pair, size_t i)
{
    return json_integer_value(json_array_get(pair, i));
}

static void side(struct visit *v, struct markup *m, struct str report,
                 const json_t *span)
{
    struct str text = store_text(v->arena, v->store, report);

    markup_open(m, "td");
    link_to_span(m, report, at(span, 0), at(span, 1),
                 part(text, at(span, 0), at(span, 1)));
    markup_close(m);
}

static void head_of(struct visit *v, struct markup *m, struct str id)
{
    struct store_report r;

    markup_open(m, "th");
    markup_attr(m, "scope", STR("col"));
    if (store_report(v->arena, v->store, id, &r)) {
        say_origin(m, r.origin);
        SAY(m, " ");
        say_outlet(m, &r);
        markup_open(m, "span");
        markup_attr(m, "class", STR("sc"));
        say_time(m, r.published_at, true);
        markup_close(m);
    }
    markup_close(m);
}

static void copy(struct visit *v, struct markup *m, const json_t *c)
{
    const json_t *passages = json_object_get(c, "passages");
    const json_t *share = json_object_get(c, "share");

    markup_open(m, "section");
    markup_attr(m, "data-row", STR(""));
    markup_open(m, "h3");
    markup_format(m, "%.0f %% of the shorter text is carried over",
                  100 * json_number_value(share));
    markup_close(m);
    open_scroll(m, "Passages side by side", "list pairs");
    markup_open(m, "thead");
    markup_open(m, "tr");
    head_of(v, m, member(c, "from"));
    head_of(v, m, member(c, "to"));
    markup_close(m);
    markup_close(m);
    markup_open(m, "tbody");
    for (size_t i = 0; i < json_array_size(passages) && i < PASSAGES; i++) {
        const json_t *p = json_array_get(passages, i);

        markup_open(m, "tr");
        side(v, m, member(c, "from"), json_object_get(p, "from"));
        side(v, m, member(c, "to"), json_object_get(p, "to"));
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
    markup_close(m);
    if (json_array_size(passages) > PASSAGES) {
        markup_open(m, "p");
        markup_attr(m, "class", STR("note"));
        markup_format(m, "and %zu more passages", json_array_size(passages) - PASSAGES);
        markup_close(m);
    }
    markup_close(m);
}

static void origin(struct visit *v, struct markup *m, const json_t *ids, int64_t number)
{
    markup_open(m, "li");
    markup_attr_format(m, "id", "s1-o%lld", (long long)number + 1);
    say_origin(m, number);
    SAY(m, " ");
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const json_t *id = json_array_get(ids, i);
        struct store_report r;

        if (!store_report(v->arena, v->store,
                          (struct str){ json_string_value(id), json_string_length(id) },
                          &r))
            continue;
        if (i > 0)
            SAY(m, " → ");
        rulings_tick(m, r.id, outlet_of(&r));
        markup_open(m, "a");
        markup_attr_format(m, "href", "/report/%.*s", STR_ARG(r.id));
        say_outlet(m, &r);
        markup_close(m);
        markup_open(m, "span");
        markup_attr(m, "class", STR("m"));
        SAY(m, " ");
        say_time(m, r.published_at, true);
        markup_close(m);
    }
    markup_close(m);
}

static void to_log(struct markup *m)
{
    markup_open(m, "p");
    markup_attr(m, "class", STR("pick"));
    markup_link(m, STR("/rulings"),
                STR("Log of what was parted and joined, with undo"));
    markup_close(m);
}

void page_origins(struct visit *v)
{
    struct store_situation made;
    struct store_story story;
    struct str number;
    const json_t *origins, *copies;
    struct markup m;
    json_t *situation;

    request_under(&v->request, "/origins/", &number);
    situation = visit_situation(v, number, &story, &made);
    if (!situation)
        return;
    origins = json_object_get(situation, "origins");
    copies = json_object_get(situation, "copies");
    if (v->request.json) {
        visit_json(v, json_pack("{s:I s:O s:O?}", "story", (json_int_t)story.nr,
                                "origins", origins, "copies", copies));
        json_decref(situation);
        return;
    }
    m = frame_open(v, title_of(&story, situation), AT_STORIES);
    story_head(v, &m, &story, "origins");
    markup_leaf(&m, "p", "note",
                STR("Reports that carry the same text are one origin and count once."));
    rulings_open(v, &m, "origin");
    markup_open(&m, "ul");
    markup_attr(&m, "class", STR("plain"));
    for (size_t i = 0; i < json_array_size(origins); i++)
        origin(v, &m, json_array_get(origins, i), (int64_t)i);
    markup_close(&m);
    rulings_close(&m, true);
    to_log(&m);
    markup_leaf(&m, "h2", NULL, STR("Passages that two reports share"));
    if (json_array_size(copies) == 0)
        markup_leaf(&m, "p", "note", STR("No report carries a passage of another."));
    for (size_t i = 0; i < json_array_size(copies); i++)
        copy(v, &m, json_array_get(copies, i));
    frame_close(v, &m);
    json_decref(situation);
}
