/* model.h - sentences as word forms in, their analysis out: the trained network at work.
 *
 *     struct model model;
 *     if (!model_open(&model, bytes, &err)) ...            bytes of model/en.bin
 *     struct model_scratch *s = model_scratch_new(arena, &model);      one a thread
 *     model_analyse(&model, s, arena, &(struct model_input){ form, lengths, count }, out);
 *     out[0].upos, out[0].head, out[0].lemma, out[0].name
 *
 * The model is read-only and shared by threads.  The same words give the same answers
 * on each processor, alone or among others.
 */
#ifndef CORROB_MODEL_MODEL_H
#define CORROB_MODEL_MODEL_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "model/feature.h"
#include "model/kernel.h"
#include "model/lemma.h"
#include "model/names.h"
#include "model/rows.h"
#include "model/tags.h"

#define MODEL_LAYERS_MAX 12
/* A longer sentence is read in pieces of this many words: the scores of its arcs need
 * memory that grows with its square. */
#define MODEL_SENTENCE_MAX 400

/* Rows of bytes with a scale each. */
struct model_table {
    const int8_t *at;
    const float *scale;
    uint32_t rows, columns;
};

struct model_layer {
    uint32_t scan, gap; /* a window of three words `gap` apart, or a scan */
    struct kernel_matrix matrix;
    struct kernel_norm norm;
};

struct model {
    uint32_t width, word, part, vector, arc, label, name, layers;
    uint32_t known, words, vectors, rules, learned;
    struct rows word_rows, vector_rows, lemma_rows;
    struct model_table word_table, part_table[FEATURE_PART_COUNT], vector_table;
    struct kernel_matrix first, tag, rule, link, label_out, name_in, name_out;
    struct kernel_norm first_norm, name_norm;
    struct model_layer layer[MODEL_LAYERS_MAX];
    const float *root_label, *distance_label;
    const struct lemma_rule *rule_list;
    const struct kernel *kernel;
};

/* Takes bytes (aligned to 64) apart; they must stay.  ERR_MODEL when they are no model,
 * damaged, or made for another version of the program. */
bool model_open(struct model *model, struct str bytes, struct err *err);
/* The model that was built into the program; false when it was built without. */
bool model_open_built_in(struct model *model, struct err *err);
/* The same without a look at the check sum of its bytes, which takes as long as reading a
 * report: for who wants a word's vector of a model that has been opened before. */
bool model_look_built_in(struct model *model);

struct model_word {
    struct str lemma;
    uint32_t head;           /* 0: the root, else 1 + index of a word of the sentence */
    uint8_t upos, xpos, rel; /* as in tags.h */
    uint8_t name;            /* NAME_OUTSIDE or a label of names.h */
    bool guessed; /* the lemma is by rule: the treebanks don't have the form */
};

/* Sentences one after the other: count of them, words[i] forms each. */
struct model_input {
    const struct str *form;
    const uint32_t *words;
    uint32_t count;
};

struct model_scratch;
/* Lives in the arena, holds the cache of words: keep it from report to report. */
struct model_scratch *model_scratch_new(struct arena *arena, const struct model *model);
/* Fills out[0 .. sum of words).  Lemmas are put in the arena or point into forms; what
 * else is taken from the arena is given back. */
void model_analyse(const struct model *model, struct model_scratch *scratch,
                   struct arena *arena, const struct model_input *in,
                   struct model_word *out);

#endif
