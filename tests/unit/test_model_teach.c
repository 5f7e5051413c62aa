/* What teachers say of words: the mean of their likelihoods; moving means of weights. */
#include <math.h>

#include "check.h"
#include "model/teach.h"

#define TEACHERS 2
#define CAP 6

static struct teachers teachers;
static struct corpus corpus;
static struct batcher batcher;

static void add_sentence(struct arena *arena, uint32_t words, bool tree)
{
    struct corpus_sentence s = { corpus.word.count, words };

    for (uint32_t i = 0; i < words; i++) {
        struct corpus_word *w = PUSH(arena, &corpus.word);

        feature_keys(i % 2 ? STR("Aid") : STR("reached"), &w->keys);
        corpus_forget(w);
        w->row = i;
        w->head = tree ? i : CORPUS_NO_HEAD; /* a chain from the root */
    }
    *PUSH(arena, &corpus.sentence) = s;
}

static uint32_t sum_of(const uint16_t *p, uint32_t n)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < n; i++)
        sum += p[i];
    return sum;
}

static void check_sum(const char *what, const uint16_t *p, uint32_t n)
{
    uint32_t sum = sum_of(p, n);

    CHECK(sum > TAUGHT_ONE - 80 && sum < TAUGHT_ONE + 80, "%s: %u", what, sum);
}

/* The likelihood of label i of n by scores z. */
static double likelihood(const float *z, uint32_t n, uint32_t i)
{
    double sum = 0;

    for (uint32_t k = 0; k < n; k++)
        sum += exp((double)z[k]);
    return exp((double)z[i]) / sum;
}

/* The nets still hold the states of the last batch, which has these words from 0 on. */
static void check_means(const struct corpus_word *w, uint32_t words)
{
    for (uint32_t t = 0; t < words; t++)
        for (uint32_t l = 0; l < NAME_LABELS; l++) {
            double mean = 0;

            for (uint32_t i = 0; i < TEACHERS; i++)
                mean += likelihood(teachers.net[i].names + (size_t)t * NAME_LABELS,
                                   NAME_LABELS, l) /
                        TEACHERS;
            CHECK(fabs(w[t].taught.labels[TAUGHT_NAMES + l] - mean * TAUGHT_ONE) < 3,
                  "word %u, label %u", t, l);
        }
}

static void check_sentence(uint32_t sentence)
{
    const struct corpus_sentence *s = &corpus.sentence.at[sentence];
    const struct corpus_word *w = corpus.word.at + s->first;
    uint32_t roots = 0;

    for (uint32_t i = 0; i < s->words; i++) {
        const uint16_t *p = w[i].taught.labels;

        check_sum("upos", p + TAUGHT_UPOS, UPOS_COUNT);
        check_sum("xpos", p + TAUGHT_XPOS, XPOS_COUNT);
        check_sum("names", p + TAUGHT_NAMES, NAME_LABELS);
        check_sum("rel", p + TAUGHT_REL, DEPREL_COUNT);
        check_sum("arcs", w[i].taught.arcs, s->words + 1);
        CHECK(w[i].taught.arcs[1 + i] == 0, "its own head: %u", i);
        CHECK(w[i].head == CORPUS_NO_HEAD || w[i].taught.head == w[i].head,
              "the right head: %u", i);
        roots += w[i].taught.head == 0;
    }
    CHECK(roots == 1, "roots of sentence %u: %u", sentence, roots);
}

static void check_mean(struct arena *arena)
{
    struct random random = { 1 };
    struct param p;

    param_init(arena, &p, (struct param_shape){ "p", 1, 1, 1 }, &random);
    p.w[0] = 1;
    param_swap_mean(&p);
    CHECK(p.w[0] == 1, "no mean yet: %g", (double)p.w[0]);
    param_mean(arena, &p, 0.25f);
    p.w[0] = 5;
    param_mean(arena, &p, 0.25f);
    param_swap_mean(&p);
    CHECK(p.w[0] == 2 && p.mean[0] == 5, "%g %g", (double)p.w[0], (double)p.mean[0]);
}

int main(void)
{
    struct net_shape shape = { .width = 8,
                               .word = 6,
                               .part = 3,
                               .vector_in = 4,
                               .vector = 5,
                               .arc = 7,
                               .label = 6,
                               .name = 6,
                               .words = 8,
                               .rules = 4,
                               .layers = 2,
                               .layer = { { NET_WINDOW, 1 }, { NET_SCAN, 0 } } };
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    for (uint32_t i = 0; i < TEACHERS; i++)
        net_init(&arena, &teachers.net[i], &shape, CAP, CAP, 5 + i);
    teachers.count = TEACHERS;
    batcher_init(&arena, &batcher, CAP);
    add_sentence(&arena, 3, true);
    add_sentence(&arena, 2, false);
    add_sentence(&arena, CAP + 1, false); /* no batch has room */
    add_sentence(&arena, 4, false);
    teach(&arena, &teachers, &batcher, &corpus);
    check_sentence(0);
    check_sentence(1);
    CHECK(corpus.word.at[5].taught.labels == NULL, "a sentence that is too long");
    check_sentence(3);
    check_means(corpus.word.at + 12, 4);
    check_mean(&arena);
    arena_release(&arena);
    return check_done();
}
