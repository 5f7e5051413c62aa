#include "fact/figure_clause.h"

#include "fact/event_tree.h"

#define SUBJECT_FAR 34 /* tokens between a subject and its verb */
#define LIST_FAR 48    /* tokens between "including" and the last of its list */
#define ASIDE_MAX 24   /* tokens of an aside between dashes */

static const struct token *token_at(const struct scan *s, uint32_t i)
{
    return &s->text->token.at[i];
}

static struct str lower_at(const struct scan *s, uint32_t i)
{
    return i < s->end ? token_at(s, i)->lower : STR("");
}

bool clause_is_adverb(const struct scan *s, uint32_t i)
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

bool clause_is_be(const struct scan *s, uint32_t i)
{
    return scan_is_any(s, i,
                       "was|were|been|being|be|is|are|am|got|get|gets|getting|'re|"
                       "'s|remain|remained|remains|lay|lie|lying|went|'ve");
}

bool clause_is_relative(const struct scan *s, uint32_t i)
{
    return scan_is_any(s, i, "who|which|that|whose|whom");
}

/* A preposition in front of a phrase: it is no subject then, "in two villages". */
bool clause_after_preposition(const struct scan *s, const struct counted *c)
{
    uint32_t i = c->first;

    if (clause_is_relative(s, c->after) && !scan_is(s, i - (i > s->first), "including"))
        return false; /* "against the 23 activists who had been detained" */
    while (i > s->first && scan_is_any(s, i - 1, "“|\"|‘|''|``|'|«"))
        i--; /* "as “armed criminals”" */
    if (i > s->first && scan_is_any(s, i - 1, "the|these|those|his|her|their|its|our"))
        i--;
    return i > s->first &&
           scan_is_any(s, i - 1,
                       "of|in|on|at|by|from|to|near|against|into|for|inside|through|"
                       "towards|toward|behind|between|during|targeting|carrying|"
                       "killing|injuring|wounding|killed|wounded|injured|arrested|"
                       "detained|than|over|under|outside|around|across|via|including|"
                       "among|as|mostly|mainly|largely|especially");
}

static bool is_dash(const struct scan *s, uint32_t i)
{
    return scan_is_any(s, i, "–|—|--") ||
           (scan_is(s, i, "-") && i > s->first && i + 1 < s->end &&
            token_at(s, i - 1)->end < token_at(s, i)->start &&
            token_at(s, i)->end < token_at(s, i + 1)->start);
}

/* Token behind the aside that opens at this token, or the token itself: dashes and
 * brackets, "17 protesters – it calls them rioters – had been killed". */
static uint32_t clause_past_aside(const struct scan *s, uint32_t i)
{
    bool dash = is_dash(s, i);

    if (!dash && !scan_is_any(s, i, "(|["))
        return i;
    for (uint32_t k = i + 1; k < s->end && k < i + ASIDE_MAX; k++)
        if (dash ? is_dash(s, k) : scan_is_any(s, k, ")|]"))
            return k + 1;
    return i;
}

/* Whether the phrase lies in an aside that is closed before token `from`. */
static bool in_aside(const struct scan *s, const struct counted *c, uint32_t from)
{
    for (uint32_t i = s->first; i < c->first; i++) {
        uint32_t past = clause_past_aside(s, i);

        if (past > c->first && past <= from)
            return true;
        if (past > i)
            i = past - 1;
    }
    return false;
}

/* "neighbors said they were injured": the verb right behind the phrase is its own. */
static bool tells_of(const struct scan *s, const struct counted *c, uint32_t verb)
{
    uint32_t subject = tree_child(s->text, verb, DEPREL_NSUBJ);

    return subject >= c->first && subject < c->end &&
           token_at(s, verb)->upos == UPOS_VERB;
}

/* Whether words between a phrase and its verb let the phrase be the subject: prepositional
 * phrases, a relative clause, appositions; but no other finite clause. */
bool clause_reaches(const struct scan *s, const struct counted *c, uint32_t verb)
{
    bool relative = false, parts = false;

    if (verb < c->end || verb - c->end > SUBJECT_FAR)
        return false;
    for (uint32_t i = c->end; i < verb; i++) {
        const struct token *t = token_at(s, i);
        uint32_t past = clause_past_aside(s, i);

        if (past > i && past <= verb) {
            i = past - 1;
            continue;
        }
        if (clause_is_relative(s, i))
            relative = true;
        if (scan_is_any(s, i, "including|among"))
            parts = true;
        if (scan_is_any(s, i, ";|when|while|after|because|although|whereas|if|before"))
            return false;
        if (!relative && (i > c->end || tells_of(s, c, i)) &&
            (t->xpos == XPOS_VBD || t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP ||
             t->xpos == XPOS_MD) &&
            !scan_is_any(s, i - 1, ",") && t->upos != UPOS_NOUN)
            return false;
        if (t->upos == UPOS_CCONJ && i + 1 < verb && !relative && !parts) {
            struct counted *next = NULL;

            for (uint32_t k = 0; k < s->counted.count; k++)
                if (s->counted.at[k].first == i + 1)
                    next = &s->counted.at[k];
            if (next && !next->plural && !next->plain)
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
struct counted *clause_subject_in_tree(struct scan *s, uint32_t verb)
{
    for (uint32_t i = s->first; i < s->end; i++) {
        const struct token *t = token_at(s, i);

        if (t->head == verb && (t->rel == DEPREL_NSUBJ || t->rel == DEPREL_NSUBJ_PASS))
            return phrase_over(s, i);
    }
    return NULL;
}

/* "for thousands fleeing hunger", "of 30 people killed in May": right beside its verb a
 * phrase is its subject, whatever stands in front. */
static bool adjacent(const struct counted *c, uint32_t verb)
{
    return (c->after == verb || c->end == verb) && !c->definite && !c->plural &&
           !c->plain;
}

bool clause_is_part(const struct scan *s, const struct counted *c)
{
    for (uint32_t i = c->first, n = 0; i > s->first && n < LIST_FAR; n++) {
        const struct token *t = token_at(s, --i);

        if (scan_is_any(s, i, "including|include|includes"))
            return true;
        if (t->upos != UPOS_DET && t->upos != UPOS_ADJ && t->upos != UPOS_NUM &&
            t->upos != UPOS_NOUN && t->upos != UPOS_PROPN && t->upos != UPOS_CCONJ &&
            t->upos != UPOS_PUNCT && !scan_is_any(s, i, "of|from|least|at"))
            return false;
    }
    return false;
}

bool clause_is_inside(const struct scan *s, const struct counted *c)
{
    for (uint32_t i = 0; i < s->counted.count; i++) {
        const struct counted *whole = &s->counted.at[i];

        if (whole->end <= c->first && c->first < whole->after && !whole->plural &&
            !whole->article && whole->people && (c->article || c->definite) &&
            scan_is_any(s, c->end - 1,
                        "family|household|crew|group|team|gang|party|unit"))
            return true;
    }
    return false;
}

/* Whether the tree hangs the token under the phrase, in as many steps as a sentence has. */
static bool hangs_under(const struct scan *s, uint32_t token, const struct counted *c)
{
    for (uint32_t n = s->first; n < s->end && token >= s->first && token < s->end;
         n++) {
        if (token >= c->first && token < c->end)
            return true;
        if (token_at(s, token)->head == token)
            return false;
        token = token_at(s, token)->head;
    }
    return false;
}

bool clause_holds(const struct scan *s, const struct counted *c, uint32_t end)
{
    for (uint32_t i = c->end; i < end; i++)
        if (!hangs_under(s, i, c))
            return false;
    return end > c->end;
}

bool clause_is_joined(const struct scan *s, const struct counted *c, uint32_t end)
{
    for (uint32_t i = 0; c->definite && i < s->counted.count; i++) {
        const struct counted *k = &s->counted.at[i];

        if (k->first >= c->end && k->end <= end && end <= k->end + 1 &&
            k->head != TOKEN_NONE && token_at(s, k->head)->rel == DEPREL_CONJ &&
            token_at(s, k->head)->head == c->head)
            return true;
    }
    return false;
}

/* "three passengers, who were all Buddhist monks, died": what somebody is. */
static bool is_predicate(const struct scan *s, const struct counted *c)
{
    return c->plural && !c->article && c->head != TOKEN_NONE &&
           tree_child(s->text, c->head, DEPREL_COP) != TOKEN_NONE;
}

/* The nearest phrase to the left that may be the subject; token `from` is the first of
 * the verb group. */
struct counted *clause_subject_before(struct scan *s, uint32_t from)
{
    for (uint32_t i = s->counted.count; i-- > 0;) {
        struct counted *c = &s->counted.at[i];

        if (c->end > from)
            continue;
        if (c->used || clause_is_inside(s, c) ||
            (clause_after_preposition(s, c) && !adjacent(c, from)) ||
            in_aside(s, c, from) || clause_is_part(s, c) || is_predicate(s, c))
            continue;
        if (!clause_reaches(s, c, from))
            return NULL;
        return c;
    }
    return NULL;
}

/* "A poet and three activists were arrested": what stands before on the list. */
struct counted *clause_listed_before(struct scan *s, const struct counted *c)
{
    uint32_t i = c->first;

    if (i > s->first && scan_is_any(s, i - 1, "at|the|his|her|their|its"))
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
            !clause_after_preposition(s, before) && before->people &&
            !clause_is_part(s, before) && (!before->plural || before->article))
            return before;
    }
    return NULL;
}

/* First token of the verb group: auxiliaries and adverbs in front of the verb. */
uint32_t clause_group_start(const struct scan *s, uint32_t verb, bool *be, bool *have)
{
    uint32_t i = verb;
    bool to = false;

    *be = *have = false;
    while (i > s->first) {
        uint32_t k = i - 1;

        to = to || scan_is(s, k, "to"); /* "are believed to have killed": not passive */
        if (clause_is_be(s, k) && to)
            ;
        else if (clause_is_be(s, k) &&
                 !(scan_is(s, k, "'s") && token_at(s, k)->upos == UPOS_PART))
            *be = true;
        else if (scan_is_any(s, k, "has|have|had|having|'ve"))
            *have = true;
        else if (scan_is(s, k, "as") && k > s->first &&
                 scan_is_any(s, k - 1,
                             "listed|reported|registered|described|posted|"
                             "confirmed|classified|counted|recorded|given"))
            k--; /* "are still listed as missing" */
        else if (!clause_is_adverb(s, k) &&
                 !scan_is_any(s, k,
                              "to|will|would|could|may|might|can|should|must|need"))
            break;
        i = k;
    }
    return i;
}

/* Verbs coordinated with this one: "killed or wounded", "killed and 20 injured". */
uint32_t clause_verb_pair(const struct scan *s, const struct trigger *t,
                          const struct trigger **other)
{
    uint32_t i = t->end;

    *other = NULL;
    if (scan_is(s, i, ","))
        i++;
    if (!scan_is_any(s, i, "and|or|&|and/or|/"))
        return t->end;
    i++;
    while (clause_is_adverb(s, i) || clause_is_be(s, i))
        i++;
    *other = scan_trigger_at(s, i);
    if (*other && !((*other)->frames & (FRAME_VERB | FRAME_FALL | FRAME_STATE)))
        *other = NULL;
    return *other ? (*other)->end : t->end;
}

/* The phrase that begins at token i, with what it lists: "two soldiers, a nurse and
 * three farmers", unless the next one begins a clause of its own. */
bool clause_starts_at(const struct scan *s, const struct counted *c)
{
    uint32_t i = c->after;

    if (scan_is_any(s, i, "said|says|told|added|reported|confirmed"))
        return true;
    while (clause_is_adverb(s, i))
        i++;
    if (i >= s->end)
        return false;
    if (clause_is_be(s, i) ||
        scan_is_any(s, i,
                    "has|have|had|will|would|could|may|might|said|"
                    "says|told|added|reported|confirmed"))
        return true;
    return scan_trigger_at(s, i) && !scan_is_any(s, i, "dead|body|bodies") &&
           scan_trigger_at(s, i)->frames & (FRAME_VERB | FRAME_FALL | FRAME_STATE) &&
           !str_ends(lower_at(s, i), STR("ing"));
}
