#include "fact/when_parse_int.h"

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
bool half_follows(const struct items *s, uint32_t *i)
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

int32_t ordinal_of(const struct item *it)
{
    if (IS(it, ORDNUM))
        return it->number;
    return IS(it, ORD) ? item_number(it, ITEM_ORD) : 0;
}

/* ---- months ---- */

/* Words that a month's name follows, where it may be a verb or a first name as well. */
static bool month_expected_after(const struct item *it)
{
    if (IS(it, IN) || IS(it, OF) || IS(it, DIR) || IS(it, MOD) || IS(it, NUMBER) ||
        IS(it, ORDNUM) || IS(it, HYPHEN) || IS(it, TO) || IS(it, UNTIL) || IS(it, EACH))
        return true;
    return str_in(it->low,
                  "since|by|during|before|after|from|through|until|till|for|between|"
                  "late|whole|every|each|every");
}

bool day_number(const struct item *it)
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
bool month_parse(const struct items *s, uint32_t *i, int32_t *month)
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

bool weekday_parse(const struct items *s, uint32_t *i, int32_t *weekday)
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

/* [","] year, "of 1990" or "of that year" after a month and perhaps a day */
uint32_t year_after(const struct items *s, uint32_t k, struct phrase *p)
{
    uint32_t n = skip(s, k, ITEM_COMMA), start = n;
    bool of = n == k && IS(at(s, n), OF);
    int32_t year;
    bool bc;

    if (of)
        start = ++n;
    if (era_year(s, &n, &year, &bc) && year >= 1 && year <= YEAR_LAST &&
        (bc || year >= YEAR_FIRST || n - start == 2)) {
        p->year = year;
        p->before_christ = bc;
        return n;
    }
    if (!of)
        return directed_year(s, k, p);
    start = skip(s, start, ITEM_DET); /* "October of the same year" */
    n = directed_year(s, start, p);
    return n > start ? n : k;
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

bool is_quarter(const struct item *it)
{
    return str_eq(it->low, STR("quarter")) || str_eq(it->low, STR("quarters"));
}

bool is_period(const struct item *it)
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

/* "in the 1400 block of Mill Street", "at 1555 Mill Street" */
static bool is_address(const struct items *s, uint32_t i, const struct phrase *p)
{
    return str_in(at(s, p->end)->low, "block|blocks") ||
           (i > 0 && str_eq(at(s, i - 1)->low, STR("at")) && at(s, p->end)->capital);
}

bool year_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    const struct item *before = i > 0 ? at(s, i - 1) : NULL;

    if (!bare_year(s, i, p))
        return false;
    if (at(s, i)->plain_year && p->end == i + 1 &&
        (counts_something(s, p) || is_address(s, i, p) ||
         (before && str_eq(before->low, STR("no")))))
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

/* "in his 30s", "in his late 30s", "in her mid-twenties" */
static bool is_age(const struct items *s, uint32_t i)
{
    if (i > 0 && IS(at(s, i - 1), MOD))
        i--;
    return i > 0 && str_in(at(s, i - 1)->low, "his|her|their|my|our|your|its");
}

bool decade_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i;

    if (IS(at(s, k), MOD))
        k++;
    k = skip(s, k, ITEM_HYPHEN);
    if (is_age(s, i))
        return false;
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
bool century_phrase(const struct items *s, uint32_t i, struct phrase *p)
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
bool quarter_phrase(const struct items *s, uint32_t i, struct phrase *p)
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

/* The year behind a name that the season begins: "the Spring Offensive of 1918" */
static void named_year(const struct items *s, uint32_t k, struct phrase *p)
{
    uint32_t n = k;

    while (n < k + 3 && at(s, n)->capital && at(s, n)->mask == 0)
        n++;
    if (n > k && IS(at(s, n), OF) && at(s, n + 1)->plain_year)
        p->year = at(s, n + 1)->number;
}

/* "[the] [early] summer [of 1990]"; a bare "spring" or "fall" is no season */
bool season_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i, n;
    const struct item *it, *before = i > 0 ? at(s, i - 1) : NULL;
    bool sure;

    if (IS(at(s, k), MOD))
        k = skip(s, k + 1, ITEM_HYPHEN);
    if (at(s, k)->plain_year && IS(at(s, k + 1), SEASON)) {
        p->year = at(s, k)->number; /* "the 1982 summer" */
        p->season = item_value(at(s, k + 1), ITEM_SEASON);
        p->end = k + 2;
        return true;
    }
    it = at(s, k);
    if (!IS(it, SEASON))
        return false;
    p->season = item_value(it, ITEM_SEASON);
    n = of_year(s, k + 1, p);
    if (n == k + 1)
        named_year(s, n, p);
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

uint32_t part_after(const struct items *s, uint32_t k, struct phrase *p)
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

/* A clock time, with the day before or after it. */
bool clock_phrase(const struct items *s, uint32_t i, struct phrase *p)
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
bool day_phrase(const struct items *s, uint32_t i, struct phrase *p)
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
