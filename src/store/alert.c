#include "store/alert.h"

#include "base/buf.h"
#include "store/sql.h"

#define WORDS_MAX 4096
#define RETRY_SECONDS 60 /* times the square of the tries before */

/* ---- rules ---- */

static bool is_one_of(struct str kind, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(kind, str_from(names[i])))
            return true;
    return false;
}

static bool makes_sense(const struct store_rule *r, struct err *err)
{
    static const char *const kinds[] = { "toll", "rise", "claimant", "conflict",
                                         "story" };
    static const char *const measures[] = { "killed",    "injured",  "missing",
                                            "detained",  "abducted", "displaced",
                                            "casualties" };

    if (!is_one_of(r->kind, kinds, COUNT(kinds)))
        return err_set(err, ERR_USAGE, -1,
                       "a rule is toll, rise, claimant, conflict or story");
    if ((str_eq(r->kind, STR("toll")) || str_eq(r->kind, STR("rise"))) && r->least < 1)
        return err_set(err, ERR_USAGE, -1, "a number of 1 or more is missing");
    if (r->measure.len > 0 && !is_one_of(r->measure, measures, COUNT(measures)))
        return err_set(err, ERR_USAGE, -1,
                       "a toll is of killed, injured, missing, detained, abducted, "
                       "displaced or casualties");
    if (str_eq(r->kind, STR("story")) && r->place.len == 0)
        return err_set(err, ERR_USAGE, -1, "a place is missing");
    return true;
}

bool store_rule_put(struct store *s, const struct store_rule *r, struct err *err)
{
    sqlite3_stmt *q = sql(s, "INSERT INTO rule(at, who, kind, measure, least, place, "
                             "target) VALUES(?1,?2,?3,?4,?5,?6,?7)");

    if (!makes_sense(r, err))
        return false;
    sql_bind(q, "isstitt", (int64_t)time(NULL), r->who, r->kind, r->measure,
             r->least > 0 ? r->least : SQL_NULL, r->place, r->target);
    if (store_begin(s))
        sql_run(s, q);
    return store_flush(s, err);
}

bool store_rule_end(struct store *s, int64_t nr, struct err *err)
{
    sqlite3_stmt *q =
        sql(s, "UPDATE rule SET ended_at = ?1 WHERE nr = ?2 AND ended_at IS NULL");
    int changed = 0;

    sql_bind(q, "ii", (int64_t)time(NULL), nr);
    if (store_begin(s) && sql_run(s, q))
        changed = sqlite3_changes(s->db);
    return store_flush(s, err) &&
           (changed > 0 || err_set(err, ERR_MISSING, -1, "there is no such rule"));
}

static struct store_rule rule_of(struct arena *arena, sqlite3_stmt *q)
{
    return (struct store_rule){
        .nr = sql_i64(q, 0, 0),
        .at = sql_i64(q, 1, 0),
        .least = sql_i64(q, 2, 0),
        .who = sql_str(arena, q, 3),
        .kind = sql_str(arena, q, 4),
        .measure = sql_str(arena, q, 5),
        .place = sql_str(arena, q, 6),
        .target = sql_str(arena, q, 7),
        .ended = sql_i64(q, 8, 0) > 0,
        .raised = sql_i64(q, 9, 0),
    };
}

struct store_rules store_rules(struct arena *arena, struct store *s)
{
    sqlite3_stmt *q = sql(
        s, "SELECT nr, at, least, who, kind, measure, place, target, ended_at, "
           "(SELECT count(*) FROM alert a WHERE a.rule = r.nr) FROM rule r ORDER BY "
           "ended_at IS NOT NULL, nr DESC");
    struct store_rules found = { 0 };

    while (sql_row(s, q))
        *PUSH(arena, &found.row) = rule_of(arena, q);
    return found;
}

bool store_has_rules(struct store *s)
{
    sqlite3_stmt *q = sql(s, "SELECT 1 FROM rule WHERE ended_at IS NULL LIMIT 1");
    bool found = false;

    while (sql_row(s, q))
        found = true;
    return found;
}

/* ---- what a comparison has that the one before had not ---- */

/* Something that a rule may speak of. */
struct item {
    struct str kind; /* level, claimant, conflict, place */
    struct str key; /* level: the measure; conflict: its first finding; else what it is,
                      * in small letters */
    struct str words;
    int64_t level;
    const json_t *evidence;
    struct str passages; /* of a conflict: what all its sides rest on */
};

struct items {
    ARRAY(struct item) at;
};

static struct str lowered(struct arena *arena, struct str s)
{
    char *to = NEW(arena, char, s.len + 1);

    if (str_starts_fold(s, STR("the ")))
        s = str_after(s, 4);
    for (size_t i = 0; i < s.len; i++)
        to[i] = ascii_lower(s.ptr[i]);
    return (struct str){ to, s.len };
}

static struct item *item_of(struct arena *arena, struct items *all, const char *kind,
                            struct str key)
{
    for (uint32_t i = 0; i < all->at.count; i++) {
        struct item *it = &all->at.at[i];

        if (str_eq(it->kind, str_from(kind)) && str_eq(it->key, key))
            return it;
    }
    *PUSH(arena, &all->at) = (struct item){ .kind = str_from(kind), .key = key };
    return &all->at.at[all->at.count - 1];
}

static bool is_toll(const json_t *figure)
{
    static const char *const measures[] = { "killed",    "injured",  "missing",
                                            "detained",  "abducted", "displaced",
                                            "casualties" };
    struct str modality = store_member(figure, "modality");

    return is_one_of(store_member(figure, "measure"), measures, COUNT(measures)) &&
           !json_is_true(json_object_get(figure, "background")) &&
           (modality.len == 0 || str_eq(modality, STR("asserted")));
}

static void take_toll(struct arena *arena, struct items *all, const json_t *finding)
{
    const json_t *f = json_object_get(finding, "figure");
    const json_t *list = json_object_get(finding, "evidence");
    int64_t low = json_integer_value(json_object_get(f, "low"));

    if (!is_toll(f))
        return;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *e = json_array_get(list, i);
        struct str who = store_member(e, "claimant");
        struct item *it;

        if (who.len == 0 || str_eq(store_member(e, "stance"), STR("disputes")))
            continue;
        it = item_of(arena, all, "claimant", lowered(arena, who));
        if (!it->evidence) {
            it->words = who;
            it->evidence = e;
        }
    }
    if (!str_eq(store_member(finding, "status"), STR("superseded")) &&
        !json_is_true(json_object_get(f, "subset")) && low > 0) {
        struct item *it = item_of(arena, all, "level", store_member(f, "measure"));

        if (low > it->level) {
            it->level = low;
            it->words = store_member(finding, "summary");
            it->evidence = json_array_get(list, 0);
        }
    }
}

/* ---- conflicts ---- */

/* Where a finding stands in the list; its length: nowhere. */
static size_t place_of(const json_t *findings, const json_t *id)
{
    struct str wanted = { json_string_value(id), json_string_length(id) };
    size_t i = 0;

    while (i < json_array_size(findings) &&
           !str_eq(store_member(json_array_get(findings, i), "id"), wanted))
        i++;
    return i;
}

/* The first of all findings that a conflict holds, from one of them: sides of a side are
 * in it, too. */
static size_t first_side(const json_t *findings, size_t i)
{
    for (size_t first = i;; i = first) {
        const json_t *against = json_object_get(json_array_get(findings, i), "against");

        for (size_t k = 0; k < json_array_size(against); k++) {
            size_t side = place_of(findings, json_array_get(against, k));

            first = side < first ? side : first;
        }
        if (first == i)
            return i;
    }
}

/* "\nab12 24 33\n": the passages that a finding rests on. */
static void put_passages(struct buf *b, const json_t *evidence)
{
    for (size_t i = 0; i < json_array_size(evidence); i++) {
        const json_t *e = json_array_get(evidence, i);

        buf_printf(b, "\n%.*s %lld %lld\n", STR_ARG(store_member(e, "report")),
                   (long long)json_integer_value(json_object_get(e, "start")),
                   (long long)json_integer_value(json_object_get(e, "end")));
    }
}

/* All sides of one question are one item. */
static void take_conflict(struct arena *arena, struct items *all,
                          const json_t *findings, size_t i)
{
    const json_t *finding = json_array_get(findings, i);
    const json_t *against = json_object_get(finding, "against");
    const json_t *evidence = json_object_get(finding, "evidence");
    struct buf words = buf_new(arena, SIZE_MAX), passages = buf_new(arena, SIZE_MAX);
    struct item *it;

    if (json_array_size(against) == 0)
        return;
    it = item_of(arena, all, "conflict",
                 store_member(json_array_get(findings, first_side(findings, i)), "id"));
    buf_str(&passages, it->passages);
    put_passages(&passages, evidence);
    it->passages = buf_view(&passages);
    if (it->evidence)
        return;
    buf_str(&words, store_member(finding, "summary"));
    buf_str(&words, STR(" against "));
    buf_str(&words,
            store_member(json_array_get(findings,
                                        place_of(findings, json_array_get(against, 0))),
                         "summary"));
    it->words = buf_view(&words);
    it->evidence = json_array_get(evidence, 0);
}

/* Whether a conflict has a passage in common with one of those before: the first source
 * of a side changes, and so does its finding. */
/* Whether a line of the list is this passage: "\nab12 24 33\n" has no "ab12 24 3". */
static bool has_passage(struct str list, struct str passage)
{
    for (size_t at; (at = str_find(list, passage)) != STR_NPOS;) {
        if (at > 0 && list.ptr[at - 1] == '\n' && at + passage.len < list.len &&
            list.ptr[at + passage.len] == '\n')
            return true;
        list = str_after(list, at + 1);
    }
    return false;
}

static bool known_conflict(const struct items *before, const struct item *conflict)
{
    for (uint32_t i = 0; i < before->at.count; i++) {
        const struct item *it = &before->at.at[i];
        struct str rest = conflict->passages, passage;

        while (str_eq(it->kind, conflict->kind) && str_split(&rest, '\n', &passage))
            if (passage.len > 0 && has_passage(it->passages, passage))
                return true;
    }
    return false;
}

static struct items items_of(struct arena *arena, const json_t *situation)
{
    const json_t *story = json_array_get(json_object_get(situation, "stories"), 0);
    const json_t *findings = json_object_get(story, "findings");
    const json_t *places = json_object_get(story, "places");
    struct items all = { 0 };

    for (size_t i = 0; i < json_array_size(findings); i++) {
        take_toll(arena, &all, json_array_get(findings, i));
        take_conflict(arena, &all, findings, i);
    }
    for (size_t i = 0; i < json_array_size(places); i++) {
        const json_t *p = json_array_get(places, i);

        item_of(arena, &all, "place", lowered(arena, store_member(p, "name")))->words =
            store_member(p, "name");
        item_of(arena, &all, "place", lowered(arena, store_member(p, "country")))
            ->words = store_member(p, "name");
    }
    return all;
}

static const struct item *find(const struct items *all, struct str kind, struct str key)
{
    for (uint32_t i = 0; i < all->at.count; i++)
        if (str_eq(all->at.at[i].kind, kind) && str_eq(all->at.at[i].key, key))
            return &all->at.at[i];
    return NULL;
}

/* ---- raising ---- */

struct raising {
    struct arena *arena;
    struct store *s;
    int64_t story;
    bool first; /* the story is compared for the first time */
    struct items before, now;
};

/* Not again where the sorter has moved what it rests on to another story. */
static bool raise_alert(const struct raising *r, const struct store_rule *rule,
                        const struct item *it, const char *key, struct str words)
{
    sqlite3_stmt *q = sql(
        r->s, "INSERT INTO alert(rule, key, at, story, words, report, start, end, "
              "delivered_at) SELECT ?1,?2,?3,?4,?5,?6,?7,?8,?9 WHERE NOT EXISTS "
              "(SELECT 1 FROM alert a JOIN story t ON t.nr = a.story WHERE a.rule = "
              "?1 AND a.story <> ?4 AND (t.merged_into IS ?4 OR ?6 IS NOT NULL) AND "
              "(a.report, a.start, a.end) IS (?6, ?7, ?8)) ON CONFLICT(rule, key) DO "
              "NOTHING");
    const json_t *start = json_object_get(it->evidence, "start");
    int64_t now = (int64_t)time(NULL);

    sql_bind(q, "isiistiii", rule->nr, str_from(key), now, r->story, words,
             store_member(it->evidence, "report"),
             start ? json_integer_value(start) : SQL_NULL,
             start ? json_integer_value(json_object_get(it->evidence, "end"))
                   : SQL_NULL,
             rule->target.len > 0 ? SQL_NULL : now);
    return sql_run(r->s, q);
}

static int64_t level_before(const struct raising *r, const struct store_rule *rule,
                            const struct item *it)
{
    const struct item *old = find(&r->before, it->kind, it->key);
    sqlite3_stmt *q =
        sql(r->s, "SELECT level FROM level WHERE rule = ?1 AND story = ?2 "
                  "AND measure = ?3");
    int64_t level = old ? old->level : 0;

    sql_bind(q, "iis", rule->nr, r->story, it->key);
    while (sql_row(r->s, q))
        level = sql_i64(q, 0, 0);
    return level;
}

static bool keep_level(const struct raising *r, const struct store_rule *rule,
                       const struct item *it, int64_t level)
{
    sqlite3_stmt *q =
        sql(r->s, "INSERT INTO level VALUES(?1,?2,?3,?4) ON CONFLICT(rule, "
                  "story, measure) DO UPDATE SET level = excluded.level");

    sql_bind(q, "iisi", rule->nr, r->story, it->key, level);
    return sql_run(r->s, q);
}

static bool raise_level(const struct raising *r, const struct store_rule *rule,
                        const struct item *it)
{
    const struct item *old = find(&r->before, it->kind, it->key);
    struct buf words = buf_new(r->arena, WORDS_MAX + it->words.len);
    char key[160];
    int64_t from;

    if (rule->measure.len > 0 && !str_eq(rule->measure, it->key))
        return true;
    if (str_eq(rule->kind, STR("toll"))) {
        if (it->level < rule->least || (old && old->level >= rule->least))
            return true;
        snprintf(key, sizeof key, "%lld %.*s", (long long)r->story, STR_ARG(it->key));
        buf_printf(&words, "%lld or more %.*s: ", (long long)rule->least,
                   STR_ARG(it->key));
        buf_str(&words, it->words);
        return raise_alert(r, rule, it, key, buf_view(&words));
    }
    from = level_before(r, rule, it);
    if (from > 0 && it->level - from < (from * rule->least + 99) / 100)
        return true;
    if (!keep_level(r, rule, it, it->level) || from == 0)
        return r->s->err.code == ERR_OK;
    snprintf(key, sizeof key, "%lld %.*s %lld", (long long)r->story, STR_ARG(it->key),
             (long long)it->level);
    buf_printf(&words, "%.*s from %lld to %lld: ", STR_ARG(it->key), (long long)from,
               (long long)it->level);
    buf_str(&words, it->words);
    return raise_alert(r, rule, it, key, buf_view(&words));
}

static bool raise_new(const struct raising *r, const struct store_rule *rule,
                      const struct item *it)
{
    bool conflict = str_eq(it->kind, STR("conflict"));
    struct buf words = buf_new(r->arena, WORDS_MAX + it->words.len);
    struct buf key = buf_new(r->arena, WORDS_MAX + it->key.len);

    if (conflict ? known_conflict(&r->before, it)
                 : r->first || find(&r->before, it->kind, it->key) != NULL)
        return true;
    buf_printf(&key, "%lld ", (long long)r->story);
    buf_str(&key, it->key);
    buf_char(&key, '\0');
    buf_str(&words, conflict ? STR("a conflict: ") : STR("a new claimant: "));
    buf_str(&words, it->words);
    return raise_alert(r, rule, it, key.ptr, buf_view(&words));
}

static bool is_there(const struct raising *r, const struct store_rule *rule)
{
    return rule->place.len == 0 ||
           find(&r->now, STR("place"), lowered(r->arena, rule->place)) != NULL;
}

static bool raise_story(const struct raising *r, const struct store_rule *rule)
{
    struct buf words = buf_new(r->arena, WORDS_MAX + rule->place.len);
    struct item nothing = { .evidence = NULL };
    char key[32];

    if (find(&r->before, STR("place"), lowered(r->arena, rule->place)))
        return true;
    snprintf(key, sizeof key, "%lld", (long long)r->story);
    buf_str(&words, STR("a story at "));
    buf_str(&words, rule->place);
    return raise_alert(r, rule, &nothing, key, buf_view(&words));
}

static bool apply(const struct raising *r, const struct store_rule *rule)
{
    bool tolls = str_eq(rule->kind, STR("toll")) || str_eq(rule->kind, STR("rise"));
    bool ok = true;

    if (rule->ended || !is_there(r, rule))
        return true;
    if (str_eq(rule->kind, STR("story")))
        return raise_story(r, rule);
    for (uint32_t i = 0; ok && i < r->now.at.count; i++) {
        const struct item *it = &r->now.at.at[i];

        if (tolls && str_eq(it->kind, STR("level")))
            ok = raise_level(r, rule, it);
        else if (!tolls && str_eq(it->kind, rule->kind))
            ok = raise_new(r, rule, it);
    }
    return ok;
}

/* The comparison that is kept now, packed JSON, or absent. */
static struct str kept_before(struct arena *arena, struct store *s, int64_t story)
{
    sqlite3_stmt *q = sql(s, "SELECT json FROM situation WHERE story = ?1");
    struct str json = { NULL, 0 };

    sql_bind(q, "i", story);
    while (sql_row(s, q))
        if (!store_unpack(arena, s, sql_str(arena, q, 0), &json))
            json = (struct str){ NULL, 0 };
    return json;
}

bool store_raise(struct arena *arena, struct store *s, int64_t story, struct str json)
{
    struct raising r = { .arena = arena, .s = s, .story = story };
    struct store_rules rules;
    struct str old;
    json_t *before, *now;
    bool ok = true;

    if (!store_has_rules(s))
        return s->err.code == ERR_OK;
    rules = store_rules(arena, s);
    old = kept_before(arena, s, story);
    before = json_loadb(old.ptr ? old.ptr : "", old.len, 0, NULL);
    now = json_loadb(json.ptr, json.len, 0, NULL);
    r.first = before == NULL;
    r.before = items_of(arena, before);
    r.now = items_of(arena, now);
    for (uint32_t i = 0; ok && i < rules.row.count; i++)
        ok = apply(&r, &rules.row.at[i]);
    json_decref(before);
    json_decref(now);
    return ok;
}

/* ---- what was raised ---- */

#define ALERT_COLUMNS                                                                \
    "SELECT a.nr, a.at, a.rule, a.story, a.start, a.end, a.delivered_at, a.tries, "  \
    "u.kind, a.words, t.title, a.report, (SELECT substr(text, a.start + 1, a.end - " \
    "a.start) FROM report WHERE id = a.report), u.target, a.failure FROM alert a "   \
    "JOIN "                                                                          \
    "rule u ON u.nr = a.rule JOIN story t ON t.nr = a.story "

static struct store_alert alert_of(struct arena *arena, sqlite3_stmt *q)
{
    return (struct store_alert){
        .nr = sql_i64(q, 0, 0),
        .at = sql_i64(q, 1, 0),
        .rule = sql_i64(q, 2, 0),
        .story = sql_i64(q, 3, 0),
        .start = sql_i64(q, 4, -1),
        .end = sql_i64(q, 5, -1),
        .delivered_at = sql_i64(q, 6, 0),
        .tries = sql_i64(q, 7, 0),
        .kind = sql_str(arena, q, 8),
        .words = sql_str(arena, q, 9),
        .title = sql_str(arena, q, 10),
        .report = sql_str(arena, q, 11),
        .quote = sql_str(arena, q, 12),
        .target = sql_str(arena, q, 13),
        .failure = sql_str(arena, q, 14),
    };
}

struct store_alerts store_alerts(struct arena *arena, struct store *s, int64_t before,
                                 uint32_t limit)
{
    sqlite3_stmt *q =
        sql(s, ALERT_COLUMNS "WHERE a.nr < ?1 ORDER BY a.nr DESC LIMIT ?2");
    struct store_alerts found = { 0 };

    sql_bind(q, "ii", before > 0 ? before : INT64_MAX, (int64_t)limit + 1);
    while (sql_next(s, q, found.row.count, limit, &found.more))
        *PUSH(arena, &found.row) = alert_of(arena, q);
    return found;
}

bool store_alert_next(struct arena *arena, struct store *s, int64_t after, bool now,
                      struct store_alert *out)
{
    sqlite3_stmt *q =
        sql(s, ALERT_COLUMNS "WHERE a.delivered_at IS NULL AND a.nr > ?4 AND (?5 OR "
                             "(a.tries < ?1 AND a.tried_at + ?2 * a.tries * a.tries <= "
                             "?3)) ORDER BY a.nr LIMIT 1");
    bool found = false;

    sql_bind(q, "iiiii", (int64_t)STORE_ALERT_TRIES, (int64_t)RETRY_SECONDS,
             (int64_t)time(NULL), after, (int64_t)now);
    while (sql_row(s, q)) {
        *out = alert_of(arena, q);
        found = true;
    }
    return found;
}

bool store_alert_done(struct store *s, int64_t nr, const char *failure, struct err *err)
{
    sqlite3_stmt *q = sql(s, "UPDATE alert SET tries = tries + 1, tried_at = ?2, "
                             "delivered_at = ?3, failure = ?4 WHERE nr = ?1");
    int64_t now = (int64_t)time(NULL);

    sql_bind(q, "iiit", nr, now, failure ? SQL_NULL : now, str_from(failure));
    if (store_begin(s))
        sql_run(s, q);
    return store_flush(s, err);
}

/* ---- searches ---- */

bool store_search_keep(struct store *s, struct str name, struct str words,
                       struct str who, struct err *err)
{
    sqlite3_stmt *q =
        sql(s, "INSERT INTO saved_search(at, who, name, words) VALUES(?1,?2,?3,?4) ON "
               "CONFLICT(words) DO UPDATE SET name = excluded.name");

    if (words.len == 0)
        return err_set(err, ERR_USAGE, -1, "no words to search for");
    sql_bind(q, "isss", (int64_t)time(NULL), who, name.len > 0 ? name : words, words);
    if (store_begin(s))
        sql_run(s, q);
    return store_flush(s, err);
}

bool store_search_drop(struct store *s, int64_t nr, struct err *err)
{
    sqlite3_stmt *q = sql(s, "DELETE FROM saved_search WHERE nr = ?1");

    sql_bind(q, "i", nr);
    if (store_begin(s))
        sql_run(s, q);
    return store_flush(s, err);
}

struct store_saved_list store_searches(struct arena *arena, struct store *s)
{
    sqlite3_stmt *q =
        sql(s, "SELECT nr, name, words FROM saved_search ORDER BY name, nr LIMIT 200");
    struct store_saved_list found = { 0 };

    while (sql_row(s, q))
        *PUSH(arena, &found.row) =
            (struct store_saved){ sql_i64(q, 0, 0), sql_str(arena, q, 1),
                                  sql_str(arena, q, 2) };
    return found;
}
