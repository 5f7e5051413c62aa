/* tiny_model.h - a whole model file with random weights, for tests. */
#ifndef CORROB_TESTS_TINY_MODEL_H
#define CORROB_TESTS_TINY_MODEL_H

#include "model/export.h"

/* Width 32, one window and one scan; knows the words of one sentence. */
static inline struct str tiny_model(struct arena *arena, uint64_t seed)
{
    static const char *const form[] = { "Troops",  "of",     "Arnor",
                                        "entered", "Gondor", "." };
    static const char *const lemma[] = {
        "troop", "of", "Arnor", "enter", "Gondor", "."
    };
    struct net_shape shape = { .width = 32,
                               .word = 16,
                               .part = 16,
                               .vector_in = VECTOR_COLUMNS,
                               .vector = 16,
                               .arc = 16,
                               .label = 16,
                               .name = 16,
                               .layers = 2,
                               .layer = { { NET_WINDOW, 1 }, { NET_SCAN, 0 } } };
    struct corpus corpus = { 0 };
    struct vectors vectors = { .rows = rows_new(arena, 4) };
    struct net *net = NEW(arena, struct net, 1);
    struct vocab vocab;

    for (uint32_t i = 0; i < 60; i++) {
        struct corpus_word *w = PUSH(arena, &corpus.word);

        w->form = str_from(form[i % COUNT(form)]);
        w->lemma = str_from(lemma[i % COUNT(form)]);
        feature_keys(w->form, &w->keys);
    }
    vocab_make(arena, &corpus, &vocab);
    shape.words = vocab.rows;
    shape.rules = vocab.learned;
    net_init(arena, net, &shape, 8, 8, seed);
    return export_model(arena, net, &vocab, &vectors);
}

#endif
