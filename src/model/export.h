/* export.h - the trained network as a model file: weights of 7 bits, tables of 8. */
#ifndef CORROB_MODEL_EXPORT_H
#define CORROB_MODEL_EXPORT_H

#include "model/net.h"
#include "model/vectors.h"
#include "model/vocab.h"

/* The bytes of the file, in the arena. */
struct str export_model(struct arena *arena, const struct net *net,
                        const struct vocab *vocab, const struct vectors *vectors);

#endif
