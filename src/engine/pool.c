#include "engine/pool.h"

#include <pthread.h>
#include <stdlib.h>

#include "model/model.h"

#define SLOTS_PER_THREAD 4
#define THREADS_MAX 256
/* The parser of a page may go deep; a thread's default stack is not promised. */
#define STACK_BYTES ((size_t)8 << 20)

enum slot_state { EMPTY, FILLED, RUNNING, DONE };

struct slot {
    struct reading *reading;
    enum slot_state state;
};

struct ring {
    const struct pool_job *job;
    struct slot *slot;
    uint32_t slots;
    uint64_t filled, started, taken; /* records so far; each mod slots is its slot */
    bool closing;
    struct err *err; /* of the caller, why the job failed */
    pthread_mutex_t lock;
    pthread_cond_t work, done;
};

static struct reading *new_reading(const struct pool_job *job)
{
    struct reading *r = malloc(sizeof *r);

    if (r)
        reading_init_like(r, job->like);
    return r;
}

static void free_reading(struct reading *r)
{
    if (r)
        reading_release(r);
    free(r);
}

/* What a thread has for itself: the model's working memory, kept from report to report. */
struct worker {
    struct arena arena;
    struct line_tools tools;
};

static void worker_init(struct worker *w, const struct pool_job *job)
{
    arena_init_like(&w->arena, SIZE_MAX, job->like);
    w->tools = *job->tools;
    w->tools.text.scratch = model_scratch_new(&w->arena, w->tools.text.model);
}

/* Rendering takes from the same budget as reading. */
static void make(const struct pool_job *job, const struct worker *worker,
                 struct reading *r)
{
    if (!reading_run(r, &worker->tools) || !job->make)
        return;
    if (setjmp(r->arena.out_of_budget))
        r->ok = err_set(&r->err, ERR_BUDGET, -1, "its output is too large");
    else
        job->make(job->context, r);
}

static void *work(void *argument)
{
    struct ring *ring = argument;
    struct worker worker;

    worker_init(&worker, ring->job);
    pthread_mutex_lock(&ring->lock);
    for (;;) {
        struct slot *slot;

        while (ring->started == ring->filled && !ring->closing)
            pthread_cond_wait(&ring->work, &ring->lock);
        if (ring->started == ring->filled)
            break;
        slot = &ring->slot[ring->started++ % ring->slots];
        if (slot->state == DONE) { /* an input that could not be read */
            pthread_cond_signal(&ring->done);
            continue;
        }
        slot->state = RUNNING;
        pthread_mutex_unlock(&ring->lock);
        make(ring->job, &worker, slot->reading);
        pthread_mutex_lock(&ring->lock);
        slot->state = DONE;
        pthread_cond_signal(&ring->done);
    }
    pthread_mutex_unlock(&ring->lock);
    arena_release(&worker.arena);
    return NULL;
}

/* The next record into r; false at the end.  *trouble: r->err tells why there is none. */
static bool fill(struct source *source, struct reading *r, bool *trouble)
{
    enum source_step step;

    *trouble = false;
    if (setjmp(r->arena.out_of_budget)) {
        *trouble = true;
        err_set(&r->err, ERR_BUDGET, -1, "the record is too large");
        return true;
    }
    r->arena.guarded = true;
    step = source_next(source, &r->arena, &r->record, &r->err);
    *trouble = step == SOURCE_TROUBLE;
    return step != SOURCE_END;
}

/* Hands a finished reading on and makes the slot fit for the next record. */
static enum pool_take hand_on(const struct pool_job *job, struct reading **r)
{
    enum pool_take did = job->take(job->context, *r);

    if (did == POOL_KEPT)
        *r = new_reading(job);
    else
        reading_reset(*r);
    return did;
}

static bool run_alone(struct source *source, const struct pool_job *job,
                      struct err *err)
{
    struct reading *r = new_reading(job);
    enum pool_take did = POOL_GO_ON;
    struct worker worker;
    bool trouble;

    worker_init(&worker, job);
    while (r && did != POOL_STOP && fill(source, r, &trouble)) {
        if (!trouble)
            make(job, &worker, r);
        did = hand_on(job, &r);
    }
    arena_release(&worker.arena);
    if (!r)
        return err_set(err, ERR_BUDGET, -1, "out of memory");
    free_reading(r);
    return did != POOL_STOP;
}

/* Waits for the oldest reading and hands it on.  False when the job is to stop. */
static bool take_oldest(struct ring *ring)
{
    struct slot *slot = &ring->slot[ring->taken % ring->slots];

    pthread_mutex_lock(&ring->lock);
    while (slot->state != DONE || ring->started <= ring->taken)
        pthread_cond_wait(&ring->done, &ring->lock);
    pthread_mutex_unlock(&ring->lock);
    if (hand_on(ring->job, &slot->reading) == POOL_STOP)
        return false;
    if (!slot->reading)
        return err_set(ring->err, ERR_BUDGET, -1, "out of memory");
    slot->state = EMPTY;
    ring->taken++;
    return true;
}

static bool run_ring(struct ring *ring, struct source *source)
{
    for (;;) {
        struct slot *slot = &ring->slot[ring->filled % ring->slots];
        bool trouble;

        if (ring->filled - ring->taken == ring->slots && !take_oldest(ring))
            return false;
        if (!fill(source, slot->reading, &trouble))
            break;
        pthread_mutex_lock(&ring->lock);
        slot->state = trouble ? DONE : FILLED;
        ring->filled++;
        pthread_cond_signal(&ring->work);
        pthread_mutex_unlock(&ring->lock);
    }
    while (ring->taken < ring->filled)
        if (!take_oldest(ring))
            return false;
    return true;
}

static unsigned start_workers(struct ring *ring, pthread_t *thread, unsigned wanted)
{
    pthread_attr_t attributes;
    unsigned started = 0;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    while (started < wanted &&
           pthread_create(&thread[started], &attributes, work, ring) == 0)
        started++;
    pthread_attr_destroy(&attributes);
    return started;
}

static void stop_workers(struct ring *ring, pthread_t *thread, unsigned started)
{
    pthread_mutex_lock(&ring->lock);
    ring->closing = true;
    ring->started = ring->filled; /* what nobody takes need not be made */
    pthread_cond_broadcast(&ring->work);
    pthread_mutex_unlock(&ring->lock);
    for (unsigned i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
}

static bool fill_ring(struct ring *ring)
{
    ring->slot = calloc(ring->slots, sizeof *ring->slot);
    for (uint32_t i = 0; ring->slot && i < ring->slots; i++)
        if (!(ring->slot[i].reading = new_reading(ring->job)))
            return false;
    return ring->slot != NULL;
}

static void empty_ring(struct ring *ring)
{
    for (uint32_t i = 0; ring->slot && i < ring->slots; i++)
        free_reading(ring->slot[i].reading);
    free(ring->slot);
}

bool pool_run(struct source *source, const struct pool_job *job, struct err *err)
{
    struct ring ring = { .job = job,
                         .lock = PTHREAD_MUTEX_INITIALIZER,
                         .work = PTHREAD_COND_INITIALIZER,
                         .done = PTHREAD_COND_INITIALIZER };
    pthread_t thread[THREADS_MAX];
    unsigned started = 0;
    bool ok;

    if (job->tools->text.model == NULL)
        return err_set(err, ERR_MODEL, -1, "built without model/en.bin: it can't read");
    if (job->threads <= 1)
        return run_alone(source, job, err);
    ring.slots =
        (job->threads < THREADS_MAX ? job->threads : THREADS_MAX) * SLOTS_PER_THREAD;
    ring.err = err;
    ok = fill_ring(&ring) || err_set(err, ERR_BUDGET, -1, "out of memory");
    if (ok)
        started = start_workers(&ring, thread, ring.slots / SLOTS_PER_THREAD);
    if (started > 0)
        ok = run_ring(&ring, source);
    else if (ok)
        ok = err_set(err, ERR_BUDGET, -1, "no worker thread can be started");
    stop_workers(&ring, thread, started);
    empty_ring(&ring);
    return ok;
}

bool pool_inputs(const char *const *inputs, size_t count,
                 const struct source_options *options, const struct pool_job *job,
                 uint64_t *skipped, struct err *err)
{
    struct arena arena;
    struct source *source;
    bool ok;

    arena_init_like(&arena, SIZE_MAX, job->like);
    source = source_open(&arena, inputs, count, options);
    ok = pool_run(source, job, err);
    *skipped = source_skipped(source);
    source_close(source);
    arena_release(&arena);
    return ok;
}
