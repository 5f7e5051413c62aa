/* One store into another: reports, and what people decided, ruled and asked to be told. */
#include <sys/stat.h>

#include "store/sql.h"

/* Rows are the same when they were written at one time by one person on one thing; story
 * numbers differ, so a story is the one that most of its reports are in here. */
static const char same[] =
    "CREATE TEMP VIEW same_review AS SELECT o.nr AS theirs, m.nr AS ours FROM "
    "other.review o JOIN main.review m USING(report, kind, start, end, at, who, "
    "decision) "
    "WHERE m.fact IS o.fact AND m.change IS o.change;"
    "CREATE TEMP VIEW same_ruling AS SELECT o.nr AS theirs, m.nr AS ours FROM "
    "other.ruling o JOIN main.ruling m USING(at, who, scope, what, reports);"
    "CREATE TEMP VIEW same_rule AS SELECT o.nr AS theirs, m.nr AS ours FROM other.rule "
    "o "
    "JOIN main.rule m USING(at, who, kind) WHERE m.measure IS o.measure AND m.least IS "
    "o.least AND m.place IS o.place;"
    "CREATE TEMP TABLE same_story AS SELECT theirs, ours, max(n) FROM (SELECT o.story "
    "AS "
    "theirs, m.story AS ours, count(*) AS n FROM other.report o JOIN main.report m "
    "USING(id) GROUP BY 1, 2) GROUP BY 1;"
    "CREATE TEMP TABLE first_new AS SELECT (SELECT coalesce(max(nr), 0) FROM "
    "main.review) "
    "AS review, (SELECT coalesce(max(nr), 0) FROM main.ruling) AS ruling;";

/* What was undone there is undone here. */
static const char decisions[] =
    "INSERT INTO main.review(at, who, report, kind, start, end, fact, decision, "
    "undoes, "
    "machine, change, rule) SELECT at, who, report, kind, start, end, fact, decision, "
    "NULL, machine, change, rule FROM other.review WHERE decision <> 'undo' AND nr NOT "
    "IN "
    "(SELECT theirs FROM same_review) ORDER BY nr;"
    "INSERT INTO main.review(at, who, report, kind, start, end, fact, decision, "
    "undoes, "
    "machine, change, rule) SELECT at, who, report, kind, start, end, fact, decision, "
    "(SELECT min(ours) FROM same_review WHERE theirs = o.undoes), machine, change, "
    "rule "
    "FROM other.review o WHERE decision = 'undo' AND nr NOT IN (SELECT theirs FROM "
    "same_review) ORDER BY nr;"
    "UPDATE main.story SET change = (SELECT max(change) + 1 FROM main.story) WHERE nr "
    "IN "
    "(SELECT r.story FROM main.review v JOIN main.report r ON r.id = v.report WHERE "
    "v.nr > "
    "(SELECT review FROM first_new));";

static const char rulings[] =
    "INSERT INTO main.ruling(at, who, scope, what, undoes, reports, before, after, "
    "rule) "
    "SELECT at, who, scope, what, NULL, reports, before, after, rule FROM other.ruling "
    "WHERE what <> 'undo' AND nr NOT IN (SELECT theirs FROM same_ruling) ORDER BY nr;"
    "INSERT OR IGNORE INTO main.ruling(at, who, scope, what, undoes, reports, before, "
    "after, rule) SELECT at, who, scope, what, (SELECT min(ours) FROM same_ruling "
    "WHERE "
    "theirs = o.undoes), reports, before, after, rule FROM other.ruling o WHERE what = "
    "'undo' AND nr NOT IN (SELECT theirs FROM same_ruling) ORDER BY nr;";

/* A rule's target stays behind: another's store must not make this machine run a program,
 * so what was raised is shown and not delivered. */
static const char alerts[] =
    "INSERT INTO main.rule(at, who, kind, measure, least, place, target, ended_at) "
    "SELECT "
    "at, who, kind, measure, least, place, NULL, ended_at FROM other.rule WHERE nr NOT "
    "IN "
    "(SELECT theirs FROM same_rule) ORDER BY nr;"
    "INSERT OR IGNORE INTO main.alert(rule, key, at, story, words, report, start, end, "
    "delivered_at) SELECT r.ours, t.ours || substr(key, instr(key || ' ', ' ')), at, "
    "t.ours, words, report, start, end, coalesce(delivered_at, at) FROM other.alert a "
    "JOIN "
    "same_rule r ON r.theirs = a.rule JOIN same_story t ON t.theirs = a.story WHERE "
    "t.ours IS NOT NULL ORDER BY nr;"
    "INSERT OR IGNORE INTO main.level SELECT r.ours, t.ours, measure, level FROM "
    "other.level l JOIN same_rule r ON r.theirs = l.rule JOIN same_story t ON t.theirs "
    "= "
    "l.story;"
    "INSERT OR IGNORE INTO main.saved_search(at, who, name, words) SELECT at, who, "
    "name, "
    "words FROM other.saved_search ORDER BY nr;";

static bool has_new_rulings(struct store *s)
{
    sqlite3_stmt *q = NULL;
    bool found = sqlite3_prepare_v2(s->db,
                                    "SELECT 1 FROM main.ruling, first_new f WHERE nr > "
                                    "f.ruling LIMIT 1",
                                    -1, &q, NULL) == SQLITE_OK &&
                 sqlite3_step(q) == SQLITE_ROW;

    sqlite3_finalize(q);
    return found;
}

static bool attach(struct store *s, const char *other)
{
    sqlite3_stmt *q = sql(s, "ATTACH ?1 AS other");

    sql_bind(q, "s", str_from(other));
    return sql_run(s, q);
}

/* Everything that is no report, in one transaction. */
static bool carry(struct store *s, const char *other)
{
    bool ok, ruled;

    if (!attach(s, other))
        return false;
    ok = store_begin(s) && sql_exec(s, same) && sql_exec(s, decisions) &&
         sql_exec(s, rulings) && sql_exec(s, alerts);
    ruled = ok && has_new_rulings(s);
    ok = ok && (!ruled || store_follow_rulings(s)) && store_commit(s);
    if (!ok)
        store_roll_back(s);
    else
        sql_exec(s,
                 "DROP VIEW same_review; DROP VIEW same_ruling; DROP VIEW same_rule; "
                 "DROP TABLE same_story; DROP TABLE first_new");
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

bool store_merge(struct store *s, const char *other, uint64_t *added, struct err *err)
{
    struct store *from;
    bool ok;

    *added = 0;
    if (is_itself(s, other))
        return err_set(err, ERR_USAGE, -1, "%s: a store can't be merged into itself",
                       other);
    if (!store_open(other, STORE_READ, &from, err))
        return false;
    ok = add_reports(s, from, added, err);
    store_close(from);
    return ok && carry(s, other) ? sql_ok(s, err) : sql_ok(s, err) && false;
}
