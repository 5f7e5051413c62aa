#include "fact/fact.h"

#include "fact/actor.h"
#include "fact/attribution.h"
#include "fact/event.h"
#include "fact/figure.h"
#include "fact/statement.h"
#include "fact/trace.h"
#include "fact/when.h"
#include "fact/where.h"

const char *modality_name(enum modality m)
{
    static const char *const names[] = { "asserted", "negated", "denied",
                                         "expected", "alleged", "hypothetical" };

    return names[m];
}

const char *place_precision_name(enum place_precision p)
{
    static const char *const names[] = { "",         "point",  "city",
                                         "district", "region", "country" };

    return names[p];
}

const char *time_type_name(enum time_type t)
{
    static const char *const names[] = { "DATE", "TIME", "DURATION", "SET" };

    return names[t];
}

const char *measure_name(enum measure m)
{
    static const char *const names[] = {
        "other",    "killed",   "injured",   "casualties",  "missing",
        "detained", "abducted", "displaced", "deployed",    "crowd",
        "released", "expelled", "infected",  "surrendered", "percent",
        "money",    "ratio",    "duration",  "price",
    };

    return names[m];
}

bool measure_is_toll(enum measure m)
{
    return m >= MEASURE_KILLED && m <= MEASURE_SURRENDERED;
}

const char *event_type_name(enum event_type t)
{
    static const char *const names[] = {
        "AGREE",    "CONSULT",  "SUPPORT",  "CONCEDE",  "COOPERATE",
        "AID",      "RETREAT",  "REQUEST",  "ACCUSE",   "REJECT",
        "THREATEN", "PROTEST",  "SANCTION", "MOBILIZE", "COERCE",
        "ASSAULT",  "INCIDENT", "CLAIM",    "APPOINT",
    };

    return names[t];
}

const char *statement_form_name(enum statement_form f)
{
    static const char *const names[] = { "direct", "indirect", "mixed" };

    return names[f];
}

/* Times and places come first: events and figures refer to them; speech comes before
 * attribution, which puts its speakers behind the facts inside it. */
struct facts facts_from_text(struct arena *arena, const struct fact_tools *tools,
                             const struct text *text)
{
    struct facts facts = { .text = text };

    if (tools->explain) {
        facts.trace = NEW(arena, struct trace, 1);
        facts.trace->arena = arena;
    }
    actors_read(arena, tools, &facts);
    whens_read(arena, tools, &facts);
    places_resolve(arena, tools, &facts);
    statements_read(arena, tools, &facts);
    events_read(arena, tools, &facts);
    figures_read(arena, tools, &facts);
    attribution_apply(arena, tools, &facts);
    return facts;
}

static bool span_sound(const struct facts *f, uint32_t start, uint32_t end)
{
    return start < end && end <= f->text->article->text.len;
}

static bool index_sound(uint32_t index, uint32_t count)
{
    return index == FACT_NONE || index < count;
}

static bool figures_sound(const struct facts *f)
{
    for (uint32_t i = 0; i < f->figure.count; i++) {
        const struct figure *g = &f->figure.at[i];

        if (!span_sound(f, g->start, g->end) || g->low > g->high ||
            !index_sound(g->event, f->event.count) ||
            !index_sound(g->place, f->actor.count) ||
            !index_sound(g->claimant, f->actor.count) ||
            !index_sound(g->time, f->when.count) ||
            !index_sound(g->subset_of, f->figure.count))
            return false;
    }
    return true;
}

static bool events_sound(const struct facts *f)
{
    for (uint32_t i = 0; i < f->event.count; i++) {
        const struct event *e = &f->event.at[i];

        if (!span_sound(f, e->start, e->end) ||
            !span_sound(f, e->trigger_start, e->trigger_end) ||
            e->actors > EVENT_SIDE_MAX || e->recipients > EVENT_SIDE_MAX ||
            !index_sound(e->place, f->actor.count) ||
            !index_sound(e->claimant, f->actor.count) ||
            !index_sound(e->time, f->when.count))
            return false;
        for (uint32_t k = 0; k < e->actors; k++)
            if (e->actor[k] >= f->actor.count)
                return false;
        for (uint32_t k = 0; k < e->recipients; k++)
            if (e->recipient[k] >= f->actor.count)
                return false;
    }
    return true;
}

static bool statements_sound(const struct facts *f)
{
    for (uint32_t i = 0; i < f->statement.count; i++) {
        const struct statement *s = &f->statement.at[i];

        if (!span_sound(f, s->start, s->end) ||
            !index_sound(s->speaker, f->actor.count))
            return false;
    }
    return true;
}

static bool actors_sound(const struct facts *f)
{
    for (uint32_t i = 0; i < f->actor.count; i++)
        for (uint32_t k = 0; k < f->actor.at[i].mention.count; k++) {
            const struct mention *m = &f->actor.at[i].mention.at[k];

            if (!span_sound(f, m->start, m->end))
                return false;
        }
    for (uint32_t i = 0; i < f->when.count; i++)
        if (!span_sound(f, f->when.at[i].start, f->when.at[i].end))
            return false;
    return true;
}

bool facts_sound(const struct facts *f)
{
    return actors_sound(f) && figures_sound(f) && events_sound(f) &&
           statements_sound(f);
}
