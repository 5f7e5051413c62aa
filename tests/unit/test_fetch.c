/* robots.txt; and pages asked of a real server that misbehaves on purpose. */
#include "net/fetch.h"

#include <time.h>
#include <zlib.h>

#include "check.h"
#include "http_server.h"
#include "net/robots.h"

/* ---- robots.txt ---- */

#define RULES                                                                  \
    "# rules\r\nUser-agent: other\r\nDisallow: /\r\n\r\nUSER-AGENT: *\n"       \
    "Disallow: /search\nAllow: /search/about$\nDisallow: /*.pdf$\ndisallow:\n" \
    "Disallow: /a/*/z # why\nAllow: /caf%C3%A9\nDisallow: /caf\nCrawl-delay: 2.5\n"

static void check_robots(const char *text, const char *path, bool want)
{
    CHECK(robots_allow(str_from(text), STR("corrob"), str_from(path)) == want,
          "%s in %s", path, text);
}

static void robots(void)
{
    static const char own[] = "User-agent: *\nDisallow: /\n\nUser-agent: Corrob/1.0\n"
                              "User-agent: else\nDisallow: /no\nCrawl-delay: 1000";

    check_robots(RULES, "/", true);
    check_robots(RULES, "/search", false);
    check_robots(RULES, "/search?q=1", false);
    check_robots(RULES, "/search/about", true);
    check_robots(RULES, "/search/about/us", false);
    check_robots(RULES, "/x/y.pdf", false);
    check_robots(RULES, "/x/y.pdf?z", true);
    check_robots(RULES, "/a/b/c/z1", false);
    check_robots(RULES, "/a/z", true);
    check_robots(RULES, "/caf%c3%a9/1", true);
    check_robots(RULES, "/cafe", false);
    check_robots(own, "/", true);
    check_robots(own, "/no/1", false);
    check_robots(own, "/n%6f/1", false);
    check_robots("", "/", true);
    check_robots("User-agent: corrobot\nDisallow: /", "/", true);
    check_robots("Disallow: /", "/", true); /* of no group */
    check_robots("User-agent: *\nDisallow: /a\nAllow: /a", "/a", true);
    check_robots("User-agent: *\nDisallow: /", "/robots.txt", true);
    check_robots("User-agent: a\nDisallow: /\nUser-agent: corrob\nDisallow: /b", "/a",
                 true);
    CHECK(robots_delay(STR(RULES), STR("corrob")) == 2500, "delay");
    CHECK(robots_delay(str_from(own), STR("corrob")) == 60000,
          "delay at most a minute");
}

/* ---- the server ---- */

struct site {
    char bomb[40000];
    size_t bomb_len;
    int port;
    bool robots_fail;
};

static void make_bomb(struct site *s)
{
    static char zeros[1 << 20];
    z_stream z = { .next_out = (Bytef *)s->bomb, .avail_out = sizeof s->bomb };

    deflateInit2(&z, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY);
    for (int i = 0; i < 20; i++) {
        z.next_in = (Bytef *)zeros;
        z.avail_in = sizeof zeros;
        deflate(&z, i == 19 ? Z_FINISH : Z_NO_FLUSH);
    }
    s->bomb_len = sizeof s->bomb - z.avail_out;
    deflateEnd(&z);
}

static bool asks_newer(const char *head)
{
    return strstr(head, "If-None-Match: \"v1\"") &&
           strstr(head, "If-Modified-Since: Mon, 05 May 2031 08:00:00 GMT");
}

#define HTML "Content-Type: text/html; charset=utf-8\r\n"

static const struct {
    const char *path, *status, *fields, *body;
} pages[] = {
    { "/page", "200 OK", HTML, HTTP_PAGE },
    { "/gone", "404 Not Found", HTML, "gone" },
    { "/loop", "302 Found", "Location: /loop\r\n", "" },
    { "/there", "301 Moved", "Location: page?a=1#b\r\n", "" },
    { "/file", "302 Found", "Location: file:///etc/passwd\r\n", "" },
    { "/hidden", "302 Found", "Location: /private/x\r\n", "" },
    { "/busy", "429 Too Many", "Retry-After: 120\r\n", "" },
    { "/liar", "200 OK", "Content-Type: text/html; charset='utf-8'\r\n", "caf\xe9" },
    { "/packed", "200 OK", "Content-Encoding: gzip\r\n", "this is not gzip" },
    { "/private/x", "200 OK", HTML, "secret" },
};

static void answer(void *context, int fd, const char *head)
{
    const struct site *s = context;
    char path[200];

    http_path(head, path, sizeof path);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (strncmp(path, pages[i].path, strlen(pages[i].path)) == 0)
            http_give(fd, pages[i].status, pages[i].fields, pages[i].body);
    if (strcmp(path, "/robots.txt") == 0)
        http_give(fd, s->robots_fail ? "503 No" : "200 OK", "",
                  "User-agent: *\nDisallow: /private\n");
    else if (strcmp(path, "/news") == 0 && asks_newer(head))
        http_say(fd, "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
    else if (strcmp(path, "/news") == 0)
        http_give(fd, "200 OK",
                  "ETag: \"v1\"\r\nLast-Modified: Mon, 05 May 2031 08:00:00 GMT\r\n",
                  "news");
    else if (strcmp(path, "/slow") == 0)
        http_slow(fd);
    else if (strcmp(path, "/silent") == 0)
        usleep(1500000);
    else if (strcmp(path, "/cut") == 0)
        http_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>cut");
    else if (strcmp(path, "/long") == 0)
        http_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nlonger than told");
    else if (strcmp(path, "/endless") == 0)
        http_endless(fd);
    else if (strcmp(path, "/head") == 0)
        http_endless_head(fd);
    else if (strcmp(path, "/garbage") == 0)
        http_say(fd, "\x01\x02 no HTTP at all\r\n\r\n");
    else if (strcmp(path, "/bomb") == 0)
        http_bomb(fd, s->bomb, s->bomb_len);
}

/* ---- pages ---- */

struct asked {
    struct arena arena;
    struct fetch_response r;
    struct err err;
    bool ok;
};

static struct asked ask(struct fetch *f, int port, const char *path, bool again)
{
    struct asked a = { 0 };
    struct fetch_request request = { 0 };
    char url[300];

    arena_init(&a.arena, SIZE_MAX);
    snprintf(url, sizeof url, "http://127.0.0.1:%d%s", port, path);
    request.url = str_from(url);
    if (again) {
        request.etag = STR("\"v1\"");
        request.modified = STR("Mon, 05 May 2031 08:00:00 GMT");
    }
    a.ok = fetch_get(f, &a.arena, &request, &a.r, &a.err);
    return a;
}

static void check_page(struct fetch *f, int port, const char *path, uint32_t status,
                       const char *body)
{
    struct asked a = ask(f, port, path, false);

    CHECK(a.ok && a.r.status == status && str_eq(a.r.body, str_from(body)),
          "%s: %s, status %u, %.*s", path, a.ok ? "" : a.err.detail, a.r.status,
          STR_ARG(a.r.body));
    arena_release(&a.arena);
}

static void check_fails(struct fetch *f, int port, const char *path, enum err_code code)
{
    struct asked a = ask(f, port, path, false);

    CHECK(!a.ok && a.err.code == code, "%s: %s, %s", path, a.ok ? "ok" : "failed",
          a.ok ? "" : a.err.detail);
    arena_release(&a.arena);
}

static void good(struct fetch *f, int port)
{
    struct asked a = ask(f, port, "/there", false);

    CHECK(a.ok && a.r.status == 200 && str_ends(a.r.url, STR("/page?a=1")) &&
              str_eq(a.r.media, STR("text/html")) && str_eq(a.r.charset, STR("utf-8")),
          "redirected to %.*s, %.*s", STR_ARG(a.r.url), STR_ARG(a.r.media));
    arena_release(&a.arena);
    a = ask(f, port, "/news", false);
    CHECK(a.ok && a.r.status == 200 && str_eq(a.r.etag, STR("\"v1\"")) &&
              str_starts(a.r.modified, STR("Mon, 05 May")),
          "tags");
    arena_release(&a.arena);
    a = ask(f, port, "/news", true);
    CHECK(a.ok && a.r.status == 304 && a.r.body.len == 0, "status %u", a.r.status);
    arena_release(&a.arena);
    a = ask(f, port, "/busy", false);
    CHECK(a.ok && a.r.status == 429 && a.r.retry_after == 120, "%d",
          (int)a.r.retry_after);
    arena_release(&a.arena);
    check_page(f, port, "/page", 200, HTTP_PAGE);
    check_page(f, port, "/gone", 404, "gone");
    check_page(f, port, "/liar", 200, "caf\xe9");
    check_page(f, port, "/long", 200, "lon");
}

static void bad(struct fetch *f, int port)
{
    struct timespec start, end;

    clock_gettime(CLOCK_MONOTONIC, &start);
    check_fails(f, port, "/slow", ERR_FETCH);
    check_fails(f, port, "/silent", ERR_FETCH);
    check_fails(f, port, "/cut", ERR_FETCH);
    check_fails(f, port, "/garbage", ERR_FETCH);
    check_fails(f, port, "/packed", ERR_FETCH);
    check_fails(f, port, "/endless", ERR_LIMIT);
    check_fails(f, port, "/head", ERR_LIMIT);
    check_fails(f, port, "/bomb", ERR_LIMIT);
    check_fails(f, port, "/loop", ERR_LIMIT);
    check_fails(f, port, "/file", ERR_REFUSED);
    check_fails(f, port, "/private/x", ERR_REFUSED);
    check_fails(f, port, "/hidden", ERR_REFUSED);
    clock_gettime(CLOCK_MONOTONIC, &end);
    CHECK(end.tv_sec - start.tv_sec < 20, "%d seconds",
          (int)(end.tv_sec - start.tv_sec));
}

/* Loopback is refused unless allowed, by number and by name; no byte leaves. */
static void refused(struct http_server *server)
{
    struct err err;
    struct fetch *f = fetch_open(&(struct fetch_options){ .time_limit = 2000 }, &err);
    int before = server->requests;
    struct fetch_request by_name = { 0 };
    struct fetch_response r;
    struct arena arena;
    char url[100];

    arena_init(&arena, SIZE_MAX);
    check_fails(f, server->port, "/robots.txt", ERR_REFUSED);
    snprintf(url, sizeof url, "http://localhost:%d/robots.txt", server->port);
    by_name.url = str_from(url);
    CHECK(!fetch_get(f, &arena, &by_name, &r, &err) && err.code == ERR_REFUSED, "%s",
          err.detail);
    by_name.url = STR("http://[::ffff:127.0.0.1]/");
    CHECK(!fetch_get(f, &arena, &by_name, &r, &err), "mapped");
    by_name.url = STR("ftp://127.0.0.1/");
    CHECK(!fetch_get(f, &arena, &by_name, &r, &err) && err.code == ERR_REFUSED, "ftp");
    CHECK(server->requests == before, "%d requests", server->requests - before);
    arena_release(&arena);
    fetch_close(f);
}

int main(void)
{
    static struct site site;
    struct fetch_options options = { .allow_private = true,
                                     .byte_limit = 4 << 20,
                                     .time_limit = 1000 };
    struct http_server server;
    struct fetch *f;
    struct err err;

    robots();
    make_bomb(&site);
    CHECK(http_server_start(&server, answer, &site), "server");
    f = fetch_open(&options, &err);
    good(f, server.port);
    bad(f, server.port);
    fetch_close(f);
    refused(&server);
    site.robots_fail = true; /* a site that can't say allows nothing, for now */
    f = fetch_open(&options, &err);
    check_fails(f, server.port, "/page", ERR_FETCH);
    fetch_close(f);
    http_server_stop(&server);
    return check_done();
}
