/* Search over the texts of all reports. */
#include "serve/visit.h"
#include "store/alert.h"

#define ROWS 30

/* U+0002 opens a hit, U+0003 ends it. */
static void extract(struct markup *m, struct str marked)
{
    size_t from = 0;

    for (size_t i = 0; i < marked.len; i++) {
        if (marked.ptr[i] != '\2' && marked.ptr[i] != '\3')
            continue;
        markup_text(m, str_slice(marked, from, i));
        if (marked.ptr[i] == '\2')
            markup_open(m, "mark");
        else if (m->depth > 0 && strcmp(m->open[m->depth - 1], "mark") == 0)
            markup_close(m);
        from = i + 1;
    }
    markup_text(m, str_slice(marked, from, marked.len));
    while (strcmp(m->open[m->depth - 1], "mark") == 0)
        markup_close(m);
}

static void hit(struct markup *m, const struct store_report *r)
{
    markup_open(m, "li");
    markup_attr(m, "data-row", STR(""));
    markup_open(m, "h2");
    markup_open(m, "a");
    markup_attr_format(m, "href", "/report/%.*s", STR_ARG(r->id));
    markup_text(m, r->title.len > 0 ? r->title : STR("(no title)"));
    markup_close(m);
    markup_close(m);
    markup_open(m, "p");
    extract(m, r->marked);
    markup_close(m);
    markup_open(m, "p");
    markup_attr(m, "class", STR("m"));
    say_outlet(m, r);
    SAY(m, " · ");
    say_time(m, r->published_at, true);
    if (r->story > 0) {
        SAY(m, " · ");
        markup_open(m, "a");
        markup_attr_format(m, "href", "/story/%lld", (long long)r->story);
        SAY(m, "story");
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
}

static json_t *saved_json(struct visit *v);

static void as_json(struct visit *v, const struct store_reports *found)
{
    json_t *rows = json_array();

    for (uint32_t i = 0; i < found->row.count; i++) {
        const struct store_report *r = &found->row.at[i];
        struct str outlet = outlet_of(r);

        json_array_append_new(
            rows, json_pack("{s:s% s:s% s:s% s:s% s:I s:s%}", "report", r->id.ptr,
                            r->id.len, "title", r->title.ptr ? r->title.ptr : "",
                            r->title.len, "outlet", outlet.ptr, outlet.len, "published",
                            r->published.ptr ? r->published.ptr : "", r->published.len,
                            "story", (json_int_t)r->story, "extract",
                            r->marked.ptr ? r->marked.ptr : "", r->marked.len));
    }
    visit_list(v, json_pack("{s:o}", "saved", saved_json(v)), "reports", rows,
               NEXT_OF(found));
}

static void box(struct markup *m, struct str words)
{
    markup_open(m, "form");
    markup_attr(m, "class", STR("facets"));
    markup_attr(m, "method", STR("get"));
    markup_attr(m, "action", STR("/search"));
    markup_attr(m, "role", STR("search"));
    markup_open(m, "label");
    SAY(m, "Words ");
    markup_open(m, "input");
    markup_attr(m, "type", STR("search"));
    markup_attr(m, "name", STR("q"));
    markup_attr(m, "id", STR("q"));
    markup_attr(m, "size", STR("48"));
    markup_attr(m, "value", words);
    markup_close(m);
    markup_close(m);
    markup_leaf(m, "button", NULL, STR("Search"));
    markup_close(m);
    markup_leaf(
        m, "p", "note",
        STR("\"Words in quotes\" stand together; AND, OR, NOT join; dock* begins a "
            "word; title:dam looks in titles. Those added last come first."));
}

/* ---- searches that users keep ---- */

static void take_form(struct visit *v)
{
    const struct request *r = &v->request;
    struct str words = str_trim(request_field(r, "q"));
    struct buf b = buf_new(v->arena, (size_t)1 << 20);
    uint64_t nr;
    bool ok;

    if (request_has_field(r, "drop"))
        ok = str_to_u64(request_field(r, "drop"), &nr) && nr < INT64_MAX &&
             store_search_drop(v->store, (int64_t)nr, &v->err);
    else
        ok = words.len <= 1000 &&
             store_search_keep(v->store, str_trim(request_field(r, "name")), words,
                               v->who.len > 0 ? v->who : STR("desk"), &v->err);
    if (!ok) {
        visit_refused(v, 400, v->err.detail[0] ? v->err.detail : "That can't be kept.");
        return;
    }
    buf_str(&b, STR("/search?q="));
    say_percent(&b, words);
    buf_char(&b, '\0');
    visit_go_to(v, b.ptr);
}

static void keep_form(struct visit *v, struct markup *m, struct str words)
{
    form_open(v, m, "/search");
    markup_open(m, "div");
    markup_attr(m, "class", STR("decide"));
    field_hidden(m, "q", words);
    markup_open(m, "label");
    SAY(m, "Keep this search as ");
    markup_open(m, "input");
    markup_attr(m, "name", STR("name"));
    markup_attr(m, "maxlength", STR("80"));
    markup_attr(m, "placeholder", words);
    markup_close(m);
    markup_close(m);
    markup_leaf(m, "button", NULL, STR("Keep"));
    markup_close(m);
    markup_close(m);
}

static void saved(struct visit *v, struct markup *m)
{
    struct store_saved_list all = store_searches(v->arena, v->store);

    if (all.row.count == 0)
        return;
    markup_leaf(m, "h2", NULL, STR("Kept searches"));
    markup_open(m, "ul");
    markup_attr(m, "class", STR("plain kept"));
    for (uint32_t i = 0; i < all.row.count; i++) {
        const struct store_saved *s = &all.row.at[i];
        struct buf b = buf_new(v->arena, (size_t)1 << 20);

        buf_str(&b, STR("/search?q="));
        say_percent(&b, s->words);
        markup_open(m, "li");
        form_open(v, m, "/search");
        markup_link(m, buf_view(&b), s->name);
        SAY(m, " ");
        if (!str_eq(s->name, s->words))
            markup_leaf(m, "span", "u", s->words);
        SAY(m, " ");
        markup_open(m, "button");
        markup_attr(m, "name", STR("drop"));
        markup_attr_i64(m, "value", s->nr);
        markup_attr_format(m, "aria-label", "Drop the search %.*s", STR_ARG(s->name));
        SAY(m, "Drop");
        markup_close(m);
        markup_close(m);
        markup_close(m);
    }
    markup_close(m);
}

static json_t *saved_json(struct visit *v)
{
    struct store_saved_list all = store_searches(v->arena, v->store);
    json_t *rows = json_array();

    for (uint32_t i = 0; i < all.row.count; i++)
        json_array_append_new(
            rows, json_pack("{s:I s:s% s:s%}", "nr", (json_int_t)all.row.at[i].nr,
                            "name", all.row.at[i].name.ptr, all.row.at[i].name.len, "q",
                            all.row.at[i].words.ptr, all.row.at[i].words.len));
    return rows;
}

void page_search(struct visit *v)
{
    struct str words = request_argument(&v->request, "q");
    struct store_reports found = store_search(
        v->arena, v->store, words, request_number(&v->request, "next", 0), ROWS);
    struct markup m;

    if (v->request.post) {
        take_form(v);
        return;
    }
    if (v->request.json) {
        as_json(v, &found);
        return;
    }
    m = frame_open(v, STR("Search"), AT_SEARCH);
    box(&m, words);
    if (words.len > 0)
        keep_form(v, &m, words);
    else
        saved(v, &m);
    if (words.len > 0 && found.row.count == 0)
        markup_leaf(&m, "p", "note", STR("No report has these words."));
    if (found.row.count > 0) {
        markup_open(&m, "ol");
        markup_attr(&m, "class", STR("hits"));
        for (uint32_t i = 0; i < found.row.count; i++)
            hit(&m, &found.row.at[i]);
        markup_close(&m);
    }
    say_older(v, &m, NEXT_OF(&found));
    frame_close(v, &m);
}
