/* train-stories - learns how nearness makes a story: writes src/story/weights.c.
 *
 *     train-stories FILE.jsonl... > src/story/weights.c
 *     train-stories --tell FILE.jsonl...     learns nothing, tells what the shipped weights do
 *     train-stories --half FILE.jsonl...     learns from half of the stories, tells
 *                                            B-cubed and pairwise F1 of both halves
 *
 * A file holds reports in the order of their arrival, one JSON object a line: id, title,
 * text, published, story (the right group).  A small file weighs more a pair than a large one.  The pairs
 * learnt from are those that the index brings together; a net of one small hidden layer
 * is fitted to them by gradient descent, from a fixed start: same files, same weights.
 * Reports with text are also learnt from without it, for the model of headlines, and in
 * handfuls, for runs too small to count words in.
 */
#include <jansson.h>
#include <math.h>

#include "base/io.h"
#include "story/sorter.h"

#define FILE_LIMIT ((size_t)1 << 30)
#define EPOCHS 30
#define BATCH 64
#define DECAY 1e-5F
#define FEW 24           /* reports of a handful */
#define FEW_WEIGHT 0.35F /* of all handfuls of a file against the whole */

struct example {
    float feature[FEATURES];
    float weight;
    bool same, learn;
};

struct set {
    struct str name;
    struct told_words *told;
    struct str *story;
    uint32_t reports;
    bool headlines,
        few; /* few: part of a file, as when somebody reads a dozen reports */
    float weight;
};

struct trainer {
    struct arena arena;
    ARRAY(struct set) set;
    ARRAY(struct example) example[MODELS];
    struct pair_model model[MODELS];
    bool half;
    uint64_t random;
};

static struct str member(struct arena *arena, const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? arena_str(arena, str_from(s)) : (struct str){ NULL, 0 };
}

static void read_line(struct trainer *t, struct set *set, struct str line)
{
    json_t *o = json_loadb(line.ptr, line.len, 0, NULL);
    struct told_words *told = &set->told[set->reports];

    told->title = member(&t->arena, o, "title");
    if (!set->headlines)
        told->text = member(&t->arena, o, "text");
    instant_from_iso(member(&t->arena, o, "published"), &told->published);
    set->story[set->reports++] = member(&t->arena, o, "story");
    json_decref(o);
}

static bool learns(const struct trainer *t, struct str story)
{
    return !t->half || (str_hash(story) >> 20 & 1) == 0;
}

/* Takes the next n lines off *rest as a set with a vocabulary of its own. */
static void read_set(struct trainer *t, struct set like, struct str *rest, uint32_t n)
{
    struct set *set = PUSH(&t->arena, &t->set);
    struct str line;

    *set = like;
    set->told = NEW(&t->arena, struct told_words, n);
    set->story = NEW(&t->arena, struct str, n);
    while (set->reports < n && str_split(rest, '\n', &line))
        if (line.len > 0)
            read_line(t, set, line);
}

/* The pairs of the report that has just come in. */
static void add_pairs(struct trainer *t, const struct set *set, const struct sorter *s)
{
    uint32_t b = s->reports - 1;

    for (uint32_t i = 0; i < s->candidates; i++) {
        uint32_t a = s->candidate[i].report;
        const struct view *x = &sorter_slip(s, a)->view, *y = &sorter_slip(s, b)->view;
        struct example *e = PUSH(&t->arena, &t->example[pair_model_of(x, y)]);

        pair_features(x, y, e->feature);
        e->same = str_eq(set->story[a], set->story[b]);
        e->learn = learns(t, set->story[a]) && learns(t, set->story[b]);
        e->weight = e->same && !t->half ? 1.6F : 1;
    }
}

static void add_examples(struct trainer *t, const struct set *set)
{
    uint32_t first[MODELS] = { t->example[0].count, t->example[1].count };
    struct sorter *s = sorter_new();

    for (uint32_t i = 0; i < set->reports; i++) {
        sorter_add(s, &set->told[i]);
        add_pairs(t, set, s);
    }
    sorter_free(s);
    for (int m = 0; m < MODELS; m++)
        for (uint32_t i = first[m]; i < t->example[m].count; i++)
            t->example[m].at[i].weight *=
                set->weight * sqrtf(1e4F / (float)(t->example[m].count - first[m]));
}

static float uniform(struct trainer *t)
{
    t->random ^= t->random << 13;
    t->random ^= t->random >> 7;
    t->random ^= t->random << 17;
    return (float)(t->random >> 40) / (float)(1 << 24);
}

static void standardise(struct pair_model *m, const struct example *x, uint32_t n)
{
    for (int f = 0; f < FEATURES; f++) {
        double sum = 0, square = 0;

        for (uint32_t i = 0; i < n; i++) {
            sum += (double)x[i].feature[f];
            square += (double)x[i].feature[f] * (double)x[i].feature[f];
        }
        m->centre[f] = (float)(sum / n);
        square = square / n - sum / n * (sum / n);
        m->scale[f] = square > 1e-6 ? (float)(1 / sqrt(square)) : 1;
    }
}

#define PARAMETERS (HIDDEN * FEATURES + HIDDEN + 1)

struct adam {
    float g[PARAMETERS], m[PARAMETERS], v[PARAMETERS];
    uint32_t step;
};

/* Adds the gradient of one example's log loss. */
static void backward(const struct pair_model *m, const struct example *e, float *g)
{
    float x[FEATURES], h[HIDDEN], sum = m->out[HIDDEN], d;

    for (int i = 0; i < FEATURES; i++)
        x[i] = (e->feature[i] - m->centre[i]) * m->scale[i];
    x[FEATURE_BIAS] = 1;
    for (int k = 0; k < HIDDEN; k++) {
        h[k] = 0;
        for (int i = 0; i < FEATURES; i++)
            h[k] += m->in[k][i] * x[i];
        sum += m->out[k] * (h[k] > 0 ? h[k] : 0.1F * h[k]);
    }
    d = e->weight * (1 / (1 + expf(-sum)) - (e->same ? 1.0F : 0.0F));
    for (int k = 0; k < HIDDEN; k++) {
        float back = d * m->out[k] * (h[k] > 0 ? 1.0F : 0.1F);

        g[HIDDEN * FEATURES + k] += d * (h[k] > 0 ? h[k] : 0.1F * h[k]);
        for (int i = 0; i < FEATURES; i++)
            g[k * FEATURES + i] += back * x[i];
    }
    g[HIDDEN * FEATURES + HIDDEN] += d;
}

static void step(struct pair_model *m, struct adam *a, float rate)
{
    float *p = &m->in[0][0];
    float c1 = 1 - powf(0.9F, (float)++a->step), c2 = 1 - powf(0.999F, (float)a->step);

    for (int i = 0; i < PARAMETERS; i++) {
        float *w = i < HIDDEN * FEATURES ? &p[i] : &m->out[i - HIDDEN * FEATURES];
        float g = a->g[i] / BATCH;

        a->m[i] = 0.9F * a->m[i] + 0.1F * g;
        a->v[i] = 0.999F * a->v[i] + 0.001F * g * g;
        *w -= rate * (a->m[i] / c1 / (sqrtf(a->v[i] / c2) + 1e-8F) + DECAY * *w);
        a->g[i] = 0;
    }
}

static void learn(struct trainer *t, int which)
{
    struct pair_model *m = &t->model[which];
    struct example *x = t->example[which].at;
    uint32_t n = t->example[which].count, kept = 0;
    struct adam *adam = NEW(&t->arena, struct adam, 1);
    uint32_t *order = NEW(&t->arena, uint32_t, n + 1);

    standardise(m, x, n);
    for (int k = 0; k < HIDDEN; k++) {
        for (int f = 0; f < FEATURES; f++)
            m->in[k][f] = (uniform(t) - 0.5F) * 0.5F;
        m->out[k] = (uniform(t) - 0.5F) * 0.5F;
    }
    for (uint32_t i = 0; i < n; i++)
        if (x[i].learn)
            order[kept++] = i;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        float rate = 2e-3F * (1 - (float)epoch / EPOCHS);

        for (uint32_t i = kept; i > 1; i--) {
            uint32_t j = (uint32_t)(uniform(t) * (float)i), swap = order[i - 1];

            order[i - 1] = order[j];
            order[j] = swap;
        }
        for (uint32_t i = 0; i < kept; i++) {
            backward(m, &x[order[i]], adam->g);
            if (i % BATCH == BATCH - 1)
                step(m, adam, rate);
        }
    }
}

/* B-cubed and pairwise F1 of the reports of one half. */
static void tell_half(const struct trainer *t, const struct set *set,
                      const struct sorter *g, bool learnt)
{
    double p = 0, r = 0, n = 0, both = 0, given = 0, right = 0;

    for (uint32_t i = 0; i < set->reports; i++) {
        double same = 0, mine = 0, gold = 0;

        if (learns(t, set->story[i]) != learnt)
            continue;
        for (uint32_t j = 0; j < set->reports; j++) {
            bool a = sorter_story(g, i) == sorter_story(g, j);
            bool b = str_eq(set->story[i], set->story[j]);

            same += a && b;
            mine += a;
            gold += b;
        }
        p += same / mine;
        r += same / gold;
        both += same - 1;
        given += mine - 1;
        right += gold - 1;
        n++;
    }
    if (n > 0)
        fprintf(stderr, "  %s B3 %.2f (P %.2f R %.2f) pair %.2f",
                learnt ? "learnt" : "other", 200 * p * r / n / (p + r), 100 * p / n,
                100 * r / n, 200 * both / (given + right + 1e-9));
}

static void tell(const struct trainer *t, const struct set *set)
{
    struct sorter *s = sorter_new();
    const char *slash = strrchr(set->name.ptr, '/');

    s->model = t->model;
    for (uint32_t i = 0; i < set->reports; i++)
        sorter_add(s, &set->told[i]);
    fprintf(stderr, "%-22s", slash ? slash + 1 : set->name.ptr);
    tell_half(t, set, s, true);
    if (t->half)
        tell_half(t, set, s, false);
    fprintf(stderr, "\n");
    sorter_free(s);
}

static void print_row(const char *name, const float *row, int n)
{
    printf("%s{", name);
    for (int i = 0; i < n; i++)
        printf("%s%.6ef,", i % 6 == 0 ? "\n    " : " ", (double)row[i]);
    printf("\n}");
}

static void print_models(const struct trainer *t)
{
    printf("/* weights.c - made by tools/train-stories; not edited by hand. */\n"
           "#include \"story/view.h\"\n\n/* clang-format off */\n"
           "const struct pair_model pair_models[MODELS] = {\n");
    for (int m = 0; m < MODELS; m++) {
        print_row("{ .centre = ", t->model[m].centre, FEATURES);
        print_row(",\n  .scale = ", t->model[m].scale, FEATURES);
        printf(",\n  .in = {");
        for (int k = 0; k < HIDDEN; k++)
            print_row(k > 0 ? ",\n" : "\n", t->model[m].in[k], FEATURES);
        print_row("\n  },\n  .out = ", t->model[m].out, HIDDEN + 1);
        printf(" },\n");
    }
    printf("};\n");
}

static bool has_headlines(const struct set *set)
{
    return set->told[0].text.len == 0;
}

/* The whole file once with its text and once as headlines, and a sample of its reports
 * in handfuls, which have no statistics of their own. */
static void read_file(struct trainer *t, const char *path)
{
    struct set whole = { .name = str_from(path), .weight = 1 };
    struct str text, rest;
    struct err err;
    uint32_t lines = 1;
    bool headlines;

    if (!io_read_file(&t->arena, path, FILE_LIMIT, &text, &err)) {
        fprintf(stderr, "%s: %s\n", path, err.detail);
        exit(2);
    }
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n';
    rest = text;
    read_set(t, whole, &rest, lines);
    add_examples(t, &t->set.at[t->set.count - 1]);
    headlines = has_headlines(&t->set.at[t->set.count - 1]);
    whole.few = true;
    whole.weight = FEW_WEIGHT * sqrtf(FEW / (float)lines);
    for (rest = text; rest.len > 0;) {
        read_set(t, whole, &rest, FEW);
        add_examples(t, &t->set.at[t->set.count - 1]);
    }
    if (headlines)
        return;
    whole.few = false;
    whole.headlines = true;
    whole.weight = 1;
    rest = text;
    read_set(t, whole, &rest, lines);
    add_examples(t, &t->set.at[t->set.count - 1]);
}

int main(int argc, char **argv)
{
    static struct trainer t = { .random = 88172645463325252u };
    int first = 1;
    bool shipped = false;

    arena_init(&t.arena, SIZE_MAX);
    if (argc > 1 && strcmp(argv[1], "--half") == 0)
        t.half = first++ > 0;
    if (argc > 1 && strcmp(argv[1], "--tell") == 0)
        shipped = first++ > 0;
    for (int i = first; i < argc; i++)
        read_file(&t, argv[i]);
    if (shipped)
        memcpy(t.model, pair_models, sizeof t.model);
    for (int m = 0; m < MODELS && !shipped; m++)
        learn(&t, m);
    for (uint32_t i = 0; i < t.set.count; i++)
        if (!t.set.at[i].few)
            tell(&t, &t.set.at[i]);
    if (!t.half && !shipped)
        print_models(&t);
    arena_release(&t.arena);
    return 0;
}
