/* Any processor. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define LANES 8
#define ROWS 4
#define BLOCKS 1

static inline void add_four(const uint8_t *x, const int8_t *w, int32_t *sum)
{
    for (int i = 0; i < 16; i++)
        sum[i] += x[0] * w[4 * i] + x[1] * w[4 * i + 1] + x[2] * w[4 * i + 2] +
                  x[3] * w[4 * i + 3];
}

static inline void add_product(const uint8_t *x, size_t in, const int8_t *w,
                               int32_t *out)
{
    memset(out, 0, 16 * sizeof *out);
    for (size_t k = 0; k < in; k += 4, w += 64)
        add_four(x + k, w, out);
}

static inline void add_products(const uint8_t *x, size_t in, const int8_t *w,
                                int32_t *out)
{
    for (size_t r = 0; r < ROWS; r++)
        add_product(x + r * in, in, w, out + 16 * r);
}

typedef uint8_t lane_bytes __attribute__((vector_size(LANES), aligned(1), may_alias));
#define LOAD_BYTES(at) __builtin_convertvector(*(const lane_bytes *)(at), int_lanes)
#define STORE_BYTES(v, at) \
    (*(lane_bytes *)(at) = __builtin_convertvector(v, lane_bytes))
#define add_products_one_block add_products
#include "model/kernel_body.h"

const struct kernel kernel_plain = { "plain", product, gate, bytes, row, scan, arcs };
