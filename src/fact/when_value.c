#include "fact/when_value_int.h"

/* A date this near to the publication is of its own year, whatever the verb says. */
#define SEASON_DAYS 100
/* How far a story steps back, and ahead, within a year that it does not name. */
#define MONTHS_BACK 6
#define MONTHS_AHEAD 9

/* ---- absolute fields ---- */

/* The year that a date without one belongs to: the one that brings it to the right side
 * of the publication day, or the nearest one. */
static int32_t year_near(const struct resolver *r, int32_t month, int32_t day,
                         enum direction direction)
{
    int32_t pub = r->published.day, year = r->published.year;
    int32_t here = date_from_civil(year, (uint32_t)month, day > 0 ? (uint32_t)day : 15);
    int32_t ahead = here - pub;

    /* the month of publication itself is this one */
    if (day <= 0 && month == r->published.month)
        return year;
    if (direction == DIRECTION_FUTURE)
        return ahead < -SEASON_DAYS ? year + 1 : year;
    if (direction == DIRECTION_PAST)
        return ahead > SEASON_DAYS ? year - 1 : year;
    return ahead > SEASON_DAYS ? year - 1 : ahead < -250 ? year + 1 : year;
}

/* The year of a history's date without one: the one that brings it next to what was told
 * last, rather after it ("In November 1939 ... in March"). */
static int32_t year_told(const struct resolver *r, int32_t month)
{
    const struct time_point *n = &r->story;
    int32_t ahead = n->month == FIELD_NONE ? 0 : month - n->month;
    int32_t step = ahead < -MONTHS_BACK ? 1 : ahead > MONTHS_AHEAD ? -1 : 0;

    if (n->year == FIELD_NONE)
        return FIELD_NONE;
    return n->year + (n->before_christ ? -step : step);
}

static int32_t missing_year(const struct resolver *r, const struct phrase *p,
                            enum direction direction)
{
    if (p->unit == UNIT_YEAR) { /* "of last year" */
        const struct time_point *a =
            p->anchor == ANCHOR_NARRATIVE && r->narrative.year != FIELD_NONE
                ? &r->narrative
                : &r->published;

        return a->year == FIELD_NONE ? FIELD_NONE : a->year + p->count;
    }
    if (r->history)
        return year_told(r, p->month != FIELD_NONE ? p->month
                            : p->season.len > 0    ? season_month(p->season) % 12 + 1
                                                   : 1);
    if (r->published.year == FIELD_NONE)
        return FIELD_NONE;
    if (p->month != FIELD_NONE)
        return year_near(r, p->month, p->day, direction);
    return r->published.year;
}

static bool bc_of(const struct resolver *r, const struct phrase *p)
{
    return p->before_christ ||
           (p->year == FIELD_NONE && r->history && r->narrative.before_christ);
}

static void put_bc(struct resolver *r, struct when *w, const struct phrase *p,
                   int32_t year)
{
    if (p->month == FIELD_NONE) {
        put_year(r, w, year, true);
        return;
    }
    w->value = p->day == FIELD_NONE
                   ? format(r->arena, "BC%04d-%02d", year, p->month)
                   : format(r->arena, "BC%04d-%02d-%02d", year, p->month, p->day);
    r->narrative =
        (struct time_point){ DATE_NONE, UNIT_MONTH, year, p->month, FIELD_NONE, true };
}

/* The quarter of the story, or the one that was over last at publication. */
static int32_t told_quarter(const struct resolver *r)
{
    if (r->narrative.unit == UNIT_QUARTER)
        return r->narrative.quarter;
    return r->published.quarter == FIELD_NONE ? FIELD_NONE
           : r->published.quarter > 1         ? r->published.quarter - 1
                                              : 4;
}

static void resolve_quarter(struct resolver *r, struct when *w, const struct phrase *p,
                            int32_t year, enum direction direction)
{
    int32_t quarter = p->quarter > 0 ? p->quarter : told_quarter(r);

    if (quarter == FIELD_NONE)
        return;
    if (p->year == FIELD_NONE && p->unit != UNIT_YEAR &&
        r->published.year != FIELD_NONE && !r->history) {
        /* reports come after the quarter, so one ahead is last year's, unless it's told
         * as to come */
        year = r->published.year;
        if (quarter > r->published.quarter && direction != DIRECTION_FUTURE)
            year--;
    }
    put_quarter(r, w, year, quarter);
}

static void put_day_or_week(struct resolver *r, struct when *w, const struct phrase *p,
                            int32_t year)
{
    int32_t day = date_from_civil(year, (uint32_t)p->month, (uint32_t)p->day);

    if (p->unit == UNIT_WEEK) /* "the week of March 6" */
        put_week(r, w, day, false);
    else
        put_day(r, w, day, p);
}

static void resolve_absolute(struct resolver *r, const struct phrase *p,
                             enum direction direction, struct when *w)
{
    int32_t year = p->year;
    bool bc = bc_of(r, p);

    if (p->decade != FIELD_NONE) {
        put_span_of_years(r, w, p->decade, 10, bc);
        return;
    }
    if (p->century != FIELD_NONE) {
        put_span_of_years(r, w, p->century, 100, bc);
        return;
    }
    if (year == FIELD_NONE)
        year = missing_year(r, p, direction);
    if (year == FIELD_NONE || year < 1 || year > 9997)
        return;
    if (p->season.len > 0)
        put_season(r, w, year, bc, p->season);
    else if (bc)
        put_bc(r, w, p, year);
    else if (p->quarter != FIELD_NONE)
        resolve_quarter(r, w, p, year, direction);
    else if (p->half != FIELD_NONE) {
        w->value = format(r->arena, "%04d-H%d", year, p->half);
        set_month_days(w, year, p->half * 6 - 5, 6);
    } else if (p->month == FIELD_NONE)
        put_year(r, w, year, false);
    else if (p->day == FIELD_NONE)
        put_month(r, w, month_index(year, p->month));
    else if (date_valid(year, (uint32_t)p->month, (uint32_t)p->day))
        put_day_or_week(r, w, p, year);
}

/* ---- weekdays ---- */

static int32_t weekday_before(int32_t day, int32_t weekday) /* or that day */
{
    int32_t back = ((int32_t)date_weekday(day) - weekday + 7) % 7;

    return day - back;
}

static void resolve_weekday(struct resolver *r, const struct phrase *p,
                            enum direction direction, struct when *w)
{
    int32_t day = r->published.day;

    if (r->history) {
        if (r->narrative.day == DATE_NONE || r->narrative.unit > UNIT_DAY)
            return;
        day = weekday_before(r->narrative.day + 6, p->weekday);
    } else if (day == DATE_NONE) {
        return;
    } else if (direction == DIRECTION_FUTURE) {
        day = weekday_before(day + 6, p->weekday);
    } else {
        day = weekday_before(day, p->weekday);
    }
    put_day(r, w, day, p);
}

/* ---- offsets and shifts ---- */

static struct time_point anchor_of(const struct resolver *r, enum phrase_anchor anchor)
{
    if (r->history || (anchor == ANCHOR_NARRATIVE && r->narrative.year != FIELD_NONE))
        return r->narrative;
    return r->published;
}

static void offset_weekday(struct resolver *r, const struct phrase *p,
                           const struct time_point *a, enum direction direction,
                           struct when *w)
{
    int32_t day = a->day;

    if (day == DATE_NONE || a->unit > UNIT_DAY)
        return;
    if (p->count < 0)
        day = weekday_before(day - 1, p->weekday);
    else if (p->count > 0)
        day = weekday_before(day + 7, p->weekday);
    else if (direction == DIRECTION_PAST)
        day = weekday_before(day, p->weekday);
    else
        day = weekday_before(day + 6, p->weekday);
    put_day(r, w, day, p);
}

/* "last May" in July is this year's; "last September" in July last year's. */
static void offset_month(struct resolver *r, const struct phrase *p,
                         const struct time_point *a, struct when *w)
{
    int32_t year = a->year;

    if (a->month == FIELD_NONE)
        return;
    if (p->count < 0 && p->month >= a->month)
        year--;
    else if (p->count > 0 && p->month <= a->month)
        year++;
    put_month(r, w, month_index(year, p->month));
}

static void offset_season(struct resolver *r, const struct phrase *p,
                          const struct time_point *a, struct when *w)
{
    int32_t year = a->year, first = season_month(p->season);

    if (first == 12)
        first = 1; /* "last winter" is counted with the year it ends in */
    if (p->count < 0 && a->month != FIELD_NONE && first + 2 >= a->month)
        year--;
    else if (p->count > 0 && a->month != FIELD_NONE && first <= a->month)
        year++;
    put_season(r, w, year, a->before_christ, p->season);
}

static void offset_year(struct resolver *r, const struct phrase *p,
                        const struct time_point *a, struct when *w)
{
    int32_t step = a->before_christ ? -p->count : p->count;

    put_year(r, w, a->year + step, a->before_christ);
}

static void offset_span(struct resolver *r, const struct phrase *p,
                        const struct time_point *a, struct when *w)
{
    if (p->unit == UNIT_DECADE)
        put_span_of_years(r, w, a->year / 10 + p->count, 10, a->before_christ);
    else
        put_span_of_years(r, w, a->year / 100 + p->count, 100, a->before_christ);
}

/* "that day" under a month only, "the following week" under a year: what is known. */
static void put_unknown(struct resolver *r, struct when *w, const struct time_point *a,
                        const struct phrase *p)
{
    struct str part = p->part;

    w->type = part.len > 0 ? TIME_TIME : TIME_DATE;
    if (a->before_christ || a->month == FIELD_NONE)
        w->value = format(r->arena, part.len ? "%s%04d-XX-XXT%.*s" : "%s%04d-XX-XX%.*s",
                          a->before_christ ? "BC" : "", a->year, STR_ARG(part));
    else
        w->value = format(r->arena, part.len ? "%04d-%02d-XXT%.*s" : "%04d-%02d-XX%.*s",
                          a->year, a->month, STR_ARG(part));
}

static void offset_quarter(struct resolver *r, const struct phrase *p,
                           const struct time_point *a, struct when *w)
{
    int32_t index;

    if (p->count == 0 && p->anchor == ANCHOR_NARRATIVE && a->unit != UNIT_QUARTER) {
        index = r->published.quarter == FIELD_NONE
                    ? FIELD_NONE
                    : r->published.year * 4 + r->published.quarter - 2;
        if (index == FIELD_NONE)
            return;
    } else if (a->quarter == FIELD_NONE) {
        return;
    } else {
        index = a->year * 4 + a->quarter - 1 + p->count;
    }
    put_quarter(r, w, index / 4, index % 4 + 1);
}

static void resolve_offset(struct resolver *r, const struct phrase *p,
                           enum direction direction, struct when *w)
{
    struct time_point a = anchor_of(r, p->anchor);

    if (a.year == FIELD_NONE || (r->history && p->relative)) {
        if (p->relative && p->count == 0)
            w->value = STR("PRESENT_REF");
        return;
    }
    switch (p->unit) {
    case UNIT_YEAR: offset_year(r, p, &a, w); return;
    case UNIT_DECADE:
    case UNIT_CENTURY: offset_span(r, p, &a, w); return;
    case UNIT_SEASON: offset_season(r, p, &a, w); return;
    case UNIT_NAMED_MONTH: offset_month(r, p, &a, w); return;
    case UNIT_WEEKDAY: offset_weekday(r, p, &a, direction, w); return;
    case UNIT_QUARTER: offset_quarter(r, p, &a, w); return;
    case UNIT_MONTH:
        if (a.month != FIELD_NONE && !a.before_christ)
            put_month(r, w, month_index(a.year, a.month) + p->count);
        return;
    case UNIT_WEEK:
    case UNIT_WEEKEND:
        if (a.day != DATE_NONE && a.unit <= UNIT_WEEK) {
            int32_t weeks = p->count;

            /* on Monday "the weekend" is the one just over, on Friday the next one */
            if (p->unit == UNIT_WEEKEND && weeks == 0 && date_weekday(a.day) < 3 &&
                direction != DIRECTION_FUTURE)
                weeks = -1;
            put_week(r, w, a.day + 7 * weeks, p->unit == UNIT_WEEKEND);
        }
        return;
    case UNIT_DAY:
        if (a.day == DATE_NONE || a.unit > UNIT_DAY)
            put_unknown(r, w, &a, p);
        else
            put_day(r, w, a.day + p->count, p);
        return;
    case UNIT_NONE:
    case UNIT_SECOND:
    case UNIT_MINUTE:
    case UNIT_HOUR:
    case UNIT_NIGHT:
    case UNIT_FORTNIGHT:
    case UNIT_HALFYEAR:
    case UNIT_MILLENNIUM: return;
    }
}

static int32_t unit_months(enum time_unit unit)
{
    static const int32_t months[UNIT_NAMED_MONTH + 1] = {
        [UNIT_MONTH] = 1, [UNIT_QUARTER] = 3,  [UNIT_HALFYEAR] = 6,
        [UNIT_YEAR] = 12, [UNIT_DECADE] = 120, [UNIT_CENTURY] = 1200,
    };

    return months[unit];
}

static void shift_days(struct resolver *r, const struct phrase *p,
                       const struct time_point *a, struct when *w)
{
    int32_t days = p->count;

    if (a->day == DATE_NONE || a->unit > UNIT_DAY) {
        put_unknown(r, w, a, p);
        return;
    }
    if (p->unit == UNIT_WEEK || p->unit == UNIT_FORTNIGHT) {
        days *= p->unit == UNIT_WEEK ? 7 : 14;
        if (days > -3000 && days < 3000)
            put_week(r, w, a->day + days, false);
    } else if (p->unit == UNIT_DAY || p->unit == UNIT_NIGHT) {
        put_day(r, w, a->day + days, p);
    } else if (p->unit == UNIT_HOUR && a == &r->published) {
        put_day(r, w, a->day, p);
    } else {
        w->type = TIME_TIME;
    }
}

static void resolve_shift(struct resolver *r, const struct phrase *p, struct when *w)
{
    struct time_point a = anchor_of(r, p->anchor);
    int32_t months = unit_months(p->unit), index;

    if (p->vague) {
        w->value = p->anchor == ANCHOR_PUBLISHED && p->count > 0 ? STR("PAST_REF")
                   : p->count > 0                                ? STR("PAST_REF")
                                                                 : STR("FUTURE_REF");
        return;
    }
    if (a.year == FIELD_NONE || p->count > 100000 || p->count < -100000 ||
        (r->history && p->anchor == ANCHOR_PUBLISHED))
        return;
    if (months == 0) {
        shift_days(r, p, &a, w);
        return;
    }
    if (p->unit >= UNIT_YEAR && !p->count_half) {
        int32_t years = p->count * (months / 12);

        if (p->unit == UNIT_CENTURY)
            put_span_of_years(r, w, a.year / 100 + p->count, 100, false);
        else if (p->unit == UNIT_DECADE && (a.year + years) > 0)
            put_span_of_years(r, w, (a.year + years) / 10, 10, false);
        else
            put_year(r, w, a.year + (a.before_christ ? -years : years),
                     a.before_christ);
        return;
    }
    if (a.month == FIELD_NONE || a.before_christ)
        return;
    index = month_index(a.year, a.month) + p->count * months +
            (p->count_half ? (p->count < 0 ? -months / 2 : months / 2) : 0);
    if (index > 12 && index < 12 * 9998)
        put_month(r, w, index);
}

/* "a year ago" where a quarter or a month is compared is that one of the year before. */
static void resolve_ellipsis(struct resolver *r, const struct phrase *p, struct when *w)
{
    struct time_point a = r->narrative, kept = r->narrative;
    int32_t quarter = p->quarter > 0 ? p->quarter : told_quarter(r);

    if (p->quarter != FIELD_NONE && quarter != FIELD_NONE &&
        r->published.year != FIELD_NONE && !r->history) {
        int32_t year = a.unit == UNIT_QUARTER ? a.year : r->published.year;

        /* the quarter that was over last lies before the publication */
        if (a.unit != UNIT_QUARTER && quarter >= r->published.quarter)
            year--;
        put_quarter(r, w, year + p->count, quarter);
    } else if (a.unit == UNIT_QUARTER && !r->history) {
        put_quarter(r, w, a.year + p->count, a.quarter);
    } else if (a.unit == UNIT_DAY && a.day != DATE_NONE && !r->history &&
               p->anchor == ANCHOR_NARRATIVE && a.day != r->published.day) {
        struct phrase day = *p;

        put_day(r, w, add_months(a.day, 12 * p->count), &day);
    } else {
        struct phrase shift = *p;

        shift.kind = PHRASE_SHIFT;
        if (!r->history && r->published.year != FIELD_NONE)
            shift.anchor = ANCHOR_PUBLISHED;
        resolve_shift(r, &shift, w);
    }
    r->narrative = kept;
}

/* ---- durations, sets ---- */

static const char *unit_letters(enum time_unit unit)
{
    static const char *const letters[UNIT_NAMED_MONTH + 1] = {
        [UNIT_SECOND] = "TS", [UNIT_MINUTE] = "TM",   [UNIT_HOUR] = "TH",
        [UNIT_DAY] = "D",     [UNIT_NIGHT] = "D",     [UNIT_WEEKEND] = "WE",
        [UNIT_WEEK] = "W",    [UNIT_FORTNIGHT] = "W", [UNIT_MONTH] = "M",
        [UNIT_QUARTER] = "Q", [UNIT_HALFYEAR] = "M",  [UNIT_YEAR] = "Y",
        [UNIT_DECADE] = "DE", [UNIT_CENTURY] = "CE",  [UNIT_MILLENNIUM] = "ML",
    };

    return letters[unit] ? letters[unit] : "";
}

/* Two and a half years are P2Y6M, hours PT2H30M; half a century is P50Y. */
static struct str half_period(struct arena *arena, const struct phrase *p)
{
    int32_t n = p->count;

    if (p->unit == UNIT_YEAR)
        return n ? format(arena, "P%dY6M", n) : STR("P6M");
    if (p->unit == UNIT_HOUR)
        return n ? format(arena, "PT%dH30M", n) : STR("PT30M");
    if (p->unit == UNIT_MINUTE)
        return n ? format(arena, "PT%dM30S", n) : STR("PT30S");
    if (p->unit == UNIT_DAY && n == 0)
        return STR("PT12H");
    if (p->unit == UNIT_DECADE)
        return format(arena, "P%dY", n * 10 + 5);
    if (p->unit == UNIT_CENTURY)
        return format(arena, "P%dY", n * 100 + 50);
    return format(arena, "P%d.5%s", n, unit_letters(p->unit));
}

static struct str period(struct arena *arena, const struct phrase *p)
{
    const char *letters = unit_letters(p->unit);
    int32_t times = p->unit == UNIT_FORTNIGHT ? 2 : p->unit == UNIT_HALFYEAR ? 6 : 1;
    bool clock = letters[0] == 'T';

    if (p->vague)
        return format(arena, "P%sX%s", clock ? "T" : "", letters + clock);
    if (p->count_half)
        return half_period(arena, p);
    return format(arena, "P%s%d%s", clock ? "T" : "", p->count * times,
                  letters + clock);
}

static void resolve_set(struct resolver *r, const struct phrase *p, struct when *w)
{
    w->type = TIME_SET;
    if (p->fixed.len > 0)
        w->value = p->fixed;
    else if (p->weekday != FIELD_NONE)
        w->value =
            format(r->arena, p->part.len ? "XXXX-WXX-%dT%.*s" : "XXXX-WXX-%d%.*s",
                   p->weekday + 1, STR_ARG(p->part));
    else if (p->month != FIELD_NONE)
        w->value = format(r->arena, "XXXX-%02d", p->month);
    else if (p->season.len > 0)
        w->value = format(r->arena, "XXXX-%.*s", STR_ARG(p->season));
    else if (p->part.len > 0)
        w->value = format(r->arena, "XXXX-XX-XXT%.*s", STR_ARG(p->part));
    else if (p->unit == UNIT_WEEKEND)
        w->value = STR("XXXX-WXX-WE");
    else
        w->value = period(r->arena, p);
}

/* ---- holidays ---- */

/* "n11-4-3+1": the day after the fourth Thursday of November; "l5-0": the last Monday of
 * May; "e-2": two days before Easter; "v": the American election day; "12-25" */
static int32_t holiday_day(struct str rule, int32_t year)
{
    int32_t n[4] = { 0 }, sign = 1;
    size_t fields = 0;
    char kind = rule.len > 0 && ascii_is_letter(*rule.ptr) ? *rule.ptr : '\0';
    uint64_t value = 0;
    struct str rest = str_after(rule, kind != '\0');

    if (kind == 'e' && rest.len > 0 && *rest.ptr == '-') {
        sign = -1;
        rest = str_after(rest, 1);
    }
    for (size_t i = 0; i <= rest.len && fields < COUNT(n); i++) {
        if (i < rest.len && ascii_is_digit(rest.ptr[i])) {
            value = value * 10 + (uint64_t)(rest.ptr[i] - '0');
            continue;
        }
        n[fields++] = (int32_t)value;
        value = 0;
    }
    if (kind == 'e')
        return easter_day(year) + sign * n[0];
    if (kind == 'v')
        return weekday_before(date_from_civil(year, 11, 8), 1);
    if (n[0] < 1 || n[0] > 12)
        return DATE_NONE;
    if (kind == 'n')
        return weekday_before(date_from_civil(year, (uint32_t)n[0], 7), n[2]) +
               7 * (n[1] - 1) + n[3];
    if (kind == 'l')
        return weekday_before(date_from_civil(year, (uint32_t)n[0],
                                              date_month_days(year, (uint32_t)n[0])),
                              n[1]);
    return n[1] >= 1 && n[1] <= 31
               ? date_from_civil(year, (uint32_t)n[0], (uint32_t)n[1])
               : DATE_NONE;
}

static void resolve_holiday(struct resolver *r, const struct phrase *p,
                            enum direction direction, struct when *w)
{
    struct instant fixed;
    int32_t year = p->year, day;

    w->type = TIME_DATE;
    if (str_starts(p->fixed, STR("="))) {
        if (instant_from_iso(str_after(p->fixed, 1), &fixed))
            put_day(r, w, fixed.day, p);
        return;
    }
    if (year == FIELD_NONE)
        year = r->history ? r->narrative.year : r->published.year;
    if (p->fixed.len < 2 || year == FIELD_NONE || year < 2 || year > 9990)
        return;
    day = holiday_day(p->fixed, year);
    if (p->year == FIELD_NONE && !r->history && day != DATE_NONE) {
        int32_t ahead = day - r->published.day;

        if (p->strict && p->count < 0 && ahead >= 0)
            day = holiday_day(p->fixed, year - 1);
        else if (p->strict && p->count > 0 && ahead <= 0)
            day = holiday_day(p->fixed, year + 1);
        else if (!p->strict && direction == DIRECTION_PAST && ahead > 3)
            day = holiday_day(p->fixed, year - 1);
        else if (!p->strict &&
                 (direction == DIRECTION_FUTURE ? ahead < -7 : ahead < -250))
            day = holiday_day(p->fixed, year + 1);
        else if (!p->strict && direction == DIRECTION_NONE && ahead > 200)
            day = holiday_day(p->fixed, year - 1);
    }
    if (day != DATE_NONE)
        put_day(r, w, day, p);
}

/* "at 10:35": on the day told about */
static void resolve_clock(struct resolver *r, const struct phrase *p, struct when *w)
{
    struct time_point a = r->narrative.day != DATE_NONE && r->narrative.unit <= UNIT_DAY
                              ? r->narrative
                              : r->published;

    w->type = TIME_TIME;
    if (a.day != DATE_NONE && a.unit <= UNIT_DAY &&
        (!r->history || a.day != r->published.day))
        put_day(r, w, a.day, p);
    else if (p->minute >= 0 && p->minute < 24 * 60)
        w->value =
            format(r->arena, "XXXX-XX-XXT%02d:%02d", p->minute / 60, p->minute % 60);
}

/* Moves the story of a history to what was told now. */
static void follow(struct resolver *r)
{
    const struct time_point *n = &r->narrative;
    struct time_point *s = &r->story;

    if (n->month == FIELD_NONE && s->month != FIELD_NONE && !r->leads)
        return;
    if (n->month == FIELD_NONE && s->year == n->year)
        return;
    if (n->unit == UNIT_SEASON && s->month != FIELD_NONE && !r->leads)
        return;
    *s = *n;
}

void phrase_resolve(struct resolver *r, const struct phrase *p,
                    enum direction direction, struct when *w)
{
    w->type = p->part.len > 0 || p->minute != FIELD_NONE ? TIME_TIME : TIME_DATE;
    w->begin_day = w->end_day = DATE_NONE;
    switch (p->kind) {
    case PHRASE_ABSOLUTE: resolve_absolute(r, p, direction, w); break;
    case PHRASE_WEEKDAY: resolve_weekday(r, p, direction, w); break;
    case PHRASE_OFFSET: resolve_offset(r, p, direction, w); break;
    case PHRASE_SHIFT: resolve_shift(r, p, w); break;
    case PHRASE_DURATION:
        w->type = TIME_DURATION;
        w->value = period(r->arena, p);
        /* "nine months": what is compared next is no quarter */
        if (p->unit == UNIT_MONTH || p->unit == UNIT_YEAR)
            if (r->narrative.unit == UNIT_QUARTER)
                r->narrative.unit = UNIT_YEAR;
        break;
    case PHRASE_SET: resolve_set(r, p, w); break;
    case PHRASE_REF:
        w->value = p->fixed;
        if (str_starts(p->fixed, STR("PX"))) /* "for some time" */
            w->type = TIME_DURATION;
        break;
    case PHRASE_HOLIDAY: resolve_holiday(r, p, direction, w); break;
    case PHRASE_CLOCK: resolve_clock(r, p, w); break;
    case PHRASE_ELLIPSIS: resolve_ellipsis(r, p, w); break;
    }
    if (p->kind == PHRASE_ABSOLUTE || p->kind == PHRASE_OFFSET ||
        p->kind == PHRASE_SHIFT)
        follow(r);
}
