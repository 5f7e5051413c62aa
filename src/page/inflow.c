#include "page/inflow.h"

size_t inflow_room(struct arena *arena, struct inflow *in, size_t chunk)
{
    size_t moved = in->start, used = in->len - in->start;

    if (moved > 0 && used > 0)
        memmove(in->buf, in->buf + moved, used);
    in->start = 0;
    in->len = used;
    if (in->cap - used < chunk) {
        size_t cap = in->cap ? in->cap * 2 : 2 * chunk;
        char *grown = NEW(arena, char, cap);

        if (used > 0)
            memcpy(grown, in->buf, used);
        in->buf = grown;
        in->cap = cap;
    }
    return moved;
}

struct str inflow_view(const struct inflow *in)
{
    return (struct str){ in->buf ? in->buf + in->start : NULL, in->len - in->start };
}
