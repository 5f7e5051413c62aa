/* hash.h - the hash of words that model files are made with: a part of their format. */
#ifndef CORROB_MODEL_HASH_H
#define CORROB_MODEL_HASH_H

#include <string.h>

#include "base/str.h"

static inline uint64_t hash_mix(uint64_t h)
{
    h ^= h >> 30;
    h *= 0xbf58476d1ce4e5b9u;
    h ^= h >> 27;
    h *= 0x94d049bb133111ebu;
    return h ^ (h >> 31);
}

/* n bytes, the first one lowest; n <= 8. */
static inline uint64_t hash_load(const char *p, size_t n)
{
    uint64_t v = 0;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (n == 8) {
        memcpy(&v, p, 8);
        return v;
    }
#endif
    for (size_t i = 0; i < n; i++)
        v |= (uint64_t)(unsigned char)p[i] << (8 * i);
    return v;
}

/* The same on every machine. */
static inline uint64_t hash_word(struct str s)
{
    uint64_t h = 0x9e3779b97f4a7c15u ^ (uint64_t)s.len;

    for (; s.len >= 8; s = str_after(s, 8))
        h = hash_mix(h ^ hash_load(s.ptr, 8)) + 0x9e3779b97f4a7c15u;
    if (s.len > 0)
        h ^= hash_load(s.ptr, s.len);
    return hash_mix(h);
}

#endif
