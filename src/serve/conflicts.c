/* The conflicts board: all questions on which accounts exclude each other. */
#include "serve/review.h"

#define ROWS 40

static const char *const order_name[] = { "gap", "age", "latest" };
static const char *const order_words[] = { "Widest gap", "Oldest", "Latest word" };

static enum store_conflict_order order_of(const struct request *r)
{
    struct str name = request_argument(r, "order");

    for (size_t i = 0; i < COUNT(order_name); i++)
        if (str_eq(name, str_from(order_name[i])))
            return (enum store_conflict_order)i;
    return CONFLICTS_BY_GAP;
}

static void orders(struct markup *m, enum store_conflict_order order)
{
    markup_open(m, "p");
    markup_attr(m, "class", STR("pick"));
    SAY(m, "Order: ");
    for (size_t i = 0; i < COUNT(order_name); i++) {
        markup_open(m, "a");
        markup_attr_format(m, "href", "/conflicts?order=%s", order_name[i]);
        if (i == (size_t)order)
            markup_attr(m, "aria-current", STR("true"));
        markup_text(m, str_from(order_words[i]));
        markup_close(m);
        SAY(m, " ");
    }
    markup_close(m);
}

static void side(struct visit *v, struct markup *m, const struct store_conflict *c,
                 const json_t *s)
{
    markup_open(m, "li");
    markup_open(m, "b");
    markup_text(m, member(s, "summary"));
    markup_close(m);
    markup_open(m, "span");
    markup_attr(m, "class", STR("m"));
    if (member(s, "as_of").len > 0) {
        SAY(m, " as of ");
        say_day(m, member(s, "as_of"));
    }
    if (member(s, "claimant").len == 0)
        SAY(m, " · the outlet’s own voice");
    else if (str_find_fold(member(s, "summary"), member(s, "claimant")) == STR_NPOS)
        markup_format(m, " · %.*s", STR_ARG(member(s, "claimant")));
    markup_close(m);
    if (member(s, "report").len > 0) {
        SAY(m, " ");
        link_to_span(m, member(s, "report"), member_i64(s, "start", 0),
                     member_i64(s, "end", 0), STR("sentence"));
        SAY(m, " ");
        link_to_review(m, member(s, "report"), arena_str(v->arena, c->kind).ptr,
                       member_i64(s, "start", 0), member_i64(s, "end", 0));
    }
    markup_close(m);
}

static void question(struct visit *v, struct markup *m, const struct store_conflict *c)
{
    json_t *sides = json_loadb(c->sides.ptr, c->sides.len, 0, NULL);

    markup_open(m, "li");
    markup_attr(m, "data-row", STR(""));
    markup_attr(m, "class", STR("question"));
    markup_open(m, "p");
    markup_attr(m, "class", STR("gap"));
    if (c->gap >= 0) {
        markup_open(m, "b");
        say_number(m, c->gap);
        markup_close(m);
        SAY(m, " apart");
    } else {
        SAY(m, "one says, one denies");
    }
    markup_close(m);
    markup_open(m, "div");
    markup_open(m, "h2");
    say_capital(m, c->about);
    SAY(m, " ");
    say_status(m, STR("disputed"));
    markup_close(m);
    markup_open(m, "p");
    markup_attr(m, "class", STR("m"));
    markup_open(m, "a");
    markup_attr_format(m, "href", "/ledger/%lld", (long long)c->story);
    markup_text(m, c->title.len > 0 ? c->title : STR("(no title)"));
    markup_close(m);
    if (c->since.len > 0) {
        SAY(m, " · ");
        say_day(m, c->since);
        if (!str_eq(c->since, c->until)) {
            SAY(m, " to ");
            say_day(m, c->until);
        }
    }
    markup_close(m);
    markup_open(m, "ul");
    markup_attr(m, "class", STR("accounts"));
    for (size_t i = 0; i < json_array_size(sides); i++)
        side(v, m, c, json_array_get(sides, i));
    markup_close(m);
    markup_close(m);
    markup_close(m);
    json_decref(sides);
}

static void as_json(struct visit *v, const struct store_conflicts *found, uint32_t skip)
{
    json_t *rows = json_array();

    for (uint32_t i = 0; i < found->row.count; i++) {
        const struct store_conflict *c = &found->row.at[i];
        json_t *row =
            json_pack("{s:I s:s% s:s% s:s% s:s% s:s%}", "story", (json_int_t)c->story,
                      "title", c->title.ptr ? c->title.ptr : "", c->title.len, "kind",
                      c->kind.ptr, c->kind.len, "about", c->about.ptr, c->about.len,
                      "since", c->since.ptr ? c->since.ptr : "", c->since.len, "until",
                      c->until.ptr ? c->until.ptr : "", c->until.len);

        if (c->gap >= 0)
            json_object_set_new(row, "gap", json_integer(c->gap));
        json_object_set_new(row, "sides",
                            json_loadb(c->sides.ptr, c->sides.len, 0, NULL));
        json_array_append_new(rows, row);
    }
    visit_list(v, json_object(), "conflicts", rows,
               found->more ? skip + found->row.count : 0);
}

static void not_compared(struct visit *v, struct markup *m)
{
    int64_t waiting = store_uncompared(v->store);

    if (waiting > 0) {
        markup_open(m, "p");
        markup_attr(m, "class", STR("note"));
        say_number(m, waiting);
        SAY(m, " stories are not compared yet; their conflicts come as the comparison "
               "goes on.");
        markup_close(m);
    }
}

void page_conflicts(struct visit *v)
{
    enum store_conflict_order order = order_of(&v->request);
    int64_t skip = request_number(&v->request, "next", 0);
    int64_t story = request_number(&v->request, "story", 0);
    struct store_conflicts found;
    struct markup m;

    if (skip > INT32_MAX)
        skip = INT32_MAX;
    found = store_conflicts(v->arena, v->store, story, order, (uint32_t)skip, ROWS);
    if (v->request.json) {
        as_json(v, &found, (uint32_t)skip);
        return;
    }
    m = frame_open(v, STR("Open conflicts"), AT_CONFLICTS);
    if (story == 0)
        orders(&m, order);
    not_compared(v, &m);
    if (story > 0)
        say_decisions(v, &m, story);
    if (found.row.count == 0)
        markup_leaf(&m, "p", "note", STR("No accounts exclude each other here."));
    else
        markup_open(&m, "ol");
    if (found.row.count > 0)
        markup_attr(&m, "class", STR("board"));
    for (uint32_t i = 0; i < found.row.count; i++)
        question(v, &m, &found.row.at[i]);
    if (found.row.count > 0)
        markup_close(&m);
    say_older(v, &m, found.more ? skip + ROWS : 0);
    frame_close(v, &m);
}
