#include "engine/gather.h"

#include <stdlib.h>

#include "engine/pool.h"

static enum pool_take keep(void *context, struct reading *r)
{
    struct gathered *g = context;

    engine_progress(g->c);
    if (!r->ok) {
        engine_trouble(g->c, &r->record, &r->err);
        return POOL_GO_ON;
    }
    *PUSH(g->arena, &g->at) = r;
    return POOL_KEPT;
}

bool gather(struct gathered *g, const char *const *inputs, size_t count)
{
    struct corrob *c = g->c;
    struct pool_job pool = { &c->tools, c->threads, NULL, keep, g, &c->own };

    return pool_inputs(inputs, count, &c->source, &pool, &c->skipped, &c->err);
}

void gather_release(struct gathered *g)
{
    for (uint32_t i = 0; i < g->at.count; i++) {
        reading_release(g->at.at[i]);
        free(g->at.at[i]);
    }
}
