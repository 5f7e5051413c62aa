#include "story/finding.h"

#include "base/buf.h"
#include "base/table.h"
#include "story/desk.h"
#include "story/versions.h"

#define ID_BYTES 32

/* Disputed and corroborated tolls first, then events by time, then statements. */
static uint32_t rank(const struct finding *f)
{
    static const uint32_t standing[] = {
        [STATUS_DISPUTED] = 0, [STATUS_CORROBORATED] = 1, [STATUS_ATTESTED] = 2,
        [STATUS_SINGLE] = 3,   [STATUS_SUPERSEDED] = 4,
    };

    if (f->kind == FINDING_EVENT)
        return 40;
    if (f->kind == FINDING_STATEMENT)
        return 50;
    if (!measure_is_toll(f->figure.measure))
        return 60 + standing[f->status];
    return (f->figure.background ? 30 : 0) + 5 * (uint32_t)f->figure.subset +
           standing[f->status];
}

static int64_t by_kind(const struct finding *a, const struct finding *b)
{
    if (a->kind == FINDING_FIGURE && a->figure.measure != b->figure.measure)
        return (int64_t)a->figure.measure - (int64_t)b->figure.measure;
    if (a->kind == FINDING_FIGURE)
        return (int64_t)b->evidence.count - (int64_t)a->evidence.count;
    if (a->kind == FINDING_EVENT && a->event.day != b->event.day) {
        if (a->event.day == DATE_NONE || b->event.day == DATE_NONE)
            return a->event.day == DATE_NONE ? 1 : -1;
        return (int64_t)a->event.day - (int64_t)b->event.day;
    }
    return 0;
}

struct placed {
    const struct finding *finding;
    uint32_t bundle;
};

static int by_weight(const void *a, const void *b)
{
    const struct placed *p = a, *q = b;
    const struct finding *x = p->finding, *y = q->finding;
    int64_t order = (int64_t)rank(x) - (int64_t)rank(y);

    if (order == 0)
        order = by_kind(x, y);
    if (order == 0)
        order = (int64_t)x->evidence.at[0].report - (int64_t)y->evidence.at[0].report;
    if (order == 0)
        order = (int64_t)x->evidence.at[0].start - (int64_t)y->evidence.at[0].start;
    if (order == 0)
        order = (int64_t)p->bundle - (int64_t)q->bundle;
    return order < 0 ? -1 : 1;
}

/* The id is made of what the finding rests on: same input, same id. */
static struct str finding_id(struct desk *d, const struct finding *f, uint32_t again)
{
    const struct evidence *e = &f->evidence.at[0];
    struct buf key = buf_new(&d->scratch, 256), id = buf_new(&d->scratch, ID_BYTES);
    uint64_t hash;

    buf_str(&key, d->situation->report[e->report]->text->article->page->id);
    buf_printf(&key, "/%u/%u/%u/%u/%u", f->kind, e->fact, e->start, f->figure.derived,
               again);
    hash = str_hash(buf_view(&key));
    buf_printf(&id, "%012llx", (unsigned long long)(hash >> 16));
    return arena_str(d->arena, buf_view(&id));
}

/* Ids are unique in the story: a clash takes the next number. */
static void name_findings(struct desk *d)
{
    struct table taken = { .count = 0 };

    for (uint32_t i = 0; i < d->story->findings.count; i++) {
        struct finding *f = &d->story->findings.at[i];
        uint32_t again = 0;

        do
            f->id = finding_id(d, f, again++);
        while (*table_put(&d->scratch, &taken, f->id) != 0);
        *table_put(&d->scratch, &taken, f->id) = 1;
    }
}

static void write_findings(struct desk *d)
{
    uint32_t n = d->bundle.count;
    struct finding *all = NEW(&d->scratch, struct finding, n + 1);
    struct placed *order = NEW(&d->scratch, struct placed, n + 1);
    uint32_t *place = NEW(&d->scratch, uint32_t, n + 1);
    struct story *story = d->story;

    for (uint32_t i = 0; i < n; i++) {
        all[i] = finding_from_bundle(d, &d->bundle.at[i]);
        order[i] = (struct placed){ &all[i], i };
    }
    qsort(order, n, sizeof *order, by_weight);
    for (uint32_t i = 0; i < n; i++)
        place[order[i].bundle] = i;
    story->findings.at = NEW(d->arena, struct finding, n + 1);
    story->findings.count = story->findings.cap = n;
    for (uint32_t i = 0; i < n; i++) {
        const struct bundle *b = &d->bundle.at[order[i].bundle];
        struct finding *f = &story->findings.at[i];

        *f = *order[i].finding;
        for (uint32_t k = 0; k < b->against.count; k++)
            *PUSH(d->arena, &f->against) = place[b->against.at[k]];
        if (f->status == STATUS_SUPERSEDED && b->superseded_by != FACT_NONE)
            f->superseded_by = place[b->superseded_by];
    }
}

static uint32_t *origins_by_report(struct arena *arena, const struct story *s)
{
    uint32_t *of = NEW(arena, uint32_t, s->reports.count + 1);

    for (uint32_t o = 0; o < s->origins.count; o++)
        for (uint32_t i = 0; i < s->origins.at[o].reports.count; i++)
            of[story_place(s, s->origins.at[o].reports.at[i])] = o;
    return of;
}

void story_find_findings(struct arena *arena, const struct vocabulary *vocabulary,
                         const struct situation *situation, struct story *story)
{
    struct desk d = {
        .arena = arena, .vocabulary = vocabulary, .situation = situation, .story = story
    };

    arena_init_like(&d.scratch, SIZE_MAX, arena);
    d.parties = parties_of_story(arena, &d.scratch, vocabulary, situation, story);
    d.origin_of = origins_by_report(&d.scratch, story);
    d.version = story_version_numbers(&d.scratch, story);
    d.telling = NEW(&d.scratch, struct telling *, story->reports.count + 1);
    desk_add_figures(&d);
    desk_add_events(&d);
    desk_add_statements(&d);
    write_findings(&d);
    story_list_parties(arena, &d.parties, story);
    name_findings(&d);
    arena_release(&d.scratch);
}
