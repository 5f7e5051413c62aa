/* words.h - a text as folded words: what copies and stories compare.
 *
 *     "Twenty-six protesters’ organisations"  ->  26 protester organization
 *
 * Works on bytes alone, in any language, so that reports without analysis have copies
 * and a story too.  Folding hides what editors change when they carry a text: case,
 * accents, quotation marks, British or American spelling, endings, figures as words.
 */
#ifndef CORROB_STORY_WORDS_H
#define CORROB_STORY_WORDS_H

#include "base/arena.h"
#include "base/str.h"

enum word_flag {
    WORD_NAME = 1,      /* a capital inside a sentence: "in Almaty" */
    WORD_NUMBER = 2,    /* digits or a number word */
    WORD_OPENS = 4,     /* first of a sentence */
    WORD_PARAGRAPH = 8, /* first of a paragraph */
    WORD_CAPITAL = 16,  /* a capital anywhere, "The" too */
};

struct word {
    uint32_t key;   /* hash of the folded word */
    uint32_t start; /* byte of the text */
    uint16_t len;   /* bytes */
    uint8_t flags;
    uint8_t letters; /* of the folded form, at most 255: 1 for "a", 2 for "of" */
};

struct words {
    struct word *at;
    uint32_t count;
};

struct words words_from_text(struct arena *arena, struct str text);
/* The folded form of one word, for the tables: "organisations" -> "organiz…". */
uint32_t word_key(struct str word);
/* One key of two, where their order matters. */
uint32_t word_pair_key(uint32_t a, uint32_t b);

static inline uint32_t word_end(const struct word *w)
{
    return w->start + w->len;
}

#endif
