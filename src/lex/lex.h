/* lex.h - the lexicons of data/en as constant tables: words in, entries out.
 *
 *     const struct lex_entry *e = lex_find(&lex_hedges, STR("more than"));
 *     e->field[LEX_HEDGES_OP]                         ">"
 *
 * tools/lexc makes a table lex_NAME of each data/en/NAME.tsv at build time, and an
 * enum constant LEX_NAME_COLUMN for each column.  Keys are in lower case, words parted by
 * one blank.  Several entries may share a key: they lie side by side.
 */
#ifndef CORROB_LEX_LEX_H
#define CORROB_LEX_LEX_H

#include <stdint.h>

#include "base/str.h"

struct lex_entry {
    struct str key;
    const struct str *field; /* by LEX_NAME_COLUMN; the key's own column is 0 */
    uint32_t line;           /* in the .tsv file, for "verbs.tsv:412" */
    uint32_t same;           /* how many entries with the same key follow this one */
};

struct lex_table {
    const char *name; /* "verbs.tsv" */
    const struct lex_entry *entry;
    uint32_t entries;
    const uint32_t *slot;           /* the first entry of each key: lex_index.h */
    uint32_t slots;                 /* a power of two */
    uint32_t max_words;             /* of the longest key */
    const uint64_t *first, *longer; /* bits of first words; of what goes on to a key */
};

/* The first entry with this key, or NULL. */
const struct lex_entry *lex_find(const struct lex_table *t, struct str key);
/* Whether some key may begin with this word: no false "no". */
bool lex_may_begin(const struct lex_table *t, struct str word);
/* The longest key made of word[0..n), each compared as given; *used is its length in
 * words.  NULL when none begins there. */
const struct lex_entry *lex_longest(const struct lex_table *t, const struct str *word,
                                    uint32_t n, uint32_t *used);

#include "lex/tables.h" /* made at build time */

#endif
