/* One store into another: reports, and what people decided, ruled and asked to be told. */
#include <sys/stat.h>

#include "store/sql.h"

/* data/store: what is carried over from the attached store, and what that left behind. */
extern const char merge_sql[], merge_end_sql[];

/* The number that a question on tables of the merge gives; they are made anew each time,
 * so it is not one of the statements that a handle keeps. */
static int64_t number(struct store *s, const char *words)
{
    sqlite3_stmt *q = NULL;
    int64_t n = 0;

    if (sqlite3_prepare_v2(s->db, words, -1, &q, NULL) == SQLITE_OK &&
        sqlite3_step(q) == SQLITE_ROW)
        n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return n;
}

static bool attach(struct store *s, const char *other)
{
    sqlite3_stmt *q = sql(s, "ATTACH ?1 AS other");

    sql_bind(q, "s", str_from(other));
    return sql_run(s, q);
}

/* Everything that is no report, in one transaction. */
static bool carry(struct store *s, const char *other, struct store_merged *out)
{
    bool ok;

    if (!attach(s, other))
        return false;
    ok = store_begin(s) && sql_exec(s, merge_sql);
    if (ok)
        out->alerts_left = (uint64_t)number(
            s,
            "SELECT count(*) FROM other.alert a LEFT JOIN same_story t ON t.theirs = "
            "a.story WHERE t.ours IS NULL");
    if (ok && number(s, "SELECT count(*) FROM main.ruling, first_new f WHERE nr > "
                        "f.ruling") > 0)
        ok = store_follow_rulings(s);
    ok = ok && store_commit(s);
    if (!ok)
        store_roll_back(s);
    else
        sql_exec(s, merge_end_sql);
    return sql_exec(s, "DETACH other") && ok;
}

static bool add_reports(struct store *s, struct store *from, uint64_t *added,
                        struct err *err)
{
    sqlite3_stmt *q = sql(from, "SELECT id FROM report ORDER BY nr");
    struct arena arena;
    bool ok = true;

    arena_init(&arena, SIZE_MAX);
    while (ok && sql_row(from, q)) {
        enum store_added did = STORE_KNOWN;

        ok = store_add(s, store_line(&arena, from, sql_str(&arena, q, 0)), &did, err);
        *added += ok && did == STORE_NEW;
        arena_reset(&arena);
    }
    sql_end(q);
    arena_release(&arena);
    return ok && sql_ok(from, err) && store_flush(s, err);
}

static bool is_itself(struct store *s, const char *other)
{
    const char *path = sqlite3_db_filename(s->db, "main");
    struct stat a, b;

    return path && stat(path, &a) == 0 && stat(other, &b) == 0 &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

bool store_merge(struct store *s, const char *other, struct store_merged *out,
                 struct err *err)
{
    struct store *from;
    bool ok;

    *out = (struct store_merged){ 0 };
    if (is_itself(s, other))
        return err_set(err, ERR_USAGE, -1, "%s: a store can't be merged into itself",
                       other);
    if (!store_open(other, STORE_READ, &from, err))
        return false;
    ok = add_reports(s, from, &out->added, err);
    store_close(from);
    return ok && carry(s, other, out) ? sql_ok(s, err) : sql_ok(s, err) && false;
}
