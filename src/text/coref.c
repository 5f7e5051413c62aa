#include "text/coref.h"

#include "base/table.h"
#include "lex/lex.h"
#include "text/coref_int.h"

#define AHEAD 12 /* names behind a pronoun that it may stand for */

struct walk {
    struct coref c;
    const struct coref_watch *watch;
    struct table noun; /* lemma of a noun -> 1 + its last chain */
};

/* How good an option is, in millionths. */
static int64_t coref_score(const struct coref_weights *w, const struct coref_option *o)
{
    int32_t hidden[COREF_HIDDEN] = { 0 };
    int64_t sum = 0;

    for (uint32_t i = 0; i < o->features; i++) {
        const int16_t *row = w->in[o->feature[i]];

        sum += w->direct[o->feature[i]];
        for (uint32_t h = 0; h < COREF_HIDDEN; h++)
            hidden[h] += row[h];
    }
    sum *= 1000;
    for (uint32_t h = 0; h < COREF_HIDDEN; h++)
        if (hidden[h] > 0)
            sum += (int64_t)hidden[h] * w->out[h];
    return sum;
}

static uint32_t best_option(const struct coref_choice *choice, bool person)
{
    int64_t best = coref_score(&coref_weights, &choice->option[0]);
    uint32_t found = 0;

    /* "he" is always somebody; "it" and "they" may be nobody */
    if (person && choice->options > 1)
        best = INT64_MIN;
    for (uint32_t i = 1; i < choice->options; i++) {
        int64_t score = coref_score(&coref_weights, &choice->option[i]);

        if (score > best) {
            best = score;
            found = i;
        }
    }
    return found;
}

/* Words between quotation marks; a quotation ends with its paragraph at the latest. */
static void mark_quotes(struct coref *c)
{
    bool open = false;
    uint32_t paragraph = UINT32_MAX;

    for (uint32_t i = 0; i < c->text->token.count; i++) {
        const struct token *t = coref_token(c, i);
        uint32_t p = c->text->sentence.at[t->sentence].paragraph;

        if (p != paragraph)
            open = false;
        paragraph = p;
        if (str_eq(t->form, STR("“")) || str_eq(t->form, STR("``")))
            open = true;
        else if (str_eq(t->form, STR("”")) || str_eq(t->form, STR("''")))
            open = false;
        else if (str_eq(t->form, STR("\"")))
            open = !open;
        c->quoted[i] = open;
    }
}

static uint32_t new_chain(struct coref *c, uint32_t entity)
{
    struct chain *h = PUSH(c->arena, &c->chain);

    *h = (struct chain){ .entity = entity,
                         .head = TOKEN_NONE,
                         .first = REFERENT_NONE,
                         .last = REFERENT_NONE,
                         .pronoun = REFERENT_NONE,
                         .gender = 'u' };
    return c->chain.count - 1;
}

static void join_chain(struct coref *c, struct referent *r, uint32_t chain)
{
    struct chain *h = &c->chain.at[chain];

    r->chain = chain;
    if (h->first == REFERENT_NONE)
        h->first = c->referent.count;
    h->last = c->referent.count;
    h->count++;
    if (h->gender == 'u' && r->gender != 'u')
        h->gender = r->gender;
    if (r->kind == MENTION_PRONOUN)
        h->pronoun = c->referent.count;
    else
        h->head = r->head;
    c->referent_of[r->head] = c->referent.count + 1;
    *PUSH(c->arena, &c->referent) = *r;
}

static uint32_t chain_of_entity(struct coref *c, uint32_t entity)
{
    if (c->chain_of[entity] == 0)
        c->chain_of[entity] = new_chain(c, entity) + 1;
    return c->chain_of[entity] - 1;
}

/* "Ana Osk, the minister" and "his wife, Ana Osk" are one each. */
static uint32_t chain_by_apposition(const struct coref *c, const struct referent *r)
{
    const struct token *t = coref_token(c, r->top);
    uint32_t other;

    if (t->rel != DEPREL_APPOS || t->head == TOKEN_NONE)
        return REFERENT_NONE;
    other = c->referent_of[t->head];
    return other ? c->referent.at[other - 1].chain : REFERENT_NONE;
}

/* "the group" after "a group": a definite noun goes back to the last phrase with the
 * same noun and number. */
static uint32_t chain_by_noun(const struct walk *w, const struct referent *r)
{
    const struct coref *c = &w->c;
    const uint32_t *known = table_find(&w->noun, coref_token(c, r->head)->lemma);
    const struct chain *h;

    if (!known || r->definite < 2 || r->definite == 4)
        return REFERENT_NONE;
    h = &c->chain.at[*known - 1];
    return c->referent.at[h->last].plural == r->plural ? *known - 1 : REFERENT_NONE;
}

/* "his wife, Ana Osk": the wife's chain becomes that of the name. */
static void add_name(struct coref *c, struct referent *r, uint32_t entity)
{
    uint32_t other = chain_by_apposition(c, r);

    if (other != REFERENT_NONE && c->chain_of[entity] == 0 &&
        c->chain.at[other].entity == ENTITY_NONE) {
        c->chain.at[other].entity = entity;
        c->chain_of[entity] = other + 1;
    }
    join_chain(c, r, chain_of_entity(c, entity));
    if (other != REFERENT_NONE && c->chain.at[r->chain].gender == 'u')
        c->chain.at[r->chain].gender = c->chain.at[other].gender;
}

static void add_referent(struct walk *w, struct referent *r)
{
    struct coref *c = &w->c;
    uint32_t m = coref_token(c, r->head)->mention, chain;

    if (m < c->text->mention.count) {
        add_name(c, r, c->text->mention.at[m].entity);
        return;
    }
    chain = chain_by_apposition(c, r);
    if (chain == REFERENT_NONE)
        chain = chain_by_noun(w, r);
    if (chain == REFERENT_NONE)
        chain = new_chain(c, ENTITY_NONE);
    else if (c->chain.at[chain].entity == ENTITY_NONE)
        c->text->token.at[r->head].antecedent = c->chain.at[chain].head;
    join_chain(c, r, chain);
    if (r->kind == MENTION_NOMINAL)
        *table_put(c->arena, &w->noun, coref_token(c, r->head)->lemma) = chain + 1;
}

static void add_mention(struct coref *c, uint32_t token, uint32_t entity)
{
    struct mention *m = PUSH(c->arena, &c->text->mention);
    const struct token *t = coref_token(c, token);

    *m = (struct mention){ .start = t->start,
                           .end = t->end,
                           .first = token,
                           .tokens = 1,
                           .head = token,
                           .entity = entity,
                           .kind = MENTION_PRONOUN };
}

/* Names behind a person's pronoun in its sentence: "When he came, Osk said …".  Returns
 * how many referents there were before. */
static uint32_t look_ahead(struct coref *c, const struct pronoun *p)
{
    const struct sentence *s = &c->text->sentence.at[p->sentence];
    uint32_t before = c->referent.count;

    for (uint32_t i = p->token + 1; i < s->first + s->tokens; i++) {
        uint32_t m = coref_token(c, i)->mention;
        struct referent r;

        if (p->class != PRONOUN_PERSON || m >= c->text->mention.count ||
            c->text->mention.at[m].kind != MENTION_NAME ||
            !referent_from_token(c, i, &r))
            continue;
        r.chain = chain_of_entity(c, c->text->mention.at[m].entity);
        *PUSH(c->arena, &c->referent) = r;
        if (c->referent.count - before == AHEAD)
            break;
    }
    return before;
}

static void add_pronoun(struct walk *w, const struct pronoun *p)
{
    struct coref *c = &w->c;
    struct referent r = { .head = p->token,
                          .top = p->token,
                          .sentence = p->sentence,
                          .kind = MENTION_PRONOUN,
                          .role = p->role,
                          .gender = p->gender,
                          .plural = p->class == PRONOUN_THEY,
                          .quoted = p->quoted,
                          .opens = p->opens,
                          .verb = p->verb };
    uint32_t best, chain = REFERENT_NONE, before = look_ahead(c, p);
    const struct chain *h;

    coref_options(c, p);
    best = best_option(c->choice, p->class == PRONOUN_PERSON);
    if (w->watch)
        best = w->watch->decide(w->watch->context, c, c->choice, best);
    if (best > 0) {
        const struct referent *a = &c->referent.at[c->choice->option[best].referent];

        chain = a->chain;
        r.sort = a->sort;
    }
    c->referent.count = before;
    if (chain == REFERENT_NONE)
        return;
    h = &c->chain.at[chain];
    if (h->entity != ENTITY_NONE)
        add_mention(c, p->token, h->entity);
    else
        c->text->token.at[p->token].antecedent = h->head;
    join_chain(c, &r, chain);
}

static void read_sentence(struct walk *w, const struct sentence *s)
{
    struct coref *c = &w->c;
    bool opened = false;

    for (uint32_t i = s->first; i < s->first + s->tokens; i++) {
        struct referent r;
        struct pronoun p;

        if (pronoun_from_token(c, i, &p)) {
            add_pronoun(w, &p);
            opened = true;
        } else if (referent_from_token(c, i, &r)) {
            r.opens = !opened;
            opened = true;
            add_referent(w, &r);
        }
    }
}

void coref_resolve(struct arena *arena, struct text *text,
                   const struct word *const *words, const char *gender,
                   const struct coref_watch *watch)
{
    uint32_t tokens = text->token.count + 1;
    struct walk w = { .c = { .arena = arena,
                             .text = text,
                             .word = words,
                             .gender = gender,
                             .chain_of = NEW(arena, uint32_t, text->entity.count + 1),
                             .referent_of = NEW(arena, uint32_t, tokens),
                             .quoted = NEW(arena, bool, tokens),
                             .choice = NEW(arena, struct coref_choice, 1) },
                      .watch = watch };

    for (uint32_t i = 0; i < text->token.count; i++)
        text->token.at[i].antecedent = TOKEN_NONE;
    mark_quotes(&w.c);
    for (uint32_t s = 0; s < text->sentence.count; s++)
        read_sentence(&w, &text->sentence.at[s]);
}
