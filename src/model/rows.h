/* rows.h - from hashes of words to rows of a table; lies in the model file as it is.
 *
 * Open addressing.  A slot keeps the upper half of the hash only: one strange word in
 * some ten thousand millions is taken for a known one.
 */
#ifndef CORROB_MODEL_ROWS_H
#define CORROB_MODEL_ROWS_H

#include "base/arena.h"

#define ROWS_NONE UINT32_MAX

struct rows_slot {
    uint32_t print; /* upper half of the hash */
    uint32_t row;   /* 1 + row; 0: empty */
};

struct rows {
    const struct rows_slot *slot;
    uint32_t slots; /* a power of two */
};

/* Room for `count` words. */
struct rows rows_new(struct arena *arena, uint32_t count);
/* Puts a word; at is the slot array of rows_new.  False when it is there already. */
bool rows_put(const struct rows *r, struct rows_slot *at, uint64_t hash, uint32_t row);

/* The row of a word, or ROWS_NONE. */
static inline uint32_t rows_find(const struct rows *r, uint64_t hash)
{
    uint32_t mask = r->slots - 1, i = (uint32_t)hash & mask;

    /* A damaged table without an empty slot ends the search after one round. */
    for (uint32_t tries = 0; tries <= mask && r->slot[i].row != 0; tries++) {
        if (r->slot[i].print == (uint32_t)(hash >> 32))
            return r->slot[i].row - 1;
        i = (i + 1) & mask;
    }
    return ROWS_NONE;
}

/* Words without a row of their own share this many rows behind those of `known` words. */
#define ROWS_SHARED 4096

static inline uint32_t rows_find_shared(const struct rows *r, uint32_t known,
                                        uint64_t hash)
{
    uint32_t row = rows_find(r, hash);

    return row != ROWS_NONE ? row : known + (uint32_t)(hash >> 40) % ROWS_SHARED;
}

#endif
