#include "base/phrase_day.h"

static const char *const months[] = { "January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December" };

void phrase_day(struct buf *b, int32_t day)
{
    struct civil c;

    if (day == DATE_NONE)
        return;
    c = date_to_civil(day);
    buf_printf(b, "%u %s %d", c.day, months[c.month - 1], c.year);
}

void phrase_day_short(struct buf *b, int32_t day)
{
    struct civil c;

    if (day == DATE_NONE)
        return;
    c = date_to_civil(day);
    buf_printf(b, "%u %.3s", c.day, months[c.month - 1]);
}

void phrase_month(struct buf *b, int32_t day)
{
    struct civil c;

    if (day == DATE_NONE)
        return;
    c = date_to_civil(day);
    buf_printf(b, "%s %d", months[c.month - 1], c.year);
}

struct str phrase_weekday(int32_t day)
{
    static const char *const names[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                         "Friday", "Saturday", "Sunday" };

    return day == DATE_NONE ? (struct str){ NULL, 0 }
                            : str_from(names[date_weekday(day)]);
}

void phrase_days(struct buf *b, int32_t first, int32_t last)
{
    struct civil from, to;

    if (first == DATE_NONE || last == DATE_NONE || first == last) {
        phrase_day(b, first == DATE_NONE ? last : first);
        return;
    }
    from = date_to_civil(first);
    to = date_to_civil(last);
    if (from.year != to.year)
        buf_printf(b, "%u %s %d – ", from.day, months[from.month - 1], from.year);
    else if (from.month != to.month)
        buf_printf(b, "%u %s – ", from.day, months[from.month - 1]);
    else
        buf_printf(b, "%u–", from.day);
    phrase_day(b, last);
}

void phrase_period(struct buf *b, int32_t first, int32_t last)
{
    struct civil from, to, next;

    if (first == DATE_NONE || last == DATE_NONE || first >= last) {
        phrase_day(b, first);
        return;
    }
    from = date_to_civil(first);
    to = date_to_civil(last);
    next = date_to_civil(last + 1);
    if (from.day != 1 || next.day != 1 || from.year != to.year)
        phrase_days(b, first, last);
    else if (from.month == to.month)
        phrase_month(b, first);
    else if (from.month == 1 && to.month == 12)
        buf_printf(b, "%d", from.year);
    else
        phrase_days(b, first, last);
}
