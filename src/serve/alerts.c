/* Alerts: what rules raised, the rules, and a form for one more. */
#include "serve/visit.h"
#include "store/alert.h"

#define ROWS 50

static const char *const kinds[] = { "toll", "rise", "claimant", "conflict", "story" };
static const char *const kind_words[] = { "A toll reaches a number",
                                          "A toll rises by percent", "A new claimant",
                                          "A new conflict", "A new story at a place" };
static const char *const measures[] = { "",          "killed",    "injured",
                                        "missing",   "detained",  "abducted",
                                        "displaced", "casualties" };

/* ---- forms ---- */

static int64_t number_field(const struct request *r, const char *name)
{
    uint64_t n;

    return str_to_u64(str_trim(request_field(r, name)), &n) && n < INT32_MAX
               ? (int64_t)n
               : 0;
}

static void take_form(struct visit *v)
{
    const struct request *r = &v->request;
    struct store_rule rule = { .who = v->who.len > 0 ? v->who : STR("desk"),
                               .kind = request_field(r, "kind"),
                               .measure = request_field(r, "measure"),
                               .place = str_trim(request_field(r, "place")),
                               .least = number_field(r, "least") };
    bool ok;

    if (request_has_field(r, "end"))
        ok = store_rule_end(v->store, number_field(r, "end"), &v->err);
    else
        ok = rule.place.len <= 200 && store_rule_put(v->store, &rule, &v->err);
    if (ok)
        visit_go_to(v, "/alerts");
    else
        visit_refused(v, 400,
                      v->err.detail[0] ? v->err.detail : "The place is too long.");
}

static void put_select(struct markup *m, const char *label, const char *name,
                       const char *const *values, const char *const *words,
                       size_t count)
{
    markup_open(m, "label");
    markup_text(m, str_from(label));
    markup_open(m, "select");
    markup_attr(m, "name", str_from(name));
    for (size_t i = 0; i < count; i++) {
        markup_open(m, "option");
        markup_attr(m, "value", str_from(values[i]));
        markup_text(m, words[i][0] ? str_from(words[i]) : STR("any toll"));
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
}

static void put_field(struct markup *m, const char *label, const char *name,
                      const char *size)
{
    markup_open(m, "label");
    markup_text(m, str_from(label));
    markup_open(m, "input");
    markup_attr(m, "name", str_from(name));
    markup_attr(m, "size", str_from(size));
    markup_close(m);
    markup_close(m);
}

static void put_form(struct visit *v, struct markup *m)
{
    markup_leaf(m, "h2", NULL, STR("A new rule"));
    form_open(v, m, "/alerts");
    markup_open(m, "div");
    markup_attr(m, "class", STR("fields"));
    put_select(m, "When", "kind", kinds, kind_words, COUNT(kinds));
    put_select(m, "Toll of", "measure", measures, measures, COUNT(measures));
    put_field(m, "Number or percent", "least", "7");
    put_field(m, "Only at (place, or country as ISO code)", "place", "18");
    markup_leaf(m, "button", NULL, STR("Keep the rule"));
    markup_close(m);
    markup_close(m);
    markup_leaf(m, "p", "note",
                STR("Rules made here are shown here. corrob alert add … --to brings "
                    "alerts to a file, a program or a local address, too."));
}

/* ---- lists ---- */

static void say_rule(struct markup *m, const struct store_rule *r)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_eq(r->kind, str_from(kinds[i])))
            markup_text(m, str_from(kind_words[i]));
    if (r->least > 0) {
        SAY(m, ": ");
        say_number(m, r->least);
        markup_text(m, str_eq(r->kind, STR("rise")) ? STR(" % ") : STR(" or more "));
        markup_text(m, r->measure);
    }
}

static void rule_row(struct visit *v, struct markup *m, const struct store_rule *r)
{
    markup_open(m, "tr");
    markup_open(m, "th");
    markup_attr(m, "scope", STR("row"));
    say_rule(m, r);
    markup_open(m, "span");
    markup_attr(m, "class", STR("sc"));
    SAY(m, "kept by ");
    markup_text(m, r->who);
    SAY(m, ", ");
    say_time(m, r->at, true);
    markup_close(m);
    markup_close(m);
    markup_leaf(m, "td", NULL, r->place.len > 0 ? r->place : STR("everywhere"));
    markup_leaf(m, "td", "long", r->target.len > 0 ? r->target : STR("shown here"));
    markup_open(m, "td");
    markup_attr(m, "class", STR("num"));
    say_number(m, r->raised);
    markup_close(m);
    markup_open(m, "td");
    if (r->ended) {
        markup_leaf(m, "span", "u", STR("ended"));
    } else {
        form_open(v, m, "/alerts");
        markup_open(m, "button");
        markup_attr(m, "name", STR("end"));
        markup_attr_i64(m, "value", r->nr);
        markup_attr_format(m, "aria-label", "End rule %lld", (long long)r->nr);
        SAY(m, "End");
        markup_close(m);
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
}

static void rules_table(struct visit *v, struct markup *m,
                        const struct store_rules *all)
{
    static const char *const columns[] = { "Rule", "Where", "Goes to", "Raised", "" };

    markup_leaf(m, "h2", NULL, STR("Rules"));
    if (all->row.count == 0) {
        markup_leaf(m, "p", "note", STR("No rule is kept yet."));
        return;
    }
    open_scroll(m, "Rules", "list");
    say_heads(m, columns, COUNT(columns) - 1);
    markup_open(m, "tbody");
    for (uint32_t i = 0; i < all->row.count; i++)
        rule_row(v, m, &all->row.at[i]);
    markup_close(m);
    markup_close(m);
    markup_close(m);
}

static void alert_row(struct markup *m, const struct store_alert *a)
{
    markup_open(m, "tr");
    markup_attr(m, "data-row", STR(""));
    markup_open(m, "th");
    markup_attr(m, "scope", STR("row"));
    markup_open(m, "a");
    markup_attr_format(m, "href", "/%s/%lld",
                       str_eq(a->kind, STR("story")) ? "story" : "ledger",
                       (long long)a->story);
    markup_text(m, a->words);
    markup_close(m);
    markup_leaf(m, "span", "sc", a->title.len > 0 ? a->title : STR("(no title)"));
    markup_close(m);
    markup_open(m, "td");
    markup_attr(m, "class", STR("when"));
    say_time(m, a->at, true);
    markup_close(m);
    markup_open(m, "td");
    if (a->report.len > 0)
        link_to_span(m, a->report, a->start, a->end,
                     a->quote.len > 0 ? a->quote : STR("words"));
    markup_close(m);
    markup_open(m, "td");
    if (a->target.len == 0)
        SAY(m, "shown here");
    else if (a->delivered_at > 0)
        say_time(m, a->delivered_at, true);
    else if (a->tries == 0)
        SAY(m, "waits for the next add or watch");
    else
        markup_format(m, "not yet, tried %lld times: %.*s", (long long)a->tries,
                      STR_ARG(a->failure));
    markup_close(m);
    markup_close(m);
}

static void alerts_table(struct markup *m, const struct store_alerts *all)
{
    static const char *const columns[] = { "What", "Raised (UTC)", "Words",
                                           "Delivered" };

    if (all->row.count == 0) {
        markup_leaf(m, "p", "note", STR("Nothing was raised yet."));
        return;
    }
    open_scroll(m, "Alerts, the newest first", "list");
    say_heads(m, columns, COUNT(columns));
    markup_open(m, "tbody");
    for (uint32_t i = 0; i < all->row.count; i++)
        alert_row(m, &all->row.at[i]);
    markup_close(m);
    markup_close(m);
    markup_close(m);
}

/* ---- as JSON ---- */

static json_t *rule_json(const struct store_rule *r)
{
    return json_pack("{s:I s:I s:o s:o s:o s:I s:o s:o s:I s:b}", "nr",
                     (json_int_t)r->nr, "at", (json_int_t)r->at, "who", json_of(r->who),
                     "kind", json_of(r->kind), "measure", json_of(r->measure), "least",
                     (json_int_t)r->least, "place", json_of(r->place), "target",
                     json_of(r->target), "raised", (json_int_t)r->raised, "ended",
                     r->ended);
}

static json_t *alert_json(const struct store_alert *a)
{
    return json_pack("{s:I s:I s:I s:o s:I s:o s:o s:o s:I s:I s:I s:I}", "nr",
                     (json_int_t)a->nr, "at", (json_int_t)a->at, "rule",
                     (json_int_t)a->rule, "kind", json_of(a->kind), "story",
                     (json_int_t)a->story, "title", json_of(a->title), "words",
                     json_of(a->words), "report", json_of(a->report), "start",
                     (json_int_t)a->start, "end", (json_int_t)a->end, "delivered_at",
                     (json_int_t)a->delivered_at, "tries", (json_int_t)a->tries);
}

static void as_json(struct visit *v, const struct store_rules *rules,
                    const struct store_alerts *alerts)
{
    json_t *list = json_array(), *raised = json_array();

    for (uint32_t i = 0; i < rules->row.count; i++)
        json_array_append_new(list, rule_json(&rules->row.at[i]));
    for (uint32_t i = 0; i < alerts->row.count; i++)
        json_array_append_new(raised, alert_json(&alerts->row.at[i]));
    visit_list(v, json_pack("{s:o}", "rules", list), "alerts", raised, NEXT_OF(alerts));
}

void page_alerts(struct visit *v)
{
    struct store_alerts alerts;
    struct store_rules rules;
    struct markup m;

    if (v->request.post) {
        take_form(v);
        return;
    }
    alerts =
        store_alerts(v->arena, v->store, request_number(&v->request, "next", 0), ROWS);
    rules = store_rules(v->arena, v->store);
    if (v->request.json) {
        as_json(v, &rules, &alerts);
        return;
    }
    m = frame_open(v, STR("Alerts"), AT_ALERTS);
    alerts_table(&m, &alerts);
    say_older(v, &m, NEXT_OF(&alerts));
    rules_table(v, &m, &rules);
    put_form(v, &m);
    frame_close(v, &m);
}
