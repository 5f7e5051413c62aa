/* lex_index.h - how a table of a lexicon is indexed; between lexc, which makes tables at
 * build time, lexicon.c, which makes them at run time, and lex.c, which reads them. */
#ifndef CORROB_LEX_LEX_INDEX_H
#define CORROB_LEX_LEX_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* A slot: 1 + index of an entry in the low bits, the top of its key's hash above them, so
 * that hardly any key is compared in vain.  0: empty. */
#define LEX_INDEX_BITS 20
#define LEX_INDEX_MASK ((1u << LEX_INDEX_BITS) - 1)
/* Bits of hashes: of first words; of beginnings that longer keys go on from. */
#define LEX_BITS 13
#define LEX_BIT_WORDS ((1u << LEX_BITS) / 64)

static inline uint32_t lex_check(uint64_t hash)
{
    return (uint32_t)(hash >> 32) & ~LEX_INDEX_MASK;
}

static inline bool lex_has_bit(const uint64_t *bits, uint64_t hash)
{
    uint64_t bit = hash >> (64 - LEX_BITS);

    return bits[bit / 64] >> (bit % 64) & 1;
}

static inline void lex_set_bit(uint64_t *bits, uint64_t hash)
{
    uint64_t bit = hash >> (64 - LEX_BITS);

    bits[bit / 64] |= (uint64_t)1 << (bit % 64);
}

/* Puts entry `index` with this key into slots (a power of two, all 0 at first). */
static inline void lex_put_slot(uint32_t *slot, uint32_t slots, struct str key,
                                uint32_t index)
{
    uint64_t hash = str_hash(key);
    uint32_t at = (uint32_t)hash & (slots - 1);

    while (slot[at])
        at = (at + 1) & (slots - 1);
    slot[at] = lex_check(hash) | (index + 1);
}

/* Marks the key's first word in `first` and its beginnings of one word and more, without
 * itself, in `longer`. */
static inline void lex_put_bits(uint64_t *first, uint64_t *longer, struct str key)
{
    size_t at = str_find_char(key, ' ');

    lex_set_bit(first, str_hash(at == STR_NPOS ? key : str_slice(key, 0, at)));
    for (size_t i = 0; i < key.len; i++)
        if (key.ptr[i] == ' ')
            lex_set_bit(longer, str_hash(str_slice(key, 0, i)));
}

#endif
