#include <string.h>

#include "base/utf8.h"
#include "fact/when_int.h"

#define WORDS_MAX 6     /* of a key of times.tsv */
#define CENTURY_WORD 18 /* "eighteen ninety-six" may be a year */
#define BIT(class) ((uint64_t)1 << ITEM_##class)

static const struct str class_name[] = {
#define X(id, name) STR_INIT(name),
    ITEM_WORDS(X)
#undef X
};

/* Without one of these a sentence tells no time. */
static const uint64_t cores =
    BIT(MONTH) | BIT(MONTHABBR) | BIT(WEEKDAY) | BIT(WEEKDAYS) | BIT(DAYABBR) |
    BIT(UNIT) | BIT(UNITS) | BIT(SEASON) | BIT(PART) | BIT(CLOCKWORD) | BIT(NIGHTWORD) |
    BIT(TONIGHT) | BIT(DAYREL) | BIT(REF) | BIT(SET) | BIT(DECADEWORD) | BIT(HOLIDAY) |
    BIT(YEAREND) | BIT(DECADE) | BIT(ISO) | BIT(SLASH) | BIT(CLOCK) | BIT(QUOTEYEAR) |
    BIT(QUARTERCODE) | BIT(OCLOCK) | BIT(ERA) | BIT(AMPM);

static uint64_t mask_of(const struct lex_entry *e)
{
    uint64_t mask = 0;

    for (uint32_t k = 0; k <= e->same; k++)
        for (uint32_t c = 0; c < COUNT(class_name); c++)
            if (str_eq(e[k].field[LEX_TIMES_CLASS], class_name[c])) {
                mask |= (uint64_t)1 << c;
                break;
            }
    return mask;
}

struct str item_value(const struct item *item, enum item_class class)
{
    for (uint32_t k = 0; item->entry && k <= item->entry->same; k++)
        if (str_eq(item->entry[k].field[LEX_TIMES_CLASS], class_name[class]))
            return item->entry[k].field[LEX_TIMES_VALUE];
    return STR("");
}

int32_t item_number(const struct item *item, enum item_class class)
{
    struct str value = item_value(item, class);
    bool minus = str_starts(value, STR("-"));
    uint64_t n = 0;

    str_to_u64(str_after(value, minus), &n);
    return minus ? -(int32_t)n : (int32_t)n;
}

struct scan {
    struct str text;
    uint32_t at, end;
    struct item_buffer *buffer;
    struct arena *arena;
    struct items items;
};

static char peek(const struct scan *s, uint32_t ahead)
{
    return s->at + ahead < s->end ? s->text.ptr[s->at + ahead] : '\0';
}

static struct item *push(struct scan *s, uint32_t length)
{
    struct item_buffer *b = s->buffer;
    struct item *item;

    if (s->items.count == b->cap)
        b->item = arena_grow(s->arena, b->item, &b->cap, sizeof *b->item);
    item = &b->item[s->items.count++];
    *item = (struct item){
        .start = s->at,
        .end = s->at + length,
        .capital = ascii_is_upper(s->text.ptr[s->at]),
        .space_before = s->at > 0 && ascii_is_space(s->text.ptr[s->at - 1]),
    };
    s->at += length;
    return item;
}

/* Whether text[at..] is the curly apostrophe, three bytes. */
static bool curly(const struct scan *s, uint32_t ahead)
{
    return s->at + ahead + 3 <= s->end &&
           memcmp(s->text.ptr + s->at + ahead, "\xe2\x80\x99", 3) == 0;
}

/* "a.m." -> "am", "O’Clock" -> "o'clock"; long words give an empty one. */
static struct str lower_copy(struct scan *s, const struct item *item)
{
    struct item_buffer *b = s->buffer;
    char *to = b->low + b->low_len;
    size_t n = 0;

    if (item->end - item->start > ITEM_WORD_MAX ||
        b->low_len + ITEM_WORD_MAX > b->low_cap)
        return STR("");
    for (uint32_t i = item->start; i < item->end; i++) {
        char c = s->text.ptr[i];

        if (c == '.')
            continue;
        if (c == '\xe2' && i + 3 <= item->end &&
            memcmp(s->text.ptr + i, "\xe2\x80\x99", 3) == 0) {
            c = '\'';
            i += 2;
        }
        to[n++] = ascii_lower(c);
    }
    b->low_len += n;
    return (struct str){ to, n };
}

/* Length of a word at s->at: letters, inner apostrophes, the stops of "a.m." and "B.C." */
static uint32_t word_length(const struct scan *s)
{
    uint32_t n = 0;

    for (;; n++) {
        char c = peek(s, n);

        if (ascii_is_letter(c) || ((unsigned char)c >= 0x80 && !curly(s, n) &&
                                   !(c == '\xe2' && peek(s, n + 1) == '\x80')))
            continue;
        if (c == '\'' && n > 0 && ascii_is_letter(peek(s, n + 1)))
            continue;
        if (n > 0 && curly(s, n) && ascii_is_letter(peek(s, n + 3))) {
            n += 2;
            continue;
        }
        /* one letter, stop, one letter, stop */
        if (c == '.' && n % 2 == 1 && (n == 1 || peek(s, n - 2) == '.') &&
            (n > 1 || (ascii_is_letter(peek(s, 2)) && peek(s, 3) == '.')))
            continue;
        return n;
    }
}

/* "year's" is "year" and "'s" unless times.tsv knows it whole ("new year's"). */
static void scan_word(struct scan *s)
{
    uint32_t n = word_length(s);
    struct item *item = push(s, n ? n : 1);

    item->low = lower_copy(s, item);
    if (item->low.len > 0 && lex_may_begin(&lex_times, item->low)) {
        item->entry = lex_find(&lex_times, item->low);
        item->mask = item->entry ? mask_of(item->entry) : 0;
    }
    if (!item->entry && str_ends(item->low, STR("'s"))) {
        uint32_t tail = s->text.ptr[item->end - 2] == '\'' ? 2 : 4;

        item->end -= tail;
        item->low.len -= 2;
        item->entry = lex_find(&lex_times, item->low);
        item->mask = item->entry ? mask_of(item->entry) : 0;
        s->at = item->end;
        item = push(s, tail);
        item->mask = BIT(POSSESSIVE);
        item->low = STR("'s");
    }
}

static uint32_t digits_at(const struct scan *s, uint32_t ahead)
{
    uint32_t n = 0;

    while (ascii_is_digit(peek(s, ahead + n)))
        n++;
    return n;
}

static int32_t digits_value(const struct scan *s, uint32_t ahead, uint32_t n)
{
    uint64_t v = 0;

    if (n == 0 || n > 8 ||
        !str_to_u64((struct str){ s->text.ptr + s->at + ahead, n }, &v))
        return -1;
    return (int32_t)v;
}

/* "2022-01-07", with a time "2022-01-07T09:12"; "12/25/98", "7.1.2022" is not read. */
static bool scan_date(struct scan *s, uint32_t n)
{
    char sep = peek(s, n);
    uint32_t m, d, length;
    struct item *item;

    if (sep != '-' && sep != '/')
        return false;
    m = digits_at(s, n + 1);
    if (m == 0 || m > 2 || peek(s, n + 1 + m) != sep)
        return false;
    d = digits_at(s, n + 2 + m);
    length = n + 2 + m + d;
    if (sep == '-' && n == 4 && d == 2) {
        if (peek(s, length) == 'T' && digits_at(s, length + 1) == 2)
            while (ascii_is_digit(peek(s, length)) || peek(s, length) == ':' ||
                   peek(s, length) == 'T')
                length++;
        item = push(s, length);
        item->mask = BIT(ISO);
    } else if (sep == '/' && n <= 2 && (d == 2 || d == 4)) {
        item = push(s, length);
        item->mask = BIT(SLASH);
    } else {
        return false;
    }
    item->low = str_slice(s->text, item->start, item->end);
    return true;
}

/* "10:35", "10.35" stays a number; number: minutes of the day */
static bool scan_clock(struct scan *s, uint32_t n)
{
    uint32_t m = digits_at(s, n + 1), length = n + 3;
    int32_t hour = digits_value(s, 0, n), minute = digits_value(s, n + 1, m);
    struct item *item;

    if (peek(s, n) != ':' || m != 2 || n > 2 || hour > 24 || minute > 59)
        return false;
    if (peek(s, length) == ':' && digits_at(s, length + 1) == 2)
        length += 3;
    item = push(s, length);
    item->mask = BIT(CLOCK);
    item->number = hour * 60 + minute;
    return true;
}

/* "BC", "B.C." after white space */
static bool before_christ_at(const struct scan *s, uint32_t n)
{
    return peek(s, n) == ' ' && peek(s, n + 1) == 'B' &&
           (peek(s, n + 2) == 'C' || (peek(s, n + 2) == '.' && peek(s, n + 3) == 'C'));
}

/* "1990s", "1990's", "90s", "470s BC" */
static bool scan_decade(struct scan *s, uint32_t n)
{
    uint32_t tail = peek(s, n) == 's' ? 1 : peek(s, n) == '\'' ? 2 : 0;
    int32_t v = digits_value(s, 0, n);
    struct item *item;

    if (tail == 0 && curly(s, n))
        tail = 4;
    if (tail == 0 || peek(s, n + tail - 1) != 's' || ascii_is_word(peek(s, n + tail)) ||
        v % 10 != 0 ||
        !((n == 4 && v >= 1000 && v < 2100) || (n == 2 && v >= 10) ||
          (n == 3 && before_christ_at(s, n + tail))))
        return false;
    item = push(s, n + tail);
    item->mask = BIT(DECADE);
    item->number = n == 2 ? 190 + v / 10 : v / 10;
    return true;
}

/* Groups of three after commas, a decimal part: the length in all. */
static uint32_t number_length(const struct scan *s, uint32_t n, bool *point)
{
    while (n <= 12 && peek(s, n) == ',' && digits_at(s, n + 1) == 3)
        n += 4;
    *point = peek(s, n) == '.' && ascii_is_digit(peek(s, n + 1));
    return *point ? n + 1 + digits_at(s, n + 1) : n;
}

static bool ordinal_tail(const struct scan *s, uint32_t n)
{
    static const char *const tails[] = { "st", "nd", "rd", "th" };

    for (size_t i = 0; i < COUNT(tails); i++)
        if (ascii_lower(peek(s, n)) == tails[i][0] &&
            ascii_lower(peek(s, n + 1)) == tails[i][1])
            return !ascii_is_word(peek(s, n + 2));
    return false;
}

static void scan_number(struct scan *s)
{
    uint32_t n = digits_at(s, 0), length;
    int32_t v = digits_value(s, 0, n);
    struct item *item;
    bool point;

    if (scan_date(s, n) || scan_clock(s, n) || scan_decade(s, n))
        return;
    if (ordinal_tail(s, n)) {
        item = push(s, n + 2);
        item->mask = v > 0 ? BIT(ORDNUM) : 0;
        item->number = v;
        return;
    }
    length = number_length(s, n, &point);
    item = push(s, length);
    item->mask = v >= 0 ? BIT(NUMBER) : 0;
    item->number = v;
    if (length > n && !point) { /* "1,200" */
        struct str digits = str_slice(s->text, item->start, item->end), part;

        item->number = 0;
        while (str_split(&digits, ',', &part)) {
            uint64_t group = 0;

            str_to_u64(part, &group);
            item->number = item->number % 1000000 * 1000 + (int32_t)group;
        }
    }
    item->half = point && s->text.ptr[item->end - 1] == '5' && length == n + 2;
    if (point && !item->half)
        item->mask = 0;
    item->plain_year = length == n && n == 4 && v >= 1000 && v <= 2100;
    if (ascii_is_letter(peek(s, 0)) && item->mask) {
        char c = ascii_lower(peek(s, 0)), d = ascii_lower(peek(s, 1));

        /* "10am" is two words; "11bn" and "2882b" are none of ours */
        if (!((c == 'a' || c == 'p') && d == 'm'))
            item->mask = 0;
        item->plain_year = false;
    }
    if (item->start > 0 &&
        (s->text.ptr[item->start - 1] == '$' || s->text.ptr[item->start - 1] == '#' ||
         ascii_is_letter(s->text.ptr[item->start - 1])))
        item->mask = 0, item->plain_year = false;
    if (peek(s, 0) == '%')
        item->mask = 0, item->plain_year = false;
}

/* "'98", "’98", "'90s" */
static bool scan_quote_year(struct scan *s)
{
    uint32_t quote = peek(s, 0) == '\'' ? 1 : curly(s, 0) ? 3 : 0;
    bool decade = peek(s, quote + 2) == 's';
    struct item *item;
    int32_t v;

    if (quote == 0 && s->at + 3 <= s->end &&
        memcmp(s->text.ptr + s->at, "\xe2\x80\x98", 3) == 0)
        quote = 3;
    if (s->at > 0 && (s->text.ptr[s->at - 1] == '\'' || s->text.ptr[s->at - 1] == '`'))
        return false; /* "''60 Minutes''" */
    if (quote == 0 || digits_at(s, quote) != 2 ||
        ascii_is_word(peek(s, quote + 2 + decade)))
        return false;
    v = digits_value(s, quote, 2);
    item = push(s, quote + 2 + decade);
    item->mask = decade ? BIT(DECADE) : BIT(QUOTEYEAR);
    item->number = decade ? 190 + v / 10 : v;
    return true;
}

static void scan_mark(struct scan *s)
{
    char c = peek(s, 0);
    struct item *item;

    if (scan_quote_year(s))
        return;
    if (s->at + 3 <= s->end && (memcmp(s->text.ptr + s->at, "\xe2\x80\x93", 3) == 0 ||
                                memcmp(s->text.ptr + s->at, "\xe2\x80\x94", 3) == 0)) {
        item = push(s, 3);
        item->mask = BIT(HYPHEN);
    } else {
        uint32_t length = 1;

        while (!utf8_is_start(peek(s, length)) && s->at + length < s->end)
            length++;
        item = push(s, length);
        item->mask = c == ','   ? BIT(COMMA)
                     : c == '-' ? BIT(HYPHEN)
                     : c == '.' ? BIT(STOP)
                                : 0;
    }
}

/* The words from item i on, as times.tsv writes them: "year" and "'s" are "year's", as
 * they lie side by side in the copy.  item_of[n] is the item after word n. */
static uint32_t words_from(const struct items *items, uint32_t i, struct str *word,
                           uint32_t *item_after)
{
    uint32_t n = 0;

    while (n < WORDS_MAX && i < items->count && items->at[i].low.len > 0) {
        word[n] = items->at[i++].low;
        if (i < items->count && IS(&items->at[i], POSSESSIVE)) {
            word[n].len += 2;
            i++;
        }
        item_after[n++] = i;
    }
    return n;
}

/* "the latest period", "at that time" */
static bool told_of(const struct item *item)
{
    return str_in(item->low, "period|time");
}

/* Makes one item of the words of a longer key: "at least", "fiscal year". Standing
 * expressions ("the past") stay apart, as a longer phrase may hold their words. */
static void merge_words(struct items *items)
{
    uint32_t to = 0;

    for (uint32_t i = 0; i < items->count; to++) {
        struct str word[WORDS_MAX];
        uint32_t after[WORDS_MAX], used = 1;
        const struct lex_entry *e = NULL;
        struct item *item = &items->at[to];

        *item = items->at[i];
        if (item->low.len > 0 && (lex_may_begin(&lex_times, item->low)))
            e = lex_longest(&lex_times, word, words_from(items, i, word, after), &used);
        if (e && after[used - 1] > i + 1 && !(mask_of(e) & BIT(REF))) {
            item->mask = mask_of(e);
            item->entry = e;
            item->end = items->at[after[used - 1] - 1].end;
            i = after[used - 1];
        } else {
            if (e && used > 1)
                item->mask |= BIT(REF);
            i++;
        }
        if (item->mask & cores || item->plain_year || told_of(item) ||
            (IS(item, NUMWORD) && item_number(item, ITEM_NUMWORD) >= CENTURY_WORD))
            items->promising = true;
    }
    items->count = to;
}

/* "q3" */
static bool quarter_code(const struct scan *s)
{
    return ascii_lower(peek(s, 0)) == 'q' && peek(s, 1) >= '1' && peek(s, 1) <= '4' &&
           !ascii_is_word(peek(s, 2));
}

struct items items_read(struct arena *arena, struct item_buffer *buffer,
                        struct str text, uint32_t start, uint32_t end)
{
    struct scan s = {
        .text = text, .at = start, .end = end, .buffer = buffer, .arena = arena
    };

    if (buffer->low_cap < (size_t)(end - start) + ITEM_WORD_MAX) {
        buffer->low_cap = 2 * (size_t)(end - start) + 2 * ITEM_WORD_MAX;
        buffer->low = NEW(arena, char, buffer->low_cap);
    }
    buffer->low_len = 0;
    while (s.at < end) {
        char c = peek(&s, 0);

        if (ascii_is_space(c))
            s.at++;
        else if (ascii_is_digit(c))
            scan_number(&s);
        else if (quarter_code(&s)) {
            struct item *item = push(&s, 2);

            item->mask = BIT(QUARTERCODE);
            item->number = text.ptr[item->start + 1] - '0';
        } else if (ascii_is_letter(c))
            scan_word(&s);
        else
            scan_mark(&s);
    }
    s.items.at = buffer->item;
    merge_words(&s.items);
    return s.items;
}
