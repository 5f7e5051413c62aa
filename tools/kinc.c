/* kinc - compiles which verbs and nouns of happenings are akin, from WordNet.
 *
 *     kinc WORDNET_DIR OUT_DIR
 *
 * Writes OUT_DIR/kin.bin (struct kin_table of story/kin.h and what follows it) and
 * OUT_DIR/kin.c, which takes it in.  A lemma is akin to the meanings it has, to those that
 * are derived from them ("die", "death") and to what they are kinds of; a meaning that many
 * words lead to counts for little.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/io.h"
#include "base/table.h"
#include "story/kin.h"

#define FILE_LIMIT ((size_t)64 << 20)
#define MEANINGS 4 /* of a lemma, the commonest */
#define DERIVED 6  /* meanings derived from one */
#define ROOM 64
#define LEMMAS 30000.0F /* about so many there are: a meaning of all weighs nothing */

struct meaning {
    uint32_t above; /* 1 + the meaning that it is a kind of */
    uint32_t derived[DERIVED], count;
    uint32_t lemmas; /* that lead here */
};

struct led {
    uint32_t meaning;
    float weight;
};

struct lemma {
    uint32_t hash, count;
    struct led to[ROOM];
};

struct maker {
    struct arena arena;
    struct table index; /* "v00358431" -> 1 + meaning */
    ARRAY(struct meaning) meaning;
    struct table known; /* lemma -> 1 + lemma */
    ARRAY(struct lemma) lemma;
};

static struct str read_all(struct maker *m, const char *dir, const char *name)
{
    struct buf path = buf_new(&m->arena, 4096);
    struct err err;
    struct str text;

    buf_printf(&path, "%s/%s%c", dir, name, '\0');
    if (!io_read_file(&m->arena, path.ptr, FILE_LIMIT, &text, &err)) {
        fprintf(stderr, "kinc: %s: %s\n", path.ptr, err.detail);
        exit(1);
    }
    return text;
}

/* WordNet's files of nouns for what happens: act, communication, event, phenomenon,
 * possession, process, state. */
static bool happens(struct str file)
{
    return str_in(file, "04|10|11|19|21|22|26");
}

static uint32_t *meaning_slot(struct maker *m, char class, struct str offset)
{
    struct buf key = buf_new(&m->arena, 16);

    buf_char(&key, class);
    buf_str(&key, offset);
    return table_put(&m->arena, &m->index, buf_view(&key));
}

/* The next n fields of a line are passed over; the last of them. */
static struct str pass(struct str *line, uint32_t n)
{
    struct str field = { NULL, 0 };

    for (uint32_t i = 0; i < n; i++)
        str_split(line, ' ', &field);
    return field;
}

static uint32_t number(struct str field, int base)
{
    return field.ptr ? (uint32_t)strtoul(field.ptr, NULL, base) : 0;
}

/* "@ 00037396 n 0000": what a meaning is a kind of, or what is derived from it. */
static void read_pointer(struct maker *m, struct meaning *from, struct str *line)
{
    struct str symbol = pass(line, 1), to = pass(line, 1), class = pass(line, 1);
    uint32_t target;

    pass(line, 1);
    if (!str_in(class, "n|v"))
        return;
    target = *meaning_slot(m, *class.ptr, to);
    if (!target)
        return;
    if (str_eq(symbol, STR("@")) && !from->above)
        from->above = target;
    if (str_eq(symbol, STR("+")) && from->count < DERIVED)
        from->derived[from->count++] = target - 1;
}

/* data.noun: "00034574 04 n 02 kindness 0 benignity 0 008 @ 00037396 n 0000 …"; first all
 * meanings are numbered, then what they point to is read. */
static void read_meanings(struct maker *m, char class, struct str data, bool pointers)
{
    struct str line;

    while (str_split(&data, '\n', &line)) {
        uint32_t *slot, count;
        struct str offset;

        if (line.len < 20 || *line.ptr == ' ')
            continue;
        offset = pass(&line, 1);
        if (!happens(pass(&line, 1)) && class == 'n')
            continue;
        slot = meaning_slot(m, class, offset);
        if (!pointers) {
            PUSH(&m->arena, &m->meaning);
            *slot = m->meaning.count;
            continue;
        }
        pass(&line, 1); /* the class */
        count = number(pass(&line, 1), 16);
        pass(&line, 2 * count); /* words */
        count = number(pass(&line, 1), 10);
        for (uint32_t i = 0; i < count; i++)
            read_pointer(m, &m->meaning.at[*slot - 1], &line);
    }
}

static void lead(struct lemma *l, uint32_t meaning, float weight)
{
    for (uint32_t i = 0; i < l->count; i++)
        if (l->to[i].meaning == meaning) {
            l->to[i].weight = fmaxf(l->to[i].weight, weight);
            return;
        }
    if (l->count < ROOM)
        l->to[l->count++] = (struct led){ meaning, weight };
}

static void lead_up(const struct maker *m, struct lemma *l, uint32_t meaning,
                    float weight)
{
    for (uint32_t up = 0; up < 3; up++, weight *= 0.5F) {
        lead(l, meaning, weight);
        if (!m->meaning.at[meaning].above)
            return;
        meaning = m->meaning.at[meaning].above - 1;
    }
}

/* To a meaning and to what is derived from it. */
static void lead_all(const struct maker *m, struct lemma *l, uint32_t meaning,
                     float weight)
{
    const struct meaning *at = &m->meaning.at[meaning];

    lead_up(m, l, meaning, weight);
    for (uint32_t i = 0; i < at->count; i++)
        lead_up(m, l, at->derived[i], 0.8F * weight);
}

static struct lemma *lemma_of(struct maker *m, struct str word)
{
    uint32_t *slot = table_put(&m->arena, &m->known, word);

    if (!*slot) {
        PUSH(&m->arena, &m->lemma)->hash = (uint32_t)str_hash(word);
        *slot = m->lemma.count;
    }
    return &m->lemma.at[*slot - 1];
}

/* index.verb: "die v 11 7 ! @ ~ ^ $ + ; 11 4 00358431 …", the commonest meaning first. */
static void read_index(struct maker *m, char class, struct str data)
{
    struct str line;

    while (str_split(&data, '\n', &line)) {
        float weight = 1;
        struct lemma *l;
        struct str word, offset;

        if (line.len == 0 || *line.ptr == ' ')
            continue;
        word = pass(&line, 1);
        if (str_find_char(word, '_') != STR_NPOS)
            continue;
        l = lemma_of(m, word);
        pass(&line, 2); /* the class, how many meanings */
        pass(&line, number(pass(&line, 1), 10) + 2);
        for (uint32_t i = 0; i < MEANINGS && str_split(&line, ' ', &offset); i++) {
            uint32_t at = *meaning_slot(m, class, offset);

            if (at > 0)
                lead_all(m, l, at - 1, weight);
            weight *= 0.65F;
        }
    }
}

static int heaviest(const void *a, const void *b)
{
    const struct led *x = a, *y = b;

    return (x->weight < y->weight) - (x->weight > y->weight);
}

static int by_meaning(const void *a, const void *b)
{
    const struct led *x = a, *y = b;

    return (x->meaning > y->meaning) - (x->meaning < y->meaning);
}

static int by_hash(const void *a, const void *b)
{
    const struct lemma *x = a, *y = b;

    return (x->hash > y->hash) - (x->hash < y->hash);
}

/* Keeps the heaviest ways of a lemma, as a vector of length 1. */
static void keep_heaviest(struct maker *m, struct lemma *l)
{
    float square = 0;

    for (uint32_t k = 0; k < l->count; k++) {
        float lemmas = (float)m->meaning.at[l->to[k].meaning].lemmas;

        l->to[k].weight *= 1 - logf(lemmas) / logf(LEMMAS);
    }
    qsort(l->to, l->count, sizeof *l->to, heaviest);
    l->count = l->count < KIN_MAX ? l->count : KIN_MAX;
    for (uint32_t k = 0; k < l->count; k++)
        square += l->to[k].weight * l->to[k].weight;
    for (uint32_t k = 0; k < l->count; k++)
        l->to[k].weight /= sqrtf(square);
    qsort(l->to, l->count, sizeof *l->to, by_meaning);
}

static void weigh(struct maker *m)
{
    for (uint32_t i = 0; i < m->lemma.count; i++)
        for (uint32_t k = 0; k < m->lemma.at[i].count; k++)
            m->meaning.at[m->lemma.at[i].to[k].meaning].lemmas++;
    for (uint32_t i = 0; i < m->lemma.count; i++)
        keep_heaviest(m, &m->lemma.at[i]);
    qsort(m->lemma.at, m->lemma.count, sizeof *m->lemma.at, by_hash);
}

static void put(FILE *out, uint32_t number)
{
    fwrite(&number, sizeof number, 1, out);
}

static FILE *open_out(struct maker *m, const char *dir, const char *name)
{
    struct buf path = buf_new(&m->arena, 4096);
    FILE *out;

    buf_printf(&path, "%s/%s%c", dir, name, '\0');
    out = fopen(path.ptr, "wb");
    if (!out) {
        fprintf(stderr, "kinc: %s cannot be written\n", path.ptr);
        exit(1);
    }
    return out;
}

static void close_out(FILE *out)
{
    if (fclose(out) != 0)
        exit(1);
}

static void put_ways(FILE *out, const struct lemma *l)
{
    for (uint32_t k = 0; k < l->count; k++)
        put(out, l->to[k].meaning << 8 | (uint32_t)lrintf(l->to[k].weight * 255));
}

static void write_table(struct maker *m, const char *dir)
{
    FILE *out = open_out(m, dir, "kin.bin");
    uint32_t ways = 0, lemmas = 0;

    for (uint32_t i = 0; i < m->lemma.count; i++)
        lemmas += m->lemma.at[i].count > 0;
    put(out, lemmas);
    put(out, 0);
    for (uint32_t i = 0; i < m->lemma.count; i++)
        if (m->lemma.at[i].count > 0) {
            put(out, m->lemma.at[i].hash);
            put(out, ways);
            ways += m->lemma.at[i].count;
        }
    put(out, UINT32_MAX);
    put(out, ways);
    for (uint32_t i = 0; i < m->lemma.count; i++)
        put_ways(out, &m->lemma.at[i]);
    close_out(out);
    printf("%u words for happenings, %u meanings, %u ways\n", lemmas, m->meaning.count,
           ways);
}

static void write_source(struct maker *m, const char *dir)
{
    static const char *const lines[] = { ".section .rodata", ".balign 16",
                                         ".globl kin_data", ".hidden kin_data",
                                         "kin_data:" };
    FILE *out = open_out(m, dir, "kin.c");

    fprintf(out, "/* Made by kinc. */\n__asm__(");
    for (size_t i = 0; i < COUNT(lines); i++)
        fprintf(out, "\"%s\\n\"\n", lines[i]);
    fprintf(out,
            "\".incbin \\\"%s/kin.bin\\\"\\n.byte 0\\n.previous\\n\");\n"
            "extern const char kin_data[];\n",
            dir);
    close_out(out);
}

int main(int argc, char **argv)
{
    static struct maker maker;
    struct maker *m = &maker;
    struct str nouns, verbs;

    if (argc != 3) {
        fprintf(stderr, "usage: kinc WORDNET_DIR OUT_DIR\n");
        return 2;
    }
    arena_init(&m->arena, SIZE_MAX);
    nouns = read_all(m, argv[1], "data.noun");
    verbs = read_all(m, argv[1], "data.verb");
    for (int pointers = 0; pointers < 2; pointers++) {
        read_meanings(m, 'n', nouns, pointers);
        read_meanings(m, 'v', verbs, pointers);
    }
    read_index(m, 'n', read_all(m, argv[1], "index.noun"));
    read_index(m, 'v', read_all(m, argv[1], "index.verb"));
    weigh(m);
    write_table(m, argv[2]);
    write_source(m, argv[2]);
    arena_release(&m->arena);
    return 0;
}
