/* happening_pair.c - what two tellings have in common, and the net that weighs it. */
#include <math.h>

#include "story/happening_int.h"

#define PROFILES_MAX 160 /* reports; larger stories are compared two by two alone */
#define FEW 4            /* reports: too few to tell who stands how to whom */

/* How near two reports are, without what is usual for the second: x(i, k) is not x(k, i). */
static void take_usual(float *x, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        float sum = 0;

        for (uint32_t i = 0; i < n; i++)
            sum += i == k ? 0 : x[i * n + k];
        for (uint32_t i = 0; i < n; i++)
            x[i * n + k] = i == k ? 0 : x[i * n + k] - sum / (float)(n - 1);
    }
}

/* Of two happenings in one story the reports of each are near to one another: so two
 * reports of one happening are near to the same reports, and far from the same. */
static void find_profiles(struct happenings *h)
{
    uint32_t n = h->reports;
    float *x = NEW(h->arena, float, (size_t)n *n + 1);

    memcpy(x, h->marked, (size_t)n * n * sizeof *x);
    take_usual(x, n);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < n; j++) {
            const float *a = x + i * n, *b = x + j * n;
            float both = 2 * fmaxf(0, a[j]) * a[j], of_a = 1e-6F, of_b = 1e-6F;

            for (uint32_t k = 0; k < n; k++) {
                both += k == i || k == j ? 0 : a[k] * b[k];
                of_a += a[k] * a[k];
                of_b += b[k] * b[k];
            }
            h->profile[i * n + j] = i == j ? 1 : both / sqrtf(of_a * of_b);
        }
}

static float told_cosine(const struct happenings *h, uint32_t a, uint32_t b)
{
    return a == b ? 1 : bag_cosine(&h->report[a].told, &h->report[b].told);
}

static float marked_cosine(const struct happenings *h, uint32_t a, uint32_t b)
{
    return a == b ? 1 : bag_cosine(&h->report[a].marked, &h->report[b].marked);
}

void happenings_compare_reports(struct happenings *h)
{
    uint32_t n = h->reports;

    if (n > PROFILES_MAX)
        return;
    h->told = NEW(h->arena, float, (size_t)n *n + 1);
    h->marked = NEW(h->arena, float, (size_t)n *n + 1);
    h->profile = NEW(h->arena, float, (size_t)n *n + 1);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j <= i; j++) {
            h->told[i * n + j] = h->told[j * n + i] = told_cosine(h, i, j);
            h->marked[i * n + j] = h->marked[j * n + i] = marked_cosine(h, i, j);
        }
    if (n >= FEW)
        find_profiles(h);
}

static float dot(const struct happenings *h, const float *a, const float *b)
{
    float sum = 0;

    for (uint32_t i = 0; i < h->vector; i++)
        sum += a[i] * b[i];
    return sum;
}

/* What two bags share, and behind it whether both have something and share nothing. */
static void put_bags(float f[2], const struct bag *a, const struct bag *b)
{
    f[0] = bag_share(a, b);
    f[1] = a->count > 0 && b->count > 0 && f[0] <= 0;
}

static void compare_heads(const struct happenings *h, const struct happening *a,
                          const struct happening *b, float *f)
{
    bool lemma = a->lemma == b->lemma;
    bool typed = a->type != EVENT_TYPES && b->type != EVENT_TYPES;

    f[LIKE_LEMMA] = lemma;
    f[LIKE_STEM] = a->stem == b->stem;
    f[LIKE_SENSE] = a->sense == b->sense;
    f[LIKE_VECTOR] = lemma ? 1 : dot(h, a->vector, b->vector);
    f[LIKE_KIN] = lemma ? 1 : kin_likeness(a->kin, b->kin);
    f[LIKE_NEAREST] = fmaxf(fmaxf(f[LIKE_KIN], f[LIKE_STEM]), f[LIKE_VECTOR]);
    f[LIKE_WORDS] = bag_cosine(&a->words, &b->words);
    f[LIKE_TYPE] = typed && a->type == b->type;
    f[LIKE_TYPES_APART] = typed && a->type != b->type;
    f[LIKE_MODE] = a->mode.len > 0 && str_eq(a->mode, b->mode);
    f[LIKE_SAYS] = (float)a->says + (float)b->says;
    f[LIKE_COMMON] = (float)a->common + (float)b->common;
    f[LIKE_IDF] = fminf(a->idf, b->idf);
    f[LIKE_RARE] = fminf(a->marked, b->marked);
    f[LIKE_TIMES] = logf((float)(a->times > b->times ? a->times : b->times) + 1);
    f[LIKE_OPEN] = a->open != b->open;
}

static void compare_sentences(const struct happenings *h, const struct scene *x,
                              const struct scene *y, float *f)
{
    f[LIKE_TOLD] = bag_cosine(&x->told, &y->told);
    f[LIKE_MARKED] = bag_cosine(&x->marked, &y->marked);
    f[LIKE_TOLD_LEAST] = bag_share(&x->told, &y->told);
    f[LIKE_SENTENCE] = dot(h, x->vector, y->vector);
    put_bags(&f[LIKE_NAMES], &x->names, &y->names);
    put_bags(&f[LIKE_NUMBERS], &x->numbers, &y->numbers);
    if (x->begin_day != DATE_NONE && y->begin_day != DATE_NONE) {
        bool apart = x->begin_day > y->end_day || y->begin_day > x->end_day;

        f[LIKE_DAY] = !apart;
        f[LIKE_DAYS_APART] = apart;
    }
}

static void compare_surroundings(const struct happenings *h, const struct happening *a,
                                 const struct happening *b, float *f)
{
    uint32_t pair = a->report * h->reports + b->report;
    bool same = a->report == b->report;

    f[LIKE_REPORT] = h->told ? h->told[pair] : told_cosine(h, a->report, b->report);
    f[LIKE_REPORT_MARKED] =
        h->marked ? h->marked[pair] : marked_cosine(h, a->report, b->report);
    f[LIKE_PROFILE] = h->profile ? h->profile[pair] : 0;
    f[LIKE_BEFORE] = bag_share(&a->before, &b->before);
    f[LIKE_BEHIND] = bag_share(&a->behind, &b->behind);
    f[LIKE_CROSSED] =
        fmaxf(bag_share(&a->before, &b->behind), bag_share(&a->behind, &b->before));
    put_bags(&f[LIKE_NAMED_BEFORE], &a->named_before, &b->named_before);
    put_bags(&f[LIKE_NAMED_BEHIND], &a->named_behind, &b->named_behind);
    put_bags(&f[LIKE_COUNTED], &a->counted, &b->counted);
    f[LIKE_ONE_REPORT] = same;
    f[LIKE_ONE_SENTENCE] = same && a->sentence == b->sentence;
    f[LIKE_DISTANCE] =
        same ? logf(1 + fabsf((float)a->sentence - (float)b->sentence)) : 0;
    f[LIKE_LEAD] = (float)(a->sentence < 2) + (float)(b->sentence < 2);
}

void happening_features(const struct happenings *h, const struct happening *a,
                        const struct happening *b, float f[LIKE_FEATURES])
{
    float kin, vector;

    memset(f, 0, LIKE_FEATURES * sizeof *f);
    compare_heads(h, a, b, f);
    compare_sentences(h, a->scene, b->scene, f);
    compare_surroundings(h, a, b, f);
    kin = fmaxf(f[LIKE_KIN], f[LIKE_STEM]);
    vector = fmaxf(f[LIKE_VECTOR], 0);
    f[LIKE_STEM_MARKED] = f[LIKE_STEM] * f[LIKE_MARKED];
    f[LIKE_STEM_REPORT] = f[LIKE_STEM] * f[LIKE_REPORT_MARKED];
    f[LIKE_VECTOR_MARKED] = vector * f[LIKE_MARKED];
    f[LIKE_VECTOR_REPORT] = vector * f[LIKE_REPORT_MARKED];
    f[LIKE_VECTOR_SENTENCE] = vector * f[LIKE_SENTENCE];
    f[LIKE_KIN_MARKED] = kin * f[LIKE_MARKED];
    f[LIKE_KIN_REPORT] = kin * f[LIKE_REPORT_MARKED];
    f[LIKE_NEAREST_PROFILE] = f[LIKE_NEAREST] * f[LIKE_PROFILE];
}

float happening_net_logit(const struct happening_net *net,
                          const float feature[LIKE_FEATURES])
{
    float h[LIKE_HIDDEN], sum = net->out[LIKE_HIDDEN];

    memcpy(h, net->bias, sizeof h);
    for (int i = 0; i < LIKE_FEATURES; i++) {
        float x = (feature[i] - net->centre[i]) * net->scale[i];

        for (int k = 0; k < LIKE_HIDDEN; k++)
            h[k] += net->in[i][k] * x;
    }
    for (int k = 0; k < LIKE_HIDDEN; k++)
        sum += net->out[k] * (h[k] > 0 ? h[k] : 0.1F * h[k]);
    return sum;
}

float happening_logit(const struct happenings *h, const struct happening *a,
                      const struct happening *b)
{
    float f[LIKE_FEATURES];

    happening_features(h, a, b, f);
    return happening_net_logit(&happening_net, f);
}
