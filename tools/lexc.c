/* lexc - compiles the lexicons data/en/NAME.tsv into constant tables.
 *
 *     lexc OUT_DIR FILE.tsv...      writes OUT_DIR/lex/tables.h and OUT_DIR/tables.c
 *
 * A file's first line names its columns; the first is the key, the last one is
 * "example": the sentence that asked for the entry.  "#" begins a comment line.  A file
 * is refused when a line has another number of columns, a key is not in normal form
 * (lower case, one blank between words), an entry comes twice, or no word of the
 * example begins like each word of the key.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/io.h"
#include "base/str.h"

#define COLUMNS 12
#define FIRST_BITS 13
#define FILE_LIMIT ((size_t)64 << 20)

struct row {
    struct str field[COLUMNS];
    uint32_t line, order;
};

struct file {
    struct str name; /* "verbs" */
    struct str column[COLUMNS];
    uint32_t columns;
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

/* Whether a word of the text begins with the first two letters of this one. */
static bool echoed(struct str word, struct str text)
{
    struct str start = str_slice(word, 0, word.len < 2 ? word.len : 2);

    for (size_t i = 0; i + start.len <= text.len; i++)
        if ((i == 0 || !ascii_is_word(text.ptr[i - 1])) &&
            str_starts_fold(str_after(text, i), start))
            return true;
    return false;
}

static void check_row(struct file *f, const struct row *r)
{
    struct str rest = r->field[0], word, example = r->field[f->columns - 1];

    if (!key_is_normal(r->field[0]))
        complain(f, r->line, "key not in lower case with single blanks", r->field[0]);
    while (str_split(&rest, ' ', &word))
        if (!echoed(word, example))
            complain(f, r->line, "the example does not show", word);
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
        row.order = f->row.count;
        check_row(f, &row);
        *PUSH(arena, &f->row) = row;
    }
}

/* By key; entries that share one keep the order of the file. */
static int by_key(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int order = str_cmp(x->field[0], y->field[0]);

    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void check_twins(struct file *f)
{
    for (uint32_t i = 1; i < f->row.count; i++) {
        const struct row *a = &f->row.at[i - 1], *b = &f->row.at[i];
        bool same = true;

        for (uint32_t c = 0; c + 1 < f->columns; c++)
            same = same && str_eq(a->field[c], b->field[c]);
        if (same)
            complain(f, b->line, "the entry comes twice", b->field[0]);
    }
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

    for (uint32_t i = 0; i < f->row.count; i += same_after(f, i) + 1) {
        uint32_t at = (uint32_t)str_hash(f->row.at[i].field[0]) & (slots - 1);

        while (slot[at])
            at = (at + 1) & (slots - 1);
        slot[at] = i + 1;
    }
    fprintf(out, "static const uint32_t slots_%.*s[] = {", STR_ARG(f->name));
    for (uint32_t i = 0; i < slots; i++)
        fprintf(out, "%u,%s", slot[i], i % 16 == 15 ? "\n" : "");
    fputs("};\n", out);
}

static void put_first_words(FILE *out, struct arena *arena, const struct file *f)
{
    uint64_t *bits = NEW(arena, uint64_t, (1u << FIRST_BITS) / 64);

    for (uint32_t i = 0; i < f->row.count; i++) {
        struct str rest = f->row.at[i].field[0], word = rest;
        uint64_t bit;

        str_split(&rest, ' ', &word);
        bit = str_hash(word) >> (64 - FIRST_BITS);
        bits[bit / 64] |= (uint64_t)1 << (bit % 64);
    }
    fprintf(out, "static const uint64_t first_%.*s[] = {", STR_ARG(f->name));
    for (uint32_t i = 0; i < (1u << FIRST_BITS) / 64; i++)
        fprintf(out, "0x%llxu,%s", (unsigned long long)bits[i], i % 8 == 7 ? "\n" : "");
    fputs("};\n", out);
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
    put_first_words(out, arena, f);
    fprintf(out,
            "const struct lex_table lex_%.*s = { \"%.*s.tsv\", entries_%.*s, %u, "
            "slots_%.*s, %u, %u, first_%.*s };\n",
            STR_ARG(f->name), STR_ARG(f->name), STR_ARG(f->name), f->row.count,
            STR_ARG(f->name), slots, max_words, STR_ARG(f->name));
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
