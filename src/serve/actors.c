/* Actors of a story: who is named, and who did what to whom, as a table. */
#include "serve/visit.h"

static void actor(struct markup *m, const json_t *a)
{
    markup_open(m, "tr");
    markup_attr(m, "data-row", STR(""));
    markup_open(m, "th");
    markup_attr(m, "scope", STR("row"));
    markup_text(m, member(a, "name"));
    markup_leaf(m, "span", "sc", member(a, "role"));
    markup_close(m);
    markup_leaf(m, "td", NULL, member(a, "type"));
    markup_leaf(m, "td", NULL, member(a, "country"));
    markup_leaf(m, "td", NULL, member(a, "sector"));
    markup_open(m, "td");
    markup_attr(m, "class", STR("num"));
    say_number(m, member_i64(a, "mentions", 0));
    markup_close(m);
    markup_open(m, "td");
    markup_attr(m, "class", STR("num"));
    say_number(m, member_i64(a, "reports", 0));
    markup_close(m);
    markup_close(m);
}

static void names(struct markup *m, const json_t *list)
{
    markup_open(m, "td");
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (i > 0)
            SAY(m, ", ");
        markup_text(m, member(json_array_get(list, i), "name"));
    }
    markup_close(m);
}

static void deed(struct markup *m, const json_t *finding)
{
    const json_t *e = json_object_get(finding, "event");
    const json_t *said = json_array_get(json_object_get(finding, "evidence"), 0);

    markup_open(m, "tr");
    markup_attr(m, "data-row", STR(""));
    names(m, json_object_get(e, "actors"));
    markup_open(m, "td");
    markup_text(m, member(e, "type"));
    if (member(e, "mode").len > 0)
        markup_format(m, " · %.*s", STR_ARG(member(e, "mode")));
    if (!member_is(e, "modality", "asserted"))
        markup_leaf(m, "span", "sc", member(e, "modality"));
    markup_close(m);
    names(m, json_object_get(e, "recipients"));
    markup_open(m, "td");
    say_day(m, member(e, "date"));
    markup_close(m);
    markup_open(m, "td");
    say_status(m, member(finding, "status"));
    SAY(m, " ");
    link_to_span(m, member(said, "report"), member_i64(said, "start", 0),
                 member_i64(said, "end", 0), member(said, "quote"));
    markup_close(m);
    markup_close(m);
}

static bool has_parties(const json_t *finding)
{
    const json_t *e = json_object_get(finding, "event");

    return json_array_size(json_object_get(e, "actors")) +
               json_array_size(json_object_get(e, "recipients")) >
           0;
}

static void tables(struct markup *m, const json_t *situation)
{
    static const char *const of_actors[] = { "Name",   "Kind",     "Country",
                                             "Sector", "Mentions", "Reports" };
    static const char *const of_deeds[] = { "Who", "Did", "To whom", "When",
                                            "The words" };
    const json_t *actors = json_object_get(situation, "actors");
    const json_t *findings = json_object_get(situation, "findings");

    open_scroll(m, "Who is named", "list");
    say_heads(m, of_actors, COUNT(of_actors));
    markup_open(m, "tbody");
    for (size_t i = 0; i < json_array_size(actors); i++)
        actor(m, json_array_get(actors, i));
    markup_close(m);
    markup_close(m);
    markup_close(m);
    markup_leaf(m, "h2", NULL, STR("Who did what to whom"));
    open_scroll(m, "Who did what to whom", "list");
    say_heads(m, of_deeds, COUNT(of_deeds));
    markup_open(m, "tbody");
    for (size_t i = 0; i < json_array_size(findings); i++)
        if (has_parties(json_array_get(findings, i)))
            deed(m, json_array_get(findings, i));
    markup_close(m);
    markup_close(m);
    markup_close(m);
}

void page_actors(struct visit *v)
{
    struct store_situation made;
    struct store_story story;
    struct str number;
    struct markup m;
    json_t *situation;

    request_under(&v->request, "/actors/", &number);
    situation = visit_situation(v, number, &story, &made);
    if (!situation)
        return;
    if (v->request.json) {
        visit_json(v, json_pack("{s:I s:O?}", "story", (json_int_t)story.nr, "actors",
                                json_object_get(situation, "actors")));
        json_decref(situation);
        return;
    }
    m = frame_open(v, title_of(&story, situation), AT_STORIES);
    story_head(v, &m, &story, "actors");
    tables(&m, situation);
    frame_close(v, &m);
    json_decref(situation);
}
