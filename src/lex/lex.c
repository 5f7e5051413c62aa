#include "lex/lex.h"

#include "lex/lex_index.h"
#include <string.h>

#define KEY_MAX 160 /* bytes of the longest key that is looked for */

static const struct lex_entry *find(const struct lex_table *t, struct str key,
                                    uint64_t hash)
{
    uint32_t i = (uint32_t)hash & (t->slots - 1), slot;

    for (; (slot = t->slot[i]) != 0; i = (i + 1) & (t->slots - 1)) {
        const struct lex_entry *e = &t->entry[(slot & LEX_INDEX_MASK) - 1];

        if ((slot & ~LEX_INDEX_MASK) == lex_check(hash) && str_eq(e->key, key))
            return e;
    }
    return NULL;
}

const struct lex_entry *lex_find(const struct lex_table *t, struct str key)
{
    return find(t, key, str_hash(key));
}

bool lex_may_begin(const struct lex_table *t, struct str word)
{
    return lex_has_bit(t->first, str_hash(word));
}

const struct lex_entry *lex_longest(const struct lex_table *t, const struct str *word,
                                    uint32_t n, uint32_t *used)
{
    const struct lex_entry *best = NULL, *e;
    char key[KEY_MAX];
    size_t len = 0;
    uint64_t hash = n > 0 ? str_hash(word[0]) : 0;

    if (n == 0 || !lex_has_bit(t->first, hash))
        return NULL;
    for (uint32_t i = 0; i < n && i < t->max_words; i++) {
        if (len + 1 + word[i].len > sizeof key)
            break;
        if (i > 0)
            key[len++] = ' ';
        if (word[i].len > 0)
            memcpy(key + len, word[i].ptr, word[i].len);
        len += word[i].len;
        hash = i == 0 ? hash : str_hash((struct str){ key, len });
        e = find(t, (struct str){ key, len }, hash);
        if (e) {
            best = e;
            *used = i + 1;
        }
        if (!lex_has_bit(t->longer, hash))
            break;
    }
    return best;
}
