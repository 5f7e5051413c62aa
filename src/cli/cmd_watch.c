#include "cli/cmd_watch.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/io.h"
#include "cli/cmd_alert.h"
#include "cli/notify.h"
#include "net/address.h"
#include "net/feed.h"
#include "net/watch.h"
#include "store/store.h"

#define LINE_MAX_BYTES ((size_t)1 << 30)
#define LIST_LIMIT ((size_t)16 << 20)
#define SLEEP_MOST 10000    /* ms: the watchdog of systemd hears of us this often */
#define STATUS_EVERY 30     /* s */
#define ALERTS_MOST_MS 2000 /* stories are compared at one go, where rules are kept */
#define ONCE_MOST (10 * 60) /* s: with --once, pages that are put off are left then */

/* The world of the watch as it is: clock, libcurl, SQLite. */
struct station {
    struct fetch *fetch;
    struct store *store;
    struct corrob *engine;
    struct arena arena; /* of the page in hand */
    struct buf line;
    struct err trouble; /* why the page gave no report */
    struct arena
        log_arena; /* of `log`: lines that the store has not yet, an end each */
    struct buf log;
    bool quiet;
};

/* ---- the engine's callbacks ---- */

static bool on_output(void *context, const char *bytes, size_t len)
{
    struct station *s = context;

    buf_str(&s->line, (struct str){ bytes, len });
    return true;
}

static void on_trouble(void *context, const struct corrob_trouble *trouble)
{
    struct station *s = context;

    err_set(&s->trouble, ERR_FORMAT, -1, "%s: %s", trouble->kind, trouble->detail);
}

/* ---- the watch's world ---- */

static int64_t now(void *context)
{
    struct timespec t;

    (void)context;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool get(void *context, struct arena *arena, const struct fetch_request *request,
                struct fetch_response *out, struct err *err)
{
    const struct station *s = context;

    return fetch_get(s->fetch, arena, request, out, err);
}

static int64_t delay(void *context, struct str url)
{
    const struct station *s = context;

    return fetch_delay(s->fetch, url);
}

/* A copy that ends in NUL; NULL for an absent string. */
static const char *c_string(struct arena *arena, struct str s)
{
    return s.len > 0 ? arena_str(arena, s).ptr : NULL;
}

static struct str time_now(struct arena *arena)
{
    int64_t seconds = now(NULL) / 1000;
    struct instant t = { .day = (int32_t)(seconds / 86400),
                         .second = (int32_t)(seconds % 86400),
                         .zone = ZONE_UTC,
                         .utc = true,
                         .precision = INSTANT_SECOND };

    return instant_to_iso(arena, t);
}

/* Pictures, programs, data: no report. */
static bool is_readable(struct str media)
{
    return media.len == 0 || str_starts_fold(media, STR("text/")) ||
           str_ends_fold(media, STR("xhtml+xml")) ||
           str_eq_fold(media, STR("application/octet-stream"));
}

static bool take(void *context, const struct watch_page *page, enum watch_took *took,
                 struct err *err)
{
    struct station *s = context;
    struct arena *a = &s->arena;
    const struct fetch_response *r = page->response;
    struct corrob_page given = { .bytes = r->body.ptr, .len = r->body.len };
    enum store_added did;

    arena_reset(a);
    s->line = buf_new(a, LINE_MAX_BYTES);
    s->trouble = (struct err){ 0 };
    given.input = c_string(a, page->url);
    given.url = c_string(a, r->url);
    given.media = c_string(a, r->media);
    given.charset = c_string(a, r->charset);
    given.title = c_string(a, page->title);
    given.published = c_string(a, page->published);
    given.fetched = c_string(a, time_now(a));
    *took = WATCH_UNREADABLE;
    if (!is_readable(r->media)) {
        err_set(err, ERR_UNSUPPORTED, -1, "%.*s", STR_ARG(r->media));
        return true;
    }
    if (r->body.len == 0 || corrob_read_page(s->engine, &given) != CORROB_OK ||
        s->line.len == 0) {
        *err = s->trouble;
        return true;
    }
    if (!store_add(s->store, buf_view(&s->line), &did, err))
        return false;
    *took = did == STORE_NEW ? WATCH_NEW : WATCH_KNOWN;
    return true;
}

static bool remember(void *context, struct str key, struct str value, struct err *err)
{
    const struct station *s = context;

    return store_memo_put(s->store, key, value, err);
}

static struct str recall(void *context, struct arena *arena, struct str key)
{
    const struct station *s = context;

    return store_memo(arena, s->store, key);
}

static void log_line(void *context, struct str line)
{
    struct station *s = context;

    if (!s->quiet)
        fprintf(stderr, "%.*s\n", STR_ARG(line));
    buf_str(&s->log, line);
    buf_char(&s->log, '\n');
}

/* The log goes in with the batch: between batches nobody waits for the store's lock. */
static bool flush(struct station *s, struct err *err)
{
    struct str lines = buf_view(&s->log), line;
    bool ok = true;

    while (ok && str_split(&lines, '\n', &line))
        ok = line.len == 0 || store_watch_note(s->store, line, err);
    arena_reset(&s->log_arena);
    s->log = buf_new(&s->log_arena, SIZE_MAX / 16);
    return ok && store_flush(s->store, err);
}

/* ---- what is watched ---- */

static bool add_list(struct watch *w, const char *path, struct err *err)
{
    const struct str none = { NULL, 0 };
    struct arena arena;
    struct feed list = { 0 };
    struct str bytes;
    bool ok;

    arena_init(&arena, SIZE_MAX);
    ok = io_read_file(&arena, path, LIST_LIMIT, &bytes, err) &&
         feed_read(&arena, bytes, none, none, &list, err);
    if (ok && list.kind != FEED_OPML)
        ok = err_set(err, ERR_UNSUPPORTED, -1,
                     "a feed without its address; a list of feeds "
                     "(OPML) is what a file may hold");
    for (uint32_t i = 0; ok && i < list.items.count; i++)
        watch_add(w, list.items.at[i].url);
    arena_release(&arena);
    return ok;
}

static bool add_inputs(struct watch *w, const struct arguments *a)
{
    bool ok = true;

    for (size_t i = 0; i < a->inputs; i++) {
        struct str input = str_from(a->input[i]);
        struct err err = { 0 };

        if (address_is_web(input)) {
            watch_add(w, input);
        } else if (!add_list(w, a->input[i], &err)) {
            fprintf(stderr, "corrob: %s: %s: %s\n", a->input[i], err_name(err.code),
                    err.detail);
            ok = false;
        }
    }
    return ok;
}

/* ---- the run ---- */

/* Sleeps, at most so long; true when a signal says that it is time to end. */
static bool told_to_end(int64_t ms)
{
    const struct timespec t = { ms / 1000, ms % 1000 * 1000000 };
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return sigtimedwait(&signals, NULL, &t) > 0;
}

static void block_signals(void)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, NULL);
}

/* To systemd, and into the store for whoever asks there. */
static bool tell_status(struct station *s, const struct watch *w, struct err *err)
{
    struct watch_counts n = watch_counts(w);
    char json[400], state[500];

    snprintf(json, sizeof json,
             "{\"at\":%lld,\"feeds\":%u,\"polls\":%llu,\"not_modified\":%llu,"
             "\"failures\":%llu,"
             "\"new\":%llu,\"known\":%llu,\"unreadable\":%llu,\"given_up\":%llu,"
             "\"waiting\":%u}",
             (long long)(now(NULL) / 1000), n.feeds, (unsigned long long)n.polls,
             (unsigned long long)n.not_modified, (unsigned long long)n.failures,
             (unsigned long long)n.pages, (unsigned long long)n.known,
             (unsigned long long)n.unreadable, (unsigned long long)n.given_up,
             n.waiting);
    snprintf(state, sizeof state,
             "WATCHDOG=1\nSTATUS=%u feeds, %llu new reports, %u pages waiting", n.feeds,
             (unsigned long long)n.pages, n.waiting);
    notify(state);
    return store_memo_put(s->store, STORE_WATCH_STATUS, str_from(json), err) &&
           flush(s, err);
}

/* What can't be compared or brought out is told and tried again: it ends no watch. */
static void work_on_alerts(const struct station *s, int64_t most_ms)
{
    struct err err = { 0 };

    if (!alert_work(s->store, most_ms, &err))
        fprintf(stderr, "corrob: alerts: %s\n", err.detail);
}

static bool run(struct station *s, struct watch *w, bool once, struct err *err)
{
    int64_t start = now(NULL), told = 0, wait = 0;

    notify("READY=1");
    do {
        if (now(NULL) - told >= STATUS_EVERY * 1000) {
            told = now(NULL);
            if (!tell_status(s, w, err))
                return false;
        }
        wait = watch_step(w);
        if (wait < 0)
            break;
        if (once && (watch_settled(w) || now(NULL) - start > ONCE_MOST * 1000))
            break;
        if (wait > 0 && !flush(s, err))
            return false;
        if (wait > 0)
            work_on_alerts(s, ALERTS_MOST_MS);
    } while (!told_to_end(wait < SLEEP_MOST ? wait : SLEEP_MOST));
    notify("STOPPING=1");
    if (!watch_failed(w) && !flush(s, err))
        return false;
    if (!watch_failed(w))
        work_on_alerts(s, once ? 0 : 1);
    if (watch_failed(w))
        *err = *watch_failed(w);
    return !watch_failed(w) && tell_status(s, w, err);
}

static bool open_station(struct station *s, const struct arguments *a,
                         const struct corrob_options *options, struct err *err)
{
    const struct fetch_options fetch = { .allow_private = a->allow_private };
    struct corrob_options reading = *options;
    char path[4096];

    reading.on_output = on_output;
    reading.on_trouble = on_trouble;
    reading.on_progress = NULL;
    reading.format = "jsonl";
    reading.context = s;
    if (!a->db && !store_default_path(path, sizeof path, err))
        return false;
    if (!store_open(a->db ? a->db : path, STORE_WRITE, &s->store, err))
        return false;
    if (corrob_open(&s->engine, &reading) != CORROB_OK)
        return err_set(err, ERR_USAGE, -1, "%s", corrob_message(s->engine));
    s->fetch = fetch_open(&fetch, err);
    return s->fetch != NULL;
}

enum corrob_status cmd_watch(const struct arguments *a,
                             const struct corrob_options *options)
{
    struct station s = { .quiet = a->quiet };
    const struct watch_world world = { now,      get,    delay,    take,
                                       remember, recall, log_line, &s };
    struct watch *w = watch_open(&world);
    struct err err = { 0 };
    bool all, ok;

    block_signals();
    arena_init(&s.arena, SIZE_MAX);
    arena_init(&s.log_arena, SIZE_MAX);
    s.log = buf_new(&s.log_arena, SIZE_MAX / 16);
    ok = open_station(&s, a, options, &err);
    all = ok && add_inputs(w, a);
    if (ok && watch_counts(w).feeds == 0)
        ok = err_set(&err, ERR_EMPTY, -1, "nothing to watch");
    ok = ok && run(&s, w, a->once, &err);
    all = all && !(a->once && watch_counts(w).failures > 0);
    if (!ok)
        fprintf(stderr, "corrob: %s\n",
                err.detail[0] ? err.detail : err_sentence(err.code));
    watch_close(w);
    fetch_close(s.fetch);
    corrob_close(s.engine);
    store_close(s.store);
    arena_release(&s.arena);
    arena_release(&s.log_arena);
    return !ok ? CORROB_FAILED : all ? CORROB_OK : CORROB_PARTIAL;
}
