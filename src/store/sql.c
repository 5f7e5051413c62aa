#include "store/sql.h"

#include <stdarg.h>

static void failed(struct store *s)
{
    if (s->err.code == ERR_OK)
        err_set(&s->err, sqlite3_errcode(s->db) == SQLITE_FULL ? ERR_WRITE : ERR_FORMAT,
                -1, "%s: %s", s->path, sqlite3_errmsg(s->db));
}

sqlite3_stmt *sql(struct store *s, const char *text)
{
    sqlite3_stmt *q = NULL;

    for (uint32_t i = 0; i < s->statements; i++)
        if (s->statement[i].text == text)
            return s->statement[i].prepared;
    if (s->statements == SQL_STATEMENTS)
        BUG("more statements than there is room for");
    if (sqlite3_prepare_v3(s->db, text, -1, SQLITE_PREPARE_PERSISTENT, &q, NULL)) {
        failed(s);
        return NULL;
    }
    s->statement[s->statements].text = text;
    s->statement[s->statements++].prepared = q;
    return q;
}

/* An empty string is no NULL: SQLite tells by the pointer. */
static void bind_str(sqlite3_stmt *q, int i, struct str v, bool blob)
{
    const char *ptr = v.len > 0 ? v.ptr : "";

    if (blob)
        sqlite3_bind_blob64(q, i, ptr, v.len, SQLITE_STATIC);
    else
        sqlite3_bind_text64(q, i, ptr, v.len, SQLITE_STATIC, SQLITE_UTF8);
}

void sql_bind(sqlite3_stmt *q, const char *kinds, ...)
{
    va_list args;

    if (!q)
        return;
    sqlite3_reset(q);
    va_start(args, kinds);
    for (int i = 1; kinds[i - 1] != '\0'; i++) {
        char kind = kinds[i - 1];

        if (kind == 'd') {
            sqlite3_bind_double(q, i, va_arg(args, double));
        } else if (kind == 'i') {
            int64_t n = va_arg(args, int64_t);

            if (n == SQL_NULL)
                sqlite3_bind_null(q, i);
            else
                sqlite3_bind_int64(q, i, n);
        } else {
            struct str v = va_arg(args, struct str);

            if (kind == 't' && v.len == 0)
                sqlite3_bind_null(q, i);
            else
                bind_str(q, i, v, kind == 'b');
        }
    }
    va_end(args);
}

bool sql_row(struct store *s, sqlite3_stmt *q)
{
    int step = q ? sqlite3_step(q) : SQLITE_ERROR;

    if (step == SQLITE_ROW)
        return true;
    if (step != SQLITE_DONE)
        failed(s);
    sql_end(q);
    return false;
}

void sql_end(sqlite3_stmt *q)
{
    sqlite3_reset(q);
}

bool sql_next(struct store *s, sqlite3_stmt *q, uint32_t count, uint32_t limit,
              bool *more)
{
    if (!sql_row(s, q))
        return false;
    if (count < limit)
        return true;
    *more = true;
    sql_end(q);
    return false;
}

bool sql_run(struct store *s, sqlite3_stmt *q)
{
    int step = q ? sqlite3_step(q) : SQLITE_ERROR;

    if (step != SQLITE_DONE && step != SQLITE_ROW)
        failed(s);
    sql_end(q);
    return step == SQLITE_DONE || step == SQLITE_ROW;
}

bool sql_exec(struct store *s, const char *words)
{
    if (sqlite3_exec(s->db, words, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    failed(s);
    return false;
}

struct str sql_str(struct arena *arena, sqlite3_stmt *q, int column)
{
    const char *ptr = sqlite3_column_blob(q, column);
    int len = sqlite3_column_bytes(q, column);

    if (!ptr || len <= 0)
        return (struct str){ NULL, 0 };
    return arena_str(arena, (struct str){ ptr, (size_t)len });
}

int64_t sql_i64(sqlite3_stmt *q, int column, int64_t otherwise)
{
    return sqlite3_column_type(q, column) == SQLITE_NULL
               ? otherwise
               : sqlite3_column_int64(q, column);
}

int64_t sql_one(struct store *s, sqlite3_stmt *q, int64_t otherwise)
{
    while (sql_row(s, q))
        otherwise = sql_i64(q, 0, otherwise);
    return otherwise;
}

bool sql_ok(struct store *s, struct err *err)
{
    bool ok = s->err.code == ERR_OK;

    if (!ok && err)
        *err = s->err;
    s->err = (struct err){ 0 };
    return ok;
}
