#include "fact/figure_toll.h"

#include "base/buf.h"
#include "fact/event_tree.h"
#include "fact/figure_clause.h"
#include "fact/figure_emit.h"
#include "fact/figure_part.h"

#define OWN_VERB_FAR 8    /* tokens between a participle and the verb of its noun */
#define PARENTHESIS_FAR 9 /* tokens of ", officials here say," */
#define TARGET_FAR 10     /* tokens between who was aimed at and "killing two" */
#define NAMES_MAX 6       /* tokens of a name before a count */
#define TOLL_FAR 16       /* tokens between "the death toll" and its number */
#define CROWD_LEAST 10    /* fewer make no crowd */
#define FORCE_LEAST 20    /* fewer make no force */

static const struct token *token_at(const struct scan *s, uint32_t i)
{
    return &s->text->token.at[i];
}

static struct str lower_at(const struct scan *s, uint32_t i)
{
    return i < s->end ? token_at(s, i)->lower : STR("");
}

/* May a noun phrase without a number stand for a count here? */
static bool countable(const struct counted *c, bool object)
{
    if (c->amount.op.len == 0 || c->plain)
        return false;
    if (!c->plural || c->article)
        return true;
    return !c->definite && (object || true);
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
    return a != b && toll_harms(a) && toll_harms(b) ? MEASURE_CASUALTIES : a;
}

static uint32_t skip_to_object(struct scan *s, uint32_t i)
{
    while (clause_is_adverb(s, i) || scan_is_any(s, i, "up|down|off"))
        i++;
    if (scan_is(s, i, "of") && i > s->first && scan_is_any(s, i - 1, "all|each|both"))
        i++; /* "killing all of its 300 passengers" */
    if (scan_is_any(s, i, "its|their|his|her|our"))
        i++;
    /* "arrested and beat six men": the second verb has the same object */
    if (scan_is_any(s, i, "and|or") && i + 2 < s->end && !scan_trigger_at(s, i + 1) &&
        token_at(s, i + 1)->upos == UPOS_VERB && scan_counted_at(s, i + 2))
        i += 2;
    return i;
}

/* "detonated explosives, killing themselves": the sentence's first phrase. */
static bool reflexive_read(struct toll_reader *r, const struct trigger *t,
                           enum measure measure)
{
    struct scan *s = r->scan;

    for (uint32_t k = 0; k < s->counted.count; k++) {
        struct counted *c = &s->counted.at[k];

        if (c->end > t->first)
            break;
        if (c->used || !c->people || clause_after_preposition(s, c) ||
            (c->plural && !c->article) || c->definite || c->plain)
            continue;
        toll_emit(r, c, measure, t->first, false);
        return true;
    }
    return false;
}

/* "on his comrades at a base in Orlan, killing five": no verb stands between. */
static bool only_place_between(const struct scan *s, const struct counted *before,
                               const struct trigger *t)
{
    for (uint32_t i = before->after; i < t->first; i++)
        if (token_at(s, i)->upos == UPOS_VERB || token_at(s, i)->upos == UPOS_AUX ||
            token_at(s, i)->upos == UPOS_CCONJ)
            return false;
    return t->first <= before->after + TARGET_FAR;
}

/* "opened fire on protesters, killing two": the two were protesters. */
static void take_target(const struct scan *s, const struct trigger *t,
                        struct counted *c)
{
    for (uint32_t k = s->counted.count; k-- > 0;) {
        const struct counted *before = &s->counted.at[k];

        if (before->end > t->first)
            continue;
        if (before->people && !before->used && only_place_between(s, before, t) &&
            before->first > s->first &&
            scan_is_any(s, before->first - 1, "on|at|against|into")) {
            c->class_name = before->class_name;
            c->group = before->group;
        }
        return;
    }
}

/* "killed Abram and four others": who is named stands before who is counted. */
static uint32_t past_names(const struct scan *s, uint32_t i)
{
    uint32_t from = i;

    while (i < s->end && i < from + NAMES_MAX && token_at(s, i)->upos == UPOS_PROPN)
        i++;
    if (i == from || !scan_is_any(s, i, "and|,|along"))
        return from;
    i += scan_is(s, i, "along") ? 2 : 1;
    return scan_is(s, i, "and") ? i + 1 : i;
}

/* "holding 30 workers hostage", "shot two men dead": the word behind tells what was done. */
static bool state_follows(const struct scan *s, const struct counted *c)
{
    const struct trigger *t = scan_trigger_at(s, c->end);

    return t && t->first == c->end && t->frames & FRAME_STATE &&
           !(t->frames & FRAME_VERB);
}

/* "killed two soldiers", "killing at least nine", "expels diplomats". */
static bool object_read(struct toll_reader *r, const struct trigger *t, uint32_t end,
                        enum measure measure)
{
    struct scan *s = r->scan;
    uint32_t i = skip_to_object(s, end);
    struct counted *c = scan_counted_at(s, past_names(s, i));

    if (scan_is_any(s, i, "themselves|himself|herself")) {
        (void)reflexive_read(r, t, measure);
        c = scan_is(s, i + 1, "and") ? scan_counted_at(s, i + 2) : NULL;
        if (c && !c->used && !c->plain) /* "killed himself and three others" */
            toll_emit_list(r, c, measure, t->first, false);
        return true;
    }
    if (!c || state_follows(s, c) || c->used || !countable(c, true))
        return false;
    if (c->first < i && c->first + 1 < i)
        return false;
    if (c->silent && !c->others)
        take_target(s, t, c);
    toll_emit_list(r, c, measure, t->first, false);
    return c->told;
}

static bool is_active_form(const struct scan *s, const struct trigger *t)
{
    struct str w = lower_at(s, t->first);

    return str_ends(w, STR("ing")) || token_at(s, t->first)->xpos == XPOS_VB ||
           token_at(s, t->first)->xpos == XPOS_VBP ||
           token_at(s, t->first)->xpos == XPOS_VBZ;
}

/* "… arrested on Monday were released": the subject's own verb comes behind. */
static bool finite_follows(const struct scan *s, uint32_t i)
{
    for (uint32_t n = 0; i < s->end && n < OWN_VERB_FAR; i++, n++) {
        if (scan_is_any(s, i, "was|were|has|have|is|are"))
            return true;
        if (scan_is_any(s, i, ",|;|and|but|when|after|as|who|that") ||
            scan_trigger_at(s, i))
            return false;
    }
    return false;
}

/* "captives held by rebels were freed": the participle only describes them. */
static bool is_participle_of(const struct scan *s, const struct trigger *t,
                             const struct counted *c)
{
    const struct token *v = token_at(s, t->first);

    return (v->rel == DEPREL_ACL || v->rel == DEPREL_ACL_RELCL) &&
           v->head >= c->first && v->head < c->after;
}

/* "the seat of Ron Venn, who died in May": who is named, no phrase before him. */
static bool is_of_a_name(const struct scan *s, uint32_t from)
{
    uint32_t i = from;

    if (i < s->first + 2 || !scan_is(s, i - 1, "who"))
        return false;
    i -= scan_is(s, i - 2, ",") ? 3 : 2;
    return i > s->first && token_at(s, i)->upos == UPOS_PROPN;
}

/* "Five people, I gather, were killed": between commas another may speak. */
static bool past_parenthesis(const struct scan *s, const struct counted *c,
                             uint32_t from)
{
    return scan_is(s, c->after, ",") && from > c->after + 1 &&
           scan_is(s, from - 1, ",") && from - c->after < PARENTHESIS_FAR;
}

static bool subject_read(struct toll_reader *r, const struct trigger *t, uint32_t from,
                         enum measure measure, bool passive)
{
    struct scan *s = r->scan;
    uint32_t before;
    struct counted *c = clause_subject_in_tree(s, t->first);

    if (!c || c->used || c->end > from || clause_after_preposition(s, c) ||
        !(clause_reaches(s, c, from) || past_parenthesis(s, c, from) ||
          clause_holds(s, c, from)))
        c = is_of_a_name(s, from) ? NULL : clause_subject_before(s, from);
    if (!c || !countable(c, false))
        return false;
    /* a bare plural or a definite is a victim only beside its verb */
    if (((c->plural && !c->article) || c->definite) &&
        (!passive || (from > c->after + 1 && !clause_is_joined(s, c, from))))
        return false;
    if (c->partitive && !passive && !c->silent && finite_follows(s, t->end))
        return false; /* "two of the four men arrested on Monday were freed" */
    before = s->facts->figure.count;
    toll_emit_subject(r, c, measure, t->first);
    if (clause_is_relative(s, c->after) || is_participle_of(s, t, c) ||
        (!passive && finite_follows(s, t->end)))
        c->used = false; /* "a nurse who was kidnapped in May was freed" */
    return s->facts->figure.count > before;
}

/* "The rally drew thousands", not "the firm attracts dozens of workers". */
static bool tells_protest(const struct scan *s)
{
    for (uint32_t i = 0; i < s->trigger.count; i++)
        if (s->trigger.at[i].act == MEASURE_CROWD ||
            s->trigger.at[i].fall == MEASURE_CROWD)
            return true;
    return false;
}

/* "Car bomb kills 12, wounds 30": a number right behind a form in -s. */
static bool is_headline_verb(const struct scan *s, const struct trigger *t)
{
    return t->first > s->first && scan_is_any(s, t->first - 1, ",|;|and|&") &&
           str_ends(token_at(s, t->first)->lower, STR("s")) && t->end < s->end &&
           token_at(s, t->end)->upos == UPOS_NUM;
}

/* "near a bus station", "the release of": a noun that a verb shares its form with. */
static bool is_noun_here(const struct scan *s, const struct trigger *t)
{
    const struct token *v = token_at(s, t->first);

    if (is_headline_verb(s, t))
        return false;
    if (t->first > s->first && str_ends(v->lower, STR("ed")) &&
        scan_is_any(s, t->first - 1, "the|a|an|his|her|its|their|these|those"))
        return true; /* "the captured sailors" */
    return v->upos == UPOS_NOUN && t->end == t->first + 1 &&
           !str_ends(v->lower, STR("ed")) && !str_ends(v->lower, STR("ing"));
}

/* "were abducted and shot dead": the second verb has the same subject. */
static void share_subject(struct toll_reader *r, const struct trigger *other)
{
    struct facts *facts = r->scan->facts;
    struct figure copy = facts->figure.at[facts->figure.count - 1];

    if (str_ends(lower_at(r->scan, other->first), STR("ing")) ||
        scan_counted_at(r->scan, other->end) || !(other->frames & FRAME_VERB) ||
        other->measure == copy.measure)
        return;
    copy.measure = other->measure;
    copy.trigger = other->first;
    *PUSH(r->scan->arena, &facts->figure) = copy;
}

static bool has_object(const struct scan *s, uint32_t verb)
{
    uint32_t object = tree_child(s->text, verb, DEPREL_OBJ);

    if (scan_is_any(s, verb + 1, "and|or"))
        return false; /* "people killed and 12 people injured" */
    return object != TOKEN_NONE && object > verb;
}

static void verb_read(struct toll_reader *r, const struct trigger *t)
{
    struct scan *s = r->scan;
    const struct trigger *other;
    uint32_t end = clause_verb_pair(s, t, &other), from;
    enum measure measure = t->measure;
    bool be, have;

    if (measure == MEASURE_CROWD && !tells_protest(s))
        return;
    from = clause_group_start(s, t->first, &be, &have);
    if (str_ends(lower_at(s, t->first), STR("ing")))
        be = false; /* "is still detaining several activists" */
    if (other && joint_measure(measure, measure_of(other)) != measure)
        measure = MEASURE_CASUALTIES;
    else
        end = t->end;
    if (is_noun_here(s, t) && !be && !have)
        return;
    if (!be && (object_read(r, t, end, measure) ||
                (other && object_read(r, t, other->end, measure))))
        return; /* "arrested and beat six men" */
    if (!be && (is_active_form(s, t) || has_object(s, t->first)))
        return; /* "the officer who killed Ada Venn" */
    if (subject_read(r, t, from, measure, be) && other && measure == t->measure)
        share_subject(r, other);
}

static void fall_read(struct toll_reader *r, const struct trigger *t)
{
    struct scan *s = r->scan;
    const struct token *v = token_at(s, t->first);
    bool be, have;
    uint32_t from = clause_group_start(s, t->first, &be, &have);

    if (v->upos == UPOS_NOUN && t->end == t->first + 1 &&
        !str_ends(v->lower, STR("ed")))
        return;
    if (from > s->first && scan_is(s, from - 1, "they") &&
        reflexive_read(r, t, t->fall)) /* "dozens held up signs as they marched" */
        return;
    subject_read(r, t, from, t->fall, t->fall != MEASURE_CROWD);
}

/* "sentenced six men to death": nobody has died of it. */
static bool is_sentence(const struct scan *s, const struct trigger *t)
{
    for (uint32_t i = t->first, n = 0; i > s->first && n < TOLL_FAR; n++)
        if (scan_is_any(s, --i,
                        "sentenced|sentences|sentence|sentencing|condemned|condemns"))
            return true;
    return false;
}

/* "14 people, including seven children, were injured": the children are a part. */
static bool is_named_among(const struct scan *s, const struct counted *c)
{
    return clause_is_part(s, c) ||
           (c->first > s->first && scan_is(s, c->first - 1, "among"));
}

/* "two dead", "left two dead", "two are feared dead", "two dead and six injured". */
static void state_read(struct toll_reader *r, const struct trigger *t)
{
    struct scan *s = r->scan;
    const struct trigger *other;
    uint32_t from;
    enum measure measure = t->measure;
    bool be, have;

    from = clause_group_start(s, t->first, &be, &have);
    if (from > s->first && scan_is(s, from - 1, "left"))
        from--; /* "three dozen left missing" */
    if (is_sentence(s, t))
        return;
    (void)clause_verb_pair(s, t, &other);
    if (other)
        measure = joint_measure(measure, measure_of(other));
    for (uint32_t i = s->counted.count; i-- > 0;) {
        struct counted *c = &s->counted.at[i];

        if (c->end > from || c->used || is_named_among(s, c) || clause_is_inside(s, c))
            continue;
        if (c->after == from || c->end == from || (be && clause_reaches(s, c, from))) {
            if (countable(c, false) && (!c->plural || be))
                toll_emit_subject(r, c, measure, t->first);
        }
        return;
    }
}

/* "219 Palestinian deaths": what stands before the noun is no noun of its own. */
static bool is_adjective(const struct scan *s, const struct counted *c,
                         const struct trigger *t)
{
    const struct token *head = c->head == TOKEN_NONE ? NULL : token_at(s, c->head);

    return head && c->end == t->first && head->head >= t->first &&
           head->head < t->end &&
           (head->rel == DEPREL_AMOD || head->rel == DEPREL_COMPOUND);
}

/* "two victims were taken to a hospital": the verb tells more than the noun. */
static bool is_subject_of_other(const struct scan *s, const struct counted *c,
                                const struct trigger *t)
{
    const struct token *head = c->head == TOKEN_NONE ? NULL : token_at(s, c->head);
    const struct trigger *verb = NULL;

    if (head && (head->rel == DEPREL_NSUBJ || head->rel == DEPREL_NSUBJ_PASS))
        verb = scan_trigger_at(s, head->head);
    return t->noun == MEASURE_CASUALTIES && verb &&
           verb->frames & (FRAME_VERB | FRAME_FALL | FRAME_STATE) &&
           measure_of(verb) != t->noun;
}

/* "Three of the wounded later died": what became of them is told, not that again. */
static bool dies_later(const struct scan *s, const struct counted *c,
                       const struct trigger *t)
{
    uint32_t i = t->end;
    const struct trigger *next;

    if (c->end > t->first)
        return is_subject_of_other(s, c, t);
    if (c->end == t->first || !scan_is(s, c->end, "of"))
        return false;
    while (clause_is_adverb(s, i) || clause_is_be(s, i) ||
           scan_is_any(s, i, "has|have|had"))
        i++;
    next = scan_trigger_at(s, i);
    return next && next != t && next->frames & (FRAME_VERB | FRAME_FALL) &&
           measure_of(next) != t->noun;
}

/* "killed by multiple injuries", "with several wounds": what somebody suffered. */
static bool is_means(const struct scan *s, const struct counted *c,
                     const struct trigger *t)
{
    if (t->noun == MEASURE_INJURED && str_eq(c->amount.op, STR("multiple")))
        return true; /* "the cause of death was multiple injuries" */
    return t->noun == MEASURE_INJURED && c->first > s->first &&
           scan_is_any(s, c->first - 1,
                       "by|with|from|of|suffered|sustained|received|for");
}

/* "five deaths", "hundreds of injured", "no casualties", "43 precious lives". */
static void noun_frame_read(struct toll_reader *r, const struct trigger *t)
{
    struct scan *s = r->scan;

    for (uint32_t i = s->counted.count; i-- > 0;) {
        struct counted *c = &s->counted.at[i];
        uint32_t k = c->num_end ? c->first : c->first;

        if (c->told || c->first >= t->first || c->article || c->definite || c->plural ||
            c->plain ||
            (c->first > s->first && scan_is_any(s, c->first - 1, "including|among")))
            continue;
        if (t->first < c->end ? c->head >= t->first && c->head < t->end : false) {
            c->people = true;
            c->class_name = STR("people");
            c->head = TOKEN_NONE;
            toll_emit(r, c, t->noun, t->first, false);
            return;
        }
        for (k = c->end; k < t->first; k++)
            if (!clause_is_adverb(s, k) && token_at(s, k)->upos != UPOS_ADJ &&
                !scan_is_any(s, k,
                             "of|new|more|other|confirmed|precious|civilian|police|"
                             "combat|reported|innocent|military|the"))
                break;
        if (k < t->first)
            return;
        if (dies_later(s, c, t) || is_means(s, c, t))
            return;
        if (c->silent || c->head == TOKEN_NONE || c->others || is_adjective(s, c, t)) {
            /* "and 1,200 injured" goes on from who was named before */
            c->silent = !c->others && k == c->end &&
                        scan_is_any(s, t->first, "dead|injured|wounded");
            if (!c->silent && !(c->others && k == c->end && t->first >= c->end))
                c->end = c->after = t->end;
            c->class_name = STR("people");
            if (is_adjective(s, c, t))
                c->head = TOKEN_NONE;
            if (c->partitive)
                part_take_complement(s, c);
            toll_emit(r, c, t->noun, t->first, false);
        }
        return;
    }
}

/* "bringing to 79 the number of people freed". */
static struct counted *total_before(struct scan *s, const struct trigger *t)
{
    uint32_t i = t->first;

    while (i > s->first &&
           scan_is_any(s, i - 1, "the|total|overall|its|official|people"))
        i--;
    for (uint32_t k = 0; k < s->counted.count; k++) {
        struct counted *c = &s->counted.at[k];

        if (c->end >= i && c->first < i && c->first >= s->first + 2 &&
            scan_is(s, c->first - 1, "to") &&
            scan_is_any(s, c->first - 2,
                        "bringing|brings|brought|raising|raised|raises|"
                        "taking|takes|took|pushing|pushed")) {
            c->head = TOKEN_NONE;
            c->silent = false;
            return c;
        }
    }
    return NULL;
}

/* "the toll has passed 500": more than that. */
static void exceed(const struct scan *s, struct counted *c)
{
    struct buf op = buf_new(s->arena, 64);

    if (c->amount.low != c->amount.high || c->amount.vague)
        return;
    buf_char(&op, '>');
    buf_str(&op, c->amount.op);
    c->amount.op = buf_view(&op);
    c->amount.low++;
    c->amount.high = AMOUNT_OPEN;
}

/* "The hospital had reported 71 dead when the ministry's tally was 58.": what the sentence,
 * else the one before, counts, if it counts but one thing; or OTHER. */
static enum measure measure_carried(const struct toll_reader *r, uint32_t token)
{
    const struct facts *facts = r->scan->facts;
    const struct text *text = r->scan->text;
    uint32_t sentence = token_at(r->scan, token)->sentence;
    enum measure found = MEASURE_OTHER;

    for (int n = 0; n < 2 && found == MEASURE_OTHER; n++) {
        const struct sentence *s = &text->sentence.at[sentence - (uint32_t)n];

        for (uint32_t i = facts->figure.count; i-- > 0;) {
            const struct figure *f = &facts->figure.at[i];

            if (f->start < s->start || f->start >= s->end)
                continue;
            if (!measure_is_toll(f->measure) || f->background || f->part)
                continue;
            if (found != MEASURE_OTHER && f->measure != found)
                return MEASURE_OTHER;
            found = f->measure;
        }
        if (sentence == 0 || s->paragraph != text->sentence.at[sentence - 1].paragraph)
            break;
    }
    return found;
}

/* "reported 17 more deaths, taking the total to 240": it has its number in front. */
static bool is_counted_itself(const struct scan *s, const struct trigger *t)
{
    for (uint32_t i = 0; i < s->counted.count; i++) {
        const struct counted *c = &s->counted.at[i];

        if ((c->end == t->first || (c->first < t->first && t->first < c->end)) &&
            c->num_end > c->num_start && !c->article && !c->plural && !c->definite)
            return true;
    }
    return false;
}

static bool rises(const struct scan *s, uint32_t verb)
{
    return str_in(token_at(s, verb)->lemma,
                  "rise|climb|jump|grow|soar|increase|surge|mount|go|pass|reach|total|"
                  "number|swell|leap|hit");
}

/* "the death toll rose from 12 to 44", "bringing the number of dead to 44". */
static void toll_read(struct toll_reader *r, const struct trigger *t)
{
    struct scan *s = r->scan;
    struct counted *best = NULL;
    enum measure measure =
        t->toll == MEASURE_OTHER ? measure_carried(r, t->first) : t->toll;

    if (measure == MEASURE_OTHER || is_counted_itself(s, t))
        return;

    for (uint32_t i = 0; i < s->counted.count; i++) {
        struct counted *c = &s->counted.at[i];
        uint32_t k = c->first;

        if (c->first < t->end || c->used || c->article || c->definite || c->plural)
            continue;
        if (c->first - t->end > TOLL_FAR)
            break;
        if (c->head != TOKEN_NONE && !c->people)
            continue;
        if (scan_is_any(
                s, k - 1,
                "to|at|of|is|was|reached|hit|passed|exceeded|topped|"
                "surpassed|:|stood|as|are|were|near|nearing|by|past|above|beyond")) {
            best = c;
            if (scan_is_any(s, k - 1, "to|at|reached|is|was|of"))
                break;
        } else if (*c->amount.op.ptr == '>' && rises(s, k - 1)) {
            best = c; /* "rose above 150" */
        }
    }
    if (!best)
        best = total_before(s, t);
    if (best && scan_is_any(s, best->first - (best->first > s->first),
                            "passed|exceeded|topped|surpassed|past|above|beyond"))
        exceed(s, best);
    if (best && best->silent) { /* all of them, whoever was counted before */
        best->silent = false;
        best->class_name = STR("people");
    }
    if (best)
        toll_emit_list(r, best, measure, t->first, false);
}

static bool is_armed(const struct counted *c)
{
    return str_eq(c->class_name, STR("military")) ||
           str_eq(c->class_name, STR("rebel")) || str_eq(c->class_name, STR("militia"));
}

/* "the loss of 43 precious lives": the lives are people. */
static void take_lives(const struct scan *s, struct counted *c)
{
    uint32_t i = c->end;

    if (i < s->end && token_at(s, i)->upos == UPOS_ADJ)
        i++;
    if (!scan_is_any(s, i, "lives|life"))
        return;
    c->silent = false;
    c->end = c->after = i + 1;
}

/* "the killing of two", "a crowd of 5,000", "protest by dozens of". */
static void act_read(struct toll_reader *r, const struct trigger *t)
{
    struct scan *s = r->scan;
    uint32_t i = t->end;
    struct counted *c;

    if (scan_is_any(s, i, "of|by|to|involving|among"))
        i++;
    else if (token_at(s, i - 1)->upos != UPOS_ADP) /* "the search for two sailors" */
        return;
    i = past_names(s, i);
    c = scan_counted_at(s, i);
    if (!c || c->used || (c->plural && !c->article) || c->first + 1 < i)
        return;
    if ((c->definite || c->plain) && t->act != MEASURE_KILLED)
        return;
    if (t->act == MEASURE_DEPLOYED && !is_armed(c) &&
        !str_eq(c->class_name, STR("police")) &&
        !str_eq(c->class_name, STR("security")))
        return;
    if (c->silent)
        take_lives(s, c);
    toll_emit_list(r, c, t->act, t->first, false);
}

/* "the first of 2,500 troops", "a vanguard of 300 marines": of the whole force. */
static bool is_part_of(const struct scan *s, const struct counted *c)
{
    return c->first >= s->first + 2 && scan_is(s, c->first - 1, "of") &&
           scan_is_any(s, c->first - 2,
                       "first|last|some|most|part|rest|vanguard|bulk|"
                       "batch|wave|influx|number|majority|elements");
}

/* Demonstrators in number are a crowd, soldiers and fighters in number are deployed,
 * whatever they do, unless it is done to them. */

static void rest_read(struct toll_reader *r)
{
    struct scan *s = r->scan;

    for (uint32_t i = 0; i < s->counted.count; i++) {
        struct counted *c = &s->counted.at[i];

        if (c->told || !c->people || c->article || c->definite || c->plural ||
            c->partitive || c->amount.low < CROWD_LEAST)
            continue;
        if (str_eq(c->class_name, STR("protester")) && !clause_after_preposition(s, c))
            toll_emit(r, c, MEASURE_CROWD, c->head, false);
        else if (is_armed(c) && c->amount.low >= FORCE_LEAST &&
                 (!clause_after_preposition(s, c) || is_part_of(s, c)))
            toll_emit(r, c, MEASURE_DEPLOYED, c->head, false);
    }
}

/* "30 hostages" are abducted unless something else is told of them: "… were freed". */
static bool names_people(const struct scan *s, const struct trigger *t)
{
    return scan_is_any(s, t->first,
                       "hostage|hostages|captives|abductees|detainee|detainees");
}

static enum measure last_measure(const struct toll_reader *r)
{
    const struct facts *facts = r->scan->facts;

    return facts->figure.at[facts->figure.count - 1].measure;
}

/* Frames in the order in which they are tried; the first that finds somebody wins. */
static void trigger_read(struct toll_reader *r, const struct trigger *t)
{
    static const struct {
        enum frame frame;
        void (*read)(struct toll_reader *, const struct trigger *);
    } readers[] = {
        { FRAME_TOLL, toll_read },       { FRAME_ACT, act_read },
        { FRAME_NOUN, noun_frame_read }, { FRAME_STATE, state_read },
        { FRAME_VERB, verb_read },       { FRAME_FALL, fall_read },
    };
    uint32_t before;

    r->frame = FRAME_NONE;
    if (part_among_read(r, t, measure_of(t)))
        return;
    before = r->scan->facts->figure.count;
    for (size_t i = 0; i < COUNT(readers) && r->scan->facts->figure.count == before;
         i++) {
        r->frame = readers[i].frame;
        if (t->frames & r->frame &&
            !(r->frame == FRAME_NOUN && names_people(r->scan, t)))
            readers[i].read(r, t);
    }
    if (r->scan->facts->figure.count > before) {
        companions_read(r, t, last_measure(r), true);
        gapped_read(r, last_measure(r));
    } else if (t->frames & (FRAME_VERB | FRAME_FALL))
        companions_read(r, t, measure_of(t), false);
}

void tolls_read(struct scan *s)
{
    struct toll_reader r = { .scan = s,
                             .whole = FACT_NONE,
                             .first = s->facts->figure.count };

    for (uint32_t i = 0; i < s->trigger.count; i++)
        trigger_read(&r, &s->trigger.at[i]);
    r.frame = FRAME_NOUN;
    for (uint32_t i = 0; i < s->trigger.count; i++)
        if (s->trigger.at[i].frames & FRAME_NOUN && names_people(s, &s->trigger.at[i]))
            noun_frame_read(&r, &s->trigger.at[i]);
    r.frame = FRAME_NONE;
    parts_read(&r);
    rest_read(&r);
    toll_trace_rivals(&r);
}
