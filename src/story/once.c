#include "story/once.h"

#include <stdlib.h>

static struct once table_of(uint32_t slots, const struct arena *like)
{
    struct once o = { .slots = slots };

    arena_init_like(&o.arena, SIZE_MAX, like);
    o.seen = NEW(&o.arena, struct seen, slots);
    return o;
}

struct once once_new(void)
{
    return once_new_like(NULL);
}

struct once once_new_like(const struct arena *like)
{
    return table_of(ONCE_SLOTS_FIRST, like);
}

void once_release(struct once *o)
{
    arena_release(&o->arena);
}

/* Where the term is, or would be. */
static uint32_t slot_of(const struct once *o, uint32_t key)
{
    uint32_t i = key & (o->slots - 1);

    while (o->seen[i].first && o->seen[i].key != key)
        i = (i + 1) & (o->slots - 1);
    return i;
}

struct seen *once_find(const struct once *o, uint32_t key)
{
    struct seen *s = &o->seen[slot_of(o, key)];

    return s->first ? s : NULL;
}

static void push(struct once *o, struct seen s)
{
    o->seen[slot_of(o, s.key)] = s;
    o->count++;
}

/* The report that half of the terms are younger than, more or less. */
static uint32_t middle(const struct once *o)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < o->slots; i++)
        sum += o->seen[i].first;
    return (uint32_t)(sum / o->count);
}

/* Into a table of so many slots, without the terms older than that. */
static void move(struct once *o, uint32_t slots, uint32_t oldest)
{
    struct once moved = table_of(slots, &o->arena);

    for (uint32_t i = 0; i < o->slots; i++)
        if (o->seen[i].first > oldest)
            push(&moved, o->seen[i]);
    once_release(o);
    *o = moved;
}

void once_put(struct once *o, uint32_t key, uint32_t report)
{
    if (o->count >= ONCE_MAX)
        move(o, o->slots, middle(o));
    else if (o->count >= o->slots / 4 * 3)
        move(o, o->slots * 2, 0);
    push(o, (struct seen){ key, 2 * (1 + report) });
}

void once_list(struct once *o, uint32_t key, uint32_t report)
{
    if (!once_find(o, key))
        once_put(o, key, report);
    once_find(o, key)->first = 2 * (1 + report) + 1;
}

/* Closes the gap at i: what stands behind it and wanted to stand before comes forward. */
static void close_gap(struct once *o, uint32_t i)
{
    uint32_t mask = o->slots - 1;

    for (uint32_t j = (i + 1) & mask; o->seen[j].first; j = (j + 1) & mask) {
        uint32_t home = o->seen[j].key & mask;

        if (((j - home) & mask) >= ((j - i) & mask)) {
            o->seen[i] = o->seen[j];
            i = j;
        }
    }
    o->seen[i] = (struct seen){ 0, 0 };
}

struct seen once_take(struct once *o, uint32_t key)
{
    uint32_t i = slot_of(o, key);
    struct seen taken = o->seen[i];

    if (taken.first) {
        close_gap(o, i);
        o->count--;
    }
    return taken;
}

static int by_key(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;

    return (x->key > y->key) - (x->key < y->key);
}

struct seen *once_sorted(struct arena *arena, const struct once *o)
{
    struct seen *all = NEW(arena, struct seen, o->count + 1);
    uint32_t n = 0;

    for (uint32_t i = 0; i < o->slots; i++)
        if (o->seen[i].first)
            all[n++] = o->seen[i];
    qsort(all, n, sizeof *all, by_key);
    return all;
}
