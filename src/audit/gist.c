#include "audit/gist.h"

#include "story/words.h"

#define CLIMB_MAX 64    /* steps up a tree */
#define WEIGHT_MAX 7.0F /* a name of its own kind isn't worth a whole sentence */

uint32_t token_from(const struct text *t, uint32_t byte)
{
    uint32_t low = 0, high = t->token.count;

    while (low < high) {
        uint32_t mid = (low + high) / 2;

        if (t->token.at[mid].end <= byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool tells(const struct token *t)
{
    switch ((enum upos)t->upos) {
    case UPOS_NOUN:
    case UPOS_PROPN:
    case UPOS_VERB:
    case UPOS_ADJ:
    case UPOS_X: return true;
    case UPOS_ADV: return t->lower.len > 3;
    case UPOS_ADP:
    case UPOS_AUX:
    case UPOS_CCONJ:
    case UPOS_DET:
    case UPOS_INTJ:
    case UPOS_NUM:
    case UPOS_PART:
    case UPOS_PRON:
    case UPOS_PUNCT:
    case UPOS_SCONJ:
    case UPOS_SYM:
    case UPOS_COUNT: break;
    }
    return false;
}

static bool negates(const struct token *t)
{
    return str_in(t->lower, "not|n't|n’t|never|nobody|none|neither|nor|nothing");
}

static uint32_t key_of(const struct token *t)
{
    return word_key(t->lemma.len > 0 ? t->lemma : t->lower);
}

uint32_t gist_key(const struct vocabulary *v, const struct token *t)
{
    return vocabulary_sense(v, key_of(t));
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

void gist_learn(struct arena *arena, struct vocabulary *v, const struct text *t)
{
    uint32_t *key = NEW(arena, uint32_t, t->token.count + 1), n = 0;

    for (uint32_t i = 0; i < t->token.count; i++)
        if (tells(&t->token.at[i]))
            key[n++] = key_of(&t->token.at[i]);
    qsort(key, n, sizeof *key, by_number);
    for (uint32_t i = 0; i < n; i++)
        if (i == 0 || key[i] != key[i - 1])
            vocabulary_count(v, key[i]);
    v->reports++;
}

static int by_key(const void *a, const void *b)
{
    const struct gist_sense *x = a, *y = b;

    return (x->key > y->key) - (x->key < y->key);
}

static void add(struct arena *arena, const struct vocabulary *v, const struct token *t,
                struct gist *g)
{
    float weight;

    g->negated ^= negates(t);
    if (!tells(t))
        return;
    weight = vocabulary_idf(v, key_of(t));
    *PUSH(arena, &g->sense) =
        (struct gist_sense){ gist_key(v, t),
                             weight < WEIGHT_MAX ? weight : WEIGHT_MAX };
}

static void finish(struct gist *g)
{
    uint32_t kept = 0;

    if (g->sense.count == 0)
        return;
    qsort(g->sense.at, g->sense.count, sizeof *g->sense.at, by_key);
    for (uint32_t i = 0; i < g->sense.count; i++)
        if (kept == 0 || g->sense.at[kept - 1].key != g->sense.at[i].key) {
            g->weight += g->sense.at[i].weight;
            g->sense.at[kept++] = g->sense.at[i];
        }
    g->sense.count = kept;
}

struct gist gist_of_span(struct arena *arena, const struct vocabulary *v,
                         const struct text *t, uint32_t start, uint32_t end)
{
    struct gist g = { .weight = 0 };

    for (uint32_t i = token_from(t, start);
         i < t->token.count && t->token.at[i].start < end; i++)
        add(arena, v, &t->token.at[i], &g);
    finish(&g);
    return g;
}

uint32_t clause_verb(const struct text *t, uint32_t token)
{
    for (uint32_t steps = 0; token < t->token.count && steps < CLIMB_MAX; steps++) {
        if (t->token.at[token].upos == UPOS_VERB)
            return token;
        token = t->token.at[token].head;
    }
    return TOKEN_NONE;
}

struct gist gist_of_clause(struct arena *arena, const struct vocabulary *v,
                           const struct text *t, uint32_t token)
{
    const struct sentence *s = &t->sentence.at[t->token.at[token].sentence];
    uint32_t verb = clause_verb(t, token);
    struct gist g = { .weight = 0 };

    if (verb == TOKEN_NONE)
        return gist_of_span(arena, v, t, s->start, s->end);
    for (uint32_t i = s->first; i < s->first + s->tokens; i++)
        if (clause_verb(t, i) == verb)
            add(arena, v, &t->token.at[i], &g);
    finish(&g);
    return g;
}

float gist_within(const struct gist *a, const struct gist *b)
{
    float both = 0;

    for (uint32_t i = 0, j = 0; i < a->sense.count && j < b->sense.count;)
        if (a->sense.at[i].key < b->sense.at[j].key)
            i++;
        else if (a->sense.at[i].key > b->sense.at[j].key)
            j++;
        else {
            both += a->sense.at[i++].weight;
            j++;
        }
    return a->weight > 0 ? both / a->weight : 0;
}
