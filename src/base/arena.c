#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/err.h"

#if defined(__SANITIZE_ADDRESS__)
#    define POISONING 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define POISONING 1
#    endif
#endif
#ifdef POISONING
#    include <sanitizer/asan_interface.h>
#    define POISON(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#    define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#    define GAP 16
#else
#    define POISON(p, n) ((void)(p), (void)(n))
#    define UNPOISON(p, n) ((void)(p), (void)(n))
#    define GAP 0
#endif

#define FIRST_BLOCK ((size_t)16 << 10)
#define LARGEST_BLOCK ((size_t)4 << 20)
#define ALIGN alignof(max_align_t)
#define LARGE_ARRAY ((size_t)256 << 10)
#define PAGE ((uintptr_t)64 << 10) /* of the largest kind that is common */

struct arena_block {
    struct arena_block *older;
    size_t size, used;
    alignas(max_align_t) char bytes[];
};

void arena_init(struct arena *a, size_t budget)
{
    memset(a, 0, sizeof *a);
    a->budget = budget;
}

void arena_init_like(struct arena *a, size_t budget, const struct arena *like)
{
    arena_init(a, budget);
    a->memory = like ? like->memory : NULL;
}

static struct arena_block *take_block(const struct arena *a, size_t bytes)
{
    return a->memory ? a->memory->take(a->memory->context, bytes) : malloc(bytes);
}

static void free_block(const struct arena *a, struct arena_block *b)
{
    UNPOISON(b->bytes, b->size);
    if (a->memory)
        a->memory->give(a->memory->context, b, sizeof *b + b->size);
    else
        free(b);
}

void arena_release(struct arena *a)
{
    while (a->block) {
        struct arena_block *older = a->block->older;

        free_block(a, a->block);
        a->block = older;
    }
    a->lent = 0;
}

/* Keeps the newest block, which is the largest but for single huge pieces. */
void arena_reset(struct arena *a)
{
    struct arena_block *keep = a->block;

    if (keep && keep->size > LARGEST_BLOCK) {
        arena_release(a);
        return;
    }
    if (keep) {
        a->block = keep->older;
        arena_release(a);
        keep->older = NULL;
        keep->used = 0;
        POISON(keep->bytes, keep->size);
        a->block = keep;
    }
    a->lent = 0;
}

static _Noreturn void spent(struct arena *a)
{
    if (!a->guarded)
        BUG("an arena without a guard is out of memory");
    longjmp(a->out_of_budget, 1);
}

static void add_block(struct arena *a, size_t need)
{
    size_t size = a->block ? a->block->size * 2 : FIRST_BLOCK;
    struct arena_block *b;

    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < need)
        size = need;
    b = take_block(a, sizeof *b + size);
    if (!b)
        spent(a);
    b->older = a->block;
    b->size = size;
    b->used = 0;
    POISON(b->bytes, size);
    a->block = b;
}

/* Not zeroed. */
static char *take(struct arena *a, size_t count, size_t size)
{
    size_t bytes;
    char *piece;

    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 4)
        spent(a);
    bytes = (bytes + GAP + ALIGN - 1) / ALIGN * ALIGN;
    if (bytes > a->budget || a->lent > a->budget - bytes)
        spent(a);
    if (!a->block || a->block->size - a->block->used < bytes)
        add_block(a, bytes);
    piece = a->block->bytes + a->block->used;
    a->block->used += bytes;
    a->lent += bytes;
    UNPOISON(piece, count * size);
    return piece;
}

void *arena_take(struct arena *a, size_t count, size_t size)
{
    return memset(take(a, count, size), 0, count * size);
}

struct arena_mark arena_mark(struct arena *a)
{
    return (struct arena_mark){ a->block, a->block ? a->block->used : 0, a->lent };
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
    while (a->block != mark.block) {
        struct arena_block *older = a->block->older;

        /* The first block stays for the next round even if nothing was marked in it. */
        if (!older && !mark.block) {
            a->block->used = 0;
            POISON(a->block->bytes, a->block->size);
            break;
        }
        free_block(a, a->block);
        a->block = older;
    }
    if (mark.block) {
        POISON(a->block->bytes + mark.used, a->block->size - mark.used);
        a->block->used = mark.used;
    }
    a->lent = mark.lent;
}

struct str arena_str(struct arena *a, struct str s)
{
    char *copy = NEW(a, char, s.len + 1);

    if (s.len > 0)
        memcpy(copy, s.ptr, s.len);
    return (struct str){ copy, s.len };
}

struct str arena_line(struct arena *a, struct str s)
{
    char *line;
    size_t n = 0;

    s = str_trim(s);
    line = NEW(a, char, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_space(s.ptr[i]))
            line[n++] = s.ptr[i];
        else if (line[n - 1] != ' ')
            line[n++] = ' ';
    return (struct str){ line, n };
}

/* What a large array leaves behind is not read again: its whole pages go back to the
 * system, the block stays as it is.  Tokens of 100,000 words leave ten megabytes. */
static void give_back(char *at, size_t bytes)
{
    uintptr_t from = ((uintptr_t)at + PAGE - 1) / PAGE * PAGE;
    uintptr_t to = ((uintptr_t)at + bytes) / PAGE * PAGE;

    if (bytes >= LARGE_ARRAY && from < to)
        madvise(at + (from - (uintptr_t)at), to - from, MADV_DONTNEED);
}

void *arena_grow(struct arena *a, void *at, uint32_t *cap, size_t size)
{
    uint32_t more = *cap ? *cap * 2 : 8;
    size_t old = *cap * size;
    char *grown;

    if (more <= *cap)
        spent(a);
    grown = take(a, more, size);
    memset(grown + old, 0, more * size - old);
    if (old > 0) {
        memcpy(grown, at, old);
        if (!a->memory) /* what a caller lends may lie in a file */
            give_back(at, old);
    }
    *cap = more;
    return grown;
}
