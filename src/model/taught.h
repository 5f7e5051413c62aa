/* taught.h - what teachers say of a word: how likely they hold each label and each head.
 *
 * Teachers are networks that were trained before; a network that learns what they think
 * of all answers, and not only which one is right, gets better than one that learns from
 * treebanks alone.
 */
#ifndef CORROB_MODEL_TAUGHT_H
#define CORROB_MODEL_TAUGHT_H

#include <stdint.h>

#include "model/names.h"
#include "model/tags.h"

#define TAUGHT_ONE 32768 /* certainty */

/* In parts of TAUGHT_ONE; all NULL: they weren't asked. */
struct taught {
    const uint16_t *labels; /* TAUGHT_LABELS of them, beginning at the places below */
    const uint16_t *arcs;   /* of the root and each word of the sentence */
    uint32_t head;          /* in the tree that they find best */
};
enum {
    TAUGHT_UPOS = 0,
    TAUGHT_XPOS = TAUGHT_UPOS + UPOS_COUNT,
    TAUGHT_NAMES = TAUGHT_XPOS + XPOS_COUNT,
    TAUGHT_REL =
        TAUGHT_NAMES + NAME_LABELS, /* under the right head, else under `head` */
    TAUGHT_LABELS = TAUGHT_REL + DEPREL_COUNT,
};

#endif
