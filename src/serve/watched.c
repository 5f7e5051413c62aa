/* The watch: how each feed stands, and what was asked and taken last. */
#include "base/date.h"
#include "serve/visit.h"

#define FEEDS 500
#define ROWS 100
#define STALE 120 /* seconds; a watch that runs tells of itself every 30 */

static json_t *parsed(struct str line)
{
    return json_loadb(line.ptr ? line.ptr : "", line.len, 0, NULL);
}

static json_t *parsed_all(const struct store_watch_lines *all, const char *number)
{
    json_t *rows = json_array();

    for (uint32_t i = 0; i < all->row.count; i++) {
        json_t *o = parsed(all->row.at[i].line);

        json_object_set_new(o, number, json_integer(all->row.at[i].nr));
        json_array_append_new(rows, o);
    }
    return rows;
}

/* "2031-05-05T08:00:00Z" and 300: 08:05 */
static void say_after(struct markup *m, struct str iso, int64_t seconds)
{
    struct instant t;

    if (instant_from_iso(iso, &t) && t.precision >= INSTANT_MINUTE)
        say_time(m, (int64_t)t.day * 86400 + t.second + seconds, true);
}

static void time_cell(struct markup *m, const json_t *line, int64_t seconds)
{
    markup_open(m, "td");
    markup_attr(m, "class", STR("when"));
    if (seconds >= 0)
        say_after(m, member(line, "time"), seconds);
    markup_close(m);
}

static void number_cell(struct markup *m, const json_t *line, const char *name)
{
    int64_t n = member_i64(line, name, -1);

    markup_open(m, "td");
    markup_attr(m, "class", STR("num"));
    if (n >= 0)
        say_number(m, n);
    markup_close(m);
}

/* "no whole answer in time", "HTTP 503", "new" */
static void outcome(struct markup *m, const json_t *line)
{
    struct str detail = member(line, "detail"), result = member(line, "result");
    int64_t status = member_i64(line, "status", 0);

    markup_text(m, result);
    if (result.len > 0 && (detail.len > 0 || status > 0))
        SAY(m, ": ");
    if (status == 304)
        SAY(m, "not changed");
    else if (status > 0)
        markup_format(m, "HTTP %lld", (long long)status);
    if (status > 0 && detail.len > 0)
        SAY(m, ", ");
    markup_text(m, detail);
}

static void address_cell(struct markup *m, struct str url)
{
    markup_open(m, "th");
    markup_attr(m, "scope", STR("row"));
    markup_attr(m, "class", STR("long"));
    markup_open(m, "a");
    markup_attr(m, "rel", STR("noopener noreferrer nofollow"));
    markup_attr_web(m, "href", url);
    markup_text(m, url);
    markup_close(m);
    markup_close(m);
}

static void feed(struct markup *m, const struct store_watch_line *f)
{
    json_t *line = parsed(f->line);

    markup_open(m, "tr");
    markup_attr(m, "data-row", STR(""));
    address_cell(m, member(line, "url"));
    markup_open(m, "td");
    if (f->nr > 0) {
        markup_open(m, "strong");
        markup_format(m, "failed %s", f->nr == 1 ? "once" : "");
        if (f->nr > 1)
            say_count(m, f->nr, "time");
        markup_close(m);
        SAY(m, ", ");
    }
    outcome(m, line);
    markup_close(m);
    number_cell(m, line, "items");
    number_cell(m, line, "new");
    time_cell(m, line, 0);
    time_cell(m, line, member_i64(line, "wait", -1));
    markup_close(m);
    json_decref(line);
}

static void entry(struct markup *m, const struct store_watch_line *l)
{
    json_t *line = parsed(l->line);

    markup_open(m, "tr");
    markup_attr(m, "data-row", STR(""));
    address_cell(m, member(line, "url"));
    markup_leaf(m, "td", NULL, member(line, "event"));
    markup_open(m, "td");
    outcome(m, line);
    markup_close(m);
    time_cell(m, line, 0);
    time_cell(m, line, member_i64(line, "wait", -1));
    markup_close(m);
    json_decref(line);
}

static void table(struct markup *m, const char *label, const char *const *heads,
                  size_t columns, const struct store_watch_lines *all)
{
    open_scroll(m, label, "list log");
    say_heads(m, heads, columns);
    markup_open(m, "tbody");
    for (uint32_t i = 0; i < all->row.count; i++)
        (columns == 6 ? feed : entry)(m, &all->row.at[i]);
    markup_close(m);
    markup_close(m);
    markup_close(m);
}

/* "12 feeds, asked 340 times (…)": the counts that the run gave last. */
static void counts(struct markup *m, const json_t *status)
{
    static const struct {
        const char *member, *words;
    } told[] = {
        { "feeds", "Feeds" },
        { "polls", "Times asked" },
        { "not_modified", "Not changed" },
        { "failures", "Failed" },
        { "new", "New reports" },
        { "known", "Known before" },
        { "unreadable", "Unreadable" },
        { "given_up", "Given up" },
        { "waiting", "Pages waiting" },
    };

    markup_open(m, "dl");
    markup_attr(m, "class", STR("about"));
    for (size_t i = 0; i < COUNT(told); i++) {
        markup_open(m, "div");
        markup_leaf(m, "dt", NULL, str_from(told[i].words));
        markup_open(m, "dd");
        say_number(m, member_i64(status, told[i].member, 0));
        markup_close(m);
        markup_close(m);
    }
    markup_close(m);
}

static void state(struct markup *m, const json_t *status)
{
    int64_t at = member_i64(status, "at", 0);

    markup_open(m, "p");
    markup_attr(m, "class", STR("note"));
    if (!status) {
        SAY(m, "No watch has run over this store. Start one with: ");
        markup_leaf(m, "code", NULL, STR("corrob watch FEED..."));
    } else {
        markup_leaf(m, "b", NULL,
                    now_seconds() - at < STALE ? STR("A watch is running.")
                                               : STR("No watch is running."));
        SAY(m, " It told of itself last on ");
        say_time(m, at, true);
        SAY(m, " UTC.");
    }
    markup_close(m);
    if (status)
        counts(m, status);
}

static void screen(struct visit *v, const json_t *status,
                   const struct store_watch_lines *feeds,
                   const struct store_watch_lines *log)
{
    static const char *const of_feeds[] = { "Feed", "Last answer", "Items",
                                            "New",  "Asked (UTC)", "Again at" };
    static const char *const of_log[] = { "Address", "What", "Came of it", "When (UTC)",
                                          "Again at" };
    struct markup m = frame_open(v, STR("Watch"), AT_WATCH);

    state(&m, status);
    if (feeds->row.count > 0) {
        markup_leaf(&m, "h2", NULL, STR("Feeds, those in trouble first"));
        table(&m, "Feeds", of_feeds, COUNT(of_feeds), feeds);
    }
    if (log->row.count > 0) {
        markup_leaf(&m, "h2", NULL, STR("Log, the newest first"));
        table(&m, "Log", of_log, COUNT(of_log), log);
    }
    say_older(v, &m, NEXT_OF(log));
    frame_close(v, &m);
}

void page_watch(struct visit *v)
{
    json_t *status = parsed(store_memo(v->arena, v->store, STORE_WATCH_STATUS));
    struct store_watch_lines feeds = store_watch_feeds(v->arena, v->store, FEEDS);
    struct store_watch_lines log = store_watch_log(
        v->arena, v->store, request_number(&v->request, "next", 0), ROWS);

    if (v->request.json) {
        json_t *o = json_pack("{s:O? s:o}", "status", status, "feeds",
                              parsed_all(&feeds, "failures"));

        visit_list(v, o, "log", parsed_all(&log, "nr"), NEXT_OF(&log));
    } else {
        screen(v, status, &feeds, &log);
    }
    json_decref(status);
}
