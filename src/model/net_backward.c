#include "model/net.h"

#include <math.h>

#include "model/tree.h"

/* Weights of the tasks in the sum: lemma rules are easy and many, names are few. */
#define UPOS_WEIGHT 2.0f
#define RULE_WEIGHT 0.5f
#define NAME_WEIGHT 1.0f

/* The label that is right, count or more where it is not known; what teachers say. */
struct tag_answer {
    uint32_t right;
    const uint16_t *taught;
};

static void tag_loss(size_t count, const float *z, struct tag_answer answer,
                     float scale, float *dz, double *sum)
{
    uint8_t allowed[1024] = { 0 };
    bool known = answer.right < count;

    allowed[known ? answer.right : 0] = 1;
    *sum += (double)softmax_loss(
        count, z, (struct answer){ known ? allowed : NULL, answer.taught }, scale, dz);
}

/* From a place in a row of what teachers say; NULL where they weren't asked. */
static const uint16_t *taught_from(const struct net_batch *b, uint32_t t,
                                   uint32_t place)
{
    return b->taught[t].labels ? b->taught[t].labels + place : NULL;
}

static void tags_loss(struct net *net, const struct net_batch *b, float scale,
                      struct net_loss *loss)
{
    size_t columns = NET_TAGS(&net->shape), rules = net->shape.rules;

    for (uint32_t t = 0; t < b->words; t++) {
        const float *z = net->tags + t * columns;
        float *dz = net->d_tags + t * columns;

        tag_loss(UPOS_COUNT, z,
                 (struct tag_answer){ b->upos[t], taught_from(b, t, TAUGHT_UPOS) },
                 scale * UPOS_WEIGHT, dz, &loss->upos);
        tag_loss(XPOS_COUNT, z + UPOS_COUNT,
                 (struct tag_answer){ b->xpos[t], taught_from(b, t, TAUGHT_XPOS) },
                 scale, dz + UPOS_COUNT, &loss->xpos);
        tag_loss(rules, z + UPOS_COUNT + XPOS_COUNT,
                 (struct tag_answer){ b->rule[t], NULL }, scale * RULE_WEIGHT,
                 dz + UPOS_COUNT + XPOS_COUNT, &loss->rule);
    }
}

/* From the gradient of one sentence's arc scores to those of what made them. */
static void arcs_backward(struct net *net, uint32_t first, uint32_t n)
{
    const struct net_shape *s = &net->shape;
    uint32_t columns = NET_LINKS(s), arc = s->arc;
    float *links = net->links + (size_t)first * columns;
    float *d_links = net->d_links + (size_t)first * columns;

    sgemm(&net->gemm, n, arc, n + 1,
          (struct factors){ { net->d_arcs, n + 1, 1 }, { net->heads, arc, 1 } },
          (struct result){ d_links, columns, true });
    sgemm(&net->gemm, n + 1, arc, n,
          (struct factors){ { net->d_arcs, 1, n + 1 }, { links, columns, 1 } },
          (struct result){ net->d_heads, arc, false });
    for (uint32_t i = 0; i < arc; i++)
        net->root_arc.grad[i] += net->d_heads[i];
    for (uint32_t j = 0; j < n; j++)
        for (uint32_t i = 0; i < arc; i++)
            d_links[j * columns + arc + i] += net->d_heads[(1 + j) * arc + i];
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j <= n; j++)
            net->d_places[(size_t)(first + i) * TREE_DISTANCES + tree_distance(i, j)] +=
                net->d_arcs[i * (n + 1) + j];
}

static void arc_loss(struct net *net, const struct net_batch *b, uint32_t sentence,
                     float scale, struct net_loss *loss)
{
    uint32_t first = b->sentences.first[sentence];
    uint32_t n = b->sentences.first[sentence + 1] - first;
    uint8_t allowed[1024];

    bool known = b->head[first] != NET_NONE;

    if (net_head(b, first) == NET_NONE || n + 1 > COUNT(allowed))
        return;
    net_arc_scores(net, b, sentence, net->arcs);
    for (uint32_t i = 0; i < n; i++) {
        struct answer answer = { known ? allowed : NULL, b->taught[first + i].arcs };

        memset(allowed, 0, n + 1);
        allowed[known ? b->head[first + i] : 0] = 1;
        loss->arc += (double)softmax_loss(n + 1, net->arcs + i * (n + 1), answer, scale,
                                          net->d_arcs + i * (n + 1));
    }
    arcs_backward(net, first, n);
}

/* The three vectors whose sum a label is told from: the word's, its head's, the
 * distance's; or their gradients. */
struct label_parts {
    float *dep, *head, *place;
};

static struct label_parts label_parts(struct net *net, uint32_t first, uint32_t i,
                                      uint32_t head, bool gradient)
{
    const struct net_shape *s = &net->shape;
    float *links = gradient ? net->d_links : net->links;
    float *root = gradient ? net->root_label.grad : net->root_label.use;
    float *place = gradient ? net->distance_label.grad : net->distance_label.use;
    size_t columns = NET_LINKS(s);

    return (struct label_parts){
        links + (first + i) * columns + 2 * s->arc,
        head == 0 ? root : links + (first + head - 1) * columns + 2 * s->arc + s->label,
        place + tree_distance(i, head) * s->label,
    };
}

static void labels_forward(struct net *net, const struct net_batch *b,
                           uint32_t sentence)
{
    uint32_t first = b->sentences.first[sentence], width = net->shape.label;

    for (uint32_t t = first; t < b->sentences.first[sentence + 1]; t++) {
        float *hidden = net->hidden + (size_t)t * width;
        struct label_parts p;

        if (net_head(b, t) == NET_NONE) {
            memset(hidden, 0, width * sizeof *hidden);
            continue;
        }
        p = label_parts(net, first, t - first, net_head(b, t), false);
        for (uint32_t i = 0; i < width; i++)
            hidden[i] = fmaxf(p.dep[i] + p.head[i] + p.place[i], 0);
    }
}

static void labels_backward(struct net *net, const struct net_batch *b,
                            uint32_t sentence)
{
    uint32_t first = b->sentences.first[sentence], width = net->shape.label;

    for (uint32_t t = first; t < b->sentences.first[sentence + 1]; t++) {
        const float *hidden = net->hidden + (size_t)t * width;
        const float *d_hidden = net->d_hidden + (size_t)t * width;
        struct label_parts p;

        if (net_head(b, t) == NET_NONE)
            continue;
        p = label_parts(net, first, t - first, net_head(b, t), true);
        for (uint32_t i = 0; i < width; i++)
            if (hidden[i] > 0) {
                p.dep[i] += d_hidden[i];
                p.head[i] += d_hidden[i];
                p.place[i] += d_hidden[i];
            }
    }
}

static void label_loss(struct net *net, const struct net_batch *b, float scale,
                       struct net_loss *loss)
{
    for (uint32_t s = 0; s < b->sentences.count; s++)
        labels_forward(net, b, s);
    linear_forward(&net->gemm, &net->label, &net->label_b, b->words, net->hidden,
                   net->labels);
    for (uint32_t t = 0; t < b->words; t++)
        tag_loss(DEPREL_COUNT, net->labels + (size_t)t * DEPREL_COUNT,
                 (struct tag_answer){ b->rel[t], taught_from(b, t, TAUGHT_REL) }, scale,
                 net->d_labels + (size_t)t * DEPREL_COUNT, &loss->label);
    linear_backward(&net->gemm, &net->label, &net->label_b, b->words, net->hidden,
                    (struct gradient){ net->d_labels, net->d_hidden, false });
    for (uint32_t s = 0; s < b->sentences.count; s++)
        labels_backward(net, b, s);
}

static void links_loss(struct net *net, const struct net_batch *b, float scale,
                       struct net_loss *loss)
{
    const struct net_shape *s = &net->shape;
    size_t columns = NET_LINKS(s);

    memset(net->d_links, 0, b->words * columns * sizeof *net->d_links);
    memset(net->d_places, 0, (size_t)b->words * TREE_DISTANCES * sizeof *net->d_places);
    for (uint32_t i = 0; i < b->sentences.count; i++)
        arc_loss(net, b, i, scale, loss);
    sgemm(&net->gemm, TREE_DISTANCES, s->arc, b->words,
          (struct factors){ { net->d_places, 1, TREE_DISTANCES },
                            { net->links, columns, 1 } },
          (struct result){ net->distance_arc.grad, s->arc, true });
    sgemm(&net->gemm, b->words, s->arc, TREE_DISTANCES,
          (struct factors){ { net->d_places, TREE_DISTANCES, 1 },
                            { net->distance_arc.use, s->arc, 1 } },
          (struct result){ net->d_links, columns, true });
    label_loss(net, b, scale, loss);
}

/* Leaves the gradient of names' scores in d_z. */
static void names_loss(struct net *net, const struct net_batch *b, float scale,
                       struct net_loss *loss)
{
    uint8_t allowed[NAME_LABELS];

    for (uint32_t t = 0; t < b->words; t++) {
        float *dz = net->d_z + (size_t)t * NAME_LABELS;
        struct answer answer = { b->names[t] ? allowed : NULL,
                                 taught_from(b, t, TAUGHT_NAMES) };

        for (uint32_t l = 0; l < NAME_LABELS; l++)
            allowed[l] = b->names[t] >> l & 1;
        loss->name +=
            (double)softmax_loss(NAME_LABELS, net->names + (size_t)t * NAME_LABELS,
                                 answer, scale * NAME_WEIGHT, dz);
    }
}

/* Adds to d_top. */
static void names_backward(struct net *net, const struct net_batch *b, float *d_top)
{
    const struct net_shape *s = &net->shape;

    linear_backward(&net->gemm, &net->name_out, &net->name_out_b, b->words,
                    net->name_state, (struct gradient){ net->d_z, net->d_b, false });
    norm_backward(b->words, &net->name_gain, &net->name_bias,
                  (struct normed){ net->name_x, net->name_scale }, net->d_b,
                  net->d_window);
    glu_backward(b->words, s->name, net->name_z, net->d_window, net->d_z);
    linear_backward(&net->gemm, &net->name_w, &net->name_b, b->words, net->name_window,
                    (struct gradient){ net->d_z, net->d_window, false });
    window_backward(&b->sentences, s->width, 1, net->d_window, d_top);
}

/* d: the gradient of the layer's result; becomes that of its input. */
static void layer_backward(struct net *net, struct net_layer *l,
                           const struct net_batch *b, const float *in, float *d)
{
    uint32_t width = net->shape.width;
    size_t n = (size_t)b->words * width;

    norm_backward(b->words, &l->gain, &l->bias, (struct normed){ l->x, l->scale }, d,
                  net->d_b);
    memcpy(d, net->d_b, n * sizeof *d);
    multiply(n, l->mask, net->d_b);
    if (l->kind == NET_WINDOW) {
        glu_backward(b->words, width, l->z, net->d_b, net->d_z);
        linear_backward(&net->gemm, &l->w, &l->b, b->words, l->window,
                        (struct gradient){ net->d_z, net->d_window, false });
        window_backward(&b->sentences, width, l->gap, net->d_window, d);
    } else {
        scan_backward(&b->sentences, width, l->z, l->c, net->d_b, net->d_z);
        linear_backward(&net->gemm, &l->w, &l->b, b->words, in,
                        (struct gradient){ net->d_z, d, true });
    }
}

static void add_to_row(struct param *table, uint32_t row, const float *d)
{
    float *grad = param_row_grad(table, row);

    for (uint32_t i = 0; i < table->columns; i++)
        grad[i] += d[i];
}

static void look_up_backward(struct net *net, const struct net_batch *b)
{
    const struct net_shape *s = &net->shape;
    size_t columns = NET_INPUT(s);

    for (uint32_t t = 0; t < b->words; t++) {
        const float *d = net->d_input + t * columns;

        if (!net->word_dropped[t])
            add_to_row(&net->word, b->word[t], d);
        for (uint32_t i = 0; i < FEATURE_PART_COUNT; i++)
            add_to_row(&net->part[i], b->part[t][i], d + s->word + i * s->part);
    }
    sgemm(&net->gemm, s->vector, s->vector_in, b->words,
          (struct factors){ { net->d_input + columns - s->vector, 1, columns },
                            { net->vectors, s->vector_in, 1 } },
          (struct result){ net->vector.grad, s->vector_in, true });
}

static void first_backward(struct net *net, const struct net_batch *b, const float *d)
{
    const struct net_shape *s = &net->shape;

    norm_backward(b->words, &net->first_gain, &net->first_bias,
                  (struct normed){ net->first_x, net->first_scale }, d, net->d_b);
    glu_backward(b->words, s->width, net->first_z, net->d_b, net->d_z);
    linear_backward(&net->gemm, &net->first, &net->first_b, b->words, net->input,
                    (struct gradient){ net->d_z, net->d_input, false });
    multiply((size_t)b->words * NET_INPUT(s), net->input_mask, net->d_input);
    look_up_backward(net, b);
}

struct net_loss net_backward(struct net *net, const struct net_batch *b)
{
    const struct net_shape *s = &net->shape;
    struct net_loss loss = { 0 };
    float scale = 1 / (float)b->words, *d = net->d_a;

    tags_loss(net, b, scale, &loss);
    links_loss(net, b, scale, &loss);
    linear_backward(&net->gemm, &net->tag, &net->tag_b, b->words, net->top,
                    (struct gradient){ net->d_tags, d, false });
    linear_backward(&net->gemm, &net->link, &net->link_b, b->words, net->top,
                    (struct gradient){ net->d_links, d, true });
    names_loss(net, b, scale, &loss);
    names_backward(net, b, d);
    multiply((size_t)b->words * s->width, net->top_mask, d);
    for (uint32_t i = s->layers; i-- > 0;)
        layer_backward(net, &net->layer[i], b,
                       i > 0 ? net->layer[i - 1].out : net->state, d);
    first_backward(net, b, d);
    return loss;
}
