#include "fact/event_modality.h"

#include "fact/event_tree.h"
#include "lex/lex.h"

static bool negates(const struct token *t)
{
    return str_in(t->lower, "not|n't|n’t|never|neither|hardly");
}

static bool is_no(const struct token *t)
{
    return str_in(t->lower, "no|nobody|none|neither");
}

/* "no one", "no shots": a determiner that empties a participant. */
static bool emptied(const struct text *text, uint32_t noun)
{
    if (noun == TOKEN_NONE)
        return false;
    for (uint32_t i = tree_sentence(text, noun).first; i < noun; i++)
        if (text->token.at[i].head == noun && is_no(&text->token.at[i]))
            return true;
    return is_no(&text->token.at[noun]);
}

struct marks {
    bool negated, will, modal, would, alleged, own, perfect;
};

static void mark(const struct token *t, struct marks *m)
{
    m->negated = m->negated || negates(t);
    m->will = m->will || str_eq(t->lower, STR("will")) ||
              str_eq(t->lower, STR("'ll")) || str_eq(t->lower, STR("shall")) ||
              str_eq(t->lower, STR("wo"));
    m->would = m->would || str_eq(t->lower, STR("would"));
    m->modal =
        m->modal || str_in(t->lower, "could|may|might|should|can|must|ca|cannot");
    m->alleged =
        m->alleged ||
        str_in(t->lower, "allegedly|reportedly|apparently|supposedly|presumably|"
                         "purportedly");
    m->perfect = m->perfect || str_eq(t->lower, STR("have"));
    m->own = m->own || t->upos == UPOS_AUX;
}

/* Auxiliaries and adverbs that hang on the verb, or stand right in front of it. */
static struct marks marks_of(const struct text *text, uint32_t verb)
{
    struct tree_range r = tree_sentence(text, verb);
    struct marks m = { 0 };

    for (uint32_t i = verb; i-- > r.first && verb - i < 12;) {
        const struct token *t = &text->token.at[i];

        if (t->head == verb || (t->upos == UPOS_AUX && verb - i <= 2))
            mark(t, &m);
        if (t->upos == UPOS_VERB && t->head != verb)
            break;
    }
    for (uint32_t i = verb + 1; i < r.end && i <= verb + 2; i++)
        if (text->token.at[i].head == verb && negates(&text->token.at[i]))
            m.negated = true;
    m.negated = m.negated || emptied(text, tree_child(text, verb, DEPREL_NSUBJ)) ||
                emptied(text, tree_child(text, verb, DEPREL_NSUBJ_PASS)) ||
                emptied(text, tree_child(text, verb, DEPREL_OBJ));
    return m;
}

/* "if", "unless": what hangs on it is only thought of. */
static bool is_condition(const struct text *text, uint32_t verb)
{
    struct tree_range r = tree_sentence(text, verb);

    for (uint32_t i = r.first; i < verb; i++)
        if (text->token.at[i].head == verb &&
            str_in(text->token.at[i].lower, "if|unless|whether|lest|until"))
            return true;
    return false;
}

/* "went there to fight": an aim, not yet reached. */
static bool is_aim(const struct text *text, uint32_t verb)
{
    const struct token *t = &text->token.at[verb];

    return t->xpos == XPOS_VB && (t->rel == DEPREL_ADVCL || t->rel == DEPREL_ACL) &&
           verb > 0 && str_eq(text->token.at[verb - 1].lower, STR("to"));
}

static struct str embedding(const struct token *t)
{
    const struct lex_entry *e = lex_find(&lex_embedding_verbs, t->lower);

    if (!e)
        e = lex_find(&lex_embedding_verbs, t->lemma);

    return e ? e->field[LEX_EMBEDDING_VERBS_MODALITY] : (struct str){ 0 };
}

/* What the governing word makes of its complement. */
static void embed(struct str how, struct event_mood *mood)
{
    static const struct {
        struct str name;
        enum modality modality;
    } names[] = {
        { STR_INIT("negated"), MODALITY_NEGATED },
        { STR_INIT("denied"), MODALITY_DENIED },
        { STR_INIT("intended"), MODALITY_EXPECTED },
        { STR_INIT("expected"), MODALITY_EXPECTED },
        { STR_INIT("hypothetical"), MODALITY_HYPOTHETICAL },
        { STR_INIT("alleged"), MODALITY_ALLEGED },
    };

    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(how, names[i].name))
            mood->modality = names[i].modality;
    mood->intended = str_eq(how, STR("intended"));
}

static void apply(struct marks m, bool reported, struct event_mood *mood)
{
    if (m.will || (m.would && reported)) {
        mood->modality = MODALITY_EXPECTED;
        mood->intended = true;
        mood->refused = m.negated;
    } else if (m.modal || m.would) {
        /* "may have attacked" is a guess at what was, "may attack" at what will be */
        mood->modality =
            m.perfect && !m.would ? MODALITY_ALLEGED : MODALITY_HYPOTHETICAL;
    } else if (m.alleged) {
        mood->modality = MODALITY_ALLEGED;
    }
    if (m.negated)
        mood->modality = MODALITY_NEGATED;
}

static bool is_complement(const struct token *t)
{
    return t->rel == DEPREL_XCOMP || t->rel == DEPREL_CCOMP || t->rel == DEPREL_CSUBJ ||
           t->rel == DEPREL_CSUBJ_PASS;
}

static bool preposition_before(const struct text *text, const struct token *t)
{
    return t > text->token.at && (t[-1].upos == UPOS_ADP || t[-1].upos == UPOS_SCONJ);
}

/* "accused of shelling": a gerund behind a preposition is a complement, too. */
static bool is_gerund_complement(const struct text *text, const struct token *t)
{
    return t->rel != DEPREL_CONJ && t->xpos == XPOS_VBG && t->head != TOKEN_NONE &&
           preposition_before(text, t) && embedding(&text->token.at[t->head]).len > 0;
}

/* "returned to attack the mill", "came to see": what an aim and what a complement is, trees
 * tell now so, now so; these verbs have complements. */
static bool is_infinitive_complement(const struct text *text, uint32_t verb)
{
    const struct token *t = &text->token.at[verb];

    return t->rel == DEPREL_ADVCL && is_aim(text, verb) && t->head != TOKEN_NONE &&
           t->head < verb && embedding(&text->token.at[t->head]).len > 0;
}

/* "going to attack" */
static bool is_going(const struct token *t)
{
    return str_eq(t->lower, STR("going"));
}

/* "accused [the rebels] of shelling", wherever the tree hangs the gerund. */
static uint32_t accuser_by_order(const struct text *text, uint32_t verb)
{
    uint32_t first = tree_sentence(text, verb).first;

    if (verb < first + 2 || !str_eq(text->token.at[verb - 1].lower, STR("of")))
        return TOKEN_NONE;
    for (uint32_t i = verb - 1; i-- > first && verb - i <= 8;)
        if (text->token.at[i].upos == UPOS_VERB)
            return str_eq(embedding(&text->token.at[i]), STR("alleged")) ? i
                                                                         : TOKEN_NONE;
    return TOKEN_NONE;
}

/* "willing to withdraw" where the tree does not join the two. */
static uint32_t governor_by_order(const struct text *text, uint32_t verb)
{
    uint32_t first = tree_sentence(text, verb).first;
    const struct token *g;

    if (text->token.at[verb].xpos == XPOS_VBG)
        return accuser_by_order(text, verb);
    if (verb < first + 2 || !str_eq(text->token.at[verb - 1].lower, STR("to")))
        return TOKEN_NONE;
    g = &text->token.at[verb - 2];
    if ((g->upos != UPOS_ADJ && g->upos != UPOS_VERB) || embedding(g).len == 0)
        return TOKEN_NONE;
    return verb - 2;
}

/* "is due to speak", where the tree takes "due to" for one mark of "speak". */
static bool is_due(const struct text *text, uint32_t verb)
{
    return verb > tree_sentence(text, verb).first + 1 &&
           text->token.at[verb - 2].head == verb &&
           text->token.at[verb - 2].upos == UPOS_ADJ;
}

static void look_up(const struct text *text, const struct token *t,
                    struct event_mood *mood)
{
    const struct token *g = &text->token.at[t->head];
    struct str how = embedding(g);

    if (is_going(g))
        how = STR("intended");
    /* "said they attacked": a finite clause is what was told, not what was wanted */
    if (t->rel == DEPREL_CCOMP &&
        (str_eq(how, STR("intended")) || str_eq(how, STR("none"))))
        how = (struct str){ 0 };
    if (mood->governor == TOKEN_NONE)
        mood->governor = t->head;
    if (mood->modality == MODALITY_ASSERTED && how.len > 0)
        embed(how, mood);
}

struct event_mood event_mood_of(const struct text *text, uint32_t verb)
{
    struct event_mood mood = { .modality = MODALITY_ASSERTED, .governor = TOKEN_NONE };

    for (uint32_t depth = 0; depth < TREE_DEPTH && verb != TOKEN_NONE; depth++) {
        const struct token *t = &text->token.at[verb];
        struct marks m = marks_of(text, verb);

        if (mood.modality == MODALITY_ASSERTED)
            apply(m, tree_saying(text, verb) != TOKEN_NONE, &mood);
        if (mood.modality == MODALITY_ASSERTED &&
            (!is_complement(t) || is_due(text, verb)) &&
            governor_by_order(text, verb) != TOKEN_NONE) {
            mood.governor = governor_by_order(text, verb);
            embed(embedding(&text->token.at[mood.governor]), &mood);
        }
        if (mood.modality == MODALITY_ASSERTED &&
            (is_condition(text, verb) ||
             (is_aim(text, verb) && !is_infinitive_complement(text, verb))))
            mood.modality = MODALITY_HYPOTHETICAL;
        if (t->head == TOKEN_NONE)
            break;
        if (is_complement(t) || is_gerund_complement(text, t) ||
            is_infinitive_complement(text, verb)) {
            look_up(text, t, &mood);
            if (t->rel == DEPREL_CCOMP)
                break;
        } else if (t->rel != DEPREL_CONJ || m.own) {
            break;
        }
        verb = t->head;
    }
    return mood;
}
