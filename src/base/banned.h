/* banned.h - forced into every file: what no file of ours may call.
 *
 * The headers that declare these names come first, since a poisoned name may not be
 * declared after it.
 */
#ifndef CORROB_BASE_BANNED_H
#define CORROB_BASE_BANNED_H

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* Unbounded writes, hidden state, locale, a shell. */
#pragma GCC poison strcpy strcat strncpy strncat stpcpy sprintf vsprintf gets strtok
#pragma GCC poison atoi atol atoll atof localtime gmtime ctime asctime setlocale system

#endif
