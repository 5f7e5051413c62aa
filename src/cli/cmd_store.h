/* cmd_store.h - the commands that work on a store: add, db, serve. */
#ifndef CORROB_CLI_CMD_STORE_H
#define CORROB_CLI_CMD_STORE_H

#include "cli/options.h"
#include "corrob.h"

#include <stdio.h>

/* Runs a command of the store.  `options` carries what the user said and where troubles
 * and progress go, answers go to `out`; a failure has been told on standard error. */
enum corrob_status cmd_store(const struct arguments *a,
                             const struct corrob_options *options, FILE *out);

#endif
