/* phrase_day.h - days in English words, the same on every machine. */
#ifndef CORROB_BASE_PHRASE_DAY_H
#define CORROB_BASE_PHRASE_DAY_H

#include "base/buf.h"
#include "base/date.h"

/* "9 October 2029"; nothing for DATE_NONE. */
void phrase_day(struct buf *b, int32_t day);
/* "9 Oct"; nothing for DATE_NONE. */
void phrase_day_short(struct buf *b, int32_t day);
/* "Tuesday" */
struct str phrase_weekday(int32_t day);
/* "9–12 October 2029", "30 September – 2 October 2029"; one end alone when the other is
 * DATE_NONE. */
void phrase_days(struct buf *b, int32_t first, int32_t last);
/* "October 2029"; nothing for DATE_NONE. */
void phrase_month(struct buf *b, int32_t day);
/* What the days from first to last are called: "1998", "August 2029", "9 October 2029", or
 * else as phrase_days says. */
void phrase_period(struct buf *b, int32_t first, int32_t last);

#endif
