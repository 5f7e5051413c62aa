#include "fact/attribution_count.h"

#include "fact/actor.h"

#define VERB_FAR 18 /* tokens between a verb of counting and its number */
#define OWN_FAR 12  /* tokens between a number and "by the count of" */

struct reader {
    struct arena *arena;
    struct facts *facts;
    const struct text *text;
    uint32_t first, end; /* tokens of the sentence */
    uint32_t number;     /* the figure's first token */
};

static const struct token *token_at(const struct reader *r, uint32_t i)
{
    return &r->text->token.at[i];
}

static bool lemma_is(const struct reader *r, uint32_t i, const char *words)
{
    return i >= r->first && i < r->end &&
           (str_in(token_at(r, i)->lemma, words) ||
            str_in(token_at(r, i)->lower, words));
}

static bool is_finite(const struct reader *r, uint32_t i)
{
    const struct token *t = token_at(r, i);

    return t->upos == UPOS_VERB && (t->xpos == XPOS_VBD || t->xpos == XPOS_VBZ ||
                                    t->xpos == XPOS_VBP || t->xpos == XPOS_VB);
}

/* "count", "tally": what a voice has of its own; a town has a toll, but does not count.
 * (The fine tag is the surer one: "the ministry's tally", an adverb by its ending.) */
static bool is_tally(const struct reader *r, uint32_t i)
{
    const struct token *t = token_at(r, i);

    return (t->upos == UPOS_NOUN || t->xpos == XPOS_NN || t->xpos == XPOS_NNS) &&
           lemma_is(r, i, "count|tally|estimate|figure|reckoning|toll|headcount");
}

static uint32_t child(const struct reader *r, uint32_t head, enum deprel rel)
{
    for (uint32_t i = r->first; i < r->end; i++)
        if (token_at(r, i)->head == head && token_at(r, i)->rel == rel)
            return i;
    return TOKEN_NONE;
}

bool actor_has_voice(const struct actor *a)
{
    if (a->type == ENTITY_PERSON || a->type == ENTITY_ORGANIZATION)
        return true;
    if (a->type == ENTITY_PLACE)
        return false;
    if (a->sector.len > 0)
        return true;
    for (uint32_t i = 0; a->type == ENTITY_GROUP && i < a->mention.count; i++)
        if (a->mention.at[i].kind == MENTION_NAME)
            return true;
    return false;
}

static uint32_t voice_at(struct reader *r, uint32_t head)
{
    uint32_t actor;

    if (head == TOKEN_NONE)
        return FACT_NONE;
    if (token_at(r, head)->upos == UPOS_PRON)
        actor = actor_for_phrase(r->arena, NULL, r->facts, head, 1);
    else
        actor = actor_for_head(r->arena, r->facts, head);
    return actor != FACT_NONE && actor_has_voice(&r->facts->actor.at[actor])
               ? actor
               : FACT_NONE;
}

/* The subject of the verb or of the one it is joined to: "lowered … and put …". */
static uint32_t subject_of(const struct reader *r, uint32_t verb)
{
    for (int n = 0; n < 4 && verb >= r->first && verb < r->end; n++) {
        uint32_t subject = child(r, verb, DEPREL_NSUBJ);

        if (subject != TOKEN_NONE)
            return subject;
        if (token_at(r, verb)->rel != DEPREL_CONJ)
            break;
        verb = token_at(r, verb)->head;
    }
    return TOKEN_NONE;
}

static bool tally_between(const struct reader *r, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (lemma_is(r, i, "count|tally|estimate|figure|toll|number|total"))
            return true;
    return false;
}

/* Whether the verb counts what its object tells: "registered", "put the toll at", "spoke
 * of". */
static bool counts(const struct reader *r, uint32_t verb)
{
    if (lemma_is(r, verb,
                 "count|register|record|tally|log|document|verify|estimate|tabulate"))
        return true;
    if (lemma_is(r, verb, "speak|talk") && lemma_is(r, verb + 1, "of"))
        return true;
    /* "reported six deaths", "announced the arrest of two men", "admitted killing nine" */
    if (lemma_is(r, verb,
                 "report|confirm|announce|admit|acknowledge|note|cite|declare|list"))
        return true;
    return lemma_is(r, verb,
                    "put|place|set|raise|lower|revise|update|increase|reduce|cut|"
                    "give|place|keep|adjust|amend|correct") &&
           tally_between(r, verb + 1, r->number);
}

/* "The ministry put the number of missing at 74", "… counts 58 dead and 74 missing". */
static uint32_t by_verb(struct reader *r, struct str *cue)
{
    for (uint32_t i = r->number; i > r->first && r->number - i < VERB_FAR;) {
        const struct token *t = token_at(r, --i);

        if (t->upos == UPOS_VERB && counts(r, i)) {
            uint32_t voice = voice_at(r, subject_of(r, i));

            *cue = t->form;
            return voice;
        }
        if (is_finite(r, i) || lemma_is(r, i, ";|that|who|which|when|after|while"))
            break;
    }
    return FACT_NONE;
}

/* Whose count it is: "the ministry's count", "the count of the ministry", "the count that
 * the ministry put out". */
static uint32_t owner_of(struct reader *r, uint32_t tally)
{
    uint32_t voice = voice_at(r, child(r, tally, DEPREL_NMOD_POSS)), clause;

    if (voice == FACT_NONE)
        voice = voice_at(r, child(r, tally, DEPREL_NMOD));
    clause = child(r, tally, DEPREL_ACL_RELCL);
    if (clause == TOKEN_NONE) /* "that" taken for a conjunction */
        clause = child(r, tally, DEPREL_ACL);
    if (voice == FACT_NONE && clause != TOKEN_NONE)
        voice = voice_at(r, child(r, clause, DEPREL_NSUBJ));
    return voice;
}

/* "The ministry's tally was 58", "Its estimate is 9,500". */
static uint32_t by_predicate(struct reader *r, struct str *cue)
{
    bool linked = false;

    for (uint32_t i = r->number; i > r->first && r->number - i < OWN_FAR;) {
        --i;
        if (is_tally(r, i)) {
            *cue = token_at(r, i)->form;
            return linked ? voice_at(r, child(r, i, DEPREL_NMOD_POSS)) : FACT_NONE;
        }
        if (lemma_is(r, i, "be|stand|rise|reach|climb|remain|grow|include"))
            linked = true;
        else if (is_finite(r, i) || lemma_is(r, i, ";|that|who|which|when|after"))
            break;
    }
    return FACT_NONE;
}

/* "…, by the count of the ministry", "By the ministry's count, …". */
static uint32_t by_adjunct(struct reader *r, struct str *cue)
{
    for (uint32_t i = r->first; i + 2 < r->end && i < r->number + OWN_FAR; i++) {
        if (!lemma_is(r, i, "by|on") ||
            (i > r->first + 1 &&
             i < r->number)) /* "by …" first, or behind the figure */
            continue;
        for (uint32_t k = i + 1; k < r->end && k < i + OWN_FAR; k++) {
            uint32_t voice;

            if (is_finite(r, k) || token_at(r, k)->upos == UPOS_PUNCT)
                break;
            if (!is_tally(r, k) && !(k == i + 1 && lemma_is(r, k, "that")))
                continue;
            voice = owner_of(r, k);
            *cue = token_at(r, k)->form;
            if (voice != FACT_NONE)
                return voice;
        }
    }
    return FACT_NONE;
}

static uint32_t token_of(const struct text *text, uint32_t byte)
{
    uint32_t low = 0, high = text->token.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (text->token.at[middle].end <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t claimant_by_count(struct arena *arena, struct facts *facts,
                           const struct figure *figure, struct str *cue)
{
    struct reader r = { .arena = arena, .facts = facts, .text = facts->text };
    const struct sentence *s;
    uint32_t voice;

    r.number = token_of(r.text, figure->start);
    if (r.number >= r.text->token.count)
        return FACT_NONE;
    s = &r.text->sentence.at[token_at(&r, r.number)->sentence];
    r.first = s->first;
    r.end = s->first + s->tokens;
    voice = by_predicate(&r, cue);
    if (voice == FACT_NONE && figure->claimant == FACT_NONE)
        voice = by_verb(&r, cue);
    if (voice == FACT_NONE && figure->claimant == FACT_NONE)
        voice = by_adjunct(&r, cue);
    return voice;
}
