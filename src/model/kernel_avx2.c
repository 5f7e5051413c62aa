/* x86-64 with AVX2; compiled with -mavx2. */
#include "model/kernel.h"

#if defined(__AVX2__)
#    include <immintrin.h>

struct sums {
    __m256i a, b;
};

#    define ROWS 4
#    define SUMS struct sums
#    define SUMS_ZERO(s) ((s).a = (s).b = _mm256_setzero_si256())
#    define SUMS_WEIGHTS(w)                                               \
        const __m256i wa_ = _mm256_loadu_si256((const void *)(w)),        \
                      wb_ = _mm256_loadu_si256((const void *)((w) + 32)), \
                      one_ = _mm256_set1_epi16(1)
#    define SUMS_ADD(s, x) add_products(&(s), (x), wa_, wb_, one_)
#    define SUMS_STORE(s, out)                      \
        (_mm256_storeu_si256((void *)(out), (s).a), \
         _mm256_storeu_si256((void *)((out) + 8), (s).b))

static inline __attribute__((always_inline)) void add_products(struct sums *s,
                                                               const uint8_t *x,
                                                               __m256i wa, __m256i wb,
                                                               __m256i one)
{
    int32_t four;
    __m256i v;

    __builtin_memcpy(&four, x, sizeof four);
    v = _mm256_set1_epi32(four);
    s->a = _mm256_add_epi32(s->a, _mm256_madd_epi16(_mm256_maddubs_epi16(v, wa), one));
    s->b = _mm256_add_epi32(s->b, _mm256_madd_epi16(_mm256_maddubs_epi16(v, wb), one));
}

#    include "model/kernel_body.h"

static const struct kernel avx2 = { "avx2", product, gate, scan, arcs };
const struct kernel *const kernel_avx2 = &avx2;
#else
const struct kernel *const kernel_avx2 = NULL;
#endif
