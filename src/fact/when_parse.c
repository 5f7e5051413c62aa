#include "fact/when_int.h"

#define YEAR_FIRST 1000
#define YEAR_LAST 2100
#define HOUR 60

typedef bool parser(const struct items *s, uint32_t i, struct phrase *p);

static const struct item *at(const struct items *s, uint32_t i)
{
    static const struct item none;

    return i < s->count ? &s->at[i] : &none;
}

static bool glued(const struct items *s, uint32_t i)
{
    return i > 0 && i < s->count && s->at[i].start == s->at[i - 1].end;
}

static struct phrase phrase_new(uint32_t first, enum phrase_kind kind)
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

static void keep_longer(struct phrase *best, const struct phrase *p)
{
    if (p->end > best->end)
        *best = *p;
}

static uint32_t skip(const struct items *s, uint32_t i, enum item_class class)
{
    return i + (uint32_t)(at(s, i)->mask >> class & 1);
}

/* ---- numbers ---- */

/* "twenty-one", "seven" */
static bool number_word(const struct items *s, uint32_t *i, int32_t *n)
{
    if (!IS(at(s, *i), NUMWORD))
        return false;
    *n = item_number(at(s, *i), ITEM_NUMWORD);
    *i += 1;
    if (*n >= 20 && *n % 10 == 0) {
        uint32_t next = IS(at(s, *i), HYPHEN) ? *i + 1 : *i;
        int32_t unit =
            IS(at(s, next), NUMWORD) ? item_number(at(s, next), ITEM_NUMWORD) : 0;

        if (unit > 0 && unit < 10) {
            *n += unit;
            *i = next + 1;
        }
    }
    return true;
}

/* "1/2" after a number, "and a half" */
static bool half_follows(const struct items *s, uint32_t *i)
{
    if (IS(at(s, *i), NUMBER) && at(s, *i)->number == 1 && at(s, *i + 1)->mask == 0 &&
        IS(at(s, *i + 2), NUMBER) && at(s, *i + 2)->number == 2 && glued(s, *i + 1)) {
        *i += 3;
        return true;
    }
    if (IS(at(s, *i), AND)) {
        uint32_t k = skip(s, *i + 1, ITEM_DET);

        if (IS(at(s, k), HALF)) {
            *i = k + 1;
            return true;
        }
    }
    return false;
}

bool number_parse(const struct items *s, uint32_t *i, int32_t *count, bool *half)
{
    uint32_t k = *i;
    int32_t n = 1, scale;

    *half = false;
    if (IS(at(s, k), NUMBER)) {
        n = at(s, k)->number;
        *half = at(s, k)->half;
        k++;
    } else if (!number_word(s, &k, &n)) {
        if (!(IS(at(s, k), DET) && IS(at(s, k + 1), SCALE)) && !IS(at(s, k), SCALE))
            return false;
        k = skip(s, k, ITEM_DET);
    }
    while (IS(at(s, k), SCALE)) {
        scale = item_number(at(s, k), ITEM_SCALE);
        if (n > 1000000 / scale)
            return false;
        n *= scale;
        k++;
        if (number_word(s, &k, &scale))
            n += scale;
    }
    if (n > 1000000)
        return false;
    *half = half_follows(s, &k) || *half;
    *count = n;
    *i = k;
    return true;
}

/* "1997", "'97", "nineteen ninety-seven", "two thousand": never "1,997". */
static bool year_parse(const struct items *s, uint32_t *i, int32_t *year)
{
    uint32_t k = *i;
    int32_t high, low;

    if (at(s, k)->plain_year) {
        *year = at(s, k)->number;
        *i = k + 1;
        return true;
    }
    if (IS(at(s, k), QUOTEYEAR)) {
        *year = at(s, k)->number + (at(s, k)->number < 30 ? 2000 : 1900);
        *i = k + 1;
        return true;
    }
    if (!number_word(s, &k, &high) || high < 15 || high > 20)
        return false;
    if (!number_word(s, &k, &low) || low < 10)
        return false;
    *year = high * 100 + low;
    *i = k;
    return true;
}

/* "243 BC", "480 B.C.", "AD 122"; a bare year; *bc */
static bool era_year(const struct items *s, uint32_t *i, int32_t *year, bool *bc)
{
    uint32_t k = *i;

    *bc = false;
    if (IS(at(s, k), NUMBER) && IS(at(s, k + 1), ERA) && at(s, k)->number > 0) {
        *year = at(s, k)->number;
        *bc = item_number(at(s, k + 1), ITEM_ERA) < 0;
        *i = k + 2;
        return true;
    }
    if (IS(at(s, k), ERA) && at(s, k)->capital && IS(at(s, k + 1), NUMBER) &&
        at(s, k + 1)->number > 0 && at(s, k + 1)->number < YEAR_LAST) {
        *year = at(s, k + 1)->number;
        *i = k + 2;
        return true;
    }
    return year_parse(s, i, year);
}

static int32_t ordinal_of(const struct item *it)
{
    if (IS(it, ORDNUM))
        return it->number;
    return IS(it, ORD) ? item_number(it, ITEM_ORD) : 0;
}

/* ---- months ---- */

/* Words that a month's name follows, where it may be a verb or a first name as well. */
static bool month_expected_after(const struct item *it)
{
    static const struct str words[] = {
        STR_INIT("since"), STR_INIT("by"),    STR_INIT("during"),  STR_INIT("before"),
        STR_INIT("after"), STR_INIT("from"),  STR_INIT("through"), STR_INIT("until"),
        STR_INIT("till"),  STR_INIT("for"),   STR_INIT("between"), STR_INIT("late"),
        STR_INIT("whole"), STR_INIT("every"), STR_INIT("each"),    STR_INIT("every"),
    };

    if (IS(it, IN) || IS(it, OF) || IS(it, DIR) || IS(it, MOD) || IS(it, NUMBER) ||
        IS(it, ORDNUM) || IS(it, HYPHEN) || IS(it, TO) || IS(it, UNTIL) || IS(it, EACH))
        return true;
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(it->low, words[i]))
            return true;
    return false;
}

static bool day_number(const struct item *it)
{
    return (IS(it, NUMBER) || IS(it, ORDNUM)) && it->number >= 1 && it->number <= 31 &&
           !it->half;
}

/* "May" the month, not the verb; "March", not the walk; "August", not the playwright */
static bool month_meant(const struct items *s, uint32_t i)
{
    const struct item *it = at(s, i), *next = at(s, i + 1);

    if (!it->capital)
        return false;
    if (day_number(next) || next->plain_year || (i > 0 && day_number(at(s, i - 1))))
        return true;
    if (i > 0 && month_expected_after(at(s, i - 1)))
        return true;
    if (next->capital && next->mask == 0 && !IS(next, COMMA))
        return false; /* "June Carter" */
    if (str_eq(it->low, STR("may")) || str_eq(it->low, STR("march")))
        return i > 0 && (IS(next, COMMA) || IS(next, STOP) || IS(next, POSSESSIVE) ||
                         IS(at(s, i - 1), AND));
    return true;
}

/* The month at *i, past its stop: "Nov.", "March". */
static bool month_parse(const struct items *s, uint32_t *i, int32_t *month)
{
    const struct item *it = at(s, *i);
    uint32_t k = *i + 1;

    if (IS(it, MONTH)) {
        if (!month_meant(s, *i))
            return false;
        *month = item_number(it, ITEM_MONTH);
    } else if (IS(it, MONTHABBR) && it->capital) {
        bool stop = IS(at(s, k), STOP) && glued(s, k);

        k += stop;
        if (!stop && !day_number(at(s, k)) && !(*i > 0 && day_number(at(s, *i - 1))) &&
            !at(s, k)->plain_year)
            return false;
        *month = item_number(it, ITEM_MONTHABBR);
    } else {
        return false;
    }
    *i = k;
    return true;
}

static bool weekday_parse(const struct items *s, uint32_t *i, int32_t *weekday)
{
    const struct item *it = at(s, *i);

    if (IS(it, WEEKDAY) && it->capital) {
        *weekday = item_number(it, ITEM_WEEKDAY);
        *i += 1;
        return true;
    }
    if (IS(it, DAYABBR) && it->capital) {
        uint32_t k = *i + 1;
        bool stop = IS(at(s, k), STOP) && glued(s, k);

        k += stop;
        /* "Sat." may be a verb's sentence end, "Sun" a paper: a date must follow */
        if (!stop && !(IS(at(s, k), COMMA) || IS(at(s, k), MONTHABBR)))
            return false;
        if (str_eq(it->low, STR("sun")) && !stop)
            return false;
        *weekday = item_number(it, ITEM_DAYABBR);
        *i = k;
        return true;
    }
    return false;
}

/* ---- dates that say what they are ---- */

/* "this year", "last year", "that year" after a date: the item after it, or k */
static uint32_t directed_year(const struct items *s, uint32_t k, struct phrase *p)
{
    struct str dir = item_value(at(s, k), ITEM_DIR);

    if (!IS(at(s, k), DIR) || !IS(at(s, k + 1), UNIT) ||
        !str_eq(at(s, k + 1)->low, STR("year")) || IS(at(s, k + 2), POSSESSIVE))
        return k;
    p->unit = UNIT_YEAR;
    p->count = str_eq(dir, STR("last")) || str_eq(dir, STR("previous"))    ? -1
               : str_eq(dir, STR("next")) || str_eq(dir, STR("following")) ? 1
                                                                           : 0;
    p->anchor =
        str_eq(dir, STR("last")) || str_eq(dir, STR("next")) || str_eq(dir, STR("this"))
            ? ANCHOR_PUBLISHED
            : ANCHOR_NARRATIVE;
    return k + 2;
}

/* [","] year or "of 1990" after a month and perhaps a day */
static uint32_t year_after(const struct items *s, uint32_t k, struct phrase *p)
{
    uint32_t n = skip(s, k, ITEM_COMMA), start = n;
    int32_t year;
    bool bc;

    if (n == k && IS(at(s, n), OF))
        start = ++n;
    if (era_year(s, &n, &year, &bc) && year >= 1 && year <= YEAR_LAST &&
        (bc || year >= YEAR_FIRST || n - start == 2)) {
        p->year = year;
        p->before_christ = bc;
        return n;
    }
    return directed_year(s, k, p);
}

/* "Nov. 12[, 1990]", "November 12th", "November the twelfth" */
static bool month_day(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = i;
    int32_t month, day = 0;

    if (!month_parse(s, &k, &month))
        return false;
    if (day_number(at(s, k)) && !IS(at(s, k + 1), ERA)) {
        day = at(s, k)->number;
        k++;
    } else {
        uint32_t n = IS(at(s, k), DET) ? k + 1 : k;

        day = ordinal_of(at(s, n));
        if (day > 0 && day <= 31 && !IS(at(s, n + 1), UNIT))
            k = n + 1;
        else
            day = 0;
    }
    p->month = month;
    if (day > 0)
        p->day = day;
    p->end = year_after(s, k, p);
    return true;
}

/* "12 November[ 1990]", "the 12th of November", "12th November" */
static bool day_month(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i;
    bool determined = k > i;
    int32_t month, day;

    if (day_number(at(s, k)))
        day = at(s, k)->number;
    else
        day = ordinal_of(at(s, k));
    if (day < 1 || day > 31)
        return false;
    k++;
    if (IS(at(s, k), OF) && (determined || !IS(at(s, k - 1), NUMBER)))
        k++;
    if (!month_parse(s, &k, &month))
        return false;
    p->month = month;
    p->day = day;
    p->end = year_after(s, k, p);
    return true;
}

/* "2022-01-07T09:12": the fields of an ISO item */
static bool iso_date(const struct items *s, uint32_t i, struct phrase *p)
{
    struct instant t;
    struct civil c;

    if (!IS(at(s, i), ISO) || !instant_from_iso(at(s, i)->low, &t) ||
        t.precision < INSTANT_DAY)
        return false;
    c = date_to_civil(t.day);
    p->year = c.year;
    p->month = (int32_t)c.month;
    p->day = (int32_t)c.day;
    if (t.precision >= INSTANT_MINUTE)
        p->minute = t.second / 60;
    p->end = i + 1;
    return true;
}

/* "12/25/98": the American order unless only the other one is a date */
static bool slash_date(const struct items *s, uint32_t i, struct phrase *p)
{
    struct str rest = at(s, i)->low, part;
    uint64_t n[3] = { 0 };
    int32_t year, month, day;

    if (!IS(at(s, i), SLASH))
        return false;
    for (size_t k = 0; k < 3 && str_split(&rest, '/', &part); k++)
        str_to_u64(part, &n[k]);
    month = (int32_t)n[0];
    day = (int32_t)n[1];
    year = (int32_t)n[2];
    if (year < 100)
        year += year < 30 ? 2000 : 1900;
    if (month > 12) {
        month = (int32_t)n[1];
        day = (int32_t)n[0];
    }
    if (month < 1 || day < 1 || !date_valid(year, (uint32_t)month, (uint32_t)day))
        return false;
    p->year = year;
    p->month = month;
    p->day = day;
    p->end = i + 1;
    return true;
}

static bool is_quarter(const struct item *it)
{
    return str_eq(it->low, STR("quarter")) || str_eq(it->low, STR("quarters"));
}

static bool is_period(const struct item *it)
{
    return str_eq(it->low, STR("period"));
}

/* A year by itself: "1990", "the year 2000", "243 BC", "nineteen ninety-six". */
static bool bare_year(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = i;
    bool half;

    if (IS(at(s, k), DET) && IS(at(s, k + 1), UNIT) &&
        str_eq(at(s, k + 1)->low, STR("year")))
        k += 2;
    if (k > i && number_parse(s, &k, &p->year, &half) && p->year >= 1 &&
        p->year <= YEAR_LAST && !half) {
        p->end = k; /* "the year two thousand" */
        return true;
    }
    if (k == i && IS(at(s, k), DET) && at(s, k + 1)->plain_year &&
        (is_period(at(s, k + 2)) || is_quarter(at(s, k + 2)))) {
        p->year = at(s, k + 1)->number;
        p->quarter = is_quarter(at(s, k + 2)) ? 0 : FIELD_NONE;
        p->end = k + 3; /* "the 1988 quarter" */
        return true;
    }
    if (!era_year(s, &k, &p->year, &p->before_christ))
        return false;
    p->end = k;
    return true;
}

/* "1,990 people", "1990 people", "2000 feet": a count, not a year */
static bool counts_something(const struct items *s, const struct phrase *p)
{
    const struct item *next = at(s, p->end);

    if ((p->year == 2000 || p->year < 1400) && next->low.len > 2 && next->mask == 0 &&
        str_ends(next->low, STR("s")))
        return true;
    if (!(next->low.len > 0 && next->mask == 0 && !next->capital))
        return false;
    return str_ends(next->low, STR("people")) || str_eq(next->low, STR("feet")) ||
           str_eq(next->low, STR("meters")) || str_eq(next->low, STR("miles")) ||
           str_eq(next->low, STR("men")) || str_eq(next->low, STR("troops")) ||
           str_eq(next->low, STR("soldiers")) || str_eq(next->low, STR("points")) ||
           str_eq(next->low, STR("homes")) || str_eq(next->low, STR("km")) ||
           str_eq(next->low, STR("dollars")) || str_eq(next->low, STR("prisoners"));
}

static bool year_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    const struct item *before = i > 0 ? at(s, i - 1) : NULL;

    if (!bare_year(s, i, p))
        return false;
    if (at(s, i)->plain_year && p->end == i + 1 &&
        (counts_something(s, p) || (before && str_eq(before->low, STR("no")))))
        return false;
    return true;
}

static bool absolute(const struct items *s, uint32_t i, struct phrase *p)
{
    return day_month(s, i, p) || month_day(s, i, p) || iso_date(s, i, p) ||
           slash_date(s, i, p);
}

/* "Friday, Nov. 12", "Monday 12 November 1990", "Friday the 13th" */
static bool weekday_date(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = i;
    struct phrase date = phrase_new(i, PHRASE_ABSOLUTE);

    if (!weekday_parse(s, &k, &p->weekday))
        return false;
    p->kind = PHRASE_WEEKDAY;
    p->end = k;
    k = skip(s, k, ITEM_COMMA);
    if (absolute(s, k, &date) && date.day != FIELD_NONE) {
        date.weekday = p->weekday;
        date.first = i;
        *p = date;
    }
    return true;
}

/* ---- decades, centuries, quarters, seasons ---- */

static bool decade_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i;

    if (IS(at(s, k), MOD))
        k++;
    k = skip(s, k, ITEM_HYPHEN);
    if (IS(at(s, k), DECADE))
        p->decade = at(s, k)->number;
    else if (IS(at(s, k), DECADEWORD) && k > i)
        p->decade = 190 + item_number(at(s, k), ITEM_DECADEWORD);
    else
        return false;
    p->end = k + 1;
    if (IS(at(s, k + 1), ERA)) {
        p->before_christ = item_number(at(s, k + 1), ITEM_ERA) < 0;
        p->end++;
    }
    return true;
}

/* "the 19th century", "the fifth century BC" */
static bool century_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i;
    int32_t n;

    if (IS(at(s, k), MOD))
        k = skip(s, k + 1, ITEM_HYPHEN);
    n = ordinal_of(at(s, k));
    k = skip(s, k + 1, ITEM_HYPHEN);
    if (n < 1 || n > 30 || !(IS(at(s, k), UNIT) || IS(at(s, k), UNITS)) ||
        !str_starts(at(s, k)->low, STR("centur")))
        return false;
    p->century = n - 1;
    p->end = k + 1;
    if (IS(at(s, k + 1), ERA)) {
        p->before_christ = item_number(at(s, k + 1), ITEM_ERA) < 0;
        p->end++;
    }
    return true;
}

/* "of 1988", "of last year", "of that year" after a quarter, half or season */
static uint32_t of_year(const struct items *s, uint32_t k, struct phrase *p)
{
    uint32_t n = skip(s, k, ITEM_OF);
    int32_t year;
    bool bc;

    n = skip(s, n, ITEM_FISCAL);
    if (era_year(s, &n, &year, &bc)) {
        p->year = year;
        p->before_christ = bc;
        return n;
    }
    return n > k && directed_year(s, n, p) > n ? n + 2 : k;
}

/* "[the] [fiscal|1988] third[-]quarter [of 1988]", "Q3 1988", "the second half of 2008" */
static bool quarter_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i;
    int32_t n;

    if (IS(at(s, k), QUARTERCODE)) {
        p->quarter = at(s, k)->number;
        p->end = of_year(s, k + 1, p);
        return true;
    }
    if (at(s, k)->plain_year)
        p->year = at(s, k++)->number;
    if (IS(at(s, k), FISCAL))
        k = skip(s, k + 1, ITEM_HYPHEN);
    n = ordinal_of(at(s, k));
    k = skip(s, k + 1, ITEM_HYPHEN);
    if (IS(at(s, k - 1), HYPHEN) && IS(at(s, i), DET) && is_quarter(at(s, k)))
        return false; /* "a third-quarter loss" begins at "third" */
    k = skip(s, k, ITEM_FISCAL);
    if (n < 1 || n > 4)
        return false;
    if (is_quarter(at(s, k))) {
        p->quarter = n;
    } else if (n <= 2 && IS(at(s, k), HALF) && IS(at(s, k + 1), OF)) {
        p->half = n;
        p->end = of_year(s, k + 1, p);
        return p->end > k + 1;
    } else {
        return false;
    }
    p->end = of_year(s, k + 1, p);
    return true;
}

/* "[the] [early] summer [of 1990]"; a bare "spring" or "fall" is no season */
static bool season_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i, n;
    const struct item *it, *before = i > 0 ? at(s, i - 1) : NULL;
    bool sure;

    if (IS(at(s, k), MOD))
        k = skip(s, k + 1, ITEM_HYPHEN);
    it = at(s, k);
    if (!IS(it, SEASON))
        return false;
    p->season = item_value(it, ITEM_SEASON);
    n = of_year(s, k + 1, p);
    sure = n > k + 1 || (before && (IS(before, IN) || IS(before, MOD))) ||
           (it->capital && i > 0);
    if (!sure && (str_eq(it->low, STR("fall")) || str_eq(it->low, STR("spring"))))
        return false;
    p->end = n;
    return true;
}

/* ---- times of day ---- */

/* "10:35 a.m. EST", "9 p.m.", "nine o'clock", "noon"; minutes in p */
static bool clock_parse(const struct items *s, uint32_t *i, struct phrase *p)
{
    uint32_t k = *i;
    int32_t minute, n;
    bool half;

    if (IS(at(s, k), CLOCK)) {
        minute = at(s, k++)->number;
    } else if (IS(at(s, k), CLOCKWORD)) {
        struct str v = item_value(at(s, k), ITEM_CLOCKWORD);

        p->minute = str_starts(v, STR("24")) ? 24 * HOUR : 12 * HOUR;
        *i = k + 1;
        return true;
    } else if (number_parse(s, &k, &n, &half) && n >= 1 && n <= 12 &&
               (IS(at(s, k), AMPM) || IS(at(s, k), OCLOCK))) {
        minute = n * HOUR;
    } else {
        return false;
    }
    k = skip(s, k, ITEM_OCLOCK);
    if (IS(at(s, k), AMPM)) {
        bool after = item_number(at(s, k), ITEM_AMPM) > 0;

        minute = minute % (12 * HOUR) + (after ? 12 * HOUR : 0);
        k++;
        k += IS(at(s, k), STOP) && glued(s, k) && k + 1 < s->count; /* "a.m" "." */
    }
    k = skip(s, k, ITEM_ZONE);
    p->minute = minute;
    *i = k;
    return true;
}

static uint32_t part_after(const struct items *s, uint32_t k, struct phrase *p)
{
    const struct item *it = at(s, k);

    if (IS(it, PART))
        p->part = item_value(it, ITEM_PART);
    else if (str_eq(it->low, STR("night")) || str_eq(it->low, STR("nights")))
        p->part = STR("NI");
    else
        return k;
    return k + 1;
}

static bool day_phrase(const struct items *s, uint32_t i, struct phrase *p);

/* A clock time, with the day before or after it. */
static bool clock_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    struct phrase clock = phrase_new(i, PHRASE_CLOCK),
                  day = phrase_new(i, PHRASE_CLOCK);
    uint32_t k = i, n;

    if (!clock_parse(s, &k, &clock))
        return false;
    clock.end = k;
    n = skip(s, k, ITEM_COMMA);
    if (n == k)
        n = skip(s, n, ITEM_ON);
    if (day_phrase(s, n, &day)) {
        day.minute = clock.minute;
        day.first = i;
        day.end += IS(at(s, day.end), ZONE);
        *p = day;
        return true;
    }
    *p = clock;
    return true;
}

/* ---- days ---- */

static bool tonight_or_relative(const struct items *s, uint32_t i, struct phrase *p)
{
    const struct item *it = at(s, i);

    p->kind = PHRASE_OFFSET;
    p->unit = UNIT_DAY;
    p->anchor = ANCHOR_PUBLISHED;
    p->relative = true;
    p->end = i + 1;
    if (IS(it, TONIGHT)) {
        p->count = 0;
        p->part = STR("NI");
        return true;
    }
    if (IS(it, DET) && IS(at(s, i + 1), DAYREL) && at(s, i + 1)->low.len < 6)
        it = at(s, (p->end = i + 2) - 1); /* "the day before yesterday" */
    if (!IS(it, DAYREL))
        return false;
    p->count = item_number(it, ITEM_DAYREL);
    p->end = part_after(s, p->end, p);
    return true;
}

/* A day of any kind, with its part: "Monday night", "yesterday", "March 3", "that day" */
static bool day_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    struct phrase best = phrase_new(i, PHRASE_ABSOLUTE), p1 = best;

    if (weekday_date(s, i, &p1) || (p1 = best, absolute(s, i, &p1)) ||
        (p1 = best, tonight_or_relative(s, i, &p1))) {
        if (p1.kind != PHRASE_OFFSET)
            p1.end = part_after(s, p1.end, &p1);
        *p = p1;
        return true;
    }
    return false;
}

/* ---- units ---- */

static enum time_unit unit_of(const struct item *it)
{
    static const struct {
        struct str code;
        enum time_unit unit;
    } units[] = {
        { STR_INIT("TS"), UNIT_SECOND },     { STR_INIT("TM"), UNIT_MINUTE },
        { STR_INIT("TH"), UNIT_HOUR },       { STR_INIT("D"), UNIT_DAY },
        { STR_INIT("DNI"), UNIT_NIGHT },     { STR_INIT("WE"), UNIT_WEEKEND },
        { STR_INIT("W"), UNIT_WEEK },        { STR_INIT("2W"), UNIT_FORTNIGHT },
        { STR_INIT("M"), UNIT_MONTH },       { STR_INIT("Q"), UNIT_QUARTER },
        { STR_INIT("6M"), UNIT_HALFYEAR },   { STR_INIT("Y"), UNIT_YEAR },
        { STR_INIT("DE"), UNIT_DECADE },     { STR_INIT("CE"), UNIT_CENTURY },
        { STR_INIT("ML"), UNIT_MILLENNIUM },
    };
    struct str code = IS(it, UNIT)    ? item_value(it, ITEM_UNIT)
                      : IS(it, UNITS) ? item_value(it, ITEM_UNITS)
                                      : STR("");

    for (size_t i = 0; i < COUNT(units); i++)
        if (str_eq(code, units[i].code))
            return units[i].unit;
    return UNIT_NONE;
}

/* "[two|several|a few|the nine] [more] [-] months", at a number or quantifier.
 * False for a bare unit. */
static bool measured(const struct items *s, uint32_t *i, struct phrase *p)
{
    uint32_t k = *i;
    bool counted = true;

    p->vague = false;
    if (IS(at(s, k), ANOTHER)) {
        k++;
        p->count = 1;
        number_parse(s, &k, &p->count, &p->count_half);
    } else if (IS(at(s, k), HALF)) {
        k = skip(s, k + 1, ITEM_HYPHEN);
        k = skip(s, k, ITEM_DET);
        p->count = 0;
        p->count_half = true;
    } else if (number_parse(s, &k, &p->count, &p->count_half)) {
        int32_t second;
        bool half;
        uint32_t n = k;

        /* "two to three weeks", "12-18 months" */
        if ((IS(at(s, n), TO) || IS(at(s, n), OR) || IS(at(s, n), HYPHEN)) &&
            (n++, number_parse(s, &n, &second, &half)) && second > p->count &&
            (unit_of(at(s, n)) != UNIT_NONE)) {
            k = n;
            p->vague = false;
        }
        if (at(s, k)->low.len == 0 || !IS(at(s, k), QUANT))
            counted = true;
    } else if (IS(at(s, k), DET) && IS(at(s, k + 1), QUANT)) {
        p->count = item_number(at(s, k + 1), ITEM_QUANT);
        p->vague = p->count < 0;
        k += 2;
    } else if (IS(at(s, k), QUANT)) {
        p->count = item_number(at(s, k), ITEM_QUANT);
        p->vague = p->count < 0;
        k++;
    } else {
        return false;
    }
    k = skip(s, k, ITEM_OF);
    k = skip(s, k, ITEM_MORE);
    k = skip(s, k, ITEM_HYPHEN);
    if (unit_of(at(s, k)) == UNIT_NONE)
        return false;
    p->unit = unit_of(at(s, k));
    k++;
    if (half_follows(s, &k)) /* "a year and a half" */
        p->count_half = true;
    *i = k;
    return counted;
}

static bool ends_phrase(const struct item *it)
{
    return it->end == 0 || IS(it, COMMA) || IS(it, STOP);
}

/* What turns a measure into a point: "ago", "earlier", "later", "from now". */
static bool shift_after(const struct items *s, uint32_t *i, struct phrase *p)
{
    uint32_t k = *i;
    const struct item *it;

    if (IS(at(s, k), OR) && str_eq(at(s, k + 1)->low, STR("so")))
        k += 2;
    it = at(s, k);
    if (IS(it, AGO)) {
        p->anchor = ANCHOR_PUBLISHED;
        p->count = -p->count;
    } else if (IS(it, FROMNOW)) {
        p->anchor = ANCHOR_PUBLISHED;
    } else if (IS(it, BEFORE) &&
               (str_eq(it->low, STR("earlier")) || str_eq(it->low, STR("previously")) ||
                str_eq(it->low, STR("beforehand")))) {
        p->anchor = ANCHOR_NARRATIVE;
        p->count = -p->count;
    } else if (IS(it, AFTER) &&
               (!str_eq(it->low, STR("after")) || ends_phrase(at(s, k + 1)))) {
        p->anchor = ANCHOR_NARRATIVE;
    } else if (IS(it, BEFORE) && ends_phrase(at(s, k + 1))) {
        p->anchor = ANCHOR_NARRATIVE;
        p->count = -p->count;
    } else {
        return false;
    }
    p->kind = PHRASE_SHIFT;
    *i = k + 1;
    return true;
}

/* "18 years old", "nine day long", "30-year-old", "three-year period" */
static uint32_t suffix_after(const struct items *s, uint32_t k)
{
    uint32_t n = skip(s, k, ITEM_HYPHEN);

    if (IS(at(s, n), SUFFIX) && (n > k || str_eq(at(s, n)->low, STR("old"))))
        return n + 1;
    return k;
}

/* "[nearly] [the] [first|last] six months [ago]" without direction words */
static bool measure_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = i;
    bool approx = false, determined = false;

    while (IS(at(s, k), APPROX)) {
        k++;
        approx = true;
    }
    if (IS(at(s, k), DET) && str_eq(at(s, k)->low, STR("the"))) {
        determined = true;
        k++;
        if (IS(at(s, k), ORD) && item_number(at(s, k), ITEM_ORD) == 1)
            k++;
    }
    p->kind = PHRASE_DURATION;
    if (measured(s, &k, p)) {
        p->end = k;
        /* "over the two days" begins at "the"; "the 30-day rate" at "30" */
        if (determined && (approx || !IS(at(s, k - 1), UNITS)))
            return false;
        if (IS(at(s, i), DET) && IS(at(s, k - 2), HYPHEN))
            return false;
        if (p->unit == UNIT_QUARTER &&
            (IS(at(s, k - 2), HYPHEN) || IS(at(s, k), OF) || !determined))
            return false; /* "three-quarters of its food" */
        if (p->unit == UNIT_SECOND && !IS(at(s, k - 1), UNITS))
            return false; /* "one second" may be many a thing, "the 60 second" none */
        if (shift_after(s, &p->end, p))
            return true;
        p->end = suffix_after(s, p->end);
        return !str_eq(at(s, p->end - 1)->low, STR("old")); /* an age is no time */
    }
    /* "a year [and a half] [ago]", "an hour" */
    if (!IS(at(s, k), DET) || str_eq(at(s, k)->low, STR("the")) ||
        unit_of(at(s, k + 1)) == UNIT_NONE)
        return false;
    if (IS(at(s, k + 2), HYPHEN) && glued(s, k + 3))
        return false; /* "a year-earlier loss" */
    p->unit = unit_of(at(s, k + 1));
    p->count = 1;
    k += 2;
    p->count_half = half_follows(s, &k);
    p->end = k;
    if (shift_after(s, &p->end, p)) {
        if (p->unit == UNIT_YEAR && !p->count_half && !approx)
            p->kind = PHRASE_ELLIPSIS;
        return true;
    }
    return p->unit != UNIT_SECOND && p->unit != UNIT_WEEKEND &&
           p->unit != UNIT_QUARTER && p->unit != UNIT_NIGHT &&
           (p->unit != UNIT_MINUTE || approx);
}

/* Bare plurals where they measure: "for years", "in weeks", "years later". */
static bool plural_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    static const struct str leads[] = { STR_INIT("for"),    STR_INIT("in"),
                                        STR_INIT("within"), STR_INIT("after"),
                                        STR_INIT("took"),   STR_INIT("take"),
                                        STR_INIT("over"),   STR_INIT("lasted"),
                                        STR_INIT("spent"),  STR_INIT("weeks") };
    const struct item *before = i > 0 ? at(s, i - 1) : NULL;
    bool led = false;

    if (!IS(at(s, i), UNITS) || is_quarter(at(s, i)) ||
        unit_of(at(s, i)) == UNIT_SECOND)
        return false;
    p->kind = PHRASE_DURATION;
    p->unit = unit_of(at(s, i));
    p->vague = true;
    p->count = -1;
    p->end = i + 1;
    if (shift_after(s, &p->end, p))
        return true;
    for (size_t k = 0; before && k < COUNT(leads); k++)
        led = led || str_eq(before->low, leads[k]);
    return led;
}

/* ---- "last", "this", "next" ---- */

struct bearing {
    struct str dir;
    enum phrase_anchor anchor;
    int32_t step; /* -1, 0, 1 */
};

static bool bearing_of(const struct item *it, struct bearing *b)
{
    struct str v = item_value(it, ITEM_DIR);

    if (!IS(it, DIR))
        return false;
    b->dir = v;
    b->anchor = ANCHOR_PUBLISHED;
    b->step = 0;
    if (str_eq(v, STR("last")) || str_eq(v, STR("past")) || str_eq(v, STR("latest")))
        b->step = -1;
    else if (str_eq(v, STR("next")))
        b->step = 1;
    else if (str_eq(v, STR("following"))) {
        b->step = 1;
        b->anchor = ANCHOR_NARRATIVE;
    } else if (str_eq(v, STR("previous"))) {
        b->step = -1;
        b->anchor = ANCHOR_NARRATIVE;
    } else if (str_eq(v, STR("same")) || str_eq(v, STR("that")) ||
               str_eq(v, STR("corresponding"))) {
        b->anchor = ANCHOR_NARRATIVE;
    } else if (!str_eq(v, STR("this"))) {
        b->dir = v;
    }
    return true;
}

/* "the next day": told from what came before; "next week": from the publication */
static void settle_anchor(struct bearing *b, bool determined, enum time_unit unit)
{
    if (determined && str_eq(b->dir, STR("next")))
        b->anchor = ANCHOR_NARRATIVE;
    if (str_eq(b->dir, STR("next")) && unit == UNIT_DAY)
        b->anchor = ANCHOR_NARRATIVE;
}

/* After "last year": "'s third quarter", "'s summer" */
static void possessed(const struct items *s, struct phrase *p)
{
    struct phrase inner = phrase_new(p->end, PHRASE_ABSOLUTE);

    if (p->unit != UNIT_YEAR || !IS(at(s, p->end), POSSESSIVE))
        return;
    if (quarter_phrase(s, p->end + 1, &inner)) {
        p->quarter = inner.quarter;
        p->end = inner.end;
    } else if (is_quarter(at(s, p->end + 1))) {
        p->quarter = 0; /* the one of the narrative */
        p->end += 2;
    } else if (IS(at(s, p->end + 1), SEASON)) {
        p->season = item_value(at(s, p->end + 1), ITEM_SEASON);
        p->end += 2;
    }
    if (p->quarter != FIELD_NONE || p->season.len > 0)
        p->kind = PHRASE_ABSOLUTE;
}

static void set_offset(struct phrase *p, const struct bearing *b, enum time_unit unit)
{
    p->kind = PHRASE_OFFSET;
    p->unit = unit;
    p->anchor = b->anchor;
    p->count = b->step;
    p->strict = b->step != 0;
}

/* What follows the direction word; its item is i. */
static bool directed_target(const struct items *s, uint32_t i, struct bearing b,
                            bool determined, struct phrase *p)
{
    const struct item *it = at(s, i);
    int32_t n;
    uint32_t k = i;

    if (unit_of(it) != UNIT_NONE && IS(it, UNIT)) {
        enum time_unit unit = unit_of(it);

        settle_anchor(&b, determined, unit);
        set_offset(p, &b, unit);
        p->end = i + 1;
        if (unit == UNIT_NIGHT) {
            p->unit = UNIT_DAY;
            p->part = STR("NI");
        } else if (unit == UNIT_DAY) {
            p->end = part_after(s, p->end, p);
        }
        possessed(s, p);
        return unit != UNIT_SECOND && unit != UNIT_MINUTE && unit != UNIT_HOUR;
    }
    if (weekday_parse(s, &k, &n)) {
        set_offset(p, &b, UNIT_WEEKDAY);
        p->weekday = n;
        p->end = part_after(s, k, p);
        return true;
    }
    if (IS(it, MONTH) && month_parse(s, &k, &n)) {
        if (day_number(at(s, k)))
            return false;
        set_offset(p, &b, UNIT_NAMED_MONTH);
        p->month = n;
        p->end = k;
        return true;
    }
    if (IS(it, SEASON)) {
        set_offset(p, &b, UNIT_SEASON);
        p->season = item_value(it, ITEM_SEASON);
        p->end = i + 1;
        return true;
    }
    if (IS(it, PART)) {
        settle_anchor(&b, determined, UNIT_DAY);
        set_offset(p, &b, UNIT_DAY);
        p->part = item_value(it, ITEM_PART);
        p->end = i + 1;
        return true;
    }
    return false;
}

/* "last week", "the past two years", "this year's third quarter", "that same day" */
static bool directed_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i;
    bool determined = k > i;
    struct bearing b;
    struct phrase m = phrase_new(i, PHRASE_DURATION);
    uint32_t n;

    if (!bearing_of(at(s, k), &b))
        return false;
    k++;
    if (IS(at(s, k), DIR) && str_eq(item_value(at(s, k), ITEM_DIR), STR("same")))
        k++; /* "that same day" */
    n = k;
    if (measured(s, &n, &m)) {
        m.end = n;
        if (str_eq(b.dir, STR("that")) || str_eq(b.dir, STR("this")))
            return false;
        *p = m;
        return true;
    }
    if (directed_target(s, k, b, determined, p))
        return true;
    if (IS(at(s, k), FISCAL) && directed_target(s, k + 1, b, determined, p))
        return true;
    /* "the latest period": the quarter that the story is about */
    if (is_period(at(s, k)) && str_eq(b.dir, STR("latest"))) {
        set_offset(p, &b, UNIT_QUARTER);
        p->anchor = ANCHOR_NARRATIVE;
        p->count = 0;
        p->end = k + 1;
        return true;
    }
    return false;
}

/* "the week", "the quarter": the one told about; "the weekend" */
static bool definite_unit(const struct items *s, uint32_t i, struct phrase *p)
{
    const struct item *it = at(s, i + 1);
    enum time_unit unit = unit_of(it);

    if (!IS(at(s, i), DET) || !str_eq(at(s, i)->low, STR("the")))
        return false;
    if (IS(it, PART)) {
        p->kind = PHRASE_OFFSET;
        p->anchor = ANCHOR_NARRATIVE;
        p->unit = UNIT_DAY;
        p->count = 0;
        p->part = item_value(it, ITEM_PART);
        p->end = i + 2;
        return true;
    }
    if (unit == UNIT_DAY && (i == 0 || !IS(at(s, i - 1), IN)))
        return false; /* "in the day", but not "the day that" */
    if (!IS(it, UNIT) || unit == UNIT_SECOND || unit == UNIT_MINUTE ||
        unit == UNIT_HOUR || unit == UNIT_DECADE || unit == UNIT_CENTURY ||
        unit == UNIT_NIGHT)
        return false;
    if (IS(at(s, i + 2), HYPHEN))
        return false; /* "the year-earlier results" */
    p->unit = unit;
    p->end = i + 2;
    if (str_starts(at(s, i + 2)->low, STR("end")) && unit == UNIT_YEAR) {
        p->kind = PHRASE_DURATION; /* "the year ended March 31" */
        return true;
    }
    p->kind = PHRASE_OFFSET;
    p->anchor = unit == UNIT_WEEKEND ? ANCHOR_PUBLISHED : ANCHOR_NARRATIVE;
    p->count = 0;
    return true;
}

/* "year-earlier", "the year-ago quarter", "a year earlier": the same a year before */
static bool year_earlier(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i;
    bool glued_unit =
        IS(at(s, k), UNIT) && str_eq(at(s, k)->low, STR("year")) &&
        IS(at(s, k + 1), HYPHEN) &&
        (IS(at(s, k + 2), AGO) || str_eq(at(s, k + 2)->low, STR("earlier")));

    if (!glued_unit)
        return false;
    p->kind = PHRASE_ELLIPSIS;
    p->unit = UNIT_YEAR;
    p->count = -1;
    p->end = k + 3;
    if (is_quarter(at(s, p->end)) || is_period(at(s, p->end)))
        p->end++;
    else if (k > i)
        return false; /* "a year-earlier loss" begins at "year" */
    return true;
}

/* ---- sets, references, holidays ---- */

static bool set_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = i;
    int32_t n;
    bool half;

    p->kind = PHRASE_SET;
    p->count = 1;
    if (IS(at(s, k), SET)) {
        p->fixed = item_value(at(s, k), ITEM_SET);
        p->end = k + 1;
        return true;
    }
    if (IS(at(s, k), WEEKDAYS) && at(s, k)->capital) {
        p->weekday = item_number(at(s, k), ITEM_WEEKDAYS);
        p->end = k + 1;
        return true;
    }
    if (IS(at(s, k), TIMES) && IS(at(s, k + 1), DET) &&
        !str_eq(at(s, k + 1)->low, STR("the")) && unit_of(at(s, k + 2)) != UNIT_NONE) {
        p->unit = unit_of(at(s, k + 2));
        p->end = k + 3;
        return true;
    }
    if (number_parse(s, &k, &n, &half) && IS(at(s, k), TIMES) &&
        IS(at(s, k + 1), DET) && unit_of(at(s, k + 2)) != UNIT_NONE) {
        p->unit = unit_of(at(s, k + 2));
        p->end = k + 3;
        return true;
    }
    k = i;
    if (!IS(at(s, k), EACH) && !IS(at(s, k), PER))
        return false;
    k++;
    if (IS(at(s, k), DIR) || IS(at(s, k), OF))
        return false;
    if (str_eq(at(s, k)->low, STR("other")))
        k++, p->count = 2;
    else if (number_parse(s, &k, &n, &half))
        p->count = n;
    if (weekday_parse(s, &k, &p->weekday) || month_parse(s, &k, &p->month)) {
        p->end = part_after(s, k, p);
        return true;
    }
    if (IS(at(s, k), SEASON)) {
        p->season = item_value(at(s, k), ITEM_SEASON);
        p->end = k + 1;
        return true;
    }
    if (part_after(s, k, p) > k) {
        p->end = k + 1;
        return true;
    }
    p->unit = unit_of(at(s, k));
    p->end = k + 1;
    return p->unit != UNIT_NONE && p->unit != UNIT_SECOND;
}

static bool ref_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    struct str word[6];
    const struct lex_entry *e;
    uint32_t n = 0, used;

    if (at(s, i)->low.len == 0 || !lex_may_begin(&lex_times, at(s, i)->low))
        return false;
    while (n < COUNT(word) && at(s, i + n)->low.len > 0) {
        word[n] = at(s, i + n)->low;
        n++;
    }
    e = lex_longest(&lex_times, word, n, &used);
    for (uint32_t k = 0; e && k <= e->same; k++)
        if (str_eq(e[k].field[LEX_TIMES_CLASS], STR("ref"))) {
            p->kind = PHRASE_REF;
            p->fixed = e[k].field[LEX_TIMES_VALUE];
            p->end = i + used;
            return true;
        }
    return false;
}

static bool holiday_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = i;

    if (!IS(at(s, k), HOLIDAY) || !at(s, k)->capital)
        return false;
    p->kind = PHRASE_HOLIDAY;
    p->fixed = item_value(at(s, k), ITEM_HOLIDAY);
    p->end = year_after(s, k + 1, p);
    if (p->end == k + 1)
        p->end = part_after(s, k + 1, p);
    return true;
}

static bool last_holiday(const struct items *s, uint32_t i, struct phrase *p)
{
    struct bearing b;

    if (!bearing_of(at(s, i), &b) || !holiday_phrase(s, i + 1, p))
        return false;
    p->count = b.step;
    p->strict = true;
    p->first = i;
    return true;
}

/* "around year end", "year's end", "the year-end": its last day */
static bool year_end(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i;

    if (!IS(at(s, k), YEAREND)) {
        if (!(IS(at(s, k), UNIT) && str_eq(at(s, k)->low, STR("year")) &&
              (IS(at(s, k + 1), HYPHEN) || IS(at(s, k + 1), POSSESSIVE)) &&
              str_eq(at(s, k + 2)->low, STR("end"))))
            return false;
        k += 2;
    }
    p->kind = PHRASE_OFFSET;
    p->anchor = ANCHOR_PUBLISHED;
    p->unit =
        str_eq(item_value(at(s, k), ITEM_YEAREND), STR("M")) ? UNIT_MONTH : UNIT_YEAR;
    p->count = 0;
    p->end = k + 1;
    return true;
}

/* ---- all of them ---- */

static bool core_phrase(const struct items *s, uint32_t i, struct phrase *out)
{
    static parser *const parsers[] = {
        day_phrase,    year_phrase,   decade_phrase,  century_phrase,  quarter_phrase,
        season_phrase, clock_phrase,  measure_phrase, directed_phrase, year_earlier,
        set_phrase,    ref_phrase,    holiday_phrase, last_holiday,    year_end,
        plural_phrase, definite_unit,
    };
    struct phrase best = phrase_new(i, PHRASE_ABSOLUTE);

    for (size_t k = 0; k < COUNT(parsers); k++) {
        struct phrase p = phrase_new(i, PHRASE_ABSOLUTE);

        if (parsers[k](s, i, &p))
            keep_longer(&best, &p);
    }
    if (IS(at(s, i), NIGHTWORD) && best.end == i) {
        best.kind = PHRASE_OFFSET;
        best.unit = UNIT_DAY;
        best.count = 0;
        best.anchor = ANCHOR_PUBLISHED;
        best.part = item_value(at(s, i), ITEM_NIGHTWORD);
        best.end = i + 1;
    }
    *out = best;
    return best.end > i;
}

/* "early", "late", "mid-", "earlier" before a date; "in", "on" between */
static bool modified_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = i;

    if (!IS(at(s, k), MOD))
        return false;
    k = skip(s, k + 1, ITEM_HYPHEN);
    if (IS(at(s, k), IN) || IS(at(s, k), ON))
        k++;
    if (!core_phrase(s, k, p) || p->kind == PHRASE_DURATION || p->kind == PHRASE_REF ||
        p->kind == PHRASE_SET || p->kind == PHRASE_SHIFT ||
        p->kind == PHRASE_ELLIPSIS ||
        (IS(at(s, k), DET) && p->unit == UNIT_DAY && p->part.len == 0))
        return false;
    p->first = i;
    return true;
}

/* The words of the item's entry in times.tsv. */
static struct str item_words(const struct items *s, uint32_t i)
{
    return at(s, i)->entry ? at(s, i)->entry->key : STR("");
}

/* "the end of 1994", "the night of 3 March", "the morning of Feb. 2" */
static bool part_of_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i;
    struct phrase part = phrase_new(i, PHRASE_ABSOLUTE);
    bool quarterly = IS(at(s, k), PART_OF);

    if (IS(at(s, k), MOD))
        k++;
    if (quarterly || IS(at(s, k), PART_OF))
        k++, quarterly = true;
    else if (part_after(s, k, &part) > k)
        k++;
    else
        return false;
    if (!IS(at(s, k), OF))
        return false;
    k++;
    if (!core_phrase(s, k, p) || p->kind == PHRASE_DURATION || p->kind == PHRASE_REF ||
        p->kind == PHRASE_SET)
        return false;
    if (part.part.len > 0) {
        if (p->unit == UNIT_YEAR || p->part.len > 0)
            return false;
        p->part = part.part;
    } else {
        struct str half = item_value(at(s, k - 2), ITEM_PART_OF);

        if (str_find(item_words(s, k - 2), STR("morning")) != STR_NPOS)
            p->part = STR("MO"); /* "the early morning hours of 30 April" */
        if (half.len == 2 && p->year != FIELD_NONE && p->month == FIELD_NONE)
            p->half = half.ptr[1] - '0';
        if (half.len == 2 && p->unit == UNIT_YEAR && p->kind == PHRASE_OFFSET) {
            p->kind = PHRASE_ABSOLUTE;
            p->half = half.ptr[1] - '0';
        }
    }
    p->first = i;
    return true;
}

/* "the last week of August", "the first ten months of 1915": as long as they say */
static bool stretch_of_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i;
    struct phrase date = phrase_new(i, PHRASE_ABSOLUTE);

    if (k == i || !(IS(at(s, k), DIR) || ordinal_of(at(s, k)) > 0))
        return false;
    k++;
    p->kind = PHRASE_DURATION;
    if (!measured(s, &k, p)) {
        p->unit = unit_of(at(s, k));
        p->count = 1;
        if (p->unit != UNIT_WEEK && p->unit != UNIT_DAY)
            return false;
        k++;
    }
    if (!IS(at(s, k), OF) || !core_phrase(s, k + 1, &date) ||
        date.kind != PHRASE_ABSOLUTE ||
        (date.month == FIELD_NONE && date.year == FIELD_NONE))
        return false;
    p->end = date.end;
    return p->unit != UNIT_QUARTER;
}

/* "around Nov. 1", "about 1960" */
static bool approximate_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = i + 1;

    if (!IS(at(s, i), APPROX) || !core_phrase(s, k, p) ||
        (p->kind != PHRASE_ABSOLUTE && p->kind != PHRASE_DURATION &&
         p->kind != PHRASE_SHIFT))
        return false;
    if (p->kind != PHRASE_ABSOLUTE && IS(at(s, k), DET))
        return false; /* "over the next days" begins at "the" */
    if (p->kind == PHRASE_ABSOLUTE && !str_eq(at(s, i)->low, STR("around")) &&
        !str_eq(at(s, i)->low, STR("about")) && !str_eq(at(s, i)->low, STR("ca")) &&
        !str_eq(at(s, i)->low, STR("circa")) && !str_eq(at(s, i)->low, STR("roughly")))
        return false;
    p->first = i;
    return true;
}

bool phrase_parse(const struct items *s, uint32_t i, struct phrase *out)
{
    static parser *const parsers[] = { core_phrase, modified_phrase, part_of_phrase,
                                       stretch_of_phrase, approximate_phrase };
    struct phrase best = phrase_new(i, PHRASE_ABSOLUTE);

    if (at(s, i)->mask == 0 && !at(s, i)->plain_year)
        return false;
    for (size_t k = 0; k < COUNT(parsers); k++) {
        struct phrase p = phrase_new(i, PHRASE_ABSOLUTE);

        if (parsers[k](s, i, &p))
            keep_longer(&best, &p);
    }
    if (best.end == i)
        return false;
    best.first = i;
    *out = best;
    return true;
}
