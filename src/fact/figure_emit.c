#include "fact/figure_emit.h"

#include "fact/figure_agent.h"
#include "fact/figure_clause.h"
#include "fact/figure_mood.h"

#define LIST_MAX 6     /* phrases of one list: "two soldiers, a nurse and …" */
#define CROWD_LEAST 10 /* fewer make no crowd */
#define PLACE_FAR 10   /* tokens of "in an attack on a high building" */
#define JOINED_FAR 8   /* tokens between "five rebels" and "11 captured" */
#define PART_FAR 8     /* figures before a part, among which its whole is */

static const struct token *token_at(const struct scan *s, uint32_t i)
{
    return &s->text->token.at[i];
}

/* The subject's own words, from the quotation mark to the noun. */
static uint32_t figure_push(struct scan *s, struct counted *c, enum measure measure,
                            uint32_t trigger)
{
    struct figure *f = PUSH(s->arena, &s->facts->figure);
    uint32_t last = c->end > c->first ? c->end - 1 : c->first;

    if (scan_is_any(s, last,
                    "members|member|relatives|supporters|employees|followers|"
                    "officers|officer|soldiers|soldier|fighters|staff") &&
        scan_is(s, c->end, "of") && c->after > c->end + 1)
        last = c->after - 1; /* "18 members of the security forces" */
    *f = (struct figure){ .measure = measure,
                          .start = token_at(s, c->first)->start,
                          .end = token_at(s, last)->end,
                          .num_start = c->num_start,
                          .num_end = c->num_end,
                          .low = c->amount.low,
                          .high = c->amount.high,
                          .op = c->amount.op,
                          .class_name = c->class_name,
                          .group = c->group,
                          .unit = STR("people"),
                          .trigger = trigger,
                          .event = FACT_NONE,
                          .place = FACT_NONE,
                          .time = FACT_NONE,
                          .day = DATE_NONE,
                          .as_of = DATE_NONE,
                          .period_begin = DATE_NONE,
                          .period_end = DATE_NONE,
                          .subset_of = FACT_NONE,
                          .claimant = FACT_NONE };
    if (c->who <= last && c->head != TOKEN_NONE)
        f->who = str_slice(s->text->article->text, token_at(s, c->who)->start, f->end);
    c->told = c->used = true;
    return s->facts->figure.count - 1;
}

bool toll_harms(enum measure m)
{
    return m == MEASURE_KILLED || m == MEASURE_INJURED || m == MEASURE_CASUALTIES;
}

/* "five rebels were killed and 11 captured", "three climbers, four missing": nothing but the
 * first one's verb between. */
static bool is_joined(const struct toll_reader *r, const struct counted *c)
{
    const struct scan *s = r->scan;

    for (uint32_t i = r->whole_end; i < c->first; i++)
        if (!scan_is_any(s, i, "and|,|more|but") && !clause_is_be(s, i) &&
            !clause_is_adverb(s, i) && !scan_trigger_at(s, i))
            return false;
    return c->first <= r->whole_end + JOINED_FAR;
}

/* Whether a number without a noun still speaks of whom the figure before counted: hurt
 * in the same breath, no other clause of saying or time between. */
static bool goes_on(const struct toll_reader *r, const struct counted *c,
                    enum measure measure)
{
    const struct figure *before = &r->scan->facts->figure.at[r->whole];

    if (measure != before->measure &&
        !(toll_harms(measure) && toll_harms(before->measure)))
        return is_joined(r, c);
    for (uint32_t i = r->whole_end; i < c->first; i++)
        if (scan_is_any(r->scan, i,
                        "said|says|told|while|when|after|;|reported|added|since"))
            return false;
    return true;
}

/* "a chain organised by activists … arrested 10 of them": the nearest plural before. */
static void take_antecedent(const struct scan *s, const struct counted *c,
                            struct figure *f)
{
    for (uint32_t i = s->counted.count; i-- > 0;) {
        const struct counted *before = &s->counted.at[i];

        if (before->end > c->first || !before->people || before->amount.high == 1)
            continue;
        f->class_name = before->class_name;
        f->group = before->group;
        return;
    }
}

/* "and dozens wounded": a number without a noun counts what the one before counted;
 * "748 others" are people of no class told, named by the same words. */
static void inherit(struct toll_reader *r, struct counted *c, struct figure *f)
{
    const struct figure *before;

    if (c->partitive && c->silent && r->whole == FACT_NONE)
        take_antecedent(r->scan, c, f);
    if (r->whole == FACT_NONE || (!c->silent && !c->others))
        return;
    before = &r->scan->facts->figure.at[r->whole];
    if (f->who.len == 0)
        f->who = before->who;
    if (!c->others && !c->partitive && c->silent && goes_on(r, c, f->measure)) {
        f->class_name = before->class_name;
        f->group = before->group;
    }
}

/* Whether a policeman, the bride or civilians without a number count here.  Who marches,
 * flees or is deployed is told for other reasons than how many. */
static bool counts_few(enum measure m)
{
    return m != MEASURE_CROWD && m != MEASURE_DISPLACED && m != MEASURE_DEPLOYED &&
           m != MEASURE_INFECTED && m != MEASURE_MISSING && m != MEASURE_SURRENDERED;
}

/* "Germany expels diplomats" adds nothing where diplomats were counted or named before. */
static bool told_before(const struct scan *s, const struct counted *c,
                        enum measure measure)
{
    for (uint32_t i = 0; i < s->facts->figure.count; i++) {
        const struct figure *f = &s->facts->figure.at[i];

        if (f->measure == measure && str_eq(f->class_name, c->class_name))
            return true;
    }
    return false;
}

/* Taken in: only those who fled are displaced. */
static bool accepts(const struct scan *s, uint32_t trigger)
{
    return trigger != TOKEN_NONE && !scan_is(s, trigger + 2, "lives") &&
           scan_is_any(s, trigger,
                       "accept|accepts|accepted|accepting|admit|admits|admitted|"
                       "take|takes|took|taken|host|hosts|hosted|hosting|"
                       "shelter|shelters|sheltered|sheltering|welcomed|resettled") &&
           !scan_is_any(s, trigger + 1,
                        "refuge|shelter|hostage|captive|prisoner|into|part|"
                        "to|up");
}

/* Whoever holds, finds or hands over bodies, they are the dead. */
static bool is_corpse(const struct scan *s, const struct counted *c)
{
    return scan_is_any(s, c->head, "body|bodies|corpse|corpses|remains|cadavers");
}

/* Whether the figure may be a part of that one: of the same harm, and no greater. */
static bool is_part_of(const struct figure *whole, const struct figure *part)
{
    return whole != part && whole->subset_of == FACT_NONE && !whole->part &&
           whole->group.len == 0 && whole->high >= part->low &&
           (whole->measure == part->measure ||
            (part->measure == MEASURE_CASUALTIES && toll_harms(whole->measure)));
}

/* The whole that a part belongs to: the nearest before it in the sentence, else the last
 * of the sentences before. */
static uint32_t whole_of(const struct toll_reader *r, uint32_t part)
{
    const struct facts *facts = r->scan->facts;
    const struct figure *f = &facts->figure.at[part];
    uint32_t best = FACT_NONE;

    for (uint32_t i = r->first; i < facts->figure.count; i++) {
        const struct figure *w = &facts->figure.at[i];

        if (w->end <= f->start && is_part_of(w, f) &&
            (best == FACT_NONE || w->start > facts->figure.at[best].start))
            best = i;
    }
    for (uint32_t i = r->first;
         best == FACT_NONE && i-- > 0 && r->first - i <= PART_FAR;)
        if (is_part_of(&facts->figure.at[i], f) && !facts->figure.at[i].background)
            best = i;
    return best;
}

/* What the whole tells of its part: the harm; that officers among soldiers are no police. */
static void take_after_whole(const struct scan *s, const struct counted *c,
                             struct figure *part)
{
    const struct figure *whole = &s->facts->figure.at[part->subset_of];

    if (part->measure == MEASURE_CASUALTIES)
        part->measure = whole->measure;
    if (c->who + 1 >= c->end && scan_is_any(s, c->head, "officer|officers") &&
        str_eq(whole->class_name, STR("military")))
        part->class_name = whole->class_name;
}

void toll_emit(struct toll_reader *r, struct counted *c, enum measure measure,
               uint32_t trigger, bool subset)
{
    struct scan *s = r->scan;
    uint32_t index;
    struct figure *f;

    if (c->used || (c->head != TOKEN_NONE && !c->people && !c->others))
        return;
    if (is_corpse(s, c))
        measure = MEASURE_KILLED;
    if (measure == MEASURE_DISPLACED && accepts(s, trigger) &&
        !str_eq(c->class_name, STR("refugee")))
        return;
    if (measure == MEASURE_CROWD && (c->amount.high < CROWD_LEAST || c->article))
        return;
    measure = agent_measure(s, trigger, c, measure);
    if (measure == MEASURE_OTHER)
        return;
    if (!counts_few(measure) &&
        ((c->article && !c->amount.more) || c->definite || c->plural))
        return;
    if (c->plural && !c->article && told_before(s, c, measure))
        return;
    index = figure_push(s, c, measure, trigger);
    f = &s->facts->figure.at[index];
    if (measure == MEASURE_CROWD)
        f->class_name = STR("protester");
    if (measure == MEASURE_DETAINED &&
        scan_is_any(s, c->head, "attacker|attackers|assailant|assailants"))
        f->class_name = STR("criminal"); /* held by police, not captured in war */
    inherit(r, c, f);
    f->modality = mood_of(s, trigger, c);
    if (f->modality == MODALITY_HYPOTHETICAL || f->modality == MODALITY_EXPECTED)
        c->used = false; /* "release three activists detained in May": told of twice */
    if (c->amount.low == 0 && c->amount.high == 0 && f->modality == MODALITY_ASSERTED)
        f->modality = MODALITY_NEGATED;
    f->background = mood_is_background(s, trigger);
    if (subset || c->partitive) {
        f->part = true;
        f->subset_of = whole_of(r, index);
        if (f->subset_of != FACT_NONE)
            take_after_whole(s, c, f);
    } else {
        r->whole = index;
        r->whole_end = c->end;
    }
    toll_trace(r, c, index);
}

static uint32_t past_determiner(const struct scan *s, uint32_t i)
{
    while (i < s->end &&
           (scan_is_any(s, i, "the|a|an|one") || token_at(s, i)->upos == UPOS_ADJ))
        i++;
    return i;
}

/* "in Haiti", "on the ground" */
static bool places_next(const struct scan *s, uint32_t i)
{
    uint32_t k = past_determiner(s, i + 1);

    return scan_is_any(s, i, "in|at|near|on|outside|around|aboard|of|during") &&
           k < s->end &&
           (token_at(s, k)->upos == UPOS_PROPN ||
            (token_at(s, k)->upos == UPOS_NOUN && k > i + 1));
}

/* "44 people in Haiti, 11 in Cuba": past the place of a part. */
static uint32_t past_place(const struct scan *s, uint32_t i)
{
    uint32_t k = i;

    while (places_next(s, k) && k < i + PLACE_FAR) {
        k = past_determiner(s, k + 1);
        while (k < s->end && (token_at(s, k)->upos == UPOS_PROPN ||
                              token_at(s, k)->upos == UPOS_NOUN))
            k++;
    }
    return scan_is_any(s, k, ",|and") ? k : i;
}

/* "a boy, a woman and a man": behind a comma the list goes on. */
static bool goes_further(struct scan *s, const struct counted *c)
{
    const struct counted *next =
        scan_is(s, c->after, ",") ? scan_counted_at(s, c->after + 1) : NULL;

    return next && next->people && !next->definite && !next->plain;
}

uint32_t toll_emit_list(struct toll_reader *r, struct counted *c, enum measure measure,
                        uint32_t trigger, bool subset)
{
    struct scan *s = r->scan;
    uint32_t end = c->after;

    toll_emit(r, c, measure, trigger, subset);
    for (int n = 1; n < LIST_MAX; n++) {
        uint32_t i = past_place(s, end);
        struct counted *next;

        if (scan_is(s, i, ","))
            i++;
        if (scan_is_any(s, i, "and|or|as"))
            i += scan_is(s, i, "as") ? 3 : 1; /* "as well as" */
        if (i == end || i == past_place(s, end))
            break;
        while (scan_is_any(s, i, "the|at") ||
               (scan_is_any(s, i, "his|her|their|its") && i + 1 < s->end &&
                token_at(s, i + 1)->upos == UPOS_NUM))
            i++;
        next = scan_counted_at(s, i);
        if (!next || next->used || clause_starts_at(s, next) || next->plain ||
            (next->plural && !next->article) ||
            (next->article && !scan_is_any(s, i - 1, "and|or") &&
             !scan_is_any(s, next->after, "and|or") && !goes_further(s, next)))
            break;
        if (next->silent && !next->others && !places_next(s, next->end))
            break;
        toll_emit(r, next, measure, trigger, subset);
        end = next->after;
    }
    return end;
}

/* The first of the list that the phrase's noun stands on in the tree, or TOKEN_NONE. */
static uint32_t list_root(const struct scan *s, const struct counted *c)
{
    uint32_t i = c->head != TOKEN_NONE ? c->head : TOKEN_NONE;

    for (int n = 0;
         i != TOKEN_NONE && n < LIST_MAX && token_at(s, i)->rel == DEPREL_CONJ; n++)
        i = token_at(s, i)->head;
    return i;
}

/* "a farmer and his son": whose he is stands on the list. */
static bool is_theirs(const struct scan *s, const struct counted *k)
{
    return k->definite && !k->plural && scan_is_any(s, k->first, "his|her|their");
}

/* "Two men and a woman in their seventies and a girl have died": what else the list holds,
 * by the tree, whatever stands between. */
static void emit_joined(struct toll_reader *r, const struct counted *c,
                        enum measure measure, uint32_t trigger)
{
    struct scan *s = r->scan;
    uint32_t root = list_root(s, c);

    for (uint32_t i = 0; root != TOKEN_NONE && i < s->counted.count; i++) {
        struct counted *k = &s->counted.at[i];

        if (k == c || k->end > trigger || k->used || !k->people || k->plain ||
            (k->definite && !is_theirs(s, k)) || (k->plural && !k->article) ||
            list_root(s, k) != root || clause_is_part(s, k))
            continue;
        toll_emit(r, k, measure, trigger, false);
    }
}

void toll_emit_subject(struct toll_reader *r, struct counted *c, enum measure measure,
                       uint32_t trigger)
{
    struct counted *before = clause_listed_before(r->scan, c);

    if (before && before->first < c->first) {
        struct counted *first = clause_listed_before(r->scan, before);

        if (first && first->first < before->first)
            toll_emit(r, first, measure, trigger, false);
        toll_emit(r, before, measure, trigger, false);
    }
    emit_joined(r, c, measure, trigger);
    toll_emit(r, c, measure, trigger, false);
}
