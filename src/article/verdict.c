/* The trees' verdict on each block, from the features that score.c gathers. */
#include "article/score.h"

#include <assert.h>

#include "article/appeal.h"
#include "base/table.h"

/* How sure the score must be to overrule the rules, in thousandths of log odds. */
#define SURE_TO_CUT (-600)
#define SURE_TO_KEEP 800
#define VERY_SURE (-2000)

/* What the trees from one on can still add, at most and at least. */
struct rest {
    int32_t most, least;
};

static struct rest *rests_of_trees(struct arena *arena)
{
    struct rest *rest = NEW(arena, struct rest, score_tree_count + 1);

    for (uint32_t t = score_tree_count; t > 0; t--) {
        const struct score_tree *tree = &score_trees[t - 1];
        int32_t most = tree->leaf[0], least = tree->leaf[0];

        for (uint32_t i = 1; i < COUNT(tree->leaf); i++) {
            most = tree->leaf[i] > most ? tree->leaf[i] : most;
            least = tree->leaf[i] < least ? tree->leaf[i] : least;
        }
        rest[t - 1].most = rest[t].most + most;
        rest[t - 1].least = rest[t].least + least;
    }
    return rest;
}

/* Whether what is still to come decides nothing: of rows and headings the sums count. */
static bool is_decided(const struct block *b, int32_t sum, const struct rest *rest)
{
    if (b->tag == DOM_TR || (b->tag >= DOM_H2 && b->tag <= DOM_H6))
        return false;
    if (b->why.len > 0)
        return sum + rest->most <= SURE_TO_KEEP || sum + rest->least > SURE_TO_KEEP;
    return sum + rest->least >= SURE_TO_CUT || sum + rest->most <= VERY_SURE;
}

static uint32_t child(const struct score_tree *tree, const uint8_t *features,
                      uint32_t i)
{
    return 2 * i + 1 + (features[tree->feature[i]] > tree->limit[i]);
}

static_assert(SCORE_DEPTH == 4, "four steps to a leaf");

/* Thousandths of log odds that a block is article text, as far as they matter. */
static int32_t score_of(const struct block *b, const uint8_t *features,
                        const struct rest *rest)
{
    int32_t sum = 0;

    for (uint32_t t = 0; t < score_tree_count; t++) {
        const struct score_tree *tree = &score_trees[t];
        uint32_t i = child(tree, features, child(tree, features, 0));

        i = child(tree, features, child(tree, features, i));
        sum += tree->leaf[i - SCORE_INNER];
        if (t % 8 == 7 && is_decided(b, sum, &rest[t + 1]))
            return sum + (sum > 0 ? rest[t + 1].least : rest[t + 1].most);
    }
    return sum;
}

/* Rows of a table stand or fall together: each gets what all of them got on average. */
static void share_rows(const struct blocks *blocks, int32_t *score)
{
    for (uint32_t i = 0, end; i < blocks->block.count; i = end) {
        int64_t sum = score[i];

        end = i + 1;
        if (blocks->block.at[i].tag != DOM_TR)
            continue;
        for (; end < blocks->block.count && blocks->block.at[end].tag == DOM_TR; end++)
            sum += score[end];
        for (uint32_t k = i; k < end; k++)
            score[k] = (int32_t)(sum / (end - i));
    }
}

/* The scores of headings of one tag under one element. */
struct headings {
    int64_t sum;
    uint32_t count;
};

static uint32_t *headings_of(struct arena *arena, struct table *t, const struct dom *d,
                             const struct block *b)
{
    uint32_t key[2] = { d->node.at[b->node].parent, (uint32_t)b->tag }, *known;
    struct str name = { (const char *)key, sizeof key };

    known = table_find(t, name);
    return known ? known : table_put(arena, t, arena_str(arena, name));
}

/* Headings beside each other stand or fall together, too: all of a list of five things. */
static void share_headings(struct arena *arena, const struct dom *d,
                           const struct blocks *blocks, int32_t *score)
{
    ARRAY(struct headings) all = { 0 };
    struct table t = { 0 };

    for (uint32_t i = 0; i < blocks->block.count; i++) {
        const struct block *b = &blocks->block.at[i];
        uint32_t *known;

        if (score[i] == 0 || b->tag < DOM_H2 || b->tag > DOM_H6)
            continue;
        known = headings_of(arena, &t, d, b);
        if (*known == 0) {
            PUSH(arena, &all);
            *known = all.count;
        }
        all.at[*known - 1].sum += score[i];
        all.at[*known - 1].count++;
    }
    for (uint32_t i = 0; i < blocks->block.count; i++) {
        const struct block *b = &blocks->block.at[i];
        const struct headings *h;

        if (score[i] == 0 || b->tag < DOM_H2 || b->tag > DOM_H6)
            continue;
        h = &all.at[*headings_of(arena, &t, d, b) - 1];
        score[i] = (int32_t)(h->sum / h->count);
    }
}

/* "Nobody fell ill.": a short sentence right behind a paragraph, which says nothing of the
 * page or to the reader. */
static bool goes_on(const struct dom *d, const struct block *before,
                    const struct block *b)
{
    return b->tag == DOM_P && b->sentence && b->links == 0 && b->words <= 12 &&
           before->why.len == 0 && block_is_prose(before) && before->tag == DOM_P &&
           d->node.at[before->node].parent == d->node.at[b->node].parent &&
           !strchr("([*-", *b->text.ptr) && appeals_in(b->text).words == 0;
}

void score_blocks(struct arena *arena, const struct dom *d, const struct places *places,
                  struct str title, struct str description, struct blocks *blocks)
{
    uint8_t *rows = score_features(arena, d, places, title, description, blocks);
    int32_t *score = NEW(arena, int32_t, blocks->block.count + 1);
    const struct rest *rest = rests_of_trees(arena);

    for (uint32_t i = 0; i < blocks->block.count; i++)
        if (rows[(size_t)i * SCORE_FEATURES + SCORE_NEAR])
            score[i] =
                score_of(&blocks->block.at[i], rows + (size_t)i * SCORE_FEATURES, rest);
    share_rows(blocks, score);
    share_headings(arena, d, blocks, score);
    for (uint32_t i = 0; i < blocks->block.count; i++) {
        struct block *b = &blocks->block.at[i];
        bool on = b->why.len == 0 && score[i] < SURE_TO_CUT && i > 0 &&
                  score[i] > VERY_SURE && goes_on(d, b - 1, b);

        if (b->why.len == 0 && score[i] < SURE_TO_CUT && !on)
            b->why = STR("unlike the article's text");
        else if (b->why.len > 0 && score[i] > SURE_TO_KEEP && !b->hidden)
            b->why = (struct str){ NULL, 0 };
    }
}
