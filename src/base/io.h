/* io.h - bytes from and to the world: whole files within a limit, lines, standard output. */
#ifndef CORROB_BASE_IO_H
#define CORROB_BASE_IO_H

#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* The bytes of a file (path "-": standard input), at most limit; more is ERR_LIMIT.
 * False with *err set when it can't be read. */
bool io_read_file(struct arena *arena, const char *path, size_t limit, struct str *out,
                  struct err *err);
/* A read-only mapping of a file; release with io_unmap. */
bool io_map_file(const char *path, struct str *out, struct err *err);
void io_unmap(struct str mapped);

/* Lines of a stream without their ends, of any length up to a limit.  A longer line is
 * skipped whole and told by *too_long. */
struct lines {
    FILE *file;
    char *line; /* malloced by the reader; good until the next call */
    size_t cap, limit;
    int64_t number; /* of the line last given, from 1 */
    bool too_long;
};
/* False at the end of the stream. */
bool lines_next(struct lines *l, struct str *line);
void lines_release(struct lines *l);

/* All of s to a stream; false with *err set when it fails (a full disk). */
bool io_write(FILE *out, struct str s, struct err *err);

#endif
