/* net.h - the network while it is trained: parameters, states, gradients, in floats.
 *
 *     word rows, part rows, a fixed vector -> gate -> norm                    state 0
 *     layers: state + gate(window of three) or state + scan, each normed      the encoder
 *     heads: tags and lemma rules; arcs and labels; names over a window of their own
 *
 * What runs in the product is the same network with integers: analyse.c.  docs/model.md
 * says why it has this form.
 */
#ifndef CORROB_MODEL_NET_H
#define CORROB_MODEL_NET_H

#include "model/feature.h"
#include "model/layer.h"
#include "model/names.h"
#include "model/tags.h"
#include "model/taught.h"

#define NET_LAYERS_MAX 12
#define NET_NONE UINT32_MAX

enum net_layer_kind { NET_WINDOW, NET_SCAN };

struct net_shape {
    uint32_t width, word, part, vector_in, vector; /* columns */
    uint32_t arc, label, name;
    uint32_t words, rules; /* rows of the word table; lemma rules */
    uint32_t layers;
    struct {
        uint8_t kind, gap;
    } layer[NET_LAYERS_MAX];
};

/* Sentences side by side, what the network sees of them and what is right. */
struct net_batch {
    struct sentences sentences;
    uint32_t words;
    const uint32_t *word; /* row of the word table */
    const uint32_t (*part)[FEATURE_PART_COUNT];
    const float *const *vector; /* NULL: none */
    /* right answers: 255 (NET_NONE for heads) where not known */
    const uint8_t *upos, *xpos, *rel;
    const uint16_t *rule;  /* UINT16_MAX: none */
    const uint32_t *head;  /* word of the sentence from 1; 0: root */
    const uint32_t *names; /* bits of the names labels that may be right; 0: unknown */
    const struct taught *taught;
};

/* The head under which a word's relation is told: the right one, else the teachers';
 * NET_NONE: neither is known. */
static inline uint32_t net_head(const struct net_batch *b, uint32_t word)
{
    if (b->head[word] != NET_NONE || b->taught[word].labels == NULL)
        return b->head[word];
    return b->taught[word].head;
}

struct net_layer {
    uint8_t kind, gap;
    struct param w, b, gain, bias;
    float *window, *z, *mask, *c, *x, *scale, *out;
};

struct net_rates {
    float input, branch, head, word, vector; /* shares dropped */
};

struct net {
    struct net_shape shape;
    struct net_rates rates;
    struct sgemm gemm;
    struct arena *arena;
    struct random random;
    bool quantised; /* states after norm are rounded as the integers will be */

    struct param word, part[FEATURE_PART_COUNT], vector; /* vector: projection */
    struct param first, first_b, first_gain, first_bias;
    struct net_layer layer[NET_LAYERS_MAX];
    struct param tag, tag_b;   /* upos, xpos, rules */
    struct param link, link_b; /* dep arc, head arc, dep label, head label */
    struct param root_arc, root_label, distance_arc, distance_label;
    struct param label, label_b;
    struct param name_w, name_b, name_gain, name_bias, name_out, name_out_b;

    uint32_t cap; /* words a batch may have */
    bool *word_dropped, *vector_dropped;
    float *vectors, *input, *input_mask, *first_z, *first_x, *first_scale, *state;
    float *top, *top_mask;        /* the encoder's result, after dropout */
    float *tags, *links, *places; /* scores; places: by distance */
    float *name_window, *name_z, *name_x, *name_scale, *name_state, *names;
    float *d_a, *d_b, *d_z, *d_window, *d_tags, *d_links, *d_places, *d_input,
        *d_vectors;
    float *arcs, *d_arcs, *heads, *d_heads, *hidden, *d_hidden, *labels, *d_labels;
};

#define NET_INPUT(s) ((s)->word + FEATURE_PART_COUNT * (s)->part + (s)->vector)
#define NET_TAGS(s) (UPOS_COUNT + XPOS_COUNT + (s)->rules)
#define NET_LINKS(s) (2 * (s)->arc + 2 * (s)->label)

/* The network with fresh weights, for batches of up to cap words and sentences of up to
 * longest. */
void net_init(struct arena *arena, struct net *net, const struct net_shape *shape,
              uint32_t cap, uint32_t longest, uint64_t seed);

/* Fills tags, links, places and names.  train: with dropout. */
void net_forward(struct net *net, const struct net_batch *batch, bool train);
/* Scores of the heads of a sentence's words: score[i][0] root, score[i][1 + j] word j. */
void net_arc_scores(struct net *net, const struct net_batch *batch, uint32_t sentence,
                    float *score);
/* Scores of the relations of a word under its head (0: root, else 1 + word). */
void net_label_scores(struct net *net, const struct net_batch *batch, uint32_t sentence,
                      uint32_t word, uint32_t head, float *score);

struct net_loss {
    double upos, xpos, rule, arc, label, name; /* sums over words */
};
/* After net_forward: adds to the gradients of all parameters. */
struct net_loss net_backward(struct net *net, const struct net_batch *batch);

/* Calls visit for each parameter. */
void net_each(struct net *net, void (*visit)(struct param *, void *), void *context);

#endif
