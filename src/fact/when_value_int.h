/* when_value_int.h - days, months, weeks as values: what the resolvers of when_value.c write. */
#ifndef CORROB_FACT_WHEN_VALUE_INT_H
#define CORROB_FACT_WHEN_VALUE_INT_H

#include "fact/when_int.h"

/* What printf would write, at most 47 bytes. */
struct str format(struct arena *arena, const char *pattern, ...)
    __attribute__((format(printf, 2, 3)));
/* Months counted through the years. */
int32_t month_index(int32_t year, int32_t month);
int32_t add_months(int32_t day, int32_t months);
void set_month_days(struct when *w, int32_t year, int32_t month, int32_t months);
/* First month of a season of the north; winter begins in the December before. */
int32_t season_month(struct str season);
void put_day(struct resolver *r, struct when *w, int32_t day, const struct phrase *p);
void put_month(struct resolver *r, struct when *w, int32_t index);
void put_quarter(struct resolver *r, struct when *w, int32_t year, int32_t quarter);
void put_year(struct resolver *r, struct when *w, int32_t year, bool bc);
void put_week(struct resolver *r, struct when *w, int32_t day, bool weekend);
void put_season(struct resolver *r, struct when *w, int32_t year, bool bc,
                struct str season);
/* "199" for the 1990s, "18" for the 19th century */
void put_span_of_years(struct resolver *r, struct when *w, int32_t number,
                       int32_t years, bool bc);

#endif
