#include "text/parse.h"

#include <string.h>

#include "lex/lex.h"
#include "text/chunk.h"
#include "text/verb.h"

#define WAITING 24

/* The clause in hand and what waits for its verb. */
struct clause {
    int verb;    /* its head, NOWHERE before it is met */
    int subject; /* a noun phrase that waits for a verb */
    int object;
    int last_noun; /* the latest noun phrase, for what modifies it */
    int mark;      /* "if", "that" that opened it */
    int wh;        /* "who", "which" */
    int antecedent;
    int and;
    bool copula, passive, fronted, speech;
    int waiting[WAITING]; /* before the verb: adverbs, "on Friday", fronted clauses */
    enum deprel waiting_rel[WAITING];
    int waits;
};

struct builder {
    struct sketch *s;
    struct clause now, outer; /* outer: the clause that a relative clause interrupts */
    bool inside;              /* outer is in use */
    int root;
};

static const struct token *tok(const struct builder *b, int i)
{
    return &b->s->token[i];
}

static enum chunk_kind kind_at(const struct builder *b, int c)
{
    return c >= 0 && c < b->s->chunks ? b->s->chunk[c].kind : CHUNK_OTHER;
}

static bool finite_at(const struct builder *b, int c)
{
    while (kind_at(b, c) == CHUNK_ADVERB)
        c++;
    return kind_at(b, c) == CHUNK_VERB && b->s->chunk[c].finite;
}

static struct clause empty_clause(void)
{
    return (struct clause){ .verb = NOWHERE,
                            .subject = NOWHERE,
                            .object = NOWHERE,
                            .last_noun = NOWHERE,
                            .mark = NOWHERE,
                            .wh = NOWHERE,
                            .antecedent = NOWHERE,
                            .and = NOWHERE };
}

static void wait_for_verb(struct builder *b, int token, enum deprel rel)
{
    struct clause *c = &b->now;

    if (c->waits == WAITING)
        return;
    c->waiting[c->waits] = token;
    c->waiting_rel[c->waits++] = rel;
}

/* What modifies the clause: at once if its verb is known, else when it comes. */
static void modify_clause(struct builder *b, int token, enum deprel rel)
{
    if (b->now.verb == NOWHERE)
        wait_for_verb(b, token, rel);
    else
        sketch_attach(b->s, token, b->now.verb, rel);
}

static bool time_noun(const struct builder *b, int i)
{
    const struct word *w = b->s->word[i];

    if (lex_find(&lex_weekdays, tok(b, i)->lower))
        return true;
    return w && !(w->flags & WORD_PROPER) && w->sense == SENSE_TIME;
}

/* The predicate takes over from "be": "[is] a minister", "was in the city". */
static void set_predicate(struct builder *b, int predicate)
{
    struct sketch *s = b->s;
    int be = b->now.verb;

    for (int i = 0; i < s->tokens; i++)
        if (s->head[i] == be && i != predicate)
            s->head[i] = predicate;
    sketch_attach(s, predicate, s->head[be], (enum deprel)s->token[be].rel);
    s->head[predicate] = s->head[be];
    sketch_attach(s, be, predicate, DEPREL_COP);
    if (b->root == be)
        b->root = predicate;
    b->now.verb = predicate;
    b->now.copula = false;
}

/* Whether commas and a last "and" make a list of the phrases from chunk c on. */
static bool is_list(const struct builder *b, int c)
{
    for (int k = c; k < c + 12; k += 2) {
        if (kind_at(b, k) != CHUNK_NOUN)
            return false;
        if (kind_at(b, k + 1) == CHUNK_AND)
            return kind_at(b, k + 2) == CHUNK_NOUN &&
                   (b->now.verb == NOWHERE || !finite_at(b, k + 3));
        if (kind_at(b, k + 1) != CHUNK_COMMA)
            return false;
        if (kind_at(b, k + 2) == CHUNK_AND)
            return kind_at(b, k + 3) == CHUNK_NOUN &&
                   (b->now.verb == NOWHERE || !finite_at(b, k + 4));
    }
    return false;
}

/* The first of the coordinated phrases that `noun` belongs to. */
static int first_conjunct(const struct builder *b, int noun)
{
    for (int depth = 0; depth < 64; depth++) {
        if (b->s->head[noun] == NOWHERE || tok(b, noun)->rel != DEPREL_CONJ)
            break;
        noun = b->s->head[noun];
    }
    return noun;
}

/* A noun phrase after a preposition (chunk c - 1 or before). */
static void place_oblique(struct builder *b, int c, int preposition)
{
    struct clause *now = &b->now;
    struct sketch *s = b->s;
    int noun = s->chunk[c].head, at = preposition - 1;
    const struct token *in = tok(b, s->chunk[preposition].head);
    bool after_noun = kind_at(b, at) == CHUNK_NOUN;

    sketch_attach(s, s->chunk[preposition].head, noun, DEPREL_CASE);
    if (kind_at(b, at) == CHUNK_IN) { /* "out of the city", "because of rain" */
        sketch_attach(s, s->chunk[at].head, noun, DEPREL_CASE);
        after_noun = kind_at(b, at - 1) == CHUNK_NOUN;
    }
    if (now->copula && now->verb != NOWHERE && !after_noun &&
        s->token[now->verb].rel != DEPREL_COP && at >= 0 &&
        kind_at(b, at) == CHUNK_VERB && s->chunk[at].copula) {
        set_predicate(b, noun);
    } else if (after_noun && now->last_noun != NOWHERE &&
               (token_is(in, "of") || now->verb == NOWHERE ||
                (now->subject != NOWHERE && now->verb != NOWHERE))) {
        sketch_attach(s, noun, now->last_noun, DEPREL_NMOD);
    } else if (now->passive && token_is(in, "by") && now->verb != NOWHERE) {
        sketch_attach(s, noun, now->verb, DEPREL_OBL_AGENT);
    } else {
        modify_clause(b, noun, DEPREL_OBL);
    }
    now->last_noun = noun;
}

static void place_object(struct builder *b, int noun)
{
    struct clause *now = &b->now;
    struct sketch *s = b->s;

    if (time_noun(b, noun) && !(now->copula)) {
        sketch_attach(s, noun, now->verb, DEPREL_OBL_UNMARKED);
        return;
    }
    if (now->copula) {
        if (tok(b, noun)->xpos == XPOS_EX)
            return;
        for (int i = 0; i < s->tokens; i++)
            if (s->head[i] == now->verb && s->token[i].rel == DEPREL_EXPL) {
                sketch_attach(s, noun, now->verb, DEPREL_NSUBJ);
                now->copula = false;
                return;
            }
        set_predicate(b, noun);
        return;
    }
    if (now->object == NOWHERE) {
        sketch_attach(s, noun, now->verb, DEPREL_OBJ);
        now->object = noun;
    } else if (s->head[now->object] == now->verb && verb_gives(tok(b, now->verb))) {
        s->token[now->object].rel = DEPREL_IOBJ;
        sketch_attach(s, noun, now->verb, DEPREL_OBJ);
        now->object = noun;
    } else {
        sketch_attach(s, noun, now->verb, DEPREL_OBL_UNMARKED);
    }
}

/* A noun phrase right after a comma, with a phrase before the comma: a list goes on, the
 * phrase is explained ("Varo, a former minister,"), or a clause begins. */
static bool place_after_comma(struct builder *b, int c)
{
    struct clause *now = &b->now;
    int noun = b->s->chunk[c].head, before = now->last_noun;

    if (kind_at(b, c - 2) != CHUNK_NOUN || before == NOWHERE || finite_at(b, c + 1))
        return false;
    if (tok(b, b->s->chunk[c - 1].head)->xpos == XPOS_PUNCT_COLON || time_noun(b, noun))
        return false;
    if (tok(b, noun)->xpos == XPOS_PRP)
        return false;
    if (is_list(b, c) || tok(b, before)->rel == DEPREL_CONJ) {
        sketch_attach(b->s, noun, first_conjunct(b, before), DEPREL_CONJ);
        return true;
    }
    sketch_attach(b->s, noun, before, DEPREL_APPOS);
    return true;
}

static bool place_after_and(struct builder *b, int c)
{
    struct clause *now = &b->now;
    int noun = b->s->chunk[c].head, left = c - 2;

    if (kind_at(b, left) == CHUNK_COMMA)
        left--;
    if (kind_at(b, left) != CHUNK_NOUN || now->last_noun == NOWHERE)
        return false;
    if (finite_at(b, c + 1) && now->verb != NOWHERE)
        return false; /* "… killed two and troops fled" */
    sketch_attach(b->s, noun, first_conjunct(b, now->last_noun), DEPREL_CONJ);
    sketch_attach(b->s, now->and, noun, DEPREL_CC);
    now->and = NOWHERE;
    return true;
}

static void close_fronted(struct builder *b)
{
    int verb = b->now.verb;

    b->now = empty_clause();
    wait_for_verb(b, verb, DEPREL_ADVCL);
}

static void on_noun(struct builder *b, int c)
{
    struct clause *now = &b->now;
    struct sketch *s = b->s;
    int noun = s->chunk[c].head;
    bool subject_next = finite_at(b, c + 1);

    if (kind_at(b, c - 1) == CHUNK_IN && now->mark == NOWHERE) {
        place_oblique(b, c, c - 1);
        return;
    }
    if (now->and != NOWHERE && place_after_and(b, c)) {
        now->last_noun = noun;
        return;
    }
    if (kind_at(b, c - 1) == CHUNK_COMMA && place_after_comma(b, c)) {
        now->last_noun = noun;
        return;
    }
    if (now->fronted && now->verb != NOWHERE && subject_next)
        close_fronted(b);
    if (now->verb == NOWHERE || subject_next || now->mark != NOWHERE ||
        now->wh != NOWHERE || now->and != NOWHERE) {
        if (now->subject != NOWHERE && time_noun(b, now->subject))
            wait_for_verb(b, now->subject, DEPREL_OBL_UNMARKED);
        if (now->verb == NOWHERE && time_noun(b, noun) && !subject_next)
            wait_for_verb(b, noun, DEPREL_OBL_UNMARKED);
        else
            now->subject = noun;
    } else if (kind_at(b, c - 1) == CHUNK_COMMA && now->object != NOWHERE) {
        sketch_attach(s, noun, now->verb, DEPREL_PARATAXIS);
    } else {
        place_object(b, noun);
    }
    now->last_noun = noun;
}

static void attach_waiting(struct builder *b, int verb)
{
    struct clause *now = &b->now;

    for (int i = 0; i < now->waits; i++)
        sketch_attach(b->s, now->waiting[i], verb, now->waiting_rel[i]);
    now->waits = 0;
}

static void attach_subject(struct builder *b, const struct chunk *v, int subject)
{
    if (subject == NOWHERE)
        return;
    if (b->s->token[subject].xpos == XPOS_EX)
        sketch_attach(b->s, subject, v->head, DEPREL_EXPL);
    else
        sketch_attach(b->s, subject, v->head,
                      v->passive ? DEPREL_NSUBJ_PASS : DEPREL_NSUBJ);
}

static void enter(struct builder *b, const struct chunk *v)
{
    struct clause *now = &b->now;

    now->verb = v->head;
    now->subject = now->object = now->mark = now->wh = now->and = NOWHERE;
    now->copula = v->copula;
    now->passive = v->passive || (!v->finite && b->s->token[v->head].xpos == XPOS_VBN);
    now->speech = verb_speaks(&b->s->token[v->head]);
    now->fronted = false;
}

/* A relative clause: "who fled", "that the army holds", "where he lived". */
static void open_relative(struct builder *b, const struct chunk *v)
{
    struct clause *now = &b->now;
    struct sketch *s = b->s;
    int wh = now->wh, antecedent = now->antecedent, subject = now->subject;
    bool adverb = s->token[wh].xpos == XPOS_WRB;

    sketch_attach(s, v->head, antecedent, DEPREL_ACL_RELCL);
    if (adverb)
        sketch_attach(s, wh, v->head, DEPREL_ADVMOD);
    else if (subject == NOWHERE || subject == antecedent)
        attach_subject(b, v, wh);
    else
        sketch_attach(s, wh, v->head, DEPREL_OBJ);
    if (subject != NOWHERE && subject != antecedent)
        attach_subject(b, v, subject);
    enter(b, v);
}

/* A clause with its own opening word: "that …", "when …", "if …". */
static void open_marked(struct builder *b, const struct chunk *v)
{
    struct clause *now = &b->now;
    struct sketch *s = b->s;
    int mark = now->mark, outer = now->verb;
    const struct token *word = tok(b, mark);
    bool content = token_is(word, "that") || token_is(word, "whether") ||
                   (token_is(word, "if") && outer != NOWHERE && now->speech);
    bool wh = word->xpos == XPOS_WRB || word->xpos == XPOS_WP || word->xpos == XPOS_WDT;

    if (word->xpos == XPOS_WRB)
        sketch_attach(s, mark, v->head, DEPREL_ADVMOD);
    else if (wh && now->subject == NOWHERE)
        attach_subject(b, v, mark);
    else
        sketch_attach(s, mark, v->head, wh ? DEPREL_OBJ : DEPREL_MARK);
    attach_subject(b, v, now->subject);
    if (outer == NOWHERE) {
        enter(b, v);
        now->fronted = true;
        return;
    }
    if (content && now->last_noun != NOWHERE && !now->speech &&
        s->head[now->last_noun] == outer)
        sketch_attach(s, v->head, now->last_noun, DEPREL_ACL);
    else
        sketch_attach(s, v->head, outer,
                      content || (wh && (now->speech || word->xpos != XPOS_WRB))
                          ? DEPREL_CCOMP
                          : DEPREL_ADVCL);
    enter(b, v);
}

/* A second main clause without a conjunction: "…, he said"; "He said they left". */
static void open_bare(struct builder *b, const struct chunk *v, bool comma)
{
    struct clause *now = &b->now;
    struct sketch *s = b->s;
    int subject = now->subject, before = now->verb;

    if (comma && verb_speaks(tok(b, v->head)) && b->root != NOWHERE) {
        sketch_attach(s, b->root, v->head, DEPREL_CCOMP);
        s->head[v->head] = NOWHERE;
        b->root = v->head;
    } else {
        sketch_attach(s, v->head, before,
                      now->speech ? DEPREL_CCOMP : DEPREL_PARATAXIS);
    }
    attach_subject(b, v, subject);
    enter(b, v);
}

static void on_finite(struct builder *b, int c, bool comma)
{
    struct clause *now = &b->now;
    struct sketch *s = b->s;
    const struct chunk *v = &s->chunk[c];

    if (now->wh != NOWHERE && now->antecedent != NOWHERE) {
        if (now->verb == NOWHERE && !b->inside) {
            b->outer = *now;
            b->outer.wh = NOWHERE;
            b->inside = true;
            if (now->subject == NOWHERE)
                b->outer.subject = now->antecedent;
            else if (b->outer.subject != now->antecedent &&
                     now->antecedent != NOWHERE && kind_at(b, c - 1) == CHUNK_NOUN)
                b->outer.subject = first_conjunct(b, now->antecedent);
            now->waits = 0;
        }
        open_relative(b, v);
        return;
    }
    if (b->inside && now->verb != NOWHERE && now->mark == NOWHERE && now->and
        == NOWHERE && (now->subject == NOWHERE || kind_at(b, c - 1) != CHUNK_NOUN)) {
        *now = b->outer;
        b->inside = false;
    }
    if (now->mark != NOWHERE) {
        open_marked(b, v);
    } else if (now->verb == NOWHERE) {
        attach_waiting(b, v->head);
        attach_subject(b, v, now->subject);
        b->root = b->root == NOWHERE ? v->head : b->root;
        if (b->root != v->head)
            sketch_attach(s, v->head, b->root, DEPREL_PARATAXIS);
        enter(b, v);
    } else if (now->and != NOWHERE) {
        sketch_attach(s, v->head, now->verb, DEPREL_CONJ);
        sketch_attach(s, now->and, v->head, DEPREL_CC);
        attach_subject(b, v, now->subject);
        enter(b, v);
    } else {
        open_bare(b, v, comma);
    }
}

static void on_infinitive(struct builder *b, int c)
{
    struct clause *now = &b->now;
    struct sketch *s = b->s;
    const struct chunk *v = &s->chunk[c];
    enum chunk_kind before = kind_at(b, c - 1);

    if (now->and != NOWHERE && now->verb != NOWHERE) {
        sketch_attach(s, v->head, now->verb, DEPREL_CONJ);
        sketch_attach(s, now->and, v->head, DEPREL_CC);
        enter(b, v);
        return;
    }
    if (now->verb == NOWHERE) {
        if (now->subject != NOWHERE && before == CHUNK_NOUN) {
            sketch_attach(s, v->head, now->last_noun,
                          DEPREL_ACL); /* "the plan to go" */
            return;
        }
        enter(b, v);
        now->fronted = true;
        return;
    }
    if (now->copula)
        set_predicate(b, v->head);
    else if (before == CHUNK_VERB || before == CHUNK_ADJECTIVE)
        sketch_attach(s, v->head, s->chunk[c - 1].head, DEPREL_XCOMP);
    else if (before == CHUNK_NOUN && verb_controls(tok(b, now->verb)))
        sketch_attach(s, v->head, now->verb, DEPREL_XCOMP);
    else
        sketch_attach(s, v->head, now->verb, DEPREL_ADVCL);
    enter(b, v);
}

/* "protesting", "killed" without an auxiliary. */
static void on_participle(struct builder *b, int c)
{
    struct clause *now = &b->now;
    struct sketch *s = b->s;
    const struct chunk *v = &s->chunk[c];
    enum chunk_kind before = kind_at(b, c - 1);
    int outer = now->verb;

    if (before == CHUNK_IN || now->mark != NOWHERE) { /* "after leaving" */
        int mark = now->mark != NOWHERE ? now->mark : s->chunk[c - 1].head;

        sketch_attach(s, mark, v->head, DEPREL_MARK);
        if (token_is(tok(b, mark), "of") && now->last_noun != NOWHERE)
            sketch_attach(s, v->head, now->last_noun, DEPREL_ACL);
        else if (outer != NOWHERE)
            sketch_attach(s, v->head, outer, DEPREL_ADVCL);
    } else if (before == CHUNK_NOUN && now->last_noun != NOWHERE) {
        sketch_attach(s, v->head, now->last_noun, DEPREL_ACL);
        if (outer == NOWHERE && !b->inside) {
            b->outer = *now;
            b->inside = true;
            now->waits = 0;
        }
    } else if (now->and != NOWHERE && outer != NOWHERE) {
        sketch_attach(s, v->head, outer, DEPREL_CONJ);
        sketch_attach(s, now->and, v->head, DEPREL_CC);
    } else if (outer != NOWHERE) {
        sketch_attach(s, v->head, outer,
                      before == CHUNK_VERB ? DEPREL_XCOMP : DEPREL_ADVCL);
    }
    enter(b, v);
    now->fronted = outer == NOWHERE && s->head[v->head] == NOWHERE;
}

/* "Two killed in blast", "the police fired": a participle that is the verb after all,
 * when no other finite verb follows in the clause. */
static bool is_finite_after_all(const struct builder *b, int c)
{
    const struct word *w = b->s->word[b->s->chunk[c].head];
    const struct chunk *v = &b->s->chunk[c];

    if (b->now.verb != NOWHERE || b->now.subject == NOWHERE || v->infinitive ||
        kind_at(b, c - 1) == CHUNK_COMMA || tok(b, v->head)->xpos != XPOS_VBN)
        return false;
    if (!w || !(w->tags & 1ull << XPOS_VBD))
        return false;
    for (int k = c + 1; k < b->s->chunks && kind_at(b, k) != CHUNK_AND; k++)
        if (kind_at(b, k) == CHUNK_VERB && b->s->chunk[k].finite)
            return false;
    return true;
}

/* Whether a clause follows the word at chunk c: a subject and a finite verb. */
static bool opens_clause(const struct builder *b, int c)
{
    static const char *const openers[] = { "if",       "because", "while",
                                           "although", "though",  "whether",
                                           "unless",   "that",    "whereas" };
    const struct token *t = tok(b, b->s->chunk[c].head);
    int k = c + 1;

    for (size_t i = 0; i < COUNT(openers); i++)
        if (token_is(t, openers[i]))
            return !(token_is(t, "because") && k < b->s->chunks &&
                     token_is(tok(b, b->s->chunk[k].head), "of"));
    if (!token_is(t, "as") && !token_is(t, "after") && !token_is(t, "before") &&
        !token_is(t, "since") && !token_is(t, "until") && !token_is(t, "once") &&
        !token_is(t, "so") && !token_is(t, "than") && !token_is(t, "till") &&
        !token_is(t, "for"))
        return false;
    if (kind_at(b, k) != CHUNK_NOUN)
        return false;
    while (kind_at(b, k + 1) == CHUNK_IN && kind_at(b, k + 2) == CHUNK_NOUN)
        k += 2;
    while (kind_at(b, k + 1) == CHUNK_AND && kind_at(b, k + 2) == CHUNK_NOUN)
        k += 2;
    return finite_at(b, k + 1) &&
           !(b->now.verb == NOWHERE && b->now.subject == NOWHERE && token_is(t, "for"));
}

/* "The troops stationed there left": a past form with another finite verb after it and
 * no new subject between is a participle. */
static bool is_participle_after_all(const struct builder *b, int c)
{
    const struct chunk *v = &b->s->chunk[c];
    const struct word *w = b->s->word[v->head];

    if (b->now.verb != NOWHERE || v->end - v->first > 1 || !w ||
        tok(b, v->head)->xpos != XPOS_VBD || !(w->tags & 1ull << XPOS_VBN) ||
        kind_at(b, c - 1) != CHUNK_NOUN ||
        tok(b, b->s->chunk[c - 1].head)->xpos == XPOS_PRP)
        return false;
    for (int k = c + 1; k < b->s->chunks; k++) {
        if (kind_at(b, k) == CHUNK_IN && opens_clause(b, k))
            return false;
        if (kind_at(b, k) == CHUNK_VERB)
            return b->s->chunk[k].finite && kind_at(b, k - 1) != CHUNK_AND;
        if (kind_at(b, k) == CHUNK_NOUN
                ? kind_at(b, k - 1) != CHUNK_IN
                : kind_at(b, k) != CHUNK_IN && kind_at(b, k) != CHUNK_ADVERB)
            return false;
    }
    return false;
}

static void on_verb(struct builder *b, int c, bool comma)
{
    struct chunk *v = &b->s->chunk[c];

    if (!v->finite && is_finite_after_all(b, c)) {
        b->s->token[v->head].xpos = XPOS_VBD;
        v->finite = true;
    } else if (v->finite && is_participle_after_all(b, c)) {
        b->s->token[v->head].xpos = XPOS_VBN;
        v->finite = false;
    }
    if (v->finite)
        on_finite(b, c, comma);
    else if (v->infinitive)
        on_infinitive(b, c);
    else
        on_participle(b, c);
}

static void on_in(struct builder *b, int c)
{
    struct clause *now = &b->now;
    int word = b->s->chunk[c].head;

    if (token_is(tok(b, word), "that") && kind_at(b, c - 1) == CHUNK_NOUN &&
        finite_at(b, c + 1)) {
        now->wh = word;
        now->antecedent = now->last_noun;
        b->s->token[word].xpos = XPOS_WDT;
        return;
    }
    if (!opens_clause(b, c))
        return;
    if (now->fronted && now->verb != NOWHERE && now->waits == 0 && false)
        close_fronted(b);
    now->mark = word;
    if (now->verb != NOWHERE)
        now->subject = NOWHERE;
}

static void on_wh(struct builder *b, int c)
{
    struct clause *now = &b->now;
    int word = b->s->chunk[c].head, before = c - 1;

    if (kind_at(b, before) == CHUNK_COMMA || kind_at(b, before) == CHUNK_IN)
        before--;
    if (kind_at(b, before) == CHUNK_NOUN && now->last_noun != NOWHERE &&
        !(tok(b, word)->xpos == XPOS_WRB && !token_is(tok(b, word), "where"))) {
        now->wh = word;
        now->antecedent = now->last_noun;
        return;
    }
    now->mark = word;
    if (now->verb != NOWHERE)
        now->subject = NOWHERE;
}

static void on_comma(struct builder *b, int c)
{
    struct clause *now = &b->now;

    if (now->fronted && now->verb != NOWHERE && kind_at(b, c + 1) != CHUNK_AND) {
        close_fronted(b);
        return;
    }
    if (b->inside && now->verb != NOWHERE &&
        (finite_at(b, c + 1) || (kind_at(b, c + 1) == CHUNK_IN))) {
        *now = b->outer;
        b->inside = false;
    }
}

static void on_adjective(struct builder *b, int c)
{
    struct clause *now = &b->now;
    int word = b->s->chunk[c].head;

    if (now->and != NOWHERE && kind_at(b, c - 2) == CHUNK_ADJECTIVE) {
        sketch_attach(b->s, word, b->s->chunk[c - 2].head, DEPREL_CONJ);
        sketch_attach(b->s, now->and, word, DEPREL_CC);
        now->and = NOWHERE;
    } else if (now->verb != NOWHERE && now->copula) {
        set_predicate(b, word);
    } else if (now->verb != NOWHERE && kind_at(b, c - 1) == CHUNK_VERB) {
        sketch_attach(b->s, word, now->verb, DEPREL_XCOMP);
    } else if (now->last_noun != NOWHERE && kind_at(b, c - 1) == CHUNK_NOUN) {
        sketch_attach(b->s, word, now->last_noun, DEPREL_AMOD);
    }
}

static void on_chunk(struct builder *b, int c)
{
    const struct chunk *k = &b->s->chunk[c];
    bool comma = false;

    switch (k->kind) {
    case CHUNK_NOUN: on_noun(b, c); break;
    case CHUNK_VERB:
        for (int i = c - 1; i >= 0 && i >= c - 4; i--)
            comma =
                comma || kind_at(b, i) == CHUNK_COMMA || (kind_at(b, i) == CHUNK_MARK);
        on_verb(b, c, comma);
        break;
    case CHUNK_IN: on_in(b, c); break;
    case CHUNK_WH: on_wh(b, c); break;
    case CHUNK_AND:
        b->now.and = k->head;
        if (b->now.verb != NOWHERE)
            b->now.subject = NOWHERE;
        break;
    case CHUNK_COMMA: on_comma(b, c); break;
    case CHUNK_ADJECTIVE: on_adjective(b, c); break;
    case CHUNK_ADVERB:
        modify_clause(b, k->head,
                      tok(b, k->head)->xpos == XPOS_RP ? DEPREL_COMPOUND_PRT
                                                       : DEPREL_ADVMOD);
        break;
    case CHUNK_MARK:
    case CHUNK_OTHER: break;
    }
}

/* The root when there is no verb: the first phrase, else the first word. */
static int root_without_verb(const struct builder *b)
{
    if (b->now.fronted && b->now.verb != NOWHERE)
        return b->now.verb;
    for (int c = 0; c < b->s->chunks; c++)
        if (kind_at(b, c) == CHUNK_NOUN)
            return first_conjunct(b, b->s->chunk[c].head);
    for (int i = 0; i < b->s->tokens; i++)
        if (ascii_is_word(*b->s->token[i].form.ptr))
            return i;
    return 0;
}

static enum deprel loose_rel(const struct token *t)
{
    if (t->upos == UPOS_PUNCT)
        return DEPREL_PUNCT;
    switch (t->xpos) {
    case XPOS_CC: return DEPREL_CC;
    case XPOS_IN: return DEPREL_MARK;
    case XPOS_RB: return DEPREL_ADVMOD;
    case XPOS_UH: return DEPREL_DISCOURSE;
    case XPOS_NN:
    case XPOS_NNS:
    case XPOS_NNP:
    case XPOS_VBD:
    case XPOS_VBZ:
    case XPOS_VBP: return DEPREL_PARATAXIS;
    default: return DEPREL_DEP;
    }
}

/* Breaks what would go in a circle, so that every path ends at the root. */
static void make_tree(struct builder *b)
{
    struct sketch *s = b->s;

    for (int i = 0; i < s->tokens; i++) {
        int at = i, steps = 0;

        while (at != b->root && s->head[at] != NOWHERE && steps++ <= s->tokens)
            at = s->head[at];
        if (at != b->root) {
            int loose = steps > s->tokens ? i : at;

            sketch_attach(s, loose, b->root, loose_rel(&s->token[loose]));
        }
    }
}

static void finish(struct builder *b)
{
    struct sketch *s = b->s;
    int verb;

    if (b->root == NOWHERE) {
        b->root = root_without_verb(b);
        s->head[b->root] = NOWHERE;
    }
    verb = b->now.verb != NOWHERE ? b->now.verb : b->root;
    if (b->now.subject != NOWHERE && s->head[b->now.subject] == NOWHERE &&
        b->now.subject != b->root)
        sketch_attach(s, b->now.subject, b->root, DEPREL_PARATAXIS);
    for (int i = 0; i < b->now.waits; i++)
        if (b->now.waiting[i] != b->root && s->head[b->now.waiting[i]] == NOWHERE)
            sketch_attach(s, b->now.waiting[i], verb, b->now.waiting_rel[i]);
    s->head[b->root] = NOWHERE;
    make_tree(b);
    s->token[b->root].rel = DEPREL_ROOT;
}

struct sketch *sketch_new(struct arena *arena)
{
    return NEW(arena, struct sketch, 1);
}

void parse_sentence(struct sketch *sketch, struct text *text, const struct sentence *s,
                    const struct word *const *words)
{
    struct builder builder = { .s = sketch, .root = NOWHERE }, *b = &builder;

    sketch->token = &text->token.at[s->first];
    sketch->word = words + s->first;
    sketch->tokens = (int)s->tokens;
    sketch_chunks(sketch);
    b->now = empty_clause();
    for (int c = 0; c < sketch->chunks; c++)
        on_chunk(b, c);
    finish(b);
    for (int i = 0; i < sketch->tokens; i++) {
        struct token *t = &sketch->token[i];

        t->head = sketch->head[i] == NOWHERE ? TOKEN_NONE
                                             : s->first + (uint32_t)sketch->head[i];
        t->upos = (uint8_t)upos_refine(t);
    }
}
