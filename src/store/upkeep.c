#include "store/sql.h"

static int64_t count(struct store *s, const char *words)
{
    sqlite3_stmt *q = sql(s, words);

    return sql_one(s, q, 0);
}

struct store_counts store_counts(struct store *s)
{
    return (struct store_counts){
        .reports = count(s, "SELECT count(*) FROM report"),
        .stories = count(s, "SELECT count(*) FROM story WHERE merged_into IS NULL"),
        .compared = count(s, "SELECT count(*) FROM story WHERE compared = change AND "
                             "merged_into IS NULL"),
        .conflicts = count(s, "SELECT count(*) FROM conflict"),
        .text_bytes = count(s, "SELECT sum(length(CAST(text AS BLOB))) FROM report"),
        .file_bytes = count(s, "SELECT page_count * page_size FROM pragma_page_count, "
                               "pragma_page_size"),
    };
}

int64_t store_uncompared(struct store *s)
{
    return count(s, "SELECT count(*) FROM story WHERE compared < change AND "
                    "merged_into IS NULL");
}

struct checking {
    void (*tell)(void *context, const char *line);
    void *context;
    uint64_t faults;
};

static void fault(struct checking *c, const char *line)
{
    c->faults++;
    if (c->tell)
        c->tell(c->context, line);
}

static void check_pages(struct store *s, struct checking *c)
{
    sqlite3_stmt *q = sql(s, "PRAGMA integrity_check");

    while (sql_row(s, q)) {
        const char *line = (const char *)sqlite3_column_text(q, 0);

        if (line && strcmp(line, "ok") != 0)
            fault(c, line);
    }
    q = sql(s, "PRAGMA foreign_key_check");
    while (sql_row(s, q))
        fault(c, "a row names another that is not there");
    sql_run(
        s,
        sql(s,
            "INSERT INTO report_text(report_text, rank) VALUES('integrity-check', 1)"));
    if (!sql_ok(s, NULL))
        fault(c, "the index of words does not fit the texts");
}

/* What our own rules promise beyond SQLite's. */
static void check_rules(struct store *s, struct checking *c)
{
    static const struct {
        const char *words, *fault;
    } rule[] = {
        { "SELECT count(*) FROM report WHERE story IS NULL",
          "reports that are in no story" },
        { "SELECT count(*) FROM story s WHERE reports <> (SELECT count(*) - "
          "count(article) FROM report "
          "r "
          "WHERE r.story = s.nr)",
          "stories that count their reports wrongly" },
        { "SELECT max(nr) - count(*) FROM report", "reports that were deleted" },
        { "SELECT count(*) FROM figure f LEFT JOIN report r ON r.nr = f.nr / 65536 "
          "WHERE "
          "r.nr IS NULL OR f.start + f.length > length(r.text) OR f.length <= 0",
          "figures whose span is not in the text" },
    };
    char line[160];

    for (size_t i = 0; i < COUNT(rule); i++) {
        int64_t n = count(s, rule[i].words);

        if (n == 0)
            continue;
        snprintf(line, sizeof line, "%lld %s", (long long)n, rule[i].fault);
        fault(c, line);
    }
}

static void check_readings(struct store *s, struct checking *c)
{
    sqlite3_stmt *q = sql(s, "SELECT nr, id FROM report ORDER BY nr");
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    while (sql_row(s, q)) {
        struct str rest;

        if (!store_rest(s, sql_i64(q, 0, 0), &rest) ||
            str_find(rest, sql_str(&arena, q, 1)) == STR_NPOS)
            fault(c, "a reading can't be unpacked");
        arena_reset(&arena);
    }
    arena_release(&arena);
}

/* Decisions on facts that a report doesn't state are told, and are no fault of the store. */
static void tell_idle_decisions(struct store *s, struct checking *c)
{
    sqlite3_stmt *q =
        sql(s, "SELECT nr, who, kind, report, start, end FROM idle_decisions "
               "ORDER BY nr");

    while (sql_row(s, q)) {
        char line[400];

        snprintf(
            line, sizeof line,
            "decision %lld of %.80s has no effect: report %.20s states no %.10s at "
            "%lld-%lld",
            (long long)sql_i64(q, 0, 0), (const char *)sqlite3_column_text(q, 1),
            (const char *)sqlite3_column_text(q, 3),
            (const char *)sqlite3_column_text(q, 2), (long long)sql_i64(q, 4, 0),
            (long long)sql_i64(q, 5, 0));
        if (c->tell)
            c->tell(c->context, line);
    }
}

bool store_check(struct store *s, void (*tell)(void *context, const char *line),
                 void *context, struct err *err)
{
    struct checking c = { tell, context, 0 };

    check_pages(s, &c);
    check_rules(s, &c);
    check_readings(s, &c);
    tell_idle_decisions(s, &c);
    if (!sql_ok(s, err))
        return false;
    return c.faults == 0 || err_set(err, ERR_FORMAT, -1, "%s: %llu faults", s->path,
                                    (unsigned long long)c.faults);
}

bool store_vacuum(struct store *s, struct err *err)
{
    if (store_flush(s, err) &&
        sql_exec(s, "INSERT INTO report_text(report_text) VALUES('optimize'); VACUUM; "
                    "PRAGMA wal_checkpoint(TRUNCATE)"))
        return true;
    return sql_ok(s, err);
}
