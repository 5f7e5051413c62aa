#include "model/export.h"

#include <math.h>

#include "model/layout.h"
#include "model/tree.h"

/* The model's pointers are to constant memory; while it is written, that is ours. */
static void *writable(const void *at)
{
    return (void *)(uintptr_t)at;
}

static void put_floats(const float *to, const float *from, size_t n)
{
    memcpy(writable(to), from, n * sizeof *from);
}

static float greatest_of(const float *x, size_t n)
{
    float most = 1e-12f;

    for (size_t i = 0; i < n; i++)
        most = fmaxf(most, fabsf(x[i]));
    return most;
}

static void put_table_row(const struct model_table *t, uint32_t row, const float *x)
{
    float most = greatest_of(x, t->columns);
    int8_t *to = (int8_t *)writable(t->at) + (size_t)row * t->columns;

    for (uint32_t i = 0; i < t->columns; i++)
        to[i] = (int8_t)rintf(x[i] * (127 / most));
    ((float *)writable(t->scale))[row] = most / 127;
}

static void put_table(const struct model_table *t, const struct param *p)
{
    for (uint32_t r = 0; r < t->rows; r++)
        put_table_row(t, r, p->w + (size_t)r * p->columns);
}

/* Row `out` of a matrix, in the order in which kernels read it. */
static void put_output(const struct kernel_matrix *m, uint32_t out, const float *w,
                       float bias)
{
    float most = greatest_of(w, m->in);
    size_t block = out / KERNEL_BLOCK, lane = out % KERNEL_BLOCK;
    int8_t *to = (int8_t *)writable(m->w) + block * KERNEL_BLOCK * m->in + 4 * lane;
    int32_t sum = 0;

    for (uint32_t k = 0; k < m->in; k++) {
        int8_t q = (int8_t)rintf(w[k] * (KERNEL_WEIGHT_MAX / most));

        to[k / 4 * 4 * KERNEL_BLOCK + k % 4] = q;
        sum += q;
    }
    ((float *)writable(m->scale))[out] = most / KERNEL_WEIGHT_MAX;
    ((float *)writable(m->bias))[out] = bias;
    ((int32_t *)writable(m->zero))[out] = KERNEL_ZERO * sum;
}

static void put_outputs(const struct kernel_matrix *m, const struct param *w,
                        const struct param *b, uint32_t from, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        put_output(m, i, w->w + (size_t)(from + i) * w->columns, b->w[from + i]);
}

static void put_matrix(const struct kernel_matrix *m, const struct param *w,
                       const struct param *b)
{
    put_outputs(m, w, b, 0, w->rows);
}

static void put_norm(const struct kernel_norm *n, const struct param *gain,
                     const struct param *bias)
{
    put_floats(n->gain, gain->w, gain->columns);
    put_floats(n->bias, bias->w, bias->columns);
}

/* A word's affinity to a distance is a product of its arc vector with the distance's, and
 * that vector is a product of its state: one row of weights does both. */
static void put_distance(const struct kernel_matrix *m, const struct net *net,
                         uint32_t distance, float *row)
{
    const struct net_shape *s = &net->shape;
    const float *place = net->distance_arc.w + (size_t)distance * s->arc;
    float bias = 0;

    memset(row, 0, s->width * sizeof *row);
    for (uint32_t k = 0; k < s->arc; k++) {
        float x = place[k] + (distance == 0 ? net->root_arc.w[k] : 0);

        for (uint32_t i = 0; i < s->width; i++)
            row[i] += x * net->link.w[(size_t)k * s->width + i];
        bias += x * net->link_b.w[k];
    }
    put_output(m, NET_LINKS(s) + distance, row, bias);
}

static void put_vectors(struct arena *arena, const struct model_table *t,
                        const struct net *net, const struct vectors *v)
{
    float *row = NEW(arena, float, t->columns);

    for (uint32_t r = 0; r < v->count; r++) {
        for (uint32_t i = 0; i < t->columns; i++) {
            row[i] = 0;
            for (uint32_t k = 0; k < VECTOR_COLUMNS; k++)
                row[i] += net->vector.w[i * VECTOR_COLUMNS + k] *
                          v->at[(size_t)r * VECTOR_COLUMNS + k];
        }
        put_table_row(t, r, row);
    }
}

static void put_encoder(struct arena *arena, const struct model *m,
                        const struct net *net, const struct vectors *vectors)
{
    put_table(&m->word_table, &net->word);
    for (uint32_t i = 0; i < FEATURE_PART_COUNT; i++)
        put_table(&m->part_table[i], &net->part[i]);
    put_vectors(arena, &m->vector_table, net, vectors);
    put_matrix(&m->first, &net->first, &net->first_b);
    put_norm(&m->first_norm, &net->first_gain, &net->first_bias);
    for (uint32_t i = 0; i < m->layers; i++) {
        const struct net_layer *l = &net->layer[i];

        put_matrix(&m->layer[i].matrix, &l->w, &l->b);
        put_norm(&m->layer[i].norm, &l->gain, &l->bias);
    }
}

static void put_heads(struct arena *arena, const struct model *m, const struct net *net)
{
    uint32_t tags = UPOS_COUNT + XPOS_COUNT;
    float *row = NEW(arena, float, net->shape.width);

    put_outputs(&m->tag, &net->tag, &net->tag_b, 0, tags);
    put_outputs(&m->rule, &net->tag, &net->tag_b, tags, net->shape.rules);
    put_matrix(&m->link, &net->link, &net->link_b);
    for (uint32_t d = 0; d < TREE_DISTANCES; d++)
        put_distance(&m->link, net, d, row);
    put_matrix(&m->label_out, &net->label, &net->label_b);
    put_matrix(&m->name_in, &net->name_w, &net->name_b);
    put_norm(&m->name_norm, &net->name_gain, &net->name_bias);
    put_matrix(&m->name_out, &net->name_out, &net->name_out_b);
    put_floats(m->root_label, net->root_label.w, net->shape.label);
    put_floats(m->distance_label, net->distance_label.w,
               (size_t)TREE_DISTANCES * net->shape.label);
}

static struct layout_head head_of(const struct net *net, const struct vocab *vocab,
                                  const struct vectors *vectors)
{
    const struct net_shape *s = &net->shape;
    struct layout_head h = {
        .version = LAYOUT_VERSION,
        .endian = 0x01020304,
        .upos = UPOS_COUNT,
        .xpos = XPOS_COUNT,
        .deprel = DEPREL_COUNT,
        .names = NAME_LABELS,
        .parts = FEATURE_PART_COUNT,
        .width = s->width,
        .word = s->word,
        .part = s->part,
        .vector = s->vector,
        .arc = s->arc,
        .label = s->label,
        .name = s->name,
        .known = vocab->known,
        .words = vocab->rows,
        .vectors = vectors->count,
        .rules = vocab->rule.count,
        .learned = vocab->learned,
        .word_slots = vocab->words.slots,
        .vector_slots = vectors->rows.slots,
        .lemma_slots = vocab->lemmas.slots,
        .layers = s->layers,
    };

    memcpy(h.magic, LAYOUT_MAGIC, sizeof h.magic);
    for (uint32_t i = 0; i < s->layers; i++) {
        h.layer[i].scan = s->layer[i].kind == NET_SCAN;
        h.layer[i].gap = s->layer[i].gap;
    }
    return h;
}

static void put_rows(const struct rows *to, const struct rows *from)
{
    memcpy(writable(to->slot), from->slot, from->slots * sizeof *from->slot);
}

struct str export_model(struct arena *arena, const struct net *net,
                        const struct vocab *vocab, const struct vectors *vectors)
{
    struct layout_head head = head_of(net, vocab, vectors);
    struct model m;
    size_t size = layout_apply(&head, (const char *)&head, &m);
    char *bytes = NEW(arena, char, size);
    struct str behind = { bytes + offsetof(struct layout_head, upos),
                          size - offsetof(struct layout_head, upos) };

    layout_apply(&head, bytes, &m);
    put_rows(&m.word_rows, &vocab->words);
    put_rows(&m.vector_rows, &vectors->rows);
    put_rows(&m.lemma_rows, &vocab->lemmas);
    memcpy(writable(m.rule_list), vocab->rule.at,
           vocab->rule.count * sizeof *vocab->rule.at);
    put_encoder(arena, &m, net, vectors);
    put_heads(arena, &m, net);
    head.size = size;
    memcpy(bytes, &head, sizeof head);
    head.sum = layout_sum(behind);
    memcpy(bytes, &head, sizeof head);
    return (struct str){ bytes, size };
}
