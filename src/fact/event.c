#include "fact/event.h"

#include "base/buf.h"
#include "base/sort.h"
#include "fact/actor.h"
#include "fact/actor_code.h"
#include "fact/bond.h"
#include "fact/event_clause.h"
#include "fact/event_code.h"
#include "fact/event_context.h"
#include "fact/event_draft.h"
#include "fact/event_modality.h"
#include "fact/event_tree.h"
#include "fact/trace.h"

static struct str rule_name(struct arena *arena, struct event_code code)
{
    struct buf b = buf_new(arena, 64);

    buf_printf(&b, "%s:%u", code.table->name, code.entry->line);
    return buf_view(&b);
}

static void put_sides(struct reading *r, struct event *e, const struct event_sides *s)
{
    for (uint32_t i = 0; i < s->actors; i++) {
        uint32_t a = actor_for_head(r->arena, r->facts, s->actor[i]);

        if (a != FACT_NONE)
            e->actor[e->actors++] = a;
    }
    for (uint32_t i = 0; i < s->recipients; i++) {
        uint32_t a = actor_for_head(r->arena, r->facts, s->recipient[i]);
        bool acts = false;

        for (uint32_t k = 0; k < e->actors; k++)
            acts = acts || e->actor[k] == a;
        if (a != FACT_NONE && !acts)
            e->recipient[e->recipients++] = a;
    }
}

/* A capital that acts is its government: "Tokyo protested". */
static void capitals_govern(struct reading *r, const struct event *e)
{
    for (uint32_t i = 0; i < e->actors; i++) {
        struct actor *a = &r->facts->actor.at[e->actor[i]];

        if (a->type != ENTITY_PLACE || a->sector.len > 0 || e->type >= EVENT_PROTEST)
            continue;
        a->sector = actor_code_of_text(r->arena, r->facts->lexicon, a->name).sector;
        if (a->sector.len > 0)
            trace_say(r->facts, TRACE_ACTOR, e->actor[i], "sector",
                      "%.*s: a capital that acts is its government",
                      STR_ARG(a->sector));
    }
}

struct extent {
    uint32_t first, last; /* tokens, both in */
};

static void widen(struct extent *x, uint32_t token)
{
    x->first = token < x->first ? token : x->first;
    x->last = token > x->last ? token : x->last;
}

static struct extent trigger_extent(const struct draft *d)
{
    struct extent x = { d->code.trigger, d->code.trigger };

    for (uint32_t i = 0; i < d->code.count; i++)
        widen(&x, d->code.used[i]);
    if (d->light != TOKEN_NONE)
        widen(&x, d->light);
    return x;
}

/* A participant's own words: its mention over the head, or the head. */
static void widen_by_actor(struct reading *r, struct extent *x, uint32_t head)
{
    uint32_t m = r->text->token.at[head].mention;

    widen(x, head);
    for (uint32_t i = r->text->entity.count; i < r->facts->actor.count; i++) {
        const struct actor *a = &r->facts->actor.at[i];

        for (uint32_t k = a->mention.count; k-- > 0;)
            if (a->mention.at[k].head == head) {
                widen(x, a->mention.at[k].first);
                widen(x, a->mention.at[k].first + a->mention.at[k].tokens - 1);
                return;
            }
    }
    if (m < r->text->mention.count) {
        widen(x, r->text->mention.at[m].first);
        widen(x, r->text->mention.at[m].first + r->text->mention.at[m].tokens - 1);
    }
}

static bool is_side(const struct event *e, uint32_t actor)
{
    for (uint32_t i = 0; i < e->actors; i++)
        if (e->actor[i] == actor)
            return true;
    for (uint32_t i = 0; i < e->recipients; i++)
        if (e->recipient[i] == actor)
            return true;
    return false;
}

/* Distance from the trigger; what hangs on it is nearer than what only stands near. */
static uint32_t distance(const struct text *text, uint32_t trigger, uint32_t token)
{
    uint32_t d = token > trigger ? token - trigger : trigger - token;

    return tree_reaches(text, token, trigger, 3) ? d : d + 64;
}

static void find_place(struct reading *r, struct event *e)
{
    const struct text *text = r->text;
    struct tree_range range = tree_sentence(text, e->trigger);
    uint32_t nearest = UINT32_MAX;

    for (uint32_t i = 0; i < text->mention.count; i++) {
        const struct mention *m = &text->mention.at[i];
        uint32_t d;

        if (m->first < range.first || m->first >= range.end ||
            m->kind != MENTION_NAME || m->entity >= r->facts->actor.count ||
            r->facts->actor.at[m->entity].type != ENTITY_PLACE)
            continue;
        d = distance(text, e->trigger, m->head) +
            (bond_preposition(text, m->first) != TOKEN_NONE ? 0 : 128) +
            (is_side(e, m->entity) ? 32 : 0) +
            (text->token.at[m->head].rel == DEPREL_NMOD_POSS ? 16 : 0);
        if (d < nearest && d < 256) {
            nearest = d;
            e->place = m->entity;
        }
    }
}

#define ECHO_SENTENCES 4 /* how far back "the firing" may point */

/* Who fired when "the firing" was first told. */
static void take_earlier_actors(const struct reading *r, const struct draft *d,
                                struct event *e)
{
    uint32_t here = r->text->token.at[d->code.trigger].sentence;

    for (uint32_t i = r->facts->event.count; i-- > 0;) {
        const struct event *old = &r->facts->event.at[i];

        if (here - r->text->token.at[old->trigger].sentence > ECHO_SENTENCES)
            return;
        if (old->type != d->type || old->actors == 0 || !str_eq(old->mode, d->mode))
            continue;
        for (uint32_t k = 0; k < old->actors; k++)
            e->actor[e->actors++] = old->actor[k];
        return;
    }
}

static uint32_t copy_actors(struct event *e, const struct event *from)
{
    for (uint32_t i = 0; i < from->actors; i++)
        e->actor[i] = from->actor[i];
    return from->actors;
}

static void write_down(struct reading *r, const struct draft *d)
{
    struct extent trigger = trigger_extent(d), whole = trigger;
    struct event e = { .type = d->type,
                       .mode = d->mode,
                       .cameo = d->cameo,
                       .modality = d->modality,
                       .trigger = d->code.trigger,
                       .clause = event_clause(r->text, d->code.trigger),
                       .place = FACT_NONE,
                       .time = FACT_NONE,
                       .day = DATE_NONE,
                       .end_day = DATE_NONE,
                       .claimant = FACT_NONE };

    put_sides(r, &e, &d->sides);
    if (d->joined > 0 && e.actors == 0)
        e.actors = copy_actors(&e, &r->facts->event.at[d->joined - 1]);
    if (d->echo && e.actors == 0)
        take_earlier_actors(r, d, &e);
    capitals_govern(r, &e);
    for (uint32_t i = 0; i < d->sides.actors; i++)
        if (d->sides.actor[i] != d->implied)
            widen_by_actor(r, &whole, d->sides.actor[i]);
    for (uint32_t i = 0; i < d->sides.recipients; i++)
        widen_by_actor(r, &whole, d->sides.recipient[i]);
    e.rule = rule_name(r->arena, d->code);
    e.trigger_start = r->text->token.at[trigger.first].start;
    e.trigger_end = r->text->token.at[trigger.last].end;
    e.start = r->text->token.at[whole.first].start;
    e.end = r->text->token.at[whole.last].end;
    find_place(r, &e);
    event_find_time(r, &e);
    event_trace(r, d, &e);
    *PUSH(r->arena, &r->facts->event) = e;
    r->coded[d->code.trigger] = r->facts->event.count;
    r->used[d->code.trigger] = true;
    for (uint32_t i = 0; i < d->code.count; i++)
        r->used[d->code.used[i]] = true;
}

static bool cooperates(enum event_type t)
{
    return t == EVENT_CONSULT || t == EVENT_SUPPORT || t == EVENT_COOPERATE ||
           t == EVENT_AID || t == EVENT_RETREAT || t == EVENT_CONCEDE ||
           t == EVENT_AGREE;
}

static bool fights(enum event_type t)
{
    return t == EVENT_SANCTION || t == EVENT_COERCE || t == EVENT_ASSAULT ||
           t == EVENT_PROTEST;
}

/* PLOVER: cooperation announced is agreement, conflict announced is a threat,
 * cooperation refused is rejection. */
static void apply_mood(struct draft *d, struct event_mood mood)
{
    static const struct str no_mode = { 0 };

    d->modality = mood.modality;
    if (mood.refused && cooperates(d->type)) {
        d->type = EVENT_REJECT;
        d->mode = no_mode;
        d->cameo = STR("120");
        d->modality = MODALITY_ASSERTED;
    } else if (mood.modality == MODALITY_EXPECTED && mood.intended) {
        if (cooperates(d->type)) {
            d->type = EVENT_AGREE;
            d->mode = no_mode;
            d->cameo = STR("030");
        } else if (fights(d->type)) {
            d->type = EVENT_THREATEN;
            d->mode = d->type == EVENT_ASSAULT ? STR("violence") : no_mode;
            d->cameo = STR("130");
        }
    }
}

/* What is asked for, agreed, threatened or refused is part of that event, not a second
 * one. */
static bool is_content(const struct reading *r, uint32_t governor)
{
    const struct event *e;

    if (governor == TOKEN_NONE || r->coded[governor] == 0)
        return false;
    e = &r->facts->event.at[r->coded[governor] - 1];
    if (str_eq(r->text->token.at[governor].lemma, STR("deny")))
        return false;
    return e->type == EVENT_REQUEST || e->type == EVENT_REJECT ||
           e->type == EVENT_THREATEN || e->type == EVENT_AGREE ||
           e->type == EVENT_CONCEDE;
}

static bool is_material(enum event_type t)
{
    return t == EVENT_ASSAULT || t == EVENT_PROTEST || t == EVENT_COERCE ||
           t == EVENT_INCIDENT || t == EVENT_MOBILIZE || t == EVENT_SANCTION ||
           t == EVENT_RETREAT;
}

/* "rebels backed by Vorland": who they are, not what happened. */
static bool only_describes(const struct reading *r, const struct draft *d,
                           uint32_t verb)
{
    const struct token *t = &r->text->token.at[verb];

    return d->type == EVENT_SUPPORT && t->rel == DEPREL_ACL && t->xpos == XPOS_VBN &&
           (str_eq(t->lemma, STR("back")) || str_eq(t->lemma, STR("support")));
}

/* People die in many ways: only a bombing or the like makes it an event of ours. */
static bool dies(struct event_code code)
{
    return str_eq(code.entry->key, STR("die")) ||
           str_eq(code.entry->key, STR("perish"));
}

static void read_verb(struct reading *r, uint32_t verb)
{
    struct draft d = { .code = event_code_of_verb(r->facts, verb),
                       .implied = TOKEN_NONE,
                       .light = TOKEN_NONE };
    struct event_mood mood;

    if (!d.code.entry)
        return;
    mood = event_mood_of(r->text, verb);
    if (is_content(r, mood.governor))
        return;
    d.sides = event_sides_of_verb(r->facts, d.code);
    d.type = event_code_type(d.code);
    d.mode = event_code_mode(d.code);
    d.cameo = event_code_cameo(d.code);
    if (only_describes(r, &d, verb))
        return;
    if (dies(d.code))
        d.sides.actors = 0; /* "died, surrounded by his family" */
    if (d.type != EVENT_INCIDENT && event_things_act(r, &d)) {
        if (d.type != EVENT_ASSAULT)
            return;
        d.type = EVENT_INCIDENT;
        d.mode = d.cameo = (struct str){ 0 };
        d.sides.actors = 0;
    }
    if (event_lacks_will(r, &d))
        return;
    event_find_cause(r, &d);
    if (d.means == 0 && d.sides.actors == 0 && d.joined == 0 && dies(d.code))
        return;
    event_imply_police(r, &d);
    apply_mood(&d, mood);
    if (d.sides.actors + d.sides.recipients > 0 || is_material(d.type))
        write_down(r, &d);
}

/* Which role of a light verb fits where the noun stands. */
static const struct lex_entry *light_entry(const struct text *text, uint32_t verb,
                                           struct str role)
{
    struct str word[3] = { text->token.at[verb].lemma };
    uint32_t n = 1, used;
    const struct lex_entry *e;

    for (; n < COUNT(word) && verb + n < text->token.count; n++)
        word[n] = text->token.at[verb + n].lower;
    e = lex_longest(&lex_light_verbs, word, n, &used);
    for (uint32_t k = 0; e; k++) {
        if (str_eq(e[k].field[LEX_LIGHT_VERBS_ROLE], role))
            return &e[k];
        if (e[k].same == 0)
            break;
    }
    return NULL;
}

/* "took part in" a protest: the preposition belongs to the light verb. */
static bool governs_by_phrase(const struct text *text, uint32_t verb, uint32_t noun)
{
    const struct lex_entry *e = light_entry(text, verb, STR("do"));

    if (!e)
        e = light_entry(text, verb, STR("undergo"));
    return e && noun > verb && str_find_char(e->key, ' ') != STR_NPOS;
}

enum light { LIGHT_NONE, LIGHT_DO, LIGHT_UNDERGO, LIGHT_OCCUR };

static enum light light_of(const struct reading *r, uint32_t noun, uint32_t *verb)
{
    const struct token *t = &r->text->token.at[noun];
    bool object, subject;

    *verb = t->head;
    if (t->head == TOKEN_NONE || (r->text->token.at[t->head].upos != UPOS_VERB &&
                                  r->text->token.at[t->head].upos != UPOS_AUX))
        return LIGHT_NONE;
    object = t->rel == DEPREL_OBJ || t->rel == DEPREL_NSUBJ_PASS ||
             (t->rel == DEPREL_OBL && governs_by_phrase(r->text, t->head, noun));
    subject = t->rel == DEPREL_NSUBJ;
    if (object && light_entry(r->text, *verb, STR("do")))
        return LIGHT_DO;
    if (object && light_entry(r->text, *verb, STR("undergo")))
        return LIGHT_UNDERGO;
    if ((subject || t->rel == DEPREL_NSUBJ_PASS) &&
        light_entry(r->text, *verb, STR("occur")))
        return LIGHT_OCCUR;
    return LIGHT_NONE;
}

/* The light verb's subject and prepositions complete the noun's sides. */
static void complete_sides(struct reading *r, struct draft *d, enum light light)
{
    bool passive = tree_is_passive(r->text, d->light);
    uint32_t subject =
        passive ? tree_agent(r->text, d->light) : tree_subject(r->text, d->light);
    struct event_sides *s = &d->sides;

    if (subject == d->code.trigger)
        subject = TOKEN_NONE;
    if (light == LIGHT_DO && s->actors == 0)
        event_side_add(r->facts, s->actor, &s->actors, subject);
    if (light == LIGHT_UNDERGO && s->recipients == 0)
        event_side_add(r->facts, s->recipient, &s->recipients, subject);
    if (light != LIGHT_OCCUR && s->recipients == 0)
        event_side_add(
            r->facts, s->recipient, &s->recipients,
            event_side_find(r->facts, d->light, event_code_recipient(d->code)));
}

/* Participants that are not mere things: "the firing of pots" hurts nobody. */
static uint32_t live(const struct reading *r, const uint32_t *side, uint32_t count)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < count; i++)
        n += may_take_part(r->facts, side[i]) ||
             object_class(r->facts, side[i]) == OBJECT_PLACE;
    return n;
}

/* A noun that only names an event is one when it says who took part; of words alone
 * ("the talks") both sides. */
static bool tells_enough(const struct reading *r, const struct draft *d,
                         enum light light)
{
    uint32_t sides = live(r, d->sides.actor, d->sides.actors) +
                     live(r, d->sides.recipient, d->sides.recipients);

    if (light == LIGHT_DO || light == LIGHT_UNDERGO)
        return sides > 0;
    if (light == LIGHT_OCCUR)
        return is_material(d->type) || sides > 0;
    return is_material(d->type) ? sides > 0 : sides > 1;
}

static bool is_modifier(const struct text *text, uint32_t noun)
{
    const struct token *t = &text->token.at[noun];

    return t->rel == DEPREL_COMPOUND || t->rel == DEPREL_AMOD ||
           t->rel == DEPREL_NMOD_POSS;
}

static struct event_mood noun_mood(struct reading *r, const struct draft *d,
                                   enum light light)
{
    struct event_mood mood = { .governor = r->text->token.at[d->code.trigger].head };

    if (light != LIGHT_NONE)
        return event_mood_of(r->text, d->light);
    return mood;
}

static void read_noun(struct reading *r, uint32_t last)
{
    struct draft d = { .code = event_code_of_noun(r->facts, last),
                       .implied = TOKEN_NONE,
                       .light = TOKEN_NONE };
    struct event_mood mood;
    enum light light;
    uint32_t verb;

    if (!d.code.entry || r->used[d.code.trigger] ||
        is_modifier(r->text, d.code.trigger))
        return;
    light = light_of(r, d.code.trigger, &verb);
    if (light != LIGHT_NONE)
        d.light = verb;
    mood = noun_mood(r, &d, light);
    if (is_content(r, mood.governor))
        return;
    d.sides = event_sides_of_noun(r->facts, d.code);
    d.type = event_code_type(d.code);
    d.mode = event_code_mode(d.code);
    d.cameo = event_code_cameo(d.code);
    if (light != LIGHT_NONE)
        complete_sides(r, &d, light);
    if (!tells_enough(r, &d, light))
        return;
    event_imply_police(r, &d);
    apply_mood(&d, mood);
    write_down(r, &d);
}

/* Not "suspected smugglers", not "Vorland-backed"; a past tense modifies nothing, even
 * where the tree thinks so: "Mayor Ada Venn [requested] aid". */
static bool may_code(const struct text *text, uint32_t i)
{
    const struct token *t = &text->token.at[i];
    bool modifies = t->rel == DEPREL_AMOD && !tree_slips(text, i);

    return (t->upos == UPOS_VERB || t->upos == UPOS_ADJ) && !modifies &&
           t->rel != DEPREL_COMPOUND;
}

void events_read(struct arena *arena, const struct fact_tools *tools,
                 struct facts *facts)
{
    const struct text *text = facts->text;
    struct reading r = { .arena = arena,
                         .facts = facts,
                         .text = text,
                         .used = NEW(arena, bool, text->token.count + 1),
                         .coded = NEW(arena, uint32_t, text->token.count + 1) };

    (void)tools;
    for (uint32_t s = 0; s < text->sentence.count; s++) {
        uint32_t first = text->sentence.at[s].first;
        uint32_t end = first + text->sentence.at[s].tokens;

        for (uint32_t i = first; i < end; i++)
            if (may_code(text, i) && !r.used[i] && !may_name_event(facts, i))
                read_verb(&r, i);
        for (uint32_t i = first; i < end; i++)
            if (may_name_event(facts, i) && !r.used[i])
                read_noun(&r, i);
    }
    SORT_BY(&facts->event, start);
    events_find_contexts(arena, facts);
}
