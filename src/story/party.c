#include "story/party.h"

#include <math.h>

#include "base/buf.h"
#include "story/versions.h"
#include "story/words.h"

#define SLOTS 1024
#define SAME_PLACE_DEGREES 0.2 /* about twenty kilometres */
#define DISTRICT_DEGREES 0.7
#define REGION_DEGREES 5.0 /* a state of a large country */

/* Words before a name that are no part of it. */
static const char titles[] =
    "the|mr|mrs|ms|dr|president|general|gen|colonel|col|captain|minister|"
    "prime|sir|lord|sen|senator|rep|governor|gov|mayor|sgt|lt|chief|king|"
    "queen|prince|professor|premier|judge|pope|a|an|some|his|her|their|its";
/* Words inside a name that carry no initial. */
static const char fillers[] = "of|the|and|for|in|on|de";

struct name_words {
    uint32_t key[PARTY_WORDS], count;
    uint32_t acronym;
};

struct linker {
    struct arena *arena;
    const struct vocabulary *vocabulary;
    struct parties *parties;
    uint32_t head[SLOTS], acronym[SLOTS]; /* 1 + party */
};

static uint32_t sense(const struct linker *l, uint32_t key)
{
    return vocabulary_sense(l->vocabulary, key);
}

/* Words of a name; groups by what they are ("demonstrators" = "protesters"). */
static struct name_words split_name(struct linker *l, struct str name, bool group)
{
    struct words w = words_from_text(l->arena, name);
    struct name_words out = { .count = 0 };
    char initials[PARTY_WORDS];
    size_t letters = 0;

    for (uint32_t i = 0; i < w.count && out.count < PARTY_WORDS; i++) {
        struct str form = str_slice(name, w.at[i].start, word_end(&w.at[i]));

        if (i + 1 < w.count && out.count == 0 && str_in_fold(form, titles))
            continue;
        out.key[out.count++] = group ? sense(l, w.at[i].key) : w.at[i].key;
        if (letters < sizeof initials && !str_in_fold(form, fillers))
            initials[letters++] = ascii_lower(*form.ptr);
    }
    if (letters > 1)
        out.acronym = word_key((struct str){ initials, letters });
    return out;
}

static bool has_word(const uint32_t *key, uint32_t count, uint32_t word)
{
    for (uint32_t i = 0; i < count; i++)
        if (key[i] == word)
            return true;
    return false;
}

/* Whether the words of the shorter name are all in the longer one. */
static bool name_within(const struct party *p, const struct name_words *n)
{
    bool shorter = n->count <= p->words;
    const uint32_t *few = shorter ? n->key : p->word;
    const uint32_t *many = shorter ? p->word : n->key;
    uint32_t few_count = shorter ? n->count : p->words;
    uint32_t many_count = shorter ? p->words : n->count;

    for (uint32_t i = 0; i < few_count; i++)
        if (!has_word(many, many_count, few[i]))
            return false;
    return true;
}

static bool absent_or_equal(struct str a, struct str b)
{
    return a.len == 0 || b.len == 0 || str_eq(a, b);
}

static bool types_fit(enum entity_type a, enum entity_type b)
{
    if (a == b)
        return true;
    return a != ENTITY_PERSON && b != ENTITY_PERSON && a != ENTITY_PLACE &&
           b != ENTITY_PLACE;
}

static bool is_capitalised(struct str name)
{
    return name.len > 0 && ascii_is_upper(name.ptr[0]);
}

/* One name read as a person here and as a body there: "Hydrovel denied", "Hydrovel's". */
static bool is_same_name(const struct party *p, const struct actor *a,
                         const struct name_words *n)
{
    return p->type != ENTITY_PLACE && a->type != ENTITY_PLACE && n->count == p->words &&
           is_capitalised(a->name) && is_capitalised(p->said.name) && name_within(p, n);
}

/* A family name joins a full one, "the ministry" any ministry's name; but "Ivo Stamm"
 * not "Lena Stamm", and a bare place name no longer one ("York", "New York"). */
static bool is_party(const struct party *p, const struct actor *a,
                     const struct name_words *n)
{
    if (!absent_or_equal(p->said.country, a->country))
        return false;
    if (!types_fit(p->type, a->type))
        return is_same_name(p, a, n);
    if (n->count == p->words && name_within(p, n))
        return true;
    return a->type != ENTITY_PLACE && name_within(p, n);
}

static uint32_t find_party(const struct linker *l, const struct actor *a,
                           const struct name_words *n)
{
    const struct parties *ps = l->parties;
    uint32_t last = n->key[n->count - 1], best = PARTY_NONE;

    for (uint32_t i = l->head[last % SLOTS]; i; i = ps->party.at[i - 1].next) {
        const struct party *p = &ps->party.at[i - 1];

        if (p->words > 0 && p->word[p->words - 1] == last && is_party(p, a, n) &&
            (best == PARTY_NONE || p->mentions > ps->party.at[best].mentions))
            best = i - 1;
    }
    if (best != PARTY_NONE || a->type == ENTITY_PERSON || a->type == ENTITY_PLACE)
        return best;
    if (n->count == 1) /* "CSTO" after its full name */
        for (uint32_t i = 0; i < ps->party.count; i++)
            if (ps->party.at[i].acronym == n->key[0] && ps->party.at[i].words > 1)
                return i;
    for (uint32_t i = 0; n->count > 1 && i < ps->party.count; i++)
        if (ps->party.at[i].words == 1 && ps->party.at[i].word[0] == n->acronym)
            return i;
    return PARTY_NONE;
}

static uint32_t find_by_any_name(struct linker *l, const struct actor *a)
{
    bool group = a->type == ENTITY_GROUP;
    struct name_words n = split_name(l, a->name, group);
    uint32_t found = n.count > 0 ? find_party(l, a, &n) : PARTY_NONE;

    for (uint32_t i = 0; i < a->aliases.count && found == PARTY_NONE; i++) {
        n = split_name(l, a->aliases.at[i], group);
        if (n.count > 0)
            found = find_party(l, a, &n);
    }
    return found;
}

static uint32_t add_party(struct linker *l, const struct actor *a,
                          const struct name_words *n)
{
    struct party *p = PUSH(l->arena, &l->parties->party);
    uint32_t id = l->parties->party.count;

    p->type = a->type;
    p->last_report = UINT32_MAX;
    if (n->count > 0) {
        uint32_t *head = &l->head[n->key[n->count - 1] % SLOTS];

        p->next = *head;
        *head = id;
    }
    return id - 1;
}

static void set_name(struct party *p, const struct actor *a, const struct name_words *n)
{
    if (p->said.name.len > 0 && (n->count <= p->words || a->type == ENTITY_GROUP))
        return;
    p->said.name = a->name;
    p->words = n->count;
    p->acronym = n->acronym;
    memcpy(p->word, n->key, n->count * sizeof *n->key);
}

static void take_actor(struct party *p, const struct actor *a, uint32_t report)
{
    if (p->said.role.len == 0)
        p->said.role = a->role;
    if (p->said.country.len == 0)
        p->said.country = a->country;
    if (p->said.sector.len == 0)
        p->said.sector = a->sector;
    if (!p->located && a->located)
        p->located = a;
    if (p->precision == PLACE_UNKNOWN)
        p->precision = a->precision;
    p->mentions += a->mention.count > 0 ? a->mention.count : 1;
    p->told[a->type] += a->mention.count > 0 ? a->mention.count : 1;
    p->reports += p->last_report != report;
    p->last_report = report;
}

/* "CSTO", "NATO"; not "Hydrovel", "Mr". */
static bool is_acronym(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_upper(s.ptr[i]))
            return false;
    return s.len >= 2 && s.len <= 8;
}

/* Readers know many bodies by their letters alone, so a name is told with them. */
static void take_letters(struct party *p, const struct actor *a)
{
    if (a->type != ENTITY_ORGANIZATION || p->letters.len > 0)
        return;
    if (is_acronym(a->name))
        p->letters = a->name;
    for (uint32_t i = 0; i < a->aliases.count; i++)
        if (is_acronym(a->aliases.at[i]))
            p->letters = a->aliases.at[i];
}

/* As what most mentions tell of it; a thing only where nothing else does. */
static void settle_type(struct party *p)
{
    for (uint32_t t = 0; t < ENTITY_MISC; t++)
        if (p->told[t] > (p->type == ENTITY_MISC ? 0 : p->told[p->type]))
            p->type = (enum entity_type)t;
}

/* "Basin Security Compact (BSC)" */
static void add_letters(struct arena *arena, struct party *p)
{
    struct buf b = buf_new(arena, 4096);

    if (p->letters.len == 0 || p->words < 2 ||
        str_find(p->said.name, p->letters) != STR_NPOS || p->said.name.len > 400)
        return;
    buf_str(&b, p->said.name);
    buf_str(&b, STR(" ("));
    buf_str(&b, p->letters);
    buf_char(&b, ')');
    p->said.name = buf_view(&b);
}

/* article: the place of its first version, which is the one that is counted. */
static void link_report(struct linker *l, const struct facts *f, uint32_t report,
                        uint32_t article)
{
    uint32_t *of = NEW(l->arena, uint32_t, f->actor.count + 1);

    for (uint32_t i = 0; i < f->actor.count; i++) {
        const struct actor *a = &f->actor.at[i];
        struct name_words n = split_name(l, a->name, a->type == ENTITY_GROUP);

        of[i] = find_by_any_name(l, a);
        if (of[i] == PARTY_NONE)
            of[i] = add_party(l, a, &n);
        set_name(&l->parties->party.at[of[i]], a, &n);
        take_actor(&l->parties->party.at[of[i]], a, article);
        take_letters(&l->parties->party.at[of[i]], a);
    }
    l->parties->of[report] = of;
}

/* A report and right after it its later versions: a name in all of them is in one. */
static void link_versions(struct linker *l, const struct situation *situation,
                          const struct story *story, uint32_t report)
{
    link_report(l, situation->report[story->reports.at[report]], report, report);
    for (uint32_t i = 0; i < story->versions.count; i++) {
        const struct versions *v = &story->versions.at[i];

        for (uint32_t k = 1;
             v->reports.at[0] == story->reports.at[report] && k < v->reports.count; k++)
            link_report(l, situation->report[v->reports.at[k]],
                        story_place(story, v->reports.at[k]), report);
    }
}

struct parties parties_of_story(struct arena *arena, struct arena *scratch,
                                const struct vocabulary *v,
                                const struct situation *situation,
                                const struct story *story)
{
    struct parties p = { .of = NEW(scratch, uint32_t *, story->reports.count + 1) };
    struct linker *l = NEW(scratch, struct linker, 1);
    const uint32_t *version = story_version_numbers(scratch, story);

    l->arena = scratch;
    l->vocabulary = v;
    l->parties = &p;
    for (uint32_t i = 0; i < story->reports.count; i++)
        if (version[i] == 0)
            link_versions(l, situation, story, i);
    for (uint32_t i = 0; i < p.party.count; i++) {
        settle_type(&p.party.at[i]);
        add_letters(arena, &p.party.at[i]);
    }
    return p;
}

uint32_t party_at(const struct parties *p, uint32_t report, uint32_t actor)
{
    return actor == FACT_NONE ? PARTY_NONE : p->of[report][actor];
}

/* Whether one is a country and the other lies in it. */
static bool inside_country(const struct party *place, const struct party *country)
{
    return country->precision == PLACE_COUNTRY && place->said.country.len > 0 &&
           str_eq(place->said.country, country->said.country);
}

/* A village that no gazetteer has may lie in any province, not in another town. */
static bool may_hold(const struct party *wide, const struct party *place)
{
    return place->precision == PLACE_UNKNOWN && wide->precision >= PLACE_REGION &&
           (place->said.country.len == 0 ||
            str_eq(place->said.country, wide->said.country));
}

/* How far from its centre a place may reach; a country is told by its code. */
static double radius(const struct party *p)
{
    if (p->precision == PLACE_REGION)
        return REGION_DEGREES;
    return p->precision == PLACE_DISTRICT ? DISTRICT_DEGREES : SAME_PLACE_DEGREES;
}

/* Whether two places of one country may be one, or one lie in the other. */
static bool may_overlap(const struct party *x, const struct party *y)
{
    double far = fmax(radius(x), radius(y));

    return x->located && y->located && str_eq(x->said.country, y->said.country) &&
           fabs(x->located->lat - y->located->lat) < far &&
           fabs(x->located->lon - y->located->lon) < far;
}

enum nearness places_near(const struct parties *p, uint32_t a, uint32_t b)
{
    const struct party *x, *y;

    if (a == PARTY_NONE || b == PARTY_NONE)
        return NEAR_SILENT;
    if (a == b)
        return NEAR_SAME;
    x = &p->party.at[a];
    y = &p->party.at[b];
    return inside_country(x, y) || inside_country(y, x) || may_hold(x, y) ||
                   may_hold(y, x) || may_overlap(x, y)
               ? NEAR_WITHIN
               : NEAR_APART;
}

/* ---- the story's lists ---- */

static int by_actor_mentions(const void *a, const void *b)
{
    const struct story_actor *x = a, *y = b;

    if (x->mentions != y->mentions)
        return x->mentions < y->mentions ? 1 : -1;
    return str_cmp(x->party.name, y->party.name);
}

static int by_place_mentions(const void *a, const void *b)
{
    const struct story_place *x = a, *y = b;

    if (x->mentions != y->mentions)
        return x->mentions < y->mentions ? 1 : -1;
    return str_cmp(x->name, y->name);
}

void story_list_parties(struct arena *arena, const struct parties *p,
                        struct story *story)
{
    for (uint32_t i = 0; i < p->party.count; i++) {
        const struct party *party = &p->party.at[i];

        if (party->type == ENTITY_PLACE) {
            struct story_place *place = PUSH(arena, &story->places);

            *place = (struct story_place){ .name = party->said.name,
                                           .country = party->said.country,
                                           .mentions = party->mentions };
            if (party->located) {
                place->located = true;
                place->lat = party->located->lat;
                place->lon = party->located->lon;
                place->precision = party->located->precision;
            }
        } else if (party->type != ENTITY_MISC) { /* a dam is no actor */
            *PUSH(arena, &story->actors) =
                (struct story_actor){ .party = party->said,
                                      .type = party->type,
                                      .mentions = party->mentions,
                                      .reports = party->reports };
        }
    }
    if (story->actors.count > 1)
        qsort(story->actors.at, story->actors.count, sizeof *story->actors.at,
              by_actor_mentions);
    if (story->places.count > 1)
        qsort(story->places.at, story->places.count, sizeof *story->places.at,
              by_place_mentions);
}
