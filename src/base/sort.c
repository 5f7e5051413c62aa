#include "base/sort.h"

#include <string.h>

#include "base/err.h"

static uint32_t key_of(const char *element, size_t key)
{
    uint32_t k;

    memcpy(&k, element + key, sizeof k);
    return k;
}

void sort_by_u32(void *at, size_t count, size_t size, size_t key)
{
    char one[SORT_SIZE_MAX], *base = at;

    if (size > sizeof one)
        BUG("an element too large to sort");
    for (size_t i = 1; i < count; i++) {
        size_t k = i;

        while (k > 0 &&
               key_of(base + (k - 1) * size, key) > key_of(base + i * size, key))
            k--;
        if (k == i)
            continue;
        memcpy(one, base + i * size, size);
        memmove(base + (k + 1) * size, base + k * size, (i - k) * size);
        memcpy(base + k * size, one, size);
    }
}
