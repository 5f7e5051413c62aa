#include "story/desk.h"

#define DAY_SECONDS 86400

const struct facts *desk_facts(const struct desk *d, uint32_t report)
{
    return d->situation->report[d->story->reports.at[report]];
}

struct claim desk_claim(struct desk *d, enum finding_kind kind, uint32_t report,
                        uint32_t fact, uint32_t claimant, uint32_t start)
{
    const struct facts *f = desk_facts(d, report);
    const struct instant *published = &f->text->article->published;
    struct claim c = { .kind = kind, .report = report, .fact = fact };

    c.origin = d->origin_of[report];
    c.voice = claimant == FACT_NONE ? VOICE_OWN | c.origin
                                    : party_at(&d->parties, report, claimant);
    c.sentence = text_sentence_at(f->text, start);
    c.place = PARTY_NONE;
    c.as_of = DATE_NONE;
    if (published->precision >= INSTANT_DAY) {
        c.as_of = published->day;
        c.given = (int64_t)published->day * DAY_SECONDS + published->second +
                  d->version[report]; /* a version follows one of the same time */
    }
    return c;
}

static const struct telling *telling_at(struct desk *d, const struct claim *c)
{
    const struct text *t = desk_facts(d, c->report)->text;
    struct telling *tell;

    if (t->sentence.count == 0)
        return NULL;
    if (!d->telling[c->report])
        d->telling[c->report] = NEW(&d->scratch, struct telling, t->sentence.count);
    tell = &d->telling[c->report][c->sentence];
    if (!tell->sense) {
        const struct sentence *s = &t->sentence.at[c->sentence];

        *tell = telling_from_text(&d->scratch, d->vocabulary,
                                  str_slice(t->article->text, s->start, s->end));
    }
    return tell;
}

float claims_likeness(struct desk *d, const struct claim *a, const struct claim *b)
{
    const struct telling *x = telling_at(d, a), *y = telling_at(d, b);

    return x && y ? telling_likeness(x, y) : 0;
}

struct bundle *desk_bundle(struct desk *d, uint32_t claim)
{
    struct bundle *b = PUSH(&d->scratch, &d->bundle);
    const struct claim *c = &d->claim.at[claim];

    b->kind = c->kind;
    b->low = c->low;
    b->high = c->high;
    b->superseded_by = FACT_NONE;
    *PUSH(&d->scratch, &b->claim) = claim;
    return b;
}
