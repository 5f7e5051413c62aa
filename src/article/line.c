#include "article/line.h"

#include "base/utf8.h"
#include "lex/lex.h"
#include "lex/lex_index.h"

#define WORDS_MAX 64 /* of a line that may be furniture; longer ones are text */
#define FOLDED 600

/* The line in the form of the lexicon's keys: lower case, one blank between words, plain
 * apostrophes, without bullets before it and marks after it. */
struct folded {
    char bytes[FOLDED];
    size_t len;
    struct str word[WORDS_MAX];
    uint32_t words;
};

static bool is_lead(uint32_t c)
{
    return c == 0x2022 || c == 0xb7 || c == 0xbb || c == 0x203a || c == 0x25a1 ||
           c == 0x25cf || c == 0x25ba || c == 0x2192 || c == 0x25b6 || c == '>' ||
           c == '*' || c == '-' || c == 0x2013 || c == 0x2014 || c == '+' || c == '|' ||
           c == '#' || c == '=';
}

static void fold_char(struct folded *f, uint32_t c)
{
    char bytes[4];
    size_t n;

    if (c == 0x2019 || c == 0x2018)
        c = '\'';
    n = utf8_encode(c < 0x80 ? (uint32_t)(unsigned char)ascii_lower((char)c)
                             : utf8_lower(c),
                    bytes);
    memcpy(f->bytes + f->len, bytes, n);
    f->len += n;
}

static void split_words(struct folded *f)
{
    size_t start = 0;

    f->words = 0;
    for (size_t i = 0; i <= f->len && f->words < WORDS_MAX; i++)
        if (i == f->len || f->bytes[i] == ' ') {
            if (i > start)
                f->word[f->words++] = (struct str){ f->bytes + start, i - start };
            start = i + 1;
        }
}

/* False when the line is too long to be of a convention. */
static bool fold(struct folded *f, struct str line)
{
    size_t len;

    f->len = 0;
    if (line.len > FOLDED - 8)
        return false;
    for (; line.len > 0; line = str_after(line, len)) {
        uint32_t c = utf8_decode(line, &len);

        if (c > ' ' && c < 0x80 && f->len > 0) {
            f->bytes[f->len++] = ascii_lower((char)c);
        } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xa0) {
            if (f->len > 0 && f->bytes[f->len - 1] != ' ')
                f->bytes[f->len++] = ' ';
        } else if (f->len > 0 || !is_lead(c)) {
            fold_char(f, c);
        }
    }
    while (f->len > 0 && f->bytes[f->len - 1] == ' ')
        f->len--;
    split_words(f);
    return f->words < WORDS_MAX;
}

static struct str join(const struct folded *f, uint32_t from, uint32_t to)
{
    const char *start = f->word[from].ptr;
    const struct str *last = &f->word[to - 1];

    return (struct str){ start, (size_t)(last->ptr + last->len - start) };
}

static bool is_tail(char c)
{
    return c == ':' || c == '.' || c == '!' || c == '?' || c == '>' || c == '|' ||
           c == '-' || c == '/' || c == ' ';
}

/* "related stories:" -> "related stories": marks that a heading may end in. */
static struct str without_tail(struct str s)
{
    for (;;) {
        size_t before = s.len;

        while (s.len > 0 && is_tail(s.ptr[s.len - 1]))
            s.len--;
        if (s.len == 0 || (unsigned char)s.ptr[s.len - 1] < 0x80)
            return s;
        if (str_ends(s, STR("…")) || str_ends(s, STR("→")) || str_ends(s, STR("›")) ||
            str_ends(s, STR("»")) || str_ends(s, STR("▼")) || str_ends(s, STR("–")))
            s.len -= str_ends(s, STR("»")) ? 2 : 3;
        if (s.len == before)
            return s;
    }
}

/* "(ap photo/ann" -> "(ap photo" */
static struct str before_slash(struct str s)
{
    for (size_t i = s.len; i > 1 && s.ptr[i - 1] != ' '; i--)
        if (s.ptr[i - 1] == '/')
            return str_slice(s, 0, i - 1);
    return s;
}

static const struct lex_entry *entry_with(struct str key, const char *match)
{
    const struct lex_entry *e = lex_find(&lex_furniture, key);

    for (uint32_t left = e ? e->same : 0; e; e++, left--) {
        if (str_eq(e->field[LEX_FURNITURE_MATCH], str_from(match)))
            return e;
        if (left == 0)
            break;
    }
    return NULL;
}

static struct line_sense sense_of(const struct lex_entry *e, bool whole)
{
    struct str scope = e->field[LEX_FURNITURE_SCOPE];

    return (struct line_sense){
        .scope = str_eq(scope, STR("rest"))    ? LINE_REST
                 : str_eq(scope, STR("links")) ? LINE_LINKS
                                               : LINE_ALONE,
        .why = e->field[LEX_FURNITURE_WHY],
        .whole = whole,
    };
}

/* A beginning of one word needs a colon after it, or a line that is a link. */
static const struct lex_entry *beginning(const struct folded *f, bool links)
{
    const struct lex_entry *e;
    size_t colon;
    uint32_t most =
        f->words < lex_furniture.max_words ? f->words : lex_furniture.max_words;

    if (f->words == 0)
        return NULL;
    colon = str_find_char(f->word[0], ':'); /* "tags:2020" */
    if (colon != STR_NPOS && f->words <= 16 &&
        (e = entry_with(str_slice(f->word[0], 0, colon + 1), "start")))
        return e;
    if (!lex_may_begin(&lex_furniture, f->word[0]))
        most = 1; /* which may still lose its marks */
    for (uint32_t n = most; n > 0; n--) {
        uint32_t limit = links ? WORDS_MAX : n >= 3 ? 40 : 16;
        struct str all = join(f, 0, n), part = before_slash(all);

        e = entry_with(all, "start");
        if (!e && part.len < all.len)
            e = entry_with(part, "start");
        part = without_tail(all);
        if (!e && part.len < all.len)
            e = entry_with(part, "start");
        if (e && f->words <= limit)
            return e;
    }
    return NULL;
}

/* Whether words from..to begin a longer key: all of them but the last are told exactly. */
static bool goes_on(const struct folded *f, uint32_t from, uint32_t to)
{
    return lex_has_bit(lex_furniture.longer, str_hash(join(f, from, to)));
}

static const struct lex_entry *inside(const struct folded *f)
{
    for (uint32_t i = 0; i < f->words; i++) {
        if (!lex_may_begin(&lex_furniture, f->word[i]))
            continue;
        for (uint32_t n = 2; n <= lex_furniture.max_words && i + n <= f->words; n++) {
            const struct lex_entry *e =
                entry_with(without_tail(join(f, i, i + n)), "any");

            if (e)
                return e;
            if (!goes_on(f, i, i + n))
                break;
        }
    }
    return NULL;
}

static struct line_sense alone(struct str why)
{
    return (struct line_sense){ LINE_ALONE, why, false };
}

/* "5 min read", "12 comments", "3 shares". */
static bool counts_something(const struct folded *f)
{
    static const struct str nouns[] = {
        STR_INIT("min"),      STR_INIT("mins"),     STR_INIT("minute"),
        STR_INIT("minutes"),  STR_INIT("read"),     STR_INIT("reads"),
        STR_INIT("comment"),  STR_INIT("comments"), STR_INIT("share"),
        STR_INIT("shares"),   STR_INIT("views"),    STR_INIT("view"),
        STR_INIT("likes"),    STR_INIT("photos"),   STR_INIT("images"),
        STR_INIT("replies"),  STR_INIT("votes"),    STR_INIT("words"),
        STR_INIT("pictures"), STR_INIT("videos"),   STR_INIT("seconds"),
    };
    size_t i = 0;

    if (f->words < 2 || f->words > 3 || !ascii_is_digit(f->bytes[0]))
        return false;
    while (i < COUNT(nouns) && !str_eq(nouns[i], f->word[1]))
        i++;
    return i < COUNT(nouns) && (f->words == 2 || str_eq(f->word[2], STR("read")));
}

/* "The bridge at dusk. | © Bo Ek/Getty Images": a line that ends in whose picture it is. */
static bool ends_in_credit(const struct folded *f)
{
    static const struct str ends[] = {
        STR_INIT("getty images"),  STR_INIT("(getty)"),
        STR_INIT("image: getty)"), STR_INIT("/getty"),
        STR_INIT("shutterstock"),  STR_INIT("/afp)"),
        STR_INIT("/reuters)"),     STR_INIT("/ap photo)"),
        STR_INIT("/ap)"),          STR_INIT("/dpa"),
        STR_INIT("/keystone"),     STR_INIT("/imago"),
        STR_INIT("istockphoto"),   STR_INIT("stock.adobe.com"),
    };
    struct str all = join(f, 0, f->words);
    size_t sign = str_find(all, STR("© "));

    if (f->words < 3 || f->words > 45)
        return false;
    for (size_t i = 0; i < COUNT(ends); i++)
        if (str_ends(all, ends[i]))
            return true;
    return sign != STR_NPOS && sign > 0 && all.len - sign < 50 &&
           !str_ends(all, STR("."));
}

/* "Ann Lee contributed to this report.", "More great Tribune stories", "Contact reporter
 * Bo Ek at bek@post.example": an end that tells. */
static struct str by_ending(const struct folded *f)
{
    struct str all = without_tail(join(f, 0, f->words));

    if (f->words <= 30 && (str_ends(all, STR("contributed to this report")) ||
                           str_ends(all, STR("contributed to this article")) ||
                           str_ends(all, STR("contributed to this story")) ||
                           str_ends(all, STR("contributed reporting"))))
        return STR("byline");
    if (f->words <= 8 && str_starts(all, STR("more ")) &&
        (str_ends(all, STR(" stories")) || str_ends(all, STR(" news")) ||
         str_ends(all, STR(" articles")) || str_ends(all, STR(" coverage")) ||
         str_ends(all, STR(" headlines"))))
        return STR("related links");
    if (f->words <= 20 && str_find_char(all, '@') != STR_NPOS &&
        (str_starts(all, STR("contact ")) || str_starts(all, STR("email ")) ||
         str_starts(all, STR("reach ")) || str_starts(all, STR("write to "))))
        return STR("author box");
    return (struct str){ NULL, 0 };
}

struct line_sense line_read(struct str line, bool links)
{
    struct str end, all;
    struct folded f;
    const struct lex_entry *e;

    if (line_is_mark(line))
        return alone(STR("mark"));
    if (!fold(&f, line) || f.words == 0)
        return (struct line_sense){ LINE_NONE, { NULL, 0 }, false };
    all = join(&f, 0, f.words);
    end = without_tail(all);
    e = entry_with(end, "whole");
    if (!e && end.len < all.len)
        e = entry_with(all, "whole");
    if (e)
        return sense_of(e, true);
    if ((e = beginning(&f, links)) || (e = inside(&f)))
        return sense_of(e, false);
    if ((end = by_ending(&f)).len > 0)
        return (struct line_sense){ str_eq(end, STR("related links")) ? LINE_LINKS
                                                                      : LINE_ALONE,
                                    end, false };
    if (ends_in_credit(&f))
        return alone(STR("caption"));
    if (counts_something(&f))
        return alone(STR("page furniture"));
    if (line_is_date(line))
        return alone(STR("date line"));
    if (line_is_byline(line))
        return alone(STR("byline"));
    return (struct line_sense){ LINE_NONE, { NULL, 0 }, false };
}

static bool is_address(struct str s)
{
    return str_find_char(s, ' ') == STR_NPOS &&
           (str_starts_fold(s, STR("http://")) || str_starts_fold(s, STR("https://")) ||
            str_starts_fold(s, STR("www.")) || str_starts(s, STR("@")) ||
            (str_find_char(s, '@') != STR_NPOS && str_find_char(s, '.') != STR_NPOS));
}

bool line_is_mark(struct str line)
{
    size_t len;
    struct str s = str_trim(line);

    if (is_address(s))
        return true;
    if (s.len >= 2 && s.len < 80 && s.ptr[0] == '[' &&
        str_find_char(s, ']') == s.len - 1 && str_find_char(s, ' ') == STR_NPOS)
        return true;
    for (; s.len > 0; s = str_after(s, len)) {
        uint32_t c = utf8_decode(s, &len);

        if (utf8_is_letter(c) || (c < 0x80 && ascii_is_digit((char)c)))
            return false;
    }
    return true;
}

static bool is_capital(struct str word)
{
    size_t len;

    return word.len > 0 && utf8_is_upper(utf8_decode(word, &len));
}

bool line_is_byline(struct str line)
{
    static const struct str by[] = {
        STR_INIT("By "),  STR_INIT("BY "),  STR_INIT("by "),   STR_INIT("Von "),
        STR_INIT("von "), STR_INIT("VON "), STR_INIT("Par "),  STR_INIT("Por "),
        STR_INIT("POR "), STR_INIT("Di "),  STR_INIT("Door "), STR_INIT("Av "),
        STR_INIT("Af "),
    };
    struct str rest = { NULL, 0 }, word;
    uint32_t words = 0, capitals = 0;

    line = str_trim(line);
    for (size_t i = 0; i < COUNT(by); i++)
        if (str_starts(line, by[i]))
            rest = str_after(line, by[i].len);
    if (rest.len == 0 || rest.len > 160)
        return false;
    while (str_split(&rest, ' ', &word)) {
        words++;
        capitals += is_capital(word) || str_eq(word, STR("and")) || word.len <= 2;
    }
    return words <= 16 && capitals * 3 >= words * 2 && line.ptr[line.len - 1] != '.';
}

/* Words that stand in date lines beside the numbers. */
static bool is_date_word(struct str w)
{
    static const struct str words[] = {
        STR_INIT("jan"), STR_INIT("feb"),  STR_INIT("mar"),  STR_INIT("apr"),
        STR_INIT("may"), STR_INIT("jun"),  STR_INIT("jul"),  STR_INIT("aug"),
        STR_INIT("sep"), STR_INIT("oct"),  STR_INIT("nov"),  STR_INIT("dec"),
        STR_INIT("mon"), STR_INIT("tue"),  STR_INIT("wed"),  STR_INIT("thu"),
        STR_INIT("fri"), STR_INIT("sat"),  STR_INIT("sun"),  STR_INIT("mai"),
        STR_INIT("okt"), STR_INIT("dez"),  STR_INIT("mär"),  STR_INIT("fév"),
        STR_INIT("avr"), STR_INIT("juin"), STR_INIT("août"), STR_INIT("déc"),
        STR_INIT("ene"), STR_INIT("abr"),  STR_INIT("ago"),  STR_INIT("dic"),
        STR_INIT("mag"), STR_INIT("giu"),  STR_INIT("lug"),  STR_INIT("set"),
        STR_INIT("ott"), STR_INIT("gen"),  STR_INIT("mrt"),  STR_INIT("mei"),
        STR_INIT("lun"),
    };

    for (size_t i = 0; i < COUNT(words); i++)
        if (str_starts(w, words[i]) && w.len <= words[i].len + 7)
            return true;
    return false;
}

static bool is_date_filler(struct str w)
{
    return str_eq(w, STR("|")) ||
           str_in(w, "am|pm|a.m|p.m|at|on|est|edt|et|gmt|utc|ist|cst|pst|pdt|cet|"
                     "bst|uhr|de|of|the|updated|published|posted|modified|last|ago|"
                     "hours|hour|minutes|minute|days|day|min|mins|hrs|hr|weeks|week|"
                     "months|years|date|time|read|pkt|wib|aest|aedt|cdt|-|–|•|·|h|à|"
                     "le|um|vor|stunden|den|first");
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (ascii_is_digit(s.ptr[i]))
            return true;
    return false;
}

bool line_is_date(struct str line)
{
    struct folded f;
    uint32_t digits = 0, names = 0;

    if (line.len > 90 || !has_digit(line) || !fold(&f, line) || f.words == 0 ||
        f.words > 14)
        return false;
    for (uint32_t i = 0; i < f.words; i++) {
        struct str w = f.word[i];

        while (w.len > 1 && strchr(",.:;|()", w.ptr[w.len - 1]))
            w.len--;
        while (w.len > 1 && strchr("(|", *w.ptr))
            w = str_after(w, 1);
        if (ascii_is_digit(*w.ptr))
            digits++;
        else if (is_date_word(w))
            names++;
        else if (!is_date_filler(w))
            return false;
    }
    return digits > 0 &&
           (names > 0 || digits + 1 < f.words || str_find_char(line, ':') != STR_NPOS ||
            str_find_char(line, '/') != STR_NPOS ||
            str_find_char(line, '-') != STR_NPOS);
}
