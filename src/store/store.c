#include "store/store.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sql.h"

#define BUSY_MS 20000          /* another process may be in the midst of a batch */
#define APPLICATION 0x636f7272 /* "corr", shown by file(1) */

/* data/store/store_NNNN.sql: what makes a store of version N one of version N + 1. */
extern const char store_0001_sql[], store_0002_sql[], store_0003_sql[],
    store_0004_sql[], store_0005_sql[], store_0006_sql[], store_0007_sql[],
    store_0008_sql[], store_0009_sql[];
static const char *const migration[] = {
    store_0001_sql, store_0002_sql, store_0003_sql, store_0004_sql, store_0005_sql,
    store_0006_sql, store_0007_sql, store_0008_sql, store_0009_sql,
};

int64_t store_clock(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- opening ---- */

static bool make_folders(char *path, struct err *err)
{
    for (char *c = path + 1; *c != '\0'; c++) {
        if (*c != '/')
            continue;
        *c = '\0';
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            return err_set(err, ERR_WRITE, -1, "%s: %s", path, strerror(errno));
        *c = '/';
    }
    return true;
}

bool store_default_path(char *path, size_t size, struct err *err)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    int n;

    /* The XDG rules: a path that is not absolute is to be ignored. */
    if (data && data[0] == '/')
        n = snprintf(path, size, "%s/corrob/corrob.db", data);
    else if (home && home[0] == '/')
        n = snprintf(path, size, "%s/.local/share/corrob/corrob.db", home);
    else
        return err_set(err, ERR_USAGE, -1, "no home folder: name the store by --db");
    if (n < 0 || (size_t)n >= size)
        return err_set(err, ERR_USAGE, -1, "the path of the store is too long");
    return make_folders(path, err);
}

static int64_t pragma(struct store *s, const char *words)
{
    sqlite3_stmt *q = NULL;
    int64_t n = -1;

    if (sqlite3_prepare_v2(s->db, words, -1, &q, NULL) == SQLITE_OK &&
        sqlite3_step(q) == SQLITE_ROW)
        n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return n;
}

static bool migrate_once(struct store *s, int64_t version)
{
    char words[80];

    snprintf(words, sizeof words, "PRAGMA user_version=%d", (int)version + 1);
    return sql_exec(s, migration[version]) && sql_exec(s, words);
}

/* Each step is one transaction: a store that is killed in the midst of it is as before.
 * Two processes that open an old store at once take turns at the lock. */
static bool migrate(struct store *s)
{
    bool ok = sql_exec(s, "BEGIN IMMEDIATE");

    for (int64_t v = ok ? pragma(s, "PRAGMA user_version") : 0;
         ok && v < (int64_t)COUNT(migration); v++)
        ok = migrate_once(s, v);
    if (ok)
        return sql_exec(s, "COMMIT");
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

static bool set_up(struct store *s, struct err *err)
{
    int64_t version, application;

    sqlite3_busy_timeout(s->db, BUSY_MS);
    application = pragma(s, "PRAGMA application_id");
    version = pragma(s, "PRAGMA user_version");
    if (version < 0 ||
        (application != APPLICATION && (application != 0 || version != 0)))
        return err_set(err, ERR_FORMAT, -1, "%s is no store of corrob", s->path);
    if (version > (int64_t)COUNT(migration))
        return err_set(
            err, ERR_FORMAT, -1,
            "%s was made by a later version of corrob (store version %d, this "
            "program knows %d)",
            s->path, (int)version, (int)COUNT(migration));
    if (version < (int64_t)COUNT(migration) && s->mode == STORE_READ)
        return err_set(err, ERR_FORMAT, -1,
                       "%s is of an older version: any add brings it up to date",
                       s->path);
    /* FULL: what was flushed survives a power cut, too. */
    sql_exec(s, "PRAGMA foreign_keys=ON; "
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; "
                "PRAGMA mmap_size=1073741824; PRAGMA synchronous=FULL");
    if (s->mode == STORE_WRITE && version == 0)
        sql_exec(s, "PRAGMA page_size=4096"); /* what is larger fills its pages */
    if (s->mode == STORE_WRITE)
        sql_exec(s, "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=4000");
    if (version < (int64_t)COUNT(migration)) {
        char words[80];

        snprintf(words, sizeof words, "PRAGMA application_id=%d", APPLICATION);
        if (sql_exec(s, words))
            migrate(s);
    }
    return sql_ok(s, err);
}

bool store_open(const char *path, enum store_mode mode, struct store **out,
                struct err *err)
{
    struct store *s = calloc(1, sizeof *s);
    int flags = SQLITE_OPEN_READWRITE | (mode == STORE_WRITE ? SQLITE_OPEN_CREATE : 0);

    *out = NULL;
    if (!s)
        return err_set(err, ERR_BUDGET, -1, "out of memory");
    s->mode = mode;
    arena_init(&s->scratch, SIZE_MAX);
    arena_init(&s->sorting, SIZE_MAX);
    arena_init(&s->sharing, SIZE_MAX);
    arena_init(&s->waiting_arena, SIZE_MAX);
    arena_init(&s->pack_arena, SIZE_MAX);
    snprintf(s->path, sizeof s->path, "%s", path);
    if (sqlite3_open_v2(path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
        err_set(err, mode == STORE_READ ? ERR_MISSING : ERR_WRITE, -1, "%s: %s", path,
                s->db ? sqlite3_errmsg(s->db) : "out of memory");
    } else if (set_up(s, err)) {
        *out = s;
        return true;
    }
    store_close(s);
    return false;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    if (store_commit(s) && s->sorter)
        store_tidy(s);
    if (s->sorter && store_begin(s)) {
        store_keep_sorter(s, true);
        store_commit(s);
    }
    store_drop_sorter(s);
    for (uint32_t i = 0; i < s->statements; i++)
        sqlite3_finalize(s->statement[i].prepared);
    sqlite3_close(s->db);
    corrob_close(s->c);
    arena_release(&s->scratch);
    arena_release(&s->sorting);
    arena_release(&s->sharing);
    arena_release(&s->waiting_arena);
    arena_release(&s->pack_arena);
    ZSTD_freeCCtx(s->packer);
    ZSTD_freeDCtx(s->unpacker);
    ZSTD_freeCDict(s->packing);
    ZSTD_freeDDict(s->unpacking);
    ZSTD_freeCDict(s->packing_form);
    ZSTD_freeDDict(s->unpacking_form);
    free(s);
}

/* ---- transactions ---- */

bool store_begin(struct store *s)
{
    if (s->writing)
        return true;
    if (!sql_run(s, sql(s, "BEGIN IMMEDIATE")))
        return false;
    s->writing = true;
    return true;
}

/* The batch goes in with whatever else was written, or nothing does: a feed's ETag is
 * never ahead of its articles. */
bool store_commit(struct store *s)
{
    bool ok;

    if (!s->writing && s->waiting.count == 0)
        return true;
    ok = store_begin(s) && store_put_waiting(s) && store_renew(s) &&
         store_keep_sorter(s, false) && sql_run(s, sql(s, "COMMIT"));
    if (!ok)
        store_roll_back(s);
    s->writing = false;
    store_drop_waiting(s);
    return ok;
}

void store_roll_back(struct store *s)
{
    if (!s->writing)
        return;
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    store_drop_sorter(s); /* it knows reports that are not there */
    s->writing = false;
}

bool store_flush(struct store *s, struct err *err)
{
    bool ok = store_commit(s);

    if (!ok && s->err.code == ERR_OK)
        err_set(&s->err, ERR_WRITE, -1, "%s: what was added is not kept", s->path);
    return sql_ok(s, err) && ok;
}

int64_t store_change(struct store *s)
{
    sqlite3_stmt *q = sql(s, "SELECT max(change) FROM story");

    return sql_one(s, q, 0);
}

int64_t store_next_change(struct store *s)
{
    return store_change(s) + 1;
}

/* ---- memos ---- */

bool store_memo_put(struct store *s, struct str key, struct str value, struct err *err)
{
    sqlite3_stmt *q;

    if (!store_begin(s))
        return sql_ok(s, err);
    /* An update takes new pages before it gives back the old ones, which stay empty. */
    q = sql(s, "DELETE FROM memo WHERE key = ?1");
    sql_bind(q, "s", key);
    if (sql_run(s, q) && value.len > 0) {
        q = sql(s, "INSERT INTO memo(key, value) VALUES(?1, ?2)");
        sql_bind(q, "sb", key, value);
        sql_run(s, q);
    }
    return sql_ok(s, err);
}

struct str store_memo(struct arena *arena, struct store *s, struct str key)
{
    sqlite3_stmt *q = sql(s, "SELECT value FROM memo WHERE key = ?1");
    struct str value = { NULL, 0 };

    sql_bind(q, "s", key);
    while (sql_row(s, q))
        value = sql_str(arena, q, 0);
    return value;
}

bool store_has(struct store *s, struct str id)
{
    return store_waits(s, id) || store_is_in(s, id);
}

bool store_is_in(struct store *s, struct str id)
{
    sqlite3_stmt *q = sql(s, "SELECT 1 FROM report WHERE id = ?1");
    bool found = false;

    sql_bind(q, "s", id);
    while (sql_row(s, q))
        found = true;
    return found;
}
