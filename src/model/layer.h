/* layer.h - the steps a network is made of, forwards and backwards.
 *
 * All matrices are rows of words, one row a word; dx is the gradient of the loss by x.
 * Backward functions add to the gradients of parameters and set those of inputs.
 */
#ifndef CORROB_MODEL_LAYER_H
#define CORROB_MODEL_LAYER_H

#include "model/param.h"
#include "model/sgemm.h"
#include "model/taught.h"

/* y[rows x w.rows] = x[rows x w.columns] w^T + b */
void linear_forward(const struct sgemm *g, const struct param *w, const struct param *b,
                    size_t rows, const float *x, float *y);
/* From the gradient of y to that of x. */
struct gradient {
    const float *dy;
    float *dx; /* may be NULL */
    bool add;  /* to what dx has */
};
void linear_backward(const struct sgemm *g, struct param *w, struct param *b,
                     size_t rows, const float *x, struct gradient d);

/* y[width] = a sigmoid(b) where z = [a b], two times as wide. */
void glu_forward(size_t rows, size_t width, const float *z, float *y);
void glu_backward(size_t rows, size_t width, const float *z, const float *dy,
                  float *dz);

/* y = gain (x - mean) / deviation + bias, in each row.  x becomes (x - mean) / deviation;
 * scale[row] is 1 / deviation. */
void norm_forward(size_t rows, const struct param *gain, const struct param *bias,
                  float *x, float *scale, float *y);
/* What norm_forward left. */
struct normed {
    const float *x, *scale;
};
void norm_backward(size_t rows, struct param *gain, struct param *bias,
                   struct normed of, const float *dy, float *dx);

/* The sentences of a batch: sentence s has the rows first[s] .. first[s + 1]. */
struct sentences {
    const uint32_t *first;
    uint32_t count;
};

/* Three neighbours side by side: y = [x(-gap) x x(+gap)], 0 outside the sentence. */
void window_forward(const struct sentences *s, size_t width, uint32_t gap,
                    const float *x, float *y);
/* Adds to dx. */
void window_backward(const struct sentences *s, size_t width, uint32_t gap,
                     const float *dy, float *dx);

/* A running average with a gate that is learned: z = [x f r], c = f c' + (1 - f) x with c'
 * of the word before (of the word after for the second half of the channels), y = r c; f
 * and r through sigmoid.  z becomes [x f r] with the sigmoids taken. */
void scan_forward(const struct sentences *s, size_t width, float *z, float *c,
                  float *y);
void scan_backward(const struct sentences *s, size_t width, const float *z,
                   const float *c, const float *dy, float *dz);

/* A mask of 0 and 1 / (1 - rate). */
void dropout_mask(struct random *random, float rate, size_t n, float *mask);
void multiply(size_t n, const float *mask, float *x);

/* What is right of n labels: those allowed (NULL: not known), and how likely teachers hold
 * each to be, in parts of TAUGHT_ONE (NULL: not asked).  Where both are there, each is
 * half of the loss. */
struct answer {
    const uint8_t *allowed;
    const uint16_t *taught;
};
/* -log of the share of the allowed labels, and the cross entropy of what is taught;
 * dz = gradient times scale: all 0 where there is no answer. */
float softmax_loss(size_t n, const float *z, struct answer right, float scale,
                   float *dz);

#endif
