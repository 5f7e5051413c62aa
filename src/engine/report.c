/* corrob_report: all reports side by side, as one situation report. */
#include <stdlib.h>

#include "engine/engine.h"
#include "engine/pool.h"
#include "report/html.h"
#include "report/json_situation.h"
#include "report/markdown.h"

#define OUTPUT_MAX ((size_t)16 << 30)

struct job {
    struct corrob *c;
    struct arena arena; /* what lives as long as the job */
    ARRAY(struct reading *) reading;
    ARRAY(struct failed_input) failed;
    struct str *id;
};

static enum pool_take keep(void *context, struct reading *r)
{
    struct job *job = context;

    engine_progress(job->c);
    if (r->ok) {
        *PUSH(&job->arena, &job->reading) = r;
        return POOL_KEPT;
    }
    engine_trouble(job->c, &r->record, &r->err);
    *PUSH(&job->arena, &job->failed) = (struct failed_input){
        arena_str(&job->arena, r->record.input),
        arena_str(&job->arena, r->err.detail[0] ? str_from(r->err.detail)
                                                : str_from(err_sentence(r->err.code))),
    };
    return POOL_GO_ON;
}

/* What output calls each report: its id, "…-2" for the second with the same bytes. */
static void name_reports(struct job *job)
{
    job->id = NEW(&job->arena, struct str, job->reading.count);
    for (uint32_t i = 0; i < job->reading.count; i++) {
        struct str id = job->reading.at[i]->page.id;
        uint32_t times = ids_count(&job->c->ids, id);
        struct buf b = buf_new(&job->arena, 64);

        buf_str(&b, id);
        if (times > 1)
            buf_printf(&b, "-%u", times);
        job->id[i] = buf_view(&b);
    }
}

static struct situation compare(struct job *job)
{
    const struct facts **facts =
        NEW(&job->arena, const struct facts *, job->reading.count);
    struct situation s;

    for (uint32_t i = 0; i < job->reading.count; i++)
        facts[i] = &job->reading.at[i]->facts;
    s = situation_from_reports(&job->arena, facts, job->reading.count, job->c->policy);
    for (uint32_t i = 0; i < job->failed.count; i++)
        *PUSH(&job->arena, &s.failed) = job->failed.at[i];
    return s;
}

static bool write_out(struct job *job, const struct situation *s)
{
    struct buf out = buf_new(&job->arena, OUTPUT_MAX);

    if (job->c->format == OUTPUT_JSON)
        json_situation(&job->arena, &out, s, job->id);
    else if (job->c->format == OUTPUT_MARKDOWN)
        report_markdown(&out, s);
    else
        report_html(&out, s);
    return engine_put(job->c, buf_view(&out));
}

static bool run(struct job *job, const char *const *inputs, size_t count)
{
    struct corrob *c = job->c;
    struct pool_job pool = { &c->tools, c->threads, NULL, keep, job };
    struct situation s;

    if (!pool_inputs(inputs, count, &c->source, &pool, &c->skipped, &c->err))
        return false;
    if (setjmp(job->arena.out_of_budget))
        return err_set(&c->err, ERR_BUDGET, -1,
                       "out of memory while comparing reports");
    job->arena.guarded = true;
    name_reports(job);
    s = compare(job);
    return write_out(job, &s);
}

enum corrob_status corrob_report(struct corrob *c, const char *const *inputs,
                                 size_t count)
{
    struct job job = { .c = c };
    bool ok;

    c->err.code = ERR_OK;
    if (c->format == OUTPUT_JSONL || c->format == OUTPUT_CONLLU) {
        err_set(&c->err, ERR_USAGE, -1, "report writes html, markdown or json");
        return CORROB_FAILED;
    }
    arena_init(&job.arena, SIZE_MAX);
    ok = run(&job, inputs, count);
    for (uint32_t i = 0; i < job.reading.count; i++) {
        reading_release(job.reading.at[i]);
        free(job.reading.at[i]);
    }
    arena_release(&job.arena);
    return engine_done(c, ok);
}
