/* pool.h - readings made by worker threads, handed on in the order of the records.
 *
 *     records 1 2 3 4 …  ->  ring of readings, N workers  ->  take() 1 2 3 4 …
 *
 * One thread walks the source and takes the results, so output is the same for any
 * number of workers.  The ring bounds how many readings are alive at once.
 */
#ifndef CORROB_ENGINE_POOL_H
#define CORROB_ENGINE_POOL_H

#include "engine/line.h"

enum pool_take {
    POOL_GO_ON, /* the reading may be used for the next record */
    POOL_KEPT,  /* the taker owns the reading now: reading_release and free it */
    POOL_STOP,  /* no more: the job is over */
};

struct pool_job {
    const struct line_tools *tools;
    unsigned threads; /* 1: no other thread is started */
    /* In a worker, after a reading that is ok: renders it into reading.out, say. */
    void (*make)(void *context, struct reading *r);
    /* In the calling thread, in order; r->ok tells, r->err why not. */
    enum pool_take (*take)(void *context, struct reading *r);
    void *context;
    const struct arena
        *like; /* where memory comes from, see arena_init_like; or NULL */
};

/* Runs all records of the source through.  False when no thread or memory is to be had
 * (*err is set), or when a taker stopped. */
bool pool_run(struct source *source, const struct pool_job *job, struct err *err);

/* The same over inputs named by path.  *skipped: files in folders that are of no kind
 * that is read. */
bool pool_inputs(const char *const *inputs, size_t count,
                 const struct source_options *options, const struct pool_job *job,
                 uint64_t *skipped, struct err *err);

#endif
