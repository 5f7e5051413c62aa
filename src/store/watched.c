/* What a watch did last: its log, and how each feed stands. */
#include "store/sql.h"

#define LINES_KEPT 4000
#define LINES_SPARE 500 /* old ones are taken away so many at a time */

static bool note_feed(struct store *s, struct str line)
{
    sqlite3_stmt *q =
        sql(s, "INSERT INTO watch_feed(url, failures, line) SELECT json_extract(?1, "
               "'$.url'), json_extract(?1, '$.items') IS NULL, ?1 WHERE "
               "json_extract(?1, '$.event') = 'feed' ON CONFLICT(url) DO UPDATE SET "
               "failures = iif(excluded.failures, failures + 1, 0), line = "
               "excluded.line");

    sql_bind(q, "s", line);
    return sql_run(s, q);
}

static bool take_old_away(struct store *s)
{
    sqlite3_stmt *q = sql(s, "DELETE FROM watch_log WHERE nr <= ?1 AND ?1 % ?2 = 0");

    sql_bind(q, "ii", sqlite3_last_insert_rowid(s->db) - LINES_KEPT,
             (int64_t)LINES_SPARE);
    return sql_run(s, q);
}

bool store_watch_note(struct store *s, struct str line, struct err *err)
{
    sqlite3_stmt *q;

    if (!store_begin(s))
        return sql_ok(s, err);
    q = sql(s, "INSERT INTO watch_log(line) VALUES(?1)");
    sql_bind(q, "s", line);
    if (sql_run(s, q) && take_old_away(s))
        note_feed(s, line);
    return sql_ok(s, err);
}

struct store_watch_lines store_watch_log(struct arena *arena, struct store *s,
                                         int64_t before, uint32_t limit)
{
    sqlite3_stmt *q = sql(s, "SELECT nr, line FROM watch_log WHERE nr < ?1 ORDER BY nr "
                             "DESC LIMIT ?2");
    struct store_watch_lines found = { 0 };

    sql_bind(q, "ii", before > 0 ? before : INT64_MAX, (int64_t)limit + 1);
    while (sql_next(s, q, found.row.count, limit, &found.more))
        *PUSH(arena, &found.row) =
            (struct store_watch_line){ sql_i64(q, 0, 0), sql_str(arena, q, 1) };
    return found;
}

/* Those in trouble first. */
struct store_watch_lines store_watch_feeds(struct arena *arena, struct store *s,
                                           uint32_t limit)
{
    sqlite3_stmt *q = sql(s, "SELECT failures, line FROM watch_feed ORDER BY failures "
                             "DESC, url LIMIT ?1");
    struct store_watch_lines found = { 0 };

    sql_bind(q, "i", (int64_t)limit + 1);
    while (sql_next(s, q, found.row.count, limit, &found.more))
        *PUSH(arena, &found.row) =
            (struct store_watch_line){ sql_i64(q, 0, 0), sql_str(arena, q, 1) };
    return found;
}
