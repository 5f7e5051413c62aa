/* pagedate.h - dates as pages write them, in attributes and in visible text.
 *
 *     "2019-11-19T22:31:00-06:00"     "Tue, 19 Nov 2019 22:31 GMT"     "1574224260"
 *     "November 19, 2019 10:31 pm CST"     "19. November 2019, 10:31 Uhr"     "19/11/2019"
 *
 * "3/4/2021" is read month first only where the caller says that the page is American.
 * Years from 1990 to 2099 only: what is outside is a number of another kind.
 */
#ifndef CORROB_ARTICLE_PAGEDATE_H
#define CORROB_ARTICLE_PAGEDATE_H

#include "base/date.h"

/* The first date in a text, with the time and zone that follow it. */
bool pagedate_find(struct str text, bool month_first, struct instant *out);
/* All of the value of an attribute: also seconds or milliseconds since 1970. */
bool pagedate_read(struct str value, bool month_first, struct instant *out);
/* "/2019/11/19/", "/2019-11-19-", "_20191119": day precision; "/2019/11/": month. */
bool pagedate_in_url(struct str url, struct instant *out);

#endif
