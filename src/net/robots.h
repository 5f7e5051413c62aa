/* robots.h - what a site lets robots fetch, by its robots.txt (RFC 9309).
 *
 *     robots_allow(text, STR("corrob"), STR("/news/today?page=2"))
 *
 *     User-agent: *
 *     Disallow: /search
 *     Allow: /search/about$
 *     Crawl-delay: 10
 *
 * The group that names the robot holds, else the one for "*"; of its rules the longest
 * that matches, and Allow of two as long.  "*" stands for any bytes, "$" for the end.
 */
#ifndef CORROB_NET_ROBOTS_H
#define CORROB_NET_ROBOTS_H

#include <stdbool.h>

#include "base/str.h"

/* Bytes that are read, at least so many by the standard. */
#define ROBOTS_LIMIT ((size_t)500 << 10)

/* path: from "/" on, with the query, escaped as it will be asked for. */
bool robots_allow(struct str text, struct str robot, struct str path);
/* Crawl-delay of the group that holds, in milliseconds, at most a minute; 0: none. */
int64_t robots_delay(struct str text, struct str robot);

#endif
