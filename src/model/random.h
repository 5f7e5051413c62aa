/* random.h - a small generator of random numbers, the same on every machine. */
#ifndef CORROB_MODEL_RANDOM_H
#define CORROB_MODEL_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state;
};

/* splitmix64: any seed will do. */
static inline uint64_t random_next(struct random *r)
{
    uint64_t z = (r->state += 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* 0 <= x < 1 */
static inline float random_unit(struct random *r)
{
    return (float)(random_next(r) >> 40) * 0x1p-24f;
}

/* 0 <= x < n */
static inline uint32_t random_below(struct random *r, uint32_t n)
{
    return (uint32_t)(((random_next(r) >> 32) * n) >> 32);
}

#endif
