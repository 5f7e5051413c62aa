/* train.h - from treebanks to a model file, in one call.
 *
 *     corrob train DIR -o model/en.bin
 *
 * The same data, options and kind of processor give the same file.
 */
#ifndef CORROB_MODEL_TRAIN_H
#define CORROB_MODEL_TRAIN_H

#include <stdint.h>
#include <stdio.h>

#include "base/err.h"

#define TRAIN_NO_EPOCHS UINT32_MAX

struct train_options {
    const char *data;    /* folder with ud/ and ner/ */
    const char *vectors; /* JSON file of word vectors */
    const char *out;     /* model file to write; NULL: only train and measure */
    uint32_t epochs;     /* 0: as shipped */
    uint32_t seed;
    float rate;         /* learning rate at its top; 0: as shipped */
    const char *shape;  /* layers: "w1 s w2 s", NULL: as shipped */
    uint32_t width;     /* 0: as shipped */
    float dropout;      /* of branches; 0: as shipped */
    const char *floats; /* file for the weights as floats; read instead of training when
                            epochs is TRAIN_NO_EPOCHS */
    FILE *log;          /* progress, may be NULL */
};

bool train_run(const struct train_options *options, struct err *err);

#endif
