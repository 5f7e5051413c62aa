#include <string.h>

#include "fact/where_int.h"
#include "lex/lex.h"
#include "text/word.h"

#define CAPS_LETTERS 2 /* a dateline is in capitals from so many letters on */

enum word_class {
    BEFORE = 1,
    WEAK = 2,
    AFTER = 4,
    HEAD = 8,
    FEATURE = 16,
    PERSON = 32
};

static uint32_t classes_of(struct str lower)
{
    static const struct {
        struct str name;
        enum word_class class;
    } classes[] = { { STR_INIT("before"), BEFORE },   { STR_INIT("weak"), WEAK },
                    { STR_INIT("after"), AFTER },     { STR_INIT("head"), HEAD },
                    { STR_INIT("feature"), FEATURE }, { STR_INIT("person"), PERSON } };
    const struct lex_entry *e = lex_find(&lex_where_words, lower);
    uint32_t mask = 0;

    for (uint32_t k = 0; e && k <= e->same; k++)
        for (size_t i = 0; i < COUNT(classes); i++)
            if (str_eq(e[k].field[LEX_WHERE_WORDS_CLASS], classes[i].name))
                mask |= classes[i].class;
    return mask;
}

static const struct token *token_at(const struct places *p, uint32_t i)
{
    return &p->facts->text->token.at[i];
}

static bool is_capital(const struct token *t)
{
    return t->form.len > 0 &&
           (ascii_is_upper(*t->form.ptr) || (unsigned char)*t->form.ptr >= 0xc3) &&
           !str_eq(t->form, t->lower);
}

/* "NEWARK", "N.Y.": letters in capitals only, more than one */
static bool all_capitals(struct str form)
{
    uint32_t letters = 0;

    for (size_t i = 0; i < form.len; i++) {
        if (ascii_is_lower(form.ptr[i]))
            return false;
        letters += ascii_is_upper(form.ptr[i]);
    }
    return letters >= CAPS_LETTERS;
}

static bool is_form(const struct places *p, uint32_t i, const struct sentence *s,
                    struct str form)
{
    return i >= s->first && i < s->first + s->tokens &&
           str_eq(token_at(p, i)->form, form);
}

/* Small words inside names: "Isle of Man", "Rio de Janeiro", "Trinidad and Tobago". */
static bool may_link(struct str lower)
{
    return str_in(lower,
                  "of|the|de|la|le|del|and|do|da|-|du|al|el|-|&|upon|on|'s|under|"
                  "\xe2\x80\x99s|in");
}

/* ---- candidates of a stretch of tokens ---- */

static struct str span_of(const struct places *p, uint32_t first, uint32_t tokens)
{
    return str_slice(p->facts->text->article->text, token_at(p, first)->start,
                     token_at(p, first + tokens - 1)->end);
}

/* Whether this way of writing can be that form: "MN" and "Minn." are no words in lower
 * case letters, "us" is a pronoun, "Wash" no state without its stop. */
static bool form_fits(const struct places *p, struct str written,
                      const struct gazetteer_hit *hit)
{
    struct str text = p->facts->text->article->text;
    const char *end = written.ptr + written.len;
    bool capitals = all_capitals(written);
    bool stop = str_find_char(written, '.') != STR_NPOS ||
                (end < text.ptr + text.len && *end == '.'); /* at a sentence's end */

    if (hit->form == FORM_POSTAL) /* "AK", not "AK-47" */
        return capitals && !(end < text.ptr + text.len && *end == '-');
    if (hit->form == FORM_SHORT)
        return stop || capitals;
    if (written.len <= 3 && hit->form != FORM_MAIN)
        return capitals;
    return true;
}

/* The toponym of a name, made when it is new; FACT_NONE when the gazetteer has none. */
static uint32_t toponym_of(struct places *p, struct str written, bool adjective,
                           bool keep_unknown)
{
    struct gazetteer_hit hit[GAZETTEER_HITS];
    char key[GAZETTEER_KEY_MAX];
    size_t len = gazetteer_key(written, key, sizeof key - 1);
    uint32_t n, kept = 0, *known;
    struct toponym *t;

    if (len == 0)
        return FACT_NONE;
    n = gazetteer_find_key(p->gazetteer, (struct str){ key, len }, hit, GAZETTEER_HITS);
    for (uint32_t i = 0; i < n; i++)
        if (form_fits(p, written, &hit[i]) &&
            (hit[i].form == FORM_ADJECTIVE) == adjective)
            hit[kept++] = hit[i];
    if (kept == 0 && !keep_unknown)
        return FACT_NONE;
    if (adjective)
        key[len++] = '~'; /* "Georgian" is another name than "Georgia" */
    known = table_find(&p->by_key, (struct str){ key, len });
    if (known)
        return *known - 1;
    t = PUSH(p->arena, &p->toponym);
    t->key = arena_str(p->arena, (struct str){ key, len });
    t->hit = NEW(p->arena, struct gazetteer_hit, kept ? kept : 1);
    memcpy(t->hit, hit, kept * sizeof *hit);
    t->hits = kept;
    t->chosen = t->actor = t->inside = FACT_NONE;
    *table_put(p->arena, &p->by_key, t->key) = p->toponym.count;
    return p->toponym.count - 1;
}

/* Whether a candidate is of a kind: bits 1 << enum gazetteer_kind. */
static bool may_be(const struct places *p, const struct toponym *t, uint32_t kinds)
{
    for (uint32_t i = 0; i < t->hits; i++)
        if (kinds >> gazetteer_place(p->gazetteer, t->hit[i].place)->kind & 1)
            return true;
    return false;
}

#define BIT(kind) (1u << GAZETTEER_##kind)

/* ---- trust ---- */

/* Who the text knows by this name: a person with more names than this one. */
static bool full_person(const struct places *p, uint32_t mention)
{
    const struct text *text = p->facts->text;
    const struct actor *a;

    if (mention == UINT32_MAX ||
        text->mention.at[mention].entity >= p->facts->actor.count)
        return false;
    a = &p->facts->actor.at[text->mention.at[mention].entity];
    if (a->type != ENTITY_PERSON)
        return false;
    for (uint32_t i = 0; i < a->mention.count; i++)
        if (a->mention.at[i].kind == MENTION_NAME && a->mention.at[i].tokens > 1)
            return true;
    return a->role.len > 0;
}

static bool is_first_name(struct str lower)
{
    return lex_find(&lex_first_names, lower) != NULL;
}

/* A word of the language with other uses than a name: "Nice", "Reading", "Hope". */
static bool is_common_word(struct str lower)
{
    const struct word *w = word_find(lower);

    return w && !(w->flags & WORD_PROPER);
}

/* "NEWARK --", "ORLANDO, Fla. (AP)", "KANSAS CITY, Mo. -" near the start of a paragraph */
static bool in_dateline(const struct places *p, const struct sentence *s,
                        const struct spot *spot)
{
    uint32_t end = s->first + s->tokens, i = spot->first + spot->tokens;

    if (spot->first > s->first + 3 || !all_capitals(token_at(p, spot->first)->form))
        return false;
    for (uint32_t k = 0; i < end && k < 8; i++, k++) {
        struct str f = token_at(p, i)->form;

        if (str_eq(f, STR("--")) || str_eq(f, STR("-")) || str_eq(f, STR("(")) ||
            str_eq(f, STR("\xe2\x80\x94")) || str_eq(f, STR("\xe2\x80\x93")))
            return true;
    }
    return false;
}

static uint32_t class_at(const struct places *p, const struct sentence *s, uint32_t i)
{
    return i >= s->first && i < s->first + s->tokens ? classes_of(token_at(p, i)->lower)
                                                     : 0;
}

/* What the words around say. */
static enum spot_trust trust_of(const struct places *p, const struct sentence *s,
                                const struct spot *spot)
{
    uint32_t before = spot->first - 1, after = spot->first + spot->tokens;
    uint32_t b = spot->first > s->first ? class_at(p, s, before) : 0;
    uint32_t a = class_at(p, s, after);

    if (b & PERSON && !(b & HEAD))
        return TRUST_NONE;
    if (spot->first > s->first && str_eq(token_at(p, before)->lower, STR("of")) &&
        spot->first > s->first + 1 && class_at(p, s, before - 1) & (HEAD | BEFORE))
        return TRUST_STRONG;
    if (b & BEFORE)
        return TRUST_STRONG;
    if (spot->first > s->first && str_eq(token_at(p, before)->lower, STR("the")) &&
        spot->first > s->first + 1)
        b |= class_at(p, s, before - 1) & WEAK;
    if (a & AFTER && is_capital(token_at(p, spot->first)) &&
        !is_capital(token_at(p, after)))
        return TRUST_STRONG;
    return b & WEAK ? TRUST_WEAK : TRUST_NONE;
}

/* ---- spots ---- */

static uint32_t put_spot(struct places *p, const struct sentence *s, struct spot spot)
{
    struct toponym *t = &p->toponym.at[spot.toponym];
    enum spot_trust around = trust_of(p, s, &spot);

    if (around > spot.trust)
        spot.trust = around;
    spot.container = FACT_NONE;
    spot.dateline = in_dateline(p, s, &spot);
    if (spot.dateline)
        around = TRUST_STRONG;
    if (spot.dateline && spot.trust < TRUST_STRONG)
        spot.trust = TRUST_STRONG;
    if (full_person(p, spot.mention) && spot.trust < TRUST_NAMED)
        t->person = true;
    t->spots++;
    if (around > t->around)
        t->around = around;
    if (spot.trust > t->trust)
        t->trust = spot.trust;
    *PUSH(p->arena, &p->spot) = spot;
    return p->spot.count - 1;
}

static bool names_land(const struct places *p, const struct toponym *t)
{
    return may_be(p, t,
                  BIT(COUNTRY) | BIT(REGION) | BIT(CONTINENT) | BIT(AREA) | BIT(WATER));
}

/* How many tokens from i on may be one name: capitals with small words between. */
static uint32_t run_length(const struct places *p, const struct sentence *s, uint32_t i)
{
    uint32_t n = 0, end = s->first + s->tokens;

    while (i + n < end && n < SPOT_WORDS) {
        const struct token *t = token_at(p, i + n);

        if (!is_capital(t) && !(n > 0 && may_link(t->lower)))
            break;
        n++;
    }
    while (n > 0 && !is_capital(token_at(p, i + n - 1)))
        n--;
    return n;
}

/* The mention of the text that token i lies in, UINT32_MAX: none. */
static uint32_t mention_at(const struct places *p, uint32_t i)
{
    uint32_t m = token_at(p, i)->mention;

    return m < p->facts->text->mention.count &&
                   p->facts->text->mention.at[m].kind == MENTION_NAME
               ? m
               : UINT32_MAX;
}

static enum entity_type type_of(const struct places *p, uint32_t mention)
{
    const struct text *text = p->facts->text;

    return text->entity.at[text->mention.at[mention].entity].type;
}

/* "Georgia Harker": a first name with a name after it that is no place. */
static bool begins_person(const struct places *p, const struct sentence *s,
                          const struct mention *m)
{
    uint32_t next = m->first + m->tokens;

    return m->tokens == 1 && next < s->first + s->tokens &&
           is_capital(token_at(p, next)) &&
           lex_find(&lex_first_names, token_at(p, m->first)->lower) &&
           !(classes_of(token_at(p, next)->lower) & (AFTER | FEATURE | HEAD)) &&
           token_at(p, next)->mention == UINT32_MAX;
}

/* The longest part of an unknown name that is known: "Texas" in "South Texas", "Nairobi"
 * in "Nairobi slum Kibera". */
static uint32_t known_part(struct places *p, uint32_t first, uint32_t tokens)
{
    for (uint32_t n = tokens - 1; n > 0; n--)
        for (uint32_t skip = tokens - n + 1; skip-- > 0;) {
            uint32_t t;

            if (!is_capital(token_at(p, first + skip)) ||
                !is_capital(token_at(p, first + skip + n - 1)))
                continue;
            if (n == 1 && (is_common_word(token_at(p, first + skip)->lower) ||
                           is_first_name(token_at(p, first + skip)->lower)))
                continue; /* "Fithian House", "Mount Pleasant" */
            t = toponym_of(p, span_of(p, first + skip, n), false, false);
            if (t != FACT_NONE)
                return t;
        }
    return FACT_NONE;
}

struct core {
    uint32_t first, tokens;
    bool exact; /* what was cut off says only what kind of place it is */
};

/* "the Darfur region" is Darfur, "central Africa" a part of Africa. */
static struct core core_of(const struct places *p, const struct mention *m)
{
    struct core c = { m->first, m->tokens, true };

    while (c.tokens > 1 && !is_capital(token_at(p, c.first + c.tokens - 1))) {
        c.tokens--;
        c.exact = c.exact &&
                  classes_of(token_at(p, c.first + c.tokens)->lower) & (HEAD | AFTER);
    }
    while (c.tokens > 1 && (!is_capital(token_at(p, c.first)) ||
                            str_eq(token_at(p, c.first)->lower, STR("the")))) {
        c.exact = c.exact && str_eq(token_at(p, c.first)->lower, STR("the"));
        c.first++;
        c.tokens--;
    }
    return c;
}

/* "the Village", "Federal", "El Niño": one word that says what kind of thing it is, which
 * the gazetteer has for no place and the text has no longer name for. */
static bool is_kind_alone(const struct places *p, const struct core *core, uint32_t t,
                          uint32_t entity)
{
    const struct actor *a = &p->facts->actor.at[entity];
    struct str lower = token_at(p, core->first)->lower;

    if (core->tokens > 1 || a->aliases.count > 0)
        return false;
    if (classes_of(lower) & (AFTER | HEAD | FEATURE))
        return true;
    return p->toponym.at[t].hits == 0 && is_common_word(lower);
}

/* A mention that stage text calls a place; the tokens used. */
static uint32_t named_spot(struct places *p, const struct sentence *s, uint32_t m)
{
    const struct mention *mention = &p->facts->text->mention.at[m];
    struct core core = core_of(p, mention);
    uint32_t t = toponym_of(p, span_of(p, core.first, core.tokens), false, true), part;

    if (t == FACT_NONE)
        return 0;
    if (mention->entity < p->facts->actor.count &&
        is_kind_alone(p, &core, t, mention->entity)) {
        p->facts->actor.at[mention->entity].type = ENTITY_MISC;
        return mention->tokens;
    }
    if (begins_person(p, s, mention)) {
        p->toponym.at[t].person = true;
        return mention->tokens;
    }
    if (p->toponym.at[t].hits == 0 || core.exact)
        part = p->toponym.at[t].hits == 0 ? known_part(p, core.first, core.tokens)
                                          : FACT_NONE;
    else
        part = t;
    if (part == FACT_NONE)
        p->toponym.at[t].actor = mention->entity;
    else
        t = part;
    put_spot(p, s,
             (struct spot){ .first = mention->first,
                            .tokens = mention->tokens,
                            .toponym = t,
                            .mention = m,
                            .trust = part == FACT_NONE ? TRUST_NAMED : TRUST_NONE,
                            .whole = part == FACT_NONE,
                            .borrowed = part != FACT_NONE });
    return mention->tokens;
}

/* "Kazakh", "North Koreans": the tokens used, 0: none begins here. */
static uint32_t adjective_spot(struct places *p, const struct sentence *s, uint32_t i)
{
    uint32_t run = run_length(p, s, i);

    for (uint32_t n = run < 2 ? run : 2; n > 0; n--) {
        uint32_t t = toponym_of(p, span_of(p, i, n), true, false);

        if (t == FACT_NONE)
            continue;
        put_spot(p, s,
                 (struct spot){ .first = i,
                                .tokens = n,
                                .toponym = t,
                                .mention = mention_at(p, i),
                                .trust = TRUST_NAMED,
                                .adjective = true });
        return n;
    }
    return 0;
}

/* Whether the tokens are part of a longer name of a person, so no place's. */
static bool inside_person(const struct places *p, uint32_t m, uint32_t i, uint32_t n,
                          bool land)
{
    const struct mention *mention = &p->facts->text->mention.at[m];

    if (type_of(p, m) != ENTITY_PERSON || mention->tokens <= n)
        return false;
    /* "South Carolina Governor Nikki Haley" holds a place, "Georgia Smith" doesn't */
    return !(land && i == mention->first && !is_first_name(token_at(p, i)->lower));
}

/* A name that the gazetteer has and stage text doesn't call a place. */
static uint32_t other_spot(struct places *p, const struct sentence *s, uint32_t i)
{
    uint32_t run = run_length(p, s, i), m = mention_at(p, i);

    for (uint32_t n = run; n > 0; n--) {
        struct spot spot = { .first = i, .tokens = n, .mention = m };
        bool land, common;

        if (n > 1 && !is_capital(token_at(p, i + n - 1)))
            continue;
        spot.toponym = toponym_of(p, span_of(p, i, n), false, false);
        if (spot.toponym == FACT_NONE)
            continue;
        land = names_land(p, &p->toponym.at[spot.toponym]);
        if (m != UINT32_MAX && inside_person(p, m, i, n, land))
            return 0;
        common = n == 1 && is_common_word(token_at(p, i)->lower);
        spot.whole = m != UINT32_MAX && p->facts->text->mention.at[m].tokens == n;
        if (land && !common && !is_first_name(token_at(p, i)->lower))
            spot.trust = TRUST_NAMED;
        put_spot(p, s, spot);
        return n;
    }
    return 0;
}

/* "March", "Easter": whether the token is part of a time phrase; *time moves on. */
static bool in_time(const struct places *p, uint32_t i, uint32_t *time)
{
    const struct facts *f = p->facts;
    uint32_t at = token_at(p, i)->start;

    while (*time < f->when.count && f->when.at[*time].end <= at)
        ++*time;
    return *time < f->when.count && f->when.at[*time].start <= at;
}

static void read_sentence(struct places *p, const struct sentence *s)
{
    uint32_t end = s->first + s->tokens, time = 0;

    for (uint32_t i = s->first; i < end;) {
        uint32_t m, used = 0;

        m = mention_at(p, i);
        if (!is_capital(token_at(p, i)) || in_time(p, i, &time) ||
            (m == UINT32_MAX && str_eq(token_at(p, i)->lower, STR("the")))) {
            i++;
            continue;
        }
        if (m != UINT32_MAX && type_of(p, m) == ENTITY_PLACE &&
            p->facts->text->mention.at[m].first == i)
            used = named_spot(p, s, m);
        if (used == 0)
            used = adjective_spot(p, s, i);
        if (used == 0)
            used = other_spot(p, s, i);
        i += used ? used : 1;
    }
}

/* "Columbia, S.C.", "Osk, Minnesota", "Springfield (Ill.)": which spot holds which. */
static void link_containers(struct places *p)
{
    for (uint32_t i = 0; i + 1 < p->spot.count; i++) {
        struct spot *a = &p->spot.at[i], *b = &p->spot.at[i + 1];
        uint32_t gap = a->first + a->tokens;
        const struct sentence *s =
            &p->facts->text->sentence.at[token_at(p, a->first)->sentence];
        struct toponym *in = &p->toponym.at[b->toponym];

        if (b->adjective || a->adjective || b->first != gap + 1 ||
            !(is_form(p, gap, s, STR(",")) || is_form(p, gap, s, STR("("))) ||
            !may_be(p, in, BIT(COUNTRY) | BIT(REGION) | BIT(COUNTY)))
            continue;
        a->container = i + 1;
    }
}

void spots_find(struct places *p)
{
    const struct text *text = p->facts->text;

    for (uint32_t i = 0; i < text->sentence.count; i++)
        read_sentence(p, &text->sentence.at[i]);
    link_containers(p);
}
