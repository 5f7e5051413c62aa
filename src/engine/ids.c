#include "engine/ids.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* Never 0, which marks an empty slot. */
static uint64_t key_of(struct str id)
{
    return str_hash(id) | 1;
}

static uint32_t slot_of(const struct ids *ids, uint64_t key)
{
    uint32_t i = (uint32_t)(key >> 32) & (ids->slots - 1);

    while (ids->key[i] && ids->key[i] != key)
        i = (i + 1) & (ids->slots - 1);
    return i;
}

static bool grow(struct ids *ids)
{
    struct ids wider = { .slots = ids->slots ? ids->slots * 2 : 1024,
                         .count = ids->count };

    wider.key = calloc(wider.slots, sizeof *wider.key);
    wider.seen = calloc(wider.slots, sizeof *wider.seen);
    if (!wider.key || !wider.seen) {
        ids_release(&wider);
        return false;
    }
    for (uint32_t i = 0; i < ids->slots; i++)
        if (ids->key[i]) {
            uint32_t at = slot_of(&wider, ids->key[i]);

            wider.key[at] = ids->key[i];
            wider.seen[at] = ids->seen[i];
        }
    ids_release(ids);
    *ids = wider;
    return true;
}

uint32_t ids_count(struct ids *ids, struct str id)
{
    uint64_t key = key_of(id);
    uint32_t at;

    if (ids->count * 2 >= ids->slots && !grow(ids))
        return 0;
    at = slot_of(ids, key);
    ids->count += ids->key[at] == 0;
    ids->key[at] = key;
    return ++ids->seen[at];
}

struct str ids_name(struct arena *arena, struct ids *ids, struct str id)
{
    uint32_t times = ids_count(ids, id);
    struct buf b = buf_new(arena, 64);

    buf_str(&b, id);
    if (times > 1)
        buf_printf(&b, "-%u", times);
    return buf_view(&b);
}

void ids_release(struct ids *ids)
{
    free(ids->key);
    free(ids->seen);
    memset(ids, 0, sizeof *ids);
}
