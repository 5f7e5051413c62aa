/* Situations: a story's reports compared, kept until the story changes. */
#include "base/buf.h"
#include "base/json.h"
#include "store/sql.h"

#define OUTPUT_MAX ((size_t)1 << 30)
#define FORMATS 2

static bool on_output(void *context, const char *bytes, size_t len)
{
    struct store *s = context;

    if (len == 0) /* the end of a format */
        s->outputs++;
    else if (s->outputs < FORMATS)
        buf_str(&s->output[s->outputs], (struct str){ bytes, len });
    return true;
}

static bool engine(struct store *s, struct str policy, struct err *err)
{
    struct corrob_options options = { .format = "json",
                                      .policy = s->policy,
                                      .one_story = true,
                                      .threads = 1,
                                      .on_output = on_output,
                                      .context = s };

    if (policy.len == 0)
        policy = STR("range");
    if (policy.len >= sizeof s->policy)
        return err_set(err, ERR_USAGE, -1, "there is no such policy");
    if (s->c && str_eq(policy, str_from(s->policy)))
        return true;
    corrob_close(s->c);
    s->c = NULL;
    snprintf(s->policy, sizeof s->policy, "%.*s", STR_ARG(policy));
    if (corrob_open(&s->c, &options) == CORROB_OK)
        return true;
    /* a policy that somebody asked for is all that can be wrong with the options */
    err_set(err, str_eq(policy, STR("range")) ? ERR_MODEL : ERR_USAGE, -1, "%s",
            corrob_message(s->c));
    corrob_close(s->c);
    s->c = NULL;
    return false;
}

bool store_compare_lines(struct arena *arena, struct store *s, struct str lines,
                         struct str policy, struct str *json, struct str *html)
{
    static const char *const formats[] = { "json", "html" };
    struct buf out[FORMATS] = { buf_new(arena, OUTPUT_MAX),
                                buf_new(arena, OUTPUT_MAX) };
    enum corrob_status did;

    if (!engine(s, policy, &s->err))
        return false;
    s->output = out;
    s->outputs = 0;
    did = corrob_report_lines(s->c, lines.ptr, lines.len, formats, html ? 2 : 1);
    s->output = NULL;
    if (did == CORROB_FAILED)
        return err_set(&s->err, ERR_FORMAT, -1, "%s", corrob_message(s->c));
    *json = buf_view(&out[0]);
    if (html)
        *html = buf_view(&out[1]);
    return true;
}

/* The situation without its reports: they lie in the store already. */
static struct str without_reports(struct arena *arena, struct str json)
{
    json_t *all = json_loadb(json.ptr, json.len, 0, NULL);
    struct str kept = { NULL, 0 };
    char *words;

    json_object_del(all, "reports");
    words = json_dumps(all, JSON_COMPACT | JSON_REAL_PRECISION(12));
    if (words)
        kept = arena_str(arena, str_from(words));
    free(words);
    json_decref(all);
    return kept;
}

/* What stands between <main id="main"> and </main>. */
static struct str main_of(struct str html)
{
    size_t from = str_find(html, STR("<main id=\"main\">\n")), to;

    if (from == STR_NPOS)
        return (struct str){ NULL, 0 };
    html = str_after(html, from + sizeof "<main id=\"main\">\n" - 1);
    to = str_find(html, STR("</main>"));
    return to == STR_NPOS ? html : str_slice(html, 0, to);
}

static bool keep(struct arena *arena, struct store *s, int64_t story, int64_t change,
                 const struct store_situation *made)
{
    sqlite3_stmt *q =
        sql(s, "INSERT INTO situation VALUES(?1,?2,?3,?4) ON CONFLICT(story) "
               "DO UPDATE SET change = excluded.change, json = "
               "excluded.json, html = excluded.html");
    bool alone = !s->writing, ok;

    ok = store_begin(s) && store_raise(arena, s, story, made->json);
    if (ok) {
        sql_bind(q, "iibb", story, change, store_pack(arena, s, made->json),
                 store_pack(arena, s, made->html));
        ok = sql_run(s, q) && store_outline(s, story, change, made->json);
    }
    if (!ok && alone)
        store_roll_back(s);
    return ok && (!alone || store_commit(s));
}

static bool make(struct arena *arena, struct store *s, int64_t story, struct str policy,
                 struct store_situation *out)
{
    struct str lines = store_story_lines(arena, s, story);

    if (!store_compare_lines(arena, s, lines, policy, &out->json, &out->html))
        return false;
    out->json = without_reports(arena, out->json);
    out->html = main_of(out->html);
    return true;
}

/* The kept one when it is of this change of the story. */
static bool kept(struct arena *arena, struct store *s, int64_t story, int64_t change,
                 struct store_situation *out)
{
    sqlite3_stmt *q =
        sql(s, "SELECT json, html FROM situation WHERE story = ?1 AND change = ?2");
    bool found = false;

    sql_bind(q, "ii", story, change);
    while (sql_row(s, q))
        found = store_unpack(arena, s, sql_str(arena, q, 0), &out->json) &&
                store_unpack(arena, s, sql_str(arena, q, 1), &out->html);
    return found;
}

static int64_t change_of(struct store *s, int64_t story)
{
    sqlite3_stmt *q = sql(s, "SELECT change FROM story WHERE nr = ?1");
    int64_t change = -1;

    sql_bind(q, "i", story);
    while (sql_row(s, q))
        change = sql_i64(q, 0, 0);
    return change;
}

bool store_situation(struct arena *arena, struct store *s, int64_t story,
                     struct str policy, struct store_situation *out, struct err *err)
{
    int64_t change = change_of(s, story);
    bool usual = policy.len == 0 || str_eq(policy, STR("range"));

    if (!s->writing)
        arena_reset(&s->scratch);
    if (change < 0)
        return sql_ok(s, err) &&
               err_set(err, ERR_MISSING, -1, "no story %lld", (long long)story);
    if ((!usual || !kept(arena, s, story, change, out)) &&
        make(arena, s, story, policy, out) && usual && s->mode == STORE_WRITE)
        keep(arena, s, story, change, out);
    return sql_ok(s, err);
}

bool store_compare_next(struct arena *arena, struct store *s, int64_t *story,
                        struct err *err)
{
    sqlite3_stmt *q =
        sql(s, "SELECT nr FROM story WHERE compared < change AND merged_into IS NULL "
               "ORDER BY last_at DESC LIMIT 1");
    struct store_situation made;

    *err = (struct err){ 0 };
    *story = 0;
    while (sql_row(s, q))
        *story = sql_i64(q, 0, 0);
    return *story > 0 && store_situation(arena, s, *story, STR(""), &made, err);
}
