#include "story/view.h"

#include <math.h>

#include "base/utf8.h"

#define LEAD_WORDS 70     /* the first two or three sentences */
#define BODY_WORDS 1200   /* more adds cost, not meaning */
#define STEM_LETTERS 5    /* "Olympics", "olympique", "olímpico" begin alike */
#define HEADLINE_WORDS 12 /* a body shorter than this says no more than its title */

struct builder {
    struct arena *arena;
    struct vocabulary *vocabulary;
    uint32_t report;
    ARRAY(struct mark) mark;
};

enum part { PART_TITLE, PART_LEAD, PART_REST };

static void bump(uint8_t *n)
{
    if (*n < UINT8_MAX)
        ++*n;
}

static void put(struct builder *b, uint32_t key, enum part part, uint8_t flags)
{
    uint32_t id = vocabulary_put(b->vocabulary, key);
    struct term *t = &b->vocabulary->term[id];
    struct mark *m;

    if (t->seen_by != b->report + 1) {
        t->seen_by = b->report + 1;
        t->seen_at = b->mark.count;
        t->reports++;
        m = PUSH(b->arena, &b->mark);
        m->term = id;
        m->flags = flags & (MARK_NUMBER | MARK_PAIR | MARK_STEM);
    }
    m = &b->mark.at[t->seen_at];
    m->flags |= flags;
    if (part == PART_TITLE)
        bump(&m->title);
    else
        bump(&m->body);
    if (part != PART_REST)
        bump(&m->lead);
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

struct view view_from_article(struct arena *arena, struct arena *scratch,
                              struct vocabulary *v, const struct article *a,
                              uint32_t report)
{
    struct builder b = { .arena = scratch, .vocabulary = v, .report = report };
    struct words title = words_from_text(scratch, a->title);
    struct words body = words_from_text(scratch, a->text);
    struct view view = { .words = body.count, .day = DATE_NONE };

    put_text(&b, a->title, &title, true, body.count < HEADLINE_WORDS);
    put_text(&b, a->text, &body, false, body.count < HEADLINE_WORDS);
    view.marks = b.mark.count;
    view.mark = NEW(arena, struct mark, view.marks + 1);
    if (view.marks > 0)
        memcpy(view.mark, b.mark.at, view.marks * sizeof *view.mark);
    if (a->published.precision >= INSTANT_DAY) {
        view.day = a->published.day;
        view.hour = (float)a->published.day + (float)a->published.second / 86400;
    }
    return view;
}

/* 1 + ln n for small n: the third mention of a word says less than the first. */
static float damped(uint8_t n)
{
    static const float table[] = { 0,     1,     1.69F, 2.10F, 2.39F, 2.61F,
                                   2.79F, 2.95F, 3.08F, 3.20F, 3.30F };

    return table[n < COUNT(table) ? n : COUNT(table) - 1];
}

/* The weight of a mark in each view. */
static void weights(const struct mark *m, float out[VIEWS])
{
    float idf = m->idf;
    uint8_t all =
        (uint8_t)(m->body > UINT8_MAX - m->title ? UINT8_MAX : m->body + m->title);
    bool word = !(m->flags & (MARK_PAIR | MARK_STEM));

    out[VIEW_BODY] = word ? idf * damped(all) : 0;
    out[VIEW_LEAD] = word && m->lead ? idf * damped(m->lead) : 0;
    out[VIEW_NAMES] = m->flags & MARK_NAME ? idf * damped(m->body) : 0;
    out[VIEW_NUMBERS] = m->flags & MARK_NUMBER ? idf : 0;
    out[VIEW_TITLE] = m->title && word ? idf : 0;
    out[VIEW_PAIRS] = m->flags & MARK_PAIR ? idf : 0;
    out[VIEW_STEMS] = m->flags & MARK_STEM ? idf : 0;
}

static int by_term(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;

    return (x->term > y->term) - (x->term < y->term);
}

static int by_weight(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    float p = x->idf * damped(x->body), q = y->idf * damped(y->body);

    p += x->idf * (float)(x->lead > 0);
    q += y->idf * (float)(y->lead > 0);
    if (p != q)
        return p < q ? 1 : -1;
    return by_term(a, b);
}

void view_weigh(struct view *view, const struct vocabulary *v)
{
    float w[VIEWS];

    for (uint32_t i = 0; i < view->marks; i++)
        view->mark[i].idf = v->term[view->mark[i].term].idf;
    if (view->marks > MARKS_MAX) {
        qsort(view->mark, view->marks, sizeof *view->mark, by_weight);
        view->marks = MARKS_MAX;
    }
    if (view->marks > 0)
        qsort(view->mark, view->marks, sizeof *view->mark, by_term);
    for (uint32_t i = 0; i < view->marks; i++) {
        weights(&view->mark[i], w);
        for (int k = 0; k < VIEWS; k++)
            view->norm[k] += w[k] * w[k];
    }
    for (int k = 0; k < VIEWS; k++)
        view->norm[k] = sqrtf(view->norm[k]);
}

/* What is gathered while two sorted lists of marks are walked together. */
struct meeting {
    float dot[VIEWS];
    float name_pair, number_pair, rare; /* greatest idf shared */
    float title_body;                   /* of one's title found in the other's text */
};

static void meet(struct meeting *m, const struct mark *a, const struct mark *b)
{
    float wa[VIEWS], wb[VIEWS];
    uint8_t both = a->flags & b->flags;

    weights(a, wa);
    weights(b, wb);
    for (int k = 0; k < VIEWS; k++)
        m->dot[k] += wa[k] * wb[k];
    if (both & MARK_PAIR && both & MARK_NAME)
        m->name_pair = fmaxf(m->name_pair, a->idf);
    if (both & MARK_PAIR && both & MARK_NUMBER)
        m->number_pair = fmaxf(m->number_pair, a->idf);
    if (!(both & MARK_PAIR))
        m->rare = fmaxf(m->rare, a->idf);
    if ((a->title && b->body) || (b->title && a->body))
        m->title_body += a->idf * a->idf;
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
        f[FEATURE_NO_DATE] = 1;
        return;
    }
    days = fabsf(a->hour - b->hour);
    f[FEATURE_DAY] = expf(-days);
    f[FEATURE_THREE_DAYS] = expf(-days / 4);
    f[FEATURE_FORTNIGHT] = expf(-days / 20);
}

void pair_features(const struct view *a, const struct view *b, float f[FEATURES])
{
    struct meeting m = { .rare = 0 };
    float shorter = (float)(a->words < b->words ? a->words : b->words);
    float smaller = fminf(a->norm[VIEW_TITLE], b->norm[VIEW_TITLE]);

    for (uint32_t i = 0, j = 0; i < a->marks && j < b->marks;) {
        uint32_t x = a->mark[i].term, y = b->mark[j].term;

        if (x == y)
            meet(&m, &a->mark[i], &b->mark[j]);
        i += x <= y; /* no branch: which list is ahead can't be foretold */
        j += y <= x;
    }
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
    f[FEATURE_RARE] = m.rare / 8;
    f[FEATURE_NAMES_APART] = m.name_pair > 0 ? 0 : 1;
    f[FEATURE_NUMBERS_NONE] = m.dot[VIEW_NUMBERS] > 0 ? 0 : 1;
    f[FEATURE_LENGTH] = logf(1 + shorter) / 6;
    f[FEATURE_TITLE_BODY] = smaller > 0 ? sqrtf(m.title_body) / smaller : 0;
}

float model_logit(const struct pair_model *m, const float feature[FEATURES])
{
    float x[FEATURES], sum = m->out[HIDDEN];

    for (int i = 0; i < FEATURES; i++)
        x[i] = (feature[i] - m->centre[i]) * m->scale[i];
    x[FEATURE_BIAS] = 1;
    for (int h = 0; h < HIDDEN; h++) {
        float s = 0;

        for (int i = 0; i < FEATURES; i++)
            s += m->in[h][i] * x[i];
        sum += m->out[h] * (s > 0 ? s : 0.1F * s);
    }
    return sum;
}

int pair_model_of(const struct view *a, const struct view *b)
{
    uint32_t shorter = a->words < b->words ? a->words : b->words;

    return shorter < HEADLINE_WORDS ? MODEL_HEADLINE : MODEL_TEXT;
}

float pair_logit(const struct pair_model models[MODELS], const struct view *a,
                 const struct view *b)
{
    float f[FEATURES];

    pair_features(a, b, f);
    return model_logit(&models[pair_model_of(a, b)], f);
}
