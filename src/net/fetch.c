#include "net/fetch.h"

#include <curl/curl.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "net/address.h"
#include "net/mail_date.h"
#include "net/robots.h"

#define BYTES ((size_t)16 << 20)
#define HEADERS ((size_t)256 << 10)
#define PAGE_TIME 30000
#define CONNECT_TIME 10000
#define REDIRECTS 5
#define SLOW_BYTES 20 /* a second, for so many seconds: given up */
#define SLOW_SECONDS 10
#define SITES 256
#define ROBOTS_KEPT (24 * 3600)
#define ROBOTS_RETRY 600
#define RETRY_MOST (24 * 3600)
#define WAIT 1000
#define WAIT_MOST 10000

/* What is known of an origin. */
struct site {
    struct arena arena;
    struct str origin; /* absent: the place is free */
    struct str robots;
    int64_t until; /* robots.txt is asked again then */
    bool unreachable, refused;
};

struct fetch {
    struct arena arena;
    struct fetch_options options;
    CURL *curl;
    struct curl_slist *headers;
    struct site site[SITES];
    struct str last_host;
    char last_room[256];
    struct timespec last;
};

/* One request as it runs. */
struct transfer {
    struct fetch *fetch;
    struct arena *arena;
    struct fetch_response *out;
    struct buf body;
    size_t limit, header_bytes;
    bool too_long, refused;
};

static int64_t now_of(const struct fetch *f)
{
    return f->options.now ? f->options.now(f->options.context) : (int64_t)time(NULL);
}

/* ---- callbacks of libcurl ---- */

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct transfer *t = context;
    size_t len = size * count;

    if (t->body.len + len > t->limit) {
        t->too_long = true;
        return 0;
    }
    buf_str(&t->body, (struct str){ bytes, len });
    return len;
}

/* "Retry-After: 120" or a date. */
static int64_t retry_after(const struct fetch *f, struct str value)
{
    struct instant t;
    uint64_t n;
    int64_t wait;

    if (str_to_u64(value, &n))
        return n < RETRY_MOST ? (int64_t)n : RETRY_MOST;
    if (!instant_from_mail(value, &t))
        return -1;
    wait = instant_seconds(t) - now_of(f);
    return wait < 0 ? 0 : wait < RETRY_MOST ? wait : RETRY_MOST;
}

/* "text/html; charset=utf-8" */
static void content_type(struct transfer *t, struct str value)
{
    struct str media, part, rest = value;

    if (!str_split(&rest, ';', &media))
        return;
    t->out->media = arena_str(t->arena, str_trim(media));
    while (str_split(&rest, ';', &part)) {
        part = str_trim(part);
        if (!str_starts_fold(part, STR("charset=")))
            continue;
        part = str_after(part, 8);
        if (part.len >= 2 && (part.ptr[0] == '"' || part.ptr[0] == '\''))
            part = str_slice(part, 1, part.len - 1);
        t->out->charset = arena_str(t->arena, part);
    }
}

static void take_header(struct transfer *t, struct str name, struct str value)
{
    if (str_eq_fold(name, STR("Content-Type")))
        content_type(t, value);
    else if (str_eq_fold(name, STR("ETag")))
        t->out->etag = arena_str(t->arena, value);
    else if (str_eq_fold(name, STR("Last-Modified")))
        t->out->modified = arena_str(t->arena, value);
    else if (str_eq_fold(name, STR("Retry-After")))
        t->out->retry_after = retry_after(t->fetch, value);
}

static size_t on_header(char *bytes, size_t size, size_t count, void *context)
{
    struct transfer *t = context;
    struct str line = { bytes, size * count };
    size_t colon = str_find_char(line, ':');

    t->header_bytes += line.len;
    if (t->header_bytes > HEADERS) {
        t->too_long = true;
        return 0;
    }
    if (str_starts_fold(line, STR("HTTP/"))) { /* an answer behind "100 Continue" */
        *t->out = (struct fetch_response){ .retry_after = -1 };
        buf_clear(&t->body);
    } else if (colon != STR_NPOS) {
        take_header(t, str_trim(str_slice(line, 0, colon)),
                    str_trim(str_after(line, colon + 1)));
    }
    return line.len;
}

/* Here a name has been resolved: this is where the connection would go. */
static curl_socket_t on_socket(void *context, curlsocktype purpose,
                               struct curl_sockaddr *address)
{
    struct transfer *t = context;

    (void)purpose;
    if (!t->fetch->options.allow_private && !address_is_public(&address->addr)) {
        t->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ---- a handle ---- */

static bool set_up(struct fetch *f)
{
    CURL *c = f->curl;
    CURLcode bad = CURLE_OK;

    bad |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    bad |= curl_easy_setopt(c, CURLOPT_PROXY, "");
    bad |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    bad |= curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    bad |= curl_easy_setopt(c, CURLOPT_USERAGENT, FETCH_AGENT);
    bad |= curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
    bad |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_TIME);
    bad |= curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    bad |= curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
    bad |= curl_easy_setopt(c, CURLOPT_HTTP09_ALLOWED, 0L);
    bad |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    bad |= curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
    bad |= curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    bad |= curl_easy_setopt(c, CURLOPT_MAXCONNECTS, 8L);
    f->headers = curl_slist_append(
        NULL, "Accept: text/html, application/xhtml+xml, application/rss+xml, "
              "application/atom+xml, application/feed+json, application/xml;q=0.9, "
              "text/plain;q=0.8, */*;q=0.1");
    return bad == CURLE_OK && f->headers;
}

struct fetch *fetch_open(const struct fetch_options *options, struct err *err)
{
    struct arena arena;
    struct fetch *f;

    arena_init(&arena, SIZE_MAX);
    f = NEW(&arena, struct fetch, 1);
    f->arena = arena;
    f->options = *options;
    if (f->options.byte_limit == 0)
        f->options.byte_limit = BYTES;
    if (f->options.time_limit == 0)
        f->options.time_limit = PAGE_TIME;
    if (f->options.redirect_limit == 0)
        f->options.redirect_limit = REDIRECTS;
    for (size_t i = 0; i < SITES; i++)
        arena_init(&f->site[i].arena, SIZE_MAX);
    if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
        f->curl = curl_easy_init();
    if (f->curl && set_up(f))
        return f;
    fetch_close(f);
    err_set(err, ERR_FETCH, -1, "libcurl can't start");
    return NULL;
}

void fetch_close(struct fetch *f)
{
    struct arena arena;

    if (!f)
        return;
    if (f->curl)
        curl_easy_cleanup(f->curl);
    curl_slist_free_all(f->headers);
    curl_global_cleanup();
    for (size_t i = 0; i < SITES; i++)
        arena_release(&f->site[i].arena);
    arena = f->arena;
    arena_release(&arena);
}

/* ---- one hop ---- */

static struct curl_slist *with_header(struct curl_slist *list, const char *name,
                                      struct str value)
{
    char line[1200];
    struct curl_slist *longer;

    if (value.len == 0 || value.len > 1000)
        return list;
    snprintf(line, sizeof line, "%s: %.*s", name, STR_ARG(value));
    longer = curl_slist_append(list, line);
    return longer ? longer : list;
}

/* The common headers and what makes the request conditional. */
static struct curl_slist *headers_of(const struct fetch *f,
                                     const struct fetch_request *request)
{
    struct curl_slist *list = NULL;

    for (const struct curl_slist *h = f->headers; h; h = h->next)
        list = with_header(list, "Accept", str_after(str_from(h->data), 8));
    list = with_header(list, "If-None-Match", request->etag);
    return with_header(list, "If-Modified-Since", request->modified);
}

static bool tell(const struct transfer *t, CURLcode code, struct err *err)
{
    if (t->refused)
        return err_set(err, ERR_REFUSED, -1,
                       "the address leads into a private network");
    if (t->too_long)
        return err_set(err, ERR_LIMIT, -1, "more than %zu kB", t->limit >> 10);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return err_set(err, ERR_FETCH, -1, "no whole answer in time");
    if (code == CURLE_PARTIAL_FILE)
        return err_set(err, ERR_FETCH, -1, "the answer was cut off");
    return err_set(err, ERR_FETCH, -1, "%s", curl_easy_strerror(code));
}

static int64_t monotonic_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A request on its way through redirects. */
struct errand {
    struct fetch_request request;
    int64_t deadline; /* monotonic, milliseconds */
    size_t limit;     /* bytes of the body */
    bool ask_robots;
};

/* Asks once, without following; *next is where a redirect leads. */
static bool hop(struct fetch *f, struct arena *arena, const struct errand *e,
                struct fetch_response *out, struct str *next, struct err *err)
{
    struct transfer t = { .fetch = f, .arena = arena, .out = out, .limit = e->limit };
    struct str url = arena_str(arena, e->request.url); /* ends in NUL */
    struct curl_slist *headers = headers_of(f, &e->request);
    int64_t left = e->deadline - monotonic_ms();
    const char *location = NULL;
    long status = 0;
    CURLcode code;

    *out = (struct fetch_response){ .retry_after = -1 };
    t.body = buf_new(arena, SIZE_MAX / 16);
    curl_easy_setopt(f->curl, CURLOPT_URL, url.ptr);
    curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(f->curl, CURLOPT_TIMEOUT_MS, (long)(left > 1 ? left : 1));
    curl_easy_setopt(f->curl, CURLOPT_WRITEDATA, &t);
    curl_easy_setopt(f->curl, CURLOPT_HEADERDATA, &t);
    curl_easy_setopt(f->curl, CURLOPT_OPENSOCKETDATA, &t);
    code = curl_easy_perform(f->curl);
    curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &location);
    *next = location ? arena_str(arena, str_from(location)) : (struct str){ NULL, 0 };
    curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(headers);
    if (code != CURLE_OK)
        return tell(&t, code, err);
    out->status = (uint32_t)status;
    out->url = url;
    out->body = buf_view(&t.body);
    return true;
}

/* ---- robots.txt ---- */

static bool follow(struct fetch *f, struct arena *arena, struct errand e,
                   struct fetch_response *out, struct err *err);

static size_t place_of(struct str url)
{
    return str_hash(address_origin(url)) % SITES;
}

/* Asks for robots.txt when it isn't known.  Without one all is allowed; while a site
 * can't say, nothing is (RFC 9309, 2.3.1). */
static void learn(struct fetch *f, struct site *site, struct str url)
{
    struct fetch_response r;
    struct arena arena;
    struct buf b;
    struct err err;
    bool ok;

    arena_init(&arena, SIZE_MAX);
    arena_reset(&site->arena);
    site->origin = arena_str(&site->arena, address_origin(url));
    site->robots = (struct str){ NULL, 0 };
    b = buf_new(&arena, SIZE_MAX / 16);
    buf_str(&b, site->origin);
    buf_str(&b, STR("/robots.txt"));
    ok = follow(f, &arena,
                (struct errand){ .request.url = buf_view(&b),
                                 .deadline = monotonic_ms() + f->options.time_limit,
                                 .limit = 4 * ROBOTS_LIMIT },
                &r, &err);
    site->refused = !ok && err.code == ERR_REFUSED;
    site->unreachable = !ok || r.status >= 500 || r.status == 429;
    if (ok && r.status / 100 == 2)
        site->robots = arena_str(&site->arena, r.body);
    site->until = now_of(f) + (site->unreachable ? ROBOTS_RETRY : ROBOTS_KEPT);
    arena_release(&arena);
}

static bool robots_agree(struct fetch *f, struct str url, struct err *err)
{
    struct site *site = &f->site[place_of(url)];

    if (!str_eq(site->origin, address_origin(url)) || site->until <= now_of(f))
        learn(f, site, url);
    if (site->refused)
        return err_set(err, ERR_REFUSED, -1, "its site leads into a private network");
    if (site->unreachable)
        return err_set(err, ERR_FETCH, -1, "robots.txt can't be had");
    return robots_allow(site->robots, STR(FETCH_ROBOT), address_path(url)) ||
           err_set(err, ERR_REFUSED, -1, "robots.txt disallows it");
}

/* ---- redirects ---- */

static bool is_redirect(uint32_t status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 ||
           status == 308;
}

static bool follow(struct fetch *f, struct arena *arena, struct errand e,
                   struct fetch_response *out, struct err *err)
{
    struct str next;

    for (uint32_t hops = 0; hops <= f->options.redirect_limit; hops++) {
        err->code = ERR_OK;
        if (!address_is_web(e.request.url))
            return err_set(err, ERR_REFUSED, -1, "not an http or https address");
        if (e.ask_robots && !robots_agree(f, e.request.url, err))
            return false;
        if (!hop(f, arena, &e, out, &next, err))
            return false;
        if (!is_redirect(out->status) || next.len == 0)
            return true;
        e.request.url = address_join(arena, e.request.url, next);
    }
    return err_set(err, ERR_LIMIT, -1, "more than %u redirects",
                   f->options.redirect_limit);
}

bool fetch_get(struct fetch *f, struct arena *arena,
               const struct fetch_request *request, struct fetch_response *out,
               struct err *err)
{
    return follow(f, arena,
                  (struct errand){ .request = *request,
                                   .deadline = monotonic_ms() + f->options.time_limit,
                                   .limit = f->options.byte_limit,
                                   .ask_robots = true },
                  out, err);
}

int64_t fetch_delay(const struct fetch *f, struct str url)
{
    const struct site *site = &f->site[place_of(url)];

    if (!str_eq(site->origin, address_origin(url)))
        return 0;
    return robots_delay(site->robots, STR(FETCH_ROBOT));
}

void fetch_wait(struct fetch *f, struct str url)
{
    struct str host = address_host(url);
    int64_t delay = fetch_delay(f, url), passed;
    struct timespec now, pause;

    clock_gettime(CLOCK_MONOTONIC, &now);
    if (delay < WAIT)
        delay = WAIT;
    if (delay > WAIT_MOST)
        delay = WAIT_MOST;
    passed = ((int64_t)now.tv_sec - f->last.tv_sec) * 1000 +
             (now.tv_nsec - f->last.tv_nsec) / 1000000;
    if (!f->options.allow_private && str_eq(host, f->last_host) && passed < delay) {
        pause.tv_sec = (delay - passed) / 1000;
        pause.tv_nsec = (delay - passed) % 1000 * 1000000;
        nanosleep(&pause, NULL);
    }
    clock_gettime(CLOCK_MONOTONIC, &f->last);
    f->last_host.len = host.len < sizeof f->last_room ? host.len : 0;
    f->last_host.ptr = f->last_room;
    memcpy(f->last_room, host.ptr, f->last_host.len);
}
