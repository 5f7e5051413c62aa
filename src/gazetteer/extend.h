/* extend.h - a gazetteer of the user's: the built-in one with the places of GeoNames' dumps.
 *
 *     allCountries.txt       19 columns, parted by tabs: id, name, ASCII name, other names,
 *                            latitude, longitude, feature class and code, country, …
 *     alternateNamesV2.txt   id of the name, id of the place, language, name, …
 *
 * Places that the built-in gazetteer has stay as they are and get more names; the others
 * are added.  Codes of regions and districts are learnt from the rows that both have, so
 * no other file is needed.  docs/gazetteer.md tells the format of what is written.
 */
#ifndef CORROB_GAZETTEER_EXTEND_H
#define CORROB_GAZETTEER_EXTEND_H

#include "base/arena.h"
#include "gazetteer/gazetteer.h"

struct gazetteer_extension {
    const char *places; /* path of allCountries.txt or of one country's file */
    const char *names;  /* path of alternateNamesV2.txt, or NULL */
    /* Output, in order; returns false to stop. */
    bool (*put)(void *context, const char *bytes, size_t len);
    /* A row of places that has another shape, and is passed over; NULL: not told. */
    void (*passed)(void *context, const struct err *why);
    void *context;
    uint64_t added, known, other_names; /* what was made of the rows */
    uint64_t passed_over;
};

/* Writes the extended gazetteer.  False with *err set when a file can't be read, no row
 * has the right shape (the first one is told), or there are too many places (16
 * million). */
bool gazetteer_extend(struct arena *arena, const struct gazetteer *base,
                      struct gazetteer_extension *extension, struct err *err);

#endif
