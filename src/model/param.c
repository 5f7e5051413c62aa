#include "model/param.h"

#include <math.h>

#define BETA_1 0.9f
#define BETA_2 0.98f
#define EPSILON 1e-8f

void param_init(struct arena *arena, struct param *p, struct param_shape shape,
                struct random *random)
{
    size_t n = (size_t)shape.rows * shape.columns;

    *p = (struct param){
        .name = shape.name, .rows = shape.rows, .columns = shape.columns, .decay = true
    };
    p->w = p->use = NEW(arena, float, n);
    p->grad = NEW(arena, float, n);
    p->first = NEW(arena, float, n);
    p->second = NEW(arena, float, n);
    for (size_t i = 0; i < n; i++)
        p->w[i] = shape.spread * (2 * random_unit(random) - 1);
}

void param_init_table(struct arena *arena, struct param *p, struct param_shape shape,
                      struct random *random)
{
    param_init(arena, p, shape, random);
    p->table = true;
    p->decay = false;
    p->touched = NEW(arena, uint32_t, shape.rows);
    p->is_touched = NEW(arena, bool, shape.rows);
}

float *param_row_grad(struct param *p, uint32_t row)
{
    if (!p->is_touched[row]) {
        p->is_touched[row] = true;
        p->touched[p->touches++] = row;
    }
    return p->grad + (size_t)row * p->columns;
}

static double square_sum(const float *x, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += (double)x[i] * (double)x[i];
    return sum;
}

double param_grad_square(const struct param *p)
{
    double sum = 0;

    if (!p->table)
        return square_sum(p->grad, (size_t)p->rows * p->columns);
    for (uint32_t i = 0; i < p->touches; i++)
        sum += square_sum(p->grad + (size_t)p->touched[i] * p->columns, p->columns);
    return sum;
}

/* What every number of one step shares. */
struct step {
    float rate, shrink, scale, root; /* root: of the second moment's bias correction */
};

static void step_range(struct param *p, const struct step *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        float g = p->grad[i] * s->scale;

        p->grad[i] = 0;
        p->first[i] = BETA_1 * p->first[i] + (1 - BETA_1) * g;
        p->second[i] = BETA_2 * p->second[i] + (1 - BETA_2) * g * g;
        p->w[i] -= s->rate * p->first[i] / (sqrtf(p->second[i]) * s->root + EPSILON) +
                   s->shrink * p->w[i];
    }
}

void param_step(struct param *p, const struct adam *a)
{
    float t = (float)a->step;
    struct step s = { .rate = a->rate / (1 - powf(BETA_1, t)),
                      .shrink = p->decay ? a->rate * a->decay : 0,
                      .scale = a->clip_scale,
                      .root = 1 / sqrtf(1 - powf(BETA_2, t)) };

    if (!p->table)
        step_range(p, &s, 0, (size_t)p->rows * p->columns);
    for (uint32_t i = 0; i < p->touches; i++) {
        size_t from = (size_t)p->touched[i] * p->columns;

        step_range(p, &s, from, from + p->columns);
        p->is_touched[p->touched[i]] = false;
    }
    p->touches = 0;
}

void param_mean(struct arena *arena, struct param *p, float share)
{
    size_t n = (size_t)p->rows * p->columns;

    if (p->mean == NULL) {
        p->mean = NEW(arena, float, n);
        memcpy(p->mean, p->w, n * sizeof *p->w);
    }
    for (size_t i = 0; i < n; i++)
        p->mean[i] += share * (p->w[i] - p->mean[i]);
}

void param_swap_mean(struct param *p)
{
    size_t n = p->mean ? (size_t)p->rows * p->columns : 0;

    for (size_t i = 0; i < n; i++) {
        float w = p->w[i];

        p->w[i] = p->mean[i];
        p->mean[i] = w;
    }
}

void param_quantise(struct arena *arena, struct param *p)
{
    if (p->use == p->w)
        p->use = NEW(arena, float, (size_t)p->rows * p->columns);
    for (uint32_t r = 0; r < p->rows; r++) {
        const float *w = p->w + (size_t)r * p->columns;
        float *use = p->use + (size_t)r * p->columns, greatest = 1e-12f;

        for (uint32_t i = 0; i < p->columns; i++)
            greatest = fmaxf(greatest, fabsf(w[i]));
        for (uint32_t i = 0; i < p->columns; i++)
            use[i] = rintf(w[i] * (63 / greatest)) * (greatest / 63);
    }
}
