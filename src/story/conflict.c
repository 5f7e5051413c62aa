/* conflict.c - which counts contradict each other.
 *
 * Two counts of one measure and class are not yet of one thing: a report of a war has the
 * toll of a strike, of a day and of the whole.  They contradict each other only where both
 * are what their voice counts in all, and where they are near enough in value, or told
 * alike enough, to be about one thing.
 */
#include "fact/class.h"
#include "story/figures.h"

#define VAGUELY_APART 6 /* the same for "hundreds" */
#define FAR_APART 3 /* times: tolls of one event differ so much only if told alike */
#define TOLD_ALIKE 0.28F /* sentences that tell of one thing */

/* What the story's tolls tell of themselves: whether those of a measure have several
 * places, or several days.  Where all have one, a silent one means it, too. */
struct scope_doubts {
    struct desk *desk;
    bool places[MEASURE_COUNT], days[MEASURE_COUNT];
};

/* What a bundle counts: its class, everybody for a sum. */
static uint32_t counted(const struct desk *d, const struct bundle *b)
{
    return b->derived ? CLASS_ANYONE : d->claim.at[b->claim.at[0]].classes;
}

/* A part is no greater than its whole: 34 civilians are more than a ministry's 23 of
 * everybody. */
static bool exceeds(const struct desk *d, const struct bundle *part,
                    const struct bundle *whole)
{
    return counted(d, whole) == CLASS_ANYONE && part->low > whole->high &&
           part->low == part->high;
}

/* Whether the classes of two bundles let their counts be compared. */
static bool comparable(const struct desk *d, const struct bundle *x,
                       const struct bundle *y)
{
    return counted(d, x) == counted(d, y) || exceeds(d, x, y) || exceeds(d, y, x);
}

/* Tolls rise, and the missing are found: a later and higher count of another voice is no
 * contradiction.  Nor is one whose time is not known, as it may be the later one. */
static bool moved(const struct claim *a, const struct claim *b)
{
    const struct claim *later = a->as_of > b->as_of ? a : b;
    const struct claim *earlier = later == a ? b : a;

    if (a->as_of == b->as_of)
        return false;
    return a->as_of == DATE_NONE || b->as_of == DATE_NONE ||
           a->figure->measure == MEASURE_MISSING || later->low > earlier->low;
}

/* Whether the place, day and period of two claims are the same, not only compatible. */
static bool same_scope(const struct desk *d, const struct claim *a,
                       const struct claim *b)
{
    enum nearness near = places_near(&d->parties, a->place, b->place);
    bool one_day = a->day == b->day || a->day == DATE_NONE || b->day == DATE_NONE;
    bool one_period = (a->figure->period_begin == DATE_NONE) ==
                      (b->figure->period_begin == DATE_NONE);

    return (near == NEAR_SAME || near == NEAR_SILENT) && one_day && one_period;
}

/* Where a bundle's people were: the first place that one of its claims names, for what is
 * merged is of one thing. */
static uint32_t place_of(const struct desk *d, const struct bundle *b)
{
    for (uint32_t i = 0; i < b->claim.count; i++)
        if (d->claim.at[b->claim.at[i]].place != PARTY_NONE)
            return d->claim.at[b->claim.at[i]].place;
    return PARTY_NONE;
}

/* Whether the places of two bundles let them contradict each other. */
static bool one_place(const struct desk *d, const struct bundle *x,
                      const struct bundle *y)
{
    enum nearness near = places_near(&d->parties, place_of(d, x), place_of(d, y));

    return near == NEAR_SAME || near == NEAR_SILENT;
}

/* "Five were killed on Tuesday" is no other count of the 23 whose day is not told. */
static bool is_one_dated(const struct claim *a, const struct claim *b)
{
    return (a->day == DATE_NONE) != (b->day == DATE_NONE);
}

/* The words right before and behind a figure. */
static struct str before(const struct desk *d, const struct claim *c, uint32_t bytes)
{
    struct str text = desk_facts(d, c->report)->text->article->text;
    uint32_t start = c->figure->start;

    return str_slice(text, start > bytes ? start - bytes : 0, start);
}

static struct str behind(const struct desk *d, const struct claim *c)
{
    return str_after(desk_facts(d, c->report)->text->article->text, c->figure->end);
}

/* "a further ten", "another 130", "about 400 more": added to a count that is not told;
 * "the two": people the report has spoken of. */
static bool is_no_total(const struct desk *d, const struct claim *c)
{
    static const char *const adds[] = { "further ", "another ", "additional " };
    struct str text = desk_facts(d, c->report)->text->article->text;
    struct str words = str_slice(text, c->figure->start, c->figure->end);
    struct str front = before(d, c, 12);

    for (size_t i = 0; i < COUNT(adds); i++)
        if (str_ends(front, str_from(adds[i])) ||
            str_starts_fold(words, str_from(adds[i])))
            return true;
    if (str_ends(words, STR(" more")) ||
        (str_starts(behind(d, c), STR(" more ")) &&
         !str_starts(behind(d, c), STR(" more than "))))
        return true;
    return str_ends(front, STR(" the ")) || str_ends(front, STR("The "));
}

/* Whether the voice gives a greater count of the same in the same report: then this one is
 * of a part of it, a day or a place. */
static bool is_outdone(const struct desk *d, const struct claim *c)
{
    for (uint32_t i = 0; i < d->claim.count; i++) {
        const struct claim *o = &d->claim.at[i];

        if (o->kind == FINDING_FIGURE && o->report == c->report &&
            o->voice == c->voice && o->figure->measure == c->figure->measure &&
            o->classes == c->classes && o->low > c->high && !o->background &&
            !o->denies && !o->superseded && !claim_is_bare(o) && o->as_of == c->as_of &&
            o->figure->modality == c->figure->modality)
            return true;
    }
    return false;
}

/* The first name in the words for the people counted: "Palestinians", "U.S.-led". */
static struct str name_in(struct str who)
{
    struct str word;

    while (str_split(&who, ' ', &word))
        if (word.len > 1 && ascii_is_upper(*word.ptr))
            return word;
    return (struct str){ NULL, 0 };
}

/* "Five Israelis" and "72 Palestinians" are counts of two peoples. */
static bool of_two_names(const struct claim *a, const struct claim *b)
{
    struct str x = name_in(a->figure->who), y = name_in(b->figure->who);
    size_t n = x.len < y.len ? x.len : y.len;

    n = n > 4 ? n - 2 : n; /* "Israeli", "Israelis" */
    return x.len > 0 && y.len > 0 &&
           !str_eq_fold(str_slice(x, 0, n), str_slice(y, 0, n));
}

static bool far_apart(const struct bundle *x, const struct bundle *y)
{
    const struct bundle *less = x->low < y->low ? x : y;
    const struct bundle *more = less == x ? y : x;
    int64_t times = more->low == more->high ? FAR_APART : VAGUELY_APART;

    return less->high != COUNT_OPEN && less->high > 0 &&
           more->low / times >= less->high && more->low > less->high + 2;
}

/* Whether two claims, taken with the values of their bundles, contradict each other;
 * values that are far apart must be told alike to be of one thing, and so must any whose
 * place or day is in doubt. */
static bool contradict(const struct scope_doubts *s, const struct claim *a,
                       const struct claim *b, bool far, bool doubtful)
{
    struct desk *d = s->desk;
    bool one_dated = is_one_dated(a, b);

    doubtful |= far || (one_dated && s->days[a->figure->measure]);

    return a->voice != b->voice && !claims_one_voice(d, a, b) && !a->denies &&
           !b->denies && a->superseded == b->superseded &&
           claims_same_matter(d, a, b) && same_scope(d, a, b) && !moved(a, b) &&
           !(a->report == b->report && a->voice & b->voice & VOICE_OWN) &&
           !is_no_total(d, a) && !is_no_total(d, b) && !is_outdone(d, a) &&
           !is_outdone(d, b) && !of_two_names(a, b) && !(far && one_dated) &&
           (!doubtful || claims_likeness(d, a, b) >= TOLD_ALIKE);
}

/* Whether one sentence states both values: "the toll of the war reached 548 as four were
 * killed in a hospital". */
static bool share_sentence(const struct desk *d, const struct bundle *x,
                           const struct bundle *y)
{
    for (uint32_t i = 0; i < x->claim.count; i++)
        for (uint32_t k = 0; k < y->claim.count; k++) {
            const struct claim *a = &d->claim.at[x->claim.at[i]];
            const struct claim *b = &d->claim.at[y->claim.at[k]];

            if (a->report == b->report && a->sentence == b->sentence)
                return true;
        }
    return false;
}

static bool conflict(const struct scope_doubts *s, const struct bundle *x,
                     const struct bundle *y)
{
    struct desk *d = s->desk;
    const struct claim *a = &d->claim.at[x->claim.at[0]];
    bool far = far_apart(x, y) || a->figure->measure == MEASURE_CROWD;
    bool doubtful = s->places[a->figure->measure] &&
                    (place_of(d, x) == PARTY_NONE) != (place_of(d, y) == PARTY_NONE);

    if (!measure_is_toll(a->figure->measure) || !comparable(d, x, y) || a->subset ||
        a->background || claim_is_bare(a) ||
        claim_is_bare(&d->claim.at[y->claim.at[0]]) ||
        a->figure->modality == MODALITY_EXPECTED ||
        a->figure->modality == MODALITY_HYPOTHETICAL ||
        (x->low <= y->high && y->low <= x->high))
        return false;
    if ((x->low == 1 && x->high == 1 && y->low > 0) ||
        (y->low == 1 && y->high == 1 && x->low > 0))
        return false;
    if (!one_place(d, x, y))
        return false;
    if (!x->derived && !y->derived && bundles_stated_together(d, x, y))
        return false;
    if (far_apart(x, y) && share_sentence(d, x, y))
        return false;
    for (uint32_t i = 0; i < x->claim.count; i++)
        for (uint32_t k = 0; k < y->claim.count; k++)
            if (contradict(s, &d->claim.at[x->claim.at[i]],
                           &d->claim.at[y->claim.at[k]], far, doubtful))
                return true;
    return false;
}

static struct scope_doubts doubts_of(struct desk *d)
{
    struct scope_doubts s = { .desk = d };
    uint32_t place[MEASURE_COUNT];
    int32_t day[MEASURE_COUNT];

    for (uint32_t m = 0; m < MEASURE_COUNT; m++) {
        place[m] = PARTY_NONE;
        day[m] = DATE_NONE;
    }
    for (uint32_t i = 0; i < d->claim.count; i++) {
        const struct claim *c = &d->claim.at[i];
        enum measure m = c->kind == FINDING_FIGURE ? c->figure->measure : MEASURE_OTHER;

        if (m == MEASURE_OTHER || c->background)
            continue;
        s.places[m] |= places_near(&d->parties, place[m], c->place) == NEAR_APART;
        s.days[m] |= day[m] != DATE_NONE && c->day != DATE_NONE && day[m] != c->day;
        place[m] = place[m] == PARTY_NONE ? c->place : place[m];
        day[m] = day[m] == DATE_NONE ? c->day : day[m];
    }
    return s;
}

void desk_find_conflicts(struct desk *d)
{
    struct scope_doubts s = doubts_of(d);

    for (uint32_t i = 0; i < d->bundle.count; i++)
        for (uint32_t k = 0; k < i; k++)
            if (d->bundle.at[i].kind == FINDING_FIGURE &&
                d->bundle.at[k].kind == FINDING_FIGURE &&
                conflict(&s, &d->bundle.at[i], &d->bundle.at[k])) {
                *PUSH(&d->scratch, &d->bundle.at[i].against) = k;
                *PUSH(&d->scratch, &d->bundle.at[k].against) = i;
            }
}
