/* Taking reports in. */
#include "base/buf.h"
#include "base/date.h"
#include "store/sql.h"

#define BATCH_REPORTS 64
#define BATCH_MS 1000

/* "e3f10ab27838d815-2" is the second report of a run with the bytes of …815. */
static struct str plain_id(struct str id)
{
    size_t dash = str_find_char(id, '-');

    return dash == STR_NPOS ? id : str_slice(id, 0, dash);
}

static struct str without_suffix(struct arena *arena, struct str rest, struct str id,
                                 struct str plain)
{
    size_t at = str_find(rest, id);
    struct buf b = buf_new(arena, rest.len + 1);

    if (id.len == plain.len || at == STR_NPOS)
        return rest;
    buf_str(&b, str_slice(rest, 0, at));
    buf_str(&b, plain);
    buf_str(&b, str_after(rest, at + id.len));
    return buf_view(&b);
}

static struct str joined(struct arena *arena, const json_t *list)
{
    struct buf b = buf_new(arena, (size_t)1 << 20);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *name = json_array_get(list, i);

        if (i > 0)
            buf_str(&b, STR("; "));
        buf_str(&b, (struct str){ json_string_value(name), json_string_length(name) });
    }
    return buf_view(&b);
}

static int64_t seconds_of(struct str published)
{
    struct instant t;

    return instant_from_iso(published, &t) ? instant_seconds(t) : SQL_NULL;
}

static bool put_report(struct store *s, const json_t *reading, struct str id,
                       struct str packed)
{
    const json_t *published = json_object_get(reading, "published");
    const json_t *outlet = json_object_get(reading, "outlet");
    sqlite3_stmt *q =
        sql(s, "INSERT INTO report(id, input, url, outlet, domain, title, byline, "
               "published, published_from, published_at, language, kind, added_at, "
               "text, reading) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,"
               "?15)");

    sql_bind(q, "sstttttttittisb", id, store_member(reading, "input"),
             store_member(reading, "url"), store_member(outlet, "name"),
             store_member(outlet, "domain"), store_member(reading, "title"),
             joined(&s->scratch, json_object_get(reading, "byline")),
             store_member(published, "value"), store_member(published, "from"),
             seconds_of(store_member(published, "value")),
             store_member(reading, "language"), store_member(reading, "kind"),
             (int64_t)time(NULL), store_member(reading, "text"), packed);
    return sql_run(s, q);
}

static bool put(struct store *s, const json_t *reading, struct str line, struct str id,
                struct err *err)
{
    struct str plain = plain_id(id), rest;

    if (!store_cut(&s->scratch, line, &rest))
        return err_set(err, ERR_FORMAT, -1, "the line has no text member");
    rest = without_suffix(&s->scratch, rest, id, plain);
    if (put_report(s, reading, plain, store_pack(&s->scratch, s, rest))) {
        int64_t nr = sqlite3_last_insert_rowid(s->db);

        if (store_facts(s, nr, reading))
            store_sort(s, nr, store_member(reading, "title"),
                       store_member(reading, "text"),
                       store_member(json_object_get(reading, "published"), "value"));
    }
    return sql_ok(s, err);
}

/* A report that fails half way is taken back alone, and those before it stay. */
static bool put_whole(struct store *s, const json_t *reading, struct str line,
                      struct str id, struct err *err)
{
    if (!store_begin(s) || !sql_run(s, sql(s, "SAVEPOINT report")))
        return sql_ok(s, err);
    if (put(s, reading, line, id, err)) {
        sql_run(s, sql(s, "RELEASE report"));
        return sql_ok(s, err);
    }
    sqlite3_exec(s->db, "ROLLBACK TO report; RELEASE report", NULL, NULL, NULL);
    store_drop_sorter(s);
    return false;
}

static bool add(struct store *s, const json_t *reading, struct str line,
                enum store_added *did, struct err *err)
{
    struct str schema = store_member(reading, "schema");
    struct str id = store_member(reading, "id");

    if (!str_eq(schema, STR("corrob.article/1")) || id.len == 0)
        return err_set(err, ERR_FORMAT, -1, "no line that read wrote");
    *did = store_has(s, plain_id(id)) ? STORE_KNOWN : STORE_NEW;
    if (*did == STORE_KNOWN)
        return sql_ok(s, err);
    if (!put_whole(s, reading, line, id, err))
        return false;
    if (++s->pending >= BATCH_REPORTS || store_clock() - s->begun >= BATCH_MS)
        return store_flush(s, err);
    return true;
}

bool store_add(struct store *s, struct str line, enum store_added *did, struct err *err)
{
    json_error_t e;
    json_t *reading = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, &e);
    bool ok;

    arena_reset(&s->scratch);
    if (!reading)
        return err_set(err, ERR_FORMAT, e.line, "JSON, column %d: %s", e.column,
                       e.text);
    ok = add(s, reading, str_trim(line), did, err);
    json_decref(reading);
    return ok;
}
