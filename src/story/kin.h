/* kin.h - how akin two words for happenings are, by WordNet.
 *
 *     kin_likeness(kin_find(STR("die")), kin_find(STR("death")))        near 1
 *     kin_likeness(kin_find(STR("heist")), kin_find(STR("robbery")))    some
 *     kin_likeness(kin_find(STR("die")), kin_find(STR("agree")))        0
 */
#ifndef CORROB_STORY_KIN_H
#define CORROB_STORY_KIN_H

#include <stdint.h>

#include "base/str.h"

#define KIN_MAX 24 /* meanings kept of a lemma */

struct kin_lemma {
    uint32_t hash, first; /* str_hash; of its ways */
};

/* The head of the table; `lemmas` of struct kin_lemma by hash follow, one more for the end,
 * then the ways, by meaning: meaning << 8 | weight. */
struct kin_table {
    uint32_t lemmas, spare;
};

struct kin {
    const uint32_t *way;
    uint32_t ways;
};

/* No ways for a word that is not known. */
struct kin kin_find(struct str lemma);
/* 0..1 */
float kin_likeness(struct kin a, struct kin b);

#endif
