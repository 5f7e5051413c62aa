#include "model/train.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

#include "model/evaluate.h"
#include "model/export.h"
#include "model/mentions.h"
#include "model/teach.h"
#include "model/vectors.h"

#define BATCH_WORDS 1200
/* Longer sentences are lists or errors of the splitter; one learns nothing from them. */
#define SENTENCE_WORDS 160
#define EVALUATE_WORDS 1600
#define VECTOR_LIMIT 100000
#define QUANTISED_EPOCHS 2
#define WARM_UP 200
/* The moving mean of the weights: every so many steps it takes in so much of what they are. */
#define MEAN_EVERY 8
#define MEAN_SHARE 0.02f
#define TEACHER_EPOCHS 12 /* a teacher need not be the best that it can be */
#define CLIP 5.0
#define DEV_SETS 12
#define TREE_SETS 2 /* of these, with trees */

/* What is learned from, and the share of each that is read in an epoch: sets that say
 * little per word about edited prose are read in part. */
enum set { SET_TREES, SET_NAMES, SET_TEXTS, SETS };
static const float set_share[SETS] = { 1, 0.45f, 0.5f };

struct dev_set {
    const char *name;
    struct corpus corpus;
};

struct training {
    const struct train_options *options;
    struct arena *arena, *scratch;
    /* Trees, some with names; names without a tree; texts that only teachers know
     * anything of. */
    struct corpus set[SETS];
    struct dev_set dev[DEV_SETS];
    uint32_t devs;
    struct vocab vocab;
    struct vectors vectors;
    struct net net;
    struct teachers *teachers;
    bool taught; /* the teachers have been asked */
    struct batcher batcher;
    uint32_t *order, sentences; /* numbers of sentences, one set behind the other */
    uint32_t step, steps;
    struct net_loss loss; /* since the last line of the log */
    uint32_t loss_words;
    struct timespec started;
};

static const char *path_of(struct training *t, const char *folder, const char *name,
                           const char *ending)
{
    size_t len = strlen(t->options->data) + strlen(folder) + strlen(name) + 32;
    char *path = NEW(t->arena, char, len);

    snprintf(path, len, "%s/%s/%s%s", t->options->data, folder, name, ending);
    return path;
}

static bool read_trees(struct training *t, const char *name, struct corpus *to,
                       struct err *err)
{
    struct corpus part;

    if (!corpus_read_trees(t->arena, path_of(t, "ud", name, ".conllu"), &part, err))
        return false;
    for (uint32_t i = 0; i < part.sentence.count; i++) {
        mentions_to_names(&part, i); /* EWT has no mentions: set by its own names */
        corpus_append(t->arena, to, &part, i);
    }
    return true;
}

/* A set's names go to the treebank's sentences where it has them, else to `to`. */
static bool read_names(struct training *t, const struct names_source *source,
                       const char *ending, struct corpus *trees, struct corpus *to,
                       struct err *err)
{
    struct corpus part;

    if (!corpus_read_names(t->arena, path_of(t, "ner", source->name, ending), source,
                           &part, err))
        return false;
    if (trees != NULL)
        corpus_join_names(t->arena, trees, &part, to);
    for (uint32_t i = 0; trees == NULL && i < part.sentence.count; i++)
        corpus_append(t->arena, to, &part, i);
    return true;
}

/* Of every so many sentences one is read again as a headline: "TROOPS ENTER THE CITY",
 * "Troops Enter the City". */
#define UPPER_EVERY 50
#define TITLE_EVERY 25

static void add_headlines(struct training *t)
{
    struct corpus *trees = &t->set[SET_TREES];
    uint32_t n = trees->sentence.count;

    for (uint32_t i = 0; i < n; i++) {
        bool upper = i % UPPER_EVERY == 0;

        if (upper || i % TITLE_EVERY == 1)
            corpus_append_headline(t->arena, trees, i, upper);
    }
}

/* The words of texts that nobody has annotated. */
static bool read_texts(struct training *t, struct err *err)
{
    struct corpus *texts = &t->set[SET_TEXTS];

    if (t->options->texts == NULL)
        return true;
    if (!corpus_read_trees(t->arena, t->options->texts, texts, err))
        return false;
    for (uint32_t i = 0; i < texts->word.count; i++)
        corpus_forget(&texts->word.at[i]);
    return true;
}

static bool read_train(struct training *t, struct err *err)
{
    if (!read_trees(t, "en_ewt-train", &t->set[SET_TREES], err) ||
        !read_trees(t, "en_gum-train-open", &t->set[SET_TREES], err))
        return false;
    for (uint32_t i = 0; i < names_source_count; i++)
        if (!read_names(t, &names_sources[i], "-train.tsv",
                        i == 0 ? &t->set[SET_TREES] : NULL, &t->set[SET_NAMES], err))
            return false;
    add_headlines(t);
    return read_texts(t, err);
}

static bool read_dev(struct training *t, struct err *err)
{
    t->dev[0].name = "ewt";
    t->dev[1].name = "gum";
    t->devs = TREE_SETS;
    if (!read_trees(t, "en_ewt-dev", &t->dev[0].corpus, err) ||
        !read_trees(t, "en_gum-dev-open", &t->dev[1].corpus, err))
        return false;
    for (uint32_t i = 0; i < names_source_count; i++) {
        struct dev_set *d = &t->dev[t->devs];

        d->name = names_sources[i].name;
        if (!read_names(t, &names_sources[i], "-dev.tsv", NULL, &d->corpus, err))
            return false;
        t->devs++;
    }
    return true;
}

static void set_vectors(const struct training *t, struct corpus *c)
{
    for (uint32_t i = 0; i < c->word.count; i++) {
        struct corpus_word *w = &c->word.at[i];

        w->vector = vectors_find(&t->vectors, w->keys.lower);
        if (w->vector == NULL)
            w->vector = vectors_find(&t->vectors, w->keys.word);
    }
}

static void prepare(struct training *t)
{
    vocab_make(t->arena, &t->set[SET_TREES], &t->vocab);
    for (enum set i = 0; i < SETS; i++) {
        vocab_apply(&t->vocab, &t->set[i]);
        set_vectors(t, &t->set[i]);
    }
    for (uint32_t i = 0; i < t->devs; i++) {
        vocab_apply(&t->vocab, &t->dev[i].corpus);
        set_vectors(t, &t->dev[i].corpus);
    }
}

static void make_net(struct training *t, uint32_t seed)
{
    struct net_shape s = {
        .width = 128,
        .word = 64,
        .part = 32,
        .vector_in = VECTOR_COLUMNS,
        .vector = 64,
        .arc = 96,
        .label = 96,
        .name = 64,
        .words = t->vocab.rows,
        .rules = t->vocab.learned,
        .layers = 6,
        .layer = { { NET_WINDOW, 1 },
                   { NET_SCAN, 0 },
                   { NET_WINDOW, 1 },
                   { NET_SCAN, 0 },
                   { NET_WINDOW, 1 },
                   { NET_SCAN, 0 } },
    };

    net_init(t->arena, &t->net, &s, BATCH_WORDS + SENTENCE_WORDS, EVALUATE_WORDS, seed);
    t->net.rates = (struct net_rates){
        .input = 0.2f, .branch = 0.15f, .head = 0.2f, .word = 0.15f, .vector = 0.05f
    };
    t->step = 0;
}

/* Texts have no answers before teachers have been asked. */
static bool is_read(const struct training *t, enum set set)
{
    return set != SET_TEXTS || t->taught;
}

static void shuffle(struct training *t)
{
    uint32_t n = 0, number = 0;

    for (enum set s = 0; s < SETS; s++)
        for (uint32_t i = 0; i < t->set[s].sentence.count; i++, number++)
            if (is_read(t, s) &&
                (set_share[s] >= 1 || random_unit(&t->net.random) < set_share[s]))
                t->order[n++] = number;
    t->sentences = n;
    for (uint32_t i = n; i > 1; i--) {
        uint32_t j = random_below(&t->net.random, i), swap = t->order[j];

        t->order[j] = t->order[i - 1];
        t->order[i - 1] = swap;
    }
}

static void add_square(struct param *p, void *sum)
{
    *(double *)sum += param_grad_square(p);
}

static void step_param(struct param *p, void *adam)
{
    param_step(p, adam);
}

static void quantise_param(struct param *p, void *arena)
{
    if (p->integer)
        param_quantise(arena, p);
}

/* Up in a straight line, then down to 0 in one. */
static float rate_at(const struct training *t)
{
    const float top = 2e-3f;
    float done = (float)t->step / (float)t->steps;

    if (t->step < WARM_UP)
        return top * (float)(t->step + 1) / WARM_UP;
    return done < 1 ? top * (1 - done) : 0;
}

static void mean_param(struct param *p, void *arena)
{
    param_mean(arena, p, MEAN_SHARE);
}

static void swap_mean(struct param *p, void *unused)
{
    (void)unused;
    param_swap_mean(p);
}

/* From now on the weights are what they were on average. */
static void use_mean(struct training *t)
{
    net_each(&t->net, swap_mean, NULL);
    if (t->net.quantised)
        net_each(&t->net, quantise_param, t->arena);
}

static void learn(struct training *t)
{
    struct net_loss l;
    double square = 0, norm;
    struct adam adam = { .rate = rate_at(t), .decay = 0.02f, .step = ++t->step };

    net_forward(&t->net, &t->batcher.batch, true);
    l = net_backward(&t->net, &t->batcher.batch);
    net_each(&t->net, add_square, &square);
    norm = sqrt(square);
    adam.clip_scale = norm > CLIP ? (float)(CLIP / norm) : 1;
    net_each(&t->net, step_param, &adam);
    if (t->net.quantised)
        net_each(&t->net, quantise_param, t->arena);
    if (t->step % MEAN_EVERY == 0)
        net_each(&t->net, mean_param, t->arena);
    t->loss.upos += l.upos;
    t->loss.xpos += l.xpos;
    t->loss.rule += l.rule;
    t->loss.arc += l.arc;
    t->loss.label += l.label;
    t->loss.name += l.name;
    t->loss_words += t->batcher.batch.words;
}

static void add_sentence(struct training *t, uint32_t i)
{
    const struct corpus *c = t->set;

    for (; i >= c->sentence.count; c++)
        i -= c->sentence.count;
    if (c->sentence.at[i].words > SENTENCE_WORDS)
        return;
    batcher_add(&t->batcher, c, i);
    if (t->batcher.batch.words >= BATCH_WORDS) {
        learn(t);
        batcher_clear(&t->batcher);
    }
}

static double percent(uint32_t part, uint32_t of)
{
    return of > 0 ? 100.0 * part / of : 0;
}

__attribute__((format(printf, 2, 3))) static void tell(const struct training *t,
                                                       const char *format, ...)
{
    char line[320];
    va_list arguments;

    if (t->options->tell == NULL)
        return;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    t->options->tell(t->options->context, line);
}

static void tell_evaluation(const struct training *t, const struct dev_set *d,
                            const struct evaluation *e)
{
    if (e->words > 0)
        tell(t, "  %-16s upos %.2f xpos %.2f lemma %.2f uas %.2f las %.2f", d->name,
             percent(e->upos, e->words), percent(e->xpos, e->words),
             percent(e->lemma, e->words), percent(e->head, e->words),
             percent(e->head_rel, e->words));
    if (e->names > 0)
        tell(t, "  %-16s names p %.2f r %.2f f %.2f", d->name,
             percent(e->names_right, e->names_found), percent(e->names_right, e->names),
             percent(2 * e->names_right, e->names_found + e->names));
}

static void report(struct training *t, uint32_t epoch, bool all)
{
    struct timespec now;
    double n = t->loss_words;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    tell(t,
         "epoch %u, %ld s: loss upos %.3f xpos %.3f rule %.3f arc %.3f label %.3f "
         "names %.3f",
         epoch, (long)now.tv_sec, t->loss.upos / n, t->loss.xpos / n, t->loss.rule / n,
         t->loss.arc / n, t->loss.label / n, t->loss.name / n);
    for (uint32_t i = 0; i < (all ? t->devs : TREE_SETS); i++) {
        struct evaluation e =
            evaluate(t->scratch, &t->net, &t->batcher, &t->vocab, &t->dev[i].corpus);

        tell_evaluation(t, &t->dev[i], &e);
    }
    t->loss = (struct net_loss){ 0 };
    t->loss_words = 0;
}

/* Steps of so many epochs, about. */
static uint32_t steps_of(const struct training *t, uint32_t epochs)
{
    float words = 0;

    for (enum set s = 0; s < SETS; s++)
        words += is_read(t, s) ? (float)t->set[s].word.count * set_share[s] : 0;
    return (uint32_t)((float)epochs * words / (BATCH_WORDS + 10));
}

/* From fresh weights to their mean over the last of so many epochs. */
static void run_epochs(struct training *t, uint32_t epochs, uint32_t quantised)
{
    t->steps = steps_of(t, epochs);
    for (uint32_t epoch = 1; epoch <= epochs; epoch++) {
        /* The last epochs learn with the numbers that the model file will hold. */
        t->net.quantised = epoch + quantised > epochs;
        shuffle(t);
        batcher_clear(&t->batcher);
        for (uint32_t i = 0; i < t->sentences; i++)
            add_sentence(t, t->order[i]);
        if (epoch == epochs)
            use_mean(t);
        if (epoch % 3 == 0 || epoch == epochs)
            report(t, epoch, epoch == epochs);
    }
}

static void write_floats(struct param *p, void *file)
{
    fwrite(p->w, sizeof *p->w, (size_t)p->rows * p->columns, file);
}

static bool write_weights(struct training *t, const char *path, struct err *err)
{
    FILE *file = fopen(path, "wb");
    bool failed;

    if (file == NULL)
        return err_set(err, ERR_WRITE, -1, "%s", path);
    net_each(&t->net, write_floats, file);
    failed = fflush(file) != 0 || ferror(file);
    fclose(file);
    return !failed || err_set(err, ERR_WRITE, -1, "%s", path);
}

/* A file being read; cut short: it ended before the network was filled. */
struct weights_file {
    FILE *file;
    bool cut_short;
};

static void read_floats(struct param *p, void *context)
{
    struct weights_file *w = context;
    size_t n = (size_t)p->rows * p->columns;

    w->cut_short |= fread(p->w, sizeof *p->w, n, w->file) != n;
}

static bool read_weights(struct training *t, const char *path, FILE *file,
                         struct err *err)
{
    struct weights_file w = { .file = file };

    net_each(&t->net, read_floats, &w);
    w.cut_short |= fgetc(file) != EOF;
    fclose(file);
    return !w.cut_short ||
           err_set(err, ERR_FORMAT, -1, "%s: not the weights of this network and data",
                   path);
}

/* Where the weights of a network are kept: teachers have their number behind the name. */
static const char *weights_path(struct training *t, uint32_t teacher)
{
    size_t len = t->options->weights ? strlen(t->options->weights) + 16 : 0;
    char *path = NEW(t->arena, char, len);

    if (len == 0 || teacher == 0)
        return t->options->weights;
    snprintf(path, len, "%s.%u", t->options->weights, teacher);
    return path;
}

/* Trains, or takes the weights of an earlier run.  teacher: 0 for the network that is
 * shipped. */
static bool get_weights(struct training *t, uint32_t teacher, struct err *err)
{
    const char *path = weights_path(t, teacher);
    uint32_t epochs = t->options->epochs ? t->options->epochs : TRAIN_EPOCHS;
    FILE *file = path ? fopen(path, "rb") : NULL;

    if (file != NULL)
        return read_weights(t, path, file, err);
    if (teacher > 0)
        run_epochs(t, t->options->epochs ? epochs : TEACHER_EPOCHS, 0);
    else
        run_epochs(t, epochs, QUANTISED_EPOCHS);
    return path == NULL || write_weights(t, path, err);
}

/* Trains the teachers one by one and asks them about all that will be learned from. */
static bool get_taught(struct training *t, uint32_t seed, struct err *err)
{
    t->teachers = NEW(t->arena, struct teachers, 1);
    for (uint32_t i = 0; i < t->options->teachers; i++) {
        tell(t, "teacher %u", i + 1);
        make_net(t, seed + i);
        if (!get_weights(t, i + 1, err))
            return false;
        t->teachers->net[t->teachers->count++] = t->net;
    }
    for (enum set s = 0; s < SETS && t->teachers->count > 0; s++)
        teach(t->arena, t->teachers, &t->batcher, &t->set[s]);
    t->taught = t->teachers->count > 0;
    return true;
}

static bool train_in(struct training *t, struct err *err)
{
    uint32_t seed = t->options->seed ? t->options->seed : 1, all = 0;
    struct str bytes;

    if (!read_train(t, err) || !read_dev(t, err) ||
        !vectors_read(t->arena, t->options->vectors, VECTOR_LIMIT, &t->vectors, err))
        return false;
    prepare(t);
    for (enum set s = 0; s < SETS; s++)
        all += t->set[s].sentence.count;
    t->order = NEW(t->arena, uint32_t, all);
    batcher_init(t->arena, &t->batcher, BATCH_WORDS + SENTENCE_WORDS);
    tell(t,
         "%u words with trees, %u with names only, %u of texts; %u word rows, %u rules",
         t->set[SET_TREES].word.count, t->set[SET_NAMES].word.count,
         t->set[SET_TEXTS].word.count, t->vocab.rows, t->vocab.learned);
    if (!get_taught(t, seed, err))
        return false;
    make_net(t, seed + t->options->teachers);
    if (!get_weights(t, 0, err))
        return false;
    bytes = export_model(t->arena, &t->net, &t->vocab, &t->vectors);
    return t->options->put(t->options->context, bytes) ||
           err_set(err, ERR_WRITE, -1, "the model can't be written");
}

bool train_run(const struct train_options *options, struct err *err)
{
    struct arena arena, scratch;
    struct training *t;
    bool good;

    arena_init(&arena, SIZE_MAX);
    arena_init(&scratch, SIZE_MAX);
    t = NEW(&arena, struct training, 1);
    t->options = options;
    t->arena = &arena;
    t->scratch = &scratch;
    good = train_in(t, err);
    arena_release(&scratch);
    arena_release(&arena);
    return good;
}
