/* kernel_bytes.h - eight bytes to numbers and back, for the kernels that have AVX2. */
#ifndef CORROB_MODEL_KERNEL_BYTES_H
#define CORROB_MODEL_KERNEL_BYTES_H

#include <immintrin.h>

#define LOAD_BYTES(at) \
    ((int_lanes)_mm256_cvtepu8_epi32(_mm_loadl_epi64((const void *)(at))))
#define STORE_BYTES(v, at) store_bytes((__m256i)(v), at)

static inline __attribute__((always_inline)) void store_bytes(__m256i v, void *at)
{
    __m128i words =
        _mm_packs_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));

    _mm_storel_epi64(at, _mm_packus_epi16(words, words));
}

#endif
