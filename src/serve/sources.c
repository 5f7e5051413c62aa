/* Sources: what each outlet gives, and whether something about it has changed. */
#include "serve/visit.h"

#define ROWS 500
#define DRIFT 40 /* percent off the outlet's own mean: the extraction may have broken */

static void percent_cell(struct markup *m, int64_t part, int64_t whole)
{
    markup_open(m, "td");
    markup_attr(m, "class", STR("num"));
    if (whole > 0)
        markup_format(m, "%.0f %%", 100.0 * (double)part / (double)whole);
    else
        SAY(m, "–");
    markup_close(m);
}

static void number_cell(struct markup *m, int64_t n)
{
    markup_open(m, "td");
    markup_attr(m, "class", STR("num"));
    say_number(m, n);
    markup_close(m);
}

static void drift_cell(struct markup *m, const struct store_source *s)
{
    int64_t percent = s->mean_length > 0
                          ? 100 * (s->recent_length - s->mean_length) / s->mean_length
                          : 0;

    markup_open(m, "td");
    markup_attr(m, "class", STR("num"));
    if (s->reports <= 20)
        SAY(m, "too few");
    else
        markup_format(m, "%+lld %%%s", (long long)percent,
                      percent > DRIFT || percent < -DRIFT ? ", look at it" : "");
    markup_close(m);
}

static void row(struct markup *m, const struct store_source *s)
{
    markup_open(m, "tr");
    markup_attr(m, "data-row", STR(""));
    markup_leaf(m, "th", NULL, s->outlet.len > 0 ? s->outlet : STR("no outlet named"));
    number_cell(m, s->reports);
    percent_cell(m, s->dated, s->reports);
    number_cell(m, s->mean_length);
    drift_cell(m, s);
    percent_cell(m, s->first_of_origin, s->compared);
    markup_open(m, "td");
    say_day(m, s->first);
    markup_close(m);
    markup_open(m, "td");
    say_day(m, s->last);
    markup_close(m);
    markup_close(m);
}

static void as_json(struct visit *v, const struct store_sources *found)
{
    json_t *rows = json_array();

    for (uint32_t i = 0; i < found->row.count; i++) {
        const struct store_source *s = &found->row.at[i];

        json_array_append_new(
            rows,
            json_pack("{s:s% s:I s:I s:I s:I s:I s:I s:s% s:s%}", "outlet",
                      s->outlet.ptr ? s->outlet.ptr : "", s->outlet.len, "reports",
                      (json_int_t)s->reports, "dated", (json_int_t)s->dated,
                      "mean_length", (json_int_t)s->mean_length, "recent_length",
                      (json_int_t)s->recent_length, "compared", (json_int_t)s->compared,
                      "first_of_origin", (json_int_t)s->first_of_origin, "first",
                      s->first.ptr ? s->first.ptr : "", s->first.len, "last",
                      s->last.ptr ? s->last.ptr : "", s->last.len));
    }
    visit_json(v, json_pack("{s:o}", "sources", rows));
}

void page_sources(struct visit *v)
{
    static const char *const columns[] = { "Outlet",          "Reports",
                                           "With a date",     "Mean length",
                                           "Last 20, length", "First with its text",
                                           "First",           "Last" };
    struct store_sources found = store_sources(v->arena, v->store, ROWS);
    struct markup m;

    if (v->request.json) {
        as_json(v, &found);
        return;
    }
    m = frame_open(v, STR("Sources"), AT_SOURCES);
    markup_leaf(
        &m, "p", "note",
        STR("Lengths are characters of clean text; one that drifts tells that the "
            "outlet’s pages have changed. \"First with its text\" is the share of "
            "its reports (of stories that were compared) that no other report of "
            "the same origin came before."));
    open_scroll(&m, "Sources, by reports", "list");
    say_heads(&m, columns, COUNT(columns));
    markup_open(&m, "tbody");
    for (uint32_t i = 0; i < found.row.count; i++)
        row(&m, &found.row.at[i]);
    markup_close(&m);
    markup_close(&m);
    markup_close(&m);
    frame_close(v, &m);
}
