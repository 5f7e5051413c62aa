#include "gazetteer/names.h"

#include <math.h>
#include <stdlib.h>

#define KEY_LEAST 2 /* bytes; no report names a place by one letter */

uint8_t gazetteer_rank(double people)
{
    double rank = 8 * log2(1 + (people > 0 ? people : 0));

    return rank > 255 ? 255 : (uint8_t)rank;
}

static bool is_ascii(const char *key, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)key[i] >= 0x80)
            return false;
    return true;
}

void gazetteer_name_add(struct arena *arena, struct gazetteer_names *names,
                        struct str name, uint32_t place, uint8_t rank,
                        enum gazetteer_form form)
{
    char key[GAZETTEER_KEY_MAX];
    size_t len = gazetteer_key(str_trim(name), key, sizeof key);
    struct gazetteer_entry *e;
    uint64_t hash;

    if (len < KEY_LEAST || !is_ascii(key, len))
        return;
    hash = str_hash((struct str){ key, len });
    e = PUSH(arena, &names->entry);
    e->key = hash >> (64 - GAZETTEER_BUCKET_BITS) << 32 | (uint32_t)hash;
    e->posting = (uint32_t)form << GAZETTEER_FORM_SHIFT | place;
    e->rank = rank;
}

/* ---- tables ---- */

/* By key, the most populous place first, the best form first. */
static int by_key(const void *a, const void *b)
{
    const struct gazetteer_entry *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank > y->rank ? -1 : 1;
    return x->posting < y->posting ? -1 : x->posting > y->posting;
}

/* By this name, in a better form: places of one rank lie form by form. */
static bool has_place(const struct gazetteer_tables *t, uint32_t first,
                      uint32_t posting)
{
    for (uint32_t i = first; i < t->posting.count; i++)
        if (((t->posting.at[i] ^ posting) & GAZETTEER_PLACE_MASK) == 0)
            return true;
    return false;
}

/* One name with its places; returns the entry behind it. */
static uint32_t put_name(struct arena *arena, const struct gazetteer_names *names,
                         struct gazetteer_tables *t, uint32_t from)
{
    const struct gazetteer_entry *e = names->entry.at;
    uint32_t to = from, first = t->posting.count, n = 0;
    struct gazetteer_name *name = PUSH(arena, &t->name);

    name->check = (uint32_t)e[from].key;
    for (; to < names->entry.count && e[to].key == e[from].key; to++) {
        if (n == GAZETTEER_HITS || has_place(t, first, e[to].posting))
            continue;
        *PUSH(arena, &t->posting) = e[to].posting;
        n++;
    }
    if (n == 1) {
        name->value = e[from].posting;
        t->posting.count = first;
    } else {
        name->value = GAZETTEER_LIST | first;
        t->posting.at[t->posting.count - 1] |= GAZETTEER_LIST;
    }
    return to;
}

struct gazetteer_tables gazetteer_tables_of(struct arena *arena,
                                            struct gazetteer_names *names)
{
    struct gazetteer_tables t = { .bucket =
                                      NEW(arena, uint32_t, GAZETTEER_BUCKETS + 1) };

    if (names->entry.count > 1)
        qsort(names->entry.at, names->entry.count, sizeof *names->entry.at, by_key);
    for (uint32_t i = 0; i < names->entry.count;) {
        t.bucket[(names->entry.at[i].key >> 32) + 1]++;
        i = put_name(arena, names, &t, i);
    }
    for (uint32_t b = 0; b < GAZETTEER_BUCKETS; b++)
        t.bucket[b + 1] += t.bucket[b];
    return t;
}

/* ---- writing ---- */

struct piece {
    const void *data;
    uint64_t bytes;
    uint32_t *at; /* where the header tells its place, or NULL */
};

static bool put_pieces(const struct piece *piece, size_t count, gazetteer_put *put,
                       void *context)
{
    for (size_t i = 0; i < count; i++)
        if (piece[i].bytes > 0 && !put(context, piece[i].data, (size_t)piece[i].bytes))
            return false;
    return true;
}

bool gazetteer_write(struct gazetteer_parts *parts, gazetteer_put *put, void *context,
                     struct err *err)
{
    struct gazetteer *g = &parts->header;
    const struct gazetteer_tables *t = &parts->tables;
    uint64_t texts = (uint64_t)g->countries + g->regions + g->own + 1;
    uint64_t place = sizeof *parts->place->at, size = 0;
    const struct piece piece[] = {
        { g, sizeof *g, NULL },
        { parts->place[0].at, parts->place[0].count * place, &g->place_at },
        { parts->place[1].at, parts->place[1].count * place, NULL },
        { parts->place[2].at, parts->place[2].count * place, NULL },
        { parts->code, g->countries * sizeof *parts->code, &g->code_at },
        { t->bucket, ((uint64_t)GAZETTEER_BUCKETS + 1) * 4, &g->bucket_at },
        { t->name.at, t->name.count * sizeof *t->name.at, &g->name_at },
        { t->posting.at, (uint64_t)t->posting.count * 4, &g->posting_at },
        { parts->text_at, texts * 4, &g->text_at },
        { parts->text.ptr, parts->text.len, &g->text },
    };

    memcpy(g->magic, GAZETTEER_MAGIC, sizeof g->magic);
    g->places = parts->place[0].count + parts->place[1].count + parts->place[2].count;
    g->names = t->name.count;
    g->postings = t->posting.count;
    g->text_size = (uint32_t)parts->text.len;
    for (size_t i = 0; i < COUNT(piece); i++) {
        if (piece[i].at)
            *piece[i].at = (uint32_t)size;
        size += piece[i].bytes;
    }
    if (size > UINT32_MAX)
        return err_set(err, ERR_LIMIT, -1, "the gazetteer would be over 4 GB");
    g->size = (uint32_t)size;
    return put_pieces(piece, COUNT(piece), put, context) ||
           err_set(err, ERR_WRITE, -1, "the output can't be written");
}
