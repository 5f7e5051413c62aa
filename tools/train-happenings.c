/* train-happenings - learns which tellings are of one happening:
 * writes src/story/happening_weights.c.
 *
 *     train-happenings ecbplus.jsonl > src/story/happening_weights.c
 *     train-happenings --chains ecbplus.jsonl    the chains of split dev, by what is shipped
 *     train-happenings --cross ecbplus.jsonl     those of each fifth of the topics of split
 *                                                train, learnt on the other four
 *
 * A line of ECB+ is a report with the words that name happenings, its "mentions", and the
 * chain of each.  Split train alone is learnt from.  Pairs come from whole topics, which
 * have two happenings that look alike, and from handfuls of their reports.  Chains are
 * printed as "mention chain": within the stories that the reports are sorted into, put
 * together by average linkage.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"
#include "engine/line.h"
#include "gazetteer/gazetteer.h"
#include "model/model.h"
#include "story/happening.h"
#include "story/story.h"
#include "story/view.h"

#define FILE_LIMIT ((size_t)1 << 30)
#define F LIKE_FEATURES
#define U LIKE_UNITS
#define EPOCHS 10
#define BATCH 64
#define RATE 4e-3F
#define DECAY 1e-4F
#define FOLDS 5
#define FOLD_NONE 255
#define HANDFUL 6
/* Of so many pairs of quite other words one is learnt from, for all. */
#define EASY 8.0F
#define EASY_NEAREST 0.35F
#define CHAIN (-0.75F) /* mean log odds at which two chains are still one */

struct marked {
    struct span span;
    struct str id, chain;
};

struct told {
    struct reading *reading;
    struct str topic;
    bool dev;
    ARRAY(struct marked) marked;
};

struct example {
    float feature[F], weight;
    bool same;
    uint8_t fold;
};

/* One of the nets that make happening_net, its numbers in one row for learning. */
struct net {
    float in[U][F + 1], out[U + 1];
};
#define NUMBERS (sizeof(struct net) / sizeof(float))

struct trainer {
    struct arena arena;
    struct model model;
    struct line_tools tools;
    ARRAY(struct told) told;
    ARRAY(struct example) example;
    struct happening_net net;
    uint64_t random;
};

/* Some reports side by side, and all that is marked in them. */
struct group {
    struct arena arena;
    uint32_t *report, reports;
    struct happenings *happenings;
    ARRAY(struct happening) telling;
    ARRAY(const struct marked *) marked;
};

static void fail(const char *what, const char *path)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(2);
}

static float uniform(struct trainer *t)
{
    t->random ^= t->random << 13;
    t->random ^= t->random >> 7;
    t->random ^= t->random << 17;
    return (float)(t->random >> 40) / (float)(1 << 24);
}

/* ---- reading ---------------------------------------------------------------------- */

static struct str member(struct arena *arena, const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? arena_str(arena, str_from(s)) : (struct str){ NULL, 0 };
}

static uint32_t number(const json_t *o, const char *key)
{
    return (uint32_t)json_integer_value(json_object_get(o, key));
}

/* ECB+ says which of its sentences were looked through a second time. */
static bool is_validated(const json_t *o, uint32_t sentence)
{
    const json_t *list = json_object_get(o, "validated");

    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_integer_value(json_array_get(list, i)) == sentence)
            return true;
    return false;
}

static void read_marked(struct trainer *t, const json_t *o, struct told *to)
{
    const json_t *list = json_object_get(o, "mentions");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *m = json_array_get(list, i);

        if (str_eq(member(&t->arena, m, "kind"), STR("event")) &&
            is_validated(o, number(m, "sentence")))
            *PUSH(&t->arena, &to->marked) =
                (struct marked){ { number(m, "start"), number(m, "end") },
                                 member(&t->arena, m, "id"),
                                 member(&t->arena, m, "cluster") };
    }
}

static void read_line(struct trainer *t, struct str line)
{
    json_t *o = json_loadb(line.ptr, line.len, 0, NULL);
    struct told *to = PUSH(&t->arena, &t->told);
    struct reading *r = NEW(&t->arena, struct reading, 1);

    reading_init(r);
    to->reading = r;
    to->topic = member(&t->arena, o, "topic");
    to->dev = str_eq(member(&t->arena, o, "split"), STR("dev"));
    r->page = (struct page){ .media = PAGE_ARTICLE,
                             .body = member(&t->arena, o, "text"),
                             .id = member(&t->arena, o, "id") };
    r->article = (struct article){ .page = &r->page, .text = r->page.body };
    r->text = text_from_article(&r->arena, &t->tools.text, &r->article);
    r->facts = facts_from_text(&r->arena, &t->tools.fact, &r->text);
    read_marked(t, o, to);
    json_decref(o);
}

static void read_file(struct trainer *t, const char *path)
{
    struct str text, line;
    struct err err;

    if (!io_read_file(&t->arena, path, FILE_LIMIT, &text, &err))
        fail(err.detail, path);
    while (str_split(&text, '\n', &line))
        if (line.len > 0)
            read_line(t, line);
}

/* ---- groups ----------------------------------------------------------------------- */

/* A group of the reports; group_release. */
static void group_make(struct trainer *t, struct group *g, const uint32_t *report,
                       uint32_t reports)
{
    const struct facts **facts;
    struct vocabulary *v;

    *g = (struct group){ .reports = reports };
    arena_init(&g->arena, SIZE_MAX);
    facts = NEW(&g->arena, const struct facts *, reports + 1);
    v = NEW(&g->arena, struct vocabulary, 1);
    *v = vocabulary_new(&g->arena);
    for (uint32_t i = 0; i < reports; i++) {
        const struct reading *r = t->told.at[report[i]].reading;
        struct told_words told = { .text = r->article.text };

        facts[i] = &r->facts;
        view_of_words(&g->arena, &g->arena, v, &told);
    }
    g->happenings = happenings_of(&g->arena, v, facts, reports);
    for (uint32_t i = 0; i < reports; i++) {
        const struct told *from = &t->told.at[report[i]];

        for (uint32_t k = 0; k < from->marked.count; k++) {
            *PUSH(&g->arena, &g->telling) =
                happening_at(g->happenings, i, from->marked.at[k].span, HEAD_LAST);
            *PUSH(&g->arena, &g->marked) = &from->marked.at[k];
        }
    }
    vocabulary_release(v);
}

static void group_release(struct group *g)
{
    arena_release(&g->arena);
}

/* ---- learning --------------------------------------------------------------------- */

static uint8_t fold_of(struct str topic)
{
    return (uint8_t)((str_hash(topic) >> 24) % FOLDS);
}

static void add_pair(struct trainer *t, const struct group *g, uint32_t a, uint32_t b,
                     uint8_t fold)
{
    struct example e = { .weight = 1, .fold = fold };

    happening_features(g->happenings, &g->telling.at[a], &g->telling.at[b], e.feature);
    e.same = str_eq(g->marked.at[a]->chain, g->marked.at[b]->chain);
    if (!e.same && e.feature[LIKE_NEAREST] < EASY_NEAREST &&
        e.feature[LIKE_WORDS] <= 0) {
        if (uniform(t) > 1 / EASY)
            return;
        e.weight = EASY;
    }
    *PUSH(&t->arena, &t->example) = e;
}

/* The pairs of `few` of the reports. */
static void add_pairs(struct trainer *t, const uint32_t *report, uint32_t reports,
                      uint32_t few)
{
    uint32_t *chosen = NEW(&t->arena, uint32_t, reports + 1), n = 0;
    uint8_t fold = fold_of(t->told.at[report[0]].topic);
    struct group g;

    for (uint32_t i = 0; i < reports; i++)
        if (uniform(t) * (float)(reports - i) < (float)few - (float)n)
            chosen[n++] = report[i];
    group_make(t, &g, chosen, n);
    for (uint32_t i = 0; i < g.telling.count; i++)
        for (uint32_t j = 0; j < i; j++)
            add_pair(t, &g, j, i, fold);
    group_release(&g);
}

static void add_topic(struct trainer *t, uint32_t first)
{
    uint32_t *report = NEW(&t->arena, uint32_t, t->told.count + 1), n = 0;

    for (uint32_t i = 0; i < t->told.count; i++)
        if (!t->told.at[i].dev &&
            str_eq(t->told.at[i].topic, t->told.at[first].topic)) {
            if (i < first)
                return;
            report[n++] = i;
        }
    add_pairs(t, report, n, n);
    add_pairs(t, report, n, n / 2);
    add_pairs(t, report, n, HANDFUL);
}

static void standardise(struct trainer *t)
{
    uint32_t n = t->example.count;

    for (int f = 0; f < F; f++) {
        double sum = 0, square = 0;

        for (uint32_t i = 0; i < n; i++) {
            double x = (double)t->example.at[i].feature[f];

            sum += x;
            square += x * x;
        }
        t->net.centre[f] = (float)(sum / n);
        square = square / n - sum / n * (sum / n);
        t->net.scale[f] = square > 1e-6 ? (float)(1 / sqrt(square)) : 0;
    }
}

/* Adds the gradient of one example's log loss. */
static void backward(const struct trainer *t, const struct net *m,
                     const struct example *e, struct net *g)
{
    float x[F + 1], h[U], sum = m->out[U], d;

    for (int f = 0; f < F; f++)
        x[f] = (e->feature[f] - t->net.centre[f]) * t->net.scale[f];
    x[F] = 1;
    for (int k = 0; k < U; k++) {
        h[k] = 0;
        for (int f = 0; f <= F; f++)
            h[k] += m->in[k][f] * x[f];
        h[k] = h[k] > 0 ? h[k] : 0.1F * h[k];
        sum += m->out[k] * h[k];
    }
    d = e->weight * (1 / (1 + expf(-sum)) - (e->same ? 1.0F : 0.0F));
    g->out[U] += d;
    for (int k = 0; k < U; k++) {
        float back = d * m->out[k] * (h[k] > 0 ? 1.0F : 0.1F);

        g->out[k] += d * h[k];
        for (int f = 0; f <= F; f++)
            g->in[k][f] += back * x[f];
    }
}

/* Means of the gradient and of its square. */
struct slope {
    struct net sum, mean, square;
    uint32_t steps;
};

static void step(struct net *m, struct slope *s, float rate)
{
    float *w = &m->in[0][0], *g = &s->sum.in[0][0], *mean = &s->mean.in[0][0],
          *square = &s->square.in[0][0];
    float young = 1 - powf(0.9F, (float)++s->steps),
          young_square = 1 - powf(0.999F, (float)s->steps);

    for (size_t i = 0; i < NUMBERS; i++) {
        float one = g[i] / BATCH;

        mean[i] += 0.1F * (one - mean[i]);
        square[i] += 0.001F * (one * one - square[i]);
        w[i] -= rate * (mean[i] / young / (sqrtf(square[i] / young_square) + 1e-8F) +
                        DECAY * w[i]);
        g[i] = 0;
    }
}

static void shuffle(struct trainer *t, uint32_t *order, uint32_t n)
{
    for (uint32_t i = n; i > 1; i--) {
        uint32_t j = (uint32_t)(uniform(t) * (float)i), last = order[i - 1];

        order[i - 1] = order[j];
        order[j] = last;
    }
}

static void learn_net(struct trainer *t, struct net *m, uint32_t *order, uint32_t n)
{
    struct slope *s = NEW(&t->arena, struct slope, 1);
    float *w = &m->in[0][0];

    for (size_t i = 0; i < NUMBERS; i++)
        w[i] = (uniform(t) - 0.5F) * 0.4F;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        shuffle(t, order, n);
        for (uint32_t i = 0; i < n; i++) {
            backward(t, m, &t->example.at[order[i]], &s->sum);
            if (i % BATCH == BATCH - 1)
                step(m, s, RATE * (1 - (float)epoch / EPOCHS));
        }
    }
}

/* Learns on all examples but those of one fold. */
static void learn(struct trainer *t, uint8_t held)
{
    uint32_t *order = NEW(&t->arena, uint32_t, t->example.count + 1), n = 0;

    for (uint32_t i = 0; i < t->example.count; i++)
        if (t->example.at[i].fold != held)
            order[n++] = i;
    t->net.out[LIKE_HIDDEN] = 0;
    for (int k = 0; k < LIKE_NETS; k++) {
        struct net net;

        learn_net(t, &net, order, n);
        for (int u = 0; u < U; u++) {
            for (int f = 0; f < F; f++)
                t->net.in[f][k * U + u] = net.in[u][f];
            t->net.bias[k * U + u] = net.in[u][F];
            t->net.out[k * U + u] = net.out[u] / LIKE_NETS;
        }
        t->net.out[LIKE_HIDDEN] += net.out[U] / LIKE_NETS;
    }
}

/* ---- chains ----------------------------------------------------------------------- */

/* Mean log odds between chains, by the first telling of each. */
struct linkage {
    uint32_t n, *chain, *size;
    float *mean;
};

static struct linkage linkage_of(const struct trainer *t, struct group *g)
{
    uint32_t n = g->telling.count;
    struct linkage l = { n, NEW(&g->arena, uint32_t, n + 1),
                         NEW(&g->arena, uint32_t, n + 1),
                         NEW(&g->arena, float, (size_t)n *n + 1) };

    for (uint32_t i = 0; i < n; i++) {
        l.chain[i] = i;
        l.size[i] = 1;
        for (uint32_t j = 0; j < i; j++) {
            float f[F], logit;

            happening_features(g->happenings, &g->telling.at[j], &g->telling.at[i], f);
            logit = happening_net_logit(&t->net, f);
            l.mean[i * n + j] = l.mean[j * n + i] = logit;
        }
    }
    return l;
}

/* The two chains that are nearest; false when none is near enough. */
static bool nearest(const struct linkage *l, uint32_t *a, uint32_t *b)
{
    float best = CHAIN;

    for (uint32_t i = 0; i < l->n; i++)
        for (uint32_t j = 0; l->size[i] > 0 && j < i; j++)
            if (l->size[j] > 0 && l->mean[i * l->n + j] > best) {
                best = l->mean[i * l->n + j];
                *a = j;
                *b = i;
            }
    return best > CHAIN;
}

static void join(struct linkage *l, uint32_t a, uint32_t b)
{
    float of_a = (float)l->size[a], of_b = (float)l->size[b];

    for (uint32_t k = 0; k < l->n; k++) {
        float mean = (l->mean[a * l->n + k] * of_a + l->mean[b * l->n + k] * of_b) /
                     (of_a + of_b);

        l->mean[a * l->n + k] = l->mean[k * l->n + a] = mean;
        if (l->chain[k] == b)
            l->chain[k] = a;
    }
    l->size[a] += l->size[b];
    l->size[b] = 0;
}

static void print_chains(struct trainer *t, struct group *g, uint32_t story)
{
    struct linkage l = linkage_of(t, g);
    uint32_t a = 0, b = 0;

    while (nearest(&l, &a, &b))
        join(&l, a, b);
    for (uint32_t i = 0; i < l.n; i++)
        printf("%.*s\t%u-%u\n", STR_ARG(g->marked.at[i]->id), story, l.chain[i]);
}

/* Chains of the dev split, or of a fold of the other, in the stories that all reports of
 * the split are sorted into. */
static void tell(struct trainer *t, bool dev, uint8_t fold)
{
    const struct facts **facts =
        NEW(&t->arena, const struct facts *, t->told.count + 1);
    uint32_t *of = NEW(&t->arena, uint32_t, t->told.count + 1), n = 0;
    struct situation s;

    for (uint32_t i = 0; i < t->told.count; i++)
        if (t->told.at[i].dev == dev) {
            facts[n] = &t->told.at[i].reading->facts;
            of[n++] = i;
        }
    s = situation_from_reports(&t->arena, facts, n, POLICY_RANGE);
    for (uint32_t k = 0; k < s.story.count; k++) {
        const struct story *story = &s.story.at[k];
        uint32_t *report = NEW(&t->arena, uint32_t, story->reports.count + 1);
        uint32_t reports = 0;
        struct group g;

        for (uint32_t i = 0; i < story->reports.count; i++) {
            uint32_t r = of[story->reports.at[i]];

            if (fold == FOLD_NONE || fold_of(t->told.at[r].topic) == fold)
                report[reports++] = r;
        }
        if (reports == 0)
            continue;
        group_make(t, &g, report, reports);
        print_chains(t, &g, k * FOLDS + fold % FOLDS);
        group_release(&g);
    }
}

static void print_row(const char *name, const float *row, int n)
{
    printf("%s{", name);
    for (int i = 0; i < n; i++)
        printf("%s%.5ef,", i % 6 == 0 ? "\n    " : " ", (double)row[i]);
    printf("\n}");
}

static void print_net(const struct happening_net *m)
{
    printf(
        "/* happening_weights.c - made by tools/train-happenings; not edited by hand. "
        "*/\n#include \"story/happening.h\"\n\n/* clang-format off */\n"
        "const struct happening_net happening_net =\n");
    print_row("{ .centre = ", m->centre, F);
    print_row(",\n  .scale = ", m->scale, F);
    printf(",\n  .in = {");
    for (int f = 0; f < F; f++)
        print_row(f > 0 ? ",\n" : "\n", m->in[f], LIKE_HIDDEN);
    print_row("\n  },\n  .bias = ", m->bias, LIKE_HIDDEN);
    print_row(",\n  .out = ", m->out, LIKE_HIDDEN + 1);
    printf(" };\n");
}

static void start(struct trainer *t)
{
    struct err err;

    arena_init(&t->arena, SIZE_MAX);
    if (!model_open_built_in(&t->model, &err))
        fail(err.detail, "model");
    t->tools.text.model = &t->model;
    t->tools.text.scratch = model_scratch_new(&t->arena, &t->model);
    t->tools.fact.gazetteer = gazetteer_builtin();
}

int main(int argc, char **argv)
{
    static struct trainer t = { .random = 88172645463325252u };
    bool chains = argc > 2 && str_eq(str_from(argv[1]), STR("--chains"));
    bool cross = argc > 2 && str_eq(str_from(argv[1]), STR("--cross"));

    if (argc != 2 + (chains || cross)) {
        fprintf(stderr, "usage: train-happenings [--chains | --cross] ECBPLUS.jsonl\n");
        return 2;
    }
    start(&t);
    read_file(&t, argv[argc - 1]);
    if (chains) {
        t.net = happening_net;
        tell(&t, true, FOLD_NONE);
        return 0;
    }
    for (uint32_t i = 0; i < t.told.count; i++)
        if (!t.told.at[i].dev)
            add_topic(&t, i);
    standardise(&t);
    for (uint8_t fold = 0; cross && fold < FOLDS; fold++) {
        learn(&t, fold);
        tell(&t, false, fold);
    }
    if (!cross) {
        learn(&t, FOLD_NONE);
        print_net(&t.net);
    }
    return 0;
}
