/* kernel_body.h - the functions of a kernel, to be included after the definitions of
 *
 *     ROWS                              rows of a tile
 *     add_products(x, in, w, out)       out[ROWS x 16]: sums of products of rows of x, `in`
 *                                       bytes each, with one block of weights
 *     add_product(x, in, w, out)        the same of one row
 *
 * Compiled once for each kind of processor, with that kind's options.  No operation here
 * may be contracted or reordered: all kernels must give the same bits.
 */
#include <math.h>
#include <string.h>

#include "model/kernel.h"

#define LANES KERNEL_LANES
#define WIDTH_MAX 512

typedef float lanes __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t int_lanes __attribute__((vector_size(32), aligned(4), may_alias));
typedef uint8_t byte_lanes __attribute__((vector_size(8), aligned(1), may_alias));

#define INLINE static inline __attribute__((always_inline))

/* Sums of one tile as y; done[16] are the sums of one row. */
INLINE void store_sums(const struct kernel_matrix *m, size_t block, const int32_t *sum,
                       float x_scale, float *y)
{
    size_t first = block * KERNEL_BLOCK;

    for (size_t i = 0; i < KERNEL_BLOCK; i += LANES) {
        int_lanes s =
            *(const int_lanes *)(sum + i) - *(const int_lanes *)(m->zero + first + i);
        lanes v = __builtin_convertvector(s, lanes) *
                  *(const lanes *)(m->scale + first + i) * x_scale;

        *(lanes *)(y + first + i) = v + *(const lanes *)(m->bias + first + i);
    }
}

INLINE void tile(const struct kernel_matrix *m, size_t block, size_t rows,
                 const uint8_t *x, const float *x_scale, float *y)
{
    int32_t sum[ROWS * KERNEL_BLOCK];

    if (rows == ROWS)
        add_products(x, m->in, m->w + block * KERNEL_BLOCK * m->in, sum);
    else
        add_product(x, m->in, m->w + block * KERNEL_BLOCK * m->in, sum);
    for (size_t r = 0; r < rows; r++)
        store_sums(m, block, sum + r * KERNEL_BLOCK,
                   x_scale ? x_scale[r] : 1.0f / KERNEL_SCALE, y + r * m->out);
}

static void product(const struct kernel_matrix *m, size_t rows, const uint8_t *x,
                    const float *x_scale, float *y)
{
    for (size_t block = 0; block < m->out / KERNEL_BLOCK; block++) {
        size_t r = 0;

        for (; r + ROWS <= rows; r += ROWS)
            tile(m, block, ROWS, x + r * m->in, x_scale ? x_scale + r : NULL,
                 y + r * m->out);
        for (; r < rows; r++)
            tile(m, block, 1, x + r * m->in, x_scale ? x_scale + r : NULL,
                 y + r * m->out);
    }
}

INLINE lanes choose(int_lanes where, lanes a, lanes b)
{
    return (lanes)((where & (int_lanes)a) | (~where & (int_lanes)b));
}

/* 1 / (1 + e^-x), by 2^n times a polynomial. */
INLINE lanes sigmoid(lanes x)
{
    const lanes zero = { 0 };
    lanes t = x * -1.44269504f, f, p;
    int_lanes n;

    t = choose(t < zero - 126, zero - 126, t);
    t = choose(t > zero + 126, zero + 126, t);
    n = __builtin_convertvector(t + 127.5f, int_lanes);
    f = t - (__builtin_convertvector(n, lanes) - 127);
    p = f * 1.3333558e-3f + 9.6181291e-3f;
    p = p * f + 5.5504109e-2f;
    p = p * f + 2.4022651e-1f;
    p = p * f + 6.9314718e-1f;
    p = p * f + 1;
    return 1 / (1 + p * (lanes)(n << 23));
}

INLINE lanes load_state(const uint8_t *at)
{
    int_lanes i = __builtin_convertvector(*(const byte_lanes *)at, int_lanes);

    return __builtin_convertvector(i - KERNEL_ZERO, lanes) * (1.0f / KERNEL_SCALE);
}

INLINE void store_state(lanes x, uint8_t *at)
{
    const lanes zero = { 0 };
    lanes t = x * KERNEL_SCALE + (KERNEL_ZERO + 0.5f);

    t = choose(t < zero + 1, zero + 1, t);
    t = choose(t > zero + 255, zero + 255, t);
    *(byte_lanes *)at =
        __builtin_convertvector(__builtin_convertvector(t, int_lanes), byte_lanes);
}

INLINE float total(lanes x)
{
    return ((x[0] + x[4]) + (x[1] + x[5])) + ((x[2] + x[6]) + (x[3] + x[7]));
}

/* One row: mean 0, deviation 1, gain and bias, rounded to a state. */
INLINE void norm_row(size_t width, const float *x, const struct kernel_norm *n,
                     uint8_t *state)
{
    lanes sum = { 0 }, square = { 0 };
    float mean, scale;

    for (size_t i = 0; i < width; i += LANES)
        sum += *(const lanes *)(x + i);
    mean = total(sum) / (float)width;
    for (size_t i = 0; i < width; i += LANES) {
        lanes d = *(const lanes *)(x + i) - mean;

        square += d * d;
    }
    scale = 1 / sqrtf(total(square) / (float)width + 1e-5f);
    for (size_t i = 0; i < width; i += LANES) {
        lanes v = (*(const lanes *)(x + i) - mean) * scale;

        store_state(v * *(const lanes *)(n->gain + i) + *(const lanes *)(n->bias + i),
                    state + i);
    }
}

static void gate(size_t rows, size_t width, const float *z, size_t z_row,
                 const struct kernel_norm *n, const uint8_t *before, uint8_t *state)
{
    float y[WIDTH_MAX];

    for (size_t r = 0; r < rows; r++, z += z_row, state += width) {
        for (size_t i = 0; i < width; i += LANES) {
            lanes v =
                *(const lanes *)(z + i) * sigmoid(*(const lanes *)(z + width + i));

            if (before != NULL)
                v += load_state(before + r * width + i);
            *(lanes *)(y + i) = v;
        }
        norm_row(width, y, n, state);
    }
}

/* Half the channels of one word; c holds the state of the word read before and takes this
 * one's; z's first third becomes the result. */
INLINE void scan_half(size_t width, size_t from, size_t to, float *z, float *c)
{
    for (size_t i = from; i < to; i += LANES) {
        lanes x = *(const lanes *)(z + i), f = sigmoid(*(const lanes *)(z + width + i));
        lanes r = sigmoid(*(const lanes *)(z + 2 * width + i));
        lanes now = f * *(const lanes *)(c + i) + (1 - f) * x;

        *(lanes *)(c + i) = now;
        *(lanes *)(z + i) = r * now;
    }
}

static void scan(size_t rows, size_t width, float *z, const struct kernel_norm *n,
                 const uint8_t *before, uint8_t *state)
{
    float c[WIDTH_MAX] = { 0 };

    for (size_t r = 0; r < rows; r++)
        scan_half(width, 0, width / 2, z + r * 3 * width, c);
    for (size_t r = rows; r-- > 0;)
        scan_half(width, width / 2, width, z + r * 3 * width, c);
    for (size_t r = 0; r < rows; r++) {
        float *y = z + r * 3 * width;

        for (size_t i = 0; i < width; i += LANES)
            *(lanes *)(y + i) += load_state(before + r * width + i);
        norm_row(width, y, n, state + r * width);
    }
}

static void arcs(size_t rows, size_t columns, size_t depth, const float *a,
                 size_t a_row, const float *b, float *score)
{
    for (size_t r = 0; r < rows; r++)
        for (size_t j = 0; j < columns; j += LANES) {
            lanes sum = *(const lanes *)(score + r * columns + j);

            for (size_t k = 0; k < depth; k++)
                sum += a[r * a_row + k] * *(const lanes *)(b + k * columns + j);
            *(lanes *)(score + r * columns + j) = sum;
        }
}
