#include "cli/cmd_alert.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/json.h"
#include "net/deliver.h"
#include "store/alert.h"

#define LINE_MAX_BYTES ((size_t)1 << 20)
#define SHOWN 40
#define DELIVERY_MS 60000 /* what is left waits for the next round */

/* ---- delivering ---- */

static struct str line_of(struct arena *arena, const struct store_alert *a)
{
    struct buf b = buf_new(arena, LINE_MAX_BYTES);
    struct json j = json_to(&b);

    json_open(&j, '{');
    json_member(&j, "schema", STR("corrob.alert/1"));
    json_key(&j, "alert");
    json_i64(&j, a->nr);
    json_key(&j, "at");
    json_i64(&j, a->at);
    json_key(&j, "rule");
    json_i64(&j, a->rule);
    json_member(&j, "kind", a->kind);
    json_key(&j, "story");
    json_i64(&j, a->story);
    json_member(&j, "title", a->title);
    json_member(&j, "words", a->words);
    if (a->report.len > 0) {
        json_member(&j, "report", a->report);
        json_key(&j, "start");
        json_i64(&j, a->start);
        json_key(&j, "end");
        json_i64(&j, a->end);
        json_member(&j, "quote", a->quote);
    }
    json_close(&j, '}');
    buf_char(&b, '\n');
    return buf_view(&b);
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Until `end` on the clock of now_ms, 0: all of them. */
static bool deliver_due(struct arena *arena, struct store *s, bool now, int64_t end,
                        struct err *err)
{
    struct store_alert a = { 0 };

    while ((end == 0 || now_ms() < end) && store_alert_next(arena, s, a.nr, now, &a)) {
        struct err why = { 0 };
        bool ok = deliver(a.target, line_of(arena, &a), &why);

        if (!ok)
            fprintf(stderr, "corrob: alert %lld is not delivered yet: %s\n",
                    (long long)a.nr, why.detail);
        if (!store_alert_done(s, a.nr, ok ? NULL : why.detail, err))
            return false;
    }
    return true;
}

static bool work(struct store *s, int64_t most_ms, bool now, struct err *err)
{
    int64_t end = now_ms() + most_ms, story;
    struct arena arena;
    bool ok = true;

    if (!store_has_rules(s))
        return true;
    arena_init(&arena, SIZE_MAX);
    while (ok && store_compare_next(&arena, s, &story, err)) {
        arena_reset(&arena);
        if (most_ms > 0 && now_ms() > end)
            break;
    }
    if (most_ms == 0)
        end = now ? 0 : now_ms() + DELIVERY_MS;
    ok = err->code == ERR_OK && deliver_due(&arena, s, now, end, err);
    arena_release(&arena);
    return ok;
}

bool alert_work(struct store *s, int64_t most_ms, struct err *err)
{
    return work(s, most_ms, false, err);
}

/* ---- the command ---- */

static void show_rule(FILE *out, const struct store_rule *r)
{
    fprintf(out, "rule %lld%s: %.*s", (long long)r->nr, r->ended ? " (ended)" : "",
            STR_ARG(r->kind));
    if (r->measure.len > 0)
        fprintf(out, " %.*s", STR_ARG(r->measure));
    if (r->least > 0)
        fprintf(out, " %lld%s", (long long)r->least,
                str_eq(r->kind, STR("rise")) ? " %" : " or more");
    if (r->place.len > 0)
        fprintf(out, " at %.*s", STR_ARG(r->place));
    if (r->target.len > 0)
        fprintf(out, ", to %.*s", STR_ARG(r->target));
    fprintf(out, "; raised %lld\n", (long long)r->raised);
}

static void show_alert(FILE *out, const struct store_alert *a)
{
    fprintf(out, "alert %lld, rule %lld, story %lld \"%.*s\": %.*s", (long long)a->nr,
            (long long)a->rule, (long long)a->story, STR_ARG(a->title),
            STR_ARG(a->words));
    if (a->delivered_at == 0)
        fprintf(out, " (not delivered after %lld tries: %.*s)", (long long)a->tries,
                STR_ARG(a->failure));
    putc('\n', out);
}

static bool show(struct store *s, bool json, FILE *out)
{
    struct arena arena;
    struct store_rules rules;
    struct store_alerts alerts;

    arena_init(&arena, SIZE_MAX);
    rules = store_rules(&arena, s);
    alerts = store_alerts(&arena, s, 0, SHOWN);
    for (uint32_t i = 0; !json && i < rules.row.count; i++)
        show_rule(out, &rules.row.at[i]);
    for (uint32_t i = 0; i < alerts.row.count; i++) {
        struct str line;

        if (!json) {
            show_alert(out, &alerts.row.at[i]);
            continue;
        }
        line = line_of(&arena, &alerts.row.at[i]);
        fwrite(line.ptr, 1, line.len, out);
    }
    arena_release(&arena);
    return true;
}

/* "toll killed 50", "rise 20", "claimant", "conflict", "story Halvery": a number is the
 * bound, the rest is measure and place in that order. */
static bool rule_from(const struct arguments *a, struct store_rule *out,
                      struct err *err)
{
    bool tolls;

    *out = (struct store_rule){ .target = str_from(a->target),
                                .who = str_from(getenv("USER")) };
    if (out->who.len == 0)
        out->who = STR("command line");
    out->kind = str_from(a->inputs > 1 ? a->input[1] : NULL);
    tolls = str_eq(out->kind, STR("toll")) || str_eq(out->kind, STR("rise"));
    for (size_t i = 2; i < a->inputs; i++) {
        struct str word = str_from(a->input[i]);
        uint64_t n;

        if (tolls && out->least == 0 && str_to_u64(word, &n) && n < INT32_MAX)
            out->least = (int64_t)n;
        else if (tolls && out->least == 0 && out->measure.len == 0)
            out->measure = word;
        else if (out->place.len == 0)
            out->place = word;
        else
            return err_set(err, ERR_USAGE, -1, "one word too many: %s", a->input[i]);
    }
    return out->target.len == 0 || deliver_known(out->target, err);
}

static bool run(struct store *s, const struct arguments *a, FILE *out, struct err *err)
{
    struct str what = str_from(a->inputs > 0 ? a->input[0] : "list");
    struct store_rule rule;
    uint64_t nr;

    if (str_eq(what, STR("list")))
        return show(s, a->format != NULL, out);
    if (str_eq(what, STR("add")))
        return rule_from(a, &rule, err) && store_rule_put(s, &rule, err);
    if (str_eq(what, STR("end")) && a->inputs == 2 &&
        str_to_u64(str_from(a->input[1]), &nr) && nr < INT64_MAX)
        return store_rule_end(s, (int64_t)nr, err);
    if (str_eq(what, STR("deliver")))
        return work(s, 0, true, err);
    return err_set(err, ERR_USAGE, -1,
                   "alert takes list, add RULE, end NUMBER or deliver");
}

enum corrob_status cmd_alert(const struct arguments *a, FILE *out)
{
    struct store *s = NULL;
    struct err err = { 0 };
    char path[4096];
    bool ok;

    ok = (a->db || store_default_path(path, sizeof path, &err)) &&
         store_open(a->db ? a->db : path, STORE_WRITE, &s, &err) &&
         run(s, a, out, &err);
    store_close(s);
    if (!ok)
        fprintf(stderr, "corrob: %s\n",
                err.detail[0] ? err.detail : err_sentence(err.code));
    return ok ? CORROB_OK : CORROB_FAILED;
}
