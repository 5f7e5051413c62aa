/* sgemm.h - products of float matrices for the trainer.
 *
 *     C[m x n] = A[m x k] B[k x n], or C += A B
 *
 * A and B are given with a stride for each direction, so that a transposed matrix is the
 * same memory with its strides exchanged.  The order of additions is fixed: the same
 * inputs give the same bits on the same kind of processor.
 */
#ifndef CORROB_MODEL_SGEMM_H
#define CORROB_MODEL_SGEMM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* A matrix to read: element (r, c) is at[r * row + c * column]. */
struct operand {
    const float *at;
    size_t row, column;
};

#define SGEMM_DEPTH 256    /* steps of k packed at a time */
#define SGEMM_COLUMNS 1024 /* columns packed at a time */

/* c = a b, or c += a b, where b is a packed panel and a has the strides of its operand. */
typedef void sgemm_tile(size_t k, struct operand a, const float *b, bool add, float *c,
                        size_t c_row);

struct sgemm {
    float *b, *tile; /* packed panels of B; one tile of results */
    float *a;        /* the last rows of A, filled up to a tile */
    sgemm_tile *run;
    size_t rows, columns; /* of a tile */
};

struct sgemm sgemm_new(struct arena *arena);

/* Where a product goes: element (r, c) is at[r * row + c]. */
struct result {
    float *at;
    size_t row;
    bool add; /* to what is there */
};
/* a: m x k, b: k x n */
struct factors {
    struct operand a, b;
};
void sgemm(const struct sgemm *g, size_t m, size_t n, size_t k, struct factors f,
           struct result c);

#endif
