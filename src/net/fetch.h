/* fetch.h - one web page asked for, politely and within limits.
 *
 *     struct fetch *f = fetch_open(&(struct fetch_options){ 0 }, &err);
 *
 *     if (fetch_get(f, arena, &(struct fetch_request){ .url = url }, &response, &err))
 *         ... response.status, .url, .media, .charset, .body
 *     fetch_close(f);
 *
 * Only http and https, also behind a redirect; bytes (after unpacking), time and redirects
 * are bounded; a page that sends hardly a byte a second is given up.  Each address is
 * looked at when the socket is made, after names were resolved and redirects followed:
 * what is not of the public internet is refused, so a page can't lead us to a neighbour's
 * printer or a cloud's secrets.  No cookies, no passwords, no proxies from the
 * environment.  robots.txt is asked first, once for each origin, and kept in memory.
 */
#ifndef CORROB_NET_FETCH_H
#define CORROB_NET_FETCH_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define FETCH_ROBOT "corrob"
/* Who asks, and where to read about it. */
#define FETCH_AGENT "corrob/0.1 (news reader; honours robots.txt)"

struct fetch_options {
    bool allow_private; /* for tests and houses' own networks: no address is refused */
    bool ignore_robots; /* for addresses that the user typed */
    size_t byte_limit;  /* 0: 16 MB */
    int64_t time_limit; /* milliseconds for a page with its redirects; 0: 30 s */
    uint32_t redirect_limit;       /* 0: 5 */
    int64_t (*now)(void *context); /* Unix seconds; NULL: the clock */
    void *context;
};

struct fetch_request {
    struct str url;
    struct str etag, modified; /* of the copy in hand: asked only whether it is newer */
};

struct fetch_response {
    uint32_t status; /* 200, 304, 404, … */
    struct str url;  /* after redirects */
    struct str media, charset;
    struct str etag, modified;
    int64_t retry_after; /* seconds; -1: not told */
    struct str body;     /* unpacked */
};

struct fetch;

/* Memory of its own; NULL with *err set when libcurl can't start. */
struct fetch *fetch_open(const struct fetch_options *options, struct err *err);
void fetch_close(struct fetch *f);

/* Asks for a page.  True when a server answered, whatever its status; strings in the
 * arena, which must have no budget.  False with *err set: ERR_FETCH (no answer, cut off,
 * too slow), ERR_LIMIT (too long, too many redirects), ERR_REFUSED (private address,
 * robots.txt, no web address).  Refusals are final; the rest may be tried again. */
bool fetch_get(struct fetch *f, struct arena *arena,
               const struct fetch_request *request, struct fetch_response *out,
               struct err *err);

/* Waits until the next page may be asked of the address' host: a second after the last
 * one, or what its robots.txt asks for, at most ten.  Not where private addresses are
 * allowed. */
void fetch_wait(struct fetch *f, struct str url);

/* How long robots.txt of the address' origin asks to wait between two pages, in
 * milliseconds, as far as it is known by now. */
int64_t fetch_delay(const struct fetch *f, struct str url);

#endif
