/* The facts of a reading as rows, for people with SQL and for lists over all stories. */
#include <math.h>

#include "base/table.h"
#include "store/sql.h"

#define SHARED_MAX 200000 /* rows that facts share, kept in memory */
#define FACTS_MAX \
    65536 /* of a kind with rows of their own; a row's number tells its report */

struct str store_member(const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);

    return (struct str){ json_string_value(v), json_string_length(v) };
}

/* What facts name by a number. */
struct entities {
    const struct node **at;
    uint32_t count;
};

static struct entities entities_of(struct arena *arena, const struct node *reading)
{
    const struct node *list = tree_get(reading, "entities");
    struct entities all = { NULL, 0 };
    uint32_t n = 0;

    for (const struct node *e = list ? list->child : NULL; e; e = e->next)
        n++;
    all.at = (const struct node **)arena_take(arena, n + 1, sizeof *all.at);
    for (const struct node *e = list ? list->child : NULL; e; e = e->next)
        all.at[all.count++] = e;
    return all;
}

/* The entity of a number, or NULL. */
static const struct node *entity(const struct entities *all, const struct node *id)
{
    int64_t n = tree_i64(id, -1);

    return n >= 0 && n < all->count ? all->at[n] : NULL;
}

static struct str named(const struct entities *all, const struct node *fact,
                        const char *member)
{
    return tree_str(entity(all, tree_get(fact, member)), "name");
}

static int64_t number(const struct node *fact, const char *member)
{
    return tree_i64(tree_get(fact, member), SQL_NULL);
}

/* ---- what facts share ---- */

static uint32_t *known(struct store *s, struct str key)
{
    return table_find(&s->shared, key);
}

/* The number of the row that `find` finds, or else `put` makes.  Known ones are kept in
 * memory until a transaction fails. */
static int64_t learn(struct store *s, struct str key, sqlite3_stmt *find,
                     sqlite3_stmt *put)
{
    int64_t nr = SQL_NULL;

    while (sql_row(s, find))
        nr = sql_i64(find, 0, SQL_NULL);
    if (nr == SQL_NULL && sql_run(s, put))
        nr = sqlite3_last_insert_rowid(s->db);
    if (nr != SQL_NULL && nr < UINT32_MAX && s->shared.count < SHARED_MAX)
        *table_put(&s->sharing, &s->shared, arena_str(&s->sharing, key)) = (uint32_t)nr;
    return nr;
}

/* A row's members as the key to its number: a byte that no word has, its table, they. */
static struct str row_key(struct store *s, char table, const void *members, size_t len)
{
    char *key = NEW(&s->scratch, char, len + 2);

    key[0] = '\xff'; /* in no UTF-8 */
    key[1] = table;
    memcpy(key + 2, members, len);
    return (struct str){ key, len + 2 };
}

/* The number of a word that facts repeat; SQL_NULL for an absent one. */
static int64_t word(struct store *s, struct str text)
{
    const uint32_t *nr = text.len > 0 ? known(s, text) : NULL;
    sqlite3_stmt *find, *put;

    if (nr || text.len == 0)
        return nr ? *nr : SQL_NULL;
    find = sql(s, "SELECT nr FROM word WHERE text = ?1");
    put = sql(s, "INSERT INTO word(text) VALUES(?1)");
    sql_bind(find, "s", text);
    sql_bind(put, "s", text);
    return learn(s, text, find, put);
}

static int64_t figure_kind(struct store *s, const struct node *f)
{
    const struct node *background = tree_get(f, "background");
    int64_t w[] = {
        word(s, tree_str(f, "measure")),  word(s, tree_str(f, "op")),
        word(s, tree_str(f, "class")),    word(s, tree_str(f, "unit")),
        word(s, tree_str(f, "modality")), background && background->kind == NODE_TRUE
    };
    struct str key = row_key(s, 'f', w, sizeof w);
    const uint32_t *nr = known(s, key);
    sqlite3_stmt *find, *put;

    if (nr)
        return *nr;
    find = sql(
        s, "SELECT nr FROM figure_kind WHERE measure = ?1 AND op IS ?2 AND class IS ?3 "
           "AND unit IS ?4 AND modality IS ?5 AND background IS ?6");
    put = sql(s,
              "INSERT INTO figure_kind(measure, op, class, unit, modality, background) "
              "VALUES(?1,?2,?3,?4,?5,?6)");
    sql_bind(find, "iiiiii", w[0], w[1], w[2], w[3], w[4], w[5]);
    sql_bind(put, "iiiiii", w[0], w[1], w[2], w[3], w[4], w[5]);
    return learn(s, key, find, put);
}

static int64_t event_kind(struct store *s, const struct node *e)
{
    int64_t w[] = { word(s, tree_str(e, "type")), word(s, tree_str(e, "mode")),
                    word(s, tree_str(e, "cameo")), word(s, tree_str(e, "modality")) };
    struct str key = row_key(s, 'e', w, sizeof w);
    const uint32_t *nr = known(s, key);
    sqlite3_stmt *find, *put;

    if (nr)
        return *nr;
    find = sql(
        s,
        "SELECT nr FROM event_kind WHERE type = ?1 AND mode IS ?2 AND cameo IS ?3 AND "
        "modality IS ?4");
    put = sql(
        s, "INSERT INTO event_kind(type, mode, cameo, modality) VALUES(?1,?2,?3,?4)");
    sql_bind(find, "iiii", w[0], w[1], w[2], w[3]);
    sql_bind(put, "iiii", w[0], w[1], w[2], w[3]);
    return learn(s, key, find, put);
}

/* Where a fact is said to have happened; lat and lon are no numbers, NULL to SQLite,
 * where a place has none. */
static int64_t site(struct store *s, const struct node *place)
{
    struct {
        int64_t name, country, precision;
        double lat, lon;
    } p = { word(s, tree_str(place, "name")), word(s, tree_str(place, "country")),
            word(s, tree_str(place, "precision")), NAN, NAN };
    struct str key;
    const uint32_t *nr;
    sqlite3_stmt *find, *put;

    if (!tree_real(tree_get(place, "lat"), &p.lat) ||
        !tree_real(tree_get(place, "lon"), &p.lon))
        p.lat = p.lon = NAN;
    if (p.name == SQL_NULL && p.country == SQL_NULL && p.precision == SQL_NULL)
        return SQL_NULL;
    key = row_key(s, 'p', &p, sizeof p);
    nr = known(s, key);
    if (nr)
        return *nr;
    find = sql(s, "SELECT nr FROM site WHERE place IS ?1 AND country IS ?2 AND "
                  "precision IS ?3 AND "
                  "lat IS ?4 AND lon IS ?5");
    put = sql(
        s,
        "INSERT INTO site(place, country, precision, lat, lon) VALUES(?1,?2,?3,?4,?5)");
    sql_bind(find, "iiidd", p.name, p.country, p.precision, p.lat, p.lon);
    sql_bind(put, "iiidd", p.name, p.country, p.precision, p.lat, p.lon);
    return learn(s, key, find, put);
}

/* ---- rows ---- */

/* The first of a list of actors: the rest stands in the reading. */
static struct str first(const struct entities *all, const struct node *fact,
                        const char *member)
{
    const struct node *list = tree_get(fact, member);

    return tree_str(entity(all, list ? list->child : NULL), "name");
}

/* high - low, low taken as 0 where that side is open; open where it is too wide to hold. */
static int64_t width(int64_t low, int64_t high)
{
    int64_t out;

    if (high == SQL_NULL || low == SQL_NULL)
        return high;
    return __builtin_sub_overflow(high, low, &out) ? SQL_NULL : out;
}

/* A span's length; lines without sound spans are refused when they come in. */
static int64_t length_of(const struct node *fact)
{
    return width(number(fact, "start"), number(fact, "end"));
}

static bool put_figure(struct store *s, int64_t nr, const struct entities *all,
                       const struct node *f)
{
    sqlite3_stmt *q = sql(s, "INSERT INTO figure VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)");
    int64_t start = number(f, "start"), low = number(f, "low");

    sql_bind(q, "iiiiiiiii", nr, start, length_of(f), low,
             width(low, number(f, "high")), figure_kind(s, f),
             word(s, named(all, f, "place")), word(s, tree_str(f, "as_of")),
             word(s, named(all, f, "claimant")));
    return sql_run(s, q);
}

static bool put_event(struct store *s, int64_t nr, const struct entities *all,
                      const struct node *e)
{
    sqlite3_stmt *q = sql(s, "INSERT INTO event VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)");
    int64_t start = number(e, "start");

    sql_bind(q, "iiiiiiiii", nr, start, length_of(e), event_kind(s, e),
             word(s, first(all, e, "actors")), word(s, first(all, e, "recipients")),
             site(s, entity(all, tree_get(e, "place"))), word(s, tree_str(e, "time")),
             word(s, named(all, e, "claimant")));
    return sql_run(s, q);
}

static bool put_statement(struct store *s, int64_t nr, const struct entities *all,
                          const struct node *t)
{
    sqlite3_stmt *q = sql(s, "INSERT INTO statement VALUES(?1,?2,?3,?4,?5)");
    int64_t start = number(t, "start");

    sql_bind(q, "iiiii", nr, start, length_of(t), word(s, tree_str(t, "form")),
             word(s, named(all, t, "speaker")));
    return sql_run(s, q);
}

typedef bool put_fact(struct store *s, int64_t nr, const struct entities *all,
                      const struct node *fact);

/* What comes after the 65,536th of its kind stands in the reading alone. */
static bool put_all(struct store *s, int64_t report, const struct entities *all,
                    const struct node *list, put_fact *put)
{
    int64_t n = 0;

    for (const struct node *fact = list ? list->child : NULL; fact && n < FACTS_MAX;
         fact = fact->next)
        if (!put(s, report * FACTS_MAX + n++, all, fact))
            return false;
    return true;
}

bool store_facts(struct store *s, int64_t report, const struct node *reading)
{
    struct entities all = entities_of(&s->scratch, reading);

    return put_all(s, report, &all, tree_get(reading, "figures"), put_figure) &&
           put_all(s, report, &all, tree_get(reading, "events"), put_event) &&
           put_all(s, report, &all, tree_get(reading, "statements"), put_statement);
}
