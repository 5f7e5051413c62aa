#include "text/name_int.h"

#include <string.h>

#include "base/utf8.h"
#include "lex/lex.h"

#define NAME_WORDS 12

bool token_has_capital(const struct token *t)
{
    size_t len;

    if ((unsigned char)*t->form.ptr < 0x80)
        return ascii_is_upper(*t->form.ptr);
    return utf8_is_upper(utf8_decode(t->form, &len));
}

bool token_is_acronym(const struct token *t)
{
    unsigned letters = 0;

    for (size_t i = 0; i < t->form.len; i++) {
        if (ascii_is_lower(t->form.ptr[i]))
            return false;
        letters += ascii_is_upper(t->form.ptr[i]);
    }
    return letters >= 2;
}

bool token_opens(const struct text *text, uint32_t token)
{
    uint32_t first = text->sentence.at[text->token.at[token].sentence].first;

    while (token > first) {
        const struct token *before = &text->token.at[--token];

        if (ascii_is_word(*before->form.ptr) && (unsigned char)*before->form.ptr < 0x80)
            return false;
        if (before->xpos == XPOS_PUNCT_QUOTE_OPEN || str_eq(before->form, STR(":")) ||
            str_eq(before->form, STR("\u201c")))
            return true;
        if (before->xpos != XPOS_PUNCT_QUOTE_CLOSE && before->xpos != XPOS_NFP &&
            before->xpos != XPOS_PUNCT_OPEN && before->xpos != XPOS_PUNCT_COLON)
            return false;
    }
    return true;
}

bool is_hyphen(const struct token *t)
{
    return str_eq(t->form, STR("-")) || str_eq(t->form, STR("\u2010")) ||
           str_eq(t->form, STR("\u2011"));
}

/* "-" with no blank on either side. */
bool name_joins(const struct finder *f, uint32_t i)
{
    return i > 0 && i + 1 < f->end && is_hyphen(tok(f, i)) &&
           !tok(f, i - 1)->space_after && !tok(f, i)->space_after;
}

/* Days, months, feasts. */
static bool time_word(const struct finder *f, uint32_t i)
{
    static const struct str months[] = { STR_INIT("March"), STR_INIT("May"),
                                         STR_INIT("August"), STR_INIT("April"),
                                         STR_INIT("June") };
    const struct word *w = f->word[i];

    for (size_t k = 0; k < COUNT(months); k++) /* words without capitals as well */
        if (str_eq(tok(f, i)->form, months[k]))
            return true;
    return w && w->flags & WORD_PROPER && w->proper_sense == SENSE_TIME;
}

/* The key of lexicons for a token: "u.s." is "us". */
static struct str key_of(const struct token *t, char space[16])
{
    size_t n = 0;

    if (t->lower.len > 8 || t->lower.len < 3 || t->lower.ptr[1] != '.')
        return t->lower;
    for (size_t i = 0; i < t->lower.len; i++)
        if (t->lower.ptr[i] != '.')
            space[n++] = t->lower.ptr[i];
    return (struct str){ space, n };
}

static const struct lex_entry *name_first(const struct token *t)
{
    const struct lex_entry *e = lex_find(&lex_first_names, t->lower);

    return e;
}

bool name_first_sure(const struct token *t)
{
    const struct lex_entry *e = name_first(t);

    return e && str_eq(e->field[LEX_FIRST_NAMES_STRENGTH], STR("strong"));
}

/* Whether a token can be part of a name by its looks. */
bool name_able(const struct finder *f, uint32_t i)
{
    const struct token *t;
    const struct word *w;

    if (i >= f->end || !token_has_capital(tok(f, i)) || time_word(f, i))
        return false;
    t = tok(f, i);
    w = f->word[i];
    if (t->xpos == XPOS_ADD || str_find_char(t->form, '@') != STR_NPOS)
        return false;
    if (!w || !(w->flags & WORD_FUNCTION))
        return t->form.len > 1 || t->form.len == t->lower.len;
    if (token_is_acronym(t) && t->form.len > 1)
        return true;
    return name_first(t) && i + 1 < f->end && token_has_capital(tok(f, i + 1)) &&
           t->xpos == XPOS_NNP;
}

/* The lower-case words at i as lexicons have them: what hyphens join is one word.
 * counts[k]: tokens of the first k + 1 words. */
static uint32_t words_at(const struct finder *f, uint32_t i,
                         struct str word[NAME_WORDS], uint32_t counts[NAME_WORDS],
                         char space[16])
{
    uint32_t n = 0, at = i;

    while (n < 7 && at < f->end) {
        uint32_t next = at + 1;

        while (name_joins(f, next))
            next += 2;
        if (next > f->end)
            next = f->end;
        word[n] = n ? tok(f, at)->lower : key_of(tok(f, at), space);
        if (next > at + 1) {
            struct str from = tok(f, at)->lower;
            char *p =
                NEW(f->arena, char, tok(f, next - 1)->end - tok(f, at)->start + 1);
            size_t len = 0;

            for (uint32_t k = at; k < next; k++) {
                from = tok(f, k)->lower;
                if (len + from.len <= tok(f, next - 1)->end - tok(f, at)->start)
                    memcpy(p + len, from.ptr, from.len);
                len += from.len;
            }
            word[n] = (struct str){ p, len };
        }
        counts[n++] = next - i;
        at = next;
    }
    return n;
}

static void take(struct match *best, uint32_t tokens, enum entity_type type,
                 struct str country)
{
    if (tokens > best->tokens)
        *best = (struct match){ type, tokens, country };
}

/* An entry for capitals, or for a word with one, at a word without. */
static bool wants_upper(struct str form, const struct token *t)
{
    return (str_eq(form, STR("upper")) && !token_is_acronym(t)) ||
           (str_eq(form, STR("title")) && t->form.len > 0 &&
            ascii_is_lower(*t->form.ptr));
}

static void look_up(const struct finder *f, uint32_t i, const struct str *word,
                    const uint32_t *counts, uint32_t n, struct match *best)
{
    const struct lex_entry *e;
    uint32_t used;

    e = lex_longest(&lex_countries, word, n, &used);
    if (e && !wants_upper(e->field[LEX_COUNTRIES_FORM], tok(f, i))) {
        struct str kind = e->field[LEX_COUNTRIES_KIND];
        /* regions stand there with their country's code: "Texas" is not the US */
        bool name = str_eq(kind, STR("name")) && !lex_find(&lex_places, e->key);

        take(best, counts[used - 1],
             str_eq(kind, STR("adjective")) ? ENTITY_MISC
             : str_eq(kind, STR("person"))  ? ENTITY_GROUP
                                            : ENTITY_PLACE,
             name ? e->field[LEX_COUNTRIES_CODE] : (struct str){ NULL, 0 });
    }
    e = lex_longest(&lex_actors, word, n, &used);
    if (e && !wants_upper(e->field[LEX_ACTORS_FORM], tok(f, i))) {
        struct str type = e->field[LEX_ACTORS_TYPE];

        take(best, counts[used - 1],
             str_eq(type, STR("person"))  ? ENTITY_PERSON
             : str_eq(type, STR("group")) ? ENTITY_GROUP
             : str_eq(type, STR("place")) ? ENTITY_PLACE
                                          : ENTITY_ORGANIZATION,
             (struct str){ NULL, 0 });
    }
    e = lex_longest(&lex_places, word, n, &used);
    if (e)
        take(best, counts[used - 1], ENTITY_PLACE, (struct str){ NULL, 0 });
}

/* The longest entry of the lexicons of names at i. */
struct match name_lexicon(const struct finder *f, uint32_t i)
{
    struct str word[NAME_WORDS];
    uint32_t counts[NAME_WORDS], n;
    struct match best = { .tokens = 0 };
    char space[16];
    struct str key = key_of(tok(f, i), space);
    bool begins = lex_may_begin(&lex_countries, key) ||
                  lex_may_begin(&lex_actors, key) || lex_may_begin(&lex_places, key);

    if (!begins && !name_joins(f, i + 1))
        return best;
    n = words_at(f, i, word, counts, space);
    look_up(f, i, word, counts, n, &best);
    if (best.tokens == 0 && counts[0] > 1 && begins) { /* "Russian" of "Russian-led" */
        word[0] = key;
        counts[0] = 1;
        look_up(f, i, word, counts, 1, &best);
    }
    return best;
}

bool name_org_word(const struct finder *f, uint32_t i, bool *strong)
{
    const struct lex_entry *e = lex_find(&lex_org_words, tok(f, i)->lower);

    if (!e && tok(f, i)->lower.len > 4 && str_ends(tok(f, i)->lower, STR("s")))
        e = lex_find(&lex_org_words,
                     str_slice(tok(f, i)->lower, 0, tok(f, i)->lower.len - 1));
    *strong = e && str_eq(e->field[LEX_ORG_WORDS_STRENGTH], STR("strong"));
    return e != NULL;
}

bool name_place_word(const struct finder *f, uint32_t i)
{
    return lex_find(&lex_place_words, tok(f, i)->lower) != NULL;
}

static struct str name_without_stop(struct str s)
{
    return str_slice(s, 0, s.len - str_ends(s, STR(".")));
}

const struct lex_entry *name_role(const struct finder *f, uint32_t i)
{
    return lex_find(&lex_roles, name_without_stop(tok(f, i)->lower));
}

void name_add(struct finder *f, struct name_span span)
{
    *PUSH(f->arena, &f->names->span) = span;
}

bool name_common(const struct finder *f, uint32_t i)
{
    const struct word *w = f->word[i];

    return w && !(w->flags & WORD_PROPER) && !name_first_sure(tok(f, i));
}

uint32_t name_of(const struct finder *f, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i < end; i++)
        if (str_eq(tok(f, i)->form, STR("of")) || str_eq(tok(f, i)->form, STR("for")))
            return i;
    return end;
}

/* Where the name begins after the title that opens first..end: the word after the last
 * role word, and after its "of State". first when there is none; end when all is role. */
uint32_t name_after_title(const struct finder *f, uint32_t first, uint32_t end)
{
    uint32_t start = first;

    for (uint32_t i = first; i < end; i++) {
        if (i > first && name_first_sure(tok(f, i)) && !name_role(f, i))
            break;
        if (!name_role(f, i) ||
            (i > first && name_joins(f, i + 1) && i + 2 < end && !name_role(f, i + 2)))
            continue;
        start = i + 1;
        if (start < end && str_eq(tok(f, start)->form, STR("of"))) {
            start++;
            start += start < end && str_eq(tok(f, start)->form, STR("the"));
            start += start < end;
            while (start < end &&
                   (name_common(f, start) || str_eq(tok(f, start)->form, STR("and"))) &&
                   !name_first(tok(f, start)))
                start++;
            i = start - 1;
        }
    }
    return start;
}

static char name_gender(const struct finder *f, const struct name_span *s)
{
    const struct lex_entry *e = name_first(tok(f, s->first));

    for (uint32_t i = 0; i < s->role_tokens; i++) {
        const struct lex_entry *r = name_role(f, s->role_first + i);

        if (r && !str_eq(r->field[LEX_ROLES_GENDER], STR("u")))
            return *r->field[LEX_ROLES_GENDER].ptr;
    }
    return e ? *e->field[LEX_FIRST_NAMES_GENDER].ptr : 'u';
}

/* The role before a person's name: "US Secretary of State", "prime minister". */
static void find_role(const struct finder *f, struct name_span *s, uint32_t from)
{
    uint32_t i = s->first, role = 0;

    while (i > from) {
        const struct token *t = tok(f, i - 1);

        if (name_role(f, i - 1))
            role = i;
        if (t->xpos == XPOS_NN || t->xpos == XPOS_JJ || t->xpos == XPOS_NNP ||
            t->xpos == XPOS_HYPH || t->xpos == XPOS_VBN ||
            (str_eq(t->form, STR("of")) && i < s->first && i - 1 > from &&
             name_role(f, i - 2)) ||
            (str_eq(t->form, STR("and")) && i < s->first && i - 1 > from &&
             tok(f, i - 2)->xpos == XPOS_NNP)) {
            if (time_word(f, i - 1) || lex_find(&lex_weekdays, t->lower))
                break;
            i--;
            continue;
        }
        break;
    }
    while (i < s->first &&
           (tok(f, i)->upos == UPOS_PUNCT || tok(f, i)->upos == UPOS_CCONJ ||
            tok(f, i)->upos == UPOS_ADP))
        i++;
    if (role == 0 || i >= s->first)
        return;
    /* "minister" must stand last or before "of State". */
    if (role != s->first &&
        !(role < s->first && str_eq(tok(f, role)->form, STR("of"))) &&
        !name_role(f, s->first - 1))
        return;
    if (s->first - i < s->role_tokens)
        return;
    s->role_first = i;
    s->role_tokens = s->first - i;
}

void name_find_roles(struct finder *f)
{
    for (uint32_t n = 0; n < f->names->span.count; n++) {
        struct name_span *s = &f->names->span.at[n];
        const struct sentence *in = &f->text->sentence.at[tok(f, s->first)->sentence];

        f->end = in->first + in->tokens;
        if (s->type != ENTITY_PERSON)
            continue;
        find_role(f, s, in->first);
        s->gender = name_gender(f, s);
    }
}
