/* http_server.h - a web server on loopback that misbehaves on purpose.
 *
 *     struct http_server server;
 *     http_server_start(&server, answer, context);       http://127.0.0.1:<server.port>/
 *     http_server_stop(&server);
 *
 * answer() gets each request's head and writes what it wants to the socket; returning
 * closes it.  Connections are served side by side.
 */
#ifndef CORROB_TESTS_HTTP_SERVER_H
#define CORROB_TESTS_HTTP_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef void http_answer(void *context, int fd, const char *head);

struct http_server {
    int fd, port;
    http_answer *answer;
    void *context;
    pthread_t thread;
    atomic_int stop, open, requests;
};

struct http_connection {
    struct http_server *server;
    int fd;
};

/* False when the other side is gone. */
static inline int http_send(int fd, const void *bytes, size_t len)
{
    const char *p = bytes;

    while (len > 0) {
        ssize_t n = send(fd, p, len, MSG_NOSIGNAL);

        if (n <= 0)
            return 0;
        p += n;
        len -= (size_t)n;
    }
    return 1;
}

static inline int http_say(int fd, const char *words)
{
    return http_send(fd, words, strlen(words));
}

static void *http_serve(void *argument)
{
    struct http_connection c = *(struct http_connection *)argument;
    char head[8192];
    size_t len = 0;
    ssize_t n;

    free(argument);
    while (len + 1 < sizeof head &&
           (n = recv(c.fd, head + len, sizeof head - 1 - len, 0)) > 0) {
        len += (size_t)n;
        head[len] = '\0';
        if (strstr(head, "\r\n\r\n")) {
            c.server->requests++;
            c.server->answer(c.server->context, c.fd, head);
            break;
        }
    }
    close(c.fd);
    c.server->open--;
    return NULL;
}

static void *http_listen(void *argument)
{
    struct http_server *s = argument;

    while (!s->stop) {
        struct pollfd p = { s->fd, POLLIN, 0 };
        struct http_connection *c;
        pthread_t thread;
        int fd;

        if (poll(&p, 1, 50) != 1 || (fd = accept(s->fd, NULL, NULL)) < 0)
            continue;
        c = malloc(sizeof *c);
        *c = (struct http_connection){ s, fd };
        s->open++;
        if (pthread_create(&thread, NULL, http_serve, c) == 0)
            pthread_detach(thread);
    }
    return NULL;
}

static inline int http_server_start(struct http_server *s, http_answer *answer,
                                    void *context)
{
    struct sockaddr_in a = { .sin_family = AF_INET };
    socklen_t len = sizeof a;

    memset(s, 0, sizeof *s);
    s->answer = answer;
    s->context = context;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(s->fd, (struct sockaddr *)&a, sizeof a) != 0 || listen(s->fd, 64) != 0 ||
        getsockname(s->fd, (struct sockaddr *)&a, &len) != 0)
        return 0;
    s->port = ntohs(a.sin_port);
    return pthread_create(&s->thread, NULL, http_listen, s) == 0;
}

static inline void http_server_stop(struct http_server *s)
{
    s->stop = 1;
    pthread_join(s->thread, NULL);
    close(s->fd);
    for (int i = 0; i < 200 && s->open > 0; i++)
        usleep(10000);
}

/* "/page?x" of the request's first line. */
static inline void http_path(const char *head, char *path, size_t size)
{
    const char *start = strchr(head, ' ');
    size_t n = 0;

    for (start = start ? start + 1 : head; *start && *start != ' ' && n + 1 < size;)
        path[n++] = *start++;
    path[n] = '\0';
}

/* ---- misbehaviour ---- */

#define HTTP_PAGE                                                                      \
    "<!doctype html><html lang=en><head><title>Ferry sinks off Orrin</title></head>"   \
    "<body><article><h1>Ferry sinks off Orrin</h1><p>Seven people were killed when a " \
    "ferry sank off Orrin on Monday, the coast guard said.</p><p>Forty passengers "    \
    "were taken ashore by fishing boats, and the search went on through the "          \
    "night.</p></article></body></html>"

static inline void http_give(int fd, const char *status, const char *fields,
                             const char *body)
{
    char head[1000];

    snprintf(head, sizeof head,
             "HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: %zu\r\n%s\r\n",
             status, strlen(body), fields);
    if (http_say(fd, head))
        http_say(fd, body);
}

static inline void http_slow(int fd)
{
    http_say(fd, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
    for (int i = 0; i < 100 && http_say(fd, "x"); i++)
        usleep(50000);
}

static inline void http_endless(int fd)
{
    static const char piece[] = "800\r\n";
    char zeros[2050];

    memset(zeros, 'x', 2048);
    memcpy(zeros + 2048, "\r\n", 2);
    http_say(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 200000; i++)
        if (!http_say(fd, piece) || !http_send(fd, zeros, sizeof zeros))
            break;
}

static inline void http_endless_head(int fd)
{
    http_say(fd, "HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 100000; i++)
        if (!http_say(fd, "X-Filler: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n"))
            break;
}

/* A gzip member of 20 kB that holds 20 MB of zeros: blocks that each say the same. */
static inline void http_bomb(int fd, const char *packed, size_t len)
{
    char head[200];

    snprintf(head, sizeof head,
             "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\n"
             "Content-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
             len);
    if (http_say(fd, head))
        http_send(fd, packed, len);
}

#endif
