/* train-blocks - learns which blocks are article text: writes src/article/score_weights.c.
 *
 *     train-blocks [--ids FILE] FOLDER... > src/article/score_weights.c
 *
 * A folder holds gold.json, { ID: { "articleBody": TEXT } or { "with": [...],
 * "without": [...] } }, and html/ID.html.gz.  A block belongs to the body when most of its
 * runs of four words do.  With --ids only the pages in that list are learnt from.
 * Gradient boosting of full trees of fixed depth, on features of one byte: same
 * files, same weights.
 */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "article/score.h"
#include "base/buf.h"
#include "base/io.h"
#include "base/table.h"
#include "base/utf8.h"

#define PAGE_BUDGET ((size_t)512 << 20)
#define FILE_LIMIT ((size_t)256 << 20)
#define TREES 90
#define RATE 0.16
#define SMOOTH 0.6 /* weight that pulls a leaf to nothing */
#define LEAST 0.6  /* weight that a leaf must have */

struct example {
    uint8_t feature[SCORE_FEATURES];
    bool kept;
    float weight;
    double margin;
    uint32_t leaf;
};

struct trainer {
    struct arena arena, page;
    ARRAY(struct example) example;
    struct table ids;
    bool some; /* only ids */
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

        if (label[i] == UNKNOWN || !rows[(size_t)i * SCORE_FEATURES + SCORE_NEAR])
            continue;
        e = PUSH(&t->arena, &t->example);
        memcpy(e->feature, rows + (size_t)i * SCORE_FEATURES, SCORE_FEATURES);
        e->kept = label[i] == IN_BODY;
        e->weight = whole ? (float)(0.02 + 4 * (share > 0.5 ? 0.5 : share)) : 0.15F;
    }
}

static void read_page(struct trainer *t, const struct source_record *record,
                      const json_t *gold)
{
    static const struct page_hints none = { .title = { NULL, 0 } };
    const char *body = json_string_value(json_object_get(gold, "articleBody"));
    struct blocks blocks;
    enum label *label;
    uint8_t *rows;
    struct page page;
    struct err err;

    arena_reset(&t->page);
    if (!page_from_record(&t->page, record, &none, &page, &err) ||
        page.media != PAGE_HTML || (!body && !json_object_get(gold, "with")))
        return;
    rows = article_features(&t->page, &page, &blocks);
    label = NEW(&t->page, enum label, blocks.block.count + 1);
    if (body)
        label_by_body(&t->page, &blocks, str_from(body), label);
    else
        label_by_segments(&blocks, gold, label);
    add_examples(t, &blocks, rows, label, body != NULL);
}

/* "/x/html/abc.html.gz" -> "abc" */
static struct str id_of(struct str path)
{
    for (size_t i = path.len; i > 0; i--)
        if (path.ptr[i - 1] == '/') {
            path = str_after(path, i);
            break;
        }
    if (str_ends(path, STR(".gz")))
        path.len -= 3;
    if (str_ends(path, STR(".html")))
        path.len -= 5;
    return path;
}

static void read_folder(struct trainer *t, const char *folder)
{
    struct buf gold = buf_new(&t->arena, 4096), html = buf_new(&t->arena, 4096);
    struct source_options options = { .record_limit = FILE_LIMIT };
    struct source_record record;
    const char *names[1];
    struct source *s;
    enum source_step step;
    json_t *all;
    struct err err;

    buf_printf(&gold, "%s/gold.json%c", folder, '\0');
    buf_printf(&html, "%s/html%c", folder, '\0');
    all = json_load_file(gold.ptr, 0, NULL);
    names[0] = html.ptr;
    s = source_open(&t->arena, names, 1, &options);
    while ((step = source_next(s, &t->page, &record, &err)) != SOURCE_END) {
        struct str id = arena_str(&t->arena, id_of(record.input));
        const json_t *g = json_object_get(all, id.ptr);

        if (step == SOURCE_RECORD && g && (!t->some || table_find(&t->ids, id))) {
            record.bytes = arena_str(&t->arena, record.bytes);
            read_page(t, &record, g);
        }
        arena_reset(&t->page);
    }
    source_close(s);
    json_decref(all);
}

/* ---- boosting ---- */

struct split_sum {
    double gradient, weight;
};

static double gain(double gradient, double weight)
{
    return gradient * gradient / (weight + SMOOTH);
}

/* The best feature and limit for the examples of a node. */
static void best_split(const struct trainer *t, uint32_t node, struct score_tree *tree)
{
    static struct split_sum bin[SCORE_FEATURES][256];
    double best = 1e-6;

    memset(bin, 0, sizeof bin);
    tree->feature[node] = 0;
    tree->limit[node] = 255;
    for (uint32_t i = 0; i < t->example.count; i++) {
        const struct example *e = &t->example.at[i];
        double p = 1 / (1 + exp(-e->margin));

        if (e->leaf != node)
            continue;
        for (uint32_t f = 0; f < SCORE_FEATURES; f++) {
            bin[f][e->feature[f]].gradient += e->weight * ((double)e->kept - p);
            bin[f][e->feature[f]].weight += e->weight * p * (1 - p);
        }
    }
    for (uint32_t f = 0; f < SCORE_FEATURES; f++) {
        double g = 0, w = 0, all_g = 0, all_w = 0;

        for (int v = 0; v < 256; v++) {
            all_g += bin[f][v].gradient;
            all_w += bin[f][v].weight;
        }
        for (int v = 0; v < 255; v++) {
            double more;

            g += bin[f][v].gradient;
            w += bin[f][v].weight;
            if (w < LEAST || all_w - w < LEAST)
                continue;
            more = gain(g, w) + gain(all_g - g, all_w - w) - gain(all_g, all_w);
            if (more > best) {
                best = more;
                tree->feature[node] = (uint8_t)f;
                tree->limit[node] = (uint8_t)v;
            }
        }
    }
}

static void send_down(struct trainer *t, uint32_t node, const struct score_tree *tree)
{
    for (uint32_t i = 0; i < t->example.count; i++) {
        struct example *e = &t->example.at[i];

        if (e->leaf == node)
            e->leaf =
                2 * node + 1 + (e->feature[tree->feature[node]] > tree->limit[node]);
    }
}

static void fill_leaves(struct trainer *t, struct score_tree *tree)
{
    struct split_sum sum[SCORE_LEAVES] = { { 0, 0 } };

    for (uint32_t i = 0; i < t->example.count; i++) {
        const struct example *e = &t->example.at[i];
        double p = 1 / (1 + exp(-e->margin));

        sum[e->leaf - SCORE_INNER].gradient += e->weight * ((double)e->kept - p);
        sum[e->leaf - SCORE_INNER].weight += e->weight * p * (1 - p);
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
    for (uint32_t n = 0; n < TREES; n++) {
        struct score_tree *tree = &t->tree[n];

        for (uint32_t i = 0; i < t->example.count; i++)
            t->example.at[i].leaf = 0;
        for (uint32_t node = 0; node < SCORE_INNER; node++) {
            best_split(t, node, tree);
            send_down(t, node, tree);
        }
        fill_leaves(t, tree);
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

static void tell(const struct trainer *t)
{
    double all = 0, wrong = 0, rules = 0;

    for (uint32_t i = 0; i < t->example.count; i++) {
        const struct example *e = &t->example.at[i];

        all += e->weight;
        wrong += (e->margin > 0) != e->kept ? e->weight : 0;
        rules += (e->feature[1] != 0) != e->kept ? e->weight : 0;
    }
    fprintf(stderr, "%u blocks; wrong %.2f %% (rules %.2f %%)\n", t->example.count,
            100 * wrong / all, 100 * rules / all);
}

static void read_ids(struct trainer *t, const char *path)
{
    struct str all, line;
    struct err err;

    t->some = true;
    if (!io_read_file(&t->arena, path, FILE_LIMIT, &all, &err))
        exit(2);
    while (str_split(&all, '\n', &line))
        if (line.len > 0)
            *table_put(&t->arena, &t->ids, line) = 1;
}

int main(int argc, char **argv)
{
    static struct trainer t;
    int i = 1;

    arena_init(&t.arena, SIZE_MAX);
    arena_init(&t.page, PAGE_BUDGET);
    if (argc > 2 && strcmp(argv[1], "--ids") == 0) {
        read_ids(&t, argv[2]);
        i = 3;
    }
    for (; i < argc; i++)
        read_folder(&t, argv[i]);
    grow(&t);
    tell(&t);
    print_weights(&t);
    arena_release(&t.page);
    arena_release(&t.arena);
    return 0;
}
