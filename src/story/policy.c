/* policy.c - the figure that is shown where accounts differ, by the user's policy.
 *
 * Every side of a dispute shows the same figure under a policy other than range: a
 * table that is read from one row alone must not depend on the row.  Sides that their
 * own claimants have taken back don't count.
 */
#include "base/least.h"
#include "story/desk.h"

struct sides {
    const struct desk *desk;
    const struct bundle *own;
};

/* The bundle itself and what it is in conflict with: 0 is the bundle; NULL: no say. */
static const struct bundle *side_at(const struct sides *s, uint32_t i)
{
    const struct bundle *b =
        i == 0 ? s->own : &s->desk->bundle.at[s->own->against.at[i - 1]];

    return i == 0 || bundle_support(s->desk, b).live ? b : NULL;
}

static uint32_t sides_count(const struct sides *s)
{
    return bundle_support(s->desk, s->own).live ? s->own->against.count + 1 : 1;
}

/* "dozens" is 12 only while nothing more exact has narrowed the interval. */
static int64_t least_of(const struct desk *d, const struct bundle *b)
{
    const struct claim *c = bundle_speaker(d, b);

    if (b->derived || c->low != b->low)
        return b->low;
    return count_least(c->figure->op, b->low);
}

static void show_least(const struct sides *s, struct finding_figure *f)
{
    f->shown_low = INT64_MAX;
    for (uint32_t i = 0; i < sides_count(s); i++) {
        const struct bundle *b = side_at(s, i);
        int64_t least = b ? least_of(s->desk, b) : INT64_MAX;

        if (least < f->shown_low)
            f->shown_low = least;
    }
    f->shown_high = f->shown_low;
}

static void widen(struct finding_figure *f, const struct bundle *b)
{
    f->shown_low = b->low < f->shown_low ? b->low : f->shown_low;
    f->shown_high = b->high > f->shown_high ? b->high : f->shown_high;
}

static void show_range(const struct sides *s, struct finding_figure *f)
{
    for (uint32_t i = 0; i < sides_count(s); i++)
        if (side_at(s, i))
            widen(f, side_at(s, i));
}

/* What most origins report; of several with as many, the range over all of them. */
static void show_majority(const struct sides *s, struct finding_figure *f)
{
    uint32_t most = 0;

    for (uint32_t i = 0; i < sides_count(s); i++) {
        const struct bundle *b = side_at(s, i);
        uint32_t origins = b ? bundle_support(s->desk, b).origins : 0;

        if (origins > most) {
            most = origins;
            f->shown_low = b->low;
            f->shown_high = b->high;
        } else if (b && origins == most) {
            widen(f, b);
        }
    }
}

void policy_show(const struct desk *d, const struct bundle *b, struct finding_figure *f)
{
    const struct sides s = { d, b };

    f->shown_low = b->low;
    f->shown_high = b->high;
    switch (d->situation->policy) {
    case POLICY_RANGE: break;
    case POLICY_ACLED:
        if (measure_is_toll(f->measure))
            show_least(&s, f);
        break;
    case POLICY_UCDP: show_range(&s, f); break;
    case POLICY_MAJORITY: show_majority(&s, f); break;
    }
}
