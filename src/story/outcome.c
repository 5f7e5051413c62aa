/* outcome.c - a bundle written out as a finding: names, values, evidence. */
#include "base/buf.h"
#include "story/desk.h"

#define CLAUSE_BLANKS 2 /* fewer in a clause: "unrest began", "erupted" */

/* How much an event's claim tells; a direct quotation before a reported one. */
static uint32_t fullness(const struct claim *c)
{
    if (c->kind == FINDING_STATEMENT)
        return c->statement->form == STATEMENT_DIRECT
                   ? 1000000
                   : c->statement->end - c->statement->start;
    if (c->kind == FINDING_EVENT)
        return (c->event->actors > 0 ? 4 : 0) + (c->event->recipients > 0 ? 4u : 0) +
               (c->event->place != FACT_NONE ? 2u : 0) +
               (c->event->day != DATE_NONE ? 2u : 0) +
               (c->event->mode.len > 0 ? 1u : 0);
    return c->voice & VOICE_OWN ? 0 : 1;
}

const struct claim *bundle_speaker(const struct desk *d, const struct bundle *b)
{
    const struct claim *best = NULL;

    for (uint32_t i = 0; i < b->claim.count; i++) {
        const struct claim *c = &d->claim.at[b->claim.at[i]];
        bool vaguer = best && c->kind == FINDING_FIGURE &&
                      (c->low != b->low || c->high != b->high) && best->low == b->low &&
                      best->high == b->high;

        if (!best || (best->denies && !c->denies) ||
            (best->denies == c->denies && !vaguer &&
             (best->superseded > c->superseded || fullness(c) > fullness(best))))
            best = c;
    }
    return best;
}

static struct str place_name(const struct desk *d, uint32_t party)
{
    return party == PARTY_NONE ? (struct str){ NULL, 0 }
                               : d->parties.party.at[party].said.name;
}

/* The place that most claims of the bundle name; of equals the first. */
static struct str most_told_place(const struct desk *d, const struct bundle *b)
{
    uint32_t best = PARTY_NONE, most = 0;

    for (uint32_t i = 0; i < b->claim.count; i++) {
        uint32_t place = d->claim.at[b->claim.at[i]].place, n = 0;

        for (uint32_t k = 0; k < b->claim.count && place != PARTY_NONE; k++)
            n += d->claim.at[b->claim.at[k]].place == place;
        if (n > most) {
            most = n;
            best = place;
        }
    }
    return place_name(d, best);
}

static struct finding_figure write_figure(const struct desk *d, const struct bundle *b,
                                          const struct claim *c)
{
    const struct figure *f = c->figure;
    struct finding_figure out = {
        .measure = f->measure,
        .low = b->low,
        .high = b->high,
        .op = f->op,
        .who = f->who,
        .class_name = f->class_name,
        .group = f->group,
        .unit = f->unit,
        .place = most_told_place(d, b),
        .day = f->day,
        .period_begin = f->period_begin,
        .period_end = f->period_end,
        .as_of = c->as_of,
        .background = c->background,
        .subset = c->subset,
        .modality = f->modality,
    };

    if (b->derived) {
        out.derived = true;
        out.who = out.class_name = STR("people");
        out.op = (struct str){ NULL, 0 };
    }
    policy_show(d, b, &out);
    return out;
}

static struct finding_party said(const struct desk *d, uint32_t report, uint32_t actor)
{
    struct finding_party p =
        d->parties.party.at[party_at(&d->parties, report, actor)].said;
    const struct actor *a = &desk_facts(d, report)->actor.at[actor];

    /* a group is told in the words of the evidence: "marchers" who are "protesters" */
    if (a->type == ENTITY_GROUP && a->name.len > 0)
        p.name = a->name;
    return p;
}

/* Takes participants of a claim that are not named yet. */
static void add_sides(struct desk *d, const struct claim *c, struct finding_event *out)
{
    bool actors = out->actors.count == 0, recipients = out->recipients.count == 0;

    for (uint32_t i = 0; actors && i < c->event->actors; i++)
        *PUSH(d->arena, &out->actors) = said(d, c->report, c->event->actor[i]);
    for (uint32_t i = 0; recipients && i < c->event->recipients; i++)
        *PUSH(d->arena, &out->recipients) = said(d, c->report, c->event->recipient[i]);
}

static void add_place(const struct desk *d, const struct claim *c,
                      struct finding_event *out)
{
    const struct party *p;

    if (c->place == PARTY_NONE || out->place.located)
        return;
    p = &d->parties.party.at[c->place];
    out->place.name = p->said.name;
    out->place.country = p->said.country;
    if (p->located) {
        out->place.located = true;
        out->place.lat = p->located->lat;
        out->place.lon = p->located->lon;
    }
}

static void add_event_of(struct desk *d, const struct claim *c,
                         struct finding_event *out)
{
    add_sides(d, c, out);
    add_place(d, c, out);
    if (out->mode.len == 0)
        out->mode = c->event->mode;
    if (out->day == DATE_NONE) {
        out->day = c->event->day;
        out->end_day = c->event->end_day;
    }
}

static struct finding_event write_event(struct desk *d, const struct bundle *b,
                                        const struct claim *c)
{
    struct finding_event out = { .type = c->event->type,
                                 .cameo = c->event->cameo,
                                 .day = DATE_NONE,
                                 .end_day = DATE_NONE,
                                 .modality = c->event->modality };

    add_event_of(d, c, &out);
    for (uint32_t i = 0; i < b->claim.count; i++)
        if (!d->claim.at[b->claim.at[i]].denies)
            add_event_of(d, &d->claim.at[b->claim.at[i]], &out);
    return out;
}

/* text[start..end) on one line: runs of blanks are one blank, none at the ends. */
static struct str one_line(struct arena *arena, struct str text, uint32_t start,
                           uint32_t end)
{
    return arena_line(arena, str_slice(text, start, end));
}

static struct finding_statement write_statement(const struct desk *d,
                                                const struct claim *c)
{
    struct finding_statement out = { .form = c->statement->form };
    struct str text = desk_facts(d, c->report)->text->article->text;

    out.text = one_line(d->arena, text, c->statement->start, c->statement->end);
    if (c->statement->speaker != FACT_NONE) {
        out.speaker = said(d, c->report, c->statement->speaker).name;
        out.role = said(d, c->report, c->statement->speaker).role;
    } else {
        out.speaker = one_line(d->arena, text, c->statement->source.start,
                               c->statement->source.end);
    }
    return out;
}

/* "police … arrested two men" */
static struct str event_words(struct arena *arena, struct str text,
                              const struct clause *c)
{
    struct buf out = buf_new(arena, SIZE_MAX);

    if (c->subject.end > c->subject.start) {
        buf_str(&out, one_line(arena, text, c->subject.start, c->subject.end));
        buf_str(&out, STR(" … "));
    }
    buf_str(&out, one_line(arena, text, c->words.start, c->words.end));
    return buf_view(&out);
}

/* What a summary quotes: an event's clause, or its sentence when the clause is but a
 * word or two; the sentence of a figure that counts no people. */
static struct str clause_of(struct desk *d, const struct claim *c)
{
    const struct text *t = desk_facts(d, c->report)->text;
    struct str clause = { NULL, 0 };
    uint32_t blanks = 0;

    if (c->kind == FINDING_EVENT)
        clause = event_words(&d->scratch, t->article->text, &c->event->clause);
    for (size_t i = 0; i < clause.len; i++)
        blanks += clause.ptr[i] == ' ';
    if (c->kind == FINDING_STATEMENT || blanks >= CLAUSE_BLANKS ||
        t->sentence.count == 0)
        return clause;
    return one_line(&d->scratch, t->article->text, t->sentence.at[c->sentence].start,
                    t->sentence.at[c->sentence].end);
}

/* ---- evidence ---- */

static struct evidence evidence_of(const struct desk *d, const struct claim *c)
{
    struct evidence e = { .report = d->story->reports.at[c->report],
                          .sentence = c->sentence,
                          .disputes = c->denies,
                          .fact = c->fact };

    if (c->kind == FINDING_FIGURE) {
        e.start = c->figure->start;
        e.end = c->figure->end;
        e.by_hand = c->figure->by_hand;
    } else if (c->kind == FINDING_EVENT) {
        e.start = c->event->start;
        e.end = c->event->end;
        e.by_hand = c->event->by_hand;
    } else {
        e.start = c->statement->start;
        e.end = c->statement->end;
        e.by_hand = c->statement->by_hand;
    }
    if (!(c->voice & VOICE_OWN))
        e.claimant = d->parties.party.at[c->voice].said.name;
    return e;
}

static int by_report(const void *a, const void *b)
{
    const struct evidence *x = a, *y = b;

    if (x->disputes != y->disputes)
        return x->disputes ? 1 : -1;
    if (x->report != y->report)
        return x->report < y->report ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

static void add_evidence(struct desk *d, const struct bundle *b, struct finding *f)
{
    bool stated = false;

    f->evidence.at = NEW(d->arena, struct evidence, b->claim.count);
    f->evidence.cap = b->claim.count;
    for (uint32_t i = 0; i < b->claim.count; i++) {
        f->evidence.at[f->evidence.count++] =
            evidence_of(d, &d->claim.at[b->claim.at[i]]);
        stated |= !d->claim.at[b->claim.at[i]].denies;
    }
    for (uint32_t i = 0; i < f->evidence.count; i++)
        f->evidence.at[i].disputes &= stated; /* a denial supports "not so" */
    qsort(f->evidence.at, f->evidence.count, sizeof *f->evidence.at, by_report);
}

/* The one named claimant of all live support, or absent. */
static struct str sole_claimant(const struct desk *d, const struct bundle *b)
{
    uint32_t voice = VOICE_OWN;

    for (uint32_t i = 0; i < b->claim.count; i++) {
        const struct claim *c = &d->claim.at[b->claim.at[i]];

        if (c->voice & VOICE_OWN || (voice != VOICE_OWN && voice != c->voice))
            return (struct str){ NULL, 0 };
        voice = c->voice;
    }
    return voice & VOICE_OWN ? (struct str){ NULL, 0 }
                             : d->parties.party.at[voice].said.name;
}

/* What a person changed is told wherever the finding is. */
static void tell_by_hand(const struct desk *d, struct finding *f)
{
    struct buf b = buf_new(d->arena, (size_t)1 << 20);

    for (uint32_t i = 0; i < f->evidence.count; i++) {
        if (f->evidence.at[i].by_hand.len == 0)
            continue;
        buf_str(&b, f->summary);
        buf_str(&b, STR(" ["));
        buf_str(&b, f->evidence.at[i].by_hand);
        buf_char(&b, ']');
        f->summary = buf_view(&b);
        return;
    }
}

struct finding finding_from_bundle(struct desk *d, const struct bundle *b)
{
    const struct claim *c = bundle_speaker(d, b);
    struct support s = bundle_support(d, b);
    struct finding f = { .kind = b->kind,
                         .status = bundle_status(d, b),
                         .origins = s.origins,
                         .claimants = s.claimants,
                         .superseded_by = FACT_NONE };

    if (f.kind == FINDING_FIGURE)
        f.figure = write_figure(d, b, c);
    else if (f.kind == FINDING_EVENT)
        f.event = write_event(d, b, c);
    else
        f.statement = write_statement(d, c);
    f.summary = clause_of(d, c);
    f.summary =
        arena_str(d->arena, finding_summary(&d->scratch, &f, sole_claimant(d, b)));
    add_evidence(d, b, &f);
    tell_by_hand(d, &f);
    return f;
}
