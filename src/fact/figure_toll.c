#include "fact/figure_toll.h"

#include "fact/figure_mood.h"
#include "fact/figure_noun.h"

#define LIST_MAX 6     /* phrases of one list: "two soldiers, a nurse and …" */
#define SUBJECT_FAR 34 /* tokens between a subject and its verb */
#define TOLL_FAR 16    /* tokens between "the death toll" and its number */
#define CROWD_LEAST 10 /* fewer make no crowd */
#define FORCE_LEAST 20 /* fewer make no force */

static const struct token *token_at(const struct scan *s, uint32_t i)
{
    return &s->text->token.at[i];
}

static struct str lower_at(const struct scan *s, uint32_t i)
{
    return i < s->end ? token_at(s, i)->lower : STR("");
}

static bool is_adverb(const struct scan *s, uint32_t i)
{
    struct str w = lower_at(s, i);

    if (i >= s->end)
        return false;
    if (scan_is_any(
            s, i,
            "also|reportedly|allegedly|now|still|since|already|then|later|"
            "earlier|so|far|feared|confirmed|reported|presumed|believed|"
            "critically|badly|all|both|each|currently|today|yesterday|once|"
            "listed|declared|thought|found|pronounced|apparently|not|n't|"
            "never|just|only|either|known|seriously|first|together|too|"
            "alone|immediately|said|understood|officially|initially|safely|began|"
            "begun|started"))
        return true;
    return token_at(s, i)->upos == UPOS_ADV && str_ends(w, STR("ly"));
}

static bool is_be(const struct scan *s, uint32_t i)
{
    return scan_is_any(s, i,
                       "was|were|been|being|be|is|are|am|got|get|gets|getting|'re|"
                       "'s|remain|remained|remains|lay|lie|lying|went|'ve");
}

/* The subject's own words, from the quotation mark to the noun. */
static uint32_t figure_push(struct scan *s, struct counted *c, enum measure measure,
                            uint32_t trigger)
{
    struct figure *f = PUSH(s->arena, &s->facts->figure);
    uint32_t last = c->end > c->first ? c->end - 1 : c->first;

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
    c->used = true;
    return s->facts->figure.count - 1;
}

/* What the sentence has given so far: the last whole toll, for ellipsis and subsets. */
struct reader {
    struct scan *scan;
    uint32_t whole;     /* figure that subsets belong to, or FACT_NONE */
    uint32_t whole_end; /* token behind it */
    uint32_t first;     /* figures.count when the sentence began */
};

/* "and dozens wounded": a number without a noun counts what the one before counted;
 * "748 others" are people of no class told, named by the same words. */
static void inherit(struct reader *r, struct counted *c, struct figure *f)
{
    const struct figure *before;

    if (r->whole == FACT_NONE || (!c->silent && !c->others))
        return;
    before = &r->scan->facts->figure.at[r->whole];
    if (f->who.len == 0)
        f->who = before->who;
    if (!c->others && !c->partitive && c->silent) {
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

static void emit(struct reader *r, struct counted *c, enum measure measure,
                 uint32_t trigger, bool subset)
{
    struct scan *s = r->scan;
    uint32_t index;
    struct figure *f;

    if (c->used || (c->head != TOKEN_NONE && !c->people && !c->others))
        return;
    if (measure == MEASURE_CROWD && (c->amount.high < CROWD_LEAST || c->article))
        return;
    if (!counts_few(measure) && (c->article || c->definite || c->plural))
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
    if (c->amount.low == 0 && c->amount.high == 0)
        f->modality = MODALITY_NEGATED;
    f->background = mood_is_background(s, trigger);
    if (subset || c->partitive) {
        f->subset_of = r->whole;
    } else {
        r->whole = index;
        r->whole_end = c->end;
    }
}

/* May a noun phrase without a number stand for a count here? */
static bool countable(const struct counted *c, bool object)
{
    if (c->amount.op.len == 0)
        return false;
    if (!c->plural || c->article)
        return true;
    return !c->definite && (object || true);
}

/* The phrase that begins at token i, with what it lists: "two soldiers, a nurse and
 * three farmers", unless the next one begins a clause of its own. */
static bool starts_clause(const struct scan *s, const struct counted *c)
{
    uint32_t i = c->after;

    while (is_adverb(s, i))
        i++;
    if (i >= s->end)
        return false;
    if (is_be(s, i) || scan_is_any(s, i, "has|have|had|will|would|could|may|might"))
        return true;
    return scan_trigger_at(s, i) && !scan_is_any(s, i, "dead|body|bodies") &&
           scan_trigger_at(s, i)->frames & (FRAME_VERB | FRAME_FALL | FRAME_STATE) &&
           !str_ends(lower_at(s, i), STR("ing"));
}

static uint32_t emit_list(struct reader *r, struct counted *c, enum measure measure,
                          uint32_t trigger, bool subset)
{
    struct scan *s = r->scan;
    uint32_t end = c->after;

    emit(r, c, measure, trigger, subset);
    for (int n = 1; n < LIST_MAX; n++) {
        uint32_t i = end;
        struct counted *next;

        if (scan_is(s, i, ","))
            i++;
        if (scan_is_any(s, i, "and|or|as"))
            i += scan_is(s, i, "as") ? 3 : 1; /* "as well as" */
        if (i == end)
            break;
        while (scan_is_any(s, i, "the|at"))
            i++;
        next = scan_counted_at(s, i);
        if (!next || next->used || starts_clause(s, next) ||
            (next->plural && !next->article))
            break;
        if (next->silent && !next->others)
            break;
        emit(r, next, measure, trigger, subset);
        end = next->after;
    }
    return end;
}

/* ---- subjects ---- */

static bool is_relative(const struct scan *s, uint32_t i)
{
    return scan_is_any(s, i, "who|which|that|whose|whom");
}

/* A preposition in front of a phrase: it is no subject then, "in two villages". */
static bool after_preposition(const struct scan *s, const struct counted *c)
{
    return c->first > s->first &&
           scan_is_any(s, c->first - 1,
                       "of|in|on|at|by|from|to|near|against|into|for|inside|through|"
                       "towards|toward|behind|between|during|targeting|carrying|"
                       "killing|injuring|wounding|killed|wounded|injured|arrested|"
                       "detained|than|left|over|under|outside|around|across|via");
}

/* Whether words between a phrase and its verb let the phrase be the subject: prepositional
 * phrases, a relative clause, appositions; but no other finite clause. */
static bool reaches(const struct scan *s, const struct counted *c, uint32_t verb)
{
    bool relative = false;

    if (verb < c->end || verb - c->end > SUBJECT_FAR)
        return false;
    for (uint32_t i = c->end; i < verb; i++) {
        const struct token *t = token_at(s, i);

        if (is_relative(s, i))
            relative = true;
        if (scan_is_any(s, i, ";|when|while|after|because|although|whereas|if|before"))
            return false;
        if (!relative && i > c->end &&
            (t->xpos == XPOS_VBD || t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP ||
             t->xpos == XPOS_MD) &&
            !scan_is_any(s, i - 1, ",") && t->upos != UPOS_NOUN)
            return false;
        if (t->upos == UPOS_CCONJ && i + 1 < verb && !relative) {
            struct counted *next = NULL;

            for (uint32_t k = 0; k < s->counted.count; k++)
                if (s->counted.at[k].first == i + 1)
                    next = &s->counted.at[k];
            if (next && !next->plural)
                return false; /* the later phrase is nearer; lists are taken apart */
        }
    }
    return true;
}

static struct counted *phrase_over(struct scan *s, uint32_t token)
{
    for (uint32_t i = 0; i < s->counted.count; i++)
        if (s->counted.at[i].first <= token && token < s->counted.at[i].end)
            return &s->counted.at[i];
    return NULL;
}

/* The subject that the tree gives, of the verb or of the one it is coordinated with. */
static struct counted *subject_in_tree(struct scan *s, uint32_t verb)
{
    for (uint32_t i = s->first; i < s->end; i++) {
        const struct token *t = token_at(s, i);

        if (t->head == verb && (t->rel == DEPREL_NSUBJ || t->rel == DEPREL_NSUBJ_PASS))
            return phrase_over(s, i);
    }
    return NULL;
}

/* The nearest phrase to the left that may be the subject; token `from` is the first of
 * the verb group. */
static struct counted *subject_before(struct scan *s, uint32_t from)
{
    for (uint32_t i = s->counted.count; i-- > 0;) {
        struct counted *c = &s->counted.at[i];

        if (c->end > from)
            continue;
        if (c->used || after_preposition(s, c))
            continue;
        if (!reaches(s, c, from))
            return NULL;
        return c;
    }
    return NULL;
}

/* "A poet and three activists were arrested": what stands before on the list. */
static struct counted *listed_before(struct scan *s, const struct counted *c)
{
    uint32_t i = c->first;

    if (i > s->first && scan_is_any(s, i - 1, "at|the"))
        i--;
    if (i > s->first && scan_is_any(s, i - 1, "and|or"))
        i--;
    else if (i > s->first && scan_is(s, i - 1, ","))
        ;
    else
        return NULL;
    if (i > s->first && scan_is(s, i - 1, ","))
        i--;
    for (uint32_t k = 0; k < s->counted.count; k++) {
        struct counted *before = &s->counted.at[k];

        if ((before->end == i || before->after == i) && !before->used &&
            !after_preposition(s, before) && before->people &&
            (!before->plural || before->article))
            return before;
    }
    return NULL;
}

static void emit_subject(struct reader *r, struct counted *c, enum measure measure,
                         uint32_t trigger)
{
    struct counted *before = listed_before(r->scan, c);

    if (before && before->first < c->first) {
        struct counted *first = listed_before(r->scan, before);

        if (first && first->first < before->first)
            emit(r, first, measure, trigger, false);
        emit(r, before, measure, trigger, false);
    }
    emit(r, c, measure, trigger, false);
}

/* First token of the verb group: auxiliaries and adverbs in front of the verb. */
static uint32_t group_start(const struct scan *s, uint32_t verb, bool *be, bool *have)
{
    uint32_t i = verb;

    *be = *have = false;
    while (i > s->first) {
        uint32_t k = i - 1;

        if (is_be(s, k) && !(scan_is(s, k, "'s") && token_at(s, k)->upos == UPOS_PART))
            *be = true;
        else if (scan_is_any(s, k, "has|have|had|having|'ve"))
            *have = true;
        else if (!is_adverb(s, k) &&
                 !scan_is_any(s, k, "to|will|would|could|may|might|can|should|must"))
            break;
        i = k;
    }
    return i;
}

/* Verbs coordinated with this one: "killed or wounded", "killed and 20 injured". */
static uint32_t verb_pair(const struct scan *s, const struct trigger *t,
                          const struct trigger **other)
{
    uint32_t i = t->end;

    *other = NULL;
    if (scan_is(s, i, ","))
        i++;
    if (!scan_is_any(s, i, "and|or|&|and/or|/"))
        return t->end;
    i++;
    while (is_adverb(s, i) || is_be(s, i))
        i++;
    *other = scan_trigger_at(s, i);
    if (*other && !((*other)->frames & (FRAME_VERB | FRAME_FALL | FRAME_STATE)))
        *other = NULL;
    return *other ? (*other)->end : t->end;
}

static bool harms(enum measure m)
{
    return m == MEASURE_KILLED || m == MEASURE_INJURED || m == MEASURE_CASUALTIES;
}

static enum measure measure_of(const struct trigger *t)
{
    if (t->frames & (FRAME_VERB | FRAME_STATE))
        return t->measure;
    return t->fall;
}

/* "killed and wounded": hurt in one way or the other, not told apart. */
static enum measure joint_measure(enum measure a, enum measure b)
{
    return a != b && harms(a) && harms(b) ? MEASURE_CASUALTIES : a;
}

/* ---- frames ---- */

static uint32_t skip_to_object(const struct scan *s, uint32_t i)
{
    while (is_adverb(s, i) || scan_is_any(s, i, "up|down|off"))
        i++;
    return i;
}

/* "detonated explosives, killing themselves": the sentence's first phrase. */
static bool reflexive_read(struct reader *r, const struct trigger *t,
                           enum measure measure)
{
    struct scan *s = r->scan;

    for (uint32_t k = 0; k < s->counted.count; k++) {
        struct counted *c = &s->counted.at[k];

        if (c->end > t->first)
            break;
        if (c->used || !c->people || after_preposition(s, c) ||
            (c->plural && !c->article))
            continue;
        emit(r, c, measure, t->first, false);
        return true;
    }
    return false;
}

/* "killed two soldiers", "killing at least nine", "expels diplomats". */
static bool object_read(struct reader *r, const struct trigger *t, uint32_t end,
                        enum measure measure)
{
    struct scan *s = r->scan;
    uint32_t i = skip_to_object(s, end);
    struct counted *c = scan_counted_at(s, i);

    if (scan_is_any(s, i, "themselves|himself|herself"))
        return reflexive_read(r, t, measure);

    if (!c || c->used || !countable(c, true))
        return false;
    if (c->first < i && c->first + 1 < i)
        return false;
    emit_list(r, c, measure, t->first, false);
    return c->used;
}

static bool is_active_form(const struct scan *s, const struct trigger *t)
{
    struct str w = lower_at(s, t->first);

    return str_ends(w, STR("ing")) || token_at(s, t->first)->xpos == XPOS_VB ||
           token_at(s, t->first)->xpos == XPOS_VBP ||
           token_at(s, t->first)->xpos == XPOS_VBZ;
}

static bool subject_read(struct reader *r, const struct trigger *t, uint32_t from,
                         enum measure measure, bool passive)
{
    struct scan *s = r->scan;
    struct counted *c = subject_in_tree(s, t->first);

    if (!c || c->used || c->end > from || !reaches(s, c, from))
        c = subject_before(s, from);
    if (!c || !countable(c, false))
        return false;
    /* a bare plural or a definite is a victim only beside its verb */
    if (((c->plural && !c->article) || c->definite) &&
        (!passive || from > c->after + 1))
        return false;
    emit_subject(r, c, measure, t->first);
    return true;
}

static void verb_read(struct reader *r, const struct trigger *t)
{
    struct scan *s = r->scan;
    const struct trigger *other;
    uint32_t end = verb_pair(s, t, &other), from;
    enum measure measure = t->measure;
    bool be, have;

    from = group_start(s, t->first, &be, &have);
    if (other && joint_measure(measure, measure_of(other)) != measure)
        measure = MEASURE_CASUALTIES;
    else
        end = t->end;
    if (token_at(s, t->first)->upos == UPOS_NOUN &&
        t->frames & (FRAME_ACT | FRAME_NOUN) && !be && !have)
        return;
    if (!be && object_read(r, t, end, measure))
        return;
    if (is_active_form(s, t) && !be)
        return;
    subject_read(r, t, from, measure, be);
}

static void fall_read(struct reader *r, const struct trigger *t)
{
    struct scan *s = r->scan;
    const struct token *v = token_at(s, t->first);
    bool be, have;
    uint32_t from = group_start(s, t->first, &be, &have);

    if (v->upos == UPOS_NOUN && t->end == t->first + 1 &&
        !str_ends(v->lower, STR("ed")))
        return;
    subject_read(r, t, from, t->fall, t->fall != MEASURE_CROWD);
}

/* "two dead", "left two dead", "two are feared dead", "two dead and six injured". */
static void state_read(struct reader *r, const struct trigger *t)
{
    struct scan *s = r->scan;
    const struct trigger *other;
    uint32_t from;
    enum measure measure = t->measure;
    bool be, have;

    from = group_start(s, t->first, &be, &have);
    (void)verb_pair(s, t, &other);
    if (other)
        measure = joint_measure(measure, measure_of(other));
    for (uint32_t i = s->counted.count; i-- > 0;) {
        struct counted *c = &s->counted.at[i];

        if (c->end > from || c->used)
            continue;
        if (c->after == from || c->end == from || (be && reaches(s, c, from))) {
            if (countable(c, false) && (!c->plural || be))
                emit_subject(r, c, measure, t->first);
        }
        return;
    }
}

/* "five deaths", "hundreds of injured", "no casualties", "43 precious lives". */
static void noun_frame_read(struct reader *r, const struct trigger *t)
{
    struct scan *s = r->scan;

    for (uint32_t i = s->counted.count; i-- > 0;) {
        struct counted *c = &s->counted.at[i];
        uint32_t k = c->num_end ? c->first : c->first;

        if (c->used || c->first >= t->first || c->article || c->definite || c->plural)
            continue;
        if (t->first < c->end ? c->head >= t->first && c->head < t->end : false) {
            c->people = true;
            c->class_name = STR("people");
            c->head = TOKEN_NONE;
            emit(r, c, t->noun, t->first, false);
            return;
        }
        for (k = c->end; k < t->first; k++)
            if (!is_adverb(s, k) && token_at(s, k)->upos != UPOS_ADJ &&
                !scan_is_any(s, k,
                             "of|new|more|other|confirmed|precious|civilian|police|"
                             "combat|reported|innocent|military|the"))
                break;
        if (k < t->first)
            return;
        if (c->silent || c->head == TOKEN_NONE || c->others) {
            /* "and 1,200 injured" goes on from who was named before */
            c->silent = k == c->end && scan_is_any(s, t->first, "dead|injured|wounded");
            c->end = c->after = t->end;
            c->others = false;
            c->class_name = STR("people");
            emit(r, c, t->noun, t->first, false);
        }
        return;
    }
}

/* "the death toll rose from 12 to 44", "bringing the number of dead to 44". */
static void toll_read(struct reader *r, const struct trigger *t)
{
    struct scan *s = r->scan;
    struct counted *best = NULL;

    for (uint32_t i = 0; i < s->counted.count; i++) {
        struct counted *c = &s->counted.at[i];
        uint32_t k = c->first;

        if (c->first < t->end || c->used || c->article || c->definite || c->plural)
            continue;
        if (c->first - t->end > TOLL_FAR)
            break;
        if (c->head != TOKEN_NONE && !c->people)
            continue;
        if (scan_is_any(s, k - 1,
                        "to|at|of|is|was|reached|hit|passed|exceeded|topped|"
                        "surpassed|:|stood|as|are|were|near|nearing|by")) {
            best = c;
            if (scan_is_any(s, k - 1, "to|at|reached|is|was|of"))
                break;
        }
    }
    if (best)
        emit(r, best, t->toll, t->first, false);
}

/* "the killing of two", "a crowd of 5,000", "protest by dozens of". */
static void act_read(struct reader *r, const struct trigger *t)
{
    struct scan *s = r->scan;
    uint32_t i = t->end;
    struct counted *c;

    if (scan_is_any(s, i, "of|by|to|involving|among"))
        i++;
    else
        return;
    c = scan_counted_at(s, i);
    if (!c || c->used || (c->plural && !c->article) || c->first + 1 < i)
        return;
    if (c->definite && t->act != MEASURE_KILLED)
        return;
    emit_list(r, c, t->act, t->first, false);
}

/* ", including six children", ", among them a nurse", ", six of them children", ",
 * seven seriously": parts of the toll before. */
static void subsets_read(struct reader *r)
{
    struct scan *s = r->scan;

    for (uint32_t i = 0; i < s->counted.count && r->whole != FACT_NONE; i++) {
        struct counted *c = &s->counted.at[i];
        uint32_t k = c->first;
        const struct figure *whole = &s->facts->figure.at[r->whole];

        if (c->used || c->first < r->whole_end)
            continue;
        if (k > s->first && scan_is_any(s, k - 1, "the|its|their"))
            k--;
        if (k > s->first &&
            (scan_is_any(s, k - 1, "including|includes|included|mostly") ||
             (scan_is(s, k - 1, "them") && k - 1 > s->first &&
              scan_is(s, k - 2, "among")))) {
            emit_list(r, c, whole->measure, whole->trigger, true);
        } else if (c->partitive) {
            const struct counted *next = scan_counted_at(s, c->end);

            if (next && next->people) {
                c->class_name = next->class_name;
                c->group = next->group;
                c->end = next->end;
            }
            emit(r, c, whole->measure, whole->trigger, true);
        } else if (c->silent && scan_is(s, k - 1, ",") &&
                   scan_is_any(s, c->end,
                               "seriously|critically|fatally|severely|badly")) {
            emit(r, c, whole->measure, whole->trigger, true);
            s->facts->figure.at[s->facts->figure.count - 1].class_name =
                whole->class_name;
        }
    }
}

/* Demonstrators in number are a crowd, soldiers and fighters in number are deployed,
 * whatever they do, unless it is done to them. */
static bool is_armed(const struct counted *c)
{
    return str_eq(c->class_name, STR("military")) ||
           str_eq(c->class_name, STR("rebel")) || str_eq(c->class_name, STR("militia"));
}

static void rest_read(struct reader *r)
{
    struct scan *s = r->scan;

    for (uint32_t i = 0; i < s->counted.count; i++) {
        struct counted *c = &s->counted.at[i];

        if (c->used || !c->people || c->article || c->definite || c->plural ||
            c->partitive || c->amount.low < CROWD_LEAST)
            continue;
        if (str_eq(c->class_name, STR("protester")) && !after_preposition(s, c))
            emit(r, c, MEASURE_CROWD, c->head, false);
        else if (is_armed(c) && c->amount.low >= FORCE_LEAST &&
                 !after_preposition(s, c))
            emit(r, c, MEASURE_DEPLOYED, c->head, false);
    }
}

static void trigger_read(struct reader *r, const struct trigger *t)
{
    uint32_t before = r->scan->facts->figure.count;

    if (t->frames & FRAME_TOLL)
        toll_read(r, t);
    if (t->frames & FRAME_ACT && r->scan->facts->figure.count == before)
        act_read(r, t);
    if (t->frames & FRAME_NOUN && r->scan->facts->figure.count == before)
        noun_frame_read(r, t);
    if (t->frames & FRAME_STATE && r->scan->facts->figure.count == before)
        state_read(r, t);
    if (t->frames & FRAME_VERB && r->scan->facts->figure.count == before)
        verb_read(r, t);
    if (t->frames & FRAME_FALL && r->scan->facts->figure.count == before)
        fall_read(r, t);
}

void tolls_read(struct scan *s)
{
    struct reader r = { .scan = s,
                        .whole = FACT_NONE,
                        .first = s->facts->figure.count };

    for (uint32_t i = 0; i < s->trigger.count; i++)
        trigger_read(&r, &s->trigger.at[i]);
    subsets_read(&r);
    rest_read(&r);
}
