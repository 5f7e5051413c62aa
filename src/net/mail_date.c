#include "net/mail_date.h"

struct zone_name {
    struct str name;
    int16_t minutes;
};
/* Those of RFC 822; the letters of the military are not used by anybody. */
static const struct zone_name zones[] = {
    { STR_INIT("GMT"), 0 },    { STR_INIT("UT"), 0 },     { STR_INIT("UTC"), 0 },
    { STR_INIT("Z"), 0 },      { STR_INIT("EST"), -300 }, { STR_INIT("EDT"), -240 },
    { STR_INIT("CST"), -360 }, { STR_INIT("CDT"), -300 }, { STR_INIT("MST"), -420 },
    { STR_INIT("MDT"), -360 }, { STR_INIT("PST"), -480 }, { STR_INIT("PDT"), -420 },
    { STR_INIT("CET"), 60 },   { STR_INIT("CEST"), 120 }, { STR_INIT("BST"), 60 },
};
static const struct str months[] = {
    STR_INIT("jan"), STR_INIT("feb"), STR_INIT("mar"), STR_INIT("apr"),
    STR_INIT("may"), STR_INIT("jun"), STR_INIT("jul"), STR_INIT("aug"),
    STR_INIT("sep"), STR_INIT("oct"), STR_INIT("nov"), STR_INIT("dec"),
};

/* The next word up to blank, comma, hyphen or colon; "" at the end. */
static struct str word(struct str *rest)
{
    size_t n = 0;
    struct str w;

    while (rest->len > 0 && (ascii_is_space(rest->ptr[0]) || rest->ptr[0] == ',' ||
                             rest->ptr[0] == '-' || rest->ptr[0] == ':'))
        *rest = str_after(*rest, 1);
    while (n < rest->len &&
           (ascii_is_letter(rest->ptr[n]) || ascii_is_digit(rest->ptr[n])))
        n++;
    w = str_slice(*rest, 0, n);
    *rest = str_after(*rest, n);
    return w;
}

static bool number(struct str w, uint64_t most, uint64_t *out)
{
    return w.len > 0 && w.len <= 4 && str_to_u64(w, out) && *out <= most;
}

static bool month(struct str w, uint32_t *out)
{
    if (w.len < 3)
        return false;
    for (uint32_t i = 0; i < COUNT(months); i++)
        if (str_starts_fold(w, months[i])) {
            *out = i + 1;
            return true;
        }
    return false;
}

/* "94" is 1994 and "31" 2031, by RFC 5322. */
static bool year(struct str w, int32_t *out)
{
    uint64_t n;

    if (!number(w, 9999, &n) || w.len < 2)
        return false;
    *out = (int32_t)n + (w.len > 2 ? 0 : n < 50 ? 2000 : 1900);
    return true;
}

/* "+0200", "-05:00", "GMT"; anything else is no zone. */
static void zone(struct str s, struct instant *t)
{
    bool west = str_starts(s, STR("-"));
    uint64_t hours, minutes = 0;
    struct str w;

    t->zone = ZONE_NONE;
    s = str_trim(s);
    for (size_t i = 0; i < COUNT(zones); i++)
        if (str_eq_fold(s, zones[i].name)) {
            t->zone = zones[i].minutes;
            t->utc = zones[i].minutes == 0;
        }
    if (s.len < 5 || (s.ptr[0] != '+' && !west))
        return;
    s = str_after(s, 1);
    w = word(&s);
    if (!number(w, 2359, &hours))
        return;
    if (w.len == 4) {
        minutes = hours % 100;
        hours /= 100;
    } else if (!number(word(&s), 59, &minutes)) {
        return;
    }
    if (hours > 14 || minutes > 59)
        return;
    t->zone = (int16_t)((west ? -1 : 1) * (int)(hours * 60 + minutes));
    t->utc = t->zone == 0;
}

/* " 08:00:00 +0200"; a date without a time is a date. */
static bool time_of_day(struct str s, struct instant *t)
{
    uint64_t hour, minute, second = 0;

    t->precision = INSTANT_DAY;
    t->zone = ZONE_NONE;
    if (str_trim(s).len == 0)
        return true;
    if (!number(word(&s), 23, &hour) || !str_starts(s, STR(":")) ||
        !number(word(&s), 59, &minute))
        return false;
    t->precision = INSTANT_MINUTE;
    if (str_starts(s, STR(":"))) {
        if (!number(word(&s), 60, &second))
            return false;
        t->precision = INSTANT_SECOND;
        second -= second == 60; /* a leap second */
    }
    t->second = (int32_t)(hour * 3600 + minute * 60 + second);
    zone(str_trim(s), t);
    return true;
}

bool instant_from_mail(struct str s, struct instant *out)
{
    struct str w = word(&s);
    struct instant t = { 0 };
    uint64_t day;
    uint32_t m;
    int32_t y;

    if (w.len > 0 && ascii_is_letter(w.ptr[0])) /* the day of the week */
        w = word(&s);
    if (!number(w, 31, &day) || !month(word(&s), &m) || !year(word(&s), &y) ||
        !date_valid(y, m, (uint32_t)day))
        return false;
    t.day = date_from_civil(y, m, (uint32_t)day);
    if (!time_of_day(s, &t))
        return false;
    *out = t;
    return true;
}
