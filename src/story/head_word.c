#include "story/head_word.h"

#include "text/text.h"
#include "text/word.h"

#define BIT(tag) (1ull << (tag))

struct str head_lemma(struct str lower)
{
    static const unsigned tags[] = { XPOS_VB,  XPOS_VBD, XPOS_VBG, XPOS_VBN,
                                     XPOS_VBP, XPOS_VBZ, XPOS_NNS };
    const struct word *w = word_find(lower);

    for (size_t i = 0; w && i < COUNT(tags); i++)
        if (w->tags & BIT(tags[i]) && (tags[i] == XPOS_NNS ? w->noun : w->verb))
            return word_lemma(w, tags[i]);
    return lower;
}

uint32_t head_stem(struct str w)
{
    static const char *const endings[] = { "ations", "ation", "ings", "ing", "ions",
                                           "ion",    "ments", "ment", "ers", "er",
                                           "ed",     "es",    "s",    "e",   "al" };

    for (size_t i = 0; i < COUNT(endings); i++)
        if (str_ends(w, str_from(endings[i])) && w.len >= strlen(endings[i]) + 3) {
            w.len -= strlen(endings[i]);
            break;
        }
    if (w.len > 3 && w.ptr[w.len - 1] == w.ptr[w.len - 2])
        w.len--;
    if (w.len > 3 && (w.ptr[w.len - 1] == 'y' || w.ptr[w.len - 1] == 'i'))
        w.len--;
    return (uint32_t)str_hash(w);
}

bool word_is_particle(struct str lower)
{
    const struct word *w = word_find(lower);

    return w && w->flags & WORD_FUNCTION &&
           w->tags & (BIT(XPOS_RP) | BIT(XPOS_IN) | BIT(XPOS_TO));
}

bool word_leaves_open(struct str lower)
{
    const struct word *w = word_find(lower);

    return str_in(lower, "not|no|never|if") ||
           (w && w->flags & WORD_FUNCTION && w->tags & (BIT(XPOS_MD) | BIT(XPOS_TO)));
}
