/* Phrases that may be spoken of again, and pronouns, with what the tree tells of them. */
#include "lex/lex.h"
#include "text/coref_int.h"

#define CLIMB 4 /* steps from a name to the title or first of joined names */

static bool is_lower(const struct token *t, const char *word)
{
    return str_eq(t->lower, str_from(word));
}

bool pronoun_from_token(const struct coref *c, uint32_t token, struct pronoun *out)
{
    static const struct {
        struct str form;
        enum pronoun_class class;
        enum pronoun_case as;
        char gender;
    } list[] = {
        { STR_INIT("he"), PRONOUN_PERSON, CASE_SUBJECT, 'm' },
        { STR_INIT("him"), PRONOUN_PERSON, CASE_OBJECT, 'm' },
        { STR_INIT("his"), PRONOUN_PERSON, CASE_POSS, 'm' },
        { STR_INIT("himself"), PRONOUN_PERSON, CASE_SELF, 'm' },
        { STR_INIT("she"), PRONOUN_PERSON, CASE_SUBJECT, 'f' },
        { STR_INIT("her"), PRONOUN_PERSON, CASE_OBJECT, 'f' },
        { STR_INIT("hers"), PRONOUN_PERSON, CASE_OBJECT, 'f' },
        { STR_INIT("herself"), PRONOUN_PERSON, CASE_SELF, 'f' },
        { STR_INIT("it"), PRONOUN_IT, CASE_SUBJECT, 'u' },
        { STR_INIT("its"), PRONOUN_IT, CASE_POSS, 'u' },
        { STR_INIT("itself"), PRONOUN_IT, CASE_SELF, 'u' },
        { STR_INIT("they"), PRONOUN_THEY, CASE_SUBJECT, 'u' },
        { STR_INIT("them"), PRONOUN_THEY, CASE_OBJECT, 'u' },
        { STR_INIT("their"), PRONOUN_THEY, CASE_POSS, 'u' },
        { STR_INIT("theirs"), PRONOUN_THEY, CASE_OBJECT, 'u' },
        { STR_INIT("themselves"), PRONOUN_THEY, CASE_SELF, 'u' },
    };
    const struct token *t = coref_token(c, token);

    if (t->lower.len < 2 || t->lower.len > 10 ||
        (t->xpos != XPOS_PRP && t->xpos != XPOS_PRPS && t->upos != UPOS_PRON))
        return false;
    for (size_t i = 0; i < COUNT(list); i++)
        if (str_eq(t->lower, list[i].form)) {
            *out = (struct pronoun){ .token = token,
                                     .class = list[i].class,
                                     .form = list[i].as,
                                     .gender = list[i].gender,
                                     .sentence = t->sentence,
                                     .quoted = c->quoted[token] };
            if (t->xpos == XPOS_PRPS || t->rel == DEPREL_NMOD_POSS)
                out->form = CASE_POSS;
            else if (out->class == PRONOUN_IT && out->form == CASE_SUBJECT &&
                     (t->rel == DEPREL_OBJ || t->rel == DEPREL_OBL))
                out->form = CASE_OBJECT;
            out->role = (uint8_t)referent_role_of(c->text, token);
            out->verb = referent_governor(c->text, token);
            out->opens = token == c->text->sentence.at[t->sentence].first;
            return true;
        }
    return false;
}

enum referent_role referent_role_of(const struct text *text, uint32_t top)
{
    const struct token *t = &text->token.at[top];

    for (uint32_t i = 0; i < CLIMB && t->rel == DEPREL_CONJ && t->head != TOKEN_NONE;
         i++)
        t = &text->token.at[t->head];
    switch (t->rel) {
    case DEPREL_NSUBJ:
    case DEPREL_NSUBJ_OUTER:
    case DEPREL_CSUBJ: return ROLE_SUBJECT;
    case DEPREL_NSUBJ_PASS: return ROLE_PASSIVE;
    case DEPREL_OBJ:
    case DEPREL_IOBJ: return ROLE_OBJECT;
    case DEPREL_OBL:
    case DEPREL_OBL_AGENT:
    case DEPREL_OBL_UNMARKED: return ROLE_OBLIQUE;
    case DEPREL_NMOD:
    case DEPREL_NMOD_DESC:
    case DEPREL_NMOD_UNMARKED: return ROLE_NMOD;
    case DEPREL_NMOD_POSS: return ROLE_POSS;
    case DEPREL_APPOS: return ROLE_APPOS;
    case DEPREL_COMPOUND:
    case DEPREL_AMOD:
    case DEPREL_FLAT: return ROLE_COMPOUND;
    case DEPREL_ROOT:
    case DEPREL_PARATAXIS:
    case DEPREL_LIST: return ROLE_ROOT;
    default: return ROLE_OTHER;
    }
}

uint32_t referent_governor(const struct text *text, uint32_t top)
{
    const struct token *t = &text->token.at[top];

    for (uint32_t i = 0; i < CLIMB && t->rel == DEPREL_CONJ && t->head != TOKEN_NONE;
         i++)
        t = &text->token.at[t->head];
    return t->head;
}

/* "President" of President Osk: the title heads the phrase, the name hangs on it. */
static uint32_t top_of(const struct text *text, uint32_t head)
{
    for (uint32_t i = 0; i < CLIMB; i++) {
        const struct token *t = &text->token.at[head];

        if (t->rel != DEPREL_FLAT || t->head == TOKEN_NONE)
            break;
        head = t->head;
    }
    return head;
}

static uint8_t definite_of(const struct text *text, uint32_t top)
{
    uint32_t first = text->sentence.at[text->token.at[top].sentence].first;

    for (uint32_t i = top; i-- > first && top - i <= 6;) {
        const struct token *t = &text->token.at[i];

        if (t->head != top)
            continue;
        if (is_lower(t, "the"))
            return 2;
        if (is_lower(t, "a") || is_lower(t, "an"))
            return 1;
        if (is_lower(t, "this") || is_lower(t, "that") || is_lower(t, "these") ||
            is_lower(t, "those"))
            return 3;
        if (t->rel == DEPREL_NMOD_POSS)
            return 4;
    }
    return 0;
}

static enum referent_sort sort_of_noun(const struct coref *c, uint32_t token)
{
    const struct token *t = coref_token(c, token);
    const struct word *w = c->word[token];
    const struct lex_entry *agent = lex_find(&lex_agents, t->lower);

    if (!agent)
        agent = lex_find(&lex_agents, t->lemma);
    if (agent && str_eq(agent->field[LEX_AGENTS_TYPE], STR("person")))
        return SORT_NOUN_PERSON;
    if (agent)
        return SORT_NOUN_GROUP;
    if (lex_find(&lex_people, t->lower))
        return SORT_NOUN_PERSON;
    switch (w ? (enum word_sense)w->sense : SENSE_NONE) {
    case SENSE_PERSON: return SORT_NOUN_PERSON;
    case SENSE_GROUP: return SORT_NOUN_GROUP;
    case SENSE_PLACE: return SORT_NOUN_PLACE;
    case SENSE_TIME: return SORT_NOUN_TIME;
    case SENSE_ACT: return SORT_NOUN_ACT;
    case SENSE_QUANTITY: return SORT_NOUN_QUANTITY;
    case SENSE_NONE:
    case SENSE_OTHER: break;
    }
    return SORT_NOUN_OTHER;
}

static char gender_of_noun(const struct token *t)
{
    const struct lex_entry *e = lex_find(&lex_gendered, t->lower);

    if (!e)
        e = lex_find(&lex_gendered, t->lemma);
    return e ? *e->field[LEX_GENDERED_GENDER].ptr : 'u';
}

static enum referent_sort sort_of_entity(enum entity_type type)
{
    switch (type) {
    case ENTITY_PERSON: return SORT_PERSON;
    case ENTITY_ORGANIZATION: return SORT_ORGANIZATION;
    case ENTITY_PLACE: return SORT_PLACE;
    case ENTITY_GROUP: return SORT_GROUP;
    case ENTITY_MISC: break;
    }
    return SORT_MISC;
}

/* Parts of names and compounds are no phrases of their own. */
static bool heads_phrase(const struct token *t)
{
    return (t->upos == UPOS_NOUN || t->upos == UPOS_PROPN) && t->rel != DEPREL_FLAT &&
           t->rel != DEPREL_COMPOUND && t->rel != DEPREL_FIXED &&
           t->rel != DEPREL_GOESWITH && t->rel != DEPREL_AMOD;
}

static void complete(const struct coref *c, struct referent *r)
{
    const struct text *text = c->text;
    const struct token *t = coref_token(c, r->top);

    r->role = (uint8_t)referent_role_of(text, r->top);
    r->verb = referent_governor(text, r->top);
    r->sentence = t->sentence;
    r->joined = t->rel == DEPREL_CONJ;
    r->quoted = c->quoted[r->head];
    r->definite = definite_of(text, r->top);
}

bool referent_from_token(const struct coref *c, uint32_t token, struct referent *out)
{
    const struct token *t = coref_token(c, token);
    struct referent r = { .head = token, .top = token, .gender = 'u' };

    if (t->mention < c->text->mention.count) {
        const struct mention *m = &c->text->mention.at[t->mention];

        if (m->head != token)
            return false;
        r.kind = (uint8_t)m->kind;
        r.top = top_of(c->text, token);
        r.sort = (uint8_t)sort_of_entity(c->text->entity.at[m->entity].type);
        r.gender = c->gender[m->entity];
        if (r.gender == 'u' && r.top != token)
            r.gender = gender_of_noun(coref_token(c, r.top));
    } else if (heads_phrase(t)) {
        r.kind = t->upos == UPOS_PROPN ? MENTION_NAME : MENTION_NOMINAL;
        r.sort = t->upos == UPOS_PROPN ? SORT_MISC : (uint8_t)sort_of_noun(c, token);
        r.gender = gender_of_noun(t);
    } else {
        return false;
    }
    r.plural = t->xpos == XPOS_NNS || t->xpos == XPOS_NNPS;
    complete(c, &r);
    *out = r;
    return true;
}
