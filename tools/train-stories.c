/* train-stories - learns how nearness makes a story: writes src/story/weights.c.
 *
 *     train-stories FILE.jsonl... > src/story/weights.c
 *     train-stories --tell FILE.jsonl...     learns nothing, tells what the shipped weights do
 *     train-stories --cross FILE.jsonl...    B-cubed and pairwise F1 of each file: all learnt;
 *                                            the other half of its stories learnt, of every
 *                                            file; the other files learnt alone
 *
 * A file holds reports, one JSON object a line: id, title, text, published, story (the
 * right group); they arrive in the order of their publication.  A small file weighs more
 * a pair than a large one.  The pairs learnt from are those that the index brings
 * together; nets of one small hidden layer are fitted to them by gradient descent, from
 * a fixed start: same files, same weights.  Reports with text are also learnt from
 * without it, for the model of headlines, and in handfuls, for runs too small to count
 * words in.
 */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/io.h"
#include "story/sorter.h"

#define FILE_LIMIT ((size_t)1 << 30)
#define EPOCHS 40
#define RATE 5e-3F
#define BATCH 64
#define DECAY 1e-3F
#define FEW 24 /* reports of a handful */
#define SAME_WEIGHT 1.6F
#define UNDATED_WEIGHT 0.1F /* of a dated pair that is learnt from without its dates */
/* How much more a pair of a small file weighs: with text, headlines, undated. */
static const float small_files[MODELS] = { 0.5F, 0.3F, 0.5F };
#define FEW_WEIGHT 0.35F /* of all handfuls of a file against the whole */

#define FOLDS 2
#define KEEP_ALL UINT32_MAX

/* What is held back from learning: a half of the stories, a file, or nothing. */
struct held {
    uint32_t fold, file;
};

struct example {
    float feature[FEATURES];
    float weight;
    bool same;
    uint32_t file;
    uint32_t fold[2]; /* of the stories of both reports */
};

struct set {
    struct str name;
    uint32_t file;
    struct told_words *told;
    struct str *story;
    uint32_t reports;
    bool headlines,
        few; /* few: part of a file, as when somebody reads a dozen reports */
    float weight;
};

struct trainer {
    struct arena arena, scratch; /* scratch: of one model's learning */
    ARRAY(struct set) set;
    ARRAY(struct example) example[MODELS];
    struct pair_model model[MODELS];
    uint32_t files;
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

static uint32_t fold_of(struct str story)
{
    return (uint32_t)(str_hash(story) >> 20) % FOLDS;
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

/* The last pair once more, as if one report had no date; its text may name one. */
static void add_undated(struct trainer *t, const struct view *x, const struct view *y)
{
    struct view undated = *x;
    struct example *e = PUSH(&t->arena, &t->example[MODEL_UNDATED]);

    *e = t->example[MODEL_TEXT].at[t->example[MODEL_TEXT].count - 1];
    undated.day = DATE_NONE;
    if (t->example[MODEL_UNDATED].count % 2 > 0)
        undated.named = DATE_NONE;
    pair_features(&undated, y, e->feature);
    e->weight *= UNDATED_WEIGHT;
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
        e->file = set->file;
        e->fold[0] = fold_of(set->story[a]);
        e->fold[1] = fold_of(set->story[b]);
        e->weight = e->same ? SAME_WEIGHT : 1;
        if (pair_model_of(x, y) == MODEL_TEXT)
            add_undated(t, x, y);
    }
}

static void add_examples(struct trainer *t, const struct set *set)
{
    uint32_t first[MODELS];
    struct sorter *s = sorter_new();

    for (int m = 0; m < MODELS; m++)
        first[m] = t->example[m].count;
    for (uint32_t i = 0; i < set->reports; i++) {
        sorter_add(s, &set->told[i]);
        add_pairs(t, set, s);
    }
    sorter_free(s);
    for (int m = 0; m < MODELS; m++)
        for (uint32_t i = first[m]; i < t->example[m].count; i++)
            t->example[m].at[i].weight *=
                set->weight *
                powf(1e4F / (float)(t->example[m].count - first[m]), small_files[m]);
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

/* All units of a net side by side. */
typedef float lanes __attribute__((vector_size(UNITS * sizeof(float))));

/* Weights into the units, a row for each feature; those out of them, the last row; and
 * what is added to the sum. */
struct net {
    lanes row[FEATURES + 1];
    float bias;
};

/* Gradient since the last step, its moving mean and that of its square. */
struct adam {
    struct net g, m, v;
    uint32_t step;
};

/* A pair's features as the net sees them. */
typedef float standard[FEATURES];

/* Adds the gradient of one example's log loss. */
static void backward(const struct net *n, const float *x, bool same, float weight,
                     struct net *g)
{
    lanes h = { 0 }, slope, back;
    float sum = n->bias, d;

    for (int f = 0; f < FEATURES; f++)
        h += n->row[f] * x[f];
    for (int k = 0; k < UNITS; k++) {
        slope[k] = h[k] > 0 ? 1 : 0.1F;
        sum += n->row[FEATURES][k] * h[k] * slope[k];
    }
    d = weight * (1 / (1 + expf(-sum)) - (same ? 1.0F : 0.0F));
    g->row[FEATURES] += h * slope * d;
    g->bias += d;
    back = n->row[FEATURES] * slope * d;
    for (int f = 0; f < FEATURES; f++)
        g->row[f] += back * x[f];
}

/* What one weight changes by, but for the rate and the correction of the means. */
static float change(float g, float *m, float *v, float c1, float c2)
{
    *m = 0.9F * *m + 0.1F * g;
    *v = 0.999F * *v + 0.001F * g * g;
    return *m / c1 / (sqrtf(*v / c2) + 1e-8F);
}

static void step(struct net *n, struct adam *a, float rate)
{
    float c1 = 1 - powf(0.9F, (float)++a->step), c2 = 1 - powf(0.999F, (float)a->step);

    for (int f = 0; f <= FEATURES; f++)
        for (int k = 0; k < UNITS; k++) {
            float m = a->m.row[f][k], v = a->v.row[f][k];
            float by = change(a->g.row[f][k] / BATCH, &m, &v, c1, c2);

            a->m.row[f][k] = m;
            a->v.row[f][k] = v;
            n->row[f][k] -= rate * (by + DECAY * n->row[f][k]);
        }
    n->bias -= rate * change(a->g.bias / BATCH, &a->m.bias, &a->v.bias, c1, c2);
    a->g = (struct net){ .bias = 0 };
}

/* Whether an example is learnt from; a half has too few pairs of two stories, so those
 * that it has count for more. */
static float weight_of(const struct example *e, struct held held)
{
    if (e->file == held.file || e->fold[0] == held.fold || e->fold[1] == held.fold)
        return 0;
    return held.fold == KEEP_ALL || e->same ? e->weight
                                            : e->weight * FOLDS / (FOLDS - 1);
}

/* What a net learns from, in the order of this epoch. */
struct lesson {
    const struct example *example;
    standard *x;
    uint32_t *order, kept;
    struct held held;
};

static void shuffle(struct trainer *t, const struct lesson *l)
{
    for (uint32_t i = l->kept; i > 1; i--) {
        uint32_t j = (uint32_t)(uniform(t) * (float)i), swap = l->order[i - 1];

        l->order[i - 1] = l->order[j];
        l->order[j] = swap;
    }
}

static void learn_net(struct trainer *t, struct net *n, const struct lesson *l)
{
    struct adam adam = { .step = 0 };

    for (int f = 0; f <= FEATURES; f++)
        for (int k = 0; k < UNITS; k++)
            n->row[f][k] = (uniform(t) - 0.5F) * 0.5F;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        float rate = RATE * (1 - (float)epoch / EPOCHS);

        shuffle(t, l);
        for (uint32_t i = 0; i < l->kept; i++) {
            const struct example *e = &l->example[l->order[i]];

            backward(n, l->x[l->order[i]], e->same, weight_of(e, l->held), &adam.g);
            if (i % BATCH == BATCH - 1)
                step(n, &adam, rate);
        }
    }
}

/* Features as deviations from their means. */
static standard *standards_of(struct arena *arena, const struct pair_model *m,
                              const struct example *x, uint32_t n)
{
    standard *s = (standard *)NEW(arena, standard, n + 1);

    for (uint32_t i = 0; i < n; i++) {
        for (int f = 0; f < FEATURES; f++)
            s[i][f] = (x[i].feature[f] - m->centre[f]) * m->scale[f];
        s[i][FEATURE_BIAS] = 1;
    }
    return s;
}

static void learn(struct trainer *t, int which, struct held held)
{
    struct pair_model *m = &t->model[which];
    const struct example *x = t->example[which].at;
    uint32_t n = t->example[which].count;
    struct lesson l = { .example = x, .held = held };

    arena_reset(&t->scratch);
    standardise(m, x, n);
    l.x = standards_of(&t->scratch, m, x, n);
    l.order = NEW(&t->scratch, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++)
        if (weight_of(&x[i], held) > 0)
            l.order[l.kept++] = i;
    m->out[HIDDEN] = 0;
    for (int k = 0; k < NETS; k++) {
        struct net net = { .bias = 0 };

        learn_net(t, &net, &l);
        for (int i = 0; i < UNITS; i++) {
            for (int f = 0; f < FEATURES; f++)
                m->in[f][k * UNITS + i] = net.row[f][i];
            m->out[k * UNITS + i] = net.row[FEATURES][i] / NETS;
        }
        m->out[HIDDEN] += net.bias / NETS;
    }
}

/* Sums over the reports of a file, or of its held half. */
struct score {
    double p, r, n, both, given, right;
};

static void add_score(struct score *x, const struct set *set, const struct sorter *g,
                      uint32_t fold)
{
    for (uint32_t i = 0; i < set->reports; i++) {
        double same = 0, mine = 0, gold = 0;

        if (fold != KEEP_ALL && fold_of(set->story[i]) != fold)
            continue;
        for (uint32_t j = 0; j < set->reports; j++) {
            bool a = sorter_story(g, i) == sorter_story(g, j);
            bool b = str_eq(set->story[i], set->story[j]);

            same += a && b;
            mine += a;
            gold += b;
        }
        x->p += same / mine;
        x->r += same / gold;
        x->both += same - 1;
        x->given += mine - 1;
        x->right += gold - 1;
        x->n++;
    }
}

static void tell_score(const char *what, const struct score *x)
{
    fprintf(stderr, "  %s %.2f (%.1f %.1f) %.2f", what,
            200 * x->p * x->r / x->n / (x->p + x->r), 100 * x->p / x->n,
            100 * x->r / x->n, 200 * x->both / (x->given + x->right + 1e-9));
}

static void run_set(const struct trainer *t, const struct set *set, uint32_t fold,
                    struct score *x)
{
    struct sorter *s = sorter_new();

    s->model = t->model;
    for (uint32_t i = 0; i < set->reports; i++)
        sorter_add(s, &set->told[i]);
    add_score(x, set, s, fold);
    sorter_free(s);
}

static void learn_all(struct trainer *t, struct held held)
{
    t->random = 88172645463325252u;
    for (int m = 0; m < MODELS; m++)
        learn(t, m, held);
}

static bool told_of(const struct set *set)
{
    return !set->few && !set->headlines;
}

/* One column for each way of learning, a row for each file. */
enum { IN_SAMPLE, OTHER_HALF, OTHER_FILES, WAYS };

static void tell_all(struct trainer *t, struct score (*score)[WAYS], int ways)
{
    static const char *const way[] = { "all", "other half", "other files" };

    for (uint32_t i = 0; i < t->set.count; i++) {
        const struct set *set = &t->set.at[i];
        const char *slash = strrchr(set->name.ptr, '/');

        if (!told_of(set))
            continue;
        fprintf(stderr, "%-20s%s", slash ? slash + 1 : set->name.ptr,
                set->headlines ? " h" : "  ");
        for (int w = 0; w < ways; w++)
            tell_score(way[w], &score[i][w]);
        fprintf(stderr, "\n");
    }
}

static void tell_crossed(struct trainer *t, bool cross)
{
    struct score(*score)[WAYS] =
        (struct score(*)[WAYS])NEW(&t->arena, struct score, t->set.count * WAYS);
    struct held held = { KEEP_ALL, KEEP_ALL };

    for (uint32_t i = 0; i < t->set.count; i++)
        if (told_of(&t->set.at[i]))
            run_set(t, &t->set.at[i], KEEP_ALL, &score[i][IN_SAMPLE]);
    for (held.fold = 0; cross && held.fold < FOLDS; held.fold++) {
        learn_all(t, held);
        for (uint32_t i = 0; i < t->set.count; i++)
            if (told_of(&t->set.at[i]))
                run_set(t, &t->set.at[i], held.fold, &score[i][OTHER_HALF]);
    }
    held.fold = KEEP_ALL;
    for (held.file = 0; cross && held.file < t->files; held.file++) {
        learn_all(t, held);
        for (uint32_t i = 0; i < t->set.count; i++)
            if (told_of(&t->set.at[i]) && t->set.at[i].file == held.file)
                run_set(t, &t->set.at[i], KEEP_ALL, &score[i][OTHER_FILES]);
    }
    tell_all(t, score, cross ? WAYS : 1);
}

static void print_row(const char *name, const float *row, int n)
{
    printf("%s{", name);
    for (int i = 0; i < n; i++)
        printf("%s%.6ef,", i % 8 == 0 ? "\n    " : " ", (double)row[i]);
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
        for (int f = 0; f < FEATURES; f++)
            print_row(f > 0 ? ",\n" : "\n", t->model[m].in[f], HIDDEN);
        print_row("\n  },\n  .out = ", t->model[m].out, HIDDEN + 1);
        printf(" },\n");
    }
    printf("};\n");
}

static bool has_headlines(const struct set *set)
{
    return set->told[0].text.len == 0;
}

static bool has_no_titles(const struct set *set)
{
    return set->told[0].title.len == 0;
}

struct line {
    struct str text;
    int64_t second;
    uint64_t tie;
};

static int earlier(const void *a, const void *b)
{
    const struct line *x = a, *y = b;

    if (x->second != y->second)
        return x->second < y->second ? -1 : 1;
    return (x->tie > y->tie) - (x->tie < y->tie);
}

/* The lines in the order in which `corrob report` has them: undated ones last, those of
 * one time in an order that means nothing. */
static struct str by_time(struct arena *arena, struct str text, uint32_t lines)
{
    struct line *line = NEW(arena, struct line, lines);
    struct buf out = buf_new(arena, SIZE_MAX);
    uint32_t n = 0;
    struct str one;

    while (str_split(&text, '\n', &one)) {
        json_t *o = json_loadb(one.ptr, one.len, 0, NULL);
        struct instant at = { 0 };

        if (one.len == 0)
            continue;
        instant_from_iso(member(arena, o, "published"), &at);
        line[n++] = (struct line){ one,
                                   at.precision >= INSTANT_DAY ? instant_seconds(at)
                                                               : INT64_MAX,
                                   str_hash(one) };
        json_decref(o);
    }
    qsort(line, n, sizeof *line, earlier);
    for (uint32_t i = 0; i < n; i++) {
        buf_str(&out, line[i].text);
        buf_str(&out, STR("\n"));
    }
    return buf_view(&out);
}

/* The whole file once with its text and once as headlines, and a sample of its reports
 * in handfuls, which have no statistics of their own. */
static void read_file(struct trainer *t, const char *path)
{
    struct set whole = { .name = str_from(path), .weight = 1, .file = t->files++ };
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
    text = by_time(&t->arena, text, lines);
    rest = text;
    read_set(t, whole, &rest, lines);
    add_examples(t, &t->set.at[t->set.count - 1]);
    headlines = has_headlines(&t->set.at[t->set.count - 1]) ||
                has_no_titles(&t->set.at[t->set.count - 1]);
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
    static struct trainer t;
    int first = 1;
    bool shipped = false, cross = false;

    arena_init(&t.arena, SIZE_MAX);
    arena_init(&t.scratch, SIZE_MAX);
    if (argc > 1 && strcmp(argv[1], "--cross") == 0)
        cross = first++ > 0;
    if (argc > 1 && strcmp(argv[1], "--tell") == 0)
        shipped = first++ > 0;
    for (int i = first; i < argc; i++)
        read_file(&t, argv[i]);
    if (shipped)
        memcpy(t.model, pair_models, sizeof t.model);
    else
        learn_all(&t, (struct held){ KEEP_ALL, KEEP_ALL });
    if (!cross && !shipped)
        print_models(&t);
    tell_crossed(&t, cross);
    arena_release(&t.scratch);
    arena_release(&t.arena);
    return 0;
}
