#include "net/deliver.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_MS 10000
#define NAME_MAX_BYTES 4096

extern char **environ;

/* "http://127.0.0.1:9000/hook", "http://localhost/": host, port, path. */
struct hook {
    struct in_addr address;
    uint16_t port;
    struct str path;
};

static bool hook_of(struct str target, struct hook *out)
{
    struct str rest, host, port = { NULL, 0 };
    size_t slash, colon;
    char words[64];
    uint64_t n = 80;

    if (!str_starts_fold(target, STR("http://")))
        return false;
    rest = str_after(target, 7);
    slash = str_find_char(rest, '/');
    host = slash == STR_NPOS ? rest : str_slice(rest, 0, slash);
    out->path = slash == STR_NPOS ? STR("/") : str_after(rest, slash);
    colon = str_find_char(host, ':');
    if (colon != STR_NPOS) {
        port = str_after(host, colon + 1);
        host = str_slice(host, 0, colon);
    }
    if (str_eq_fold(host, STR("localhost")))
        host = STR("127.0.0.1");
    snprintf(words, sizeof words, "%.*s", STR_ARG(host));
    if (inet_pton(AF_INET, words, &out->address) != 1 ||
        ntohl(out->address.s_addr) >> 24 != 127)
        return false;
    for (size_t i = 0; i < out->path.len; i++)
        if ((unsigned char)out->path.ptr[i] <= ' ')
            return false;
    if (port.len > 0 && (!str_to_u64(port, &n) || n == 0 || n > 65535))
        return false;
    out->port = (uint16_t)n;
    return true;
}

bool deliver_known(struct str target, struct err *err)
{
    struct hook hook;

    if (target.len < NAME_MAX_BYTES &&
        (str_starts(target, STR("file:/")) || str_starts(target, STR("command:/")) ||
         hook_of(target, &hook)))
        return true;
    return err_set(err, ERR_USAGE, -1,
                   "an alert goes to file:/PATH, command:/PATH or "
                   "http://127.0.0.1:PORT/…, not to \"%.*s\"",
                   (int)(target.len < 200 ? target.len : 200), target.ptr);
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* All bytes, or false. */
static bool write_all(int fd, struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes = str_after(bytes, (size_t)n);
    }
    return true;
}

static bool to_file(const char *path, struct str line, struct err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write_all(fd, line) && fsync(fd) == 0;

    if (!ok)
        err_set(err, ERR_WRITE, -1, "%s: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return ok;
}

/* Waits for the child; kills it when it takes too long. */
static bool wait_for(pid_t child, int *status)
{
    const struct timespec nap = { 0, 20 * 1000000 };
    int64_t end = now_ms() + MOST_MS;

    while (waitpid(child, status, WNOHANG) == 0) {
        if (now_ms() > end) {
            kill(child, SIGKILL);
            waitpid(child, status, 0);
            return false;
        }
        nanosleep(&nap, NULL);
    }
    return true;
}

/* The line in a file of its own as standard input: a program that never reads can't make
 * us wait, and one that ends early sends us no signal. */
static int input_of(struct str line)
{
    FILE *file = tmpfile();
    int fd = -1;

    if (file && fwrite(line.ptr, 1, line.len, file) == line.len && fflush(file) == 0)
        fd = dup(fileno(file));
    if (file)
        fclose(file);
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

static bool to_command(char *path, struct str line, struct err *err)
{
    char *argv[] = { path, NULL };
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int input = input_of(line), status = 0, failed;
    sigset_t none;
    pid_t child;

    if (input < 0)
        return err_set(err, ERR_WRITE, -1, "no temporary file: %s", strerror(errno));
    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    failed = posix_spawn(&child, path, &actions, &attributes, argv, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(input);
    if (failed)
        return err_set(err, ERR_MISSING, -1, "%s: %s", path, strerror(failed));
    if (!wait_for(child, &status))
        return err_set(err, ERR_LIMIT, -1, "%s takes more than %d seconds", path,
                       MOST_MS / 1000);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return err_set(err, ERR_WRITE, -1, "%s ends with %d", path,
                       WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return true;
}

/* Lets the socket wait for so long; false when no time is left. */
static bool allow(int fd, int64_t ms)
{
    const struct timeval most = { ms / 1000, ms % 1000 * 1000 };

    return ms > 0 && setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most) == 0 &&
           setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most) == 0;
}

static bool ask_hook(int fd, const struct hook *hook, struct str line, char *answer,
                     size_t size)
{
    char head[NAME_MAX_BYTES + 256];
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons(hook->port),
                              .sin_addr = hook->address };
    int64_t end = now_ms() + MOST_MS;
    size_t got = 0;
    ssize_t n;
    int len =
        snprintf(head, sizeof head,
                 "POST %.*s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n"
                 "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
                 STR_ARG(hook->path), hook->port, line.len);

    if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0 ||
        send(fd, head, (size_t)len, MSG_NOSIGNAL) != len ||
        send(fd, line.ptr, line.len, MSG_NOSIGNAL) != (ssize_t)line.len)
        return false;
    /* A byte at a time must not hold us longer than silence does. */
    while (got < size - 1 && allow(fd, end - now_ms()) &&
           (n = recv(fd, answer + got, size - 1 - got, 0)) > 0)
        got += (size_t)n;
    answer[got] = '\0';
    return got > 0;
}

static bool to_hook(const struct hook *hook, struct str line, struct err *err)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char answer[64] = "";
    bool ok;

    ok = fd >= 0 && allow(fd, MOST_MS) &&
         ask_hook(fd, hook, line, answer, sizeof answer);
    if (fd >= 0)
        close(fd);
    if (!ok)
        return err_set(err, ERR_FETCH, -1, "port %u doesn't answer", hook->port);
    /* "HTTP/1.1 204 No Content" */
    if (strncmp(answer, "HTTP/1.", 7) == 0 && answer[8] == ' ' && answer[9] == '2')
        return true;
    return err_set(err, ERR_FETCH, -1, "port %u answers %.20s", hook->port, answer);
}

bool deliver(struct str target, struct str line, struct err *err)
{
    char path[NAME_MAX_BYTES];
    struct hook hook;

    if (!deliver_known(target, err))
        return false;
    if (hook_of(target, &hook))
        return to_hook(&hook, line, err);
    snprintf(path, sizeof path, "%.*s",
             STR_ARG(str_after(target, str_find_char(target, ':') + 1)));
    return str_starts(target, STR("file:")) ? to_file(path, line, err)
                                            : to_command(path, line, err);
}
