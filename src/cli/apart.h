/* apart.h - a process of its own for the bytes of strangers.
 *
 *     status = apart_run(arguments, work, context)        runs it to its end
 *
 *     if (apart_start(arguments, work, context, &child))  beside this one
 *         ...
 *     status = apart_end(child)
 *
 * The child gives up what it doesn't need (base/sandbox.h), unless --no-sandbox says
 * otherwise; where the kernel has no seccomp the work is done all the same.  It ends
 * with its parent.
 */
#ifndef CORROB_CLI_APART_H
#define CORROB_CLI_APART_H

#include <sys/types.h>

#include "cli/options.h"

/* In the child; returns its exit status. */
typedef int apart_work(void *context);

/* False when no process is to be had. */
bool apart_start(const struct arguments *a, apart_work *work, void *context,
                 pid_t *child);
/* Waits; the exit status.  A crash is told on standard error and is CORROB_FAILED; where
 * the reader of the output hung up ("| head"), this process ends as quietly. */
int apart_end(pid_t child);
/* Ends it before its work is done; nothing is told. */
void apart_stop(pid_t child);
/* Where no process is to be had, the work is done in this one. */
int apart_run(const struct arguments *a, apart_work *work, void *context);

#endif
