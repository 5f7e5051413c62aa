/* train-titles - learns which candidate is the headline: writes src/article/title_weights.c.
 *
 *     train-titles FOLDER... > src/article/title_weights.c
 *     train-titles --folds N FOLDER...
 *
 * A folder holds gold.json, { ID: { "title": TEXT, "url": ... } }, and html/ID.html.gz; pages
 * without a title are passed over.  With --folds nothing is learnt for good: each site's
 * pages are told by weights that never saw one of them, and how many titles of each folder
 * are right is told on standard error.  Case, blanks and marks don't count.
 * The chance of a candidate is its share of exp(score) among those of its page; a page
 * none of whose candidates is right is not learnt from.  Gradient steps over all pages,
 * from nothing: same files, same weights.
 */
#include <math.h>
#include <stdlib.h>

#include "article/meta.h"
#include "gold_pages.h"

#define ROUNDS 150
#define RATE 0.5
#define PULL 2.0 /* of a weight back to nothing; chosen by sites held out */

struct sample {
    struct title_candidate *at;
    bool *right;
    uint32_t count, folder, fold;
    bool any; /* one is right */
};

struct trainer {
    struct gold_reader pages;
    ARRAY(struct sample) sample;
    uint32_t folds, out;
    double w[TITLE_FEATURES];
};

static bool same_title(const struct title_candidate *c, struct str gold)
{
    char bare[sizeof c->bare];
    size_t len = title_bare(gold, bare, sizeof bare);

    return len == c->len && memcmp(bare, c->bare, len) == 0;
}

static void read_page(void *context, const struct gold_page *p)
{
    struct trainer *t = context;
    struct arena *arena = &t->pages.all;
    const char *gold = json_string_value(json_object_get(p->gold, "title"));
    struct titles titles;
    struct sample *s;

    if (!gold || !*gold)
        return;
    titles = article_titles(arena, &p->page);
    s = PUSH(arena, &t->sample);
    s->folder = p->folder;
    s->fold = gold_fold(p->gold, t->folds);
    s->at = NEW(arena, struct title_candidate, TITLE_CANDIDATES);
    s->count = title_candidates(&titles, s->at);
    s->right = NEW(arena, bool, s->count + 1);
    for (uint32_t i = 0; i < s->count; i++) {
        s->right[i] = same_title(&s->at[i], str_from(gold));
        s->any |= s->right[i];
    }
}

static double score(const struct trainer *t, const struct title_candidate *c)
{
    double sum = 0;

    for (uint32_t f = 0; f < TITLE_FEATURES; f++)
        sum += t->w[f] * c->feature[f] / 100;
    return sum;
}

/* Adds what the loss of a page says of each weight. */
static void add_slope(const struct trainer *t, const struct sample *s, double *slope)
{
    double chance[TITLE_CANDIDATES], most = -INFINITY, all = 0, right = 0;

    for (uint32_t i = 0; i < s->count; i++) {
        chance[i] = score(t, &s->at[i]);
        most = fmax(most, chance[i]);
    }
    for (uint32_t i = 0; i < s->count; i++) {
        chance[i] = exp(chance[i] - most);
        all += chance[i];
        right += s->right[i] ? chance[i] : 0;
    }
    for (uint32_t i = 0; i < s->count; i++) {
        double d = chance[i] / all - (s->right[i] ? chance[i] / right : 0);

        for (uint32_t f = 0; f < TITLE_FEATURES; f++)
            slope[f] += d * s->at[i].feature[f] / 100;
    }
}

static void learn(struct trainer *t)
{
    double square[TITLE_FEATURES] = { 0 }, slope[TITLE_FEATURES];

    memset(t->w, 0, sizeof t->w);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        for (uint32_t f = 0; f < TITLE_FEATURES; f++)
            slope[f] = PULL * t->w[f];
        for (uint32_t i = 0; i < t->sample.count; i++)
            if (t->sample.at[i].any && t->sample.at[i].fold != t->out)
                add_slope(t, &t->sample.at[i], slope);
        for (uint32_t f = 0; f < TITLE_FEATURES; f++) {
            square[f] += slope[f] * slope[f];
            t->w[f] -= RATE * slope[f] / sqrt(square[f] + 1e-4);
        }
    }
}

static bool is_right(const struct trainer *t, const struct sample *s)
{
    uint32_t best = 0;

    for (uint32_t i = 1; i < s->count; i++)
        if (score(t, &s->at[i]) > score(t, &s->at[best]))
            best = i;
    return s->count > 0 && s->right[best];
}

/* Counts the right ones of a fold, or of all pages. */
static void count_right(const struct trainer *t, uint32_t fold, uint32_t *right)
{
    for (uint32_t i = 0; i < t->sample.count; i++)
        if (fold == UINT32_MAX || t->sample.at[i].fold == fold)
            right[t->sample.at[i].folder] += is_right(t, &t->sample.at[i]);
}

static void tell(const struct trainer *t, const char *name, const uint32_t *right)
{
    fprintf(stderr, "%-10s", name);
    for (uint32_t k = 0; k < t->pages.folders; k++) {
        uint32_t all = 0;

        for (uint32_t i = 0; i < t->sample.count; i++)
            all += t->sample.at[i].folder == k;
        fprintf(stderr, "  %u of %u (%.1f)", right[k], all, 100.0 * right[k] / all);
    }
    fprintf(stderr, "\n");
}

static void cross(struct trainer *t)
{
    uint32_t right[GOLD_FOLDERS] = { 0 };

    for (t->out = 0; t->out < t->folds; t->out++) {
        learn(t);
        count_right(t, t->out, right);
    }
    tell(t, "held out", right);
}

static void print_weights(const struct trainer *t)
{
    printf("/* title_weights.c - made by tools/train-titles; not edited by hand. */\n"
           "#include \"article/title.h\"\n\n/* clang-format off */\n"
           "const int16_t title_weights[TITLE_FEATURES] = {");
    for (uint32_t f = 0; f < TITLE_FEATURES; f++)
        printf("%s%ld,", f % 12 == 0 ? "\n    " : " ",
               lrint(fmin(fmax(t->w[f], -30), 30) * 1000));
    puts("\n};\n/* clang-format on */");
}

static void learn_all(struct trainer *t)
{
    uint32_t right[GOLD_FOLDERS] = { 0 };

    t->out = UINT32_MAX;
    learn(t);
    count_right(t, UINT32_MAX, right);
    tell(t, "learnt", right);
    print_weights(t);
}

int main(int argc, char **argv)
{
    static struct trainer t;

    t.pages.read = read_page;
    t.pages.context = &t;
    gold_open(&t.pages);
    gold_read(&t.pages, argv + 1, argc - 1, &t.folds);
    if (t.folds > 0)
        cross(&t);
    else
        learn_all(&t);
    gold_close(&t.pages);
    return 0;
}
