/* Any processor. */
#include <stdint.h>

struct sums {
    int32_t at[16];
};

#define ROWS 4
#define SUMS struct sums
#define SUMS_ZERO(s) memset(&(s), 0, sizeof(s))
#define SUMS_WEIGHTS(w) const int8_t *weights_ = (w)
#define SUMS_ADD(s, x) add_products(&(s), (x), weights_)
#define SUMS_STORE(s, out) memcpy((out), (s).at, sizeof(s).at)

static inline void add_products(struct sums *s, const uint8_t *x, const int8_t *w)
{
    for (int i = 0; i < 16; i++)
        s->at[i] += x[0] * w[4 * i] + x[1] * w[4 * i + 1] + x[2] * w[4 * i + 2] +
                    x[3] * w[4 * i + 3];
}

#include "model/kernel_body.h"

const struct kernel kernel_plain = { "plain", product, gate, scan, arcs };
