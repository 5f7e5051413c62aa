/* options_int.h - the one table as its readers see it; for options.c and manual.c only. */
#ifndef CORROB_CLI_OPTIONS_INT_H
#define CORROB_CLI_OPTIONS_INT_H

#include "cli/options.h"

struct option_help {
    const char *name, *letter, *value, *help;
    unsigned on; /* bit 1 << command for the commands that take it */
};

struct command_help {
    const char *name, *synopsis, *does, *examples;
};

/* The n-th option; false behind the last one. */
bool option_at(size_t n, struct option_help *out);
const struct command_help *command_at(enum command command);
extern const char exit_codes[];

#endif
