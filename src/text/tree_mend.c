#include "text/tree_mend.h"

/* "overran" is no preposition: the closed classes are complete, so an irregular past form
 * that the dictionary has is a verb. */
static bool is_misplaced_verb(const struct token *t, const struct word *w)
{
    return t->upos == UPOS_ADP && t->rel == DEPREL_CASE && w != NULL &&
           !(w->flags & WORD_FUNCTION) && w->flags & WORD_IRREGULAR &&
           w->tags & 1ull << XPOS_VBD;
}

/* The verb that an "and" right in front joins this one to. */
static uint32_t joined_verb(const struct text *text, uint32_t verb, uint32_t first)
{
    if (verb == first || text->token.at[verb - 1].upos != UPOS_CCONJ)
        return TOKEN_NONE;
    for (uint32_t i = verb - 1; i-- > first;)
        if (text->token.at[i].upos == UPOS_VERB && text->token.at[i].rel != DEPREL_AMOD)
            return i;
    return TOKEN_NONE;
}

static bool is_below(const struct text *text, uint32_t token, uint32_t top)
{
    for (uint32_t i = 0; i < 64 && token != TOKEN_NONE; i++) {
        if (token == top)
            return true;
        token = text->token.at[token].head;
    }
    return token != TOKEN_NONE;
}

/* Hangs what stands behind the verb on it that hung on its subject. */
static void take_dependents(struct text *text, uint32_t verb, uint32_t subject)
{
    const struct sentence *s = &text->sentence.at[text->token.at[verb].sentence];

    for (uint32_t i = verb + 1; i < s->first + s->tokens; i++)
        if (text->token.at[i].head == subject)
            text->token.at[i].head = verb;
}

/* "fighters overran a base": the noun that it was to govern is its object, the one that
 * this noun hung on its subject, or it is joined to the verb before. */
static void mend_verb(struct text *text, uint32_t verb, const struct word *w)
{
    struct token *at = text->token.at, *v = &at[verb];
    uint32_t object = v->head, first = text->sentence.at[v->sentence].first, up, joined;

    v->upos = UPOS_VERB;
    v->xpos = XPOS_VBD;
    v->lemma = word_lemma(w, XPOS_VBD);
    if (object == TOKEN_NONE)
        return;
    up = at[object].head;
    joined = joined_verb(text, verb, first);
    v->head = up;
    v->rel = at[object].rel;
    at[object].head = verb;
    at[object].rel = DEPREL_OBJ;
    if (joined != TOKEN_NONE && !is_below(text, joined, verb)) {
        v->head = joined;
        v->rel = DEPREL_CONJ;
    } else if (up != TOKEN_NONE && up < verb &&
               (at[up].upos == UPOS_NOUN || at[up].upos == UPOS_PROPN)) {
        v->head = at[up].head;
        /* what was the subject of "said" is now what was said */
        v->rel = at[up].rel == DEPREL_NSUBJ ? DEPREL_CCOMP : at[up].rel;
        at[up].head = verb;
        at[up].rel = DEPREL_NSUBJ;
        take_dependents(text, verb, up);
    }
}

/* "burst", "hit": the past form is the plain form, so that a noun is easily seen in it. */
static bool is_plain_past(const struct word *w)
{
    return w != NULL && w->tags & 1ull << XPOS_VBD && w->tags & 1ull << XPOS_VB;
}

static uint32_t child(const struct text *text, uint32_t head, enum deprel rel)
{
    const struct sentence *s = &text->sentence.at[text->token.at[head].sentence];

    for (uint32_t i = s->first; i < s->first + s->tokens; i++)
        if (text->token.at[i].head == head && text->token.at[i].rel == rel)
            return i;
    return TOKEN_NONE;
}

static bool has_child(const struct text *text, uint32_t head, enum deprel rel)
{
    return child(text, head, rel) != TOKEN_NONE;
}

/* "The Kessel dam burst.", all of it read as a name for the burst: the root of a sentence
 * that ends in a stop, behind a noun with its article. */
static bool is_lone_phrase(const struct text *text, uint32_t root)
{
    const struct token *t = &text->token.at[root];
    const struct sentence *s = &text->sentence.at[t->sentence];

    return t->head == TOKEN_NONE && root > s->first + 1 && t[-1].head == root &&
           t[-1].rel == DEPREL_COMPOUND && has_child(text, root, DEPREL_DET) &&
           str_eq(text->token.at[s->first + s->tokens - 1].form, STR(".")) &&
           !has_child(text, root, DEPREL_COP);
}

static bool is_hidden_verb(const struct text *text, uint32_t i, const struct word *w)
{
    if (text->token.at[i].upos != UPOS_NOUN || !is_plain_past(w))
        return false;
    return is_lone_phrase(text, i) ||
           (has_child(text, i, DEPREL_NSUBJ) && !has_child(text, i, DEPREL_COP));
}

/* What a noun's dependent is once the noun is a verb; what stood before its subject
 * belongs to the subject. */
static void rehang(struct text *text, uint32_t i, uint32_t verb, uint32_t subject)
{
    struct token *t = &text->token.at[i];

    if (t->rel == DEPREL_NMOD || t->rel == DEPREL_NMOD_UNMARKED)
        t->rel = DEPREL_OBL;
    else if (t->rel == DEPREL_ACL)
        t->rel = DEPREL_ADVCL;
    else if (i < subject && i < verb && t->rel != DEPREL_PUNCT && subject < verb)
        t->head = subject;
}

static void unhide_verb(struct text *text, uint32_t verb, const struct word *w)
{
    struct token *v = &text->token.at[verb];
    const struct sentence *s = &text->sentence.at[v->sentence];
    uint32_t subject = is_lone_phrase(text, verb) ? verb - 1 : TOKEN_NONE;

    v->upos = UPOS_VERB;
    v->xpos = XPOS_VBD;
    v->lemma = word_lemma(w, XPOS_VBD);
    for (uint32_t i = s->first; i < s->first + s->tokens; i++)
        if (text->token.at[i].head == verb && i != subject)
            rehang(text, i, verb, subject);
    if (subject != TOKEN_NONE)
        text->token.at[subject].rel = DEPREL_NSUBJ;
}

/* ---- clauses ---- */

/* "asked for help once crowds had seized the port": behind these words stands no content
 * of asking. */
static void mend_adverbial(struct text *text, uint32_t i)
{
    static const char words[] =
        "once|after|before|because|since|although|though|while|until|till|unless";
    struct token *t = &text->token.at[i];
    uint32_t mark = t->rel == DEPREL_CCOMP ? child(text, i, DEPREL_MARK) : TOKEN_NONE;

    if (mark != TOKEN_NONE && mark < i && str_in(text->token.at[mark].lower, words))
        t->rel = DEPREL_ADVCL;
}

/* ---- between A and B ---- */

static bool is_noun(const struct token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN;
}

/* The noun behind an "and" that stands right behind token i. */
static uint32_t noun_behind_and(const struct text *text, uint32_t i)
{
    const struct sentence *s = &text->sentence.at[text->token.at[i].sentence];
    uint32_t end = s->first + s->tokens;

    if (i + 2 >= end || !str_eq(text->token.at[i + 1].lower, STR("and")))
        return TOKEN_NONE;
    for (uint32_t k = i + 2; k < end && k < i + 8; k++)
        if (is_noun(&text->token.at[k]) &&
            (k + 1 == end || !is_noun(&text->token.at[k + 1])))
            return k;
        else if (text->token.at[k].upos == UPOS_VERB ||
                 text->token.at[k].upos == UPOS_PUNCT)
            break;
    return TOKEN_NONE;
}

static bool is_subject(const struct token *t)
{
    return t->rel == DEPREL_NSUBJ || t->rel == DEPREL_NSUBJ_PASS;
}

/* "The pact between the dockers and the owners expires", where both the pact and the
 * owners are its subject: one thing alone is nothing to be between, so the other is joined
 * to it. */
static void mend_between(struct text *text, uint32_t i)
{
    struct token *at = text->token.at;
    uint32_t one = at[i].head, other, noun;

    if (!str_eq(at[i].lower, STR("between")) || at[i].rel != DEPREL_CASE ||
        one == TOKEN_NONE || one < i || has_child(text, one, DEPREL_CONJ))
        return;
    noun = at[one].head;
    other = noun_behind_and(text, one);
    if (noun == TOKEN_NONE || noun > i || other == TOKEN_NONE)
        return;
    if (at[other].head != noun && !(is_subject(&at[other]) && is_subject(&at[noun]) &&
                                    at[other].head == at[noun].head))
        return;
    at[other].head = one;
    at[other].rel = DEPREL_CONJ;
    at[one + 1].head = other;
    at[one + 1].rel = DEPREL_CC;
}

/* ---- a verb in the past tense that was taken for a participle ---- */

/* Whether the word can be a simple past: "rejected", not "written". */
static bool can_be_past(const struct token *t, const struct word *w)
{
    return t->upos == UPOS_VERB && (t->xpos == XPOS_VBD || t->xpos == XPOS_VBN) &&
           w != NULL && w->tags & 1ull << XPOS_VBD;
}

/* A noun that should be a clause and has nothing of one: the root of a sentence with a full
 * stop, or what somebody said. */
static bool wants_verb(const struct text *text, uint32_t noun)
{
    const struct token *t = &text->token.at[noun];
    const struct sentence *s = &text->sentence.at[t->sentence];

    if (!is_noun(t) || has_child(text, noun, DEPREL_COP) ||
        has_child(text, noun, DEPREL_NSUBJ))
        return false;
    return t->rel == DEPREL_CCOMP ||
           (t->head == TOKEN_NONE &&
            str_eq(text->token.at[s->first + s->tokens - 1].form, STR(".")));
}

/* Gives the verb the noun's place in the tree. */
static void take_place(struct text *text, uint32_t verb, uint32_t noun)
{
    struct token *at = text->token.at;

    at[verb].head = at[noun].head;
    at[verb].rel = at[noun].rel;
    at[verb].xpos = XPOS_VBD;
    at[noun].head = verb;
}

/* "The emir rejected aid.", all of it read as aid that was rejected: what stands before
 * the verb is its subject, the noun behind it its object. */
static void raise_before_noun(struct text *text, uint32_t verb, uint32_t noun)
{
    struct token *at = text->token.at;
    uint32_t subject = verb - 1;
    const struct sentence *s = &text->sentence.at[at[verb].sentence];

    for (uint32_t i = s->first; i < s->first + s->tokens; i++) {
        if (i == verb || i == subject || (at[i].head != noun && at[i].head != verb))
            continue;
        if (i < subject && at[i].rel != DEPREL_PUNCT && at[i].rel != DEPREL_MARK &&
            at[i].rel != DEPREL_PARATAXIS)
            at[i].head = subject;
        else if (i < subject || i + 1 == s->first + s->tokens)
            at[i].head = verb;
    }
    take_place(text, verb, noun);
    at[noun].rel = DEPREL_OBJ;
    at[subject].head = verb;
    at[subject].rel = DEPREL_NSUBJ;
}

/* "The rebels seized the port.", read as rebels that were seized, though a participle of
 * theirs has no object; "the bishops opposed reform", as a reform of theirs. */
static void raise_behind_noun(struct text *text, uint32_t verb, uint32_t noun)
{
    take_dependents(text, verb, noun);
    take_place(text, verb, noun);
    text->token.at[noun].rel = DEPREL_NSUBJ;
}

/* The noun that a chain of compounds ends in: "duty" of "customs duty". */
static uint32_t whole_compound(const struct text *text, uint32_t noun)
{
    for (int n = 0; n < 4 && text->token.at[noun].rel == DEPREL_COMPOUND; n++)
        noun = text->token.at[noun].head;
    return noun;
}

static void mend_past(struct text *text, uint32_t i, const struct word *w)
{
    struct token *at = text->token.at, *v = &at[i];
    uint32_t noun = v->head, top;
    bool modifies = v->rel == DEPREL_AMOD || v->rel == DEPREL_COMPOUND;

    if (!can_be_past(v, w) || noun == TOKEN_NONE || has_child(text, i, DEPREL_AUX) ||
        has_child(text, i, DEPREL_AUX_PASS))
        return;
    if (v->rel == DEPREL_ACL && noun < i) {
        if (wants_verb(text, noun) && has_child(text, i, DEPREL_OBJ))
            raise_behind_noun(text, i, noun);
        return;
    }
    if (!modifies || i > noun || i == text->sentence.at[v->sentence].first ||
        !is_noun(&v[-1]))
        return;
    top = whole_compound(text, noun);
    if (wants_verb(text, top) && (at[i - 1].head == top || at[i - 1].head == i)) {
        raise_before_noun(text, i, top);
    } else if (at[top].head == i - 1 && at[top].rel == DEPREL_NMOD &&
               !has_child(text, top, DEPREL_CASE) && wants_verb(text, i - 1)) {
        v->head = i - 1;
        raise_behind_noun(text, i, i - 1);
        at[top].head = i;
        at[top].rel = DEPREL_OBJ;
    }
}

/* "Forty tanks rolled into the valley": a subject and no auxiliary make no participle. */
static void mend_finite(struct text *text, uint32_t i, const struct word *w)
{
    struct token *t = &text->token.at[i];
    uint32_t subject;

    if (t->upos != UPOS_VERB || t->xpos != XPOS_VBN || !can_be_past(t, w) ||
        (t->head != TOKEN_NONE && t->rel != DEPREL_CCOMP && t->rel != DEPREL_PARATAXIS))
        return;
    subject = child(text, i, DEPREL_NSUBJ);
    if (subject != TOKEN_NONE && subject < i && !has_child(text, i, DEPREL_AUX) &&
        !has_child(text, i, DEPREL_AUX_PASS) && !has_child(text, i, DEPREL_COP) &&
        !has_child(text, i, DEPREL_NSUBJ_PASS) && !has_child(text, i, DEPREL_OBL_AGENT))
        t->xpos = XPOS_VBD;
}

/* "laid off clerks": a particle governs no noun. */
static void mend_particle(struct text *text, uint32_t i)
{
    struct token *at = text->token.at, *t = &at[i];
    uint32_t noun = t->head;

    if (t->xpos != XPOS_RP || t->rel != DEPREL_CASE || noun == TOKEN_NONE || noun < i ||
        i == text->sentence.at[t->sentence].first || t[-1].upos != UPOS_VERB ||
        at[noun].rel != DEPREL_OBL || at[noun].head != i - 1 ||
        has_child(text, i - 1, DEPREL_OBJ))
        return;
    t->head = i - 1;
    t->rel = DEPREL_COMPOUND_PRT;
    at[noun].rel = DEPREL_OBJ;
}

/* ---- a noun that was taken for a verb ---- */

/* "The student protests are in their second month": no verb is a subject (its clause would
 * be one, by another relation) or an object. */
static bool is_no_verb(const struct text *text, uint32_t i)
{
    const struct token *t = &text->token.at[i];
    bool noun_form = t->xpos == XPOS_NN || t->xpos == XPOS_NNS;
    bool part = i > text->sentence.at[t->sentence].first && is_noun(&t[-1]) &&
                t[-1].head == i; /* "student" protests */

    return t->upos == UPOS_VERB && t->xpos != XPOS_VBG && t->xpos != XPOS_VBN &&
           (is_subject(t) || (t->rel == DEPREL_OBJ && noun_form)) &&
           (noun_form || part || has_child(text, i, DEPREL_DET)) &&
           !has_child(text, i, DEPREL_OBJ) && !has_child(text, i, DEPREL_AUX) &&
           !has_child(text, i, DEPREL_MARK);
}

/* "which means …": a noun, but a verb by its other tag and by its place in the tree. */
static void mend_finite_noun(struct text *text, uint32_t i)
{
    struct token *t = &text->token.at[i];
    bool clause = t->rel == DEPREL_ROOT || t->rel == DEPREL_ACL_RELCL ||
                  t->rel == DEPREL_ADVCL || t->rel == DEPREL_CCOMP;

    if (t->upos == UPOS_NOUN && clause &&
        (t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP || t->xpos == XPOS_VBD) &&
        !has_child(text, i, DEPREL_DET) && !has_child(text, i, DEPREL_CASE) &&
        !has_child(text, i, DEPREL_COP))
        t->upos = UPOS_VERB;
}

static void mend_noun(struct text *text, uint32_t i)
{
    struct token *at = text->token.at, *t = &at[i];
    const struct sentence *s = &text->sentence.at[t->sentence];

    if (!is_no_verb(text, i))
        return;
    t->upos = UPOS_NOUN;
    t->xpos = t->xpos == XPOS_VBZ || t->xpos == XPOS_NNS ? XPOS_NNS : XPOS_NN;
    for (uint32_t k = s->first; k < s->first + s->tokens; k++) {
        if (at[k].head != i)
            continue;
        if (at[k].rel == DEPREL_OBL || at[k].rel == DEPREL_OBL_AGENT)
            at[k].rel = DEPREL_NMOD;
        else if (is_subject(&at[k]) && k + 1 == i)
            at[k].rel = DEPREL_COMPOUND;
    }
}

/* "A bomb blast rocked the cinema", the bomb its subject and the blast an adverb: by its
 * other tag a noun. */
static void mend_adverb(struct text *text, uint32_t i)
{
    struct token *at = text->token.at, *t = &at[i], *before = &at[i - 1];

    if (t->upos != UPOS_ADV || (t->xpos != XPOS_NN && t->xpos != XPOS_NNS))
        return;
    if (t->rel == DEPREL_OBJ) {
        t->upos = UPOS_NOUN;
    } else if (t->rel == DEPREL_ADVMOD && i > text->sentence.at[t->sentence].first &&
               is_noun(before) && is_subject(before) &&
               (before->head == t->head || before->head == i)) {
        t->upos = UPOS_NOUN;
        t->rel = before->rel;
        before->head = i;
        before->rel = DEPREL_COMPOUND;
    }
}

/* "Separatists attacked": a capital at the start makes no name of a plural that the other
 * tag and the dictionary have as a common one. */
static void mend_first_word(struct text *text, uint32_t i, const struct word *w)
{
    struct token *t = &text->token.at[i];

    if (t->upos != UPOS_PROPN || t->xpos != XPOS_NNS || w == NULL ||
        w->flags & WORD_PROPER || !(w->tags & 1ull << XPOS_NNS) ||
        i != text->sentence.at[t->sentence].first)
        return;
    t->upos = UPOS_NOUN;
    t->lemma = word_lemma(w, XPOS_NNS);
}

/* "A dam on the river burst", the dam a subject of the river: what has a preposition is no
 * subject. */
static void mend_subject(struct text *text, uint32_t i)
{
    struct token *at = text->token.at, *t = &at[i];
    uint32_t preposition = child(text, i, DEPREL_CASE);
    uint32_t subject = child(text, i, DEPREL_NSUBJ);

    if (!is_noun(t) || !is_subject(t) || preposition == TOKEN_NONE ||
        subject == TOKEN_NONE || subject > preposition || preposition > i ||
        has_child(text, i, DEPREL_COP))
        return;
    at[subject].head = t->head;
    at[subject].rel = t->rel;
    t->head = subject;
    t->rel = DEPREL_NMOD;
}

void tree_mend(struct text *text, const struct word *const *words)
{
    uint32_t n = text->token.count;

    for (uint32_t i = 0; i < n; i++)
        if (is_misplaced_verb(&text->token.at[i], words[i]))
            mend_verb(text, i, words[i]);
    for (uint32_t i = 0; i < n; i++)
        if (is_hidden_verb(text, i, words[i]))
            unhide_verb(text, i, words[i]);
    for (uint32_t i = 0; i < n; i++) {
        mend_first_word(text, i, words[i]);
        mend_adverb(text, i);
        mend_noun(text, i);
        mend_finite_noun(text, i);
        mend_subject(text, i);
        mend_past(text, i, words[i]);
        mend_finite(text, i, words[i]);
        mend_particle(text, i);
        mend_between(text, i);
        mend_adverbial(text, i);
    }
}
