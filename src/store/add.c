/* Taking reports in.
 *
 * They wait in memory until they make a batch, and are put in by publication: the
 * stories don't hang on the order of files in a folder, and another process waits for
 * the lock while rows are written, never while pages are read. */
#include "base/buf.h"
#include "base/date.h"
#include "store/sql.h"

#define BATCH_REPORTS 1024 /* a small input is one batch: it is sorted once */
#define BATCH_MS 30000     /* a reader of slow pages shows what it has */
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

static struct str joined(struct arena *arena, const struct node *list)
{
    struct buf b = buf_new(arena, SIZE_MAX);

    for (const struct node *name = list ? list->child : NULL; name; name = name->next) {
        if (b.len > 0)
            buf_str(&b, STR("; "));
        buf_str(&b, name->text);
    }
    return buf_view(&b);
}

static int64_t seconds_of(struct str published)
{
    struct instant t;

    return instant_from_iso(published, &t) ? instant_seconds(t) : SQL_NULL;
}

static bool put_report(struct store *s, const struct waiting *w,
                       const struct arrival *arrival)
{
    const struct node *reading = w->reading;
    const struct node *published = tree_get(reading, "published");
    const struct node *outlet = tree_get(reading, "outlet");
    sqlite3_stmt *q =
        sql(s, "INSERT INTO report(id, input, url, outlet, domain, title, byline, "
               "published, published_from, published_at, language, kind, added_at, "
               "text, story, address, article) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,"
               "?11,?12,?13,?14,?15,?16,?17)");

    sql_bind(q, "sstttttttittisiii", w->id, tree_str(reading, "input"),
             tree_str(reading, "url"), tree_str(outlet, "name"),
             tree_str(outlet, "domain"), tree_str(reading, "title"),
             joined(&s->scratch, tree_get(reading, "byline")),
             tree_str(published, "value"), tree_str(published, "from"),
             seconds_of(tree_str(published, "value")), tree_str(reading, "language"),
             tree_str(reading, "kind"), (int64_t)time(NULL), tree_str(reading, "text"),
             arrival->story, arrival->version.address, arrival->version.article);
    return sql_run(s, q);
}

static bool put(struct store *s, const struct waiting *w, int64_t *nr)
{
    struct sorted words = { tree_str(w->reading, "title"), tree_str(w->reading, "text"),
                            tree_str(tree_get(w->reading, "published"), "value"),
                            tree_str(w->reading, "kind") };
    struct arrival arrival = { .version = store_find_article(
                                   s, tree_str(w->reading, "url"), &words) };

    if (!store_arrive(s, &words, &arrival) || !put_report(s, w, &arrival))
        return false;
    *nr = sqlite3_last_insert_rowid(s->db);
    return store_settle(s, *nr, &arrival) && store_facts(s, *nr, w->reading);
}

/* All at once: the index writes what it holds whenever a row of another table changes. */
static bool index_words(struct store *s, int64_t first)
{
    sqlite3_stmt *q = sql(s, "INSERT INTO report_text(rowid, title, text) SELECT nr, "
                             "title, text FROM report WHERE nr >= ?1");

    sql_bind(q, "i", first);
    return first == 0 || sql_run(s, q);
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
    int64_t first = 0;
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
        if (first == 0 && ok)
            first = nr;
        s->added = true;
    }
    return ok && put_pack(s, &packing) && index_words(s, first) &&
           s->err.code == ERR_OK;
}

void store_drop_waiting(struct store *s)
{
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

static bool full(const struct store *s)
{
    return s->waiting.count >= BATCH_REPORTS || s->waiting_bytes >= BATCH_BYTES ||
           store_clock() - s->begun >= BATCH_MS;
}

/* The line without its text, which has a column. */
static struct str without_text(struct arena *arena, struct str line,
                               const struct node *text)
{
    struct buf b = buf_new(arena, line.len);

    buf_str(&b, str_slice(line, 0, text->start));
    buf_str(&b, STR("\"\""));
    buf_str(&b, str_after(line, text->end));
    return buf_view(&b);
}

static void wait_for_batch(struct store *s, const struct node *reading, struct str line,
                           struct str id)
{
    struct arena *arena = &s->waiting_arena;
    struct str plain = plain_id(id);
    struct str rest = without_text(arena, line, tree_get(reading, "text"));
    int64_t second = seconds_of(tree_str(tree_get(reading, "published"), "value"));

    if (s->waiting.count == 0) {
        s->begun = store_clock();
        s->waiting_bytes = 0;
    }
    s->waiting_bytes += line.len;
    *PUSH(arena, &s->waiting) =
        (struct waiting){ .reading = reading,
                          .id = plain,
                          .rest = without_suffix(arena, rest, id, plain),
                          .second = second == SQL_NULL ? INT64_MAX : second };
}

/* Facts that a row can hold: each says what it is and where it stands. */
static bool are_facts(const struct node *list, const char *kind)
{
    for (const struct node *f = list ? list->child : NULL; f; f = f->next) {
        int64_t start = tree_i64(tree_get(f, "start"), -1);

        if (start < 0 || tree_i64(tree_get(f, "end"), -1) <= start ||
            tree_str(f, kind).len == 0)
            return false;
    }
    return true;
}

static const struct node *reading_of(struct arena *arena, struct str line,
                                     struct err *err)
{
    const struct node *reading = tree_read(arena, line, err);

    if (!reading || (str_eq(tree_str(reading, "schema"), STR("corrob.article/1")) &&
                     tree_str(reading, "id").len > 0 && tree_str(reading, "text").ptr &&
                     are_facts(tree_get(reading, "figures"), "measure") &&
                     are_facts(tree_get(reading, "events"), "type") &&
                     are_facts(tree_get(reading, "statements"), "form")))
        return reading;
    err_set(err, ERR_FORMAT, -1,
            "no line that `corrob read` wrote: it must have schema, id, text, and "
            "facts with "
            "their kind and span");
    return NULL;
}

bool store_add(struct store *s, struct str line, enum store_added *did, struct err *err)
{
    struct arena_mark mark = arena_mark(&s->waiting_arena);
    const struct node *reading;

    line = arena_str(&s->waiting_arena, str_trim(line));
    reading = reading_of(&s->waiting_arena, line, err);
    if (!reading) {
        arena_rewind(&s->waiting_arena, mark);
        return false;
    }
    *did = store_has(s, plain_id(tree_str(reading, "id"))) ? STORE_KNOWN : STORE_NEW;
    if (*did == STORE_NEW) {
        wait_for_batch(s, reading, line, tree_str(reading, "id"));
        return !full(s) || store_flush(s, err);
    }
    arena_rewind(&s->waiting_arena, mark);
    return sql_ok(s, err);
}
