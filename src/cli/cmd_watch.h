/* cmd_watch.h - corrob watch: feeds into a store, for as long as it runs. */
#ifndef CORROB_CLI_CMD_WATCH_H
#define CORROB_CLI_CMD_WATCH_H

#include "cli/options.h"
#include "corrob.h"

/* Inputs are addresses of feeds, lists of feeds or pages, and files with a list (OPML).
 * Ends on SIGTERM and SIGINT, or with --once when everything was asked once. */
enum corrob_status cmd_watch(const struct arguments *a,
                             const struct corrob_options *options);

#endif
