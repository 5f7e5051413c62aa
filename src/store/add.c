/* Taking reports in.
 *
 * They wait in memory until they make a batch, and are put in by publication: the
 * stories don't hang on the order of files in a folder, and another process waits for
 * the lock while rows are written, never while pages are read. */
#include "base/buf.h"
#include "base/date.h"
#include "store/sql.h"

#define BATCH_REPORTS 64
#define BATCH_MS 30000 /* a reader of slow pages shows what it has */
#define PACK_BYTES ((size_t)512 << 10)
#define BATCH_BYTES ((size_t)16 << 20)

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

static bool put_report(struct store *s, const json_t *reading, struct str id)
{
    const json_t *published = json_object_get(reading, "published");
    const json_t *outlet = json_object_get(reading, "outlet");
    sqlite3_stmt *q =
        sql(s, "INSERT INTO report(id, input, url, outlet, domain, title, byline, "
               "published, published_from, published_at, language, kind, added_at, "
               "text) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)");

    sql_bind(q, "sstttttttittis", id, store_member(reading, "input"),
             store_member(reading, "url"), store_member(outlet, "name"),
             store_member(outlet, "domain"), store_member(reading, "title"),
             joined(&s->scratch, json_object_get(reading, "byline")),
             store_member(published, "value"), store_member(published, "from"),
             seconds_of(store_member(published, "value")),
             store_member(reading, "language"), store_member(reading, "kind"),
             (int64_t)time(NULL), store_member(reading, "text"));
    return sql_run(s, q);
}

static bool put(struct store *s, const struct waiting *w, int64_t *nr)
{
    struct sorted words = {
        store_member(w->reading, "title"), store_member(w->reading, "text"),
        store_member(json_object_get(w->reading, "published"), "value"),
        store_member(w->reading, "kind")
    };

    if (!put_report(s, w->reading, w->id))
        return false;
    *nr = sqlite3_last_insert_rowid(s->db);
    return store_facts(s, *nr, w->reading) && store_sort(s, *nr, &words);
}

/* Readings of reports in a row, on their way into one pack. */
struct packing {
    struct str rest[PACK_REPORTS];
    uint32_t count;
    size_t bytes;
    int64_t first;
};

static bool put_pack(struct store *s, struct packing *p)
{
    bool ok = p->count == 0 || store_put_pack(s, p->first, p->rest, p->count);

    p->count = 0;
    p->bytes = 0;
    return ok;
}

static bool add_to_pack(struct store *s, struct packing *p, struct str rest, int64_t nr)
{
    if (p->count == 0)
        p->first = nr;
    p->rest[p->count++] = rest;
    p->bytes += rest.len;
    return (p->count < PACK_REPORTS && p->bytes < PACK_BYTES) || put_pack(s, p);
}

/* As `report` sorts them: undated ones come last and are met by all others. */
static int by_publication(const void *a, const void *b)
{
    const struct waiting *x = a, *y = b;

    if (x->second != y->second)
        return x->second < y->second ? -1 : 1;
    return str_cmp(x->id, y->id);
}

bool store_put_waiting(struct store *s)
{
    struct packing packing = { .count = 0 };
    bool ok = true;

    if (s->waiting.count > 1)
        qsort(s->waiting.at, s->waiting.count, sizeof *s->waiting.at, by_publication);
    for (uint32_t i = 0; ok && i < s->waiting.count; i++) {
        const struct waiting *w = &s->waiting.at[i];
        int64_t nr;

        arena_reset(&s->scratch);
        if (store_is_in(s, w->id)) /* another process was faster */
            continue;
        ok = put(s, w, &nr) && add_to_pack(s, &packing, w->rest, nr);
        s->added = true;
    }
    return ok && put_pack(s, &packing) && s->err.code == ERR_OK;
}

void store_drop_waiting(struct store *s)
{
    for (uint32_t i = 0; i < s->waiting.count; i++)
        json_decref(s->waiting.at[i].reading);
    s->waiting.at = NULL;
    s->waiting.count = s->waiting.cap = 0;
    arena_reset(&s->waiting_arena);
}

bool store_waits(const struct store *s, struct str id)
{
    for (uint32_t i = 0; i < s->waiting.count; i++)
        if (str_eq(s->waiting.at[i].id, id))
            return true;
    return false;
}

static bool wait_for_batch(struct store *s, json_t *reading, struct str line,
                           struct str id, struct err *err)
{
    struct arena *arena = &s->waiting_arena;
    struct str plain = plain_id(id), rest;
    int64_t second =
        seconds_of(store_member(json_object_get(reading, "published"), "value"));

    if (!store_cut(arena, line, &rest))
        return err_set(err, ERR_FORMAT, -1, "the line has no text member");
    if (s->waiting.count == 0) {
        s->begun = store_clock();
        s->waiting_bytes = 0;
    }
    s->waiting_bytes += line.len;
    *PUSH(arena, &s->waiting) =
        (struct waiting){ .reading = json_incref(reading),
                          .id = plain,
                          .rest = without_suffix(arena, rest, id, plain),
                          .second = second == SQL_NULL ? INT64_MAX : second };
    return true;
}

static bool add(struct store *s, json_t *reading, struct str line,
                enum store_added *did, struct err *err)
{
    struct str schema = store_member(reading, "schema");
    struct str id = store_member(reading, "id");

    if (!str_eq(schema, STR("corrob.article/1")) || id.len == 0)
        return err_set(err, ERR_FORMAT, -1, "no line that read wrote");
    *did = store_has(s, plain_id(id)) ? STORE_KNOWN : STORE_NEW;
    if (*did == STORE_KNOWN)
        return sql_ok(s, err);
    if (!wait_for_batch(s, reading, line, id, err))
        return false;
    if (s->waiting.count >= BATCH_REPORTS || s->waiting_bytes >= BATCH_BYTES ||
        store_clock() - s->begun >= BATCH_MS)
        return store_flush(s, err);
    return true;
}

bool store_add(struct store *s, struct str line, enum store_added *did, struct err *err)
{
    json_error_t e;
    json_t *reading = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, &e);
    bool ok;

    if (!reading)
        return err_set(err, ERR_FORMAT, e.line, "JSON, column %d: %s", e.column,
                       e.text);
    ok = add(s, reading, str_trim(line), did, err);
    json_decref(reading);
    return ok;
}
