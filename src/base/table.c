#include "base/table.h"

#include <string.h>

static uint32_t *find_slot(const struct table *t, struct str key, uint32_t hash)
{
    uint32_t i = hash & (t->slots - 1);

    while (t->slot[i]) {
        const struct table_entry *e = &t->entry[t->slot[i] - 1];

        if (e->hash == hash && str_eq(e->key, key))
            break;
        i = (i + 1) & (t->slots - 1);
    }
    return &t->slot[i];
}

static void rehash(struct arena *arena, struct table *t)
{
    t->slots = t->slots ? t->slots * 2 : 16;
    t->slot = NEW(arena, uint32_t, t->slots);
    for (uint32_t i = 0; i < t->count; i++)
        *find_slot(t, t->entry[i].key, t->entry[i].hash) = i + 1;
}

uint32_t *table_put(struct arena *arena, struct table *t, struct str key)
{
    uint32_t hash = (uint32_t)str_hash(key), *slot;

    if ((uint64_t)(t->count + 1) * 3 > (uint64_t)t->slots * 2)
        rehash(arena, t);
    slot = find_slot(t, key, hash);
    if (!*slot) {
        if (t->count == t->cap)
            t->entry = arena_grow(arena, t->entry, &t->cap, sizeof *t->entry);
        t->entry[t->count++] = (struct table_entry){ key, hash, 0 };
        *slot = t->count;
    }
    return &t->entry[*slot - 1].value;
}

uint32_t *table_find(const struct table *t, struct str key)
{
    uint32_t *slot;

    if (t->count == 0)
        return NULL;
    slot = find_slot(t, key, (uint32_t)str_hash(key));
    return *slot ? &t->entry[*slot - 1].value : NULL;
}
