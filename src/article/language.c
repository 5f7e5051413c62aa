#include "article/language.h"

#include "base/utf8.h"
#include "lex/lex.h"

#define LOOKED_AT 6000 /* bytes of the text */
#define LANGUAGES 32
#define WORD_MAX 16

/* Letters of each script, and the signs that part languages within it. */
struct scripts {
    uint32_t latin, cyrillic, ukrainian, arabic, persian, urdu, han, kana, hangul,
        greek, hebrew, thai, devanagari, bengali, georgian, armenian, ethiopic, tamil,
        letters;
};

static bool between(uint32_t c, uint32_t low, uint32_t high)
{
    return c >= low && c <= high;
}

static void count_letter(struct scripts *s, uint32_t c)
{
    s->letters++;
    s->latin += c < 0x250;
    s->greek += between(c, 0x370, 0x3ff);
    s->cyrillic += between(c, 0x400, 0x52f);
    s->ukrainian += c == 0x454 || c == 0x456 || c == 0x457 || c == 0x491;
    s->armenian += between(c, 0x530, 0x58f);
    s->hebrew += between(c, 0x590, 0x5ff);
    s->arabic += between(c, 0x600, 0x6ff);
    s->persian += c == 0x67e || c == 0x686 || c == 0x6af || c == 0x6cc || c == 0x6a9;
    s->urdu += c == 0x679 || c == 0x688 || c == 0x691 || c == 0x6d2 || c == 0x6be;
    s->devanagari += between(c, 0x900, 0x97f);
    s->bengali += between(c, 0x980, 0x9ff);
    s->tamil += between(c, 0xb80, 0xbff);
    s->thai += between(c, 0xe00, 0xe7f);
    s->georgian += between(c, 0x10a0, 0x10ff);
    s->ethiopic += between(c, 0x1200, 0x137f);
    s->kana += between(c, 0x3040, 0x30ff);
    s->han += between(c, 0x4e00, 0x9fff);
    s->hangul += between(c, 0xac00, 0xd7af);
}

static struct str by_script(const struct scripts *s)
{
    uint32_t most = s->letters / 2;

    if (s->cyrillic > most)
        return s->ukrainian * 30 > s->cyrillic ? STR("uk") : STR("ru");
    if (s->arabic > most)
        return s->urdu * 60 > s->arabic      ? STR("ur")
               : s->persian * 25 > s->arabic ? STR("fa")
                                             : STR("ar");
    if (s->kana * 10 > s->letters)
        return STR("ja");
    if (s->hangul > most)
        return STR("ko");
    if (s->han > most)
        return STR("zh");
    if (s->greek > most)
        return STR("el");
    if (s->hebrew > most)
        return STR("he");
    if (s->thai > most)
        return STR("th");
    if (s->devanagari > most)
        return STR("hi");
    if (s->bengali > most)
        return STR("bn");
    if (s->tamil > most)
        return STR("ta");
    if (s->georgian > most)
        return STR("ka");
    if (s->armenian > most)
        return STR("hy");
    return s->ethiopic > most ? STR("am") : (struct str){ NULL, 0 };
}

struct votes {
    struct str language[LANGUAGES];
    uint32_t votes[LANGUAGES], languages, words;
};

static void vote(struct votes *v, struct str language)
{
    for (uint32_t i = 0; i < v->languages; i++)
        if (str_eq(v->language[i], language)) {
            v->votes[i]++;
            return;
        }
    if (v->languages < LANGUAGES) {
        v->language[v->languages] = language;
        v->votes[v->languages++] = 1;
    }
}

static void vote_word(struct votes *v, struct str word)
{
    const struct lex_entry *e = lex_find(&lex_language_words, word);

    v->words++;
    for (uint32_t left = e ? e->same : 0; e; e++, left--) {
        vote(v, e->field[LEX_LANGUAGE_WORDS_LANGUAGE]);
        if (left == 0)
            break;
    }
}

/* One word in eight must be among a language's commonest; the second best must stay
 * clearly behind. */
static struct str winner(const struct votes *v)
{
    uint32_t best = 0, second = 0, at = 0;

    for (uint32_t i = 0; i < v->languages; i++)
        if (v->votes[i] > best) {
            second = best;
            best = v->votes[i];
            at = i;
        } else if (v->votes[i] > second) {
            second = v->votes[i];
        }
    if (best < 2 || best * 8 < v->words || best * 20 < second * 21)
        return (struct str){ NULL, 0 };
    return v->language[at];
}

struct str language_of(struct str text)
{
    struct scripts scripts = { 0 };
    struct votes votes = { .languages = 0 };
    char word[WORD_MAX + 4];
    size_t n = 0, len;
    struct str s = text, language;

    if (s.len > LOOKED_AT)
        s.len = LOOKED_AT;
    for (; s.len > 0; s = str_after(s, len)) {
        uint32_t c = utf8_decode(s, &len);

        if (c < 0x80 && ascii_is_letter((char)c)) {
            scripts.letters++;
            scripts.latin++;
            if (n <= WORD_MAX)
                word[n++] = ascii_lower((char)c);
        } else if (c >= 0x80 && utf8_is_letter(c)) {
            count_letter(&scripts, c);
            if (n <= WORD_MAX)
                n += utf8_encode(utf8_lower(c), word + n);
        } else if (n > 0) {
            vote_word(&votes, (struct str){ word, n });
            n = 0;
        }
    }
    if (n > 0)
        vote_word(&votes, (struct str){ word, n });
    language = by_script(&scripts);
    return language.len > 0 ? language : winner(&votes);
}
