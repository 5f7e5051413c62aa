#include "text/name_int.h"

#include <string.h>

#include "base/sort.h"
#include "model/names.h"

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
    return str_in(t->lower, "battle|siege|treaty|war|fall|feast|day");
}

/* A name that goes on to the left: "University of" [Teln], "American-" [Arab League]. */
static void widen(const struct finder *f, struct name_span *s, uint32_t from)
{
    uint32_t i = s->first;
    bool strong;

    if (i >= from + 2 && name_joins(f, i - 1) && token_has_capital(tok(f, i - 2)) &&
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
    else if (name_org_word(f, i - 2, &strong) && strong)
        s->type = ENTITY_ORGANIZATION;
    else if (name_place_word(f, i - 2) && s->type == ENTITY_PLACE)
        s->type = ENTITY_PLACE;
    else
        return;
    s->tokens += s->first - (i - 2);
    s->first = i - 2;
    while (s->first > from && name_able(f, s->first - 1) &&
           name_common(f, s->first - 1) && !token_opens(f->text, s->first - 1) &&
           s->type == ENTITY_ORGANIZATION) {
        s->first--;
        s->tokens++;
    }
}

/* "President" Osk, "the minister" Osk: a role in the singular right before the name. */
static bool titled(const struct finder *f, uint32_t first)
{
    const struct token *t;

    if (first == 0 || tok(f, first - 1)->sentence != tok(f, first)->sentence)
        return false;
    t = tok(f, first - 1);
    return name_role(f, first - 1) && t->space_after && token_has_capital(t) &&
           (t->xpos == XPOS_NNP || t->xpos == XPOS_NN);
}

/* "Muqtada" al-Sadr: a name that begins with a particle begins a word before. */
static void widen_particle(const struct finder *f, struct name_span *s, uint32_t from)
{
    static const char particles[] =
        "al|el|ul|ur|bin|ibn|ben|abu|de|del|della|da|di|van|von|der|la";
    uint32_t spans = f->names->span.count;
    const struct name_span *last = spans > 0 ? &f->names->span.at[spans - 1] : NULL;
    const struct token *before;

    if (s->type != ENTITY_PERSON || s->first == from ||
        (last && last->first + last->tokens >= s->first) ||
        !str_in(tok(f, s->first)->lower, particles))
        return;
    before = tok(f, s->first - 1);
    if (token_has_capital(before) && before->upos == UPOS_PROPN &&
        !name_role(f, s->first - 1)) {
        s->first--;
        s->tokens++;
    }
}

/* What the words of a labelled span say against its label. */
static void correct(const struct finder *f, struct name_span *s)
{
    uint32_t end = s->first + s->tokens, head;
    struct match m = name_lexicon(f, s->first);
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
    head = name_of(f, s->first, end) - 1;
    if (s->type != ENTITY_PERSON && s->type != ENTITY_MISC &&
        !name_org_word(f, end - 1, &strong) && !name_place_word(f, end - 1) &&
        !token_is_acronym(tok(f, s->first)) &&
        ((s->tokens > 1 && name_first_sure(tok(f, s->first))) || titled(f, s->first)))
        s->type = ENTITY_PERSON;
    if (s->type != ENTITY_ORGANIZATION && s->tokens > 1 &&
        name_org_word(f, head, &strong) && strong && !name_first_sure(tok(f, s->first)))
        s->type = ENTITY_ORGANIZATION;
}

static bool storm_word(const struct finder *f, uint32_t i)
{
    return token_has_capital(tok(f, i)) &&
           str_in(tok(f, i)->lower, "hurricane|typhoon|cyclone|storm|superstorm");
}

/* "Hurricane Ada", "Tropical Storm" Ada: no person, though it has the name of one. */
static void take_storm(const struct finder *f, struct name_span *s, uint32_t from)
{
    bool before = s->first > from && storm_word(f, s->first - 1), strong;

    if (s->type == ENTITY_ORGANIZATION &&
        name_org_word(f, s->first + s->tokens - 1, &strong))
        return; /* "Storm Prediction Center" */
    if (!before && !(s->tokens > 1 && storm_word(f, s->first)))
        return;
    while (s->first > from &&
           (storm_word(f, s->first - 1) ||
            (token_has_capital(tok(f, s->first - 1)) &&
             str_in(tok(f, s->first - 1)->lower, "tropical|winter")))) {
        s->first--;
        s->tokens++;
    }
    s->type = ENTITY_MISC;
    s->sure = true;
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
        uint32_t name = name_after_title(f, start, end);

        if (name > start && name < end)
            start = name;
    }
    s->first = start;
    s->tokens = end - start;
    return end > start;
}

/* "Kassym" and "Jomart Osk" with a hyphen between are one name; the model may see two, or
 * only the second.  Returns the end of what was read. */
static uint32_t join_hyphened(const struct finder *f, const uint8_t *label,
                              struct name_span *s, uint32_t end)
{
    while (s->first + s->tokens == end && end + 1 < f->end && name_joins(f, end) &&
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
            widen_particle(f, &span, first);
            while (f->names->span.count > 0 &&
                   span.first < f->names->span.at[f->names->span.count - 1].first +
                                    f->names->span.at[f->names->span.count - 1].tokens)
                f->names->span.count--;
            correct(f, &span);
            take_storm(f, &span, first);
            name_add(f, span);
        }
    }
}

static bool is_noted(const struct table *t, struct str form)
{
    const uint32_t *seen = table_find(t, form);

    return seen && *seen;
}

/* "Michael Osk survived Hurricane Michael": "Michael" behind it may be either. */
static void forget_forms(const struct finder *f, struct table *t,
                         const struct name_span *s)
{
    for (uint32_t i = s->first; i < s->first + s->tokens; i++)
        if (is_noted(t, tok(f, i)->form))
            *table_find(t, tok(f, i)->form) = 0;
}

/* "Ada" alone, in a report of Hurricane Ada, is the storm. */
static void name_storms(struct labels *l)
{
    struct finder *f = l->f;
    struct table storm = { 0 };

    for (uint32_t n = 0; n < f->names->span.count; n++) {
        const struct name_span *s = &f->names->span.at[n];
        uint32_t last = s->first + s->tokens - 1;

        if (s->type == ENTITY_MISC && s->tokens > 1 && storm_word(f, last - 1))
            *table_put(f->arena, &storm, tok(f, last)->form) = 1;
    }
    for (uint32_t n = 0; n < f->names->span.count; n++) {
        struct name_span *s = &f->names->span.at[n];

        if (s->type == ENTITY_PERSON && s->tokens > 1)
            forget_forms(f, &storm, s);
        else if (s->type == ENTITY_PERSON && !titled(f, s->first) &&
                 is_noted(&storm, tok(f, s->first)->form))
            s->type = ENTITY_MISC;
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
            m = name_lexicon(f, i);
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
                       (tok(f, i)->upos == UPOS_PROPN || !f->word[i]) &&
                       !(i > first && l->covered[i - 1] &&
                         tok(f, i - 1)->space_after)) {
                span.tokens = 1;
                span.type = (enum entity_type)(*seen - 1);
            } else {
                continue;
            }
            cover(l, &span);
            name_add(f, span);
        }
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
    name_storms(l);
    note_forms(l);
    fill_gaps(l);
    SORT_BY(&names->span, first);
    name_find_roles(&finder);
}
