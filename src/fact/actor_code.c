#include "fact/actor_code.h"

#include <string.h>

#include "base/utf8.h"
#include "gazetteer/gazetteer.h"
#include "lex/lexicon.h"
#include "text/word.h"

#define PLACE_WORDS 3 /* of a town or region */
#define PLACE_BYTES 96
#define PLACE_RANK 119 /* 8 * log2 of 30,000 people */
#define CITY_RANK 151  /* of 500,000: "Shanghai", which is a verb, too */
#define PLACE_LEAD 8   /* twice as many people as any other of the name elsewhere */

struct words {
    const struct lexicon *own;
    const struct str *form;
    struct str lower[ACTOR_WORDS], single[ACTOR_WORDS];
    struct str owner[ACTOR_WORDS]; /* "women's"; empty where no possessive follows */
    uint32_t n, head;
};

/* A lexicon entry over word[first..first + used). */
struct hit {
    const struct lex_entry *entry;
    uint32_t first, used;
};

static struct str lower_of(struct arena *arena, struct str s)
{
    char *p = NEW(arena, char, 2 * s.len + 4); /* two bytes may become three */
    size_t used = 0, n;

    for (size_t i = 0; i < s.len; i += n)
        used += utf8_encode(utf8_lower(utf8_decode(str_after(s, i), &n)), p + used);
    return (struct str){ p, used };
}

static struct str with_end(struct arena *arena, struct str s, size_t cut,
                           struct str end)
{
    char *p = NEW(arena, char, s.len + end.len + 1);
    size_t keep = s.len - cut;

    if (keep > 0)
        memcpy(p, s.ptr, keep);
    if (end.len > 0)
        memcpy(p + keep, end.ptr, end.len);
    return (struct str){ p, keep + end.len };
}

/* "ches", "shes", "sses", "xes": the e belongs to the ending. */
static bool drops_es(struct str s)
{
    return str_ends(s, STR("ches")) || str_ends(s, STR("shes")) ||
           str_ends(s, STR("sses")) || str_ends(s, STR("xes"));
}

struct str actor_singular(struct arena *arena, struct str s)
{
    if (str_ends(s, STR("children")))
        return with_end(arena, s, 3, STR(""));
    if (str_ends(s, STR("men")) && s.len > 3 && !str_eq(s, STR("women")))
        return with_end(arena, s, 2, STR("an"));
    if (str_eq(s, STR("women")))
        return STR("woman");
    if (s.len < 4 || str_in(s, "corps|series|species") || str_ends(s, STR("ss")) ||
        str_ends(s, STR("us")) || str_ends(s, STR("is")) || !str_ends(s, STR("s")))
        return s;
    if (str_ends(s, STR("ies")))
        return with_end(arena, s, 3, STR("y"));
    if (str_in(s, "thieves|wives|midwives|housewives")) /* thief, wife */
        return with_end(arena, s, 3, str_eq(s, STR("thieves")) ? STR("f") : STR("fe"));
    return with_end(arena, s, drops_es(s) ? 2 : 1, STR(""));
}

static bool is_possessive(struct str s)
{
    return str_in(s, "'s|’s|'|’");
}

/* "women" and "'s": "women's", with the straight mark as in the lexicon. */
static struct str possessive_of(struct arena *arena, struct str lower, struct str mark)
{
    bool with_s = str_ends(mark, STR("s"));

    return with_end(arena, lower, 0, with_s ? STR("'s") : STR("'"));
}

static struct words words_new(struct arena *arena, const struct lexicon *own,
                              const struct str *form, uint32_t n, uint32_t head)
{
    struct words w = { .own = own,
                       .form = form,
                       .n = n < ACTOR_WORDS ? n : ACTOR_WORDS };

    for (uint32_t i = 0; i < w.n; i++) {
        w.lower[i] = lower_of(arena, form[i]);
        w.single[i] = actor_singular(arena, w.lower[i]);
        if (i > 0 && is_possessive(w.lower[i]))
            w.owner[i - 1] = possessive_of(arena, w.lower[i - 1], w.lower[i]);
    }
    w.head = head;
    return w;
}

static bool ends_head(struct str lower)
{
    return str_in(lower, "of|for|in|from|to|at|on|with|against|by|who|that|which|near|"
                         "within|,|and|or|(|under");
}

/* Where the trees don't tell: the last word before the first preposition. */
static uint32_t guess_head(const struct words *w)
{
    uint32_t i = 0;

    while (i < w->n && !(i > 0 && ends_head(w->lower[i])))
        i++;
    return i > 0 ? i - 1 : 0;
}

/* "US" and "WHO" only in capitals, "Turkey" not as "turkey". */
static bool form_fits(struct str want, const struct words *w, struct hit h)
{
    for (uint32_t i = h.first; want.len > 0 && i < h.first + h.used; i++) {
        struct str s = w->form[i];
        bool first = s.len > 0 && ascii_is_upper(*s.ptr);

        if (!first && s.len > 0 && ascii_is_lower(*s.ptr))
            return false;
        for (size_t k = 1; k < s.len && str_eq(want, STR("upper")); k++)
            if (ascii_is_lower(s.ptr[k]))
                return false;
    }
    return true;
}

/* The words from i on with their possessives, as names have them: "people's", "daily".
 * past[n] is the word behind the first n of them. */
static uint32_t with_owners(const struct words *w, uint32_t i, struct str *word,
                            uint32_t *past)
{
    uint32_t n = 0;

    for (; i < w->n; i++) {
        bool owns = w->owner[i].len > 0;

        word[n++] = owns ? w->owner[i] : w->lower[i];
        i += owns;
        past[n] = i + 1;
    }
    return n;
}

/* The longest entry from word i on: "people's daily", which is four words here. */
static struct hit longest_at(const struct lex_table *table, const struct words *w,
                             const struct str *word, uint32_t i)
{
    struct hit h = { .first = i };
    struct str joined[ACTOR_WORDS];
    uint32_t past[ACTOR_WORDS + 1], n, used = 0;
    const struct lex_entry *e;

    h.entry = lex_longest(table, word + i, w->n - i, &h.used);
    n = with_owners(w, i, joined, past);
    if (n + i == w->n)
        return h;
    e = lex_longest(table, joined, n, &used);
    if (e && (!h.entry || past[used] > i + h.used))
        h = (struct hit){ .entry = e, .first = i, .used = past[used] - i };
    return h;
}

static bool hit_at(const struct lex_table *table, const struct words *w,
                   const struct str *word, uint32_t i, uint32_t form, struct hit *out)
{
    struct hit h = longest_at(table, w, word, i);

    if (!h.entry || !form_fits(h.entry->field[form], w, h))
        return false;
    *out = h;
    return true;
}

static bool covers(struct hit h, uint32_t at)
{
    return h.entry && at >= h.first && at < h.first + h.used;
}

/* A country after the head is the phrase's only behind these: "people in", "king of". */
static bool belongs(const struct words *w, uint32_t at)
{
    for (uint32_t i = at; i > w->head && i > 0; i--)
        if (ends_head(w->lower[i - 1]))
            return str_in(w->lower[i - 1], "of|in|from|for|at|within");
    return false;
}

/* A later country in front of the head gives way to the first ("Russian-held Kherson"). */
static struct hit find_country(const struct words *w)
{
    struct hit h, after = { 0 };

    for (uint32_t i = 0; i < w->n; i++) {
        if (!hit_at(&lex_countries, w, w->lower, i, LEX_COUNTRIES_FORM, &h))
            continue;
        if (h.first <= w->head)
            return h;
        if (!after.entry && belongs(w, h.first))
            after = h;
        i += h.used - 1;
    }
    return after;
}

static bool is_own(const struct words *w, struct hit h)
{
    return w->own && h.entry && h.entry >= w->own->actors.entry &&
           h.entry < w->own->actors.entry + w->own->actors.entries;
}

static bool is_capital(struct str s)
{
    return s.len > 2 && (ascii_is_upper(*s.ptr) || (unsigned char)*s.ptr >= 0x80);
}

/* "Ivanka Trump", "Putin Avenue": a surname that somebody is known by is his only where
 * no other name stands beside it. */
static bool other_bearer(const struct words *w, struct hit h)
{
    if (h.used != 1 || !str_eq(h.entry->field[LEX_ACTORS_TYPE], STR("person")))
        return false;
    if (h.first + 1 < w->n && is_capital(w->form[h.first + 1]))
        return true;
    return h.first > 0 && is_capital(w->form[h.first - 1]) &&
           !lex_find(&lex_agents, w->single[h.first - 1]) &&
           !lex_find(&lex_countries, w->lower[h.first - 1]);
}

/* The user's own entry at a word, else ours. */
static bool named_at(const struct words *w, uint32_t i, struct hit *h)
{
    return (w->own && w->own->actors.entries > 0 &&
            hit_at(&w->own->actors, w, w->lower, i, LEX_ACTORS_FORM, h)) ||
           (hit_at(&lex_actors, w, w->lower, i, LEX_ACTORS_FORM, h) &&
            !other_bearer(w, *h));
}

/* Bodies known by name: that over the head, else the first one that belongs to it. */
static struct hit find_named(const struct words *w)
{
    struct hit h, best = { 0 };

    for (uint32_t i = 0; i < w->n; i++) {
        if (!named_at(w, i, &h))
            continue;
        if (covers(h, w->head))
            return h;
        if (!best.entry && (h.first < w->head || belongs(w, h.first)))
            best = h;
        i += h.used - 1;
    }
    return best;
}

static bool strength_is(struct hit h, struct str s)
{
    return h.entry && str_eq(h.entry->field[LEX_AGENTS_STRENGTH], s);
}

/* Which of an agent's words are singular: none ("forces"), the last ("news agencies"),
 * all ("police officers"). */
enum { AS_WRITTEN, LAST_SINGULAR, ALL_SINGULAR };

/* The words first..last as the lexicon of agents writes them. */
static uint32_t agent_words(const struct words *w, uint32_t first, uint32_t last,
                            int how, struct str word[ACTOR_WORDS])
{
    uint32_t n = 0;

    for (uint32_t i = first; i <= last; i++) {
        if (i > first && is_possessive(w->lower[i]))
            continue;
        word[n++] = i < last && w->owner[i].len > 0 ? w->owner[i]
                    : how == ALL_SINGULAR || (i == last && how == LAST_SINGULAR)
                        ? w->single[i]
                        : w->lower[i];
    }
    return n;
}

/* The longest entry that ends at a word: "interior ministry", not "ministry". */
static struct hit agent_ending(const struct words *w, uint32_t last)
{
    uint32_t longest =
        lex_agents.max_words < last + 1 ? lex_agents.max_words + 1 : last + 1;

    for (uint32_t n = longest; n > 0; n--)
        for (int how = AS_WRITTEN; how <= (n > 1 ? ALL_SINGULAR : LAST_SINGULAR);
             how++) {
            struct hit h = { .first = last + 1 - n, .used = n };
            struct str word[ACTOR_WORDS];
            uint32_t used, count = agent_words(w, h.first, last, how, word);

            h.entry = lex_longest(&lex_agents, word, count, &used);
            if (h.entry && used == count &&
                !(n == 1 && strength_is(h, STR("modifier"))))
                return h;
        }
    return (struct hit){ 0 };
}

static const struct lex_entry *modifier_of(const struct words *w, uint32_t at)
{
    const struct lex_entry *e = lex_find(&lex_agents, w->single[at]);
    const struct lex_entry *strong = NULL;

    for (uint32_t k = 0; e && k <= e->same; k++) {
        if (str_eq(e[k].field[LEX_AGENTS_STRENGTH], STR("modifier")))
            return &e[k];
        if (str_eq(e[k].field[LEX_AGENTS_STRENGTH], STR("strong")))
            strong = &e[k];
        if (k == e->same)
            break;
    }
    return strong;
}

static struct actor_source agent_source(const struct lex_entry *e)
{
    return (struct actor_source){ &lex_agents, e };
}

static struct actor_source named_source(const struct words *w, struct hit named)
{
    return (struct actor_source){ is_own(w, named) ? &w->own->actors : &lex_actors,
                                  named.entry };
}

static bool tells_sector(struct hit named)
{
    return named.entry && named.entry->field[LEX_ACTORS_SECTOR].len > 0;
}

/* What stands before the head, nearest first; then what it is "of". */
static struct actor_source sector_by_company(const struct words *w, struct hit named)
{
    const struct lex_entry *e;

    for (uint32_t i = w->head; i-- > 0;) {
        struct hit h = agent_ending(w, i);

        if (covers(named, i) && tells_sector(named))
            return named_source(w, named);
        e = modifier_of(w, i);
        if (strength_is(h, STR("strong")) &&
            !(h.used == 1 && e &&
              !str_eq(e->field[LEX_AGENTS_STRENGTH], STR("strong"))))
            return agent_source(h.entry);
        if (e) /* "Muslim leaders", whatever Muslims are */
            return agent_source(e);
    }
    if (tells_sector(named))
        return named_source(w, named);
    for (uint32_t i = w->head + 1; i < w->n; i++) {
        struct hit h = agent_ending(w, i);

        if (strength_is(h, STR("strong")) && belongs(w, i) &&
            (i + 1 >= w->n || !agent_ending(w, i + 1).entry))
            return agent_source(h.entry);
    }
    return (struct actor_source){ 0 };
}

/* Both lexicons of actors tell the sector in a column of theirs. */
static struct str sector_of(struct actor_source from)
{
    return from.table == &lex_agents ? from.entry->field[LEX_AGENTS_SECTOR]
                                     : from.entry->field[LEX_ACTORS_SECTOR];
}

/* Out of office: PLOVER's elites. */
static bool is_former(const struct words *w)
{
    for (uint32_t i = 0; i < w->head && i < w->n; i++)
        if (str_in(w->lower[i], "former|ex|ousted|deposed|late|retired|one-time") ||
            str_starts(w->lower[i], STR("ex-")))
            return true;
    return false;
}

static enum entity_type type_of(struct str name)
{
    if (str_eq(name, STR("person")))
        return ENTITY_PERSON;
    return str_eq(name, STR("organization")) ? ENTITY_ORGANIZATION : ENTITY_GROUP;
}

/* "president" of a country governs; of a parliament or a bank he does not. */
static bool follows_body(const struct words *w, struct hit agent, struct hit named)
{
    return named.entry && named.first > w->head &&
           named.entry->field[LEX_ACTORS_SECTOR].len > 0 &&
           (strength_is(agent, STR("weak")) ||
            str_eq(w->single[w->head], STR("president")));
}

static void take_sector(struct actor_code *c, struct actor_source from)
{
    if (!from.entry)
        return;
    c->sector = sector_of(from);
    c->sector_from = from;
}

/* "Hydrovel Ltd", whose head is the first word to some trees. */
static struct hit agent_of_name(const struct words *w)
{
    for (uint32_t i = 0; i < w->n; i++)
        if (!is_capital(w->form[i]) && !str_eq(w->form[i], STR("&")))
            return (struct hit){ 0 };
    return w->n > 1 ? agent_ending(w, w->n - 1) : (struct hit){ 0 };
}

/* "Inspector Mira Vost": a title alone tells, if only by what it mostly is. */
static struct actor_source sector_by_title(const struct words *w)
{
    struct hit title = agent_ending(w, 0);

    for (uint32_t i = 0; i < w->n; i++)
        if (!is_capital(w->form[i]))
            return (struct actor_source){ 0 };
    return title.entry ? agent_source(title.entry) : (struct actor_source){ 0 };
}

static void code_sector(const struct words *w, struct hit named, struct actor_code *c)
{
    struct hit agent = agent_ending(w, w->head);

    if (!agent.entry)
        agent = agent_of_name(w);
    if (agent.entry) {
        c->typed = true;
        c->type = type_of(agent.entry->field[LEX_AGENTS_TYPE]);
        c->head = agent_source(agent.entry);
        take_sector(c, c->head);
    }
    if (!agent.entry && w->n > 1)
        take_sector(c, sector_by_title(w));
    if (!strength_is(agent, STR("strong")))
        take_sector(c, sector_by_company(w, named));
    else if (follows_body(w, agent, named))
        take_sector(c, named_source(w, named));
    c->former = is_former(w) && c->sector.len > 0 && !str_eq(c->sector, STR("CVL"));
    if (c->former)
        c->sector = STR("ELI");
}

static void take_named_country(const struct words *w, struct hit named,
                               struct actor_code *c)
{
    c->country = named.entry->field[LEX_ACTORS_COUNTRY];
    c->country_from = named_source(w, named);
}

static void code_named(const struct words *w, struct hit named, struct actor_code *c)
{
    c->typed = true;
    c->sector = named.entry->field[LEX_ACTORS_SECTOR];
    c->sector_from = named_source(w, named);
    c->type = type_of(named.entry->field[LEX_ACTORS_TYPE]);
    take_named_country(w, named, c);
}

static bool is_kind(struct hit country, struct str kind)
{
    return country.entry && str_eq(country.entry->field[LEX_COUNTRIES_KIND], kind);
}

/* A country as the head: a capital governs, a breakaway region has those who would, its
 * people are civilians when nothing more is said of them. */
static void code_country_head(struct hit country, struct actor_code *c)
{
    c->capital = is_kind(country, STR("capital"));
    if (c->capital)
        c->sector = STR("GOV");
    else if (is_kind(country, STR("breakaway")))
        c->sector = STR("PRE");
    else if (is_kind(country, STR("person")))
        c->sector = STR("CVL"); /* "two Ukrainians" */
    else
        return;
    c->sector_from = (struct actor_source){ &lex_countries, country.entry };
}

/* ---- towns and regions ---- */

/* The country that a name of a place most likely lies in: that of the most populous of
 * the name, unless others elsewhere come near it.  "" where it's a hamlet or doubtful. */
static struct str country_of_place(struct str name, uint32_t least)
{
    const struct gazetteer *g = gazetteer_builtin();
    struct gazetteer_hit hit[GAZETTEER_HITS];
    uint32_t n = gazetteer_find(g, name, hit, GAZETTEER_HITS);
    const struct gazetteer_place *best = NULL;

    for (uint32_t i = 0; i < n; i++) {
        const struct gazetteer_place *p = gazetteer_place(g, hit[i].place);

        if (hit[i].form == FORM_POSTAL || hit[i].form == FORM_SHORT ||
            p->kind > GAZETTEER_SECTION || p->country == 255 ||
            (p->kind == GAZETTEER_COUNTY && least > PLACE_RANK))
            continue;
        if (!best)
            best = p;
        else if (p->country != best->country && p->rank + PLACE_LEAD > best->rank)
            return STR("");
    }
    return best && (best->rank >= least ||
                    (best->kind <= GAZETTEER_REGION && least == PLACE_RANK))
               ? gazetteer_alpha3(g, best->country)
               : STR("");
}

/* "Mobile", "Orange": a word that means something else as well. */
static bool is_common(struct str lower)
{
    const struct word *d = word_find(lower);

    return d && !(d->flags & WORD_PROPER);
}

/* The words i..i+n as a place, if they are names throughout. */
static struct str place_at(struct arena *arena, const struct words *w, uint32_t i,
                           uint32_t n)
{
    char *name = NEW(arena, char, PLACE_BYTES);
    bool common = n == 1 && is_common(w->lower[i]);
    size_t len = 0;

    for (uint32_t k = i; k < i + n; k++) {
        if (!is_capital(w->form[k]) || len + w->form[k].len + 1 > PLACE_BYTES ||
            (n == 1 && lex_find(&lex_agents, w->single[k])))
            return STR("");
        if (k > i)
            name[len++] = ' ';
        memcpy(name + len, w->form[k].ptr, w->form[k].len);
        len += w->form[k].len;
    }
    return country_of_place((struct str){ name, len }, common ? CITY_RANK : PLACE_RANK);
}

/* "Mumbai police", "the governor of Texas", "Kandahar"; of a name we don't know ("Diego
 * Molano") no part is a place. */
static struct str country_by_place(struct arena *arena, const struct words *w,
                                   const struct actor_code *c)
{
    for (uint32_t n = PLACE_WORDS; n > 0; n--)
        for (uint32_t i = 0; i + n <= w->n; i++) {
            struct str country;

            if (!(n == w->n || (c->typed && (i + n <= w->head || belongs(w, i)))))
                continue;
            country = place_at(arena, w, i, n);
            if (country.len > 0)
                return country;
        }
    return STR("");
}

struct actor_code actor_code(struct arena *arena, const struct lexicon *own,
                             const struct str *form, uint32_t n, uint32_t head)
{
    struct words w = words_new(arena, own, form, n, head);
    struct actor_code c = { .type = ENTITY_GROUP };
    struct hit named, country, agent;
    bool by_name;

    if (w.n == 0)
        return c;
    if (w.head >= w.n)
        w.head = guess_head(&w);
    named = find_named(&w);
    agent = agent_ending(&w, w.head);
    if (is_own(&w, named) && covers(named, w.head)) {
        code_named(&w, named, &c);
        return c;
    }
    country = find_country(&w);
    /* "national security council" is no name, though "security council" is one */
    if (covers(named, w.head) && strength_is(agent, STR("strong")) &&
        agent.used > named.used && !is_own(&w, named))
        named = (struct hit){ 0 };
    by_name = covers(named, w.head) &&
              (!covers(country, w.head) || named.used > country.used);
    if (by_name)
        code_named(&w, named, &c);
    else if (!covers(country, w.head))
        code_sector(&w, named, &c);
    if (country.entry && (c.country.len == 0 || country.first < named.first)) {
        c.country = country.entry->field[LEX_COUNTRIES_CODE];
        c.country_from = (struct actor_source){ &lex_countries, country.entry };
    }
    if (c.country.len == 0 && named.entry)
        take_named_country(&w, named, &c);
    if (c.country.len == 0 && !named.entry)
        c.country = country_by_place(arena, &w, &c);
    if (!by_name) /* "imperial college london" is no capital */
        code_country_head(covers(country, w.head) ? country : (struct hit){ 0 }, &c);
    return c;
}

/* "Kazakhstan's" is two words: "Kazakhstan" and "'s". */
static uint32_t split_words(struct str phrase, struct str word[ACTOR_WORDS])
{
    struct str rest = phrase, part;
    uint32_t n = 0;

    while (n + 1 < ACTOR_WORDS && str_split(&rest, ' ', &part)) {
        size_t mark = str_ends(part, STR("'s")) ? 2 : str_ends(part, STR("’s")) ? 4 : 0;

        if (part.len > mark)
            word[n++] = str_slice(part, 0, part.len - mark);
        if (mark > 0)
            word[n++] = STR("'s");
    }
    return n;
}

bool actor_is_own(struct arena *arena, const struct lexicon *own, struct str name)
{
    return own->actors.entries > 0 && lex_find(&own->actors, lower_of(arena, name));
}

struct actor_code actor_code_of_text(struct arena *arena, const struct lexicon *own,
                                     struct str phrase)
{
    struct str word[ACTOR_WORDS];
    uint32_t n = split_words(phrase, word), skip;

    skip = n > 1 && str_eq_fold(word[0], STR("the")) ? 1 : 0;
    return actor_code(arena, own, word + skip, n - skip, n);
}
