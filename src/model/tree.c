#include "model/tree.h"

#define NONE UINT32_MAX

uint32_t tree_distance(uint32_t word, uint32_t head)
{
    static const uint8_t step[] = { 0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7, 7 };
    uint32_t gap, bucket;

    if (head == 0)
        return 0;
    gap = head > word + 1 ? head - 1 - word : word + 1 - head;
    bucket = gap < COUNT(step) ? step[gap] : gap < 23 ? 8 : 9;
    return head > word + 1 ? 9 + bucket : bucket;
}

static void best_alone(uint32_t n, const float *score, uint32_t row, uint32_t *head)
{
    for (uint32_t i = 0; i < n; i++) {
        const float *s = score + (size_t)i * row;
        float most = s[0];
        uint32_t best = 0;

        for (uint32_t h = 1; h <= n; h++)
            if (s[h] > most) {
                most = s[h];
                best = h;
            }
        head[i] = best;
    }
}

/* Whether the heads are a tree with one word under the root. */
static bool is_tree(struct arena *scratch, uint32_t n, const uint32_t *head)
{
    struct arena_mark mark = arena_mark(scratch);
    uint32_t *seen = NEW(scratch, uint32_t, n + 1), roots = 0;
    bool good = true;

    for (uint32_t i = 0; i < n; i++)
        roots += head[i] == 0;
    for (uint32_t i = 0; i < n && good; i++) {
        uint32_t at = i + 1;

        while (at != 0 && seen[at] == 0) {
            seen[at] = i + 1;
            at = head[at - 1];
        }
        good = at == 0 || seen[at] != i + 1;
    }
    arena_rewind(scratch, mark);
    return good && roots == 1;
}

/* A graph being contracted: node 0 is the root, every other a word or a cycle of nodes.
 * arc[d * cap + h] is the score of node d under node h; from[] and to[] say which word and
 * which head that arc means in the sentence. */
struct graph {
    uint32_t cap, nodes;
    double *score;
    uint32_t *from, *to; /* of the arc at [d * cap + h] */
    uint32_t *parent;    /* the cycle that a node has become part of, or NONE */
    uint32_t *best;      /* head that a node has taken */
};

static bool alive(const struct graph *g, uint32_t node)
{
    return node < g->nodes && g->parent[node] == NONE;
}

static uint32_t best_head(const struct graph *g, uint32_t d)
{
    uint32_t best = NONE;

    for (uint32_t h = 0; h < g->nodes; h++)
        if (h != d && alive(g, h) &&
            (best == NONE || g->score[d * g->cap + h] > g->score[d * g->cap + best]))
            best = h;
    return best;
}

/* A node on a cycle of chosen heads, or NONE.  colour[] is scratch. */
static uint32_t find_cycle(const struct graph *g, uint32_t *colour)
{
    for (uint32_t i = 0; i < g->nodes; i++)
        colour[i] = 0;
    for (uint32_t i = 1; i < g->nodes; i++) {
        uint32_t at = i;

        while (at != 0 && alive(g, i) && colour[at] == 0) {
            colour[at] = i;
            at = g->best[at];
        }
        if (at != 0 && alive(g, i) && colour[at] == i)
            return at;
    }
    return NONE;
}

static void copy_arc(struct graph *g, size_t to, size_t from, double score)
{
    g->score[to] = score;
    g->from[to] = g->from[from];
    g->to[to] = g->to[from];
}

/* The cycle through `start` becomes one node: the arc into it is worth what it adds over
 * the arc of the cycle that it replaces. */
static void contract(struct graph *g, uint32_t start)
{
    uint32_t c = g->nodes++, at = start;

    g->parent[c] = NONE;
    for (uint32_t i = 0; i < g->nodes; i++)
        g->score[c * g->cap + i] = g->score[i * g->cap + c] = -1e30;
    do {
        double own = g->score[at * g->cap + g->best[at]];

        for (uint32_t o = 0; o < c; o++) {
            if (o == at || !alive(g, o))
                continue;
            if (g->score[at * g->cap + o] - own > g->score[c * g->cap + o])
                copy_arc(g, c * g->cap + o, at * g->cap + o,
                         g->score[at * g->cap + o] - own);
            if (o != 0 && g->score[o * g->cap + at] > g->score[o * g->cap + c])
                copy_arc(g, o * g->cap + c, o * g->cap + at, g->score[o * g->cap + at]);
        }
        at = g->best[at];
    } while (at != start);
    do {
        uint32_t next = g->best[at];

        g->parent[at] = c;
        at = next;
    } while (at != start);
}

/* Opens the cycles again, last made first: the arc into a cycle frees the word it ends at
 * from its arc within. */
static void expand(struct graph *g, uint32_t n, uint32_t *head)
{
    for (uint32_t c = g->nodes; c-- > 1;) {
        size_t arc = (size_t)c * g->cap + g->best[c];
        uint32_t word = g->from[arc], target = g->to[arc], at = word;

        if (c <= n) {
            head[word - 1] = target;
            continue;
        }
        while (g->parent[at] != c)
            at = g->parent[at];
        /* The member that holds the word takes the outer arc; recorded at [at][root]. */
        g->best[at] = 0;
        g->from[(size_t)at * g->cap] = word;
        g->to[(size_t)at * g->cap] = target;
    }
}

/* No number of a damaged model may be what no arc can beat. */
static double weight(float x)
{
    return x > -1e9f && x < 1e9f ? (double)x : -1e9;
}

static struct graph graph_new(struct arena *scratch, uint32_t n, const float *score,
                              uint32_t row, uint32_t root)
{
    uint32_t cap = 2 * n + 2;
    struct graph g = { .cap = cap, .nodes = n + 1 };

    g.score = NEW(scratch, double, (size_t)cap *cap);
    g.from = NEW(scratch, uint32_t, (size_t)cap * cap);
    g.to = NEW(scratch, uint32_t, (size_t)cap * cap);
    g.parent = NEW(scratch, uint32_t, cap);
    g.best = NEW(scratch, uint32_t, cap);
    memset(g.parent, 0xff, cap * sizeof *g.parent);
    for (uint32_t d = 1; d <= n; d++)
        for (uint32_t h = 0; h <= n; h++) {
            size_t arc = (size_t)d * cap + h;
            bool barred = (h == 0) != (d == root) || h == d;

            g.score[arc] = barred ? -1e15 : weight(score[(size_t)(d - 1) * row + h]);
            g.from[arc] = d;
            g.to[arc] = h;
        }
    return g;
}

/* The best tree whose root is the given word, and its score. */
static double best_under(struct arena *scratch, uint32_t n, const float *score,
                         uint32_t row, uint32_t root, uint32_t *head)
{
    struct arena_mark mark = arena_mark(scratch);
    struct graph g = graph_new(scratch, n, score, row, root);
    uint32_t *colour = NEW(scratch, uint32_t, g.cap), cycle;
    double sum = 0;

    for (uint32_t d = 1; d <= n; d++)
        g.best[d] = best_head(&g, d);
    while ((cycle = find_cycle(&g, colour)) != NONE) {
        uint32_t made = g.nodes;

        contract(&g, cycle);
        g.best[made] = best_head(&g, made);
        for (uint32_t d = 1; d < made; d++)
            if (alive(&g, d) && g.parent[g.best[d]] != NONE)
                g.best[d] = best_head(&g, d);
    }
    expand(&g, n, head);
    arena_rewind(scratch, mark);
    for (uint32_t i = 0; i < n; i++)
        sum += (double)score[(size_t)i * row + head[i]];
    return sum;
}

/* Words worth trying as the root: the likeliest ones. */
#define ROOTS 3
/* More than what sums of scores lose by rounding. */
#define SLACK 1e-3

/* What each word gains as the root over its best head among words.  Returns the sum of
 * these best heads: with a word's gain, no tree under that root is worth more. */
static double root_gains(uint32_t n, const float *score, uint32_t row, double *gain)
{
    double sum = 0;

    for (uint32_t i = 0; i < n; i++) {
        const float *s = score + (size_t)i * row;
        float other = -1e30f;

        for (uint32_t h = 1; h <= n; h++)
            other = s[h] > other ? s[h] : other;
        gain[i] = (double)s[0] - (double)other;
        sum += (double)other;
    }
    return sum;
}

static uint32_t next_root(uint32_t n, const double *gain, const bool *tried)
{
    uint32_t best = NONE;

    for (uint32_t i = 0; i < n; i++)
        if (!tried[i] && (best == NONE || gain[i] > gain[best]))
            best = i;
    return best;
}

static void best_of_roots(struct arena *scratch, uint32_t n, const float *score,
                          uint32_t row, uint32_t *head)
{
    uint32_t *other = NEW(scratch, uint32_t, n);
    double *gain = NEW(scratch, double, n), best = -1e300;
    double others = root_gains(n, score, row, gain);
    bool *tried = NEW(scratch, bool, n);

    for (uint32_t i = 0; i < ROOTS && i < n; i++) {
        uint32_t root = next_root(n, gain, tried);
        double sum;

        if (others + gain[root] + SLACK < best)
            return;
        sum = best_under(scratch, n, score, row, root + 1, other);
        tried[root] = true;
        if (sum > best) {
            best = sum;
            memcpy(head, other, n * sizeof *head);
        }
    }
}

void tree_best(struct arena *scratch, uint32_t n, const float *score, uint32_t row,
               uint32_t *head)
{
    struct arena_mark mark = arena_mark(scratch);

    best_alone(n, score, row, head);
    if (!is_tree(scratch, n, head))
        best_of_roots(scratch, n, score, row, head);
    arena_rewind(scratch, mark);
}
