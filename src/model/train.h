/* train.h - from treebanks to a model file, in one call.
 *
 *     corrob train DIR --vectors vectors.json -o model/en.bin
 *
 * The same data, options and kind of processor give the same bytes.
 */
#ifndef CORROB_MODEL_TRAIN_H
#define CORROB_MODEL_TRAIN_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

#define TRAIN_EPOCHS 18
#define TRAIN_TEACHERS_MAX 8

struct train_options {
    const char *data;    /* folder with ud/ and ner/ */
    const char *vectors; /* JSON file of word vectors */
    /* File of the weights as floats: read instead of training where it exists, else
     * written after training; those of the teachers lie beside it as FILE.1, FILE.2, ...
     * NULL: none. */
    const char *weights;
    const char *texts; /* CoNLL-U file whose words only teachers analyse; NULL: none */
    uint32_t teachers; /* networks trained first, up to TRAIN_TEACHERS_MAX; 0: none */
    uint32_t epochs;   /* 0: TRAIN_EPOCHS, for teachers a few less */
    uint32_t seed;     /* 0: as shipped */
    /* Takes the model file's bytes; false when they can't be written. */
    bool (*put)(void *context, struct str bytes);
    /* Takes a line of progress; may be NULL. */
    void (*tell)(void *context, const char *line);
    void *context;
};

bool train_run(const struct train_options *options, struct err *err);

#endif
