/* statements.c - which quotations are one, carried by several reports. */
#include "story/desk.h"

#define LIKE_QUOTED 0.6F   /* content of two quotations in the speaker's words */
#define LIKE_REPORTED 0.5F /* when one of them is in the reporter's words */

static struct str content(const struct desk *d, const struct claim *c)
{
    return str_slice(desk_facts(d, c->report)->text->article->text, c->statement->start,
                     c->statement->end);
}

static void add_statement(struct desk *d, uint32_t report, uint32_t fact)
{
    const struct statement *s = &desk_facts(d, report)->statement.at[fact];
    struct claim c =
        desk_claim(d, FINDING_STATEMENT, report, fact, s->speaker, s->start);

    c.statement = s;
    *PUSH(&d->scratch, &d->claim) = c;
}

static bool same_statement(struct desk *d, const struct claim *a, const struct claim *b)
{
    struct arena_mark mark = arena_mark(&d->scratch);
    bool quoted = a->statement->form == STATEMENT_DIRECT &&
                  b->statement->form == STATEMENT_DIRECT;
    struct telling x, y;
    float like;

    if (a->report == b->report || a->voice != b->voice || a->voice & VOICE_OWN)
        return false;
    x = telling_from_text(&d->scratch, d->vocabulary, content(d, a));
    y = telling_from_text(&d->scratch, d->vocabulary, content(d, b));
    like = telling_likeness(&x, &y);
    arena_rewind(&d->scratch, mark);
    return like >= (quoted ? LIKE_QUOTED : LIKE_REPORTED);
}

static void bundle_statement(struct desk *d, uint32_t claim, uint32_t first)
{
    for (uint32_t i = first; i < d->bundle.count; i++)
        if (same_statement(d, &d->claim.at[d->bundle.at[i].claim.at[0]],
                           &d->claim.at[claim])) {
            *PUSH(&d->scratch, &d->bundle.at[i].claim) = claim;
            return;
        }
    desk_bundle(d, claim);
}

void desk_add_statements(struct desk *d)
{
    uint32_t first_bundle = d->bundle.count, first = d->claim.count;

    for (uint32_t r = 0; r < d->story->reports.count; r++)
        for (uint32_t i = 0; i < desk_facts(d, r)->statement.count; i++)
            add_statement(d, r, i);
    for (uint32_t i = first; i < d->claim.count; i++)
        bundle_statement(d, i, first_bundle);
}
