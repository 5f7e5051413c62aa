/* Actors of a story: who acts on whom, drawn and as a matrix, each deed, who is named. */
#include "serve/network.h"

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

static void deeds(struct markup *m, const json_t *findings)
{
    static const char *const heads[] = { "Who", "Did", "To whom", "When", "The words" };

    markup_leaf(m, "h2", NULL, STR("Who did what to whom"));
    open_scroll(m, "Who did what to whom", "list");
    say_heads(m, heads, COUNT(heads));
    markup_open(m, "tbody");
    for (size_t i = 0; i < json_array_size(findings); i++)
        if (has_parties(json_array_get(findings, i)))
            deed(m, json_array_get(findings, i));
    markup_close(m);
    markup_close(m);
    markup_close(m);
}

static void named(struct markup *m, const json_t *actors)
{
    static const char *const heads[] = { "Name",   "Kind",     "Country",
                                         "Sector", "Mentions", "Reports" };

    markup_leaf(m, "h2", NULL, STR("Who is named"));
    open_scroll(m, "Who is named", "list");
    say_heads(m, heads, COUNT(heads));
    markup_open(m, "tbody");
    for (size_t i = 0; i < json_array_size(actors); i++)
        actor(m, json_array_get(actors, i));
    markup_close(m);
    markup_close(m);
    markup_close(m);
}

void page_actors(struct visit *v)
{
    struct store_situation made;
    struct store_story story;
    struct str number;
    struct network network;
    struct markup m;
    json_t *situation;

    request_under(&v->request, "/actors/", &number);
    situation = visit_situation(v, number, &story, &made);
    if (!situation)
        return;
    network = network_of(v->arena, json_object_get(situation, "findings"));
    if (v->request.json) {
        visit_json(v, json_pack("{s:I s:O? s:o}", "story", (json_int_t)story.nr,
                                "actors", json_object_get(situation, "actors"),
                                "relations", network_json(&network)));
        json_decref(situation);
        return;
    }
    m = frame_open(v, title_of(&story, situation), AT_STORIES);
    story_head(v, &m, &story, "actors");
    markup_leaf(&m, "h2", NULL, STR("Who acts on whom"));
    if (network.relation.count == 0)
        markup_leaf(&m, "p", "note",
                    STR("No event of this story has somebody on both sides."));
    network_draw(&m, v->arena, &network);
    network_matrix(&m, &network);
    deeds(&m, json_object_get(situation, "findings"));
    named(&m, json_object_get(situation, "actors"));
    frame_close(v, &m);
    json_decref(situation);
}
