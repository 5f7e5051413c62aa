/* serve.h - the workbench: pages over a store, for one desk, on this machine.
 *
 *     struct serve_options options = { .db = "news.db", .port = 8017 };
 *     struct serve *server;
 *
 *     if (serve_start(&options, &server, &err))
 *         ... wait for a signal ...
 *     serve_stop(server);
 *
 * It listens on 127.0.0.1.  Any other address needs a token, which a visitor gives once.
 * Nothing is fetched from elsewhere; pages of others are shown as text, never as markup.
 */
#ifndef CORROB_SERVE_SERVE_H
#define CORROB_SERVE_SERVE_H

#include "base/err.h"

struct serve;

struct serve_options {
    const char *db;
    const char *listen; /* NULL: 127.0.0.1 */
    unsigned port;      /* 0: any that is free */
    const char *token;  /* NULL: none; needed where `listen` is not of this machine */
    bool idle;          /* don't compare stories in the background */
};

/* The store is made when it is missing. */
bool serve_start(const struct serve_options *options, struct serve **out,
                 struct err *err);
/* "http://127.0.0.1:8017/" */
const char *serve_address(const struct serve *server);
/* Ends what is being answered; NULL is fine. */
void serve_stop(struct serve *server);

#endif
