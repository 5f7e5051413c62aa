/* The list of stories: what a desk looks at first in the morning. */
#include "serve/visit.h"

#define ROWS 60

static struct store_stories_query query_of(const struct request *r)
{
    struct str after = request_argument(r, "next"), at;
    struct store_stories_query q = {
        .country = request_argument(r, "country"),
        .since = request_day(r, "since"),
        .until = request_day(r, "until"),
        .min_reports = request_number(r, "reports", 0),
        .conflicts = request_number(r, "conflicts", 0) > 0,
        .limit = ROWS,
    };
    uint64_t seconds, nr;

    if (q.until > 0)
        q.until += 86399;
    /* "1831234567.42": where the page before ended */
    if (str_split(&after, '.', &at) && str_to_u64(at, &seconds) &&
        str_to_u64(after, &nr)) {
        q.before_at = (int64_t)seconds;
        q.before_nr = (int64_t)nr;
    }
    return q;
}

static const char *next_of(struct visit *v, const struct store_stories *list)
{
    const struct store_story *last = &list->row.at[list->row.count - 1];
    struct buf b = buf_new(v->arena, 64);

    buf_printf(&b, "%lld.%lld", (long long)last->last_at, (long long)last->nr);
    buf_char(&b, '\0');
    return b.ptr;
}

static json_t *or_null(int64_t n)
{
    return n < 0 ? json_null() : json_integer(n);
}

static json_t *row_json(const struct store_story *s)
{
    return json_pack(
        "{s:I s:s% s:I s:I s:I s:o s:o s:o s:o s:s% s:o s:o s:s% s:s% s:b}", "story",
        (json_int_t)s->nr, "title", s->title.ptr ? s->title.ptr : "", s->title.len,
        "first", (json_int_t)s->first_at, "last", (json_int_t)s->last_at, "reports",
        (json_int_t)s->reports, "origins", or_null(s->origins), "findings",
        or_null(s->findings), "conflicts", or_null(s->conflicts), "gap",
        or_null(s->gap), "toll", s->toll.ptr ? s->toll.ptr : "", s->toll.len, "low",
        or_null(s->toll_low), "high", or_null(s->toll_high), "place",
        s->place.ptr ? s->place.ptr : "", s->place.len, "country",
        s->country.ptr ? s->country.ptr : "", s->country.len, "compared",
        s->up_to_date);
}

static void as_json(struct visit *v, const struct store_stories *list)
{
    json_t *all = json_object(), *rows = json_array();

    for (uint32_t i = 0; i < list->row.count; i++)
        json_array_append_new(rows, row_json(&list->row.at[i]));
    json_object_set_new(all, "stories", rows);
    if (list->more)
        json_object_set_new(all, "next", json_string(next_of(v, list)));
    visit_json(v, all);
}

static void input(struct markup *m, const char *label, const char *name,
                  const char *type, struct str value)
{
    markup_open(m, "label");
    markup_text(m, str_from(label));
    SAY(m, " ");
    markup_open(m, "input");
    markup_attr(m, "type", str_from(type));
    markup_attr(m, "name", str_from(name));
    if (strcmp(type, "checkbox") == 0) {
        markup_attr(m, "value", STR("1"));
        if (value.len > 0)
            markup_attr(m, "checked", STR("checked"));
    } else {
        markup_attr(m, "value", value);
    }
    if (strcmp(type, "text") == 0)
        markup_attr(m, "size", STR("6"));
    markup_close(m);
    markup_close(m);
}

/* The facets: a form whose fields stand in the address. */
static void facets(struct visit *v, struct markup *m)
{
    const struct request *r = &v->request;

    markup_open(m, "form");
    markup_attr(m, "class", STR("facets"));
    markup_attr(m, "method", STR("get"));
    markup_attr(m, "action", STR("/stories"));
    markup_attr(m, "aria-label", STR("Which stories"));
    input(m, "From", "since", "date", request_argument(r, "since"));
    input(m, "to", "until", "date", request_argument(r, "until"));
    input(m, "Country (ISO)", "country", "text", request_argument(r, "country"));
    input(m, "Reports, at least", "reports", "text", request_argument(r, "reports"));
    input(m, "Conflicts only", "conflicts", "checkbox",
          request_argument(r, "conflicts"));
    markup_leaf(m, "button", NULL, STR("Show"));
    markup_close(m);
}

static void toll_cell(struct visit *v, struct markup *m, const struct store_story *s)
{
    markup_open(m, "td");
    markup_attr(m, "class", STR("toll"));
    if (s->toll.len > 0) {
        markup_open(m, "a");
        markup_attr_format(m, "href", "/ledger/%lld", (long long)s->nr);
        markup_open(m, "b");
        say_interval(m, s->toll_low, s->toll_high);
        markup_close(m);
        SAY(m, " ");
        markup_text(m, s->toll);
        markup_close(m);
        spark(v, m, s);
    } else {
        markup_leaf(m, "span", "u", s->up_to_date ? STR("no toll") : STR("–"));
    }
    markup_close(m);
}

static void conflict_cell(struct markup *m, const struct store_story *s)
{
    markup_open(m, "td");
    if (s->conflicts > 0) {
        markup_open(m, "a");
        markup_attr(m, "class", STR("badge"));
        markup_attr_format(m, "href", "/conflicts?story=%lld", (long long)s->nr);
        say_status(m, STR("disputed"));
        markup_format(m, " %lld", (long long)s->conflicts);
        markup_close(m);
    } else {
        markup_leaf(m, "span", "u",
                    s->conflicts < 0 ? STR("not compared yet") : STR("no conflict"));
    }
    markup_close(m);
}

static void row(struct visit *v, struct markup *m, const struct store_story *s)
{
    markup_open(m, "tr");
    markup_attr(m, "data-row", STR(""));
    markup_attr_i64(m, "data-at", s->last_at);
    markup_open(m, "th");
    markup_attr(m, "scope", STR("row"));
    markup_open(m, "a");
    markup_attr_format(m, "href", "/story/%lld", (long long)s->nr);
    markup_text(m, s->title.len > 0 ? s->title : STR("(no title)"));
    markup_close(m);
    markup_open(m, "span");
    markup_attr(m, "class", STR("sc"));
    if (s->place.len > 0) {
        markup_text(m, s->place);
        if (s->country.len > 0)
            markup_format(m, ", %.*s", STR_ARG(s->country));
    } else {
        SAY(m, "place unknown");
    }
    markup_close(m);
    markup_close(m);
    markup_open(m, "td");
    markup_attr(m, "class", STR("when"));
    if (s->first_at == 0)
        SAY(m, "no date; added ");
    say_time(m, s->last_at, s->first_at > 0);
    if (s->first_at > 0 && s->first_at / 86400 != s->last_at / 86400) {
        markup_open(m, "span");
        markup_attr(m, "class", STR("sc"));
        SAY(m, "since ");
        say_time(m, s->first_at, false);
        markup_close(m);
    }
    markup_close(m);
    markup_open(m, "td");
    say_count(m, s->reports, "report");
    if (s->origins >= 0) {
        SAY(m, ", ");
        markup_open(m, "b");
        say_count(m, s->origins, "origin");
        markup_close(m);
    }
    markup_close(m);
    toll_cell(v, m, s);
    conflict_cell(m, s);
    markup_close(m);
}

void page_stories(struct visit *v)
{
    static const char *const columns[] = { "Story", "Latest report (UTC)", "Reports",
                                           "Toll", "Conflicts" };
    struct store_stories_query query = query_of(&v->request);
    struct store_stories list = store_stories(v->arena, v->store, &query);
    struct markup m;

    if (v->request.json) {
        as_json(v, &list);
        return;
    }
    m = frame_open(v, STR("Stories"), AT_STORIES);
    facets(v, &m);
    if (list.row.count == 0) {
        markup_leaf(
            &m, "p", "note",
            STR("No story here. corrob add puts reports into the store; a facet "
                "may be too narrow."));
        frame_close(v, &m);
        return;
    }
    open_scroll(&m, "Stories, the latest first", "list stories");
    say_heads(&m, columns, COUNT(columns));
    markup_open(&m, "tbody");
    for (uint32_t i = 0; i < list.row.count; i++)
        row(v, &m, &list.row.at[i]);
    markup_close(&m);
    markup_close(&m);
    markup_close(&m);
    if (list.more)
        say_next(v, &m, next_of(v, &list));
    frame_close(v, &m);
}
