/* param.h - a matrix that is learned: weights, their gradient, AdamW's moments. */
#ifndef CORROB_MODEL_PARAM_H
#define CORROB_MODEL_PARAM_H

#include "base/arena.h"
#include "model/random.h"

struct param {
    const char *name;
    float *w, *grad, *first, *second; /* rows x columns; the last two are moments */
    float *mean;                      /* moving mean of w; NULL: none yet */
    float *use; /* what the forward pass reads: w, or its values after quantisation */
    uint32_t rows, columns;
    bool decay;   /* weight decay applies */
    bool table;   /* rows are looked up: only those touched in a step are updated */
    bool integer; /* quantised by rows in the model file */
    uint32_t *touched, touches;
    bool *is_touched;
};

struct param_shape {
    const char *name;
    uint32_t rows, columns;
    float spread; /* values are drawn evenly from -spread .. spread */
};
void param_init(struct arena *arena, struct param *p, struct param_shape shape,
                struct random *random);
void param_init_table(struct arena *arena, struct param *p, struct param_shape shape,
                      struct random *random);
/* The gradient of a row of a table, marked as touched. */
float *param_row_grad(struct param *p, uint32_t row);

struct adam {
    float rate, decay, clip_scale; /* clip_scale multiplies each gradient */
    uint32_t step;                 /* from 1 */
};
/* Sum of the squares of the gradient. */
double param_grad_square(const struct param *p);
/* One step; the gradient is zero after it. */
void param_step(struct param *p, const struct adam *a);
/* Moves the mean a share of the way to w; the first time it becomes w. */
void param_mean(struct arena *arena, struct param *p, float share);
/* Exchanges w and its mean; nothing where there is no mean. */
void param_swap_mean(struct param *p);
/* Makes p->use a copy of w with rows of 7 bits: -63..63 times the row's greatest / 63. */
void param_quantise(struct arena *arena, struct param *p);

#endif
