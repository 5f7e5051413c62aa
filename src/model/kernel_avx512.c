/* x86-64 with AVX-512 VNNI; compiled with -mavx512f -mavx512vl -mavx512bw -mavx512vnni. */
#include "model/kernel.h"

#if defined(__AVX512VNNI__)
#    include <immintrin.h>

#    define ROWS 8
#    define SUMS __m512i
#    define SUMS_ZERO(s) ((s) = _mm512_setzero_si512())
#    define SUMS_WEIGHTS(w) const __m512i w_ = _mm512_loadu_si512((const void *)(w))
#    define SUMS_ADD(s, x) ((s) = _mm512_dpbusd_epi32((s), broadcast(x), w_))
#    define SUMS_STORE(s, out) _mm512_storeu_si512((void *)(out), (s))

static inline __attribute__((always_inline)) __m512i broadcast(const uint8_t *x)
{
    int32_t four;

    __builtin_memcpy(&four, x, sizeof four);
    return _mm512_set1_epi32(four);
}

#    include "model/kernel_body.h"

static const struct kernel avx512 = { "avx512-vnni", product, gate, scan, arcs };
const struct kernel *const kernel_avx512 = &avx512;
#else
const struct kernel *const kernel_avx512 = NULL;
#endif
