/* embed - makes text files constant strings of the program.
 *
 *     embed OUT.c data/report/report.css ...
 *
 * "report.css" becomes `const char report_css[]`.  Blanks at the ends of lines, empty
 * lines and comments that take whole lines ("/ * … * /", "<!-- … -->") are left out:
 * they would only make each report heavier.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/io.h"
#include "base/str.h"

#define FILE_LIMIT ((size_t)4 << 20)

/* As numbers: C promises string literals of 4,095 characters only. */
static void put_line(FILE *out, struct str line)
{
    for (size_t i = 0; i < line.len; i++)
        fprintf(out, "%d,", line.ptr[i]);
    fputs("10,\n", out); /* the line end */
}

static void put_text(FILE *out, struct str text)
{
    bool comment = false;
    struct str line;

    while (str_split(&text, '\n', &line)) {
        line = str_trim(line);
        if (str_starts(line, STR("/*")) || str_starts(line, STR("<!--")))
            comment = true;
        if (line.len > 0 && !comment)
            put_line(out, line);
        if (str_ends(line, STR("*/")) || str_ends(line, STR("-->")))
            comment = false;
    }
}

static void put_name(FILE *out, const char *path)
{
    const char *slash = strrchr(path, '/');

    for (const char *c = slash ? slash + 1 : path; *c != '\0'; c++)
        fputc(ascii_is_letter(*c) || ascii_is_digit(*c) ? *c : '_', out);
}

static bool embed(struct arena *arena, FILE *out, const char *path)
{
    struct err err;
    struct str text;

    if (!io_read_file(arena, path, FILE_LIMIT, &text, &err)) {
        fprintf(stderr, "embed: %s: %s\n", path, err.detail);
        return false;
    }
    fputs("extern const char ", out);
    put_name(out, path);
    fputs("[];\nconst char ", out);
    put_name(out, path);
    fputs("[] = {\n", out);
    put_text(out, text);
    fputs("0 };\n", out);
    return true;
}

int main(int argc, char **argv)
{
    struct arena arena;
    FILE *out = argc > 2 ? fopen(argv[1], "w") : NULL;
    bool done = out != NULL;

    if (!out) {
        fprintf(stderr, "usage: embed OUT.c FILE...\n");
        return EXIT_FAILURE;
    }
    arena_init(&arena, SIZE_MAX);
    for (int i = 2; i < argc && done; i++)
        done = embed(&arena, out, argv[i]);
    arena_release(&arena);
    if (fclose(out) != 0 || !done)
        return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
