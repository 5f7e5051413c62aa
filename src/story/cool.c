#include "story/cool.h"

#include <stdlib.h>

#include "story/circle.h"

const struct pace default_pace = { .cool_reports = 16384,
                                   .cool_days = 10,
                                   .hot_reports = 131072,
                                   .cold_reports = 524288 };

/* What a mark is worth to a story that goes cold: who, where and how many. */
static float gist_worth(const struct mark *m)
{
    uint32_t flags = mark_flags(m);
    float w = mark_idf(m) * (mark_lead(m) ? 1.5F : 1.0F);

    if (mark_body(m) > 1)
        w *= 1.4F;
    if (flags & (MARK_NAME | MARK_NUMBER))
        return w * 1.4F;
    return flags & (MARK_PAIR | MARK_STEM) ? w * 0.4F : w;
}

static int heavier(const void *a, const void *b)
{
    const float *x = a, *y = b;

    return (*x < *y) - (*x > *y);
}

/* What a mark must be worth to be among the `keep` best; of equals, some may be more. */
static float least_worth(const struct view *v, uint32_t keep)
{
    float worth[MARKS_MAX];

    for (uint32_t i = 0; i < v->marks; i++)
        worth[i] = gist_worth(&v->mark[i]);
    qsort(worth, v->marks, sizeof *worth, heavier);
    return worth[keep - 1];
}

/* Leaves a report its best marks, or none. */
static void trim(struct sorter *s, uint32_t report, uint32_t keep)
{
    struct view *v = &sorter_slip(s, report)->view;
    float least = keep > 0 && v->marks > keep ? least_worth(v, keep) : 0;
    uint32_t kept = 0, marks = v->marks;

    if (!v->mark || (keep > 0 && marks <= keep))
        return;
    for (uint32_t i = 0; i < marks; i++) {
        if (kept < keep && gist_worth(&v->mark[i]) >= least)
            v->mark[kept++] = v->mark[i];
        else
            index_unlist(s, v->mark[i].key, report);
    }
    v->marks = (uint16_t)kept;
    if (kept == 0)
        v->mark = NULL;
    memset(v->norm, 0, sizeof v->norm);
    view_measure(v);
    s->chunk[report >> CHUNK_BITS]->live -= marks - kept;
}

/* The first and the latest report that have marks keep so many, the others none. */
static void trim_story(struct sorter *s, struct chain *c, uint32_t keep)
{
    uint32_t first = STORY_NONE, latest = 0;

    for (uint32_t r = c->first + 1; r; r = sorter_slip(s, r - 1)->next)
        if (sorter_slip(s, r - 1)->view.mark) {
            first = r - 1 < first ? r - 1 : first;
            latest = r - 1 > latest ? r - 1 : latest;
        }
    if (first == latest)
        keep *= 2;
    for (uint32_t r = c->first + 1; r; r = sorter_slip(s, r - 1)->next)
        trim(s, r - 1, r - 1 == first || r - 1 == latest ? keep : 0);
    c->bare |= keep == 0 || c->count > 2;
}

/* Whether all reports of a chunk are so old. */
static bool came_before(const struct sorter *s, uint32_t chunk, uint32_t reports)
{
    return (uint64_t)(chunk + 1) * CHUNK + reports <= s->reports;
}

static bool is_cold(const struct sorter *s, uint32_t chunk)
{
    const struct pace *p = &s->pace;
    int64_t days;

    if (!came_before(s, chunk, p->cool_reports))
        return false;
    if (came_before(s, chunk, p->hot_reports))
        return true;
    if (chunk + 1 >= s->reports >> CHUNK_BITS ||
        s->chunk[chunk + 1]->today == DATE_NONE)
        return false;
    days = (int64_t)s->today - s->chunk[chunk + 1]->today;
    return days >= p->cool_days;
}

/* Cools the stories whose latest report is in the chunk.  Of one that goes on and is too
 * large to be taken apart, later reports will speak. */
static void cool_chunk(struct sorter *s, uint32_t chunk, uint32_t keep)
{
    for (uint32_t i = 0; i < CHUNK; i++) {
        uint32_t report = chunk * CHUNK + i;
        struct chain *c = &s->chain[sorter_story(s, report)];

        if (c->latest == report) {
            trim_story(s, c, keep);
        } else if (c->count >= CIRCLE_MAX) {
            trim(s, report, 0);
            c->bare = true;
        }
    }
}

/* Pairs of reports that have fewer marks now.  Of two, the earlier one is as old. */
static void forget_pairs(struct sorter *s, uint32_t before)
{
    for (uint32_t i = 0; i < PAIR_SLOTS; i++)
        if (s->pair[i].a <= before)
            s->pair[i] = (struct pair){ 0, 0, 0 };
}

/* Gives back what a chunk holds for marks that are gone, when that is much. */
static void compact(struct sorter *s, uint32_t chunk)
{
    struct chunk *c = s->chunk[chunk];
    struct arena old = c->marks;
    uint32_t first = chunk * CHUNK;

    if (c->live >= c->held - c->held / 4)
        return;
    arena_init_like(&c->marks, SIZE_MAX, &old);
    c->live = c->held = 0;
    for (uint32_t r = first; r < first + CHUNK && r < s->reports; r++) {
        struct view *v = &sorter_slip(s, r)->view;
        const struct mark *from = v->mark;

        if (!from)
            continue;
        v->mark = sorter_put_marks(s, r, v->marks);
        memcpy(v->mark, from, v->marks * sizeof *from);
    }
    arena_release(&old);
}

static void compact_all(struct sorter *s)
{
    for (uint32_t i = 0; i * CHUNK < s->reports; i++)
        compact(s, i);
}

void sorter_cool(struct sorter *s)
{
    uint32_t cooled = s->cooled, rested = s->rested;

    while (is_cold(s, s->cooled))
        cool_chunk(s, s->cooled++, GIST_MARKS);
    while (came_before(s, s->rested, s->pace.cold_reports))
        cool_chunk(s, s->rested++, 0);
    if (s->cooled == cooled && s->rested == rested)
        return;
    forget_pairs(s, s->cooled * CHUNK);
    compact_all(s);
}

void sorter_rest(struct sorter *s, int32_t before)
{
    for (uint32_t i = 0; i < s->stories; i++) {
        struct chain *c = &s->chain[i];

        if (c->count > 0 && c->newest != DATE_NONE && c->newest < before)
            trim_story(s, c, 0);
    }
    forget_pairs(s, UINT32_MAX);
    compact_all(s);
}
