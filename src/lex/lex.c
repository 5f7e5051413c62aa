#include "lex/lex.h"

#include <string.h>

#define FIRST_BITS 13
#define KEY_MAX 160 /* bytes of the longest key that is looked for */

const struct lex_entry *lex_find(const struct lex_table *t, struct str key)
{
    uint32_t i = (uint32_t)str_hash(key) & (t->slots - 1);

    for (; t->slot[i]; i = (i + 1) & (t->slots - 1)) {
        const struct lex_entry *e = &t->entry[t->slot[i] - 1];

        if (str_eq(e->key, key))
            return e;
    }
    return NULL;
}

bool lex_may_begin(const struct lex_table *t, struct str word)
{
    uint64_t bit = str_hash(word) >> (64 - FIRST_BITS);

    return t->first[bit / 64] >> (bit % 64) & 1;
}

const struct lex_entry *lex_longest(const struct lex_table *t, const struct str *word,
                                    uint32_t n, uint32_t *used)
{
    const struct lex_entry *best = NULL, *e;
    char key[KEY_MAX];
    size_t len = 0;

    if (n == 0 || !lex_may_begin(t, word[0]))
        return NULL;
    for (uint32_t i = 0; i < n && i < t->max_words; i++) {
        if (len + 1 + word[i].len > sizeof key)
            break;
        if (i > 0)
            key[len++] = ' ';
        if (word[i].len > 0)
            memcpy(key + len, word[i].ptr, word[i].len);
        len += word[i].len;
        e = lex_find(t, (struct str){ key, len });
        if (e) {
            best = e;
            *used = i + 1;
        }
    }
    return best;
}
