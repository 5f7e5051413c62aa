/* train-blocks - learns which blocks are article text: writes src/article/score_weights.c.
 *
 *     train-blocks [--ids FILE] FOLDER... > src/article/score_weights.c
 *     train-blocks --folds N FOLDER... > held-out.jsonl
 *
 * A folder holds gold.json, { ID: { "articleBody": TEXT } or { "with": [...],
 * "without": [...] } }, and html/ID.html.gz.  A block belongs to the body when most of its
 * runs of four words do.  With --ids only the pages in that list are learnt from.  With
 * --folds nothing is learnt for good: each site is told by trees that never saw a page of
 * it, how well they do is told on standard error, and what they said of each block on
 * standard output.
 * Gradient boosting of full trees of fixed depth, on features of one byte: same
 * files, same weights.
 */
#include <math.h>
#include <stdlib.h>

#include "article/score.h"
#include "base/buf.h"
#include "base/io.h"
#include "base/table.h"
#include "base/utf8.h"
#include "gold_pages.h"

#define FILE_LIMIT ((size_t)256 << 20)
/* Chosen by the pages of sites held out: fewer trees, or stronger ones, know the sites. */
#define TREES 200
#define RATE 0.1
#define SMOOTH 2    /* weight that pulls a leaf to nothing */
#define LEAST 2     /* weight that a leaf must have */
#define FEWEST 3    /* blocks that it must have */
#define ROWS 700    /* of a thousand pages, for each tree */
#define COLUMNS 300 /* of a thousand features, for each node */

/* As score.c has them: how sure the trees must be against the rules. */
#define SURE_TO_CUT (-0.6)
#define SURE_TO_KEEP 0.8

struct split_sum {
    double gradient, weight;
    uint32_t count;
};

struct example {
    uint8_t feature[SCORE_FEATURES];
    bool kept;
    uint8_t fold;
    bool known; /* else only to be told with the page */
    uint32_t page, words, leaf;
    struct str text;
    float weight;
    double margin, held; /* held: from the trees that never saw its site */
    struct split_sum slope;
};

struct sample {
    struct str id;
    uint32_t folder, fold;
};

struct trainer {
    struct gold_reader pages;
    ARRAY(struct example) example;
    struct table ids;
    bool some;                   /* only ids */
    ARRAY(struct sample) sample; /* pages */
    uint32_t folds, out;
    struct split_sum bin[SCORE_LEAVES / 2][SCORE_FEATURES][256];
    struct score_tree tree[TREES];
};

/* ---- words ---- */

struct words {
    ARRAY(struct str) word;
};

static void split(struct arena *arena, struct str s, struct words *out)
{
    size_t len, start = 0, at = 0;
    bool in = false;

    *out = (struct words){ 0 };
    while (at <= s.len) {
        uint32_t c = at < s.len ? utf8_decode(str_after(s, at), &len) : ' ';
        bool word = c == '_' || utf8_is_letter(c) || (c >= '0' && c <= '9');

        if (word && !in)
            start = at;
        if (!word && in)
            *PUSH(arena, &out->word) = str_slice(s, start, at);
        in = word;
        at += at < s.len ? len : 1;
    }
}

/* "one two three four" of words i .. i + n. */
static struct str run_of(struct arena *arena, const struct words *w, uint32_t i,
                         uint32_t n)
{
    struct buf b = buf_new(arena, 1 << 20);

    for (uint32_t k = i; k < i + n && k < w->word.count; k++) {
        buf_str(&b, w->word.at[k]);
        buf_char(&b, ' ');
    }
    return buf_view(&b);
}

/* How often each run of four stands in the body, and of one to three at its lines. */
static void count_runs(struct arena *arena, const struct words *w, struct table *runs)
{
    for (uint32_t i = 0; i < w->word.count; i++)
        for (uint32_t n = 1; n <= 4 && i + n <= w->word.count; n++)
            ++*table_put(arena, runs, run_of(arena, w, i, n));
}

/* ---- labels ---- */

enum label { UNKNOWN, IN_BODY, NOT_IN_BODY };

/* The share of a block's runs that the body still has; takes them out of it. */
static enum label label_of(struct arena *arena, struct str text, struct table *runs,
                           const struct words *before)
{
    struct words w, all = *before;
    uint32_t found = 0, n, from = 0;

    split(arena, text, &w);
    if (w.word.count == 0)
        return UNKNOWN;
    if (w.word.count < 4) { /* with the words before it */
        from = all.word.count;
        for (uint32_t i = 0; i < w.word.count; i++)
            *PUSH(arena, &all.word) = w.word.at[i];
        from = all.word.count >= 4 ? all.word.count - 4 : 0;
        w = all;
    }
    n = w.word.count < from + 4 ? 1 : w.word.count - from - 3;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *left = table_find(runs, run_of(arena, &w, from + i, 4));

        if (left && *left > 0) {
            found++;
            --*left;
        }
    }
    return found * 2 >= n ? IN_BODY : NOT_IN_BODY;
}

static void last_words(struct arena *arena, struct str text, struct words *out)
{
    struct words w;

    split(arena, text, &w);
    for (uint32_t i = w.word.count > 4 ? w.word.count - 4 : 0; i < w.word.count; i++)
        *PUSH(arena, &out->word) = w.word.at[i];
}

/* Blocks that the rules kept are asked first: a pull quote must not take the words of the
 * paragraph that it quotes. */
static void label_by_body(struct arena *arena, const struct blocks *blocks,
                          struct str body, enum label *label)
{
    struct table runs = { 0 };
    struct words w;

    split(arena, body, &w);
    count_runs(arena, &w, &runs);
    for (int pass = 0; pass < 2; pass++) {
        struct words before = { 0 };

        for (uint32_t i = 0; i < blocks->block.count; i++) {
            const struct block *b = &blocks->block.at[i];

            if ((pass == 0) == (b->why.len == 0))
                label[i] = label_of(arena, b->text, &runs, &before);
            if (label[i] == IN_BODY)
                last_words(arena, b->text, &before);
        }
    }
}

static bool holds(struct str text, const json_t *list)
{
    size_t i;
    json_t *v;

    json_array_foreach(list, i, v) if (json_string_length(v) > 0 &&
                                       str_find(text, str_from(json_string_value(v))) !=
                                           STR_NPOS) return true;
    return false;
}

static void label_by_segments(const struct blocks *blocks, const json_t *gold,
                              enum label *label)
{
    for (uint32_t i = 0; i < blocks->block.count; i++) {
        struct str text = blocks->block.at[i].text;

        label[i] = holds(text, json_object_get(gold, "with"))      ? IN_BODY
                   : holds(text, json_object_get(gold, "without")) ? NOT_IN_BODY
                                                                   : UNKNOWN;
    }
}

/* ---- pages ---- */

static void add_examples(struct trainer *t, const struct blocks *blocks,
                         const uint8_t *rows, const enum label *label, bool whole)
{
    double all = 1;

    for (uint32_t i = 0; i < blocks->block.count; i++)
        all += label[i] == IN_BODY ? blocks->block.at[i].words : 0;
    for (uint32_t i = 0; i < blocks->block.count; i++) {
        struct example *e;
        double share = blocks->block.at[i].words / (all < 150 ? 150 : all);

        if (!rows[(size_t)i * SCORE_FEATURES + SCORE_NEAR])
            continue;
        e = PUSH(&t->pages.all, &t->example);
        e->known = label[i] != UNKNOWN;
        e->text = arena_str(&t->pages.all, blocks->block.at[i].text);
        memcpy(e->feature, rows + (size_t)i * SCORE_FEATURES, SCORE_FEATURES);
        e->kept = label[i] == IN_BODY;
        e->page = t->sample.count - 1;
        e->fold = (uint8_t)t->sample.at[e->page].fold;
        e->words = blocks->block.at[i].words;
        e->weight = !e->known ? 0
                    : whole   ? (float)(0.02 + 4 * (share > 0.5 ? 0.5 : share))
                              : 0.15F;
    }
}

static void read_page(void *context, const struct gold_page *p)
{
    struct trainer *t = context;
    struct arena *arena = &t->pages.page;
    const char *body = json_string_value(json_object_get(p->gold, "articleBody"));
    struct blocks blocks;
    enum label *label;
    uint8_t *rows;

    if ((!body && !json_object_get(p->gold, "with")) ||
        (t->some && !table_find(&t->ids, p->id)))
        return;
    rows = article_features(arena, &p->page, &blocks);
    label = NEW(arena, enum label, blocks.block.count + 1);
    if (body)
        label_by_body(arena, &blocks, str_from(body), label);
    else
        label_by_segments(&blocks, p->gold, label);
    *PUSH(&t->pages.all, &t->sample) =
        (struct sample){ p->id, p->folder, gold_fold(p->gold, t->folds) };
    add_examples(t, &blocks, rows, label, body != NULL);
}

/* ---- boosting ---- */

static double gain(double gradient, double weight)
{
    return gradient * gradient / (weight + SMOOTH);
}

/* The same choice for the same seed: n of 1000 are taken. */
static bool drawn(uint32_t what, uint32_t tree, uint32_t n)
{
    uint32_t h = what * 2654435761u + tree * 40503u + 12345u;

    h ^= h >> 15;
    h *= 2246822519u;
    h ^= h >> 13;
    h *= 3266489917u;
    h ^= h >> 16;
    return h % 1000 < n;
}

static bool learns(const struct trainer *t, const struct example *e, uint32_t tree)
{
    return e->known && e->fold != t->out && drawn(e->page, tree, ROWS);
}

/* What each example still lacks. */
static void slopes(struct trainer *t)
{
    for (uint32_t i = 0; i < t->example.count; i++) {
        struct example *e = &t->example.at[i];
        double p = 1 / (1 + exp(-e->margin));

        e->leaf = 0;
        e->slope.gradient = e->weight * ((double)e->kept - p);
        e->slope.weight = e->weight * p * (1 - p);
    }
}

static void add_up(struct trainer *t, uint32_t tree, uint32_t first, uint32_t count)
{
    memset(t->bin, 0, count * sizeof *t->bin);
    for (uint32_t i = 0; i < t->example.count; i++) {
        const struct example *e = &t->example.at[i];

        if (!learns(t, e, tree) || e->leaf < first)
            continue;
        for (uint32_t f = 0; f < SCORE_FEATURES; f++) {
            struct split_sum *b = &t->bin[e->leaf - first][f][e->feature[f]];

            b->gradient += e->slope.gradient;
            b->weight += e->slope.weight;
            b->count++;
        }
    }
}

static void try_feature(const struct split_sum *bin, uint32_t f, uint32_t node,
                        struct score_tree *tree, double *best)
{
    struct split_sum all = { 0 }, low = { 0 };

    for (int v = 0; v < 256; v++) {
        all.gradient += bin[v].gradient;
        all.weight += bin[v].weight;
        all.count += bin[v].count;
    }
    for (int v = 0; v < 255; v++) {
        double more, w;

        low.gradient += bin[v].gradient;
        low.weight += bin[v].weight;
        low.count += bin[v].count;
        w = all.weight - low.weight;
        if (low.weight < LEAST || w < LEAST || low.count < FEWEST ||
            all.count - low.count < FEWEST)
            continue;
        more = gain(low.gradient, low.weight) + gain(all.gradient - low.gradient, w) -
               gain(all.gradient, all.weight);
        if (more > *best) {
            *best = more;
            tree->feature[node] = (uint8_t)f;
            tree->limit[node] = (uint8_t)v;
        }
    }
}

/* One level of a tree: nodes first .. 2 * first. */
static void split_level(struct trainer *t, uint32_t n, uint32_t first)
{
    struct score_tree *tree = &t->tree[n];

    add_up(t, n, first, first + 1);
    for (uint32_t node = first; node <= 2 * first; node++) {
        double best = 1e-6;

        tree->feature[node] = 0;
        tree->limit[node] = 255;
        for (uint32_t f = 0; f < SCORE_FEATURES; f++)
            if (drawn(f + 77777, n * 16 + node, COLUMNS))
                try_feature(t->bin[node - first][f], f, node, tree, &best);
    }
    for (uint32_t i = 0; i < t->example.count; i++) {
        struct example *e = &t->example.at[i];

        e->leaf = 2 * e->leaf + 1 +
                  (e->feature[tree->feature[e->leaf]] > tree->limit[e->leaf]);
    }
}

static void fill_leaves(struct trainer *t, uint32_t n)
{
    struct split_sum sum[SCORE_LEAVES] = { { 0 } };
    struct score_tree *tree = &t->tree[n];

    for (uint32_t i = 0; i < t->example.count; i++) {
        const struct example *e = &t->example.at[i];

        if (!learns(t, e, n))
            continue;
        sum[e->leaf - SCORE_INNER].gradient += e->slope.gradient;
        sum[e->leaf - SCORE_INNER].weight += e->slope.weight;
    }
    for (uint32_t i = 0; i < SCORE_LEAVES; i++) {
        double value = RATE * sum[i].gradient / (sum[i].weight + SMOOTH) * 1000;

        tree->leaf[i] = (int16_t)(value > 3000 ? 3000 : value < -3000 ? -3000 : value);
    }
    for (uint32_t i = 0; i < t->example.count; i++)
        t->example.at[i].margin +=
            tree->leaf[t->example.at[i].leaf - SCORE_INNER] / 1000.0;
}

static void grow(struct trainer *t)
{
    for (uint32_t i = 0; i < t->example.count; i++)
        t->example.at[i].margin = 0;
    for (uint32_t n = 0; n < TREES; n++) {
        slopes(t);
        for (uint32_t first = 0; first < SCORE_INNER; first = 2 * first + 1)
            split_level(t, n, first);
        fill_leaves(t, n);
    }
}

/* ---- the file ---- */

static void print_tree(const struct score_tree *tree)
{
    printf("    { .feature = { ");
    for (int i = 0; i < SCORE_INNER; i++)
        printf("%d, ", tree->feature[i]);
    printf("},\n      .limit = { ");
    for (int i = 0; i < SCORE_INNER; i++)
        printf("%d, ", tree->limit[i]);
    printf("},\n      .leaf = { ");
    for (int i = 0; i < SCORE_LEAVES; i++)
        printf("%d, ", tree->leaf[i]);
    printf("} },\n");
}

static void print_weights(const struct trainer *t)
{
    printf("/* score_weights.c - made by tools/train-blocks; not edited by hand. */\n"
           "#include \"article/score.h\"\n\n/* clang-format off */\n"
           "const struct score_tree score_trees[] = {\n");
    for (uint32_t i = 0; i < TREES; i++)
        print_tree(&t->tree[i]);
    printf("};\n/* clang-format on */\nconst uint32_t score_tree_count = %d;\n", TREES);
}

struct words_of {
    double said, right, gold;
    bool exact;
};

/* F1 (precision, recall, pages all right, blocks wrong), by words of blocks. */
static void tell_folder(struct trainer *t, uint32_t folder, double cut, double keep)
{
    struct words_of *page = NEW(&t->pages.page, struct words_of, t->sample.count + 1);
    double p = 0, r = 0, np = 0, nr = 0, exact = 0, wrong = 0, all = 0;

    for (uint32_t i = 0; i < t->sample.count; i++)
        page[i].exact = true;
    for (uint32_t i = 0; i < t->example.count; i++) {
        const struct example *e = &t->example.at[i];
        bool said = e->feature[1] ? e->held >= cut : e->held > keep;

        if (t->sample.at[e->page].folder != folder || !e->known)
            continue;
        page[e->page].said += said ? e->words : 0;
        page[e->page].right += said && e->kept ? e->words : 0;
        page[e->page].gold += e->kept ? e->words : 0;
        page[e->page].exact &= said == e->kept || e->words == 0;
        wrong += said != e->kept;
        all++;
    }
    for (uint32_t i = 0; i < t->sample.count; i++) {
        if (t->sample.at[i].folder != folder)
            continue;
        if (page[i].said > 0) {
            p += page[i].right / page[i].said;
            np++;
        }
        if (page[i].gold > 0) {
            r += page[i].right / page[i].gold;
            nr++;
            exact += page[i].exact;
        }
    }
    p /= np;
    r /= nr;
    fprintf(stderr, "  %.2f (%.1f %.1f %.0f%% w%.2f)", 200 * p * r / (p + r), 100 * p,
            100 * r, 100 * exact / nr, 100 * wrong / all);
}

static void tell(struct trainer *t, const char *name, double cut, double keep)
{
    fprintf(stderr, "%-8s", name);
    for (uint32_t i = 0; i < t->pages.folders; i++)
        tell_folder(t, i, cut, keep);
    fprintf(stderr, "\n");
}

/* {"folder": 0, "id": "a1", "blocks": [{"text": ..., "kept": by the gold text, "rules":
 * by the rules, "why": group of their reason, "held": log odds, "known": has a gold}]} */
static void print_held(const struct trainer *t)
{
    for (uint32_t i = 0, p = 0; p < t->sample.count; p++) {
        json_t *page = json_pack("{si ss%}", "folder", (int)t->sample.at[p].folder,
                                 "id", t->sample.at[p].id.ptr, t->sample.at[p].id.len);
        json_t *blocks = json_array();

        for (; i < t->example.count && t->example.at[i].page == p; i++) {
            const struct example *e = &t->example.at[i];

            json_array_append_new(blocks,
                                  json_pack("{ss% sb sb sb si sf}", "text", e->text.ptr,
                                            e->text.len, "known", e->known, "kept",
                                            e->kept, "rules", e->feature[1], "why",
                                            (int)e->feature[0], "held", e->held));
        }
        json_object_set_new(page, "blocks", blocks);
        json_dumpf(page, stdout, JSON_COMPACT | JSON_ENSURE_ASCII);
        putchar('\n');
        json_decref(page);
    }
}

static void cross(struct trainer *t)
{
    for (uint32_t f = 0; f < t->folds; f++) {
        t->out = f;
        grow(t);
        for (uint32_t i = 0; i < t->example.count; i++)
            if (t->example.at[i].fold == f)
                t->example.at[i].held = t->example.at[i].margin;
    }
    tell(t, "rules", -1e9, 1e9);
    tell(t, "held out", SURE_TO_CUT, SURE_TO_KEEP);
    print_held(t);
}

static void read_ids(struct trainer *t, const char *path)
{
    struct str all, line;
    struct err err;

    t->some = true;
    if (!io_read_file(&t->pages.all, path, FILE_LIMIT, &all, &err))
        exit(2);
    while (str_split(&all, '\n', &line))
        if (line.len > 0)
            *table_put(&t->pages.all, &t->ids, line) = 1;
}

int main(int argc, char **argv)
{
    static struct trainer t;
    int i = 1;

    t.pages.read = read_page;
    t.pages.context = &t;
    gold_open(&t.pages);
    if (argc > 2 && strcmp(argv[1], "--ids") == 0) {
        read_ids(&t, argv[2]);
        i = 3;
    }
    gold_read(&t.pages, argv + i, argc - i, &t.folds);
    if (t.folds > 0) {
        cross(&t);
    } else {
        t.out = UINT32_MAX;
        grow(&t);
        print_weights(&t);
    }
    gold_close(&t.pages);
    return 0;
}
