#include "text/token.h"

#include <string.h>

#include "base/utf8.h"
#include "lex/lex.h"
#include "text/sentence.h"

enum kind { LETTER = 1, DIGIT = 2, BLANK = 4, HIGH = 8, MARK = 16 };

/* What each byte is; HIGH: part of a character beyond ASCII. */
static inline enum kind kind_of(char c)
{
    if (ascii_is_letter(c))
        return LETTER;
    if (ascii_is_digit(c))
        return DIGIT;
    if ((unsigned char)c >= 0x80)
        return HIGH;
    return (unsigned char)c <= ' ' ? BLANK : MARK;
}

struct reader {
    struct arena *arena;
    struct text *text;
    const char *s;      /* the article text */
    uint32_t len;       /* of it */
    uint32_t chunk_end; /* of the blank-separated piece in hand */
    bool line_start;    /* the piece is the first of its line */
};

static struct str rest_of(const struct reader *r, uint32_t at)
{
    return (struct str){ r->s + at, r->len - at };
}

static void emit(struct reader *r, uint32_t start, uint32_t end)
{
    struct token *t = PUSH(r->arena, &r->text->token);

    t->start = start;
    t->end = end;
    t->form = (struct str){ r->s + start, end - start };
    t->head = TOKEN_NONE;
    t->mention = UINT32_MAX;
    t->space_after = true;
    if (r->text->token.count > 1 && t[-1].end == start)
        t[-1].space_after = false;
}

/* Length of the blank at `at`, 0 when there is none: ASCII and Unicode spaces. */
static uint32_t blank_len(const struct reader *r, uint32_t at)
{
    unsigned char c = (unsigned char)r->s[at];
    size_t len;
    uint32_t code;

    if (c <= ' ')
        return 1;
    if (c != 0xc2 && c != 0xe1 && c != 0xe2 && c != 0xe3)
        return 0;
    code = utf8_decode(rest_of(r, at), &len);
    if (code == 0xa0 || code == 0x85 || code == 0x1680 ||
        (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 ||
        code == 0x202f || code == 0x205f || code == 0x3000)
        return (uint32_t)len;
    return 0;
}

/* Length of the letter, digit or mark of a script at `at`; 0 for anything else. */
static uint32_t word_char_len(const struct reader *r, uint32_t at)
{
    size_t len;
    uint32_t code;

    if (at >= r->chunk_end)
        return 0;
    if (kind_of(r->s[at]) != HIGH)
        return kind_of(r->s[at]) & (LETTER | DIGIT) ? 1 : 0;
    code = utf8_decode(rest_of(r, at), &len);
    if (code == 0xaa || code == 0xb5 || code == 0xba ||
        (code >= 0xc0 && code < 0x2000 && code != 0xd7 && code != 0xf7) ||
        (code >= 0x2000 && utf8_is_letter(code)))
        return (uint32_t)len;
    return 0;
}

/* Length of an apostrophe at `at`: ' or U+2019, or ` before a clitic. */
static uint32_t apostrophe_len(const struct reader *r, uint32_t at)
{
    if (at >= r->chunk_end)
        return 0;
    if (r->s[at] == '\'' || r->s[at] == '`')
        return 1;
    return str_starts(rest_of(r, at), STR("\u2019")) ? 3 : 0;
}

static uint32_t letters_end(const struct reader *r, uint32_t at)
{
    uint32_t n;

    while ((n = word_char_len(r, at)) > 0)
        at += n;
    return at;
}

/* Closing quotes and brackets and blanks passed over. */
static uint32_t skip_closers(const struct reader *r, uint32_t at)
{
    while (at < r->len) {
        struct str rest = rest_of(r, at);

        if (r->s[at] == '"' || r->s[at] == '\'' || r->s[at] == ')' || r->s[at] == ']')
            at++;
        else if (str_starts(rest, STR("\u201d")) || str_starts(rest, STR("\u2019")))
            at += 3;
        else
            break;
    }
    return at;
}

/* Whether what follows begins a new sentence for certain: the end of the paragraph, or a
 * capitalised function word ("The", "He", "In"), which would not follow an abbreviation
 * inside a sentence. */
static bool sentence_starts_at(const struct reader *r, uint32_t at)
{
    uint32_t breaks = 0, end;
    char lower[16];

    at = skip_closers(r, at);
    while (at < r->len && (unsigned char)r->s[at] <= ' ')
        breaks += r->s[at++] == '\n';
    if (at == r->len || breaks > 1)
        return true;
    at = skip_closers(r, at); /* an opening quote in its straight form */
    if (str_starts(rest_of(r, at), STR("\u201c")))
        at += 3;
    for (end = at; end < r->len && ascii_is_letter(r->s[end]) && end - at < 15; end++)
        lower[end - at] = ascii_lower(r->s[end]);
    if (end == at || !ascii_is_upper(r->s[at]))
        return false;
    return lex_find(&lex_sentence_starts, (struct str){ lower, end - at }) != NULL;
}

/* "U.S", "a.m", "e.g": single letters with stops between. */
static bool letters_with_stops(struct str s)
{
    if (s.len < 3)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (i % 2 ? s.ptr[i] != '.' : !ascii_is_letter(s.ptr[i]))
            return false;
    return s.len % 2 == 1;
}

/* Whether the stop at `at` belongs to the word that begins at start. */
static bool stop_belongs(const struct reader *r, uint32_t start, uint32_t at)
{
    struct str word = { r->s + start, at - start };
    const struct lex_entry *abbreviation;
    char lower[16];

    if (at + 1 < r->len && r->s[at + 1] == '.')
        return false; /* an ellipsis */
    if (word.len > 12)
        return false;
    for (size_t i = 0; i < word.len; i++)
        lower[i] = ascii_lower(word.ptr[i]);
    abbreviation = lex_find(&lex_abbreviations, (struct str){ lower, word.len });
    if (abbreviation &&
        str_eq(abbreviation->field[LEX_ABBREVIATIONS_CAPITAL], STR("yes")) &&
        !ascii_is_upper(*word.ptr))
        return false;
    if (abbreviation && word.len == 1 && ascii_is_upper(*word.ptr))
        abbreviation = NULL; /* an initial, not "b. 1961" */
    if (abbreviation &&
        str_eq(abbreviation->field[LEX_ABBREVIATIONS_KIND], STR("number")) &&
        !(at + 2 < r->len && ascii_is_digit(r->s[at + 2])))
        return false; /* "No. 5", but "He said no." */
    if (abbreviation &&
        str_eq(abbreviation->field[LEX_ABBREVIATIONS_KIND], STR("title")))
        return !(at + 1 == r->len || r->s[at + 1] == '\n');
    if (abbreviation || letters_with_stops(word))
        return !sentence_starts_at(r, at + 1);
    if (word.len == 1 && ascii_is_upper(*word.ptr))
        return !sentence_starts_at(r, at + 1);
    /* "1." at the start of a line: a list. */
    return r->line_start && word.len <= 2 && ascii_is_digit(*word.ptr) &&
           ascii_is_digit(word.ptr[word.len - 1]) && at + 1 == r->chunk_end &&
           (r->text->token.count == 0 ||
            r->text->token.at[r->text->token.count - 1].end != start);
}

/* Whether a stop between two word characters parts them: "end.Next" does, "3.5",
 * "U.S", "corrob.org" don't. */
static bool inner_stop_parts(const struct reader *r, uint32_t start, uint32_t at)
{
    char before = r->s[at - 1], after = r->s[at + 1];

    if (ascii_is_digit(after) || !ascii_is_upper(after))
        return false;
    if (at - start == 1 || (at >= 2 && r->s[at - 2] == '.') ||
        str_eq((struct str){ r->s + start, at - start }, STR("Ph")))
        return false;
    return ascii_is_lower(before);
}

static bool all_digits(const struct reader *r, uint32_t start, uint32_t end)
{
    for (; start < end; start++)
        if (!ascii_is_digit(r->s[start]))
            return false;
    return true;
}

/* "713-853-3989", "345-9945", "2022-01-07", not "10-15" or "1998-2002". */
static uint32_t number_group_end(const struct reader *r, uint32_t start, uint32_t at)
{
    uint32_t end = at, groups = 1, last = at - start, first = last;

    if (!all_digits(r, start, at))
        return 0;
    while (end + 1 < r->chunk_end && r->s[end] == '-' &&
           ascii_is_digit(r->s[end + 1])) {
        uint32_t from = ++end;

        while (end < r->chunk_end && ascii_is_digit(r->s[end]))
            end++;
        last = end - from;
        groups++;
    }
    if (word_char_len(r, end) > 0)
        return 0;
    return groups > 2 || (groups == 2 && first == 3 && last == 4) ? end : 0;
}

/* Whether the hyphen at `at` stays inside the word: after a prefix that is no word. */
static bool hyphen_joins(const struct reader *r, uint32_t start, uint32_t at)
{
    char lower[16];
    uint32_t len = at - start;

    if (len > 10 || word_char_len(r, at + 1) == 0)
        return false;
    for (uint32_t i = 0; i < len; i++)
        lower[i] = ascii_lower(r->s[start + i]);
    return lex_find(&lex_prefixes, (struct str){ lower, len }) != NULL;
}

/* Length of the clitic whose apostrophe is at `at`, 0 when there is none; *back is 1
 * for "n't", which begins one letter before its apostrophe. */
static uint32_t clitic_len(const struct reader *r, uint32_t start, uint32_t at,
                           uint32_t *back)
{
    uint32_t mark = apostrophe_len(r, at), end = letters_end(r, at + mark), n;
    const char *tail = r->s + at + mark;
    struct str suffix = { tail, end - at - mark };

    *back = 0;
    n = end - at;
    if (str_eq_fold(suffix, STR("t"))) {
        *back = ascii_lower(r->s[at - 1]) == 'n' && at - start > 1;
        return *back ? n + 1 : 0;
    }
    if (all_digits(r, start, at) && r->s[at - 1] == '0' && str_eq(suffix, STR("s")))
        return 0; /* "60's", but "2003's" */
    if (str_eq_fold(suffix, STR("s")) || str_eq_fold(suffix, STR("m")) ||
        str_eq_fold(suffix, STR("d")) || str_eq_fold(suffix, STR("ll")) ||
        str_eq_fold(suffix, STR("re")) || str_eq_fold(suffix, STR("ve")))
        return n;
    return 0;
}

/* Contractions written without an apostrophe, and where they part. */
static const struct joined {
    struct str word;
    uint32_t first;
} JOINED[] = {
    { STR_INIT("cannot"), 3 }, { STR_INIT("gonna"), 3 },   { STR_INIT("wanna"), 3 },
    { STR_INIT("gotta"), 3 },  { STR_INIT("gimme"), 3 },   { STR_INIT("lemme"), 3 },
    { STR_INIT("dont"), 2 },   { STR_INIT("didnt"), 3 },   { STR_INIT("doesnt"), 4 },
    { STR_INIT("isnt"), 2 },   { STR_INIT("wasnt"), 3 },   { STR_INIT("cant"), 2 },
    { STR_INIT("wont"), 2 },   { STR_INIT("couldnt"), 5 }, { STR_INIT("wouldnt"), 5 },
    { STR_INIT("arent"), 3 },  { STR_INIT("havent"), 4 },  { STR_INIT("hasnt"), 3 },
    { STR_INIT("aint"), 2 },   { STR_INIT("im"), 1 },      { STR_INIT("ive"), 1 },
    { STR_INIT("youre"), 3 },  { STR_INIT("theyre"), 4 },  { STR_INIT("thats"), 4 },
    { STR_INIT("whats"), 4 },  { STR_INIT("hes"), 2 },     { STR_INIT("shes"), 3 },
    { STR_INIT("theres"), 5 }, { STR_INIT("heres"), 4 },   { STR_INIT("shouldnt"), 6 },
};

static uint32_t joined_at(struct str word)
{
    char last, before;

    if (word.len < 2 || word.len > 8)
        return 0;
    last = ascii_lower(word.ptr[word.len - 1]);
    before = ascii_lower(word.ptr[word.len - 2]);
    if (!(last == 't' && (before == 'n' || before == 'o')) && last != 'a' &&
        last != 'm' && last != 'e' &&
        !(last == 's' && (before == 't' || before == 'e')))
        return 0;
    if (str_eq(word, STR("IM")) || str_eq(word, STR("IVE")))
        return 0;
    for (size_t i = 0; i < COUNT(JOINED); i++)
        if (str_eq_fold(word, JOINED[i].word))
            return JOINED[i].first;
    return 0;
}

/* "5pm", "100km", "20kg": the number and its unit are two words. */
static uint32_t unit_at(const struct reader *r, uint32_t start, uint32_t end)
{
    static const struct str units[] = {
        STR_INIT("am"),  STR_INIT("pm"), STR_INIT("km"),  STR_INIT("kg"),
        STR_INIT("cm"),  STR_INIT("mm"), STR_INIT("mph"), STR_INIT("kph"),
        STR_INIT("lbs"), STR_INIT("ft"), STR_INIT("mg"),  STR_INIT("ml")
    };
    uint32_t at = start;

    while (at < end && (ascii_is_digit(r->s[at]) || r->s[at] == '.' ||
                        r->s[at] == ',' || r->s[at] == ':'))
        at++;
    if (at == start || at == end)
        return 0;
    for (size_t i = 0; i < COUNT(units); i++)
        if (str_eq_fold((struct str){ r->s + at, end - at }, units[i]))
            return at;
    return 0;
}

static void emit_word(struct reader *r, uint32_t start, uint32_t end)
{
    uint32_t part = joined_at((struct str){ r->s + start, end - start });

    if (part == 0 && ascii_is_digit(r->s[start])) {
        part = unit_at(r, start, end);
        part -= part ? start : 0;
    }
    if (part > 0) {
        emit(r, start, start + part);
        start += part;
    }
    emit(r, start, end);
}

/* Whether the mark at `at`, between two word characters, belongs inside the word. */
static bool mark_joins(const struct reader *r, uint32_t start, uint32_t at)
{
    bool digits = ascii_is_digit(r->s[at - 1]) && ascii_is_digit(r->s[at + 1]);

    switch (r->s[at]) {
    case '.': return !inner_stop_parts(r, start, at);
    case ',':
        return digits && at + 3 < r->chunk_end && all_digits(r, at + 1, at + 4) &&
               !(at + 4 < r->chunk_end && ascii_is_digit(r->s[at + 4]));
    case ':': return digits;
    case '/': /* "9/11", "s/he", "w/o" */
        return digits || (at - start == 1 && ascii_is_letter(r->s[start]) &&
                          letters_end(r, at + 1) - at <= 3);
    case '&':
    case '_':
    case '@': return true;
    case '-': return hyphen_joins(r, start, at);
    default: return false;
    }
}

/* Reads the word at start, of letters and digits and the marks that belong inside one;
 * sign: length of a sign before its digits. Returns where reading goes on. */
static uint32_t read_word(struct reader *r, uint32_t start, uint32_t sign)
{
    uint32_t at = letters_end(r, start + sign), back, n, end;

    while (at < r->chunk_end) {
        if (apostrophe_len(r, at) > 0) {
            n = clitic_len(r, start, at, &back);
            if (n > 0) {
                emit_word(r, start, at - back);
                emit(r, at - back, at - back + n);
                return at - back + n;
            }
            end = at + apostrophe_len(r, at);
            if (r->s[at] == '`' || word_char_len(r, end) == 0)
                break;
            at = letters_end(r, end);
            continue;
        }
        if (r->s[at] == '-' && (end = number_group_end(r, start, at)) > 0) {
            at = end;
            continue;
        }
        if (r->s[at] == '.' && word_char_len(r, at + 1) == 0) {
            at += stop_belongs(r, start, at);
            break;
        }
        if (word_char_len(r, at + 1) == 0 || !mark_joins(r, start, at))
            break;
        at = letters_end(r, at + 1);
    }
    emit_word(r, start, at);
    return at;
}

/* End of a mail address at `at`, 0 when none begins. */
static uint32_t mail_end(const struct reader *r, uint32_t at)
{
    uint32_t end = at;
    bool sign = false;

    for (; end < r->chunk_end &&
           (ascii_is_word(r->s[end]) || strchr(".-_%+@", r->s[end]));
         end++)
        sign = sign || (r->s[end] == '@' && end > at && ascii_is_word(r->s[end - 1]));
    while (end > at && strchr(".-_%+@", r->s[end - 1]))
        end--;
    return sign ? end : 0;
}

#define ADDRESS_MAX 256 /* bytes, of a mail address by its standard 254 */

/* End of an address of the web at `at` ("https://…", "www.…"), 0 when none begins. */
static uint32_t address_end(const struct reader *r, uint32_t at)
{
    struct str rest = { r->s + at, r->chunk_end - at };
    struct str near = { rest.ptr, rest.len < ADDRESS_MAX ? rest.len : ADDRESS_MAX };
    uint32_t end = r->chunk_end;

    /* looked for at each byte of what has no blank: a megabyte of it is no address */
    if (str_find_char(near, '@') != STR_NPOS)
        return mail_end(r, at);
    if (!str_starts_fold(rest, STR("http://")) &&
        !str_starts_fold(rest, STR("https://")) &&
        !str_starts_fold(rest, STR("ftp://")) && !str_starts_fold(rest, STR("www.")))
        return 0;
    for (uint32_t i = at; i < end; i++)
        if (r->s[i] == '<' || r->s[i] == '>' || r->s[i] == '"')
            end = i;
    while (end > at && strchr(".,;:!?)]'", r->s[end - 1]))
        end--;
    return end;
}

static uint32_t run_end(const struct reader *r, uint32_t at, const char *of)
{
    while (at < r->chunk_end && r->s[at] != '\0' && strchr(of, r->s[at]))
        at++;
    return at;
}

/* ":)", ";-)", ":D": nothing else begins with a colon before a mouth at a chunk's end. */
static uint32_t smiley_end(const struct reader *r, uint32_t at)
{
    uint32_t end = at + 1;

    if (r->s[at] != ':' && r->s[at] != ';')
        return 0;
    end += end < r->chunk_end && r->s[end] == '-';
    if (end >= r->chunk_end || !strchr(")(DPp", r->s[end]) || end + 1 != r->chunk_end)
        return 0;
    return end + 1;
}

/* Reads punctuation or a symbol at `at`; returns where reading goes on. */
static uint32_t read_mark(struct reader *r, uint32_t at)
{
    static const char repeated[] = "-=*_~#<>+/\\$^";
    uint32_t end = at + 1;
    char c = r->s[at];
    size_t len;
    bool first = r->text->token.count == 0 ||
                 r->text->token.at[r->text->token.count - 1].end != at;

    if (kind_of(c) == HIGH) {
        utf8_decode(rest_of(r, at), &len);
        end = at + (uint32_t)len;
    } else if (c == '!' || c == '?' || c == '.') {
        if (!(c == '.' && first && end < r->chunk_end && ascii_is_digit(r->s[end])))
            end = run_end(r, at, "!?.");
        else
            return read_word(r, at, 1); /* ".265" */
    } else if (end < r->chunk_end && r->s[end] == c && strchr(repeated, c)) {
        end = run_end(r, at, (char[]){ c, '\0' });
    } else if (first && strchr("+-", c) && end < r->chunk_end &&
               ascii_is_digit(r->s[end])) {
        return read_word(r, at, 1); /* "+44", "-5" */
    } else if (first && (c == '#' || c == '@') && end < r->chunk_end &&
               ascii_is_letter(r->s[end])) {
        end = letters_end(r, end);
    } else if (first && apostrophe_len(r, at) && end + 1 < r->chunk_end &&
               ascii_is_digit(r->s[end]) && ascii_is_digit(r->s[end + 1])) {
        end = letters_end(r, end); /* "'90s" */
    } else if (smiley_end(r, at)) {
        end = smiley_end(r, at);
    }
    emit(r, at, end);
    return end;
}

static void read_chunk(struct reader *r, uint32_t at, unsigned kinds)
{
    uint32_t end;

    if ((kinds & ~(unsigned)LETTER) == 0) {
        emit_word(r, at, r->chunk_end);
        return;
    }
    while (at < r->chunk_end) {
        if (word_char_len(r, at) == 0) {
            at = read_mark(r, at);
            continue;
        }
        end = address_end(r, at);
        if (end > 0) {
            emit(r, at, end);
            at = end;
        } else {
            at = read_word(r, at, 0);
        }
    }
}

/* "- ", "* ", "• ", "1. " at the start of a line. */
static bool list_mark_at(const struct reader *r, uint32_t at)
{
    struct str rest = rest_of(r, at);

    if (str_starts(rest, STR("- ")) || str_starts(rest, STR("* ")) ||
        str_starts(rest, STR("\u2022")))
        return true;
    while (rest.len > 0 && ascii_is_digit(*rest.ptr))
        rest = str_after(rest, 1);
    return rest.ptr > r->s + at &&
           (str_starts(rest, STR(". ")) || str_starts(rest, STR(") ")));
}

static void set_sentences(struct text *text)
{
    for (uint32_t s = 0; s < text->sentence.count; s++)
        for (uint32_t i = 0; i < text->sentence.at[s].tokens; i++)
            text->token.at[text->sentence.at[s].first + i].sentence = s;
}

void text_tokenize(struct arena *arena, struct text *text,
                   const struct boundary_watch *watch)
{
    struct reader reader = { .arena = arena, .text = text }, *r = &reader;
    uint32_t at = 0, first = 0, breaks = 1, para = 0, n;

    r->s = text->article->text.ptr;
    r->len = (uint32_t)text->article->text.len;
    while (at < r->len) {
        unsigned kinds = 0;
        uint32_t end = at;

        if ((n = blank_len(r, at)) > 0) {
            breaks += r->s[at] == '\n';
            at += n;
            continue;
        }
        if (text->token.count > first &&
            (breaks > 1 || (breaks == 1 && list_mark_at(r, at)))) {
            sentences_cut(arena, text, first, para, watch);
            first = text->token.count;
            para += breaks > 1;
        }
        while (end < r->len && blank_len(r, end) == 0)
            kinds |= kind_of(r->s[end++]);
        r->chunk_end = end;
        r->line_start = breaks > 0;
        breaks = 0;
        read_chunk(r, at, kinds);
        at = end;
    }
    sentences_cut(arena, text, first, para, watch);
    set_sentences(text);
}

bool token_is_clitic(const struct token *before, const struct token *t)
{
    struct str f = t->form;

    if (before->end != t->start ||
        !ascii_is_word(before->form.ptr[before->form.len - 1]))
        return false;
    if (f.len > 1 && (*f.ptr == '\'' || *f.ptr == '`' || str_starts(f, STR("\u2019"))))
        return true;
    if (str_eq(f, STR("'")))
        return ascii_lower(before->form.ptr[before->form.len - 1]) == 's' &&
               t->xpos == XPOS_POS;
    if (!ascii_is_letter(*f.ptr) || !ascii_is_letter(*before->form.ptr))
        return false;
    return true; /* two words of letters that touch: "ca" + "n't", "gon" + "na" */
}
