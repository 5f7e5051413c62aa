#include "fact/event_side.h"

#include "fact/event_tree.h"

static bool is_used(const struct event_code *code, uint32_t token)
{
    for (uint32_t i = 0; i < code->count; i++)
        if (code->used[i] == token)
            return true;
    return false;
}

/* What stands behind a thing: "Vorland's policies" are Vorland's, "attacks by rebels"
 * the rebels'. */
static uint32_t behind_thing(const struct facts *facts, uint32_t head)
{
    static const char *const list[] = { "by", "of", "from", "against" };
    const struct text *text = facts->text;
    uint32_t owner = tree_child(text, head, DEPREL_NMOD_POSS);

    if (owner != TOKEN_NONE && may_take_part(facts, owner))
        return owner;
    for (size_t i = 0; i < COUNT(list); i++) {
        owner = tree_oblique(text, head, str_from(list[i]));
        if (owner != TOKEN_NONE && may_take_part(facts, owner))
            return owner;
    }
    return head;
}

static bool is_event_noun(const struct facts *facts, uint32_t head)
{
    const struct token *t = &facts->text->token.at[head];

    return t->upos == UPOS_NOUN && !may_take_part(facts, head) &&
           event_code_of_noun(facts, head).entry != NULL;
}

static bool is_unresolved(const struct token *t)
{
    return t->mention == UINT32_MAX && t->antecedent == TOKEN_NONE;
}

static bool says_nothing(const struct token *t)
{
    if (t->upos == UPOS_PRON &&
        str_in(t->lower, "it|this|that|these|those|what|there|which|who|whom"))
        return is_unresolved(t);
    return !token_is_nominal(t) && t->upos != UPOS_NUM && t->upos != UPOS_ADJ;
}

static void add_one(const struct facts *facts, uint32_t *side, uint32_t *count,
                    uint32_t head)
{
    const struct token *t = &facts->text->token.at[head];

    if (says_nothing(t) || token_in_when(facts, head) || *count == EVENT_SIDE_MAX)
        return;
    if (!may_take_part(facts, head))
        head = behind_thing(facts, head);
    for (uint32_t i = 0; i < *count; i++)
        if (side[i] == head)
            return;
    side[(*count)++] = head;
}

void event_side_add(const struct facts *facts, uint32_t *side, uint32_t *count,
                    uint32_t head)
{
    uint32_t joined[EVENT_SIDE_MAX], n;

    if (head == TOKEN_NONE)
        return;
    add_one(facts, side, count, head);
    n = tree_joined(facts->text, head, joined, EVENT_SIDE_MAX);
    for (uint32_t i = 0; i < n; i++)
        add_one(facts, side, count, joined[i]);
}

static bool is_place_word(struct str preposition)
{
    return str_eq(preposition, STR("in")) || str_eq(preposition, STR("at"));
}

/* "the raid by two jets on the depot", "praise from the mayor for the divers": what the
 * tree hangs on the noun in between is the event's, too. */
static uint32_t beyond_first_phrase(const struct text *text, uint32_t noun,
                                    struct str preposition)
{
    uint32_t between = tree_child(text, noun, DEPREL_NMOD);

    if (!token_is_nominal(&text->token.at[noun]) || between == TOKEN_NONE ||
        between < noun || !str_in(preposition, "on|for|to|with|against"))
        return TOKEN_NONE;
    return tree_oblique(text, between, preposition);
}

uint32_t event_side_find(const struct facts *facts, uint32_t word, struct str list)
{
    struct str name;

    while (str_split(&list, ',', &name)) {
        uint32_t found = tree_oblique(facts->text, word, name);

        if (found == TOKEN_NONE)
            found = beyond_first_phrase(facts->text, word, name);
        if (found != TOKEN_NONE && !token_in_when(facts, found) &&
            !(is_place_word(name) && !may_take_part(facts, found)))
            return found;
    }
    return TOKEN_NONE;
}

struct verb_frame {
    const struct event_code *code;
    uint32_t subject, object;
    bool passive;
};

static uint32_t object_side(const struct verb_frame *f)
{
    uint32_t o = f->passive ? f->subject : f->object;

    return o != TOKEN_NONE && !is_used(f->code, o) ? o : TOKEN_NONE;
}

/* A preposition's noun: on the verb, on a noun of the entry, on the object. */
static uint32_t prepositional_side(const struct facts *facts,
                                   const struct verb_frame *f, struct str name)
{
    uint32_t verb = f->code->trigger, found = event_side_find(facts, verb, name);

    for (uint32_t i = 0; i < f->code->count && found == TOKEN_NONE; i++)
        if (token_is_nominal(&facts->text->token.at[f->code->used[i]]))
            found = event_side_find(facts, f->code->used[i], name);
    if (found == TOKEN_NONE && f->object != TOKEN_NONE)
        found = event_side_find(facts, f->object, name);
    if (found == TOKEN_NONE && str_eq(name, STR("to")))
        found = tree_child(facts->text, verb, DEPREL_IOBJ);
    return found != TOKEN_NONE && !is_used(f->code, found) ? found : TOKEN_NONE;
}

/* The noun behind an entry that ends in a preposition: "imposed sanctions on" X. */
static uint32_t governed_side(const struct facts *facts, const struct verb_frame *f)
{
    const struct event_code *c = f->code;
    uint32_t last = c->count > 0 ? c->used[c->count - 1] : TOKEN_NONE, found;

    if (last == TOKEN_NONE || facts->text->token.at[last].upos != UPOS_ADP)
        return TOKEN_NONE;
    found = tree_governed(facts->text, last);
    return found != TOKEN_NONE && !token_in_when(facts, found) ? found : TOKEN_NONE;
}

static bool has(struct str list, struct str name)
{
    struct str part;

    while (str_split(&list, ',', &part))
        if (str_eq(part, name))
            return true;
    return false;
}

/* "said the town must pay": the town. */
static uint32_t admonished(const struct facts *facts, const struct verb_frame *f)
{
    uint32_t aux = f->code->count > 0 ? f->code->used[0] : TOKEN_NONE;

    if (aux == TOKEN_NONE || facts->text->token.at[aux].head == TOKEN_NONE)
        return TOKEN_NONE;
    return tree_subject(facts->text, facts->text->token.at[aux].head);
}

/* Troops sent and helpers sent are means, not the other side. */
static bool lends_means(struct event_code code)
{
    enum event_type t = event_code_type(code);

    return t == EVENT_MOBILIZE || t == EVENT_AID || t == EVENT_CONSULT;
}

/* "a state of emergency" is no state. */
static bool is_state(const struct token *t)
{
    return str_eq(t->lemma, STR("state"));
}

/* Somebody among the words of the entry: "expelled two diplomats". */
static uint32_t someone_used(const struct facts *facts, const struct verb_frame *f)
{
    for (uint32_t i = f->code->count; i-- > 0;) {
        uint32_t token = f->code->used[i];

        if ((f->passive || token != f->subject) && !lends_means(*f->code) &&
            facts->text->token.at[token].upos == UPOS_NOUN &&
            may_take_part(facts, token) && !is_state(&facts->text->token.at[token]))
            return token;
    }
    return TOKEN_NONE;
}

/* "blamed the rebels for": the object goes before what the last word governs. */
static bool has_free_object(const struct facts *facts, const struct verb_frame *f)
{
    return str_starts(event_code_recipient(*f->code), STR("obj")) &&
           object_side(f) != TOKEN_NONE && may_take_part(facts, object_side(f));
}

static uint32_t recipient_of(const struct facts *facts, const struct verb_frame *f)
{
    struct str list = event_code_recipient(*f->code), name;
    uint32_t found = TOKEN_NONE;

    if (!has_free_object(facts, f))
        found = governed_side(facts, f);
    while (found == TOKEN_NONE && str_split(&list, ',', &name)) {
        if (str_eq(name, STR("obj")))
            found = object_side(f);
        else if (str_eq(name, STR("aux")))
            found = admonished(facts, f);
        else if (!str_eq(name, STR("subj")))
            found = prepositional_side(facts, f, name);
    }
    return found != TOKEN_NONE ? found : someone_used(facts, f);
}

/* Whoever else the phrase speaks of: on the verb, on a noun of the entry or the object,
 * on the verb that is its content ("agreed to lend a million to the island"). */
static uint32_t anyone_at(const struct facts *facts, const struct event_code *code,
                          uint32_t word)
{
    static const char *const list[] = { "to",   "with", "against", "on", "from",
                                        "of",   "by",   "for",     "at", "between",
                                        "into", "over", "towards" };
    const struct text *text = facts->text;
    uint32_t found = token_is_nominal(&text->token.at[word])
                         ? tree_child(text, word, DEPREL_NMOD_POSS)
                         : tree_child(text, word, DEPREL_IOBJ);

    for (size_t i = 0; found == TOKEN_NONE && i < COUNT(list); i++) {
        found = tree_oblique(text, word, str_from(list[i]));
        if (found != TOKEN_NONE &&
            (is_used(code, found) || token_in_when(facts, found) ||
             (!may_take_part(facts, found) && behind_thing(facts, found) == found)))
            found = TOKEN_NONE;
    }
    if (found != TOKEN_NONE && text->token.at[found].upos == UPOS_PRON &&
        is_unresolved(&text->token.at[found]))
        return TOKEN_NONE;
    return found;
}

static uint32_t anyone_below(const struct facts *facts, const struct event_code *code,
                             uint32_t verb)
{
    uint32_t object = tree_object(facts->text, verb);
    uint32_t found = TOKEN_NONE;

    if (object != TOKEN_NONE && !is_used(code, object) && verb != code->trigger &&
        may_take_part(facts, object))
        return object;
    found = anyone_at(facts, code, verb);
    if (found == TOKEN_NONE && object != TOKEN_NONE)
        found = anyone_at(facts, code, object);
    return found;
}

/* "agreed to withdraw its troops from" X: the other side of withdrawing. */
static uint32_t side_of_content(const struct facts *facts, uint32_t verb)
{
    struct event_code code = event_code_of_verb(facts, verb);
    struct verb_frame f = { .code = &code,
                            .subject = tree_subject(facts->text, verb),
                            .object = tree_object(facts->text, verb),
                            .passive = tree_is_passive(facts->text, verb) };
    uint32_t found = code.entry ? recipient_of(facts, &f) : TOKEN_NONE;

    return found != TOKEN_NONE && may_take_part(facts, found) ? found : TOKEN_NONE;
}

/* The infinitive behind: an open complement, or what the entry's "to" belongs to. */
static uint32_t content_of(const struct text *text, const struct event_code *c,
                           uint32_t verb)
{
    uint32_t content = tree_child(text, verb, DEPREL_XCOMP), last;

    if (content != TOKEN_NONE || verb != c->trigger || c->count == 0)
        return content;
    last = c->used[c->count - 1];
    return text->token.at[last].upos == UPOS_PART ? text->token.at[last].head
                                                  : TOKEN_NONE;
}

static uint32_t anyone_else(const struct facts *facts, const struct verb_frame *f)
{
    const struct event_code *c = f->code;
    uint32_t verb = c->trigger, found = anyone_below(facts, c, verb);

    for (uint32_t i = 0; i < c->count && found == TOKEN_NONE; i++)
        if (token_is_nominal(&facts->text->token.at[c->used[i]]))
            found = anyone_at(facts, c, c->used[i]);
    for (uint32_t depth = 0; found == TOKEN_NONE && depth < 3; depth++) {
        verb = content_of(facts->text, c, verb);
        if (verb == TOKEN_NONE)
            break;
        found = side_of_content(facts, verb);
        if (found == TOKEN_NONE)
            found = anyone_below(facts, c, verb);
    }
    return found;
}

/* "two battalions were deployed to the border": nobody says by whom. */
static bool deploys(struct event_code code)
{
    return event_code_type(code) == EVENT_MOBILIZE ||
           event_code_type(code) == EVENT_AID;
}

/* "The rebels said it will …", "It will …, the rebels said": whoever says it, where "it"
 * stands for nobody known. */
static uint32_t past_pronoun(const struct facts *facts, uint32_t verb, uint32_t subject)
{
    const struct text *text = facts->text;
    uint32_t saying;

    if (subject == TOKEN_NONE || text->token.at[subject].upos != UPOS_PRON ||
        !is_unresolved(&text->token.at[subject]))
        return subject;
    saying = tree_saying(text, verb);
    return saying == TOKEN_NONE ? subject : tree_subject(text, saying);
}

static bool in_capitals(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (ascii_is_lower(s.ptr[i]))
            return false;
    return s.len > 2;
}

/* "LUNDEN - Police arrested …": the place of the report is no subject. */
static uint32_t past_dateline(const struct facts *facts, uint32_t verb,
                              uint32_t subject)
{
    const struct text *text = facts->text;
    uint32_t last = TOKEN_NONE;

    if (subject == TOKEN_NONE || subject != tree_sentence(text, verb).first ||
        !in_capitals(text->token.at[subject].form))
        return subject;
    for (uint32_t i = subject + 1; i < verb && i < subject + 8; i++) {
        const struct token *t = &text->token.at[i];

        if (str_eq(t->form, STR("-")) || str_eq(t->form, STR("--")) ||
            str_eq(t->form, STR("—")) || str_eq(t->form, STR("–")) ||
            str_eq(t->form, STR(":")))
            last = i;
    }
    for (uint32_t i = last; last != TOKEN_NONE && ++i < verb;) {
        const struct token *t = &text->token.at[i];

        if (token_is_nominal(t) && (i + 1 == verb || !token_is_nominal(t + 1)))
            return i;
    }
    return subject;
}

/* A time phrase is no subject: "Mbeki Tuesday released …". */
static uint32_t past_time(const struct facts *facts, uint32_t subject)
{
    if (subject == TOKEN_NONE || !token_in_when(facts, subject))
        return subject;
    while (subject > 0 && token_in_when(facts, subject))
        subject--;
    return token_is_nominal(&facts->text->token.at[subject]) ? subject : TOKEN_NONE;
}

static uint32_t meant_subject(const struct facts *facts, uint32_t verb)
{
    uint32_t s = past_time(facts, tree_subject(facts->text, verb));

    return past_dateline(facts, verb, past_pronoun(facts, verb, s));
}

static bool names_country(const struct text *text, uint32_t token)
{
    return lex_find(&lex_countries, text->token.at[token].lower) != NULL;
}

/* "set up a centre in Arnland": what is done for, with or in a place has it as its other
 * side when nobody else is. */
static uint32_t place_side(const struct facts *facts, const struct event_code *c)
{
    static const char *const list[] = { "in", "at", "on", "into", "across" };
    enum event_type t = event_code_type(*c);
    uint32_t object = tree_object(facts->text, c->trigger), found = TOKEN_NONE;

    if (t != EVENT_AGREE && t != EVENT_AID && t != EVENT_RETREAT &&
        t != EVENT_SANCTION && t != EVENT_MOBILIZE && t != EVENT_CONCEDE &&
        t != EVENT_THREATEN)
        return TOKEN_NONE;
    for (size_t i = 0; i < COUNT(list) && found == TOKEN_NONE; i++) {
        found = tree_oblique(facts->text, c->trigger, str_from(list[i]));
        if (found == TOKEN_NONE && object != TOKEN_NONE)
            found = tree_oblique(facts->text, object, str_from(list[i]));
        for (uint32_t k = 0; found == TOKEN_NONE && k < c->count; k++)
            found = tree_oblique(facts->text, c->used[k], str_from(list[i]));
        if (found != TOKEN_NONE && object_class(facts, found) != OBJECT_PLACE &&
            !names_country(facts->text, found))
            found = TOKEN_NONE;
    }
    return found;
}

struct event_sides event_sides_of_verb(const struct facts *facts,
                                       struct event_code code)
{
    const struct text *text = facts->text;
    struct verb_frame f = { .code = &code,
                            .subject = meant_subject(facts, code.trigger),
                            .object = tree_object(text, code.trigger),
                            .passive = tree_is_passive(text, code.trigger) };
    struct event_sides s = { .cause = TOKEN_NONE };
    uint32_t actor = f.passive ? tree_agent(text, code.trigger) : f.subject;
    uint32_t recipient = recipient_of(facts, &f);

    if (has(event_code_recipient(code), STR("doer"))) {
        event_side_add(facts, s.actor, &s.actors, object_side(&f));
        return s;
    }
    if (recipient == TOKEN_NONE && has(event_code_recipient(code), STR("subj")) &&
        !f.passive) {
        recipient = f.subject;
        actor = TOKEN_NONE;
    }
    if (recipient == TOKEN_NONE || (!may_take_part(facts, recipient) &&
                                    behind_thing(facts, recipient) == recipient &&
                                    event_code_recipient(code).len == 0))
        recipient = anyone_else(facts, &f);
    if (recipient == TOKEN_NONE)
        recipient = place_side(facts, &code);
    if (actor == TOKEN_NONE && f.passive && deploys(code) && recipient != f.subject &&
        f.subject != TOKEN_NONE)
        actor = f.subject;
    if (actor != TOKEN_NONE && is_event_noun(facts, actor)) {
        s.cause = actor;
        actor = TOKEN_NONE;
    }
    event_side_add(facts, s.actor, &s.actors, actor);
    event_side_add(facts, s.recipient, &s.recipients, recipient);
    return s;
}

/* "their" where the text doesn't tell whose. */
static bool says_nothing_of_whom(const struct token *t)
{
    return t->upos == UPOS_PRON && is_unresolved(t);
}

/* "police firing": the force is a word of the entry, or stands before a gerund. */
static uint32_t force_in_front(const struct facts *facts, const struct event_code *code)
{
    uint32_t noun = code->trigger;

    for (uint32_t k = 0; k < code->count; k++)
        if (code->used[k] != noun && object_class(facts, code->used[k]) == OBJECT_FORCE)
            return code->used[k];
    if (noun > tree_sentence(facts->text, noun).first &&
        facts->text->token.at[noun].upos == UPOS_VERB &&
        object_class(facts, noun - 1) == OBJECT_FORCE)
        return noun - 1;
    return TOKEN_NONE;
}

/* "Vorland's attack", "the Vorland attack", "police firing". */
static uint32_t owner_of(const struct facts *facts, const struct event_code *code,
                         struct str how)
{
    const struct text *text = facts->text;
    uint32_t noun = code->trigger;

    if (str_eq(how, STR("poss"))) {
        uint32_t owner = tree_child(text, noun, DEPREL_NMOD_POSS);

        return owner != TOKEN_NONE && says_nothing_of_whom(&text->token.at[owner])
                   ? TOKEN_NONE
                   : owner;
    }
    for (uint32_t i = tree_sentence(text, noun).first; i < noun; i++) {
        const struct token *t = &text->token.at[i];

        if (t->head == noun &&
            (t->rel == DEPREL_COMPOUND || t->rel == DEPREL_AMOD ||
             (t->rel == DEPREL_NSUBJ && i + 1 == noun)) &&
            may_take_part(facts, i) && !token_in_when(facts, i))
            return i;
    }
    return force_in_front(facts, code);
}

/* "the shelling of Keld by the army", where the tree hangs the army on Keld. */
static uint32_t agent_by_order(const struct facts *facts, uint32_t noun)
{
    const struct text *text = facts->text;
    uint32_t end = tree_sentence(text, noun).end;

    for (uint32_t i = noun + 1; i < end && i - noun <= 8; i++) {
        const struct token *t = &text->token.at[i];

        if (t->upos == UPOS_VERB || t->upos == UPOS_AUX || t->upos == UPOS_PUNCT)
            break;
        if (str_eq(t->lower, STR("by")))
            return tree_governed(text, i);
    }
    return TOKEN_NONE;
}

static uint32_t noun_side(const struct facts *facts, const struct event_code *code,
                          struct str list)
{
    struct str name;
    uint32_t found = TOKEN_NONE, last = code->used[code->count - 1];

    while (found == TOKEN_NONE && str_split(&list, ',', &name)) {
        if (str_eq(name, STR("poss")) || str_eq(name, STR("mod")))
            found = owner_of(facts, code, name);
        else
            found = event_side_find(facts, code->trigger, name);
        if (found == TOKEN_NONE && last != code->trigger && name.len > 0)
            found = event_side_find(facts, last, name);
        if (found == TOKEN_NONE && str_eq(name, STR("by")))
            found = agent_by_order(facts, code->trigger);
        if (found != TOKEN_NONE && is_used(code, found) && !may_take_part(facts, found))
            found = TOKEN_NONE;
    }
    return found;
}

struct event_sides event_sides_of_noun(const struct facts *facts,
                                       struct event_code code)
{
    struct event_sides s = { .cause = TOKEN_NONE };
    uint32_t actor = noun_side(facts, &code, event_code_actor(code));
    uint32_t recipient = noun_side(facts, &code, event_code_recipient(code));

    event_side_add(facts, s.actor, &s.actors, actor);
    if (recipient != actor)
        event_side_add(facts, s.recipient, &s.recipients, recipient);
    return s;
}
