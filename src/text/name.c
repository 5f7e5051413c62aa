#include "text/name_int.h"

#include <string.h>

#include "lex/lex.h"

#define RUN_WORDS 24

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
    bool head = name_org_word(f, i - 1, &strong) || name_place_word(f, i - 1) ||
                name_role(f, i - 1);

    if (next >= f->end || !name_able(f, next))
        return false;
    if (str_eq(t->form, STR("of")) && head) {
        *was_of = true;
        return true;
    }
    if (str_eq(t->form, STR("for")) && strong && name_org_word(f, i - 1, &strong)) {
        *was_of = true;
        return true;
    }
    /* "Ministry of Health and Social Care", not "Ministry of Health and Ana Osk". */
    return str_eq(t->form, STR("and")) && *was_of && !the && first + 1 < i &&
           f->word[next] && !(f->word[next]->flags & WORD_PROPER) &&
           !name_org_word(f, next, &strong) && !name_role(f, next);
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

    while (i < f->end && i - first < RUN_WORDS && !line_ends(f, i)) {
        if (name_joins(f, i)) {
            if (name_able(f, i + 1))
                i += 2;
            else if (i + 3 < f->end && name_joins(f, i + 2) && name_able(f, i + 3))
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
                   (name_able(f, i + 1) ||
                    (name_joins(f, i + 1) && name_able(f, i + 2)))) {
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

/* "Telgar's Interior Ministry": what has a ministry is a place. */
static bool owns_body(const struct finder *f, uint32_t i)
{
    bool strong;

    if (i + 2 >= f->end || tok(f, i + 1)->xpos != XPOS_POS)
        return false;
    return name_org_word(f, i + 2, &strong) ||
           (i + 3 < f->end && name_org_word(f, i + 3, &strong));
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
    if (name_first_sure(t))
        return ENTITY_PERSON;
    *sure = false;
    if (place_in(f, i) || owns_body(f, i))
        return ENTITY_PLACE;
    if (acts_like_person(f, i + 1) && !name_common(f, i))
        return ENTITY_PERSON;
    if (w && w->flags & WORD_PERSON)
        return ENTITY_PERSON;
    if (str_ends(t->lower, STR("ian")) || str_ends(t->lower, STR("ese")) ||
        str_ends(t->lower, STR("ish")) || t->xpos == XPOS_JJ)
        return ENTITY_MISC;
    return name_common(f, i) ? ENTITY_MISC : ENTITY_PERSON;
}

/* The type of the name first..end (more than one word) by its own words. */
static enum entity_type type_of_run(const struct finder *f, uint32_t first,
                                    uint32_t end, bool *sure)
{
    uint32_t head = name_of(f, first, end) - 1, common = 0;
    bool strong;

    *sure = true;
    if (name_org_word(f, head, &strong) && (strong || head + 1 == end) &&
        !(head + 1 == end && name_first_sure(tok(f, first)) && !strong))
        return ENTITY_ORGANIZATION;
    if (name_place_word(f, head) ||
        (end - first == 2 && name_place_word(f, first) && !name_common(f, end - 1)))
        return ENTITY_PLACE;
    if (str_eq(name_without_stop(tok(f, end - 1)->lower), STR("inc")) ||
        str_eq(name_without_stop(tok(f, end - 1)->lower), STR("ltd")) ||
        str_eq(name_without_stop(tok(f, end - 1)->lower), STR("corp")) ||
        str_eq(name_without_stop(tok(f, end - 1)->lower), STR("co")) ||
        str_eq(tok(f, end - 1)->lower, STR("plc")))
        return ENTITY_ORGANIZATION;
    if (name_first(tok(f, first)) && !name_org_word(f, end - 1, &strong))
        return ENTITY_PERSON;
    *sure = false;
    for (uint32_t i = first; i < end; i++) {
        if (name_org_word(f, i, &strong) && strong)
            return ENTITY_ORGANIZATION;
        common += name_common(f, i);
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
        struct match m = name_lexicon(f, i);
        bool strong;
        uint32_t k = i;

        if (m.tokens > 0 && i + m.tokens <= end) {
            name_add(f, (struct name_span){ .first = i,
                                            .tokens = m.tokens,
                                            .type = m.type,
                                            .gender = 'u',
                                            .sure = true,
                                            .country = m.country });
            i += m.tokens;
            continue;
        }
        /* "Interior Ministry" in "Interior Ministry Spokesman" */
        while (k < end && !(name_org_word(f, k, &strong) && strong))
            k++;
        if (k < end && k > i) {
            name_add(f, (struct name_span){ .first = i,
                                            .tokens = k + 1 - i,
                                            .type = ENTITY_ORGANIZATION,
                                            .gender = 'u',
                                            .sure = true });
            i = k + 1;
        } else if (token_is_acronym(tok(f, i)) && !name_role(f, i)) {
            name_add(f, (struct name_span){ .first = i,
                                            .tokens = 1,
                                            .type = ENTITY_ORGANIZATION,
                                            .gender = 'u' });
            i++;
        } else {
            i++;
        }
    }
}

/* Where the lower-case role before a name begins: "former prime minister" Osk Varo. */
static uint32_t role_before(const struct finder *f, uint32_t first, uint32_t sentence)
{
    uint32_t i = first;

    if (i == sentence || !name_role(f, i - 1) || !tok(f, i - 1)->space_after)
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

/* One run of name words: a title is taken off, the rest typed. */
static void read_run(struct finder *f, uint32_t first, uint32_t end, uint32_t sentence)
{
    struct match m = name_lexicon(f, first);
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
            span.gender = name_gender(f, &span);
        before = role_before(f, first, sentence);
        if (span.type == ENTITY_PERSON && before < first) {
            span.role_first = before;
            span.role_tokens = first - before;
        }
        name_add(f, span);
        return;
    }
    start = name_after_title(f, first, end);
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
        span.gender = name_gender(f, &span);
        name_add(f, span);
        return;
    }
    before = role_before(f, first, sentence);
    if (before < first) {
        bool strong;

        span.role_first = before;
        span.role_tokens = first - before;
        if (!name_org_word(f, end - 1, &strong) && !token_is_acronym(tok(f, first))) {
            span.type = ENTITY_PERSON;
            span.sure = true;
            span.gender = name_gender(f, &span);
            name_add(f, span);
            return;
        }
        span.role_tokens = 0;
    }
    span.type = end - first == 1 ? type_of_single(f, first, &span.sure)
                                 : type_of_run(f, first, end, &span.sure);
    if (end - first == 1) {
        bool strong;

        if (name_org_word(f, first, &strong) && strong)
            span.type = ENTITY_ORGANIZATION;
    }
    if (span.type == ENTITY_PERSON)
        span.gender = name_gender(f, &span);
    /* "Russian Navy" may be a body, "Russian Varo" is two names. */
    if (m.tokens > 0 && m.type == ENTITY_MISC && span.type == ENTITY_PERSON) {
        name_add(f, (struct name_span){ .first = first,
                                        .tokens = m.tokens,
                                        .type = m.type,
                                        .gender = 'u',
                                        .sure = true });
        span.first = first + m.tokens;
        span.tokens = end - span.first;
    }
    name_add(f, span);
}

/* Whether a capital that opens a sentence is that of a name. */
static bool name_opens(const struct finder *f, uint32_t i)
{
    const struct word *w = f->word[i];
    const struct token *t = tok(f, i);
    bool strong;

    if (!w || w->flags & WORD_PROPER || token_is_acronym(t) || name_first_sure(t))
        return true;
    if (name_lexicon(f, i).tokens > 0 &&
        (t->xpos == XPOS_NNP || name_lexicon(f, i).tokens > 1))
        return true;
    if (table_find(&f->inside, t->form))
        return true;
    if (i + 1 < f->end && name_able(f, i + 1))
        return name_role(f, i) || name_org_word(f, i + 1, &strong) ||
               name_place_word(f, i + 1) || name_place_word(f, i) || name_first(t);
    return i + 2 < f->end && name_org_word(f, i, &strong) && strong &&
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
            if (particle(tok(f, i)) && name_joins(f, i + 1) && name_able(f, i + 2))
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
            if (start < i && name_lexicon(f, start).tokens == 0)
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
    name_find_roles(f);
}
