#include "text/dateline.h"

#define DATELINE_TOKENS 16 /* a dash further on joins clauses */

static bool is_capitals(struct str word)
{
    size_t letters = 0;

    for (size_t i = 0; i < word.len; i++) {
        if (ascii_is_lower(word.ptr[i]))
            return false;
        letters += ascii_is_upper(word.ptr[i]);
    }
    return letters > 1;
}

static bool is_dash(struct str word)
{
    return str_eq(word, STR("-")) || str_eq(word, STR("–")) || str_eq(word, STR("—")) ||
           str_eq(word, STR("--")) || str_eq(word, STR("―"));
}

/* "and", "of", "al": small letters that a place's name or a date may have. */
static bool is_small_part(struct str word)
{
    static const char *const parts[] = { "and", "of", "on", "in", "the", "near",
                                         "al",  "el", "de", "la", "du",  "des",
                                         "di",  "da", "do", "am", "an",  "sur" };

    for (size_t i = 0; i < COUNT(parts); i++)
        if (str_eq(word, str_from(parts[i])))
            return true;
    return false;
}

static bool begins_small(struct str word)
{
    return word.len > 0 && ascii_is_lower(*word.ptr) && !is_small_part(word);
}

uint32_t dateline_end(const struct text *text, uint32_t sentence)
{
    const struct sentence *s = &text->sentence.at[sentence];
    const struct token *t = text->token.at + s->first;

    if (s->tokens == 0 || !is_capitals(t->form) ||
        (sentence > 0 && s[-1].paragraph == s->paragraph))
        return s->first;
    for (uint32_t i = 1; i + 1 < s->tokens && i < DATELINE_TOKENS; i++) {
        if (is_dash(t[i].form) && t[i - 1].end < t[i].start &&
            t[i].end < t[i + 1].start)
            return begins_small(t[i + 1].form) ? s->first : s->first + i + 1;
        if (begins_small(t[i].form))
            break;
    }
    return s->first;
}
