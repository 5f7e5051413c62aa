/* date.h - civil dates and points in time as news gives them, with their precision.
 *
 *     date_from_civil(2022, 1, 7)          18999: days since 1970-01-01
 *     "2022-01-07T09:12:00+06:00"          minute precision, zone +06:00 kept
 *
 * Proleptic Gregorian calendar; nothing here knows the clock or a locale.
 */
#ifndef CORROB_BASE_DATE_H
#define CORROB_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

#define DATE_NONE INT32_MIN

struct civil {
    int32_t year;
    uint32_t month, day; /* from 1 */
};

/* Days since 1970-01-01, and back. */
int32_t date_from_civil(int32_t year, uint32_t month, uint32_t day);
struct civil date_to_civil(int32_t days);
/* Whether there is such a day (no 30 February). */
bool date_valid(int32_t year, uint32_t month, uint32_t day);
/* 0 Monday .. 6 Sunday. */
uint32_t date_weekday(int32_t days);
/* Days of a month, 28..31. */
uint32_t date_month_days(int32_t year, uint32_t month);

enum instant_precision {
    INSTANT_NONE,
    INSTANT_YEAR,
    INSTANT_MONTH,
    INSTANT_DAY,
    INSTANT_MINUTE,
    INSTANT_SECOND,
};

#define ZONE_NONE INT16_MIN /* the source gave no zone */
#define ZONE_UTC 0

struct instant {
    int32_t day;    /* local civil day, days since 1970-01-01 */
    int32_t second; /* of the local day; 0 when the precision is a day or less */
    int16_t zone;   /* minutes east of UTC, ZONE_NONE if not given */
    bool utc;       /* UTC was stated ("Z", "GMT", "+00:00") */
    enum instant_precision precision;
};

/* Reads ISO 8601: "2022", "2022-01", "2022-01-07", "20220107", "2022-01-07T09:12",
 * "2022-01-07 09:12:33.5+0600", "…Z".  All of s (trimmed) must be it. */
bool instant_from_iso(struct str s, struct instant *out);
/* The same as ISO 8601 text: "2022-01-07T09:12:00Z", by its precision; zone as given. */
struct str instant_to_iso(struct arena *arena, struct instant t);
/* Seconds since 1970-01-01T00:00Z (no zone counts as UTC), for ordering. */
int64_t instant_seconds(struct instant t);

/* "2022-01-07" */
struct str date_to_iso(struct arena *arena, int32_t day);

#endif
