/* teach.h - asks networks that have been trained, the teachers, about sentences and notes
 * what they say together: the mean of their likelihoods.
 */
#ifndef CORROB_MODEL_TEACH_H
#define CORROB_MODEL_TEACH_H

#include "model/evaluate.h"
#include "model/train.h"

struct teachers {
    struct net net[TRAIN_TEACHERS_MAX];
    uint32_t count;
};

/* Sets `taught` of each word; what it points to is taken from the arena.  Sentences that
 * the batcher has no room for are left alone. */
void teach(struct arena *arena, struct teachers *t, struct batcher *b,
           struct corpus *c);

#endif
