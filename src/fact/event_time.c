#include "fact/event_draft.h"
#include "fact/event_tree.h"

#define STEPS 40 /* up a tree; a longer chain of heads is none that a reader follows */

/* How a time of the sentence belongs to an event, best first. */
enum bond {
    BOND_OWN,    /* "was arrested on Tuesday", "Tuesday's bombing" */
    BOND_SHARED, /* "fled on Tuesday and was arrested", "killed when it fell on Tuesday" */
    BOND_LOOSE,  /* the tree doesn't tell */
    BOND_FOREIGN /* "said on Tuesday that two men had been arrested" */
};

static bool is_speech(const struct token *t)
{
    return t->upos == UPOS_VERB && lex_find(&lex_reporting, t->lemma) != NULL;
}

/* The verb, or what has a subject, that a token belongs to; itself if it is one. */
static uint32_t predicate_of(const struct text *text, uint32_t i)
{
    for (uint32_t step = 0; step < STEPS && i != TOKEN_NONE; step++) {
        const struct token *t = tree_token(text, i);

        if (t->upos == UPOS_VERB || tree_child(text, i, DEPREL_NSUBJ) != TOKEN_NONE ||
            tree_child(text, i, DEPREL_NSUBJ_PASS) != TOKEN_NONE)
            return i;
        i = t->head;
    }
    return TOKEN_NONE;
}

/* The word of the time that the rest of it hangs on. */
static uint32_t head_of(const struct text *text, const struct when *w)
{
    for (uint32_t i = w->first; i < w->first + w->tokens; i++) {
        uint32_t up = tree_token(text, i)->head;

        if (up == TOKEN_NONE || up < w->first || up >= w->first + w->tokens)
            return i;
    }
    return w->first;
}

/* "when", "as" and "while" join what happens at one time; "after" doesn't. */
static bool at_one_time(const struct text *text, uint32_t clause)
{
    uint32_t mark = tree_child(text, clause, DEPREL_MARK);
    struct str word;

    if (mark == TOKEN_NONE)
        return true;
    word = tree_token(text, mark)->lower;
    return !str_eq(word, STR("after")) && !str_eq(word, STR("before")) &&
           !str_eq(word, STR("since")) && !str_eq(word, STR("until")) &&
           !str_eq(word, STR("if"));
}

/* What one clause's time is worth for the other, by how the lower one hangs above. */
static enum bond step_bond(const struct text *text, uint32_t lower, bool time_is_lower)
{
    const struct token *t = tree_token(text, lower);
    uint32_t up = predicate_of(text, t->head);

    switch (t->rel) {
    case DEPREL_CONJ:
    case DEPREL_XCOMP: return BOND_SHARED;
    case DEPREL_ADVCL: return at_one_time(text, lower) ? BOND_SHARED : BOND_FOREIGN;
    case DEPREL_ACL: return time_is_lower ? BOND_FOREIGN : BOND_SHARED;
    case DEPREL_PARATAXIS:
        return is_speech(t) || (up != TOKEN_NONE && is_speech(tree_token(text, up)))
                   ? BOND_FOREIGN
                   : BOND_LOOSE;
    case DEPREL_ACL_RELCL: return time_is_lower ? BOND_FOREIGN : BOND_LOOSE;
    case DEPREL_CCOMP:
    case DEPREL_CSUBJ: return BOND_FOREIGN;
    default: return BOND_LOOSE;
    }
}

/* From the lower of two clauses up to the other; LOOSE where it isn't above. */
static bool climb(const struct text *text, uint32_t lower, uint32_t upper,
                  bool time_is_lower, enum bond *bond)
{
    *bond = BOND_SHARED;
    for (uint32_t step = 0; step < STEPS && lower != TOKEN_NONE; step++) {
        enum bond b;

        if (lower == upper)
            return true;
        b = step_bond(text, lower, time_is_lower);
        if (b > *bond)
            *bond = b;
        lower = predicate_of(text, tree_token(text, lower)->head);
    }
    *bond = BOND_LOOSE;
    return false;
}

static enum bond bond_of(const struct text *text, uint32_t trigger,
                         const struct when *w)
{
    uint32_t event = predicate_of(text, trigger), i = head_of(text, w), time;
    enum bond bond;

    time = predicate_of(text, i);
    for (uint32_t step = 0; step < STEPS && i != TOKEN_NONE && i != time; step++) {
        if (i == trigger)
            return BOND_OWN;
        i = tree_token(text, i)->head;
    }
    if (time == TOKEN_NONE || event == TOKEN_NONE)
        return BOND_LOOSE;
    if (time == event)
        return BOND_OWN;
    if (!climb(text, event, time, false, &bond))
        (void)climb(text, time, event, true, &bond);
    return bond;
}

void event_find_time(const struct reading *r, struct event *e)
{
    struct tree_range range = tree_sentence(r->text, e->trigger);
    enum bond best = BOND_FOREIGN;
    uint32_t nearest = UINT32_MAX;

    for (uint32_t i = 0; i < r->facts->when.count; i++) {
        const struct when *w = &r->facts->when.at[i];
        enum bond bond;
        uint32_t far;

        if (w->first < range.first || w->first >= range.end ||
            w->type == TIME_DURATION || w->type == TIME_SET)
            continue;
        bond = bond_of(r->text, e->trigger, w);
        far = w->first > e->trigger ? w->first - e->trigger : e->trigger - w->first;
        if (bond == BOND_FOREIGN || bond > best || (bond == best && far >= nearest))
            continue;
        best = bond;
        nearest = far;
        e->time = i;
        e->day = w->begin_day;
        e->end_day = w->end_day;
    }
}
