/* kernel.h - the arithmetic of the network as it runs: integers of 8 bits, and the few
 * steps between them in floats.
 *
 * States are bytes: 128 + 24 x, x from -5.3 to 5.3.  Weights have 7 bits, so that the sum
 * of two products never overflows the 16 bits that vpmaddubsw gives it.  Every kernel does
 * the same operations in the same order and so gives the same bits; which one runs is
 * chosen by the processor at hand.
 */
#ifndef CORROB_MODEL_KERNEL_H
#define CORROB_MODEL_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KERNEL_ZERO 128
#define KERNEL_SCALE 24
#define KERNEL_WEIGHT_MAX 63
/* Floats that any kernel works on at once, at most: widths are multiples of it. */
#define KERNEL_LANES 16
/* Outputs of a matrix are padded to a multiple of this. */
#define KERNEL_BLOCK 16

/* Weights lie as [out / 16][in / 4][16][4]: what one step reads is side by side. */
struct kernel_matrix {
    const int8_t *w;
    const float *scale, *bias; /* of each output */
    const int32_t *zero; /* of each output: KERNEL_ZERO times the sum of weights */
    uint32_t in, out;    /* in: a multiple of 4; out: of KERNEL_BLOCK */
};

struct kernel_norm {
    const float *gain, *bias;
};

struct kernel_rows {
    const float *at;
    size_t step; /* from row to row */
};

struct kernel {
    const char *name;
    /* y[rows x out] from states x[rows x in]; x_scale: value of a step in each row, or
     * NULL: 1 / KERNEL_SCALE */
    void (*product)(const struct kernel_matrix *m, size_t rows, const uint8_t *x,
                    const float *x_scale, float *y);
    /* state = norm(a sigmoid(b) + before), z = [a b] two times width; before may be NULL */
    void (*gate)(size_t rows, size_t width, const float *z, const struct kernel_norm *n,
                 const uint8_t *before, uint8_t *state);
    /* Any floats as bytes around KERNEL_ZERO; returns what a step of a byte is worth. */
    float (*bytes)(size_t n, const float *x, uint8_t *out);
    /* A row of a table: numbers of 8 bits times their scale. */
    void (*row)(size_t n, const int8_t *from, float scale, float *to);
    /* One sentence through a scan, z[rows x 3 width] is overwritten. */
    void (*scan)(size_t rows, size_t width, float *z, const struct kernel_norm *n,
                 const uint8_t *before, uint8_t *state);
    /* score[rows x columns] += a[rows x depth] b[depth x columns]; columns: a multiple of
     * KERNEL_LANES */
    void (*arcs)(size_t rows, size_t columns, size_t depth, struct kernel_rows a,
                 const float *b, float *score);
};

/* Fastest first; NULL where the processor or the compiler has no such thing. */
extern const struct kernel *const kernel_avx512, *const kernel_vnni, *const kernel_avx2;
extern const struct kernel kernel_plain;
#define KERNELS 4
/* The i-th kernel, fastest first, or NULL when it can't run here. */
const struct kernel *kernel_at(uint32_t i);
const struct kernel *kernel_best(void);

#endif
