/* names.h - the hashed names of a gazetteer while it is made; for extend.c and
 * tools/gazetteerc.
 *
 *     gazetteer_name_add(arena, &names, STR("Zürich"), place, rank, FORM_MAIN)
 *     gazetteer_tables_of(arena, &names)      buckets, names, lists of places
 *     gazetteer_write(&parts, put, context)   header and sections, as format.h has them
 */
#ifndef CORROB_GAZETTEER_NAMES_H
#define CORROB_GAZETTEER_NAMES_H

#include "base/arena.h"
#include "gazetteer/format.h"
#include "gazetteer/gazetteer.h"

struct gazetteer_names {
    ARRAY(struct gazetteer_entry {
        uint64_t key; /* bucket in the high half, check in the low one */
        uint32_t posting;
        uint8_t rank; /* of the place */
    })
    entry;
};

/* Names of one letter, and in other scripts than ours, are left out: English news don't
 * use them. */
void gazetteer_name_add(struct arena *arena, struct gazetteer_names *names,
                        struct str name, uint32_t place, uint8_t rank,
                        enum gazetteer_form form);

struct gazetteer_tables {
    uint32_t *bucket; /* GAZETTEER_BUCKETS + 1 of them */
    ARRAY(struct gazetteer_name) name;
    ARRAY(uint32_t) posting;
};

/* Sorts the names.  A name has its places once each, the most populous first, and of
 * those at most GAZETTEER_HITS. */
struct gazetteer_tables gazetteer_tables_of(struct arena *arena,
                                            struct gazetteer_names *names);

/* What a file is made of.  The header has countries, regions, counties and own; its
 * other members are filled in. */
struct gazetteer_parts {
    struct gazetteer header;
    struct {
        const struct gazetteer_place *at;
        uint32_t count;
    } place[3];                        /* one behind the other */
    const struct gazetteer_code *code; /* one a country */
    struct gazetteer_tables tables;
    const uint32_t *text_at; /* countries + regions + own + 1 */
    struct str text;         /* a multiple of four bytes */
};

/* Output, in order; returns false to stop. */
typedef bool gazetteer_put(void *context, const char *bytes, size_t len);
bool gazetteer_write(struct gazetteer_parts *parts, gazetteer_put *put, void *context,
                     struct err *err);

/* 8 * log2(1 + people), as gazetteer_place.rank has it. */
uint8_t gazetteer_rank(double people);

#endif
