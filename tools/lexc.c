/* lexc - compiles the lexicons data/en/NAME.tsv into constant tables.
 *
 *     lexc OUT_DIR FILE.tsv...      writes OUT_DIR/lex/tables.h and OUT_DIR/tables.c
 *
 * A file's first line names its columns; the first is the key, the last one is
 * "example": the sentence that asked for the entry.  "#" begins a comment line.
 *
 * A word of a key may be a choice; the row then stands for an entry with each of them,
 * all with the number of its line:
 *
 *     #= house: palace office police_station        a class, named once, for any row
 *     burst|break|force_way into {house}|parliament     12 entries: "burst into palace",
 *                                               "force way into police station", ...
 *     stage protest |against            "stage protest" and "stage protest against"
 *
 * "_" stands for a blank in the words of a choice or class; a choice may be nothing.
 *
 * A file is refused when a line has another number of columns, a key is not in normal
 * form (lower case, one blank between words), an entry comes twice (also by two rows
 * that both stand for it), no word of the example begins like each word of the key (of a
 * choice: of one way to choose), a class is not declared above, declared twice, empty or
 * never used.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/io.h"
#include "base/str.h"
#include "lex/lex_index.h"

#define COLUMNS 12
#define FILE_LIMIT ((size_t)64 << 20)
#define KEY_WORDS 12       /* of a row's key as written */
#define ROW_ENTRIES 10000u /* that one row may stand for */

struct row {
    struct str field[COLUMNS];
    uint32_t line, order;
};

/* The words that may stand at one place of a key. */
struct choice {
    ARRAY(struct str) word; /* "police station"; an empty one: nothing */
};

struct class
{
    struct str name;
    struct choice choice;
    uint32_t line;
    bool used;
};

struct file {
    struct str name; /* "verbs" */
    struct str column[COLUMNS];
    uint32_t columns;
    ARRAY(struct class) class;
    ARRAY(struct row) row;
    bool bad;
};

static void complain(struct file *f, uint32_t line, const char *what, struct str about)
{
    fprintf(stderr, "%.*s.tsv:%u: %s: %.*s\n", STR_ARG(f->name), line, what,
            STR_ARG(about));
    f->bad = true;
}

/* "data/en/verbs.tsv" -> "verbs" */
static struct str name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct str s = str_from(slash ? slash + 1 : path);

    return str_slice(s, 0, s.len - (str_ends(s, STR(".tsv")) ? 4 : 0));
}

static bool key_is_normal(struct str key)
{
    char last = ' ';

    for (size_t i = 0; i < key.len; last = key.ptr[i++])
        if (ascii_is_upper(key.ptr[i]) || (key.ptr[i] == ' ' && last == ' '))
            return false;
    return key.len > 0 && last != ' ';
}

static bool is_vowel(char c)
{
    return str_find_char(STR("aeiou"), ascii_lower(c)) != STR_NPOS;
}

/* Whether a text begins with the first two letters of the word, or with its first and
 * another vowel: "held" for "hold". */
static bool begins_like(struct str text, struct str word)
{
    struct str start = str_slice(word, 0, word.len < 2 ? word.len : 2);

    return str_starts_fold(text, start) ||
           (start.len == 2 && text.len > 2 && is_vowel(word.ptr[1]) &&
            is_vowel(text.ptr[1]) && str_starts_fold(text, str_slice(word, 0, 1)));
}

/* Whether a word of the text begins like this one. */
static bool echoed(struct str word, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((i == 0 || !ascii_is_word(text.ptr[i - 1])) &&
            begins_like(str_after(text, i), word))
            return true;
    return false;
}

static bool all_echoed(struct str words, struct str text)
{
    struct str word;

    while (str_split(&words, ' ', &word))
        if (!echoed(word, text))
            return false;
    return true;
}

/* "police_station" -> "police station" */
static struct str with_blanks(struct arena *arena, struct str s)
{
    char *copy = NEW(arena, char, s.len + 1);

    for (size_t i = 0; i < s.len; i++)
        copy[i] = s.ptr[i] == '_' ? ' ' : s.ptr[i];
    return (struct str){ copy, s.len };
}

static struct class *find_class(const struct file *f, struct str name)
{
    for (uint32_t i = 0; i < f->class.count; i++)
        if (str_eq(f->class.at[i].name, name))
            return &f->class.at[i];
    return NULL;
}

/* "#= house: palace office police_station" without its "#=" */
static void read_class(struct arena *arena, struct file *f, uint32_t line,
                       struct str rest)
{
    struct class c = { .line = line };
    struct str word;

    if (!str_split(&rest, ':', &c.name) || !rest.ptr) {
        complain(f, line, "a class without a colon", c.name);
        return;
    }
    c.name = str_trim(c.name);
    if (find_class(f, c.name))
        complain(f, line, "the class is declared twice", c.name);
    while (str_split(&rest, ' ', &word))
        if (word.len > 0)
            *PUSH(arena, &c.choice.word) = with_blanks(arena, word);
    if (c.name.len == 0 || c.choice.word.count == 0)
        complain(f, line, "an empty class", c.name);
    *PUSH(arena, &f->class) = c;
}

static void add_class(struct arena *arena, struct file *f, uint32_t line,
                      struct str word, struct choice *choice)
{
    struct class *c = str_ends(word, STR("}"))
                          ? find_class(f, str_slice(word, 1, word.len - 1))
                          : NULL;

    if (!c) {
        complain(f, line, "no class of that name above", word);
        return;
    }
    c->used = true;
    for (uint32_t i = 0; i < c->choice.word.count; i++)
        *PUSH(arena, &choice->word) = c->choice.word.at[i];
}

/* "burst", "burst|force_way|{enter}" */
static struct choice read_choice(struct arena *arena, struct file *f, uint32_t line,
                                 struct str words)
{
    struct choice choice = { 0 };
    bool single = str_find_char(words, '|') == STR_NPOS;
    struct str word;

    while (str_split(&words, '|', &word)) {
        if (str_starts(word, STR("{")))
            add_class(arena, f, line, word, &choice);
        else
            *PUSH(arena, &choice.word) = single ? word : with_blanks(arena, word);
    }
    return choice;
}

static void check_choice(struct file *f, const struct row *r, const struct choice *c,
                         struct str written)
{
    for (uint32_t i = 0; i < c->word.count; i++)
        if (all_echoed(c->word.at[i], r->field[f->columns - 1]) ||
            c->word.at[i].len == 0)
            return;
    complain(f, r->line, "the example does not show", written);
}

/* The key with the n-th of all ways to choose, the last choice varying fastest. */
static struct str nth_key(struct arena *arena, const struct choice *choice,
                          uint32_t choices, uint32_t n)
{
    struct str word[KEY_WORDS];
    size_t len = 0, at = 0;
    char *key;

    for (uint32_t i = choices; i-- > 0; n /= choice[i].word.count) {
        word[i] = choice[i].word.at[n % choice[i].word.count];
        len += word[i].len + 1;
    }
    key = NEW(arena, char, len + 1);
    for (uint32_t i = 0; i < choices; i++) {
        if (word[i].len == 0)
            continue;
        if (at > 0)
            key[at++] = ' ';
        memcpy(key + at, word[i].ptr, word[i].len);
        at += word[i].len;
    }
    return (struct str){ key, at };
}

/* The entries that a row stands for. */
static void add_row(struct arena *arena, struct file *f, struct row row)
{
    struct choice choice[KEY_WORDS];
    struct str rest = row.field[0], word;
    uint32_t choices = 0, entries = 1;

    if (!key_is_normal(row.field[0])) {
        complain(f, row.line, "key not in lower case with single blanks", row.field[0]);
        return;
    }
    while (choices < KEY_WORDS && str_split(&rest, ' ', &word)) {
        struct choice *c = &choice[choices++];

        *c = read_choice(arena, f, row.line, word);
        check_choice(f, &row, c, word);
        entries = entries <= ROW_ENTRIES ? entries * c->word.count : entries;
    }
    if (rest.ptr || entries > ROW_ENTRIES) {
        complain(f, row.line, "a key of too many words or choices", row.field[0]);
        return;
    }
    for (uint32_t n = 0; n < entries; n++) {
        row.field[0] = nth_key(arena, choice, choices, n);
        row.order = f->row.count;
        if (!key_is_normal(row.field[0]))
            complain(f, row.line, "not a key in normal form", row.field[0]);
        *PUSH(arena, &f->row) = row;
    }
}

static uint32_t split_row(struct str line, struct str field[COLUMNS])
{
    uint32_t n = 0;

    while (n < COLUMNS && str_split(&line, '\t', &field[n]))
        n++;
    return line.ptr ? COLUMNS + 1 : n;
}

static void read_file(struct arena *arena, const char *path, struct file *f)
{
    struct str rest, line;
    struct err err;
    uint32_t number = 0;

    f->name = name_of(path);
    if (!io_read_file(arena, path, FILE_LIMIT, &rest, &err)) {
        complain(f, 0, err.detail, str_from(path));
        return;
    }
    while (str_split(&rest, '\n', &line)) {
        struct row row = { .line = ++number };

        if (str_starts(line, STR("#=")))
            read_class(arena, f, number, str_after(line, 2));
        if (line.len == 0 || *line.ptr == '#')
            continue;
        if (f->columns == 0) {
            f->columns = split_row(line, f->column);
            if (f->columns < 2 || f->columns > COLUMNS ||
                !str_eq(f->column[f->columns - 1], STR("example")))
                complain(f, number, "not a header that ends in \"example\"", line);
            continue;
        }
        if (split_row(line, row.field) != f->columns) {
            complain(f, number, "another number of columns than the header", line);
            continue;
        }
        add_row(arena, f, row);
    }
    for (uint32_t i = 0; i < f->class.count; i++)
        if (!f->class.at[i].used)
            complain(f, f->class.at[i].line, "the class is never used",
                     f->class.at[i].name);
}

/* By key; entries that share one keep the order of the file. */
static int by_key(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int order = str_cmp(x->field[0], y->field[0]);

    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static bool are_twins(const struct file *f, const struct row *a, const struct row *b)
{
    for (uint32_t c = 0; c + 1 < f->columns; c++)
        if (!str_eq(a->field[c], b->field[c]))
            return false;
    return true;
}

static void check_twins(struct file *f)
{
    for (uint32_t i = 1; i < f->row.count; i++)
        for (uint32_t j = i;
             j-- > 0 && str_eq(f->row.at[j].field[0], f->row.at[i].field[0]);)
            if (are_twins(f, &f->row.at[j], &f->row.at[i]))
                complain(f, f->row.at[i].line, "the entry comes twice",
                         f->row.at[i].field[0]);
}

static void put_literal(FILE *out, struct str s)
{
    fputs("STR_INIT(\"", out);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (c == '"' || c == '\\' || c == '?')
            fprintf(out, "\\%c", c);
        else if (c < 0x20 || c >= 0x7f)
            fprintf(out, "\\%03o", c);
        else
            fputc(c, out);
    }
    fputs("\")", out);
}

static void put_upper(FILE *out, struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        fputc(ascii_is_word(s.ptr[i]) ? ascii_upper(s.ptr[i]) : '_', out);
}

static uint32_t words_in(struct str key)
{
    uint32_t n = 1;

    for (size_t i = 0; i < key.len; i++)
        n += key.ptr[i] == ' ';
    return n;
}

/* Entries that follow with the same key. */
static uint32_t same_after(const struct file *f, uint32_t i)
{
    uint32_t n = 0;

    while (i + n + 1 < f->row.count &&
           str_eq(f->row.at[i].field[0], f->row.at[i + n + 1].field[0]))
        n++;
    return n;
}

static void put_rows(FILE *out, const struct file *f)
{
    uint32_t columns = f->columns - 1; /* the example stays in the file */

    fprintf(out, "static const struct str fields_%.*s[] = {\n", STR_ARG(f->name));
    for (uint32_t i = 0; i < f->row.count; i++)
        for (uint32_t c = 0; c < columns; c++) {
            put_literal(out, f->row.at[i].field[c]);
            fputs(",\n", out);
        }
    fprintf(out, "};\nstatic const struct lex_entry entries_%.*s[] = {\n",
            STR_ARG(f->name));
    for (uint32_t i = 0; i < f->row.count; i++) {
        fputs("{ ", out);
        put_literal(out, f->row.at[i].field[0]);
        fprintf(out, ", fields_%.*s + %u, %u, %u },\n", STR_ARG(f->name), i * columns,
                f->row.at[i].line, same_after(f, i));
    }
    fputs("};\n", out);
}

static uint32_t slots_for(uint32_t entries)
{
    uint32_t slots = 16;

    while (slots < entries * 2)
        slots *= 2;
    return slots;
}

static void put_slots(FILE *out, struct arena *arena, const struct file *f,
                      uint32_t slots)
{
    uint32_t *slot = NEW(arena, uint32_t, slots);

    for (uint32_t i = 0; i < f->row.count; i += same_after(f, i) + 1)
        lex_put_slot(slot, slots, f->row.at[i].field[0], i);
    fprintf(out, "static const uint32_t slots_%.*s[] = {", STR_ARG(f->name));
    for (uint32_t i = 0; i < slots; i++)
        fprintf(out, "%u,%s", slot[i], i % 16 == 15 ? "\n" : "");
    fputs("};\n", out);
}

static void put_bits(FILE *out, const char *what, struct str name, const uint64_t *bits)
{
    fprintf(out, "static const uint64_t %s_%.*s[] = {", what, STR_ARG(name));
    for (uint32_t i = 0; i < LEX_BIT_WORDS; i++)
        fprintf(out, "0x%llxu,%s", (unsigned long long)bits[i], i % 8 == 7 ? "\n" : "");
    fputs("};\n", out);
}

static void put_beginnings(FILE *out, struct arena *arena, const struct file *f)
{
    uint64_t *first = NEW(arena, uint64_t, LEX_BIT_WORDS);
    uint64_t *longer = NEW(arena, uint64_t, LEX_BIT_WORDS);

    for (uint32_t i = 0; i < f->row.count; i++)
        lex_put_bits(first, longer, f->row.at[i].field[0]);
    put_bits(out, "first", f->name, first);
    put_bits(out, "longer", f->name, longer);
}

static void put_table(FILE *header, FILE *out, struct arena *arena,
                      const struct file *f)
{
    uint32_t slots = slots_for(f->row.count), max_words = 0;

    for (uint32_t i = 0; i < f->row.count; i++) {
        uint32_t n = words_in(f->row.at[i].field[0]);

        max_words = n > max_words ? n : max_words;
    }
    fprintf(header, "extern const struct lex_table lex_%.*s;\nenum {\n",
            STR_ARG(f->name));
    for (uint32_t c = 0; c + 1 < f->columns; c++) {
        fputs("    LEX_", header);
        put_upper(header, f->name);
        fputc('_', header);
        put_upper(header, f->column[c]);
        fputs(",\n", header);
    }
    fputs("};\n", header);
    put_rows(out, f);
    put_slots(out, arena, f, slots);
    put_beginnings(out, arena, f);
    fprintf(out,
            "const struct lex_table lex_%.*s = { \"%.*s.tsv\", entries_%.*s, %u, "
            "slots_%.*s, %u, %u, first_%.*s, longer_%.*s };\n",
            STR_ARG(f->name), STR_ARG(f->name), STR_ARG(f->name), f->row.count,
            STR_ARG(f->name), slots, max_words, STR_ARG(f->name), STR_ARG(f->name));
}

static FILE *create(const char *folder, const char *name)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    if (!file)
        perror(path);
    return file;
}

int main(int argc, char **argv)
{
    struct arena arena;
    FILE *header, *out;
    bool bad = false;

    if (argc < 3) {
        fputs("usage: lexc OUT_DIR FILE.tsv...\n", stderr);
        return 2;
    }
    header = create(argv[1], "lex/tables.h");
    out = create(argv[1], "tables.c");
    if (!header || !out)
        return 2;
    arena_init(&arena, SIZE_MAX);
    fputs("/* Made by tools/lexc from data/en: do not edit. */\n", header);
    fputs("#include \"lex/lex.h\"\n", out);
    for (int i = 2; i < argc; i++) {
        struct file f = { 0 };

        read_file(&arena, argv[i], &f);
        if (f.row.count == 0 && !f.bad)
            complain(&f, 0, "no entry", f.name);
        if (f.row.count > 0)
            qsort(f.row.at, f.row.count, sizeof *f.row.at, by_key);
        check_twins(&f);
        if (!f.bad)
            put_table(header, out, &arena, &f);
        bad = bad || f.bad;
    }
    arena_release(&arena);
    return fclose(header) | fclose(out) | bad;
}
