#include "story/bag.h"

#include <math.h>
#include <stdlib.h>

struct bag bag_new(struct arena *arena, uint32_t words)
{
    return (struct bag){ .at = NEW(arena, struct bag_word, words + 1) };
}

void bag_put(struct bag *b, uint32_t key, float weight)
{
    b->at[b->count++] = (struct bag_word){ key, weight };
}

static int by_key(const void *a, const void *b)
{
    const struct bag_word *x = a, *y = b;

    return (x->key > y->key) - (x->key < y->key);
}

void bag_close(struct bag *b)
{
    uint32_t kept = 0;
    float square = 0;

    qsort(b->at, b->count, sizeof *b->at, by_key);
    for (uint32_t i = 0, n; i < b->count; i += n) {
        struct bag_word w = b->at[i];

        for (n = 1; i + n < b->count && b->at[i + n].key == w.key;)
            n++;
        w.weight *= 1 + logf((float)n);
        square += w.weight * w.weight;
        b->sum += w.weight;
        b->at[kept++] = w;
    }
    b->count = kept;
    b->norm = sqrtf(square);
}

/* Sum over the words that both have: of products, or of what the lighter weighs. */
static float both(const struct bag *a, const struct bag *b, bool products)
{
    float sum = 0;

    for (uint32_t i = 0, j = 0; i < a->count && j < b->count;) {
        uint32_t x = a->at[i].key, y = b->at[j].key;

        if (x == y && products)
            sum += a->at[i].weight * b->at[j].weight;
        else if (x == y)
            sum += fminf(a->at[i].weight, b->at[j].weight);
        i += x <= y;
        j += y <= x;
    }
    return sum;
}

float bag_cosine(const struct bag *a, const struct bag *b)
{
    float norm = a->norm * b->norm;

    return norm > 0 ? both(a, b, true) / norm : 0;
}

float bag_share(const struct bag *a, const struct bag *b)
{
    float less = fminf(a->sum, b->sum);

    return less > 0 ? both(a, b, false) / less : 0;
}
