#include "text/word.h"

#include "text/text.h"

/* Made by tools/wordc; aligned to 16 bytes. */
extern const char word_data[];

static const struct word_table *table(void)
{
    return (const void *)word_data;
}

/* A string of the pool: a length byte before its first character. */
static struct str pooled(uint32_t offset)
{
    const struct word_table *t = table();
    const char *pool = word_data + sizeof *t + t->slots * sizeof(uint32_t) +
                       t->words * sizeof(struct word);

    return (struct str){ pool + offset, (unsigned char)pool[offset - 1] };
}

const struct word *word_find(struct str lower)
{
    const struct word_table *t = table();
    const uint32_t *slot = (const void *)(word_data + sizeof *t);
    const struct word *word = (const void *)(slot + t->slots);
    uint64_t hash = str_hash(lower);
    uint32_t check = (uint32_t)(hash >> 32) & ~WORD_INDEX_MASK;

    for (uint32_t i = (uint32_t)hash & (t->slots - 1); slot[i];
         i = (i + 1) & (t->slots - 1)) {
        const struct word *w = &word[(slot[i] & WORD_INDEX_MASK) - 1];

        if ((slot[i] & ~WORD_INDEX_MASK) == check && str_eq(pooled(w->form), lower))
            return w;
    }
    return NULL;
}

struct str word_form(const struct word *w)
{
    return pooled(w->form);
}

struct str word_lemma(const struct word *w, unsigned xpos)
{
    uint32_t lemma = 0;

    if (xpos == XPOS_NN || xpos == XPOS_NNS)
        lemma = w->noun;
    else if (xpos == XPOS_MD || (xpos >= XPOS_VB && xpos <= XPOS_VBZ))
        lemma = w->verb;
    else
        lemma = w->adjective;
    return pooled(lemma ? lemma : w->form);
}
