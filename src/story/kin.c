#include "story/kin.h"

/* Made by tools/kinc; aligned to 16 bytes. */
extern const char kin_data[];

struct kin kin_find(struct str lemma)
{
    const struct kin_table *t = (const void *)kin_data;
    const struct kin_lemma *at = (const void *)(t + 1);
    const uint32_t *way = (const void *)(at + t->lemmas + 1);
    uint32_t hash = (uint32_t)str_hash(lemma), low = 0, high = t->lemmas;

    while (low < high) {
        uint32_t mid = (low + high) / 2;

        if (at[mid].hash < hash)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == t->lemmas || at[low].hash != hash)
        return (struct kin){ NULL, 0 };
    return (struct kin){ way + at[low].first, at[low + 1].first - at[low].first };
}

float kin_likeness(struct kin a, struct kin b)
{
    uint32_t both = 0;

    for (uint32_t i = 0, j = 0; i < a.ways && j < b.ways;) {
        uint32_t x = a.way[i] >> 8, y = b.way[j] >> 8;

        if (x == y)
            both += (a.way[i] & 255u) * (b.way[j] & 255u);
        i += x <= y;
        j += y <= x;
    }
    return (float)both / (255.0F * 255.0F);
}
