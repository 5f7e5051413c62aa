/* Why a number became this figure: the words that count, the noun, the triggers that lost. */
#include "fact/figure_emit.h"
#include "fact/trace.h"

static const struct token *token_at(const struct scan *s, uint32_t i)
{
    return &s->text->token.at[i];
}

static const char *frame_phrase(enum frame frame)
{
    switch (frame) {
    case FRAME_VERB: return "a verb counts its object, or the subject of its passive";
    case FRAME_FALL: return "it befalls its subject";
    case FRAME_MOVE: return "a way that refugees take has them as its subject";
    case FRAME_STATE: return "a state counts who stands before it";
    case FRAME_NOUN: return "a noun counts itself";
    case FRAME_TOLL: return "the number behind a word for the toll";
    case FRAME_ACT: return "an act counts whom it is done to";
    case FRAME_NONE: break;
    }
    return "by its place beside another toll";
}

static const char *frame_word(enum frame frame)
{
    switch (frame) {
    case FRAME_VERB: return "verb";
    case FRAME_FALL: return "fall";
    case FRAME_MOVE: return "move";
    case FRAME_STATE: return "state";
    case FRAME_NOUN: return "noun";
    case FRAME_TOLL: return "toll";
    case FRAME_ACT: return "act";
    case FRAME_NONE: break;
    }
    return "";
}

/* The entry of a trigger that was read by this frame; any, where the frame is another's. */
static const struct lex_entry *entry_of(const struct trigger *t, enum frame frame)
{
    for (size_t i = 0; i < COUNT(t->entry); i++)
        for (uint32_t k = 0; t->entry[i] && k <= t->entry[i]->same; k++)
            if (str_eq(t->entry[i][k].field[LEX_TOLLS_FRAME],
                       str_from(frame_word(frame))))
                return &t->entry[i][k];
    return t->entry[0] ? t->entry[0] : t->entry[1];
}

/* The lexicon that an entry stands in. */
static const struct lex_table *table_of(const struct lex_entry *e)
{
    const struct lex_table *pairs = &lex_toll_pairs;

    return e >= pairs->entry && e < pairs->entry + pairs->entries ? pairs : &lex_tolls;
}

static struct str words_of(const struct scan *s, const struct trigger *t)
{
    return str_slice(s->text->article->text, token_at(s, t->first)->start,
                     token_at(s, t->end - 1)->end);
}

static void trace_trigger(const struct toll_reader *r, const struct figure *f)
{
    const struct scan *s = r->scan;
    const struct trigger *t =
        f->trigger == TOKEN_NONE ? NULL : scan_trigger_at(s, f->trigger);

    if (!t) {
        trace_say(s->facts, TRACE_FIGURE, f->num_start, "entry", "%s",
                  f->part ? "a part of the toll before, which gives the measure"
                          : "people of this class in number, whatever they do");
        return;
    }
    trace_say(s->facts, TRACE_FIGURE, f->num_start, "entry", "“%.*s” tells of %s; %s",
              STR_ARG(words_of(s, t)), measure_name(f->measure),
              frame_phrase(r->frame));
    trace_rule(s->facts, table_of(entry_of(t, r->frame)), entry_of(t, r->frame));
    trace_words(s->facts, token_at(s, t->first)->start, token_at(s, t->end - 1)->end);
}

static void trace_noun(const struct scan *s, const struct counted *c,
                       const struct figure *f)
{
    const struct lex_entry *e;

    if (c->head == TOKEN_NONE) {
        trace_say(s->facts, TRACE_FIGURE, f->num_start, "counted",
                  f->class_name.len > 0
                      ? "no noun follows: %.*s, from what was counted "
                        "before"
                      : "no noun follows%.*s",
                  STR_ARG(f->class_name));
        return;
    }
    e = lex_find(&lex_people, token_at(s, c->head)->lower);
    trace_say(s->facts, TRACE_FIGURE, f->num_start, "counted", "“%.*s”%s%.*s",
              STR_ARG(token_at(s, c->head)->form),
              f->class_name.len > 0 ? " are of the class " : "",
              STR_ARG(f->class_name));
    trace_rule(s->facts, &lex_people, e);
    trace_words(s->facts, token_at(s, c->head)->start, token_at(s, c->head)->end);
}

static void say_number(const struct scan *s, const struct figure *f)
{
    struct str number = str_slice(s->text->article->text, f->num_start, f->num_end);

    trace_say(s->facts, TRACE_FIGURE, f->num_start, "number", "“%.*s” is %.*s",
              STR_ARG(number), STR_ARG(f->op));
    trace_words(s->facts, f->num_start, f->num_end);
}

void toll_trace(const struct toll_reader *r, const struct counted *c, uint32_t figure)
{
    const struct scan *s = r->scan;
    const struct figure *f = &s->facts->figure.at[figure];

    if (!s->facts->trace)
        return;
    trace_trigger(r, f);
    say_number(s, f);
    trace_noun(s, c, f);
    if (f->part)
        trace_say(s->facts, TRACE_FIGURE, f->num_start, "part",
                  "of another toll of the same kind");
    if (f->background)
        trace_say(s->facts, TRACE_FIGURE, f->num_start, "background",
                  "the words around it tell of an earlier toll");
    if (f->modality != MODALITY_ASSERTED)
        trace_say(s->facts, TRACE_FIGURE, f->num_start, "modality",
                  "%s, by the words around the trigger", modality_name(f->modality));
}

/* What a trigger counted in this sentence; FACT_NONE: nothing. */
static uint32_t taken_by(const struct toll_reader *r, const struct trigger *t)
{
    const struct facts *facts = r->scan->facts;

    for (uint32_t i = r->first; i < facts->figure.count; i++)
        if (facts->figure.at[i].trigger >= t->first &&
            facts->figure.at[i].trigger < t->end)
            return i;
    return FACT_NONE;
}

static void say_rival(const struct toll_reader *r, const struct figure *f,
                      const struct trigger *t)
{
    const struct scan *s = r->scan;
    uint32_t taken = taken_by(r, t);

    if (taken != FACT_NONE) {
        const struct figure *other = &s->facts->figure.at[taken];

        trace_say(s->facts, TRACE_FIGURE, f->num_start, "runner-up",
                  "“%.*s” counts “%.*s”", STR_ARG(words_of(s, t)),
                  STR_ARG(str_slice(s->text->article->text, other->start, other->end)));
    } else {
        trace_say(s->facts, TRACE_FIGURE, f->num_start, "runner-up",
                  "“%.*s” finds nobody left to count where it looks",
                  STR_ARG(words_of(s, t)));
    }
    trace_rule(s->facts, table_of(entry_of(t, FRAME_NONE)), entry_of(t, FRAME_NONE));
}

void toll_trace_rivals(const struct toll_reader *r)
{
    const struct scan *s = r->scan;

    if (!s->facts->trace)
        return;
    for (uint32_t i = r->first; i < s->facts->figure.count; i++) {
        const struct figure *f = &s->facts->figure.at[i];

        for (uint32_t k = 0; k < s->trigger.count; k++) {
            const struct trigger *t = &s->trigger.at[k];

            if (f->trigger == TOKEN_NONE || f->trigger < t->first ||
                f->trigger >= t->end)
                say_rival(r, f, t);
        }
    }
}

/* "USD"; percent is its own unit. */
static struct str other_unit(const struct figure *f)
{
    return f->measure == MEASURE_PERCENT ? STR("") : f->unit;
}

void scan_trace_others(const struct scan *s, uint32_t first)
{
    for (uint32_t i = first; s->facts->trace && i < s->facts->figure.count; i++) {
        const struct figure *f = &s->facts->figure.at[i];
        const struct token *t = token_at(s, f->trigger);

        trace_say(s->facts, TRACE_FIGURE, f->num_start, "entry",
                  "“%.*s” makes it %s%s%.*s", STR_ARG(t->form),
                  measure_name(f->measure), other_unit(f).len > 0 ? ", " : "",
                  STR_ARG(other_unit(f)));
        if (f->measure == MEASURE_OTHER)
            trace_rule(s->facts, &lex_things, lex_find(&lex_things, t->lemma));
        else
            trace_rule(s->facts, &lex_units, lex_find(&lex_units, t->lower));
        trace_words(s->facts, t->start, t->end);
        say_number(s, f);
    }
}
