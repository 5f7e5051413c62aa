#include <stdarg.h>
#include <stdio.h>

#include "fact/when_value_int.h"

#define VALUE_MAX 48

struct str format(struct arena *arena, const char *pattern, ...)
{
    char text[VALUE_MAX];
    va_list args;
    int n;

    va_start(args, pattern);
    n = vsnprintf(text, sizeof text, pattern, args);
    va_end(args);
    return arena_str(arena, (struct str){ text, n < VALUE_MAX ? (size_t)n : 0 });
}

/* The anonymous Gregorian algorithm (Meeus). */
int32_t easter_day(int32_t year)
{
    int32_t a = year % 19, b = year / 100, c = year % 100;
    int32_t d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
    int32_t h = (19 * a + b - d - g + 15) % 30;
    int32_t i = c / 4, k = c % 4;
    int32_t l = (32 + 2 * e + 2 * i - h - k) % 7;
    int32_t m = (a + 11 * h + 22 * l) / 451;
    int32_t month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;

    return date_from_civil(year, (uint32_t)month, (uint32_t)day);
}

static struct time_point point_of_day(int32_t day)
{
    struct civil c = date_to_civil(day);

    return (struct time_point){ .day = day,
                                .unit = UNIT_DAY,
                                .year = c.year,
                                .month = (int32_t)c.month,
                                .quarter = ((int32_t)c.month + 2) / 3 };
}

/* ISO 8601: the week that holds a day, and the year that week belongs to. */
static void week_of(int32_t day, int32_t *year, int32_t *week)
{
    int32_t thursday = day - (int32_t)date_weekday(day) + 3;
    struct civil c = date_to_civil(thursday);

    *year = c.year;
    *week = (thursday - date_from_civil(c.year, 1, 1)) / 7 + 1;
}

/* Months counted through the years. */
int32_t month_index(int32_t year, int32_t month)
{
    return year * 12 + month - 1;
}

int32_t add_months(int32_t day, int32_t months)
{
    struct civil c = date_to_civil(day);
    int32_t index = month_index(c.year, (int32_t)c.month) + months;
    int32_t year = index / 12, month = index % 12 + 1;
    uint32_t last;

    if (year < 1 || year > 9998 || month < 1)
        return day;
    last = date_month_days(year, (uint32_t)month);
    return date_from_civil(year, (uint32_t)month, c.day < last ? c.day : last);
}

static void set_days(struct when *w, int32_t begin, int32_t end)
{
    w->begin_day = begin;
    w->end_day = end;
}

void set_month_days(struct when *w, int32_t year, int32_t month, int32_t months)
{
    int32_t first = date_from_civil(year, (uint32_t)month, 1);

    set_days(w, first, add_months(first, months) - 1);
}

/* First month of a season of the north; winter begins in the December before. */
int32_t season_month(struct str season)
{
    return str_eq(season, STR("SP"))   ? 3
           : str_eq(season, STR("SU")) ? 6
           : str_eq(season, STR("FA")) ? 9
                                       : 12;
}

/* ---- writing values ---- */

void put_day(struct resolver *r, struct when *w, int32_t day, const struct phrase *p)
{
    struct civil c = date_to_civil(day);

    w->type = TIME_DATE;
    if (p->minute != FIELD_NONE && p->minute < 24 * 60) {
        w->type = TIME_TIME;
        w->value = format(r->arena, "%04d-%02u-%02uT%02d:%02d", c.year, c.month, c.day,
                          p->minute / 60, p->minute % 60);
    } else if (p->part.len > 0 || p->minute != FIELD_NONE) {
        w->type = TIME_TIME;
        w->value =
            p->minute != FIELD_NONE
                ? format(r->arena, "%04d-%02u-%02uT24:00", c.year, c.month, c.day)
                : format(r->arena, "%04d-%02u-%02uT%.*s", c.year, c.month, c.day,
                         STR_ARG(p->part));
    } else {
        w->value = date_to_iso(r->arena, day);
    }
    set_days(w, day, day);
    r->narrative = point_of_day(day);
}

void put_month(struct resolver *r, struct when *w, int32_t index)
{
    int32_t year = index / 12, month = index % 12 + 1;

    w->value = format(r->arena, "%04d-%02d", year, month);
    set_month_days(w, year, month, 1);
    r->narrative = (struct time_point){ w->begin_day, UNIT_MONTH,      year,
                                        month,        (month + 2) / 3, false };
}

void put_quarter(struct resolver *r, struct when *w, int32_t year, int32_t quarter)
{
    w->value = format(r->arena, "%04d-Q%d", year, quarter);
    set_month_days(w, year, quarter * 3 - 2, 3);
    r->narrative = (struct time_point){ w->begin_day, UNIT_QUARTER, year,
                                        FIELD_NONE,   quarter,      false };
}

void put_year(struct resolver *r, struct when *w, int32_t year, bool bc)
{
    if (year < 1 || year > 9998)
        return;
    w->value = bc ? format(r->arena, "BC%04d", year) : format(r->arena, "%04d", year);
    r->narrative =
        (struct time_point){ DATE_NONE, UNIT_YEAR, year, FIELD_NONE, FIELD_NONE, bc };
    if (!bc) {
        set_month_days(w, year, 1, 12);
        r->narrative.day = w->begin_day;
    }
}

void put_week(struct resolver *r, struct when *w, int32_t day, bool weekend)
{
    int32_t year, week, monday = day - (int32_t)date_weekday(day);

    week_of(day, &year, &week);
    w->value = format(r->arena, weekend ? "%04d-W%02d-WE" : "%04d-W%02d", year, week);
    set_days(w, monday + (weekend ? 5 : 0), monday + 6);
    r->narrative = point_of_day(w->begin_day);
    r->narrative.unit = UNIT_WEEK;
}

void put_season(struct resolver *r, struct when *w, int32_t year, bool bc,
                struct str season)
{
    w->value =
        format(r->arena, bc ? "BC%04d-%.*s" : "%04d-%.*s", year, STR_ARG(season));
    r->narrative =
        (struct time_point){ DATE_NONE, UNIT_SEASON, year, FIELD_NONE, FIELD_NONE, bc };
    if (!bc) {
        int32_t month = season_month(season);

        set_month_days(w, month == 12 ? year - 1 : year, month, 3);
        r->narrative.day = w->begin_day;
        r->narrative.month = month == 12 ? 1 : month;
    }
}

/* "199" for the 1990s, "18" for the 19th century */
void put_span_of_years(struct resolver *r, struct when *w, int32_t number,
                       int32_t years, bool bc)
{
    w->value = format(r->arena, "%s%0*d", bc ? "BC" : "", years == 10 ? 3 : 2, number);
    if (bc || number * years < 1 || number * years + years > 9998)
        return;
    set_days(w, date_from_civil(number * years, 1, 1),
             date_from_civil(number * years + years, 1, 1) - 1);
}
