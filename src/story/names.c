#include "story/names.h"

#include <math.h>
#include <stdlib.h>

#define CENTRAL 0.5F            /* share of the reports that have a central name */
#define ELSEWHERE 4.0F          /* other reports that may have a rare name … */
#define ELSEWHERE_SHARE 0.0005F /* … and how many more of a great many, … */
#define ELSEWHERE_OF 10000.0F   /* … of which the latest so many are a measure */
#define DAYS_APART 4 /* a happening that nobody told of for so long is over */

static int by_key(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static void add_report(struct profile *p, const struct view *v)
{
    for (uint32_t i = 0; i < v->marks; i++) {
        const struct mark *m = &v->mark[i];
        uint32_t flags = mark_flags(m);

        if (flags & MARK_NAME && !(flags & MARK_PAIR) &&
            (mark_lead(m) || mark_body(m) > 1))
            p->name[p->names++] = m->key;
    }
    p->reports++;
    if (v->day == DATE_NONE)
        return;
    if (p->first_day == DATE_NONE || v->day < p->first_day)
        p->first_day = v->day;
    if (v->day > p->last_day)
        p->last_day = v->day;
}

/* Each central name once, with its share. */
static void keep_central(struct profile *p)
{
    uint32_t kept = 0;

    qsort(p->name, p->names, sizeof *p->name, by_key);
    for (uint32_t i = 0, end; i < p->names; i = end) {
        float share;

        for (end = i + 1; end < p->names && p->name[end] == p->name[i];)
            end++;
        share = (float)(end - i) / (float)p->reports;
        if (share >= CENTRAL) {
            p->name[kept] = p->name[i];
            p->share[kept++] = share;
        }
    }
    p->names = kept;
}

void profile_of_group(const struct sorter *s, const struct circle *c, uint32_t group,
                      struct profile *out)
{
    out->names = out->reports = 0;
    out->group = group;
    out->first_day = out->last_day = DATE_NONE;
    for (uint32_t i = 0; i < c->units; i++) {
        const struct unit *u = &c->unit[i];

        if (u->group != group)
            continue;
        for (uint32_t k = 0; k < u->samples && out->reports < PROFILE_REPORTS; k++)
            add_report(out, &sorter_slip(s, u->sample[k])->view);
    }
    keep_central(out);
}

static bool has_name(const struct view *v, uint32_t name)
{
    for (uint32_t i = 0; i < v->marks; i++)
        if (v->mark[i].key == name)
            return true;
    return false;
}

/* Reports of a group that have a name, as far as its samples tell: all that do, or none
 * where the name is not central. */
static float use_in(const struct sorter *s, const struct circle *c, uint32_t group,
                    uint32_t name, float central)
{
    uint32_t looked = 0, having = 0, size = 0;

    for (uint32_t i = 0; i < c->units; i++) {
        const struct unit *u = &c->unit[i];

        if (u->group != group)
            continue;
        size += u->chain.count;
        looked += u->samples;
        for (uint32_t k = 0; k < u->samples; k++)
            having += has_name(&sorter_slip(s, u->sample[k])->view, name);
    }
    return having > 0 && (float)having >= central * (float)looked
               ? (float)size * (float)having / (float)looked
               : 0;
}

/* Whether hardly any report but those of the two groups, and of their allies, has a name
 * that is central in both. */
static bool is_rare(const struct sorter *s, uint32_t name, uint32_t a, uint32_t b,
                    const struct allies *allies)
{
    const struct circle *c = allies->circle;
    const struct term *t = vocabulary_find(&s->vocabulary, name);
    float most =
        ELSEWHERE + ELSEWHERE_SHARE * fminf(s->vocabulary.reports, ELSEWHERE_OF);

    if (!t)
        return false;
    most += use_in(s, c, a, name, 0) + use_in(s, c, b, name, 0);
    for (uint32_t k = 0; t->used > most && k < allies->groups; k++)
        most += use_in(s, c, allies->group[k], name, CENTRAL);
    return t->used <= most;
}

static bool days_meet(const struct profile *a, const struct profile *b)
{
    if (a->first_day == DATE_NONE || b->first_day == DATE_NONE)
        return true;
    return a->first_day - b->last_day <= DAYS_APART &&
           b->first_day - a->last_day <= DAYS_APART;
}

uint32_t profiles_shared(const struct sorter *s, const struct profile *a,
                         const struct profile *b, const struct allies *allies)
{
    uint32_t shared = 0;

    if (!days_meet(a, b))
        return 0;
    for (uint32_t i = 0, j = 0; i < a->names && j < b->names;) {
        uint32_t x = a->name[i], y = b->name[j];

        shared += x == y && is_rare(s, x, a->group, b->group, allies);
        i += x <= y;
        j += y <= x;
    }
    return shared;
}
