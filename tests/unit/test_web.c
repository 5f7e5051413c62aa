/* Inputs that are addresses: pages, feeds and lists of feeds from a server of our own. */
#include <unistd.h>

#include "check.h"
#include "http_server.h"
#include "page/source.h"
#include "walk.h"

#define HTML "Content-Type: text/html; charset=koi8-r\r\n"
#define FEED                                                                     \
    "<rss version='2.0'><channel><title>T</title><item><title>With text</title>" \
    "<link>/x</link><description>" LONG LONG LONG LONG "</description></item>"   \
    "<item><title>A link</title><link>/page</link></item>"                       \
    "<item><title>Gone</title><link>/gone</link></item></channel></rss>"
#define LONG                                                                           \
    "Seven people were killed when a ferry sank off Orrin on Monday, the coast guard " \
    "said, and forty were saved by fishing boats. "

static void answer(void *context, int fd, const char *head)
{
    char path[200];

    (void)context;
    http_path(head, path, sizeof path);
    if (strcmp(path, "/page") == 0)
        http_give(fd, "200 OK", HTML, HTTP_PAGE);
    else if (strcmp(path, "/feed") == 0)
        http_give(fd, "200 OK", "Content-Type: application/rss+xml\r\n", FEED);
    else if (strcmp(path, "/list") == 0)
        http_give(fd, "200 OK", "Content-Type: text/xml\r\n",
                  "<opml><body><outline xmlUrl='/feed'/><outline xmlUrl='/page'/>"
                  "</body></opml>");
    else if (strcmp(path, "/circle") == 0)
        http_give(fd, "200 OK", "",
                  "<opml><body><outline xmlUrl='circle'/></body></opml>");
    else if (strcmp(path, "/picture") == 0)
        http_give(fd, "200 OK", "Content-Type: image/png\r\n", "\x89PNG");
    else
        http_give(fd, "404 Not Found", "", "gone");
}

/* The walk: "/path" or "/path:2" of each record, "!code" of each trouble. */
static void check_walk(int port, const char *path, struct source_options options,
                       const char *want)
{
    char url[200], root[100];
    const char *input = url;
    struct walk w;

    snprintf(root, sizeof root, "http://127.0.0.1:%d", port);
    snprintf(url, sizeof url, "%s%s", path[0] == '/' ? root : "", path);
    walk_open(&w, &input, 1, &options);
    while (walk_next(&w)) {
        struct str name = w.record.input;

        if (str_starts(name, str_from(root)))
            name = str_after(name, strlen(root));
        walk_tell(&w, " %.*s", STR_ARG(name));
        if (w.record.number)
            walk_tell(&w, ":%d", (int)w.record.number);
        if (w.step == SOURCE_TROUBLE)
            walk_tell(&w, "!%s", err_name(w.err.code));
        else
            CHECK(w.record.bytes.len > 0 &&
                      (w.record.fetched.len > 0 || w.record.number > 0),
                  "%s", path);
    }
    CHECK(strcmp(w.told, want) == 0, "%s\n    walked:%s\n    wanted:%s", path, w.told,
          want);
    walk_close(&w);
}

int main(void)
{
    const struct source_options fetching = { .fetch = true, .allow_private = true };
    struct http_server server;
    int port;

    CHECK(http_server_start(&server, answer, NULL), "server");
    port = server.port;
    check_walk(port, "/page", fetching, " /page");
    check_walk(port, "/gone", fetching, " /gone!fetch");
    check_walk(port, "/picture", fetching, " /picture!unsupported");
    check_walk(port, "/feed", fetching, " /feed:1 /page /gone!fetch");
    check_walk(port, "/list", fetching, " /feed:1 /page /gone!fetch /page");
    check_walk(port, "/circle", fetching, "");
    check_walk(port, "/page", (struct source_options){ 0 }, " /page!usage");
    check_walk(port, "/page", (struct source_options){ .fetch = true },
               " /page!refused");
    check_walk(port, "ftp://a.example/", fetching, " ftp://a.example/!missing");
    http_server_stop(&server);
    return check_done();
}
