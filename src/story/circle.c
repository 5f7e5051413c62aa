#include "story/circle.h"

#include <math.h>

#include "story/names.h"

/* Mean log odds above which stories are merged.  Below zero, since two stories that stay
 * apart cost every later report of either a wrong neighbour. */
#define JOIN_TEXT (-0.3F)
#define JOIN_UNDATED (-0.6F)
#define JOIN_HEADLINE (-1.0F)
/* Groups less near than NAMES_MIN are not made one by their names. */
#define NAMES_MIN (-4.5F)
#define NEAR (-2.2F)
#define NEARLY (-0.8F)
#define LOGIT_LIMIT 6.0F /* no single pair decides alone */

struct linkage {
    const struct sorter *sorter;
    struct circle *circle;
    float near[CIRCLE_MAX][CIRCLE_MAX]; /* mean less what it takes to be merged */
    float unit[CIRCLE_MAX][CIRCLE_MAX]; /* the same of units, before any merging */
    uint32_t size[CIRCLE_MAX]; /* reports of a group, 0: it has gone into another */
    struct arena *scratch;
    const struct profile *profile[CIRCLE_MAX]; /* of a group, NULL: not asked for yet */
};

static float favour(const struct sorter *s, uint32_t a, uint32_t b)
{
    const struct view *x = &sorter_slip(s, a)->view, *y = &sorter_slip(s, b)->view;
    static const float join[MODELS] = { [MODEL_TEXT] = JOIN_TEXT,
                                        [MODEL_HEADLINE] = JOIN_HEADLINE,
                                        [MODEL_UNDATED] = JOIN_UNDATED };
    float logit = sorter_logit(s, a, b);

    return fminf(fmaxf(logit, -LOGIT_LIMIT), LOGIT_LIMIT) - join[pair_model_of(x, y)];
}

/* The mean over the pairs of two units' samples. */
static float weigh(const struct sorter *s, const struct unit *a, const struct unit *b)
{
    float sum = 0;

    for (uint32_t i = 0; i < a->samples; i++)
        for (uint32_t j = 0; j < b->samples; j++)
            sum += favour(s, a->sample[i], b->sample[j]);
    return sum / (float)(a->samples * b->samples);
}

static void weigh_all(struct linkage *l)
{
    uint32_t n = l->circle->units;

    for (uint32_t i = 0; i < n; i++) {
        l->size[i] = l->circle->unit[i].chain.count;
        l->circle->unit[i].group = i;
        for (uint32_t j = 0; j < i; j++)
            l->near[i][j] = l->near[j][i] = l->unit[i][j] = l->unit[j][i] =
                weigh(l->sorter, &l->circle->unit[j], &l->circle->unit[i]);
    }
}

/* The nearest two groups; false when none are near enough. */
static bool nearest(const struct linkage *l, uint32_t *a, uint32_t *b)
{
    float best = 0;
    bool found = false;

    for (uint32_t i = 0; i < l->circle->units; i++)
        for (uint32_t j = 0; l->size[i] > 0 && j < i; j++)
            if (l->size[j] > 0 && l->near[i][j] > best) {
                best = l->near[i][j];
                *a = j;
                *b = i;
                found = true;
            }
    return found;
}

static void merge(struct linkage *l, uint32_t to, uint32_t from)
{
    float x = (float)l->size[to], y = (float)l->size[from];

    for (uint32_t k = 0; k < l->circle->units; k++) {
        float mean = (x * l->near[to][k] + y * l->near[from][k]) / (x + y);

        l->near[to][k] = l->near[k][to] = mean;
        if (l->circle->unit[k].group == from)
            l->circle->unit[k].group = to;
    }
    l->size[to] += l->size[from];
    l->size[from] = 0;
    l->profile[to] = NULL;
}

/* Two groups that names may make one: those of one story, and any with the new report. */
static bool may_be_one(const struct linkage *l, uint32_t a, uint32_t b)
{
    const struct circle *c = l->circle;
    uint32_t new = c->unit[c->units - 1].group;

    return l->near[a][b] > NAMES_MIN &&
           (a == new || b == new || c->unit[a].story == c->unit[b].story);
}

/* Rare names that two groups must share to be one: the less near, the more. */
static uint32_t names_wanted(float near)
{
    return near > NEARLY ? 1 : near > NEAR ? 2 : 3;
}

/* Groups near to either of two. */
static void find_allies(const struct linkage *l, uint32_t a, uint32_t b,
                        struct allies *out)
{
    *out = (struct allies){ .circle = l->circle };
    for (uint32_t k = 0; k < l->circle->units; k++)
        if (k != a && k != b && l->size[k] > 0 &&
            fmaxf(l->near[a][k], l->near[b][k]) > NEARLY)
            out->group[out->groups++] = k;
}

static const struct profile *profile(struct linkage *l, uint32_t group)
{
    if (!l->profile[group]) {
        struct profile *p = NEW(l->scratch, struct profile, 1);

        profile_of_group(l->sorter, l->circle, group, p);
        l->profile[group] = p;
    }
    return l->profile[group];
}

/* Whether enough rare names stand in both groups. */
static bool names_join(struct linkage *l, uint32_t a, uint32_t b)
{
    struct allies allies;

    find_allies(l, a, b, &allies);
    return profiles_shared(l->sorter, profile(l, a), profile(l, b), &allies) >=
           names_wanted(l->near[a][b]);
}

/* The first two groups that their names make one. */
static bool same_names(struct linkage *l, uint32_t *a, uint32_t *b)
{
    for (uint32_t i = 0; i < l->circle->units; i++)
        for (uint32_t j = 0; l->size[i] > 0 && j < i; j++)
            if (l->size[j] > 0 && may_be_one(l, i, j) && names_join(l, i, j)) {
                *a = j;
                *b = i;
                return true;
            }
    return false;
}

/* How near a unit is to the others of a group, in the mean; -INFINITY without others. */
static float nearness(const struct linkage *l, uint32_t unit, uint32_t group)
{
    const struct unit *u = l->circle->unit;
    float sum = 0, reports = 0;

    for (uint32_t k = 0; k < l->circle->units; k++)
        if (k != unit && u[k].group == group) {
            sum += l->unit[unit][k] * (float)u[k].chain.count;
            reports += (float)u[k].chain.count;
        }
    return reports > 0 ? sum / reports : -INFINITY;
}

/* A group is called by its first unit, also when another has left it. */
static void name_by_first(struct circle *c)
{
    uint32_t first[CIRCLE_MAX] = { 0 }; /* 1 + unit, by the group's old name */

    for (uint32_t i = 0; i < c->units; i++) {
        uint32_t *name = &first[c->unit[i].group];

        if (*name == 0)
            *name = i + 1;
        c->unit[i].group = *name - 1;
    }
}

/* The group that a unit is nearest to; its own when none is near enough. */
static uint32_t nearest_group(const struct linkage *l, uint32_t unit)
{
    const struct unit *u = l->circle->unit;
    uint32_t to = u[unit].group;
    float best = fmaxf(nearness(l, unit, to), 0);

    for (uint32_t k = 0; k < l->circle->units; k++) {
        float near = u[k].group == to ? 0 : nearness(l, unit, u[k].group);

        if (near > best) {
            best = near;
            to = u[k].group;
        }
    }
    return to;
}

static bool is_headline(const struct sorter *s, const struct unit *u)
{
    const struct view *v = &sorter_slip(s, u->sample[0])->view;

    return pair_model_of(v, v) == MODEL_HEADLINE;
}

/* Units that an early merging put with their nearest, but that are nearer to the whole of
 * another group, go over: a report on the dam with a line on the riots, read before there
 * was more of either.  Headlines say too little for that. */
static void settle(struct linkage *l)
{
    struct circle *c = l->circle;

    for (uint32_t i = 0; i < c->units; i++)
        if (!is_headline(l->sorter, &c->unit[i]))
            c->unit[i].group = nearest_group(l, i);
    name_by_first(c);
}

void circle_link(const struct sorter *s, struct arena *scratch, struct circle *c)
{
    struct linkage l = { .sorter = s, .circle = c, .scratch = scratch };
    uint32_t a, b;

    weigh_all(&l);
    while (nearest(&l, &a, &b))
        merge(&l, a, b);
    while (same_names(&l, &a, &b))
        merge(&l, a, b);
    settle(&l);
}
