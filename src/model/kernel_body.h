/* kernel_body.h - the functions of a kernel, to be included after the definitions of
 *
 *     LANES                             floats that one step works on: 8 or 16
 *     ROWS                              rows of a tile
 *     BLOCKS                            blocks of weights of a tile, 1 or 2
 *     add_products(x, in, w, out)       out[BLOCKS x ROWS x 16]: sums of products of rows of
 *                                       x, `in` bytes each, with BLOCKS blocks of weights
 *     add_products_one_block            the same with one block
 *     LOAD_BYTES(at)                    LANES bytes as 32-bit numbers
 *     STORE_BYTES(v, at)                numbers from 0 to 255 as bytes
 *
 * Compiled once for each kind of processor, with that kind's options.  No operation here
 * may be contracted or reordered: all kernels must give the same bits.
 */
#include <math.h>
#include <string.h>

#include "model/kernel.h"

#define WIDTH_MAX 512
/* Of a matrix: a window of three words, or what the first layer sees. */
#define IN_MAX (8 * WIDTH_MAX)
/* Rows that go through all weights together: they stay in the first level of caches. */
#define GROUP 48

typedef float lanes __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int32_t int_lanes
    __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
/* Sums over a row are made of eight partial sums in every kernel. */
typedef float eight __attribute__((vector_size(32), aligned(4), may_alias));

#define INLINE static inline __attribute__((always_inline))

/* Sums of `rows` rows of one block as y. */
INLINE void store_sums(const struct kernel_matrix *m, size_t block, size_t rows,
                       const int32_t *sum, const float *x_scale, float *restrict y)
{
    size_t first = block * KERNEL_BLOCK, out = m->out;

    for (size_t i = 0; i < KERNEL_BLOCK; i += LANES) {
        const int_lanes zero = *(const int_lanes *)(m->zero + first + i);
        const lanes scale = *(const lanes *)(m->scale + first + i);
        const lanes bias = *(const lanes *)(m->bias + first + i);

        for (size_t r = 0; r < rows; r++) {
            int_lanes s = *(const int_lanes *)(sum + r * KERNEL_BLOCK + i) - zero;
            lanes v = __builtin_convertvector(s, lanes) * scale *
                      (x_scale ? x_scale[r] : 1.0f / KERNEL_SCALE);

            *(lanes *)(y + r * out + first + i) = v + bias;
        }
    }
}

INLINE void tile(const struct kernel_matrix *m, size_t block, const uint8_t *x,
                 const float *x_scale, float *y)
{
    int32_t sum[BLOCKS * ROWS * KERNEL_BLOCK];
    const int8_t *w = m->w + block * KERNEL_BLOCK * m->in;

#if BLOCKS == 2
    if (block + 1 == m->out / KERNEL_BLOCK) {
        add_products_one_block(x, m->in, w, sum);
        store_sums(m, block, ROWS, sum, x_scale, y);
        return;
    }
#endif
    add_products(x, m->in, w, sum);
    for (size_t i = 0; i < BLOCKS; i++)
        store_sums(m, block + i, ROWS, sum + i * ROWS * KERNEL_BLOCK, x_scale, y);
}

/* Fewer rows than a tile has: a copy of them fills one. */
static void product_of_few(const struct kernel_matrix *m, size_t rows, const uint8_t *x,
                           const float *x_scale, float *y)
{
    uint8_t filled[ROWS * IN_MAX];
    int32_t sum[BLOCKS * ROWS * KERNEL_BLOCK];

    memcpy(filled, x, rows * m->in);
    memset(filled + rows * m->in, 0, (ROWS - rows) * m->in);
    for (size_t block = 0; block < m->out / KERNEL_BLOCK; block++) {
        add_products_one_block(filled, m->in, m->w + block * KERNEL_BLOCK * m->in, sum);
        store_sums(m, block, rows, sum, x_scale, y);
    }
}

static void product(const struct kernel_matrix *m, size_t rows, const uint8_t *x,
                    const float *x_scale, float *y)
{
    if (rows < ROWS) {
        product_of_few(m, rows, x, x_scale, y);
        return;
    }
    for (size_t first = 0; first < rows; first += GROUP) {
        size_t end = first + GROUP < rows ? first + GROUP : rows;

        for (size_t block = 0; block < m->out / KERNEL_BLOCK; block += BLOCKS)
            for (size_t r = first; r < end; r += ROWS) {
                /* the last tile goes over rows that are done, once more */
                size_t at = r + ROWS <= rows ? r : rows - ROWS;

                tile(m, block, x + at * m->in, x_scale ? x_scale + at : NULL,
                     y + at * m->out);
            }
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
    int_lanes i = LOAD_BYTES(at);

    return __builtin_convertvector(i - KERNEL_ZERO, lanes) * (1.0f / KERNEL_SCALE);
}

INLINE void store_state(lanes x, uint8_t *at)
{
    const lanes zero = { 0 };
    lanes t = x * KERNEL_SCALE + (KERNEL_ZERO + 0.5f);

    t = choose(t < zero + 1, zero + 1, t);
    t = choose(t > zero + 255, zero + 255, t);
    STORE_BYTES(__builtin_convertvector(t, int_lanes), at);
}

INLINE float total(eight x)
{
    return ((x[0] + x[4]) + (x[1] + x[5])) + ((x[2] + x[6]) + (x[3] + x[7]));
}

/* One row: mean 0, deviation 1, gain and bias, rounded to a state. */
INLINE void norm_row(size_t width, const float *x, const struct kernel_norm *n,
                     uint8_t *state)
{
    eight sum = { 0 }, square = { 0 };
    float mean, scale;

    for (size_t i = 0; i < width; i += 8)
        sum += *(const eight *)(x + i);
    mean = total(sum) / (float)width;
    for (size_t i = 0; i < width; i += 8) {
        eight d = *(const eight *)(x + i) - mean;

        square += d * d;
    }
    scale = 1 / sqrtf(total(square) / (float)width + 1e-5f);
    for (size_t i = 0; i < width; i += LANES) {
        lanes v = (*(const lanes *)(x + i) - mean) * scale;

        store_state(v * *(const lanes *)(n->gain + i) + *(const lanes *)(n->bias + i),
                    state + i);
    }
}

static void gate(size_t rows, size_t width, const float *z, const struct kernel_norm *n,
                 const uint8_t *before, uint8_t *state)
{
    float y[WIDTH_MAX];

    for (size_t r = 0; r < rows; r++, z += 2 * width, state += width) {
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

static float bytes(size_t n, const float *x, uint8_t *out)
{
    const lanes zero = { 0 };
    lanes most = zero + 1e-6f;
    float greatest = 0, scale;

    for (size_t i = 0; i < n; i += LANES) {
        lanes v = *(const lanes *)(x + i);

        v = choose(v < zero, zero - v, v);
        most = choose(v > most, v, most);
    }
    for (size_t i = 0; i < LANES; i++)
        greatest = most[i] > greatest ? most[i] : greatest;
    scale = 127 / greatest;
    for (size_t i = 0; i < n; i += LANES) {
        lanes v = *(const lanes *)(x + i) * scale + (KERNEL_ZERO + 0.5f);

        STORE_BYTES(__builtin_convertvector(v, int_lanes), out + i);
    }
    return greatest / 127;
}

static void row(size_t n, const int8_t *from, float scale, float *to)
{
    const uint8_t *bits = (const uint8_t *)from;

    for (size_t i = 0; i < n; i += LANES) {
        int_lanes v = LOAD_BYTES(bits + i);

        v = (v ^ 128) - 128; /* the sign of 8 bits */
        *(lanes *)(to + i) = __builtin_convertvector(v, lanes) * scale;
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

/* ARC_ROWS rows at once use each vector of b as often. */
#define ARC_ROWS 4

static void arcs(size_t rows, size_t columns, size_t depth, struct kernel_rows a,
                 const float *b, float *score)
{
    for (size_t r = 0; r < rows; r += ARC_ROWS)
        for (size_t j = 0; j < columns; j += LANES) {
            size_t last = rows - r < ARC_ROWS ? rows - r - 1 : ARC_ROWS - 1;
            const float *a0 = a.at + r * a.step, *a1 = a0 + (last > 0 ? 1 : 0) * a.step;
            const float *a2 = a0 + (last > 1 ? 2 : 0) * a.step;
            const float *a3 = a0 + (last > 2 ? 3 : 0) * a.step;
            float *s = score + r * columns + j;
            lanes s0 = *(const lanes *)s, s1 = s0, s2 = s0, s3 = s0;

            if (last > 0)
                s1 = *(const lanes *)(s + columns);
            if (last > 1)
                s2 = *(const lanes *)(s + 2 * columns);
            if (last > 2)
                s3 = *(const lanes *)(s + 3 * columns);
            for (size_t k = 0; k < depth; k++) {
                const lanes v = *(const lanes *)(b + k * columns + j);

                s0 += a0[k] * v;
                s1 += a1[k] * v;
                s2 += a2[k] * v;
                s3 += a3[k] * v;
            }
            *(lanes *)s = s0;
            if (last > 0)
                *(lanes *)(s + columns) = s1;
            if (last > 1)
                *(lanes *)(s + 2 * columns) = s2;
            if (last > 2)
                *(lanes *)(s + 3 * columns) = s3;
        }
}
