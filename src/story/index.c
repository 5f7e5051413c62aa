#include "story/index.h"

#include <math.h>

#include "story/sorter.h"

#define FIRST_POOL 4096u
#define COMMON 8 /* reports that use a term for each that its list has room for */

struct ranked {
    uint32_t id;
    float weight;
};

static int heaviest(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

/* The size of the list that holds count reports, as a power of two. */
static uint32_t size_bits(uint32_t count)
{
    uint32_t bits = 0;

    while ((1u << bits) < count)
        bits++;
    return bits;
}

struct index index_new(struct arena *arena)
{
    struct index x = { .used = 0 };

    arena_init_like(&x.arena, SIZE_MAX, arena);
    x.cap = FIRST_POOL;
    x.pool = NEW(&x.arena, uint32_t, x.cap);
    x.touched = NEW(arena, struct touched, TOUCHED_SLOTS);
    x.order = NEW(arena, uint32_t, TOUCHED_SLOTS);
    return x;
}

void index_release(struct index *x)
{
    arena_release(&x->arena);
}

static void grow_pool(struct index *x)
{
    struct arena old = x->arena;
    uint32_t *pool = x->pool;

    arena_init_like(&x->arena, SIZE_MAX, &old);
    x->pool = NEW(&x->arena, uint32_t, (size_t)x->cap * 2);
    memcpy(x->pool, pool, x->used * sizeof *pool);
    x->cap *= 2;
    arena_release(&old);
}

/* Where a list of 2^bits reports has room. */
static uint32_t take_room(struct index *x, uint32_t bits)
{
    uint32_t at = x->spare[bits];

    if (at) {
        x->spare[bits] = x->pool[at - 1];
        return at - 1;
    }
    if (x->used + (1u << bits) > x->cap)
        grow_pool(x);
    at = x->used;
    x->used += 1u << bits;
    return at;
}

static void give_room(struct index *x, uint32_t at, uint32_t bits)
{
    x->pool[at] = x->spare[bits];
    x->spare[bits] = at + 1;
}

const uint32_t *index_reports(const struct index *x, const struct term *t)
{
    return t->listed == 1 ? &t->list : &x->pool[t->list];
}

bool index_take_list(struct index *x, struct term *t, uint32_t count)
{
    if (count > LIST_MAX)
        return false;
    t->listed = (uint8_t)count;
    if (count > 1)
        t->list = take_room(x, size_bits(count));
    return true;
}

static void drop_list(struct index *x, struct term *t)
{
    if (t->listed > 1)
        give_room(x, t->list, size_bits(t->listed));
    t->listed = t->next = 0;
}

static void add_to_list(struct index *x, struct term *t, uint32_t report)
{
    uint32_t bits = size_bits(t->listed), old = t->list;

    if (t->listed == LIST_MAX) {
        x->pool[t->list + t->next] = report;
        t->next = (uint8_t)((t->next + 1) % LIST_MAX);
        return;
    }
    if (t->listed == 0) {
        t->list = report;
    } else if (t->listed == 1u << bits) {
        uint32_t to = take_room(x, bits + 1);

        memcpy(&x->pool[to], t->listed == 1 ? &old : &x->pool[old],
               t->listed * sizeof old);
        if (t->listed > 1)
            give_room(x, old, bits);
        t->list = to;
    }
    if (t->listed > 0)
        x->pool[t->list + t->listed] = report;
    t->listed++;
}

/* The weight of a term in the search: more in the opening and when repeated. */
static float search_weight(const struct mark *m)
{
    float w =
        mark_idf(m) * (mark_lead(m) ? 1.5F : 1.0F) * (mark_body(m) > 1 ? 1.4F : 1.0F);

    return mark_flags(m) & MARK_NAME ? w * 1.2F : w;
}

static uint32_t touch(const struct index *x, uint32_t touched, uint32_t report,
                      float weight)
{
    uint32_t i = report * 2654435761u >> 18;

    while (x->touched[i].report && x->touched[i].report != report + 1)
        i = (i + 1) & (TOUCHED_SLOTS - 1);
    if (!x->touched[i].report) {
        x->touched[i] = (struct touched){ report + 1, 0 };
        x->order[touched++] = i;
    }
    x->touched[i].sum += weight;
    return touched;
}

/* Reports months apart seldom tell of one happening. */
static float nearness(const struct view *a, const struct view *b)
{
    if (a->day == DATE_NONE || b->day == DATE_NONE)
        return 0.6F;
    return 0.3F + 0.7F * expf(-fabsf(a->hour - b->hour) / 20);
}

/* Puts r in its place among the best so far. */
static uint32_t keep_best(struct ranked *best, uint32_t n, uint32_t most,
                          struct ranked r)
{
    uint32_t i = n;

    if (n == most && heaviest(&r, &best[n - 1]) > 0)
        return n;
    if (n < most)
        n++;
    else
        i--;
    for (; i > 0 && heaviest(&r, &best[i - 1]) < 0; i--)
        best[i] = best[i - 1];
    best[i] = r;
    return n;
}

/* Whether a term leads to whatever came last, not to what is like. */
static bool is_common(const struct term *t)
{
    return t->listed == LIST_MAX && t->used > COMMON * LIST_MAX;
}

uint32_t index_find(const struct sorter *s, const struct view *view,
                    struct candidate out[CANDIDATES])
{
    const struct index *x = &s->index;
    struct ranked best[CANDIDATES];
    uint32_t touched = 0, n = 0;
    uint32_t most = view->words < HEADLINE_WORDS ? CANDIDATES : TEXT_CANDIDATES;

    for (uint32_t k = 0; k < view->marks; k++) {
        const struct term *t = vocabulary_find(&s->vocabulary, view->mark[k].key);
        const uint32_t *at = t ? index_reports(x, t) : NULL;
        float weight = search_weight(&view->mark[k]);

        if (!t || is_common(t))
            continue;
        for (uint32_t i = 0; i < t->listed; i++)
            touched = touch(x, touched, at[i], weight * weight);
    }
    for (uint32_t k = 0; k < touched; k++) {
        struct touched *e = &x->touched[x->order[k]];
        struct ranked r = { e->report - 1, e->sum };

        e->report = 0;
        /* Time only makes it less: most need no look at the report itself. */
        if (n == most && r.weight < best[n - 1].weight)
            continue;
        r.weight *= nearness(view, &sorter_slip(s, r.id)->view);
        n = keep_best(best, n, most, r);
    }
    for (uint32_t i = 0; i < n; i++)
        out[i] = (struct candidate){ best[i].id, 0 };
    return n;
}

void index_list(struct sorter *s, const struct view *view, uint32_t report)
{
    for (uint32_t k = 0; k < view->marks; k++) {
        struct term *t = vocabulary_list(&s->vocabulary, view->mark[k].key, report);

        if (t)
            add_to_list(&s->index, t, report);
    }
}

static void remove_from_list(struct index *x, struct term *t, uint32_t report)
{
    uint32_t kept[LIST_MAX], n = 0, listed = t->listed;
    const uint32_t *at = index_reports(x, t);

    for (uint32_t i = 0; i < listed; i++) {
        uint32_t r = at[(t->next + i) % listed];

        if (r != report)
            kept[n++] = r;
    }
    if (n == listed)
        return;
    drop_list(x, t);
    for (uint32_t i = 0; i < n; i++)
        add_to_list(x, t, kept[i]);
}

void index_unlist(struct sorter *s, uint32_t key, uint32_t report)
{
    struct term *t = vocabulary_find(&s->vocabulary, key);

    if (t) {
        remove_from_list(&s->index, t, report);
    } else {
        const struct seen *seen = once_find(&s->vocabulary.once, key);

        if (seen && seen_listed(seen) && seen_report(seen) == report)
            (void)once_take(&s->vocabulary.once, key);
    }
}

/* A term that nobody used in the later half of the reports is forgotten. */
static bool keep_term(void *context, const struct term *t)
{
    struct sorter *s = context;
    struct term gone = *t;
    const uint32_t *at = index_reports(&s->index, t);

    for (uint32_t i = 0; i < t->listed; i++)
        if (at[i] >= s->reports / 2)
            return true;
    drop_list(&s->index, &gone);
    return false;
}

void index_forget(struct sorter *s)
{
    vocabulary_forget(&s->vocabulary, keep_term, s);
}
