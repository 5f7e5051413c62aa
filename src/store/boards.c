/* Lists over all stories: conflicts, sources, places. */
#include "store/sql.h"

static struct store_conflict conflict_of(struct arena *arena, sqlite3_stmt *q)
{
    return (struct store_conflict){
        .story = sql_i64(q, 0, 0),
        .n = sql_i64(q, 1, 0),
        .low = sql_i64(q, 2, -1),
        .high = sql_i64(q, 3, -1),
        .gap = sql_i64(q, 4, -1),
        .title = sql_str(arena, q, 5),
        .kind = sql_str(arena, q, 6),
        .about = sql_str(arena, q, 7),
        .since = sql_str(arena, q, 8),
        .until = sql_str(arena, q, 9),
        .sides = sql_str(arena, q, 10),
    };
}

static sqlite3_stmt *conflicts_statement(struct store *s, int64_t story,
                                         enum store_conflict_order order)
{
#define CONFLICTS(where, by)                                                         \
    "SELECT c.story, c.n, c.low, c.high, c.gap, t.title, c.kind, c.about, c.since, " \
    "c.until, c.sides FROM conflict c JOIN story t ON t.nr = c.story WHERE " where   \
    " ORDER BY " by ", c.story, c.n LIMIT ?1 OFFSET ?2"
    if (story > 0)
        return sql(s, CONFLICTS("c.story = ?3", "c.gap DESC"));
    if (order == CONFLICTS_BY_AGE)
        return sql(s, CONFLICTS("1", "c.since IS NULL, c.since"));
    if (order == CONFLICTS_LATEST)
        return sql(s, CONFLICTS("1", "c.until DESC"));
    return sql(s, CONFLICTS("1", "c.gap DESC"));
}

struct store_conflicts store_conflicts(struct arena *arena, struct store *s,
                                       int64_t story, enum store_conflict_order order,
                                       uint32_t skip, uint32_t limit)
{
    sqlite3_stmt *q = conflicts_statement(s, story, order);
    struct store_conflicts found = { 0 };

    sql_bind(q, story > 0 ? "iii" : "ii", (int64_t)limit + 1, (int64_t)skip, story);
    while (sql_next(s, q, found.row.count, limit, &found.more))
        *PUSH(arena, &found.row) = conflict_of(arena, q);
    return found;
}

/* "Its text first": of an origin of several reports, the one published first. */
struct store_sources store_sources(struct arena *arena, struct store *s, uint32_t limit)
{
    sqlite3_stmt *q = sql(
        s,
        "SELECT coalesce(outlet, domain, ''), substr(min(published), 1, 10), "
        "substr(max(published), 1, 10), count(*), count(published), "
        "avg(size), avg(CASE WHEN age <= 20 THEN size END), "
        "count(origin), sum(lead) FROM (SELECT outlet, domain, published, length(text) "
        "AS size, "
        "origin, "
        "row_number() OVER (PARTITION BY outlet ORDER BY published_at DESC) AS age, "
        "origin IS NOT NULL AND row_number() OVER (PARTITION BY story, origin ORDER BY "
        "published_at IS NULL, published_at, nr) = 1 AS lead FROM report) "
        "GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ?1");
    struct store_sources found = { 0 };

    sql_bind(q, "i", (int64_t)limit);
    while (sql_row(s, q))
        *PUSH(arena, &found.row) = (struct store_source){
            .outlet = sql_str(arena, q, 0),
            .first = sql_str(arena, q, 1),
            .last = sql_str(arena, q, 2),
            .reports = sql_i64(q, 3, 0),
            .dated = sql_i64(q, 4, 0),
            .mean_length = sql_i64(q, 5, 0),
            .recent_length = sql_i64(q, 6, 0),
            .compared = sql_i64(q, 7, 0),
            .first_of_origin = sql_i64(q, 8, 0),
        };
    return found;
}

static sqlite3_stmt *places_statement(struct store *s, bool located)
{
#define PLACES(where)                                                                  \
    "SELECT (SELECT text FROM word WHERE nr = p.place), (SELECT text FROM word WHERE " \
    "nr = p.country), (SELECT text FROM word WHERE nr = p.precision), p.lat, p.lon, "  \
    "count(*), "                                                                       \
    "count(DISTINCT r.story), t.nr, t.title, max(t.last_at) FROM event e JOIN site p " \
    "ON p.nr = e.site JOIN report r ON r.nr = e.nr / 65536 JOIN story t ON t.nr = "    \
    "r.story WHERE p.place IS NOT NULL AND " where                                     \
    " AND coalesce(r.published_at, r.added_at) >= ?1 GROUP BY p.place, p.country, "    \
    "p.lat, p.lon ORDER BY count(*) DESC, p.place LIMIT ?2"
    return located ? sql(s, PLACES("p.lat IS NOT NULL"))
                   : sql(s, PLACES("p.lat IS NULL"));
}

struct store_places store_places(struct arena *arena, struct store *s, bool located,
                                 int64_t since, uint32_t limit)
{
    sqlite3_stmt *q = places_statement(s, located);
    struct store_places found = { 0 };

    sql_bind(q, "ii", since, (int64_t)limit);
    while (sql_row(s, q))
        *PUSH(arena, &found.row) = (struct store_place){
            .name = sql_str(arena, q, 0),
            .country = sql_str(arena, q, 1),
            .precision = sql_str(arena, q, 2),
            .lat = located ? sqlite3_column_double(q, 3) : 0,
            .lon = located ? sqlite3_column_double(q, 4) : 0,
            .located = located,
            .events = sql_i64(q, 5, 0),
            .stories = sql_i64(q, 6, 0),
            .story = sql_i64(q, 7, 0),
            .title = sql_str(arena, q, 8),
        };
    return found;
}
