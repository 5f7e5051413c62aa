#include "store/store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "check.h"
#include "corrob.h"
#include "store/alert.h"
#include "store/review.h"
#include "store/ruling.h"
#include "store/sql.h"

struct fixture {
    struct arena arena;
    struct buf lines;
    char folder[64], path[96];
    struct store *s;
    struct err err;
};

static bool on_output(void *context, const char *bytes, size_t len)
{
    buf_str(context, (struct str){ bytes, len });
    return true;
}

/* Two outlets on one happening, who differ, and a third on another. */
static const char records[] =
    "{\"id\":\"a\",\"title\":\"Mine collapse kills 12\",\"outlet\":\"The Belmar Post\","
    "\"published\":\"2031-03-04T10:00:00Z\",\"text\":\"At least 12 miners were killed "
    "when "
    "a coal mine collapsed near Osgar on Tuesday, the Energy Ministry said.\\n\\n"
    "Rescuers pulled 30 others from the mine in Osgar.\"}\n"
    "{\"id\":\"b\",\"title\":\"Union counts 31 dead in Osgar mine\",\"outlet\":\"Kesh "
    "Radio\",\"published\":\"2031-03-04T15:00:00Z\",\"text\":\"The miners' union said "
    "31 "
    "miners were killed when the coal mine collapsed near Osgar on Tuesday.\\n\\nThe "
    "Energy "
    "Ministry said at 3 p.m. that exactly 12 miners were killed in the mine in Osgar. "
    "\\u00c9lan Marsk, who leads the union, said: \\\"We have counted them.\\\"\"}\n"
    "{\"id\":\"c\",\"title\":\"Harbour strike in Tuvell\",\"outlet\":\"Tuvell Times\","
    "\"published\":\"2031-02-01T08:00:00Z\",\"text\":\"About 2,000 dockers walked out "
    "in "
    "Tuvell on Saturday over pay.\"}\n";

static bool read_records(struct fixture *f, const char *json, struct buf *out)
{
    struct corrob_options options = { .format = "jsonl",
                                      .input_format = "jsonl",
                                      .threads = 1,
                                      .on_output = on_output,
                                      .context = out };
    const char *paths[] = { f->path };
    struct corrob *c = NULL;
    FILE *file = fopen(f->path, "wb");
    bool ok = file && fputs(json, file) >= 0 && fclose(file) == 0 &&
              corrob_open(&c, &options) == CORROB_OK &&
              corrob_read(c, paths, 1) == CORROB_OK;

    corrob_close(c);
    unlink(f->path);
    return ok;
}

static void add_all(struct fixture *f, enum store_added expected)
{
    struct str rest = buf_view(&f->lines), line;

    while (str_split(&rest, '\n', &line)) {
        enum store_added did = STORE_KNOWN;

        if (line.len == 0)
            continue;
        CHECK(store_add(f->s, line, &did, &f->err), "%s", f->err.detail);
        CHECK(did == expected, "%d", (int)did);
    }
    CHECK(store_flush(f->s, &f->err), "%s", f->err.detail);
}

static void test_lines_come_back(struct fixture *f)
{
    struct str rest = buf_view(&f->lines), line;

    while (str_split(&rest, '\n', &line)) {
        struct str back;

        if (line.len == 0)
            continue;
        back = store_line(
            &f->arena, f->s,
            str_slice(line, sizeof "{\"schema\":\"corrob.article/1\",\"id\":",
                      sizeof "{\"schema\":\"corrob.article/1\",\"id\":" + 16));
        CHECK(str_eq(line, back), "%.*s\n%.*s", STR_ARG(line), STR_ARG(back));
    }
}

static void test_stories(struct fixture *f)
{
    struct store_stories_query query = { .limit = 10 };
    struct store_stories all = store_stories(&f->arena, f->s, &query);
    struct store_situation made;
    int64_t mine;

    CHECK(all.row.count == 2, "%u stories", all.row.count);
    if (all.row.count != 2)
        return;
    mine = all.row.at[0].nr;
    CHECK(str_find(all.row.at[0].place, STR("Osgar")) != STR_NPOS, "in %.*s",
          STR_ARG(all.row.at[0].place));
    CHECK(all.row.at[0].reports == 2, "%d", (int)all.row.at[0].reports);
    CHECK(all.row.at[0].conflicts == -1, "compared before it was asked for");
    CHECK(store_situation(&f->arena, f->s, mine, STR(""), &made, &f->err), "%s",
          f->err.detail);
    CHECK(str_find(made.json, STR("\"status\":\"disputed\"")) != STR_NPOS, "%.*s",
          STR_ARG(made.json));
    CHECK(str_find(made.json, STR("\"reports\":[{")) == STR_NPOS, "reports twice");
    CHECK(str_starts(made.html, STR("<article")), "%.80s", made.html.ptr);
    all = store_stories(&f->arena, f->s, &query);
    CHECK(all.row.at[0].conflicts == 1, "%d", (int)all.row.at[0].conflicts);
    CHECK(all.row.at[0].origins == 2, "%d", (int)all.row.at[0].origins);
    CHECK(all.row.at[0].toll_high == 31, "%d", (int)all.row.at[0].toll_high);
    CHECK(str_eq(all.row.at[0].toll, STR("killed")), "%.*s",
          STR_ARG(all.row.at[0].toll));
    query.conflicts = true;
    CHECK(store_stories(&f->arena, f->s, &query).row.count == 1, "facet");
    query = (struct store_stories_query){ .limit = 1 };
    all = store_stories(&f->arena, f->s, &query);
    CHECK(all.row.count == 1 && all.more, "a page of one");
    query.before_at = all.row.at[0].last_at;
    query.before_nr = all.row.at[0].nr;
    all = store_stories(&f->arena, f->s, &query);
    CHECK(all.row.count == 1 && !all.more && all.row.at[0].nr != mine, "the next page");
}

static uint32_t hits(struct fixture *f, const char *words)
{
    return store_search(&f->arena, f->s, str_from(words), 0, 10).row.count;
}

static void test_search(struct fixture *f)
{
    struct store_reports found;

    CHECK(hits(f, "miners") == 2, "%u", hits(f, "miners"));
    CHECK(hits(f, "\"coal mine collapsed\"") == 2, "phrase");
    CHECK(hits(f, "mine NOT union") == 1, "operator");
    CHECK(hits(f, "elan") == 1, "accents");
    CHECK(hits(f, "title:strike") == 1, "column");
    /* What is no query of FTS5 is looked for as words. */
    CHECK(hits(f, "miners' union") == 1, "%u", hits(f, "miners' union"));
    CHECK(hits(f, "\"") == 0 && hits(f, "AND (") == 0 && hits(f, "   ") == 0,
          "nonsense");
    found = store_search(&f->arena, f->s, STR("strike"), 0, 10);
    CHECK(found.row.count == 1 && found.row.at[0].marked.len > 0, "extract");
}

static void test_memos(struct fixture *f)
{
    CHECK(store_memo(&f->arena, f->s, STR("feed")).len == 0, "there before");
    CHECK(store_memo_put(f->s, STR("feed"), STR("etag"), &f->err), "%s", f->err.detail);
    CHECK(store_memo_put(f->s, STR("feed"), STR("e2"), &f->err), "%s", f->err.detail);
    CHECK(str_eq(store_memo(&f->arena, f->s, STR("feed")), STR("e2")), "not kept");
    CHECK(store_memo_put(f->s, STR("feed"), STR(""), &f->err), "%s", f->err.detail);
    CHECK(store_memo(&f->arena, f->s, STR("feed")).len == 0, "not taken away");
}

static void test_refusals(struct fixture *f)
{
    enum store_added did;
    struct store *other;
    FILE *file;

    CHECK(!store_add(f->s, STR("{\"schema\":"), &did, &f->err), "broken JSON");
    CHECK(!store_add(f->s, STR("{}"), &did, &f->err), "no reading");
    CHECK(!store_add(
              f->s,
              STR("{\"schema\":\"corrob.article/1\",\"id\":\"00\",\"input\":\"x\"}"),
              &did, &f->err),
          "no text");
    snprintf(f->path, sizeof f->path, "%s/no.db", f->folder);
    CHECK(!store_open(f->path, STORE_READ, &other, &f->err),
          "opened what is not there");
    file = fopen(f->path, "wb");
    fputs("this is a text and no database, however long it may be …………………………………………………",
          file);
    fclose(file);
    CHECK(!store_open(f->path, STORE_WRITE, &other, &f->err), "opened a text");
    unlink(f->path);
}

/* SQL from another process. */
static bool change(const char *path, const char *words)
{
    sqlite3 *db;
    bool ok = sqlite3_open(path, &db) == SQLITE_OK &&
              sqlite3_exec(db, words, NULL, NULL, NULL) == SQLITE_OK;

    sqlite3_close(db);
    return ok;
}

static void test_upkeep(struct fixture *f)
{
    char path[96];
    struct store *first = f->s;
    struct store_merged n;

    CHECK(store_check(first, NULL, NULL, &f->err), "%s", f->err.detail);
    CHECK(store_vacuum(first, &f->err), "%s", f->err.detail);
    snprintf(path, sizeof path, "%s/b.db", f->folder);
    CHECK(store_open(path, STORE_WRITE, &f->s, &f->err), "%s", f->err.detail);
    snprintf(f->path, sizeof f->path, "%s/a.db", f->folder);
    CHECK(store_merge(f->s, f->path, &n, &f->err), "%s", f->err.detail);
    CHECK(n.added == 3, "%d", (int)n.added);
    CHECK(change(f->path, "INSERT INTO story(nr) VALUES(900); INSERT INTO rule(nr, at, "
                          "who, kind) VALUES(9, 0, 'Ana', 'story'); INSERT INTO "
                          "alert(rule, key, at, story, words) VALUES(9, '900', 0, 900, "
                          "'gone'), (9, '900 b', 0, 900, 'gone')"),
          "alerts of a story without reports");
    CHECK(store_merge(f->s, f->path, &n, &f->err) && n.added == 0, "merged twice");
    CHECK(n.alerts_left == 2, "%d alerts left out", (int)n.alerts_left);
    CHECK(change(f->path,
                 "DELETE FROM alert; DELETE FROM rule; DELETE FROM story WHERE "
                 "nr = 900"),
          "as it was");
    CHECK(store_counts(f->s).reports == 3, "%d", (int)store_counts(f->s).reports);
    CHECK(store_check(f->s, NULL, NULL, &f->err), "%s", f->err.detail);
    store_close(f->s);
    f->s = first;
}

/* A store as the first version made it: readings in rows of their own, stories numbered
 * as the sorter had them. */
static bool make_first_version(struct fixture *f, const char *path)
{
    extern const char store_0001_sql[];
    struct str rest = buf_view(&f->lines), line, cut;
    sqlite3_stmt *q = NULL;
    sqlite3 *db = NULL;
    bool ok =
        sqlite3_open(path, &db) == SQLITE_OK &&
        sqlite3_exec(db, store_0001_sql, NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_exec(db,
                     "PRAGMA application_id=1668248178; PRAGMA user_version=1; "
                     "INSERT INTO story(nr, reports, change) VALUES(1,1,1),(2,2,2)",
                     NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db,
                           "INSERT INTO report(id, story, input, title, published, "
                           "added_at, text, reading) VALUES(json_extract(?1, "
                           "'$.id'), ?3, 'x', json_extract(?1, '$.title'), "
                           "json_extract(?1, '$.published.value'), 0, "
                           "json_extract(?1, '$.text'), ?2)",
                           -1, &q, NULL) == SQLITE_OK;

    for (int i = 0; ok && i < 3 && str_split(&rest, '\n', &line); i++) {
        ok = store_cut(&f->arena, line, &cut);
        cut = store_pack(&f->arena, f->s, cut);
        sql_bind(q, "sbi", line, cut, (int64_t)(i < 2 ? 2 : 1));
        ok = ok && sqlite3_step(q) == SQLITE_DONE;
        sqlite3_reset(q);
    }
    sqlite3_finalize(q);
    sqlite3_close(db);
    return ok;
}

/* All rows of the views on facts as one text. */
static struct str facts_told(struct fixture *f, sqlite3 *db)
{
    sqlite3_stmt *q = NULL;
    struct str told = { NULL, 0 };

    CHECK(
        sqlite3_prepare_v2(
            db,
            "SELECT group_concat(row, char(10)) FROM (SELECT json_array(story, report, "
            "n, outlet, published, low, high, background, start, end, measure, op, "
            "class, unit, place, as_of, claimant, modality, quote) AS row FROM figures "
            "UNION ALL SELECT json_array(story, report, n, lat, lon, start, end, type, "
            "mode, cameo, actor, recipient, place, country, precision, time, claimant, "
            "modality, quote) FROM events UNION ALL SELECT json_array(story, report, "
            "n, "
            "start, end, form, speaker, quote) FROM statements ORDER BY 1)",
            -1, &q, NULL) == SQLITE_OK,
        "%s", sqlite3_errmsg(db));
    if (q && sqlite3_step(q) == SQLITE_ROW)
        told = sql_str(&f->arena, q, 0);
    sqlite3_finalize(q);
    return told;
}

/* Facts moved into less room: the views show what they showed. */
static void test_facts_move(struct fixture *f)
{
    extern const char store_0001_sql[], store_0002_sql[], store_0003_sql[],
        store_0004_sql[], store_0005_sql[], store_0006_sql[], store_0007_sql[];
    const char *const steps[] = {
        store_0001_sql,
        store_0002_sql,
        store_0003_sql,
        store_0004_sql,
        store_0005_sql,
        store_0006_sql,
        "INSERT INTO word VALUES(1,'killed'),(2,'>='),(3,'people'),(4,'Halvery'),"
        "(5,'asserted'),(6,'2031-05'),(7,'TS'),(8,'direct'),(9,'fight');"
        "INSERT INTO story(nr) VALUES(1);"
        "INSERT INTO report(id, story, input, added_at, text) VALUES"
        "('a', 1, 'x', 0, 'Nine or ten died in Halvery.'),('b', 1, 'x', 0, 'At least "
        "9.');"
        "INSERT INTO figure VALUES(1,0,0,11,9,10,0,1,NULL,3,NULL,4,6,NULL,5),"
        "(1,1,5,11,NULL,10,NULL,1,2,3,NULL,NULL,NULL,4,5),(2,0,0,10,9,NULL,0,1,2,3,"
        "NULL,"
        "NULL,NULL,NULL,5);"
        "INSERT INTO event VALUES(1,0,12,16,8.25,-1.5,9,NULL,7,4,NULL,4,7,3,6,NULL,5),"
        "(1,1,0,4,NULL,NULL,9,8,NULL,NULL,4,NULL,NULL,NULL,NULL,4,5),"
        "(2,0,0,4,NULL,NULL,9,8,NULL,NULL,4,4,NULL,NULL,NULL,4,5);"
        "INSERT INTO statement VALUES(1,0,0,16,8,4),(2,0,3,8,8,NULL)",
    };
    struct str before, after;
    sqlite3 *db = NULL;

    CHECK(sqlite3_open(":memory:", &db) == SQLITE_OK, "no memory");
    for (size_t i = 0; i < COUNT(steps); i++)
        CHECK(sqlite3_exec(db, steps[i], NULL, NULL, NULL) == SQLITE_OK, "%zu: %s", i,
              sqlite3_errmsg(db));
    before = facts_told(f, db);
    CHECK(before.len > 500, "%d bytes", (int)before.len);
    CHECK(sqlite3_exec(db, store_0007_sql, NULL, NULL, NULL) == SQLITE_OK, "%s",
          sqlite3_errmsg(db));
    after = facts_told(f, db);
    CHECK(str_eq(before, after), "%.*s\nbecame\n%.*s", (int)before.len, before.ptr,
          (int)after.len, after.ptr);
    sqlite3_close(db);
}

static void test_migration(struct fixture *f)
{
    char path[96];
    struct store *now = f->s;

    snprintf(path, sizeof path, "%s/c.db", f->folder);
    CHECK(make_first_version(f, path), "no store of the first version");
    CHECK(!store_open(path, STORE_READ, &f->s, &f->err),
          "read before it was brought up");
    CHECK(store_open(path, STORE_WRITE, &f->s, &f->err), "%s", f->err.detail);
    if (f->s) {
        test_lines_come_back(f);
        add_all(f, STORE_KNOWN);
        CHECK(store_sort_anew(f->s, &f->err), "%s", f->err.detail);
        CHECK(store_reports(&f->arena, f->s, 2).row.count == 2, "the mine moved");
        CHECK(store_check(f->s, NULL, NULL, &f->err), "%s", f->err.detail);
        store_close(f->s);
    }
    f->s = now;
}

/* A later version stands with the first one, whatever was rewritten. */
static void test_versions(struct fixture *f)
{
    static const char
        first[] =
            "{\"schema\":\"corrob.article/1\",\"id\":\"00000000000000a1\",\"url\":"
            "\"https://www.post.example/ferry?utm_source=x\",\"title\":\"Ferry sinks "
            "off Ombrel\",\"published\":{\"value\":\"2031-05-01T08:00:00Z\"},"
            "\"text\":\"A ferry sank off Ombrel. Nobody was hurt.\"}",
        second[] =
            "{\"schema\":\"corrob.article/1\",\"id\":\"00000000000000a2\","
            "\"url\":\"http://post.example/ferry/#top\",\"title\":\"Parliament "
            "votes on budget of the navy\",\"published\":{\"value\":\"2031-05-09"
            "T08:00:00Z\"},\"text\":\"Deputies met for the budget.\\n\\nNobody was "
            "hurt.\"}",
        other[] = "{\"schema\":\"corrob.article/1\",\"id\":\"00000000000000a3\","
                  "\"url\":\"http://post.example/ferry\",\"title\":\"Live: football\","
                  "\"published\":{\"value\":\"2031-05-09T08:00:00Z\"},\"text\":\"The "
                  "match began at three.\"}";
    const char *lines[] = { first, second, other };
    struct store_report a, b, c;
    struct store_story story;
    enum store_added did;

    for (int i = 0; i < 3; i++)
        CHECK(store_add(f->s, str_from(lines[i]), &did, &f->err) &&
                  store_flush(f->s, &f->err),
              "%s", f->err.detail);
    CHECK(store_report(&f->arena, f->s, STR("00000000000000a1"), &a) &&
              store_report(&f->arena, f->s, STR("00000000000000a2"), &b) &&
              store_report(&f->arena, f->s, STR("00000000000000a3"), &c),
          "not in");
    CHECK(a.story == b.story, "story %d and %d", (int)a.story, (int)b.story);
    CHECK(c.story != a.story, "one address, nothing shared");
    CHECK(store_versions(&f->arena, f->s, STR("00000000000000a2")).row.count == 2,
          "two");
    CHECK(store_versions(&f->arena, f->s, STR("00000000000000a3")).row.count == 0,
          "one");
    CHECK(store_story(&f->arena, f->s, a.story, &story) && story.reports == 1,
          "story %d: %d reports", (int)a.story, (int)story.reports);
    CHECK(store_sort_anew(f->s, &f->err), "%s", f->err.detail);
    CHECK(store_report(&f->arena, f->s, STR("00000000000000a2"), &b) &&
              a.story == b.story,
          "after sorting anew %d", (int)b.story);
    CHECK(store_check(f->s, NULL, NULL, &f->err), "%s", f->err.detail);
}

static int64_t story_of(struct fixture *f, struct str id)
{
    struct store_report r = { 0 };

    CHECK(store_report(&f->arena, f->s, id, &r), "no %.*s", STR_ARG(id));
    return r.story;
}

static uint32_t origins_of(struct fixture *f, int64_t story)
{
    struct store_situation made;
    struct store_story row = { 0 };

    CHECK(store_situation(&f->arena, f->s, story, STR(""), &made, &f->err), "%s",
          f->err.detail);
    CHECK(store_story(&f->arena, f->s, story, &row), "no story");
    return (uint32_t)row.origins;
}

/* A later report of the mine, which the sorter puts with the others. */
static void add_mine(struct fixture *f, const char *id)
{
    static const char line[] =
        "{\"schema\":\"corrob.article/1\",\"id\":\"%s\",\"title\":\"Union counts 31 "
        "dead "
        "in Osgar mine\",\"published\":{\"value\":\"2031-03-04T18:00:00Z\"},\"text\":"
        "\"The miners' union said 31 miners were killed when the coal mine collapsed "
        "near "
        "Osgar on Tuesday.\"}";
    struct buf b = buf_new(&f->arena, 2048);
    enum store_added did;

    buf_printf(&b, line, id);
    CHECK(store_add(f->s, buf_view(&b), &did, &f->err) && store_flush(f->s, &f->err),
          "%s", f->err.detail);
}

static void test_rulings(struct fixture *f)
{
    struct store_reports mine;
    struct str id[2];
    struct store_choice one = { RULED_STORY, id, 1, STR("Ana") };
    struct store_choice both = { RULED_STORY, id, 2, STR("Ana") };
    int64_t story, split, join, undo;

    add_mine(f, "00000000000000b0");
    story = story_of(f, STR("00000000000000b0"));
    mine = store_reports(&f->arena, f->s, story);
    CHECK(mine.row.count == 3, "%u reports of the mine", mine.row.count);
    if (mine.row.count != 3)
        return;
    id[0] = mine.row.at[0].id;
    id[1] = mine.row.at[1].id;
    CHECK(store_rule_apart(f->s, &one, &split, &f->err), "%s", f->err.detail);
    CHECK(story_of(f, id[0]) != story_of(f, id[1]), "not apart");
    CHECK(story_of(f, id[1]) == story, "the greater part keeps its number");
    add_mine(f, "00000000000000b1");
    CHECK(story_of(f, id[0]) != story_of(f, STR("00000000000000b1")),
          "brought together");
    CHECK(story_of(f, id[1]) == story_of(f, STR("00000000000000b1")), "gone astray");
    CHECK(store_sort_anew(f->s, &f->err), "%s", f->err.detail);
    CHECK(story_of(f, id[0]) != story_of(f, id[1]), "forgotten by sorting");
    CHECK(!store_rule_apart(f->s, &one, &join, &f->err), "a whole story split off");
    CHECK(store_rule_together(f->s, &both, &join, &f->err), "%s", f->err.detail);
    CHECK(story_of(f, id[0]) == story_of(f, id[1]), "not together");
    CHECK(!store_rule_together(f->s, &both, &undo, &f->err), "joined twice");
    CHECK(store_rule_undo(f->s, join, STR("Bo"), &undo, &f->err), "%s", f->err.detail);
    CHECK(story_of(f, id[0]) != story_of(f, id[1]), "the split holds again");
    CHECK(!store_rule_undo(f->s, join, STR("Bo"), &undo, &f->err), "undone twice");
    CHECK(store_rule_undo(f->s, split, STR("Bo"), &undo, &f->err), "%s", f->err.detail);
    CHECK(story_of(f, id[0]) == story && story_of(f, id[1]) == story, "as before");
    CHECK(store_rulings(&f->arena, f->s, 0, 10).row.count == 4, "four rows");
    CHECK(store_check(f->s, NULL, NULL, &f->err), "%s", f->err.detail);
}

static void test_ruled_origins(struct fixture *f)
{
    struct str id[2];
    struct store_choice one = { RULED_ORIGIN, id, 1, STR("Ana") };
    struct store_choice both = { RULED_ORIGIN, id, 2, STR("Ana") };
    int64_t story = story_of(f, STR("00000000000000b0")), nr, undo;
    struct store_reports mine = store_reports(&f->arena, f->s, story);
    uint32_t before = origins_of(f, story);

    id[0] = mine.row.at[0].id;
    id[1] = mine.row.at[1].id;
    CHECK(before >= 2, "%u origins", before);
    CHECK(store_rule_together(f->s, &both, &nr, &f->err), "%s", f->err.detail);
    CHECK(origins_of(f, story) == before - 1, "%u origins", origins_of(f, story));
    CHECK(store_rule_apart(f->s, &one, &undo, &f->err), "%s", f->err.detail);
    CHECK(origins_of(f, story) == before, "%u origins", origins_of(f, story));
    CHECK(store_rule_undo(f->s, undo, STR("Bo"), &undo, &f->err), "%s", f->err.detail);
    CHECK(origins_of(f, story) == before - 1, "%u origins", origins_of(f, story));
    CHECK(store_rule_undo(f->s, nr, STR("Bo"), &undo, &f->err), "%s", f->err.detail);
    CHECK(origins_of(f, story) == before, "%u origins", origins_of(f, story));
}

/* ---- decisions, and another store ---- */

/* Three events of one span. */
static const char beaten[] =
    "{\"id\":\"d\",\"title\":\"March in Weslin\",\"outlet\":\"Kesh Radio\","
    "\"published\":\"2031-08-05T15:00:00Z\",\"text\":\"Police attacked, beat and "
    "arrested protesters in Weslin on Monday.\"}\n";

static bool told(struct fixture *f, int64_t story, const char *words)
{
    struct store_situation made = { 0 };

    CHECK(store_situation(&f->arena, f->s, story, STR(""), &made, &f->err), "%s",
          f->err.detail);
    return str_find(made.json, str_from(words)) != STR_NPOS;
}

static void count_line(void *context, const char *line)
{
    *(int *)context += strstr(line, "no effect") != NULL;
}

/* What is decided, ruled and asked for in one store comes along into another. */
static void test_carried(struct fixture *f, const char *from)
{
    struct store_rules rules;
    struct store_reviews log;
    struct store_merged n;
    int idle = 0;

    for (int i = 0; i < 2; i++) {
        CHECK(store_merge(f->s, from, &n, &f->err), "%s", f->err.detail);
        CHECK(n.alerts_left == 0, "%d alerts left out", (int)n.alerts_left);
        rules = store_rules(&f->arena, f->s);
        log = store_reviews(&f->arena, f->s, 0, 10);
        CHECK(rules.row.count == 1 && rules.row.at[0].target.len == 0 &&
                  rules.row.at[0].raised == 1,
              "%u rules", rules.row.count);
        CHECK(log.row.count == 4, "%u rows", log.row.count);
    }
    CHECK(log.row.at[3].holds && log.row.at[3].fact == 1, "the rejection holds");
    CHECK(log.row.at[0].undoes == log.row.at[2].nr, "an undo of ours");
    CHECK(log.row.at[1].idle && !log.row.at[3].idle, "one has no effect");
    CHECK(store_rulings(&f->arena, f->s, 0, 10).row.count == 1, "a ruling");
    CHECK(store_check(f->s, count_line, &idle, &f->err), "%s", f->err.detail);
    CHECK(idle == 1, "%d decisions without effect", idle);
}

static void test_decisions(struct fixture *f)
{
    struct store_review reject = { .who = STR("Ana"),
                                   .kind = STR("event"),
                                   .end = 0,
                                   .fact = 1,
                                   .decision = STR("reject") };
    struct store_rule rule = { .kind = STR("story"),
                               .place = STR("Weslin"),
                               .who = STR("Ana"),
                               .target = STR("command:/bin/false") };
    struct buf lines = buf_new(&f->arena, 1 << 20);
    struct store *first = f->s;
    struct store_stories all;
    struct store_reports mine;
    struct store_choice one = { RULED_STORY, NULL, 1, STR("Ana") };
    char path[96], other[96];
    enum store_added did;
    int64_t nr;

    snprintf(path, sizeof path, "%s/d.db", f->folder);
    snprintf(other, sizeof other, "%s/e.db", f->folder);
    CHECK(read_records(f, beaten, &lines), "no reading");
    CHECK(store_open(path, STORE_WRITE, &f->s, &f->err), "%s", f->err.detail);
    CHECK(store_rule_put(f->s, &rule, &f->err), "%s", f->err.detail);
    add_all(f, STORE_NEW);
    CHECK(store_add(f->s, buf_view(&lines), &did, &f->err) &&
              store_flush(f->s, &f->err),
          "%s", f->err.detail);
    all = store_stories(&f->arena, f->s, &(struct store_stories_query){ .limit = 9 });
    nr = all.row.at[0].nr; /* the latest */
    mine = store_reports(&f->arena, f->s, nr);
    CHECK(mine.row.count == 1, "%u reports", mine.row.count);
    reject.report = mine.row.at[0].id;
    while (reject.end < 100 && !store_review_put(f->s, &reject, &f->err))
        reject.end++; /* wherever the span ends */
    CHECK(reject.end < 100, "no three events of one span");
    CHECK(!told(f, nr, "\"mode\":\"beat\"") && told(f, nr, "\"mode\":\"arrest\""),
          "one of three is rejected");
    reject.fact = 2;
    CHECK(store_review_put(f->s, &reject, &f->err), "%s", f->err.detail);
    CHECK(!told(f, nr, "\"mode\":\"arrest\""), "two of three");
    CHECK(store_review_undo(f->s, 0, STR("Ana"), &f->err), "%s", f->err.detail);
    CHECK(told(f, nr, "\"mode\":\"arrest\""), "one of three again");
    reject.fact = 3;
    CHECK(!store_review_put(f->s, &reject, &f->err), "there is no fourth");
    sql_exec(f->s,
             "INSERT INTO review(at, who, report, kind, start, end, decision, machine, "
             "rule) SELECT at + 1, who, report, 'event', 1, 3, 'reject', '{}', '' FROM "
             "review LIMIT 1");
    for (uint32_t i = 0; i < all.row.count; i++)
        if (all.row.at[i].reports == 2)
            mine = store_reports(&f->arena, f->s, all.row.at[i].nr);
    one.id = &mine.row.at[0].id;
    CHECK(store_rule_apart(f->s, &one, &nr, &f->err), "%s", f->err.detail);
    store_close(f->s);
    CHECK(store_open(other, STORE_WRITE, &f->s, &f->err), "%s", f->err.detail);
    test_carried(f, path);
    store_close(f->s);
    f->s = first;
}

/* ---- alerts ---- */

/* A comparison with one finding for each letter: an event of report "r<letter>", that
 * holds against the letter behind it.  "abcd": a against b, c against d. */
static struct str situation_of(struct fixture *f, const char *letters)
{
    struct buf b = buf_new(&f->arena, 1 << 16);

    buf_str(&b, STR("{\"stories\":[{\"findings\":["));
    for (size_t i = 0; letters[i] != '\0'; i++) {
        const char *other = &letters[i ^ 1];

        /* "B": "b" with a source that came first */
        buf_printf(&b,
                   "%s{\"id\":\"f-%c\",\"kind\":\"event\",\"summary\":\"%c\","
                   "\"against\":[\"f-%c\"],\"evidence\":[",
                   i > 0 ? "," : "", letters[i], letters[i], *other);
        if (letters[i] < 'a')
            buf_str(&b, STR("{\"report\":\"early\",\"start\":1,\"end\":2},"));
        buf_printf(&b, "{\"report\":\"r%c\",\"start\":10,\"end\":20}]}",
                   letters[i] | 32);
    }
    buf_str(&b, STR("]}]}"));
    return buf_view(&b);
}

/* The alerts of all rules once the story was compared so, as `compare` does it. */
static int64_t compared(struct fixture *f, int64_t story, const char *letters)
{
    struct str json = situation_of(f, letters);
    sqlite3_stmt *q = sql(f->s, "INSERT OR REPLACE INTO situation(story, change, json, "
                                "html) VALUES(?1, 0, ?2, x'')");

    CHECK(store_raise(&f->arena, f->s, story, json), "%s", letters);
    sql_bind(q, "ib", story, store_pack(&f->arena, f->s, json));
    sql_run(f->s, q);
    CHECK(sql_ok(f->s, &f->err), "%s", f->err.detail);
    return store_alerts(&f->arena, f->s, 0, 100).row.count;
}

static void test_conflict_alerts(struct fixture *f)
{
    struct store_rule rule = { .kind = STR("conflict"), .who = STR("Ana") };

    CHECK(store_rule_put(f->s, &rule, &f->err), "%s", f->err.detail);
    CHECK(store_begin(f->s), "no transaction");
    CHECK(compared(f, 1, "ab") == 1, "one conflict");
    CHECK(compared(f, 1, "aB") == 1, "a source that came first makes no other one");
    CHECK(compared(f, 1, "aBcd") == 2, "a second one");
    CHECK(compared(f, 1, "") == 2, "settled");
    CHECK(compared(f, 2, "ab") == 2, "in another story now: told before");
    CHECK(compared(f, 2, "abef") == 3, "what is new there is told");
    store_roll_back(f->s);
}

int main(void)
{
    struct fixture f = { .folder = "/tmp/corrob-store-XXXXXX" };
    char rm[96];

    arena_init(&f.arena, SIZE_MAX);
    f.lines = buf_new(&f.arena, 1 << 24);
    if (!mkdtemp(f.folder))
        return 1;
    snprintf(f.path, sizeof f.path, "%s/in.jsonl", f.folder);
    CHECK(read_records(&f, records, &f.lines), "the records can't be read");
    snprintf(f.path, sizeof f.path, "%s/a.db", f.folder);
    CHECK(store_open(f.path, STORE_WRITE, &f.s, &f.err), "%s", f.err.detail);
    if (!f.s)
        return check_done();
    add_all(&f, STORE_NEW);
    add_all(&f, STORE_KNOWN);
    test_lines_come_back(&f);
    test_stories(&f);
    test_search(&f);
    test_memos(&f);
    test_refusals(&f);
    test_upkeep(&f);
    test_facts_move(&f);
    test_migration(&f);
    test_versions(&f);
    test_rulings(&f);
    test_ruled_origins(&f);
    test_conflict_alerts(&f);
    test_decisions(&f);
    store_close(f.s);
    arena_release(&f.arena);
    for (const char *name = "abcde"; *name; name++) {
        snprintf(rm, sizeof rm, "%s/%c.db", f.folder, *name);
        unlink(rm);
    }
    rmdir(f.folder);
    return check_done();
}
