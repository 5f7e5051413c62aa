/* feature.h - what the network sees of a word: numbers of table rows made of its form.
 *
 *     struct feature_keys k;
 *     feature_keys(STR("Talks"), &k);       word "talks", suffix "ks", "lks", shape "Xx", ...
 *
 * Used by the trainer and at run time alike, so that both see the same word.  The form
 * alone decides, never its neighbours: what a form gives can be kept in a cache.
 */
#ifndef CORROB_MODEL_FEATURE_H
#define CORROB_MODEL_FEATURE_H

#include <stdint.h>

#include "base/str.h"

/* Parts of a word that are hashed into small tables: a name and its rows. */
#define FEATURE_PARTS(X) \
    X(PREFIX_2, 2048)    \
    X(PREFIX_3, 4096)    \
    X(SUFFIX_2, 2048)    \
    X(SUFFIX_3, 4096)    \
    X(SUFFIX_4, 8192)    \
    X(SHAPE, 1024)
enum feature_part {
#define X(name, rows) FEATURE_##name,
    FEATURE_PARTS(X)
#undef X
        FEATURE_PART_COUNT
};

/* Longer words are read by their first and last bytes. */
#define FEATURE_WORD_MAX 48

struct feature_keys {
    uint64_t word;                     /* hash of the form in lower case, digits as 0 */
    uint64_t lower;                    /* hash of the form in lower case */
    uint32_t part[FEATURE_PART_COUNT]; /* rows of the tables of parts */
};

void feature_keys(struct str form, struct feature_keys *out);
/* Rows of the table of a part. */
uint32_t feature_part_rows(enum feature_part part);

#endif
