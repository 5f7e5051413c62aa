#include "store/ruling.h"

#include "base/json.h"
#include "store/sql.h"

#define IDS_MAX ((size_t)64 << 20)

static const char *const scopes[] = { "story", "origin" };

/* Ids of the reports of one story or origin. */
struct group {
    ARRAY(struct str) id;
};

struct deciding {
    struct store *s;
    enum ruled scope;
    int64_t story; /* of the reports of an origin */
    ARRAY(struct group) before, after;
};

static bool holds(const struct group *g, struct str id)
{
    for (uint32_t i = 0; i < g->id.count; i++)
        if (str_eq(g->id.at[i], id))
            return true;
    return false;
}

static void gather(struct store *s, sqlite3_stmt *q, struct group *g)
{
    while (sql_row(s, q)) {
        struct str id = sql_str(&s->scratch, q, 0);

        if (!holds(g, id))
            *PUSH(&s->scratch, &g->id) = id;
    }
}

/* The whole story or origin that a report is in. */
static struct group group_of(struct deciding *d, struct str id)
{
    sqlite3_stmt *q =
        d->scope == RULED_STORY
            ? sql(d->s, "SELECT v.id FROM report r JOIN report v ON v.story = r.story "
                        "WHERE r.id = ?1 ORDER BY v.nr")
            : sql(d->s, "SELECT v.id FROM report r JOIN report v ON v.story = r.story "
                        "AND v.origin = r.origin WHERE r.id = ?1 ORDER BY v.nr");
    struct group g = { 0 };

    sql_bind(q, "s", id);
    gather(d->s, q, &g);
    return g;
}

static void add_with_versions(struct deciding *d, struct group *g, struct str id)
{
    sqlite3_stmt *q = sql(d->s, "SELECT v.id FROM report r JOIN report v ON v.nr = "
                                "coalesce(r.article, r.nr) OR v.article = "
                                "coalesce(r.article, r.nr) WHERE r.id = ?1");

    sql_bind(q, "s", id);
    gather(d->s, q, g);
}

/* ---- the log ---- */

static struct str ids_of(struct arena *arena, const struct group *g, uint32_t groups,
                         bool nested)
{
    struct buf b = buf_new(arena, IDS_MAX);
    struct json j = json_to(&b);

    if (nested)
        json_open(&j, '[');
    for (uint32_t i = 0; i < groups; i++) {
        json_open(&j, '[');
        for (uint32_t k = 0; k < g[i].id.count; k++)
            json_str(&j, g[i].id.at[k]);
        json_close(&j, ']');
    }
    if (nested)
        json_close(&j, ']');
    return buf_view(&b);
}

/* What holds, from the log: the last word on each report. */
static bool renew_pins(struct store *s)
{
    return sql_run(s, sql(s, "DELETE FROM pin")) &&
           sql_run(s,
                   sql(s, "INSERT OR REPLACE INTO pin SELECT r.scope, p.nr, 2 * r.nr "
                          "+ (g.key > 0) FROM ruling r, json_each(r.after) g, "
                          "json_each(g.value) i JOIN report p ON p.id = i.value WHERE "
                          "r.what <> 'undo' AND NOT EXISTS (SELECT 1 FROM ruling u "
                          "WHERE u.undoes = r.nr) ORDER BY r.at, r.nr"));
}

/* The stories of origins that were ruled on are compared anew. */
static bool touch(struct store *s, struct str ids)
{
    sqlite3_stmt *q = sql(s, "SELECT DISTINCT story FROM report WHERE id IN (SELECT "
                             "i.value FROM json_each(?1) g, json_each(g.value) i)");

    sql_bind(q, "s", ids);
    while (sql_row(s, q))
        store_changed(s, sql_i64(q, 0, 0));
    return true;
}

static bool take_effect(struct store *s, bool stories, struct str ids)
{
    return renew_pins(s) && (stories ? store_reseat_all(s) : touch(s, ids)) &&
           store_commit(s);
}

bool store_follow_rulings(struct store *s)
{
    sqlite3_stmt *q =
        sql(s, "SELECT DISTINCT story FROM pin JOIN report ON nr = report");
    bool ok = renew_pins(s);

    while (ok && sql_row(s, q))
        store_changed(s, sql_i64(q, 0, 0));
    return ok && store_reseat_all(s);
}

static bool finish(struct store *s, bool ok, struct err *err)
{
    if (!ok && s->writing) {
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
        s->writing = false;
        store_drop_sorter(s);
    }
    return sql_ok(s, err) && ok;
}

static struct str given(struct arena *arena, const struct store_choice *c)
{
    struct group g = { 0 };

    for (uint32_t i = 0; i < c->ids; i++)
        *PUSH(arena, &g.id) = c->id[i];
    return ids_of(arena, &g, 1, false);
}

static bool put(struct deciding *d, const char *what, const struct store_choice *c,
                int64_t *nr)
{
    struct store *s = d->s;
    struct str before = ids_of(&s->scratch, d->before.at, d->before.count, true);
    sqlite3_stmt *q =
        sql(s, "INSERT INTO ruling(at, who, scope, what, reports, before, "
               "after, rule) VALUES(?1,?2,?3,?4,?5,?6,?7,?8)");

    sql_bind(q, "isssssss", (int64_t)time(NULL), c->who, str_from(scopes[d->scope]),
             str_from(what), given(&s->scratch, c), before,
             ids_of(&s->scratch, d->after.at, d->after.count, true),
             STR("corrob " CORROB_VERSION));
    if (!sql_run(s, q))
        return false;
    *nr = sqlite3_last_insert_rowid(s->db);
    return take_effect(s, d->scope == RULED_STORY, before);
}

/* Origins are numbered when a story is compared. */
static bool compared(struct deciding *d, struct str id, struct err *err)
{
    struct store_situation made;
    struct store_report r;

    if (!store_report(&d->s->waiting_arena, d->s, id, &r))
        return err_set(err, ERR_MISSING, -1, "no report %.*s", STR_ARG(id));
    if (d->story > 0 && r.story != d->story)
        return err_set(err, ERR_USAGE, -1, "the reports are of several stories");
    d->story = d->scope == RULED_ORIGIN ? r.story : 0;
    return d->scope == RULED_STORY ||
           store_situation(&d->s->waiting_arena, d->s, r.story, STR(""), &made, err);
}

static bool start(struct deciding *d, const struct str *id, uint32_t ids,
                  struct err *err)
{
    if (!store_flush(d->s, err))
        return false;
    for (uint32_t i = 0; i < ids; i++)
        if (!compared(d, id[i], err))
            return false;
    arena_reset(&d->s->scratch);
    if (ids == 0)
        return err_set(err, ERR_USAGE, -1, "no reports");
    return store_begin(d->s) || sql_ok(d->s, err);
}

bool store_rule_apart(struct store *s, const struct store_choice *c, int64_t *nr,
                      struct err *err)
{
    struct deciding d = { .s = s, .scope = c->scope };
    struct group all, parts[2] = { 0 };
    bool ok = true;

    if (!start(&d, c->id, c->ids, err))
        return false;
    all = group_of(&d, c->id[0]);
    for (uint32_t i = 0; i < c->ids; i++)
        add_with_versions(&d, &parts[0], c->id[i]);
    for (uint32_t i = 0; i < parts[0].id.count; i++)
        ok &= holds(&all, parts[0].id.at[i]);
    for (uint32_t i = 0; i < all.id.count; i++)
        if (!holds(&parts[0], all.id.at[i]))
            *PUSH(&s->scratch, &parts[1].id) = all.id.at[i];
    if (!ok || parts[1].id.count == 0) {
        finish(s, false, err);
        return err_set(err, ERR_USAGE, -1,
                       "they must be some, not all reports of one %s",
                       scopes[c->scope]);
    }
    *PUSH(&s->scratch, &d.before) = all;
    *PUSH(&s->scratch, &d.after) = parts[0];
    *PUSH(&s->scratch, &d.after) = parts[1];
    return finish(s, put(&d, "split", c, nr), err);
}

bool store_rule_together(struct store *s, const struct store_choice *c, int64_t *nr,
                         struct err *err)
{
    struct deciding d = { .s = s, .scope = c->scope };
    struct group all = { 0 };

    if (!start(&d, c->id, c->ids, err))
        return false;
    for (uint32_t i = 0; i < c->ids; i++) {
        struct group one;

        if (holds(&all, c->id[i]))
            continue;
        one = group_of(&d, c->id[i]);
        *PUSH(&s->scratch, &d.before) = one;
        for (uint32_t k = 0; k < one.id.count; k++)
            *PUSH(&s->scratch, &all.id) = one.id.at[k];
    }
    if (d.before.count < 2) {
        finish(s, false, err);
        return err_set(err, ERR_USAGE, -1, "they are of one %s already",
                       scopes[c->scope]);
    }
    *PUSH(&s->scratch, &d.after) = all;
    return finish(s, put(&d, "join", c, nr), err);
}

static bool put_undo(struct store *s, int64_t nr, struct str who, int64_t *undo)
{
    sqlite3_stmt *q = sql(
        s, "INSERT INTO ruling(at, who, scope, what, undoes, reports, before, after, "
           "rule) SELECT ?2, ?3, scope, 'undo', nr, reports, after, before, ?4 FROM "
           "ruling WHERE nr = ?1 AND what <> 'undo' AND NOT EXISTS (SELECT 1 FROM "
           "ruling u WHERE u.undoes = ?1)");
    struct str scope = { NULL, 0 }, ids = { NULL, 0 };

    sql_bind(q, "iiss", nr, (int64_t)time(NULL), who, STR("corrob " CORROB_VERSION));
    if (!sql_run(s, q) || sqlite3_changes(s->db) == 0)
        return false;
    *undo = sqlite3_last_insert_rowid(s->db);
    q = sql(s, "SELECT scope, before FROM ruling WHERE nr = ?1");
    sql_bind(q, "i", *undo);
    while (sql_row(s, q)) {
        scope = sql_str(&s->scratch, q, 0);
        ids = sql_str(&s->scratch, q, 1);
    }
    return take_effect(s, str_eq(scope, STR("story")), ids);
}

bool store_rule_undo(struct store *s, int64_t nr, struct str who, int64_t *undo,
                     struct err *err)
{
    bool ok;

    *err = (struct err){ 0 };
    if (!store_flush(s, err))
        return false;
    if (!store_begin(s)) {
        sql_ok(s, err);
        return false;
    }
    arena_reset(&s->scratch);
    ok = put_undo(s, nr, who, undo);
    if (finish(s, ok, err))
        return true;
    if (err->code == ERR_OK)
        err_set(err, ERR_MISSING, -1, "no ruling %lld to take back", (long long)nr);
    return false;
}

struct store_rulings store_rulings(struct arena *arena, struct store *s, int64_t before,
                                   uint32_t limit)
{
    sqlite3_stmt *q = sql(
        s, "SELECT nr, at, undoes, who, scope, what, reports, before, after, rule, "
           "EXISTS (SELECT 1 FROM ruling u WHERE u.undoes = r.nr) FROM ruling r WHERE "
           "nr < ?1 ORDER BY nr DESC LIMIT ?2");
    struct store_rulings found = { 0 };

    sql_bind(q, "ii", before > 0 ? before : INT64_MAX, (int64_t)limit + 1);
    while (sql_next(s, q, found.row.count, limit, &found.more)) {
        *PUSH(arena, &found.row) = (struct store_ruling){
            .nr = sql_i64(q, 0, 0),
            .at = sql_i64(q, 1, 0),
            .undoes = sql_i64(q, 2, 0),
            .who = sql_str(arena, q, 3),
            .scope = sql_str(arena, q, 4),
            .what = sql_str(arena, q, 5),
            .reports = sql_str(arena, q, 6),
            .before = sql_str(arena, q, 7),
            .after = sql_str(arena, q, 8),
            .rule = sql_str(arena, q, 9),
            .undone = sql_i64(q, 10, 0) != 0,
        };
    }
    return found;
}

struct str store_pinned(struct arena *arena, struct store *s, struct str id,
                        struct str line)
{
    sqlite3_stmt *q = sql(s, "SELECT label FROM pin JOIN report ON nr = report WHERE "
                             "scope = 'origin' AND id = ?1");
    struct buf b;
    int64_t label = 0;

    sql_bind(q, "s", id);
    while (sql_row(s, q))
        label = sql_i64(q, 0, 0);
    if (label == 0 || line.len < 2)
        return line;
    b = buf_new(arena, line.len + 64);
    buf_printf(&b, "{\"origin_pin\":%lld,", (long long)label);
    buf_str(&b, str_after(line, 1));
    return buf_view(&b);
}
