/* corrob_diff: what changed between two situations, or between two days of one. */
#include "export/diff.h"

#include <stdlib.h>

#include "engine/engine.h"
#include "engine/gather.h"
#include "export/member.h"
#include "report/json_situation.h"

#define OUTPUT_MAX ((size_t)16 << 30)

struct job {
    struct corrob *c;
    struct arena arena;
    struct gathered sources;
    json_t *before, *after;
};

/* The situation of the reports that were out by the end of a day.  A report without a
 * date is taken as the oldest. */
static json_t *situation_by(struct job *job, int32_t day)
{
    const struct facts **facts =
        NEW(&job->arena, const struct facts *, job->sources.at.count + 1);
    struct str *id = NEW(&job->arena, struct str, job->sources.at.count + 1);
    struct buf out = buf_new(&job->arena, OUTPUT_MAX);
    struct situation s;
    uint32_t n = 0;

    for (uint32_t i = 0; i < job->sources.at.count; i++) {
        struct reading *r = job->sources.at.at[i];
        const struct instant *p = &r->article.published;

        if (p->precision >= INSTANT_DAY && p->day > day)
            continue;
        id[n] = ids_name(&job->arena, &job->c->ids, r->page.id);
        facts[n++] = &r->facts;
    }
    ids_release(&job->c->ids);
    s = situation_from_reports(&job->arena, facts, n, job->c->policy);
    json_situation(&job->arena, &out, &s, id);
    return situation_parse(buf_view(&out), &job->c->err);
}

static bool day_of(struct corrob *c, const char *date, int32_t *out)
{
    struct instant t;

    if (!instant_from_iso(str_from(date), &t) || t.precision < INSTANT_DAY)
        return err_set(&c->err, ERR_USAGE, -1, "\"%s\" is not a day (write 2022-01-07)",
                       date);
    *out = t.day;
    return true;
}

static bool read_days(struct job *job, const char *const *inputs, size_t count,
                      const char *from, const char *to)
{
    struct corrob *c = job->c;
    int32_t first, last;

    if (!day_of(c, from, &first) || !day_of(c, to, &last) ||
        !gather(&job->sources, inputs, count))
        return false;
    job->before = situation_by(job, first);
    job->after = job->before ? situation_by(job, last) : NULL;
    return job->after != NULL;
}

static bool read_files(struct job *job, const char *const *inputs, size_t count)
{
    struct err *err = &job->c->err;

    if (count != 2)
        return err_set(err, ERR_USAGE, -1,
                       "diff takes two situations, or reports with --from and --to");
    job->before = situation_load(inputs[0], err);
    job->after = job->before ? situation_load(inputs[1], err) : NULL;
    return job->after != NULL;
}

static bool run(struct job *job, const char *const *inputs, size_t count,
                const char *from, const char *to, bool *found)
{
    struct corrob *c = job->c;
    struct buf out = buf_new(&job->arena, OUTPUT_MAX);
    struct diff d;

    if (setjmp(job->arena.out_of_budget))
        return err_set(&c->err, ERR_BUDGET, -1, "out of memory");
    job->arena.guarded = true;
    if (!from != !to)
        return err_set(&c->err, ERR_USAGE, -1, "--from and --to go together");
    if (!(from ? read_days(job, inputs, count, from, to)
               : read_files(job, inputs, count)))
        return false;
    d = diff_situations(&job->arena, job->before, job->after);
    *found = d.story.count > 0;
    if (c->format == OUTPUT_JSON)
        diff_write_json(&out, &d);
    else
        diff_write_text(&out, &d, c->format == OUTPUT_MARKDOWN);
    return engine_put(c, buf_view(&out));
}

enum corrob_status corrob_diff(struct corrob *c, const char *const *inputs,
                               size_t count, const char *from, const char *to)
{
    struct job job = { .c = c };
    enum corrob_status status;
    bool found = false, ok;

    c->err.code = ERR_OK;
    if (c->format != OUTPUT_DEFAULT && c->format != OUTPUT_TEXT &&
        c->format != OUTPUT_MARKDOWN && c->format != OUTPUT_JSON) {
        err_set(&c->err, ERR_USAGE, -1, "diff writes text, markdown or json");
        return CORROB_FAILED;
    }
    arena_init_like(&job.arena, SIZE_MAX, &c->own);
    job.sources = (struct gathered){ .c = c, .arena = &job.arena };
    ok = run(&job, inputs, count, from, to, &found);
    json_decref(job.before);
    json_decref(job.after);
    gather_release(&job.sources);
    arena_release(&job.arena);
    status = engine_done(c, ok);
    return status == CORROB_OK && found ? CORROB_FOUND : status;
}
