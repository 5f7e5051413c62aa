#include "text/name.h"

#include <string.h>

#include "base/table.h"
#include "base/utf8.h"
#include "lex/lex.h"
#include "model/names.h"
#include "text/token.h"

#define NAME_WORDS 12

struct finder {
    struct arena *arena;
    const struct text *text;
    const struct word *const *word;
    struct names *names;
    struct table inside; /* forms with a capital where no sentence begins */
    uint32_t end;        /* of the sentence */
};

/* What one lexicon says of the words at a place. */
struct match {
    enum entity_type type;
    uint32_t tokens;
    struct str country;
};

static const struct token *tok(const struct finder *f, uint32_t i)
{
    return &f->text->token.at[i];
}

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

static bool is_hyphen(const struct token *t)
{
    return str_eq(t->form, STR("-")) || str_eq(t->form, STR("\u2010")) ||
           str_eq(t->form, STR("\u2011"));
}

/* "-" with no blank on either side. */
static bool joins(const struct finder *f, uint32_t i)
{
    return i > 0 && i + 1 < f->end && is_hyphen(tok(f, i)) &&
           !tok(f, i - 1)->space_after && !tok(f, i)->space_after;
}

static bool time_word(const struct finder *f, uint32_t i)
{
    const struct word *w = f->word[i];

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

static const struct lex_entry *first_name(const struct token *t)
{
    const struct lex_entry *e = lex_find(&lex_first_names, t->lower);

    return e;
}

static bool strong_first_name(const struct token *t)
{
    const struct lex_entry *e = first_name(t);

    return e && str_eq(e->field[LEX_FIRST_NAMES_STRENGTH], STR("strong"));
}

/* Whether a token can be part of a name by its looks. */
static bool name_able(const struct finder *f, uint32_t i)
{
    const struct token *t;
    const struct word *w;

    if (i >= f->end || !token_has_capital(tok(f, i)) || time_word(f, i))
        return false;
    t = tok(f, i);
    w = f->word[i];
    if (lex_find(&lex_weekdays, t->lower))
        return false;
    if (t->xpos == XPOS_ADD || str_find_char(t->form, '@') != STR_NPOS)
        return false;
    if (!w || !(w->flags & WORD_FUNCTION))
        return t->form.len > 1 || t->form.len == t->lower.len;
    if (token_is_acronym(t) && t->form.len > 1)
        return true;
    return first_name(t) && i + 1 < f->end && token_has_capital(tok(f, i + 1)) &&
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

        while (joins(f, next))
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

static bool wants_upper(struct str form, const struct token *t)
{
    return str_eq(form, STR("upper")) && !token_is_acronym(t);
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
static struct match lexicon_at(const struct finder *f, uint32_t i)
{
    struct str word[NAME_WORDS];
    uint32_t counts[NAME_WORDS], n;
    struct match best = { .tokens = 0 };
    char space[16];
    struct str key = key_of(tok(f, i), space);
    bool begins = lex_may_begin(&lex_countries, key) ||
                  lex_may_begin(&lex_actors, key) || lex_may_begin(&lex_places, key);

    if (!begins && !joins(f, i + 1))
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

static bool org_word(const struct finder *f, uint32_t i, bool *strong)
{
    const struct lex_entry *e = lex_find(&lex_org_words, tok(f, i)->lower);

    if (!e && tok(f, i)->lower.len > 4 && str_ends(tok(f, i)->lower, STR("s")))
        e = lex_find(&lex_org_words,
                     str_slice(tok(f, i)->lower, 0, tok(f, i)->lower.len - 1));
    *strong = e && str_eq(e->field[LEX_ORG_WORDS_STRENGTH], STR("strong"));
    return e != NULL;
}

static bool place_word(const struct finder *f, uint32_t i)
{
    return lex_find(&lex_place_words, tok(f, i)->lower) != NULL;
}

static struct str without_stop(struct str s)
{
    return str_slice(s, 0, s.len - str_ends(s, STR(".")));
}

static const struct lex_entry *role_at(const struct finder *f, uint32_t i)
{
    return lex_find(&lex_roles, without_stop(tok(f, i)->lower));
}

/* Small words inside names: "bin Laden", "de Mistura", "van der Bellen". */
static bool particle(const struct token *t)
{
    static const struct str words[] = {
        STR_INIT("al"),  STR_INIT("bin"), STR_INIT("ibn"), STR_INIT("van"),
        STR_INIT("von"), STR_INIT("de"),  STR_INIT("del"), STR_INIT("da"),
        STR_INIT("dos"), STR_INIT("du"),  STR_INIT("la"),  STR_INIT("le"),
        STR_INIT("el"),  STR_INIT("der"), STR_INIT("den"), STR_INIT("ben"),
        STR_INIT("abu"), STR_INIT("ul"),  STR_INIT("ur"),  STR_INIT("bint"),
        STR_INIT("di"),  STR_INIT("e"),   STR_INIT("y"),   STR_INIT("o")
    };

    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(t->form, words[i]))
            return true;
    return false;
}

/* Whether "of", "for" or "and" at i goes on with a name that heads a body or place. */
static bool of_goes_on(const struct finder *f, uint32_t first, uint32_t i, bool *was_of)
{
    const struct token *t = tok(f, i);
    bool strong, the = i + 1 < f->end && str_eq(tok(f, i + 1)->form, STR("the"));
    uint32_t next = i + 1 + the;
    bool head =
        org_word(f, i - 1, &strong) || place_word(f, i - 1) || role_at(f, i - 1);

    if (next >= f->end || !name_able(f, next))
        return false;
    if (str_eq(t->form, STR("of")) && head) {
        *was_of = true;
        return true;
    }
    if (str_eq(t->form, STR("for")) && strong && org_word(f, i - 1, &strong)) {
        *was_of = true;
        return true;
    }
    /* "Ministry of Health and Social Care", not "Ministry of Health and Ana Osk". */
    return str_eq(t->form, STR("and")) && *was_of && !the && first + 1 < i &&
           f->word[next] && !(f->word[next]->flags & WORD_PROPER) &&
           !org_word(f, next, &strong) && !role_at(f, next);
}

/* Whether a line ends before token i: a name doesn't go over it. */
static bool line_ends(const struct finder *f, uint32_t i)
{
    return memchr(f->text->article->text.ptr + tok(f, i - 1)->end, '\n',
                  tok(f, i)->start - tok(f, i - 1)->end) != NULL;
}

/* End of the run of name words that begins at first. */
static uint32_t run_end(const struct finder *f, uint32_t first)
{
    uint32_t i = first + 1;
    bool was_of = false;

    while (i < f->end && i - first < NAME_WORDS * 2 && !line_ends(f, i)) {
        if (joins(f, i)) {
            if (name_able(f, i + 1))
                i += 2;
            else if (i + 3 < f->end && joins(f, i + 2) && name_able(f, i + 3))
                i += 4; /* "Rostov-on-Don" */
            else if (tok(f, i + 1)->form.len > 2 && particle(tok(f, i - 1)) &&
                     name_able(f, i + 1))
                i += 2;
            else
                break;
        } else if (name_able(f, i)) {
            i++;
        } else if (of_goes_on(f, first, i, &was_of)) {
            i += 2 + (str_eq(tok(f, i + 1)->form, STR("the")) ? 1u : 0u);
        } else if (particle(tok(f, i)) && i + 1 < f->end &&
                   (name_able(f, i + 1) || (joins(f, i + 1) && name_able(f, i + 2)))) {
            i += 1;
        } else if (particle(tok(f, i)) && i + 2 < f->end && particle(tok(f, i + 1)) &&
                   name_able(f, i + 2)) {
            i += 2;
        } else if (str_eq(tok(f, i)->form, STR("&")) && name_able(f, i + 1)) {
            i += 2;
        } else {
            break;
        }
    }
    return i;
}

static void add_span(struct finder *f, struct name_span span)
{
    *PUSH(f->arena, &f->names->span) = span;
}

static bool common_word(const struct finder *f, uint32_t i)
{
    const struct word *w = f->word[i];

    return w && !(w->flags & WORD_PROPER) && !strong_first_name(tok(f, i));
}

static bool place_in(const struct finder *f, uint32_t first)
{
    static const struct str words[] = { STR_INIT("in"),      STR_INIT("at"),
                                        STR_INIT("near"),    STR_INIT("from"),
                                        STR_INIT("into"),    STR_INIT("outside"),
                                        STR_INIT("around"),  STR_INIT("across"),
                                        STR_INIT("towards"), STR_INIT("toward") };

    if (first == 0 || tok(f, first - 1)->sentence != tok(f, first)->sentence)
        return false;
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(tok(f, first - 1)->lower, words[i]))
            return true;
    return false;
}

/* Whether the words after a name show that it is a person: "said", ", 45,", "who". */
static bool acts_like_person(const struct finder *f, uint32_t end)
{
    uint32_t i = end;

    if (i >= f->end)
        return false;
    if (lex_find(&lex_quote_verbs, tok(f, i)->lower))
        return true;
    if (i + 1 < f->end && str_eq(tok(f, i)->form, STR(","))) {
        const struct token *next = tok(f, i + 1);

        return str_eq(next->lower, STR("who")) ||
               (next->xpos == XPOS_CD && next->form.len == 2 && i + 2 < f->end &&
                str_eq(tok(f, i + 2)->form, STR(",")));
    }
    return str_eq(tok(f, i)->lower, STR("who"));
}

static enum entity_type type_of_single(const struct finder *f, uint32_t i, bool *sure)
{
    const struct word *w = f->word[i];
    const struct token *t = tok(f, i);

    *sure = true;
    if (token_is_acronym(t))
        return ENTITY_ORGANIZATION;
    if (w && w->flags & WORD_PROPER) {
        if (w->flags & WORD_PLACE)
            return ENTITY_PLACE;
        if (w->flags & WORD_GROUP)
            return ENTITY_ORGANIZATION;
    }
    if (strong_first_name(t))
        return ENTITY_PERSON;
    *sure = false;
    if (place_in(f, i))
        return ENTITY_PLACE;
    if (acts_like_person(f, i + 1) && !common_word(f, i))
        return ENTITY_PERSON;
    if (w && w->flags & WORD_PERSON)
        return ENTITY_PERSON;
    if (str_ends(t->lower, STR("ian")) || str_ends(t->lower, STR("ese")) ||
        str_ends(t->lower, STR("ish")) || t->xpos == XPOS_JJ)
        return ENTITY_MISC;
    return common_word(f, i) ? ENTITY_MISC : ENTITY_PERSON;
}

static uint32_t of_at(const struct finder *f, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i < end; i++)
        if (str_eq(tok(f, i)->form, STR("of")) || str_eq(tok(f, i)->form, STR("for")))
            return i;
    return end;
}

/* The type of the name first..end (more than one word) by its own words. */
static enum entity_type type_of_run(const struct finder *f, uint32_t first,
                                    uint32_t end, bool *sure)
{
    uint32_t head = of_at(f, first, end) - 1, common = 0;
    bool strong;

    *sure = true;
    if (org_word(f, head, &strong) && (strong || head + 1 == end) &&
        !(head + 1 == end && strong_first_name(tok(f, first)) && !strong))
        return ENTITY_ORGANIZATION;
    if (place_word(f, head) ||
        (end - first == 2 && place_word(f, first) && !common_word(f, end - 1)))
        return ENTITY_PLACE;
    if (str_eq(without_stop(tok(f, end - 1)->lower), STR("inc")) ||
        str_eq(without_stop(tok(f, end - 1)->lower), STR("ltd")) ||
        str_eq(without_stop(tok(f, end - 1)->lower), STR("corp")) ||
        str_eq(without_stop(tok(f, end - 1)->lower), STR("co")) ||
        str_eq(tok(f, end - 1)->lower, STR("plc")))
        return ENTITY_ORGANIZATION;
    if (first_name(tok(f, first)) && !org_word(f, end - 1, &strong))
        return ENTITY_PERSON;
    *sure = false;
    for (uint32_t i = first; i < end; i++) {
        if (org_word(f, i, &strong) && strong)
            return ENTITY_ORGANIZATION;
        common += common_word(f, i);
    }
    if (acts_like_person(f, end) || common == 0)
        return place_in(f, first) && !acts_like_person(f, end) ? ENTITY_PLACE
                                                               : ENTITY_PERSON;
    return common * 2 > end - first ? ENTITY_ORGANIZATION : ENTITY_PERSON;
}

/* Names inside words that are a role: "US" in "US Secretary of State". */
static void add_inner(struct finder *f, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end;) {
        struct match m = lexicon_at(f, i);
        bool strong;
        uint32_t k = i;

        if (m.tokens > 0 && i + m.tokens <= end) {
            add_span(f, (struct name_span){ .first = i,
                                            .tokens = m.tokens,
                                            .type = m.type,
                                            .gender = 'u',
                                            .sure = true,
                                            .country = m.country });
            i += m.tokens;
            continue;
        }
        /* "Interior Ministry" in "Interior Ministry Spokesman" */
        while (k < end && !(org_word(f, k, &strong) && strong))
            k++;
        if (k < end && k > i) {
            add_span(f, (struct name_span){ .first = i,
                                            .tokens = k + 1 - i,
                                            .type = ENTITY_ORGANIZATION,
                                            .gender = 'u',
                                            .sure = true });
            i = k + 1;
        } else if (token_is_acronym(tok(f, i)) && !role_at(f, i)) {
            add_span(f, (struct name_span){ .first = i,
                                            .tokens = 1,
                                            .type = ENTITY_ORGANIZATION,
                                            .gender = 'u' });
            i++;
        } else {
            i++;
        }
    }
}

/* Where the name begins after the title that opens first..end: the word after the last
 * role word, and after its "of State". first when there is none; end when all is role. */
static uint32_t after_title(const struct finder *f, uint32_t first, uint32_t end)
{
    uint32_t start = first;

    for (uint32_t i = first; i < end; i++) {
        if (i > first && strong_first_name(tok(f, i)) && !role_at(f, i))
            break;
        if (!role_at(f, i) ||
            (i > first && joins(f, i + 1) && i + 2 < end && !role_at(f, i + 2)))
            continue;
        start = i + 1;
        if (start < end && str_eq(tok(f, start)->form, STR("of"))) {
            start++;
            start += start < end && str_eq(tok(f, start)->form, STR("the"));
            start += start < end;
            while (start < end &&
                   (common_word(f, start) || str_eq(tok(f, start)->form, STR("and"))) &&
                   !first_name(tok(f, start)))
                start++;
            i = start - 1;
        }
    }
    return start;
}

/* Where the lower-case role before a name begins: "former prime minister" Osk Varo. */
static uint32_t role_before(const struct finder *f, uint32_t first, uint32_t sentence)
{
    uint32_t i = first;

    if (i == sentence || !role_at(f, i - 1) || !tok(f, i - 1)->space_after)
        return first;
    if (tok(f, i - 1)->xpos == XPOS_NNS)
        return first;
    while (i > sentence) {
        const struct token *t = tok(f, i - 1);

        if (t->xpos == XPOS_NN || t->xpos == XPOS_JJ || t->xpos == XPOS_NNP ||
            t->xpos == XPOS_HYPH || (t->xpos == XPOS_VBG && i < first - 1))
            i--;
        else
            break;
    }
    while (i < first && is_hyphen(tok(f, i)))
        i++;
    return i;
}

static char gender_of(const struct finder *f, const struct name_span *s)
{
    const struct lex_entry *e = first_name(tok(f, s->first));

    for (uint32_t i = 0; i < s->role_tokens; i++) {
        const struct lex_entry *r = role_at(f, s->role_first + i);

        if (r && !str_eq(r->field[LEX_ROLES_GENDER], STR("u")))
            return *r->field[LEX_ROLES_GENDER].ptr;
    }
    return e ? *e->field[LEX_FIRST_NAMES_GENDER].ptr : 'u';
}

/* One run of name words: a title is taken off, the rest typed. */
static void read_run(struct finder *f, uint32_t first, uint32_t end, uint32_t sentence)
{
    struct match m = lexicon_at(f, first);
    struct name_span span = { .first = first, .tokens = end - first, .gender = 'u' };
    uint32_t start, before;

    if (m.tokens > 0 && first + m.tokens < end && m.type == ENTITY_PERSON) {
        end = first + m.tokens;
        span.tokens = m.tokens;
    }
    if (m.tokens > 0 && first + m.tokens >= end) {
        span.tokens = m.tokens;
        span.type = m.type;
        span.country = m.country;
        span.sure = true;
        if (span.type == ENTITY_PERSON)
            span.gender = gender_of(f, &span);
        before = role_before(f, first, sentence);
        if (span.type == ENTITY_PERSON && before < first) {
            span.role_first = before;
            span.role_tokens = first - before;
        }
        add_span(f, span);
        return;
    }
    start = after_title(f, first, end);
    if (start > first) {
        add_inner(f, first, start);
        if (start >= end)
            return;
        span.first = start;
        span.tokens = end - start;
        span.role_first = first;
        span.role_tokens = start - first;
        span.type = ENTITY_PERSON;
        span.sure = true;
        span.gender = gender_of(f, &span);
        add_span(f, span);
        return;
    }
    before = role_before(f, first, sentence);
    if (before < first) {
        bool strong;

        span.role_first = before;
        span.role_tokens = first - before;
        if (!org_word(f, end - 1, &strong) && !token_is_acronym(tok(f, first))) {
            span.type = ENTITY_PERSON;
            span.sure = true;
            span.gender = gender_of(f, &span);
            add_span(f, span);
            return;
        }
        span.role_tokens = 0;
    }
    span.type = end - first == 1 ? type_of_single(f, first, &span.sure)
                                 : type_of_run(f, first, end, &span.sure);
    if (end - first == 1) {
        bool strong;

        if (org_word(f, first, &strong) && strong)
            span.type = ENTITY_ORGANIZATION;
    }
    if (span.type == ENTITY_PERSON)
        span.gender = gender_of(f, &span);
    /* "Russian Navy" may be a body, "Russian Varo" is two names. */
    if (m.tokens > 0 && m.type == ENTITY_MISC && span.type == ENTITY_PERSON) {
        add_span(f, (struct name_span){ .first = first,
                                        .tokens = m.tokens,
                                        .type = m.type,
                                        .gender = 'u',
                                        .sure = true });
        span.first = first + m.tokens;
        span.tokens = end - span.first;
    }
    add_span(f, span);
}

/* Whether a capital that opens a sentence is that of a name. */
static bool name_opens(const struct finder *f, uint32_t i)
{
    const struct word *w = f->word[i];
    const struct token *t = tok(f, i);
    bool strong;

    if (!w || w->flags & WORD_PROPER || token_is_acronym(t) || strong_first_name(t))
        return true;
    if (lexicon_at(f, i).tokens > 0 &&
        (t->xpos == XPOS_NNP || lexicon_at(f, i).tokens > 1))
        return true;
    if (table_find(&f->inside, t->form))
        return true;
    if (i + 1 < f->end && name_able(f, i + 1))
        return role_at(f, i) || org_word(f, i + 1, &strong) || place_word(f, i + 1) ||
               first_name(t);
    return i + 2 < f->end && org_word(f, i, &strong) && strong &&
           str_eq(tok(f, i + 1)->form, STR("of")) && name_able(f, i + 2);
}

static void note_inside(struct finder *f)
{
    for (uint32_t i = 0; i < f->text->token.count; i++) {
        const struct token *t = tok(f, i);

        if (t->xpos == XPOS_NNP && t->form.len > 1 && token_has_capital(t) &&
            !token_opens(f->text, i))
            *table_put(f->arena, &f->inside, t->form) = 1;
    }
}

void names_find(struct arena *arena, const struct text *text,
                const struct word *const *words, struct names *names)
{
    struct finder finder = { arena, text, words, names, { 0 }, 0 }, *f = &finder;

    note_inside(f);
    for (uint32_t s = 0; s < text->sentence.count; s++) {
        uint32_t first = text->sentence.at[s].first;

        f->end = first + text->sentence.at[s].tokens;
        for (uint32_t i = first; i < f->end;) {
            uint32_t start = i, end;

            /* "al-Assad", "el-Sisi" */
            if (particle(tok(f, i)) && joins(f, i + 1) && name_able(f, i + 2))
                i += 2;
            if (!name_able(f, i)) {
                i++;
                continue;
            }
            if (start == i && token_opens(text, i) && !name_opens(f, i)) {
                i++;
                continue;
            }
            end = run_end(f, i);
            if (start < i && lexicon_at(f, start).tokens == 0)
                start = i - 2;
            read_run(f, start, end, first);
            if (f->names->span.count > 0) {
                const struct name_span *last =
                    &f->names->span.at[f->names->span.count - 1];

                if (last->first + last->tokens > i)
                    end = last->first + last->tokens > end ? last->first + last->tokens
                                                           : end;
            }
            i = end;
        }
    }
}

static enum entity_type type_of_label(uint8_t label)
{
    static const enum entity_type types[NAME_TYPES] = {
        [NAME_PERSON] = ENTITY_PERSON, [NAME_ORGANIZATION] = ENTITY_ORGANIZATION,
        [NAME_PLACE] = ENTITY_PLACE,   [NAME_GROUP] = ENTITY_GROUP,
        [NAME_MISC] = ENTITY_MISC,
    };

    return types[(label - 1) / NAME_PARTS];
}

static enum name_part part_of_label(uint8_t label)
{
    return (enum name_part)((label - 1) % NAME_PARTS);
}

/* End of the labelled name that begins at i. */
static uint32_t labelled_end(const struct finder *f, const uint8_t *label, uint32_t i)
{
    uint32_t end = i + 1;

    if (part_of_label(label[i]) == NAME_UNIT)
        return end;
    while (end < f->end && label[end] != NAME_OUTSIDE &&
           part_of_label(label[end]) != NAME_BEGIN &&
           part_of_label(label[end]) != NAME_UNIT) {
        end++;
        if (part_of_label(label[end - 1]) == NAME_LAST)
            break;
    }
    return end;
}

/* Words that begin the name of an event, not of the place that they go on with. */
static bool event_word(const struct token *t)
{
    static const struct str words[] = {
        STR_INIT("battle"), STR_INIT("siege"),  STR_INIT("treaty"), STR_INIT("war"),
        STR_INIT("fall"),   STR_INIT("treaty"), STR_INIT("feast"),  STR_INIT("day"),
    };

    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(t->lower, words[i]))
            return true;
    return false;
}

/* A name that goes on to the left: "University of" [Teln], "American-" [Arab League]. */
static void widen(const struct finder *f, struct name_span *s, uint32_t from)
{
    uint32_t i = s->first;
    bool strong;

    if (i >= from + 2 && joins(f, i - 1) && token_has_capital(tok(f, i - 2)) &&
        (s->type == ENTITY_PERSON || s->tokens > 1)) {
        s->first -= 2;
        s->tokens += 2;
    }
    if (i < from + 2)
        return;
    i -= str_eq(tok(f, i - 1)->form, STR("the")) && i >= from + 3;
    if (!str_eq(tok(f, i - 1)->form, STR("of")) || !token_has_capital(tok(f, i - 2)) ||
        token_opens(f->text, i - 2))
        return;
    if (event_word(tok(f, i - 2)))
        s->type = ENTITY_MISC;
    else if (org_word(f, i - 2, &strong) && strong)
        s->type = ENTITY_ORGANIZATION;
    else if (place_word(f, i - 2) && s->type == ENTITY_PLACE)
        s->type = ENTITY_PLACE;
    else
        return;
    s->tokens += s->first - (i - 2);
    s->first = i - 2;
    while (s->first > from && name_able(f, s->first - 1) &&
           common_word(f, s->first - 1) && !token_opens(f->text, s->first - 1) &&
           s->type == ENTITY_ORGANIZATION) {
        s->first--;
        s->tokens++;
    }
}

/* What the words of a labelled span say against its label. */
static void correct(const struct finder *f, struct name_span *s)
{
    uint32_t end = s->first + s->tokens, head;
    struct match m = lexicon_at(f, s->first);
    bool strong;

    if (m.tokens == s->tokens) {
        s->sure = true;
        s->country = m.country;
        if (m.country.len > 0 || s->type == ENTITY_MISC || m.type == ENTITY_GROUP ||
            (m.type == ENTITY_MISC && s->type != ENTITY_PERSON) ||
            (m.type == ENTITY_PLACE && s->type == ENTITY_ORGANIZATION &&
             token_is_acronym(tok(f, s->first)) && s->tokens == 1 &&
             tok(f, s->first)->form.len > 4))
            s->type = m.type;
        return;
    }
    head = of_at(f, s->first, end) - 1;
    if (s->type != ENTITY_ORGANIZATION && s->tokens > 1 && org_word(f, head, &strong) &&
        strong && !strong_first_name(tok(f, s->first)))
        s->type = ENTITY_ORGANIZATION;
}

/* Takes the article and the title off a labelled span; false when nothing is left. */
static bool trim(const struct finder *f, struct name_span *s)
{
    uint32_t end = s->first + s->tokens, start = s->first;

    while (start < end &&
           (tok(f, start)->xpos == XPOS_DT || tok(f, start)->upos == UPOS_PUNCT) &&
           !(start + 1 < end && token_has_capital(tok(f, start)) &&
             !token_opens(f->text, start)))
        start++;
    while (end > start && (tok(f, end - 1)->xpos == XPOS_POS ||
                           (tok(f, end - 1)->upos == UPOS_PUNCT &&
                            !str_ends(tok(f, end - 1)->form, STR(".")))))
        end--;
    if (s->type == ENTITY_PERSON && end > start) {
        uint32_t name = after_title(f, start, end);

        if (name > start && name < end)
            start = name;
    }
    s->first = start;
    s->tokens = end - start;
    return end > start;
}

/* The role before a person's name: "US Secretary of State", "prime minister". */
static void find_role(const struct finder *f, struct name_span *s, uint32_t from)
{
    uint32_t i = s->first, role = 0;

    while (i > from) {
        const struct token *t = tok(f, i - 1);

        if (role_at(f, i - 1))
            role = i;
        if (t->xpos == XPOS_NN || t->xpos == XPOS_JJ || t->xpos == XPOS_NNP ||
            t->xpos == XPOS_HYPH || t->xpos == XPOS_VBN ||
            (str_eq(t->form, STR("of")) && i < s->first && i - 1 > from &&
             role_at(f, i - 2)) ||
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
        !role_at(f, s->first - 1))
        return;
    s->role_first = i;
    s->role_tokens = s->first - i;
}

/* "Kassym" and "Jomart Osk" with a hyphen between are one name; the model may see two, or
 * only the second.  Returns the end of what was read. */
static uint32_t join_hyphened(const struct finder *f, const uint8_t *label,
                              struct name_span *s, uint32_t end)
{
    while (s->first + s->tokens == end && end + 1 < f->end && joins(f, end) &&
           token_has_capital(tok(f, end + 1)) && s->type != ENTITY_MISC) {
        end =
            label[end + 1] == NAME_OUTSIDE ? end + 2 : labelled_end(f, label, end + 1);
        s->tokens = end - s->first;
    }
    return end;
}

struct labels {
    struct finder *f;
    uint8_t *covered;  /* tokens that stand in a span */
    struct table form; /* lower form of a sure or labelled name -> 1 + type */
};

static void cover(struct labels *l, const struct name_span *s)
{
    memset(l->covered + s->first, 1, s->tokens);
}

/* What the model saw. */
static void read_labels(struct labels *l, const uint8_t *label)
{
    struct finder *f = l->f;

    for (uint32_t s = 0; s < f->text->sentence.count; s++) {
        uint32_t first = f->text->sentence.at[s].first;

        f->end = first + f->text->sentence.at[s].tokens;
        for (uint32_t i = first; i < f->end;) {
            struct name_span span = { .first = i, .gender = 'u' };

            if (label[i] == NAME_OUTSIDE) {
                i++;
                continue;
            }
            span.tokens = labelled_end(f, label, i) - i;
            span.type = type_of_label(label[i]);
            i += span.tokens;
            if (!trim(f, &span))
                continue;
            i = join_hyphened(f, label, &span, i);
            widen(f, &span, first);
            while (f->names->span.count > 0 &&
                   span.first < f->names->span.at[f->names->span.count - 1].first +
                                    f->names->span.at[f->names->span.count - 1].tokens)
                f->names->span.count--;
            correct(f, &span);
            add_span(f, span);
        }
    }
}

static void note_forms(struct labels *l)
{
    struct finder *f = l->f;

    for (uint32_t n = 0; n < f->names->span.count; n++) {
        const struct name_span *s = &f->names->span.at[n];
        uint32_t last = s->first + s->tokens - 1;

        cover(l, s);
        if (s->tokens == 1 || s->type == ENTITY_PERSON)
            *table_put(f->arena, &l->form, tok(f, last)->form) = 1 + (uint32_t)s->type;
    }
}

/* Names that the model passed over: those of the lexicons, and those that it saw at
 * another place of the text. */
static void fill_gaps(struct labels *l)
{
    struct finder *f = l->f;

    for (uint32_t s = 0; s < f->text->sentence.count; s++) {
        uint32_t first = f->text->sentence.at[s].first;

        f->end = first + f->text->sentence.at[s].tokens;
        for (uint32_t i = first; i < f->end; i++) {
            struct name_span span = { .first = i, .gender = 'u', .sure = true };
            struct match m;
            uint32_t *seen;
            bool free = true;

            if (l->covered[i] || !(name_able(f, i) || tok(f, i)->upos == UPOS_PROPN))
                continue;
            m = lexicon_at(f, i);
            if (!token_has_capital(tok(f, i)) && m.type != ENTITY_PLACE)
                continue;
            for (uint32_t k = i; k < i + m.tokens; k++)
                free = free && !l->covered[k];
            if (m.tokens > 0 && free && m.type != ENTITY_PERSON &&
                (tok(f, i)->upos == UPOS_PROPN || tok(f, i)->upos == UPOS_ADJ ||
                 m.tokens > 1)) {
                span.tokens = m.tokens;
                span.type = m.type;
                span.country = m.country;
            } else if ((seen = table_find(&l->form, tok(f, i)->form)) &&
                       tok(f, i)->upos == UPOS_PROPN &&
                       !(i > first && l->covered[i - 1] &&
                         tok(f, i - 1)->space_after)) {
                span.tokens = 1;
                span.type = (enum entity_type)(*seen - 1);
            } else {
                continue;
            }
            cover(l, &span);
            add_span(f, span);
        }
    }
}

static void sort_spans(struct names *names)
{
    for (uint32_t i = 1; i < names->span.count; i++) {
        struct name_span s = names->span.at[i];
        uint32_t k = i;

        for (; k > 0 && names->span.at[k - 1].first > s.first; k--)
            names->span.at[k] = names->span.at[k - 1];
        names->span.at[k] = s;
    }
}

void names_read(struct arena *arena, const struct text *text,
                const struct word *const *words, const uint8_t *label,
                struct names *names)
{
    struct finder finder = { arena, text, words, names, { 0 }, 0 };
    struct labels labels = { .f = &finder }, *l = &labels;

    l->covered = NEW(arena, uint8_t, text->token.count + 1);
    read_labels(l, label);
    note_forms(l);
    fill_gaps(l);
    sort_spans(names);
    for (uint32_t n = 0; n < names->span.count; n++) {
        struct name_span *s = &names->span.at[n];
        const struct sentence *in =
            &text->sentence.at[tok(&finder, s->first)->sentence];

        finder.end = in->first + in->tokens;
        if (s->type != ENTITY_PERSON)
            continue;
        find_role(&finder, s, in->first);
        s->gender = gender_of(&finder, s);
    }
}
