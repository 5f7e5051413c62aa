/* vectors.h - word vectors that others trained, read from their JSON file.
 *
 *     {..., "dimensions": 100, "words": [...], "vectors": {"the": [-0.0388, ...], ...}}
 *
 * The commonest words come first.
 */
#ifndef CORROB_MODEL_VECTORS_H
#define CORROB_MODEL_VECTORS_H

#include "base/arena.h"
#include "base/err.h"
#include "model/rows.h"

#define VECTOR_COLUMNS 100

struct vectors {
    struct rows rows; /* by hash of the word */
    uint64_t *hash;   /* of each row */
    float *at;        /* rows x VECTOR_COLUMNS */
    uint32_t count;
};

/* Keeps the first `limit` words. */
bool vectors_read(struct arena *arena, const char *path, uint32_t limit,
                  struct vectors *out, struct err *err);

static inline const float *vectors_find(const struct vectors *v, uint64_t hash)
{
    uint32_t row = v->count > 0 ? rows_find(&v->rows, hash) : ROWS_NONE;

    return row == ROWS_NONE ? NULL : v->at + (size_t)row * VECTOR_COLUMNS;
}

#endif
