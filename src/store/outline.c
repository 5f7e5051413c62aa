/* What lists show of a comparison: origins, the toll and its steps, open conflicts. */
#include "base/buf.h"
#include "base/json.h"
#include "base/table.h"
#include "store/sql.h"

#define ENDLESS INT64_MAX

/* Measures by what a reader looks for first. */
static const char *const tolls[] = { "killed",    "casualties", "missing", "injured",
                                     "displaced", "abducted",   "detained" };

struct toll {
    const char *measure;
    struct str class_name;
    int64_t low, high; /* over what still stands; high ENDLESS: open */
    struct buf *steps;
    bool found;
};

static int64_t number(const json_t *object, const char *name, int64_t otherwise)
{
    const json_t *v = json_object_get(object, name);

    return json_is_integer(v) ? json_integer_value(v) : otherwise;
}

static bool is(const json_t *object, const char *name, const char *value)
{
    return str_eq(store_member(object, name), str_from(value));
}

/* A toll that someone states of this happening: no part of a greater one, no plan. */
static bool states_toll(const json_t *finding, const char *measure)
{
    const json_t *f = json_object_get(finding, "figure");

    return f && is(f, "measure", measure) &&
           !json_is_true(json_object_get(f, "background")) &&
           !json_is_true(json_object_get(f, "subset")) &&
           (!json_object_get(f, "modality") || is(f, "modality", "asserted"));
}

/* The whole, "people", before the largest class that is counted. */
static struct str class_counted(const json_t *findings, const char *measure)
{
    struct str best = { NULL, 0 };
    int64_t most = -1;

    for (size_t i = 0; i < json_array_size(findings); i++) {
        const json_t *finding = json_array_get(findings, i);
        const json_t *f = json_object_get(finding, "figure");
        int64_t n;

        if (!states_toll(finding, measure))
            continue;
        n = number(f, "low", 0);
        if (is(f, "class", "people"))
            n += INT32_MAX;
        if (n > most) {
            most = n;
            best = store_member(f, "class");
        }
    }
    return best;
}

struct step {
    struct str day;
    int64_t low, high;
};

static int by_day(const void *a, const void *b)
{
    const struct step *x = a, *y = b;
    int order = str_cmp(x->day, y->day);

    return order ? order : (x->low > y->low) - (x->low < y->low);
}

static void put_steps(struct buf *out, struct step *step, uint32_t count)
{
    struct json j = json_to(out);

    qsort(step, count, sizeof *step, by_day);
    json_open(&j, '[');
    for (uint32_t i = 0; i < count; i++) {
        json_open(&j, '[');
        json_str(&j, step[i].day);
        json_i64(&j, step[i].low);
        if (step[i].high == ENDLESS)
            json_none(&j);
        else
            json_i64(&j, step[i].high);
        json_close(&j, ']');
    }
    json_close(&j, ']');
}

static struct str day_of(const json_t *figure)
{
    struct str day = store_member(figure, "as_of");

    return day.len > 0 ? day : store_member(figure, "date");
}

static bool find_toll(struct store *s, const json_t *findings, const char *measure,
                      struct toll *out, struct buf *steps)
{
    ARRAY(struct step) step = { 0 };
    struct str counted = class_counted(findings, measure);

    *out = (struct toll){ .measure = measure, .class_name = counted, .low = ENDLESS };
    for (size_t i = 0; i < json_array_size(findings); i++) {
        const json_t *finding = json_array_get(findings, i);
        const json_t *f = json_object_get(finding, "figure");
        int64_t low, high;

        if (!states_toll(finding, measure) ||
            !str_eq(store_member(f, "class"), counted))
            continue;
        low = number(f, "low", 0);
        high = number(f, "high", ENDLESS);
        *PUSH(&s->scratch, &step) = (struct step){ day_of(f), low, high };
        if (is(finding, "status", "superseded"))
            continue;
        out->found = true;
        out->low = low < out->low ? low : out->low;
        out->high = high > out->high ? high : out->high;
    }
    if (out->found)
        put_steps(steps, step.at, step.count);
    return out->found;
}

/* ---- conflicts ---- */

/* The question that a finding is one side of: found through "against". */
struct sides {
    struct table index; /* of a finding by its id */
    const json_t *findings;
    uint32_t *root; /* of each finding: the first of its question */
    uint32_t count;
};

static uint32_t root_of(struct sides *x, uint32_t i)
{
    while (x->root[i] != i)
        i = x->root[i];
    return i;
}

static void join(struct sides *x, uint32_t a, uint32_t b)
{
    a = root_of(x, a);
    b = root_of(x, b);
    if (a < b)
        x->root[b] = a;
    else
        x->root[a] = b;
}

static struct sides sides_of(struct arena *arena, const json_t *findings)
{
    struct sides x = { .findings = findings,
                       .count = (uint32_t)json_array_size(findings) };

    x.root = NEW(arena, uint32_t, x.count + 1);
    for (uint32_t i = 0; i < x.count; i++) {
        x.root[i] = i;
        *table_put(arena, &x.index, store_member(json_array_get(findings, i), "id")) =
            i;
    }
    for (uint32_t i = 0; i < x.count; i++) {
        const json_t *against = json_object_get(json_array_get(findings, i), "against");

        for (size_t k = 0; k < json_array_size(against); k++) {
            const json_t *id = json_array_get(against, k);
            uint32_t *other =
                table_find(&x.index, (struct str){ json_string_value(id),
                                                   json_string_length(id) });

            if (other)
                join(&x, i, *other);
        }
    }
    return x;
}

struct question {
    int64_t low, high; /* least and greatest number that any side tells */
    int64_t widest;    /* gap between the two that lie farthest apart */
    int64_t first_high, last_low;
    struct str since, until;
    uint32_t sides;
};

static void put_side(struct json *j, const json_t *finding)
{
    const json_t *f = json_object_get(finding, "figure");
    const json_t *evidence = json_array_get(json_object_get(finding, "evidence"), 0);

    json_open(j, '{');
    json_member(j, "finding", store_member(finding, "id"));
    json_member(j, "summary", store_member(finding, "summary"));
    json_member(j, "claimant", store_member(evidence, "claimant"));
    json_member(j, "report", store_member(evidence, "report"));
    json_key(j, "start");
    json_i64(j, number(evidence, "start", 0));
    json_key(j, "end");
    json_i64(j, number(evidence, "end", 0));
    json_member(j, "as_of", day_of(f));
    if (f && number(f, "low", -1) >= 0) {
        json_key(j, "low");
        json_i64(j, number(f, "low", -1));
    }
    if (f && number(f, "high", -1) >= 0) {
        json_key(j, "high");
        json_i64(j, number(f, "high", -1));
    }
    json_close(j, '}');
}

static void weigh(struct question *q, const json_t *finding)
{
    const json_t *f = json_object_get(finding, "figure");
    struct str day = day_of(f);
    int64_t low = number(f, "low", 0), high = number(f, "high", ENDLESS);

    q->sides++;
    if (day.len > 0 && (q->since.len == 0 || str_cmp(day, q->since) < 0))
        q->since = day;
    if (day.len > 0 && (q->until.len == 0 || str_cmp(day, q->until) > 0))
        q->until = day;
    if (!f)
        return;
    if (low < q->low)
        q->low = low;
    if (high > q->high)
        q->high = high;
    if (high < q->first_high)
        q->first_high = high;
    if (low > q->last_low)
        q->last_low = low;
}

static struct str about(struct arena *arena, const json_t *finding)
{
    const json_t *f = json_object_get(finding, "figure");
    const json_t *e = json_object_get(finding, "event");
    struct buf b = buf_new(arena, SIZE_MAX);

    buf_str(&b, f   ? store_member(f, "measure")
                : e ? store_member(e, "type")
                    : STR("said"));
    if (f && store_member(f, "class").len > 0) {
        buf_str(&b, STR(", "));
        buf_str(&b, store_member(f, "class"));
    }
    return buf_view(&b);
}

/* The first evidence that denies a finding, or NULL. */
static const json_t *denial(const json_t *finding)
{
    const json_t *list = json_object_get(finding, "evidence");

    if (!is(finding, "status", "disputed"))
        return NULL;
    for (size_t i = 0; i < json_array_size(list); i++)
        if (is(json_array_get(list, i), "stance", "disputes"))
            return json_array_get(list, i);
    return NULL;
}

static bool has_rival(const json_t *finding)
{
    return json_array_size(json_object_get(finding, "against")) > 0 ||
           denial(finding) != NULL;
}

/* Who says that it is not so. */
static void put_denial(struct arena *arena, struct json *j, const json_t *finding)
{
    const json_t *e = denial(finding);
    struct buf words = buf_new(arena, SIZE_MAX);

    if (!e)
        return;
    buf_str(&words, STR("denied: "));
    buf_str(&words, store_member(e, "quote"));
    json_open(j, '{');
    json_member(j, "finding", store_member(finding, "id"));
    json_member(j, "summary", buf_view(&words));
    json_member(j, "claimant", store_member(e, "claimant"));
    json_member(j, "report", store_member(e, "report"));
    json_key(j, "start");
    json_i64(j, number(e, "start", 0));
    json_key(j, "end");
    json_i64(j, number(e, "end", 0));
    json_close(j, '}');
}

static bool put_question(struct store *s, int64_t story, struct sides *x, uint32_t root,
                         int64_t *gap)
{
    struct question q = { .low = ENDLESS, .first_high = ENDLESS, .high = -1 };
    const json_t *head = json_array_get(x->findings, root);
    struct buf b = buf_new(&s->scratch, SIZE_MAX);
    struct json j = json_to(&b);
    bool figure = json_object_get(head, "figure") != NULL;
    sqlite3_stmt *row =
        sql(s, "INSERT INTO conflict VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)");

    json_open(&j, '[');
    for (uint32_t i = root; i < x->count; i++)
        if (root_of(x, i) == root) {
            weigh(&q, json_array_get(x->findings, i));
            put_side(&j, json_array_get(x->findings, i));
            put_denial(&s->scratch, &j, json_array_get(x->findings, i));
        }
    json_close(&j, ']');
    q.widest = q.last_low - q.first_high;
    *gap = figure && q.widest > 0 ? q.widest : 0;
    sql_bind(row, "iissiiitts", story, (int64_t)root, store_member(head, "kind"),
             about(&s->scratch, head), figure ? q.low : SQL_NULL,
             figure && q.high != ENDLESS ? q.high : SQL_NULL, figure ? *gap : SQL_NULL,
             q.since, q.until, buf_view(&b));
    return sql_run(s, row);
}

/* Questions with at least two sides; how many, and the widest gap. */
static bool put_conflicts(struct store *s, int64_t story, const json_t *findings,
                          int64_t *count, int64_t *widest)
{
    struct sides x = sides_of(&s->scratch, findings);

    for (uint32_t i = 0; i < x.count; i++) {
        int64_t gap;

        if (root_of(&x, i) != i || !has_rival(json_array_get(findings, i)))
            continue;
        if (!put_question(s, story, &x, i, &gap))
            return false;
        *count += 1;
        *widest = gap > *widest ? gap : *widest;
    }
    return true;
}

/* ---- the story's row ---- */

static bool put_origins(struct store *s, const json_t *story, int64_t from)
{
    const json_t *origins = json_object_get(story, "origins");
    sqlite3_stmt *q = sql(s, "UPDATE report SET origin = ?1 WHERE id = ?2");

    for (size_t o = 0; o < json_array_size(origins); o++)
        for (size_t i = 0; i < json_array_size(json_array_get(origins, o)); i++) {
            const json_t *id = json_array_get(json_array_get(origins, o), i);

            sql_bind(q, "is", from + (int64_t)o,
                     (struct str){ json_string_value(id), json_string_length(id) });
            if (!sql_run(s, q))
                return false;
        }
    return true;
}

static bool put_outline(struct store *s, int64_t nr, int64_t change,
                        const json_t *story)
{
    const json_t *findings = json_object_get(story, "findings");
    struct buf steps = buf_new(&s->scratch, SIZE_MAX);
    struct toll toll = { .measure = "" };
    int64_t conflicts = 0, gap = 0;
    sqlite3_stmt *q = sql(s, "DELETE FROM conflict WHERE story = ?1");

    for (size_t i = 0; !toll.found && i < COUNT(tolls); i++)
        find_toll(s, findings, tolls[i], &toll, &steps);
    sql_bind(q, "i", nr);
    if (!sql_run(s, q) || !put_origins(s, story, 0) ||
        !put_conflicts(s, nr, findings, &conflicts, &gap))
        return false;
    q = sql(s,
            "UPDATE story SET compared = ?2, origins = ?3, findings = ?4, conflicts = "
            "?5, gap = ?6, toll = ?7, toll_low = ?8, toll_high = ?9, steps = ?10, "
            "title = coalesce(?11, title) WHERE nr = ?1");
    sql_bind(q, "iiiiiitiitt", nr, change,
             (int64_t)json_array_size(json_object_get(story, "origins")),
             (int64_t)json_array_size(findings), conflicts, gap,
             str_from(toll.found ? toll.measure : ""), toll.found ? toll.low : SQL_NULL,
             toll.found && toll.high != ENDLESS ? toll.high : SQL_NULL,
             buf_view(&steps), store_member(story, "title"));
    return sql_run(s, q);
}

bool store_outline(struct store *s, int64_t story, int64_t change, struct str json)
{
    json_t *situation = json_loadb(json.ptr, json.len, 0, NULL);
    const json_t *stories = json_object_get(situation, "stories");
    bool ok = put_outline(s, story, change, json_array_get(stories, 0));

    json_decref(situation);
    return ok;
}
