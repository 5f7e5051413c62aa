/* Requests in, answers out: libmicrohttpd on one side, visits on the other. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <zlib.h>

#include "serve/house.h"

#define THREADS 4
#define PACKED_FROM 4096 /* bytes: shorter answers are sent as they are */
#define ETAG_LEN 18      /* "0123456789abcdef" and its quotes */
#define CONNECTIONS 256
#define CONNECTIONS_OF_ONE 128
#define TIMEOUT_SECONDS 30
#define CONNECTION_BYTES ((size_t)32 << 10) /* of headers */
#define REQUEST_BUDGET ((size_t)1 << 20)
#define COMPARE_PAUSE_MS 500
#define CHANGES_A_MINUTE 240 /* by forms: a person's hand, not a script */

struct serve {
    struct house house;
    struct MHD_Daemon *daemon;
    pthread_t comparer;
    bool comparing, stopping;
    pthread_mutex_t lock;
    pthread_cond_t stop;
    int64_t minute; /* that `changes` counts */
    unsigned changes;
};

/* A request while it comes in. */
struct incoming {
    struct arena arena;
    struct str uri;
    struct buf body;
    bool begun, too_large;
};

/* ---- answers ---- */

static const char csp[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

static void headers(struct MHD_Response *response, const struct answer *a)
{
    MHD_add_response_header(response, "Content-Type", a->type);
    MHD_add_response_header(response, "Content-Security-Policy", csp);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "X-Frame-Options", "DENY");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(response, "Cross-Origin-Opener-Policy", "same-origin");
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    MHD_add_response_header(response, "Permissions-Policy",
                            "camera=(), geolocation=(), microphone=()");
    MHD_add_response_header(response, "Cache-Control",
                            a->keep    ? "private, max-age=31536000, immutable"
                            : a->fresh ? "no-store"
                                       : "private, no-cache");
    if (a->location)
        MHD_add_response_header(response, "Location", a->location);
    if (a->disposition)
        MHD_add_response_header(response, "Content-Disposition", a->disposition);
    if (a->cookie)
        MHD_add_response_header(response, "Set-Cookie", a->cookie);
}

/* Whether the answer is long, of words, and goes to who unpacks gzip. */
static bool is_to_pack(struct MHD_Connection *c, const struct answer *a)
{
    struct str takes =
        str_from(MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Accept-Encoding"));

    return a->status == MHD_HTTP_OK && a->body.len > PACKED_FROM &&
           str_find_fold(takes, STR("gzip")) != STR_NPOS &&
           (str_starts(str_from(a->type), STR("text/")) ||
            str_starts(str_from(a->type), STR("application/json")));
}

/* A tenth of the bytes, for a millisecond or two.  0: it can't be packed. */
static size_t pack(struct str body, char *out, size_t room)
{
    z_stream z = { .next_in = (Bytef *)(uintptr_t)body.ptr,
                   .avail_in = (uInt)body.len,
                   .next_out = (Bytef *)out,
                   .avail_out = (uInt)room };
    bool ok;

    if (body.len > UINT32_MAX / 2 ||
        deflateInit2(&z, 3, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return 0;
    ok = deflate(&z, Z_FINISH) == Z_STREAM_END;
    deflateEnd(&z);
    return ok ? z.total_out : 0;
}

/* The body as it is sent; *etag gets a suffix where it is packed. */
static struct MHD_Response *response_of(struct MHD_Connection *c,
                                        const struct answer *a, struct str body,
                                        char *etag)
{
    char *copy = malloc(body.len + 1);
    struct MHD_Response *response;
    size_t len = 0;

    if (!copy)
        return NULL;
    if (is_to_pack(c, a) && body.len > 0)
        len = pack(body, copy, body.len);
    if (len == 0 && body.len > 0)
        memcpy(copy, body.ptr, body.len);
    response = MHD_create_response_from_buffer(len > 0 ? len : body.len, copy,
                                               MHD_RESPMEM_MUST_FREE);
    if (response && len > 0) {
        MHD_add_response_header(response, "Content-Encoding", "gzip");
        memcpy(etag + ETAG_LEN - 1, "-gz\"", sizeof "-gz\"");
    }
    if (response)
        MHD_add_response_header(response, "Vary", "Accept-Encoding");
    return response;
}

static enum MHD_Result queue(struct MHD_Connection *c, struct answer *a)
{
    const char *seen = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "If-None-Match");
    struct str body = buf_view(&a->body);
    struct MHD_Response *response;
    enum MHD_Result queued;
    char etag[ETAG_LEN + 8];

    snprintf(etag, sizeof etag, "\"%016llx\"", (unsigned long long)str_hash(body));
    if (a->status == MHD_HTTP_OK && seen && strncmp(seen, etag, ETAG_LEN - 1) == 0) {
        a->status = MHD_HTTP_NOT_MODIFIED;
        body = (struct str){ NULL, 0 };
    }
    response = response_of(c, a, body, etag);
    if (!response)
        return MHD_NO;
    headers(response, a);
    if (!a->fresh)
        MHD_add_response_header(response, "ETag", etag);
    queued = MHD_queue_response(c, a->status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result refuse(struct MHD_Connection *c, struct incoming *in,
                              unsigned status, const char *words)
{
    struct answer a = { .status = status,
                        .type = "text/plain; charset=utf-8",
                        .fresh = true,
                        .body = buf_new(&in->arena, 4096) };

    buf_str(&a.body, str_from(words));
    buf_char(&a.body, '\n');
    return queue(c, &a);
}

/* ---- who may come in ---- */

static struct str header(struct MHD_Connection *c, const char *name)
{
    return str_from(MHD_lookup_connection_value(c, MHD_HEADER_KIND, name));
}

static bool has_token(const struct house *h, struct MHD_Connection *c)
{
    struct str told = header(c, "Authorization");
    const char *cookie = MHD_lookup_connection_value(c, MHD_COOKIE_KIND, "corrob");
    struct str token = str_from(h->token);

    if (token.len == 0)
        return true;
    if (str_starts_fold(told, STR("Bearer ")) &&
        secret_eq(str_after(told, sizeof "Bearer " - 1), token))
        return true;
    return cookie && secret_eq(str_from(cookie), token);
}

/* The door of a server that others can reach: asks for the token, keeps it in a cookie. */
static enum MHD_Result ask_token(struct serve *s, struct MHD_Connection *c,
                                 struct incoming *in)
{
    struct visit v = { .arena = &in->arena, .house = &s->house };
    char cookie[256];
    struct markup m;

    v.answer = (struct answer){ .status = MHD_HTTP_UNAUTHORIZED,
                                .type = "text/html; charset=utf-8",
                                .fresh = true,
                                .body = buf_new(&in->arena, 1 << 16) };
    request_read(&in->arena, STR("/login"), &v.request);
    if (str_starts(in->uri, STR("/login")) &&
        request_read_form(&in->arena, buf_view(&in->body), &v.request) &&
        secret_eq(request_field(&v.request, "token"), str_from(s->house.token))) {
        snprintf(cookie, sizeof cookie,
                 "corrob=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000",
                 s->house.token);
        v.answer.status = MHD_HTTP_SEE_OTHER;
        v.answer.cookie = cookie;
        v.answer.location = "/";
        return queue(c, &v.answer);
    }
    m = frame_open(&v, STR("Who is there?"), AT_ELSEWHERE);
    form_open(&v, &m, "/login");
    markup_open(&m, "label");
    SAY(&m, "Token ");
    markup_open(&m, "input");
    markup_attr(&m, "type", STR("password"));
    markup_attr(&m, "name", STR("token"));
    markup_attr(&m, "autocomplete", STR("current-password"));
    markup_close(&m);
    markup_close(&m);
    markup_leaf(&m, "button", NULL, STR("Open"));
    markup_close(&m);
    frame_close(&v, &m);
    return queue(c, &v.answer);
}

/* A form of ours names its secret, and the browser doesn't say that it lies elsewhere. */
static bool is_ours(struct serve *s, struct MHD_Connection *c, const struct request *r)
{
    struct str site = header(c, "Sec-Fetch-Site");

    if (site.len > 0 && !str_eq(site, STR("same-origin")) && !str_eq(site, STR("none")))
        return false;
    return secret_eq(request_field(r, "csrf"), str_from(s->house.csrf));
}

static bool too_many(struct serve *s)
{
    int64_t minute = time(NULL) / 60;
    bool many;

    pthread_mutex_lock(&s->lock);
    if (s->minute != minute)
        s->changes = 0;
    s->minute = minute;
    many = ++s->changes > CHANGES_A_MINUTE;
    pthread_mutex_unlock(&s->lock);
    return many;
}

/* ---- a visit ---- */

static enum MHD_Result answer_asset(struct serve *s, struct MHD_Connection *c,
                                    struct incoming *in)
{
    const struct asset *asset = house_find_asset(&s->house, in->uri);
    struct answer a = { .status = MHD_HTTP_OK, .keep = true };

    if (!asset)
        return refuse(c, in, MHD_HTTP_NOT_FOUND, "There is no such asset.");
    a.type = asset->type;
    a.body = buf_new(&in->arena, REQUEST_BUDGET);
    buf_str(&a.body, str_from(asset->content));
    return queue(c, &a);
}

/* The name that a reviewer gave before: "who=Ana%20Ruiz". */
static struct str name_of(struct arena *arena, struct MHD_Connection *c)
{
    struct str cookie =
        str_from(MHD_lookup_connection_value(c, MHD_COOKIE_KIND, "who"));
    struct buf b = buf_new(arena, REQUEST_BUDGET);
    struct request r = { 0 };

    buf_str(&b, STR("who="));
    buf_str(&b, cookie);
    return cookie.len < 400 && request_read_form(arena, buf_view(&b), &r)
               ? request_field(&r, "who")
               : (struct str){ NULL, 0 };
}

/* Pages over all reports are made once a minute, or when a story changed. */
static void answer_or_recall(struct serve *s, struct visit *v)
{
    bool whole = str_eq(v->request.path, STR("/sources")) ||
                 str_eq(v->request.path, STR("/map"));
    int64_t change = whole ? store_change(v->store) : 0;

    if (whole && !v->request.post &&
        house_recall(&s->house, v->request.uri, change, &v->answer.body)) {
        visit_type(v);
        return;
    }
    visit_answer(v);
    if (whole && v->answer.status == MHD_HTTP_OK)
        house_keep(&s->house, v->request.uri, change, buf_view(&v->answer.body));
}

static enum MHD_Result answer_page(struct serve *s, struct MHD_Connection *c,
                                   struct incoming *in, const struct request *r)
{
    struct visit v = { .house = &s->house, .request = *r };
    struct desk *desk = house_lend(&s->house, &v.err);
    enum MHD_Result queued;

    if (!desk)
        return refuse(c, in, MHD_HTTP_SERVICE_UNAVAILABLE, v.err.detail);
    v.arena = &desk->arena;
    v.store = desk->store;
    v.who = name_of(&in->arena, c);
    v.answer.body = buf_new(&desk->arena, BODY_MAX);
    answer_or_recall(s, &v);
    queued = queue(c, &v.answer);
    house_take_back(&s->house, desk);
    return queued;
}

static enum MHD_Result answer(struct serve *s, struct MHD_Connection *c,
                              struct incoming *in, const char *method)
{
    struct request r;
    bool post = strcmp(method, "POST") == 0;

    if (!post && strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return refuse(c, in, MHD_HTTP_METHOD_NOT_ALLOWED, "GET, HEAD and POST only.");
    if (!house_is_host(&s->house, header(c, "Host")))
        return refuse(c, in, MHD_HTTP_FORBIDDEN,
                      "This server is known by another name.");
    if (in->too_large)
        return refuse(c, in, MHD_HTTP_CONTENT_TOO_LARGE, "Too large.");
    if (str_starts(in->uri, STR("/assets/")))
        return answer_asset(s, c, in);
    if (!has_token(&s->house, c))
        return post && too_many(s)
                   ? refuse(c, in, MHD_HTTP_TOO_MANY_REQUESTS, "Wait a minute.")
                   : ask_token(s, c, in);
    if (!request_read(&in->arena, in->uri, &r) ||
        (post && !request_read_form(&in->arena, buf_view(&in->body), &r)))
        return refuse(c, in, MHD_HTTP_BAD_REQUEST, "This address can't be read.");
    if (post && !is_ours(s, c, &r))
        return refuse(c, in, MHD_HTTP_FORBIDDEN,
                      "This form is not of this server, or from before it was started "
                      "anew: open the page again.");
    if (post && too_many(s))
        return refuse(c, in, MHD_HTTP_TOO_MANY_REQUESTS, "Wait a minute.");
    return answer_page(s, c, in, &r);
}

/* ---- libmicrohttpd's calls ---- */

static void *on_address(void *context, const char *uri, struct MHD_Connection *c)
{
    struct incoming *in = calloc(1, sizeof *in);

    (void)context;
    (void)c;
    if (!in)
        return NULL;
    arena_init(&in->arena, SIZE_MAX);
    in->uri = arena_str(&in->arena, str_from(uri));
    in->body = buf_new(&in->arena, REQUEST_FORM_BYTES + 1);
    return in;
}

static void on_end(void *context, struct MHD_Connection *c, void **request,
                   enum MHD_RequestTerminationCode why)
{
    struct incoming *in = *request;

    (void)context;
    (void)c;
    (void)why;
    if (in)
        arena_release(&in->arena);
    free(in);
    *request = NULL;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *c,
                                  const char *url, const char *method,
                                  const char *version, const char *upload, size_t *len,
                                  void **request)
{
    struct incoming *in = *request;

    (void)url;
    (void)version;
    if (!in)
        return MHD_NO;
    if (!in->begun) {
        in->begun = true;
        return MHD_YES;
    }
    if (*len > 0) {
        if (in->body.len + *len > REQUEST_FORM_BYTES)
            in->too_large = true;
        else
            buf_str(&in->body, (struct str){ upload, *len });
        *len = 0;
        return MHD_YES;
    }
    return answer(context, c, in, method);
}

/* ---- the comparer: makes situations before anyone asks ---- */

/* Waits; true when the server stops. */
static bool pause_for(struct serve *s, int64_t ms)
{
    struct timespec until;
    bool stopping;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    until.tv_sec += (time_t)(ms / 1000) + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&s->lock);
    if (!s->stopping)
        pthread_cond_timedwait(&s->stop, &s->lock, &until);
    stopping = s->stopping;
    pthread_mutex_unlock(&s->lock);
    return stopping;
}

static void *compare(void *argument)
{
    struct serve *s = argument;
    struct err err = { 0 };
    struct store *store;
    struct arena arena;

    /* Behind whatever a visitor waits for. */
    setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), 10);
    if (!store_open(s->house.db, STORE_WRITE, &store, &err))
        return NULL;
    arena_init(&arena, SIZE_MAX);
    do {
        int64_t story;

        while (store_compare_next(&arena, store, &story, &err) && !pause_for(s, 0))
            arena_reset(&arena);
        arena_reset(&arena);
    } while (!pause_for(s, COMPARE_PAUSE_MS));
    arena_release(&arena);
    store_close(store);
    return NULL;
}

/* ---- starting and stopping ---- */

static bool is_loopback(const char *address)
{
    return strncmp(address, "127.", 4) == 0 || strcmp(address, "localhost") == 0;
}

static struct MHD_Daemon *start(struct serve *s, struct sockaddr_in *where)
{
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_request, s,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)where, MHD_OPTION_THREAD_POOL_SIZE,
        (unsigned)THREADS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)CONNECTIONS_OF_ONE,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES,
        MHD_OPTION_URI_LOG_CALLBACK, on_address, s, MHD_OPTION_NOTIFY_COMPLETED, on_end,
        s, MHD_OPTION_END);
}

static bool listen_on(struct serve *s, struct err *err)
{
    struct house *h = &s->house;
    struct sockaddr_in where = { .sin_family = AF_INET,
                                 .sin_port = htons((uint16_t)h->options.port) };
    const union MHD_DaemonInfo *info;
    const char *listen = strcmp(h->listen, "localhost") == 0 ? "127.0.0.1" : h->listen;

    if (inet_pton(AF_INET, listen, &where.sin_addr) != 1)
        return err_set(err, ERR_USAGE, -1, "\"%s\" is no IPv4 address", h->listen);
    if (!is_loopback(h->listen) && h->token[0] == '\0')
        return err_set(err, ERR_USAGE, -1,
                       "others can reach %s: a token is needed (--token-file FILE)",
                       h->listen);
    s->daemon = start(s, &where);
    if (!s->daemon)
        return err_set(err, ERR_WRITE, -1, "can't listen on %s:%u", h->listen,
                       h->options.port);
    info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
    h->port = info ? info->port : h->options.port;
    snprintf(h->address, sizeof h->address, "http://%s:%u/", listen, h->port);
    return true;
}

bool serve_start(const struct serve_options *options, struct serve **out,
                 struct err *err)
{
    struct serve *s = calloc(1, sizeof *s);

    *out = s;
    if (!s)
        return err_set(err, ERR_BUDGET, -1, "out of memory");
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->stop, NULL);
    if (!house_open(&s->house, options, err) || !listen_on(s, err)) {
        serve_stop(s);
        *out = NULL;
        return false;
    }
    s->comparing =
        !options->idle && pthread_create(&s->comparer, NULL, compare, s) == 0;
    return true;
}

const char *serve_address(const struct serve *s)
{
    return s->house.address;
}

void serve_stop(struct serve *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    pthread_cond_broadcast(&s->stop);
    pthread_mutex_unlock(&s->lock);
    if (s->daemon)
        MHD_stop_daemon(s->daemon);
    if (s->comparing)
        pthread_join(s->comparer, NULL);
    house_close(&s->house);
    free(s);
}
