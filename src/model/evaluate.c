#include "model/evaluate.h"

#include "model/tree.h"

void batcher_init(struct arena *arena, struct batcher *b, uint32_t cap)
{
    *b = (struct batcher){ .cap = cap };
    b->first = NEW(arena, uint32_t, cap + 1);
    b->sentence = NEW(arena, uint32_t, cap);
    b->word = NEW(arena, uint32_t, cap);
    b->part = arena_take(arena, cap, sizeof *b->part);
    b->head = NEW(arena, uint32_t, cap);
    b->names = NEW(arena, uint32_t, cap);
    b->vector = NEW(arena, const float *, cap);
    b->upos = NEW(arena, uint8_t, cap);
    b->xpos = NEW(arena, uint8_t, cap);
    b->rel = NEW(arena, uint8_t, cap);
    b->rule = NEW(arena, uint16_t, cap);
    b->taught = NEW(arena, struct taught, cap);
    b->batch = (struct net_batch){
        .sentences = { b->first, 0 },
        .word = b->word,
        .part = (const uint32_t(*)[FEATURE_PART_COUNT])b->part,
        .vector = b->vector,
        .upos = b->upos,
        .xpos = b->xpos,
        .rel = b->rel,
        .rule = b->rule,
        .head = b->head,
        .names = b->names,
        .taught = b->taught,
    };
}

void batcher_clear(struct batcher *b)
{
    b->batch.sentences.count = b->batch.words = 0;
}

bool batcher_add(struct batcher *b, const struct corpus *c, uint32_t sentence)
{
    const struct corpus_sentence *s = &c->sentence.at[sentence];
    uint32_t t = b->batch.words;

    if (t + s->words > b->cap)
        return false;
    for (uint32_t i = 0; i < s->words; i++, t++) {
        const struct corpus_word *w = &c->word.at[s->first + i];

        b->word[t] = w->row;
        memcpy(b->part[t], w->keys.part, sizeof w->keys.part);
        b->vector[t] = w->vector;
        b->upos[t] = w->upos;
        b->xpos[t] = w->xpos;
        b->rel[t] = w->rel;
        b->rule[t] = w->rule;
        b->head[t] = w->head;
        b->names[t] = w->names;
        b->taught[t] = w->taught;
    }
    b->batch.words = t;
    b->sentence[b->batch.sentences.count] = sentence;
    b->first[++b->batch.sentences.count] = t;
    return true;
}

bool batcher_fill(struct batcher *b, const struct corpus *c, uint32_t *next)
{
    batcher_clear(b);
    for (; *next < c->sentence.count; ++*next)
        if (!batcher_add(b, c, *next) && b->batch.words > 0)
            return true;
    return b->batch.words > 0;
}

static uint32_t greatest(const float *x, uint32_t n)
{
    uint32_t best = 0;

    for (uint32_t i = 1; i < n; i++)
        if (x[i] > x[best])
            best = i;
    return best;
}

static bool lemma_right(struct arena *scratch, const struct vocab *v,
                        const struct corpus_word *w, uint8_t upos, uint32_t rule)
{
    struct arena_mark mark = arena_mark(scratch);
    uint32_t known = rows_find(&v->lemmas, lemma_key(w->form, upos));
    bool right;

    if (known != ROWS_NONE)
        rule = known;
    right = str_eq(lemma_apply(scratch, &v->rule.at[rule], w->form), w->lemma);
    arena_rewind(scratch, mark);
    return right;
}

static void evaluate_tags(struct arena *scratch, const struct net *net,
                          const struct vocab *v, const struct corpus_word *w,
                          uint32_t t, struct evaluation *e)
{
    const float *z = net->tags + (size_t)t * NET_TAGS(&net->shape);
    uint8_t upos = (uint8_t)greatest(z, UPOS_COUNT);

    e->words++;
    e->upos += upos == w->upos;
    e->xpos += greatest(z + UPOS_COUNT, XPOS_COUNT) == w->xpos;
    e->lemma += lemma_right(scratch, v, w, upos,
                            greatest(z + UPOS_COUNT + XPOS_COUNT, net->shape.rules));
}

static void evaluate_tree(struct arena *scratch, struct net *net,
                          const struct net_batch *b, uint32_t s,
                          const struct corpus_word *w, struct evaluation *e)
{
    struct arena_mark mark = arena_mark(scratch);
    uint32_t n = b->sentences.first[s + 1] - b->sentences.first[s];
    uint32_t *head = NEW(scratch, uint32_t, n);
    float *score = NEW(scratch, float, (size_t)n *(n + 1)), label[DEPREL_COUNT];

    net_arc_scores(net, b, s, score);
    tree_best(scratch, n, score, n + 1, head);
    for (uint32_t i = 0; i < n; i++) {
        net_label_scores(net, b, s, i, head[i], label);
        if (head[i] != w[i].head)
            continue;
        e->head++;
        e->head_rel += greatest(label, DEPREL_COUNT) == w[i].rel;
    }
    arena_rewind(scratch, mark);
}

/* The label meant where a word's right labels are one of person, organization, place, or
 * none of these. */
static uint8_t right_label(uint32_t bits)
{
    for (uint8_t l = 1; l <= 3 * NAME_PARTS; l++)
        if (bits == 1u << l)
            return l;
    return NAME_OUTSIDE;
}

/* End of the name that starts at i, or i. */
static uint32_t name_end(const uint8_t *label, uint32_t n, uint32_t i)
{
    uint32_t part = label[i] == NAME_OUTSIDE ? NAME_LAST : (label[i] - 1u) % NAME_PARTS;

    if (label[i] > 3 * NAME_PARTS || (part != NAME_UNIT && part != NAME_BEGIN))
        return i;
    while (part != NAME_UNIT && part != NAME_LAST && i + 1 < n)
        part = (label[++i] - 1u) % NAME_PARTS;
    return i + 1;
}

static void evaluate_names(struct arena *scratch, const struct net *net,
                           const struct net_batch *b, uint32_t s,
                           const struct corpus_word *w, struct evaluation *e)
{
    struct arena_mark mark = arena_mark(scratch);
    uint32_t first = b->sentences.first[s], n = b->sentences.first[s + 1] - first;
    uint8_t *from = NEW(scratch, uint8_t, (size_t)n * NAME_LABELS);
    uint8_t *label = NEW(scratch, uint8_t, n), *right = NEW(scratch, uint8_t, n);

    names_best(n, net->names + (size_t)first * NAME_LABELS, NAME_LABELS, from, label);
    for (uint32_t i = 0; i < n; i++)
        right[i] = right_label(w[i].names);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t found = name_end(label, n, i), meant = name_end(right, n, i);

        e->names_found += found > i;
        e->names += meant > i;
        e->names_right += found > i && found == meant && label[i] == right[i];
    }
    arena_rewind(scratch, mark);
}

static void evaluate_batch(struct arena *scratch, struct net *net,
                           const struct batcher *batcher, const struct vocab *v,
                           const struct corpus *c, struct evaluation *e)
{
    const struct net_batch *b = &batcher->batch;

    net_forward(net, b, false);
    for (uint32_t s = 0; s < b->sentences.count; s++) {
        const struct corpus_word *words =
            c->word.at + c->sentence.at[batcher->sentence[s]].first;

        if (words->head != CORPUS_NO_HEAD) {
            for (uint32_t t = b->sentences.first[s]; t < b->sentences.first[s + 1]; t++)
                evaluate_tags(scratch, net, v, words + t - b->sentences.first[s], t, e);
            evaluate_tree(scratch, net, b, s, words, e);
        }
        if (words->names != 0)
            evaluate_names(scratch, net, b, s, words, e);
    }
}

struct evaluation evaluate(struct arena *scratch, struct net *net, struct batcher *b,
                           const struct vocab *vocab, const struct corpus *c)
{
    struct evaluation e = { 0 };

    for (uint32_t next = 0; batcher_fill(b, c, &next);)
        evaluate_batch(scratch, net, b, vocab, c, &e);
    return e;
}
