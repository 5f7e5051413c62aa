#include "fact/event_frame.h"

#include "fact/event_tree.h"

#define CLAUSE_WORDS 20 /* behind the verb, in which its complement begins */

/* An entry in a clause of the text. */
struct use {
    const struct facts *facts;
    const struct text *text;
    const struct governor *g;
    const struct event_code *code;
};

static uint32_t clause_end(const struct use *u)
{
    uint32_t end = tree_sentence(u->text, u->g->verb).end;
    uint32_t far = u->g->verb + 1 + CLAUSE_WORDS;

    return far < end ? far : end;
}

static uint32_t last_word(const struct use *u)
{
    return u->code->count > 0 ? u->code->used[u->code->count - 1] : TOKEN_NONE;
}

/* "asked the rebels to leave", not "asked whether they would". */
static bool asks_for_act(const struct use *u)
{
    uint32_t end = clause_end(u);

    for (uint32_t i = u->g->verb + 1; i < end; i++) {
        const struct token *t = &u->text->token.at[i];

        if (t->upos == UPOS_PART && str_eq(t->lower, STR("to")))
            return true;
        if (str_in(t->lower, "if|whether|what|when|where|why|how|who|:|;"))
            return false;
    }
    return false;
}

/* "that the minister open the files": of one alone it would be "opens", by whatever tag. */
static bool is_subjunctive(const struct use *u, uint32_t verb)
{
    uint32_t subject = tree_child(u->text, verb, DEPREL_NSUBJ);

    return u->text->token.at[verb].xpos == XPOS_VBP && subject != TOKEN_NONE &&
           subject < verb &&
           (u->text->token.at[subject].xpos == XPOS_NN ||
            u->text->token.at[subject].xpos == XPOS_NNP);
}

/* "insists that the dam be closed", "… should close", not "… that it is safe": the first
 * verb of the clause tells. */
static bool wishes(const struct use *u)
{
    uint32_t end = clause_end(u);

    for (uint32_t i = u->g->verb + 1; i < end; i++) {
        const struct token *t = &u->text->token.at[i];

        if (t->upos == UPOS_AUX || t->upos == UPOS_VERB)
            return t->xpos == XPOS_VB || is_subjunctive(u, i) ||
                   str_in(t->lower, "should|must|ought");
    }
    return false;
}

/* "said the dam should close", not "should have held": what was not done is not asked. */
static bool is_duty(const struct use *u)
{
    uint32_t end = clause_end(u);

    for (uint32_t i = last_word(u); i < end && i + 1 < end; i++) {
        const struct token *t = &u->text->token.at[i + 1];

        if (t->upos != UPOS_ADV && t->upos != UPOS_PART)
            return !str_eq(t->lower, STR("have"));
    }
    return false;
}

/* "named his niece as regent", not "the dead were named as Ada Venn and Ivo Stamm". */
static bool leads_to_office(const struct use *u)
{
    uint32_t as = last_word(u);
    uint32_t office = as == TOKEN_NONE ? as : tree_governed(u->text, as);

    return office != TOKEN_NONE && u->text->token.at[office].upos == UPOS_NOUN;
}

/* "went to the island", "to the envoy", not "went to bed", "is going to say". */
static bool arrives(const struct use *u)
{
    uint32_t to = last_word(u);
    enum object_class c;

    if (to == TOKEN_NONE || u->text->token.at[to].upos != UPOS_ADP)
        return false;
    c = object_class(u->facts, tree_governed(u->text, to));
    return c == OBJECT_PLACE || c == OBJECT_PERSON || c == OBJECT_FORCE;
}

/* "was caught by police", not "was caught stealing". */
static bool is_held(const struct use *u)
{
    uint32_t verb = u->g->verb, next = tree_child(u->text, verb, DEPREL_XCOMP);

    if (next == TOKEN_NONE)
        next = verb + 1 < tree_sentence(u->text, verb).end ? verb + 1 : verb;
    return u->text->token.at[next].xpos != XPOS_VBG;
}

/* "warplanes flew over the strait", not "the president". */
static bool is_armed(const struct use *u)
{
    uint32_t subject = u->g->subject;
    const struct lex_entry *e;

    if (subject == TOKEN_NONE)
        return false;
    e = lex_find(&lex_object_classes, u->text->token.at[subject].lemma);
    return object_class(u->facts, subject) == OBJECT_FORCE ||
           (e && str_eq(e->field[LEX_OBJECT_CLASSES_CLASS], STR("weapon")));
}

static bool strikes(const struct use *u)
{
    return !u->g->passive && is_armed(u);
}

static bool happens_to_thing(const struct use *u)
{
    return !may_take_part(u->facts, u->g->subject);
}

#define OF(class) (1u << OBJECT_##class)
#define SOMEBODY (OF(PERSON) | OF(FORCE) | OF(UNKNOWN))
#define ANYTHING (~OF(NONE))
#define NOTHING_TOO (ANYTHING | OF(NONE))

/* By the name in the table: classes that the object may have, what the clause must be. */
static const struct frame {
    struct str name;
    unsigned objects;
    bool (*fits)(const struct use *u); /* NULL: as it likes */
    const char *wanted;
} frames[] = {
    { STR_INIT("person"), SOMEBODY, NULL, "its object must be somebody" },
    { STR_INIT("force"), OF(FORCE), NULL, "its object must bear arms" },
    { STR_INIT("place"), OF(PLACE), NULL, "its object must be a place" },
    { STR_INIT("money"), OF(MONEY), NULL, "its object must be money" },
    { STR_INIT("crowd"), OF(PERSON) | OF(UNKNOWN), NULL,
      "its object must be people without arms" },
    { STR_INIT("relief"), OF(RELIEF) | OF(MONEY), NULL,
      "its object must be relief goods or money" },
    { STR_INIT("thing"), OF(THING) | OF(RELIEF) | OF(UNKNOWN), NULL,
      "its object must be a thing" },
    { STR_INIT("some"), ANYTHING, NULL, "it must have an object" },
    { STR_INIT("captive"), SOMEBODY, is_held, "its object must be held by somebody" },
    { STR_INIT("act"), NOTHING_TOO, asks_for_act, "somebody must be asked to act" },
    { STR_INIT("wish"), NOTHING_TOO, wishes,
      "its clause must tell what should be, not what is" },
    { STR_INIT("duty"), NOTHING_TOO, is_duty,
      "what should have been is not asked for" },
    { STR_INIT("office"), NOTHING_TOO, leads_to_office, "it must lead to an office" },
    { STR_INIT("destination"), NOTHING_TOO, arrives,
      "it must lead to a place or to somebody" },
    { STR_INIT("by-force"), NOTHING_TOO, strikes, "its subject must bear arms" },
    { STR_INIT("by-arms"), NOTHING_TOO, is_armed,
      "its subject must be a force or a weapon" },
    { STR_INIT("by-thing"), NOTHING_TOO, happens_to_thing,
      "nobody may be its subject" },
};

static const struct frame *frame_of(const struct event_code *code)
{
    for (size_t i = 0; i < COUNT(frames); i++)
        if (str_eq(frames[i].name, code->entry->field[LEX_VERBS_OBJECT]))
            return &frames[i];
    return NULL;
}

bool event_frame_takes(const struct event_code *code, enum object_class object_is)
{
    const struct frame *f = frame_of(code);

    return !f || (f->objects & 1u << object_is);
}

bool event_frame_fits(const struct facts *facts, const struct governor *g,
                      const struct event_code *code)
{
    const struct frame *f = frame_of(code);
    struct use u = { .facts = facts, .text = facts->text, .g = g, .code = code };

    return event_frame_takes(code, g->object_is) && (!f || !f->fits || f->fits(&u));
}

const char *event_frame_wanted(const struct event_code *code)
{
    const struct frame *f = frame_of(code);

    return f ? f->wanted : NULL;
}
