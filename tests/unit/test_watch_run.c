/* corrob watch --once against a real server on loopback that misbehaves, twice over. */
#include <limits.h>
#include <signal.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "check.h"
#include "http_server.h"
#include "store/store.h"

struct site {
    atomic_int pages, not_modified, feeds;
};

#define FEED                                                               \
    "<rss version='2.0'><channel><title>Harbour Post</title>"              \
    "<item><title>Ferry sinks off Orrin</title><link>/ferry</link></item>" \
    "<item><title>Again</title><link>/ferry</link></item>"                 \
    "<item><title>Dam</title><link>/dam</link></item>"                     \
    "<item><title>Gone</title><link>/gone</link></item>"                   \
    "<item><title>Cut</title><link>/cut</link></item>"                     \
    "<item><title>Endless</title><link>/endless</link></item>"             \
    "<item><title>Loop</title><link>/loop</link></item>"                   \
    "<item><title>Secret</title><link>/private/1</link></item>"            \
    "<item><title>Picture</title><link>/picture</link></item>"             \
    "<item><title>Busy</title><link>/busy</link></item></channel></rss>"
#define DAM                                                                           \
    "<!doctype html><html lang=en><head><title>Dam bursts in Tarvo</title></head>"    \
    "<body><article><h1>Dam bursts in Tarvo</h1><p>Twelve people were killed when a " \
    "dam burst in Tarvo on Tuesday, the interior ministry said.</p><p>Rescuers were " \
    "looking for more victims in the caf\xe9s of the old town.</p></article>"

static void answer(void *context, int fd, const char *head)
{
    struct site *s = context;
    char path[200];

    http_path(head, path, sizeof path);
    if (strcmp(path, "/feed") == 0 && strstr(head, "If-None-Match: \"f1\"")) {
        s->not_modified++;
        http_say(fd, "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
    } else if (strcmp(path, "/feed") == 0) {
        s->feeds++;
        http_give(fd, "200 OK", "ETag: \"f1\"\r\nContent-Type: application/rss+xml\r\n",
                  FEED);
    } else if (strcmp(path, "/") == 0) {
        http_give(fd, "200 OK", "Content-Type: text/html\r\n",
                  "<html><head><link rel=alternate type=\"application/rss+xml\" "
                  "href=\"/feed\"></head>");
    } else if (strcmp(path, "/ferry") == 0) {
        s->pages++;
        http_give(fd, "200 OK", "Content-Type: text/html\r\n", HTTP_PAGE);
    } else if (strcmp(path, "/dam") == 0) { /* says one charset, writes another */
        s->pages++;
        http_give(fd, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", DAM);
    } else if (strcmp(path, "/cut") == 0) {
        http_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>cut");
    } else if (strcmp(path, "/endless") == 0) {
        http_endless(fd);
    } else if (strcmp(path, "/loop") == 0) {
        http_give(fd, "302 Found", "Location: /loop\r\n", "");
    } else if (strcmp(path, "/busy") == 0) {
        http_give(fd, "429 Too Many", "Retry-After: 1\r\n", "");
    } else if (strcmp(path, "/picture") == 0) {
        http_give(fd, "200 OK", "Content-Type: image/png\r\n", "\x89PNG");
    } else if (strcmp(path, "/robots.txt") == 0) {
        http_give(fd, "200 OK", "", "User-agent: *\nDisallow: /private\n");
    } else {
        http_give(fd, "404 Not Found", "", "gone");
    }
}

/* Runs the program beside this test; its standard error goes to a file. */
static int run(const char *program, const char *url, const char *log)
{
    pid_t child = fork();
    int status = -1;

    if (child == 0) {
        if (!freopen(log, "w", stderr))
            _exit(9);
        execl(program, program, "watch", "--once", "--allow-private", "--db",
              "watch.db", url, (char *)NULL);
        _exit(9);
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* How often words are in a file. */
static int times(const char *path, const char *words)
{
    static char text[200000];
    FILE *f = fopen(path, "r");
    size_t len = f ? fread(text, 1, sizeof text - 1, f) : 0;
    int n = 0;

    text[len] = '\0';
    if (f)
        fclose(f);
    for (const char *p = text; (p = strstr(p, words)); p++)
        n++;
    return n;
}

static void check_times(const char *log, const char *words, int want)
{
    int got = times(log, words);

    CHECK(got == want, "%s: %d times, wanted %d", words, got, want);
}

/* The store holds the log, too, and how the feed and the run stand. */
static void check_log(uint32_t fresh)
{
    struct store_watch_lines log, feeds;
    struct str line, status;
    struct arena arena;
    struct store *s;
    uint32_t found = 0;
    struct err err;

    arena_init(&arena, SIZE_MAX);
    CHECK(store_open("watch.db", STORE_WRITE, &s, &err), "%s", err.detail);
    log = store_watch_log(&arena, s, 0, 50);
    feeds = store_watch_feeds(&arena, s, 50);
    status = store_memo(&arena, s, STORE_WATCH_STATUS);
    for (uint32_t i = 0; i < log.row.count; i++)
        found += str_find(log.row.at[i].line, STR("\"result\":\"new\"")) != STR_NPOS;
    CHECK(found == fresh, "%u new in the log of %u", found, log.row.count);
    CHECK(feeds.row.count == 1 && feeds.row.at[0].nr == 0, "%u feeds", feeds.row.count);
    line = feeds.row.count > 0 ? feeds.row.at[0].line : STR("");
    CHECK(str_find(line, STR("\"new\":9")) != STR_NPOS, "%.*s", STR_ARG(line));
    CHECK(str_find(status, STR("\"feeds\":1,")) != STR_NPOS, "%.*s", STR_ARG(status));
    CHECK(store_watch_log(&arena, s, log.row.at[1].nr, 50).row.count ==
              log.row.count - 2,
          "the page behind the second line");
    store_close(s);
    arena_release(&arena);
}

/* A socket for what a service tells systemd. */
static int open_notify(const char *path)
{
    struct sockaddr_un a = { .sun_family = AF_UNIX };
    struct timeval patience = { .tv_sec = 20 };
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    memcpy(a.sun_path, path, strnlen(path, sizeof a.sun_path - 1));
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return bind(fd, (struct sockaddr *)&a, sizeof a) == 0 ? fd : -1;
}

/* Whether the words come before the service falls silent. */
static int hears(int fd, const char *words)
{
    char state[600];
    ssize_t n;

    while ((n = recv(fd, state, sizeof state - 1, 0)) > 0) {
        state[n] = '\0';
        if (strstr(state, words))
            return 1;
    }
    return 0;
}

/* As a service: it says that it is ready and how it stands, and ends when told to. */
static void service(const char *program, const char *url)
{
    char path[200];
    int fd, status = -1;
    pid_t child;

    snprintf(path, sizeof path, "%s/notify", getcwd((char[100]){ 0 }, 100));
    fd = open_notify(path);
    CHECK(fd >= 0, "%s", path);
    setenv("NOTIFY_SOCKET", path, 1);
    child = fork();
    if (child == 0) {
        execl(program, program, "watch", "--quiet", "--allow-private", "--db",
              "watch.db", url, (char *)NULL);
        _exit(9);
    }
    CHECK(hears(fd, "READY=1"), "not ready");
    CHECK(hears(fd, "STATUS=1 feeds"), "no status");
    kill(child, SIGTERM);
    CHECK(hears(fd, "STOPPING=1"), "not stopping");
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %d", status);
    unsetenv("NOTIFY_SOCKET");
    close(fd);
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/corrob-watch-XXXXXX", program[PATH_MAX], url[100], page[100];
    struct http_server server;
    struct site site = { 0 };
    char *slash;

    if (argc < 1 || !realpath(argv[0], program) || !(slash = strrchr(program, '/')))
        return 1;
    memcpy(slash, "/corrob", sizeof "/corrob");
    if (access(program, X_OK) != 0) {
        CHECK(1, "no program");
        puts("skipped: the program is not built");
        return check_done();
    }
    CHECK(mkdtemp(folder) && chdir(folder) == 0, "%s", folder);
    CHECK(http_server_start(&server, answer, &site), "server");
    snprintf(url, sizeof url, "http://127.0.0.1:%d/feed", server.port);
    snprintf(page, sizeof page, "http://127.0.0.1:%d/", server.port);

    CHECK(run(program, url, "one") == 0, "first run");
    check_times("one", "\"result\":\"new\"", 2);
    check_times("one", "\"result\":\"given up\"", 4); /* gone, endless, loop, secret */
    check_times("one", "\"result\":\"later\"", 2);    /* cut, busy */
    check_times("one", "\"result\":\"unreadable\"", 1);
    check_times("one", "\"items\":10,\"new\":9", 1);
    CHECK(site.pages == 2 && site.feeds == 1, "%d pages", (int)site.pages);

    /* Pages that were put off keep the feed's ETag back: it is read again, and only
     * they are asked for. */
    check_log(2);
    CHECK(run(program, url, "two") == 0, "second run");
    check_times("two", "\"items\":10,\"new\":2", 1);
    check_times("two", "\"result\":\"new\"", 0);
    CHECK(site.pages == 2 && site.feeds == 2, "%d pages", (int)site.pages);

    CHECK(run(program, page, "three") == 0, "by the page that names the feed");
    check_times("three", "\"items\":10,\"new\":2", 1);
    service(program, url);
    http_server_stop(&server);
    return check_done();
}
