/* events.c - which happenings told by several reports are one. */
#include "story/desk.h"

#include <math.h>

#include "story/words.h"

/* Points for what two tellings share; ENOUGH of them make one event. */
#define SAME_NAMED 2.0F /* a person, body or country that takes part on the same side */
#define SAME_GROUP 1.0F /* "protesters" on the same side */
#define OTHER_NAMED 3.0F /* named participants of one side that are not the same */
#define OTHER_GROUP 1.0F
#define SAME_TRIGGER 1.5F
#define SAME_MODE 1.0F
#define SAME_DAY 1.0F
#define SAME_PLACE 0.75F
#define LIKENESS 3.0F /* times the likeness of the sentences */
#define ENOUGH 3.0F
/* How alike the sentences of two tellings must be at least. */
#define LEAST_ALIKE 0.45F
#define TRIGGER_ALIKE 0.35F /* with one trigger, or a group in both */
#define SHARED_ALIKE 0.2F   /* with one trigger and one group, or a name */
/* Learnt log odds that two tellings are of one happening.  Below UNLIKE they are not one,
 * whatever the rules say ("killings", and the "violence" that followed), but where names
 * are the same on both sides: "he fired Stamm" and "Oran dismissed him" look less alike
 * than they are.  High odds alone make no two one, as the scorer has learnt from reports
 * of one day: in a war each "killed" is like another. */
#define UNLIKE (-2.0F)
#define ENOUGH_IN_REPORT 4.0F /* one report tells of several like things */
#define OTHER_TYPE 1.0F       /* more is needed when the types differ */

static bool denies(const struct event *e)
{
    return e->modality == MODALITY_DENIED || e->modality == MODALITY_NEGATED;
}

static void add_event(struct desk *d, uint32_t report, uint32_t fact)
{
    const struct event *e = &desk_facts(d, report)->event.at[fact];
    struct claim c = desk_claim(d, FINDING_EVENT, report, fact, e->claimant, e->start);

    c.event = e;
    c.denies = denies(e);
    c.place = party_at(&d->parties, report, e->place);
    *PUSH(&d->scratch, &d->claim) = c;
}

static int world(const struct event *e)
{
    if (e->modality == MODALITY_EXPECTED)
        return 1;
    return e->modality == MODALITY_HYPOTHETICAL ? 2 : 0;
}

static bool days_apart(const struct event *a, const struct event *b)
{
    int32_t a_end = a->end_day == DATE_NONE ? a->day : a->end_day;
    int32_t b_end = b->end_day == DATE_NONE ? b->day : b->end_day;

    if (a->day == DATE_NONE || b->day == DATE_NONE)
        return false;
    return a->day > b_end || b->day > a_end;
}

/* Without prepositions at its end: "arrived in" and "arrived" are one trigger. */
static struct str without_preposition(struct str trigger)
{
    static const char *const list[] = { " in",   " at",   " on",  " to",     " into",
                                        " from", " with", " for", " against" };

    for (size_t i = 0; i < COUNT(list); i++)
        if (str_ends(trigger, str_from(list[i])))
            return str_slice(trigger, 0, trigger.len - str_from(list[i]).len);
    return trigger;
}

/* The key of an event's trigger, alike for what newsrooms put for one another. */
static uint32_t trigger_sense(const struct desk *d, const struct claim *c)
{
    const struct text *t = desk_facts(d, c->report)->text;
    struct str word =
        str_slice(t->article->text, c->event->trigger_start, c->event->trigger_end);
    uint32_t key = word_key(without_preposition(word));

    return vocabulary_sense(d->vocabulary, key);
}

struct sides {
    const uint32_t *at[2];
    uint32_t count[2];
};

/* Points for participants of one side: what they share, or that they can't be one. */
static float side_points(const struct desk *d, const struct claim *a,
                         const struct claim *b, const struct sides *s)
{
    bool group = false, named = false;
    float best = 0;

    for (uint32_t i = 0; i < s->count[0]; i++)
        for (uint32_t k = 0; k < s->count[1]; k++) {
            uint32_t p = party_at(&d->parties, a->report, s->at[0][i]);
            uint32_t q = party_at(&d->parties, b->report, s->at[1][k]);
            bool vague = d->parties.party.at[p].type == ENTITY_GROUP ||
                         d->parties.party.at[q].type == ENTITY_GROUP;

            if (p == q && best < (vague ? SAME_GROUP : SAME_NAMED))
                best = vague ? SAME_GROUP : SAME_NAMED;
            group |= vague;
            named |= !vague;
        }
    if (best > 0 || s->count[0] == 0 || s->count[1] == 0)
        return best;
    return named && !group ? -OTHER_NAMED : -OTHER_GROUP;
}

/* How alike the sentences must be, by what else the tellings share. */
static float least_alike(bool trigger, bool one_day, float who, float whom)
{
    bool named = who >= SAME_NAMED || whom >= SAME_NAMED;

    if (named && ((who > 0 && whom > 0) || one_day))
        return 0;
    if (named)
        return SHARED_ALIKE;
    if (trigger && (who > 0 || whom > 0))
        return SHARED_ALIKE;
    return trigger || who > 0 || whom > 0 ? TRIGGER_ALIKE : LEAST_ALIKE;
}

static void start_happenings(struct desk *d)
{
    uint32_t reports = d->story->reports.count;
    const struct facts **facts = NEW(&d->scratch, const struct facts *, reports);

    for (uint32_t r = 0; r < reports; r++)
        facts[r] = desk_facts(d, r);
    d->happenings = happenings_of(&d->scratch, d->vocabulary, facts, reports);
    d->happening = NEW(&d->scratch, const struct happening *, 2 * d->claim.count);
}

/* A claim's event by the first of its words, and by the last. */
static const struct happening *const *tellings_of_claim(struct desk *d,
                                                        const struct claim *c)
{
    const struct happening **at;

    if (!d->happenings)
        start_happenings(d);
    at = &d->happening[2 * (c - d->claim.at)];
    for (int i = 0; i < 2 && !at[i]; i++) {
        struct happening *h = NEW(&d->scratch, struct happening, 1);

        *h = happening_at(
            d->happenings, c->report,
            (struct span){ c->event->trigger_start, c->event->trigger_end },
            i == 0 ? HEAD_FIRST : HEAD_LAST);
        at[i] = h;
    }
    return at;
}

/* Log odds that two reports tell of one happening, by the words that speak most for it:
 * "submitted their resignations", "resigned".  None in one report, where the rules alone
 * decide. */
static float odds_of_one(struct desk *d, const struct claim *a, const struct claim *b)
{
    const struct happening *const *x, *const *y;
    float best = UNLIKE;

    if (a->report == b->report)
        return 0;
    x = tellings_of_claim(d, a);
    y = tellings_of_claim(d, b);
    for (int i = 0; i < 4; i++)
        best = fmaxf(best, happening_logit(d->happenings, x[i / 2], y[i % 2]));
    return best;
}

static bool is_count(const struct figure *f, const struct facts *facts)
{
    return f->event < facts->event.count && f->modality == MODALITY_ASSERTED &&
           f->subset_of == FACT_NONE;
}

/* Chains the counts of each event of a report, so that a pair looks at its own alone. */
static void start_counts(struct desk *d, uint32_t report)
{
    const struct facts *f = desk_facts(d, report);
    uint32_t *first = NEW(&d->scratch, uint32_t, f->event.count + 1);
    uint32_t *next = NEW(&d->scratch, uint32_t, f->figure.count + 1);

    for (uint32_t i = f->figure.count; i-- > 0;) {
        const struct figure *g = &f->figure.at[i];

        if (!is_count(g, f))
            continue;
        next[i] = first[g->event];
        first[g->event] = i + 1;
    }
    d->count[report] = first;
    d->next_count[report] = next;
}

#define COUNTS_OF_EVENT 8 /* of one event, so many are held against another's */

/* "58 people were killed" and "31 had been killed" are two counts of one flood: the ledger
 * sets them side by side, but neither telling supports the other.  One count in common is
 * enough. */
static bool counts_apart(const struct desk *d, const struct claim *a,
                         const struct claim *b)
{
    const struct facts *x = desk_facts(d, a->report), *y = desk_facts(d, b->report);
    uint32_t i = d->count[a->report][a->fact], left = COUNTS_OF_EVENT;
    bool apart = false;

    for (; i > 0 && left > 0; i = d->next_count[a->report][i - 1], left--) {
        const struct figure *f = &x->figure.at[i - 1];
        uint32_t k = d->count[b->report][b->fact], rest = COUNTS_OF_EVENT;

        for (; k > 0 && rest > 0; k = d->next_count[b->report][k - 1], rest--) {
            const struct figure *g = &y->figure.at[k - 1];

            if (f->measure != g->measure)
                continue;
            if (f->low <= g->high && g->low <= f->high)
                return false;
            apart = true;
        }
    }
    return apart;
}

static float points(struct desk *d, const struct claim *a, const struct claim *b)
{
    const struct event *x = a->event, *y = b->event;
    enum nearness near = places_near(&d->parties, a->place, b->place);
    struct sides actors = { { x->actor, y->actor }, { x->actors, y->actors } };
    struct sides recipients = { { x->recipient, y->recipient },
                                { x->recipients, y->recipients } };
    bool trigger = trigger_sense(d, a) == trigger_sense(d, b);
    bool one_day =
        x->day != DATE_NONE && y->day != DATE_NONE; /* not apart: see below */
    bool mode = x->mode.len > 0 && str_eq(x->mode, y->mode);
    float sum = 0, who, whom, alike;

    if (world(x) != world(y) || days_apart(x, y) || near == NEAR_APART ||
        (x->type != y->type && !trigger))
        return -1;
    who = side_points(d, a, b, &actors);
    whom = side_points(d, a, b, &recipients);
    sum += who + whom;
    sum += trigger ? SAME_TRIGGER : 0;
    sum += mode ? SAME_MODE : 0;
    sum += one_day ? SAME_DAY : 0;
    sum += near == NEAR_SAME ? SAME_PLACE : 0;
    sum -= x->type != y->type ? OTHER_TYPE : 0;
    if (sum + LIKENESS < ENOUGH)
        return sum;
    if (counts_apart(d, a, b))
        return -1;
    alike = claims_likeness(d, a, b);
    if (alike < least_alike(trigger, one_day, who, whom) ||
        ((who < SAME_NAMED || whom < SAME_NAMED) && odds_of_one(d, a, b) <= UNLIKE))
        return 0;
    return sum + LIKENESS * alike;
}

/* The best points with a claim of the bundle; none when any claim speaks against it. */
static float bundle_points(struct desk *d, const struct bundle *b,
                           const struct claim *c)
{
    float best = 0;

    for (uint32_t i = 0; i < b->claim.count; i++) {
        const struct claim *other = &d->claim.at[b->claim.at[i]];
        float p = points(d, other, c);

        if (p < 0)
            return 0;
        if (other->report == c->report && p < ENOUGH_IN_REPORT)
            p = 0;
        if (p > best)
            best = p;
    }
    return best;
}

static void bundle_event(struct desk *d, uint32_t claim)
{
    uint32_t found = FACT_NONE;
    float best = ENOUGH;

    for (uint32_t i = 0; i < d->bundle.count; i++) {
        float p;

        if (d->bundle.at[i].kind != FINDING_EVENT)
            continue;
        p = bundle_points(d, &d->bundle.at[i], &d->claim.at[claim]);
        if (p > best || (p >= best && found == FACT_NONE)) {
            best = p;
            found = i;
        }
    }
    if (found == FACT_NONE)
        desk_bundle(d, claim);
    else
        *PUSH(&d->scratch, &d->bundle.at[found].claim) = claim;
}

void desk_add_events(struct desk *d)
{
    uint32_t first = d->claim.count, reports = d->story->reports.count;

    d->count = NEW(&d->scratch, uint32_t *, reports + 1);
    d->next_count = NEW(&d->scratch, uint32_t *, reports + 1);
    for (uint32_t r = 0; r < reports; r++)
        start_counts(d, r);

    for (uint32_t r = 0; r < d->story->reports.count; r++)
        for (uint32_t i = 0; i < desk_facts(d, r)->event.count; i++)
            add_event(d, r, i);
    for (uint32_t denials = 0; denials < 2; denials++)
        for (uint32_t i = first; i < d->claim.count; i++)
            if (d->claim.at[i].denies == (denials == 1))
                bundle_event(d, i);
}
