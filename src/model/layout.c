#include "model/layout.h"

#include "model/tree.h"

struct cursor {
    const char *base;
    size_t at;
};

static const void *take(struct cursor *c, size_t count, size_t size)
{
    const char *here = c->base + c->at;

    c->at += (count * size + LAYOUT_ALIGN - 1) / LAYOUT_ALIGN * LAYOUT_ALIGN;
    return here;
}

uint32_t layout_padded(uint32_t outputs)
{
    return (outputs + KERNEL_BLOCK - 1) / KERNEL_BLOCK * KERNEL_BLOCK;
}

static struct rows take_rows(struct cursor *c, uint32_t slots)
{
    return (struct rows){ take(c, slots, sizeof(struct rows_slot)), slots };
}

static struct model_table take_table(struct cursor *c, uint32_t rows, uint32_t columns)
{
    struct model_table t = { .rows = rows, .columns = columns };

    t.at = take(c, (size_t)rows * columns, 1);
    t.scale = take(c, rows, sizeof(float));
    return t;
}

static struct kernel_matrix take_matrix(struct cursor *c, uint32_t out, uint32_t in)
{
    struct kernel_matrix m = { .in = in, .out = layout_padded(out) };

    m.w = take(c, (size_t)m.out * in, 1);
    m.scale = take(c, m.out, sizeof(float));
    m.bias = take(c, m.out, sizeof(float));
    m.zero = take(c, m.out, sizeof(int32_t));
    return m;
}

static struct kernel_norm take_norm(struct cursor *c, uint32_t width)
{
    struct kernel_norm n = { .gain = take(c, width, sizeof(float)) };

    n.bias = take(c, width, sizeof(float));
    return n;
}

static void take_encoder(struct cursor *c, const struct layout_head *h, struct model *m)
{
    uint32_t in = h->word + FEATURE_PART_COUNT * h->part + h->vector;

    m->word_table = take_table(c, h->words, h->word);
    for (uint32_t i = 0; i < FEATURE_PART_COUNT; i++)
        m->part_table[i] = take_table(c, feature_part_rows(i), h->part);
    m->vector_table = take_table(c, h->vectors, h->vector);
    m->first = take_matrix(c, 2 * h->width, in);
    m->first_norm = take_norm(c, h->width);
    for (uint32_t i = 0; i < h->layers; i++) {
        struct model_layer *l = &m->layer[i];

        l->scan = h->layer[i].scan;
        l->gap = h->layer[i].gap;
        l->matrix = l->scan ? take_matrix(c, 3 * h->width, h->width)
                            : take_matrix(c, 2 * h->width, 3 * h->width);
        l->norm = take_norm(c, h->width);
    }
}

static void take_heads(struct cursor *c, const struct layout_head *h, struct model *m)
{
    m->tag = take_matrix(c, h->upos + h->xpos, h->width);
    m->rule = take_matrix(c, h->learned, h->width);
    m->link = take_matrix(c, 2 * h->arc + 2 * h->label + TREE_DISTANCES, h->width);
    m->label_out = take_matrix(c, h->deprel, h->label);
    m->name_in = take_matrix(c, 2 * h->name, 3 * h->width);
    m->name_norm = take_norm(c, h->name);
    m->name_out = take_matrix(c, h->names, h->name);
    m->root_label = take(c, h->label, sizeof(float));
    m->distance_label = take(c, (size_t)TREE_DISTANCES * h->label, sizeof(float));
}

static bool is_power(uint32_t n)
{
    return n > 0 && (n & (n - 1)) == 0 && n <= 1u << 24;
}

static bool is_width(uint32_t n)
{
    return n > 0 && n % 16 == 0 && n <= 512;
}

static bool reasonable(const struct layout_head *h)
{
    const uint32_t many = 1u << 22;

    if (!is_width(h->width) || h->width % (2 * KERNEL_LANES) != 0 ||
        !is_width(h->word) || !is_width(h->part) || !is_width(h->vector) ||
        !is_width(h->arc) || !is_width(h->label) || !is_width(h->name) ||
        h->layers > MODEL_LAYERS_MAX)
        return false;
    for (uint32_t i = 0; i < h->layers; i++)
        if (h->layer[i].scan > 1 || h->layer[i].gap > 64)
            return false;
    return is_power(h->word_slots) && is_power(h->vector_slots) &&
           is_power(h->lemma_slots) && h->words <= many && h->vectors <= many &&
           h->rules <= UINT16_MAX && h->learned > 0 && h->learned <= h->rules;
}

size_t layout_apply(const struct layout_head *h, const char *base, struct model *m)
{
    struct cursor c = { base,
                        (sizeof *h + LAYOUT_ALIGN - 1) / LAYOUT_ALIGN * LAYOUT_ALIGN };

    if (!reasonable(h))
        return SIZE_MAX;
    *m = (struct model){ .width = h->width,
                         .word = h->word,
                         .part = h->part,
                         .vector = h->vector,
                         .arc = h->arc,
                         .label = h->label,
                         .name = h->name,
                         .layers = h->layers,
                         .known = h->known,
                         .words = h->words,
                         .vectors = h->vectors,
                         .rules = h->rules,
                         .learned = h->learned };
    m->word_rows = take_rows(&c, h->word_slots);
    m->vector_rows = take_rows(&c, h->vector_slots);
    m->lemma_rows = take_rows(&c, h->lemma_slots);
    m->rule_list = take(&c, h->rules, sizeof *m->rule_list);
    take_encoder(&c, h, m);
    take_heads(&c, h, m);
    return c.at;
}

/* Four lanes, so that ten megabytes take a few milliseconds. */
uint64_t layout_sum(struct str s)
{
    uint64_t lane[4] = { 1, 2, 3, 4 }, word, sum = s.len;

    while (s.len >= 8) {
        for (size_t i = 0; i < COUNT(lane) && s.len >= 8; i++, s = str_after(s, 8)) {
            memcpy(&word, s.ptr, 8);
            lane[i] = (lane[i] ^ word) * 0x9e3779b97f4a7c15u;
            lane[i] ^= lane[i] >> 32;
        }
    }
    for (; s.len > 0; s = str_after(s, 1))
        sum = (sum ^ (unsigned char)*s.ptr) * 0x9e3779b97f4a7c15u;
    for (size_t i = 0; i < COUNT(lane); i++)
        sum = (sum ^ lane[i]) * 0xbf58476d1ce4e5b9u;
    return sum ^ sum >> 31;
}
