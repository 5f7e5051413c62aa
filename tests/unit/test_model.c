/* The model file and the network at work: damage is refused, kernels agree, trees are
 * trees, sentences of any length are read. */
#include "check.h"
#include "model/layout.h"
#include "model/tree.h"
#include "tiny_model.h"

#define WORDS 1100

static struct str forms[WORDS];
static struct model_word out[2][WORDS];

static void make_forms(struct arena *arena)
{
    static const char *const some[] = { "Troops", "of",           "Arnor", "said",
                                        "3,000",  "\xc3\x89owyn", "\"",    "crossed",
                                        "USA",    "well-known" };
    struct random random = { 5 };

    for (uint32_t i = 0; i < WORDS; i++) {
        const char *form = some[random_below(&random, COUNT(some))];
        char *own = NEW(arena, char, 32);

        snprintf(own, 32, "%s%.0u", form, random_below(&random, 3));
        forms[i] = str_from(own);
    }
}

static bool is_tree(const struct model_word *w, uint32_t n)
{
    uint32_t roots = 0;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = i + 1, steps = 0;

        roots += w[i].head == 0;
        while (at != 0 && at <= n && steps++ <= n)
            at = w[at - 1].head;
        if (at != 0)
            return false;
    }
    return roots == 1;
}

static bool same(const struct model_word *a, const struct model_word *b, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (a[i].upos != b[i].upos || a[i].xpos != b[i].xpos || a[i].rel != b[i].rel ||
            a[i].head != b[i].head || a[i].name != b[i].name ||
            !str_eq(a[i].lemma, b[i].lemma))
            return false;
    return true;
}

static void analyse(struct arena *arena, const struct model *m, const uint32_t *words,
                    uint32_t count, struct model_word *to)
{
    struct model_scratch *scratch = model_scratch_new(arena, m);

    model_analyse(m, scratch, arena, &(struct model_input){ forms, words, count }, to);
}

static void check_kernels(struct arena *arena, struct model *m)
{
    const uint32_t words[] = { 1, 2, 7, 40, 150, 300, 600 };

    m->kernel = &kernel_plain;
    analyse(arena, m, words, COUNT(words), out[0]);
    for (uint32_t k = 0; k < KERNELS; k++) {
        if (kernel_at(k) == NULL)
            continue;
        m->kernel = kernel_at(k);
        memset(out[1], 0, sizeof out[1]);
        analyse(arena, m, words, COUNT(words), out[1]);
        CHECK(same(out[0], out[1], WORDS), "kernel %s differs", m->kernel->name);
    }
    for (uint32_t i = 0, at = 0; i < COUNT(words); at += words[i++])
        CHECK(is_tree(out[0] + at, words[i]), "no tree of %u words", words[i]);
}

/* What is around a sentence must not change it, nor what the cache has seen. */
static void check_alone(struct arena *arena, struct model *m)
{
    const uint32_t together[] = { 30, 20 }, alone[] = { 30 };

    analyse(arena, m, together, 2, out[0]);
    analyse(arena, m, alone, 1, out[1]);
    CHECK(same(out[0], out[1], 30), "a sentence is read otherwise alone");
}

static void check_damage(struct arena *arena, struct str bytes)
{
    struct model m;
    struct err err;
    char *copy = NEW(arena, char, bytes.len + 64);
    struct random random = { 9 };

    for (size_t cut = 0; cut < bytes.len; cut += cut < 300 ? 1 : bytes.len / 50)
        CHECK(!model_open(&m, str_slice(bytes, 0, cut), &err) && err.code == ERR_MODEL,
              "%zu bytes are taken for a model", cut);
    memcpy(copy, bytes.ptr, bytes.len);
    for (int i = 0; i < 400; i++) {
        size_t at = i < 200 ? (size_t)i : random_below(&random, (uint32_t)bytes.len);

        copy[at] = (char)(copy[at] ^ (1 << (i % 8)));
        CHECK(!model_open(&m, (struct str){ copy, bytes.len }, &err),
              "a flipped bit of byte %zu is not seen", at);
        copy[at] = (char)(copy[at] ^ (1 << (i % 8)));
    }
    CHECK(!model_open(&m, (struct str){ copy, bytes.len + 1 }, &err),
          "a byte too many");
    CHECK(model_open(&m, (struct str){ copy, bytes.len }, &err), "%s", err.detail);
}

/* Best heads alone: 1 and 2 hang on each other. The best tree has 1 under the root. */
static void check_cycle(struct arena *arena)
{
    const float score[] = { 5, -1e9f, 9,     1, /* word 1 */
                            1, 9,     -1e9f, 1, /* word 2 */
                            0, 2,     8,     -1e9f };
    uint32_t head[3];

    tree_best(arena, 3, score, 4, head);
    CHECK(head[0] == 0 && head[1] == 1 && head[2] == 2, "%u %u %u", head[0], head[1],
          head[2]);
}

/* Each of three words likes the root best: only one may have it. */
static void check_one_root(struct arena *arena)
{
    const float score[] = { 9, -1e9f, 1, 1, 8, 7, -1e9f, 1, 8, 1, 6, -1e9f };
    uint32_t head[3];

    tree_best(arena, 3, score, 4, head);
    CHECK(head[0] == 0 && head[1] == 1 && head[2] == 2, "%u %u %u", head[0], head[1],
          head[2]);
}

static void check_lemma(struct arena *arena, const char *form, const char *lemma)
{
    struct lemma_rule rule;
    struct str got;

    CHECK(lemma_rule_for(str_from(form), str_from(lemma), &rule), "no rule for %s",
          form);
    got = lemma_apply(arena, &rule, str_from(form));
    CHECK(str_eq(got, str_from(lemma)), "%s -> %.*s", form, STR_ARG(got));
}

/* A rule that would cut a character in two cuts nothing. */
static void check_cut(struct arena *arena)
{
    const struct lemma_rule rule = { .letters = LEMMA_KEEP, .cut = 1 };
    struct str got = lemma_apply(arena, &rule, STR("caf\xc3\xa9"));

    CHECK(str_eq(got, STR("caf\xc3\xa9")), "%.*s", STR_ARG(got));
}

/* "Arnor Bank said Frodo": the second word can't go on a place as an organization. */
static void check_names(void)
{
    float score[4 * NAME_LABELS] = { 0 };
    uint8_t from[4 * NAME_LABELS], label[4];

    score[name_label(NAME_PLACE, NAME_BEGIN)] = 3;
    score[name_label(NAME_ORGANIZATION, NAME_BEGIN)] = 2;
    score[NAME_LABELS + name_label(NAME_ORGANIZATION, NAME_LAST)] = 5;
    score[3 * NAME_LABELS + name_label(NAME_PERSON, NAME_UNIT)] = 1;
    names_best(4, score, NAME_LABELS, from, label);
    CHECK(label[0] == name_label(NAME_ORGANIZATION, NAME_BEGIN), "%u", label[0]);
    CHECK(label[1] == name_label(NAME_ORGANIZATION, NAME_LAST), "%u", label[1]);
    CHECK(label[3] == name_label(NAME_PERSON, NAME_UNIT), "%u", label[3]);
}

static void check_built_in(struct arena *arena)
{
    static const char *const sentence[] = { "Rebels", "killed", "six", "soldiers",
                                            "." };
    const uint32_t words = COUNT(sentence);
    struct model m;
    struct err err = { 0 };

    if (!model_open_built_in(&m, &err))
        return;
    for (uint32_t i = 0; i < words; i++)
        forms[i] = str_from(sentence[i]);
    analyse(arena, &m, &words, 1, out[0]);
    CHECK(out[0][0].head == 2 && out[0][0].rel == DEPREL_NSUBJ, "subject: %u %s",
          out[0][0].head, deprel_name(out[0][0].rel));
    CHECK(out[0][1].head == 0 && out[0][1].upos == UPOS_VERB, "verb: %u",
          out[0][1].head);
    CHECK(str_eq(out[0][1].lemma, STR("kill")), "lemma %.*s", STR_ARG(out[0][1].lemma));
    CHECK(out[0][2].xpos == XPOS_CD && out[0][2].rel == DEPREL_NUMMOD, "number");
    CHECK(out[0][3].head == 2 && out[0][3].rel == DEPREL_OBJ, "object");
}

int main(void)
{
    struct arena arena;
    struct model m;
    struct err err;
    struct str bytes;

    arena_init(&arena, SIZE_MAX);
    make_forms(&arena);
    bytes = tiny_model(&arena, 21);
    check_damage(&arena, bytes);
    CHECK(model_open(&m, bytes, &err), "%s", err.detail);
    check_kernels(&arena, &m);
    check_alone(&arena, &m);
    check_cycle(&arena);
    check_one_root(&arena);
    check_names();
    check_lemma(&arena, "parties", "party");
    check_lemma(&arena, "was", "be");
    check_lemma(&arena, "SYRIANS", "Syrian");
    check_lemma(&arena, "\xc3\x89migr\xc3\xa9s", "\xc3\xa9migr\xc3\xa9");
    check_cut(&arena);
    check_built_in(&arena);
    arena_release(&arena);
    return check_done();
}
