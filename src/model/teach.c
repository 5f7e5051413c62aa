#include "model/teach.h"

#include <math.h>

#include "model/tree.h"

/* What a batch's words get while the teachers are asked. */
struct lesson {
    struct arena *arena;
    const struct net_batch *batch;
    uint16_t *labels; /* TAUGHT_LABELS for each word */
    uint16_t **arcs;  /* of each sentence: a row for each word */
    uint32_t *head;   /* of each word: the right one or the one that they find best */
    float share;      /* of one teacher, in parts of TAUGHT_ONE */
};

/* Adds a teacher's share of the likelihoods of n labels with the scores z. */
static void add_likelihoods(const struct lesson *l, uint32_t n, const float *z,
                            uint16_t *to)
{
    float greatest = z[0], sum = 0;

    for (uint32_t i = 1; i < n; i++)
        greatest = fmaxf(greatest, z[i]);
    for (uint32_t i = 0; i < n; i++)
        sum += expf(z[i] - greatest);
    for (uint32_t i = 0; i < n; i++)
        to[i] += (uint16_t)(expf(z[i] - greatest) / sum * l->share + 0.5f);
}

static void ask_labels(const struct lesson *l, const struct net *net)
{
    for (uint32_t t = 0; t < l->batch->words; t++) {
        uint16_t *to = l->labels + (size_t)t * TAUGHT_LABELS;
        const float *tags = net->tags + (size_t)t * NET_TAGS(&net->shape);

        add_likelihoods(l, UPOS_COUNT, tags, to + TAUGHT_UPOS);
        add_likelihoods(l, XPOS_COUNT, tags + UPOS_COUNT, to + TAUGHT_XPOS);
        add_likelihoods(l, NAME_LABELS, net->names + (size_t)t * NAME_LABELS,
                        to + TAUGHT_NAMES);
    }
}

static uint32_t length(const struct lesson *l, uint32_t sentence)
{
    const uint32_t *first = l->batch->sentences.first + sentence;

    return first[1] - first[0];
}

static void ask_arcs(const struct lesson *l, struct net *net)
{
    for (uint32_t s = 0; s < l->batch->sentences.count; s++) {
        uint32_t n = length(l, s);

        net_arc_scores(net, l->batch, s, net->arcs);
        for (uint32_t i = 0; i < n; i++)
            add_likelihoods(l, n + 1, net->arcs + i * (n + 1),
                            l->arcs[s] + i * (n + 1));
    }
}

/* The best tree by all teachers together, for a sentence that has none. */
static void find_heads(const struct lesson *l, uint32_t s)
{
    uint32_t n = length(l, s), first = l->batch->sentences.first[s];
    struct arena_mark mark = arena_mark(l->arena);
    float *score = NEW(l->arena, float, (size_t)n *(n + 1));

    for (uint32_t i = 0; i < n * (n + 1); i++)
        score[i] = logf((float)l->arcs[s][i] + 0.01f);
    tree_best(l->arena, n, score, n + 1, l->head + first);
    arena_rewind(l->arena, mark);
}

static void ask_relations(const struct lesson *l, struct net *net)
{
    float score[DEPREL_COUNT];

    for (uint32_t s = 0; s < l->batch->sentences.count; s++)
        for (uint32_t i = 0; i < length(l, s); i++) {
            uint32_t t = l->batch->sentences.first[s] + i;

            net_label_scores(net, l->batch, s, i, l->head[t], score);
            add_likelihoods(l, DEPREL_COUNT, score,
                            l->labels + (size_t)t * TAUGHT_LABELS + TAUGHT_REL);
        }
}

static struct lesson lesson_new(struct arena *arena, const struct net_batch *b,
                                uint32_t teachers)
{
    struct lesson l = { .arena = arena,
                        .batch = b,
                        .labels =
                            NEW(arena, uint16_t, (size_t)b->words * TAUGHT_LABELS),
                        .arcs = NEW(arena, uint16_t *, b->sentences.count),
                        .head = NEW(arena, uint32_t, b->words),
                        .share = (float)(TAUGHT_ONE / teachers) };

    for (uint32_t s = 0; s < b->sentences.count; s++)
        l.arcs[s] = NEW(arena, uint16_t, (size_t)length(&l, s) * (length(&l, s) + 1));
    memcpy(l.head, b->head, b->words * sizeof *l.head);
    return l;
}

static void note(const struct lesson *l, const struct batcher *b, struct corpus *c)
{
    for (uint32_t s = 0; s < l->batch->sentences.count; s++) {
        uint32_t n = length(l, s), first = l->batch->sentences.first[s];
        struct corpus_word *w = c->word.at + c->sentence.at[b->sentence[s]].first;

        for (uint32_t i = 0; i < n; i++)
            w[i].taught = (struct taught){
                .labels = l->labels + (size_t)(first + i) * TAUGHT_LABELS,
                .arcs = l->arcs[s] + i * (n + 1),
                .head = l->head[first + i],
            };
    }
}

void teach(struct arena *arena, struct teachers *t, struct batcher *b, struct corpus *c)
{
    for (uint32_t next = 0; batcher_fill(b, c, &next);) {
        struct lesson l = lesson_new(arena, &b->batch, t->count);

        for (uint32_t i = 0; i < t->count; i++) {
            net_forward(&t->net[i], l.batch, false);
            ask_labels(&l, &t->net[i]);
            ask_arcs(&l, &t->net[i]);
        }
        for (uint32_t s = 0; s < l.batch->sentences.count; s++)
            if (l.batch->head[l.batch->sentences.first[s]] == NET_NONE)
                find_heads(&l, s);
        for (uint32_t i = 0; i < t->count; i++)
            ask_relations(&l, &t->net[i]);
        note(&l, b, c);
    }
}
