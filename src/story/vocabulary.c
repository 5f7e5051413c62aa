#include "story/vocabulary.h"

#include <math.h>

#include "lex/lex.h"
#include "story/words.h"

#define PRIOR_REPORTS 1000.0F /* as if this many had been read before */
#define RETOLD_SHARE 0.01F    /* of reports that use "halt" and the like */
#define PRIOR_SHARE 0.001F    /* of reports that use a word of no list */

static void rehash(struct vocabulary *v)
{
    uint32_t slots = v->slots * 2;

    v->slot = NEW(v->arena, uint32_t, slots);
    v->slots = slots;
    for (uint32_t id = 0; id < v->count; id++) {
        uint32_t i = v->term[id].key & (slots - 1);

        while (v->slot[i])
            i = (i + 1) & (slots - 1);
        v->slot[i] = id + 1;
    }
}

uint32_t vocabulary_put(struct vocabulary *v, uint32_t key)
{
    uint32_t i = key & (v->slots - 1);

    for (; v->slot[i]; i = (i + 1) & (v->slots - 1))
        if (v->term[v->slot[i] - 1].key == key)
            return v->slot[i] - 1;
    if (v->count == v->cap)
        v->term = arena_grow(v->arena, v->term, &v->cap, sizeof *v->term);
    v->term[v->count++] =
        (struct term){ .key = key, .sense = key, .prior = PRIOR_SHARE };
    v->slot[i] = v->count;
    if (v->count > v->slots / 2)
        rehash(v);
    return v->count - 1;
}

const struct term *vocabulary_find(const struct vocabulary *v, uint32_t key)
{
    uint32_t i = key & (v->slots - 1);

    for (; v->slot[i]; i = (i + 1) & (v->slots - 1))
        if (v->term[v->slot[i] - 1].key == key)
            return &v->term[v->slot[i] - 1];
    return NULL;
}

static void put_common(struct vocabulary *v)
{
    for (uint32_t i = 0; i < lex_newswords.entries; i++) {
        const struct lex_entry *e = &lex_newswords.entry[i];
        uint32_t id = vocabulary_put(v, word_key(e->key));
        uint64_t rate = 0;

        str_to_u64(e->field[LEX_NEWSWORDS_PER_THOUSAND], &rate);
        if ((float)rate / 1000 > v->term[id].prior)
            v->term[id].prior = (float)rate / 1000;
    }
}

/* What stands in no list of common words is news words all the same: "halt". */
static void put_retold(struct vocabulary *v)
{
    for (uint32_t i = 0; i < lex_retold.entries; i++) {
        const struct lex_entry *e = &lex_retold.entry[i];
        uint32_t id = vocabulary_put(v, word_key(e->key));

        v->term[id].sense = word_key(e->field[LEX_RETOLD_GROUP]);
        if (v->term[id].prior < RETOLD_SHARE)
            v->term[id].prior = RETOLD_SHARE;
    }
}

struct vocabulary vocabulary_new(struct arena *arena)
{
    struct vocabulary v = { .arena = arena, .slots = 1 << 13 };

    v.slot = NEW(arena, uint32_t, v.slots);
    put_common(&v);
    put_retold(&v);
    return v;
}

void vocabulary_weigh(struct vocabulary *v, uint32_t reports)
{
    for (uint32_t id = 0; id < v->count; id++) {
        struct term *t = &v->term[id];
        float used = (float)t->reports + PRIOR_REPORTS * t->prior;

        t->idf = logf((PRIOR_REPORTS + (float)reports + 1) / used);
        if (t->idf < 0)
            t->idf = 0;
    }
}
