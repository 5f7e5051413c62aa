#include "base/date.h"

#include <stdio.h>

/* After the usual trick: years begin in March, so the leap day comes last, and 400
 * years are always 146,097 days. */
int32_t date_from_civil(int32_t year, uint32_t month, uint32_t day)
{
    int32_t y = month <= 2 ? year - 1 : year;
    int32_t era = (y >= 0 ? y : y - 399) / 400;
    uint32_t of_era = (uint32_t)(y - era * 400);
    uint32_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    uint32_t days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;

    return era * 146097 + (int32_t)days - 719468;
}

struct civil date_to_civil(int32_t days)
{
    int32_t z = days + 719468;
    int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    uint32_t doe = (uint32_t)(z - era * 146097);
    uint32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    uint32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    uint32_t mp = (5 * doy + 2) / 153;
    uint32_t month = mp < 10 ? mp + 3 : mp - 9;
    int32_t year = (int32_t)yoe + era * 400 + (month <= 2);

    return (struct civil){ year, month, doy - (153 * mp + 2) / 5 + 1 };
}

uint32_t date_month_days(int32_t year, uint32_t month)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

bool date_valid(int32_t year, uint32_t month, uint32_t day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= date_month_days(year, month);
}

uint32_t date_weekday(int32_t days)
{
    int32_t r = (days + 3) % 7; /* 1970-01-01 was a Thursday */

    return (uint32_t)(r < 0 ? r + 7 : r);
}

/* Takes n digits off the front of *s. */
static bool take_digits(struct str *s, size_t n, uint32_t *out)
{
    uint64_t v;

    if (s->len < n || !str_to_u64(str_slice(*s, 0, n), &v))
        return false;
    *out = (uint32_t)v;
    *s = str_after(*s, n);
    return true;
}

static bool take_char(struct str *s, char c)
{
    if (s->len == 0 || *s->ptr != c)
        return false;
    *s = str_after(*s, 1);
    return true;
}

/* "Z", "+06:00", "-0430", "+06", " UTC", " GMT" */
static bool take_zone(struct str *s, struct instant *t)
{
    uint32_t h, m = 0;
    bool east;

    *s = str_trim(*s);
    if (s->len == 0)
        return true;
    if (str_eq_fold(*s, STR("Z")) || str_eq(*s, STR("UTC")) || str_eq(*s, STR("GMT"))) {
        *s = str_after(*s, s->len);
        t->zone = ZONE_UTC;
        t->utc = true;
        return true;
    }
    east = take_char(s, '+');
    if (!east && !take_char(s, '-'))
        return false;
    if (!take_digits(s, 2, &h))
        return false;
    take_char(s, ':');
    if (s->len > 0 && !take_digits(s, 2, &m))
        return false;
    if (h > 14 || m > 59)
        return false;
    t->zone = (int16_t)((int)(h * 60 + m) * (east ? 1 : -1));
    t->utc = t->zone == 0;
    return true;
}

/* "09:12", "09:12:33", "0912", "09:12:33.123" */
static bool take_clock(struct str *s, struct instant *t)
{
    uint32_t h, m, sec = 0;
    bool colon;

    if (!take_digits(s, 2, &h))
        return false;
    colon = take_char(s, ':');
    if (!take_digits(s, 2, &m))
        return false;
    t->precision = INSTANT_MINUTE;
    if (colon ? take_char(s, ':') : s->len > 1 && ascii_is_digit(*s->ptr)) {
        if (!take_digits(s, 2, &sec))
            return false;
        t->precision = INSTANT_SECOND;
        if (take_char(s, '.') || take_char(s, ','))
            while (s->len > 0 && ascii_is_digit(*s->ptr))
                *s = str_after(*s, 1);
    }
    if (h > 23 || m > 59 || sec > 60)
        return false;
    t->second = (int32_t)(h * 3600 + m * 60 + sec);
    return true;
}

/* "2022", "2022-01", "2022-01-07", "20220107", "2022/01/07" */
static bool take_date(struct str *s, struct instant *t)
{
    uint32_t y, m = 1, d = 1;
    char sep;

    if (!take_digits(s, 4, &y))
        return false;
    t->precision = INSTANT_YEAR;
    sep = s->len > 0 ? *s->ptr : '\0';
    if (sep == '-' || sep == '/' || ascii_is_digit(sep)) {
        if (!ascii_is_digit(sep))
            *s = str_after(*s, 1);
        if (!take_digits(s, 2, &m))
            return false;
        t->precision = INSTANT_MONTH;
        if (s->len > 0 &&
            (*s->ptr == sep || (ascii_is_digit(sep) && ascii_is_digit(*s->ptr)))) {
            if (!ascii_is_digit(sep))
                *s = str_after(*s, 1);
            if (!take_digits(s, 2, &d))
                return false;
            t->precision = INSTANT_DAY;
        } else if (ascii_is_digit(sep)) {
            return false; /* "202201" may be anything */
        }
    }
    if (!date_valid((int32_t)y, m, d))
        return false;
    t->day = date_from_civil((int32_t)y, m, d);
    return true;
}

bool instant_from_iso(struct str s, struct instant *out)
{
    struct instant t = { .zone = ZONE_NONE };

    s = str_trim(s);
    if (!take_date(&s, &t))
        return false;
    if (s.len > 0) {
        if (t.precision != INSTANT_DAY ||
            !(take_char(&s, 'T') || take_char(&s, 't') || take_char(&s, ' ')))
            return false;
        if (!take_clock(&s, &t) || !take_zone(&s, &t) || s.len > 0)
            return false;
    }
    *out = t;
    return true;
}

struct str date_to_iso(struct arena *arena, int32_t day)
{
    struct civil c = date_to_civil(day);
    char text[40];
    int n = snprintf(text, sizeof text, "%04d-%02u-%02u", c.year, c.month, c.day);

    return arena_str(arena, (struct str){ text, (size_t)n });
}

struct str instant_to_iso(struct arena *arena, struct instant t)
{
    struct civil c = date_to_civil(t.day);
    uint32_t s = (uint32_t)t.second, zone = (uint32_t)(t.zone < 0 ? -t.zone : t.zone);
    char text[64];
    int n = 0;

    if (t.precision == INSTANT_YEAR)
        n = snprintf(text, sizeof text, "%04d", c.year);
    else if (t.precision == INSTANT_MONTH)
        n = snprintf(text, sizeof text, "%04d-%02u", c.year, c.month);
    else if (t.precision == INSTANT_DAY)
        return date_to_iso(arena, t.day);
    else if (t.precision != INSTANT_NONE)
        n = snprintf(text, sizeof text, "%04d-%02u-%02uT%02u:%02u:%02u", c.year,
                     c.month, c.day, s / 3600, s / 60 % 60, s % 60);
    if (t.precision >= INSTANT_MINUTE && t.zone != ZONE_NONE)
        n += t.utc ? snprintf(text + n, sizeof text - (size_t)n, "Z")
                   : snprintf(text + n, sizeof text - (size_t)n, "%c%02u:%02u",
                              t.zone < 0 ? '-' : '+', zone / 60, zone % 60);
    return arena_str(arena, (struct str){ text, (size_t)n });
}

int64_t instant_seconds(struct instant t)
{
    int64_t zone = t.zone == ZONE_NONE ? 0 : t.zone;

    return (int64_t)t.day * 86400 + t.second - zone * 60;
}
