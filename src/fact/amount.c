#include "fact/amount.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "lex/lex.h"

#define WORDS 14   /* of the longest phrase: "somewhere between two hundred and …" */
#define FOLDED 256 /* bytes of those words in lower case */
#define DIGITS_MAX 15 /* keeps thousandths of it within 64 bits */
#define MILLI 1000    /* numbers are held in thousandths: "2.5 million" is whole */
#define MILLI_MAX (INT64_MAX / MILLI)

struct word {
    struct str text;   /* in lower case */
    size_t start, end; /* bytes of the phrase */
    char joint;        /* what stands before: ' ', '-', 0 nothing */
};

/* The words that s begins with; punctuation ends them. */
struct reader {
    struct str s;
    struct word word[WORDS];
    struct str text[WORDS]; /* word[i].text, for lex_longest */
    uint32_t count;
    char folded[FOLDED];
    size_t used;
};

static const struct str currencies[] = {
    STR_INIT("US$"), STR_INIT("A$"), STR_INIT("C$"),  STR_INIT("NZ$"), STR_INIT("HK$"),
    STR_INIT("S$"),  STR_INIT("R$"), STR_INIT("$US"), STR_INIT("$"),   STR_INIT("€"),
    STR_INIT("£"),   STR_INIT("¥"),  STR_INIT("₹"),   STR_INIT("₽"), STR_INIT("₩"),
    STR_INIT("₺"),   STR_INIT("₴"),  STR_INIT("₦"),   STR_INIT("₱"),   STR_INIT("Rs."),
    STR_INIT("Rs"),
};

size_t amount_currency(struct str s)
{
    if (s.len == 0 || (ascii_is_word(*s.ptr) && (unsigned char)*s.ptr < 0x80 &&
                       str_find_char(STR("UACNHSR"), *s.ptr) == STR_NPOS))
        return 0; /* most words, at the first byte */
    for (size_t i = 0; i < COUNT(currencies); i++)
        if (str_starts(s, currencies[i])) {
            size_t n = currencies[i].len;

            if (ascii_is_letter(currencies[i].ptr[n - 1]) && n < s.len &&
                ascii_is_letter(s.ptr[n])) /* "Rsa" is a word */
                continue;
            return n;
        }
    return 0;
}

bool amount_may_begin(struct str word)
{
    return (word.len > 0 && ascii_is_digit(*word.ptr)) ||
           lex_may_begin(&lex_amounts, word) || amount_currency(word) > 0;
}

/* A hyphen or dash at s[at] that joins words, its bytes; "-", "‐", "‑", "–". */
static size_t dash_at(struct str s, size_t at)
{
    struct str rest = str_after(s, at);

    if (rest.len > 0 && *rest.ptr == '-')
        return 1;
    if (str_starts(rest, STR("\xe2\x80\x90")) ||
        str_starts(rest, STR("\xe2\x80\x91")) || str_starts(rest, STR("\xe2\x80\x93")))
        return 3;
    return 0;
}

/* Blanks at s[at], U+00A0 among them. */
static size_t blank_at(struct str s, size_t at)
{
    struct str rest = str_after(s, at);

    if (rest.len > 0 && (*rest.ptr == ' ' || *rest.ptr == '\t'))
        return 1;
    if (rest.len > 0 && *rest.ptr == '\n' && !(rest.len > 1 && rest.ptr[1] == '\n'))
        return 1;
    return str_starts(rest, STR("\xc2\xa0")) || str_starts(rest, STR("\xc2\xad")) ? 2
                                                                                  : 0;
}

/* Whether s[i] goes on a word: a letter, a digit, a point or comma between digits. */
static bool in_word(struct str s, size_t i)
{
    unsigned char c = (unsigned char)s.ptr[i];

    if (c == '.' || c == ',')
        return i > 0 && ascii_is_digit(s.ptr[i - 1]) && i + 1 < s.len &&
               ascii_is_digit(s.ptr[i + 1]);
    if (c >= 0x80)
        return dash_at(s, i) == 0 && blank_at(s, i) == 0 &&
               !str_starts(str_after(s, i), STR("\xe2\x80"));
    return ascii_is_word(s.ptr[i]);
}

static bool take_word(struct reader *r, size_t *at, char joint)
{
    size_t end = *at;
    struct word *w = &r->word[r->count];

    while (end < r->s.len && in_word(r->s, end))
        end++;
    if (end == *at || r->used + (end - *at) > FOLDED)
        return false;
    w->text = (struct str){ r->folded + r->used, end - *at };
    for (size_t i = *at; i < end; i++)
        r->folded[r->used++] = ascii_lower(r->s.ptr[i]);
    w->start = *at;
    w->end = end;
    w->joint = joint;
    r->text[r->count++] = w->text;
    *at = end;
    return true;
}

/* A currency sign is stepped over: the number it belongs to follows. */
static void split_words(struct reader *r, struct str s)
{
    size_t at = 0, n;
    char joint = ' ';

    r->s = s;
    r->count = 0;
    r->used = 0;
    while (r->count < WORDS && at < s.len) {
        n = amount_currency(str_after(s, at));
        if (n > 0 && at + n < s.len &&
            (ascii_is_digit(s.ptr[at + n]) || blank_at(s, at + n)))
            at += n + (blank_at(s, at + n) ? 1 : 0);
        if (!take_word(r, &at, joint))
            break;
        joint = 0;
        if (at < s.len && (n = dash_at(s, at)) > 0) {
            at += n;
            joint = '-';
        } else {
            while (at < s.len && (n = blank_at(s, at)) > 0) {
                at += n;
                joint = ' ';
            }
        }
    }
}

/* The longest entry of one kind that begins at word i; hyphens count as blanks. */
static const struct lex_entry *entry_at(const struct reader *r, uint32_t i,
                                        const char *kind, uint32_t *used)
{
    const struct lex_entry *e;
    struct str want = str_from(kind);

    if (i >= r->count)
        return NULL;
    e = lex_longest(&lex_amounts, r->text + i, r->count - i, used);
    if (!e)
        return NULL;
    for (uint32_t k = 0; k <= e->same; k++)
        if (str_eq(e[k].field[LEX_AMOUNTS_KIND], want))
            return &e[k];
    return NULL;
}

static int64_t number_of(struct str s)
{
    uint64_t n = 0;

    (void)str_to_u64(s, &n);
    return (int64_t)n;
}

/* "k", "m", "bn" written to the digits: "1.5m", "10k".  0 when it is none. */
static int64_t suffix_scale(struct str s)
{
    static const struct {
        struct str text;
        int64_t scale;
    } scales[] = { { STR_INIT("k"), 1000 },
                   { STR_INIT("m"), 1000000 },
                   { STR_INIT("mn"), 1000000 },
                   { STR_INIT("mln"), 1000000 },
                   { STR_INIT("million"), 1000000 },
                   { STR_INIT("b"), 1000000000 },
                   { STR_INIT("bn"), 1000000000 },
                   { STR_INIT("bln"), 1000000000 },
                   { STR_INIT("billion"), 1000000000 } };

    if (s.len == 0)
        return 1;
    for (size_t i = 0; i < COUNT(scales); i++)
        if (str_eq(s, scales[i].text))
            return scales[i].scale;
    return 0;
}

/* A comma parts groups of three, or the Indian two: "3,000", "1,00,000". */
static bool comma_fits(struct str s, size_t at)
{
    size_t after = 0;

    while (at + 1 + after < s.len && ascii_is_digit(s.ptr[at + 1 + after]))
        after++;
    if (after == 3)
        return true;
    return after == 2 && at + 3 < s.len && s.ptr[at + 3] == ',';
}

/* "26", "3,000", "2.5" in thousandths; *len is what was used.  Not "1,26", "1.2.3". */
static bool take_digits(struct str s, int64_t *milli, size_t *len, bool *plain)
{
    int64_t n = 0, unit = MILLI;
    size_t i = 0, digits = 0;
    bool point = false;

    *plain = true;
    for (;
         i < s.len && (ascii_is_digit(s.ptr[i]) || s.ptr[i] == ',' || s.ptr[i] == '.');
         i++) {
        if (s.ptr[i] == '.') {
            if (point)
                return false;
            point = true;
            *plain = false;
        } else if (s.ptr[i] == ',') {
            if (point || !comma_fits(s, i))
                return false;
            *plain = false;
        } else if (point) {
            unit /= 10;
            n += unit * (s.ptr[i] - '0');
        } else {
            if (++digits > DIGITS_MAX)
                return false;
            n = n * 10 + (int64_t)(s.ptr[i] - '0') * MILLI;
        }
    }
    *milli = n;
    *len = i;
    return digits > 0;
}

static bool times(int64_t *milli, int64_t scale)
{
    return !__builtin_mul_overflow(*milli, scale, milli) && *milli <= MILLI_MAX * 1000;
}

struct number {
    int64_t milli;
    uint32_t first, words;
    bool plain; /* digits and nothing else */
    bool spelled;
};

/* Scales after a number: "2.5 million", "3 hundred thousand". */
static bool take_scales(const struct reader *r, uint32_t *i, int64_t *milli)
{
    const struct lex_entry *e;
    uint32_t used;
    bool found = false;

    while ((e = entry_at(r, *i, "scale", &used)) && r->word[*i].joint &&
           times(milli, number_of(e->field[LEX_AMOUNTS_VALUE]))) {
        *i += used;
        found = true;
    }
    return found;
}

static bool figure_at(const struct reader *r, uint32_t i, struct number *out)
{
    struct str w = r->word[i].text;
    uint32_t next = i + 1;
    int64_t scale;
    size_t len;

    if (!take_digits(w, &out->milli, &len, &out->plain))
        return false;
    scale = suffix_scale(str_after(w, len));
    if (scale == 0 || !times(&out->milli, scale))
        return false;
    out->plain = out->plain && scale == 1;
    if (take_scales(r, &next, &out->milli))
        out->plain = false;
    out->first = i;
    out->words = next - i;
    out->spelled = false;
    return true;
}

/* "a hundred", "a dozen": "a" counts one before a scale. */
static bool is_article(struct str w)
{
    return str_eq(w, STR("a")) || str_eq(w, STR("an"));
}

/* "two and a half million": steps over "and a half". */
static bool half_at(const struct reader *r, uint32_t *at)
{
    if (*at + 2 >= r->count || !str_eq(r->text[*at], STR("and")) ||
        !is_article(r->text[*at + 1]) || !str_eq(r->text[*at + 2], STR("half")))
        return false;
    *at += 3;
    return true;
}

/* "twenty-six", "two hundred and forty", "six", "a dozen"; sums below and above a scale. */
static bool spelled_at(const struct reader *r, uint32_t i, struct number *out)
{
    int64_t total = 0, group = 0, last = 0;
    const struct lex_entry *e;
    uint32_t at = i, used = 0;
    bool any = false, after_and = false;

    while (at < r->count) {
        if ((e = entry_at(r, at, "unit", &used)) ||
            (e = entry_at(r, at, "ten", &used))) {
            int64_t n = number_of(e->field[LEX_AMOUNTS_VALUE]);

            if (any && last < 100 && !(last >= 20 && last % 10 == 0 && n < 10 && n > 0))
                break; /* "six two-year terms" is six */
            group += n;
            last = n < 10 && last >= 20 && last < 100 ? n + last : n;
        } else if ((e = entry_at(r, at, "scale", &used)) &&
                   (any || (at > i && is_article(r->word[i].text)))) {
            int64_t n = number_of(e->field[LEX_AMOUNTS_VALUE]);

            group = (group ? group : 1);
            if (group > INT64_MAX / MILLI / n)
                return false;
            group *= n;
            if (n >= 1000) {
                total += group;
                group = 0;
            }
            last = n;
        } else if (at == i && is_article(r->word[at].text) &&
                   entry_at(r, at + 1, "scale", &used)) {
            at++;
            continue;
        } else if (any && last >= 100 && !after_and &&
                   str_eq(r->word[at].text, STR("and")) &&
                   (entry_at(r, at + 1, "unit", &used) ||
                    entry_at(r, at + 1, "ten", &used)) &&
                   !entry_at(r, at + 1 + used, "scale", &used)) {
            after_and = true;
            at++;
            continue;
        } else {
            break;
        }
        any = true;
        at += used;
    }
    if (!any || total + group > MILLI_MAX)
        return false;
    if (half_at(r, &at)) {
        *out = (struct number){ (total + group) * MILLI + MILLI / 2, i, at - i, false,
                                true };
        if (take_scales(r, &at, &out->milli))
            out->words = at - i;
        return true;
    }
    *out = (struct number){ (total + group) * MILLI, i, at - i, false, true };
    return true;
}

/* "half a million", "three quarters of a million": a part of a scale. */
static bool fraction_at(const struct reader *r, uint32_t i, struct number *out)
{
    uint32_t used, at;
    const struct lex_entry *e = entry_at(r, i, "part", &used);

    if (!e)
        return false;
    at = i + used;
    *out = (struct number){ .milli = number_of(e->field[LEX_AMOUNTS_VALUE]),
                            .first = i,
                            .spelled = true };
    if (!take_scales(r, &at, &out->milli))
        return false;
    out->words = at - i;
    return true;
}

static bool number_at(const struct reader *r, uint32_t i, struct number *out)
{
    if (i >= r->count)
        return false;
    if (fraction_at(r, i, out))
        return true;
    if (ascii_is_digit(*r->word[i].text.ptr))
        return figure_at(r, i, out);
    return spelled_at(r, i, out);
}

/* Ends in whole numbers around n thousandths. */
static int64_t floor_of(int64_t milli)
{
    return milli / MILLI;
}

static int64_t ceil_of(int64_t milli)
{
    return (milli + MILLI - 1) / MILLI;
}

/* What a hedge makes of a number; the table of the project's data. */
static bool widen(struct amount *a, struct str hedge, int64_t milli)
{
    int64_t low = floor_of(milli), high = ceil_of(milli);

    a->low = low;
    a->high = high;
    if (hedge.len == 0)
        return true;
    if (str_eq(hedge, STR(">="))) {
        a->high = AMOUNT_OPEN;
    } else if (str_eq(hedge, STR(">"))) {
        a->low = low + 1;
        a->high = AMOUNT_OPEN;
    } else if (str_eq(hedge, STR("<="))) {
        a->low = high > 0 ? 1 : 0;
    } else if (str_eq(hedge, STR("<"))) {
        if (high == 0)
            return false; /* "fewer than 0" counts nothing */
        a->low = 0;
        a->high = high - 1;
    } else if (str_eq(hedge, STR("~"))) {
        a->low = low - low / 10;
        a->high = high + high / 10;
    } else { /* "^": nearly */
        a->low = low - low / 10;
    }
    return true;
}

static struct str op_of(struct arena *arena, struct str hedge, int64_t milli)
{
    struct buf b = buf_new(arena, 64);

    buf_str(&b, hedge);
    buf_printf(&b, "%lld", (long long)(milli / MILLI));
    if (milli % MILLI) {
        int64_t rest = milli % MILLI;

        buf_char(&b, '.');
        for (int64_t unit = MILLI / 10; rest > 0; unit /= 10) {
            buf_char(&b, (char)('0' + rest / unit));
            rest %= unit;
        }
    }
    return buf_view(&b);
}

/* What may not follow a number: "26th" is read before, here "10:30", "2/3", "3.". */
static bool end_is_clean(struct str s, size_t end)
{
    if (end >= s.len)
        return true;
    if ((s.ptr[end] == ':' || s.ptr[end] == '/') && end + 1 < s.len)
        return !ascii_is_digit(s.ptr[end + 1]);
    return s.ptr[end] != '/' && s.ptr[end] != '\xc2';
}

/* Takes hedges off the front: "at least", "a total of", "another".  The strictest word
 * is the first that says something. */
static uint32_t take_hedges(const struct reader *r, struct amount *a, struct str *hedge)
{
    const struct lex_entry *e;
    uint32_t i = 0, used;

    *hedge = STR("");
    for (;;) {
        if ((e = entry_at(r, i, "hedge", &used))) {
            if (hedge->len == 0)
                *hedge = e->field[LEX_AMOUNTS_VALUE];
        } else if ((e = entry_at(r, i, "more", &used))) {
            a->more = true;
        } else {
            return i;
        }
        i += used;
    }
}

static bool word_is(const struct reader *r, uint32_t i, const char *text)
{
    return i < r->count && str_eq(r->word[i].text, str_from(text));
}

/* The second end of a range, after "to", "and", "or" or a dash, as the first end needs:
 * "20 to 30", "20-30", "between 20 and 30".  "2 to 3 million" scales both. */
static bool range_at(const struct reader *r, bool between, struct number *from,
                     struct number *to)
{
    uint32_t i = from->first + from->words;
    bool dash = i < r->count && r->word[i].joint == '-' &&
                (ascii_is_digit(*r->word[i].text.ptr) ? !from->spelled : from->spelled);

    if (!dash) {
        if (!word_is(r, i, "to") && !word_is(r, i, "or") &&
            !(between && word_is(r, i, "and")))
            return false;
        i++;
    }
    if (!number_at(r, i, to))
        return false;
    if (to->milli >= 1000000 * (int64_t)MILLI && from->milli < 1000 * (int64_t)MILLI &&
        from->words == 1) { /* "2 to 3 million" */
        int64_t scale = 1, n = to->milli;

        while (n >= 1000 * (int64_t)MILLI) {
            n /= 1000;
            scale *= 1000;
        }
        from->milli *= scale;
    }
    return to->milli > from->milli;
}

static bool range_read(struct arena *arena, const struct reader *r, uint32_t i,
                       struct str hedge, struct amount *a, uint32_t *end)
{
    bool between = word_is(r, i, "between") || word_is(r, i, "from");
    struct number from, to;
    struct buf b;

    if (!number_at(r, i + between, &from) || !range_at(r, between, &from, &to))
        return false;
    b = buf_new(arena, 64);
    buf_str(&b, op_of(arena, STR(""), from.milli));
    buf_char(&b, '-');
    buf_str(&b, op_of(arena, STR(""), to.milli));
    a->op = buf_view(&b);
    a->low = floor_of(from.milli);
    a->high = ceil_of(to.milli);
    if (str_eq(hedge, STR("~")))
        a->low -= a->low / 10, a->high += a->high / 10;
    a->decimal = from.milli % MILLI || to.milli % MILLI;
    a->spelled = from.spelled;
    a->num = r->word[from.first].start;
    *end = to.first + to.words;
    a->num_len = r->word[*end - 1].end - a->num;
    return true;
}

/* "dozens", "several", "no one"; "more than" before one moves its lower end only. */
static bool vague_read(const struct reader *r, uint32_t i, struct str hedge,
                       struct amount *a, uint32_t *end)
{
    uint32_t used;
    const struct lex_entry *e = entry_at(r, i, "vague", &used);

    if (!e)
        return false;
    a->op = e->field[LEX_AMOUNTS_VALUE];
    a->low = number_of(e->field[LEX_AMOUNTS_LOW]);
    a->high = e->field[LEX_AMOUNTS_HIGH].len ? number_of(e->field[LEX_AMOUNTS_HIGH])
                                             : AMOUNT_OPEN;
    if (str_eq(hedge, STR(">")) || str_eq(hedge, STR(">=")))
        a->high = AMOUNT_OPEN;
    a->vague = true;
    a->num = r->word[i].start;
    *end = i + used;
    a->num_len = r->word[*end - 1].end - a->num;
    return true;
}

/* "20 or more", "ten or so": the hedge stands behind. */
static uint32_t take_after(const struct reader *r, uint32_t i, struct str *hedge)
{
    uint32_t used;
    const struct lex_entry *e = entry_at(r, i, "after", &used);

    if (!e || hedge->len > 0)
        return 0;
    *hedge = e->field[LEX_AMOUNTS_VALUE];
    return used;
}

static bool number_read(struct arena *arena, const struct reader *r, uint32_t i,
                        struct str hedge, struct amount *a, uint32_t *end)
{
    struct number n;

    if (!number_at(r, i, &n) || !end_is_clean(r->s, r->word[i + n.words - 1].end))
        return false;
    *end = i + n.words;
    a->num = r->word[i].start;
    a->num_len = r->word[*end - 1].end - a->num;
    *end += take_after(r, *end, &hedge);
    if (!widen(a, hedge, n.milli))
        return false;
    a->op = op_of(arena, hedge, n.milli);
    a->decimal = n.milli % MILLI;
    a->spelled = n.spelled;
    a->bare = n.plain && hedge.len == 0 && !a->more;
    return true;
}

/* What hangs on the number by a hyphen: "10,000-strong", "26-year-old", "200-odd". */
static void read_tail(const struct reader *r, uint32_t *end, struct amount *a)
{
    if (*end >= r->count || r->word[*end].joint != '-')
        return;
    if (word_is(r, *end, "strong")) {
        a->strong = true;
        ++*end;
    } else if (word_is(r, *end, "odd") || word_is(r, *end, "plus")) {
        ++*end;
    } else {
        a->compound = true;
    }
}

size_t amount_read(struct arena *arena, struct str s, struct amount *out)
{
    struct amount a = { 0 };
    struct reader r;
    struct str hedge;
    uint32_t i, end;

    split_words(&r, s);
    if (r.count == 0)
        return 0;
    i = take_hedges(&r, &a, &hedge);
    if (!range_read(arena, &r, i, hedge, &a, &end) &&
        !vague_read(&r, i, hedge, &a, &end) &&
        !number_read(arena, &r, i, hedge, &a, &end))
        return 0;
    read_tail(&r, &end, &a);
    *out = a;
    return r.word[end - 1].end;
}

bool amount_agree(const struct amount *a, const struct amount *b)
{
    return a->low <= b->high && b->low <= a->high;
}
