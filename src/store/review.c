#include "store/review.h"

#include "base/buf.h"
#include "base/json.h"
#include "store/sql.h"

#define LINES_MAX ((size_t)64 << 20)

/* ---- the fact ---- */

static struct str dumped(struct arena *arena, const json_t *value)
{
    char *words = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(12));
    struct str kept = arena_str(arena, str_from(words));

    free(words);
    return kept;
}

static bool is_at(const json_t *fact, int64_t start, int64_t end)
{
    return json_integer_value(json_object_get(fact, "start")) == start &&
           json_integer_value(json_object_get(fact, "end")) == end;
}

static const char *list_of(struct str kind)
{
    if (str_eq(kind, STR("figure")))
        return "figures";
    return str_eq(kind, STR("event")) ? "events" : "statements";
}

/* A claimant or speaker is told by name instead of by number. */
static void name_entity(json_t *fact, const char *key, const json_t *entities)
{
    const json_t *nr = json_object_get(fact, key);
    json_t *name;

    if (!json_is_integer(nr))
        return;
    name = json_object_get(json_array_get(entities, (size_t)json_integer_value(nr)),
                           "name");
    json_object_set(fact, key, name);
}

struct str store_fact(struct arena *arena, struct store *s,
                      const struct store_candidate *at, int64_t *of)
{
    struct str line = store_line(arena, s, at->report), found = { NULL, 0 };
    json_t *reading = json_loadb(line.ptr ? line.ptr : "", line.len, 0, NULL);
    const json_t *list = json_object_get(reading, list_of(at->kind));

    *of = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *fact = json_array_get(list, i);

        if (!is_at(fact, at->start, at->end) ||
            (*of)++ != (at->fact > 0 ? at->fact : 0))
            continue;
        name_entity(fact, "claimant", json_object_get(reading, "entities"));
        name_entity(fact, "speaker", json_object_get(reading, "entities"));
        found = dumped(arena, fact);
    }
    json_decref(reading);
    return found;
}

/* "corrob 0.1.0", and the entry of the lexicon where the fact names one. */
static struct str rule_of(struct arena *arena, struct str fact)
{
    json_t *o = json_loadb(fact.ptr, fact.len, 0, NULL);
    struct str rule = store_member(o, "rule");
    struct buf b = buf_new(arena, SIZE_MAX);

    buf_str(&b, STR("corrob " CORROB_VERSION));
    if (rule.len > 0) {
        buf_char(&b, ' ');
        buf_str(&b, rule);
    }
    json_decref(o);
    return buf_view(&b);
}

/* ---- the log ---- */

/* The story of the report is compared anew. */
static bool touch(struct store *s, struct str report)
{
    sqlite3_stmt *q = sql(s, "UPDATE story SET change = ?1 WHERE nr = (SELECT story "
                             "FROM report WHERE id = ?2)");

    sql_bind(q, "is", store_next_change(s), report);
    return sql_run(s, q);
}

static bool append(struct store *s, const struct store_review *r)
{
    sqlite3_stmt *q = sql(
        s,
        "INSERT INTO review(at, who, report, kind, start, end, decision, undoes, "
        "machine, change, rule, fact) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)");

    sql_bind(q, "isssiisistsi", (int64_t)time(NULL), r->who, r->report, r->kind,
             r->start, r->end, r->decision, r->undoes > 0 ? r->undoes : SQL_NULL,
             r->machine, r->change, r->rule, r->fact >= 0 ? r->fact : SQL_NULL);
    return sql_run(s, q) && touch(s, r->report);
}

/* Whether each member of an edit is one that the kind of fact has. */
static bool is_fitting(struct str kind, struct str change, struct err *err)
{
    static const struct {
        const char *kind, *members;
    } has[] = { { "figure", " low high measure class claimant as_of modality " },
                { "event", " type date modality " },
                { "statement", " speaker " } };
    json_t *set = json_loadb(change.ptr ? change.ptr : "", change.len, 0, NULL);
    bool ok = json_object_size(set) > 0;
    const char *name;
    json_t *value;

    if (!ok)
        err_set(err, ERR_USAGE, -1, "an edit is an object that sets something");
    json_object_foreach(set, name, value) for (size_t i = 0; ok && i < COUNT(has); i++)
    {
        char word[40];

        snprintf(word, sizeof word, " %s ", name);
        if (str_eq(kind, str_from(has[i].kind)) && !strstr(has[i].members, word))
            ok = err_set(err, ERR_USAGE, -1, "%s: no %s has it", name, has[i].kind);
    }
    json_decref(set);
    return ok;
}

bool store_review_put(struct store *s, const struct store_review *review,
                      struct err *err)
{
    struct store_review r = *review;
    const struct store_candidate at = { .report = r.report,
                                        .kind = r.kind,
                                        .start = r.start,
                                        .end = r.end,
                                        .fact = r.fact };
    int64_t of;

    if (!s->writing)
        arena_reset(&s->scratch);
    r.undoes = 0;
    r.machine = store_fact(&s->scratch, s, &at, &of);
    if (r.machine.len == 0)
        return sql_ok(s, err) &&
               err_set(err, ERR_MISSING, -1, "the report has no such fact");
    if (str_eq(r.decision, STR("edit")) && !is_fitting(r.kind, r.change, err))
        return false;
    r.rule = rule_of(&s->scratch, r.machine);
    if (store_begin(s))
        append(s, &r);
    return store_flush(s, err);
}

#define REVIEW_COLUMNS                                                                \
    "v.nr, v.at, v.start, v.end, coalesce(v.undoes, 0), r.story, v.who, v.report, "   \
    "v.kind, v.decision, v.machine, v.change, v.rule, substr(r.text, v.start + 1, "   \
    "v.end - v.start), coalesce(r.outlet, r.domain), r.title, EXISTS (SELECT 1 FROM " \
    "decisions d WHERE d.nr = v.nr), coalesce(v.fact, -1), EXISTS (SELECT 1 FROM "    \
    "idle_decisions d WHERE d.nr = v.nr) FROM review v JOIN report r ON r.id = "      \
    "v.report "

static struct store_review review_of(struct arena *arena, sqlite3_stmt *q)
{
    return (struct store_review){
        .nr = sql_i64(q, 0, 0),
        .at = sql_i64(q, 1, 0),
        .start = sql_i64(q, 2, 0),
        .end = sql_i64(q, 3, 0),
        .undoes = sql_i64(q, 4, 0),
        .story = sql_i64(q, 5, 0),
        .who = sql_str(arena, q, 6),
        .report = sql_str(arena, q, 7),
        .kind = sql_str(arena, q, 8),
        .decision = sql_str(arena, q, 9),
        .machine = sql_str(arena, q, 10),
        .change = sql_str(arena, q, 11),
        .rule = sql_str(arena, q, 12),
        .quote = sql_str(arena, q, 13),
        .outlet = sql_str(arena, q, 14),
        .title = sql_str(arena, q, 15),
        .holds = sql_i64(q, 16, 0) != 0,
        .fact = sql_i64(q, 17, -1),
        .idle = sql_i64(q, 18, 0) != 0,
    };
}

static struct store_reviews collect(struct arena *arena, struct store *s,
                                    sqlite3_stmt *q, uint32_t limit)
{
    struct store_reviews found = { 0 };

    while (sql_next(s, q, found.row.count, limit, &found.more))
        *PUSH(arena, &found.row) = review_of(arena, q);
    return found;
}

bool store_review_undo(struct store *s, int64_t nr, struct str who, struct err *err)
{
    sqlite3_stmt *q =
        nr > 0 ? sql(s, "SELECT " REVIEW_COLUMNS "WHERE v.nr = ?1 AND v.nr IN (SELECT "
                        "nr FROM decisions)")
               : sql(s, "SELECT " REVIEW_COLUMNS "WHERE v.nr = (SELECT max(nr) FROM "
                        "decisions WHERE who = ?1)");
    struct store_reviews found;
    struct store_review undo;

    if (!s->writing)
        arena_reset(&s->scratch);
    if (nr > 0)
        sql_bind(q, "i", nr);
    else
        sql_bind(q, "s", who);
    found = collect(&s->scratch, s, q, 2);
    if (found.row.count == 0)
        return sql_ok(s, err) && err_set(err, ERR_MISSING, -1, "nothing to take back");
    undo = found.row.at[0];
    undo.undoes = undo.nr;
    undo.who = who;
    undo.decision = STR("undo");
    undo.change = (struct str){ NULL, 0 };
    if (store_begin(s))
        append(s, &undo);
    return store_flush(s, err);
}

struct store_reviews store_reviews(struct arena *arena, struct store *s, int64_t before,
                                   uint32_t limit)
{
    sqlite3_stmt *q = sql(s, "SELECT " REVIEW_COLUMNS "WHERE v.nr < ?1 ORDER BY v.nr "
                             "DESC LIMIT ?2");

    sql_bind(q, "ii", before > 0 ? before : INT64_MAX, (int64_t)limit + 1);
    return collect(arena, s, q, limit);
}

struct store_reviews store_decisions(struct arena *arena, struct store *s,
                                     int64_t story)
{
    sqlite3_stmt *q =
        sql(s, "SELECT " REVIEW_COLUMNS "WHERE r.story = ?1 AND v.nr IN (SELECT nr "
               "FROM decisions WHERE story = ?1) ORDER BY v.report, v.start, v.nr");

    sql_bind(q, "i", story);
    return collect(arena, s, q, UINT32_MAX);
}

/* ---- what waits ---- */

/* Which of the figures of its span a figure is. */
#define FACT                                                                         \
    "(SELECT count(*) FROM figure g WHERE g.nr >= r.nr * 65536 AND g.nr < f.nr AND " \
    "g.start = f.start AND g.length = f.length)"

#define WAITING                                                                        \
    "FROM report r CROSS JOIN figure f ON f.nr BETWEEN r.nr * 65536 AND r.nr * 65536 " \
    "+ 65535 JOIN figure_kind k ON k.nr = f.kind WHERE k.measure IN (SELECT nr FROM "  \
    "word WHERE text IN ('killed','injured','missing','detained','abducted',"          \
    "'displaced','casualties')) AND k.background IS NOT 1 AND NOT EXISTS (SELECT 1 "   \
    "FROM decisions d WHERE d.report = r.id AND d.kind = 'figure' AND d.start = "      \
    "f.start AND d.end = f.start + f.length AND (d.fact IS NULL OR d.fact = " FACT     \
    ")) "
#define CANDIDATE                                                                     \
    "SELECT r.id, r.nr, f.nr & 65535, f.start, f.start + f.length, " FACT " " WAITING \
    "AND (r.nr < ?1 OR (r.nr = ?1 AND f.nr & 65535 > ?2)) "
#define NEWEST_FIRST "ORDER BY r.nr DESC, f.nr LIMIT 1"

bool store_candidate(struct arena *arena, struct store *s, int64_t story,
                     int64_t before_nr, int64_t before_n, struct store_candidate *out)
{
    sqlite3_stmt *q = story > 0 ? sql(s, CANDIDATE "AND r.story = ?3 " NEWEST_FIRST)
                                : sql(s, CANDIDATE NEWEST_FIRST);
    bool found = false;

    sql_bind(q, story > 0 ? "iii" : "ii", before_nr > 0 ? before_nr : INT64_MAX,
             before_n, story);
    while (sql_row(s, q)) {
        *out = (struct store_candidate){ .report = sql_str(arena, q, 0),
                                         .kind = STR("figure"),
                                         .report_nr = sql_i64(q, 1, 0),
                                         .n = sql_i64(q, 2, 0),
                                         .start = sql_i64(q, 3, 0),
                                         .end = sql_i64(q, 4, 0),
                                         .fact = sql_i64(q, 5, 0) };
        found = true;
    }
    return found;
}

int64_t store_candidates(struct store *s, int64_t story, int64_t most)
{
    sqlite3_stmt *q =
        story > 0
            ? sql(s, "SELECT count(*) FROM (SELECT 1 " WAITING "AND r.story = ?2 LIMIT "
                     "?1)")
            : sql(s, "SELECT count(*) FROM (SELECT 1 " WAITING "LIMIT ?1)");

    sql_bind(q, story > 0 ? "ii" : "i", most, story);
    return sql_one(s, q, 0);
}

/* ---- for the comparison ---- */

/* A line with the decisions on its facts, as corrob_report_lines takes them: the last of
 * those that share a span comes first, so that a rejection moves none that is still named. */
struct str store_reviewed(struct arena *arena, struct store *s, struct str id,
                          struct str line)
{
    sqlite3_stmt *q = sql(s, "SELECT kind, start, end, decision, who, change, "
                             "coalesce(fact, -1) FROM decisions WHERE report = ?1 AND "
                             "decision <> 'accept' ORDER BY fact DESC");
    struct buf b = { 0 };
    struct json j = { 0 };
    size_t end = line.len;

    sql_bind(q, "s", id);
    while (sql_row(s, q)) {
        struct str change = sql_str(arena, q, 5);

        if (!b.ptr) {
            b = buf_new(arena, line.len + LINES_MAX);
            while (end > 0 && line.ptr[end - 1] != '}')
                end--;
            buf_str(&b, str_slice(line, 0, end > 0 ? end - 1 : 0));
            buf_str(&b, STR(",\"reviews\":"));
            j = json_to(&b);
            json_open(&j, '[');
        }
        json_open(&j, '{');
        json_member(&j, "kind", sql_str(arena, q, 0));
        json_key(&j, "start");
        json_i64(&j, sql_i64(q, 1, 0));
        json_key(&j, "end");
        json_i64(&j, sql_i64(q, 2, 0));
        if (sql_i64(q, 6, -1) >= 0) {
            json_key(&j, "fact");
            json_i64(&j, sql_i64(q, 6, 0));
        }
        json_member(&j, "decision", sql_str(arena, q, 3));
        json_member(&j, "by", sql_str(arena, q, 4));
        if (change.len > 0) {
            json_key(&j, "set");
            buf_str(&b, change);
        }
        json_close(&j, '}');
    }
    if (!b.ptr)
        return line;
    json_close(&j, ']');
    buf_char(&b, '}');
    return buf_view(&b);
}

/* ---- for exports ---- */

static json_t *decision_json(const struct store_review *r)
{
    json_t *o = json_pack(
        "{s:s% s:s% s:I s:I s:s% s:s% s:I s:s% s:O}", "report", r->report.ptr,
        r->report.len, "kind", r->kind.ptr, r->kind.len, "start", (json_int_t)r->start,
        "end", (json_int_t)r->end, "decision", r->decision.ptr, r->decision.len, "who",
        r->who.ptr, r->who.len, "at", (json_int_t)r->at, "rule", r->rule.ptr,
        r->rule.len, "machine", json_null());

    json_object_set_new(o, "machine",
                        json_loadb(r->machine.ptr, r->machine.len, 0, NULL));
    if (r->fact >= 0)
        json_object_set_new(o, "fact", json_integer(r->fact));
    if (r->change.len > 0)
        json_object_set_new(o, "change",
                            json_loadb(r->change.ptr, r->change.len, 0, NULL));
    return o;
}

bool store_whole_situation(struct arena *arena, struct store *s, int64_t story,
                           struct str policy, struct str *json, struct err *err)
{
    struct str lines = store_story_lines(arena, s, story);
    struct store_reviews decisions = store_decisions(arena, s, story);
    json_t *all, *list;

    if (lines.len == 0)
        return sql_ok(s, err) &&
               err_set(err, ERR_MISSING, -1, "no story %lld", (long long)story);
    if (!store_compare_lines(arena, s, lines, policy, json, NULL))
        return sql_ok(s, err);
    if (decisions.row.count == 0)
        return sql_ok(s, err);
    all = json_loadb(json->ptr, json->len, 0, NULL);
    list = json_array();
    for (uint32_t i = 0; i < decisions.row.count; i++)
        json_array_append_new(list, decision_json(&decisions.row.at[i]));
    json_object_set_new(all, "reviews", list);
    *json = dumped(arena, all);
    json_decref(all);
    return sql_ok(s, err);
}
