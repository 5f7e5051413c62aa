/* Stories: where the sorter's gangs sit.
 *
 * A story's number is ours and stays: gangs come and go with each sorting, and users may
 * see a story otherwise than the sorter. */
#include <stdlib.h>

#include "store/sql.h"

void store_changed(struct store *s, int64_t story)
{
    for (uint32_t i = s->changed.count; i > 0 && i + 64 > s->changed.count; i--)
        if (s->changed.at[i - 1] == story)
            return;
    *PUSH(&s->sorting, &s->changed) = story;
}

/* The story of a gang; 0: none sits there yet. */
static int64_t seat_of(struct store *s, int64_t gang)
{
    sqlite3_stmt *q = sql(s, "SELECT story FROM seat WHERE gang = ?1");

    sql_bind(q, "i", gang);
    return sql_one(s, q, 0);
}

static bool seat(struct store *s, int64_t gang, int64_t story)
{
    sqlite3_stmt *q = sql(s, "INSERT INTO seat(gang, story) VALUES(?1, ?2) ON "
                             "CONFLICT(gang) DO UPDATE SET story = excluded.story");

    sql_bind(q, "ii", gang, story);
    return sql_run(s, q);
}

static int64_t new_story(struct store *s)
{
    return sql_run(s, sql(s, "INSERT INTO story DEFAULT VALUES"))
               ? sqlite3_last_insert_rowid(s->db)
               : 0;
}

int64_t store_seat(struct store *s, uint32_t gang)
{
    int64_t story = seat_of(s, gang);

    if (story > 0)
        return story;
    story = new_story(s);
    return story > 0 && seat(s, gang, story) ? story : 0;
}

/* With its later versions. */
static bool move(struct store *s, int64_t report, int64_t story)
{
    sqlite3_stmt *q =
        sql(s, "UPDATE report SET story = ?2, origin = NULL WHERE nr = ?1 "
               "OR article = ?1");

    sql_bind(q, "ii", report, story);
    return sql_run(s, q);
}

static bool leave_to(struct store *s, int64_t story, int64_t heir)
{
    sqlite3_stmt *q = sql(s, "UPDATE story SET merged_into = ?2 WHERE nr = ?1");

    sql_bind(q, "ii", story, heir);
    return sql_run(s, q);
}

/* All of `other` goes into story. */
static bool merge(struct store *s, int64_t story, int64_t other)
{
    sqlite3_stmt *q =
        sql(s, "UPDATE report SET story = ?1, origin = NULL WHERE story = ?2");

    store_changed(s, story);
    store_changed(s, other);
    sql_bind(q, "ii", story, other);
    if (!sql_run(s, q))
        return false;
    q = sql(s, "UPDATE seat SET story = ?1 WHERE story = ?2");
    sql_bind(q, "ii", story, other);
    return sql_run(s, q) && leave_to(s, other, story);
}

/* A report that leaves its story with others, unless it is a later version, which goes
 * where the first one goes, or a user has pinned it. */
static bool leave(struct store *s, const struct corrob_step *step)
{
    sqlite3_stmt *q =
        sql(s, "SELECT nr, story FROM turn JOIN report ON nr = report "
               "WHERE n = ?1 AND article IS NULL AND NOT EXISTS (SELECT 1 "
               "FROM pin p WHERE p.scope = 'story' AND p.report = nr)");
    int64_t report = 0, was = 0, story;

    sql_bind(q, "i", (int64_t)step->report);
    while (sql_row(s, q)) {
        report = sql_i64(q, 0, 0);
        was = sql_i64(q, 1, 0);
    }
    if (report == 0)
        return s->err.code == ERR_OK;
    story = store_seat(s, step->story);
    store_changed(s, was);
    store_changed(s, story);
    return story > 0 && move(s, report, story);
}

/* Whether a user has told two stories apart. */
static bool ruled_apart(struct store *s, int64_t story, int64_t other)
{
    sqlite3_stmt *q =
        sql(s, "SELECT count(DISTINCT label) FROM pin JOIN report ON nr = "
               "report WHERE scope = 'story' AND story IN (?1, ?2)");

    sql_bind(q, "ii", story, other);
    return sql_one(s, q, 0) > 1;
}

bool store_step(struct store *s, const struct corrob_step *step)
{
    int64_t story, other;

    if (step->kind == CORROB_SPLIT)
        return leave(s, step);
    if (step->kind != CORROB_MERGED)
        return true;
    story = seat_of(s, step->story);
    other = seat_of(s, step->other);
    /* A gang of later versions alone sits nowhere. */
    if (other == 0 || story == other || ruled_apart(s, story, other))
        return true;
    return story == 0 ? seat(s, step->story, other) : merge(s, story, other);
}

/* ---- all gangs anew ---- */

/* How many reports of a story are in a gang now. */
struct share {
    int64_t story;
    uint32_t key, count;
};

static int by_key_and_story(const void *a, const void *b)
{
    const struct seated *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->story > y->story) - (x->story < y->story);
}

static int most_first(const void *a, const void *b)
{
    const struct share *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    if (x->story != y->story)
        return x->story < y->story ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

struct reseating {
    struct arena arena;
    ARRAY(struct share) share;
    int64_t *of_key; /* its story from now on */
    bool *taken;     /* by story: a key has it */
    int64_t *heir;   /* by story: where most of its reports are now */
    uint32_t keys;
    int64_t stories;
};

static void count_shares(struct reseating *r, const struct seated *all, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct share *last =
            r->share.count > 0 ? &r->share.at[r->share.count - 1] : NULL;

        if (!last || last->key != all[i].key || last->story != all[i].story)
            *PUSH(&r->arena, &r->share) = (struct share){ all[i].story, all[i].key, 0 };
        r->share.at[r->share.count - 1].count++;
        if (all[i].key >= r->keys)
            r->keys = all[i].key + 1;
        if (all[i].story > r->stories)
            r->stories = all[i].story;
    }
}

/* Each key takes the story that most of its reports come from, the largest first. */
static bool choose(struct store *s, struct reseating *r)
{
    bool ok = true;

    r->of_key = NEW(&r->arena, int64_t, r->keys + 1);
    r->taken = NEW(&r->arena, bool, (size_t)r->stories + 1);
    r->heir = NEW(&r->arena, int64_t, (size_t)r->stories + 1);
    if (r->share.count > 1)
        qsort(r->share.at, r->share.count, sizeof *r->share.at, most_first);
    for (uint32_t i = 0; i < r->share.count; i++) {
        const struct share *sh = &r->share.at[i];

        if (r->of_key[sh->key] > 0 || sh->story == 0 || r->taken[sh->story])
            continue;
        r->of_key[sh->key] = sh->story;
        r->taken[sh->story] = true;
    }
    for (uint32_t i = 0; ok && i < r->share.count; i++) {
        int64_t *story = &r->of_key[r->share.at[i].key];

        if (*story == 0)
            *story = new_story(s);
        ok = *story > 0;
    }
    return ok;
}

/* Stories that no key took are empty now. */
static bool close_empty(struct store *s, struct reseating *r)
{
    bool ok = true;

    for (uint32_t i = 0; ok && i < r->share.count; i++) {
        const struct share *sh = &r->share.at[i];

        if (sh->story == 0 || r->taken[sh->story])
            continue;
        r->taken[sh->story] = true;
        ok = leave_to(s, sh->story, r->of_key[sh->key]);
    }
    return ok;
}

bool store_reseat(struct store *s, struct seated *all, uint32_t count,
                  const uint32_t *home, uint32_t gangs)
{
    struct reseating r = { .keys = 0 };
    bool ok = sql_run(s, sql(s, "DELETE FROM seat WHERE gang >= 0"));

    arena_init(&r.arena, SIZE_MAX);
    if (count > 1)
        qsort(all, count, sizeof *all, by_key_and_story);
    count_shares(&r, all, count);
    ok = ok && choose(s, &r);
    for (uint32_t g = 0; ok && g < gangs; g++)
        ok = home[g] == NO_KEY || seat(s, g, r.of_key[home[g]]);
    for (uint32_t i = 0; ok && i < count; i++) {
        int64_t story = r.of_key[all[i].key];

        if (story == all[i].story)
            continue;
        store_changed(s, story);
        store_changed(s, all[i].story);
        ok = move(s, all[i].report, story);
    }
    ok = ok && close_empty(s, &r);
    arena_release(&r.arena);
    return ok;
}

/* ---- what a story's row says ---- */

/* The story's row says what its reports say together. */
static bool renew(struct store *s, int64_t story)
{
    sqlite3_stmt *q = sql(
        s,
        "UPDATE story SET change = ?2, (reports, first_at, last_at) = "
        "(SELECT count(*) - count(article), min(published_at), "
        "coalesce(max(published_at), "
        "max(added_at), 0) "
        "FROM report WHERE story = ?1), "
        "title = coalesce((SELECT title FROM report WHERE story = ?1 AND title IS NOT "
        "NULL ORDER BY published_at DESC, id DESC LIMIT 1), ''), "
        "(place, country) = (SELECT (SELECT text FROM word w WHERE w.nr = p.place), "
        "(SELECT text FROM word w WHERE w.nr = p.country) FROM report r CROSS JOIN "
        "event e ON e.nr BETWEEN r.nr * 65536 AND r.nr * 65536 + 65535 CROSS JOIN site "
        "p ON p.nr = e.site WHERE r.story = ?1 AND p.place IS NOT NULL GROUP BY "
        "p.place, "
        "p.country ORDER BY p.country IS NULL, count(*) DESC, p.place LIMIT 1) "
        "WHERE nr = ?1");

    sql_bind(q, "ii", story, store_next_change(s));
    return sql_run(s, q);
}

bool store_renew(struct store *s)
{
    bool ok = true;

    for (uint32_t i = 0; ok && i < s->changed.count; i++)
        ok = renew(s, s->changed.at[i]);
    arena_reset(&s->sorting);
    s->changed.at = NULL;
    s->changed.count = s->changed.cap = 0;
    return ok;
}
