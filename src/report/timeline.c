#include "report/timeline.h"

#include <stdlib.h>

#include "report/phrase.h"

/* More days than this before the first report, and an event is background. */
#define BEFORE_DAYS 31
/* An event of so many days is dated by them all, a shorter one by its first. */
#define PERIOD_DAYS 28

static int by_day(const void *a, const void *b)
{
    const struct timeline_entry *x = a, *y = b;

    if (x->day != y->day) {
        if (x->day == DATE_NONE || y->day == DATE_NONE)
            return x->day == DATE_NONE ? 1 : -1;
        return x->day < y->day ? -1 : 1;
    }
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    if (x->single != y->single)
        return x->single ? 1 : -1;
    return x->finding < y->finding ? -1 : 1;
}

static void add(struct arena *arena, struct timeline *t, const struct finding *f,
                uint32_t index)
{
    int32_t day = f->event.day, end = f->event.end_day;
    bool period = day != DATE_NONE && end != DATE_NONE && end - day >= PERIOD_DAYS - 1;

    *PUSH(arena, &t->entry) = (struct timeline_entry){
        .day = day,
        .end = period ? end : day,
        .single = f->status == STATUS_SINGLE,
        .finding = index,
    };
}

static bool tells_same(const struct story *story, const struct timeline_entry *a,
                       const struct timeline_entry *b)
{
    const struct finding *x = &story->findings.at[a->finding];
    const struct finding *y = &story->findings.at[b->finding];

    return x->status == y->status && x->event.modality == y->event.modality &&
           str_eq(x->summary, y->summary);
}

/* Two events of one clause stand there once, by the one with more evidence. */
static void join(struct arena *arena, const struct story *story,
                 struct timeline_entry *kept, const struct timeline_entry *e)
{
    uint32_t also = e->finding;

    if (story->findings.at[also].evidence.count >
        story->findings.at[kept->finding].evidence.count) {
        also = kept->finding;
        kept->finding = e->finding;
    }
    *PUSH(arena, &kept->also) = also;
}

/* A date has a few entries, so each is held against the others of its date. */
static void join_same(struct arena *arena, const struct story *story,
                      struct timeline *t)
{
    uint32_t kept = 0;

    for (uint32_t i = 0, group = 0; i < t->entry.count; i++) {
        const struct timeline_entry *e = &t->entry.at[i];
        uint32_t k;

        if (kept > 0 && (t->entry.at[kept - 1].day != e->day ||
                         t->entry.at[kept - 1].end != e->end))
            group = kept;
        for (k = group; k < kept && !tells_same(story, &t->entry.at[k], e); k++)
            ;
        if (k < kept)
            join(arena, story, &t->entry.at[k], e);
        else
            t->entry.at[kept++] = *e;
    }
    t->entry.count = kept;
}

struct timeline timeline_of(struct arena *arena, const struct story *story)
{
    struct timeline t = { 0 };

    for (uint32_t i = 0; i < story->findings.count; i++)
        if (story->findings.at[i].kind == FINDING_EVENT)
            add(arena, &t, &story->findings.at[i], i);
    if (t.entry.count == 0)
        return t;
    qsort(t.entry.at, t.entry.count, sizeof *t.entry.at, by_day);
    join_same(arena, story, &t);
    if (story->first_day == DATE_NONE)
        return t;
    while (t.earlier < t.entry.count && t.entry.at[t.earlier].day != DATE_NONE &&
           t.entry.at[t.earlier].end < story->first_day - BEFORE_DAYS)
        t.earlier++;
    return t;
}

uint32_t timeline_group_end(const struct timeline *t, uint32_t i)
{
    const struct timeline_entry *first = &t->entry.at[i];

    while (i < t->entry.count && t->entry.at[i].day == first->day &&
           t->entry.at[i].end == first->end)
        i++;
    return i;
}

/* s without the first " (9 October 2029)" of those days. */
static struct str without_day(struct arena *arena, struct str s, int32_t day,
                              int32_t end)
{
    struct buf said = buf_new(arena, 64), out = buf_new(arena, SIZE_MAX);
    size_t at;

    buf_str(&said, STR(" ("));
    phrase_period(&said, day, end);
    buf_char(&said, ')');
    at = day == DATE_NONE ? STR_NPOS : str_find(s, buf_view(&said));
    if (at == STR_NPOS)
        return s;
    buf_str(&out, str_slice(s, 0, at));
    buf_str(&out, str_after(s, at + said.len));
    return buf_view(&out);
}

static struct str capitalised(struct arena *arena, struct str s)
{
    char *out = NEW(arena, char, s.len + 1);

    if (s.len == 0)
        return s;
    memcpy(out, s.ptr, s.len);
    *out = ascii_upper(*out);
    return (struct str){ out, s.len };
}

struct str timeline_summary(struct arena *arena, const struct finding *event)
{
    struct str s = event->summary;
    struct str modality = str_from(modality_name(event->event.modality));

    if (modality.len > 0 && str_starts_fold(s, modality) &&
        str_starts(str_after(s, modality.len), STR(": ")))
        s = str_after(s, modality.len + 2);
    return without_day(arena, capitalised(arena, s), event->event.day,
                       event->event.end_day);
}

struct str timeline_kinds(struct arena *arena, const struct story *story,
                          const struct timeline_entry *e)
{
    struct buf b = buf_new(arena, SIZE_MAX);

    buf_str(&b, phrase_event(&story->findings.at[e->finding].event));
    for (uint32_t i = 0; i < e->also.count; i++) {
        struct str kind = phrase_event(&story->findings.at[e->also.at[i]].event);

        if (str_find(buf_view(&b), kind) == STR_NPOS)
            buf_printf(&b, ", %.*s", STR_ARG(kind));
    }
    return buf_view(&b);
}
