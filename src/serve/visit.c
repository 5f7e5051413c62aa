#include "serve/parts.h"

#include <stdlib.h>

extern const char report_marks_svg[];

struct route {
    const char *path; /* "…/" takes all below it */
    page *answer;
    bool takes_forms;
};

static const struct route routes[] = {
    { "/", page_stories, false },
    { "/stories", page_stories, false },
    { "/story/", page_story, false },
    { "/ledger/", page_ledger, false },
    { "/origins/", page_origins, false },
    { "/actors/", page_actors, false },
    { "/report/", page_report, false },
    { "/search", page_search, true },
    { "/conflicts", page_conflicts, false },
    { "/sources", page_sources, false },
    { "/map", page_map, false },
    { "/events", page_events, false },
    { "/review", page_review, true },
    { "/reviews", page_reviews, false },
    { "/alerts", page_alerts, true },
    { "/rulings", page_rulings, true },
    { "/watch", page_watch, false },
    { "/export/", page_export, false },
    { "/help", page_help, false },
};

static const struct route *find(struct str path)
{
    for (size_t i = 0; i < COUNT(routes); i++) {
        struct str r = str_from(routes[i].path);

        if (str_eq(r, path) ||
            (r.len > 1 && str_ends(r, STR("/")) && str_starts(path, r)))
            return &routes[i];
    }
    return NULL;
}

void visit_type(struct visit *v)
{
    v->answer.status = 200;
    v->answer.type = v->request.json ? "application/json; charset=utf-8"
                                     : "text/html; charset=utf-8";
}

void visit_answer(struct visit *v)
{
    const struct route *route = find(v->request.path);

    visit_type(v);
    if (route && (!v->request.post || route->takes_forms))
        route->answer(v);
    else
        visit_missing(v, "There is no such page.");
}

static void tell(struct visit *v, unsigned status, const char *words)
{
    struct markup m;

    v->answer.status = status;
    buf_clear(&v->answer.body);
    if (v->request.json) {
        json_t *o = json_pack("{s:s}", "error", words);

        visit_json(v, o);
        return;
    }
    m = frame_open(v, status == 404 ? STR("Not found") : STR("That did not work"),
                   AT_ELSEWHERE);
    markup_leaf(&m, "p", "note", str_from(words));
    frame_close(v, &m);
}

void visit_missing(struct visit *v, const char *what)
{
    tell(v, 404, what);
}

void visit_refused(struct visit *v, unsigned status, const char *why)
{
    tell(v, status, why);
}

void visit_failed(struct visit *v)
{
    tell(v, v->err.code == ERR_USAGE ? 400 : 500,
         v->err.detail[0] ? v->err.detail : err_sentence(v->err.code));
}

void visit_go_to(struct visit *v, const char *address)
{
    v->answer.status = 303;
    v->answer.location = address;
    v->answer.fresh = true;
}

void visit_json(struct visit *v, json_t *value)
{
    char *words = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(12));

    if (words)
        buf_str(&v->answer.body, str_from(words));
    buf_char(&v->answer.body, '\n');
    free(words);
    json_decref(value);
}

void visit_list(struct visit *v, json_t *object, const char *name, json_t *rows,
                int64_t next)
{
    json_object_set_new(object, name, rows);
    if (next > 0)
        json_object_set_new(object, "next", json_integer(next));
    visit_json(v, object);
}

json_t *visit_situation(struct visit *v, struct str number, struct store_story *story,
                        struct store_situation *made)
{
    uint64_t nr;
    json_t *all, *one;

    if (!str_to_u64(number, &nr) || nr > INT64_MAX ||
        !store_story(v->arena, v->store, (int64_t)nr, story)) {
        visit_missing(v, "There is no such story.");
        return NULL;
    }
    if (!store_situation(v->arena, v->store, story->nr,
                         request_argument(&v->request, "policy"), made, &v->err)) {
        visit_failed(v);
        return NULL;
    }
    store_story(v->arena, v->store, story->nr, story); /* now that it is compared */
    all = json_loadb(made->json.ptr, made->json.len, 0, NULL);
    one = json_incref(json_array_get(json_object_get(all, "stories"), 0));
    json_decref(all);
    if (!one) {
        err_set(&v->err, ERR_FORMAT, -1, "the story has no situation");
        visit_failed(v);
    }
    return one;
}

/* ---- the frame ---- */

static void head_link(struct visit *v, struct markup *m, const char *rel,
                      const char *asset)
{
    markup_open(m, "link");
    markup_attr(m, "rel", str_from(rel));
    markup_attr(m, "href", str_from(house_asset(v->house, asset)));
    markup_close(m);
}

static void head(struct visit *v, struct markup *m, struct str title)
{
    markup_open(m, "head");
    markup_open(m, "meta");
    markup_attr(m, "charset", STR("utf-8"));
    markup_close(m);
    markup_open(m, "meta");
    markup_attr(m, "name", STR("viewport"));
    markup_attr(m, "content", STR("width=device-width, initial-scale=1"));
    markup_close(m);
    markup_open(m, "meta");
    markup_attr(m, "name", STR("color-scheme"));
    markup_attr(m, "content", STR("light dark"));
    markup_close(m);
    markup_open(m, "title");
    markup_text(m, title);
    SAY(m, " · corrob");
    markup_close(m);
    head_link(v, m, "stylesheet", "report.css");
    head_link(v, m, "stylesheet", "workbench.css");
    head_link(v, m, "icon", "icon.svg");
    markup_open(m, "script");
    markup_attr(m, "type", STR("module"));
    markup_attr(m, "src", str_from(house_asset(v->house, "workbench.js")));
    markup_close(m);
    markup_close(m);
}

static void bar(struct markup *m, enum place_in_house at)
{
    static const struct {
        const char *href, *words, *key;
    } links[] = {
        [AT_STORIES] = { "/stories", "Stories", "g s" },
        [AT_CONFLICTS] = { "/conflicts", "Conflicts", "g c" },
        [AT_SEARCH] = { "/search", "Search", "/" },
        [AT_MAP] = { "/map", "Map", "g m" },
        [AT_SOURCES] = { "/sources", "Sources", "g o" },
        [AT_REVIEW] = { "/review", "Review", "g r" },
        [AT_ALERTS] = { "/alerts", "Alerts", "g a" },
        [AT_WATCH] = { "/watch", "Watch", "g w" },
    };

    markup_open(m, "header");
    markup_attr(m, "class", STR("top"));
    markup_open(m, "p");
    markup_attr(m, "class", STR("brand"));
    markup_link(m, STR("/"), STR("corrob"));
    markup_close(m);
    markup_open(m, "nav");
    markup_attr(m, "aria-label", STR("Screens"));
    markup_open(m, "ul");
    for (size_t i = 0; i < COUNT(links); i++) {
        markup_open(m, "li");
        markup_open(m, "a");
        markup_attr(m, "href", str_from(links[i].href));
        markup_attr(m, "data-key", str_from(links[i].key));
        if (i == (size_t)at)
            markup_attr(m, "aria-current", STR("page"));
        markup_text(m, str_from(links[i].words));
        markup_close(m);
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
    markup_open(m, "p");
    markup_attr(m, "class", STR("keys"));
    markup_open(m, "a");
    markup_attr(m, "href", STR("/help"));
    SAY(m, "Help");
    markup_close(m);
    markup_close(m);
    markup_close(m);
}

struct markup frame_open(struct visit *v, struct str title, enum place_in_house at)
{
    struct markup m = markup_to(&v->answer.body);

    markup_trusted(&m, STR("<!DOCTYPE html>\n"));
    markup_open(&m, "html");
    markup_attr(&m, "lang", STR("en"));
    head(v, &m, title);
    markup_open(&m, "body");
    markup_attr(&m, "class", STR("wb"));
    markup_open(&m, "a");
    markup_attr(&m, "class", STR("skip"));
    markup_attr(&m, "href", STR("#main"));
    SAY(&m, "Skip to the page");
    markup_close(&m);
    markup_trusted(&m, str_from(report_marks_svg));
    bar(&m, at);
    markup_open(&m, "main");
    markup_attr(&m, "id", STR("main"));
    markup_attr(&m, "tabindex", STR("-1"));
    markup_leaf(&m, "h1", NULL, title);
    return m;
}

void frame_close(struct visit *v, struct markup *m)
{
    (void)v;
    markup_close_to(m, 2); /* html, body */
    markup_open(m, "p");
    markup_attr(m, "id", STR("live"));
    markup_attr(m, "role", STR("status"));
    markup_close(m);
    markup_open(m, "footer");
    markup_open(m, "p");
    SAY(m, "It says who reports what; it does not judge what is true. ");
    markup_open(m, "a");
    markup_attr(m, "href", STR("/help"));
    SAY(m, "Keys and addresses");
    markup_close_to(m, 0);
    buf_char(m->out, '\n');
}

void frame_story(struct visit *v, struct markup *m, const struct store_story *story,
                 const char *at)
{
    static const struct {
        const char *path, *words;
    } tabs[] = {
        { "story", "Situation report" }, { "ledger", "Toll ledger" },
        { "origins", "Origins" },        { "actors", "Actors" },
        { "said", "Statements" },        { "sources", "Cited passages" },
    };

    (void)v;
    markup_open(m, "nav");
    markup_attr(m, "class", STR("tabs"));
    markup_attr(m, "aria-label", STR("This story"));
    markup_open(m, "ul");
    for (size_t i = 0; i < COUNT(tabs); i++) {
        markup_open(m, "li");
        markup_open(m, "a");
        if (parts_name(str_from(tabs[i].path)))
            markup_attr_format(m, "href", "/story/%lld?part=%s", (long long)story->nr,
                               tabs[i].path);
        else
            markup_attr_format(m, "href", "/%s/%lld", tabs[i].path,
                               (long long)story->nr);
        if (strcmp(tabs[i].path, at) == 0)
            markup_attr(m, "aria-current", STR("page"));
        markup_text(m, str_from(tabs[i].words));
        markup_close(m);
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
}
