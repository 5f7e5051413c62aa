#include "model/mentions.h"

#include "model/names.h"
#include "model/tags.h"

#define MENTIONS_MAX 200

struct mention_span {
    struct str id, type;
    uint32_t first, last;
    bool open;
};

struct finder {
    struct corpus_word *w;
    uint32_t n;
    struct mention_span at[MENTIONS_MAX];
    uint32_t count;
};

static void close_mention(struct finder *f, struct str id, uint32_t word)
{
    for (uint32_t i = f->count; i-- > 0;)
        if (f->at[i].open && str_eq(f->at[i].id, id)) {
            f->at[i].open = false;
            f->at[i].last = word;
            return;
        }
}

/* "8-organization-new-...": the id and the type. */
static void open_mention(struct finder *f, struct str body, uint32_t word)
{
    struct mention_span m = { .first = word, .open = true };

    if (f->count == MENTIONS_MAX || !str_split(&body, '-', &m.id) ||
        !str_split(&body, '-', &m.type))
        return;
    f->at[f->count++] = m;
}

/* "(1-abstract-...(2-place-...)", "2)1)" */
static void read_brackets(struct finder *f, struct str s, uint32_t word)
{
    while (s.len > 0) {
        bool opens = *s.ptr == '(';
        size_t end = opens;

        while (end < s.len && s.ptr[end] != '(' && s.ptr[end] != ')')
            end++;
        if (opens) {
            struct str body = str_slice(s, 1, end);

            open_mention(f, body, word);
            if (end < s.len && s.ptr[end] == ')' && f->count > 0) {
                close_mention(f, f->at[f->count - 1].id, word);
                end++;
            }
        } else {
            close_mention(f, str_slice(s, 0, end), word);
            end += end < s.len;
        }
        s = str_after(s, end);
    }
}

static void read_mentions(struct finder *f)
{
    for (uint32_t i = 0; i < f->n; i++) {
        struct str rest = f->w[i].misc, part;

        while (rest.len > 0 && str_split(&rest, '|', &part))
            if (str_starts(part, STR("Entity=")))
                read_brackets(f, str_after(part, strlen("Entity=")), i);
    }
}

static bool capital(const struct corpus_word *w)
{
    return ascii_is_upper(*w->form.ptr) || (unsigned char)*w->form.ptr >= 0xc3;
}

static bool hyphen(const struct corpus_word *w)
{
    return w->xpos == XPOS_HYPH;
}

/* The word of a span that hangs on one outside. */
static uint32_t head_of(const struct finder *f, const struct mention_span *m)
{
    for (uint32_t i = m->first; i <= m->last; i++)
        if (f->w[i].head == 0 || f->w[i].head - 1 < m->first ||
            f->w[i].head - 1 > m->last)
            return i;
    return m->first;
}

/* Whether word i may stand in a name beside its head. */
static bool part_of_name(const struct finder *f, uint32_t i, bool person)
{
    const struct corpus_word *w = &f->w[i];

    if (hyphen(w))
        return true;
    if (person)
        return w->rel == DEPREL_FLAT && (w->upos == UPOS_PROPN || capital(w));
    return capital(w) && w->upos != UPOS_DET && w->upos != UPOS_PRON &&
           (w->rel == DEPREL_COMPOUND || w->rel == DEPREL_AMOD ||
            w->rel == DEPREL_FLAT || w->upos == UPOS_PROPN);
}

/* "of Portsmouth", "for the Study" after word i: its end, or i when there is none. */
static uint32_t past_of(const struct finder *f, uint32_t i, uint32_t last)
{
    uint32_t at = i;

    if (at > last ||
        !(str_eq(f->w[at].form, STR("of")) || str_eq(f->w[at].form, STR("for"))))
        return i;
    at++;
    if (at <= last && str_eq(f->w[at].form, STR("the")))
        at++;
    if (at > last || !capital(&f->w[at]) || f->w[at].upos == UPOS_DET)
        return i;
    while (at <= last && (part_of_name(f, at, false) || f->w[at].upos == UPOS_PROPN))
        at++;
    return at;
}

static bool type_of(struct str type, enum name_type *out)
{
    *out = NAME_MISC;
    if (str_eq(type, STR("person")))
        *out = NAME_PERSON;
    else if (str_eq(type, STR("organization")))
        *out = NAME_ORGANIZATION;
    else if (str_eq(type, STR("place")))
        *out = NAME_PLACE;
    return *out != NAME_MISC;
}

static void label_span(struct finder *f, uint32_t first, uint32_t end,
                       enum name_type type, bool known)
{
    for (uint32_t i = first; i < end; i++) {
        enum name_part part = end - first == 1 ? NAME_UNIT
                              : i == first     ? NAME_BEGIN
                              : i + 1 == end   ? NAME_LAST
                                               : NAME_INSIDE;

        f->w[i].names = known ? 1u << name_label(type, part)
                              : 1u << NAME_OUTSIDE | 1u << name_label(NAME_MISC, part) |
                                    1u << name_label(NAME_GROUP, part);
    }
}

/* "the Speaker", "Mr. President": a role, not somebody's name. */
static bool is_title(struct str form)
{
    return str_in(form,
                  "President|Vice|Secretary|Speaker|Justice|Senator|Minister|Premier|"
                  "Chancellor|Emperor|King|Queen|Prince|Princess|Pope|Bishop|"
                  "Chairman|Governor|Mayor|Judge|General|Colonel|Captain|Lord|Lady|"
                  "Earl|Duke|Sir|Madam|Miss|Mister|Mr.|Mrs.|Ms.|Dr.|Professor|God|"
                  "Founder|Protector|Officer|Director|Ambassador|Commissioner|"
                  "Representative|Congressman|Deputy|Father|Mother|Dad|Mom|Counsel|"
                  "Attorney|Doctor");
}

static void label_mention(struct finder *f, const struct mention_span *m, bool *done)
{
    uint32_t head = head_of(f, m), first = head, end = head + 1;
    enum name_type type;
    bool known = type_of(m->type, &type);

    if (m->open || f->w[head].upos != UPOS_PROPN || done[head])
        return;
    while (type != NAME_PERSON && first > m->first && part_of_name(f, first - 1, false))
        first--;
    while (end <= m->last && part_of_name(f, end, type == NAME_PERSON))
        end++;
    if (type == NAME_ORGANIZATION)
        end = past_of(f, end, m->last);
    while (first < head && hyphen(&f->w[first]))
        first++;
    while (end > head + 1 && hyphen(&f->w[end - 1]))
        end--;
    for (uint32_t i = first; i < end; i++)
        if (done[i])
            return;
    if (type == NAME_PERSON && end - first == 1)
        known = f->w[head].xpos != XPOS_NNPS && !is_title(f->w[head].form);
    label_span(f, first, end, type, known);
    for (uint32_t i = first; i < end; i++)
        done[i] = true;
}

/* Words outside mentions: a proper noun may be a name of any kind, an adjective with a
 * capital one of a people. */
static uint32_t unmarked(const struct corpus_word *w)
{
    if (w->upos == UPOS_PROPN)
        return 0;
    if (w->upos == UPOS_ADJ && capital(w))
        return 1u << NAME_OUTSIDE | 1u << name_label(NAME_GROUP, NAME_UNIT) |
               1u << name_label(NAME_MISC, NAME_UNIT);
    return 1u << NAME_OUTSIDE;
}

#define WORDS_MAX 400

void mentions_to_names(struct corpus *c, uint32_t sentence)
{
    const struct corpus_sentence *s = &c->sentence.at[sentence];
    struct finder f = { .w = c->word.at + s->first, .n = s->words };
    bool done[WORDS_MAX] = { false };

    if (s->words > WORDS_MAX)
        return;
    read_mentions(&f);
    for (uint32_t i = 0; i < f.n; i++)
        f.w[i].names = unmarked(&f.w[i]);
    for (uint32_t length = f.n; length > 0; length--)
        for (uint32_t i = 0; i < f.count; i++)
            if (!f.at[i].open && f.at[i].last - f.at[i].first + 1 == length)
                label_mention(&f, &f.at[i], done);
}
