/* x86-64 with AVX2; compiled with -mavx2. */
#include "model/kernel.h"

#if defined(__AVX2__)
#    include <immintrin.h>

#    define LANES 8
#    define ROWS 4
#    define BLOCKS 1

/* Four bytes of a row, as often as a register holds them. */
static inline __attribute__((always_inline)) __m256i four_bytes(const uint8_t *x)
{
    int32_t four;

    __builtin_memcpy(&four, x, sizeof four);
    return _mm256_set1_epi32(four);
}

/* Sums are single variables: compilers would keep an array of them in memory. */
/* clang-format off */
#define DECLARE(r) __m256i a##r = _mm256_setzero_si256(), b##r = a##r;
#define ADD(r)                                                                 \
    v = four_bytes(x + r * in + k);                                                    \
    a##r = _mm256_add_epi32(                                                           \
        a##r, _mm256_madd_epi16(_mm256_maddubs_epi16(v, wa), one));                    \
    b##r = _mm256_add_epi32(                                                           \
        b##r, _mm256_madd_epi16(_mm256_maddubs_epi16(v, wb), one));
#define STORE(r)                                                               \
    _mm256_storeu_si256((void *)(out + 16 * r), a##r);                                 \
    _mm256_storeu_si256((void *)(out + 16 * r + 8), b##r);
#define MANY(X) X(0) X(1) X(2) X(3)
#define PRODUCTS(name, EACH)                                                           \
    static inline __attribute__((always_inline)) void name(                            \
        const uint8_t *x, size_t in, const int8_t *w, int32_t *out)                    \
    {                                                                                  \
        const __m256i one = _mm256_set1_epi16(1);                                      \
        EACH(DECLARE)                                                                  \
        for (size_t k = 0; k < in; k += 4, w += 64) {                                  \
            const __m256i wa = _mm256_loadu_si256((const void *)w);                    \
            const __m256i wb = _mm256_loadu_si256((const void *)(w + 32));             \
            __m256i v;                                                                 \
            EACH(ADD)                                                                  \
        }                                                                              \
        EACH(STORE)                                                                    \
    }
PRODUCTS(add_products, MANY)
#define add_products_one_block add_products
/* clang-format on */

#    include "model/kernel_bytes.h"

#    include "model/kernel_body.h"

static const struct kernel avx2 = { "avx2", product, gate, bytes, row, scan, arcs };
const struct kernel *const kernel_avx2 = &avx2;
#else
const struct kernel *const kernel_avx2 = NULL;
#endif
