/* view.h - what a report is about, as sparse weighted terms; and how near two reports are.
 *
 * A report is seen seven ways: all its words, title with opening, names, numbers with
 * what they count, title alone, pairs of words, and the names of title and opening.  Each way has a cosine; nearness in
 * time, the rarest things shared, what one's opening has and the other lacks, and the days
 * of the week told come beside them.  pair_logit weighs all that by a table learnt from
 * grouped reports (weights.c).
 */
#ifndef CORROB_STORY_VIEW_H
#define CORROB_STORY_VIEW_H

#include "base/date.h"
#include "story/vocabulary.h"
#include "story/words.h"

enum {
    VIEW_BODY,
    VIEW_LEAD,
    VIEW_NAMES,
    VIEW_NUMBERS,
    VIEW_TITLE,
    VIEW_PAIRS,
    VIEW_STEMS,
    VIEW_LEAD_NAMES,
    VIEWS
};

/* One term of a report, in eight bytes: a million reports have eighty million. */
struct mark {
    uint32_t key;
    uint16_t idf;       /* when the report came in, in units of 1 / IDF_UNIT */
    uint8_t body, head; /* how often: body | lead << 4, title | enum mark_flag << 4 */
};
enum mark_flag { MARK_NAME = 1, MARK_NUMBER = 2, MARK_PAIR = 4, MARK_STEM = 8 };
#define IDF_UNIT 2048

static inline float mark_idf(const struct mark *m)
{
    return (float)m->idf / IDF_UNIT;
}

static inline uint32_t mark_body(const struct mark *m)
{
    return m->body & 15u;
}

static inline uint32_t mark_lead(const struct mark *m)
{
    return m->body >> 4;
}

static inline uint32_t mark_title(const struct mark *m)
{
    return m->head & 15u;
}

static inline uint32_t mark_flags(const struct mark *m)
{
    return m->head >> 4;
}

struct view {
    struct mark *mark; /* by key; NULL: gone to rest */
    uint16_t marks;
    uint16_t words; /* of the body, at most UINT16_MAX */
    int32_t day;    /* published, or DATE_NONE */
    int32_t named;  /* day, or else the latest that the text names, or DATE_NONE */
    float hour;     /* days with fraction since 1970, when day is known */
    float norm[VIEWS];
    uint8_t weekdays; /* that the opening tells: 1 << day, from Monday */
};

enum {
    FEATURE_BIAS = VIEWS, /* the first VIEWS are the cosines */
    FEATURE_BODY_2,
    FEATURE_LEAD_BODY,
    FEATURE_DAY,
    FEATURE_THREE_DAYS,
    FEATURE_FORTNIGHT,
    FEATURE_NO_DATE,
    FEATURE_BODY_TIME,
    FEATURE_LEAD_TIME,
    FEATURE_NAME_PAIR,
    FEATURE_NUMBER_PAIR,
    FEATURE_RARE,
    FEATURE_NAMES_APART,
    FEATURE_NUMBERS_NONE,
    FEATURE_LENGTH,
    FEATURE_TITLE_BODY,
    FEATURE_DATES_MEET, /* of an undated report with another */
    FEATURE_DATES_APART,
    FEATURE_WEEKDAYS_MEET,
    FEATURE_RARE_2, /* second and fourth of the rarest words shared */
    FEATURE_RARE_4,
    FEATURE_LEAD_RARE,   /* the rarest word that both openings have */
    FEATURE_COVER_LEAST, /* of the openings, in the other report */
    FEATURE_COVER_MOST,
    FEATURE_MISSING_LEAST, /* the weightiest name of an opening that the other lacks */
    FEATURE_MISSING_MOST,
    FEATURES
};

/* Two models: reports with text, and headlines alone. */
enum { MODEL_TEXT, MODEL_HEADLINE, MODEL_UNDATED, MODELS };
#define NETS 2   /* learnt apart and averaged: each alone is a matter of chance */
#define UNITS 16 /* of each */
#define HIDDEN (NETS * UNITS)
#define HEADLINE_WORDS 12 /* a body shorter than this says no more than its title */
#define MARKS_MAX 96      /* terms kept of a report, the heaviest */
struct pair_model {
    float centre[FEATURES], scale[FEATURES];
    float in[FEATURES][HIDDEN], out[HIDDEN + 1];
};
extern const struct pair_model pair_models[MODELS];

/* What a report tells by its words. */
struct told_words {
    struct str title, text;
    struct instant published;
    bool listing; /* a list of titles tells of many happenings: a story of its own */
};

/* Counts the report's terms in the vocabulary, then weighs them; the marks lie in arena. */
struct view view_of_words(struct arena *arena, struct arena *scratch,
                          struct vocabulary *v, const struct told_words *told);
/* The norms from the marks; they are 0 before. */
void view_measure(struct view *view);
/* Which of the two models is for this pair. */
int pair_model_of(const struct view *a, const struct view *b);
void pair_features(const struct view *a, const struct view *b, float out[FEATURES]);
/* Log odds that two reports tell of the same happening. */
float pair_logit(const struct pair_model models[MODELS], const struct view *a,
                 const struct view *b);
float model_logit(const struct pair_model *m, const float feature[FEATURES]);

#endif
