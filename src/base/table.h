/* table.h - from strings to numbers: a hash table in an arena.
 *
 *     struct table t = { 0 };
 *     *table_put(arena, &t, STR("CSTO")) = 7;
 *     uint32_t *found = table_find(&t, STR("CSTO"));
 *
 * Open addressing, linear probing, no deletion.  Keys are views: they must outlive the
 * table.  Iteration order is that of insertion (entry[0..count]), so output made from a
 * table is the same in each run.
 */
#ifndef CORROB_BASE_TABLE_H
#define CORROB_BASE_TABLE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct table_entry {
    struct str key;
    uint32_t hash;
    uint32_t value;
};

struct table {
    struct table_entry *entry; /* in order of insertion */
    uint32_t count, cap;
    uint32_t *slot; /* 0: empty, else 1 + index of an entry */
    uint32_t slots; /* a power of two */
};

/* The value of a key, 0 when it is new. */
uint32_t *table_put(struct arena *arena, struct table *t, struct str key);
/* NULL when the key is not there. */
uint32_t *table_find(const struct table *t, struct str key);

#endif
