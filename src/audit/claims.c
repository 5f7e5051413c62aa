/* claims.c - whether the source has it that somebody says what the brief has them say. */
#include "audit/checks.h"

#define CARRIED 0.62F    /* of what a claim tells, for a sentence to support it */
#define NEAR 0.35F       /* … to be shown as what stands there instead */
#define TELLING_MIN 8.0F /* weight of words beside a figure that make a claim of it */
#define WITNESSES_MAX 3

struct candidate {
    const struct claim *said; /* the source's claim, or NULL: a sentence in own voice */
    struct witness witness;
    enum check_reason reason;
    float rank;
};

static bool counts_sense(const struct tally *t, struct gist_sense *sense)
{
    struct gist one = { .sense = { sense, 1, 1 }, .weight = sense->weight };

    if (t->figure && measure_is_toll(t->figure->measure))
        return gist_within(&one, &t->clause) > 0;
    return t->noun == sense->key;
}

/* Weight of what a claim tells beside its counts, which are checked by themselves: of a
 * toll its clause, of another number what is counted. */
static float weight_beside(const struct sheet *s, const struct claim *c)
{
    float weight = c->gist.weight;

    for (uint32_t k = 0; k < c->gist.sense.count; k++)
        for (uint32_t i = 0; i < s->tally.count; i++) {
            const struct tally *t = &s->tally.at[i];
            bool inside = t->start >= c->start && t->end <= c->end;

            if (inside && counts_sense(t, &c->gist.sense.at[k])) {
                weight -= c->gist.sense.at[k].weight;
                break;
            }
        }
    return weight;
}

static bool is_counts_alone(const struct sheet *s, const struct claim *c)
{
    return weight_beside(s, c) < c->gist.weight && weight_beside(s, c) < TELLING_MIN;
}

static bool day_fits(const struct sheet *sheet, const struct claim *c,
                     uint32_t sentence)
{
    const struct facts *f = sheet->facts;
    const struct sentence *s = &f->text->sentence.at[sentence];
    struct days there = days_of_span(f, s->start, s->end);

    return c->days.count == 0 || there.count == 0 || days_meet(&c->days, &there);
}

static struct candidate weigh(const struct sheet *sheet, const struct claim *c,
                              const struct claim *said, float like, uint32_t sentence)
{
    struct candidate k = { .said = said };
    /* A sentence that nobody is named for speaks for no one but its outlet. */
    bool voice = c->voice.saids == 0 || (said && voices_fit(&c->voice, &said->voice));

    if (like < CARRIED)
        k.reason = REASON_NOTHING;
    else if (!voice)
        k.reason = REASON_CLAIMANT;
    else if (said &&
             (c->denied ^ c->gist.negated) != (said->denied ^ said->gist.negated))
        k.reason = REASON_MODALITY;
    else if (!day_fits(sheet, c, sentence))
        k.reason = REASON_DAY;
    else
        k.reason = REASON_NONE;
    k.rank = (k.reason == REASON_NONE ? 4
              : like >= CARRIED       ? 2
                                      : 0) +
             like + (voice ? 0.2F : 0);
    return k;
}

static void keep_better(struct candidate *best, struct candidate k)
{
    if (k.rank > best->rank)
        *best = k;
}

/* The best of one sentence: its claims, or the sentence itself. */
static void try_sentence(const struct shelf *sh, const struct claim *c, uint32_t r,
                         uint32_t sentence, struct candidate *best)
{
    const struct sheet *sheet = &sh->source[r];
    const struct sentence *s = &sheet->facts->text->sentence.at[sentence];
    float like = gist_within(&c->gist, &sheet->sentence[sentence]);
    struct candidate k;

    if (like < NEAR)
        return;
    k = weigh(sheet, c, NULL, like, sentence);
    k.witness = (struct witness){
        .report = r, .start = s->start, .end = s->end, .sentence = sentence
    };
    keep_better(best, k);
    for (uint32_t i = 0; i < sheet->claim.count; i++) {
        const struct claim *said = &sheet->claim.at[i];
        float within = gist_within(&c->gist, &said->gist);

        if (said->sentence != sentence)
            continue;
        k = weigh(sheet, c, said, within > like ? within : like, sentence);
        k.witness = (struct witness){ r,        said->start,     said->end,
                                      sentence, WITNESS_DIFFERS, said->voice.name };
        keep_better(best, k);
    }
}

static bool is_same_place(const struct witness *a, const struct witness *b)
{
    return a->report == b->report && a->sentence == b->sentence;
}

static void judge(const struct shelf *sh, const struct claim *c, struct check *check)
{
    struct candidate best = { .reason = REASON_NOTHING };

    for (uint32_t r = 0; r < sh->sources; r++)
        for (uint32_t i = 0; i < sh->source[r].facts->text->sentence.count; i++) {
            struct candidate here = { .reason = REASON_NOTHING };

            try_sentence(sh, c, r, i, &here);
            if (here.rank > 0 && here.reason == REASON_NONE &&
                check->witness.count < WITNESSES_MAX) {
                here.witness.stance = WITNESS_SUPPORTS;
                add_witness(sh->arena, check, here.witness);
            }
            keep_better(&best, here);
        }
    check->reason = best.reason;
    if (best.reason == REASON_NONE || best.rank <= 0)
        return;
    best.witness.stance = WITNESS_DIFFERS;
    if (check->witness.count == 0 ||
        !is_same_place(&check->witness.at[0], &best.witness))
        add_witness(sh->arena, check, best.witness);
}

/* An outer claim is checked, not the one inside it: "the brigade said that divers had
 * found", and none that is a quotation alone. */
static bool is_checked(const struct sheet *s, uint32_t at)
{
    const struct claim *c = &s->claim.at[at];

    if (c->quoted || c->gist.weight <= 0 || is_counts_alone(s, c) ||
        is_quoted(s, c->start, c->end))
        return false;
    for (uint32_t i = 0; i < s->claim.count; i++)
        if (i != at && s->claim.at[i].start <= c->start &&
            s->claim.at[i].end >= c->end &&
            s->claim.at[i].end - s->claim.at[i].start > c->end - c->start)
            return false;
    return true;
}

void audit_claims(const struct shelf *sh, struct audit *a)
{
    for (uint32_t i = 0; i < sh->brief.claim.count; i++) {
        const struct claim *c = &sh->brief.claim.at[i];
        struct check check = { .kind = CHECK_CLAIM,
                               .start = c->start,
                               .end = c->end,
                               .sentence = c->sentence,
                               .claimant = c->voice.name };

        if (!is_checked(&sh->brief, i))
            continue;
        judge(sh, c, &check);
        *PUSH(sh->arena, &a->check) = check;
    }
}
