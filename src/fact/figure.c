#include "fact/figure.h"

#include <stdlib.h>

#include "fact/figure_other.h"
#include "fact/figure_scope.h"
#include "fact/figure_toll.h"

static int by_start(const void *a, const void *b)
{
    const struct figure *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

/* The array by start, and subset_of after it. */
static void sort(struct arena *arena, struct facts *facts)
{
    uint32_t n = facts->figure.count;
    uint32_t *place = NEW(arena, uint32_t, n + 1);

    for (uint32_t i = 0; i < n; i++)
        facts->figure.at[i].event = i;
    qsort(facts->figure.at, n, sizeof *facts->figure.at, by_start);
    for (uint32_t i = 0; i < n; i++)
        place[facts->figure.at[i].event] = i;
    for (uint32_t i = 0; i < n; i++) {
        struct figure *f = &facts->figure.at[i];

        f->event = FACT_NONE;
        if (f->subset_of != FACT_NONE)
            f->subset_of = place[f->subset_of];
    }
}

/* "31 people had been killed": the count belongs to the killing that the same words
 * tell. */
static void join_events(struct facts *facts)
{
    for (uint32_t i = 0; i < facts->figure.count; i++) {
        struct figure *f = &facts->figure.at[i];
        uint32_t at;

        if (f->trigger == TOKEN_NONE || !measure_is_toll(f->measure))
            continue;
        at = facts->text->token.at[f->trigger].start;
        for (uint32_t k = 0; k < facts->event.count && f->event == FACT_NONE; k++)
            if (facts->event.at[k].trigger_start <= at &&
                at < facts->event.at[k].trigger_end)
                f->event = k;
    }
}

void figures_read(struct arena *arena, const struct fact_tools *tools,
                  struct facts *facts)
{
    struct scan scan = { .arena = arena, .facts = facts, .text = facts->text };

    (void)tools;
    for (uint32_t i = 0; i < facts->text->sentence.count; i++) {
        scan_sentence(&scan, &facts->text->sentence.at[i]);
        tolls_read(&scan);
        others_read(&scan);
    }
    if (facts->figure.count > 1)
        sort(arena, facts);
    join_events(facts);
    figures_scope(arena, facts);
}
