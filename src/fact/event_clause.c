#include "fact/event_clause.h"

#include "fact/event_tree.h"
#include "text/dateline.h"

#define STEPS 40 /* up a tree; a longer chain of heads is none that a reader follows */

/* Tokens first..last, both inside. */
struct run {
    uint32_t first, last;
};

static bool has_subject(const struct text *text, uint32_t i)
{
    return tree_child(text, i, DEPREL_NSUBJ) != TOKEN_NONE ||
           tree_child(text, i, DEPREL_NSUBJ_PASS) != TOKEN_NONE ||
           tree_child(text, i, DEPREL_EXPL) != TOKEN_NONE;
}

/* Whether the word is a clause by itself: a verb with its own place in the sentence, or
 * whatever has a subject. */
static bool heads_clause(const struct text *text, uint32_t i)
{
    const struct token *t = tree_token(text, i);

    if (t->rel == DEPREL_AUX || t->rel == DEPREL_AUX_PASS || t->rel == DEPREL_COP)
        return false;
    if (has_subject(text, i))
        return true;
    switch (t->rel) {
    case DEPREL_XCOMP:
    case DEPREL_CCOMP:
    case DEPREL_CSUBJ:
    case DEPREL_ADVCL:
    case DEPREL_AMOD:
    case DEPREL_COMPOUND: return false; /* no clause without the one above */
    default: return t->upos == UPOS_VERB;
    }
}

/* The first of joined words, where the one joined has no subject of its own: "and
 * killing" is a clause as "sending" is one. */
static uint32_t first_joined(const struct text *text, uint32_t i)
{
    for (uint32_t step = 0; step < STEPS; step++) {
        const struct token *t = tree_token(text, i);

        if (t->rel != DEPREL_CONJ || t->head == TOKEN_NONE || has_subject(text, i))
            break;
        i = t->head;
    }
    return i;
}

static uint32_t clause_head(const struct text *text, uint32_t word)
{
    for (uint32_t step = 0; step < STEPS && word != TOKEN_NONE; step++) {
        if (heads_clause(text, word) && heads_clause(text, first_joined(text, word)))
            return word;
        word = tree_token(text, word)->head;
    }
    return TOKEN_NONE;
}

/* A dependent that tells something of its own, not a part of its head's clause. */
static bool stands_apart(const struct text *text, uint32_t head, uint32_t i)
{
    const struct token *t = tree_token(text, i);

    switch (t->rel) {
    case DEPREL_PARATAXIS:
    case DEPREL_DISCOURSE:
    case DEPREL_VOCATIVE:
    case DEPREL_LIST:
    case DEPREL_PUNCT: return true;
    case DEPREL_MARK: return i < head && !str_eq(t->lower, STR("to"));
    case DEPREL_CC: return i < head;
    case DEPREL_CONJ: return t->upos == UPOS_VERB || has_subject(text, i);
    default: return false;
    }
}

/* Whether a token hangs below head, through nothing that stands apart or is `but`. */
static bool belongs(const struct text *text, uint32_t head, uint32_t i, uint32_t but)
{
    for (uint32_t step = 0; step < STEPS && i != TOKEN_NONE && i != but; step++) {
        uint32_t up = tree_token(text, i)->head;

        if (i == head)
            return true;
        if (up == head && stands_apart(text, head, i))
            return false;
        i = up;
    }
    return false;
}

/* Past what only joins the clause to another: "and …", "hours after …", "when …". */
static uint32_t past_joint(const struct text *text, uint32_t head, uint32_t first)
{
    uint32_t mark = tree_child(text, head, DEPREL_MARK), i = first;

    if (mark != TOKEN_NONE && mark >= first && mark < head &&
        stands_apart(text, head, mark))
        i = mark + 1;
    while (i < head && (tree_token(text, i)->upos == UPOS_CCONJ ||
                        tree_token(text, i)->upos == UPOS_PUNCT ||
                        str_eq(tree_token(text, i)->lower, STR("when")) ||
                        (tree_token(text, i)->rel == DEPREL_CASE &&
                         tree_token(text, i)->head == head)))
        i++;
    return i;
}

/* From the first to the last token that belongs to head. */
static struct run run_of(const struct text *text, uint32_t head, uint32_t but)
{
    uint32_t body = dateline_end(text, tree_token(text, head)->sentence);
    struct tree_range s = tree_sentence(text, head);
    struct run r = { head, head };
    if (body <= head)
        s.first = body;

    while (r.first > s.first && !belongs(text, head, s.first, but))
        s.first++;
    while (s.end > r.last + 1 && !belongs(text, head, s.end - 1, but))
        s.end--;
    r.first = s.first;
    r.last = s.end - 1;
    r.first = past_joint(text, head, r.first);
    return r;
}

/* The phrase of a subject that stands elsewhere, without clauses of its own. */
static struct run subject_run(const struct text *text, uint32_t subject, uint32_t verb)
{
    uint32_t relative = tree_child(text, subject, DEPREL_ACL_RELCL);
    struct run r;

    if (tree_token(text, subject)->rel == DEPREL_FLAT) /* "Colonel Aske" */
        subject = tree_token(text, subject)->head;
    r = run_of(text, subject, relative == TOKEN_NONE ? verb : relative);

    while (r.last > subject && tree_token(text, r.last)->upos == UPOS_PUNCT)
        r.last--;
    while (r.first < subject && tree_token(text, r.first)->rel == DEPREL_CASE &&
           tree_token(text, r.first)->head == subject)
        r.first++;
    return r;
}

static struct span bytes_of(const struct text *text, struct run r)
{
    return (struct span){ tree_token(text, r.first)->start,
                          tree_token(text, r.last)->end };
}

struct clause event_clause(const struct text *text, uint32_t word)
{
    uint32_t head = clause_head(text, word), subject;
    struct run clause, who;

    if (head == TOKEN_NONE)
        return (struct clause){ 0 };
    clause = run_of(text, head, TOKEN_NONE);
    subject = tree_subject(text, head);
    if (subject == TOKEN_NONE || subject >= clause.first)
        return (struct clause){ .words = bytes_of(text, clause) };
    who = subject_run(text, subject, head);
    if (who.last + 2 < clause.first)
        return (struct clause){ bytes_of(text, who), bytes_of(text, clause) };
    clause.first = who.first; /* next to it, at most a comma between */
    return (struct clause){ .words = bytes_of(text, clause) };
}
