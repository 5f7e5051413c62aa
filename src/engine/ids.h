/* ids.h - which inputs came before in this run: a later one with the same bytes is "…-2".
 *
 * 12 bytes a report, so that a stream of millions stays small.
 */
#ifndef CORROB_ENGINE_IDS_H
#define CORROB_ENGINE_IDS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct ids {
    uint64_t *key;
    uint32_t *seen;
    uint32_t count, slots;
};

/* How often an id (16 hex digits) has come, this time included; 0: out of memory. */
uint32_t ids_count(struct ids *ids, struct str id);
/* What output calls a report: its id, "…-2" for the second with the same bytes. */
struct str ids_name(struct arena *arena, struct ids *ids, struct str id);
void ids_release(struct ids *ids);

#endif
