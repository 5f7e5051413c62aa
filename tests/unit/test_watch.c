/* A day of forty feeds in a second: a world that is simulated, with a clock that jumps.
 *
 * Each site publishes an article now and then and shows the last twenty in its feed.
 * Servers fail in all ways, for moments and for hours; the process is killed several
 * times, and what was not remembered by then is gone.  At the end every article must be
 * in, none twice. */
#include "net/watch.h"

#include <stdlib.h>

#include "base/buf.h"
#include "check.h"

#define SITES 40
#define SHOWN 20
#define ARTICLES 400 /* of a site, at most */
#define MINUTE ((int64_t)60000)
#define HOUR (60 * MINUTE)
#define START ((int64_t)1935000000000) /* in 2031 */
#define KEYS 65536

struct memo {
    char *key, *value;
};

struct world {
    int64_t now, last_asked[SITES];
    int64_t every[SITES]; /* between two articles */
    int taken[SITES][ARTICLES];
    uint64_t random, requests, not_modified, too_soon, logged;
    struct memo memo[KEYS];
    bool quiet_errors; /* no failures: to see what the bare day costs */
};

static uint32_t roll(struct world *w, uint32_t sides)
{
    w->random ^= w->random << 13;
    w->random ^= w->random >> 7;
    w->random ^= w->random << 17;
    return (uint32_t)(w->random >> 32) % sides;
}

static int64_t now(void *context)
{
    return ((const struct world *)context)->now;
}

static int published(const struct world *w, int site)
{
    return (int)((w->now - START) / w->every[site]) + 1;
}

static bool is_down(const struct world *w, int site)
{
    int64_t since = w->now - START;

    return !w->quiet_errors && site % 10 == 3 && since > 6 * HOUR && since < 9 * HOUR;
}

/* ---- the web ---- */

static void put_feed(struct world *w, struct arena *arena, int site,
                     const struct fetch_request *request, struct fetch_response *out)
{
    struct buf b = buf_new(arena, 1 << 20);
    int last = published(w, site);
    char tag[40], changed[40];

    /* The fourth article changes once, two hours after it came out. */
    snprintf(changed, sizeof changed, "2031-04-26T0%d:00:00Z",
             w->now > START + 3 * w->every[site] + 2 * HOUR);
    snprintf(tag, sizeof tag, "\"%d-%c\"", last, changed[12]);
    out->etag = arena_str(arena, str_from(tag));
    if (str_eq(request->etag, out->etag)) {
        out->status = 304;
        w->not_modified++;
        return;
    }
    buf_printf(&b, "<rss version='2.0'><channel><title>%d</title>", site);
    for (int i = last; i > 0 && i > last - SHOWN; i--)
        buf_printf(&b,
                   "<item><title>Article %d</title><guid>%d</guid>"
                   "<link>https://s%d.example/a/%d</link><updated>%s</updated></item>",
                   i, i, site, i, i == 4 ? changed : "2031-04-26T00:00:00Z");
    /* A column that another site's feed has as well. */
    buf_printf(&b, "<item><link>https://s%d.example/a/1</link></item>",
               (site + 1) % SITES);
    buf_str(&b, STR("</channel></rss>"));
    out->body = buf_view(&b);
}

static bool fails(struct world *w, int site, struct fetch_response *out,
                  struct err *err, bool *ok)
{
    uint32_t n = w->quiet_errors ? 99 : roll(w, 40);

    *ok = true;
    if (is_down(w, site) || n == 0) {
        *ok = false;
        err_set(err, ERR_FETCH, -1, "no whole answer in time");
        return true;
    }
    out->retry_after = -1;
    out->status = n == 1 ? 500 : n == 2 ? 503 : n == 3 ? 429 : 200;
    if (n == 3)
        out->retry_after = 300;
    return out->status != 200;
}

static bool get(void *context, struct arena *arena, const struct fetch_request *request,
                struct fetch_response *out, struct err *err)
{
    struct world *w = context;
    int site = -1, article = 0;
    char url[100];
    bool ok;

    snprintf(url, sizeof url, "%.*s", STR_ARG(request->url));
    w->requests++;
    w->now += 200;
    CHECK(sscanf(url, "https://s%d.example/a/%d", &site, &article) >= 1 && site < SITES,
          "%s", url);
    w->too_soon += w->now - w->last_asked[site] < 2000;
    w->last_asked[site] = w->now;
    *out = (struct fetch_response){ .status = 200, .retry_after = -1 };
    out->url = arena_str(arena, request->url);
    if (fails(w, site, out, err, &ok))
        return ok;
    if (article == 0)
        put_feed(w, arena, site, request, out);
    else
        out->body = STR("<p>page");
    return true;
}

static int64_t delay(void *context, struct str url)
{
    (void)context;
    return str_starts(url, STR("https://s7.")) ? 5000 : 0;
}

/* ---- the store ---- */

static bool take(void *context, const struct watch_page *page, enum watch_took *took,
                 struct err *err)
{
    struct world *w = context;
    int site = -1, article = -1;
    char url[100];

    (void)err;
    snprintf(url, sizeof url, "%.*s", STR_ARG(page->url));
    CHECK(sscanf(url, "https://s%d.example/a/%d", &site, &article) == 2 &&
              article > 0 && article < ARTICLES,
          "%s", url);
    *took = w->taken[site][article]++ ? WATCH_KNOWN : WATCH_NEW;
    return true;
}

static struct memo *memo_of(struct world *w, struct str key)
{
    size_t at = str_hash(key) % KEYS;

    while (w->memo[at].key && !str_eq(str_from(w->memo[at].key), key))
        at = (at + 1) % KEYS;
    return &w->memo[at];
}

static char *copy(struct str s)
{
    char *c = malloc(s.len + 1);

    memcpy(c, s.ptr ? s.ptr : "", s.len);
    c[s.len] = '\0';
    return c;
}

static bool remember(void *context, struct str key, struct str value, struct err *err)
{
    struct memo *m = memo_of(context, key);

    (void)err;
    if (!m->key)
        m->key = copy(key);
    free(m->value);
    m->value = copy(value);
    return true;
}

static struct str recall(void *context, struct arena *arena, struct str key)
{
    const struct memo *m = memo_of(context, key);

    return m->key ? arena_str(arena, str_from(m->value)) : (struct str){ NULL, 0 };
}

static void log_line(void *context, struct str line)
{
    struct world *w = context;

    w->logged++;
    CHECK(str_starts(line, STR("{\"time\":\"2031-")) && str_ends(line, STR("}")) &&
              str_find_char(line, '\n') == STR_NPOS,
          "%.*s", STR_ARG(line));
}

/* ---- the day ---- */

static struct watch *start(struct world *w)
{
    const struct watch_world world = { now,      get,    delay,    take,
                                       remember, recall, log_line, w };
    struct watch *watch = watch_open(&world);
    char url[60];

    for (int i = 0; i < SITES; i++) {
        snprintf(url, sizeof url, "https://s%d.example/feed", i);
        CHECK(watch_add(watch, str_from(url)), "%s", url);
        CHECK(!watch_add(watch, str_from(url)), "%s twice", url);
    }
    return watch;
}

static struct watch *run_until(struct world *w, struct watch *watch, int64_t end)
{
    int64_t wait;

    while (w->now < end && (wait = watch_step(watch)) >= 0)
        w->now += wait;
    CHECK(!watch_failed(watch), "failed");
    return watch;
}

/* Articles that were out two hours before the end and are not in; those in twice. */
static void count(const struct world *w, int *lost, int *twice, int *all, int *again)
{
    *lost = *twice = *all = *again = 0;
    for (int s = 0; s < SITES; s++)
        for (int a = 1; a < ARTICLES; a++) {
            *all += w->taken[s][a] > 0;
            *twice += w->taken[s][a] > 1 + (a == 4);
            *again += a == 4 && w->taken[s][a] == 2;
            *lost += w->taken[s][a] == 0 &&
                     START + (a - 1) * w->every[s] < w->now - 2 * HOUR;
        }
}

static struct world *new_world(void)
{
    struct world *w = calloc(1, sizeof *w);

    w->now = START;
    w->random = 88172645463325252;
    for (int i = 0; i < SITES; i++)
        w->every[i] = (6 + i * 4) * MINUTE; /* 10 to 240 a day */
    return w;
}

static void free_world(struct world *w)
{
    for (size_t i = 0; i < KEYS; i++) {
        free(w->memo[i].key);
        free(w->memo[i].value);
    }
    free(w);
}

static void a_day(void)
{
    struct world *w = new_world();
    struct watch *watch = start(w);
    struct watch_counts early, late;
    int lost, twice, all, again;

    run_until(w, watch, START + 3 * HOUR);
    early = watch_counts(watch);
    run_until(w, watch, START + 24 * HOUR);
    late = watch_counts(watch);
    count(w, &lost, &twice, &all, &again);
    printf(
        "24 hours, %d feeds: %d articles, %d lost, %d twice; %llu requests, %llu not "
        "modified, %u places for waiting pages (%u after 3 hours)\n",
        SITES, all, lost, twice, (unsigned long long)w->requests,
        (unsigned long long)w->not_modified, late.slots, early.slots);
    CHECK(lost == 0 && twice == 0 && all > 1000, "%d lost, %d twice of %d", lost, twice,
          all);
    CHECK(w->too_soon == 0, "%d requests too soon", (int)w->too_soon);
    CHECK(w->not_modified > 100, "%d not modified", (int)w->not_modified);
    CHECK(late.slots <= early.slots + 60, "memory grows: %u, %u", early.slots,
          late.slots);
    CHECK(again >= 30, "%d changes seen", again);
    CHECK((int)late.pages == all && late.waiting < 20, "%d", (int)late.pages);
    watch_close(watch);
    free_world(w);
}

/* Killed every so often: a new watch over the same store. */
static void killed(void)
{
    struct world *w = new_world();
    struct watch *watch;
    int lost, twice, all, again;

    for (int i = 1; i <= 200; i++) {
        watch = start(w);
        run_until(w, watch, START + 24 * HOUR * i / 200 - roll(w, 60) * 1000);
        watch_close(watch);
    }
    count(w, &lost, &twice, &all, &again);
    printf("killed 200 times: %d articles, %d lost, %d twice\n", all, lost, twice);
    CHECK(lost == 0 && twice == 0 && all > 1000, "%d lost, %d twice of %d", lost, twice,
          all);
    free_world(w);
}

int main(void)
{
    a_day();
    killed();
    return check_done();
}
