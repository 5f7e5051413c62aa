/* word.h - the dictionary: what a word form can be, its lemma, how common each use is.
 *
 *     const struct word *w = word_find(STR("said"));
 *     w->tags & 1ull << XPOS_VBD          non-zero
 *     word_lemma(w, XPOS_VBD)             "say"
 *
 * tools/wordc makes the table at build time from WordNet (words, irregular forms, counts
 * of use in its tagged texts) and from data/en/function_words.tsv and
 * irregular_verbs.tsv.  Forms are in lower case; all regular inflections are there.
 */
#ifndef CORROB_TEXT_WORD_H
#define CORROB_TEXT_WORD_H

#include <stdint.h>

#include "base/str.h"

/* What the commonest sense of a noun is about, by WordNet's files of nouns. */
enum word_sense {
    SENSE_NONE,
    SENSE_PERSON,
    SENSE_GROUP,
    SENSE_PLACE,
    SENSE_TIME,
    SENSE_ACT,
    SENSE_QUANTITY,
    SENSE_OTHER,
};

enum word_flag {
    WORD_PROPER = 1,    /* as a noun always with a capital: "paris", "monday" */
    WORD_FUNCTION = 2,  /* of function_words.tsv: its tags are complete */
    WORD_PERSON = 4,    /* a proper noun that names a person: "einstein" */
    WORD_PLACE = 8,     /* … a place */
    WORD_GROUP = 16,    /* … a group or body */
    WORD_IRREGULAR = 32 /* a form that no rule makes: "mice", "went" */
};

struct word {
    uint32_t form, noun, verb, adjective; /* offsets into the pool; lemmas, 0: none */
    uint64_t tags;                        /* bits 1 << enum xpos */
    uint8_t best;                         /* the commonest, enum xpos */
    uint8_t uses[4];      /* noun, verb, adjective, adverb: log2 of count + 1 */
    uint8_t sense;        /* enum word_sense */
    uint8_t proper_sense; /* of the senses with a capital */
    uint8_t flags;        /* enum word_flag */
};

/* The head of the table; slots, words and the pool of strings follow it. */
struct word_table {
    uint32_t magic, slots, words, pool;
};
#define WORD_TABLE_MAGIC 0x31445257u

/* A slot holds the index of a word + 1 in its low bits and a part of the hash. */
#define WORD_INDEX_BITS 20
#define WORD_INDEX_MASK ((1u << WORD_INDEX_BITS) - 1)

/* NULL when the form (in lower case) is not in the dictionary. */
const struct word *word_find(struct str lower);
/* The form as the dictionary keeps it; lives as long as the program. */
struct str word_form(const struct word *w);
/* The lemma of the form under a tag (enum xpos); the form where it has none. */
struct str word_lemma(const struct word *w, unsigned xpos);

#endif
