/* evaluate.h - how good the network under training is on sentences it does not learn
 * from: given their words, which answers are right. */
#ifndef CORROB_MODEL_EVALUATE_H
#define CORROB_MODEL_EVALUATE_H

#include "model/net.h"
#include "model/vocab.h"

struct evaluation {
    uint32_t words, upos, xpos, lemma, head, head_rel; /* of words with a tree: right */
    uint32_t names, names_found, names_right;          /* person, organization, place */
};

/* Batches of sentences from a corpus, filled for the network. */
struct batcher {
    uint32_t cap;
    uint32_t *first, *sentence; /* sentence: number in the corpus of each */
    uint32_t *word, (*part)[FEATURE_PART_COUNT], *head, *names;
    const float **vector;
    uint8_t *upos, *xpos, *rel;
    uint16_t *rule;
    struct taught *taught;
    struct net_batch batch;
};
void batcher_init(struct arena *arena, struct batcher *b, uint32_t cap);
void batcher_clear(struct batcher *b);
/* False when the sentence has no room. */
bool batcher_add(struct batcher *b, const struct corpus *c, uint32_t sentence);
/* As many sentences as there is room for, from *next on, which is moved behind them; one
 * that no batch has room for is passed over.  False: there were none. */
bool batcher_fill(struct batcher *b, const struct corpus *c, uint32_t *next);

struct evaluation evaluate(struct arena *scratch, struct net *net,
                           struct batcher *batcher, const struct vocab *vocab,
                           const struct corpus *corpus);

#endif
