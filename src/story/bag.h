/* bag.h - words of a passage by key, each once, with what it weighs.
 *
 *     struct bag b = bag_new(arena, 20);
 *     bag_put(&b, key, weight); ...
 *     bag_close(&b);
 *     bag_cosine(&b, &other)      0..1
 *
 * A word that was put n times weighs 1 + log n times what it weighs once.
 */
#ifndef CORROB_STORY_BAG_H
#define CORROB_STORY_BAG_H

#include "base/arena.h"

struct bag {
    struct bag_word {
        uint32_t key;
        float weight;
    } * at; /* by key, once it is closed */
    uint32_t count;
    float norm, sum; /* of the weights */
};

/* Room for so many words. */
struct bag bag_new(struct arena *arena, uint32_t words);
void bag_put(struct bag *b, uint32_t key, float weight);
void bag_close(struct bag *b);
float bag_cosine(const struct bag *a, const struct bag *b);
/* 0..1: how much of the lighter bag is in the other. */
float bag_share(const struct bag *a, const struct bag *b);

#endif
