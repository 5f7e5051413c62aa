#include "fact/attribution.h"

#include "fact/attribution_count.h"
#include "fact/trace.h"
#include "fact/verb_form.h"
#include "lex/lex.h"

#define SCAN_BACK 64 /* statements that may begin before a fact and still cover it */
#define CUE_MAX 64   /* bytes of a cue that is looked up */

static bool covers(const struct statement *s, uint32_t start, uint32_t end)
{
    if (s->parts.count == 0)
        return s->start <= start && end <= s->end;
    for (uint32_t i = 0; i < s->parts.count; i++)
        if (s->parts.at[i].start <= start && end <= s->parts.at[i].end)
            return true;
    return false;
}

/* The cue in lower case, as the lexicon has it. */
static struct str fold(struct str cue, char out[CUE_MAX])
{
    size_t n = cue.len < CUE_MAX ? cue.len : CUE_MAX;

    for (size_t i = 0; i < n; i++)
        out[i] = ascii_lower(cue.ptr[i]);
    return (struct str){ out, n };
}

static bool entry_has(const struct lex_entry *e, const char *kind)
{
    for (uint32_t k = 0; e && k <= e->same; k++)
        if (str_eq(e[k].field[LEX_REPORTING_KIND], str_from(kind)))
            return true;
    return false;
}

/* "Fees decide what people pay": only who has a voice, or is a country, thinks. */
static bool thinks(const struct facts *f, uint32_t speaker)
{
    const struct actor *a = &f->actor.at[speaker];

    return actor_has_voice(a) || a->type == ENTITY_PLACE;
}

/* Whether the cue tells that its subject vouches for what it says: "said", "found",
 * "according to"; not "condemned". */
static bool vouches(const struct facts *f, const struct statement *s)
{
    char folded[CUE_MAX];
    struct str word = fold(s->cue, folded);
    const struct lex_entry *e = verb_entry(&lex_reporting, word);

    if (str_starts(word, STR("according")))
        return true;
    return entry_has(e, "say") || entry_has(e, "tell") || entry_has(e, "show") ||
           entry_has(e, "to") ||
           (entry_has(e, "think") && s->speaker != FACT_NONE && thinks(f, s->speaker));
}

/* What a cue makes of the facts in its content. */
static enum modality mood_of_cue(struct str cue)
{
    static const struct {
        struct str stem;
        enum modality modality;
    } moods[] = {
        { STR_INIT("den"), MODALITY_DENIED }, /* deny, denied, denies */
        { STR_INIT("refut"), MODALITY_DENIED },
        { STR_INIT("rebut"), MODALITY_DENIED },
        { STR_INIT("disput"), MODALITY_DENIED },
        { STR_INIT("doubt"), MODALITY_DENIED },
        { STR_INIT("alleg"), MODALITY_ALLEGED },
        { STR_INIT("suspect"), MODALITY_ALLEGED },
        { STR_INIT("speculat"), MODALITY_ALLEGED },
        { STR_INIT("accus"), MODALITY_ALLEGED },
        { STR_INIT("expect"), MODALITY_EXPECTED },
        { STR_INIT("hop"), MODALITY_EXPECTED },
        { STR_INIT("predict"), MODALITY_EXPECTED },
        { STR_INIT("anticip"), MODALITY_EXPECTED },
        { STR_INIT("foresee"), MODALITY_EXPECTED },
        { STR_INIT("plan"), MODALITY_EXPECTED },
        { STR_INIT("intend"), MODALITY_EXPECTED },
        { STR_INIT("vow"), MODALITY_EXPECTED },
        { STR_INIT("undert"), MODALITY_EXPECTED },
        { STR_INIT("pledg"), MODALITY_EXPECTED },
        { STR_INIT("promis"), MODALITY_EXPECTED },
        { STR_INIT("threaten"), MODALITY_HYPOTHETICAL },
        { STR_INIT("want"), MODALITY_HYPOTHETICAL },
        { STR_INIT("demand"), MODALITY_HYPOTHETICAL },
        { STR_INIT("urg"), MODALITY_HYPOTHETICAL },
        { STR_INIT("refus"), MODALITY_HYPOTHETICAL },
        { STR_INIT("declin"), MODALITY_HYPOTHETICAL },
        { STR_INIT("wonder"), MODALITY_HYPOTHETICAL },
        { STR_INIT("propos"), MODALITY_HYPOTHETICAL },
        { STR_INIT("offer"), MODALITY_HYPOTHETICAL },
    };
    char folded[CUE_MAX];
    struct str word = fold(cue, folded);

    for (size_t i = 0; i < COUNT(moods); i++)
        if (str_starts(word, moods[i].stem))
            return moods[i].modality;
    return MODALITY_ASSERTED;
}

/* "denied responsibility for the attack, killing 17": who did it is denied, not that it was
 * done. */
static bool denies_part_in(const struct facts *f, const struct statement *s,
                           uint32_t start)
{
    static const char *const list[] = { "responsib", "involve", "behind",  "role ",
                                        "part in",   "hand in", "link",    "complicit",
                                        "knowledge", "connect", "to blame" };
    struct str before = str_slice(f->text->article->text, s->start, start);

    for (size_t i = 0; i < before.len; i++)
        for (size_t k = 0; k < COUNT(list); k++)
            if (str_starts(str_after(before, i), str_from(list[k])))
                return true;
    return false;
}

/* The innermost statement that vouches for the bytes start..end and names who does; else
 * NULL.  *mood is told by any statement around them. */
static const struct statement *around(const struct facts *f, uint32_t start,
                                      uint32_t end, enum modality *mood)
{
    const struct statement *best = NULL;
    uint32_t low = 0, high = f->statement.count;

    while (low < high) { /* the first that begins behind the fact */
        uint32_t middle = low + (high - low) / 2;

        if (f->statement.at[middle].start <= start)
            low = middle + 1;
        else
            high = middle;
    }
    *mood = MODALITY_ASSERTED;
    for (uint32_t n = 0; n < SCAN_BACK && low > 0; n++) {
        const struct statement *s = &f->statement.at[--low];

        if (!covers(s, start, end))
            continue;
        if (mood_of_cue(s->cue) == MODALITY_DENIED && denies_part_in(f, s, start))
            continue;
        if (*mood == MODALITY_ASSERTED)
            *mood = mood_of_cue(s->cue);
        if (s->speaker != FACT_NONE && vouches(f, s) &&
            (!best || s->end - s->start < best->end - best->start))
            best = s;
    }
    return best;
}

static void apply(const struct facts *f, uint32_t start, uint32_t end,
                  uint32_t *claimant, enum modality *modality, struct str *cue)
{
    enum modality mood;
    const struct statement *s = around(f, start, end, &mood);

    if (s && *claimant == FACT_NONE) {
        *claimant = s->speaker;
        if (cue)
            *cue = s->cue;
    }
    if (*modality == MODALITY_ASSERTED)
        *modality = mood;
}

/* ---- why, for who asks ---- */

static void trace_claimant(const struct facts *f, enum trace_about about, uint32_t key,
                           uint32_t claimant, struct str cue)
{
    if (!f->trace || claimant == FACT_NONE)
        return;
    trace_say(f, about, key, "claimant", "%.*s%s%.*s%s",
              STR_ARG(f->actor.at[claimant].name), cue.len > 0 ? ", by “" : "",
              STR_ARG(cue), cue.len > 0 ? "”" : ", in whose statement it stands");
}

static void trace_statement(const struct facts *f, uint32_t i)
{
    const struct statement *s = &f->statement.at[i];
    char folded[CUE_MAX];
    const struct lex_entry *e = verb_entry(&lex_reporting, fold(s->cue, folded));
    struct str text = f->text->article->text;

    trace_say(f, TRACE_STATEMENT, i, "cue", "“%.*s” tells of %s", STR_ARG(s->cue),
              vouches(f, s) ? "saying: its subject vouches for the content"
                            : "something else than saying so");
    trace_rule(f, &lex_reporting, e);
    if (s->source.end > s->source.start) {
        trace_say(f, TRACE_STATEMENT, i, "source", "“%.*s”",
                  STR_ARG(str_slice(text, s->source.start, s->source.end)));
        trace_words(f, s->source.start, s->source.end);
    }
    trace_say(f, TRACE_STATEMENT, i, "speaker", "%.*s",
              STR_ARG(s->speaker == FACT_NONE ? STR("not known")
                                              : f->actor.at[s->speaker].name));
    trace_say(f, TRACE_STATEMENT, i, "form", "%s, by its quotation marks",
              statement_form_name(s->form));
}

void attribution_apply(struct arena *arena, const struct fact_tools *tools,
                       struct facts *facts)
{
    (void)tools;
    for (uint32_t i = 0; facts->trace && i < facts->statement.count; i++)
        trace_statement(facts, i);
    for (uint32_t i = 0; i < facts->figure.count; i++) {
        struct figure *g = &facts->figure.at[i];

        apply(facts, g->num_start, g->num_end, &g->claimant, &g->modality, &g->cue);
        if (measure_is_toll(g->measure)) {
            struct str cue = { 0 };
            uint32_t voice = claimant_by_count(arena, facts, g, &cue);

            if (voice != FACT_NONE) {
                g->claimant = voice;
                g->cue = cue;
            }
        }
        trace_claimant(facts, TRACE_FIGURE, g->num_start, g->claimant, g->cue);
    }
    for (uint32_t i = 0; i < facts->event.count; i++) {
        struct event *e = &facts->event.at[i];

        apply(facts, e->trigger_start, e->trigger_end, &e->claimant, &e->modality,
              NULL);
        trace_claimant(facts, TRACE_EVENT, e->trigger, e->claimant, STR(""));
    }
}
