/* The options of a pronoun: which chains agree with it, and the features of each. */
#include "lex/lex.h"
#include "text/coref_int.h"

#define SENTENCES_BACK 4
#define REFERENTS_BACK 120
#define PATH_MAX_STEPS 12

struct path {
    uint32_t up, down;         /* steps from pronoun and phrase to where they meet */
    uint32_t meet;             /* the token, or TOKEN_NONE */
    uint8_t branch, candidate; /* relations under it on either side */
};

static uint32_t bucket(uint32_t n, const uint32_t *limit, uint32_t limits)
{
    uint32_t b = 0;

    while (b < limits && n > limit[b])
        b++;
    return b;
}

static void put(struct coref_option *o, uint32_t block, uint32_t last, uint32_t value)
{
    uint32_t f = block + value;

    if (o->features < COREF_FEATURES_MAX && f <= last)
        o->feature[o->features++] = (uint16_t)f;
}
#define PUT(o, block, value) put((o), COREF_##block, COREF_LAST_##block, (value))

static bool genders_clash(char a, char b)
{
    return a != 'u' && b != 'u' && a != b;
}

static bool is_person_sort(uint8_t sort)
{
    return sort == SORT_PERSON || sort == SORT_NOUN_PERSON;
}

/* Whether the pronoun may stand for it at all. */
static bool agrees(const struct coref *c, const struct pronoun *p,
                   const struct referent *r)
{
    const struct chain *chain = &c->chain.at[r->chain];

    if (r->sort == SORT_NOUN_TIME || r->sort == SORT_NOUN_QUANTITY)
        return false;
    if (p->class == PRONOUN_PERSON)
        return !genders_clash(p->gender, chain->gender) && !r->plural &&
               (is_person_sort(r->sort) || r->sort == SORT_MISC ||
                (r->kind == MENTION_NAME && r->sort != SORT_GROUP));
    if (p->class == PRONOUN_IT)
        return !r->plural && !is_person_sort(r->sort);
    return r->plural || r->sort == SORT_ORGANIZATION || r->sort == SORT_GROUP ||
           r->sort == SORT_NOUN_GROUP || r->sort == SORT_MISC ||
           r->sort == SORT_PLACE ||
           (chain->last != REFERENT_NONE && c->referent.at[chain->last].plural);
}

static struct path path_between(const struct coref *c, uint32_t a, uint32_t b)
{
    struct path p = { .meet = TOKEN_NONE };
    uint32_t x = a, was = a;

    for (p.up = 0; p.up < PATH_MAX_STEPS && x != TOKEN_NONE; p.up++) {
        uint32_t y = b, from = b;

        for (p.down = 0; p.down < PATH_MAX_STEPS && y != TOKEN_NONE; p.down++) {
            if (x == y) {
                p.meet = x;
                p.branch = coref_token(c, was)->rel;
                p.candidate = coref_token(c, from)->rel;
                return p;
            }
            from = y;
            y = coref_token(c, y)->head;
        }
        was = x;
        x = coref_token(c, x)->head;
    }
    return p;
}

static uint32_t branch_class(uint8_t rel)
{
    switch (rel) {
    case DEPREL_ADVCL:
    case DEPREL_ADVCL_RELCL: return 1;
    case DEPREL_CCOMP: return 2;
    case DEPREL_CONJ: return 3;
    case DEPREL_ACL:
    case DEPREL_ACL_RELCL: return 4;
    case DEPREL_XCOMP: return 5;
    case DEPREL_PARATAXIS: return 6;
    case DEPREL_APPOS: return 7;
    case DEPREL_NSUBJ:
    case DEPREL_NSUBJ_PASS: return 8;
    case DEPREL_OBJ:
    case DEPREL_IOBJ: return 9;
    case DEPREL_OBL:
    case DEPREL_OBL_AGENT: return 10;
    case DEPREL_NMOD:
    case DEPREL_NMOD_POSS: return 11;
    default: return 0;
    }
}

static uint32_t direct_class(uint8_t rel)
{
    switch (rel) {
    case DEPREL_NSUBJ:
    case DEPREL_NSUBJ_PASS: return 0;
    case DEPREL_OBJ:
    case DEPREL_IOBJ: return 1;
    case DEPREL_OBL:
    case DEPREL_OBL_AGENT: return 2;
    default: return 3;
    }
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Same sentence: where the two stand to each other in the tree. */
static void put_tree(const struct coref *c, const struct pronoun *p,
                     const struct referent *r, struct coref_option *o)
{
    struct path path = path_between(c, p->token, r->top);
    bool before = r->head < p->token;

    if (path.meet == TOKEN_NONE)
        return;
    PUT(o, PATH, least(path.up, 5) * 6 + least(path.down, 5));
    PUT(o, BRANCH, branch_class(path.branch) * 4 + direct_class(path.candidate));
    if (p->verb == r->verb && p->verb != TOKEN_NONE)
        PUT(o, SAME_VERB, (uint32_t)(before ? 0 : 3) + (p->form == CASE_POSS));
    if (path.meet == r->top)
        PUT(o, INSIDE, p->form == CASE_POSS);
    if (path.meet == p->token)
        PUT(o, INSIDE, 2);
    if (r->role == ROLE_APPOS)
        PUT(o, INSIDE, 3);
}

/* "Osk said that Venn blamed him": Venn is a fellow argument of "him". */
static void put_coargument(const struct coref *c, const struct pronoun *p,
                           uint32_t chain, uint32_t at, struct coref_option *o)
{
    for (uint32_t i = at; i-- > 0;) {
        const struct referent *r = &c->referent.at[i];

        if (r->sentence != p->sentence)
            break;
        if (r->chain == chain && p->verb != TOKEN_NONE && r->verb == p->verb &&
            coref_token(c, p->verb)->upos == UPOS_VERB) {
            PUT(o, COARG,
                (uint32_t)p->form * 4 + (r->role == ROLE_SUBJECT ? 0u : 1u) +
                    (p->role == ROLE_OBLIQUE ? 2u : 0u));
            return;
        }
    }
}

/* How deep in the sentence a phrase stands: on the main verb, joined to it, below. */
static uint32_t height(const struct coref *c, const struct referent *r)
{
    const struct token *t;

    if (r->verb == TOKEN_NONE)
        return 0;
    t = coref_token(c, r->verb);
    return t->rel == DEPREL_ROOT || t->head == TOKEN_NONE ? 0
           : t->rel == DEPREL_CONJ                        ? 1
           : t->rel == DEPREL_CCOMP                       ? 2
                                                          : 3;
}

static bool speaks(const struct coref *c, uint32_t verb)
{
    return verb != TOKEN_NONE &&
           (lex_find(&lex_quote_verbs, coref_token(c, verb)->lower) ||
            str_eq(coref_token(c, verb)->lemma, STR("say")));
}

static void put_chain(const struct coref *c, const struct pronoun *p, uint32_t chain,
                      uint32_t most, struct coref_option *o)
{
    static const uint32_t counts[] = { 1, 2, 3, 5 };
    const struct chain *h = &c->chain.at[chain];

    PUT(o, COUNT, p->class * 5u + bucket(h->count, counts, COUNT(counts)));
    if (h->count == most)
        PUT(o, MOST, p->class);
    if (h->pronoun != REFERENT_NONE) {
        const struct referent *r = &c->referent.at[h->pronoun];
        uint32_t d = least(p->sentence - r->sentence, 3);

        PUT(o, PRONOUN, p->class * 4u + d);
        PUT(o, PRON,
            (uint32_t)p->form * 8 + least(d, 1) * 4 +
                (r->role == ROLE_SUBJECT ? 0u
                 : r->role == ROLE_POSS  ? 1u
                                         : 2u));
    }
    if (h->first == 0)
        PUT(o, FIRST, p->class);
    else if (h->first != REFERENT_NONE && c->referent.at[h->first].sentence == 0)
        PUT(o, FIRST, p->class + 3u);
}

static uint32_t gender_class(const struct pronoun *p, const struct chain *h)
{
    return h->gender == 'u' || p->gender == 'u' ? 0 : h->gender == p->gender ? 1 : 2;
}

static void put_self(const struct coref *c, const struct pronoun *p,
                     const struct referent *r, uint32_t d, struct coref_option *o)
{
    uint32_t kind = r->kind == MENTION_NAME ? 0 : r->kind == MENTION_NOMINAL ? 1 : 2;
    const struct mention *m =
        coref_token(c, r->head)->mention < c->text->mention.count
            ? &c->text->mention.at[coref_token(c, r->head)->mention]
            : NULL;

    PUT(o, KIND, p->class * 6u + kind * 2 + least(d, 1));
    PUT(o, SORT, p->class * 12u + r->sort);
    PUT(o, NUMBER, p->class * 4u + r->plural * 2u + r->joined);
    PUT(o, GENDER, p->class * 3u + gender_class(p, &c->chain.at[r->chain]));
    PUT(o, DEFINITE, p->class * 5u + r->definite);
    if (m && r->kind == MENTION_NAME)
        PUT(o, TOKENS, p->class * 3u + (m->tokens > 1));
    if (r->opens)
        PUT(o, OPENS, p->class * 3u + least(d, 2));
    if (r->joined)
        PUT(o, JOINED, p->class * 2u + (d == 0));
}

/* All features of a phrase as what a pronoun stands for; rank: how many options lie
 * between. */
static void put_option(const struct coref *c, const struct pronoun *p,
                       uint32_t referent, uint32_t rank, uint32_t most,
                       struct coref_option *o)
{
    static const uint32_t ranks[] = { 0, 1, 2, 3, 5 };
    static const uint32_t gaps[] = { 3, 7, 15, 25, 40 };
    const struct referent *r = &c->referent.at[referent];
    bool after = r->head > p->token;
    uint32_t d = p->sentence - r->sentence, far = least(d, 2);

    o->referent = referent;
    PUT(o, NEAR, p->class * 5u + (after ? 4u : least(d, 3)));
    PUT(o, RANK, p->class * 6u + bucket(rank, ranks, COUNT(ranks)));
    if (after)
        PUT(o, AFTER, r->role + (p->form == CASE_POSS ? (uint32_t)ROLES : 0u));
    else
        PUT(o, ROLE, (r->role * 4u + p->form) * 4u + least(d, 3));
    put_self(c, p, r, d, o);
    put_chain(c, p, r->chain, most, o);
    PUT(o, TOP, (height(c, r) * 2 + (r->role <= ROLE_PASSIVE)) * 3 + far);
    PUT(o, QUOTE, p->quoted * 4u + r->quoted * 2u + (d == 0));
    if (speaks(c, r->verb))
        PUT(o, SPEECH, (r->role == ROLE_SUBJECT) * 4u + p->quoted * 2u + (d == 0));
    if (p->opens)
        PUT(o, START, r->role * 4u + least(d, 3));
    if (d == 0) {
        put_tree(c, p, r, o);
        PUT(o, TOKENS,
            9 + bucket(after ? r->head - p->token : p->token - r->head, gaps,
                       COUNT(gaps)));
        put_coargument(c, p, r->chain, c->referent.count, o);
    }
}

/* Whether the chain was a subject here or in the sentence before. */
static void put_subject(const struct coref *c, const struct pronoun *p,
                        struct coref_option *o)
{
    uint32_t chain = c->referent.at[o->referent].chain;

    for (uint32_t i = c->referent.count; i-- > 0;) {
        const struct referent *r = &c->referent.at[i];

        if (r->sentence + 1 < p->sentence)
            return;
        if (r->chain == chain && r->head < p->token && r->role <= ROLE_PASSIVE) {
            PUT(o, SUBJECT,
                p->class * 4u + (p->sentence - r->sentence) * 2 + (height(c, r) < 2));
            return;
        }
    }
}

static bool child_with(const struct coref *c, uint32_t head, enum deprel rel)
{
    const struct sentence *s = &c->text->sentence.at[coref_token(c, head)->sentence];

    for (uint32_t i = s->first; i < s->first + s->tokens; i++)
        if (coref_token(c, i)->head == head && coref_token(c, i)->rel == rel)
            return true;
    return false;
}

/* "It is clear that …", "it rained": what stands for nobody. */
static void put_nobody(const struct coref *c, const struct pronoun *p)
{
    static const uint32_t counts[] = { 0, 1, 2, 4 };
    struct coref_option *o = &c->choice->option[0];
    const struct token *t = coref_token(c, p->token);

    o->referent = REFERENT_NONE;
    PUT(o, NONE, p->class * 4u + p->form);
    PUT(o, NONE_EXPL, t->rel == DEPREL_EXPL);
    if (t->head != TOKEN_NONE && p->form == CASE_SUBJECT) {
        const struct token *v = coref_token(c, t->head);

        if (child_with(c, t->head, DEPREL_CCOMP) ||
            child_with(c, t->head, DEPREL_CSUBJ))
            PUT(o, NONE_THAT, 0);
        if (v->upos == UPOS_ADJ)
            PUT(o, NONE_THAT, 1);
        if (v->upos == UPOS_VERB && child_with(c, t->head, DEPREL_XCOMP))
            PUT(o, NONE_THAT, 2);
        if (v->upos == UPOS_NOUN)
            PUT(o, NONE_THAT, 3);
    }
    if (p->quoted)
        PUT(o, NONE_QUOTE, p->class);
    PUT(o, NONE_OPTIONS,
        p->class * 5u + bucket(c->choice->options - 1, counts, COUNT(counts)));
}

static bool chosen_before(const struct coref *c, uint32_t chain)
{
    for (uint32_t i = 1; i < c->choice->options; i++)
        if (c->referent.at[c->choice->option[i].referent].chain == chain)
            return true;
    return false;
}

static uint32_t most_spoken_of(const struct coref *c, const struct pronoun *p)
{
    uint32_t most = 2, back = 0;

    for (uint32_t i = c->referent.count; i-- > 0 && back < REFERENTS_BACK; back++) {
        const struct referent *r = &c->referent.at[i];

        if (agrees(c, p, r) && c->chain.at[r->chain].count > most)
            most = c->chain.at[r->chain].count;
    }
    return most;
}

/* "Osk dismissed him": somebody else.  Its own subject would be "himself", also where
 * the subject's name was met sentences before. */
static bool is_bound(const struct coref *c, const struct pronoun *p, uint32_t chain)
{
    if (p->form != CASE_OBJECT || p->role != ROLE_OBJECT || p->verb == TOKEN_NONE)
        return false;
    for (uint32_t i = c->referent.count; i-- > 0;) {
        const struct referent *r = &c->referent.at[i];

        if (r->sentence < p->sentence)
            return false;
        if (r->chain == chain && r->verb == p->verb && r->role == ROLE_SUBJECT)
            return true;
    }
    return false;
}

static void add_option(struct coref *c, const struct pronoun *p, uint32_t referent,
                       uint32_t most)
{
    struct coref_option *o = &c->choice->option[c->choice->options];

    o->features = 0;
    put_option(c, p, referent, c->choice->options - 1, most, o);
    put_subject(c, p, o);
    c->choice->options++;
}

void coref_options(struct coref *c, const struct pronoun *p)
{
    uint32_t most = most_spoken_of(c, p), back = 0, at = c->referent.count;

    c->choice->pronoun = p->token;
    c->choice->options = 1;
    c->choice->option[0].features = 0;
    /* those ahead in the sentence come last: "When he came, Osk …" */
    while (at > 0 && c->referent.at[at - 1].head > p->token)
        at--;
    for (uint32_t i = at; i-- > 0 && back < REFERENTS_BACK; back++) {
        const struct referent *r = &c->referent.at[i];

        if (p->sentence - r->sentence > SENTENCES_BACK ||
            c->choice->options == COREF_OPTIONS_MAX)
            break;
        if (agrees(c, p, r) && !chosen_before(c, r->chain) && !is_bound(c, p, r->chain))
            add_option(c, p, i, most);
    }
    for (uint32_t i = at;
         i < c->referent.count && c->choice->options < COREF_OPTIONS_MAX; i++)
        if (agrees(c, p, &c->referent.at[i]) &&
            !chosen_before(c, c->referent.at[i].chain))
            add_option(c, p, i, most);
    put_nobody(c, p);
}
