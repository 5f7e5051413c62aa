#include "fact/event_tree.h"

#include "lex/lex.h"
#include "text/word.h"

struct tree_range tree_sentence(const struct text *text, uint32_t token)
{
    const struct sentence *s = &text->sentence.at[text->token.at[token].sentence];

    return (struct tree_range){ s->first, s->first + s->tokens };
}

static uint32_t child_after(const struct text *text, uint32_t head, enum deprel rel,
                            uint32_t from)
{
    struct tree_range r = tree_sentence(text, head);

    for (uint32_t i = from > r.first ? from : r.first; i < r.end; i++)
        if (text->token.at[i].head == head && text->token.at[i].rel == rel)
            return i;
    return TOKEN_NONE;
}

uint32_t tree_child(const struct text *text, uint32_t head, enum deprel rel)
{
    return child_after(text, head, rel, 0);
}

static bool reaches(const struct text *text, uint32_t a, uint32_t b, uint32_t depth,
                    bool through_xcomp)
{
    for (uint32_t step = 0; step < depth && a != TOKEN_NONE; step++) {
        const struct token *t = &text->token.at[a];

        if (t->head == b)
            return true;
        if (step > 0 && t->upos == UPOS_VERB &&
            !(through_xcomp && t->rel == DEPREL_XCOMP))
            return false;
        a = t->head;
    }
    return false;
}

bool tree_reaches(const struct text *text, uint32_t a, uint32_t b, uint32_t depth)
{
    return reaches(text, a, b, depth, false);
}

bool tree_reaches_deep(const struct text *text, uint32_t a, uint32_t b, uint32_t depth)
{
    return reaches(text, a, b, depth, true);
}

static bool is_be(const struct token *t)
{
    return str_eq(t->lemma, STR("be")) || str_eq(t->lemma, STR("get"));
}

/* "were [not] [all] arrested": a form of be shortly before the participle. */
static bool be_before(const struct text *text, uint32_t verb)
{
    struct tree_range r = tree_sentence(text, verb);

    for (uint32_t i = verb; i-- > r.first && verb - i <= 4;) {
        const struct token *t = &text->token.at[i];

        if (is_be(t) && t->upos != UPOS_NOUN)
            return true;
        if (t->upos != UPOS_ADV && t->upos != UPOS_PART && t->upos != UPOS_AUX &&
            t->upos != UPOS_VERB && t->upos != UPOS_CCONJ)
            return false;
    }
    return false;
}

/* "spoke" is no participle, "said" can be one. */
static bool can_be_participle(const struct token *t)
{
    const struct word *w = word_find(t->lower);

    return !w || (w->tags & 1ull << XPOS_VBN) || !(w->tags & 1ull << XPOS_VBD);
}

static bool is_participle(const struct token *t)
{
    return t->xpos == XPOS_VBN || (t->xpos == XPOS_VBD && t->rel == DEPREL_ACL);
}

static bool has_own_auxiliary(const struct text *text, uint32_t verb)
{
    return tree_child(text, verb, DEPREL_AUX) != TOKEN_NONE ||
           tree_child(text, verb, DEPREL_AUX_PASS) != TOKEN_NONE;
}

/* "backed by": a past form with "by" right behind it is a participle. */
static bool by_follows(const struct text *text, uint32_t verb)
{
    const struct token *t = &text->token.at[verb];

    return (t->xpos == XPOS_VBN || t->xpos == XPOS_VBD) &&
           verb + 1 < tree_sentence(text, verb).end &&
           str_eq(text->token.at[verb + 1].lower, STR("by"));
}

bool tree_is_passive(const struct text *text, uint32_t verb)
{
    const struct token *t = &text->token.at[verb];

    if (!can_be_participle(t))
        return false;
    for (uint32_t depth = 0; depth < TREE_DEPTH; depth++) {
        if (tree_child(text, verb, DEPREL_AUX_PASS) != TOKEN_NONE ||
            tree_child(text, verb, DEPREL_NSUBJ_PASS) != TOKEN_NONE)
            return true;
        if (by_follows(text, verb))
            return true;
        if (!is_participle(t) || tree_slips(text, verb))
            return false;
        if (t->rel == DEPREL_ACL || be_before(text, verb) ||
            tree_child(text, verb, DEPREL_OBL_AGENT) != TOKEN_NONE)
            return true;
        if ((t->rel == DEPREL_ADVCL || t->rel == DEPREL_PARATAXIS) &&
            tree_child(text, verb, DEPREL_OBJ) == TOKEN_NONE &&
            !has_own_auxiliary(text, verb))
            return true;
        /* "arrested and deported": the second participle shares the first one's "were" */
        if (t->rel != DEPREL_CONJ || t->head == TOKEN_NONE ||
            has_own_auxiliary(text, verb) ||
            tree_child(text, verb, DEPREL_NSUBJ) != TOKEN_NONE)
            return false;
        verb = t->head;
        t = &text->token.at[verb];
    }
    return false;
}

static bool is_relative(const struct token *t)
{
    return t->upos == UPOS_PRON &&
           (str_eq(t->lower, STR("who")) || str_eq(t->lower, STR("which")) ||
            str_eq(t->lower, STR("that")) || str_eq(t->lower, STR("whom")));
}

static bool is_helper(const struct token *t)
{
    return t->rel == DEPREL_AUX || t->rel == DEPREL_AUX_PASS || t->rel == DEPREL_COP;
}

/* On the verb, or by a slip of the tree on its auxiliary: "has refused". */
static uint32_t own_subject(const struct text *text, uint32_t verb)
{
    uint32_t s = tree_child(text, verb, DEPREL_NSUBJ);

    if (s == TOKEN_NONE)
        s = tree_child(text, verb, DEPREL_NSUBJ_PASS);
    if (s == TOKEN_NONE) /* "is due to visit" */
        s = tree_child(text, verb, DEPREL_NSUBJ_OUTER);
    for (uint32_t i = tree_sentence(text, verb).first; s == TOKEN_NONE && i < verb; i++)
        if (text->token.at[i].head == verb && is_helper(&text->token.at[i]))
            s = tree_child(text, i, DEPREL_NSUBJ);
    return s;
}

static bool promises(const struct token *t)
{
    return str_eq(t->lemma, STR("promise")) || str_eq(t->lemma, STR("threaten")) ||
           str_eq(t->lemma, STR("vow"));
}

/* "forced him to resign": he resigns; "promised him to resign": the promiser does. */
static uint32_t controller_object(const struct text *text, uint32_t verb)
{
    uint32_t object = tree_child(text, verb, DEPREL_OBJ);

    if (promises(&text->token.at[verb]) || tree_is_passive(text, verb))
        return TOKEN_NONE;
    return object != TOKEN_NONE ? object : tree_child(text, verb, DEPREL_IOBJ);
}

/* The nearest noun in front that no preposition governs. */
static uint32_t subject_by_order(const struct text *text, uint32_t verb)
{
    struct tree_range r = tree_sentence(text, verb);
    uint32_t found = TOKEN_NONE;

    for (uint32_t i = verb; i-- > r.first;) {
        const struct token *t = &text->token.at[i];

        if (found == TOKEN_NONE && token_is_nominal(t))
            found = i;
        else if (t->upos == UPOS_ADP)
            found = TOKEN_NONE;
        else if (found != TOKEN_NONE && t->upos != UPOS_ADJ && t->upos != UPOS_NUM &&
                 t->upos != UPOS_DET && !token_is_nominal(t))
            return found;
        if (t->upos == UPOS_VERB && i + 1 < verb)
            return TOKEN_NONE;
    }
    return found;
}

static bool is_finite(const struct token *t)
{
    return t->xpos == XPOS_VBD || t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP;
}

bool tree_slips(const struct text *text, uint32_t verb)
{
    const struct token *t = &text->token.at[verb];

    if (t->xpos != XPOS_VBD || verb == tree_sentence(text, verb).first)
        return false;
    if (t[-1].upos != UPOS_PROPN)
        return false;
    return t->rel == DEPREL_AMOD ||
           (t->rel == DEPREL_ACL && t->head == verb - 1 && t[-1].rel == DEPREL_ROOT &&
            !by_follows(text, verb));
}

/* "Ada Venn, who once ran the bank, was arrested": the noun in front of a relative clause
 * that a comma ends before the verb. */
static uint32_t subject_past_relative(const struct text *text, uint32_t verb)
{
    uint32_t first = tree_sentence(text, verb).first, i = verb;

    while (i > first && (text->token.at[i - 1].upos == UPOS_AUX ||
                         text->token.at[i - 1].upos == UPOS_ADV))
        i--;
    if (i == verb || i == first || !str_eq(text->token.at[i - 1].form, STR(",")))
        return TOKEN_NONE;
    while (i-- > first) {
        const struct token *t = &text->token.at[i];

        if (t->rel == DEPREL_ACL_RELCL && t->head < i && t->head >= first &&
            text->token.at[t->head].rel == DEPREL_NSUBJ)
            return t->head;
    }
    return TOKEN_NONE;
}

/* "their decision to withdraw": whose decision it is, or who took it. */
static uint32_t owner_of_infinitive(const struct text *text, uint32_t noun,
                                    uint32_t *up)
{
    uint32_t owner = tree_child(text, noun, DEPREL_NMOD_POSS);
    uint32_t head = text->token.at[noun].head;

    if (owner == TOKEN_NONE && head != TOKEN_NONE &&
        text->token.at[noun].rel == DEPREL_OBJ)
        *up = head;
    return owner;
}

/* One step: the subject itself, or by *up the verb whose subject it shares. */
static uint32_t subject_step(const struct text *text, uint32_t verb, uint32_t *up)
{
    const struct token *t = &text->token.at[verb];
    uint32_t s = own_subject(text, verb);

    *up = TOKEN_NONE;
    if (s != TOKEN_NONE && !(is_relative(&text->token.at[s]) &&
                             t->rel == DEPREL_ACL_RELCL && t->head != TOKEN_NONE))
        return s;
    if (t->head == TOKEN_NONE)
        return TOKEN_NONE;
    if (tree_slips(text, verb))
        return TOKEN_NONE;
    switch (t->rel) {
    case DEPREL_ACL_RELCL: return s != TOKEN_NONE ? t->head : TOKEN_NONE;
    case DEPREL_ACL:
        return t->xpos == XPOS_VB ? owner_of_infinitive(text, t->head, up) : t->head;
    case DEPREL_AMOD: return t->head;
    case DEPREL_XCOMP:
        s = controller_object(text, t->head);
        if (s != TOKEN_NONE)
            return s;
        *up = t->head;
        return TOKEN_NONE;
    case DEPREL_CONJ:
    case DEPREL_ADVCL:
    case DEPREL_CCOMP:
    case DEPREL_PARATAXIS: *up = t->head; return TOKEN_NONE;
    default: return TOKEN_NONE;
    }
}

uint32_t tree_subject(const struct text *text, uint32_t verb)
{
    uint32_t first = verb, s = TOKEN_NONE, up;

    for (uint32_t depth = 0; depth < TREE_DEPTH; depth++) {
        s = subject_step(text, verb, &up);
        if (s != TOKEN_NONE || up == TOKEN_NONE)
            break;
        if (token_is_nominal(&text->token.at[up]) &&
            text->token.at[verb].rel != DEPREL_XCOMP)
            break;
        verb = up;
    }
    if (s == TOKEN_NONE && is_finite(&text->token.at[first]))
        s = subject_by_order(text, first);
    return s != TOKEN_NONE ? s : subject_past_relative(text, first);
}

/* "deported at least four men", where the tree takes "at" for a preposition. */
static uint32_t object_behind_least(const struct text *text, uint32_t verb)
{
    struct tree_range r = tree_sentence(text, verb);

    for (uint32_t i = verb + 1; i + 1 < r.end && i <= verb + 2; i++)
        if (str_eq(text->token.at[i].lower, STR("at")) &&
            (str_eq(text->token.at[i + 1].lower, STR("least")) ||
             str_eq(text->token.at[i + 1].lower, STR("most"))))
            return tree_governed(text, i + 1);
    return TOKEN_NONE;
}

static bool is_quote_mark(const struct token *t)
{
    return t->upos == UPOS_PUNCT && str_eq(t->lemma, STR("\""));
}

/* The hyphen and the participle of "foreign-paid". */
static bool is_hyphened(const struct text *text, uint32_t i)
{
    const struct token *t = &text->token.at[i];

    return str_eq(t->form, STR("-")) ||
           (t->upos == UPOS_VERB && i > 0 && str_eq(t[-1].form, STR("-")) &&
            t[-1].end == t->start);
}

/* The first noun right behind the verb: "seized [the] [two] boats". */
static uint32_t object_by_order(const struct text *text, uint32_t verb)
{
    struct tree_range r = tree_sentence(text, verb);
    uint32_t found = TOKEN_NONE;

    for (uint32_t i = verb + 1; i < r.end && i - verb <= 8; i++) {
        const struct token *t = &text->token.at[i];

        if (token_is_nominal(t) && !is_relative(t))
            found = i;
        else if (found != TOKEN_NONE ||
                 (t->upos != UPOS_DET && t->upos != UPOS_ADJ && t->upos != UPOS_NUM &&
                  !is_hyphened(text, i) && !is_quote_mark(t)))
            break;
    }
    return found;
}

uint32_t tree_object(const struct text *text, uint32_t verb)
{
    const struct token *t = &text->token.at[verb];
    uint32_t o = tree_child(text, verb, DEPREL_OBJ);
    uint32_t next = tree_child(text, verb, DEPREL_CONJ);

    if (o != TOKEN_NONE)
        return o;
    o = object_behind_least(text, verb);
    if (o != TOKEN_NONE)
        return o;
    /* "arrested and deported two men": the object hangs on one of them */
    if (next != TOKEN_NONE && text->token.at[next].upos == UPOS_VERB && next > verb &&
        next - verb <= 3)
        return tree_child(text, next, DEPREL_OBJ);
    if (t->rel == DEPREL_CONJ && t->head != TOKEN_NONE && verb - t->head <= 3 &&
        text->token.at[t->head].upos == UPOS_VERB)
        return tree_child(text, t->head, DEPREL_OBJ);
    /* "the men that police arrested" */
    if (t->rel == DEPREL_ACL_RELCL &&
        tree_child(text, verb, DEPREL_NSUBJ) != TOKEN_NONE &&
        !is_relative(&text->token.at[tree_child(text, verb, DEPREL_NSUBJ)]))
        return t->head;
    return tree_is_passive(text, verb) ? TOKEN_NONE : object_by_order(text, verb);
}

uint32_t tree_governed(const struct text *text, uint32_t p)
{
    const struct token *t = &text->token.at[p];
    struct tree_range r = tree_sentence(text, p);
    uint32_t found = TOKEN_NONE;

    if (t->rel == DEPREL_CASE && t->head != TOKEN_NONE && t->head > p &&
        t->head < r.end)
        return t->head;
    for (uint32_t i = p + 1; i < r.end && i - p <= 8; i++) {
        const struct token *u = &text->token.at[i];

        if (token_is_nominal(u))
            found = i;
        else if (found != TOKEN_NONE || (u->upos != UPOS_DET && u->upos != UPOS_ADJ &&
                                         u->upos != UPOS_NUM && u->upos != UPOS_PART))
            break;
    }
    return found;
}

uint32_t tree_oblique(const struct text *text, uint32_t word, struct str preposition)
{
    struct tree_range r = tree_sentence(text, word);

    for (uint32_t i = word + 1; i < r.end; i++) {
        const struct token *t = &text->token.at[i];

        if (!str_eq(t->lower, preposition) || t->rel != DEPREL_CASE ||
            t->head == TOKEN_NONE || t->head < i)
            continue;
        if (text->token.at[t->head].head == word)
            return t->head;
    }
    /* where no tree joins them: the preposition comes right behind the word */
    if (word + 1 < r.end && str_eq(text->token.at[word + 1].lower, preposition))
        return tree_governed(text, word + 1);
    return TOKEN_NONE;
}

/* Not "killed, six of them children", where the tree slips. */
static bool is_led_by_by(const struct text *text, uint32_t noun)
{
    for (uint32_t i = tree_sentence(text, noun).first; i < noun; i++)
        if (text->token.at[i].head == noun &&
            str_eq(text->token.at[i].lower, STR("by")))
            return true;
    return false;
}

uint32_t tree_agent(const struct text *text, uint32_t verb)
{
    uint32_t a = tree_child(text, verb, DEPREL_OBL_AGENT);

    return a != TOKEN_NONE && is_led_by_by(text, a)
               ? a
               : tree_oblique(text, verb, STR("by"));
}

uint32_t tree_joined(const struct text *text, uint32_t head, uint32_t *out,
                     uint32_t max)
{
    struct tree_range r = tree_sentence(text, head);
    uint32_t n = 0;

    for (uint32_t i = head + 1; i < r.end && n < max; i++) {
        const struct token *t = &text->token.at[i];

        if (t->rel == DEPREL_CONJ && t->head == head && token_is_nominal(t))
            out[n++] = i;
    }
    return n;
}

uint32_t tree_meant(const struct text *text, uint32_t token)
{
    const struct token *t = &text->token.at[token];

    return t->upos == UPOS_PRON && t->mention == UINT32_MAX &&
                   t->antecedent != TOKEN_NONE
               ? t->antecedent
               : token;
}

uint32_t tree_counted(const struct text *text, uint32_t head)
{
    static const char counted[] =
        "thousand|hundred|dozen|score|tens|ten|million|number|lot|most|"
        "some|several|many|part|group|majority|all|none|couple|each|"
        "handful|one|series|wave|string|crowd|dozens|first|last|rest|"
        "vanguard|bulk|half|remainder|column|batch|contingent|third|"
        "quarter";
    const struct token *t = &text->token.at[head];
    uint32_t end = tree_sentence(text, head).end;

    if (head + 2 >= end || !str_eq(text->token.at[head + 1].lower, STR("of")))
        return head;
    if (!str_in(t->lemma, counted) && !str_in(t->lower, counted))
        return head;
    for (uint32_t k = head + 2; k < end && k < head + 8; k++)
        if (text->token.at[k].head == head && token_is_nominal(&text->token.at[k]))
            return k;
    return head;
}

static bool is_said(const struct text *text, uint32_t verb)
{
    const struct token *t = &text->token.at[verb];

    return t->upos == UPOS_VERB && own_subject(text, verb) != TOKEN_NONE &&
           (lex_find(&lex_reporting, t->lemma) || lex_find(&lex_reporting, t->lower));
}

uint32_t tree_saying(const struct text *text, uint32_t verb)
{
    const struct token *t = &text->token.at[verb];
    uint32_t aside;

    if (t->rel == DEPREL_CCOMP)
        return t->head;
    if (t->upos == UPOS_VERB && is_said(text, verb))
        return TOKEN_NONE; /* it tells itself */
    aside = tree_child(text, verb, DEPREL_PARATAXIS);
    return aside != TOKEN_NONE && is_said(text, aside) ? aside : TOKEN_NONE;
}
