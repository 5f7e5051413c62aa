/* Keys, and the addresses of the JSON twins. */
#include "serve/visit.h"

static const struct {
    const char *key, *does;
} keys[] = {
    { "j, k", "next row, row before" },
    { "o, Enter", "open the row" },
    { "/", "search" },
    { "g s", "stories" },
    { "g c", "conflicts" },
    { "g m", "map" },
    { "g o", "sources" },
    { "g r", "the review queue" },
    { "g a", "alerts" },
    { "g w", "the watch" },
    { "a, r, e, s, u", "in the queue: accept, reject, edit, skip, undo my last" },
    { "c, l, w", "at a marked sentence: copy its citation, a link to the words, a Web "
                 "Annotation" },
    { "?", "this page" },
};

static const struct {
    const char *address, *has;
} twins[] = {
    { "/stories.json", "stories; country, since, until, reports, conflicts, next" },
    { "/story/17.json", "a story: corrob.situation/1 without its reports; policy" },
    { "/ledger/17.json", "the toll ledger; policy, conflicts" },
    { "/origins/17.json", "origins and shared passages" },
    { "/actors/17.json", "actors" },
    { "/report/ID.json", "one report: corrob.article/1" },
    { "/search.json", "reports that have words; q, next" },
    { "/conflicts.json", "open conflicts; order, story, next" },
    { "/sources.json", "outlets" },
    { "/map.json", "places; since" },
    { "/export/17",
      "a story as a file; as: csv, evidence, hxl, ucdp, acled, polecat, "
      "plover, geojson, annotations, markdown, bundle, situation; policy, "
      "text" },
    { "/rulings.json", "stories and origins parted and joined by hand; next" },
    { "/alerts.json", "rules, and what they raised; next" },
    { "/review.json", "what waits to be decided on; story, after, or a fact: report, "
                      "kind, start, end" },
    { "/reviews.json", "the log of decisions; next" },
    { "/watch.json", "how the watch and its feeds stand, and its log; next" },
    { "/events", "server-sent events: the number of the last change" },
};

void page_help(struct visit *v)
{
    static const char *const of_keys[] = { "Key", "Does" };
    static const char *const of_twins[] = { "Address", "Has" };
    struct markup m = frame_open(v, STR("Keys and addresses"), AT_ELSEWHERE);

    open_scroll(&m, "Keys", "list");
    say_heads(&m, of_keys, COUNT(of_keys));
    markup_open(&m, "tbody");
    for (size_t i = 0; i < COUNT(keys); i++) {
        markup_open(&m, "tr");
        markup_open(&m, "th");
        markup_attr(&m, "scope", STR("row"));
        markup_leaf(&m, "kbd", NULL, str_from(keys[i].key));
        markup_close(&m);
        markup_leaf(&m, "td", NULL, str_from(keys[i].does));
        markup_close(&m);
    }
    markup_close(&m);
    markup_close(&m);
    markup_close(&m);
    markup_leaf(&m, "h2", NULL, STR("The same as JSON"));
    open_scroll(&m, "JSON addresses", "list");
    say_heads(&m, of_twins, COUNT(of_twins));
    markup_open(&m, "tbody");
    for (size_t i = 0; i < COUNT(twins); i++) {
        markup_open(&m, "tr");
        markup_open(&m, "th");
        markup_attr(&m, "scope", STR("row"));
        markup_leaf(&m, "code", NULL, str_from(twins[i].address));
        markup_close(&m);
        markup_leaf(&m, "td", NULL, str_from(twins[i].has));
        markup_close(&m);
    }
    markup_close_to(&m, 3);
    frame_close(v, &m);
}
