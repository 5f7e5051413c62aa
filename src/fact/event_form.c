#include "fact/event_form.h"

#include "text/word.h"

#define FORM_MAX 64 /* bytes of the longest form that is looked up */

/* The first entry whose key is not before this word. */
static uint32_t first_entry(struct str word)
{
    uint32_t low = 0, high = lex_verbs.entries;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;

        if (str_cmp(lex_verbs.entry[mid].key, word) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

bool event_form_has(const struct event_form *form, uint32_t i)
{
    struct str key;

    if (i >= lex_verbs.entries)
        return false;
    key = lex_verbs.entry[i].key;
    return str_starts(key, form->words) &&
           (key.len == form->words.len || key.ptr[form->words.len] == ' ');
}

/* Whether entries begin with these words; out->words are then the lexicon's own. */
static bool find_form(struct str words, struct event_form *out)
{
    struct event_form form = { words, 0, TOKEN_NONE };

    if (words.len == 0)
        return false;
    form.entry = first_entry(words);
    if (!event_form_has(&form, form.entry))
        return false;
    form.words = str_slice(lex_verbs.entry[form.entry].key, 0, words.len);
    *out = form;
    return true;
}

/* The same for two words joined by a character. */
static bool find_joined(struct str a, char between, struct str b,
                        struct event_form *out)
{
    char words[FORM_MAX];
    size_t n = 0;

    if (a.len + 1 + b.len > sizeof words)
        return false;
    for (size_t i = 0; i < a.len; i++)
        words[n++] = a.ptr[i];
    words[n++] = between;
    for (size_t i = 0; i < b.len; i++)
        words[n++] = b.ptr[i];
    return find_form((struct str){ words, n }, out);
}

/* The verb's lemma by the dictionary: "unleashed", "froze". */
static struct str dictionary_lemma(const struct token *t)
{
    const struct word *w = t->upos == UPOS_VERB ? word_find(t->lower) : NULL;

    return w ? word_lemma(w, XPOS_VBD) : t->lemma;
}

/* A lemma that went wrong, mended where the form allows it: "expell", "fre(ed)",
 * "hange(d)". */
static struct str mended(const struct token *t)
{
    struct str word = t->lemma;
    struct event_form form;

    if (find_form(dictionary_lemma(t), &form))
        return form.words;
    if (word.len > 2 && (word.ptr[word.len - 1] == word.ptr[word.len - 2] ||
                         (str_ends(word, STR("e")) &&
                          find_form(str_slice(word, 0, word.len - 1), &form))))
        return str_slice(word, 0, word.len - 1);
    if (t->lower.len == word.len + 2 && str_ends(t->lower, STR("ed")))
        return str_slice(t->lower, 0, t->lower.len - 1);
    return word;
}

/* The last token before a hyphen that joins it to this one: "tear" of "tear-gassed". */
static uint32_t joined_before(const struct text *text, uint32_t i)
{
    const struct token *t = &text->token.at[i];

    if (i < 2 || !str_eq(t[-1].form, STR("-")) || t[-1].space_after ||
        t[-2].space_after || t[-2].sentence != t->sentence)
        return TOKEN_NONE;
    return i - 2;
}

static bool is_adverb_of_manner(const struct token *t)
{
    return t->upos == UPOS_ADV && str_ends(t->lower, STR("ly"));
}

uint32_t event_forms(const struct text *text, uint32_t verb,
                     struct event_form out[EVENT_FORMS])
{
    const struct token *t = &text->token.at[verb];
    bool adjective = t->upos == UPOS_ADJ || str_eq(t->lower, STR("willing"));
    uint32_t before = joined_before(text, verb), n = 0;

    if (before != TOKEN_NONE &&
        (find_joined(t[-2].lower, '-', t->lemma, out) ||
         find_joined(t[-2].lower, '-', mended(t), out) ||
         find_joined(t[-2].lower, '-', dictionary_lemma(t), out)))
        return 1;
    if (verb > 0 && is_adverb_of_manner(t - 1) && t[-1].sentence == t->sentence &&
        (find_joined(t[-1].lower, ' ', t->lemma, out) ||
         find_joined(t[-1].lower, ' ', mended(t), out)))
        out[n++].modifier = verb - 1;
    if ((adjective && find_form(t->lower, &out[n])) || find_form(t->lemma, &out[n]) ||
        find_form(mended(t), &out[n]))
        n++;
    return n;
}

bool event_word_is_joined(const struct text *text, uint32_t i, struct str word)
{
    uint32_t first = joined_before(text, i);
    struct str s;

    if (first == TOKEN_NONE || str_find_char(word, '-') == STR_NPOS)
        return false;
    s = str_slice(text->article->text, text->token.at[first].start,
                  text->token.at[i].end);
    return str_eq_fold(s, word) ||
           (s.len == word.len + 1 && str_ends(s, STR("s")) && str_starts_fold(s, word));
}
