/* boundary.h - whether a sentence ends between two tokens, by a learned scorer.
 *
 *     "Kay Mann 04/26/2001 07:17 AM | Will you be there?"     ends: a mail's head
 *     "I like Yahoo! and AOL"                                 goes on
 *
 * Rules (sentence.c) propose an end behind a stop; the scorer sees each gap where there
 * is doubt, the proposal is one of its features.  Its weights were learnt from treebanks
 * by tools/train-boundaries.
 */
#ifndef CORROB_TEXT_BOUNDARY_H
#define CORROB_TEXT_BOUNDARY_H

#include "text/text.h"

/* The gap before token[at], in a paragraph first..end and a sentence that began at
 * `begin`; begin < at < end. */
struct boundary_gap {
    const struct token *token;
    uint32_t first, begin, at, end;
    bool proposed; /* the rules end the sentence here */
};

#define BOUNDARY_FEATURES 32
#define BOUNDARY_BITS 14
#define BOUNDARY_WEIGHTS (1u << BOUNDARY_BITS)

/* In thousandths. */
extern const int16_t boundary_weights[BOUNDARY_WEIGHTS];

/* Whether the scorer is asked at all; elsewhere the proposal holds. */
bool boundary_is_doubtful(const struct boundary_gap *g);
/* Fills the indexes of the features in the weights; returns their number. */
uint32_t boundary_features(const struct boundary_gap *g,
                           uint16_t feature[BOUNDARY_FEATURES]);
/* Whether the sentence ends here. */
bool boundary_ends(const struct boundary_gap *g);

#endif
