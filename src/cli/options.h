/* options.h - the one table of commands and options: parser and --help are made from it. */
#ifndef CORROB_CLI_OPTIONS_H
#define CORROB_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum command {
    COMMAND_REPORT,
    COMMAND_READ,
    COMMAND_SHOW,
    COMMAND_VERIFY,
    COMMAND_AUDIT,
    COMMAND_DIFF,
    COMMAND_EXPLAIN,
    COMMAND_EXPORT,
    COMMAND_ADD,
    COMMAND_DB,
    COMMAND_SERVE,
    COMMAND_WATCH,
    COMMAND_ALERT,
    COMMAND_GAZETTEER,
    COMMAND_TRAIN,
    COMMANDS,
};

struct arguments {
    enum command command;
    const char *format, *input_format, *published, *policy, *actors, *stage, *output;
    const char *from, *to, *as, *text, *target;
    const char *facts, *words;
    const char *vectors, *weights, *texts, *db, *gazetteer;
    const char *listen, *token_file;
    unsigned port;
    unsigned threads, epochs, teachers;
    bool clean, quiet, fetch, allow_private, verbose, no_sandbox, once;
    char **input; /* the rest of the line */
    size_t inputs;
};

enum parse_result { PARSED, PARSE_HELP, PARSE_WRONG };

/* Reads the command line; out->input is argv's own memory, moved to the front.  On
 * PARSE_WRONG a line has been written to standard error; on PARSE_HELP the help asked for
 * has been written to standard output. */
enum parse_result options_parse(int argc, char **argv, struct arguments *out);

#endif
