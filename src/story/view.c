#include "story/view.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"

#define LEAD_WORDS 70   /* the first two or three sentences */
#define BODY_WORDS 1200 /* more adds cost, not meaning */
#define TALLIES_MAX 6000
#define TALLY_SLOTS 16384u
#define WORTH_PAIR 0.25F
#define WORTH_TOLD_PAIR 0.85F /* of names or with a number: "13500 block" */
#define WORTH_TOLD 1.4F       /* a name or number */
#define STEM_LETTERS 5        /* "Olympics", "olympique", "olímpico" begin alike */
#define WEEKDAY_WORDS 120     /* of the opening in which days of the week count */
#define NAME_SCALE 16.0F      /* about what a name that is told often weighs */
#define FIRST_YEAR 1900       /* of dates that a text may be told by */
#define LAST_YEAR 2099
#define KEY_PLACES 2048u /* for the marks of a report, so that most are empty */
#define LANES 16         /* hidden units that are reckoned side by side */

typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));

/* A term while the report is read. */
struct tally {
    uint32_t key;
    uint8_t body, lead, title, flags;
    float idf, worth;
};

struct builder {
    struct arena *arena;
    uint16_t *slot; /* 0: empty, else 1 + index in tally */
    ARRAY(struct tally) tally;
};

enum part { PART_TITLE, PART_LEAD, PART_REST };

static void bump(uint8_t *n)
{
    if (*n < 15)
        ++*n;
}

static struct tally *tally_of(struct builder *b, uint32_t key)
{
    uint32_t i = key & (TALLY_SLOTS - 1);

    for (; b->slot[i]; i = (i + 1) & (TALLY_SLOTS - 1))
        if (b->tally.at[b->slot[i] - 1].key == key)
            return &b->tally.at[b->slot[i] - 1];
    if (b->tally.count == TALLIES_MAX)
        return NULL;
    PUSH(b->arena, &b->tally)->key = key;
    b->slot[i] = (uint16_t)b->tally.count;
    return &b->tally.at[b->tally.count - 1];
}

static void put(struct builder *b, uint32_t key, enum part part, uint8_t flags)
{
    struct tally *t = tally_of(b, key);

    if (!t)
        return;
    t->flags |= flags;
    if (part == PART_TITLE)
        bump(&t->title);
    else
        bump(&t->body);
    if (part != PART_REST)
        bump(&t->lead);
}

/* Pairs that tell one happening from another: "Bernard Gillis", "13500 block", and any
 * two neighbours of title and opening. */
static uint8_t pair_flags(const struct word *a, const struct word *b, enum part part)
{
    uint8_t flags = MARK_PAIR;

    if (b->flags & WORD_OPENS)
        return 0;
    if (a->flags & b->flags & WORD_NAME && part != PART_TITLE)
        flags |= MARK_NAME;
    if ((a->flags | b->flags) & WORD_NUMBER)
        flags |= MARK_NUMBER;
    return flags != MARK_PAIR || part != PART_REST ? flags : 0;
}

static void put_stem(struct builder *b, struct str text, const struct word *w,
                     enum part part)
{
    struct str s = { text.ptr + w->start, w->len };
    size_t at = 0, len;

    for (int n = 0; n < STEM_LETTERS && at < s.len; n++, at += len)
        (void)utf8_decode(str_after(s, at), &len);
    if (at < s.len)
        put(b, word_pair_key(word_key(str_slice(s, 0, at)), 1), part, MARK_STEM);
}

static void put_text(struct builder *b, struct str text, const struct words *w,
                     bool title, bool stems)
{
    for (uint32_t i = 0; i < w->count && i < BODY_WORDS; i++) {
        const struct word *word = &w->at[i];
        enum part part = title ? PART_TITLE : i < LEAD_WORDS ? PART_LEAD : PART_REST;
        uint8_t flags = 0, pair;

        if (word->flags & WORD_NAME && !title)
            flags |= MARK_NAME;
        if (word->flags & WORD_NUMBER)
            flags |= MARK_NUMBER;
        put(b, word->key, part, flags);
        if (stems)
            put_stem(b, text, word, part);
        pair = i + 1 < w->count ? pair_flags(word, word + 1, part) : 0;
        if (pair)
            put(b, word_pair_key(word->key, word[1].key), part, pair);
    }
}

/* 1 + ln n for small n: the third mention of a word says less than the first. */
static float damped(uint32_t n)
{
    static const float table[] = { 0,     1,     1.69F, 2.10F, 2.39F, 2.61F,
                                   2.79F, 2.95F, 3.08F, 3.20F, 3.30F };

    return table[n < COUNT(table) ? n : COUNT(table) - 1];
}

/* The weight of a mark in each view. */
static void weights(const struct mark *m, float out[VIEWS])
{
    float idf = mark_idf(m);
    uint32_t flags = mark_flags(m), lead = mark_lead(m);
    bool word = !(flags & (MARK_PAIR | MARK_STEM));

    out[VIEW_BODY] = word ? idf * damped(mark_body(m) + mark_title(m)) : 0;
    out[VIEW_LEAD] = word && lead ? idf * damped(lead) : 0;
    out[VIEW_NAMES] = flags & MARK_NAME ? idf * damped(mark_body(m)) : 0;
    out[VIEW_NUMBERS] = flags & MARK_NUMBER ? idf : 0;
    out[VIEW_TITLE] = mark_title(m) && word ? idf : 0;
    out[VIEW_PAIRS] = flags & MARK_PAIR ? idf : 0;
    out[VIEW_STEMS] = flags & MARK_STEM ? idf : 0;
    out[VIEW_LEAD_NAMES] = word && flags & MARK_NAME ? out[VIEW_LEAD] : 0;
}

/* What a term is worth when there is room for MARKS_MAX: any two words that stand side
 * by side are rare, but few of them tell more than the words themselves. */
static float worth(const struct tally *t)
{
    float w = t->idf * (damped(t->body) + (float)(t->lead > 0));
    bool told = t->flags & (MARK_NAME | MARK_NUMBER);

    if (t->flags & MARK_PAIR)
        return w * (told ? WORTH_TOLD_PAIR : WORTH_PAIR);
    return told ? w * WORTH_TOLD : w;
}

static bool heavier(const struct tally *x, const struct tally *y)
{
    return x->worth != y->worth ? x->worth > y->worth : x->key < y->key;
}

static void swap(struct tally *x, struct tally *y)
{
    struct tally t = *x;

    *x = *y;
    *y = t;
}

/* Brings the MARKS_MAX heaviest of n to the front, in no order: they are parted by the
 * one in the middle, then the part that holds the border again. */
static void part_heaviest(struct tally *t, uint32_t n)
{
    uint32_t first = 0, end = n;

    while (end - first > 1) {
        uint32_t front = first;

        swap(&t[first + (end - first) / 2], &t[end - 1]);
        for (uint32_t i = first; i + 1 < end; i++)
            if (heavier(&t[i], &t[end - 1]))
                swap(&t[i], &t[front++]);
        swap(&t[front], &t[end - 1]);
        if (front == MARKS_MAX)
            return;
        if (front < MARKS_MAX)
            first = front + 1;
        else
            end = front;
    }
}

static int by_key(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;

    return (x->key > y->key) - (x->key < y->key);
}

static struct mark mark_of(const struct tally *t)
{
    float idf = fminf(t->idf * IDF_UNIT, UINT16_MAX);

    return (struct mark){ t->key, (uint16_t)idf, (uint8_t)(t->body | t->lead << 4),
                          (uint8_t)(t->title | t->flags << 4) };
}

void view_measure(struct view *view)
{
    float w[VIEWS];

    for (uint32_t i = 0; i < view->marks; i++) {
        weights(&view->mark[i], w);
        for (int k = 0; k < VIEWS; k++)
            view->norm[k] += w[k] * w[k];
    }
    for (int k = 0; k < VIEWS; k++)
        view->norm[k] = sqrtf(view->norm[k]);
}

/* The heaviest terms of those read, by key. */
static void keep_marks(struct arena *arena, struct view *view, struct tally *tally,
                       uint32_t tallies)
{
    if (tallies > MARKS_MAX) {
        part_heaviest(tally, tallies);
        tallies = MARKS_MAX;
    }
    view->mark = NEW(arena, struct mark, tallies + 1);
    for (uint32_t i = 0; i < tallies; i++)
        view->mark[i] = mark_of(&tally[i]);
    view->marks = (uint16_t)tallies;
    qsort(view->mark, tallies, sizeof *view->mark, by_key);
}

/* 1 to 12: "May", "Sept"; 0 is none. */
static uint32_t month_of(struct str word)
{
    static const struct str months[] = {
        STR_INIT("january"), STR_INIT("february"), STR_INIT("march"),
        STR_INIT("april"),   STR_INIT("may"),      STR_INIT("june"),
        STR_INIT("july"),    STR_INIT("august"),   STR_INIT("september"),
        STR_INIT("october"), STR_INIT("november"), STR_INIT("december"),
    };

    for (uint32_t m = 0; word.len >= 3 && m < COUNT(months); m++)
        if (str_starts_fold(months[m], word))
            return m + 1;
    return 0;
}

/* A number of the words, with or without an ending: "16", "16th". */
static uint32_t number_of(struct str word)
{
    uint32_t n = 0;
    size_t i = 0;

    for (; i < word.len && i < 5 && ascii_is_digit(word.ptr[i]); i++)
        n = n * 10 + (uint32_t)(word.ptr[i] - '0');
    return i == word.len || (i < 3 && i + 2 == word.len) ? n : 0;
}

/* The latest whole date that a text names: "November 16, 2031", "16 November 2031". */
static int32_t latest_named(struct str text, const struct words *w)
{
    int32_t latest = DATE_NONE;

    for (uint32_t i = 0; i + 2 < w->count && i < BODY_WORDS; i++) {
        struct str a = { text.ptr + w->at[i].start, w->at[i].len };
        struct str b = { text.ptr + w->at[i + 1].start, w->at[i + 1].len };
        uint32_t month = month_of(a), day = number_of(month ? b : a), year;

        if (day == 0 || day > 31 || (!month && !(month = month_of(b))))
            continue;
        year =
            number_of((struct str){ text.ptr + w->at[i + 2].start, w->at[i + 2].len });
        if (year < FIRST_YEAR || year > LAST_YEAR ||
            !date_valid((int32_t)year, month, day))
            continue;
        if (date_from_civil((int32_t)year, month, day) > latest)
            latest = date_from_civil((int32_t)year, month, day);
    }
    return latest;
}

static uint8_t weekdays_of(const struct vocabulary *v, const struct words *body)
{
    uint32_t days = 0;

    for (uint32_t i = 0; i < body->count && i < WEEKDAY_WORDS; i++)
        if (body->at[i].flags & WORD_CAPITAL)
            days |= 1u << vocabulary_weekday(v, body->at[i].key);
    return (uint8_t)(days & ((1u << WEEK) - 1));
}

struct view view_of_words(struct arena *arena, struct arena *scratch,
                          struct vocabulary *v, const struct told_words *told)
{
    struct builder b = { .arena = scratch };
    struct words title = words_from_text(scratch, told->title);
    struct words body = words_from_text(scratch, told->text);
    bool stems = body.count < HEADLINE_WORDS;
    struct view view = { .day = DATE_NONE, .named = DATE_NONE };

    if (told->listing)
        return view;
    b.slot = NEW(scratch, uint16_t, TALLY_SLOTS);
    put_text(&b, told->title, &title, true, stems);
    put_text(&b, told->text, &body, false, stems);
    v->reports += 1;
    for (uint32_t i = 0, last = b.tally.count - 1; i < b.tally.count; i++) {
        struct tally *t = &b.tally.at[i];

        vocabulary_expect(v, b.tally.at[i + 16 < last ? i + 16 : last].key,
                          b.tally.at[i + 8 < last ? i + 8 : last].key);
        t->idf = vocabulary_idf_of(v, vocabulary_count(v, t->key));
        t->worth = worth(t);
    }
    keep_marks(arena, &view, b.tally.at, b.tally.count);
    view_measure(&view);
    view.words = (uint16_t)(body.count < UINT16_MAX ? body.count : UINT16_MAX);
    view.weekdays = weekdays_of(v, &body);
    view.named = latest_named(told->text, &body);
    if (told->published.precision >= INSTANT_DAY) {
        view.named = told->published.day;
        view.day = told->published.day;
        view.hour = (float)view.day + (float)told->published.second / 86400;
    }
    return view;
}

#define RARE 4

/* What is gathered while two sorted lists of marks are walked together. */
struct meeting {
    float dot[VIEWS];
    float name_pair, number_pair; /* greatest idf shared */
    float rare[RARE];             /* idf of the rarest words shared */
    float lead_rare;
    float cover_a, cover_b; /* of an opening, in the other: squared weights */
    float title_body;       /* of one's title found in the other's text */
};

/* fminf and fmaxf without a call. */
static float least(float a, float b)
{
    return a < b ? a : b;
}

static float most(float a, float b)
{
    return a > b ? a : b;
}

/* Puts an idf among the greatest. */
static void meet_rare(struct meeting *m, float idf)
{
    for (int k = 0; k < RARE && idf > 0; k++) {
        float less = least(m->rare[k], idf);

        m->rare[k] = most(m->rare[k], idf);
        idf = less;
    }
}

static void meet(struct meeting *m, const struct mark *a, const struct mark *b)
{
    float wa[VIEWS], wb[VIEWS], idf = least(mark_idf(a), mark_idf(b));
    uint32_t both = mark_flags(a) & mark_flags(b);

    weights(a, wa);
    weights(b, wb);
    for (int k = 0; k < VIEWS; k++)
        m->dot[k] += wa[k] * wb[k];
    if (both & MARK_PAIR && both & MARK_NAME)
        m->name_pair = most(m->name_pair, idf);
    if (both & MARK_PAIR && both & MARK_NUMBER)
        m->number_pair = most(m->number_pair, idf);
    if (!(both & MARK_PAIR))
        meet_rare(m, idf);
    if (wa[VIEW_LEAD] > 0 && wb[VIEW_LEAD] > 0)
        m->lead_rare = most(m->lead_rare, idf);
    m->cover_a += wa[VIEW_LEAD] * wa[VIEW_LEAD];
    m->cover_b += wb[VIEW_LEAD] * wb[VIEW_LEAD];
    if ((mark_title(a) && mark_body(b)) || (mark_title(b) && mark_body(a)))
        m->title_body += idf * idf;
}

static float cosine(const struct meeting *m, const struct view *a, const struct view *b,
                    int k)
{
    float norm = a->norm[k] * b->norm[k];

    return norm > 0 ? m->dot[k] / norm : 0;
}

static void time_features(const struct view *a, const struct view *b, float *f)
{
    float days;

    if (a->day == DATE_NONE || b->day == DATE_NONE) {
        bool known = a->named != DATE_NONE && b->named != DATE_NONE;
        int32_t apart = known ? abs(a->named - b->named) : 0;

        f[FEATURE_NO_DATE] = 1;
        f[FEATURE_DATES_MEET] = known ? expf(-(float)apart / 3) : 0;
        f[FEATURE_DATES_APART] = apart > 14 ? 1 : 0;
        return;
    }
    days = fabsf(a->hour - b->hour);
    f[FEATURE_DAY] = expf(-days);
    f[FEATURE_THREE_DAYS] = expf(-days / 4);
    f[FEATURE_FORTNIGHT] = expf(-days / 20);
}

/* Walks two sorted lists of marks together.  Most terms of one report are not in the
 * other, so the low bits of its keys are asked first. */
static void meet_all(struct meeting *m, const struct view *a, const struct view *b)
{
    uint32_t had[KEY_PLACES / 32] = { 0 };

    for (uint32_t i = 0; i < a->marks; i++)
        had[a->mark[i].key % KEY_PLACES / 32] |= 1u << a->mark[i].key % 32;
    for (uint32_t i = 0, j = 0; j < b->marks; j++) {
        uint32_t key = b->mark[j].key;

        if (!(had[key % KEY_PLACES / 32] >> key % 32 & 1))
            continue;
        while (i < a->marks && a->mark[i].key < key)
            i++;
        if (i < a->marks && a->mark[i].key == key)
            meet(m, &a->mark[i], &b->mark[j]);
    }
}

/* The weight of the weightiest name of a's opening that b has not. */
static float missing_name(const struct view *a, const struct view *b)
{
    float greatest = 0;

    for (uint32_t i = 0, j = 0; i < a->marks; i++) {
        const struct mark *m = &a->mark[i];

        while (j < b->marks && b->mark[j].key < m->key)
            j++;
        if ((mark_flags(m) & (MARK_NAME | MARK_PAIR)) == MARK_NAME && mark_lead(m) &&
            !(j < b->marks && b->mark[j].key == m->key))
            greatest = most(greatest, mark_idf(m) * damped(mark_body(m)));
    }
    return greatest;
}

static float share_of_lead(const struct view *v, float cover)
{
    float norm = v->norm[VIEW_LEAD];

    return norm > 0 ? sqrtf(cover) / norm : 0;
}

/* What is told of one report by what the other one has or lacks. */
static void mutual_features(const struct meeting *m, const struct view *a,
                            const struct view *b, float *f)
{
    float cover_a = share_of_lead(a, m->cover_a),
          cover_b = share_of_lead(b, m->cover_b);
    float missing_a = missing_name(a, b), missing_b = missing_name(b, a);

    f[FEATURE_COVER_LEAST] = least(cover_a, cover_b);
    f[FEATURE_COVER_MOST] = most(cover_a, cover_b);
    f[FEATURE_MISSING_LEAST] = least(missing_a, missing_b) / NAME_SCALE;
    f[FEATURE_MISSING_MOST] = most(missing_a, missing_b) / NAME_SCALE;
    f[FEATURE_WEEKDAYS_MEET] = a->weekdays & b->weekdays ? 1 : 0;
}

void pair_features(const struct view *a, const struct view *b, float f[FEATURES])
{
    struct meeting m = { .cover_a = 0 };
    float shorter = (float)(a->words < b->words ? a->words : b->words);
    float smaller = fminf(a->norm[VIEW_TITLE], b->norm[VIEW_TITLE]);

    meet_all(&m, a, b);
    memset(f, 0, FEATURES * sizeof *f);
    for (int k = 0; k < VIEWS; k++)
        f[k] = cosine(&m, a, b, k);
    f[FEATURE_BIAS] = 1;
    f[FEATURE_BODY_2] = sqrtf(f[VIEW_BODY]);
    f[FEATURE_LEAD_BODY] = f[VIEW_LEAD] * f[VIEW_BODY];
    time_features(a, b, f);
    f[FEATURE_BODY_TIME] = f[VIEW_BODY] * f[FEATURE_THREE_DAYS];
    f[FEATURE_LEAD_TIME] = f[VIEW_LEAD] * f[FEATURE_THREE_DAYS];
    f[FEATURE_NAME_PAIR] = m.name_pair / 8;
    f[FEATURE_NUMBER_PAIR] = m.number_pair / 8;
    f[FEATURE_RARE] = m.rare[0] / 8;
    f[FEATURE_LEAD_RARE] = m.lead_rare / 8;
    f[FEATURE_RARE_2] = m.rare[1] / 8;
    f[FEATURE_RARE_4] = m.rare[3] / 8;
    f[FEATURE_NAMES_APART] = m.name_pair > 0 ? 0 : 1;
    f[FEATURE_NUMBERS_NONE] = m.dot[VIEW_NUMBERS] > 0 ? 0 : 1;
    f[FEATURE_LENGTH] = logf(1 + shorter) / 6;
    f[FEATURE_TITLE_BODY] = smaller > 0 ? sqrtf(m.title_body) / smaller : 0;
    mutual_features(&m, a, b, f);
}

float model_logit(const struct pair_model *m, const float feature[FEATURES])
{
    float x[FEATURES], sum = m->out[HIDDEN];

    for (int i = 0; i < FEATURES; i++)
        x[i] = (feature[i] - m->centre[i]) * m->scale[i];
    x[FEATURE_BIAS] = 1;
    for (int first = 0; first < HIDDEN; first += LANES) {
        lanes s = { 0 };

        for (int i = 0; i < FEATURES; i++) {
            lanes in;

            memcpy(&in, &m->in[i][first], sizeof in);
            s += in * x[i];
        }
        for (int k = 0; k < LANES; k++)
            sum += m->out[first + k] * (s[k] > 0 ? s[k] : 0.1F * s[k]);
    }
    return sum;
}

int pair_model_of(const struct view *a, const struct view *b)
{
    uint16_t shorter = a->words < b->words ? a->words : b->words;

    if (shorter < HEADLINE_WORDS)
        return MODEL_HEADLINE;
    return a->day == DATE_NONE || b->day == DATE_NONE ? MODEL_UNDATED : MODEL_TEXT;
}

float pair_logit(const struct pair_model models[MODELS], const struct view *a,
                 const struct view *b)
{
    float f[FEATURES];

    pair_features(a, b, f);
    return model_logit(&models[pair_model_of(a, b)], f);
}
