/* inflow.h - bytes that were read and not given out yet: buf[start .. len). */
#ifndef CORROB_PAGE_INFLOW_H
#define CORROB_PAGE_INFLOW_H

#include "base/arena.h"

struct inflow {
    char *buf;
    size_t start, len, cap;
};

/* Moves what is in hand to the front and sees to room for `chunk` bytes behind it.  Returns
 * by how much offsets into buf became less. */
size_t inflow_room(struct arena *arena, struct inflow *in, size_t chunk);
/* What is in hand. */
struct str inflow_view(const struct inflow *in);

#endif
