#include "fact/bond.h"

#include "fact/event_tree.h"
#include "lex/lex.h"

#define STEPS 40 /* up a tree; a longer chain of heads is none that a reader follows */

static bool is_speech(const struct token *t)
{
    return t->upos == UPOS_VERB && lex_find(&lex_reporting, t->lemma) != NULL;
}

uint32_t bond_predicate(const struct text *text, uint32_t i)
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

uint32_t bond_head(const struct text *text, uint32_t first, uint32_t tokens)
{
    for (uint32_t i = first; i < first + tokens; i++) {
        uint32_t up = tree_token(text, i)->head;

        if (up == TOKEN_NONE || up < first || up >= first + tokens)
            return i;
    }
    return first;
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
    uint32_t up = bond_predicate(text, t->head);

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
        lower = bond_predicate(text, tree_token(text, lower)->head);
    }
    *bond = BOND_LOOSE;
    return false;
}

enum bond bond_of(const struct text *text, uint32_t happening, uint32_t first,
                  uint32_t tokens)
{
    uint32_t event = bond_predicate(text, happening), time;
    uint32_t i = bond_head(text, first, tokens);
    enum bond bond;

    if (tree_token(text, happening)->sentence != tree_token(text, first)->sentence)
        return BOND_FOREIGN;
    time = bond_predicate(text, i);
    for (uint32_t step = 0; step < STEPS && i != TOKEN_NONE && i != time; step++) {
        if (i == happening)
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

uint32_t bond_time(const struct facts *facts, uint32_t happening, enum bond worst)
{
    struct tree_range range = tree_sentence(facts->text, happening);
    enum bond best = worst;
    uint32_t nearest = UINT32_MAX, found = FACT_NONE;

    for (uint32_t i = 0; i < facts->when.count; i++) {
        const struct when *w = &facts->when.at[i];
        enum bond bond;
        uint32_t far;

        if (w->first < range.first || w->first >= range.end ||
            w->type == TIME_DURATION || w->type == TIME_SET)
            continue;
        bond = bond_of(facts->text, happening, w->first, w->tokens);
        far = w->first > happening ? w->first - happening : happening - w->first;
        if (bond > best || (bond == best && far >= nearest))
            continue;
        best = bond;
        nearest = far;
        found = i;
    }
    return found;
}

static bool is_kind_of_place(const struct token *t)
{
    const struct lex_entry *e = lex_find(&lex_object_classes, t->lemma);

    return e && str_eq(e->field[LEX_OBJECT_CLASSES_CLASS], STR("place"));
}

/* Where the search for a preposition begins: "in the largest city, Lunden", "in the southern
 * provinces of Karsk and Orlan" have it before their noun. */
static uint32_t phrase_start(const struct text *text, uint32_t first)
{
    const struct token *t = text->token.at;

    if (first < 2 || !is_kind_of_place(&t[first - 2]))
        return first;
    return str_in(t[first - 1].form, ",|of") ? first - 1 : first;
}

uint32_t bond_preposition(const struct text *text, uint32_t first)
{
    uint32_t start = phrase_start(text, first), window = start < first ? 8 : 4;

    for (uint32_t back = 1; back <= window && back <= start; back++) {
        const struct token *t = &text->token.at[start - back];

        if (str_in(t->lower, "in|at|near|on|outside|inside|from|around|across|to|into|"
                             "off|through|between|along"))
            return start - back;
        if (t->upos == UPOS_VERB || t->upos == UPOS_PUNCT)
            return TOKEN_NONE;
    }
    return TOKEN_NONE;
}
