#include "fact/figure_other.h"

#include "base/buf.h"
#include "fact/figure_mood.h"
#include "lex/lex.h"

#define UNIT_WORDS 3 /* of the longest unit in the lexicon */
#define OF_FAR 7     /* tokens of "of the votes cast" */
#define THING_FAR 6  /* tokens of "of the old wooden houses" */
#define LIST_FAR 4   /* things of one list */
#define HARM_WORDS 3 /* "set on fire" */

static const struct token *token_at(const struct scan *s, uint32_t i)
{
    return &s->text->token.at[i];
}

/* The unit of one kind that begins at token i; *used is its length. */
static const struct lex_entry *unit_at(const struct scan *s, uint32_t i,
                                       const char *kind, uint32_t *used)
{
    struct str word[UNIT_WORDS];
    const struct lex_entry *e;
    uint32_t n = 0;

    for (; n < UNIT_WORDS && i + n < s->end; n++)
        word[n] = token_at(s, i + n)->lower;
    e = n > 0 ? lex_longest(&lex_units, word, n, used) : NULL;
    for (uint32_t k = 0; e && k <= e->same; k++)
        if (str_eq(e[k].field[LEX_UNITS_KIND], str_from(kind)))
            return &e[k];
    return NULL;
}

static struct figure *push(struct scan *s, enum measure measure, uint32_t start,
                           uint32_t end, const struct amount *a)
{
    struct figure *f = PUSH(s->arena, &s->facts->figure);

    *f = (struct figure){ .measure = measure,
                          .start = start,
                          .end = end,
                          .num_start = start + (uint32_t)a->num,
                          .num_end = start + (uint32_t)(a->num + a->num_len),
                          .low = a->low,
                          .high = a->high,
                          .op = a->op,
                          .trigger = TOKEN_NONE,
                          .event = FACT_NONE,
                          .place = FACT_NONE,
                          .time = FACT_NONE,
                          .day = DATE_NONE,
                          .as_of = DATE_NONE,
                          .period_begin = DATE_NONE,
                          .period_end = DATE_NONE,
                          .subset_of = FACT_NONE,
                          .claimant = FACT_NONE };
    return f;
}

/* "of the vote" behind a percentage: the words after "of". */
static struct str words_of(const struct scan *s, uint32_t i, uint32_t *end)
{
    uint32_t from = i + 1;

    *end = i;
    if (!scan_is(s, i, "of"))
        return STR("");
    for (i = from; i < s->end && i < from + OF_FAR; i++) {
        const struct token *t = token_at(s, i);

        if (t->upos != UPOS_DET && t->upos != UPOS_NOUN && t->upos != UPOS_ADJ &&
            t->upos != UPOS_PROPN && t->upos != UPOS_NUM && t->xpos != XPOS_PRPS &&
            t->upos != UPOS_PART)
            break;
    }
    if (i == from)
        return STR("");
    *end = i;
    return str_slice(s->text->article->text, token_at(s, from)->start,
                     token_at(s, i - 1)->end);
}

struct phrase {
    struct amount amount;
    uint32_t first, end; /* tokens */
    uint32_t start;      /* byte of the first */
};

static bool percent_read(struct scan *s, const struct phrase *p)
{
    uint32_t used, last;
    struct str who;
    struct figure *f;

    if (!unit_at(s, p->end, "percent", &used))
        return false;
    who = words_of(s, p->end + used, &last);
    f = push(s, MEASURE_PERCENT, p->start, token_at(s, last - 1)->end, &p->amount);
    f->unit = STR("percent");
    f->who = who;
    f->trigger = p->end;
    /* a share of a whole ends at the whole: "about 100 % of the vote" */
    if (who.len > 0 && f->low <= 100 && f->high > 100 && f->high != COUNT_OPEN)
        f->high = 100;
    f->modality = mood_of(s, p->end, NULL);
    return true;
}

/* "a litre", "per barrel": then the money is a price. */
static bool is_each(const struct scan *s, uint32_t i, uint32_t *end)
{
    uint32_t used;

    if (!scan_is_any(s, i, "a|an|per|each|/|the") || !unit_at(s, i + 1, "each", &used))
        return false;
    *end = i + 1 + used;
    return true;
}

/* The sign before the number or inside of the phrase: "$3", "more than €3". */
static struct str sign_of(const struct scan *s, const struct phrase *p, uint32_t *start)
{
    const struct lex_entry *e;
    uint32_t used;

    if (p->first > s->first && (e = unit_at(s, p->first - 1, "sign", &used))) {
        *start = token_at(s, p->first - 1)->start;
        return e->field[LEX_UNITS_UNIT];
    }
    for (uint32_t i = p->first; i < p->end; i++) {
        const struct token *t = token_at(s, i);
        size_t n = amount_currency(t->form);

        if (n == 0 && !(e = unit_at(s, i, "sign", &used)))
            continue;
        e = lex_find(&lex_units, str_slice(t->lower, 0, n ? n : t->lower.len));
        return e ? e->field[LEX_UNITS_UNIT] : STR("");
    }
    return STR("");
}

static bool money_read(struct scan *s, const struct phrase *p)
{
    uint32_t used = 0, end = p->end, start = p->start;
    const struct lex_entry *e = unit_at(s, p->end, "money", &used);
    struct str unit = e ? e->field[LEX_UNITS_UNIT] : sign_of(s, p, &start);
    enum measure measure = MEASURE_MONEY;
    struct figure *f;

    if (unit.len == 0)
        return false;
    if (e)
        end += used;
    if (is_each(s, end, &end))
        measure = MEASURE_PRICE;
    f = push(s, measure, start, token_at(s, end - 1)->end, &p->amount);
    f->num_start = p->start + (uint32_t)p->amount.num;
    f->num_end = f->num_start + (uint32_t)p->amount.num_len;
    f->unit = unit;
    f->trigger = p->first;
    f->modality = mood_of(s, p->first, NULL);
    return true;
}

/* "six months ago", "26 years old", "last six months" date or describe; they tell of no
 * time that something takes. */
static bool is_date_like(const struct scan *s, const struct phrase *p, uint32_t after)
{
    if (scan_is(s, p->first - (p->first > s->first), "last") &&
        (token_at(s, p->first - 1)->upos == UPOS_VERB ||
         !scan_is_any(s, p->first - 2, "the|in|over|for|during|these|his|her|their")))
        return false; /* "will last six months" */
    return scan_is_any(s, after, "ago|old|earlier|later|before|after|since|from|-") ||
           (p->first > s->first &&
            scan_is_any(s, p->first - 1,
                        "aged|last|past|first|next|previous|every|these|"
                        "coming|age|her|his"));
}

static bool duration_read(struct scan *s, const struct phrase *p)
{
    uint32_t at = p->end, used;
    const struct lex_entry *e;
    struct figure *f;

    while (scan_is_any(s, at, "-|‑|more|straight|consecutive|full|whole|long"))
        at++;
    e = unit_at(s, at, "duration", &used);
    if (!e || p->amount.low == 0 || is_date_like(s, p, at + used))
        return false;
    f = push(s, MEASURE_DURATION, p->start, token_at(s, at + used - 1)->end,
             &p->amount);
    f->unit = e->field[LEX_UNITS_UNIT];
    f->trigger = at;
    f->modality = mood_of(s, p->first, NULL);
    return true;
}

/* "six-month" as one token: the number and its unit stand in it. */
static bool compound_read(struct scan *s, const struct phrase *p)
{
    const struct token *t = token_at(s, p->first);
    size_t dash = str_find_char(t->lower, '-');
    const struct lex_entry *e;
    struct figure *f;

    if (dash == STR_NPOS || p->end != p->first + 1)
        return false;
    e = lex_find(&lex_units, str_after(t->lower, dash + 1));
    if (!e || !str_eq(e->field[LEX_UNITS_KIND], STR("duration")))
        return false;
    f = push(s, MEASURE_DURATION, t->start, t->end, &p->amount);
    f->unit = e->field[LEX_UNITS_UNIT];
    f->trigger = p->first;
    f->modality = mood_of(s, p->first, NULL);
    return true;
}

/* ---- things to which harm comes: "40 homes were destroyed" ---- */

/* The entry of a word and those behind it in one role, or NULL: "shot down". */
static const struct lex_entry *thing_entry(const struct scan *s, uint32_t i,
                                           const char *role)
{
    struct str word[HARM_WORDS] = { token_at(s, i)->lemma };
    uint32_t n = 1, used;
    const struct lex_entry *e;

    for (; n < HARM_WORDS && i + n < s->end; n++)
        word[n] = token_at(s, i + n)->lower;
    e = lex_longest(&lex_things, word, n, &used);
    for (uint32_t k = 0; e && k <= e->same; k++)
        if (str_eq(e[k].field[LEX_THINGS_ROLE], str_from(role)))
            return &e[k];
    return NULL;
}

/* The head of the things counted from token i on: "of the wooden houses" -> houses. */
static uint32_t thing_head(const struct scan *s, uint32_t i)
{
    uint32_t head = TOKEN_NONE, end = i + THING_FAR;

    for (; i < s->end && i < end; i++) {
        const struct token *t = token_at(s, i);

        if (t->upos == UPOS_NOUN || t->upos == UPOS_PROPN)
            head = i;
        else if (head != TOKEN_NONE || (t->upos != UPOS_ADJ && t->upos != UPOS_DET &&
                                        !str_eq(t->lower, STR("of"))))
            break;
    }
    return head != TOKEN_NONE && thing_entry(s, head, "thing") ? head : TOKEN_NONE;
}

/* "40 homes destroyed", "left 40 homes damaged": a participle right behind. */
static uint32_t harm_behind(const struct scan *s, uint32_t head)
{
    uint32_t i = head + 1;

    while (i < s->end && token_at(s, i)->upos == UPOS_ADV)
        i++;
    return i < s->end && token_at(s, i)->xpos == XPOS_VBN && thing_entry(s, i, "harm")
               ? i
               : TOKEN_NONE;
}

/* The word that tells what came to the things, as *entry; TOKEN_NONE: nothing does. */
static uint32_t harm_of(const struct scan *s, const struct phrase *p, uint32_t head,
                        const struct lex_entry **entry)
{
    const struct token *t = token_at(s, head);
    uint32_t verb = harm_behind(s, head);
    const char *role = "harm";

    if (t->rel == DEPREL_NMOD && t->head >= p->first && t->head < p->end)
        t = token_at(s, t->head); /* "hundreds of homes" */
    for (int n = 0; n < LIST_FAR && t->rel == DEPREL_CONJ && t->head != TOKEN_NONE; n++)
        t = token_at(s, t->head); /* "20 homes and 12 shops were destroyed" */
    if (verb == TOKEN_NONE && t->head != TOKEN_NONE) {
        verb = t->head;
        if (t->rel == DEPREL_NSUBJ)
            role = "fall";
        else if (t->rel == DEPREL_NMOD && verb < head)
            role = "act";
        else if (t->rel != DEPREL_OBJ && t->rel != DEPREL_NSUBJ_PASS)
            return TOKEN_NONE;
    }
    *entry = verb == TOKEN_NONE ? NULL : thing_entry(s, verb, role);
    return *entry ? verb : TOKEN_NONE;
}

static bool thing_read(struct scan *s, const struct phrase *p)
{
    uint32_t head = thing_head(s, p->end), verb;
    const struct lex_entry *harm = NULL;
    struct figure *f;
    struct buf unit;

    if (head == TOKEN_NONE || p->amount.compound)
        return false;
    verb = harm_of(s, p, head, &harm);
    if (verb == TOKEN_NONE)
        return false;
    unit = buf_new(s->arena, 128);
    buf_printf(&unit, "%.*s %.*s",
               STR_ARG(thing_entry(s, head, "thing")->field[LEX_THINGS_UNIT]),
               STR_ARG(harm->field[LEX_THINGS_UNIT]));
    f = push(s, MEASURE_OTHER, p->start, token_at(s, head)->end, &p->amount);
    f->who = str_slice(s->text->article->text, token_at(s, p->end)->start, f->end);
    f->unit = buf_view(&unit);
    f->trigger = verb;
    f->modality = mood_of(s, verb, NULL);
    return true;
}

static bool phrase_at(struct scan *s, uint32_t i, struct phrase *p)
{
    uint32_t stop = s->text->sentence.at[token_at(s, i)->sentence].end;
    size_t n;

    *p = (struct phrase){ .first = i, .start = token_at(s, i)->start };
    if (!amount_may_begin(token_at(s, i)->lower))
        return false;
    n = amount_read(s->arena, str_slice(s->text->article->text, p->start, stop),
                    &p->amount);
    if (n == 0)
        return false;
    for (p->end = i; p->end < s->end && token_at(s, p->end)->start < p->start + n;)
        p->end++;
    return true;
}

/* "doubled" as a verb of what rose: "the price doubled", "has doubled". */
static bool ratio_read(struct scan *s, uint32_t i)
{
    uint32_t used;
    const struct lex_entry *e = unit_at(s, i, "ratio", &used);
    struct amount a = { 0 };
    struct figure *f;

    if (!e || (token_at(s, i)->upos != UPOS_VERB && token_at(s, i)->upos != UPOS_AUX &&
               !str_ends(token_at(s, i)->lower, STR("ed")) &&
               !str_ends(token_at(s, i)->lower, STR("fold"))))
        return false;
    a.op = e->field[LEX_UNITS_UNIT];
    if (str_eq(a.op, STR("0.5"))) {
        a.high = 1;
    } else {
        uint64_t n = 0;

        (void)str_to_u64(a.op, &n);
        a.low = a.high = (int64_t)n;
    }
    a.num_len = token_at(s, i)->end - token_at(s, i)->start;
    f = push(s, MEASURE_RATIO, token_at(s, i)->start, token_at(s, i)->end, &a);
    f->trigger = i;
    f->modality = mood_of(s, i, NULL);
    return true;
}

void others_read(struct scan *s)
{
    struct phrase p;
    uint32_t first = s->facts->figure.count;

    for (uint32_t i = s->first; i < s->end;) {
        if (phrase_at(s, i, &p) &&
            (percent_read(s, &p) || money_read(s, &p) || duration_read(s, &p) ||
             compound_read(s, &p) || thing_read(s, &p))) {
            i = p.end;
        } else {
            (void)ratio_read(s, i);
            i++;
        }
    }
    scan_trace_others(s, first);
}
