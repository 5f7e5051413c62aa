#include "report/ledger.h"

#include <math.h>
#include <stdlib.h>

#include "report/phrase.h"

/* Past this ratio of greatest to least the small bars would be a hair on a linear
 * scale: 4 beside 900 is half a hundredth of the width. */
#define LINEAR_RATIO 100.0
/* A scale ends here: more people than there are, and no sum below overflows. */
#define VALUE_MAX INT64_C(1000000000000000)
/* Where the logarithmic part begins when a 0 has to be shown before it. */
#define ZERO_SHARE 0.08

/* In this order the measures stand; what is not here stands after them. */
static const enum measure order[] = {
    MEASURE_KILLED,      MEASURE_INJURED,  MEASURE_CASUALTIES, MEASURE_MISSING,
    MEASURE_DETAINED,    MEASURE_ABDUCTED, MEASURE_DISPLACED,  MEASURE_DEPLOYED,
    MEASURE_CROWD,       MEASURE_RELEASED, MEASURE_EXPELLED,   MEASURE_INFECTED,
    MEASURE_SURRENDERED,
};

/* "children" of any class is a row of its own: they are part of all the dead. */
static struct str class_words(struct arena *arena, const struct finding_figure *f)
{
    struct buf b;

    if (f->group.len == 0)
        return phrase_class(f->class_name);
    b = buf_new(arena, SIZE_MAX);
    if (str_eq(f->group, STR("child")))
        buf_str(&b, STR("Children"));
    else if (str_eq(f->group, STR("woman")))
        buf_str(&b, STR("Women"));
    else
        buf_str(&b, f->group);
    if (f->class_name.len > 0 && !str_eq(f->class_name, STR("civilian")) &&
        !str_eq(f->class_name, STR("people"))) {
        buf_str(&b, STR(", "));
        buf_str(&b, phrase_class(f->class_name));
    }
    return buf_view(&b);
}

static struct ledger_class *class_of(struct arena *arena, struct ledger_measure *m,
                                     const struct finding_figure *f)
{
    struct str name = class_words(arena, f);
    struct ledger_class *c;

    for (uint32_t i = 0; i < m->classes.count; i++)
        if (str_eq(m->classes.at[i].name, name))
            return &m->classes.at[i];
    c = PUSH(arena, &m->classes);
    c->name = name;
    return c;
}

static bool approximate(struct str op)
{
    return op.len > 0 &&
           (*op.ptr == '~' || *op.ptr == '^' ||
            !(ascii_is_digit(*op.ptr) || *op.ptr == '<' || *op.ptr == '>'));
}

static void add_row(const struct view *v, struct ledger_measure *m,
                    const struct finding_figure *f, uint32_t finding)
{
    bool shown = v->s->policy != POLICY_RANGE;
    struct ledger_class *c = class_of(v->arena, m, f);

    *PUSH(v->arena, &c->rows) = (struct ledger_row){
        .finding = finding,
        .low = shown ? f->shown_low : f->low,
        .high = shown ? f->shown_high : f->high,
        .approximate = approximate(f->op) && f->low != f->high,
    };
    m->rows++;
}

/* The least value above 0 and the greatest among what the rows draw. */
struct extent {
    int64_t least, greatest;
    bool zero;
};

static void extend(struct extent *x, int64_t value)
{
    if (value == COUNT_OPEN || value < 0)
        return;
    if (value > VALUE_MAX)
        value = VALUE_MAX;
    if (value == 0) {
        x->zero = true;
        return;
    }
    if (x->least == 0 || value < x->least)
        x->least = value;
    if (value > x->greatest)
        x->greatest = value;
}

static struct extent extent_of(const struct ledger_measure *m)
{
    struct extent x = { 0 };

    for (uint32_t i = 0; i < m->classes.count; i++)
        for (uint32_t j = 0; j < m->classes.at[i].rows.count; j++) {
            const struct ledger_row *row = &m->classes.at[i].rows.at[j];

            if (row->low > 1 || row->low == row->high) /* "up to 40" has no low end */
                extend(&x, row->low);
            extend(&x, row->high);
        }
    return x;
}

/* 1, 2 or 5 times a power of ten, so that at most four steps reach the value. */
static int64_t round_step(int64_t value)
{
    int64_t power = 1;

    while (power <= value / 40)
        power *= 10;
    if (power * 4 >= value)
        return power;
    if (power * 8 >= value)
        return power * 2;
    return power * 20 >= value ? power * 5 : power * 10;
}

static struct scale linear_scale(struct extent x)
{
    struct scale s = { 0 };
    int64_t most = x.greatest > 0 ? x.greatest : 1, step = round_step(most), at = 0;

    while (s.ticks < LEDGER_TICKS) {
        s.tick[s.ticks++] = at;
        if (at >= most)
            break;
        at += step;
    }
    s.high = (double)s.tick[s.ticks - 1];
    return s;
}

static struct scale log_scale(struct extent x)
{
    struct scale s = { .logarithmic = true, .zero = x.zero };
    int64_t low = 1, high = 1, thin = 1;

    while (low <= x.least / 10)
        low *= 10;
    while (high < x.greatest && high <= INT64_MAX / 100)
        high *= 10;
    while ((double)low * pow(10, LEDGER_TICKS - 2) * (double)thin < (double)high)
        thin *= 10;
    if (s.zero)
        s.tick[s.ticks++] = 0;
    for (int64_t at = low; at <= high && s.ticks < LEDGER_TICKS; at *= 10 * thin)
        s.tick[s.ticks++] = at;
    s.low = (double)low;
    s.high = (double)high;
    return s;
}

double scale_at(const struct scale *scale, int64_t value)
{
    double v = (double)value, at;

    if (!scale->logarithmic)
        at = scale->high > 0 ? v / scale->high : 0;
    else if (v < scale->low)
        return 0;
    else
        at = log(v / scale->low) / log(scale->high / scale->low);
    at = at < 0 ? 0 : at > 1 ? 1 : at;
    return scale->logarithmic && scale->zero ? ZERO_SHARE + at * (1 - ZERO_SHARE) : at;
}

static struct scale scale_of(const struct ledger_measure *m)
{
    struct extent x = extent_of(m);

    if (x.least > 0 && (double)x.greatest / (double)x.least > LINEAR_RATIO)
        return log_scale(x);
    return linear_scale(x);
}

static uint32_t rank(enum measure m)
{
    uint32_t i = 0;

    while (i < COUNT(order) && order[i] != m)
        i++;
    return i;
}

static struct ledger_measure *measure_of(struct arena *arena, struct ledger *l,
                                         enum measure measure)
{
    struct ledger_measure *m;
    uint32_t at = 0;

    while (at < l->measures.count && rank(l->measures.at[at].measure) < rank(measure))
        at++;
    if (at < l->measures.count && l->measures.at[at].measure == measure)
        return &l->measures.at[at];
    PUSH(arena, &l->measures);
    m = &l->measures.at[at];
    memmove(m + 1, m, (l->measures.count - 1 - at) * sizeof *m);
    *m = (struct ledger_measure){ .measure = measure };
    return m;
}

/* Counts of no place told first, then place by place, that of the greatest first. */
static int by_place(const struct finding_figure *x, const struct finding_figure *y,
                    const struct ledger_row *a, const struct ledger_row *b)
{
    if (str_eq(x->place, y->place) || a->most < 0)
        return 0;
    if (x->place.len == 0 || y->place.len == 0)
        return x->place.len == 0 ? -1 : 1;
    if (a->most != b->most)
        return a->most > b->most ? -1 : 1;
    return str_cmp(x->place, y->place);
}

/* Then what stands now before what was superseded, the latest, the best carried. */
static bool before(const struct story *story, const struct ledger_row *a,
                   const struct ledger_row *b)
{
    const struct finding *x = &story->findings.at[a->finding];
    const struct finding *y = &story->findings.at[b->finding];
    bool old_x = x->status == STATUS_SUPERSEDED, old_y = y->status == STATUS_SUPERSEDED;
    int place = by_place(&x->figure, &y->figure, a, b);

    if (place != 0)
        return place < 0;
    if (old_x != old_y)
        return old_y;
    if (x->figure.as_of != y->figure.as_of)
        return x->figure.as_of > y->figure.as_of;
    if (x->origins != y->origins)
        return x->origins > y->origins;
    return a->finding < b->finding;
}

/* Whether the rows name two places at least. */
static bool has_places(const struct story *story, const struct ledger_class *c)
{
    struct str first = { NULL, 0 };

    for (uint32_t i = 0; i < c->rows.count; i++) {
        struct str place = story->findings.at[c->rows.at[i].finding].figure.place;

        if (place.len > 0 && first.len > 0 && !str_eq(place, first))
            return true;
        first = place.len > 0 ? place : first;
    }
    return false;
}

static void weigh_places(const struct story *story, struct ledger_class *c)
{
    bool several = has_places(story, c);

    for (uint32_t i = 0; i < c->rows.count; i++) {
        struct str place = story->findings.at[c->rows.at[i].finding].figure.place;
        int64_t most = 0;

        for (uint32_t k = 0; k < c->rows.count; k++) {
            const struct ledger_row *r = &c->rows.at[k];

            if (r->low > most &&
                str_eq(story->findings.at[r->finding].figure.place, place))
                most = r->low;
        }
        c->rows.at[i].most = several ? most : -1;
    }
}

/* Rows are few: insertion sort, stable. */
static void sort_rows(const struct story *story, struct ledger_class *c)
{
    weigh_places(story, c);
    for (uint32_t i = 1; i < c->rows.count; i++) {
        struct ledger_row row = c->rows.at[i];
        uint32_t at = i;

        for (; at > 0 && before(story, &row, &c->rows.at[at - 1]); at--)
            c->rows.at[at] = c->rows.at[at - 1];
        c->rows.at[at] = row;
    }
}

/* All people first, those not named last, the others as they came up. */
static uint32_t class_rank(struct str name)
{
    if (str_eq(name, phrase_class(STR("people"))))
        return 0;
    return str_eq(name, phrase_class(STR(""))) ? 2 : 1;
}

static void sort_classes(struct ledger_measure *m)
{
    for (uint32_t i = 1; i < m->classes.count; i++) {
        struct ledger_class c = m->classes.at[i];
        uint32_t at = i;

        for (; at > 0 && class_rank(c.name) < class_rank(m->classes.at[at - 1].name);
             at--)
            m->classes.at[at] = m->classes.at[at - 1];
        m->classes.at[at] = c;
    }
}

struct ledger ledger_of(const struct view *v, uint32_t story_index)
{
    const struct story *story = &v->s->story.at[story_index];
    struct ledger l = { 0 };

    for (uint32_t i = 0; i < story->findings.count; i++) {
        const struct finding *f = &story->findings.at[i];

        if (f->kind != FINDING_FIGURE)
            continue;
        if (!measure_is_toll(f->figure.measure))
            *PUSH(v->arena, &l.other) = i;
        else if (f->figure.background)
            *PUSH(v->arena, &l.background) = i;
        else
            add_row(v, measure_of(v->arena, &l, f->figure.measure), &f->figure, i);
    }
    for (uint32_t i = 0; i < l.measures.count; i++) {
        struct ledger_measure *m = &l.measures.at[i];

        sort_classes(m);
        for (uint32_t j = 0; j < m->classes.count; j++)
            sort_rows(story, &m->classes.at[j]);
        m->scale = scale_of(m);
    }
    return l;
}
