#include "model/rows.h"

struct rows rows_new(struct arena *arena, uint32_t count)
{
    uint32_t slots = 16;

    while (slots < 2 * count)
        slots *= 2;
    return (struct rows){ NEW(arena, struct rows_slot, slots), slots };
}

bool rows_put(const struct rows *r, struct rows_slot *at, uint64_t hash, uint32_t row)
{
    uint32_t mask = r->slots - 1, i = (uint32_t)hash & mask;

    for (; at[i].row != 0; i = (i + 1) & mask)
        if (at[i].print == (uint32_t)(hash >> 32))
            return false;
    at[i] = (struct rows_slot){ (uint32_t)(hash >> 32), row + 1 };
    return true;
}
