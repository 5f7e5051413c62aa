/* watch.h - feeds asked again and again, politely, and the pages that they lead to.
 *
 *     struct watch *w = watch_open(&world);
 *
 *     watch_add(w, STR("https://daily.example/feed"));
 *     while ((wait = watch_step(w)) >= 0)     0: more to do at once
 *         sleep(wait);
 *     watch_close(w);
 *
 * The watch decides what is asked of whom and when; everything that it touches (clock,
 * web, store, log) is a function of the world that it is given, so a day can be run in a
 * second.  One request to a host at a time, paced; feeds that bring news are asked more
 * often, failing ones ever less; Retry-After is kept.  A page is taken once; what fails
 * for now is tried again for hours.
 *
 * Nothing is lost when the process dies: a page is remembered in the same transaction as
 * its report, and the ETag of a feed only when all its pages are settled.
 */
#ifndef CORROB_NET_WATCH_H
#define CORROB_NET_WATCH_H

#include "net/fetch.h"

/* A page to be read and stored; title and published are what the feed says, or absent. */
struct watch_page {
    struct str url; /* as the feed has it: what it is remembered by */
    struct str title, published;
    const struct fetch_response *response;
};

enum watch_took { WATCH_NEW, WATCH_KNOWN, WATCH_UNREADABLE };

struct watch_world {
    int64_t (*now)(void *context); /* Unix milliseconds */
    bool (*get)(void *context, struct arena *arena, const struct fetch_request *request,
                struct fetch_response *out, struct err *err);
    int64_t (*delay)(void *context, struct str url); /* fetch_delay */
    /* Stores the report.  False when the store fails: the watch then ends. */
    bool (*take)(void *context, const struct watch_page *page, enum watch_took *took,
                 struct err *err);
    /* Names and what is known of them, kept with the reports. */
    bool (*remember)(void *context, struct str key, struct str value, struct err *err);
    struct str (*recall)(void *context, struct arena *arena, struct str key);
    void (*log)(void *context, struct str json_line);
    void *context;
};

struct watch_counts {
    uint64_t polls, not_modified, failures;      /* of feeds */
    uint64_t pages, known, unreadable, given_up; /* pages: new in the store */
    uint32_t feeds, waiting, slots; /* slots: places for waiting pages, used or not */
};

struct watch;

struct watch *watch_open(const struct watch_world *world);
void watch_close(struct watch *w);
/* A feed, a list of feeds or a page that names its feed (or is taken itself), asked first
 * at once.  False when it is no web address or there already. */
bool watch_add(struct watch *w, struct str url);
/* Does the one thing that is due longest.  Milliseconds to wait before the next: 0 none;
 * -1: nothing will ever be due, or the store failed (watch_failed). */
int64_t watch_step(struct watch *w);
/* Why the watch ended; NULL when it did not fail. */
const struct err *watch_failed(const struct watch *w);
/* Whether every feed was asked once and no page is waiting but for a retry. */
bool watch_settled(const struct watch *w);
struct watch_counts watch_counts(const struct watch *w);

#endif
