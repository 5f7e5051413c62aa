#include "lex/lexicon.h"

#include <stdlib.h>

#include "lex/lex_index.h"

#define ENTRIES_MAX 1000000
#define WORDS_MAX 12 /* of a key; as many as a phrase is looked through */
#define KEY_BYTES 150
#define COLUMNS 5

static bool fail(struct err *err, uint32_t line, const char *what, struct str about)
{
    return err_set(err, ERR_USAGE, line, "actors, line %u: %s \"%.*s\"", line, what,
                   STR_ARG(about));
}

/* Lower case, one blank between words. */
static struct str key_of(struct arena *arena, struct str s)
{
    char *p = NEW(arena, char, s.len + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] != ' ')
            p[n++] = ascii_lower(s.ptr[i]);
        else if (n > 0 && p[n - 1] != ' ')
            p[n++] = ' ';
    while (n > 0 && p[n - 1] == ' ')
        n--;
    return (struct str){ p, n };
}

static bool is_code(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_upper(s.ptr[i]))
            return false;
    return s.len == 0 || s.len == 3;
}

static bool is_type(struct str s)
{
    return str_eq(s, STR("person")) || str_eq(s, STR("organization")) ||
           str_eq(s, STR("group"));
}

static uint32_t words_in(struct str key)
{
    uint32_t n = 1;

    for (size_t i = 0; i < key.len; i++)
        n += key.ptr[i] == ' ';
    return n;
}

static bool check(const struct str *field, uint32_t columns, uint32_t line,
                  struct err *err)
{
    if (columns < 4 || columns > COLUMNS)
        return fail(err, line, "not four or five columns parted by tabs:", field[0]);
    if (field[0].len == 0 || field[0].len > KEY_BYTES || words_in(field[0]) > WORDS_MAX)
        return fail(err, line, "no words, or more than twelve:", field[0]);
    if (!is_code(field[1]))
        return fail(err, line, "the country is no code of three capitals:", field[1]);
    if (!is_code(field[2]))
        return fail(err, line, "the sector is no code of three capitals:", field[2]);
    if (!is_type(field[3]))
        return fail(err, line,
                    "the type is not person, organization or group:", field[3]);
    if (field[4].len > 0 && !str_eq(field[4], STR("upper")) &&
        !str_eq(field[4], STR("capital")))
        return fail(err, line, "the form is not upper or capital:", field[4]);
    return true;
}

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const struct lex_entry *)a)->key,
                   ((const struct lex_entry *)b)->key);
}

/* The slots and first bits that lex_find and lex_longest go by. */
static void index_entries(struct arena *arena, struct lex_table *t,
                          const struct lex_entry *entry, uint32_t entries)
{
    uint64_t *first = NEW(arena, uint64_t, LEX_BIT_WORDS);
    uint64_t *longer = NEW(arena, uint64_t, LEX_BIT_WORDS);
    uint32_t *slot;

    t->slots = 16;
    while (t->slots < entries * 2)
        t->slots *= 2;
    slot = NEW(arena, uint32_t, t->slots);
    for (uint32_t i = 0; i < entries; i++) {
        lex_put_slot(slot, t->slots, entry[i].key, i);
        lex_put_bits(first, longer, entry[i].key);
        if (words_in(entry[i].key) > t->max_words)
            t->max_words = words_in(entry[i].key);
    }
    t->name = "actors";
    t->entry = entry;
    t->entries = entries;
    t->slot = slot;
    t->first = first;
    t->longer = longer;
}

static bool read_row(struct arena *arena, struct str line, uint32_t number,
                     struct lex_entry *out, struct err *err)
{
    struct str *field = NEW(arena, struct str, COLUMNS + 1);
    uint32_t columns = 0;

    while (columns <= COLUMNS && str_split(&line, '\t', &field[columns]))
        columns++;
    for (uint32_t i = 1; i < columns; i++)
        field[i] = str_trim(field[i]);
    field[0] = key_of(arena, field[0]);
    *out = (struct lex_entry){ .key = field[0], .field = field, .line = number };
    return check(field, columns, number, err);
}

bool lexicon_read(struct arena *arena, struct str tsv, struct lexicon *out,
                  struct err *err)
{
    ARRAY(struct lex_entry) entry = { 0 };
    uint32_t number = 0;
    struct str line;

    while (str_split(&tsv, '\n', &line)) {
        number++;
        if (str_trim(line).len == 0 || *line.ptr == '#' ||
            (number == 1 && str_starts(line, STR("words\t"))))
            continue;
        if (entry.count == ENTRIES_MAX)
            return fail(err, number, "more than a million entries", STR(""));
        if (!read_row(arena, line, number, PUSH(arena, &entry), err))
            return false;
    }
    if (entry.count > 0)
        qsort(entry.at, entry.count, sizeof *entry.at, by_key);
    for (uint32_t i = 1; i < entry.count; i++)
        if (str_eq(entry.at[i].key, entry.at[i - 1].key))
            return fail(err,
                        entry.at[i].line > entry.at[i - 1].line ? entry.at[i].line
                                                                : entry.at[i - 1].line,
                        "stands twice:", entry.at[i].key);
    *out = (struct lexicon){ 0 };
    index_entries(arena, &out->actors, entry.at, entry.count);
    return true;
}
