#include "story/group.h"

#include <math.h>

/* Mean log odds above which stories are merged.  Below zero, since two stories that stay
 * apart cost every later report of either a wrong neighbour. */
#define JOIN_TEXT (-0.3F)
#define JOIN_HEADLINE (-1.0F)
#define SAMPLE 3         /* members of a story that are weighed against another's */
#define LOGIT_LIMIT 6.0F /* no single pair decides alone */

struct link {
    uint32_t other;
    float sum; /* of log odds over pairs */
    uint32_t pairs;
};

struct cluster {
    ARRAY(uint32_t) member;
    ARRAY(struct link) link;
    uint32_t stamp; /* changes when the cluster does */
    bool gone;
};

struct choice {
    float mean;
    uint32_t a, b, stamp_a, stamp_b;
};

struct linkage {
    struct arena *arena;
    const struct stream *stream;
    struct cluster *cluster;
    uint32_t *place; /* by cluster: 1 + index in the list being merged, or 0 */
    ARRAY(struct choice) heap;
};

/* Whether a comes out of the heap before b. */
static bool before(const struct choice *a, const struct choice *b)
{
    if (a->mean != b->mean)
        return a->mean > b->mean;
    return a->a != b->a ? a->a < b->a : a->b < b->b;
}

static void heap_put(struct linkage *l, struct choice c)
{
    uint32_t i = l->heap.count;

    *PUSH(l->arena, &l->heap) = c;
    for (; i > 0 && before(&c, &l->heap.at[(i - 1) / 2]); i = (i - 1) / 2)
        l->heap.at[i] = l->heap.at[(i - 1) / 2];
    l->heap.at[i] = c;
}

static struct choice heap_take(struct linkage *l)
{
    struct choice top = l->heap.at[0], last = l->heap.at[--l->heap.count];
    uint32_t i = 0;

    for (;;) {
        uint32_t k = 2 * i + 1;

        if (k >= l->heap.count)
            break;
        if (k + 1 < l->heap.count && before(&l->heap.at[k + 1], &l->heap.at[k]))
            k++;
        if (!before(&l->heap.at[k], &last))
            break;
        l->heap.at[i] = l->heap.at[k];
        i = k;
    }
    if (l->heap.count > 0)
        l->heap.at[i] = last;
    return top;
}

static void offer(struct linkage *l, uint32_t a, const struct link *link)
{
    float mean = link->sum / (float)link->pairs;
    uint32_t b = link->other;
    int model = pair_model_of(&l->stream->view[a], &l->stream->view[b]);

    if (mean > (model == MODEL_TEXT ? JOIN_TEXT : JOIN_HEADLINE))
        heap_put(
            l, (struct choice){ mean, a, b, l->cluster[a].stamp, l->cluster[b].stamp });
}

static float limited(float logit)
{
    return fminf(fmaxf(logit, -LOGIT_LIMIT), LOGIT_LIMIT);
}

static float weigh(const struct linkage *l, uint32_t a, uint32_t b)
{
    return pair_logit(l->stream->model, &l->stream->view[a], &l->stream->view[b]);
}

/* The link between clusters that no edge joined yet: a sample of their pairs. */
static struct link sampled(const struct linkage *l, uint32_t a, uint32_t b)
{
    const struct cluster *x = &l->cluster[a], *y = &l->cluster[b];
    struct link link = { .other = b };
    uint32_t dx = (x->member.count + SAMPLE - 1) / SAMPLE;
    uint32_t dy = (y->member.count + SAMPLE - 1) / SAMPLE;

    for (uint32_t i = 0; i < x->member.count; i += dx)
        for (uint32_t j = 0; j < y->member.count; j += dy) {
            link.sum += limited(weigh(l, x->member.at[i], y->member.at[j]));
            link.pairs++;
        }
    return link;
}

/* Stands in for all pairs of two clusters. */
static struct link scaled(struct link link, uint32_t pairs)
{
    link.sum = link.sum / (float)link.pairs * (float)pairs;
    link.pairs = pairs;
    return link;
}

static struct link *find_link(struct cluster *c, uint32_t other)
{
    for (uint32_t i = 0; i < c->link.count; i++)
        if (c->link.at[i].other == other)
            return &c->link.at[i];
    return NULL;
}

static void set_link(struct linkage *l, uint32_t a, struct link link)
{
    struct link *old = find_link(&l->cluster[a], link.other);

    if (old)
        *old = link;
    else
        *PUSH(l->arena, &l->cluster[a].link) = link;
}

/* Adds the links of cluster `from` to those of `to`, which it joins. */
static void join_links(struct linkage *l, uint32_t to, uint32_t from)
{
    struct cluster *x = &l->cluster[to], *y = &l->cluster[from];
    uint32_t old = x->link.count;

    for (uint32_t i = 0; i < old; i++)
        l->place[x->link.at[i].other] = i + 1;
    for (uint32_t i = 0; i < y->link.count; i++) {
        struct link link = y->link.at[i];
        uint32_t at = l->place[link.other];

        if (link.other == to || l->cluster[link.other].gone)
            continue;
        if (at == 0) {
            struct link mine =
                scaled(sampled(l, to, link.other),
                       x->member.count * l->cluster[link.other].member.count);

            mine.sum += link.sum;
            mine.pairs += link.pairs;
            *PUSH(l->arena, &x->link) = mine;
        } else {
            x->link.at[at - 1].sum += link.sum;
            x->link.at[at - 1].pairs += link.pairs;
            l->place[link.other] = UINT32_MAX;
        }
    }
    for (uint32_t i = 0; i < old; i++) {
        struct link *link = &x->link.at[i];

        if (l->place[link->other] != UINT32_MAX && link->other != from &&
            !l->cluster[link->other].gone) {
            struct link theirs =
                scaled(sampled(l, from, link->other),
                       y->member.count * l->cluster[link->other].member.count);

            link->sum += theirs.sum;
            link->pairs += theirs.pairs;
        }
        l->place[link->other] = 0;
    }
}

static void drop_gone(struct linkage *l, struct cluster *c)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < c->link.count; i++)
        if (!l->cluster[c->link.at[i].other].gone)
            c->link.at[kept++] = c->link.at[i];
    c->link.count = kept;
}

static void merge(struct linkage *l, uint32_t to, uint32_t from)
{
    struct cluster *x = &l->cluster[to], *y = &l->cluster[from];

    join_links(l, to, from);
    y->gone = true;
    for (uint32_t i = 0; i < y->member.count; i++)
        *PUSH(l->arena, &x->member) = y->member.at[i];
    x->stamp++;
    drop_gone(l, x);
    for (uint32_t i = 0; i < x->link.count; i++) {
        struct link back = x->link.at[i];
        uint32_t other = back.other;

        back.other = to;
        set_link(l, other, back);
        offer(l, to, &x->link.at[i]);
    }
}

static void link_edges(struct linkage *l, const struct edges *edges)
{
    for (uint32_t i = 0; i < edges->count; i++) {
        struct edge e = edges->at[i];
        struct link link = { .other = e.b, .sum = limited(e.logit), .pairs = 1 };

        *PUSH(l->arena, &l->cluster[e.a].link) = link;
        offer(l, e.a, &link);
        link.other = e.a;
        *PUSH(l->arena, &l->cluster[e.b].link) = link;
    }
}

/* Stories numbered in the order of their first reports. */
static struct grouping number(struct arena *arena, const struct linkage *l,
                              uint32_t reports)
{
    struct grouping g = { .story = NEW(arena, uint32_t, reports + 1) };
    uint32_t *cluster_of = NEW(arena, uint32_t, reports + 1);
    uint32_t *name = NEW(arena, uint32_t, reports + 1);

    for (uint32_t c = 0; c < reports; c++)
        for (uint32_t i = 0; !l->cluster[c].gone && i < l->cluster[c].member.count; i++)
            cluster_of[l->cluster[c].member.at[i]] = c;
    for (uint32_t i = 0; i < reports; i++) {
        uint32_t *n = &name[cluster_of[i]];

        if (*n == 0)
            *n = ++g.stories;
        g.story[i] = *n - 1;
    }
    return g;
}

struct grouping group_edges(struct arena *arena, const struct stream *stream,
                            const struct edges *edges)
{
    struct linkage l = { .arena = arena, .stream = stream };
    uint32_t reports = stream->reports;

    l.cluster = NEW(arena, struct cluster, reports + 1);
    l.place = NEW(arena, uint32_t, reports + 1);
    for (uint32_t i = 0; i < reports; i++)
        *PUSH(arena, &l.cluster[i].member) = i;
    link_edges(&l, edges);
    while (l.heap.count > 0) {
        struct choice c = heap_take(&l);

        if (!l.cluster[c.a].gone && !l.cluster[c.b].gone &&
            l.cluster[c.a].stamp == c.stamp_a && l.cluster[c.b].stamp == c.stamp_b)
            merge(&l, c.a < c.b ? c.a : c.b, c.a < c.b ? c.b : c.a);
    }
    return number(arena, &l, reports);
}
