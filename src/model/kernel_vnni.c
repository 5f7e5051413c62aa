/* x86-64 with AVX-VNNI; compiled with -mavx2 -mavxvnni. */
#include "model/kernel.h"

#if defined(__AVXVNNI__)
#    include <immintrin.h>

struct sums {
    __m256i a, b;
};

#    define ROWS 6
#    define SUMS struct sums
#    define SUMS_ZERO(s) ((s).a = (s).b = _mm256_setzero_si256())
#    define SUMS_WEIGHTS(w)                                        \
        const __m256i wa_ = _mm256_loadu_si256((const void *)(w)), \
                      wb_ = _mm256_loadu_si256((const void *)((w) + 32))
#    define SUMS_ADD(s, x) add_products(&(s), (x), wa_, wb_)
#    define SUMS_STORE(s, out)                      \
        (_mm256_storeu_si256((void *)(out), (s).a), \
         _mm256_storeu_si256((void *)((out) + 8), (s).b))

static inline __attribute__((always_inline)) void add_products(struct sums *s,
                                                               const uint8_t *x,
                                                               __m256i wa, __m256i wb)
{
    int32_t four;
    __m256i v;

    __builtin_memcpy(&four, x, sizeof four);
    v = _mm256_set1_epi32(four);
    s->a = _mm256_dpbusd_avx_epi32(s->a, v, wa);
    s->b = _mm256_dpbusd_avx_epi32(s->b, v, wb);
}

#    include "model/kernel_body.h"

static const struct kernel vnni = { "avx-vnni", product, gate, scan, arcs };
const struct kernel *const kernel_vnni = &vnni;
#else
const struct kernel *const kernel_vnni = NULL;
#endif
