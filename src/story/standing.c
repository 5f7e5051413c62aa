/* standing.c - how firmly a finding stands, by its voices and their origins. */
#include "story/desk.h"

/* Whether some claim of the bundle before or after claim `at` makes it no voice of its
 * own: the outlet names a source for the same thing elsewhere in its text. */
static bool repeats_source(const struct desk *d, const struct bundle *b, uint32_t at)
{
    const struct claim *c = &d->claim.at[b->claim.at[at]];

    if (!(c->voice & VOICE_OWN))
        return false;
    for (uint32_t i = 0; i < b->claim.count; i++) {
        const struct claim *other = &d->claim.at[b->claim.at[i]];

        if (other->origin == c->origin && !(other->voice & VOICE_OWN) && !other->denies)
            return true;
    }
    return false;
}

/* Which claims speak for a finding: those that live; the superseded where none does; its
 * denials where nobody states it ("the army denied that 40 had been killed"). */
struct speaking {
    bool denials, live;
};

static bool counts(const struct claim *c, struct speaking s)
{
    return c->denies == s.denials && (!s.live || !c->superseded);
}

/* Whether no earlier counted claim of the bundle has the same value of `what`. */
static bool first_voice(const struct desk *d, const struct bundle *b, uint32_t at,
                        struct speaking s)
{
    for (uint32_t i = 0; i < at; i++) {
        const struct claim *c = &d->claim.at[b->claim.at[i]];

        if (counts(c, s) && c->voice == d->claim.at[b->claim.at[at]].voice)
            return false;
    }
    return true;
}

static bool first_origin(const struct desk *d, const struct bundle *b, uint32_t at,
                         struct speaking s)
{
    for (uint32_t i = 0; i < at; i++) {
        const struct claim *c = &d->claim.at[b->claim.at[i]];

        if (counts(c, s) && c->origin == d->claim.at[b->claim.at[at]].origin)
            return false;
    }
    return true;
}

struct support bundle_support(const struct desk *d, const struct bundle *b)
{
    struct support s = { .live = false };
    struct speaking speaking;
    bool stated = false;

    for (uint32_t i = 0; i < b->claim.count; i++) {
        const struct claim *c = &d->claim.at[b->claim.at[i]];

        stated |= !c->denies;
        s.live |= !c->denies && !c->superseded;
        s.denied |= c->denies;
    }
    speaking = (struct speaking){ .denials = !stated, .live = s.live };
    for (uint32_t i = 0; i < b->claim.count; i++) {
        if (!counts(&d->claim.at[b->claim.at[i]], speaking))
            continue;
        s.origins += first_origin(d, b, i, speaking);
        s.claimants += first_voice(d, b, i, speaking) && !repeats_source(d, b, i);
    }
    return s;
}

/* A denial alone is a claim like any other; it disputes where somebody asserts. */
static bool disputed(const struct desk *d, const struct bundle *b, struct support s)
{
    if (s.denied && s.live)
        return true;
    for (uint32_t i = 0; i < b->against.count; i++)
        if (bundle_support(d, &d->bundle.at[b->against.at[i]]).live)
            return true;
    return false;
}

enum status bundle_status(const struct desk *d, const struct bundle *b)
{
    struct support s = bundle_support(d, b);

    if (!s.live && !s.denied)
        return STATUS_SUPERSEDED;
    if (disputed(d, b, s))
        return STATUS_DISPUTED;
    if (b->kind != FINDING_STATEMENT && s.claimants > 1)
        return STATUS_CORROBORATED;
    return s.origins > 1 ? STATUS_ATTESTED : STATUS_SINGLE;
}
