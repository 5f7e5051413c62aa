/* One story: the situation report that the engine wrote, and its neighbours. */
#include "serve/parts.h"
#include "serve/review.h"
#include "serve/rulings.h"

static void policies(struct visit *v, struct markup *m, int64_t story,
                     const char *page_name)
{
    static const char *const policy[] = { "range", "acled", "ucdp", "majority" };
    struct str chosen = request_argument(&v->request, "policy");

    if (chosen.len == 0)
        chosen = STR("range");
    markup_open(m, "p");
    markup_attr(m, "class", STR("pick"));
    SAY(m, "Where accounts differ, show by the policy: ");
    for (size_t i = 0; i < COUNT(policy); i++) {
        markup_open(m, "a");
        markup_attr_format(m, "href", "/%s/%lld?policy=%s", page_name, (long long)story,
                           policy[i]);
        if (str_eq(chosen, str_from(policy[i])))
            markup_attr(m, "aria-current", STR("true"));
        markup_text(m, str_from(policy[i]));
        markup_close(m);
        SAY(m, " ");
    }
    markup_close(m);
}

void story_head(struct visit *v, struct markup *m, const struct store_story *story,
                const char *at)
{
    frame_story(v, m, story, at);
    markup_open(m, "p");
    markup_attr(m, "class", STR("strap"));
    say_count(m, story->reports, "report");
    if (story->origins >= 0) {
        SAY(m, ", ");
        markup_open(m, "b");
        say_count(m, story->origins, "origin");
        markup_close(m);
    }
    if (story->conflicts > 0) {
        SAY(m, ", ");
        markup_open(m, "a");
        markup_attr_format(m, "href", "/conflicts?story=%lld", (long long)story->nr);
        say_count(m, story->conflicts, "open conflict");
        markup_close(m);
    }
    SAY(m, ", latest ");
    say_time(m, story->last_at, true);
    SAY(m, " UTC");
    markup_close(m);
    if (strcmp(at, "story") == 0 || strcmp(at, "ledger") == 0)
        policies(v, m, story->nr, at);
}

static void report_list(struct visit *v, struct markup *m, int64_t story)
{
    static const char *const columns[] = { "Report", "Outlet", "Published", "Origin" };
    struct store_reports list = store_reports(v->arena, v->store, story);

    markup_leaf(m, "h2", NULL, STR("Reports of this story"));
    rulings_open(v, m, "story");
    open_scroll(m, "Reports of this story", "list");
    say_heads(m, columns, COUNT(columns));
    markup_open(m, "tbody");
    for (uint32_t i = 0; i < list.row.count; i++) {
        const struct store_report *r = &list.row.at[i];

        markup_open(m, "tr");
        markup_attr(m, "data-row", STR(""));
        markup_open(m, "th");
        markup_attr(m, "scope", STR("row"));
        rulings_tick(m, r->id, r->title);
        markup_open(m, "a");
        markup_attr_format(m, "href", "/report/%.*s", STR_ARG(r->id));
        markup_text(m, r->title.len > 0 ? r->title : STR("(no title)"));
        markup_close(m);
        markup_close(m);
        markup_open(m, "td");
        say_outlet(m, r);
        markup_close(m);
        markup_open(m, "td");
        say_time(m, r->published_at, true);
        markup_close(m);
        markup_open(m, "td");
        say_origin(m, r->origin);
        markup_close(m);
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
    markup_close(m);
    rulings_close(m, false);
}

static void as_json(struct visit *v, const struct store_story *story, json_t *situation)
{
    struct store_reports list = store_reports(v->arena, v->store, story->nr);
    struct store_reviews decisions = store_decisions(v->arena, v->store, story->nr);
    json_t *all =
        json_pack("{s:I s:s% s:I s:b s:O}", "story", (json_int_t)story->nr, "title",
                  story->title.ptr ? story->title.ptr : "", story->title.len, "reports",
                  (json_int_t)story->reports, "compared", 1, "situation", situation);
    json_t *rows = json_array();

    for (uint32_t i = 0; i < list.row.count; i++) {
        const struct store_report *r = &list.row.at[i];
        struct str outlet = outlet_of(r);

        json_array_append_new(
            rows, json_pack("{s:s% s:s% s:s% s:s% s:s% s:I}", "id", r->id.ptr,
                            r->id.len, "title", r->title.ptr ? r->title.ptr : "",
                            r->title.len, "outlet", outlet.ptr, outlet.len, "published",
                            r->published.ptr ? r->published.ptr : "", r->published.len,
                            "url", r->url.ptr ? r->url.ptr : "", r->url.len, "origin",
                            (json_int_t)r->origin));
    }
    json_object_set_new(all, "sources", rows);
    json_object_set_new(all, "decisions", decisions_json(&decisions));
    visit_json(v, all);
}

/* The engine's, as in the situation report. */
struct str title_of(const struct store_story *story, const json_t *situation)
{
    struct str title = member(situation, "title");

    if (title.len == 0)
        title = story->title;
    return title.len > 0 ? title : STR("(no title)");
}

void page_story(struct visit *v)
{
    struct store_situation made;
    struct store_story story;
    struct str number, part;
    struct markup m;
    json_t *situation;

    request_under(&v->request, "/story/", &number);
    situation = visit_situation(v, number, &story, &made);
    if (!situation)
        return;
    if (v->request.json) {
        as_json(v, &story, situation);
        json_decref(situation);
        return;
    }
    part = request_argument(&v->request, "part");
    if (part.len > 0 && !parts_name(part)) {
        visit_missing(v, "A story has no such part.");
        json_decref(situation);
        return;
    }
    m = frame_open(v, title_of(&story, situation), AT_STORIES);
    story_head(v, &m, &story, part.len > 0 ? arena_str(v->arena, part).ptr : "story");
    parts_write(v, &m, story.nr, made.html, part);
    if (part.len == 0) {
        say_decisions(v, &m, story.nr);
        report_list(v, &m, story.nr);
        say_exports(v, &m, story.nr);
    }
    frame_close(v, &m);
    json_decref(situation);
}
