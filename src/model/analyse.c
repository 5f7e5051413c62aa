#include <math.h>

#include "model/model.h"
#include "model/tree.h"

/* Words computed together: enough to use each weight many times while it is near. */
#define BLOCK_WORDS MODEL_SENTENCE_MAX
/* Words not in the cache, computed together. */
#define NEW_WORDS 32
/* Slots of the cache: 4,096 states of 128 bytes stay in the second level of caches. */
#define CACHE_SLOTS 4096

struct model_scratch {
    uint64_t *key; /* hash of a form, 0: empty */
    uint8_t *cached;
    uint8_t *state[2], *window, *names;
    float *z, *links, *hidden, *scale, *heads;
    uint8_t *bytes;  /* states that are gathered for a product of some words */
    uint32_t *fresh; /* words of the block that the cache doesn't have */
    uint32_t *head;
    uint8_t *from, *label;
    uint8_t *distance; /* of a head k words to the right: [MODEL_SENTENCE_MAX + k] */
};

struct block {
    const struct model *m;
    struct model_scratch *s;
    struct arena *arena;
    const struct str *form;
    struct model_word *out;
    uint32_t words;
    uint32_t first[BLOCK_WORDS + 1],
        sentences; /* sentence i: first[i] .. first[i + 1] */
};

static uint32_t greatest_of(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

struct model_scratch *model_scratch_new(struct arena *arena, const struct model *m)
{
    struct model_scratch *s = NEW(arena, struct model_scratch, 1);
    uint32_t z = greatest_of(greatest_of(3 * m->width, m->rule.out),
                             greatest_of(m->tag.out, m->label_out.out));
    uint32_t bytes = greatest_of(greatest_of(m->first.in, m->width), m->label);

    s->key = NEW(arena, uint64_t, CACHE_SLOTS);
    s->cached = NEW(arena, uint8_t, (size_t)CACHE_SLOTS * m->width);
    for (uint32_t i = 0; i < 2; i++)
        s->state[i] = NEW(arena, uint8_t, (size_t)BLOCK_WORDS * m->width);
    s->window = NEW(arena, uint8_t, (size_t)BLOCK_WORDS * 3 * m->width);
    s->names = NEW(arena, uint8_t, (size_t)BLOCK_WORDS * m->name);
    s->z = NEW(arena, float, (size_t)BLOCK_WORDS *greatest_of(z, m->name_in.out));
    s->links = NEW(arena, float, (size_t)BLOCK_WORDS * m->link.out);
    s->hidden = NEW(arena, float, greatest_of(m->label, m->first.in));
    s->scale = NEW(arena, float, BLOCK_WORDS);
    s->heads = NEW(arena, float, (size_t)m->arc *(BLOCK_WORDS + 1 + KERNEL_LANES));
    s->bytes = NEW(arena, uint8_t, (size_t)BLOCK_WORDS * bytes);
    s->fresh = NEW(arena, uint32_t, BLOCK_WORDS);
    s->head = NEW(arena, uint32_t, BLOCK_WORDS);
    s->from = NEW(arena, uint8_t, (size_t)BLOCK_WORDS * NAME_LABELS);
    s->label = NEW(arena, uint8_t, BLOCK_WORDS);
    s->distance = NEW(arena, uint8_t, 2 * MODEL_SENTENCE_MAX + 1);
    for (uint32_t i = 0; i <= MODEL_SENTENCE_MAX; i++) {
        s->distance[MODEL_SENTENCE_MAX + i] = (uint8_t)tree_distance(0, 1 + i);
        s->distance[MODEL_SENTENCE_MAX - i] = (uint8_t)tree_distance(i, 1);
    }
    return s;
}

/* Index of the first of the greatest.  Eight at once find how great, then where. */
static uint32_t greatest(const float *x, uint32_t n)
{
    float most[8], top = x[0];
    uint32_t i = 0;

    for (uint32_t k = 0; k < 8; k++)
        most[k] = x[0];
    for (; i + 8 <= n; i += 8)
        for (uint32_t k = 0; k < 8; k++)
            most[k] = x[i + k] > most[k] ? x[i + k] : most[k];
    for (; i < n; i++)
        most[0] = x[i] > most[0] ? x[i] : most[0];
    for (uint32_t k = 0; k < 8; k++)
        top = most[k] > top ? most[k] : top;
    for (i = 0; i < n; i++)
        if (x[i] >= top)
            return i;
    return 0;
}

static float *put_row(const struct model *m, const struct model_table *t, uint32_t row,
                      float *to)
{
    m->kernel->row(t->columns, t->at + (size_t)row * t->columns, t->scale[row], to);
    return to + t->columns;
}

/* What the network sees of a form, as numbers. */
static void put_form(const struct model *m, struct str form, float *x)
{
    struct feature_keys keys;
    uint32_t vector;

    feature_keys(form, &keys);
    x = put_row(m, &m->word_table, rows_find_shared(&m->word_rows, m->known, keys.word),
                x);
    for (uint32_t i = 0; i < FEATURE_PART_COUNT; i++)
        x = put_row(m, &m->part_table[i], keys.part[i], x);
    vector = rows_find(&m->vector_rows, keys.lower);
    if (vector == ROWS_NONE)
        vector = rows_find(&m->vector_rows, keys.word);
    if (vector == ROWS_NONE)
        memset(x, 0, m->vector * sizeof *x);
    else
        put_row(m, &m->vector_table, vector, x);
}

/* The first states of words fresh[0..n), into the block and the cache. */
static void compute_fresh(struct block *b, const uint32_t *fresh, uint32_t n)
{
    const struct model *m = b->m;
    struct model_scratch *s = b->s;

    for (uint32_t i = 0; i < n; i++) {
        put_form(m, b->form[fresh[i]], s->hidden);
        s->scale[i] = m->kernel->bytes(m->first.in, s->hidden,
                                       s->bytes + (size_t)i * m->first.in);
    }
    m->kernel->product(&m->first, n, s->bytes, s->scale, s->z);
    m->kernel->gate(n, m->width, s->z, &m->first_norm, NULL, s->window);
    for (uint32_t i = 0; i < n; i++) {
        const uint8_t *from = s->window + (size_t)i * m->width;
        uint64_t hash = hash_word(b->form[fresh[i]]) | 1;
        size_t slot = hash >> 20 & (CACHE_SLOTS - 1);

        memcpy(s->state[0] + (size_t)fresh[i] * m->width, from, m->width);
        memcpy(s->cached + slot * m->width, from, m->width);
        s->key[slot] = hash;
    }
}

static void look_up(struct block *b)
{
    struct model_scratch *s = b->s;
    uint32_t width = b->m->width, fresh = 0;

    for (uint32_t t = 0; t < b->words; t++) {
        uint64_t hash = hash_word(b->form[t]) | 1;
        size_t slot = hash >> 20 & (CACHE_SLOTS - 1);

        if (s->key[slot] == hash)
            memcpy(s->state[0] + (size_t)t * width, s->cached + slot * width, width);
        else
            s->fresh[fresh++] = t;
    }
    for (uint32_t i = 0; i < fresh; i += NEW_WORDS)
        compute_fresh(b, s->fresh + i, fresh - i < NEW_WORDS ? fresh - i : NEW_WORDS);
}

static void put_neighbour(uint32_t width, const uint8_t *state, uint32_t t, bool there,
                          uint8_t *to)
{
    if (there)
        memcpy(to, state + (size_t)t * width, width);
    else
        memset(to, KERNEL_ZERO, width);
}

/* Words that go through the window and its gate together: what lies between the steps
 * stays near.  A multiple of the rows of every kernel's tiles. */
#define WINDOW_WORDS 48

/* Words from..to of the block, with their neighbours in their sentences. */
static void windows(const struct block *b, uint32_t from, uint32_t end, uint32_t gap,
                    const uint8_t *state, uint8_t *to)
{
    uint32_t width = b->m->width, i = 0;

    while (b->first[i + 1] <= from)
        i++;
    for (uint32_t t = from; t < end; t++, to += 3 * width) {
        i += t == b->first[i + 1];
        put_neighbour(width, state, t - gap, t >= b->first[i] + gap, to);
        memcpy(to + width, state + (size_t)t * width, width);
        put_neighbour(width, state, t + gap, t + gap < b->first[i + 1], to + 2 * width);
    }
}

struct window {
    const struct kernel_matrix *matrix;
    const struct kernel_norm *norm;
    uint32_t gap;
    bool residual; /* the input is added to the result */
};

/* A gated window over all words: z = gate(matrix window(in)). */
static void run_window(struct block *b, const struct window *w, const uint8_t *in,
                       uint8_t *out)
{
    const struct model *m = b->m;
    uint32_t width = w->matrix->out / 2, n;

    for (uint32_t from = 0; from < b->words; from += n) {
        n = b->words - from < 2 * WINDOW_WORDS ? b->words - from : WINDOW_WORDS;
        windows(b, from, from + n, w->gap, in, b->s->window);
        m->kernel->product(w->matrix, n, b->s->window, NULL, b->s->z);
        m->kernel->gate(n, width, b->s->z, w->norm,
                        w->residual ? in + (size_t)from * width : NULL,
                        out + (size_t)from * width);
    }
}

static void run_layer(struct block *b, const struct model_layer *l, const uint8_t *in,
                      uint8_t *out)
{
    const struct model *m = b->m;
    float *z = b->s->z;

    if (!l->scan) {
        run_window(b, &(struct window){ &l->matrix, &l->norm, l->gap, true }, in, out);
        return;
    }
    m->kernel->product(&l->matrix, b->words, in, NULL, z);
    for (uint32_t i = 0; i < b->sentences; i++) {
        size_t at = (size_t)b->first[i] * m->width;

        m->kernel->scan(b->first[i + 1] - b->first[i], m->width, z + 3 * at, &l->norm,
                        in + at, out + at);
    }
}

static const uint8_t *encode(struct block *b)
{
    uint32_t now = 0;

    look_up(b);
    for (uint32_t i = 0; i < b->m->layers; i++, now ^= 1)
        run_layer(b, &b->m->layer[i], b->s->state[now], b->s->state[now ^ 1]);
    return b->s->state[now];
}

/* Lemmas of the words that the lexicon doesn't know. */
static void guess_lemmas(struct block *b, const uint8_t *state, uint32_t n)
{
    const struct model *m = b->m;
    struct model_scratch *s = b->s;

    for (uint32_t i = 0; i < n; i++)
        memcpy(s->bytes + (size_t)i * m->width, state + (size_t)s->fresh[i] * m->width,
               m->width);
    m->kernel->product(&m->rule, n, s->bytes, NULL, s->z);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t t = s->fresh[i];
        uint32_t rule = greatest(s->z + (size_t)i * m->rule.out, m->learned);

        b->out[t].lemma = lemma_apply(b->arena, &m->rule_list[rule], b->form[t]);
        b->out[t].guessed = true;
    }
}

static void tag(struct block *b, const uint8_t *state)
{
    const struct model *m = b->m;
    uint32_t unknown = 0;

    m->kernel->product(&m->tag, b->words, state, NULL, b->s->z);
    for (uint32_t t = 0; t < b->words; t++) {
        const float *z = b->s->z + (size_t)t * m->tag.out;
        struct model_word *w = &b->out[t];
        uint32_t rule;

        w->upos = (uint8_t)greatest(z, UPOS_COUNT);
        w->xpos = (uint8_t)(1 + greatest(z + UPOS_COUNT + 1, XPOS_COUNT - 1));
        rule = rows_find(&m->lemma_rows, lemma_key(b->form[t], w->upos));
        if (rule == ROWS_NONE)
            b->s->fresh[unknown++] = t;
        else
            w->lemma = lemma_apply(b->arena, &m->rule_list[rule], b->form[t]);
        w->guessed = false;
    }
    guess_lemmas(b, state, unknown);
}

/* The vectors that words offer as heads, one column each, behind the root's. */
static void put_heads(const struct block *b, uint32_t first, uint32_t n,
                      uint32_t columns)
{
    const struct model *m = b->m;
    float *to = b->s->heads;

    memset(to, 0, (size_t)m->arc * columns * sizeof *to);
    for (uint32_t j = 0; j < n; j++) {
        const float *from = b->s->links + (size_t)(first + j) * m->link.out + m->arc;

        for (uint32_t k = 0; k < m->arc; k++)
            to[(size_t)k * columns + 1 + j] = from[k];
    }
}

static void put_distances(const struct block *b, uint32_t first, uint32_t n,
                          uint32_t columns, float *score)
{
    const struct model *m = b->m;

    for (uint32_t i = 0; i < n; i++, score += columns) {
        const float *place =
            b->s->links + (size_t)(first + i) * m->link.out + 2 * m->arc + 2 * m->label;

        const uint8_t *distance = b->s->distance + MODEL_SENTENCE_MAX - i;

        score[0] = place[tree_distance(i, 0)];
        for (uint32_t j = 0; j < n; j++)
            score[1 + j] = place[distance[j]];
        score[i + 1] = -1e9f; /* nothing is its own head */
    }
}

static void find_heads(struct block *b, uint32_t first, uint32_t n)
{
    const struct model *m = b->m;
    uint32_t columns = (n + 1 + KERNEL_LANES - 1) / KERNEL_LANES * KERNEL_LANES;
    struct arena_mark mark = arena_mark(b->arena);
    float *score = NEW(b->arena, float, (size_t)n *columns);

    put_heads(b, first, n, columns);
    put_distances(b, first, n, columns, score);
    m->kernel->arcs(
        n, columns, m->arc,
        (struct kernel_rows){ b->s->links + (size_t)first * m->link.out, m->link.out },
        b->s->heads, score);
    tree_best(b->arena, n, score, columns, b->s->head + first);
    arena_rewind(b->arena, mark);
}

/* What tells the relation of a word to its head, as bytes. */
static void put_label(struct block *b, uint32_t first, uint32_t t)
{
    const struct model *m = b->m;
    struct model_scratch *s = b->s;
    uint32_t head = s->head[t];
    const float *dep = s->links + (size_t)t * m->link.out + 2 * m->arc;
    const float *of_head = head == 0
                               ? m->root_label
                               : s->links + (size_t)(first + head - 1) * m->link.out +
                                     2 * m->arc + m->label;
    const float *place = m->distance_label + tree_distance(t - first, head) * m->label;

    for (uint32_t i = 0; i < m->label; i++) {
        float x = dep[i] + of_head[i] + place[i];

        s->hidden[i] = x > 0 ? x : 0;
    }
    s->scale[t] =
        m->kernel->bytes(m->label, s->hidden, s->bytes + (size_t)t * m->label);
}

static void link(struct block *b, const uint8_t *state)
{
    const struct model *m = b->m;
    struct model_scratch *s = b->s;

    m->kernel->product(&m->link, b->words, state, NULL, s->links);
    for (uint32_t i = 0; i < b->sentences; i++) {
        find_heads(b, b->first[i], b->first[i + 1] - b->first[i]);
        for (uint32_t t = b->first[i]; t < b->first[i + 1]; t++)
            put_label(b, b->first[i], t);
    }
    m->kernel->product(&m->label_out, b->words, s->bytes, s->scale, s->z);
    for (uint32_t t = 0; t < b->words; t++) {
        float *z = s->z + (size_t)t * m->label_out.out;

        z[DEPREL_ROOT] = -1e9f;
        b->out[t].head = s->head[t];
        b->out[t].rel =
            s->head[t] == 0 ? DEPREL_ROOT : (uint8_t)greatest(z, DEPREL_COUNT);
    }
}

static void find_names(struct block *b, const uint8_t *state)
{
    const struct model *m = b->m;
    struct model_scratch *s = b->s;

    run_window(b, &(struct window){ &m->name_in, &m->name_norm, 1, false }, state,
               s->names);
    m->kernel->product(&m->name_out, b->words, s->names, NULL, s->z);
    for (uint32_t i = 0; i < b->sentences; i++) {
        uint32_t first = b->first[i], n = b->first[i + 1] - first;

        names_best(n, s->z + (size_t)first * m->name_out.out, m->name_out.out, s->from,
                   s->label);
        for (uint32_t t = 0; t < n; t++)
            b->out[first + t].name = s->label[t];
    }
}

static void run_block(struct block *b)
{
    const uint8_t *state;

    if (b->words == 0)
        return;
    state = encode(b);
    tag(b, state);
    link(b, state);
    find_names(b, state);
}

static void next_block(struct block *b)
{
    run_block(b);
    b->form += b->words;
    b->out += b->words;
    b->words = b->sentences = 0;
}

static void add_piece(struct block *b, uint32_t n)
{
    if (b->words + n > BLOCK_WORDS)
        next_block(b);
    b->words += n;
    b->first[++b->sentences] = b->words;
}

/* A sentence that was read in pieces becomes one tree: the roots of later pieces hang on
 * the first one's. */
static void join_pieces(struct model_word *w, uint32_t n)
{
    uint32_t root = 0;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t piece = i - i % MODEL_SENTENCE_MAX;

        if (w[i].head != 0) {
            w[i].head += piece;
        } else if (piece == 0) {
            root = i + 1;
        } else {
            w[i].head = root;
            w[i].rel = DEPREL_PARATAXIS;
        }
    }
}

void model_analyse(const struct model *model, struct model_scratch *scratch,
                   struct arena *arena, const struct model_input *in,
                   struct model_word *out)
{
    struct block b = {
        .m = model, .s = scratch, .arena = arena, .form = in->form, .out = out
    };
    size_t at = 0;

    for (uint32_t i = 0; i < in->count; i++)
        for (uint32_t left = in->words[i], n; left > 0; left -= n) {
            n = left < MODEL_SENTENCE_MAX ? left : MODEL_SENTENCE_MAX;
            add_piece(&b, n);
        }
    next_block(&b);
    for (uint32_t i = 0; i < in->count; at += in->words[i++])
        if (in->words[i] > MODEL_SENTENCE_MAX)
            join_pieces(out + at, in->words[i]);
}
