/* corrob_show: what one stage made of each report, a line of JSON each. */
#include "engine/engine.h"
#include "engine/pool.h"
#include "report/json_show.h"

#define OUTPUT_MAX ((size_t)1 << 30) /* of one report */

struct show {
    struct corrob *c;
    const char *stage;
};

static void make_stage(void *context, struct reading *r)
{
    const struct show *show = context;
    struct json j;

    r->out = buf_new(&r->arena, OUTPUT_MAX);
    j = json_to(&r->out);
    json_show(&r->arena, &j, show->stage, &r->facts);
    buf_char(&r->out, '\n');
}

static enum pool_take take_stage(void *context, struct reading *r)
{
    struct corrob *c = ((struct show *)context)->c;

    engine_progress(c);
    if (!r->ok)
        engine_trouble(c, &r->record, &r->err);
    else if (!engine_put(c, buf_view(&r->out)))
        return POOL_STOP;
    return POOL_GO_ON;
}

enum corrob_status corrob_show(struct corrob *c, const char *stage,
                               const char *const *inputs, size_t count)
{
    struct show show = { c, stage };
    struct pool_job job = { &c->tools,  c->threads, make_stage,
                            take_stage, &show,      &c->own };
    bool ok;

    c->err.code = ERR_OK;
    if (!json_show_knows(stage)) {
        err_set(&c->err, ERR_USAGE, -1,
                "no stage \"%s\": page, article, raw, text or facts", stage);
        return CORROB_FAILED;
    }
    ok = pool_inputs(inputs, count, &c->source, &job, &c->skipped, &c->err);
    return engine_done(c, ok);
}
