/* The backward passes of the network against finite differences, on a tiny net. */
#include <math.h>

#include "check.h"
#include "model/net.h"

/* Three sentences: the first and the last have teachers, the last nothing else. */
#define WORDS 12
#define NONE NET_NONE

static const uint32_t firsts[] = { 0, 4, 9, 12 };
static const uint32_t word[WORDS] = { 0, 1, 2, 3, 1, 4, 0, 2, 5, 3, 4, 1 };
static const uint8_t upos[WORDS] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 255, 255 };
static const uint8_t xpos[WORDS] = { 1, 2, 255, 4, 5, 6, 7, 8, 9, 255, 255, 255 };
static const uint8_t rel[WORDS] = { 1, 2, 3, 4, 5, 6, 1, 8, 9, 255, 255, 255 };
static const uint16_t rule[WORDS] = { 0, 1, 2, 3, UINT16_MAX, 1, 2, 3, 0, 0, 1, 2 };
static const uint32_t head[WORDS] = { 0, 1, 2, 1, 3, 1, 0, 3, 4, NONE, NONE, NONE };
static const uint32_t names[WORDS] = { 1, 2, 8, 1, 3, 1, 0, 16, 1, 0, 0, 0 };
static const float vector_a[4] = { 0.5f, -1, 0.25f, 1 };
static const float vector_b[4] = { -0.5f, 0.75f, 1, 0.125f };
static const float *const vectors[WORDS] = { vector_a, vector_b, NULL,     vector_a,
                                             NULL,     vector_b, vector_a, vector_b,
                                             NULL,     vector_b, vector_a, NULL };
static struct taught taught[WORDS];
static uint16_t labels[WORDS][TAUGHT_LABELS], arcs[WORDS][5];

static struct net net;
static struct net_batch batch;

static double loss_of(struct net_loss l)
{
    return (2 * l.upos + l.xpos + l.rule * 0.5 + l.arc + l.label + l.name) / WORDS;
}

static double loss_now(void)
{
    net.random.state = 7; /* the same dropout each time */
    net_forward(&net, &batch, true);
    return loss_of(net_backward(&net, &batch));
}

/* Likelihoods of n labels, all of them together TAUGHT_ONE. */
static void make_likelihoods(struct random *random, uint32_t n, uint16_t *p)
{
    uint32_t left = TAUGHT_ONE;

    for (uint32_t i = 0; i + 1 < n; i++) {
        p[i] = (uint16_t)random_below(random, left / 2 + 1);
        left -= p[i];
    }
    p[n - 1] = (uint16_t)left;
}

static void make_taught(uint32_t first, uint32_t n)
{
    struct random random = { first };

    for (uint32_t t = first; t < first + n; t++) {
        uint16_t *p = labels[t];

        make_likelihoods(&random, UPOS_COUNT, p + TAUGHT_UPOS);
        make_likelihoods(&random, XPOS_COUNT, p + TAUGHT_XPOS);
        make_likelihoods(&random, NAME_LABELS, p + TAUGHT_NAMES);
        make_likelihoods(&random, DEPREL_COUNT, p + TAUGHT_REL);
        make_likelihoods(&random, n + 1, arcs[t]);
        arcs[t][0] += arcs[t][1 + t - first]; /* nothing is its own head */
        arcs[t][1 + t - first] = 0;
        taught[t] = (struct taught){ p, arcs[t], t - first };
    }
}

static void clear(struct param *p, void *unused)
{
    (void)unused;
    memset(p->grad, 0, (size_t)p->rows * p->columns * sizeof *p->grad);
}

/* The gradient as the backward pass tells it, of one number. */
static double told(const struct param *p, size_t i)
{
    net_each(&net, clear, NULL);
    loss_now();
    return (double)p->grad[i];
}

/* How the loss changes from so far on one side of a weight to so far on the other. */
static double change(float *w, float step)
{
    float kept = *w;
    double up, down;

    *w = kept + step;
    up = loss_now();
    *w = kept - step;
    down = loss_now();
    *w = kept;
    return up - down;
}

static void check_at(struct param *p, size_t i)
{
    const float step = 1e-3f;
    double gradient = told(p, i), slope;

    /* without the third derivative's part */
    slope =
        (8 * change(&p->w[i], step) - change(&p->w[i], 2 * step)) / (12 * (double)step);
    CHECK(fabs(slope - gradient) < 1e-3 + 0.03 * fabs(slope), "%s[%zu]: %g, told %g",
          p->name, i, slope, gradient);
}

static void check_param(struct param *p, void *random)
{
    size_t n = (size_t)p->rows * p->columns;

    for (int tries = 0; tries < 12; tries++)
        check_at(p, p->table ? random_below(random, 6 * p->columns)
                             : random_below(random, (uint32_t)n));
}

int main(void)
{
    struct net_shape shape = {
        .width = 8,
        .word = 6,
        .part = 3,
        .vector_in = 4,
        .vector = 5,
        .arc = 7,
        .label = 6,
        .name = 6,
        .words = 8,
        .rules = 4,
        .layers = 3,
        .layer = { { NET_WINDOW, 1 }, { NET_SCAN, 0 }, { NET_WINDOW, 2 } }
    };
    uint32_t part[WORDS][FEATURE_PART_COUNT];
    struct arena arena;
    struct random random = { 3 };

    arena_init(&arena, SIZE_MAX);
    for (uint32_t t = 0; t < WORDS; t++)
        for (uint32_t i = 0; i < FEATURE_PART_COUNT; i++)
            part[t][i] = (t + i) % 6;
    make_taught(0, 4);
    make_taught(9, 3);
    batch = (struct net_batch){ .sentences = { firsts, 3 },
                                .words = WORDS,
                                .word = word,
                                .part = (const uint32_t(*)[FEATURE_PART_COUNT])part,
                                .vector = vectors,
                                .upos = upos,
                                .xpos = xpos,
                                .rel = rel,
                                .rule = rule,
                                .head = head,
                                .names = names,
                                .taught = taught };
    net_init(&arena, &net, &shape, WORDS, 5, 11);
    net.rates = (struct net_rates){ 0.2f, 0.2f, 0.2f, 0.2f, 0.2f };
    net_each(&net, check_param, &random);
    arena_release(&arena);
    return check_done();
}
