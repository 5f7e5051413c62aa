/* figures.c - whether a source counts what the brief counts. */
#include "audit/checks.h"
#include "fact/class.h"

#define LIKE_HALF 0.5F  /* clause carried over: a number of the same thing */
#define LIKE_SOME 0.3F  /* … when what is counted has the same word */
#define WITNESSES_MAX 3 /* of each stance */

/* ---- classes ---- */

/* A brief may tell of more general people than the source ("people" for protesters),
 * never of others or of narrower ones ("police" for people). */
static bool class_fits(const struct tally *b, const struct tally *s)
{
    uint32_t wide = class_bits(b->figure->class_name);
    uint32_t narrow = class_bits(s->figure->class_name);

    if (b->noun && b->noun == s->noun)
        return true;
    if (b->figure->group.len > 0 && !str_eq(b->figure->group, s->figure->group))
        return false;
    return (wide & narrow) == narrow;
}

/* ---- values ---- */

/* The number of an op, without its hedge: ">=26" is 26. */
static struct str bare_number(struct str op)
{
    while (op.len > 0 && strchr("<>=~^", *op.ptr))
        op = str_after(op, 1);
    return op;
}

static bool is_hedged(const struct tally *t)
{
    return bare_number(t->op).len != t->op.len || t->low != t->high;
}

/* "at least 28" reaches to 56: 450 is no support of it. */
static int64_t reach(const struct tally *b)
{
    return b->low > COUNT_OPEN / 2 ? COUNT_OPEN : 2 * b->low;
}

/* An exact number wants the same one; "more than 50" holds when the source has 58. */
static bool value_fits(const struct tally *b, const struct tally *s)
{
    if (b->low == s->low && b->high == s->high && str_eq(b->op, s->op))
        return true;
    if (str_eq(bare_number(b->op), bare_number(s->op)) && b->op.len > 0)
        return true;
    if (b->low == b->high && b->low == s->low && b->high == s->high)
        return bare_number(b->op).len < 3 || bare_number(s->op).len < 3 ||
               str_find_char(b->op, '.') == str_find_char(s->op, '.');
    return is_hedged(b) && s->low >= b->low && s->high <= b->high &&
           (b->high != COUNT_OPEN || s->low <= reach(b));
}

/* ---- the same thing ---- */

static bool is_toll(const struct tally *t)
{
    return t->figure && measure_is_toll(t->figure->measure);
}

static enum measure kind_of(const struct tally *t)
{
    if (!t->figure || t->figure->measure == MEASURE_RATIO)
        return MEASURE_OTHER;
    return t->figure->measure;
}

/* Whether both count the same: killed and killed, bridges and bridges. */
static bool same_thing(const struct tally *b, const struct tally *s, float like)
{
    if (is_toll(b) && is_toll(s))
        return kind_of(b) == kind_of(s);
    if (!b->figure && b->noun == 0 && value_fits(b, s)) /* "rose to 64" */
        return true;
    if (is_toll(b) || is_toll(s))
        return like >= LIKE_HALF;
    if (kind_of(b) != MEASURE_OTHER && kind_of(s) != MEASURE_OTHER &&
        kind_of(b) != kind_of(s))
        return false;
    if (b->noun && s->noun)
        return b->noun == s->noun;
    return like >= LIKE_SOME;
}

static bool class_holds(const struct tally *b, const struct tally *s)
{
    if (is_toll(b) && is_toll(s))
        return class_fits(b, s);
    return true;
}

/* ---- who ---- */

static struct str outlet_of(const struct facts *f)
{
    const struct article *a = f->text->article;

    return a->outlet.len > 0 ? a->outlet : a->domain;
}

/* Speech goes on: "The Red Crescent said it had buried 52. Among them were 15 women." */
static bool carried_on(const struct sheet *sheet, const struct tally *s,
                       const struct voice *v)
{
    const struct text *t = sheet->facts->text;

    if (s->voice.count > 0 || s->sentence == 0 ||
        t->sentence.at[s->sentence].paragraph !=
            t->sentence.at[s->sentence - 1].paragraph)
        return false;
    for (uint32_t i = 0; i < sheet->claim.count; i++)
        if (sheet->claim.at[i].sentence == s->sentence - 1 &&
            voices_fit(v, &sheet->claim.at[i].voice))
            return true;
    return false;
}

static bool has_voice(struct arena *arena, const struct sheet *sheet,
                      const struct tally *s, const struct voice *v)
{
    struct voice outlet = voice_of_words(arena, outlet_of(sheet->facts));

    for (uint32_t i = 0; i < s->voice.count; i++)
        if (voices_fit(v, &s->voice.at[i]))
            return true;
    return voices_fit(v, &outlet) || carried_on(sheet, s, v);
}

static bool voices_hold(struct arena *arena, const struct sheet *sheet,
                        const struct tally *b, const struct tally *s)
{
    for (uint32_t i = 0; i < b->voice.count; i++)
        if (b->voice.at[i].saids > 0 && !has_voice(arena, sheet, s, &b->voice.at[i]))
            return false;
    return true;
}

/* ---- when ---- */

/* Whether any source tells of a day at all. */
static bool days_told(const struct shelf *sh, const struct days *d)
{
    for (uint32_t r = 0; r < sh->sources; r++) {
        const struct facts *f = sh->source[r].facts;
        struct days all = days_of_span(f, 0, UINT32_MAX);

        if (days_meet(d, &all) ||
            (f->text->article->published.precision >= INSTANT_DAY &&
             days_have(d, f->text->article->published.day)))
            return true;
    }
    return false;
}

/* The source's clause tells the day, else the sentence before; where both are silent,
 * some source must know the day. */
static bool days_hold(const struct shelf *sh, const struct sheet *sheet,
                      const struct tally *b, const struct tally *s)
{
    struct days before;

    if (b->days.count == 0)
        return true;
    if (s->as_of != b->as_of) /* the day of telling against that of the deed */
        return days_told(sh, &b->days);
    if (s->days.count > 0)
        return days_meet(&b->days, &s->days);
    before = days_before(sheet->facts, s->sentence);
    if (before.count > 0 &&
        days_of_span(sheet->facts, sheet->facts->text->sentence.at[s->sentence].start,
                     s->end)
                .count == 0)
        return days_meet(&b->days, &before);
    return days_told(sh, &b->days);
}

static bool denied(const struct tally *t)
{
    return t->figure && (t->figure->modality == MODALITY_DENIED ||
                         t->figure->modality == MODALITY_NEGATED);
}

/* ---- one pair ---- */

struct match {
    enum check_reason reason;
    float rank; /* how near it comes; 0: not at all */
    float like;
};

static struct match missed(enum check_reason reason, float rank, float like)
{
    return (struct match){ reason, rank + like, like };
}

static struct match compare(const struct shelf *sh, const struct sheet *sheet,
                            const struct tally *b, const struct tally *s)
{
    float like = gist_within(&b->clause, &sheet->sentence[s->sentence]);
    bool same = same_thing(b, s, like), voice;

    if (!same && (!value_fits(b, s) || (!is_toll(s) && like < LIKE_SOME)))
        return (struct match){ REASON_NOTHING, 0, like };
    if (!same)
        return missed(REASON_MEASURE, 2, like);
    voice = voices_hold(sh->arena, sheet, b, s);
    if (!value_fits(b, s))
        return missed(REASON_NUMBER, voice && class_holds(b, s) ? 3 : 1, like);
    if (!class_holds(b, s))
        return missed(REASON_CLASS, 4, like);
    if (denied(b) != denied(s))
        return missed(REASON_MODALITY, 5, like);
    if (!voice)
        return missed(REASON_CLAIMANT, 6, like);
    if (!days_hold(sh, sheet, b, s))
        return missed(REASON_DAY, 7, like);
    return missed(REASON_NONE, 8, like);
}

/* ---- sums ---- */

static bool adds(const struct tally *x, const struct tally *y, enum measure m)
{
    uint32_t apart = x->sentence > y->sentence ? x->sentence - y->sentence
                                               : y->sentence - x->sentence;

    return is_toll(x) && is_toll(y) && kind_of(x) == m && kind_of(y) == m &&
           apart <= 2 && x->low == x->high && y->low == y->high &&
           !(class_bits(x->figure->class_name) & class_bits(y->figure->class_name));
}

/* "44 people" where a source has 26 protesters and 18 police. */
static bool is_sum(const struct shelf *sh, const struct tally *b, struct check *c)
{
    if (!is_toll(b) || class_bits(b->figure->class_name) != CLASS_ANYONE)
        return false;
    for (uint32_t r = 0; r < sh->sources; r++)
        for (uint32_t i = 0; i < sh->source[r].tally.count; i++)
            for (uint32_t k = 0; k < i; k++) {
                const struct tally *x = &sh->source[r].tally.at[k];
                const struct tally *y = &sh->source[r].tally.at[i];

                if (!adds(x, y, kind_of(b)) || x->low + y->low != b->low ||
                    b->low != b->high || !voices_hold(sh->arena, &sh->source[r], b, x))
                    continue;
                add_witness(sh->arena, c,
                            (struct witness){ r,
                                              x->start,
                                              x->end,
                                              x->sentence,
                                              WITNESS_SUPPORTS,
                                              { NULL, 0 } });
                add_witness(sh->arena, c,
                            (struct witness){ r,
                                              y->start,
                                              y->end,
                                              y->sentence,
                                              WITNESS_SUPPORTS,
                                              { NULL, 0 } });
                return true;
            }
    return false;
}

/* ---- one figure of the brief ---- */

struct ranked {
    uint32_t report, tally;
    struct match match;
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (x->match.rank < y->match.rank || x->match.rank > y->match.rank)
        return x->match.rank < y->match.rank ? 1 : -1;
    if (x->report != y->report)
        return x->report < y->report ? -1 : 1;
    return (x->tally > y->tally) - (x->tally < y->tally);
}

static struct witness witness_of(const struct shelf *sh, const struct ranked *r,
                                 enum witness_stance stance)
{
    const struct tally *s = &sh->source[r->report].tally.at[r->tally];

    return (struct witness){ r->report,
                             s->start,
                             s->end,
                             s->sentence,
                             stance,
                             s->voice.count > 0 ? s->voice.at[s->voice.count - 1].name
                                                : (struct str){ NULL, 0 } };
}

/* Supporting places, then what stands otherwise: other accounts of the same count. */
static void call_witnesses(const struct shelf *sh, const struct ranked *r, uint32_t n,
                           struct check *c)
{
    uint32_t supports = 0, differs = 0;

    for (uint32_t i = 0; i < n; i++) {
        bool supporting = r[i].match.reason == REASON_NONE;
        bool other = !supporting &&
                     (c->reason != REASON_NONE || (r[i].match.reason == REASON_NUMBER &&
                                                   r[i].match.like >= LIKE_SOME));

        if (supporting && supports++ < WITNESSES_MAX)
            add_witness(sh->arena, c, witness_of(sh, &r[i], WITNESS_SUPPORTS));
        else if (other && differs++ < WITNESSES_MAX)
            add_witness(sh->arena, c, witness_of(sh, &r[i], WITNESS_DIFFERS));
    }
}

static void judge(const struct shelf *sh, const struct tally *b, struct check *c)
{
    ARRAY(struct ranked) ranked = { .count = 0 };

    for (uint32_t r = 0; r < sh->sources; r++)
        for (uint32_t i = 0; i < sh->source[r].tally.count; i++) {
            struct match m = compare(sh, &sh->source[r], b, &sh->source[r].tally.at[i]);

            if (m.rank > 0)
                *PUSH(sh->arena, &ranked) = (struct ranked){ r, i, m };
        }
    if (ranked.count > 1)
        qsort(ranked.at, ranked.count, sizeof *ranked.at, by_rank);
    c->reason = ranked.count > 0 ? ranked.at[0].match.reason : REASON_NOTHING;
    if (c->reason != REASON_NONE && is_sum(sh, b, c))
        c->reason = REASON_NONE;
    else
        call_witnesses(sh, ranked.at, ranked.count, c);
}

/* "its director" is one person, but no figure that a reader sees. */
static bool is_unsaid(const struct tally *t, struct str text)
{
    struct str words = str_slice(text, t->start, t->end);

    for (size_t i = 0; i < words.len; i++)
        if (ascii_is_digit(words.ptr[i]))
            return false;
    return t->figure && t->low == 1 && t->high == 1 &&
           !str_starts_fold(words, STR("one")) && !str_starts_fold(words, STR("a ")) &&
           !str_starts_fold(words, STR("an "));
}

void audit_figures(const struct shelf *sh, struct audit *a)
{
    for (uint32_t i = 0; i < sh->brief.tally.count; i++) {
        const struct tally *b = &sh->brief.tally.at[i];
        struct check c = { .kind = CHECK_FIGURE,
                           .start = b->start,
                           .end = b->end,
                           .sentence = b->sentence };

        if (is_quoted(&sh->brief, b->start, b->end) ||
            is_unsaid(b, a->brief->text->article->text))
            continue;
        if (b->voice.count > 0)
            c.claimant = b->voice.at[b->voice.count - 1].name;
        judge(sh, b, &c);
        *PUSH(sh->arena, &a->check) = c;
    }
}
