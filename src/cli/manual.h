/* manual.h - man page and shell completions, made from the one table of options.
 *
 *     corrob --manual man > corrob.1        also bash, zsh, fish
 */
#ifndef CORROB_CLI_MANUAL_H
#define CORROB_CLI_MANUAL_H

#include <stdbool.h>

/* Writes one of them to standard output; false when there is none of that name. */
bool manual_print(const char *what);

#endif
