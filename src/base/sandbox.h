/* sandbox.h - what a process gives up before it reads bytes of strangers.
 *
 *     enum sandbox_kept kept = SANDBOX_NOTHING;          or SANDBOX_NETWORK
 *
 *     if (!sandbox_enter(kept, &err))    the kernel can't: err tells why; go on or not
 *
 * From then on no thread of the process can open a file for writing, make, rename or
 * remove one, run a program, trace or signal another process, make a socket (unless
 * kept), or do what only administrators do: each such call fails with EPERM.  What is
 * open stays open: output goes on.  Reading files is left, since folders are walked.
 * There is no way back.
 */
#ifndef CORROB_BASE_SANDBOX_H
#define CORROB_BASE_SANDBOX_H

#include "base/err.h"

enum sandbox_kept { SANDBOX_NOTHING, SANDBOX_NETWORK };

bool sandbox_enter(enum sandbox_kept kept, struct err *err);

#endif
