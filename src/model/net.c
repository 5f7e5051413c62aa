#include "model/net.h"

#include <math.h>

#include "model/tree.h"

static float spread(uint32_t in)
{
    return sqrtf(3.0f / (float)in);
}

static void constant(struct arena *arena, struct param *p, const char *name,
                     uint32_t columns, float value)
{
    struct random none = { 0 };

    param_init(arena, p, (struct param_shape){ name, 1, columns, 0 }, &none);
    p->decay = false;
    for (uint32_t i = 0; i < columns; i++)
        p->w[i] = value;
}

static void weights(struct net *net, struct param *w, struct param *b, const char *name,
                    uint32_t out, uint32_t in)
{
    param_init(net->arena, w, (struct param_shape){ name, out, in, spread(in) },
               &net->random);
    w->integer = true;
    constant(net->arena, b, name, out, 0);
}

static void small(struct net *net, struct param *p, const char *name, uint32_t rows,
                  uint32_t columns)
{
    param_init(net->arena, p, (struct param_shape){ name, rows, columns, 0.1f },
               &net->random);
    p->decay = false;
}

static void init_params(struct net *net)
{
    const struct net_shape *s = &net->shape;
    struct arena *a = net->arena;

    param_init_table(a, &net->word,
                     (struct param_shape){ "word", s->words, s->word, 0.1f },
                     &net->random);
    for (uint32_t i = 0; i < FEATURE_PART_COUNT; i++)
        param_init_table(
            a, &net->part[i],
            (struct param_shape){ "part", feature_part_rows(i), s->part, 0.1f },
            &net->random);
    param_init(
        a, &net->vector,
        (struct param_shape){ "vector", s->vector, s->vector_in, spread(s->vector_in) },
        &net->random);
    weights(net, &net->first, &net->first_b, "first", 2 * s->width, NET_INPUT(s));
    constant(a, &net->first_gain, "first gain", s->width, 1);
    constant(a, &net->first_bias, "first bias", s->width, 0);
    weights(net, &net->tag, &net->tag_b, "tag", NET_TAGS(s), s->width);
    weights(net, &net->link, &net->link_b, "link", NET_LINKS(s), s->width);
    small(net, &net->root_arc, "root arc", 1, s->arc);
    small(net, &net->root_label, "root label", 1, s->label);
    small(net, &net->distance_arc, "distance arc", TREE_DISTANCES, s->arc);
    small(net, &net->distance_label, "distance label", TREE_DISTANCES, s->label);
    weights(net, &net->label, &net->label_b, "label", DEPREL_COUNT, s->label);
    weights(net, &net->name_w, &net->name_b, "name", 2 * s->name, 3 * s->width);
    constant(a, &net->name_gain, "name gain", s->name, 1);
    constant(a, &net->name_bias, "name bias", s->name, 0);
    weights(net, &net->name_out, &net->name_out_b, "name out", NAME_LABELS, s->name);
}

static float *words(struct net *net, size_t columns)
{
    return NEW(net->arena, float, net->cap *columns);
}

static void init_layer(struct net *net, uint32_t i)
{
    struct net_layer *l = &net->layer[i];
    uint32_t width = net->shape.width;
    bool window = net->shape.layer[i].kind == NET_WINDOW;

    l->kind = net->shape.layer[i].kind;
    l->gap = net->shape.layer[i].gap;
    if (window)
        weights(net, &l->w, &l->b, "window", 2 * width, 3 * width);
    else
        weights(net, &l->w, &l->b, "scan", 3 * width, width);
    constant(net->arena, &l->gain, "gain", width, 1);
    constant(net->arena, &l->bias, "bias", width, 0);
    l->window = window ? words(net, 3 * width) : NULL;
    l->z = words(net, 3 * width);
    l->mask = words(net, width);
    l->c = words(net, width);
    l->x = words(net, width);
    l->scale = words(net, 1);
    l->out = words(net, width);
}

static void init_states(struct net *net, uint32_t longest)
{
    const struct net_shape *s = &net->shape;
    size_t wide = 3 * s->width;

    net->word_dropped = NEW(net->arena, bool, net->cap);
    net->vector_dropped = NEW(net->arena, bool, net->cap);
    net->vectors = words(net, s->vector_in);
    net->input = words(net, NET_INPUT(s));
    net->input_mask = words(net, NET_INPUT(s));
    net->first_z = words(net, 2 * s->width);
    net->first_x = words(net, s->width);
    net->first_scale = words(net, 1);
    net->state = words(net, s->width);
    net->top = words(net, s->width);
    net->top_mask = words(net, s->width);
    net->tags = words(net, NET_TAGS(s));
    net->links = words(net, NET_LINKS(s));
    net->places = words(net, TREE_DISTANCES);
    net->name_window = words(net, wide);
    net->name_z = words(net, 2 * s->name);
    net->name_x = words(net, s->name);
    net->name_scale = words(net, 1);
    net->name_state = words(net, s->name);
    net->names = words(net, NAME_LABELS);
    net->d_a = words(net, wide);
    net->d_b = words(net, wide);
    net->d_z = words(net, wide);
    net->d_window = words(net, wide);
    net->d_tags = words(net, NET_TAGS(s));
    net->d_links = words(net, NET_LINKS(s));
    net->d_places = words(net, TREE_DISTANCES);
    net->d_input = words(net, NET_INPUT(s));
    net->d_vectors = words(net, s->vector);
    net->hidden = words(net, s->label);
    net->d_hidden = words(net, s->label);
    net->labels = words(net, DEPREL_COUNT);
    net->d_labels = words(net, DEPREL_COUNT);
    net->arcs = NEW(net->arena, float, (size_t)longest *(longest + 1));
    net->d_arcs = NEW(net->arena, float, (size_t)longest *(longest + 1));
    net->heads = NEW(net->arena, float, (size_t)(longest + 1) * s->arc);
    net->d_heads = NEW(net->arena, float, (size_t)(longest + 1) * s->arc);
}

void net_init(struct arena *arena, struct net *net, const struct net_shape *shape,
              uint32_t cap, uint32_t longest, uint64_t seed)
{
    *net = (struct net){ .shape = *shape, .arena = arena, .cap = cap };
    net->random.state = seed;
    net->gemm = sgemm_new(arena);
    init_params(net);
    for (uint32_t i = 0; i < shape->layers; i++)
        init_layer(net, i);
    init_states(net, longest);
}

void net_each(struct net *net, void (*visit)(struct param *, void *), void *context)
{
    struct param *const single[] = {
        &net->word,       &net->vector,       &net->first,
        &net->first_b,    &net->first_gain,   &net->first_bias,
        &net->tag,        &net->tag_b,        &net->link,
        &net->link_b,     &net->root_arc,     &net->root_label,
        &net->label,      &net->distance_arc, &net->distance_label,
        &net->label_b,    &net->name_w,       &net->name_b,
        &net->name_gain,  &net->name_bias,    &net->name_out,
        &net->name_out_b,
    };

    for (size_t i = 0; i < COUNT(single); i++)
        visit(single[i], context);
    for (uint32_t i = 0; i < FEATURE_PART_COUNT; i++)
        visit(&net->part[i], context);
    for (uint32_t i = 0; i < net->shape.layers; i++) {
        visit(&net->layer[i].w, context);
        visit(&net->layer[i].b, context);
        visit(&net->layer[i].gain, context);
        visit(&net->layer[i].bias, context);
    }
}

/* The states that the integer network will hold: eighths of 1/3, from -5.3 to 5.3. */
static void round_states(const struct net *net, size_t n, float *x)
{
    for (size_t i = 0; net->quantised && i < n; i++)
        x[i] = fminf(fmaxf(rintf(x[i] * 24), -127), 127) / 24;
}

static void choose_dropped(struct net *net, const struct net_batch *b, bool train)
{
    for (uint32_t t = 0; t < b->words; t++) {
        net->word_dropped[t] = train && random_unit(&net->random) < net->rates.word;
        net->vector_dropped[t] =
            b->vector[t] == NULL ||
            (train && random_unit(&net->random) < net->rates.vector);
    }
}

static void look_up(struct net *net, const struct net_batch *b)
{
    const struct net_shape *s = &net->shape;
    size_t columns = NET_INPUT(s);

    for (uint32_t t = 0; t < b->words; t++) {
        float *to = net->input + t * columns, *vector = net->vectors + t * s->vector_in;

        if (net->word_dropped[t])
            memset(to, 0, s->word * sizeof *to);
        else
            memcpy(to, net->word.use + (size_t)b->word[t] * s->word,
                   s->word * sizeof *to);
        for (uint32_t i = 0; i < FEATURE_PART_COUNT; i++)
            memcpy(to + s->word + i * s->part,
                   net->part[i].use + (size_t)b->part[t][i] * s->part,
                   s->part * sizeof *to);
        if (net->vector_dropped[t])
            memset(vector, 0, s->vector_in * sizeof *vector);
        else
            memcpy(vector, b->vector[t], s->vector_in * sizeof *vector);
    }
    sgemm(&net->gemm, b->words, s->vector, s->vector_in,
          (struct factors){ { net->vectors, s->vector_in, 1 },
                            { net->vector.use, 1, s->vector_in } },
          (struct result){ net->input + columns - s->vector, columns, false });
}

static void drop(struct net *net, bool train, float rate, size_t n, float *mask,
                 float *x)
{
    if (!train)
        return;
    dropout_mask(&net->random, rate, n, mask);
    multiply(n, mask, x);
}

static void layer_forward(struct net *net, struct net_layer *l,
                          const struct net_batch *b, const float *in, bool train)
{
    uint32_t width = net->shape.width;
    size_t n = (size_t)b->words * width;

    if (l->kind == NET_WINDOW) {
        window_forward(&b->sentences, width, l->gap, in, l->window);
        linear_forward(&net->gemm, &l->w, &l->b, b->words, l->window, l->z);
        glu_forward(b->words, width, l->z, l->x);
    } else {
        linear_forward(&net->gemm, &l->w, &l->b, b->words, in, l->z);
        scan_forward(&b->sentences, width, l->z, l->c, l->x);
    }
    drop(net, train, net->rates.branch, n, l->mask, l->x);
    for (size_t i = 0; i < n; i++)
        l->x[i] += in[i];
    norm_forward(b->words, &l->gain, &l->bias, l->x, l->scale, l->out);
    round_states(net, n, l->out);
}

static void names_forward(struct net *net, const struct net_batch *b)
{
    const struct net_shape *s = &net->shape;

    window_forward(&b->sentences, s->width, 1, net->top, net->name_window);
    linear_forward(&net->gemm, &net->name_w, &net->name_b, b->words, net->name_window,
                   net->name_z);
    glu_forward(b->words, s->name, net->name_z, net->name_x);
    norm_forward(b->words, &net->name_gain, &net->name_bias, net->name_x,
                 net->name_scale, net->name_state);
    round_states(net, (size_t)b->words * s->name, net->name_state);
    linear_forward(&net->gemm, &net->name_out, &net->name_out_b, b->words,
                   net->name_state, net->names);
}

void net_forward(struct net *net, const struct net_batch *b, bool train)
{
    const struct net_shape *s = &net->shape;
    size_t n = (size_t)b->words * s->width;
    const float *state = net->state;

    choose_dropped(net, b, train);
    look_up(net, b);
    drop(net, train, net->rates.input, (size_t)b->words * NET_INPUT(s), net->input_mask,
         net->input);
    linear_forward(&net->gemm, &net->first, &net->first_b, b->words, net->input,
                   net->first_z);
    glu_forward(b->words, s->width, net->first_z, net->first_x);
    norm_forward(b->words, &net->first_gain, &net->first_bias, net->first_x,
                 net->first_scale, net->state);
    round_states(net, n, net->state);
    for (uint32_t i = 0; i < s->layers; i++) {
        layer_forward(net, &net->layer[i], b, state, train);
        state = net->layer[i].out;
    }
    memcpy(net->top, state, n * sizeof *state);
    drop(net, train, net->rates.head, n, net->top_mask, net->top);
    linear_forward(&net->gemm, &net->tag, &net->tag_b, b->words, net->top, net->tags);
    linear_forward(&net->gemm, &net->link, &net->link_b, b->words, net->top,
                   net->links);
    sgemm(&net->gemm, b->words, TREE_DISTANCES, s->arc,
          (struct factors){ { net->links, NET_LINKS(s), 1 },
                            { net->distance_arc.use, 1, s->arc } },
          (struct result){ net->places, TREE_DISTANCES, false });
    names_forward(net, b);
}

/* The vectors that words of the sentence offer as heads, the root's first. */
static void gather_heads(struct net *net, uint32_t first, uint32_t n)
{
    uint32_t arc = net->shape.arc, columns = NET_LINKS(&net->shape);

    memcpy(net->heads, net->root_arc.use, arc * sizeof *net->heads);
    for (uint32_t j = 0; j < n; j++)
        memcpy(net->heads + (1 + j) * arc,
               net->links + (size_t)(first + j) * columns + arc,
               arc * sizeof *net->heads);
}

void net_arc_scores(struct net *net, const struct net_batch *b, uint32_t sentence,
                    float *score)
{
    uint32_t first = b->sentences.first[sentence];
    uint32_t n = b->sentences.first[sentence + 1] - first;
    uint32_t arc = net->shape.arc, columns = NET_LINKS(&net->shape);

    gather_heads(net, first, n);
    sgemm(&net->gemm, n, n + 1, arc,
          (struct factors){ { net->links + (size_t)first * columns, columns, 1 },
                            { net->heads, 1, arc } },
          (struct result){ score, n + 1, false });
    for (uint32_t i = 0; i < n; i++) {
        const float *place = net->places + (size_t)(first + i) * TREE_DISTANCES;

        for (uint32_t j = 0; j <= n; j++)
            score[i * (n + 1) + j] += place[tree_distance(i, j)];
        score[i * (n + 1) + i + 1] = -1e9f; /* nothing is its own head */
    }
}

static void label_hidden(const struct net *net, uint32_t first, uint32_t word,
                         uint32_t head, float *hidden)
{
    const struct net_shape *s = &net->shape;
    const float *dep = net->links + (size_t)(first + word) * NET_LINKS(s) + 2 * s->arc;
    const float *of_head = head == 0 ? net->root_label.use
                                     : net->links +
                                           (size_t)(first + head - 1) * NET_LINKS(s) +
                                           2 * s->arc + s->label;
    const float *place = net->distance_label.use + tree_distance(word, head) * s->label;

    for (uint32_t i = 0; i < s->label; i++)
        hidden[i] = fmaxf(dep[i] + of_head[i] + place[i], 0);
}

void net_label_scores(struct net *net, const struct net_batch *b, uint32_t sentence,
                      uint32_t word, uint32_t head, float *score)
{
    const struct net_shape *s = &net->shape;

    label_hidden(net, b->sentences.first[sentence], word, head, net->hidden);
    for (uint32_t r = 0; r < DEPREL_COUNT; r++) {
        score[r] = net->label_b.use[r];
        for (uint32_t i = 0; i < s->label; i++)
            score[r] += net->label.use[r * s->label + i] * net->hidden[i];
    }
}
