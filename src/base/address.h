/* address.h - one address, however readers came to it.
 *
 *     https://www.A.example/dam/?utm_source=x#top   ->  a.example/dam
 *     http://a.example/dam?id=7&fbclid=0            ->  a.example/dam?id=7
 *     https://a.example/                            ->  absent: a front page
 */
#ifndef CORROB_BASE_ADDRESS_H
#define CORROB_BASE_ADDRESS_H

#include "base/arena.h"
#include "base/str.h"

/* Without scheme, "www.", fragment, slash at the end and tracking words; absent for a
 * site's front page and for what is no address. */
struct str address_key(struct arena *arena, struct str url);

#endif
