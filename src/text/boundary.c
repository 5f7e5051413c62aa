#include "text/boundary.h"

#include <string.h>

#include "base/utf8.h"
#include "lex/lex.h"
#include "model/hash.h"
#include "text/word.h"

/* What a token is by its letters. */
enum look {
    NOTHING, /* outside of the paragraph */
    LOWER,
    CAPITAL,
    INITIAL, /* one capital */
    CAPITALS,
    NUMBER,
    DATE,  /* digits with "/" or "-" */
    CLOCK, /* digits with ":" */
    MIXED, /* letters and digits, anything else that is a word */
    ADDRESS,
    STOP,
    ASKS, /* "?", "!", "?!" */
    DOTS,
    COMMA,
    COLON,
    SEMICOLON,
    OPENS,
    CLOSES,
    QUOTE,
    DASH,
    DASHES, /* "--", and the long ones */
    ROW,    /* "====" */
    SMILEY,
    SYMBOL,
    LOOKS
};

static bool is_address(struct str s)
{
    return s.len > 5 &&
           (str_find_char(s, '@') != STR_NPOS || str_find(s, STR("://")) != STR_NPOS ||
            str_starts_fold(s, STR("www.")));
}

static enum look look_of_letters(struct str s)
{
    size_t upper = 0, lower = 0, len;
    uint32_t first = utf8_decode(s, &len);
    bool capital = first < 0x80 ? ascii_is_upper(*s.ptr) : utf8_is_upper(first);

    for (size_t i = 0; i < s.len; i++) {
        upper += ascii_is_upper(s.ptr[i]);
        lower += ascii_is_lower(s.ptr[i]);
        if (ascii_is_digit(s.ptr[i]))
            return MIXED;
    }
    if (capital)
        return s.len == 1 ? INITIAL : lower == 0 && upper > 1 ? CAPITALS : CAPITAL;
    return LOWER;
}

static enum look look_of_digits(struct str s)
{
    enum look look = NUMBER;

    for (size_t i = 0; i < s.len; i++) {
        if (ascii_is_letter(s.ptr[i]))
            return MIXED;
        if (s.ptr[i] == '/' || s.ptr[i] == '-')
            look = DATE;
        if (s.ptr[i] == ':')
            look = CLOCK;
    }
    return look;
}

static enum look look_of_mark(struct str s)
{
    static const struct {
        char mark;
        enum look look;
    } single[] = {
        { '.', STOP },  { '?', ASKS },   { '!', ASKS },   { ',', COMMA },
        { ':', COLON }, { '(', OPENS },  { '[', OPENS },  { ')', CLOSES },
        { '"', QUOTE }, { '\'', QUOTE }, { ']', CLOSES }, { ';', SEMICOLON },
        { '-', DASH },
    };
    size_t len;
    uint32_t code;

    if ((s.ptr[0] == ':' || s.ptr[0] == ';') && s.len > 1)
        return SMILEY;
    if (s.ptr[0] == '.' && s.len > 1)
        return s.ptr[1] == '.' ? DOTS : ASKS;
    if (s.len > 2 && (unsigned char)s.ptr[0] < 0x80 && s.ptr[0] != '?' &&
        s.ptr[0] != '!')
        return ROW;
    if (s.len == 2 && s.ptr[0] == '-')
        return DASHES;
    for (size_t i = 0; i < COUNT(single); i++)
        if (s.ptr[0] == single[i].mark)
            return single[i].look;
    code = utf8_decode(s, &len);
    if (code == 0x2013 || code == 0x2014)
        return DASHES;
    if (code == 0x2026)
        return DOTS;
    return code >= 0x2018 && code <= 0x201f ? QUOTE : SYMBOL;
}

static enum look look_of(const struct token *t)
{
    struct str s = t->form;
    size_t len;

    if (is_address(s))
        return ADDRESS;
    if (ascii_is_letter(*s.ptr))
        return look_of_letters(s);
    if (ascii_is_digit(*s.ptr))
        return look_of_digits(s);
    if ((unsigned char)*s.ptr >= 0x80 && utf8_is_letter(utf8_decode(s, &len)))
        return look_of_letters(s);
    if (s.len > 1 && ascii_is_word(s.ptr[1]))
        return MIXED; /* "'s", "#tag", "+44" */
    return look_of_mark(s);
}

#define STARTS_MAX 16 /* bytes of a word that begins sentences */

static struct str lower_into(char lower[STARTS_MAX], struct str form)
{
    for (size_t i = 0; i < form.len; i++)
        lower[i] = ascii_lower(form.ptr[i]);
    return (struct str){ lower, form.len };
}

static bool begins_sentences(struct str form)
{
    char lower[STARTS_MAX];

    return form.len <= STARTS_MAX && ascii_is_upper(*form.ptr) &&
           lex_find(&lex_sentence_starts, lower_into(lower, form)) != NULL;
}

/* "The", "What"; "Police" and "Officials" begin sentences, but names go on with them. */
static bool is_closed_class(struct str form)
{
    char lower[STARTS_MAX];
    const struct word *w = word_find(lower_into(lower, form));

    return w != NULL && w->flags & WORD_FUNCTION;
}

/* Whether a sentence may begin with the word behind a plain word: "He", not "All-Star". */
static bool may_begin(const struct boundary_gap *g)
{
    const struct token *next = &g->token[g->at];

    return begins_sentences(next->form) && is_closed_class(next->form) &&
           (g->at + 1 == g->end || next->end < next[1].start ||
            !ascii_is_word(next[1].form.ptr[next[1].form.len - 1]));
}

/* A full stop before a capital or a quotation needs no second look. */
static bool is_doubtful_stop(const struct boundary_gap *g)
{
    const struct token *next = &g->token[g->at];
    enum look last = look_of(next - 1), look = look_of(next);

    if (next[-1].end == next->start)
        return false;
    return last == DOTS || last == ASKS ||
           (look != CAPITAL && look != CAPITALS && look != INITIAL && look != QUOTE);
}

/* Behind a word or number without a stop. */
static bool is_doubtful_behind_word(const struct boundary_gap *g, enum look last)
{
    struct str next = g->token[g->at].form;

    if (ascii_is_lower(*next.ptr))
        return false;
    if (ascii_is_letter(*next.ptr))
        return last == CLOCK || last == DATE || may_begin(g);
    return last != LOWER || look_of_mark(next) == ROW;
}

/* Behind a mark that is no stop. */
static bool is_doubtful_behind_mark(const struct boundary_gap *g, enum look last)
{
    const struct token *next = &g->token[g->at], *begin = &g->token[g->begin];

    if (last == ROW || last == SMILEY)
        return true;
    if (ascii_is_lower(*next->form.ptr) || last == QUOTE)
        return false;
    if (last == COMMA) /* "Dear Ana," */
        return next - begin <= 3;
    return last != DASHES || next - begin == 1;
}

bool boundary_is_doubtful(const struct boundary_gap *g)
{
    const struct token *next = &g->token[g->at], *last = next - 1;
    char c = *next->form.ptr;
    enum look look;

    if (g->proposed)
        return is_doubtful_stop(g);
    if ((c != '\0' && strchr(",;.!?)]%", c)) ||
        (ascii_is_lower(c) && ascii_is_lower(last->form.ptr[last->form.len - 1]) &&
         next->form.len < 6))
        return false;
    look = look_of(last);
    if (look == STOP || look == ASKS || look == DOTS)
        return true;
    if (last->end == next->start)
        return false;
    if (look >= LOWER && look <= MIXED)
        return is_doubtful_behind_word(g, look);
    return is_doubtful_behind_mark(g, look);
}

/* What the features are made of. */
struct view {
    enum look before, last, next, after, begin;
    uint64_t last_word, before_word, next_word;
    uint32_t read, left; /* steps of the logarithm */
    uint32_t inside;     /* 1: in brackets, 2: in quotation marks */
    bool blank, starts;  /* between the two; next is a word that begins sentences */
};

static uint64_t hash_of(const struct token *t)
{
    char lower[24];
    size_t n = t->form.len < sizeof lower ? t->form.len : sizeof lower;

    if (look_of_mark(t->form) == QUOTE)
        return '"';
    for (size_t i = 0; i < n; i++)
        lower[i] = ascii_is_digit(t->form.ptr[i]) ? '0' : ascii_lower(t->form.ptr[i]);
    return hash_word((struct str){ lower, n });
}

static uint32_t steps_of(uint32_t n)
{
    uint32_t steps = 0;

    for (; n > 1 && steps < 7; n = n * 5 / 8)
        steps++;
    return steps;
}

#define SCAN_TOKENS 40

static uint32_t inside_of(const struct boundary_gap *g)
{
    int brackets = 0, quotes = 0;
    uint32_t from = g->at - g->begin > SCAN_TOKENS ? g->at - SCAN_TOKENS : g->begin;

    for (uint32_t i = from; i < g->at; i++) {
        char c = *g->token[i].form.ptr;

        brackets += c == '(' || c == '[';
        brackets -= c == ')' || c == ']';
        quotes += c == '"';
    }
    return (brackets > 0 ? 1u : 0u) + (quotes % 2 ? 2u : 0u);
}

static struct view view_of(const struct boundary_gap *g)
{
    const struct token *t = &g->token[g->at];

    return (struct view){
        .before = g->at - g->first > 1 ? look_of(t - 2) : NOTHING,
        .last = look_of(t - 1),
        .next = look_of(t),
        .after = g->at + 1 < g->end ? look_of(t + 1) : NOTHING,
        .begin = look_of(&g->token[g->begin]),
        .last_word = hash_of(t - 1),
        .before_word = g->at - g->first > 1 ? hash_of(t - 2) : 0,
        .next_word = hash_of(t),
        .read = steps_of(g->at - g->begin),
        .left = steps_of(g->end - g->at),
        .inside = inside_of(g),
        .blank = t[-1].end < t->start,
        .starts = begins_sentences(t->form),
    };
}

struct features {
    uint16_t *at;
    uint32_t count;
};

/* Each call is a template of its own; the numbers are told apart by the hash. */
static void add(struct features *f, uint64_t a, uint64_t b, uint64_t c)
{
    uint64_t h = hash_mix(a * 0x9e3779b97f4a7c15u + f->count);

    h = hash_mix(h ^ b * 0xc2b2ae3d27d4eb4fu ^ c * 0x165667b19e3779f9u);
    f->at[f->count++] = (uint16_t)(h >> (64 - BOUNDARY_BITS));
}

uint32_t boundary_features(const struct boundary_gap *g,
                           uint16_t feature[BOUNDARY_FEATURES])
{
    struct features f = { feature, 0 };
    struct view v = view_of(g);
    uint64_t rule = g->proposed, next = v.next * 2 + v.starts;
    uint64_t last = v.last * 2 + v.blank;

    add(&f, rule, 0, 0);
    add(&f, rule, last, 0);
    add(&f, rule, last, next);
    add(&f, v.before, last, 0);
    add(&f, v.before, last, next);
    add(&f, last, next, v.after);
    add(&f, next, v.after, 0);
    add(&f, v.begin, last, 0);
    add(&f, v.begin, next, v.read);
    add(&f, v.read, last, 0);
    add(&f, v.read, next, 0);
    add(&f, v.left, last, 0);
    add(&f, v.left, next, 0);
    add(&f, v.inside, last, 0);
    add(&f, v.inside, next, 0);
    add(&f, v.last_word, 0, 0);
    add(&f, v.last_word, next, 0);
    add(&f, v.next_word, 0, 0);
    add(&f, v.next_word, last, 0);
    add(&f, v.before_word, last, 0);
    add(&f, v.before_word, v.last_word, 0);
    add(&f, v.begin, v.read, last);
    add(&f, v.read, v.left, v.last);
    return f.count;
}

/* A sentence cut in two costs facts; two read as one cost little. */
#define CAUTION 1000

bool boundary_ends(const struct boundary_gap *g)
{
    uint16_t feature[BOUNDARY_FEATURES];
    uint32_t count = boundary_features(g, feature);
    int32_t score = g->proposed ? 0 : -CAUTION;

    for (uint32_t i = 0; i < count; i++)
        score += boundary_weights[feature[i]];
    return score > 0;
}
