#include "fact/when_parse_int.h"

/* ---- units ---- */

enum time_unit unit_of(const struct item *it)
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
bool measured(const struct items *s, uint32_t *i, struct phrase *p)
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

/* "a month or two", "a week or so", "weeks or months": past what loosens the measure */
static uint32_t loosened(const struct items *s, uint32_t k)
{
    const struct item *it = at(s, k + 1);

    if (!IS(at(s, k), OR))
        return k;
    if (str_eq(it->low, STR("so")) || (IS(it, UNITS) && IS(at(s, k - 1), UNITS)) ||
        (IS(it, NUMWORD) && unit_of(at(s, k + 2)) == UNIT_NONE &&
         IS(at(s, k - 1), UNIT)))
        return k + 2;
    return k;
}

/* "18 years old", "nine day long", "30-year-old", "three-year period" */
static uint32_t suffix_after(const struct items *s, uint32_t k)
{
    uint32_t n = skip(s, k, ITEM_HYPHEN);

    if (IS(at(s, n), SUFFIX) && (n > k || str_eq(at(s, n)->low, STR("old"))))
        return n + 1;
    return k;
}

static bool is_near(struct str word)
{
    return str_eq(word, STR("about")) || str_eq(word, STR("nearly")) ||
           str_eq(word, STR("almost")) || str_eq(word, STR("over")) ||
           str_eq(word, STR("around")) || str_eq(word, STR("roughly")) ||
           str_eq(word, STR("approximately"));
}

/* "month-long", "decades-long" */
bool long_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    if (unit_of(at(s, i)) == UNIT_NONE || !IS(at(s, i + 1), HYPHEN) ||
        !str_eq(at(s, i + 2)->low, STR("long")) || !glued(s, i + 2))
        return false;
    p->kind = PHRASE_DURATION;
    p->unit = unit_of(at(s, i));
    p->vague = IS(at(s, i), UNITS);
    p->end = i + 3;
    return true;
}

/* "[nearly] [the] [first|last] six months [ago]" without direction words */
bool measure_phrase(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = i;
    bool approx = false, determined = false, nearly = false;

    while (IS(at(s, k), APPROX)) {
        nearly = nearly || is_near(at(s, k)->low);
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
        if (nearly)
            return false; /* "about [two weeks]", but "[about two weeks ago]" */
        p->end = suffix_after(s, p->end);
        return !str_eq(at(s, p->end - 1)->low, STR("old")); /* an age is no time */
    }
    /* "a year [and a half] [ago]", "an hour" */
    if (!IS(at(s, k), DET) || str_eq(at(s, k)->low, STR("the")))
        return false;
    if ((IS(at(s, k + 1), MORE) || str_in(at(s, k + 1)->low, "single|whole|entire")) &&
        IS(at(s, k + 2), UNIT))
        k++; /* "an additional year", "a single day" */
    if (unit_of(at(s, k + 1)) == UNIT_NONE)
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
    p->end = loosened(s, p->end);
    return p->unit != UNIT_SECOND && p->unit != UNIT_WEEKEND &&
           p->unit != UNIT_QUARTER && p->unit != UNIT_NIGHT &&
           (p->unit != UNIT_MINUTE || approx);
}

/* Bare plurals where they measure: "for years", "in weeks", "years later". */
bool plural_phrase(const struct items *s, uint32_t i, struct phrase *p)
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
    p->end = loosened(s, p->end);
    for (size_t k = 0; before && k < COUNT(leads); k++)
        led = led || str_eq(before->low, leads[k]);
    return led;
}

/* ---- "last", "this", "next" ---- */

bool bearing_of(const struct item *it, struct bearing *b)
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
        uint32_t first = p->first;

        if (IS(at(s, k), COMMA) && day_phrase(s, i, p) && p->day != FIELD_NONE) {
            p->first = first; /* "next Sunday, March 8" */
            return true;
        }
        *p = phrase_new(first, PHRASE_OFFSET);
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
bool directed_phrase(const struct items *s, uint32_t i, struct phrase *p)
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
    else if (str_eq(b.dir, STR("this")) &&
             str_in(at(s, k)->low, "past|coming|last|next"))
        bearing_of(at(s, k++), &b); /* "this past week", "this coming Sunday" */
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
    if (determined && IS(at(s, k), UNITS) && str_in(b.dir, "last|final|first|span")) {
        p->kind = PHRASE_DURATION; /* "the final years", "the intervening months" */
        p->unit = unit_of(at(s, k));
        p->vague = true;
        p->end = k + 1;
        return true;
    }
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

/* "the quarter ended July 31" is the second, which holds most of it. */
static bool quarter_ended(const struct items *s, uint32_t i, struct phrase *p)
{
    struct phrase date = phrase_new(i, PHRASE_ABSOLUTE);

    if (!str_starts(at(s, i)->low, STR("end")) || !day_phrase(s, i + 1, &date) ||
        date.kind != PHRASE_ABSOLUTE || date.month == FIELD_NONE || date.month < 2)
        return false;
    p->kind = PHRASE_ABSOLUTE;
    p->year = date.year;
    p->quarter = (date.month + 1) / 3;
    return true;
}

/* "the week", "the quarter": the one told about; "the weekend" */
bool definite_unit(const struct items *s, uint32_t i, struct phrase *p)
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
    if (unit == UNIT_QUARTER && quarter_ended(s, i + 2, p))
        return true;
    p->kind = PHRASE_OFFSET;
    p->anchor = unit == UNIT_WEEKEND ? ANCHOR_PUBLISHED : ANCHOR_NARRATIVE;
    p->count = 0;
    return true;
}

/* "year-earlier", "the year-ago quarter", "a year earlier": the same a year before */
bool year_earlier(const struct items *s, uint32_t i, struct phrase *p)
{
    uint32_t k = IS(at(s, i), DET) ? i + 1 : i;
    struct phrase inner = phrase_new(k, PHRASE_ABSOLUTE);
    bool glued_unit;

    if (k > i && str_in(at(s, k)->low, "comparable|corresponding"))
        k++;
    glued_unit = IS(at(s, k), UNIT) && str_eq(at(s, k)->low, STR("year")) &&
                 IS(at(s, k + 1), HYPHEN) &&
                 (IS(at(s, k + 2), AGO) || str_eq(at(s, k + 2)->low, STR("earlier")));

    if (!glued_unit)
        return false;
    p->kind = PHRASE_ELLIPSIS;
    p->unit = UNIT_YEAR;
    p->count = -1;
    p->end = k + 3;
    if (is_quarter(at(s, p->end)) || is_period(at(s, p->end))) {
        p->quarter = 0; /* the one told about */
        p->end++;
    } else if (quarter_phrase(s, p->end, &inner)) {
        p->quarter = inner.quarter; /* "the year-ago third quarter" */
        p->end = inner.end;
    } else if (k > i)
        return false; /* "a year-earlier loss" begins at "year" */
    return true;
}
