/* Which story a report belongs to: the engine's sorter, kept beside the reports.
 *
 * The n-th report is the sorter's n-th, story 5 of the sorter is story 6 here.  The
 * sorter's state is kept from time to time; what came after it is sorted again when the
 * store is opened, which gives the same stories. */
#include "base/buf.h"
#include "base/date.h"
#include "store/sql.h"

#define STATE_MAX ((size_t)8 << 30)
#define KEEP_EVERY 1000 /* reports, and a sixteenth of all */
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
    s->words = (struct table){ 0 };
    arena_reset(&s->wording);
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

    if (more == 0 || (!now && (more < KEEP_EVERY || more < s->kept_sorter / 16)) ||
        (now && more < KEEP_EVERY / 10))
        return true;
    arena_init(&arena, SIZE_MAX);
    state = buf_new(&arena, STATE_MAX);
    ok = corrob_sorter_save(s->sorter, put_piece, &state) == CORROB_OK || told(s);
    ok = ok &&
         store_memo_put(s, STATE_KEY, store_pack(&arena, s, buf_view(&state)), &err);
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

/* Takes in what lies in the store and not in the sorter; `before`: the report that is
 * just being added. */
static bool catch_up(struct store *s, int64_t before)
{
    sqlite3_stmt *q =
        sql(s, "SELECT title, text, published, kind FROM report WHERE nr > ?1 AND "
               "nr < ?2 ORDER BY nr");
    struct arena arena;
    uint32_t number;
    bool ok = true;

    arena_init(&arena, SIZE_MAX);
    sql_bind(q, "ii", (int64_t)corrob_sorter_reports(s->sorter), before);
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

static bool ready(struct store *s, int64_t before)
{
    struct arena arena;

    if (!s->sorter) {
        arena_init(&arena, SIZE_MAX);
        load(s, &arena);
        arena_release(&arena);
        if (s->sorter)
            s->kept_sorter = corrob_sorter_reports(s->sorter);
    }
    if (!s->sorter && corrob_sorter_open(&s->sorter) != CORROB_OK)
        return told(s);
    return catch_up(s, before);
}

/* ---- steps into rows ---- */

static void changed(struct store *s, int64_t story)
{
    for (uint32_t i = s->changed.count; i > 0 && i + 64 > s->changed.count; i--)
        if (s->changed.at[i - 1] == story)
            return;
    *PUSH(&s->sorting, &s->changed) = story;
}

static bool make_story(struct store *s, int64_t story)
{
    sqlite3_stmt *q = sql(s, "INSERT OR IGNORE INTO story(nr) VALUES(?1)");

    sql_bind(q, "i", story);
    return sql_run(s, q);
}

static bool move(struct store *s, int64_t report, int64_t story)
{
    sqlite3_stmt *q =
        sql(s, "UPDATE report SET story = ?2, origin = NULL WHERE nr = ?1");

    sql_bind(q, "ii", report, story);
    return sql_run(s, q);
}

static bool merge(struct store *s, int64_t story, int64_t other)
{
    sqlite3_stmt *q =
        sql(s, "UPDATE report SET story = ?1, origin = NULL WHERE story = ?2");

    sql_bind(q, "ii", story, other);
    if (!sql_run(s, q))
        return false;
    q = sql(s, "UPDATE story SET merged_into = ?1 WHERE nr = ?2");
    sql_bind(q, "ii", story, other);
    return sql_run(s, q);
}

static bool apply(struct store *s, const struct corrob_step *step)
{
    int64_t story = (int64_t)step->story + 1, report = (int64_t)step->report + 1;
    bool ok = make_story(s, story);

    changed(s, story);
    if (step->other != CORROB_NONE)
        changed(s, (int64_t)step->other + 1);
    if (step->kind == CORROB_MERGED)
        return ok && merge(s, story, (int64_t)step->other + 1);
    return ok && move(s, report, story);
}

bool store_sort(struct store *s, int64_t report, const struct sorted *words)
{
    struct corrob_step step[CORROB_STEPS_MAX];
    uint32_t number;
    size_t steps;

    if (!ready(s, report) || !put_in(s, words, &number))
        return false;
    if ((int64_t)number + 1 != report)
        return err_set(
            &s->err, ERR_FORMAT, -1,
            "%s: rows of report were deleted (report %lld is the sorter's %u)", s->path,
            (long long)report, number + 1);
    steps = corrob_sorter_steps(s->sorter, step, CORROB_STEPS_MAX);
    for (size_t i = 0; i < steps && i < CORROB_STEPS_MAX; i++)
        if (!apply(s, &step[i]))
            return false;
    return true;
}

/* The story's row says what its reports say together. */
static bool renew(struct store *s, int64_t story)
{
    sqlite3_stmt *q = sql(
        s,
        "UPDATE story SET change = ?2, (reports, first_at, last_at) = "
        "(SELECT count(*), min(published_at), coalesce(max(published_at), "
        "max(added_at), 0) "
        "FROM report WHERE story = ?1), "
        "title = coalesce((SELECT title FROM report WHERE story = ?1 AND title IS NOT "
        "NULL ORDER BY published_at DESC, nr DESC LIMIT 1), ''), "
        "(place, country) = (SELECT (SELECT text FROM word w WHERE w.nr = e.place), "
        "(SELECT text FROM word w WHERE w.nr = e.country) FROM event e JOIN report r "
        "ON "
        "r.nr = e.report WHERE r.story = ?1 AND e.place IS NOT NULL GROUP BY e.place, "
        "e.country ORDER BY e.country IS NULL, count(*) DESC, e.place LIMIT 1) WHERE "
        "nr = "
        "?1");

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
