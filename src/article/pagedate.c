#include "article/pagedate.h"

#include "base/utf8.h"
#include "lex/lex.h"

#define FIRST_YEAR 1990
#define LAST_YEAR 2099
#define TOKENS 12 /* that a date and its time can have */

enum kind { NUMBER, WORD, MARK };

struct token {
    enum kind kind;
    uint32_t n;      /* of a NUMBER */
    uint32_t digits; /* of a NUMBER */
    uint32_t month;  /* of a WORD that names one, else 0 */
    char mark;       /* of a MARK: its byte, '\0' beyond ASCII */
    bool blank;      /* whether blanks stand before it */
    struct str text;
};

static uint32_t month_of(struct str word)
{
    char folded[40];
    size_t n = 0, len;
    const struct lex_entry *e;

    for (struct str s = word; s.len > 0; s = str_after(s, len)) {
        uint32_t c = utf8_decode(s, &len);

        if (n + 4 > sizeof folded)
            return 0;
        if (c < 0x80)
            folded[n++] = ascii_lower((char)c);
        else
            n += utf8_encode(utf8_lower(c), folded + n);
    }
    e = lex_find(&lex_page_months, (struct str){ folded, n });
    if (!e)
        return 0;
    len = e->field[LEX_PAGE_MONTHS_NUMBER].len;
    return len == 1 ? (uint32_t)(*e->field[LEX_PAGE_MONTHS_NUMBER].ptr - '0')
                    : 10 + (uint32_t)(e->field[LEX_PAGE_MONTHS_NUMBER].ptr[1] - '0');
}

/* The next token of *s; false at its end. */
static bool next_token(struct str *s, struct token *t)
{
    size_t n = 0;

    *t = (struct token){ .kind = MARK };
    while (s->len > 0 && (ascii_is_space(*s->ptr) || str_starts(*s, STR("\xc2\xa0")))) {
        *s = str_after(*s, ascii_is_space(*s->ptr) ? 1 : 2);
        t->blank = true;
    }
    if (s->len == 0)
        return false;
    if (ascii_is_digit(*s->ptr)) {
        t->kind = NUMBER;
        for (; n < s->len && ascii_is_digit(s->ptr[n]); n++)
            if (n < 9)
                t->n = t->n * 10 + (uint32_t)(s->ptr[n] - '0');
        t->digits = (uint32_t)n;
    } else if (ascii_is_word(*s->ptr)) {
        t->kind = WORD;
        while (n < s->len && ascii_is_word(s->ptr[n]) && !ascii_is_digit(s->ptr[n]) &&
               !str_starts(str_after(*s, n), STR("\xc2\xa0")))
            n++;
        n = n ? n : 1;
        t->month = month_of(str_slice(*s, 0, n));
    } else {
        t->mark = *s->ptr;
        n = 1;
    }
    t->text = str_slice(*s, 0, n);
    *s = str_after(*s, n);
    return true;
}

static bool set_day(struct instant *out, uint32_t year, uint32_t month, uint32_t day)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 ||
        !date_valid((int32_t)year, month, day))
        return false;
    *out = (struct instant){ .day = date_from_civil((int32_t)year, month, day),
                             .zone = ZONE_NONE,
                             .precision = INSTANT_DAY };
    return true;
}

static bool is_mark(const struct token *t, const char *marks)
{
    return t->kind == MARK && t->mark && strchr(marks, t->mark);
}

static bool is_filler(const struct token *t)
{
    if (is_mark(t, ",.-/"))
        return true;
    return t->kind == WORD && str_in_fold(t->text, "st|nd|rd|th|de|of|del|er");
}

/* Index of the next token from i that is no filler, at most two on. */
static uint32_t past_fillers(const struct token *t, uint32_t count, uint32_t i)
{
    uint32_t skipped = 0;

    while (i < count && skipped < 3 && is_filler(&t[i])) {
        i++;
        skipped++;
    }
    return i;
}

static bool is_year(const struct token *t)
{
    return t->kind == NUMBER && t->digits == 4 && t->n >= FIRST_YEAR &&
           t->n <= LAST_YEAR;
}

/* "19 Nov 2019", "19. November 2019", "19th of November, 2019". */
static uint32_t day_month_year(const struct token *t, uint32_t count,
                               struct instant *out)
{
    uint32_t m, y;

    if (t[0].kind != NUMBER || t[0].digits > 2)
        return 0;
    m = past_fillers(t, count, 1);
    if (m >= count || t[m].month == 0)
        return 0;
    y = past_fillers(t, count, m + 1);
    if (y >= count || !is_year(&t[y]) || !set_day(out, t[y].n, t[m].month, t[0].n))
        return 0;
    return y + 1;
}

/* "November 19, 2019", "Nov. 19th 2019". */
static uint32_t month_day_year(const struct token *t, uint32_t count,
                               struct instant *out)
{
    uint32_t d, y;

    if (t[0].month == 0)
        return 0;
    d = past_fillers(t, count, 1);
    if (d >= count || t[d].kind != NUMBER || t[d].digits > 2)
        return 0;
    y = past_fillers(t, count, d + 1);
    if (y >= count || !is_year(&t[y]) || !set_day(out, t[y].n, t[0].month, t[d].n))
        return 0;
    return y + 1;
}

/* "2019-11-19", "2019/11/19", "2019.11.19", "2019年11月19日". */
static uint32_t year_month_day(const struct token *t, uint32_t count,
                               struct instant *out)
{
    bool cjk;

    if (count < 5 || !is_year(&t[0]) || t[2].kind != NUMBER || t[4].kind != NUMBER)
        return 0;
    cjk = str_starts(t[1].text, STR("年"));
    if (!cjk && !(is_mark(&t[1], "-/.") && is_mark(&t[3], "-/.") && t[2].digits <= 2 &&
                  t[4].digits <= 2))
        return 0;
    return set_day(out, t[0].n, t[2].n, t[4].n) ? 5 : 0;
}

/* "19.11.2019", "11/19/2019". */
static uint32_t numbers(const struct token *t, uint32_t count, bool month_first,
                        struct instant *out)
{
    uint32_t a, b, year;

    if (count < 5 || t[0].kind != NUMBER || t[2].kind != NUMBER || t[0].digits > 2 ||
        t[2].digits > 2 || !is_mark(&t[1], "./-") || !is_mark(&t[3], "./-") ||
        t[1].mark != t[3].mark || t[1].blank || t[4].kind != NUMBER)
        return 0;
    a = t[0].n;
    b = t[2].n;
    year = t[4].n;
    if (t[4].digits == 2 && t[1].mark != '-' && t[0].digits == 2 && t[2].digits == 2)
        year += 2000;
    else if (!is_year(&t[4]))
        return 0;
    if (count > 6 && is_mark(&t[5], t[1].mark == '.' ? "." : "/-") && !t[6].blank &&
        t[6].kind == NUMBER) /* "3.4.2021.7": a version */
        return 0;
    if (a > 12 || (b <= 12 && (!month_first || t[1].mark == '.')))
        return set_day(out, year, b, a) ? 5 : 0;
    return set_day(out, year, a, b) ? 5 : 0;
}

/* ---- the time of day ---- */

static const struct zone {
    struct str name;
    int16_t minutes;
} zones[] = {
    { STR_INIT("Z"), 0 },      { STR_INIT("UTC"), 0 },    { STR_INIT("GMT"), 0 },
    { STR_INIT("BST"), 60 },   { STR_INIT("CET"), 60 },   { STR_INIT("CEST"), 120 },
    { STR_INIT("MEZ"), 60 },   { STR_INIT("MESZ"), 120 }, { STR_INIT("EET"), 120 },
    { STR_INIT("EEST"), 180 }, { STR_INIT("MSK"), 180 },  { STR_INIT("EST"), -300 },
    { STR_INIT("EDT"), -240 }, { STR_INIT("CST"), -360 }, { STR_INIT("CDT"), -300 },
    { STR_INIT("MST"), -420 }, { STR_INIT("MDT"), -360 }, { STR_INIT("PST"), -480 },
    { STR_INIT("PDT"), -420 }, { STR_INIT("IST"), 330 },  { STR_INIT("PKT"), 300 },
    { STR_INIT("WIB"), 420 },  { STR_INIT("SGT"), 480 },  { STR_INIT("HKT"), 480 },
    { STR_INIT("JST"), 540 },  { STR_INIT("KST"), 540 },  { STR_INIT("AEST"), 600 },
    { STR_INIT("AEDT"), 660 }, { STR_INIT("NZST"), 720 }, { STR_INIT("NZDT"), 780 },
};

/* Minutes of "+0530", "-06:00", "+2" from token i on; false when there is no such thing. */
static bool read_offset(const struct token *t, uint32_t count, uint32_t i, bool hours,
                        int *minutes)
{
    if (i + 1 >= count || !is_mark(&t[i], "+-") || t[i + 1].kind != NUMBER)
        return false;
    if (t[i + 1].digits == 4)
        *minutes = (int)(t[i + 1].n / 100 * 60 + t[i + 1].n % 100);
    else if (t[i + 1].digits <= 2 && i + 3 < count && is_mark(&t[i + 2], ":") &&
             t[i + 3].kind == NUMBER)
        *minutes = (int)(t[i + 1].n * 60 + t[i + 3].n);
    else if (hours && t[i + 1].digits <= 2)
        *minutes = (int)t[i + 1].n * 60;
    else
        return false;
    if (t[i].mark == '-')
        *minutes = -*minutes;
    return *minutes >= -14 * 60 && *minutes <= 14 * 60;
}

/* "Z", "GMT", "+0530", "-06:00", "(UTC+2)" from token i on. */
static void read_zone(const struct token *t, uint32_t count, uint32_t i,
                      struct instant *out)
{
    int minutes = 0;

    if (i < count && is_mark(&t[i], "("))
        i++;
    for (size_t k = 0; i < count && t[i].kind == WORD && k < COUNT(zones); k++)
        if (str_eq(t[i].text, zones[k].name)) {
            bool offset = k < 3 && read_offset(t, count, i + 1, true, &minutes);

            out->zone = offset ? (int16_t)minutes : zones[k].minutes;
            out->utc = k < 3 && minutes == 0;
            return;
        }
    if (!read_offset(t, count, i, false, &minutes))
        return;
    out->zone = (int16_t)minutes;
    out->utc = minutes == 0;
}

static bool word_is(const struct token *t, const char *a, const char *b)
{
    return t->kind == WORD &&
           (str_eq_fold(t->text, str_from(a)) || str_eq_fold(t->text, str_from(b)));
}

/* "10:31 pm CST", "T22:31:00.000Z", "at 10.31 p.m." from token i on. */
static void read_time(const struct token *t, uint32_t count, uint32_t i,
                      struct instant *out)
{
    uint32_t hour, minute, second = 0;

    for (uint32_t skipped = 0; i < count && t[i].kind != NUMBER; i++)
        if (++skipped > 3 || (t[i].kind == WORD && t[i].text.len > 3))
            return;
    if (i + 2 >= count || t[i].digits > 2 || t[i].n > 23 ||
        !is_mark(&t[i + 1], ":.h") || t[i + 1].blank || t[i + 2].kind != NUMBER ||
        t[i + 2].digits != 2 || t[i + 2].n > 59)
        return;
    hour = t[i].n;
    minute = t[i + 2].n;
    out->precision = INSTANT_MINUTE;
    i += 3;
    if (i + 1 < count && is_mark(&t[i], ":") && t[i + 1].kind == NUMBER &&
        t[i + 1].n < 60) {
        second = t[i + 1].n;
        out->precision = INSTANT_SECOND;
        i += 2;
        if (i + 1 < count && is_mark(&t[i], ".") && t[i + 1].kind == NUMBER)
            i += 2;
    }
    if (i < count && (word_is(&t[i], "pm", "p") || word_is(&t[i], "am", "a"))) {
        bool pm = ascii_lower(*t[i].text.ptr) == 'p';

        hour = hour % 12 + (pm ? 12 : 0);
        for (i++; i < count && (is_mark(&t[i], ".") || word_is(&t[i], "m", "m"));)
            i++;
    }
    out->second = (int32_t)(hour * 3600 + minute * 60 + second);
    read_zone(t, count, i, out);
}

/* A date that begins with token 0; the number of tokens used. */
static uint32_t date_at(const struct token *t, uint32_t count, bool month_first,
                        struct instant *out)
{
    uint32_t used = year_month_day(t, count, out);

    if (used == 0)
        used = day_month_year(t, count, out);
    if (used == 0)
        used = month_day_year(t, count, out);
    return used ? used : numbers(t, count, month_first, out);
}

bool pagedate_find(struct str text, bool month_first, struct instant *out)
{
    struct token t[TOKENS + 8];
    uint32_t count = 0, used;
    bool more = true;

    for (;;) {
        while (more && count < COUNT(t))
            if ((more = next_token(&text, &t[count])))
                count++;
        if (count == 0)
            return false;
        if ((t[0].kind == NUMBER || t[0].month > 0) &&
            (used = date_at(t, count, month_first, out)) > 0) {
            read_time(t, count, used, out);
            return true;
        }
        memmove(t, t + 1, (size_t)(--count) * sizeof *t);
    }
}

/* "20191119", "20191119T103100": eight digits at the start. */
static bool compact(struct str s, struct instant *out)
{
    uint64_t n;

    if (s.len < 8 || (s.len > 8 && ascii_is_digit(s.ptr[8]) && s.len != 14) ||
        !str_to_u64(str_slice(s, 0, 8), &n))
        return false;
    return set_day(out, (uint32_t)(n / 10000), (uint32_t)(n / 100 % 100),
                   (uint32_t)(n % 100));
}

static bool epoch(struct str s, struct instant *out)
{
    uint64_t n;

    if (!str_to_u64(s, &n) || (s.len != 10 && s.len != 13))
        return false;
    n = s.len == 13 ? n / 1000 : n;
    if (n > 4102444799u) /* the end of 2099 */
        return false;
    *out = (struct instant){ .day = (int32_t)(n / 86400),
                             .second = (int32_t)(n % 86400),
                             .zone = ZONE_UTC,
                             .utc = true,
                             .precision = INSTANT_SECOND };
    return date_to_civil(out->day).year >= FIRST_YEAR;
}

bool pagedate_read(struct str value, bool month_first, struct instant *out)
{
    struct str s = str_trim(value);
    struct instant found;

    if (s.len > 120)
        return false;
    if (instant_from_iso(s, &found) && found.precision >= INSTANT_DAY) {
        int32_t year = date_to_civil(found.day).year;

        if (year < FIRST_YEAR || year > LAST_YEAR)
            return false;
        *out = found;
        return true;
    }
    return pagedate_find(s, month_first, out) || epoch(s, out) || compact(s, out);
}

/* The number of exactly `digits` digits at s, or UINT32_MAX. */
static uint32_t digits_at(struct str s, size_t at, size_t digits)
{
    uint32_t n = 0;

    if (at + digits > s.len)
        return UINT32_MAX;
    for (size_t i = at; i < at + digits; i++) {
        if (!ascii_is_digit(s.ptr[i]))
            return UINT32_MAX;
        n = n * 10 + (uint32_t)(s.ptr[i] - '0');
    }
    return at + digits < s.len && ascii_is_digit(s.ptr[at + digits]) ? UINT32_MAX : n;
}

static bool url_month(struct str url, size_t i, struct str *rest, uint32_t *month)
{
    size_t n = 0;

    *rest = str_after(url, i);
    while (n < rest->len && ascii_is_letter(rest->ptr[n]))
        n++;
    if (n >= 3) {
        *month = month_of(str_slice(*rest, 0, n));
        *rest = str_after(*rest, n);
        return *month > 0;
    }
    for (n = 2; n > 0; n--)
        if ((*month = digits_at(*rest, 0, n)) != UINT32_MAX) {
            *rest = str_after(*rest, n);
            return *month >= 1 && *month <= 12;
        }
    return false;
}

static bool url_date_at(struct str url, size_t i, struct instant *out)
{
    uint32_t year = digits_at(url, i, 4), month, day = UINT32_MAX;
    struct str rest;
    char mark;

    if (year == UINT32_MAX || year < FIRST_YEAR || year > LAST_YEAR || i + 5 >= url.len)
        return false;
    mark = url.ptr[i + 4];
    if (!strchr("/-_.", mark) || !url_month(url, i + 5, &rest, &month))
        return false;
    if (rest.len > 1 && *rest.ptr == mark) {
        day = digits_at(rest, 1, 2);
        if (day == UINT32_MAX)
            day = digits_at(rest, 1, 1);
    }
    if (day != UINT32_MAX)
        return set_day(out, year, month, day);
    if (mark != '/' || !set_day(out, year, month, 1))
        return false;
    out->precision = INSTANT_MONTH;
    return true;
}

bool pagedate_in_url(struct str url, struct instant *out)
{
    struct instant month;
    bool found = false;

    for (size_t i = 0; i + 6 < url.len; i++) {
        if (!ascii_is_digit(url.ptr[i]) || (i > 0 && ascii_is_digit(url.ptr[i - 1])))
            continue;
        if (url_date_at(url, i, out)) {
            if (out->precision == INSTANT_DAY)
                return true;
            month = *out;
            found = true;
        }
        if (digits_at(url, i, 8) != UINT32_MAX &&
            compact(str_slice(url, i, i + 8), out))
            return true;
    }
    if (found)
        *out = month;
    return found;
}
