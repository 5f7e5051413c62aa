/* Stories and origins ruled by hand: these reports apart, those together, taken back. */
#include "serve/rulings.h"

#include "store/ruling.h"

#define ROWS 50
#define IDS_MAX 60 /* fields of a form are fewer than REQUEST_ARGUMENTS */

/* ---- taking a form ---- */

/* The reports that were ticked, and one of the story to join with. */
static uint32_t ids_of(struct visit *v, struct str *id)
{
    const struct request *r = &v->request;
    uint64_t other;
    uint32_t n = 0;

    for (uint32_t i = 0; i < r->fields && n < IDS_MAX; i++)
        if (str_eq(r->field[i].name, STR("id")))
            id[n++] = r->field[i].value;
    if (str_eq(request_field(r, "what"), STR("join")) &&
        str_to_u64(str_trim(request_field(r, "story")), &other) && other < INT64_MAX) {
        struct store_reports list = store_reports(v->arena, v->store, (int64_t)other);

        if (list.row.count > 0)
            id[n++] = list.row.at[0].id;
    }
    return n;
}

/* To the story that the reports are in now. */
static void go_on(struct visit *v, const struct str *id, uint32_t ids, bool origins)
{
    struct buf b = buf_new(v->arena, 256);
    struct store_report report;

    if (ids == 0 || !store_report(v->arena, v->store, id[0], &report) ||
        report.story <= 0) {
        visit_go_to(v, "/rulings");
        return;
    }
    buf_printf(&b, "/%s/%lld", origins ? "origins" : "story", (long long)report.story);
    buf_char(&b, '\0');
    visit_go_to(v, b.ptr);
}

static void rule(struct visit *v)
{
    const struct request *r = &v->request;
    struct str what = request_field(r, "what"), id[IDS_MAX + 1];
    bool origins = str_eq(request_field(r, "scope"), STR("origin"));
    struct store_choice c = { .scope = origins ? RULED_ORIGIN : RULED_STORY,
                              .id = id,
                              .ids = ids_of(v, id),
                              .who = v->who.len > 0 ? v->who : STR("desk") };
    int64_t nr = 0, made;
    uint64_t number;
    bool ok;

    if (str_to_u64(request_field(r, "nr"), &number) && number < INT64_MAX)
        nr = (int64_t)number;
    if (str_eq(what, STR("undo")))
        ok = store_rule_undo(v->store, nr, c.who, &made, &v->err);
    else if (str_eq(what, STR("apart")))
        ok = store_rule_apart(v->store, &c, &made, &v->err);
    else if (str_eq(what, STR("together")) || str_eq(what, STR("join")))
        ok = store_rule_together(v->store, &c, &made, &v->err);
    else
        ok = err_set(&v->err, ERR_USAGE, -1,
                     "a ruling is apart, together, join or undo");
    if (ok)
        go_on(v, id, c.ids, origins);
    else
        visit_refused(v, 400, v->err.detail);
}

/* ---- forms ---- */

void rulings_tick(struct markup *m, struct str id, struct str title)
{
    markup_open(m, "input");
    markup_attr(m, "type", STR("checkbox"));
    markup_attr(m, "name", STR("id"));
    markup_attr(m, "value", id);
    markup_attr_format(m, "aria-label", "Choose: %.*s",
                       (int)(title.len < 200 ? title.len : 200), title.ptr);
    markup_close(m);
    SAY(m, " ");
}

static void button(struct markup *m, const char *what, const char *words)
{
    markup_open(m, "button");
    markup_attr(m, "name", STR("what"));
    markup_attr(m, "value", str_from(what));
    markup_text(m, str_from(words));
    markup_close(m);
}

void rulings_open(struct visit *v, struct markup *m, const char *scope)
{
    form_open(v, m, "/rulings");
    field_hidden(m, "scope", str_from(scope));
}

void rulings_close(struct markup *m, bool origins)
{
    markup_open(m, "p");
    markup_attr(m, "class", STR("decide"));
    SAY(m, "Those chosen: ");
    button(m, "apart", origins ? "an origin of their own" : "a story of their own");
    if (origins) {
        button(m, "together", "one origin");
    } else {
        markup_open(m, "label");
        SAY(m, "or join with story number ");
        markup_open(m, "input");
        markup_attr(m, "name", STR("story"));
        markup_attr(m, "inputmode", STR("numeric"));
        markup_attr(m, "size", STR("6"));
        markup_close(m);
        markup_close(m);
        button(m, "join", "Join");
    }
    markup_close(m);
    markup_close(m);
}

/* ---- the log ---- */

static void undo_button(struct visit *v, struct markup *m, const struct store_ruling *r)
{
    char nr[24];

    snprintf(nr, sizeof nr, "%lld", (long long)r->nr);
    form_open(v, m, "/rulings");
    field_hidden(m, "what", STR("undo"));
    field_hidden(m, "nr", str_from(nr));
    markup_open(m, "button");
    markup_attr_format(m, "aria-label", "Take back ruling %s", nr);
    SAY(m, "Undo");
    markup_close(m);
    markup_close(m);
}

static void reports_cell(struct visit *v, struct markup *m, struct str list)
{
    json_t *ids = json_loadb(list.ptr ? list.ptr : "", list.len, 0, NULL);

    markup_open(m, "td");
    for (size_t i = 0; i < json_array_size(ids) && i < 6; i++) {
        const json_t *id = json_array_get(ids, i);
        struct str name = { json_string_value(id), json_string_length(id) };
        struct store_report r;

        if (i > 0)
            SAY(m, "; ");
        markup_open(m, "a");
        markup_attr_format(m, "href", "/report/%.*s", STR_ARG(name));
        markup_text(m, store_report(v->arena, v->store, name, &r) && r.title.len > 0
                           ? r.title
                           : name);
        markup_close(m);
    }
    if (json_array_size(ids) > 6)
        markup_format(m, " and %zu more", json_array_size(ids) - 6);
    markup_close(m);
    json_decref(ids);
}

static const char *words_of(const struct store_ruling *r)
{
    bool story = str_eq(r->scope, STR("story"));

    if (str_eq(r->what, STR("undo")))
        return "taken back";
    if (str_eq(r->what, STR("split")))
        return story ? "a story of their own" : "an origin of their own";
    return story ? "one story" : "one origin";
}

static void row(struct visit *v, struct markup *m, const struct store_ruling *r)
{
    markup_open(m, "tr");
    markup_attr(m, "data-row", STR(""));
    markup_open(m, "th");
    markup_attr(m, "scope", STR("row"));
    markup_text(m, str_from(words_of(r)));
    markup_open(m, "span");
    markup_attr(m, "class", STR("sc"));
    markup_format(m, "ruling %lld by ", (long long)r->nr);
    markup_text(m, r->who);
    SAY(m, ", ");
    say_time(m, r->at, true);
    if (r->undoes > 0)
        markup_format(m, "; takes back %lld", (long long)r->undoes);
    markup_close(m);
    markup_close(m);
    reports_cell(v, m, r->reports);
    markup_leaf(m, "td", NULL, r->rule);
    markup_open(m, "td");
    if (r->undone)
        markup_leaf(m, "span", "u", STR("taken back"));
    else if (r->undoes == 0)
        undo_button(v, m, r);
    markup_close(m);
    markup_close(m);
}

static json_t *ruling_json(const struct store_ruling *r)
{
    json_t *o = json_pack("{s:I s:I s:I s:s% s:s% s:s% s:s% s:b}", "nr",
                          (json_int_t)r->nr, "at", (json_int_t)r->at, "undoes",
                          (json_int_t)r->undoes, "who", r->who.ptr, r->who.len, "scope",
                          r->scope.ptr, r->scope.len, "what", r->what.ptr, r->what.len,
                          "rule", r->rule.ptr, r->rule.len, "undone", r->undone);

    json_object_set_new(o, "reports",
                        json_loadb(r->reports.ptr, r->reports.len, 0, NULL));
    json_object_set_new(o, "before", json_loadb(r->before.ptr, r->before.len, 0, NULL));
    json_object_set_new(o, "after", json_loadb(r->after.ptr, r->after.len, 0, NULL));
    return o;
}

static void as_json(struct visit *v, const struct store_rulings *all)
{
    json_t *rows = json_array();

    for (uint32_t i = 0; i < all->row.count; i++)
        json_array_append_new(rows, ruling_json(&all->row.at[i]));
    visit_list(v, json_object(), "rulings", rows, NEXT_OF(all));
}

void page_rulings(struct visit *v)
{
    static const char *const columns[] = { "Ruling", "Reports", "Corrects", "" };
    struct store_rulings all;
    struct markup m;

    if (v->request.post) {
        rule(v);
        return;
    }
    all =
        store_rulings(v->arena, v->store, request_number(&v->request, "next", 0), ROWS);
    if (v->request.json) {
        as_json(v, &all);
        return;
    }
    m = frame_open(v, STR("Log of rulings"), AT_STORIES);
    markup_leaf(
        &m, "p", "note",
        STR("Reports that someone parted or joined, as stories or as origins, the "
            "newest first. The log only grows: an undo is a row of its own."));
    if (all.row.count == 0) {
        markup_leaf(&m, "p", "note", STR("Nobody has ruled on anything yet."));
        frame_close(v, &m);
        return;
    }
    open_scroll(&m, "Rulings", "list log");
    say_heads(&m, columns, COUNT(columns) - 1);
    markup_open(&m, "tbody");
    for (uint32_t i = 0; i < all.row.count; i++)
        row(v, &m, &all.row.at[i]);
    markup_close_to(&m, 3);
    say_older(v, &m, NEXT_OF(&all));
    frame_close(v, &m);
}
