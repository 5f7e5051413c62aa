#include "fact/where.h"

#include "fact/trace.h"
#include "fact/where_int.h"
#include "lex/lex.h"
#include "text/word.h"

#define CERTAIN_RANK 134 /* a town of 110,000 needs nothing else to be meant */

/* ---- which names are places ---- */

static bool is_land(const struct gazetteer_place *place)
{
    return place->kind != GAZETTEER_TOWN && place->kind != GAZETTEER_SECTION;
}

/* Whether the choice may be told: a place of a name that is also that of others needs
 * something in the text that speaks for it. */
static bool is_certain(const struct places *p, const struct toponym *t)
{
    const struct gazetteer_place *place = chosen_place(p, t);

    if (!place)
        return false;
    return t->supported || (is_land(place) && place->kind != GAZETTEER_COUNTY) ||
           (place->rank >= CERTAIN_RANK && t->hit[t->chosen].form == FORM_MAIN) ||
           place->flags & GAZETTEER_CAPITAL;
}

static struct str first_word(const struct places *p, const struct spot *s)
{
    return p->facts->text->token.at[s->first].lower;
}

static bool is_doubtful_word(const struct places *p, const struct spot *s)
{
    const struct word *w = word_find(first_word(p, s));

    return s->tokens == 1 && ((w && !(w->flags & WORD_PROPER)) ||
                              lex_find(&lex_first_names, first_word(p, s)));
}

/* Whether a spot that stage text doesn't call a place is one. */
static bool is_place(const struct places *p, const struct spot *s)
{
    const struct toponym *t = &p->toponym.at[s->toponym];
    const struct gazetteer_place *place = chosen_place(p, t);

    if (s->adjective)
        return true;
    if (!place || t->person)
        return false;
    if (s->container != FACT_NONE && t->inside != FACT_NONE)
        return true;
    if (s->trust == TRUST_NAMED)
        return is_certain(p, t) || t->supported;
    if (t->hit[t->chosen].form >= FORM_SHORT)
        return t->supported;
    if (s->trust == TRUST_STRONG)
        return is_certain(p, t) && (t->supported || !is_doubtful_word(p, s));
    if (is_doubtful_word(p, s) || !is_certain(p, t))
        return false;
    return t->supported || t->trust >= TRUST_STRONG;
}

/* ---- actors ---- */

static struct mention mention_of(const struct places *p, const struct spot *s,
                                 uint32_t actor)
{
    const struct token *token = p->facts->text->token.at;

    return (struct mention){ .start = token[s->first].start,
                             .end = token[s->first + s->tokens - 1].end,
                             .first = s->first,
                             .tokens = s->tokens,
                             .head = s->first + s->tokens - 1,
                             .entity = actor,
                             .kind = s->adjective ? MENTION_NOMINAL : MENTION_NAME };
}

static void add_mention(struct places *p, const struct spot *s, uint32_t actor)
{
    struct actor *a = &p->facts->actor.at[actor];
    struct mention m = mention_of(p, s, actor);
    uint32_t i;

    *PUSH(p->arena, &a->mention) = m;
    for (i = a->mention.count - 1; i > 0 && a->mention.at[i - 1].start > m.start; i--)
        a->mention.at[i] = a->mention.at[i - 1];
    a->mention.at[i] = m;
}

/* "Tail County" inside "Otter Tail County": the longer one takes its place. */
static bool widen_mention(struct places *p, const struct spot *s, uint32_t actor)
{
    struct actor *a = &p->facts->actor.at[actor];
    struct mention wide = mention_of(p, s, actor);

    for (uint32_t i = 0; i < a->mention.count; i++) {
        struct mention *m = &a->mention.at[i];

        if (m->start < wide.end && wide.start < m->end) {
            if (wide.end - wide.start > m->end - m->start)
                *m = wide;
            return true;
        }
    }
    return false;
}

/* The actor that is this place of the gazetteer already, or FACT_NONE. */
static uint32_t actor_of_place(const struct places *p, uint32_t place)
{
    for (uint32_t i = 0; i < p->toponym.count; i++) {
        const struct toponym *t = &p->toponym.at[i];

        if (t->actor != FACT_NONE && t->chosen != FACT_NONE &&
            t->hit[t->chosen].place == place)
            return t->actor;
    }
    return FACT_NONE;
}

/* All that stage text calls a person here are mentions of a place by the same name. */
static bool is_misread(const struct places *p, const struct spot *s)
{
    const struct text *text = p->facts->text;
    uint32_t entity;
    const struct actor *a;

    if (!s->whole || s->mention == UINT32_MAX || s->trust < TRUST_STRONG)
        return false;
    entity = text->mention.at[s->mention].entity;
    a = &p->facts->actor.at[entity];
    return a->type == ENTITY_PERSON && a->role.len == 0 &&
           a->mention.count == p->toponym.at[s->toponym].spots;
}

/* The place of stage text that a longer spot ends with: "Tail County". */
static uint32_t actor_inside(const struct places *p, const struct spot *s)
{
    uint32_t last = s->first + s->tokens - 1;
    uint32_t m = p->facts->text->token.at[last].mention;
    const struct mention *mention;

    if (s->tokens < 2 || m >= p->facts->text->mention.count)
        return FACT_NONE;
    mention = &p->facts->text->mention.at[m];
    return mention->first > s->first && mention->first + mention->tokens - 1 == last &&
                   p->facts->actor.at[mention->entity].type == ENTITY_PLACE &&
                   p->facts->actor.at[mention->entity].mention.count == 1
               ? mention->entity
               : FACT_NONE;
}

static uint32_t actor_for(struct places *p, const struct spot *s)
{
    struct toponym *t = &p->toponym.at[s->toponym];
    struct str name = gazetteer_name(p->gazetteer, t->hit[t->chosen].place);
    struct actor *a;

    if (t->actor == FACT_NONE)
        t->actor = actor_of_place(p, t->hit[t->chosen].place);
    if (t->actor == FACT_NONE)
        t->actor = actor_inside(p, s);
    if (t->actor != FACT_NONE)
        return t->actor;
    if (is_misread(p, s)) {
        t->actor = p->facts->text->mention.at[s->mention].entity;
        p->facts->actor.at[t->actor].type = ENTITY_PLACE;
        return t->actor;
    }
    a = PUSH(p->arena, &p->facts->actor);
    a->type = ENTITY_PLACE;
    a->name = s->adjective && name.len > 0
                  ? name
                  : str_slice(p->facts->text->article->text,
                              p->facts->text->token.at[s->first].start,
                              p->facts->text->token.at[s->first + s->tokens - 1].end);
    t->actor = p->facts->actor.count - 1;
    return t->actor;
}

static bool has_mention(const struct actor *a, uint32_t first)
{
    for (uint32_t i = 0; i < a->mention.count; i++)
        if (a->mention.at[i].first == first)
            return true;
    return false;
}

static void add_found(struct places *p)
{
    for (uint32_t i = 0; i < p->spot.count; i++) {
        const struct spot *s = &p->spot.at[i];
        bool named = s->mention != UINT32_MAX && s->whole &&
                     p->toponym.at[s->toponym].actor != FACT_NONE;
        uint32_t actor;

        if (named &&
            has_mention(&p->facts->actor.at[p->toponym.at[s->toponym].actor], s->first))
            continue;
        if (!is_place(p, s))
            continue;
        actor = actor_for(p, s);
        if (!widen_mention(p, s, actor))
            add_mention(p, s, actor);
    }
}

/* ---- coordinates ---- */

static enum place_precision precision_of(const struct gazetteer_place *place)
{
    static const enum place_precision precisions[] = {
        [GAZETTEER_COUNTRY] = PLACE_COUNTRY, [GAZETTEER_REGION] = PLACE_REGION,
        [GAZETTEER_COUNTY] = PLACE_DISTRICT, [GAZETTEER_TOWN] = PLACE_CITY,
        [GAZETTEER_SECTION] = PLACE_CITY,    [GAZETTEER_CONTINENT] = PLACE_REGION,
        [GAZETTEER_AREA] = PLACE_REGION,     [GAZETTEER_WATER] = PLACE_REGION,
        [GAZETTEER_RIVER] = PLACE_REGION,    [GAZETTEER_ISLAND] = PLACE_REGION,
        [GAZETTEER_MOUNTAIN] = PLACE_REGION, [GAZETTEER_POINT] = PLACE_POINT,
    };

    return precisions[place->kind];
}

static void set_place(const struct places *p, struct actor *a, uint32_t index)
{
    const struct gazetteer_place *place = gazetteer_place(p->gazetteer, index);

    a->precision = precision_of(place);
    a->geonames = place->geonames;
    if (place->country != 255)
        a->country = gazetteer_alpha3(p->gazetteer, place->country);
    if (place->kind == GAZETTEER_COUNTRY)
        return; /* no pin in its middle */
    a->located = true;
    a->lat = (double)place->lat;
    a->lon = (double)place->lon;
}

/* "South Texas" lies where Texas does, as well as that can be told. */
static void borrow_place(const struct places *p, const struct spot *s)
{
    const struct toponym *t = &p->toponym.at[s->toponym];
    struct actor *a =
        &p->facts->actor.at[p->facts->text->mention.at[s->mention].entity];

    if (a->type != ENTITY_PLACE || a->precision != PLACE_UNKNOWN || !is_certain(p, t))
        return;
    set_place(p, a, t->hit[t->chosen].place);
    if (a->precision == PLACE_COUNTRY || a->precision == PLACE_REGION)
        a->precision = PLACE_REGION;
    else
        a->precision = PLACE_DISTRICT;
}

static void resolve(struct places *p)
{
    for (uint32_t i = 0; i < p->toponym.count; i++) {
        const struct toponym *t = &p->toponym.at[i];
        struct actor *a;

        if (t->actor == FACT_NONE)
            continue;
        toponym_trace(p, t, is_certain(p, t));
        if (!is_certain(p, t))
            continue;
        a = &p->facts->actor.at[t->actor];
        if (a->type == ENTITY_PLACE && a->precision == PLACE_UNKNOWN)
            set_place(p, a, t->hit[t->chosen].place);
    }
    for (uint32_t i = 0; i < p->spot.count; i++)
        if (p->spot.at[i].borrowed)
            borrow_place(p, &p->spot.at[i]);
}

/* A single word that no gazetteer has, never "in Osk" or "Osk residents", and not beside
 * a place it may lie in: a surname more likely than a village. */
static void drop_unknown(struct places *p)
{
    for (uint32_t i = 0; i < p->spot.count; i++) {
        const struct spot *s = &p->spot.at[i];
        const struct toponym *t = &p->toponym.at[s->toponym];

        if (!s->whole || t->hits > 0 || t->actor == FACT_NONE || s->tokens > 1 ||
            t->around >= TRUST_STRONG || s->container != FACT_NONE)
            continue;
        if (p->facts->actor.at[t->actor].aliases.count == 0)
            p->facts->actor.at[t->actor].type = ENTITY_MISC;
    }
}

/* ---- streets and villages that no gazetteer has ---- */

static bool is_town(const struct actor *a)
{
    return a->located && a->precision >= PLACE_POINT && a->precision <= PLACE_DISTRICT;
}

static bool is_feature(const struct actor *a)
{
    struct str rest = a->name, word;
    const struct lex_entry *e = NULL;

    while (str_split(&rest, ' ', &word)) {
        char low[24];
        size_t n = word.len < sizeof low ? word.len : 0;

        for (size_t i = 0; i < n; i++)
            low[i] = ascii_lower(word.ptr[i]);
        e = lex_find(&lex_where_words, (struct str){ low, n });
    }
    for (uint32_t k = 0; e && k <= e->same; k++)
        if (str_eq(e[k].field[LEX_WHERE_WORDS_CLASS], STR("feature")))
            return true;
    return false;
}

/* The town that the text has named last before byte `at`, else the first after it. */
static const struct actor *town_near(const struct facts *f, uint32_t at)
{
    const struct actor *best = NULL;
    uint32_t distance = UINT32_MAX;

    for (uint32_t i = 0; i < f->actor.count; i++) {
        const struct actor *a = &f->actor.at[i];

        if (!is_town(a))
            continue;
        for (uint32_t k = 0; k < a->mention.count; k++) {
            uint32_t m = a->mention.at[k].start;
            uint32_t d = m < at ? at - m : 2 * (m - at);

            if (d < distance) {
                distance = d;
                best = a;
            }
        }
    }
    return best;
}

/* They get the coordinates of the town that the text names next to them, and a precision
 * that says so: a street is in the town, a village somewhere around it. */
static void fall_back(struct places *p)
{
    struct facts *f = p->facts;
    uint32_t count = f->actor.count;
    const struct actor **town = NEW(p->arena, const struct actor *, count);

    for (uint32_t i = 0; i < count; i++) {
        const struct actor *a = &f->actor.at[i];

        if (a->type == ENTITY_PLACE && a->precision == PLACE_UNKNOWN &&
            a->mention.count > 0)
            town[i] = town_near(f, a->mention.at[0].start);
    }
    for (uint32_t i = 0; i < count; i++) {
        struct actor *a = &f->actor.at[i];

        if (!town[i])
            continue;
        a->precision = is_feature(a) ? PLACE_CITY : PLACE_DISTRICT;
        a->located = true;
        a->lat = town[i]->lat;
        a->lon = town[i]->lon;
        a->country = town[i]->country;
        trace_say(
            f, TRACE_ACTOR, i, "place",
            "no gazetteer has it: somewhere about %.*s, the town named next to it",
            STR_ARG(town[i]->name));
    }
}

static bool in_times(const struct facts *f, const struct mention *m)
{
    for (uint32_t i = 0; i < f->when.count; i++)
        if (f->when.at[i].start < m->end && m->start < f->when.at[i].end)
            return true;
    return false;
}

/* "March" and "Easter" are no places where they are times. */
static void drop_times(struct facts *f)
{
    for (uint32_t i = 0; i < f->actor.count; i++) {
        struct actor *a = &f->actor.at[i];
        uint32_t times = 0;

        if (a->type != ENTITY_PLACE)
            continue;
        for (uint32_t k = 0; k < a->mention.count; k++)
            times += in_times(f, &a->mention.at[k]);
        if (times == a->mention.count && times > 0)
            a->type = ENTITY_MISC;
    }
}

void places_resolve(struct arena *arena, const struct fact_tools *tools,
                    struct facts *facts)
{
    struct places p = { .arena = arena, .facts = facts };

    if (!tools || !tools->gazetteer)
        return;
    p.gazetteer = tools->gazetteer;
    drop_times(facts);
    spots_find(&p);
    toponyms_choose(&p);
    add_found(&p);
    resolve(&p);
    drop_unknown(&p);
    fall_back(&p);
}
