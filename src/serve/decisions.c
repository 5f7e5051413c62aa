/* What people decided, told where facts are shown, and the log of it. */
#include "serve/review.h"

#define ROWS 50
#define WORDS_MAX 8192

/* ---- a fact in one line ---- */

static void put_number(struct buf *b, int64_t n)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n);

    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-')
            buf_char(b, ',');
        buf_char(b, digits[i]);
    }
}

static void put_interval(struct buf *b, const json_t *f)
{
    int64_t low = member_i64(f, "low", -1), high = member_i64(f, "high", -1);

    if (low < 0 && high < 0) {
        buf_str(b, STR("how many is not told"));
        return;
    }
    if (high < 0)
        buf_str(b, STR("at least "));
    if (low < 0)
        buf_str(b, STR("up to "));
    if (low >= 0)
        put_number(b, low);
    if (low >= 0 && high >= 0 && low != high)
        buf_str(b, STR("–"));
    if (high >= 0 && low != high)
        put_number(b, high);
}

static void put_more(struct buf *b, const char *words, struct str value)
{
    if (value.len == 0)
        return;
    buf_str(b, STR(", "));
    buf_str(b, str_from(words));
    buf_str(b, value);
}

struct str fact_words(struct arena *arena, struct str kind, struct str fact)
{
    json_t *f = json_loadb(fact.ptr ? fact.ptr : "", fact.len, 0, NULL);
    struct buf b = buf_new(arena, WORDS_MAX + fact.len);

    if (str_eq(kind, STR("figure"))) {
        put_interval(&b, f);
        buf_char(&b, ' ');
        buf_str(&b, member(f, "measure"));
        put_more(&b, "", member(f, "class"));
    } else if (str_eq(kind, STR("event"))) {
        buf_str(&b, member(f, "type"));
        put_more(&b, "", member(f, "mode"));
        put_more(&b, "on ", member(f, "date"));
    } else {
        buf_str(&b, STR("said by "));
        buf_str(&b, member(f, "speaker").len > 0 ? member(f, "speaker")
                                                 : STR("nobody named"));
    }
    put_more(&b, "according to ", member(f, "claimant"));
    put_more(&b, "as of ", member(f, "as_of"));
    if (!member_is(f, "modality", "asserted"))
        put_more(&b, "", member(f, "modality"));
    json_decref(f);
    return buf_view(&b);
}

/* "low 60, high 60": what an edit sets. */
static void say_change(struct markup *m, struct str change)
{
    json_t *o = json_loadb(change.ptr ? change.ptr : "", change.len, 0, NULL);
    const char *key;
    json_t *value;
    bool first = true;

    json_object_foreach(o, key, value)
    {
        markup_format(m, "%s%s ", first ? "" : ", ", key);
        first = false;
        if (json_is_integer(value))
            say_number(m, json_integer_value(value));
        else if (json_string_length(value) > 0)
            markup_text(m, str_from(json_string_value(value)));
        else
            SAY(m, "open");
    }
    json_decref(o);
}

/* ---- sections ---- */

static const char *past(struct str decision)
{
    if (str_eq(decision, STR("accept")))
        return "accepted";
    if (str_eq(decision, STR("reject")))
        return "rejected";
    return str_eq(decision, STR("edit")) ? "edited" : "taken back";
}

void link_to_review(struct markup *m, struct str report, const char *kind,
                    int64_t start, int64_t end)
{
    markup_open(m, "a");
    markup_attr(m, "class", STR("rv"));
    markup_attr_format(m, "href", "/review?report=%.*s&kind=%s&start=%lld&end=%lld",
                       STR_ARG(report), kind, (long long)start, (long long)end);
    SAY(m, "review");
    markup_close(m);
}

static void undo_button(struct visit *v, struct markup *m, const struct store_review *r)
{
    form_open(v, m, "/review");
    field_hidden(m, "decision", STR("undo"));
    markup_open(m, "input");
    markup_attr(m, "type", STR("hidden"));
    markup_attr(m, "name", STR("nr"));
    markup_attr_i64(m, "value", r->nr);
    markup_close(m);
    field_hidden(m, "who", v->who);
    field_hidden(m, "back", v->request.uri);
    markup_open(m, "button");
    markup_attr_format(m, "aria-label", "Take back: %.*s %s by %.*s", STR_ARG(r->quote),
                       past(r->decision), STR_ARG(r->who));
    SAY(m, "Undo");
    markup_close(m);
    markup_close(m);
}

static void row(struct visit *v, struct markup *m, const struct store_review *r)
{
    markup_open(m, "tr");
    markup_attr(m, "data-row", STR(""));
    markup_open(m, "th");
    markup_attr(m, "scope", STR("row"));
    markup_leaf(m, "b", NULL, str_from(past(r->decision)));
    markup_open(m, "span");
    markup_attr(m, "class", STR("sc"));
    SAY(m, "by ");
    markup_text(m, r->who);
    SAY(m, ", ");
    say_time(m, r->at, true);
    markup_close(m);
    markup_close(m);
    markup_open(m, "td");
    markup_open(m, str_eq(r->decision, STR("reject")) && r->holds ? "s" : "span");
    markup_text(m, fact_words(v->arena, r->kind, r->machine));
    markup_close(m);
    markup_leaf(m, "span", "sc", r->rule);
    markup_close(m);
    markup_open(m, "td");
    say_change(m, r->change);
    markup_close(m);
    markup_open(m, "td");
    link_to_span(m, r->report, r->start, r->end, r->quote);
    markup_open(m, "span");
    markup_attr(m, "class", STR("sc"));
    markup_text(m, r->outlet.len > 0 ? r->outlet : r->title);
    markup_close(m);
    markup_close(m);
    markup_open(m, "td");
    if (r->idle)
        markup_leaf(m, "span", "u", STR("no effect: the report states no such fact"));
    if (r->holds)
        undo_button(v, m, r);
    else
        markup_leaf(m, "span", "u",
                    r->undoes > 0 ? STR("an undo") : STR("holds no more"));
    markup_close(m);
    markup_close(m);
}

static void table(struct visit *v, struct markup *m, const struct store_reviews *all)
{
    static const char *const columns[] = { "Decision", "As the program read it",
                                           "Set to", "Words", "" };

    open_scroll(m, "Decisions", "list log");
    say_heads(m, columns, COUNT(columns) - 1);
    markup_open(m, "tbody");
    for (uint32_t i = 0; i < all->row.count; i++)
        row(v, m, &all->row.at[i]);
    markup_close(m);
    markup_close(m);
    markup_close(m);
}

void say_decisions(struct visit *v, struct markup *m, int64_t story)
{
    struct store_reviews all = store_decisions(v->arena, v->store, story);

    if (all.row.count == 0)
        return;
    markup_open(m, "section");
    markup_attr(m, "id", STR("by-hand"));
    markup_leaf(m, "h2", NULL, STR("Decided by hand"));
    markup_leaf(
        m, "p", "note",
        STR("Rejected facts count for nothing above, edited ones with their new "
            "values; what the program read stays here."));
    table(v, m, &all);
    markup_close(m);
}

const struct store_review *decision_on(const struct store_reviews *all,
                                       struct str report, int64_t start, int64_t end)
{
    for (uint32_t i = 0; i < all->row.count; i++) {
        const struct store_review *r = &all->row.at[i];

        if (r->start == start && r->end == end && str_eq(r->report, report))
            return r;
    }
    return NULL;
}

/* ---- as JSON ---- */

static json_t *decision_json(const struct store_review *r)
{
    json_t *o =
        json_pack("{s:I s:I s:o s:o s:o s:I s:I s:I s:o s:o s:o s:b}", "nr",
                  (json_int_t)r->nr, "at", (json_int_t)r->at, "who", json_of(r->who),
                  "report", json_of(r->report), "kind", json_of(r->kind), "start",
                  (json_int_t)r->start, "end", (json_int_t)r->end, "story",
                  (json_int_t)r->story, "decision", json_of(r->decision), "quote",
                  json_of(r->quote), "rule", json_of(r->rule), "holds", r->holds);

    json_object_set_new(o, "machine",
                        json_loadb(r->machine.ptr, r->machine.len, 0, NULL));
    if (r->change.len > 0)
        json_object_set_new(o, "change",
                            json_loadb(r->change.ptr, r->change.len, 0, NULL));
    if (r->fact >= 0)
        json_object_set_new(o, "fact", json_integer(r->fact));
    if (r->idle)
        json_object_set_new(o, "idle", json_true());
    if (r->undoes > 0)
        json_object_set_new(o, "undoes", json_integer(r->undoes));
    return o;
}

json_t *decisions_json(const struct store_reviews *all)
{
    json_t *rows = json_array();

    for (uint32_t i = 0; i < all->row.count; i++)
        json_array_append_new(rows, decision_json(&all->row.at[i]));
    return rows;
}

/* ---- the log ---- */

void page_reviews(struct visit *v)
{
    struct store_reviews all =
        store_reviews(v->arena, v->store, request_number(&v->request, "next", 0), ROWS);
    struct markup m;

    if (v->request.json) {
        visit_list(v, json_object(), "reviews", decisions_json(&all), NEXT_OF(&all));
        return;
    }
    m = frame_open(v, STR("Log of reviews"), AT_REVIEW);
    markup_leaf(
        &m, "p", "note",
        STR("Who decided what, the newest first. The log only grows: an undo is "
            "a row of its own."));
    if (all.row.count > 0)
        table(v, &m, &all);
    else
        markup_leaf(&m, "p", "note", STR("Nobody has decided on anything yet."));
    say_older(v, &m, NEXT_OF(&all));
    frame_close(v, &m);
}
