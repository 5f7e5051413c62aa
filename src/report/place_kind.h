/* place_kind.h - how a place can be shown: a pin, a shaded country, or words alone. */
#ifndef CORROB_REPORT_PLACE_KIND_H
#define CORROB_REPORT_PLACE_KIND_H

#include "report/map.h"
#include "story/story.h"

/* Whether it gets a pin.  A whole country has none, nor has a part of the world
 * ("Eurasia"), which has a middle but no place. */
bool place_pinned(const struct story_place *p);
/* Whether the place is that country: "United States" is the map's "United States of
 * America", and so are "US" and "USA". */
bool place_is_country(const struct story_place *p, const struct map_country *c);
/* "43.25° N, 76.92° E, city or town"; "a whole country, no pin"; "place not on the map". */
void place_words(struct buf *b, const struct story_place *p);

#endif
