/* A verb of politics asks for somebody with a will: "the win suggests", "the device allows
 * him to walk" and "plants release vapours" are no requests, concessions or retreats. */
#include "fact/event_draft.h"
#include "fact/event_tree.h"
#include "text/word.h"

static enum word_sense sense_of(const struct token *t)
{
    const struct word *w = word_find(t->lemma.len > 0 ? t->lemma : t->lower);

    return w ? (enum word_sense)w->sense : SENSE_NONE;
}

static bool is_class(const struct token *t, struct str class)
{
    const struct lex_entry *e = lex_find(&lex_object_classes, t->lemma);

    return e && str_eq(e->field[LEX_OBJECT_CLASSES_CLASS], class);
}

/* "The report accuses", "the court's ruling bars": what their makers do through them. */
static bool speaks_for_makers(const struct token *t, enum event_type type)
{
    if (is_class(t, STR("document")))
        return type >= EVENT_REQUEST && type <= EVENT_THREATEN;
    return is_class(t, STR("law")) &&
           (type == EVENT_COERCE || type == EVENT_SANCTION || type == EVENT_REJECT);
}

static bool has_will(const struct reading *r, uint32_t token, enum event_type type)
{
    const struct token *t;

    token = tree_counted(r->text, tree_meant(r->text, token));
    t = &r->text->token.at[token];
    if (t->upos != UPOS_NOUN || object_class(r->facts, token) != OBJECT_THING)
        return true;
    if (is_class(t, STR("body")))
        return true;
    return sense_of(t) != SENSE_TIME && sense_of(t) != SENSE_ACT &&
           (sense_of(t) != SENSE_OTHER || speaks_for_makers(t, type));
}

/* Its own subject or agent, or the noun that its relative clause tells of. */
static bool is_own_subject(const struct text *text, uint32_t verb)
{
    return tree_child(text, verb, DEPREL_NSUBJ) != TOKEN_NONE ||
           tree_child(text, verb, DEPREL_NSUBJ_PASS) != TOKEN_NONE ||
           text->token.at[verb].rel == DEPREL_ACL_RELCL;
}

bool event_lacks_will(const struct reading *r, struct draft *d)
{
    if (d->type == EVENT_ASSAULT || d->type == EVENT_INCIDENT ||
        d->type == EVENT_PROTEST || d->type == EVENT_MOBILIZE || d->sides.actors == 0)
        return false;
    for (uint32_t i = 0; i < d->sides.actors; i++)
        if (has_will(r, d->sides.actor[i], d->type))
            return false;
    d->sides.actors = 0;
    return is_own_subject(r->text, d->code.trigger);
}
