#include "story/copies.h"

#define GRAM 5
#define WINDOW 7        /* neighbours of which the least gram is kept */
#define POSTINGS_MAX 64 /* reports that one gram leads to */
#define FURNITURE_STORIES 3
#define CANDIDATES 12
#define SHARED_MIN 2   /* grams that a pair must share to be compared */
#define SHARE_MIN 0.04 /* less is a phrase in common */
#define OWN_WORDS_MIN 12

/* ---- index ---- */

static void rehash(struct gram_index *x)
{
    x->slots *= 2;
    x->slot = NEW(x->arena, uint32_t, x->slots);
    for (uint32_t g = 0; g < x->gram.count; g++) {
        uint32_t i = x->gram.at[g].key & (x->slots - 1);

        while (x->slot[i])
            i = (i + 1) & (x->slots - 1);
        x->slot[i] = g + 1;
    }
}

static uint32_t find(const struct gram_index *x, uint32_t key)
{
    uint32_t i = key & (x->slots - 1);

    while (x->slot[i] && x->gram.at[x->slot[i] - 1].key != key)
        i = (i + 1) & (x->slots - 1);
    return i;
}

static void index_add(struct gram_index *x, uint32_t key, uint32_t report)
{
    uint32_t i = find(x, key);
    struct gram *g;
    struct posting *p;

    if (!x->slot[i]) {
        *PUSH(x->arena, &x->gram) = (struct gram){ .key = key };
        x->slot[i] = x->gram.count;
    }
    g = &x->gram.at[x->slot[i] - 1];
    if (g->count >= POSTINGS_MAX ||
        (g->last && x->posting.at[g->last - 1].report == report))
        return;
    p = PUSH(x->arena, &x->posting);
    *p = (struct posting){ report, g->last };
    g->last = x->posting.count;
    g->count++;
    if (x->gram.count > x->slots / 2)
        rehash(x);
}

static uint32_t gram_key(const struct words *w, uint32_t at)
{
    uint32_t key = w->at[at].key;

    for (uint32_t i = 1; i < GRAM; i++)
        key = word_pair_key(key, w->at[at + i].key);
    return key;
}

struct kept {
    uint32_t key, at; /* at: index of the gram's first word */
};

/* The grams that winnowing keeps: the least of each window, the last of equals. */
static uint32_t winnow(struct arena *arena, const struct words *w, struct kept **out)
{
    uint32_t grams = w->count >= GRAM ? w->count - GRAM + 1 : 0, n = 0;
    uint32_t *key = NEW(arena, uint32_t, grams + 1), least = UINT32_MAX;

    *out = NEW(arena, struct kept, grams + 1);
    for (uint32_t i = 0; i < grams; i++)
        key[i] = gram_key(w, i);
    for (uint32_t end = 1; end <= grams; end++) {
        uint32_t first = end > WINDOW ? end - WINDOW : 0;

        if (least == UINT32_MAX || least < first) {
            least = first;
            for (uint32_t i = first; i < end; i++)
                if (key[i] <= key[least])
                    least = i;
        } else if (key[end - 1] <= key[least]) {
            least = end - 1;
        }
        if ((end >= WINDOW || end == grams) && (n == 0 || (*out)[n - 1].at != least))
            (*out)[n++] = (struct kept){ key[least], least };
    }
    return n;
}

static void mark_furniture(struct gram_index *x, const uint32_t *story)
{
    for (uint32_t g = 0; g < x->gram.count; g++) {
        uint32_t seen[FURNITURE_STORIES], n = 0;

        for (uint32_t p = x->gram.at[g].last; p && n < FURNITURE_STORIES;
             p = x->posting.at[p - 1].before) {
            uint32_t s = story[x->posting.at[p - 1].report], i = 0;

            while (i < n && seen[i] != s)
                i++;
            if (i == n)
                seen[n++] = s;
        }
        x->gram.at[g].furniture = n == FURNITURE_STORIES;
    }
}

struct gram_index gram_index_new(struct arena *arena,
                                 const struct article *const *report, uint32_t reports,
                                 const uint32_t *story)
{
    struct gram_index x = { .arena = arena, .slots = 1 << 12 };
    struct arena scratch;

    arena_init_like(&scratch, SIZE_MAX, arena);
    x.slot = NEW(arena, uint32_t, x.slots);
    for (uint32_t r = 0; r < reports; r++) {
        struct words w = words_from_text(&scratch, report[r]->text);
        struct kept *kept;
        uint32_t n = winnow(&scratch, &w, &kept);

        for (uint32_t i = 0; i < n; i++)
            index_add(&x, kept[i].key, r);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    mark_furniture(&x, story);
    return x;
}

/* ---- sides ---- */

static struct side masked_side(struct arena *arena, const struct gram_index *x,
                               struct words words, const struct kept *kept, uint32_t n)
{
    struct side s = side_new(arena, words);

    for (uint32_t i = 0; i < n; i++) {
        uint32_t slot = x->slot[find(x, kept[i].key)];

        if (slot && x->gram.at[slot - 1].furniture)
            memset(s.masked + kept[i].at, true, GRAM);
    }
    s.count = 0;
    for (uint32_t i = 0; i < words.count; i++)
        s.count += !s.masked[i];
    return s;
}

struct side side_of_report(struct arena *arena, const struct gram_index *index,
                           const struct article *report)
{
    struct words words = words_from_text(arena, report->text);
    struct kept *kept;
    uint32_t n = winnow(arena, &words, &kept);

    return masked_side(arena, index, words, kept, n);
}

/* ---- pairs ---- */

struct shared {
    uint32_t report, grams;
};

struct search {
    struct arena *arena; /* of the answer */
    struct arena scratch;
    const struct gram_index *index;
    const struct article *const *report;
    uint32_t *grams; /* by report: shared with the one in hand */
    struct shared *found;
    uint32_t count;
    struct copies out;
    uint32_t *parent; /* by story: the one that it became */
};

static int most_shared(const void *a, const void *b)
{
    const struct shared *x = a, *y = b;

    if (x->grams != y->grams)
        return x->grams < y->grams ? 1 : -1;
    return (x->report > y->report) - (x->report < y->report);
}

/* Counts what earlier reports share with this one. */
static void count_shared(struct search *s, uint32_t report, const struct kept *kept,
                         uint32_t n)
{
    const struct gram_index *x = s->index;

    s->count = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t slot = x->slot[find(x, kept[i].key)];
        uint32_t p =
            slot && !x->gram.at[slot - 1].furniture ? x->gram.at[slot - 1].last : 0;

        for (; p; p = x->posting.at[p - 1].before) {
            uint32_t other = x->posting.at[p - 1].report;

            if (other >= report)
                continue;
            if (s->grams[other]++ == 0)
                s->found[s->count++].report = other;
        }
    }
    for (uint32_t i = 0; i < s->count; i++) {
        s->found[i].grams = s->grams[s->found[i].report];
        s->grams[s->found[i].report] = 0;
    }
    qsort(s->found, s->count, sizeof *s->found, most_shared);
}

static struct passage passage_of(const struct side *from, const struct side *to,
                                 const struct run *r)
{
    return (struct passage){
        .from = { from->words.at[r->from_first].start,
                  word_end(&from->words.at[r->from_end - 1]) },
        .to = { to->words.at[r->to_first].start,
                word_end(&to->words.at[r->to_end - 1]) },
    };
}

static int by_place(const void *a, const void *b)
{
    const struct passage *x = a, *y = b;

    return (x->to.start > y->to.start) - (x->to.start < y->to.start);
}

void copy_sort(struct copy *copy)
{
    if (copy->passages.count > 1)
        qsort(copy->passages.at, copy->passages.count, sizeof *copy->passages.at,
              by_place);
}

void copy_add_runs(struct arena *arena, struct copy *copy, const struct side *from,
                   const struct side *to, const struct runs *runs)
{
    for (uint32_t i = 0; i < runs->count; i++)
        *PUSH(arena, &copy->passages) = passage_of(from, to, &runs->at[i]);
    copy_sort(copy);
}

static uint32_t root(uint32_t *parent, uint32_t s)
{
    while (parent[s] != s)
        s = parent[s] = parent[parent[s]];
    return s;
}

bool copy_is_origin(const struct copy *c)
{
    return c->verbatim >= ORIGIN_SHARE && c->verbatim + c->of_longer >= ORIGIN_BOTH;
}

static void compare(struct search *s, uint32_t a, uint32_t b, const struct side *to,
                    const uint32_t *story)
{
    struct side from = side_of_report(&s->scratch, s->index, s->report[a]);
    struct side copy_of_to = *to;
    struct runs runs = { .at = NULL };
    struct copy *copy;
    double share;

    if (from.count < OWN_WORDS_MIN)
        return;
    copy_of_to.carried = NEW(&s->scratch, bool, to->words.count + 1);
    runs_find(&s->scratch, &from, &copy_of_to, &runs);
    share = sides_share(&from, &copy_of_to);
    if (share < SHARE_MIN)
        return;
    copy = PUSH(s->arena, &s->out);
    *copy = (struct copy){ .from = a,
                           .to = b,
                           .share = share,
                           .verbatim = share,
                           .of_longer = sides_share_longer(&from, &copy_of_to) };
    copy_add_runs(s->arena, copy, &from, &copy_of_to, &runs);
    if (copy_is_origin(copy)) {
        uint32_t x = root(s->parent, story[a]), y = root(s->parent, story[b]);

        s->parent[x < y ? y : x] = x < y ? x : y;
    }
}

static void search_report(struct search *s, uint32_t report, const uint32_t *story)
{
    struct words words = words_from_text(&s->scratch, s->report[report]->text);
    struct kept *kept;
    uint32_t n = winnow(&s->scratch, &words, &kept);
    struct side to = masked_side(&s->scratch, s->index, words, kept, n);

    if (to.count < OWN_WORDS_MIN)
        return;
    count_shared(s, report, kept, n);
    for (uint32_t i = 0; i < s->count && i < CANDIDATES; i++)
        if (s->found[i].grams >= SHARED_MIN || n < 2 * SHARED_MIN)
            compare(s, s->found[i].report, report, &to, story);
}

/* Stories that copies joined get one number again. */
static void renumber(struct arena *arena, uint32_t *parent, struct grouping *g,
                     uint32_t reports)
{
    uint32_t *name = NEW(arena, uint32_t, g->stories + 1), stories = 0;

    for (uint32_t r = 0; r < reports; r++) {
        uint32_t *n = &name[root(parent, g->story[r])];

        if (*n == 0)
            *n = ++stories;
        g->story[r] = *n - 1;
    }
    g->stories = stories;
}

struct copies copies_find(struct arena *arena, const struct gram_index *index,
                          const struct article *const *report, uint32_t reports,
                          struct grouping *grouping)
{
    struct search s = { .arena = arena, .index = index, .report = report };

    s.grams = NEW(arena, uint32_t, reports + 1);
    s.found = NEW(arena, struct shared, reports + 1);
    s.parent = NEW(arena, uint32_t, grouping->stories + 1);
    for (uint32_t i = 0; i < grouping->stories; i++)
        s.parent[i] = i;
    arena_init_like(&s.scratch, SIZE_MAX, arena);
    for (uint32_t r = 0; r < reports; r++) {
        search_report(&s, r, grouping->story);
        arena_reset(&s.scratch);
    }
    arena_release(&s.scratch);
    renumber(arena, s.parent, grouping, reports);
    return s.out;
}
