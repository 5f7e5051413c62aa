#include "story/reworded.h"

#include <math.h>

#define SENTENCES_MAX 120
#define SENSES_MAX 64
#define LIKE 0.30F        /* likeness at which a pair of sentences says nothing */
#define GAP_COST 0.05F    /* of a sentence left out */
#define RUN_MIN 0.7F      /* likeness beyond LIKE that a run must gather … */
#define PAIRS_MIN 3       /* … over this many pairs of sentences */
#define TELLING_MIN 10.0F /* weight of what a sentence must tell to count */
#define WEIGHT_MAX 7.0F   /* a name of its own kind isn't worth a whole sentence */
#define WEIGHT_MIN 1.6F   /* grammar tells nothing */

static int by_key(const void *a, const void *b)
{
    const struct sense *x = a, *y = b;

    return (x->key > y->key) - (x->key < y->key);
}

static struct telling telling_of(struct arena *arena, const struct vocabulary *v,
                                 const struct words *words, uint32_t first,
                                 uint32_t end)
{
    struct telling t = { .first = first, .end = end };
    uint32_t kept = 0;

    t.sense = NEW(arena, struct sense, SENSES_MAX);
    for (uint32_t i = first; i < end && t.senses < SENSES_MAX; i++) {
        uint32_t key = words->at[i].key;
        float weight = fminf(vocabulary_idf(v, key), WEIGHT_MAX);

        if (weight >= WEIGHT_MIN)
            t.sense[t.senses++] = (struct sense){ vocabulary_sense(v, key), weight };
    }
    qsort(t.sense, t.senses, sizeof *t.sense, by_key);
    for (uint32_t i = 0; i < t.senses; i++)
        if (kept == 0 || t.sense[kept - 1].key != t.sense[i].key) {
            t.weight += t.sense[i].weight;
            t.sense[kept++] = t.sense[i];
        }
    t.senses = kept;
    return t;
}

struct tellings tellings_of(struct arena *arena, const struct vocabulary *v,
                            const struct words *words)
{
    struct tellings out = { .at = NULL };
    uint32_t first = 0;

    for (uint32_t i = 1; i <= words->count; i++)
        if (i == words->count || words->at[i].flags & WORD_OPENS) {
            *PUSH(arena, &out) = telling_of(arena, v, words, first, i);
            first = i;
        }
    return out;
}

struct telling telling_from_text(struct arena *arena, const struct vocabulary *v,
                                 struct str sentence)
{
    struct words words = words_from_text(arena, sentence);

    return telling_of(arena, v, &words, 0, words.count);
}

float telling_likeness(const struct telling *a, const struct telling *b)
{
    float both = 0, less = fminf(a->weight, b->weight);

    if (less < TELLING_MIN)
        return 0;
    for (uint32_t i = 0, j = 0; i < a->senses && j < b->senses;)
        if (a->sense[i].key < b->sense[j].key)
            i++;
        else if (a->sense[i].key > b->sense[j].key)
            j++;
        else
            both += fminf(a->sense[i++].weight, b->sense[j++].weight);
    return both / (0.75F * less + 0.25F * fmaxf(a->weight, b->weight));
}

/* ---- runs of sentence pairs ---- */

struct cell {
    float score, likeness;
    uint16_t pairs;
    uint8_t back; /* enum back */
};
enum back { BACK_NONE, BACK_DIAGONAL, BACK_UP, BACK_LEFT };

struct grid {
    struct cell *cell;
    uint32_t rows, columns;
    const struct tellings *a, *b; /* a row each of a, a column each of b */
};

static struct cell *at(const struct grid *g, uint32_t i, uint32_t j)
{
    return &g->cell[i * (g->columns + 1) + j];
}

static bool carried(const struct side *s, const struct telling *t)
{
    uint32_t n = 0;

    for (uint32_t i = t->first; i < t->end; i++)
        n += s->carried[i] || s->masked[i];
    return 2 * n > t->end - t->first;
}

static void choose(struct cell *c, const struct cell *from, float gain, enum back back)
{
    if (from->score + gain > c->score) {
        c->score = from->score + gain;
        c->pairs = (uint16_t)(from->pairs + (gain > 0));
        c->back = (uint8_t)back;
    }
}

static void fill_cell(const struct grid *g, uint32_t i, uint32_t j)
{
    struct cell *c = at(g, i, j);
    float gain = c->likeness - LIKE;

    c->score = 0;
    c->pairs = 0;
    c->back = BACK_NONE;
    if (gain > 0) { /* one sentence may be told in two: no step back costs here */
        choose(c, at(g, i - 1, j - 1), gain, BACK_DIAGONAL);
        choose(c, at(g, i - 1, j), gain, BACK_UP);
        choose(c, at(g, i, j - 1), gain, BACK_LEFT);
    } else {
        choose(c, at(g, i - 1, j - 1), -GAP_COST, BACK_DIAGONAL);
        choose(c, at(g, i - 1, j), -GAP_COST, BACK_UP);
        choose(c, at(g, i, j - 1), -GAP_COST, BACK_LEFT);
    }
}

/* Fills the grid; returns where the best run ends. */
static struct cell *fill(const struct grid *g, uint32_t *row, uint32_t *column)
{
    struct cell *best = at(g, 0, 0);

    for (uint32_t i = 1; i <= g->rows; i++)
        for (uint32_t j = 1; j <= g->columns; j++) {
            fill_cell(g, i, j);
            if (at(g, i, j)->score > best->score && at(g, i, j)->likeness > LIKE) {
                best = at(g, i, j);
                *row = i;
                *column = j;
            }
        }
    return best;
}

/* Follows the run back, adds its passages, takes its sentences out of the grid. */
static void take_run(struct arena *arena, const struct grid *g, uint32_t i, uint32_t j,
                     struct runs *runs)
{
    struct run run = { .from_end = g->a->at[i - 1].end, .to_end = g->b->at[j - 1].end };

    for (;;) {
        struct cell *c = at(g, i, j);
        bool like = c->likeness > LIKE;

        if (like) {
            run.from_first = g->a->at[i - 1].first;
            run.to_first = g->b->at[j - 1].first;
            for (uint32_t k = 1; k <= g->columns; k++)
                at(g, i, k)->likeness = 0;
            for (uint32_t k = 1; k <= g->rows; k++)
                at(g, k, j)->likeness = 0;
        }
        if (c->back == BACK_NONE)
            break;
        i -= c->back != BACK_LEFT;
        j -= c->back != BACK_UP;
        if (i == 0 || j == 0)
            break;
    }
    *PUSH(arena, runs) = run;
}

static void carry_run(struct side *from, struct side *to, const struct run *run)
{
    for (uint32_t i = run->from_first; i < run->from_end; i++)
        from->carried[i] = true;
    for (uint32_t i = run->to_first; i < run->to_end; i++)
        to->carried[i] = true;
}

void runs_find_reworded(struct arena *arena, const struct tellings *a,
                        const struct tellings *b, struct side *from, struct side *to,
                        struct runs *runs)
{
    struct grid g = { .rows = a->count < SENTENCES_MAX ? a->count : SENTENCES_MAX,
                      .columns = b->count < SENTENCES_MAX ? b->count : SENTENCES_MAX,
                      .a = a,
                      .b = b };

    g.cell = NEW(arena, struct cell, (size_t)(g.rows + 1) * (g.columns + 1));
    for (uint32_t i = 0; i < g.rows; i++)
        for (uint32_t j = 0; j < g.columns; j++)
            if (!carried(from, &a->at[i]) && !carried(to, &b->at[j]))
                at(&g, i + 1, j + 1)->likeness = telling_likeness(&a->at[i], &b->at[j]);
    for (;;) {
        uint32_t row = 0, column = 0, pairs;
        const struct cell *best = fill(&g, &row, &column);

        if (best->score < RUN_MIN || best->pairs < PAIRS_MIN)
            break;
        pairs = best->pairs;
        take_run(arena, &g, row, column, runs);
        runs->at[runs->count - 1].reworded = pairs;
        carry_run(from, to, &runs->at[runs->count - 1]);
    }
}
