/* Which story a report belongs to. */
#include "store/sql.h"

#include "base/buf.h"

#define LINES_MAX ((size_t)4 << 30)

static struct str waiting_lines(struct store *s)
{
    sqlite3_stmt *q = sql(s, "SELECT id FROM report WHERE story IS NULL ORDER BY nr");
    struct buf b = buf_new(&s->scratch, LINES_MAX);

    while (sql_row(s, q)) {
        struct str id = sql_str(&s->scratch, q, 0);

        buf_str(&b, store_line(&s->scratch, s, id));
        buf_char(&b, '\n');
    }
    return buf_view(&b);
}

static bool put_into(struct store *s, const json_t *ids, int64_t story)
{
    sqlite3_stmt *q = sql(s, "UPDATE report SET story = ?1 WHERE id = ?2");

    for (size_t i = 0; i < json_array_size(ids); i++) {
        const json_t *id = json_array_get(ids, i);

        sql_bind(q, "is", story,
                 (struct str){ json_string_value(id), json_string_length(id) });
        if (!sql_run(s, q))
            return false;
    }
    return true;
}

/* The story's row says what its reports say together. */
static bool renew(struct store *s, int64_t story)
{
    sqlite3_stmt *q = sql(
        s,
        "UPDATE story SET change = ?2, (reports, first_at, last_at) = "
        "(SELECT count(*), min(published_at), coalesce(max(published_at), "
        "max(added_at)) "
        "FROM report WHERE story = ?1), "
        "title = coalesce((SELECT title FROM report WHERE story = ?1 AND title IS NOT "
        "NULL ORDER BY published_at DESC, nr DESC LIMIT 1), ''), "
        "(place, country) = (SELECT place, country FROM event e JOIN report r ON "
        "r.nr = e.report WHERE r.story = ?1 AND place IS NOT NULL GROUP BY place, "
        "country ORDER BY country IS NULL, count(*) DESC LIMIT 1) WHERE nr = ?1");

    sql_bind(q, "ii", story, store_next_change(s));
    return sql_run(s, q);
}

static bool new_story(struct store *s, const json_t *ids)
{
    int64_t nr;

    if (!sql_run(s, sql(s, "INSERT INTO story DEFAULT VALUES")))
        return false;
    nr = sqlite3_last_insert_rowid(s->db);
    return put_into(s, ids, nr) && renew(s, nr);
}

bool store_sort(struct store *s)
{
    struct str lines = waiting_lines(s), json;
    json_t *situation;
    bool ok = true;

    if (lines.len == 0)
        return true;
    if (!store_compare_lines(&s->scratch, s, lines, &json, NULL))
        return false;
    situation = json_loadb(json.ptr, json.len, 0, NULL);
    for (size_t i = 0; ok && i < json_array_size(json_object_get(situation, "stories"));
         i++)
        ok = new_story(
            s, json_object_get(json_array_get(json_object_get(situation, "stories"), i),
                               "reports"));
    json_decref(situation);
    return ok;
}
