#include "model/train.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

#include "model/evaluate.h"
#include "model/export.h"
#include "model/mentions.h"
#include "model/vectors.h"

#define BATCH_WORDS 1200
/* Longer sentences are lists or errors of the splitter; one learns nothing from them. */
#define SENTENCE_WORDS 160
#define EVALUATE_WORDS 1600
#define VECTOR_LIMIT 100000
#define QUANTISED_EPOCHS 2
#define WARM_UP 200
#define CLIP 5.0
#define DEV_SETS 12
#define TREE_SETS 2 /* of these, with trees */

struct dev_set {
    const char *name;
    struct corpus corpus;
};

struct training {
    const struct train_options *options;
    struct arena *arena, *scratch;
    struct corpus trees, names; /* names: sentences without a tree, of all sets */
    struct dev_set dev[DEV_SETS];
    uint32_t devs;
    struct vocab vocab;
    struct vectors vectors;
    struct net net;
    struct batcher batcher;
    uint32_t *order, sentences; /* trees, then names behind them */
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
    uint32_t n = t->trees.sentence.count;

    for (uint32_t i = 0; i < n; i++) {
        bool upper = i % UPPER_EVERY == 0;

        if (upper || i % TITLE_EVERY == 1)
            corpus_append_headline(t->arena, &t->trees, i, upper);
    }
}

static bool read_train(struct training *t, struct err *err)
{
    if (!read_trees(t, "en_ewt-train", &t->trees, err) ||
        !read_trees(t, "en_gum-train-open", &t->trees, err))
        return false;
    for (uint32_t i = 0; i < names_source_count; i++)
        if (!read_names(t, &names_sources[i], "-train.tsv", i == 0 ? &t->trees : NULL,
                        &t->names, err))
            return false;
    add_headlines(t);
    return true;
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
    vocab_make(t->arena, &t->trees, &t->vocab);
    vocab_apply(&t->vocab, &t->trees);
    vocab_apply(&t->vocab, &t->names);
    set_vectors(t, &t->trees);
    set_vectors(t, &t->names);
    for (uint32_t i = 0; i < t->devs; i++) {
        vocab_apply(&t->vocab, &t->dev[i].corpus);
        set_vectors(t, &t->dev[i].corpus);
    }
}

static void make_net(struct training *t)
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

    net_init(t->arena, &t->net, &s, BATCH_WORDS + SENTENCE_WORDS, EVALUATE_WORDS,
             t->options->seed ? t->options->seed : 1);
    t->net.rates = (struct net_rates){
        .input = 0.2f, .branch = 0.15f, .head = 0.2f, .word = 0.15f, .vector = 0.05f
    };
    batcher_init(t->arena, &t->batcher, BATCH_WORDS + SENTENCE_WORDS);
}

/* Sets that say little per word about edited prose are read in part in each epoch. */
static void shuffle(struct training *t)
{
    uint32_t n = 0, all = t->trees.sentence.count + t->names.sentence.count;

    for (uint32_t i = 0; i < all; i++)
        if (i < t->trees.sentence.count || random_unit(&t->net.random) < 0.35f)
            t->order[n++] = i;
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
    const struct corpus *c = i < t->trees.sentence.count ? &t->trees : &t->names;

    i -= c == &t->names ? t->trees.sentence.count : 0;
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

static void run_epochs(struct training *t)
{
    uint32_t epochs = t->options->epochs ? t->options->epochs : TRAIN_EPOCHS;
    uint32_t all = t->trees.sentence.count + t->names.sentence.count;

    t->order = NEW(t->arena, uint32_t, all);
    t->steps = epochs * (t->trees.word.count + t->names.word.count * 35 / 100) /
               (BATCH_WORDS + 10);
    for (uint32_t epoch = 1; epoch <= epochs; epoch++) {
        /* The last epochs learn with the numbers that the model file will hold. */
        t->net.quantised = epoch + QUANTISED_EPOCHS > epochs;
        shuffle(t);
        batcher_clear(&t->batcher);
        for (uint32_t i = 0; i < t->sentences; i++)
            add_sentence(t, t->order[i]);
        if (epoch % 2 == 0 || epoch == epochs)
            report(t, epoch, epoch == epochs);
    }
}

static void write_floats(struct param *p, void *file)
{
    fwrite(p->w, sizeof *p->w, (size_t)p->rows * p->columns, file);
}

static bool write_weights(struct training *t, struct err *err)
{
    FILE *file = fopen(t->options->weights, "wb");
    bool failed;

    if (file == NULL)
        return err_set(err, ERR_WRITE, -1, "%s", t->options->weights);
    net_each(&t->net, write_floats, file);
    failed = fflush(file) != 0 || ferror(file);
    fclose(file);
    return !failed || err_set(err, ERR_WRITE, -1, "%s", t->options->weights);
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

static bool read_weights(struct training *t, FILE *file, struct err *err)
{
    struct weights_file w = { .file = file };

    net_each(&t->net, read_floats, &w);
    w.cut_short |= fgetc(file) != EOF;
    fclose(file);
    return !w.cut_short ||
           err_set(err, ERR_FORMAT, -1, "%s: not the weights of this network and data",
                   t->options->weights);
}

/* Trains, or takes the weights of an earlier run. */
static bool get_weights(struct training *t, struct err *err)
{
    FILE *file = t->options->weights ? fopen(t->options->weights, "rb") : NULL;

    if (file != NULL)
        return read_weights(t, file, err);
    run_epochs(t);
    return t->options->weights == NULL || write_weights(t, err);
}

static bool train_in(struct training *t, struct err *err)
{
    struct str bytes;

    if (!read_train(t, err) || !read_dev(t, err) ||
        !vectors_read(t->arena, t->options->vectors, VECTOR_LIMIT, &t->vectors, err))
        return false;
    prepare(t);
    make_net(t);
    tell(t, "%u words with trees, %u with names only; %u word rows, %u rules",
         t->trees.word.count, t->names.word.count, t->vocab.rows, t->vocab.learned);
    if (!get_weights(t, err))
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
