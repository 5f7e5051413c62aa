/* What happened to an event between its lexicon entry and what is written down. */
#include "fact/event_draft.h"
#include "fact/event_tree.h"
#include "fact/trace.h"

/* "“police”, nsubj of “arrested”" */
static void say_side(const struct reading *r, const struct event *e, const char *step,
                     uint32_t token)
{
    const struct token *t = &r->text->token.at[token];
    struct str head = t->head < r->text->token.count ? r->text->token.at[t->head].form
                                                     : STR("the sentence");

    trace_say(r->facts, TRACE_EVENT, e->trigger, step, "“%.*s”, %s of “%.*s”",
              STR_ARG(t->form), deprel_name((enum deprel)t->rel), STR_ARG(head));
    trace_words(r->facts, t->start, t->end);
}

static void trace_sides(const struct reading *r, const struct draft *d,
                        const struct event *e)
{
    for (uint32_t i = 0; i < d->sides.actors; i++)
        if (d->sides.actor[i] == d->implied && e->trigger != d->implied)
            trace_say(
                r->facts, TRACE_EVENT, e->trigger, "actor",
                "no agent is told: the police that the report names next to it, “%.*s”",
                STR_ARG(r->text->token.at[d->implied].form));
        else
            say_side(r, e, "actor", d->sides.actor[i]);
    if (d->sides.actors == 0 && e->actors > 0)
        trace_say(r->facts, TRACE_EVENT, e->trigger, "actor",
                  d->joined > 0
                      ? "those of the event that this one is joined to"
                      : "those of the event of this kind that was told before");
    for (uint32_t i = 0; i < d->sides.recipients; i++)
        say_side(r, e, "recipient", d->sides.recipient[i]);
}

static void trace_changes(const struct reading *r, const struct draft *d,
                          const struct event *e)
{
    enum event_type coded = event_code_type(d->code);
    struct str word;

    if (d->light != TOKEN_NONE)
        trace_say(r->facts, TRACE_EVENT, e->trigger, "light verb",
                  "“%.*s” lends the noun its subject and object",
                  STR_ARG(r->text->token.at[d->light].form));
    if (d->means > 0) {
        word = r->text->token.at[d->means - 1].form;
        trace_say(r->facts, TRACE_EVENT, e->trigger, "means",
                  "“%.*s” tells how it was done%s%.*s", STR_ARG(word),
                  d->mode.len > 0 ? ": mode " : "", STR_ARG(d->mode));
    }
    if (d->type == coded)
        return;
    trace_say(r->facts, TRACE_EVENT, e->trigger, "type",
              d->type == EVENT_INCIDENT ? "%s becomes %s: no one did it"
              : d->type == EVENT_REJECT
                  ? "%s becomes %s: it is refused"
                  : "%s becomes %s: it is yet to come, and intended",
              event_type_name(coded), event_type_name(d->type));
}

static void trace_where_and_when(const struct reading *r, const struct event *e)
{
    if (e->place != FACT_NONE)
        trace_say(r->facts, TRACE_EVENT, e->trigger, "place",
                  "“%.*s”, the place of the sentence nearest to the trigger",
                  STR_ARG(r->facts->actor.at[e->place].name));
    if (e->time != FACT_NONE) {
        const struct when *w = &r->facts->when.at[e->time];
        struct str words = str_slice(r->text->article->text, w->start, w->end);

        trace_say(r->facts, TRACE_EVENT, e->trigger, "time",
                  "“%.*s”, the time that belongs to its clause", STR_ARG(words));
        trace_words(r->facts, w->start, w->end);
    }
}

void event_trace(const struct reading *r, const struct draft *d, const struct event *e)
{
    if (!r->facts->trace)
        return;
    event_code_trace(r->facts, &d->code);
    trace_changes(r, d, e);
    trace_sides(r, d, e);
    if (e->modality != MODALITY_ASSERTED)
        trace_say(r->facts, TRACE_EVENT, e->trigger, "modality",
                  "%s, by the words around the trigger", modality_name(e->modality));
    trace_where_and_when(r, e);
}
