#include "article/appeal.h"

#include "base/utf8.h"
#include "lex/lex.h"

#define WORDS_MAX 300 /* a paragraph is told by its beginning */
#define FOLDED 2400

struct folded {
    char bytes[FOLDED];
    size_t len, start; /* start: of the word being read */
    struct str word[WORDS_MAX];
    uint32_t words;
};

#define BEFORE 1
#define BEHIND 2

static const uint8_t edges[256] = {
    ['"'] = BEFORE | BEHIND, ['\''] = BEFORE | BEHIND, ['|'] = BEFORE | BEHIND,
    ['>'] = BEFORE | BEHIND, ['('] = BEFORE,           ['['] = BEFORE,
    ['{'] = BEFORE,          ['<'] = BEFORE,           ['*'] = BEFORE,
    ['#'] = BEFORE,          ['-'] = BEFORE,           [')'] = BEHIND,
    [']'] = BEHIND,          ['}'] = BEHIND,           [','] = BEHIND,
    ['.'] = BEHIND,          [':'] = BEHIND,           [';'] = BEHIND,
    ['!'] = BEHIND,          ['?'] = BEHIND,
};

/* "(sign" -> "sign", "up!" -> "up"; marks inside stay: "e-mail", "you're". */
static void end_word(struct folded *f)
{
    struct str w = { f->bytes + f->start, f->len - f->start };

    while (w.len > 0 && edges[(unsigned char)*w.ptr] & BEFORE)
        w = str_after(w, 1);
    while (w.len > 0 && edges[(unsigned char)w.ptr[w.len - 1]] & BEHIND)
        w.len--;
    if (w.len > 0 && f->words < WORDS_MAX)
        f->word[f->words++] = w;
    f->bytes[f->len++] = ' ';
    f->start = f->len;
}

static bool is_quote(uint32_t c)
{
    return (c >= 0x201c && c <= 0x201f) || c == 0xab || c == 0xbb || c == 0x2026;
}

static void fold(struct folded *f, struct str text)
{
    size_t len;

    f->len = f->start = 0;
    f->words = 0;
    for (; text.len > 0 && f->len + 8 < FOLDED; text = str_after(text, len)) {
        uint32_t c = utf8_decode(text, &len);

        if (c > ' ' && c < 0x80)
            f->bytes[f->len++] = ascii_lower((char)c);
        else if (c == ' ' || c == '\n' || c == 0xa0)
            end_word(f);
        else if (c < 0x80)
            f->bytes[f->len++] = (char)c;
        else if (!is_quote(c))
            f->len +=
                utf8_encode(c == 0x2019 ? '\'' : utf8_lower(c), f->bytes + f->len);
    }
    end_word(f);
}

static enum appeal class_of(const struct lex_entry *e)
{
    static const struct str names[APPEAL_COUNT] = {
        STR_INIT("reader"),  STR_INIT("house"),  STR_INIT("call"),    STR_INIT("trade"),
        STR_INIT("bio"),     STR_INIT("credit"), STR_INIT("contact"), STR_INIT("legal"),
        STR_INIT("network"), STR_INIT("talk"),   STR_INIT("fund"),
    };
    uint32_t i = 0;

    while (i + 1 < APPEAL_COUNT && !str_eq(names[i], e->field[LEX_APPEALS_CLASS]))
        i++;
    return (enum appeal)i;
}

struct appeals appeals_in(struct str text)
{
    struct appeals a = { .words = 0 };
    struct folded f;

    fold(&f, text);
    a.all = f.words;
    for (uint32_t i = 0; i < f.words; i++) {
        const struct lex_entry *e = NULL;
        uint32_t used = 0;

        if (lex_may_begin(&lex_appeals, f.word[i]))
            e = lex_longest(&lex_appeals, f.word + i, f.words - i, &used);
        if (!e)
            continue;
        a.of[class_of(e)]++;
        a.words += used;
        i += used - 1;
    }
    return a;
}
