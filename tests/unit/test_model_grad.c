/* The backward passes of the network against finite differences, on a tiny net. */
#include <math.h>

#include "check.h"
#include "model/net.h"

#define WORDS 9

static const uint32_t firsts[] = { 0, 4, 9 };
static const uint32_t word[WORDS] = { 0, 1, 2, 3, 1, 4, 0, 2, 5 };
static const uint8_t upos[WORDS] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
static const uint8_t xpos[WORDS] = { 1, 2, 255, 4, 5, 6, 7, 8, 9 };
static const uint8_t rel[WORDS] = { 1, 2, 3, 4, 5, 6, 1, 8, 9 };
static const uint16_t rule[WORDS] = { 0, 1, 2, 3, UINT16_MAX, 1, 2, 3, 0 };
static const uint32_t head[WORDS] = { 0, 1, 2, 1, 3, 1, 0, 3, 4 };
static const uint32_t names[WORDS] = { 1, 2, 8, 1, 3, 1, 0, 16, 1 };
static const float vector_a[4] = { 0.5f, -1, 0.25f, 1 };
static const float vector_b[4] = { -0.5f, 0.75f, 1, 0.125f };
static const float *const vectors[WORDS] = { vector_a, vector_b, NULL,
                                             vector_a, NULL,     vector_b,
                                             vector_a, vector_b, NULL };

static struct net net;
static struct net_batch batch;

static double loss_of(struct net_loss l)
{
    return (l.upos + l.xpos + l.rule * 0.5 + l.arc + l.label + l.name) / WORDS;
}

static double loss_now(void)
{
    net.random.state = 7; /* the same dropout each time */
    net_forward(&net, &batch, true);
    return loss_of(net_backward(&net, &batch));
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

static void check_at(struct param *p, size_t i)
{
    const float step = 1e-3f;
    float kept = p->w[i];
    double up, down, slope, gradient = told(p, i);

    p->w[i] = kept + step;
    up = loss_now();
    p->w[i] = kept - step;
    down = loss_now();
    p->w[i] = kept;
    slope = (up - down) / (2 * (double)step);
    CHECK(fabs(slope - gradient) < 6e-4 + 0.03 * fabs(slope), "%s[%zu]: %g, told %g",
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
    batch = (struct net_batch){ .sentences = { firsts, 2 },
                                .words = WORDS,
                                .word = word,
                                .part = (const uint32_t(*)[FEATURE_PART_COUNT])part,
                                .vector = vectors,
                                .upos = upos,
                                .xpos = xpos,
                                .rel = rel,
                                .rule = rule,
                                .head = head,
                                .names = names };
    net_init(&arena, &net, &shape, WORDS, 5, 11);
    net.rates = (struct net_rates){ 0.2f, 0.2f, 0.2f, 0.2f, 0.2f };
    net_each(&net, check_param, &random);
    arena_release(&arena);
    return check_done();
}
