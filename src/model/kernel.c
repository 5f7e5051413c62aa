#include "model/kernel.h"

#if defined(__x86_64__)
#    include <cpuid.h>

/* Leaf 7, subleaf 1: neither gcc 12 nor clang 14 knows "avxvnni" as a name to ask for. */
static bool has_avx_vnni(void)
{
    unsigned a, b, c, d;

    return __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a >> 4 & 1);
}

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vnni");
}

const struct kernel *kernel_at(uint32_t i)
{
    __builtin_cpu_init();
    switch (i) {
    case 0: return has_avx512() ? kernel_avx512 : NULL;
    case 1:
        return __builtin_cpu_supports("avx2") && has_avx_vnni() ? kernel_vnni : NULL;
    case 2: return __builtin_cpu_supports("avx2") ? kernel_avx2 : NULL;
    default: return &kernel_plain;
    }
}
#else
const struct kernel *kernel_at(uint32_t i)
{
    return i == KERNELS - 1 ? &kernel_plain : NULL;
}
#endif

/* For figures of lesser processors: -DKERNEL_FIRST=2 leaves out what AVX2 doesn't have. */
#ifndef KERNEL_FIRST
#    define KERNEL_FIRST 0
#endif

const struct kernel *kernel_best(void)
{
    for (uint32_t i = KERNEL_FIRST; i < KERNELS; i++)
        if (kernel_at(i) != NULL)
            return kernel_at(i);
    return &kernel_plain;
}
