#include "story/vocabulary.h"

#include <math.h>

#include "lex/lex.h"
#include "story/words.h"

#define PRIOR_REPORTS 1000.0F /* as if this many had been read before */
#define PRIOR_USED 1.0F       /* of them that used a word of no list */
#define RETOLD_USED 10.0F     /* of them that used "halt" and the like */
#define SENSE_SLOTS 8192u     /* retold.tsv has some two thousand entries */
#define FIRST_SLOTS 16384u

static void index_terms(struct vocabulary *v)
{
    for (uint32_t id = 0; id < v->count; id++) {
        uint32_t i = v->term[id].key & (v->slots - 1);

        while (v->slot[i])
            i = (i + 1) & (v->slots - 1);
        v->slot[i] = id + 1;
    }
}

/* Moves all that grows into a new arena of the given room. */
static void move(struct vocabulary *v, uint32_t slots)
{
    struct arena old = v->arena;
    struct term *term = v->term;

    arena_init_like(&v->arena, SIZE_MAX, &old);
    v->slots = slots;
    v->cap = slots / 2;
    v->slot = NEW(&v->arena, uint32_t, slots);
    v->term = NEW(&v->arena, struct term, v->cap);
    if (v->count > 0)
        memcpy(v->term, term, v->count * sizeof *term);
    index_terms(v);
    arena_release(&old);
}

struct term *vocabulary_find(const struct vocabulary *v, uint32_t key)
{
    uint32_t i = key & (v->slots - 1);

    for (; v->slot[i]; i = (i + 1) & (v->slots - 1))
        if (v->term[v->slot[i] - 1].key == key)
            return &v->term[v->slot[i] - 1];
    return NULL;
}

struct term *vocabulary_put(struct vocabulary *v, uint32_t key)
{
    struct term *t = vocabulary_find(v, key);
    uint32_t i;

    if (t)
        return t;
    if (v->count == v->cap)
        move(v, v->slots * 2);
    for (i = key & (v->slots - 1); v->slot[i];)
        i = (i + 1) & (v->slots - 1);
    v->term[v->count] = (struct term){ .key = key, .used = PRIOR_USED };
    v->slot[i] = ++v->count;
    return &v->term[v->count - 1];
}

/* The term of a key that was met once before: it leads to the report that had it. */
static struct term *promote(struct vocabulary *v, struct seen seen)
{
    struct term *t = vocabulary_put(v, seen.key);

    t->used += 1;
    if (seen_listed(&seen)) {
        t->list = seen_report(&seen);
        t->listed = 1;
    }
    return t;
}

float vocabulary_count(struct vocabulary *v, uint32_t key)
{
    struct term *t = vocabulary_find(v, key);

    if (!t) {
        struct seen seen = once_take(&v->once, key);

        if (!seen.first) {
            once_put(&v->once, key, v->turn);
            return PRIOR_USED + 1;
        }
        t = promote(v, seen);
    }
    t->used += 1;
    return t->used;
}

struct term *vocabulary_list(struct vocabulary *v, uint32_t key, uint32_t report)
{
    struct term *t = vocabulary_find(v, key);

    if (!t)
        once_list(&v->once, key, report);
    return t;
}

static void put_common(struct vocabulary *v)
{
    for (uint32_t i = 0; i < lex_newswords.entries; i++) {
        const struct lex_entry *e = &lex_newswords.entry[i];
        struct term *t = vocabulary_put(v, word_key(e->key));
        uint64_t rate = 0;

        str_to_u64(e->field[LEX_NEWSWORDS_PER_THOUSAND], &rate);
        t->used = fmaxf(t->used, (float)rate / 1000 * PRIOR_REPORTS);
    }
}

static uint32_t *sense_slot(const struct vocabulary *v, uint32_t key)
{
    uint32_t i = key & (SENSE_SLOTS - 1);

    while (v->sense[i][1] && v->sense[i][0] != key)
        i = (i + 1) & (SENSE_SLOTS - 1);
    return v->sense[i];
}

/* What stands in no list of common words is news words all the same: "halt". */
static void put_retold(struct vocabulary *v)
{
    for (uint32_t i = 0; i < lex_retold.entries && i < SENSE_SLOTS / 2; i++) {
        const struct lex_entry *e = &lex_retold.entry[i];
        uint32_t key = word_key(e->key), *slot = sense_slot(v, key);
        struct term *t = vocabulary_put(v, key);

        slot[0] = key;
        slot[1] = word_key(e->field[LEX_RETOLD_GROUP]);
        t->used = fmaxf(t->used, RETOLD_USED);
    }
}

static void put_weekdays(struct vocabulary *v)
{
    for (uint32_t i = 0; i < lex_weekdays.entries; i++) {
        const struct lex_entry *e = &lex_weekdays.entry[i];
        uint64_t day = WEEK;

        if (str_to_u64(e->field[LEX_WEEKDAYS_NUMBER], &day) && day < WEEK)
            v->weekday[day] = word_key(e->key);
    }
}

uint32_t vocabulary_weekday(const struct vocabulary *v, uint32_t key)
{
    uint32_t day = 0;

    while (day < WEEK && v->weekday[day] != key)
        day++;
    return day;
}

struct vocabulary vocabulary_new(struct arena *arena)
{
    struct vocabulary v = { .limit = TERMS_MAX };

    v.once = once_new_like(arena);
    arena_init_like(&v.arena, SIZE_MAX, arena);
    v.sense = (uint32_t(*)[2])NEW(arena, uint32_t, (size_t)2 * SENSE_SLOTS);
    move(&v, FIRST_SLOTS);
    put_common(&v);
    put_retold(&v);
    put_weekdays(&v);
    return v;
}

void vocabulary_clear(struct vocabulary *v)
{
    v->count = 0;
    v->reports = 0;
    once_release(&v->once);
    v->once = once_new_like(&v->arena);
    move(v, FIRST_SLOTS);
}

void vocabulary_release(struct vocabulary *v)
{
    once_release(&v->once);
    arena_release(&v->arena);
}

float vocabulary_idf_of(const struct vocabulary *v, float used)
{
    return fmaxf(logf((PRIOR_REPORTS + v->reports + 1) / used), 0);
}

float vocabulary_idf(const struct vocabulary *v, uint32_t key)
{
    const struct term *t = vocabulary_find(v, key);
    float once = once_find(&v->once, key) ? PRIOR_USED + 1 : PRIOR_USED;

    return vocabulary_idf_of(v, t ? t->used : once);
}

uint32_t vocabulary_sense(const struct vocabulary *v, uint32_t key)
{
    const uint32_t *slot = sense_slot(v, key);

    return slot[1] ? slot[1] : key;
}

void vocabulary_forget(struct vocabulary *v,
                       bool (*keep)(void *context, const struct term *t), void *context)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < v->count; i++)
        if (v->term[i].used >= 3 + PRIOR_USED || keep(context, &v->term[i])) {
            v->term[kept] = v->term[i];
            v->term[kept].used = fmaxf(v->term[kept].used / 2, PRIOR_USED);
            kept++;
        }
    v->count = kept;
    v->limit = kept > TERMS_MAX / 2 ? kept * 2 : TERMS_MAX;
    v->reports /= 2;
    move(v, v->slots);
}
