/* Alerts brought to an address of this machine. */
#include "net/deliver.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"

struct receiver {
    int listening;
    const char *answer;
    char got[4096];
};

/* One request: its head and body come in whatever pieces. */
static void *receive(void *argument)
{
    struct receiver *r = argument;
    int s = accept(r->listening, NULL, NULL);
    size_t len = 0;
    ssize_t n;

    while (len < sizeof r->got - 1 && !strstr(r->got, "}\n") &&
           (n = recv(s, r->got + len, sizeof r->got - 1 - len, 0)) > 0)
        len += (size_t)n;
    if (send(s, r->answer, strlen(r->answer), MSG_NOSIGNAL) < 0)
        perror("send");
    close(s);
    return NULL;
}

static bool bring(const char *answer, struct receiver *r, struct err *err)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof at;
    char target[64];
    pthread_t thread;
    bool ok;

    *r = (struct receiver){ .listening = socket(AF_INET, SOCK_STREAM, 0),
                            .answer = answer };
    if (bind(r->listening, (struct sockaddr *)&at, sizeof at) != 0 ||
        listen(r->listening, 1) != 0 ||
        getsockname(r->listening, (struct sockaddr *)&at, &size) != 0 ||
        pthread_create(&thread, NULL, receive, r) != 0)
        return err_set(err, ERR_READ, -1, "no server");
    snprintf(target, sizeof target, "http://127.0.0.1:%u/hook?a=1", ntohs(at.sin_port));
    ok = deliver(str_from(target), STR("{\"alert\":1}\n"), err);
    pthread_join(thread, NULL);
    close(r->listening);
    return ok;
}

static void test_hook(void)
{
    struct err err = { 0 };
    struct receiver r;

    CHECK(bring("HTTP/1.1 204 No Content\r\n\r\n", &r, &err), "%s", err.detail);
    CHECK(strncmp(r.got, "POST /hook?a=1 HTTP/1.1\r\n", 25) == 0 &&
              strstr(r.got, "Content-Length: 12\r\n") &&
              strstr(r.got, "\r\n\r\n{\"alert\":1}\n"),
          "%s", r.got);
    CHECK(!bring("HTTP/1.1 500 Oh\r\n\r\n", &r, &err) && strstr(err.detail, "500"),
          "%s", err.detail);
    CHECK(!bring("", &r, &err), "no answer is none");
}

static void test_targets(void)
{
    static const char *const good[] = { "file:/tmp/x", "command:/bin/true",
                                        "http://127.0.0.1:9/x", "http://localhost:9",
                                        "HTTP://127.9.9.9/" };
    static const char *const bad[] = { "",
                                       "file:x",
                                       "command:ls",
                                       "https://127.0.0.1/",
                                       "http://10.0.0.1/",
                                       "http://evil.example/",
                                       "http://127.0.0.1.evil.example/",
                                       "http://127.0.0.1:0/",
                                       "http://127.0.0.1:99999/",
                                       "http://127.0.0.1/a b",
                                       "http://127.0.0.1/a\r\nX: y",
                                       "ftp://127.0.0.1/" };
    struct err err = { 0 };

    for (size_t i = 0; i < COUNT(good); i++)
        CHECK(deliver_known(str_from(good[i]), &err), "%s: %s", good[i], err.detail);
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!deliver_known(str_from(bad[i]), &err), "%s is taken", bad[i]);
    CHECK(!deliver(STR("command:/nowhere/x"), STR("{}\n"), &err), "no such program");
    CHECK(!deliver(STR("command:/bin/false"), STR("{}\n"), &err), "it failed");
    CHECK(deliver(STR("command:/bin/true"), STR("{}\n"), &err), "%s", err.detail);
    CHECK(!deliver(STR("file:/nowhere/x"), STR("{}\n"), &err), "no such folder");
}

int main(void)
{
    test_targets();
    test_hook();
    return check_done();
}
