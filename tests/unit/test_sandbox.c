/* What a process that has given its rights up can and can't do, tried in children. */
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

typedef bool attempt(void);

static bool write_file(void)
{
    return open("new", O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool change_file(void)
{
    return open("there", O_RDWR) >= 0;
}

static bool append(void)
{
    return open("there", O_WRONLY | O_APPEND) >= 0;
}

static bool empty_file(void)
{
    return open("there", O_RDONLY | O_TRUNC) >= 0;
}

static bool read_file(void)
{
    char c;
    int fd = open("there", O_RDONLY);

    return fd >= 0 && read(fd, &c, 1) == 1;
}

static bool rename_file(void)
{
    return rename("there", "elsewhere") == 0;
}

static bool remove_file(void)
{
    return unlink("there") == 0;
}

static bool make_folder(void)
{
    return mkdir("folder", 0700) == 0;
}

static bool make_link(void)
{
    return symlink("there", "link") == 0;
}

static bool run_program(void)
{
    execl("/bin/true", "true", (char *)NULL);
    return false;
}

static bool make_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool make_local_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool signal_parent(void)
{
    return kill(getppid(), 0) == 0;
}

static bool signal_thread_of_parent(void)
{
    return syscall(SYS_tgkill, getppid(), getppid(), 0) == 0;
}

static bool signal_itself(void)
{
    return kill(getpid(), 0) == 0 && raise(0) == 0;
}

static bool new_namespace(void)
{
    return syscall(SYS_unshare, 0x10000000) == 0;
}

static bool use_ring(void)
{
    return syscall(SYS_io_uring_setup, 0, NULL) == 0 || errno != EPERM;
}

static void *in_thread(void *did)
{
    *(bool *)did = make_socket() || write_file();
    return NULL;
}

static bool from_thread(void)
{
    pthread_t thread;
    bool did = true;

    return pthread_create(&thread, NULL, in_thread, &did) != 0 ||
           pthread_join(thread, NULL) != 0 || did;
}

static bool write_output(void)
{
    return write(STDOUT_FILENO, "", 0) == 0;
}

/* Whether a child in the sandbox can do it; true as well when there is no sandbox. */
static bool can(enum sandbox_kept kept, attempt *what)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        struct err err;

        if (!sandbox_enter(kept, &err))
            _exit(2);
        _exit(what() ? 1 : 0);
    }
    waitpid(child, &status, 0);
    return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

static bool is_there(void)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        struct err err;

        _exit(sandbox_enter(SANDBOX_NOTHING, &err) ? 0 : 1);
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(void)
{
    static const struct {
        attempt *what;
        const char *name;
    } denied[] = {
        { write_file, "write a file" },
        { change_file, "change a file" },
        { append, "append" },
        { empty_file, "empty a file" },
        { rename_file, "rename" },
        { remove_file, "remove" },
        { make_folder, "make a folder" },
        { make_link, "make a link" },
        { run_program, "run a program" },
        { signal_parent, "signal the parent" },
        { new_namespace, "namespace" },
        { signal_thread_of_parent, "signal a thread" },
        { use_ring, "io_uring" },
    };
    char folder[] = "/tmp/corrob-sandbox-XXXXXX";
    FILE *f;

    CHECK(mkdtemp(folder) && chdir(folder) == 0, "%s", folder);
    f = fopen("there", "w");
    CHECK(f && fputs("x", f) >= 0 && fclose(f) == 0, "file");
    if (!is_there()) {
        puts("skipped: no seccomp here");
        return check_done();
    }
    for (size_t i = 0; i < COUNT(denied); i++) {
        CHECK(!can(SANDBOX_NOTHING, denied[i].what), "could %s", denied[i].name);
        CHECK(!can(SANDBOX_NETWORK, denied[i].what), "could %s", denied[i].name);
    }
    CHECK(!can(SANDBOX_NOTHING, make_socket), "could make a socket");
    CHECK(!can(SANDBOX_NOTHING, make_local_socket), "could make a local socket");
    CHECK(!can(SANDBOX_NOTHING, from_thread), "a thread could");
    CHECK(can(SANDBOX_NETWORK, make_socket), "no socket where the network is kept");
    CHECK(can(SANDBOX_NOTHING, read_file), "can't read");
    CHECK(can(SANDBOX_NOTHING, signal_itself), "can't signal itself");
    CHECK(can(SANDBOX_NOTHING, write_output), "can't write the output");
    return check_done();
}
