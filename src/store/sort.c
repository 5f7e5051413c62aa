/* Which story a report belongs to: the engine's sorter, kept beside the reports.
 *
 * The table turn holds the order in which it took them, seat which story each of its
 * gangs is.  The sorter's state is kept from time to time; what came after it is sorted
 * again when the store is opened, which gives the same gangs.
 *
 * Sorting hangs on the order: a report meets those that came before it.  `report` sorts
 * by publication; a store that took its reports in another order and is small sorts them
 * anew when it is closed, and a large one when it is told to (store_sort_anew). */
#include "base/buf.h"
#include "base/date.h"
#include "store/sql.h"

#define STATE_MAX ((size_t)8 << 30)
/* Reports, and a quarter of those in the state kept last: the next run sorts so many again
 * where one was killed. */
#define KEEP_EVERY 1000
#define SMALL 1000 /* reports that are sorted anew without being asked */
#define STATE_KEY STR("sorter")

static bool told(struct store *s)
{
    return err_set(&s->err, ERR_FORMAT, -1, "%s", corrob_sorter_message(s->sorter));
}

void store_drop_sorter(struct store *s)
{
    corrob_sorter_close(s->sorter);
    s->sorter = NULL;
    s->kept_sorter = 0;
    s->shared = (struct table){ 0 };
    arena_reset(&s->sharing);
    arena_reset(&s->sorting);
    s->changed.at = NULL;
    s->changed.count = s->changed.cap = 0;
}

/* A date that the sorter takes: ISO 8601, or none. */
static const char *date_of(struct arena *arena, struct str published)
{
    struct instant t;

    return instant_from_iso(published, &t) ? arena_str(arena, published).ptr : "";
}

static bool put_in(struct store *s, const struct sorted *r, uint32_t *number)
{
    struct corrob_told report = { .title = arena_str(&s->scratch, r->title).ptr,
                                  .text = r->text.ptr ? r->text.ptr : "",
                                  .text_len = r->text.len,
                                  .published = date_of(&s->scratch, r->published),
                                  .kind = arena_str(&s->scratch, r->kind).ptr };

    return corrob_sorter_add(s->sorter, &report, number) == CORROB_OK || told(s);
}

/* ---- the state ---- */

static bool put_piece(void *context, const void *bytes, size_t len)
{
    buf_str(context, (struct str){ bytes, len });
    return true;
}

bool store_keep_sorter(struct store *s, bool now)
{
    int64_t reports = s->sorter ? corrob_sorter_reports(s->sorter) : 0;
    int64_t more = reports - s->kept_sorter;
    struct arena arena;
    struct buf state;
    struct err err;
    bool ok;

    if (more == 0 || (!now && (more < KEEP_EVERY || more < s->kept_sorter / 4)) ||
        (now && more < KEEP_EVERY / 10))
        return true;
    arena_init(&arena, SIZE_MAX);
    state = buf_new(&arena, STATE_MAX);
    ok = corrob_sorter_save(s->sorter, put_piece, &state) == CORROB_OK || told(s);
    if (ok &&
        !store_memo_put(s, STATE_KEY, store_pack(&arena, s, buf_view(&state)), &err)) {
        s->err = err; /* for whoever flushes */
        ok = false;
    }
    arena_release(&arena);
    s->kept_sorter = reports;
    return ok;
}

static void load(struct store *s, struct arena *arena)
{
    struct str packed = store_memo(arena, s, STATE_KEY), state;

    if (packed.len > 0 && store_unpack(arena, s, packed, &state) &&
        corrob_sorter_load(&s->sorter, state.ptr, state.len) == CORROB_OK)
        return;
    corrob_sorter_close(s->sorter); /* none, or of another version: all anew */
    s->sorter = NULL;
}

/* Takes in the turns that the sorter has not seen. */
static bool catch_up(struct store *s)
{
    sqlite3_stmt *q = sql(s, "SELECT r.title, r.text, r.published, r.kind FROM turn t "
                             "JOIN report r ON r.nr = t.report WHERE t.n >= ?1 "
                             "ORDER BY t.n");
    struct arena arena;
    uint32_t number;
    bool ok = true;

    arena_init(&arena, SIZE_MAX);
    sql_bind(q, "i", (int64_t)corrob_sorter_reports(s->sorter));
    while (ok && sql_row(s, q)) {
        struct sorted r = { sql_str(&arena, q, 0), sql_str(&arena, q, 1),
                            sql_str(&arena, q, 2), sql_str(&arena, q, 3) };

        ok = put_in(s, &r, &number);
        arena_reset(&arena);
    }
    if (!ok)
        sql_end(q);
    arena_release(&arena);
    return ok;
}

/* Whether the turns from `from` on sit where the sorter has them; a later version of the
 * program may sort otherwise. */
static bool agrees(struct store *s, uint32_t from)
{
    sqlite3_stmt *q = sql(
        s, "SELECT t.n, (SELECT min(gang) FROM seat WHERE story = r.story) FROM turn "
           "t JOIN report r ON r.nr = t.report WHERE t.n >= ?1 AND r.article IS NULL "
           "AND NOT EXISTS (SELECT 1 FROM pin) "
           "ORDER BY t.n");
    sqlite3_stmt *seat = sql(s, "SELECT 1 FROM seat a JOIN seat b ON a.story = b.story "
                                "WHERE a.gang = ?1 AND b.gang = ?2");
    bool ok = true;

    sql_bind(q, "i", (int64_t)from);
    while (sql_row(s, q)) {
        uint32_t gang = corrob_sorter_story(s->sorter, (uint32_t)sql_i64(q, 0, 0));
        bool same = false;

        sql_bind(seat, "ii", (int64_t)gang, sql_i64(q, 1, -1));
        while (sql_row(s, seat))
            same = true;
        ok &= same;
    }
    return ok;
}

/* Grows whenever all was sorted anew: another process' sorter is worth nothing then. */
static int64_t epoch(struct store *s)
{
    sqlite3_stmt *q = sql(s, "SELECT length(value) FROM memo WHERE key = 'sorted'");

    return sql_one(s, q, 0);
}

static bool next_epoch(struct store *s)
{
    bool ok = sql_run(s, sql(s, "INSERT INTO memo VALUES('sorted', x'31') ON CONFLICT "
                                "DO UPDATE SET value = CAST(value || x'31' AS BLOB)"));

    s->epoch = epoch(s);
    return ok;
}

static bool ready(struct store *s)
{
    struct arena arena;

    if (s->sorter && s->epoch == epoch(s))
        return catch_up(s);
    store_drop_sorter(s);
    s->epoch = epoch(s);
    arena_init(&arena, SIZE_MAX);
    load(s, &arena);
    arena_release(&arena);
    s->kept_sorter = s->sorter ? corrob_sorter_reports(s->sorter) : 0;
    if (!s->sorter && corrob_sorter_open(&s->sorter) != CORROB_OK)
        return told(s);
    return catch_up(s) &&
           (agrees(s, (uint32_t)s->kept_sorter) || store_sort_turns(s, false));
}

static bool put_turn(struct store *s, int64_t n, int64_t report)
{
    sqlite3_stmt *q = sql(s, "INSERT INTO turn(n, report) VALUES(?1, ?2)");

    sql_bind(q, "ii", n, report);
    return sql_run(s, q);
}

bool store_arrive(struct store *s, const struct sorted *words, struct arrival *out)
{
    if (!ready(s) || !put_in(s, words, &out->number))
        return false;
    out->steps = corrob_sorter_steps(s->sorter, out->step, CORROB_STEPS_MAX);
    if (out->steps > CORROB_STEPS_MAX)
        out->steps = CORROB_STEPS_MAX;
    /* A later version stands where the first one does. */
    out->story =
        out->version.story > 0 ? out->version.story : store_seat(s, out->step[0].story);
    store_changed(s, out->story);
    return out->story > 0;
}

bool store_settle(struct store *s, int64_t report, const struct arrival *arrival)
{
    bool ok = put_turn(s, arrival->number, report);

    for (size_t i = 1; ok && i < arrival->steps; i++)
        ok = store_step(s, &arrival->step[i]);
    return ok;
}

/* ---- all anew ---- */

static bool put_turns(struct store *s, const struct seated *all, uint32_t count)
{
    bool ok = sql_run(s, sql(s, "DELETE FROM turn"));

    for (uint32_t i = 0; ok && i < count; i++)
        ok = put_turn(s, i, all[i].report);
    return ok;
}

/* Where reports are by number. */
static uint32_t *index_reports(struct arena *arena, const struct seated *all,
                               uint32_t count, int64_t *last)
{
    uint32_t *at;

    *last = 0;
    for (uint32_t i = 0; i < count; i++)
        *last = all[i].report > *last ? all[i].report : *last;
    at = NEW(arena, uint32_t, (size_t)*last + 1);
    for (uint32_t i = 0; i < count; i++)
        at[all[i].report] = i;
    return at;
}

/* Gives pinned reports the keys base, base + 1, ... by label. */
static void take_pins(struct store *s, struct seated *all, const uint32_t *at,
                      int64_t last, uint32_t base)
{
    sqlite3_stmt *q = sql(s, "SELECT report, label, dense_rank() OVER (ORDER BY label) "
                             "FROM pin WHERE scope = 'story'");

    while (sql_row(s, q)) {
        int64_t report = sql_i64(q, 0, 0);

        if (report < 1 || report > last)
            continue;
        all[at[report]].label = sql_i64(q, 1, 0);
        all[at[report]].key = base + (uint32_t)sql_i64(q, 2, 1) - 1;
    }
}

/* What is not pinned goes with most of what is pinned in its gang. */
static uint32_t *find_homes(struct arena *arena, const struct seated *all,
                            uint32_t count, uint32_t gangs)
{
    uint32_t *home = NEW(arena, uint32_t, (size_t)gangs + 1);
    uint32_t *votes = NEW(arena, uint32_t, (size_t)gangs + 1);

    for (uint32_t g = 0; g < gangs; g++)
        home[g] = NO_KEY;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t *h = &home[all[i].gang], *v = &votes[all[i].gang];

        if (all[i].label == 0 && *h == NO_KEY)
            *h = all[i].gang;
        if (all[i].label == 0)
            continue;
        if (*h == all[i].key) { /* the majority, if there is one */
            ++*v;
        } else if (*v == 0) {
            *h = all[i].key;
            *v = 1;
        } else {
            --*v;
        }
    }
    return home;
}

/* Versions of an article have the key of the first. */
static bool seat_all(struct store *s, struct arena *arena, struct seated *all,
                     uint32_t count)
{
    uint32_t gangs = corrob_sorter_stories(s->sorter), *home;
    int64_t last;
    uint32_t *at = index_reports(arena, all, count, &last);

    take_pins(s, all, at, last, gangs);
    for (uint32_t i = 0; i < count; i++)
        if (all[i].article > 0 && all[i].article <= last)
            all[i].gang = all[at[all[i].article]].gang;
    home = find_homes(arena, all, count, gangs);
    for (uint32_t i = 0; i < count; i++) {
        const struct seated *first = all[i].article > 0 && all[i].article <= last
                                         ? &all[at[all[i].article]]
                                         : &all[i];

        if (first->label == 0)
            all[i].key = home[all[i].gang];
        else
            all[i].key = first->key;
    }
    return store_reseat(s, all, count, home, gangs);
}

bool store_reseat_all(struct store *s)
{
    sqlite3_stmt *q =
        sql(s, "SELECT n, nr, story, article FROM turn JOIN report ON nr = "
               "report ORDER BY n");
    ARRAY(struct seated) all = { 0 };
    struct arena arena;
    bool ok = store_begin(s) && ready(s);

    arena_init(&arena, SIZE_MAX);
    while (ok && sql_row(s, q))
        *PUSH(&arena, &all) = (struct seated){
            .report = sql_i64(q, 1, 0),
            .story = sql_i64(q, 2, 0),
            .article = sql_i64(q, 3, 0),
            .gang = corrob_sorter_story(s->sorter, (uint32_t)sql_i64(q, 0, 0)),
        };
    ok = ok && seat_all(s, &arena, all.at, all.count);
    arena_release(&arena);
    return ok;
}

/* Sorts the reports in the order of a statement's rows: nr, story, title, text,
 * published, kind, article. */
static bool sort_rows(struct store *s, sqlite3_stmt *q)
{
    ARRAY(struct seated) all = { 0 };
    struct arena arena, text;
    uint32_t number;
    bool ok = next_epoch(s);

    store_drop_sorter(s);
    if (corrob_sorter_open(&s->sorter) != CORROB_OK)
        return told(s);
    arena_init(&arena, SIZE_MAX);
    arena_init(&text, SIZE_MAX);
    while (ok && sql_row(s, q)) {
        struct sorted r = { sql_str(&text, q, 2), sql_str(&text, q, 3),
                            sql_str(&text, q, 4), sql_str(&text, q, 5) };

        *PUSH(&arena, &all) = (struct seated){ .report = sql_i64(q, 0, 0),
                                               .story = sql_i64(q, 1, 0),
                                               .article = sql_i64(q, 6, 0) };
        ok = put_in(s, &r, &number);
        arena_reset(&text);
    }
    sql_end(q);
    for (uint32_t i = 0; ok && i < all.count; i++)
        all.at[i].gang = corrob_sorter_story(s->sorter, i);
    ok =
        ok && put_turns(s, all.at, all.count) && seat_all(s, &arena, all.at, all.count);
    arena_release(&text);
    arena_release(&arena);
    return ok;
}

#define SORTED_COLUMNS \
    "r.nr, r.story, r.title, r.text, r.published, r.kind, r.article FROM "

bool store_sort_turns(struct store *s, bool by_publication)
{
    return store_begin(s) &&
           sort_rows(s, by_publication
                            ? sql(s, "SELECT " SORTED_COLUMNS "report r ORDER BY "
                                     "published_at IS NULL, published_at, id")
                            : sql(s, "SELECT " SORTED_COLUMNS
                                     "turn t JOIN report r ON r.nr = "
                                     "t.report ORDER BY t.n")) &&
           store_keep_sorter(s, true);
}

bool store_sort_anew(struct store *s, struct err *err)
{
    if (store_flush(s, err) && store_sort_turns(s, true))
        store_commit(s);
    return sql_ok(s, err);
}

/* Whether a small store took its reports in another order than that of publication. */
static bool out_of_order(struct store *s)
{
    sqlite3_stmt *q = sql(
        s,
        "SELECT count(*) FROM (SELECT n, row_number() OVER (ORDER BY published_at IS "
        "NULL, published_at, id) - 1 AS place FROM turn JOIN report ON nr = report) "
        "WHERE n <> place AND (SELECT max(n) FROM turn) < ?1");

    sql_bind(q, "i", (int64_t)SMALL);
    return sql_one(s, q, 0) > 0;
}

bool store_tidy(struct store *s)
{
    if (!s->added || corrob_sorter_reports(s->sorter) > SMALL || !out_of_order(s))
        return true;
    return store_sort_turns(s, true) && store_commit(s);
}
