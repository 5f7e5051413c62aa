/* coding.h - content codings of HTTP undone within a limit: gzip, deflate, br, zstd.
 *
 *     coding_undo(arena, STR("gzip"), bytes, (struct coding_limits){ 16 << 20 }, &out,
 *                 &err)
 *
 * A bomb of a thousandfold packed zeros costs no more than the limit.
 */
#ifndef CORROB_PAGE_CODING_H
#define CORROB_PAGE_CODING_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct coding_limits {
    size_t bytes; /* of what is unpacked */
    bool cut_off; /* what there is before an early end is given */
};

/* One coding by its registered name ("x-gzip" too); "identity" and "" give the bytes back.
 * Bytes that don't begin as the coding does are given back as they are. */
bool coding_undo(struct arena *arena, struct str name, struct str bytes,
                 struct coding_limits limits, struct str *out, struct err *err);

#endif
