/* unpack.h - a stream of bytes out of its gzip members, going on behind damage.
 *
 *     struct unpack *u = unpack_open(arena, read_file, &fd);
 *
 *     while ((n = unpack_read(u, room, sizeof room)) > 0)  ...
 *     unpack_close(u);
 *
 * An archive is thousands of gzip members, one behind the other; zlib's own reader gives
 * up at the first bad one.  This one looks for the next member and says that something is
 * missing.  What doesn't begin as gzip comes out as it is.
 */
#ifndef CORROB_PAGE_UNPACK_H
#define CORROB_PAGE_UNPACK_H

#include "base/arena.h"

/* Gives up to cap bytes; 0 at the end and when reading fails. */
typedef size_t unpack_source(void *context, char *room, size_t cap);

struct unpack;

struct unpack *unpack_open(struct arena *arena, unpack_source *read, void *context);
void unpack_close(struct unpack *u);
/* The next bytes, all from one member; 0 at the end, and once at each gap. */
size_t unpack_read(struct unpack *u, char *room, size_t cap);
/* After a 0: whether bytes were lost here and more follow or the file was cut off.
 * Asking forgets it. */
bool unpack_gap(struct unpack *u);
/* Whether everything has been given. */
bool unpack_ended(const struct unpack *u);
/* Whether the file isn't packed at all; known after the first read. */
bool unpack_is_plain(const struct unpack *u);
/* Where, in the packed file, the member of the bytes last given begins; of plain bytes
 * the offset of the first one last given. */
int64_t unpack_offset(const struct unpack *u);

#endif
