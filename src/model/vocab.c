#include "model/vocab.h"

#include "base/table.h"
#include "model/tags.h"

/* A word needs two sightings for a row of its own. */
#define SEEN_MIN 2
/* A rule seen less often is kept for the words it was seen with. */
#define RULE_MIN 3

struct counted {
    uint64_t key;
    uint32_t count, value;
};

static int by_key(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

static int by_count(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

/* Sorts, and joins what has the same key and value. */
static uint32_t count_up(struct counted *at, uint32_t n)
{
    uint32_t kept = 0;

    qsort(at, n, sizeof *at, by_key);
    for (uint32_t i = 0; i < n; i++)
        if (kept > 0 && by_key(&at[kept - 1], &at[i]) == 0)
            at[kept - 1].count += at[i].count;
        else
            at[kept++] = at[i];
    return kept;
}

static void make_words(struct arena *arena, const struct corpus *trees, struct vocab *v)
{
    struct arena_mark mark;
    struct counted *at;
    uint32_t n = trees->word.count, kept;

    v->words = rows_new(arena, n / 8);
    mark = arena_mark(arena);
    at = NEW(arena, struct counted, n);
    for (uint32_t i = 0; i < n; i++)
        at[i] = (struct counted){ trees->word.at[i].keys.word, 1, 0 };
    kept = count_up(at, n);
    qsort(at, kept, sizeof *at, by_count);
    while (v->known < kept && at[v->known].count >= SEEN_MIN && v->known < n / 8) {
        rows_put(&v->words, (struct rows_slot *)(uintptr_t)v->words.slot,
                 at[v->known].key, v->known);
        v->known++;
    }
    v->rows = v->known + ROWS_SHARED;
    arena_rewind(arena, mark);
}

/* The bytes of a rule as a key of a table. */
static struct str rule_key(struct arena *arena, const struct lemma_rule *rule)
{
    return arena_str(arena,
                     (struct str){ (const char *)(const void *)rule, sizeof *rule });
}

struct rules_seen {
    struct table index; /* key -> index in count */
    struct counted *count;
    struct lemma_rule *rule;
};

static uint32_t see_rule(struct arena *arena, struct rules_seen *seen,
                         const struct lemma_rule *rule)
{
    struct str view = { (const char *)(const void *)rule, sizeof *rule };
    uint32_t *found = table_find(&seen->index, view), i;

    if (found == NULL) {
        i = seen->index.count;
        *table_put(arena, &seen->index, rule_key(arena, rule)) = i;
        seen->count[i] = (struct counted){ i, 0, i };
        seen->rule[i] = *rule;
    } else {
        i = *found;
    }
    seen->count[i].count++;
    return i;
}

/* Numbers the rules by how common they are; order[i] is the number of rule i. */
static void number_rules(struct arena *arena, struct rules_seen *seen, struct vocab *v,
                         uint32_t *order)
{
    uint32_t n = seen->index.count;

    qsort(seen->count, n, sizeof *seen->count, by_count);
    for (uint32_t i = 0; i < n; i++) {
        order[seen->count[i].value] = i;
        if (i >= VOCAB_RULES_MAX)
            continue;
        *PUSH(arena, &v->rule) = seen->rule[seen->count[i].value];
        v->learned += seen->count[i].count >= RULE_MIN;
    }
}

static void make_rules(struct arena *arena, const struct corpus *trees, struct vocab *v,
                       uint32_t *rule_of)
{
    uint32_t n = trees->word.count;
    struct rules_seen seen = { .count = NEW(arena, struct counted, n),
                               .rule = NEW(arena, struct lemma_rule, n) };
    uint32_t *order = NEW(arena, uint32_t, n);

    for (uint32_t i = 0; i < n; i++) {
        struct lemma_rule rule;
        const struct corpus_word *w = &trees->word.at[i];

        rule_of[i] = lemma_rule_for(w->form, w->lemma, &rule)
                         ? see_rule(arena, &seen, &rule)
                         : UINT32_MAX;
    }
    number_rules(arena, &seen, v, order);
    for (uint32_t i = 0; i < n; i++)
        if (rule_of[i] != UINT32_MAX)
            rule_of[i] =
                order[rule_of[i]] < VOCAB_RULES_MAX ? order[rule_of[i]] : UINT32_MAX;
}

/* The commonest rule of each form and part of speech. */
static void make_lemmas(struct arena *arena, const struct corpus *trees,
                        struct vocab *v, const uint32_t *rule_of)
{
    uint32_t n = trees->word.count, used = 0, kept;
    struct counted *at = NEW(arena, struct counted, n);

    for (uint32_t i = 0; i < n; i++)
        if (rule_of[i] != UINT32_MAX)
            at[used++] = (struct counted){
                lemma_key(trees->word.at[i].form, trees->word.at[i].upos), 1, rule_of[i]
            };
    kept = count_up(at, used);
    v->lemmas = rows_new(arena, kept);
    for (uint32_t i = 0; i < kept;) {
        uint32_t best = i, j = i;

        for (; j < kept && at[j].key == at[i].key; j++)
            best = at[j].count > at[best].count ? j : best;
        v->lemma_count +=
            rows_put(&v->lemmas, (struct rows_slot *)(uintptr_t)v->lemmas.slot,
                     at[best].key, at[best].value);
        i = j;
    }
}

void vocab_make(struct arena *arena, const struct corpus *trees, struct vocab *out)
{
    uint32_t *rule_of = NEW(arena, uint32_t, trees->word.count);

    *out = (struct vocab){ 0 };
    make_words(arena, trees, out);
    make_rules(arena, trees, out, rule_of);
    make_lemmas(arena, trees, out, rule_of);
}

static uint16_t find_rule(const struct vocab *v, const struct lemma_rule *rule)
{
    for (uint32_t i = 0; i < v->learned; i++)
        if (memcmp(&v->rule.at[i], rule, sizeof *rule) == 0)
            return (uint16_t)i;
    return UINT16_MAX;
}

void vocab_apply(const struct vocab *v, struct corpus *c)
{
    for (uint32_t i = 0; i < c->word.count; i++) {
        struct corpus_word *w = &c->word.at[i];
        struct lemma_rule rule;

        w->row = rows_find_shared(&v->words, v->known, w->keys.word);
        if (w->upos != CORPUS_NO_TAG && lemma_rule_for(w->form, w->lemma, &rule))
            w->rule = find_rule(v, &rule);
    }
}
