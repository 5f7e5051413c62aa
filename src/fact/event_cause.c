#include "fact/event_draft.h"
#include "fact/event_tree.h"

static bool harms(const struct draft *d)
{
    return d->type == EVENT_ASSAULT && d->code.table == &lex_verbs;
}

/* "the firing": one that the text has spoken of. */
static bool is_definite(const struct text *text, uint32_t noun)
{
    for (uint32_t i = noun; i-- > tree_sentence(text, noun).first && noun - i < 4;)
        if (text->token.at[i].upos == UPOS_DET)
            return str_eq(text->token.at[i].lower, STR("the")) ||
                   str_eq(text->token.at[i].lower, STR("this"));
    return false;
}

/* The noun that tells how people were killed: its mode is the event's; what no human did
 * is an incident. */
static void take_mode(struct reading *r, struct draft *d, uint32_t noun)
{
    struct event_code c;

    if (noun == TOKEN_NONE || !may_name_event(r->facts, noun))
        return;
    c = event_code_of_noun(r->facts, noun);
    if (!c.entry)
        return;
    if (event_code_type(c) == EVENT_INCIDENT) {
        d->type = EVENT_INCIDENT;
        d->mode = d->cameo = (struct str){ 0 };
    } else if (event_code_type(c) == EVENT_ASSAULT) {
        if (event_code_mode(c).len > 0) {
            d->mode = event_code_mode(c);
            d->cameo = event_code_cameo(c);
        }
    } else {
        return;
    }
    for (uint32_t i = 0; i < c.count; i++)
        r->used[c.used[i]] = true;
    d->means = 1 + noun;
    if (d->sides.actors == 0) {
        struct event_sides s = event_sides_of_noun(r->facts, c);

        for (uint32_t i = 0; i < s.actors; i++)
            event_side_add(r->facts, d->sides.actor, &d->sides.actors, s.actor[i]);
        if (s.actors == 0 && is_definite(r->text, noun))
            d->echo = true;
    }
}

/* "killed in police firing", where the tree takes the gerund for a verb. */
static uint32_t means_by_order(struct reading *r, uint32_t verb)
{
    uint32_t end = tree_sentence(r->text, verb).end;
    bool open = false;

    for (uint32_t i = verb + 1; i < end && i - verb <= 10; i++) {
        const struct token *t = &r->text->token.at[i];

        if (t->upos == UPOS_PUNCT || t->upos == UPOS_SCONJ)
            break;
        if (str_eq(t->lower, STR("in")) || str_eq(t->lower, STR("by")))
            open = true;
        else if (open && may_name_event(r->facts, i) &&
                 event_code_of_noun(r->facts, i).entry)
            return i;
    }
    return TOKEN_NONE;
}

static void find_means(struct reading *r, struct draft *d)
{
    static const char *const list[] = { "in", "by", "with", "during", "from" };

    take_mode(r, d, d->sides.cause);
    for (size_t i = 0; i < COUNT(list) && d->sides.cause == TOKEN_NONE; i++)
        take_mode(r, d, tree_oblique(r->text, d->code.trigger, str_from(list[i])));
    if (d->sides.actors == 0 && d->mode.len == 0)
        take_mode(r, d, means_by_order(r, d->code.trigger));
}

static bool are_police(const struct token *t)
{
    const struct lex_entry *e;

    if (t->upos != UPOS_NOUN && t->upos != UPOS_PROPN)
        return false;
    e = lex_find(&lex_agents, t->lower);
    if (!e)
        e = lex_find(&lex_agents, t->lemma);
    return e && str_eq(e->field[LEX_AGENTS_SECTOR], STR("COP")) &&
           str_eq(e->field[LEX_AGENTS_STRENGTH], STR("strong"));
}

/* "police commissioner", "police sources": who speaks for them names them, too; a "police
 * station" does not. */
static bool are_of_police(const struct token *t)
{
    static const char *const list[] = {
        "officer", "force",        "chief",          "commissioner", "unit",
        "patrol",  "official",     "source",         "spokesman",    "spokeswoman",
        "party",   "team",         "personnel",      "inspector",    "superintendent",
        "squad",   "spokesperson", "representative", "contingent",   "department",
    };

    for (size_t i = 0; i < COUNT(list); i++)
        if (str_eq(t->lemma, str_from(list[i])))
            return true;
    return false;
}

static bool names_police(const struct text *text, uint32_t i)
{
    const struct token *t = &text->token.at[i];

    return are_police(t) &&
           (t->rel != DEPREL_COMPOUND ||
            (t->head < text->token.count && are_of_police(&text->token.at[t->head])));
}

#define BRIDGE_SENTENCES 4 /* "Six men were arrested.  …  The police said …" */

/* The police of the verb's sentence, else those that the report named last before it: a
 * reader takes them for the agent, as he does with "they".  "The police" right behind an
 * arrest are those who made it, too: what makes them known is the arrest itself (a
 * bridging reference).  Police who come later still are no evidence, so the actor stays
 * empty. */
static uint32_t police_nearby(const struct reading *r, uint32_t verb)
{
    struct tree_range range = tree_sentence(r->text, verb);
    uint32_t here = r->text->token.at[verb].sentence;

    for (uint32_t i = range.first; i < range.end; i++)
        if (names_police(r->text, i))
            return i;
    for (uint32_t i = range.first; i-- > 0;)
        if (names_police(r->text, i))
            return i;
    for (uint32_t i = range.end; i < r->text->token.count; i++) {
        if (r->text->token.at[i].sentence > here + BRIDGE_SENTENCES)
            break;
        if (names_police(r->text, i))
            return i;
    }
    return TOKEN_NONE;
}

void event_imply_police(struct reading *r, struct draft *d)
{
    uint32_t police;

    if (d->sides.actors > 0 ||
        (!str_eq(d->mode, STR("arrest")) && !str_eq(d->mode, STR("crowd-control"))))
        return;
    police = police_nearby(r, d->code.trigger);
    for (uint32_t i = 0; i < d->sides.recipients; i++)
        if (d->sides.recipient[i] == police)
            return;
    if (police != TOKEN_NONE)
        d->sides.actor[d->sides.actors++] = d->implied = police;
}

static bool is_hazard_word(struct str word)
{
    const struct lex_entry *e = lex_find(&lex_hazards, word);

    return e && str_eq(e->field[LEX_HAZARDS_KIND], STR("hazard"));
}

/* What befalls people without anybody's will: a burst dam, a storm, "Hurricane Ada". */
static bool is_hazard(const struct text *text, uint32_t i)
{
    const struct token *t = &text->token.at[i];

    if (t->upos == UPOS_NOUN)
        return is_hazard_word(t->lemma);
    return t->upos == UPOS_PROPN && !ascii_is_upper(t->form.ptr[t->form.len - 1]) &&
           (is_hazard_word(t->lower) ||
            (i > tree_sentence(text, i).first && t[-1].upos == UPOS_PROPN &&
             str_in(t[-1].lower, "hurricane|typhoon|cyclone|storm|volcano|mount")));
}

static bool things_act(const struct reading *r, const struct event_sides *s)
{
    for (uint32_t i = 0; i < s->actors; i++)
        if (!is_hazard(r->text, s->actor[i]))
            return false;
    return s->actors > 0;
}

/* "killed", "destroyed", not "murdered", "fired on": nobody need have meant it. */
static bool may_befall(const struct draft *d)
{
    struct str rest = d->code.entry->key, verb;
    const struct lex_entry *e;

    str_split(&rest, ' ', &verb);
    e = lex_find(&lex_hazards, verb);
    return e && str_eq(e->field[LEX_HAZARDS_KIND], STR("harm"));
}

/* "Trucks brought food": a hazard on the road, a help here. */
static bool brings_relief(const struct reading *r, const struct draft *d)
{
    return d->type == EVENT_AID && d->sides.actors > 0 &&
           object_class(r->facts, d->sides.actor[0]) == OBJECT_RELIEF;
}

bool event_things_act(const struct reading *r, const struct draft *d)
{
    if (brings_relief(r, d))
        return false;
    return things_act(r, &d->sides) && (d->type != EVENT_ASSAULT || may_befall(d));
}

static void become_incident(struct draft *d)
{
    d->type = EVENT_INCIDENT;
    d->mode = d->cameo = (struct str){ 0 };
}

/* "when the dam broke", whatever the verb. */
static bool falls_by_itself(const struct text *text, uint32_t verb)
{
    uint32_t subject = tree_subject(text, verb);

    return subject != TOKEN_NONE && is_hazard(text, subject);
}

/* "killed when police opened fire": those who fired; "… when a bus hit a tree": nobody. */
static void take_from_clause(struct reading *r, struct draft *d)
{
    uint32_t verb = tree_child(r->text, d->code.trigger, DEPREL_ADVCL);
    struct event_code code;
    struct event_sides s;

    if (d->sides.actors > 0 || verb == TOKEN_NONE || verb < d->code.trigger)
        return;
    if (may_befall(d) && falls_by_itself(r->text, verb)) {
        become_incident(d);
        d->means = 1 + verb;
        return;
    }
    code = event_code_of_verb(r->facts, verb);
    if (!code.entry)
        return;
    s = event_sides_of_verb(r->facts, code);
    if (may_befall(d) &&
        (event_code_type(code) == EVENT_INCIDENT || things_act(r, &s))) {
        become_incident(d);
        d->means = 1 + verb;
    } else if (event_code_type(code) == EVENT_ASSAULT) {
        for (uint32_t i = 0; i < s.actors; i++)
            event_side_add(r->facts, d->sides.actor, &d->sides.actors, s.actor[i]);
    }
}

/* "police opened fire and two men were killed": the killing is the firing's. */
static void take_from_joined(struct reading *r, struct draft *d)
{
    const struct token *t = &r->text->token.at[d->code.trigger];
    const struct event *before;

    if (d->sides.actors > 0 || t->head == TOKEN_NONE || r->coded[t->head] == 0 ||
        (t->rel != DEPREL_CONJ && t->rel != DEPREL_PARATAXIS && t->rel != DEPREL_ADVCL))
        return;
    before = &r->facts->event.at[r->coded[t->head] - 1];
    if (before->type != EVENT_ASSAULT)
        return;
    d->joined = r->coded[t->head];
    if (d->mode.len == 0) {
        d->mode = before->mode;
        d->cameo = before->cameo;
    }
}

/* "Thirty people were killed", by nobody, in a report whose last word on it was a flood:
 * the flood's doing.  Behind an attack it stays one. */
static void take_earlier_cause(const struct reading *r, struct draft *d)
{
    if (d->sides.actors > 0 || d->means > 0 || d->joined > 0 || !may_befall(d))
        return;
    for (uint32_t i = r->facts->event.count; i-- > 0;) {
        const struct event *e = &r->facts->event.at[i];

        if (e->type == EVENT_ASSAULT)
            return;
        if (e->type != EVENT_INCIDENT)
            continue;
        become_incident(d);
        return;
    }
}

void event_find_cause(struct reading *r, struct draft *d)
{
    if (harms(d))
        find_means(r, d);
    if (harms(d)) {
        take_from_clause(r, d);
        take_from_joined(r, d);
        take_earlier_cause(r, d);
    }
}
