#include "fact/figure_agent.h"

#include "fact/event_tree.h"

#define HUNDREDS 100 /* so many who arrive have fled; two have travelled */

static const struct token *token_at(const struct scan *s, uint32_t i)
{
    return &s->text->token.at[i];
}

static bool is_armed(struct str class_name)
{
    return str_in(class_name, "rebel|criminal|militia");
}

static bool is_force(struct str class_name)
{
    return str_in(class_name, "police|military|security");
}

/* Class of the people that the noun at the token names; empty: none. */
static struct str class_of(const struct scan *s, uint32_t noun)
{
    const struct lex_entry *e = lex_find(&lex_people, token_at(s, noun)->lower);

    for (uint32_t i = 0; i < s->counted.count; i++)
        if (s->counted.at[i].head == noun && s->counted.at[i].people)
            return s->counted.at[i].class_name;
    for (uint32_t i = s->first; i < s->end; i++)
        if (token_at(s, i)->head == noun && token_at(s, i)->rel == DEPREL_AMOD &&
            scan_is_any(s, i, "armed|masked|hooded"))
            return STR("rebel");
    return e ? e->field[LEX_PEOPLE_CLASS] : STR("");
}

/* Whether a noun that did it stands before the verb, or behind "by". */
static bool is_agent_of(const struct scan *s, uint32_t noun, uint32_t verb)
{
    const struct token *t = token_at(s, noun);
    uint32_t by;

    if (t->rel == DEPREL_NSUBJ)
        return t->head == verb || (token_at(s, verb)->rel != DEPREL_ACL_RELCL &&
                                   token_at(s, verb)->head == t->head);
    if (t->rel != DEPREL_OBL && t->rel != DEPREL_OBL_AGENT && t->rel != DEPREL_NMOD)
        return false;
    by = tree_child(s->text, noun, DEPREL_CASE);
    return by != TOKEN_NONE && scan_is(s, by, "by") && by > verb;
}

/* Class of who did it, as far as the sentence names them; empty: not told. */
static struct str agent_class(const struct scan *s, uint32_t verb)
{
    for (uint32_t i = s->first; i < s->end; i++)
        if (is_agent_of(s, i, verb)) {
            struct str name = class_of(s, i);

            if (name.len > 0)
                return name;
        }
    return STR("");
}

/* "streamed across the river": refugees; "crossed the border", "left the city": people by
 * the hundred, too. */
static bool has_fled(const struct scan *s, const struct trigger *t,
                     const struct counted *c)
{
    bool leaves = t->end == t->first + 1 ||
                  scan_is_any(s, t->first, "leave|leaving|left|quit|quitting");

    return str_eq(c->class_name, STR("refugee")) ||
           (leaves && str_in(c->class_name, "people|civilian") &&
            c->amount.low >= HUNDREDS);
}

enum measure agent_measure(const struct scan *s, uint32_t trigger,
                           const struct counted *c, enum measure measure)
{
    const struct trigger *t =
        trigger == TOKEN_NONE ? NULL : scan_trigger_at(s, trigger);

    if (!t)
        return measure;
    if (measure == MEASURE_DISPLACED) {
        if (t->frames & FRAME_MOVE && !has_fled(s, t, c))
            return MEASURE_OTHER;
        return is_armed(c->class_name) || is_force(c->class_name) ? MEASURE_OTHER
                                                                  : measure;
    }
    if (measure == MEASURE_DETAINED && !is_force(c->class_name) &&
        !str_eq(c->class_name, STR("prisoner")) &&
        scan_is_any(s, t->first,
                    "seize|seized|seizes|seizing|hold|holds|held|holding|"
                    "capture|captured|take|took|taken"))
        return is_armed(agent_class(s, t->first)) ? MEASURE_ABDUCTED : measure;
    if (measure == MEASURE_ABDUCTED && scan_is_any(s, t->first,
                                                   "take|took|taken|drag|"
                                                   "dragged|bundled"))
        return is_force(agent_class(s, t->first)) ? MEASURE_DETAINED : measure;
    if (measure == MEASURE_MISSING && t->act == MEASURE_MISSING &&
        (is_armed(c->class_name) || is_force(agent_class(s, t->first))))
        return MEASURE_OTHER; /* "police are searching for three men" */
    return measure;
}
