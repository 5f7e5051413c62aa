/* The facts of a reading as rows, for people with SQL and for lists over all stories. */
#include "base/table.h"
#include "store/sql.h"

#define WORDS_MAX 200000 /* kept in memory */

struct str store_member(const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);

    return (struct str){ json_string_value(v), json_string_length(v) };
}

static int64_t number(const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);

    return json_is_integer(v) ? json_integer_value(v) : SQL_NULL;
}

/* The entity that a member names by its id, or NULL. */
static const json_t *entity(const json_t *reading, const json_t *id)
{
    const json_t *all = json_object_get(reading, "entities");

    return json_is_integer(id) && json_integer_value(id) >= 0
               ? json_array_get(all, (size_t)json_integer_value(id))
               : NULL;
}

static struct str named(const json_t *reading, const json_t *fact, const char *member)
{
    return store_member(entity(reading, json_object_get(fact, member)), "name");
}

/* The number of a word that facts repeat; SQL_NULL for an absent one.  Known ones are
 * kept in memory until a transaction fails. */
static int64_t word(struct store *s, struct str text)
{
    uint32_t *known;
    sqlite3_stmt *q;
    int64_t nr = SQL_NULL;

    if (text.len == 0)
        return SQL_NULL;
    known = table_find(&s->words, text);
    if (known)
        return *known;
    q = sql(s, "INSERT OR IGNORE INTO word(text) VALUES(?1)");
    sql_bind(q, "s", text);
    sql_run(s, q);
    q = sql(s, "SELECT nr FROM word WHERE text = ?1");
    sql_bind(q, "s", text);
    while (sql_row(s, q))
        nr = sql_i64(q, 0, SQL_NULL);
    if (nr != SQL_NULL && nr < UINT32_MAX && s->words.count < WORDS_MAX)
        *table_put(&s->wording, &s->words, arena_str(&s->wording, text)) = (uint32_t)nr;
    return nr;
}

/* The first of a list of actors: the rest stands in the reading. */
static struct str first(const json_t *reading, const json_t *fact, const char *member)
{
    const json_t *list = json_object_get(fact, member);

    return store_member(entity(reading, json_array_get(list, 0)), "name");
}

static bool put_figure(struct store *s, int64_t report, int64_t n,
                       const json_t *reading, const json_t *f)
{
    sqlite3_stmt *q = sql(s, "INSERT INTO figure VALUES"
                             "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)");
    int64_t w[] = {
        word(s, store_member(f, "measure")),    word(s, store_member(f, "op")),
        word(s, store_member(f, "class")),      word(s, store_member(f, "unit")),
        word(s, named(reading, f, "place")),    word(s, store_member(f, "as_of")),
        word(s, named(reading, f, "claimant")), word(s, store_member(f, "modality"))
    };

    sql_bind(q, "iiiiiiiiiiiiiii", report, n, number(f, "start"), number(f, "end"),
             number(f, "low"), number(f, "high"),
             (int64_t)json_is_true(json_object_get(f, "background")), w[0], w[1], w[2],
             w[3], w[4], w[5], w[6], w[7]);
    return sql_run(s, q);
}

static void bind_place(sqlite3_stmt *q, int column, const json_t *place)
{
    const json_t *lat = json_object_get(place, "lat");
    const json_t *lon = json_object_get(place, "lon");

    if (q && json_is_number(lat) && json_is_number(lon)) {
        sqlite3_bind_double(q, column, json_number_value(lat));
        sqlite3_bind_double(q, column + 1, json_number_value(lon));
    }
}

static bool put_event(struct store *s, int64_t report, int64_t n, const json_t *reading,
                      const json_t *e)
{
    const json_t *place = entity(reading, json_object_get(e, "place"));
    sqlite3_stmt *q = sql(s, "INSERT INTO event VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,"
                             "?11,?12,?13,?14,?15,?16,?17)");
    int64_t w[] = { word(s, store_member(e, "type")),
                    word(s, store_member(e, "mode")),
                    word(s, store_member(e, "cameo")),
                    word(s, first(reading, e, "actors")),
                    word(s, first(reading, e, "recipients")),
                    word(s, store_member(place, "name")),
                    word(s, store_member(place, "country")),
                    word(s, store_member(place, "precision")),
                    word(s, store_member(e, "time")),
                    word(s, named(reading, e, "claimant")),
                    word(s, store_member(e, "modality")) };

    sql_bind(q, "iiiiiiiiiiiiiiiii", report, n, number(e, "start"), number(e, "end"),
             SQL_NULL, SQL_NULL, w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8],
             w[9], w[10]);
    bind_place(q, 5, place);
    return sql_run(s, q);
}

static bool put_statement(struct store *s, int64_t report, int64_t n,
                          const json_t *reading, const json_t *t)
{
    sqlite3_stmt *q = sql(s, "INSERT INTO statement VALUES(?1,?2,?3,?4,?5,?6)");

    sql_bind(q, "iiiiii", report, n, number(t, "start"), number(t, "end"),
             word(s, store_member(t, "form")), word(s, named(reading, t, "speaker")));
    return sql_run(s, q);
}

typedef bool put_fact(struct store *s, int64_t report, int64_t n, const json_t *reading,
                      const json_t *fact);

static bool put_all(struct store *s, int64_t report, const json_t *reading,
                    const char *member, put_fact *put)
{
    const json_t *list = json_object_get(reading, member);

    for (size_t i = 0; i < json_array_size(list); i++)
        if (!put(s, report, (int64_t)i, reading, json_array_get(list, i)))
            return false;
    return true;
}

bool store_facts(struct store *s, int64_t report, const json_t *reading)
{
    return put_all(s, report, reading, "figures", put_figure) &&
           put_all(s, report, reading, "events", put_event) &&
           put_all(s, report, reading, "statements", put_statement);
}
