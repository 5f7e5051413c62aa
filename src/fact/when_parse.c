#include "fact/when_parse_int.h"

typedef bool parser(const struct items *s, uint32_t i, struct phrase *p);

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

/* "at the time", "during this period", "by that point": no date, but a time told of */
static bool anaphor(const struct items *s, uint32_t i, struct phrase *p)
{
    struct str before = i > 0 ? at(s, i - 1)->low : STR("");
    bool the = str_eq(at(s, i)->low, STR("the"));

    if (!str_in(before,
                "at|during|by|since|until|till|from|in|around|throughout|after") ||
        !(the || str_in(at(s, i)->low, "this|that")) ||
        !str_in(at(s, i + 1)->low, "time|period"))
        return false;
    if (the && (!str_eq(before, STR("at")) || IS(at(s, i + 2), OF)))
        return false; /* "at the time of the vote" is told by the vote */
    p->kind = PHRASE_REF;
    p->end = i + 2;
    if (str_eq(at(s, i + 1)->low, STR("time")))
        p->fixed =
            str_eq(at(s, i)->low, STR("this")) ? STR("PRESENT_REF") : STR("PAST_REF");
    return true;
}

/* "the week of March 6" */
static bool week_of_day(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i;

    if (k == i || !str_eq(at(s, k)->low, STR("week")) || !IS(at(s, k + 1), OF) ||
        !day_phrase(s, k + 2, p) || p->kind != PHRASE_ABSOLUTE || p->day == FIELD_NONE)
        return false;
    p->unit = UNIT_WEEK;
    p->first = i;
    return true;
}

/* ---- all of them ---- */

static bool core_phrase(const struct items *s, uint32_t i, struct phrase *out)
{
    static parser *const parsers[] = {
        day_phrase,    year_phrase,   decade_phrase,  century_phrase,  quarter_phrase,
        season_phrase, clock_phrase,  measure_phrase, directed_phrase, year_earlier,
        set_phrase,    ref_phrase,    holiday_phrase, last_holiday,    year_end,
        plural_phrase, definite_unit, long_phrase,    anaphor,         week_of_day,
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

/* "earlier on Friday", "later today": the adverb compares, it is no part of the day */
static bool compares(const struct items *s, uint32_t i)
{
    return str_eq(at(s, i)->low, STR("earlier")) || str_eq(at(s, i)->low, STR("later"));
}

static bool names_day(const struct phrase *p)
{
    return p->kind == PHRASE_WEEKDAY || p->unit == UNIT_DAY || p->unit == UNIT_WEEKDAY;
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

/* "early", "late", "mid-", "earlier" before a date; "in", "on" between */
static bool modified_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = i;

    if (!IS(at(s, k), MOD))
        return false;
    k = skip(s, k + 1, ITEM_HYPHEN);
    if (IS(at(s, k), IN) || IS(at(s, k), ON))
        k++;
    if (part_of_phrase(s, k, p) && p->part.len > 0) {
        p->first = i; /* "early in the morning of 29 April" */
        return true;
    }
    *p = phrase_new(k, PHRASE_ABSOLUTE);
    if (!core_phrase(s, k, p) || p->kind == PHRASE_DURATION || p->kind == PHRASE_REF ||
        p->kind == PHRASE_SET || p->kind == PHRASE_SHIFT ||
        p->kind == PHRASE_ELLIPSIS ||
        (IS(at(s, k), DET) && p->unit == UNIT_DAY && p->part.len == 0) ||
        (compares(s, i) && names_day(p)) ||
        (str_eq(at(s, i)->low, STR("fiscal")) &&
         (p->year == FIELD_NONE || p->month != FIELD_NONE)))
        return false;
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
        (p->kind != PHRASE_ABSOLUTE && p->kind != PHRASE_SHIFT))
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
