/* score.h - which blocks are the article: a second, learnt opinion on what the rules chose.
 *
 *     score_features(arena, &dom, &places, title, description, &blocks)   256 steps each
 *     score_blocks(...)     sets or clears block.why where the opinion is sure
 *
 * The rules of select.c know each convention by itself; how they weigh against each other -
 * a linked line between two paragraphs of the same parent, a short one behind the last
 * paragraph - is learnt.  A block is described by bytes: what it is, what the rules said,
 * where it stands, what stands beside it, what its element shares with the text that was
 * kept.  A few dozen small decision trees vote.  The weights are our own, learnt by
 * tools/train-blocks from pages with known bodies (docs/pages.md).
 */
#ifndef CORROB_ARTICLE_SCORE_H
#define CORROB_ARTICLE_SCORE_H

#include "article/select.h"

#define SCORE_FEATURES 113
#define SCORE_NEAR \
    (SCORE_FEATURES - 1) /* this one: whether the others were filled in */
#define SCORE_DEPTH 4
#define SCORE_INNER ((1 << SCORE_DEPTH) - 1)
#define SCORE_LEAVES (1 << SCORE_DEPTH)

/* A full tree: node i's children are 2i + 1 (feature <= limit) and 2i + 2. */
struct score_tree {
    uint8_t feature[SCORE_INNER], limit[SCORE_INNER];
    int16_t leaf[SCORE_LEAVES]; /* thousandths of log odds */
};

extern const struct score_tree score_trees[]; /* score_weights.c */
extern const uint32_t score_tree_count;

/* SCORE_FEATURES bytes for each block, one after the other. */
uint8_t *score_features(struct arena *arena, const struct dom *d,
                        const struct places *places, struct str title,
                        struct str description, const struct blocks *blocks);

/* A page of markup read up to where the rules have chosen: its blocks and their features,
 * to learn from. */
uint8_t *article_features(struct arena *arena, const struct page *page,
                          struct blocks *blocks);

/* Changes the verdicts that the score is sure about. */
void score_blocks(struct arena *arena, const struct dom *d, const struct places *places,
                  struct str title, struct str description, struct blocks *blocks);

#endif
