#include "cli/apart.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sandbox.h"
#include "corrob.h"

static void give_up(const struct arguments *a)
{
    struct err err;
    bool in = sandbox_enter(a->fetch ? SANDBOX_NETWORK : SANDBOX_NOTHING, &err);

    if (a->verbose)
        fprintf(stderr, "corrob: sandbox: %s\n",
                !in        ? err.detail
                : a->fetch ? "no program, no file written; network for --fetch"
                           : "no network, no program, no file written");
}

bool apart_start(const struct arguments *a, apart_work *work, void *context,
                 pid_t *child)
{
    pid_t parent = getpid();

    fflush(NULL);
    *child = fork();
    if (*child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* the parent's end is the child's */
        if (getppid() != parent)
            exit(CORROB_FAILED);
        if (!a->no_sandbox)
            give_up(a);
        exit(work(context));
    }
    return *child > 0;
}

static int await(pid_t child)
{
    int status = 0;

    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

int apart_end(pid_t child)
{
    int status = await(child);

    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    if (WTERMSIG(status) == SIGPIPE) { /* "| head" has read enough: no news */
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    fprintf(stderr, "corrob: the worker ended by signal %d (%s)\n", WTERMSIG(status),
            strsignal(WTERMSIG(status)));
    return CORROB_FAILED;
}

void apart_stop(pid_t child)
{
    kill(child, SIGKILL);
    await(child);
}

int apart_run(const struct arguments *a, apart_work *work, void *context)
{
    pid_t child;

    return apart_start(a, work, context, &child) ? apart_end(child) : work(context);
}
