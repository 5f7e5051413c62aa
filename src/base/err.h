/* err.h - what went wrong in the world, where, and in words for the user.
 *
 * For files, formats, budgets and the like.  A text that doesn't say something is no
 * error (bool, count, empty), and our own mistakes are BUG or assert.
 */
#ifndef CORROB_BASE_ERR_H
#define CORROB_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* code, name, sentence */
#define ERR_CODES(X)                                                     \
    X(OK, "ok", "no error")                                              \
    X(USAGE, "usage", "the command line can't be understood")            \
    X(MISSING, "missing", "no such file or folder")                      \
    X(READ, "read", "the input can't be read")                           \
    X(WRITE, "write", "the output can't be written")                     \
    X(EMPTY, "empty", "the input holds no text")                         \
    X(BINARY, "binary", "the input is not text")                         \
    X(CHARSET, "charset", "the character set can't be told or decoded")  \
    X(FORMAT, "format", "the input breaks the rules of its format")      \
    X(LIMIT, "limit", "the input is larger or deeper than the limit")    \
    X(BUDGET, "budget", "the memory allowed for one report is spent")    \
    X(UNSUPPORTED, "unsupported", "that kind of input is not supported") \
    X(LINK, "link", "the feed has the link of the item, not its text")   \
    X(FETCH, "fetch", "the page can't be fetched")                       \
    X(REFUSED, "refused", "the address may not be fetched")              \
    X(MODEL, "model", "the model file doesn't fit this program")         \
    X(UNVERIFIED, "unverified", "a span doesn't resolve to what it says")

enum err_code {
#define X(code, name, sentence) ERR_##code,
    ERR_CODES(X)
#undef X
};

#define ERR_DETAIL 240

/* Owned by the caller; set by whatever returns false or a code. */
struct err {
    enum err_code code;
    int64_t at;              /* byte offset or line in the input; -1: none */
    char detail[ERR_DETAIL]; /* one line, UTF-8, for the user; may be "" */
};

const char *err_name(enum err_code code);
const char *err_sentence(enum err_code code);
/* Fills *e (which may be NULL) and returns false, so that a failing function can end
 * with "return err_set(...)". */
bool err_set(struct err *e, enum err_code code, int64_t at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Puts the name of a file before what is told of it, "actors.tsv: No such file"; "-" is
 * standard input.  Returns false. */
bool err_about(struct err *e, const char *path);

/* We are wrong, not the world: says where and aborts, in release builds too. */
#define BUG(what) bug(__FILE__, __LINE__, what)
_Noreturn void bug(const char *file, int line, const char *what);

#endif
