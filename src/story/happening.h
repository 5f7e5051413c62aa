/* happening.h - whether two tellings are of one happening, learnt from chains of events.
 *
 *     struct happenings *h = happenings_of(arena, vocabulary, report, count);
 *     struct happening a = happening_at(h, 0, span, HEAD_LAST),
 *                      b = happening_at(h, 2, other, HEAD_LAST);
 *     happening_logit(h, &a, &b)      log odds: above 0 when they are rather one
 *
 * A telling is the word or two of a report that name a happening ("opened fire", "the
 * shooting"), seen with its sentence and report.  It works on the text and on what the
 * lexicons, WordNet and the word vectors of the model know of its words; trees are not
 * kept so long.
 */
#ifndef CORROB_STORY_HAPPENING_H
#define CORROB_STORY_HAPPENING_H

#include "fact/fact.h"
#include "story/bag.h"
#include "story/kin.h"
#include "story/vocabulary.h"

#define HAPPENING_VECTOR_MAX 128 /* numbers of a word vector */

/* What the happenings of one sentence share. */
struct scene {
    uint32_t first, end; /* words of the report */
    struct bag told;     /* all words, by how telling they are anywhere */
    struct bag marked;   /* the same, by how telling they are in this story */
    struct bag names, numbers;
    float vector[HAPPENING_VECTOR_MAX];
    int32_t begin_day, end_day; /* the first days that it names, or DATE_NONE */
};

struct happening {
    uint32_t report, sentence;
    uint32_t lemma, stem; /* keys of its head */
    uint32_t sense;       /* of what newsrooms put for one another */
    struct kin kin;
    enum event_type type; /* of the lexicons; EVENT_TYPES: they don't know it */
    struct str mode;
    struct bag words;                               /* its own */
    struct bag before, behind;                      /* a few words of its sentence */
    struct bag named_before, named_behind, counted; /* names and numbers among these */
    float vector[HAPPENING_VECTOR_MAX];
    float idf, marked; /* how telling its head is anywhere; in this story */
    bool says;         /* "said", "confirmed" */
    bool common;       /* "had", "made" */
    bool open;         /* "may", "not" stand before it */
    uint32_t times;    /* that its head stands in the report */
    const struct scene *scene;
};

/* What is compared; products of two stand behind them. */
enum {
    LIKE_LEMMA,
    LIKE_STEM,
    LIKE_SENSE,
    LIKE_VECTOR,
    LIKE_KIN,
    LIKE_WORDS,
    LIKE_TYPE,
    LIKE_TYPES_APART,
    LIKE_MODE,
    LIKE_TOLD,
    LIKE_MARKED,
    LIKE_TOLD_LEAST,
    LIKE_SENTENCE,
    LIKE_REPORT,
    LIKE_REPORT_MARKED,
    LIKE_PROFILE, /* the two reports stand alike to the others of the story */
    LIKE_BEFORE,
    LIKE_BEHIND,
    LIKE_CROSSED, /* what stands before one stands behind the other */
    LIKE_NAMES,
    LIKE_NAMES_APART,
    LIKE_NUMBERS,
    LIKE_NUMBERS_APART,
    LIKE_NAMED_BEFORE,
    LIKE_NAMED_BEFORE_APART,
    LIKE_NAMED_BEHIND,
    LIKE_NAMED_BEHIND_APART,
    LIKE_COUNTED,
    LIKE_COUNTED_APART,
    LIKE_DAY,
    LIKE_DAYS_APART,
    LIKE_ONE_REPORT,
    LIKE_ONE_SENTENCE,
    LIKE_DISTANCE, /* sentences between them in one report */
    LIKE_SAYS,
    LIKE_COMMON,
    LIKE_IDF,
    LIKE_RARE,
    LIKE_TIMES,
    LIKE_LEAD,
    LIKE_OPEN,
    LIKE_STEM_MARKED,
    LIKE_STEM_REPORT,
    LIKE_VECTOR_MARKED,
    LIKE_VECTOR_REPORT,
    LIKE_VECTOR_SENTENCE,
    LIKE_KIN_MARKED,
    LIKE_KIN_REPORT,
    LIKE_NEAREST, /* by stem, kin or vector, whichever is nearest */
    LIKE_NEAREST_PROFILE,
    LIKE_FEATURES
};

#define LIKE_NETS 4 /* learnt apart and averaged */
#define LIKE_UNITS 12
#define LIKE_HIDDEN (LIKE_NETS * LIKE_UNITS)

struct happening_net {
    float centre[LIKE_FEATURES], scale[LIKE_FEATURES];
    float in[LIKE_FEATURES][LIKE_HIDDEN], bias[LIKE_HIDDEN], out[LIKE_HIDDEN + 1];
};
extern const struct happening_net happening_net;

struct happenings;

/* Of the reports of one story; they and the vocabulary must stay as they are. */
struct happenings *happenings_of(struct arena *arena, const struct vocabulary *v,
                                 const struct facts *const *report, uint32_t reports);
/* Where the head of a telling stands in its words: "blamed the unrest on", "fierce attack". */
enum head_place { HEAD_LAST, HEAD_FIRST };

/* The telling of these bytes of a report, which must have a word.  A particle behind the
 * last word is no head: "checked into". */
struct happening happening_at(struct happenings *h, uint32_t report, struct span span,
                              enum head_place place);
void happening_features(const struct happenings *h, const struct happening *a,
                        const struct happening *b, float out[LIKE_FEATURES]);
float happening_net_logit(const struct happening_net *net,
                          const float feature[LIKE_FEATURES]);
/* By the net that is shipped. */
float happening_logit(const struct happenings *h, const struct happening *a,
                      const struct happening *b);

#endif
