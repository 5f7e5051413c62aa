/* layout.h - where things lie in a model file: one description for reader and writer. */
#ifndef CORROB_MODEL_LAYOUT_H
#define CORROB_MODEL_LAYOUT_H

#include "model/model.h"

#define LAYOUT_MAGIC "corrobm\n"
#define LAYOUT_VERSION 1
#define LAYOUT_ALIGN 64

/* All numbers are little-endian. */
struct layout_head {
    char magic[8];
    uint32_t version, endian; /* endian: 0x01020304 */
    uint64_t size, sum;       /* of the file; of all bytes behind the head */
    uint32_t upos, xpos, deprel, names, parts; /* lengths of the lists of labels */
    uint32_t width, word, part, vector, arc, label, name;
    uint32_t known, words, vectors, rules, learned;
    uint32_t word_slots, vector_slots, lemma_slots;
    uint32_t layers;
    struct {
        uint32_t scan, gap;
    } layer[MODEL_LAYERS_MAX];
};

/* Sets every pointer of the model by the sizes in the head, base being where the file
 * lies, and returns the size that the file must have.  SIZE_MAX: sizes beyond reason. */
size_t layout_apply(const struct layout_head *head, const char *base,
                    struct model *model);
/* The check sum of the bytes behind the head. */
uint64_t layout_sum(struct str behind);

/* Outputs of the link matrix: dep arc, head arc, dep label, head label, distances (0: the
 * root). */
uint32_t layout_padded(uint32_t outputs);

#endif
