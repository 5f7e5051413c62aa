#include "net/watch.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/json.h"
#include "net/address.h"
#include "net/feed.h"

#define SECOND ((int64_t)1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
/* A feed with twenty places must be asked before twenty newer items have come. */
#define OFTEN (5 * MINUTE)
#define SELDOM (30 * MINUTE)
#define AT_FIRST (10 * MINUTE)
#define FAILING_MOST (6 * HOUR)
#define LIST_AGAIN (24 * HOUR)
#define RETRY_FIRST MINUTE
#define RETRY_MOST HOUR
#define TRIES 14                   /* about nine hours */
#define UPDATE_LEAST (30 * MINUTE) /* feeds that renew every date at every poll exist */
#define PACE (2 * SECOND)
#define WAITING_MOST 20000
#define NEVER INT64_MAX

struct subscription {
    struct str url;
    struct arena tags_arena;
    struct str etag, modified; /* of the copy last seen */
    int64_t due, interval;
    uint32_t failures, pending; /* pending: pages of it that are not settled */
    bool asked, unsaved;        /* unsaved: the tags are not in the store yet */
};

/* A page that waits; its place is used again. */
struct waiting {
    struct arena arena;
    struct str url, title, published, stamp;
    uint64_t hash;
    uint32_t feed, tries;
    int64_t due;
    bool used;
};

struct host {
    uint64_t hash;
    int64_t free_at;
};

struct watch {
    struct arena arena, scratch;
    struct watch_world world;
    ARRAY(struct subscription) feeds;
    ARRAY(struct waiting) queue;
    ARRAY(struct host) hosts;
    struct watch_counts counts;
    struct err err;
    bool failed;
};

static int64_t now_of(const struct watch *w)
{
    return w->world.now(w->world.context);
}

struct watch *watch_open(const struct watch_world *world)
{
    struct arena arena;
    struct watch *w;

    arena_init(&arena, SIZE_MAX);
    w = NEW(&arena, struct watch, 1);
    w->arena = arena;
    arena_init(&w->scratch, SIZE_MAX);
    w->world = *world;
    return w;
}

void watch_close(struct watch *w)
{
    struct arena arena = w->arena;

    for (uint32_t i = 0; i < w->feeds.count; i++)
        arena_release(&w->feeds.at[i].tags_arena);
    for (uint32_t i = 0; i < w->queue.count; i++)
        arena_release(&w->queue.at[i].arena);
    arena_release(&w->scratch);
    arena_release(&arena);
}

const struct err *watch_failed(const struct watch *w)
{
    return w->failed ? &w->err : NULL;
}

struct watch_counts watch_counts(const struct watch *w)
{
    struct watch_counts c = w->counts;

    c.feeds = w->feeds.count;
    c.slots = w->queue.count;
    return c;
}

bool watch_settled(const struct watch *w)
{
    for (uint32_t i = 0; i < w->feeds.count; i++)
        if (!w->feeds.at[i].asked)
            return false;
    for (uint32_t i = 0; i < w->queue.count; i++)
        if (w->queue.at[i].used && w->queue.at[i].tries == 0)
            return false;
    return true;
}

/* ---- the log ---- */

/* One line: {"time":"...","event":"page","url":"...", ...; end with put_log. */
struct entry {
    struct buf buf;
    struct json json;
};

static struct str iso_of(struct arena *arena, int64_t ms)
{
    int64_t s = ms / 1000;
    struct instant t = { .day = (int32_t)(s / 86400),
                         .second = (int32_t)(s % 86400),
                         .zone = ZONE_UTC,
                         .utc = true,
                         .precision = INSTANT_SECOND };

    return instant_to_iso(arena, t);
}

static struct entry *log_entry(struct watch *w, const char *event, struct str url)
{
    struct entry *e = NEW(&w->scratch, struct entry, 1);

    e->buf = buf_new(&w->scratch, SIZE_MAX / 16);
    e->json = json_to(&e->buf);
    json_open(&e->json, '{');
    json_member(&e->json, "time", iso_of(&w->scratch, now_of(w)));
    json_member(&e->json, "event", str_from(event));
    json_member(&e->json, "url", url);
    return e;
}

static void log_number(struct entry *e, const char *name, int64_t n)
{
    json_key(&e->json, name);
    json_i64(&e->json, n);
}

static void put_log(struct watch *w, struct entry *e)
{
    json_close(&e->json, '}');
    w->world.log(w->world.context, buf_view(&e->buf));
}

/* ---- what is remembered ---- */

static struct str key_of(struct watch *w, struct str kind, struct str url)
{
    struct buf b = buf_new(&w->scratch, SIZE_MAX / 16);

    buf_str(&b, kind);
    buf_str(&b, url);
    return buf_view(&b);
}

static bool remember(struct watch *w, struct str kind, struct str url, struct str value)
{
    if (w->world.remember(w->world.context, key_of(w, kind, url), value, &w->err))
        return true;
    w->failed = true;
    return false;
}

static struct str recall(struct watch *w, struct str kind, struct str url)
{
    return w->world.recall(w->world.context, &w->scratch, key_of(w, kind, url));
}

static void set_tags(struct subscription *f, struct str etag, struct str modified)
{
    arena_reset(&f->tags_arena);
    f->etag = arena_str(&f->tags_arena, etag);
    f->modified = arena_str(&f->tags_arena, modified);
}

/* Tags are safe to keep once no page of the feed is open. */
static void save_tags(struct watch *w, struct subscription *f)
{
    struct buf b;

    if (!f->unsaved || f->pending > 0)
        return;
    f->unsaved = false;
    b = buf_new(&w->scratch, SIZE_MAX / 16);
    buf_str(&b, f->etag);
    buf_char(&b, '\n');
    buf_str(&b, f->modified);
    remember(w, STR("feed:"), f->url, buf_view(&b));
}

bool watch_add(struct watch *w, struct str url)
{
    struct subscription *f;
    struct str tags, etag = { NULL, 0 };

    if (!address_is_web(url))
        return false;
    for (uint32_t i = 0; i < w->feeds.count; i++)
        if (str_eq(w->feeds.at[i].url, url))
            return false;
    tags = recall(w, STR("feed:"), url);
    f = PUSH(&w->arena, &w->feeds);
    arena_init(&f->tags_arena, SIZE_MAX);
    f->url = arena_str(&w->arena, url);
    f->due = now_of(w);
    f->interval = AT_FIRST;
    if (tags.len > 0 && str_split(&tags, '\n', &etag))
        set_tags(f, etag, tags);
    arena_reset(&w->scratch);
    return true;
}

/* ---- hosts ---- */

static struct host *host_of(struct watch *w, struct str url)
{
    uint64_t hash = str_hash(address_host(url));
    struct host *old = NULL;

    for (uint32_t i = 0; i < w->hosts.count; i++) {
        if (w->hosts.at[i].hash == hash)
            return &w->hosts.at[i];
        if (w->hosts.at[i].free_at <= now_of(w))
            old = &w->hosts.at[i];
    }
    if (!old)
        old = PUSH(&w->arena, &w->hosts);
    *old = (struct host){ hash, 0 };
    return old;
}

/* The earliest time at which this may be asked of its host. */
static int64_t allowed_at(const struct watch *w, struct str url, int64_t due)
{
    uint64_t hash = str_hash(address_host(url));

    for (uint32_t i = 0; i < w->hosts.count; i++)
        if (w->hosts.at[i].hash == hash && w->hosts.at[i].free_at > due)
            return w->hosts.at[i].free_at;
    return due;
}

/* Asks, and keeps the host free of us for a while. */
static bool ask(struct watch *w, const struct fetch_request *request,
                struct fetch_response *r, struct err *err)
{
    bool ok = w->world.get(w->world.context, &w->scratch, request, r, err);
    int64_t pace = w->world.delay(w->world.context, request->url);
    struct host *host = host_of(w, request->url);

    host->free_at = now_of(w) + (pace > PACE ? pace : PACE);
    if (ok && (r->status == 429 || r->status == 503) && r->retry_after > 0)
        host->free_at = now_of(w) + r->retry_after * SECOND;
    return ok;
}

/* Worth trying again: no answer, or one that says "not now". */
static bool is_passing(bool ok, const struct fetch_response *r, const struct err *err)
{
    return ok ? r->status >= 500 || r->status == 429 || r->status == 408
              : err->code == ERR_FETCH;
}

static int64_t doubled(int64_t first, uint32_t times, int64_t most)
{
    return times > 16 || first << times > most ? most : first << times;
}

/* ---- pages ---- */

static bool is_waiting(const struct watch *w, struct str url, uint64_t hash)
{
    for (uint32_t i = 0; i < w->queue.count; i++)
        if (w->queue.at[i].used && w->queue.at[i].hash == hash &&
            str_eq(w->queue.at[i].url, url))
            return true;
    return false;
}

static struct waiting *free_place(struct watch *w)
{
    struct waiting *p;

    for (uint32_t i = 0; i < w->queue.count; i++)
        if (!w->queue.at[i].used)
            return &w->queue.at[i];
    p = PUSH(&w->arena, &w->queue);
    arena_init(&p->arena, SIZE_MAX);
    return p;
}

/* The feed's word for the item's version: when it was last changed. */
static struct str stamp_of(const struct feed_item *item)
{
    return item->updated.len > 0 ? item->updated : item->published;
}

/* Whether the feed says that a page has changed since it was taken.  What is remembered
 * of it: "new", the stamp of that version, the time in seconds. */
static bool is_changed(struct watch *w, struct str known, struct str stamp)
{
    struct str how, old;
    uint64_t taken;

    return str_split(&known, ' ', &how) && str_split(&known, ' ', &old) &&
           str_to_u64(known, &taken) && old.len > 0 && stamp.len > 0 &&
           !str_eq(old, stamp) && now_of(w) - (int64_t)taken * SECOND >= UPDATE_LEAST;
}

static bool is_wanted(struct watch *w, const struct feed_item *item, uint64_t hash)
{
    struct str known;

    if (w->counts.waiting >= WAITING_MOST || is_waiting(w, item->url, hash))
        return false;
    known = recall(w, STR("page:"), item->url);
    return known.len == 0 || is_changed(w, known, stamp_of(item));
}

/* Whether the page is new to us, or changed: put in the queue then. */
static bool enqueue(struct watch *w, uint32_t feed, const struct feed_item *item)
{
    uint64_t hash = str_hash(item->url);
    struct waiting *p;
    struct arena arena;

    if (!is_wanted(w, item, hash))
        return false;
    p = free_place(w);
    arena = p->arena;
    arena_reset(&arena);
    *p = (struct waiting){ .arena = arena, .hash = hash, .feed = feed, .used = true };
    p->url = arena_str(&p->arena, item->url);
    p->title = arena_str(&p->arena, item->title);
    p->published = arena_str(&p->arena, item->published);
    p->stamp = arena_str(&p->arena, stamp_of(item));
    p->due = now_of(w);
    w->feeds.at[feed].pending++;
    w->counts.waiting++;
    return true;
}

/* The page is done with, one way or the other; how is remembered with it. */
static void settle(struct watch *w, struct waiting *p, struct str how)
{
    struct subscription *f = &w->feeds.at[p->feed];
    struct buf b = buf_new(&w->scratch, SIZE_MAX / 16);

    buf_str(&b, how);
    buf_char(&b, ' ');
    buf_str(&b, p->stamp);
    buf_char(&b, ' ');
    buf_u64(&b, (uint64_t)(now_of(w) / SECOND));
    if (!remember(w, STR("page:"), p->url, buf_view(&b)))
        return;
    p->used = false;
    w->counts.waiting--;
    f->pending--;
    save_tags(w, f);
}

static void take_page(struct watch *w, struct waiting *p,
                      const struct fetch_response *r)
{
    const struct watch_page page = { p->url, p->title, p->published, r };
    static const struct str words[] = { STR_INIT("new"), STR_INIT("known"),
                                        STR_INIT("unreadable") };
    struct entry *e = log_entry(w, "page", p->url);
    struct err err = { 0 };
    enum watch_took took;

    if (!w->world.take(w->world.context, &page, &took, &err)) {
        w->err = err;
        w->failed = true;
        return;
    }
    w->counts.pages += took == WATCH_NEW;
    w->counts.known += took == WATCH_KNOWN;
    w->counts.unreadable += took == WATCH_UNREADABLE;
    json_member(&e->json, "result", words[took]);
    json_member(&e->json, "detail", str_from(err.detail));
    put_log(w, e);
    settle(w, p, words[took]);
}

/* Tried again later, or given up. */
static void page_failed(struct watch *w, struct waiting *p, bool ok,
                        const struct fetch_response *r, const struct err *err)
{
    bool again = is_passing(ok, r, err) && p->tries < TRIES;
    struct entry *e = log_entry(w, "page", p->url);

    json_member(&e->json, "result", again ? STR("later") : STR("given up"));
    if (ok)
        log_number(e, "status", r->status);
    else
        json_member(&e->json, "detail", str_from(err->detail));
    p->due = now_of(w) + doubled(RETRY_FIRST, p->tries++, RETRY_MOST);
    if (again)
        log_number(e, "wait", (p->due - now_of(w)) / SECOND);
    put_log(w, e);
    if (again)
        return;
    w->counts.given_up++;
    settle(w, p, STR("gone"));
}

static void visit_page(struct watch *w, struct waiting *p)
{
    const struct fetch_request request = { .url = p->url };
    struct fetch_response r = { 0 };
    struct err err = { 0 };
    bool ok = ask(w, &request, &r, &err);

    if (ok && (r.status == 200 || r.status == 203))
        take_page(w, p, &r);
    else
        page_failed(w, p, ok, &r, &err);
}

/* ---- feeds ---- */

static void poll_failed(struct watch *w, struct subscription *f, bool ok,
                        const struct fetch_response *r, const char *detail)
{
    struct entry *e = log_entry(w, "feed", f->url);

    w->counts.failures++;
    f->due = now_of(w) + doubled(OFTEN, f->failures++, FAILING_MOST);
    if (ok && r->retry_after > 0 && f->due < now_of(w) + r->retry_after * SECOND)
        f->due = now_of(w) + r->retry_after * SECOND;
    if (ok)
        log_number(e, "status", r->status);
    json_member(&e->json, "detail", str_from(detail));
    log_number(e, "wait", (f->due - now_of(w)) / SECOND);
    put_log(w, e);
}

/* News halve the time to the next poll, none lengthens it by half. */
static void polled(struct watch *w, struct subscription *f, uint32_t status,
                   uint32_t items, uint32_t fresh)
{
    struct entry *e = log_entry(w, "feed", f->url);

    f->failures = 0;
    f->interval = fresh > 0 ? f->interval / 2 : f->interval * 3 / 2;
    if (f->interval < OFTEN)
        f->interval = OFTEN;
    if (f->interval > SELDOM)
        f->interval = SELDOM;
    f->due = now_of(w) + f->interval;
    log_number(e, "status", status);
    log_number(e, "items", items);
    log_number(e, "new", fresh);
    log_number(e, "wait", f->interval / SECOND);
    put_log(w, e);
}

static uint32_t take_items(struct watch *w, uint32_t nr, const struct feed *feed)
{
    uint32_t fresh = 0;

    for (uint32_t i = feed->items.count; i-- > 0;) /* the oldest first */
        if (feed->items.at[i].url.len > 0)
            fresh += feed->kind == FEED_OPML ? watch_add(w, feed->items.at[i].url)
                                             : enqueue(w, nr, &feed->items.at[i]);
    return fresh;
}

/* <link rel="alternate" type="application/rss+xml" href="..."> of a page. */
static struct str feed_of_page(struct watch *w, const struct fetch_response *r)
{
    static const struct str types[] = { STR_INIT("application/rss+xml"),
                                        STR_INIT("application/atom+xml"),
                                        STR_INIT("application/feed+json") };
    struct str rest = r->body, tag;

    while (str_split(&rest, '>', &tag)) {
        size_t at = str_find_fold(tag, STR("<link")), href;
        bool feed = false;

        if (at == STR_NPOS)
            continue;
        tag = str_after(tag, at);
        for (size_t i = 0; i < COUNT(types); i++)
            feed |= str_find_fold(tag, types[i]) != STR_NPOS;
        href = str_find_fold(tag, STR("href="));
        if (!feed || href == STR_NPOS || tag.len < href + 7)
            continue;
        tag = str_after(tag, href + 5);
        at = str_find_char(str_after(tag, 1), tag.ptr[0]);
        if (at != STR_NPOS && (tag.ptr[0] == '"' || tag.ptr[0] == '\''))
            return address_join(&w->scratch, r->url, str_slice(tag, 1, at + 1));
    }
    return (struct str){ NULL, 0 };
}

/* A page was named, not a feed: its feed is watched in its place, or it is taken once. */
static void take_no_feed(struct watch *w, uint32_t nr, const struct fetch_response *r)
{
    struct str found = feed_of_page(w, r);
    const struct feed_item item = { .url = w->feeds.at[nr].url };
    uint32_t fresh = found.len > 0 ? watch_add(w, arena_str(&w->scratch, found))
                                   : enqueue(w, nr, &item);

    polled(w, &w->feeds.at[nr], r->status, 1, fresh);
    w->feeds.at[nr].due = now_of(w) + LIST_AGAIN;
}

static void take_poll(struct watch *w, uint32_t nr, const struct fetch_response *r)
{
    struct subscription *f = &w->feeds.at[nr];
    struct feed feed;
    struct err err = { 0 };
    uint32_t fresh;

    if (!feed_looks_like(r->body)) {
        take_no_feed(w, nr, r);
        return;
    }
    if (!feed_read(&w->scratch, r->body, r->url, r->charset, &feed, &err)) {
        poll_failed(w, f, true, r, err.detail);
        return;
    }
    fresh = take_items(w, nr, &feed);
    f = &w->feeds.at[nr]; /* the array may have moved */
    polled(w, f, r->status, feed.items.count, fresh);
    if (feed.kind == FEED_OPML)
        f->due = now_of(w) + LIST_AGAIN;
    if (w->counts.waiting >= WAITING_MOST) /* some found no place: asked for again */
        return;
    set_tags(f, r->etag, r->modified);
    f->unsaved = true;
    save_tags(w, f);
}

static void poll(struct watch *w, uint32_t nr)
{
    struct subscription *f = &w->feeds.at[nr];
    const struct fetch_request request = { f->url, f->etag, f->modified };
    struct fetch_response r = { 0 };
    struct err err = { 0 };
    bool ok = ask(w, &request, &r, &err);

    w->counts.polls++;
    f->asked = true;
    if (ok && r.status == 304) {
        w->counts.not_modified++;
        polled(w, f, r.status, 0, 0);
    } else if (ok && (r.status == 200 || r.status == 203)) {
        take_poll(w, nr, &r);
    } else {
        poll_failed(w, f, ok, &r, ok ? "" : err.detail);
    }
}

/* ---- what is due ---- */

int64_t watch_step(struct watch *w)
{
    int64_t best = NEVER, at;
    uint32_t page = UINT32_MAX, feed = UINT32_MAX;

    if (w->failed)
        return -1;
    arena_reset(&w->scratch);
    for (uint32_t i = 0; i < w->queue.count; i++) {
        const struct waiting *p = &w->queue.at[i];

        if (p->used && (at = allowed_at(w, p->url, p->due)) < best) {
            best = at;
            page = i;
        }
    }
    for (uint32_t i = 0; i < w->feeds.count; i++)
        if ((at = allowed_at(w, w->feeds.at[i].url, w->feeds.at[i].due)) < best) {
            best = at;
            feed = i;
        }
    if (best == NEVER)
        return -1;
    if (best > now_of(w))
        return best - now_of(w);
    if (feed != UINT32_MAX)
        poll(w, feed);
    else
        visit_page(w, &w->queue.at[page]);
    return w->failed ? -1 : 0;
}
