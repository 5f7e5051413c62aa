/* train-boundaries - learns where sentences end: writes src/text/boundary_weights.c.
 *
 *     train-boundaries TREEBANK.conllu... > src/text/boundary_weights.c
 *     train-boundaries TREEBANK.conllu... --test OTHER.conllu   how many gaps are right
 *
 * Each doubtful gap of the treebanks' texts (boundary.h) is an example: right is whether
 * a sentence of the treebank begins behind it.  Logistic loss, AdaGrad, a share of the
 * features left out of each example, a fixed start: same files, same weights.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/io.h"
#include "text/conllu.h"
#include "text/token.h"

#define FILE_LIMIT ((size_t)1 << 28)
#define EPOCHS 16
#define RATE 0.1F
#define DECAY 3e-6F
#define DROP 0.2F

struct example {
    uint16_t feature[BOUNDARY_FEATURES];
    uint32_t features;
    bool ends, proposed;
};

struct trainer {
    struct arena arena;
    ARRAY(struct example) example;
    const bool
        *begins;     /* by byte of the text in hand: a sentence of the treebank does */
    uint32_t learnt; /* examples behind this one are only looked at */
    float w[BOUNDARY_WEIGHTS], square[BOUNDARY_WEIGHTS];
    uint64_t random;
};

static float uniform(struct trainer *t)
{
    t->random ^= t->random << 13;
    t->random ^= t->random >> 7;
    t->random ^= t->random << 17;
    return (float)(t->random >> 40) / (float)(1 << 24);
}

static bool watch_gap(void *context, const struct boundary_gap *g)
{
    struct trainer *t = context;
    struct example *e = PUSH(&t->arena, &t->example);

    e->features = boundary_features(g, e->feature);
    e->ends = t->begins[g->token[g->at].start];
    e->proposed = g->proposed;
    return e->ends;
}

static void read_treebank(struct trainer *t, const char *path)
{
    struct arena doc;
    struct err err;
    struct str body;
    struct article article = { 0 };
    struct text gold = { .article = &article }, text = { .article = &article };
    struct boundary_watch watch = { t, watch_gap };
    bool *begins;

    arena_init(&doc, SIZE_MAX);
    if (!io_read_file(&doc, path, FILE_LIMIT, &body, &err)) {
        fprintf(stderr, "%s: %s\n", path, err.detail);
        exit(1);
    }
    article.text = conllu_text(&doc, body);
    conllu_tokens(&doc, body, &gold);
    begins = NEW(&doc, bool, article.text.len + 1);
    for (uint32_t i = 0; i < gold.sentence.count; i++)
        begins[gold.sentence.at[i].start] = true;
    t->begins = begins;
    text_tokenize(&doc, &text, &watch);
    arena_release(&doc);
}

static float score(const struct trainer *t, const struct example *e)
{
    float sum = 0;

    for (uint32_t i = 0; i < e->features; i++)
        sum += t->w[e->feature[i]];
    return sum;
}

static void learn_example(struct trainer *t, const struct example *e)
{
    bool left_out[BOUNDARY_FEATURES];
    float sum = 0, grad;

    for (uint32_t i = 0; i < e->features; i++) {
        left_out[i] = uniform(t) < DROP;
        sum += left_out[i] ? 0 : t->w[e->feature[i]] / (1 - DROP);
    }
    grad = 1 / (1 + expf(-sum)) - (float)e->ends;
    for (uint32_t i = 0; i < e->features; i++) {
        uint16_t k = e->feature[i];
        float g = grad + DECAY * t->w[k];

        if (left_out[i])
            continue;
        t->square[k] += g * g;
        t->w[k] -= RATE * g / sqrtf(t->square[k] + 1e-6F);
    }
}

static void learn(struct trainer *t)
{
    for (uint32_t epoch = 0; epoch < EPOCHS; epoch++)
        for (uint32_t i = 0; i < t->learnt; i++)
            learn_example(t, &t->example.at[(uint32_t)(uniform(t) * (float)t->learnt)]);
}

static void tell(const struct trainer *t, uint32_t from, uint32_t to, const char *name)
{
    uint32_t ends = 0, ours = 0, rules = 0, right = 0, rules_right = 0;

    for (uint32_t i = from; i < to; i++) {
        const struct example *e = &t->example.at[i];
        bool taken = score(t, e) > 0;

        ends += e->ends;
        ours += taken;
        rules += e->proposed;
        right += taken && e->ends;
        rules_right += e->proposed && e->ends;
    }
    fprintf(stderr, "%s: %u gaps, %u ends; rules %u right of %u, scorer %u of %u\n",
            name, to - from, ends, rules_right, rules, right, ours);
}

static void write_weights(const struct trainer *t)
{
    puts("/* boundary_weights.c - made by tools/train-boundaries; not edited by hand. "
         "*/\n"
         "#include \"text/boundary.h\"\n\n"
         "/* clang-format off */\n"
         "const int16_t boundary_weights[BOUNDARY_WEIGHTS] = {");
    for (uint32_t i = 0; i < BOUNDARY_WEIGHTS; i++)
        printf("%ld,%s", lrintf(fminf(fmaxf(t->w[i], -30), 30) * 1000),
               i % 32 == 31 ? "\n" : " ");
    puts("};\n/* clang-format on */");
}

int main(int argc, char **argv)
{
    static struct trainer t = { .random = 88172645463325252u };
    bool test = false;

    arena_init(&t.arena, SIZE_MAX);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--test") == 0) {
            test = true;
            continue;
        }
        read_treebank(&t, argv[i]);
        t.learnt = test ? t.learnt : t.example.count;
    }
    learn(&t);
    tell(&t, 0, t.learnt, "learnt");
    if (test)
        tell(&t, t.learnt, t.example.count, "not learnt");
    else
        write_weights(&t);
    arena_release(&t.arena);
    return 0;
}
