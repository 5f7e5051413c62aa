/* candidates.c - for each report the few earlier ones worth weighing. */
#include <math.h>

#include "story/group.h"

#define LISTED_TERMS 40 /* the most telling terms of a report stand in the index */
#define LIST_MAX 64     /* latest reports that a term leads to */
#define CANDIDATES 16

/* The latest LIST_MAX reports that a term leads to, a ring. */
struct list {
    struct listed {
        uint32_t report;
        float weight;
    } * at;
    uint32_t count, cap;
};

struct ranked {
    uint32_t id; /* mark or report */
    float weight;
};

struct finder {
    struct arena *arena;
    const struct stream *stream;
    struct list *list; /* by term */
    float *sum;        /* by report */
    ARRAY(uint32_t) touched;
};

static int heaviest(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

/* The weight of a term in the search: more in the opening and when repeated. */
static float search_weight(const struct mark *m)
{
    float w = m->idf * (m->lead ? 1.5F : 1.0F) * (m->body > 1 ? 1.4F : 1.0F);

    return m->flags & MARK_NAME ? w * 1.2F : w;
}

/* Keeps the n heaviest of count at the front. */
static uint32_t keep_heaviest(struct ranked *r, uint32_t count, uint32_t n)
{
    qsort(r, count, sizeof *r, heaviest);
    return count < n ? count : n;
}

/* The terms that the report is looked up and listed by.  A term of one report alone
 * leads nowhere. */
static uint32_t telling(const struct stream *s, const struct view *v,
                        struct ranked *out)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < v->marks; i++)
        if (s->vocabulary->term[v->mark[i].term].reports > 1)
            out[n++] = (struct ranked){ i, search_weight(&v->mark[i]) };
    return keep_heaviest(out, n, LISTED_TERMS);
}

static void list_add(struct arena *arena, struct list *l, uint32_t report, float weight)
{
    struct listed *e;

    if (l->count < LIST_MAX && l->count == l->cap)
        l->at = arena_grow(arena, l->at, &l->cap, sizeof *l->at);
    e = &l->at[l->count++ % LIST_MAX];
    *e = (struct listed){ report, weight };
}

static void collect(struct finder *f, const struct list *l, float weight)
{
    uint32_t n = l->count < LIST_MAX ? l->count : LIST_MAX;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t r = l->at[i].report;

        if (f->sum[r] == 0)
            *PUSH(f->arena, &f->touched) = r;
        f->sum[r] += weight * l->at[i].weight;
    }
}

/* Reports months apart seldom tell of one happening. */
static float nearness(const struct view *a, const struct view *b)
{
    if (a->day == DATE_NONE || b->day == DATE_NONE)
        return 0.6F;
    return 0.3F + 0.7F * expf(-fabsf(a->hour - b->hour) / 20);
}

static void weigh_candidates(struct finder *f, uint32_t report, struct arena *out,
                             struct edges *edges)
{
    struct ranked *r = NEW(f->arena, struct ranked, f->touched.count + 1);
    const struct view *view = &f->stream->view[report];
    uint32_t n = f->touched.count;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t other = f->touched.at[i];

        r[i] = (struct ranked){ other, f->sum[other] *
                                           nearness(view, &f->stream->view[other]) };
        f->sum[other] = 0;
    }
    n = keep_heaviest(r, n, CANDIDATES);
    for (uint32_t i = 0; i < n; i++) {
        struct edge *e = PUSH(out, edges);

        e->a = r[i].id;
        e->b = report;
        e->logit = pair_logit(f->stream->model, &f->stream->view[r[i].id], view);
    }
    f->touched.count = 0;
}

struct edges edges_from_stream(struct arena *arena, const struct stream *stream)
{
    struct finder f = { .arena = arena, .stream = stream };
    struct edges edges = { .at = NULL };
    struct ranked top[MARKS_MAX];

    f.list = NEW(arena, struct list, stream->vocabulary->count + 1);
    f.sum = NEW(arena, float, stream->reports + 1);
    for (uint32_t i = 0; i < stream->reports; i++) {
        const struct view *view = &stream->view[i];
        uint32_t n = telling(stream, view, top);

        for (uint32_t k = 0; k < n; k++)
            collect(&f, &f.list[view->mark[top[k].id].term], top[k].weight);
        weigh_candidates(&f, i, arena, &edges);
        for (uint32_t k = 0; k < n; k++)
            list_add(arena, &f.list[view->mark[top[k].id].term], i, top[k].weight);
    }
    return edges;
}
