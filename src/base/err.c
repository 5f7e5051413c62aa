#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *err_name(enum err_code code)
{
    static const char *const names[] = {
#define X(code, name, sentence) name,
        ERR_CODES(X)
#undef X
    };

    return names[code];
}

const char *err_sentence(enum err_code code)
{
    static const char *const sentences[] = {
#define X(code, name, sentence) sentence,
        ERR_CODES(X)
#undef X
    };

    return sentences[code];
}

bool err_set(struct err *e, enum err_code code, int64_t at, const char *format, ...)
{
    va_list args;

    if (!e)
        return false;
    e->code = code;
    e->at = at;
    va_start(args, format);
    vsnprintf(e->detail, sizeof e->detail, format, args);
    va_end(args);
    return false;
}

bool err_about(struct err *e, const char *path)
{
    struct err plain;

    if (!e)
        return false;
    plain = *e;
    return err_set(e, plain.code, plain.at, "%.120s: %.110s",
                   strcmp(path, "-") == 0 ? "standard input" : path,
                   *plain.detail ? plain.detail : err_sentence(plain.code));
}

_Noreturn void bug(const char *file, int line, const char *what)
{
    fprintf(stderr, "corrob: a bug at %s:%d: %s\n", file, line, what);
    abort();
}
