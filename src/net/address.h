/* address.h - web addresses taken apart, put together, and told apart by where they lead.
 *
 *     address_join(arena, STR("https://a.example/news/x"), STR("../y?z#top"))
 *         "https://a.example/y?z"
 *     address_host(STR("https://user@Daily.example:8080/x"))     "Daily.example"
 *
 * Only http and https addresses are addresses here.
 */
#ifndef CORROB_NET_ADDRESS_H
#define CORROB_NET_ADDRESS_H

#include "base/arena.h"
#include "base/str.h"

struct sockaddr;

/* "http://" or "https://", whatever the case, a host behind it, no blanks or control
 * characters, at most 2,000 bytes. */
bool address_is_web(struct str s);
/* The host without user, port and brackets; "" when it is no web address. */
struct str address_host(struct str url);
/* "https://host:port" as written. */
struct str address_origin(struct str url);
/* The path and query, "/" at least. */
struct str address_path(struct str url);
/* A link as it stands in a page or feed, made absolute by RFC 3986, without fragment.
 * What leads to no web address gives an absent string. */
struct str address_join(struct arena *arena, struct str base, struct str link);
/* Whether a socket address is one of the public internet: not loopback, private,
 * link-local, shared, multicast, documentation, benchmarking or reserved, nor such an IPv4
 * address inside an IPv6 one. */
bool address_is_public(const struct sockaddr *address);

#endif
