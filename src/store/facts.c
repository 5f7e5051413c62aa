/* The facts of a reading as rows, for people with SQL and for lists over all stories. */
#include "base/table.h"
#include "store/sql.h"

#define WORDS_MAX 200000 /* kept in memory */

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
static struct str first(const struct entities *all, const struct node *fact,
                        const char *member)
{
    const struct node *list = tree_get(fact, member);

    return tree_str(entity(all, list ? list->child : NULL), "name");
}

static bool put_figure(struct store *s, int64_t report, int64_t n,
                       const struct entities *all, const struct node *f)
{
    const struct node *background = tree_get(f, "background");
    sqlite3_stmt *q = sql(s, "INSERT INTO figure VALUES"
                             "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)");
    int64_t w[] = {
        word(s, tree_str(f, "measure")),    word(s, tree_str(f, "op")),
        word(s, tree_str(f, "class")),      word(s, tree_str(f, "unit")),
        word(s, named(all, f, "place")),    word(s, tree_str(f, "as_of")),
        word(s, named(all, f, "claimant")), word(s, tree_str(f, "modality"))
    };

    sql_bind(q, "iiiiiiiiiiiiiii", report, n, number(f, "start"), number(f, "end"),
             number(f, "low"), number(f, "high"),
             (int64_t)(background && background->kind == NODE_TRUE), w[0], w[1], w[2],
             w[3], w[4], w[5], w[6], w[7]);
    return sql_run(s, q);
}

static void bind_place(sqlite3_stmt *q, int column, const struct node *place)
{
    double lat, lon;

    if (q && tree_real(tree_get(place, "lat"), &lat) &&
        tree_real(tree_get(place, "lon"), &lon)) {
        sqlite3_bind_double(q, column, lat);
        sqlite3_bind_double(q, column + 1, lon);
    }
}

static bool put_event(struct store *s, int64_t report, int64_t n,
                      const struct entities *all, const struct node *e)
{
    const struct node *place = entity(all, tree_get(e, "place"));
    sqlite3_stmt *q = sql(s, "INSERT INTO event VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,"
                             "?11,?12,?13,?14,?15,?16,?17)");
    int64_t w[] = {
        word(s, tree_str(e, "type")),         word(s, tree_str(e, "mode")),
        word(s, tree_str(e, "cameo")),        word(s, first(all, e, "actors")),
        word(s, first(all, e, "recipients")), word(s, tree_str(place, "name")),
        word(s, tree_str(place, "country")),  word(s, tree_str(place, "precision")),
        word(s, tree_str(e, "time")),         word(s, named(all, e, "claimant")),
        word(s, tree_str(e, "modality"))
    };

    sql_bind(q, "iiiiiiiiiiiiiiiii", report, n, number(e, "start"), number(e, "end"),
             SQL_NULL, SQL_NULL, w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8],
             w[9], w[10]);
    bind_place(q, 5, place);
    return sql_run(s, q);
}

static bool put_statement(struct store *s, int64_t report, int64_t n,
                          const struct entities *all, const struct node *t)
{
    sqlite3_stmt *q = sql(s, "INSERT INTO statement VALUES(?1,?2,?3,?4,?5,?6)");

    sql_bind(q, "iiiiii", report, n, number(t, "start"), number(t, "end"),
             word(s, tree_str(t, "form")), word(s, named(all, t, "speaker")));
    return sql_run(s, q);
}

typedef bool put_fact(struct store *s, int64_t report, int64_t n,
                      const struct entities *all, const struct node *fact);

static bool put_all(struct store *s, int64_t report, const struct entities *all,
                    const struct node *list, put_fact *put)
{
    int64_t n = 0;

    for (const struct node *fact = list ? list->child : NULL; fact; fact = fact->next)
        if (!put(s, report, n++, all, fact))
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
