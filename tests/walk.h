/* walk.h - the walk of a source over its inputs as one line of text, for tests.
 *
 *     struct walk w;
 *     walk_open(&w, inputs, count, &options);
 *     while (walk_next(&w))
 *         walk_tell(&w, "%.*s", STR_ARG(w.record.input));
 *     walk_close(&w);                     w.told is what was told
 */
#ifndef CORROB_TESTS_WALK_H
#define CORROB_TESTS_WALK_H

#include <stdarg.h>
#include <stdio.h>

#include "page/source.h"

struct walk {
    struct arena own, each;
    struct source *source;
    struct source_record record;
    enum source_step step;
    struct err err;
    char told[2000];
    size_t len;
};

static inline void walk_open(struct walk *w, const char *const *inputs, size_t count,
                             const struct source_options *options)
{
    *w = (struct walk){ 0 };
    arena_init(&w->own, SIZE_MAX);
    arena_init(&w->each, SIZE_MAX);
    w->source = source_open(&w->own, inputs, count, options);
}

/* False at the end, and when much was told: a walk that goes round. */
static inline bool walk_next(struct walk *w)
{
    arena_reset(&w->each);
    if (w->len > 1700)
        return false;
    w->step = source_next(w->source, &w->each, &w->record, &w->err);
    return w->step != SOURCE_END;
}

__attribute__((format(printf, 2, 3))) static inline void walk_tell(struct walk *w,
                                                                   const char *format,
                                                                   ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(w->told + w->len, sizeof w->told - w->len, format, args);
    va_end(args);
    w->len +=
        (size_t)n < sizeof w->told - w->len ? (size_t)n : sizeof w->told - 1 - w->len;
}

static inline void walk_close(struct walk *w)
{
    source_close(w->source);
    arena_release(&w->own);
    arena_release(&w->each);
}

#endif
