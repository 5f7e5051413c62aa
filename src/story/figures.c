/* figures.c - which counts are the same, refine, supersede, add up or conflict. */
#include "story/figures.h"
#include "fact/class.h"
#include "story/recall.h"

#define DAY_SECONDS 86400
#define NIGHT 1           /* days: an attack of the night is of either day */
#define LIKE_ENOUGH 0.28F /* sentences of two figures that are no tolls */
#define LIKE_ONE 0.18F    /* sentences of two reports of one victim */
#define HISTORY_DAYS 60
#define SUMMANDS_MAX 6
#define SUM_SENTENCES 3 /* parts of one count stand close together */

/* ---- claims ---- */

/* "two of the dead", "nine of them": part of another figure, whether or not its stage
 * has found which. */
static bool names_part(struct str words)
{
    static const char *const wholes[] = { " of the dead",    " of the victims",
                                          " of the wounded", " of the injured",
                                          " of them",        " of those",
                                          " of the missing", " of the bodies" };

    for (size_t i = 0; i < COUNT(wholes); i++)
        if (str_find_fold(words, str_from(wholes[i])) != STR_NPOS)
            return true;
    return false;
}

static bool is_subset(const struct figure *f, struct str text)
{
    return f->part || f->subset_of != FACT_NONE || f->group.len > 0 ||
           names_part(str_slice(text, f->start, f->end));
}

/* What happened months before the report is history, not news. */
static bool is_background(const struct figure *f, const struct article *a)
{
    int32_t day = f->day != DATE_NONE ? f->day : f->period_end;

    return f->background ||
           (day != DATE_NONE && a->published.precision >= INSTANT_DAY &&
            a->published.day - day > HISTORY_DAYS);
}

static bool is_exact(const struct claim *c)
{
    return c->low == c->high;
}

static bool is_one(const struct claim *c)
{
    return c->low == 1 && c->high == 1;
}

/* "Officers have been killed" names no number: it bears out none and disputes none. */
bool claim_is_bare(const struct claim *c)
{
    return str_eq(c->figure->op, STR("pl")) && c->high == COUNT_OPEN;
}

/* "at least 26" reaches to 32: 28 bears it out, 40 is another count. */
static int64_t reach(const struct claim *c)
{
    int64_t more = c->low / 4 > 2 ? c->low / 4 : 2;

    if (c->high != COUNT_OPEN || claim_is_bare(c))
        return c->high;
    return c->low > COUNT_OPEN - more ? COUNT_OPEN : c->low + more;
}

static void give_day(struct claim *c, int32_t day)
{
    c->as_of = day;
    c->given = (int64_t)day * DAY_SECONDS;
}

/* "On Tuesday the service had spoken of nine dead", in a report of Wednesday, is what
 * the service gave on Tuesday; Tuesday is not the day of their deaths. */
static void set_back(const struct desk *d, struct claim *c)
{
    const struct facts *facts = desk_facts(d, c->report);
    const struct text *text = facts->text;
    const struct sentence *s;
    int32_t day;

    if (c->figure->as_of != DATE_NONE && c->figure->as_of != c->as_of)
        give_day(c, c->figure->as_of);
    if (text->sentence.count == 0 || !measure_is_toll(c->figure->measure) ||
        c->background)
        return;
    s = &text->sentence.at[c->sentence];
    c->recalled = tells_earlier(str_slice(text->article->text, s->start, s->end),
                                c->figure->start - s->start);
    if (!c->recalled || c->figure->as_of != DATE_NONE)
        return;
    day = recalled_day(facts, s->start, s->end, c->as_of);
    if (day != DATE_NONE && c->day == day)
        c->day = DATE_NONE;
    c->as_of = day;
    c->given = day == DATE_NONE ? 0 : (int64_t)day * DAY_SECONDS;
}

/* A recalled figure without a day was given when its voice first gave it. */
static void date_recalled(struct desk *d, uint32_t first)
{
    for (uint32_t i = first; i < d->claim.count; i++) {
        struct claim *c = &d->claim.at[i];

        if (!c->recalled || c->as_of != DATE_NONE)
            continue;
        for (uint32_t k = first; k < d->claim.count; k++) {
            const struct claim *o = &d->claim.at[k];

            if (!o->recalled && o->as_of != DATE_NONE && o->low == c->low &&
                o->figure->measure == c->figure->measure && o->report != c->report &&
                (c->as_of == DATE_NONE || o->as_of < c->as_of) &&
                (o->voice == c->voice || c->voice & VOICE_OWN))
                give_day(c, o->as_of);
        }
    }
}

static void add_figure(struct desk *d, uint32_t report, uint32_t fact)
{
    const struct figure *f = &desk_facts(d, report)->figure.at[fact];
    const struct text *text = desk_facts(d, report)->text;
    struct claim c = desk_claim(d, FINDING_FIGURE, report, fact, f->claimant, f->start);

    c.figure = f;
    c.subset = is_subset(f, text->article->text);
    c.background = is_background(f, text->article);
    c.low = f->low == INT64_MIN ? 0 : f->low;
    c.high = f->high;
    c.classes =
        measure_is_toll(f->measure) ? class_bits_alleged(f->class_name) : CLASS_ANYONE;
    c.place = party_at(&d->parties, report, f->place);
    c.denies = f->modality == MODALITY_DENIED || f->modality == MODALITY_NEGATED;
    c.day = f->day;
    set_back(d, &c);
    if (c.given % DAY_SECONDS == 0 && c.given > 0)
        c.given += d->version[report]; /* a day alone tells no order */
    *PUSH(&d->scratch, &d->claim) = c;
}

/* ---- about the same thing ---- */

/* Expected and hypothetical figures are about other worlds. */
static int world(enum modality m)
{
    if (m == MODALITY_EXPECTED)
        return 1;
    return m == MODALITY_HYPOTHETICAL ? 2 : 0;
}

static bool days_fit(const struct claim *x, const struct claim *y)
{
    const struct figure *a = x->figure, *b = y->figure;

    int32_t slack = x->report == y->report ? 0 : NIGHT;

    if (x->day != DATE_NONE && y->day != DATE_NONE && abs(x->day - y->day) > slack)
        return false;
    if (a->period_begin == DATE_NONE || b->period_begin == DATE_NONE)
        return true;
    return a->period_begin <= b->period_end && b->period_begin <= a->period_end;
}

/* All that must fit whatever the values are. */
bool claims_same_matter(const struct desk *d, const struct claim *a,
                        const struct claim *b)
{
    const struct figure *x = a->figure, *y = b->figure;

    return x->measure == y->measure && a->background == b->background &&
           a->subset == b->subset && str_eq(x->group, y->group) &&
           (str_eq(x->unit, y->unit) || measure_is_toll(x->measure)) &&
           world(x->modality) == world(y->modality) && days_fit(a, b) &&
           places_near(&d->parties, a->place, b->place) != NEAR_APART;
}

/* One who counts alike may name them otherwise: the ministry's "26 criminals" are the 26
 * protesters that another paper has from the ministry. */
static bool classes_fit(const struct claim *a, const struct claim *b)
{
    if (a->classes == b->classes)
        return true;
    return (a->classes & b->classes) && a->voice == b->voice && is_exact(a) &&
           is_exact(b) && a->low == b->low && a->report != b->report &&
           a->classes != CLASS_ANYONE && b->classes != CLASS_ANYONE;
}

static bool meet(const struct claim *a, const struct claim *b)
{
    return a->low <= reach(b) && b->low <= reach(a);
}

static struct str outlet_of(const struct desk *d, const struct claim *c)
{
    const struct article *a = desk_facts(d, c->report)->text->article;

    return a->outlet.len > 0 ? a->outlet : a->domain;
}

/* Whether two claims have one claimant: a party, or one outlet's own voice. */
bool claims_one_voice(const struct desk *d, const struct claim *a,
                      const struct claim *b)
{
    if (a->voice == b->voice)
        return true;
    return a->voice & b->voice & VOICE_OWN && outlet_of(d, a).len > 0 &&
           str_eq(outlet_of(d, a), outlet_of(d, b));
}

/* A voice's "at least 19" of Wednesday is no word for its 29 of Thursday. */
static bool has_risen(const struct desk *d, const struct claim *a,
                      const struct claim *b)
{
    return claims_one_voice(d, a, b) && a->as_of != DATE_NONE &&
           b->as_of != DATE_NONE && a->as_of != b->as_of && a->low != b->low &&
           (a->high == COUNT_OPEN || b->high == COUNT_OPEN);
}

/* Whether a claim says what another says. */
static bool agree(struct desk *d, const struct claim *a, const struct claim *b)
{
    if (!claims_same_matter(d, a, b) || !classes_fit(a, b) || !meet(a, b) ||
        claim_is_bare(a) != claim_is_bare(b) || has_risen(d, a, b))
        return false;
    if (a->report == b->report && !measure_is_toll(a->figure->measure))
        return a->low == b->low && a->high == b->high &&
               claims_likeness(d, a, b) >= LIKE_ENOUGH;
    if (!measure_is_toll(a->figure->measure))
        return claims_likeness(d, a, b) >= LIKE_ENOUGH;
    if (is_one(a) && is_one(b))
        return claims_likeness(d, a, b) >= LIKE_ONE;
    return is_one(a) == is_one(b);
}

/* ---- bundles ---- */

/* Exact claims first, so that vague ones find them; then as they came. */
static int64_t vagueness(const struct claim *c)
{
    if (is_exact(c))
        return 0;
    return c->high == COUNT_OPEN ? c->low + 2 : c->high - c->low;
}

static int by_precision(const void *a, const void *b)
{
    const struct claim *x = a, *y = b;
    int64_t p = vagueness(x), q = vagueness(y);

    if (p != q)
        return p < q ? -1 : 1;
    if (x->report != y->report)
        return x->report < y->report ? -1 : 1;
    return (x->fact > y->fact) - (x->fact < y->fact);
}

static bool fits_bundle(struct desk *d, const struct bundle *b, const struct claim *c)
{
    if (b->kind != FINDING_FIGURE || c->low > b->high ||
        b->low > (c->high == COUNT_OPEN ? reach(c) : c->high))
        return false;
    for (uint32_t i = 0; i < b->claim.count; i++)
        if (!agree(d, &d->claim.at[b->claim.at[i]], c))
            return false;
    return true;
}

static bool has_voice(const struct desk *d, const struct bundle *b, uint32_t voice)
{
    for (uint32_t i = 0; i < b->claim.count; i++)
        if (d->claim.at[b->claim.at[i]].voice == voice)
            return true;
    return false;
}

/* The bundle that a claim belongs to: its own voice's before the first one. */
static uint32_t find_bundle(struct desk *d, const struct claim *c)
{
    uint32_t found = FACT_NONE;

    for (uint32_t i = 0; i < d->bundle.count; i++) {
        const struct bundle *b = &d->bundle.at[i];

        if (!fits_bundle(d, b, c))
            continue;
        if (has_voice(d, b, c->voice))
            return i;
        if (found == FACT_NONE)
            found = i;
    }
    return found;
}

static void narrow(struct bundle *b, int64_t low, int64_t high)
{
    b->low = low > b->low ? low : b->low;
    b->high = high < b->high ? high : b->high;
}

static void bundle_claim(struct desk *d, uint32_t claim)
{
    const struct claim *c = &d->claim.at[claim];
    uint32_t at = find_bundle(d, c);
    struct bundle *b;

    if (at == FACT_NONE) {
        desk_bundle(d, claim);
        return;
    }
    b = &d->bundle.at[at];
    *PUSH(&d->scratch, &b->claim) = claim;
    if (!c->denies)
        narrow(b, c->low, c->high);
}

/* ---- supersede ---- */

/* Whether a claim is of a later time; what is recalled without a day is before all that
 * is told as of today. */
static bool is_later(const struct claim *later, const struct claim *c)
{
    if (c->recalled && c->as_of == DATE_NONE)
        return !later->recalled && later->given >= c->given;
    return c->as_of != DATE_NONE && later->as_of != DATE_NONE &&
           later->given > c->given &&
           (later->report != c->report || later->as_of != c->as_of);
}

static bool supersedes(const struct desk *d, const struct claim *later,
                       const struct claim *c)
{
    return measure_is_toll(c->figure->measure) && claims_one_voice(d, later, c) &&
           is_later(later, c) && later->classes == c->classes &&
           claims_same_matter(d, later, c) &&
           (!meet(later, c) || has_risen(d, later, c)) && !later->denies &&
           !c->denies && !is_one(c) && !is_one(later) && !claim_is_bare(c) &&
           !claim_is_bare(later);
}

/* Whether one voice states both values in one report, for one time: then they are about
 * two things, whatever they look like. */
bool bundles_stated_together(const struct desk *d, const struct bundle *x,
                             const struct bundle *y)
{
    for (uint32_t i = 0; i < x->claim.count; i++)
        for (uint32_t k = 0; k < y->claim.count; k++) {
            const struct claim *a = &d->claim.at[x->claim.at[i]];
            const struct claim *b = &d->claim.at[y->claim.at[k]];

            if (a->report == b->report && a->voice == b->voice && a->as_of == b->as_of)
                return true;
        }
    return false;
}

/* The earliest claim that supersedes c; its bundle replaces that of c. */
static uint32_t successor(const struct desk *d, uint32_t claim, uint32_t own)
{
    uint32_t best = FACT_NONE;
    int64_t given = INT64_MAX;

    for (uint32_t b = 0; b < d->bundle.count; b++)
        for (uint32_t i = 0; b != own && i < d->bundle.at[b].claim.count; i++) {
            const struct claim *c = &d->claim.at[d->bundle.at[b].claim.at[i]];

            if (c->kind == FINDING_FIGURE && c->given < given &&
                supersedes(d, c, &d->claim.at[claim]) &&
                !bundles_stated_together(d, &d->bundle.at[own], &d->bundle.at[b])) {
                given = c->given;
                best = b;
            }
        }
    return best;
}

static void supersede(struct desk *d)
{
    for (uint32_t b = 0; b < d->bundle.count; b++) {
        struct bundle *bundle = &d->bundle.at[b];
        bool live = false;

        if (bundle->kind != FINDING_FIGURE)
            continue;
        for (uint32_t i = 0; i < bundle->claim.count; i++) {
            uint32_t next = successor(d, bundle->claim.at[i], b);

            if (next != FACT_NONE) {
                d->claim.at[bundle->claim.at[i]].superseded = true;
                bundle->superseded_by = next;
            }
            live |= next == FACT_NONE;
        }
        if (live)
            bundle->superseded_by = FACT_NONE;
    }
}

/* ---- sums ---- */

/* "some rioters" and "dozens" add up to nothing that anybody said. */
static bool is_counted(const struct claim *c)
{
    return c->high != COUNT_OPEN ? c->high - c->low <= c->low / 2 : c->low > 2;
}

static bool can_add(const struct claim *c)
{
    return c->kind == FINDING_FIGURE && measure_is_toll(c->figure->measure) &&
           is_counted(c) && c->classes != CLASS_ANYONE && !c->subset && !c->denies &&
           !c->background && !c->superseded && world(c->figure->modality) == 0;
}

static bool adds_to(const struct desk *d, const struct claim *a, const struct claim *b)
{
    uint32_t apart = a->sentence > b->sentence ? a->sentence - b->sentence
                                               : b->sentence - a->sentence;

    return a->report == b->report && a->voice == b->voice && apart <= SUM_SENTENCES &&
           a->as_of == b->as_of && (a->classes & b->classes) == 0 &&
           a->figure->measure == b->figure->measure && claims_same_matter(d, a, b);
}

/* The claims that add up with the first: one report, one voice, classes all apart. */
static uint32_t summands(const struct desk *d, uint32_t first, uint32_t *out)
{
    uint32_t n = 1;

    out[0] = first;
    for (uint32_t i = 0; i < d->claim.count && n < SUMMANDS_MAX; i++) {
        const struct claim *c = &d->claim.at[i];
        bool all = i != first && can_add(c);

        for (uint32_t k = 0; all && k < n; k++)
            all = adds_to(d, &d->claim.at[out[k]], c) &&
                  (k > 0 || i > first || !adds_to(d, c, &d->claim.at[first]));
        if (all)
            out[n++] = i;
    }
    return n;
}

/* The voice's own total in the same report makes a sum needless. */
static bool has_total(const struct desk *d, const struct claim *part)
{
    for (uint32_t i = 0; i < d->claim.count; i++) {
        const struct claim *c = &d->claim.at[i];

        if (c->kind == FINDING_FIGURE && c->report == part->report &&
            c->voice == part->voice && c->classes == CLASS_ANYONE &&
            c->low > part->low && claims_same_matter(d, c, part))
            return true;
    }
    return false;
}

static void sum_up(const struct desk *d, const uint32_t *part, uint32_t parts,
                   int64_t *low, int64_t *high)
{
    *low = *high = 0;
    for (uint32_t i = 0; i < parts; i++) {
        const struct claim *c = &d->claim.at[part[i]];

        *low += c->low;
        *high =
            c->high == COUNT_OPEN || *high == COUNT_OPEN ? COUNT_OPEN : *high + c->high;
    }
}

/* Whether a sum of one voice's parts can stand in a bundle: its own voice's sums, or
 * what somebody states as the total. */
static bool takes_sum(const struct desk *d, const struct bundle *b,
                      const struct claim *part, int64_t low, int64_t high)
{
    const struct claim *c = &d->claim.at[b->claim.at[0]];

    if (b->kind != FINDING_FIGURE || low > b->high || b->low > high ||
        !claims_same_matter(d, c, part) || c->superseded)
        return false;
    if (b->derived)
        return c->voice == part->voice || (low == b->low && high == b->high);
    return c->classes == CLASS_ANYONE && !c->denies && is_exact(c);
}

static struct bundle *sum_bundle(struct desk *d, const struct claim *part, int64_t low,
                                 int64_t high)
{
    struct bundle *b;

    for (uint32_t i = 0; i < d->bundle.count; i++)
        if (takes_sum(d, &d->bundle.at[i], part, low, high)) {
            narrow(&d->bundle.at[i], low, high);
            return &d->bundle.at[i];
        }
    b = PUSH(&d->scratch, &d->bundle);
    *b = (struct bundle){ .kind = FINDING_FIGURE,
                          .low = low,
                          .high = high,
                          .derived = true,
                          .superseded_by = FACT_NONE };
    return b;
}

static void add_sums(struct desk *d)
{
    for (uint32_t i = 0; i < d->claim.count; i++) {
        uint32_t part[SUMMANDS_MAX], parts;
        int64_t low, high;
        struct bundle *b;

        if (!can_add(&d->claim.at[i]) || has_total(d, &d->claim.at[i]))
            continue;
        parts = summands(d, i, part);
        if (parts < 2)
            continue;
        sum_up(d, part, parts, &low, &high);
        b = sum_bundle(d, &d->claim.at[i], low, high);
        for (uint32_t k = 0; k < parts; k++)
            *PUSH(&d->scratch, &b->claim) = part[k];
    }
}

/* ---- parts told before their whole ---- */

/* "… 34 dead, including the three at the market": the three of an earlier sentence of
 * the report were part of a count, too. */
static bool is_the_same_part(const struct desk *d, const struct claim *c,
                             const struct claim *part)
{
    struct str text = desk_facts(d, part->report)->text->article->text;
    uint32_t start = part->figure->start;

    return part->subset && part->report == c->report && part->sentence > c->sentence &&
           part->figure->measure == c->figure->measure && part->low == c->low &&
           part->high == c->high && start >= 4 &&
           str_eq_fold(str_slice(text, start - 4, start), STR("the "));
}

static void find_parts(struct desk *d, uint32_t first)
{
    for (uint32_t i = first; i < d->claim.count; i++) {
        struct claim *c = &d->claim.at[i];

        if (c->subset || c->background || !measure_is_toll(c->figure->measure))
            continue;
        for (uint32_t k = first; k < d->claim.count && !c->subset; k++)
            c->subset = is_the_same_part(d, c, &d->claim.at[k]);
    }
}

void desk_add_figures(struct desk *d)
{
    uint32_t first = d->claim.count;

    for (uint32_t r = 0; r < d->story->reports.count; r++)
        for (uint32_t i = 0; i < desk_facts(d, r)->figure.count; i++)
            add_figure(d, r, i);
    date_recalled(d, first);
    find_parts(d, first);
    if (d->claim.count > first)
        qsort(d->claim.at + first, d->claim.count - first, sizeof *d->claim.at,
              by_precision);
    for (uint32_t denials = 0; denials < 2; denials++)
        for (uint32_t i = first; i < d->claim.count; i++)
            if (d->claim.at[i].denies == (denials == 1))
                bundle_claim(d, i);
    supersede(d);
    add_sums(d);
    desk_find_conflicts(d);
}
