/* corrob_explain: why each fact of each input was read as it was. */
#include "report/explain.h"
#include "engine/engine.h"
#include "engine/pool.h"

#define OUTPUT_MAX ((size_t)1 << 30) /* of one report */

struct explain_job {
    struct corrob *c;
    struct explain_choice choice;
    bool found; /* some fact that was asked for */
};

static void make_explanation(void *context, struct reading *r)
{
    const struct explain_job *job = context;

    r->out = buf_new(&r->arena, OUTPUT_MAX);
    if (job->c->format == OUTPUT_JSON)
        explain_json(&r->arena, &r->out, &r->facts, &job->choice);
    else
        explain_text(&r->arena, &r->out, &r->facts, &job->choice);
}

static enum pool_take take_explanation(void *context, struct reading *r)
{
    struct explain_job *job = context;

    engine_progress(job->c);
    if (!r->ok) {
        engine_trouble(job->c, &r->record, &r->err);
        return POOL_GO_ON;
    }
    job->found = job->found || r->out.len > 0;
    return engine_put(job->c, buf_view(&r->out)) ? POOL_GO_ON : POOL_STOP;
}

static bool asks(struct corrob *c, const struct explain_choice *choice)
{
    if (c->format != OUTPUT_DEFAULT && c->format != OUTPUT_TEXT &&
        c->format != OUTPUT_JSON)
        return err_set(&c->err, ERR_USAGE, -1, "explain writes text or json");
    return explain_choice_valid(choice->facts) ||
           err_set(&c->err, ERR_USAGE, -1, "\"%.*s\" is no list of facts (write e0,f2)",
                   STR_ARG(choice->facts));
}

enum corrob_status corrob_explain(struct corrob *c, const char *facts,
                                  const char *words, const char *const *inputs,
                                  size_t count)
{
    struct line_tools tools = c->tools;
    struct explain_job job = { .c = c, .choice = { str_from(facts), str_from(words) } };
    struct pool_job pool = { &tools,           c->threads, make_explanation,
                             take_explanation, &job,       &c->own };
    enum corrob_status status;
    bool ok;

    tools.fact.explain = true;
    c->err.code = ERR_OK;
    if (!asks(c, &job.choice))
        return CORROB_FAILED;
    ok = pool_inputs(inputs, count, &c->source, &pool, &c->skipped, &c->err);
    status = engine_done(c, ok);
    if (status == CORROB_OK && !job.found && (facts || words)) {
        err_set(&c->err, ERR_USAGE, -1, "no such fact");
        return CORROB_FAILED;
    }
    return status;
}
