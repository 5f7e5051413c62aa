#include "serve/house.h"

#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

/* data/serve, data/report: made by tools/embed. */
extern const char report_css[];
extern const char workbench_css[];
extern const char workbench_js[];
extern const char icon_svg[];

static void add_asset(struct house *h, const char *name, const char *type,
                      const char *content)
{
    struct asset *a = &h->asset[h->assets++];

    a->name = name;
    a->type = type;
    a->content = content;
    snprintf(a->address, sizeof a->address, "/assets/%016llx-%s",
             (unsigned long long)str_hash(str_from(content)), name);
}

static bool make_secret(char *out, struct err *err)
{
    unsigned char bytes[16];

    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return err_set(err, ERR_READ, -1, "the system gives no random numbers");
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

bool house_open(struct house *h, const struct serve_options *options, struct err *err)
{
    struct desk *first;

    h->options = *options;
    snprintf(h->db, sizeof h->db, "%s", options->db);
    snprintf(h->listen, sizeof h->listen, "%s",
             options->listen ? options->listen : "127.0.0.1");
    snprintf(h->token, sizeof h->token, "%s", options->token ? options->token : "");
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->free_desk, NULL);
    add_asset(h, "report.css", "text/css; charset=utf-8", report_css);
    add_asset(h, "workbench.css", "text/css; charset=utf-8", workbench_css);
    add_asset(h, "workbench.js", "text/javascript; charset=utf-8", workbench_js);
    add_asset(h, "icon.svg", "image/svg+xml", icon_svg);
    if (!make_secret(h->csrf, err))
        return false;
    first = house_lend(h, err);
    if (first)
        house_take_back(h, first);
    return first != NULL;
}

void house_close(struct house *h)
{
    for (unsigned i = 0; i < KEPT; i++)
        free(h->kept[i].body);
    for (unsigned i = 0; i < DESKS_MAX; i++) {
        if (!h->desk[i].store)
            continue;
        store_close(h->desk[i].store);
        arena_release(&h->desk[i].arena);
    }
}

/* A free desk, one with an open store first; NULL: all are lent. */
static struct desk *choose(struct house *h)
{
    struct desk *empty = NULL;

    for (unsigned i = 0; i < DESKS_MAX; i++) {
        struct desk *d = &h->desk[i];

        if (d->lent)
            continue;
        if (d->store)
            return d;
        if (!empty)
            empty = d;
    }
    return empty;
}

struct desk *house_lend(struct house *h, struct err *err)
{
    struct desk *d;

    pthread_mutex_lock(&h->lock);
    while (!(d = choose(h)))
        pthread_cond_wait(&h->free_desk, &h->lock);
    d->lent = true;
    pthread_mutex_unlock(&h->lock);
    if (d->store)
        return d;
    if (store_open(h->db, STORE_WRITE, &d->store, err)) {
        arena_init(&d->arena, SIZE_MAX);
        return d;
    }
    house_take_back(h, d);
    return NULL;
}

void house_take_back(struct house *h, struct desk *d)
{
    if (d->store)
        arena_reset(&d->arena);
    pthread_mutex_lock(&h->lock);
    d->lent = false;
    pthread_cond_signal(&h->free_desk);
    pthread_mutex_unlock(&h->lock);
}

static int64_t seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec;
}

bool house_recall(struct house *h, struct str uri, int64_t change, struct buf *out)
{
    bool found = false;

    pthread_mutex_lock(&h->lock);
    for (unsigned i = 0; i < KEPT && !found; i++) {
        const struct kept *k = &h->kept[i];

        found = k->body && str_eq(uri, str_from(k->uri)) && k->change == change &&
                seconds() - k->made_at < KEPT_SECONDS;
        if (found)
            buf_str(out, (struct str){ k->body, k->len });
    }
    pthread_mutex_unlock(&h->lock);
    return found;
}

/* Takes the place of the same address, else of the oldest. */
void house_keep(struct house *h, struct str uri, int64_t change, struct str body)
{
    struct kept *k = &h->kept[0];
    char *copy = uri.len < sizeof k->uri ? malloc(body.len + 1) : NULL;

    if (!copy)
        return;
    memcpy(copy, body.ptr, body.len);
    pthread_mutex_lock(&h->lock);
    for (unsigned i = 1; i < KEPT; i++)
        if (h->kept[i].made_at < k->made_at)
            k = &h->kept[i];
    for (unsigned i = 0; i < KEPT; i++)
        if (h->kept[i].body && str_eq(uri, str_from(h->kept[i].uri)))
            k = &h->kept[i];
    free(k->body);
    snprintf(k->uri, sizeof k->uri, "%.*s", STR_ARG(uri));
    k->body = copy;
    k->len = body.len;
    k->change = change;
    k->made_at = seconds();
    pthread_mutex_unlock(&h->lock);
}

const struct asset *house_find_asset(const struct house *h, struct str address)
{
    for (unsigned i = 0; i < h->assets; i++)
        if (str_eq(address, str_from(h->asset[i].address)))
            return &h->asset[i];
    return NULL;
}

const char *house_asset(const struct house *h, const char *name)
{
    for (unsigned i = 0; i < h->assets; i++)
        if (strcmp(h->asset[i].name, name) == 0)
            return h->asset[i].address;
    BUG(name);
}

const char *house_csrf(const struct house *h)
{
    return h->csrf;
}

bool house_is_host(const struct house *h, struct str host)
{
    static const char *const local[] = { "127.0.0.1", "localhost", "[::1]" };
    char words[128];

    for (size_t i = 0; i < COUNT(local); i++) {
        snprintf(words, sizeof words, "%s:%u", local[i], h->port);
        if (str_eq_fold(host, str_from(words)))
            return true;
    }
    /* With a token any name is good: a page elsewhere does not know it. */
    return h->token[0] != '\0';
}

bool secret_eq(struct str a, struct str b)
{
    unsigned char differ = a.len != b.len;

    for (size_t i = 0; i < a.len && i < b.len; i++)
        differ |= (unsigned char)(a.ptr[i] ^ b.ptr[i]);
    return differ == 0;
}
