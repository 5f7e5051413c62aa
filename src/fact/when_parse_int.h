/* when_parse_int.h - what the parsers of time phrases share.
 *
 * when_date.c knows dates, times of day and what is made of them; when_unit.c counts and
 * directs units ("two days later", "last month"); when_parse.c tries them all.  Each
 * takes the items from i on and fills *p; false, *p void, where its phrase does not begin.
 */
#ifndef CORROB_FACT_WHEN_PARSE_INT_H
#define CORROB_FACT_WHEN_PARSE_INT_H

#include "fact/when_int.h"

#define YEAR_FIRST 1000
#define YEAR_LAST 2100
#define HOUR 60

struct bearing {
    struct str dir;
    enum phrase_anchor anchor;
    int32_t step; /* -1, 0, 1 */
};

/* The item, or one of no class behind the last. */
static inline const struct item *at(const struct items *s, uint32_t i)
{
    static const struct item none;

    return i < s->count ? &s->at[i] : &none;
}

static inline bool glued(const struct items *s, uint32_t i)
{
    return i > 0 && i < s->count && s->at[i].start == s->at[i - 1].end;
}

static inline struct phrase phrase_new(uint32_t first, enum phrase_kind kind)
{
    return (struct phrase){
        .first = first,
        .end = first,
        .kind = kind,
        .year = FIELD_NONE,
        .month = FIELD_NONE,
        .day = FIELD_NONE,
        .weekday = FIELD_NONE,
        .quarter = FIELD_NONE,
        .half = FIELD_NONE,
        .decade = FIELD_NONE,
        .century = FIELD_NONE,
        .minute = FIELD_NONE,
        .count = 1,
    };
}

static inline void keep_longer(struct phrase *best, const struct phrase *p)
{
    if (p->end > best->end)
        *best = *p;
}

static inline uint32_t skip(const struct items *s, uint32_t i, enum item_class class)
{
    return i + (uint32_t)(at(s, i)->mask >> class & 1);
}

/* "1/2" after a number, "and a half" */
bool half_follows(const struct items *s, uint32_t *i);
int32_t ordinal_of(const struct item *it);
bool day_number(const struct item *it);
/* The month at *i, past its stop: "Nov.", "March". */
bool month_parse(const struct items *s, uint32_t *i, int32_t *month);
bool weekday_parse(const struct items *s, uint32_t *i, int32_t *weekday);
/* [","] year or "of 1990" after a month and perhaps a day */
uint32_t year_after(const struct items *s, uint32_t k, struct phrase *p);
bool is_quarter(const struct item *it);
bool is_period(const struct item *it);
bool year_phrase(const struct items *s, uint32_t i, struct phrase *p);
bool decade_phrase(const struct items *s, uint32_t i, struct phrase *p);
/* "the 19th century", "the fifth century BC" */
bool century_phrase(const struct items *s, uint32_t i, struct phrase *p);
/* "[the] [fiscal|1988] third[-]quarter [of 1988]", "Q3 1988", "the second half of 2008" */
bool quarter_phrase(const struct items *s, uint32_t i, struct phrase *p);
/* "[the] [early] summer [of 1990]"; a bare "spring" or "fall" is no season */
bool season_phrase(const struct items *s, uint32_t i, struct phrase *p);
uint32_t part_after(const struct items *s, uint32_t k, struct phrase *p);
/* A clock time, with the day before or after it. */
bool clock_phrase(const struct items *s, uint32_t i, struct phrase *p);
/* A day of any kind, with its part: "Monday night", "yesterday", "March 3", "that day" */
bool day_phrase(const struct items *s, uint32_t i, struct phrase *p);
enum time_unit unit_of(const struct item *it);
/* "[two|several|a few|the nine] [more] [-] months", at a number or quantifier.
 * False for a bare unit. */
bool measured(const struct items *s, uint32_t *i, struct phrase *p);
/* "month-long", "decades-long" */
bool long_phrase(const struct items *s, uint32_t i, struct phrase *p);
/* "[nearly] [the] [first|last] six months [ago]" without direction words */
bool measure_phrase(const struct items *s, uint32_t i, struct phrase *p);
/* Bare plurals where they measure: "for years", "in weeks", "years later". */
bool plural_phrase(const struct items *s, uint32_t i, struct phrase *p);
bool bearing_of(const struct item *it, struct bearing *b);
/* "last week", "the past two years", "this year's third quarter", "that same day" */
bool directed_phrase(const struct items *s, uint32_t i, struct phrase *p);
/* "the week", "the quarter": the one told about; "the weekend" */
bool definite_unit(const struct items *s, uint32_t i, struct phrase *p);
/* "year-earlier", "the year-ago quarter", "a year earlier": the same a year before */
bool year_earlier(const struct items *s, uint32_t i, struct phrase *p);

#endif
