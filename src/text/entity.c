#include "text/entity.h"

#include <string.h>

#include "base/table.h"
#include "base/utf8.h"
#include "lex/lex.h"
#include "text/coref.h"

#define NAME_PARTS 16

/* What is known of an entity while the text is read. */
struct known {
    struct str key;              /* its name for comparison */
    struct str part[NAME_PARTS]; /* words of the key */
    uint32_t parts;
    struct str acronym; /* initials of its words */
    struct str country;
    char gender;
    bool sure;
    uint32_t sentence, token; /* last mention */
    bool subject;             /* the last mention was a subject */
};

struct resolver {
    struct arena *arena;
    struct text *text;
    const struct word *const *word;
    ARRAY(struct known) known; /* beside text->entity */
    struct table key;          /* key -> 1 + entity */
};

/* Letters of names that differ by spelling alone: "é" is "e". */
static char plain_letter(uint32_t code)
{
    static const struct {
        const char *from;
        char to;
    } folds[] = {
        { "\u00e0\u00e1\u00e2\u00e3\u00e4\u00e5\u0101\u0103\u0105", 'a' },
        { "\u00e7\u0107\u010d", 'c' },
        { "\u00e8\u00e9\u00ea\u00eb\u0113\u0119\u011b", 'e' },
        { "\u011f", 'g' },
        { "\u00ec\u00ed\u00ee\u00ef\u012b\u0131", 'i' },
        { "\u0142", 'l' },
        { "\u00f1\u0144\u0148", 'n' },
        { "\u00f2\u00f3\u00f4\u00f5\u00f6\u00f8\u014d\u0151", 'o' },
        { "\u0159", 'r' },
        { "\u015b\u015f\u0161\u0219", 's' },
        { "\u0163\u0165\u021b", 't' },
        { "\u00f9\u00fa\u00fb\u00fc\u016b\u016f\u0171", 'u' },
        { "\u00fd\u00ff", 'y' },
        { "\u017a\u017c\u017e", 'z' },
    };
    char utf8[4];
    size_t len = utf8_encode(code, utf8);

    for (size_t i = 0; i < COUNT(folds); i++)
        if (str_find(str_from(folds[i].from), (struct str){ utf8, len }) != STR_NPOS)
            return folds[i].to;
    return '\0';
}

/* One word of a key: "organisation" is "organization", "defence" "defense", "labour"
 * "labor"; letters without their accents and apostrophes. */
static struct str spelled(struct arena *arena, struct str word)
{
    static const struct {
        struct str from, to;
    } ends[] = {
        { STR_INIT("isation"), STR_INIT("ization") },
        { STR_INIT("isations"), STR_INIT("izations") },
        { STR_INIT("defence"), STR_INIT("defense") },
        { STR_INIT("centre"), STR_INIT("center") },
        { STR_INIT("labour"), STR_INIT("labor") },
        { STR_INIT("harbour"), STR_INIT("harbor") },
        { STR_INIT("programme"), STR_INIT("program") },
        { STR_INIT("theatre"), STR_INIT("theater") },
    };
    char *p;
    size_t n = 0, len;

    for (size_t i = 0; i < COUNT(ends); i++)
        if (str_ends(word, ends[i].from)) {
            size_t stem = word.len - ends[i].from.len;

            p = NEW(arena, char, stem + ends[i].to.len + 1);
            memcpy(p, word.ptr, stem);
            memcpy(p + stem, ends[i].to.ptr, ends[i].to.len);
            return (struct str){ p, stem + ends[i].to.len };
        }
    for (size_t i = 0; i < word.len; i++)
        n += (unsigned char)word.ptr[i] >= 0x80 || word.ptr[i] == '\'' ||
             word.ptr[i] == '.';
    if (n == 0)
        return word;
    p = NEW(arena, char, word.len + 1);
    n = 0;
    for (size_t at = 0; at < word.len; at += len) {
        uint32_t code = utf8_decode(str_after(word, at), &len);
        char plain = code < 0x80 ? '\0' : plain_letter(code);

        if (plain)
            p[n++] = plain;
        else if (code == '\'' || code == 0x2019 || code == '.')
            continue;
        else {
            memcpy(p + n, word.ptr + at, len);
            n += len;
        }
    }
    return (struct str){ p, n };
}

static const struct token *tok(const struct resolver *r, uint32_t i)
{
    return &r->text->token.at[i];
}

/* The words of a name that count in comparison, and the key that they make. */
static struct known known_from(struct resolver *r, const struct name_span *s)
{
    struct known k = { .gender = s->gender, .sure = s->sure, .country = s->country };
    char *key, *initials;
    size_t n = 0, m = 0, need = 1;

    for (uint32_t i = s->first; i < s->first + s->tokens && k.parts < NAME_PARTS; i++) {
        const struct token *t = tok(r, i);

        if (!ascii_is_word(*t->form.ptr) || str_eq(t->form, STR("the")) ||
            (i == s->first && str_eq(t->lower, STR("the"))))
            continue;
        k.part[k.parts] = spelled(r->arena, t->lower);
        need += k.part[k.parts++].len + 1;
    }
    key = NEW(r->arena, char, need);
    initials = NEW(r->arena, char, NAME_PARTS + 1);
    for (uint32_t i = 0; i < k.parts; i++) {
        struct str w = k.part[i];

        if (n > 0)
            key[n++] = ' ';
        memcpy(key + n, w.ptr, w.len);
        n += w.len;
        if (!str_eq(w, STR("of")) && !str_eq(w, STR("for")) && !str_eq(w, STR("and")) &&
            w.len > 0)
            initials[m++] = *w.ptr;
    }
    k.key = (struct str){ key, n };
    k.acronym = (struct str){ initials, m };
    return k;
}

static struct str last_part(const struct known *k)
{
    return k->parts ? k->part[k->parts - 1] : (struct str){ NULL, 0 };
}

static bool genders_meet(char a, char b)
{
    return a == 'u' || b == 'u' || a == b;
}

static bool has_part(const struct known *k, struct str w)
{
    for (uint32_t i = 0; i < k->parts; i++)
        if (str_eq(k->part[i], w))
            return true;
    return false;
}

/* Whether all words of a stand in b, small ones aside. */
static bool words_inside(const struct known *a, const struct known *b)
{
    for (uint32_t i = 0; i < a->parts; i++)
        if (!has_part(b, a->part[i]) && !str_eq(a->part[i], STR("of")) &&
            !str_eq(a->part[i], STR("for")) && !str_eq(a->part[i], STR("and")))
            return false;
    return a->parts > 0;
}

/* "Tokayev" or "Kassym Tokayev" for "Kassym-Jomart Tokayev"; "J. Osk" for "Jana Osk". */
static bool same_person(const struct known *a, const struct known *b)
{
    const struct known *less = a->parts <= b->parts ? a : b;
    const struct known *more = less == a ? b : a;

    if (less->parts == 0 || !genders_meet(a->gender, b->gender))
        return false;
    if (less->parts == 1)
        return str_eq(less->part[0], last_part(more)) ||
               (more->parts > 1 && str_eq(less->part[0], more->part[0])) ||
               (more->parts > 2 && less->part[0].len > 3 &&
                has_part(more, less->part[0]));
    if (!str_eq(last_part(less), last_part(more)))
        return false;
    return words_inside(less, more) ||
           (less->part[0].len == 1 && *less->part[0].ptr == *more->part[0].ptr) ||
           (more->part[0].len == 1 && *less->part[0].ptr == *more->part[0].ptr);
}

/* "CSTO" for its expansion; "Interior Ministry" for "Kazakh Interior Ministry" and
 * "Ministry of the Interior". */
static bool same_body(const struct known *a, const struct known *b)
{
    const struct known *less = a->parts <= b->parts ? a : b;
    const struct known *more = less == a ? b : a;
    bool head = false;

    if (less->parts == 1 && more->parts > 1 && less->part[0].len > 1 &&
        str_eq(less->part[0], more->acronym))
        return true;
    if (less->parts < 2 || !words_inside(less, more))
        return false;
    for (uint32_t i = 0; i < less->parts; i++)
        head = head || lex_find(&lex_org_words, less->part[i]);
    return head && more->parts <= less->parts + 2;
}

static bool same_place(const struct known *a, const struct known *b)
{
    return a->country.len > 0 && str_eq(a->country, b->country);
}

static bool same(const struct resolver *r, enum entity_type type, const struct known *k,
                 uint32_t entity)
{
    const struct known *e = &r->known.at[entity];
    enum entity_type other = r->text->entity.at[entity].type;

    if (other != type)
        return !k->sure && other == ENTITY_PERSON && k->parts == 1 &&
               str_eq(k->part[0], last_part(e));
    switch (type) {
    case ENTITY_PERSON: return same_person(k, e);
    case ENTITY_ORGANIZATION: return same_body(k, e);
    case ENTITY_PLACE: return same_place(k, e);
    case ENTITY_GROUP:
    case ENTITY_MISC: return false;
    }
    return false;
}

/* The entity that a name means: the same name, else the last one that it fits. */
static uint32_t find_entity(const struct resolver *r, enum entity_type type,
                            const struct known *k)
{
    const uint32_t *exact = table_find(&r->key, k->key);

    if (exact) {
        enum entity_type other = r->text->entity.at[*exact - 1].type;

        if (other == type || !k->sure || !r->known.at[*exact - 1].sure)
            return *exact - 1;
    }
    for (uint32_t i = r->text->entity.count; i-- > 0;)
        if (same(r, type, k, i))
            return i;
    return ENTITY_NONE;
}

static struct str span_str(const struct resolver *r, uint32_t first, uint32_t tokens)
{
    return str_slice(r->text->article->text, tok(r, first)->start,
                     tok(r, first + tokens - 1)->end);
}

static void add_alias(struct resolver *r, struct entity *e, struct str form)
{
    if (str_eq(e->name, form))
        return;
    for (uint32_t i = 0; i < e->aliases.count; i++)
        if (str_eq(e->aliases.at[i], form))
            return;
    *PUSH(r->arena, &e->aliases) = form;
}

static uint32_t new_entity(struct resolver *r, enum entity_type type, struct str name,
                           const struct known *k)
{
    struct entity *e = PUSH(r->arena, &r->text->entity);

    e->type = type;
    e->name = name;
    *PUSH(r->arena, &r->known) = *k;
    if (k->key.len > 0 && !table_find(&r->key, k->key))
        *table_put(r->arena, &r->key, k->key) = r->text->entity.count;
    return r->text->entity.count - 1;
}

/* A fuller form takes the place of the name; the old one becomes an alias. */
static void enrich(struct resolver *r, uint32_t entity, struct str form,
                   const struct known *k, bool sure)
{
    struct entity *e = &r->text->entity.at[entity];
    struct known *old = &r->known.at[entity];

    if (k->parts > old->parts) {
        struct str before = e->name;

        e->name = form;
        add_alias(r, e, before);
        memcpy(old->part, k->part, sizeof old->part);
        old->parts = k->parts;
        old->acronym = k->acronym;
        old->key = k->key;
    } else {
        add_alias(r, e, form);
    }
    if (old->gender == 'u')
        old->gender = k->gender;
    old->sure = old->sure || sure;
    if (k->country.len)
        old->country = k->country;
    if (!table_find(&r->key, k->key))
        *table_put(r->arena, &r->key, k->key) = entity + 1;
}

static bool is_subject(const struct token *t)
{
    return t->rel == DEPREL_NSUBJ || t->rel == DEPREL_NSUBJ_PASS;
}

/* The token of a span whose head lies outside it. */
static uint32_t head_in(const struct resolver *r, uint32_t first, uint32_t tokens)
{
    for (uint32_t i = first; i < first + tokens; i++) {
        uint32_t head = tok(r, i)->head;

        if (head == TOKEN_NONE || head < first || head >= first + tokens)
            if (tok(r, i)->upos != UPOS_PUNCT)
                return i;
    }
    return first + tokens - 1;
}

static void add_mention(struct resolver *r, uint32_t first, uint32_t tokens,
                        uint32_t entity, enum mention_kind kind)
{
    struct mention *m = PUSH(r->arena, &r->text->mention);
    struct known *k = &r->known.at[entity];

    m->first = first;
    m->tokens = tokens;
    m->start = tok(r, first)->start;
    m->end = tok(r, first + tokens - 1)->end;
    m->head = head_in(r, first, tokens);
    m->entity = entity;
    m->kind = kind;
    k->sentence = tok(r, first)->sentence;
    k->token = first;
    k->subject = is_subject(tok(r, m->head));
}

/* ", a former prime minister and security head,": the role after a name. */
static struct str role_after(const struct resolver *r, const struct name_span *s)
{
    uint32_t i = s->first + s->tokens, first, last = 0;
    const struct sentence *sent = &r->text->sentence.at[tok(r, s->first)->sentence];
    uint32_t end = sent->first + sent->tokens;

    if (i + 2 >= end || !str_eq(tok(r, i)->form, STR(",")))
        return (struct str){ NULL, 0 };
    first = ++i;
    if (tok(r, i)->xpos == XPOS_DT || tok(r, i)->xpos == XPOS_PRPS)
        first = ++i;
    for (; i < end && i < first + 14; i++) {
        const struct token *t = tok(r, i);
        const struct lex_entry *role = lex_find(&lex_roles, t->lower);

        if (role && token_has_capital(t) == token_has_capital(tok(r, first)))
            last = i + 1;
        else if (role)
            last = i + 1;
        if (t->upos == UPOS_PUNCT && t->xpos != XPOS_HYPH)
            break;
        if (t->upos == UPOS_VERB || t->upos == UPOS_AUX || t->xpos == XPOS_WP ||
            t->xpos == XPOS_WDT || t->upos == UPOS_PRON)
            return (struct str){ NULL, 0 };
    }
    if (last == 0 || i >= end || i == first + 14)
        return (struct str){ NULL, 0 };
    return span_str(r, first, i - first);
}

static void set_role(struct resolver *r, uint32_t entity, const struct name_span *s)
{
    struct entity *e = &r->text->entity.at[entity];
    struct str role = { NULL, 0 };

    if (e->type != ENTITY_PERSON)
        return;
    if (s->role_tokens > 0)
        role = span_str(r, s->role_first, s->role_tokens);
    if (str_eq_fold(role, STR("Mr.")) || str_eq_fold(role, STR("Mr")) ||
        str_eq_fold(role, STR("Ms.")) || str_eq_fold(role, STR("Ms")) ||
        str_eq_fold(role, STR("Mrs.")) || str_eq_fold(role, STR("Mrs")) ||
        str_eq_fold(role, STR("Dr.")) || str_eq_fold(role, STR("Miss")))
        role.len = 0;
    if (role.len == 0)
        role = role_after(r, s);
    if (role.len > e->role.len || (e->role.len == 0 && role.len > 0))
        e->role = role;
}

/* "X Y Z (XYZ)": the name before the bracket and the acronym in it are one. */
static uint32_t bracketed(const struct resolver *r, const struct name_span *s)
{
    const struct mention *before;

    if (s->first < 2 || s->tokens != 1 || r->text->mention.count == 0 ||
        !str_eq(tok(r, s->first - 1)->form, STR("(")) ||
        !token_is_acronym(tok(r, s->first)))
        return ENTITY_NONE;
    before = &r->text->mention.at[r->text->mention.count - 1];
    if (before->first + before->tokens != s->first - 1 || before->tokens < 2 ||
        r->text->entity.at[before->entity].type == ENTITY_PERSON)
        return ENTITY_NONE;
    return before->entity;
}

static void place_name(struct resolver *r, const struct name_span *s)
{
    struct known k = known_from(r, s);
    struct str form = span_str(r, s->first, s->tokens);
    uint32_t entity = bracketed(r, s);

    if (k.key.len == 0)
        return;
    if (entity == ENTITY_NONE)
        entity = find_entity(r, s->type, &k);
    if (entity == ENTITY_NONE) {
        entity = new_entity(r, s->type, form, &k);
    } else {
        enum entity_type *type = &r->text->entity.at[entity].type;

        if (s->sure && !r->known.at[entity].sure)
            *type = s->type;
        enrich(r, entity, form, &k, s->sure);
    }
    add_mention(r, s->first, s->tokens, entity, MENTION_NAME);
    set_role(r, entity, s);
}

/* The person whose role names this office: "the president". */
static uint32_t holder_of(const struct resolver *r, struct str office)
{
    uint32_t found = ENTITY_NONE;

    for (uint32_t i = r->text->entity.count; i-- > 0;) {
        const struct entity *e = &r->text->entity.at[i];

        if (e->type == ENTITY_PERSON && str_find_fold(e->role, office) != STR_NPOS &&
            (found == ENTITY_NONE || r->known.at[i].token > r->known.at[found].token))
            found = i;
    }
    return found;
}

static uint32_t latest(const struct resolver *r, enum entity_type type, struct str word)
{
    uint32_t found = ENTITY_NONE;

    for (uint32_t i = 0; i < r->text->entity.count; i++)
        if (r->text->entity.at[i].type == type &&
            (word.len == 0 || has_part(&r->known.at[i], word)) &&
            (found == ENTITY_NONE || r->known.at[i].token > r->known.at[found].token))
            found = i;
    return found;
}

/* Bodies that are named by a common noun: "the government", "interior ministry". */
static bool body_noun(const struct token *t)
{
    return str_in(t->lower,
                  "government|ministry|administration|parliament|presidency|cabinet|"
                  "junta|judiciary|senate|kremlin|pentagon|legislature");
}

/* First token of the noun phrase that i heads, without its article: adjectives, nouns and
 * names before it. */
static uint32_t phrase_start(const struct resolver *r, uint32_t i)
{
    uint32_t sentence = r->text->sentence.at[tok(r, i)->sentence].first;

    while (i > sentence) {
        const struct token *t = tok(r, i - 1);

        if (t->xpos != XPOS_NN && t->xpos != XPOS_JJ && t->xpos != XPOS_NNP &&
            t->xpos != XPOS_HYPH && t->xpos != XPOS_NNS)
            break;
        i--;
    }
    return i;
}

/* Modifiers that say no more about which body it is. */
static bool idle_modifier(struct str w)
{
    return str_in(w, "new|former|current|own|then|whole");
}

static void place_body(struct resolver *r, uint32_t i)
{
    uint32_t first = phrase_start(r, i), entity;
    struct name_span s = { .type = ENTITY_ORGANIZATION, .gender = 'u' };
    struct known k;

    while (first < i && idle_modifier(tok(r, first)->lower))
        first++;
    s.first = first;
    s.tokens = i + 1 - first;
    k = known_from(r, &s);
    entity = s.tokens == 1 ? latest(r, ENTITY_ORGANIZATION, tok(r, i)->lower)
                           : find_entity(r, ENTITY_ORGANIZATION, &k);
    if (entity == ENTITY_NONE)
        entity = new_entity(r, ENTITY_ORGANIZATION, span_str(r, first, s.tokens), &k);
    add_mention(r, first, s.tokens, entity, MENTION_NOMINAL);
}

/* "the president", "the minister": the holder, when the text has named one. */
static void place_office(struct resolver *r, uint32_t i)
{
    uint32_t start = phrase_start(r, i), entity;

    if (start == 0 || !str_eq(tok(r, start - 1)->lower, STR("the")) ||
        tok(r, start - 1)->sentence != tok(r, i)->sentence)
        return;
    entity = holder_of(r, tok(r, i)->lower);
    if (entity != ENTITY_NONE)
        add_mention(r, start - 1, i + 2 - start, entity, MENTION_NOMINAL);
}

/* "the group", "the city", "the country": the last of its kind. */
static void place_kind(struct resolver *r, uint32_t i)
{
    static const struct {
        struct str word;
        enum entity_type type;
    } kinds[] = {
        { STR_INIT("group"), ENTITY_ORGANIZATION },
        { STR_INIT("organization"), ENTITY_ORGANIZATION },
        { STR_INIT("organisation"), ENTITY_ORGANIZATION },
        { STR_INIT("bloc"), ENTITY_ORGANIZATION },
        { STR_INIT("alliance"), ENTITY_ORGANIZATION },
        { STR_INIT("agency"), ENTITY_ORGANIZATION },
        { STR_INIT("company"), ENTITY_ORGANIZATION },
        { STR_INIT("party"), ENTITY_ORGANIZATION },
        { STR_INIT("union"), ENTITY_ORGANIZATION },
    };
    uint32_t entity;

    if (i == 0 || !str_eq(tok(r, i - 1)->lower, STR("the")) ||
        tok(r, i - 1)->sentence != tok(r, i)->sentence)
        return;
    for (size_t k = 0; k < COUNT(kinds); k++)
        if (str_eq(tok(r, i)->lower, kinds[k].word)) {
            entity = latest(r, kinds[k].type, (struct str){ NULL, 0 });
            if (entity != ENTITY_NONE &&
                tok(r, i)->sentence - r->known.at[entity].sentence <= 2)
                add_mention(r, i - 1, 2, entity, MENTION_NOMINAL);
            return;
        }
}

static void place_word(struct resolver *r, uint32_t i)
{
    const struct token *t = tok(r, i);

    if (t->xpos == XPOS_NN || t->xpos == XPOS_NNP) {
        const struct word *w = r->word[i];

        if (body_noun(t))
            place_body(r, i);
        else if (w && w->sense == SENSE_PERSON && lex_find(&lex_roles, t->lower))
            place_office(r, i);
        else if (w && w->sense == SENSE_GROUP)
            place_kind(r, i);
    }
}

static void mark_tokens(struct text *text)
{
    for (uint32_t i = 0; i < text->token.count; i++)
        text->token.at[i].mention = UINT32_MAX;
    for (uint32_t m = 0; m < text->mention.count; m++)
        for (uint32_t i = 0; i < text->mention.at[m].tokens; i++)
            text->token.at[text->mention.at[m].first + i].mention = m;
}

/* Entities in the order of their first mention, mentions by start: those of a phrase that
 * begins before a name in it come in the wrong order otherwise. */
static void sort_mentions(struct text *text)
{
    for (uint32_t i = 1; i < text->mention.count; i++) {
        struct mention m = text->mention.at[i];
        uint32_t k = i;

        while (k > 0 && (text->mention.at[k - 1].start > m.start ||
                         (text->mention.at[k - 1].start == m.start &&
                          text->mention.at[k - 1].tokens < m.tokens))) {
            text->mention.at[k] = text->mention.at[k - 1];
            k--;
        }
        text->mention.at[k] = m;
    }
}

void entities_resolve(struct arena *arena, struct text *text,
                      const struct word *const *words, const struct names *names,
                      const struct coref_watch *watch)
{
    struct resolver resolver = { .arena = arena, .text = text, .word = words };
    uint32_t n = 0;
    char *gender;

    for (uint32_t i = 0; i < text->token.count; i++) {
        while (n < names->span.count && names->span.at[n].first < i)
            n++;
        if (n < names->span.count && names->span.at[n].first == i) {
            place_name(&resolver, &names->span.at[n]);
            i += names->span.at[n].tokens - 1;
        } else {
            place_word(&resolver, i);
        }
    }
    sort_mentions(text);
    mark_tokens(text);
    gender = NEW(arena, char, text->entity.count + 1);
    for (uint32_t i = 0; i < text->entity.count; i++)
        gender[i] = resolver.known.at[i].gender;
    coref_resolve(arena, text, words, gender, watch);
    sort_mentions(text);
    mark_tokens(text);
}
