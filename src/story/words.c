#include "story/words.h"

#include "base/utf8.h"

#define FOLDED_MAX 40 /* letters of a word that count; German compounds are shorter */

struct folded {
    char at[FOLDED_MAX + 4];
    size_t len;
    bool number, cased;
};

/* U+00C0 … U+017F without their accents, one letter each; '-' is no letter. */
static const char plain_latin[] =
    "AAAAAAACEEEEIIIIDNOOOOO-OUUUUYTsaaaaaaaceeeeiiiidnooooo-ouuuuytyAaAaAaCcCcCcCcDdDd"
    "EeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSs"
    "TtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

static uint32_t plain(uint32_t c)
{
    if (c >= 0xc0 && c < 0xc0 + sizeof plain_latin - 1)
        return (uint32_t)(unsigned char)ascii_lower(plain_latin[c - 0xc0]);
    return utf8_lower(c);
}

static void fold_code(struct folded *f, uint32_t c)
{
    if (f->len < FOLDED_MAX)
        f->len += utf8_encode(plain(c), f->at + f->len);
}

static bool ends(const struct folded *f, const char *with, size_t len)
{
    return f->len > len && memcmp(f->at + f->len - len, with, len) == 0;
}
#define ENDS(f, literal) ends(f, literal, sizeof(literal) - 1)

/* "protesters" -> "protester", "agencies" -> "agency"; not "crisis", "loss". */
static void strip_plural(struct folded *f)
{
    if (f->len > 4 && ENDS(f, "ies")) {
        f->len -= 2;
        f->at[f->len - 1] = 'y';
    } else if (f->len > 3 && ENDS(f, "s") && !ENDS(f, "ss") && !ENDS(f, "us") &&
               !ENDS(f, "is")) {
        f->len--;
    }
}

/* "seized", "seizing", "seize" -> "seiz"; "stopped" -> "stop". */
static void strip_verb(struct folded *f)
{
    size_t len = f->len;

    if (len > 4 && ENDS(f, "ed"))
        f->len -= 2;
    else if (len > 5 && ENDS(f, "ing"))
        f->len -= 3;
    else if (len > 4 && ENDS(f, "e"))
        f->len--;
    if (f->len < len && f->len > 3 && f->at[f->len - 1] == f->at[f->len - 2] &&
        f->at[f->len - 1] != 's' && f->at[f->len - 1] != 'l')
        f->len--;
}

/* British to American: "colour", "organis", "metr". */
static void americanise(struct folded *f)
{
    if (f->len > 5 && ENDS(f, "our")) {
        f->len--;
        f->at[f->len - 1] = 'r';
    } else if (f->len > 5 && ENDS(f, "is")) {
        f->at[f->len - 1] = 'z';
    } else if (f->len > 3 && ENDS(f, "tr")) {
        f->at[f->len - 1] = 'e';
        f->at[f->len++] = 'r';
    }
    for (size_t i = 2; f->len > 7 && i + 4 < f->len; i++)
        if (memcmp(f->at + i, "isat", 4) == 0)
            f->at[i + 1] = 'z';
}

static const struct str units[] = {
    STR_INIT("zero"),     STR_INIT("one"),      STR_INIT("two"),
    STR_INIT("three"),    STR_INIT("four"),     STR_INIT("five"),
    STR_INIT("six"),      STR_INIT("seven"),    STR_INIT("eight"),
    STR_INIT("nine"),     STR_INIT("ten"),      STR_INIT("eleven"),
    STR_INIT("twelve"),   STR_INIT("thirteen"), STR_INIT("fourteen"),
    STR_INIT("fifteen"),  STR_INIT("sixteen"),  STR_INIT("seventeen"),
    STR_INIT("eighteen"), STR_INIT("nineteen"),
};
static const struct str tens[] = {
    STR_INIT("twenty"), STR_INIT("thirty"),  STR_INIT("forty"),  STR_INIT("fifty"),
    STR_INIT("sixty"),  STR_INIT("seventy"), STR_INIT("eighty"), STR_INIT("ninety"),
};

static bool is(const struct folded *f, struct str word)
{
    return f->len == word.len && f->at[1] == word.ptr[1] &&
           memcmp(f->at, word.ptr, f->len) == 0;
}

/* The count that a number word names, or -1. */
static int number_word(const struct folded *f)
{
    static const bool first['z' - 'a' + 1] = {
        ['e' - 'a'] = true, ['f' - 'a'] = true, ['n' - 'a'] = true, ['o' - 'a'] = true,
        ['s' - 'a'] = true, ['t' - 'a'] = true, ['z' - 'a'] = true,
    };

    if (f->len < 3 || f->len > 9 || !ascii_is_lower(f->at[0]) || !first[f->at[0] - 'a'])
        return -1;
    for (size_t i = 0; i < COUNT(units); i++)
        if (is(f, units[i]))
            return (int)i;
    for (size_t i = 0; i < COUNT(tens); i++)
        if (is(f, tens[i]))
            return 20 + 10 * (int)i;
    return -1;
}

static uint32_t key_of(const char *at, size_t len)
{
    uint64_t h = str_hash((struct str){ at, len });

    return (uint32_t)(h ^ h >> 32);
}

static uint32_t number_key(int n)
{
    char digits[12];
    int len = snprintf(digits, sizeof digits, "%d", n);

    return key_of(digits, (size_t)len);
}

static uint32_t folded_key(struct folded *f, int *number)
{
    bool ascii = true;

    *number = f->number ? -1 : number_word(f);
    if (*number >= 0)
        return number_key(*number);
    for (size_t i = 0; i < f->len; i++)
        ascii &= (unsigned char)f->at[i] < 0x80;
    if (ascii && !f->number) {
        strip_plural(f);
        strip_verb(f);
        americanise(f);
    }
    return key_of(f->at, f->len);
}

uint32_t word_pair_key(uint32_t a, uint32_t b)
{
    uint64_t h = ((uint64_t)a << 32 | b) * 0x9e3779b97f4a7c15u;

    h ^= h >> 29;
    h *= 0xbf58476d1ce4e5b9u;
    return (uint32_t)(h >> 32);
}

/* Where the reading stands. */
struct scan {
    struct str text;
    size_t at;
    bool opens, paragraph; /* a sentence or paragraph begins with the next word */
    struct str last;       /* the word before, for "Mr." */
    int tens; /* 20 … 90 when the word before was "twenty" …, else -1 */
};

/* The code point at s->at, and its length in bytes. */
static uint32_t code_at(const struct scan *s, size_t *len)
{
    char c = s->text.ptr[s->at];

    *len = 1;
    return (unsigned char)c < 0x80 ? (uint32_t)c
                                   : utf8_decode(str_after(s->text, s->at), len);
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

static bool is_cjk(uint32_t c)
{
    return c >= 0x3040 && c < 0xa000;
}

static bool is_word_code(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_letter((char)c) || ascii_is_digit((char)c);
    return utf8_is_letter(c) || (c >= 0x300 && c < 0x370) || (c >= 0x64b && c < 0x660);
}

/* Abbreviations after which a point ends no sentence: titles, and single letters. */
static bool abbreviates(struct str word)
{
    return (word.len == 1 && ascii_is_upper(*word.ptr)) ||
           str_in_fold(word,
                       "mr|mrs|ms|dr|st|gen|col|lt|sgt|sen|rep|gov|capt|maj|det|prof|"
                       "rev|jr|sr|no|cpl|pvt|hon|messrs");
}

/* One character between words. */
static void pass(struct scan *s, uint32_t c, size_t len)
{
    if (c == '\n')
        s->opens = s->paragraph = true;
    else if (c == '!' || c == '?' || c == 0x3002 || (c == '.' && !abbreviates(s->last)))
        s->opens = true;
    if (c != '-')
        s->tens = -1;
    s->at += len;
}

/* Whether the point or comma at s->at stands between digits. */
static bool inside_number(const struct scan *s, const struct folded *f)
{
    return f->number && f->len > 0 && s->at + 1 < s->text.len &&
           ascii_is_digit(s->text.ptr[s->at + 1]);
}

/* What an apostrophe does: "don’t" goes on, "Kazakhstan’s" ends. */
static bool past_apostrophe(struct scan *s, size_t len)
{
    size_t next = s->at + len;
    uint32_t c;

    if (next >= s->text.len || !ascii_is_letter(s->text.ptr[next]))
        return false;
    c = (unsigned char)s->text.ptr[next];
    if ((c == 's' || c == 'S') &&
        (next + 1 >= s->text.len || !ascii_is_word(s->text.ptr[next + 1]))) {
        s->at = next + 1;
        return false;
    }
    s->at = next;
    return true;
}

/* Takes the letters and digits of ASCII at s->at: nearly all of most words. */
static void take_ascii(struct scan *s, struct folded *f)
{
    const char *at = s->text.ptr + s->at, *end = s->text.ptr + s->text.len;

    if (f->len == 0 && at < end)
        f->number |= ascii_is_digit(*at);
    for (; at < end && (ascii_is_letter(*at) || ascii_is_digit(*at)); at++)
        if (f->len < FOLDED_MAX)
            f->at[f->len++] = ascii_lower(*at);
    s->at = (size_t)(at - s->text.ptr);
}

/* Takes the word at s->at. */
static void take(struct scan *s, struct folded *f)
{
    bool cjk = false;

    while (take_ascii(s, f), s->at < s->text.len && !cjk) {
        size_t len;
        uint32_t c = code_at(s, &len);

        if (is_word_code(c)) {
            f->number |= f->len == 0 && c < 0x80 && ascii_is_digit((char)c);
            fold_code(f, c);
            cjk = is_cjk(c);
            s->at += len;
        } else if (is_apostrophe(c) && past_apostrophe(s, len)) {
            continue;
        } else if ((c == ',' || c == '.') && inside_number(s, f)) {
            if (c == '.')
                fold_code(f, c);
            s->at++;
        } else {
            break;
        }
    }
}

static bool is_capital(struct str s)
{
    size_t len;

    return utf8_is_upper(utf8_decode(s, &len));
}

/* "twenty" "six" with a hyphen between them is one word, 26. */
static bool joins_tens(const struct scan *s, int number, const struct words *w)
{
    return s->tens >= 20 && number > 0 && number < 10 && w->count > 0;
}

static void add(struct arena *arena, struct scan *s, size_t start, struct words *out,
                uint32_t *cap)
{
    struct folded f = { .len = 0 };
    struct word *w;
    int number;
    uint32_t key;
    size_t end;

    take(s, &f);
    end = s->at;
    key = folded_key(&f, &number);
    if (joins_tens(s, number, out)) {
        w = &out->at[out->count - 1];
        w->key = number_key(s->tens + number);
        w->len = (uint16_t)(end - w->start);
        s->tens = -1;
        return;
    }
    if (out->count == *cap)
        out->at = arena_grow(arena, out->at, cap, sizeof *out->at);
    w = &out->at[out->count++];
    *w = (struct word){ .key = key,
                        .start = (uint32_t)start,
                        .len = (uint16_t)(end - start < UINT16_MAX ? end - start
                                                                   : UINT16_MAX),
                        .letters = (uint8_t)f.len };
    s->last = str_slice(s->text, start, end);
    if (f.number || number >= 0)
        w->flags |= WORD_NUMBER;
    if (is_capital(s->last))
        w->flags |= s->opens ? WORD_CAPITAL : WORD_CAPITAL | WORD_NAME;
    w->flags |=
        (uint8_t)((s->opens ? WORD_OPENS : 0) | (s->paragraph ? WORD_PARAGRAPH : 0));
    s->opens = s->paragraph = false;
    s->tens = number >= 20 ? number : -1;
}

struct words words_from_text(struct arena *arena, struct str text)
{
    struct scan s = { .text = text, .opens = true, .paragraph = true, .tens = -1 };
    struct words out = { .at = NULL };
    uint32_t cap = (uint32_t)(text.len / 5 + 16);

    out.at = NEW(arena, struct word, cap);
    while (s.at < text.len) {
        size_t len;
        uint32_t c = code_at(&s, &len);

        if (is_word_code(c))
            add(arena, &s, s.at, &out, &cap);
        else
            pass(&s, c, len);
    }
    return out;
}

uint32_t word_key(struct str word)
{
    struct scan s = { .text = word, .tens = -1 };
    struct folded f = { .len = 0 };
    int number;

    take(&s, &f);
    return folded_key(&f, &number);
}
