/* house.h - what all visits of a server share; for src/serve only. */
#ifndef CORROB_SERVE_HOUSE_H
#define CORROB_SERVE_HOUSE_H

#include <pthread.h>

#include "serve/serve.h"
#include "serve/visit.h"

#define DESKS_MAX 16
#define SECRET_HEX 33 /* 128 bits, and a NUL */
#define ASSETS 8
#define KEPT 8
#define KEPT_SECONDS 60

struct asset {
    const char *name;    /* "workbench.css" */
    const char *type;    /* "text/css; charset=utf-8" */
    const char *content; /* of the program */
    char address[80];    /* "/assets/0123456789abcdef-workbench.css" */
};

/* A store's handle and memory, lent to one visit at a time. */
struct desk {
    struct store *store;
    struct arena arena;
    bool lent;
};

/* An answer that took long to make, kept for the next who asks. */
struct kept {
    char uri[256];
    char *body;
    size_t len;
    int64_t change, made_at; /* store_change; seconds, monotonic */
};

struct house {
    struct serve_options options;
    char db[4096], listen[64], token[128], address[128];
    char csrf[SECRET_HEX];
    struct asset asset[ASSETS];
    unsigned assets;
    struct desk desk[DESKS_MAX];
    struct kept kept[KEPT];
    unsigned port;
    pthread_mutex_t lock;
    pthread_cond_t free_desk;
};

bool house_open(struct house *h, const struct serve_options *options, struct err *err);
void house_close(struct house *h);
/* Waits until one is free; NULL when the store can't be opened. */
struct desk *house_lend(struct house *h, struct err *err);
void house_take_back(struct house *h, struct desk *desk);
const struct asset *house_find_asset(const struct house *h, struct str address);
/* The answer that is kept for an address while the store has not changed, at most a minute:
 * added to *out.  False: there is none. */
bool house_recall(struct house *h, struct str uri, int64_t change, struct buf *out);
void house_keep(struct house *h, struct str uri, int64_t change, struct str body);
/* Whether a Host header names this server: a page elsewhere must not reach it through a
 * name of its own that resolves to 127.0.0.1. */
bool house_is_host(const struct house *h, struct str host);
/* Compares secrets in time that doesn't depend on where they differ. */
bool secret_eq(struct str a, struct str b);

#endif
