/* x86-64 with AVX-512 VNNI; compiled with -mavx512f -mavx512vl -mavx512bw
 * -mavx512vnni. */
#include "model/kernel.h"

#if defined(__AVX512VNNI__)
#    include <immintrin.h>

#    define LANES 16
#    define ROWS 12
#    define BLOCKS 2

/* Four bytes of a row, as often as a register holds them. */
static inline __attribute__((always_inline)) __m512i four_bytes(const uint8_t *x)
{
    int32_t four;

    __builtin_memcpy(&four, x, sizeof four);
    return _mm512_set1_epi32(four);
}

/* Sums are single variables: compilers would keep an array of them in memory. */
/* clang-format off */
#define DECLARE(r) __m512i a##r = _mm512_setzero_si512();
#define DECLARE_TWO(r) DECLARE(r) __m512i b##r = a##r;
#define ADD(r) a##r = _mm512_dpbusd_epi32(a##r, four_bytes(x + r * in + k), wa);
#define ADD_TWO(r)                                                                     \
    v = four_bytes(x + r * in + k);                                                    \
    a##r = _mm512_dpbusd_epi32(a##r, v, wa);                                           \
    b##r = _mm512_dpbusd_epi32(b##r, v, wb);
#define STORE(r) _mm512_storeu_si512((void *)(out + 16 * r), a##r);
#define STORE_TWO(r) STORE(r) _mm512_storeu_si512((void *)(out + 16 * (ROWS + r)), b##r);
#define MANY(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11)
#define PRODUCTS(name, EACH)                                                           \
    static inline __attribute__((always_inline)) void name(                            \
        const uint8_t *x, size_t in, const int8_t *w, int32_t *out)                    \
    {                                                                                  \
        EACH(DECLARE)                                                                  \
        for (size_t k = 0; k < in; k += 4, w += 64) {                                  \
            const __m512i wa = _mm512_loadu_si512((const void *)w);                    \
            EACH(ADD)                                                                  \
        }                                                                              \
        EACH(STORE)                                                                    \
    }
PRODUCTS(add_products_one_block, MANY)
/* clang-format on */

/* Two blocks of weights at once: each four bytes of a row are fetched half as often. */
static inline __attribute__((always_inline)) void add_products(const uint8_t *x,
                                                               size_t in,
                                                               const int8_t *w,
                                                               int32_t *out)
{
    const int8_t *second = w + 16 * in;

    MANY(DECLARE_TWO)
    for (size_t k = 0; k < in; k += 4, w += 64, second += 64) {
        const __m512i wa = _mm512_loadu_si512((const void *)w);
        const __m512i wb = _mm512_loadu_si512((const void *)second);
        __m512i v;

        MANY(ADD_TWO)
    }
    MANY(STORE_TWO)
}

#    define LOAD_BYTES(at) \
        ((int_lanes)_mm512_cvtepu8_epi32(_mm_loadu_si128((const void *)(at))))
#    define STORE_BYTES(v, at) \
        _mm_storeu_si128((void *)(at), _mm512_cvtepi32_epi8((__m512i)(v)))
#    include "model/kernel_body.h"

static const struct kernel avx512 = { "avx512-vnni", product, gate, bytes,
                                      row,           scan,    arcs };
const struct kernel *const kernel_avx512 = &avx512;
#else
const struct kernel *const kernel_avx512 = NULL;
#endif
