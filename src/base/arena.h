/* arena.h - memory that is born together and freed together.
 *
 *     struct arena doc;
 *     arena_init(&doc, 64 << 20);
 *     if (setjmp(doc.out_of_budget)) { arena_release(&doc); return false; }
 *     struct token *t = NEW(&doc, struct token, 100);     zeroed, never NULL
 *     arena_reset(&doc);                                  next document, blocks kept
 *
 * One arena a document.  When its budget is spent NEW jumps to out_of_budget, set by
 * the one caller in engine/ that owns the document, so stage code has no out-of-memory
 * branch and holds nothing but arena memory.  Under AddressSanitizer what is not lent
 * is poisoned, with a gap after each piece.
 */
#ifndef CORROB_BASE_ARENA_H
#define CORROB_BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>

#include "base/str.h"

struct arena_block;

/* Where blocks come from; of a caller who wants to count, limit or place them.  take gives
 * NULL when there is none left; both may be called by several threads at once. */
struct arena_memory {
    void *(*take)(void *context, size_t bytes);
    void (*give)(void *context, void *block, size_t bytes);
    void *context;
};

struct arena {
    struct arena_block *block; /* the one being lent from; older ones hang behind */
    size_t budget;             /* bytes that may be lent; SIZE_MAX: no limit */
    size_t lent;               /* bytes lent so far, with their padding */
    jmp_buf out_of_budget;     /* set by the owner before the first NEW */
    const struct arena_memory *memory; /* NULL: malloc and free */
    bool guarded; /* whether out_of_budget is set; else spending aborts */
};

struct arena_mark {
    struct arena_block *block;
    size_t used, lent;
};

void arena_init(struct arena *a, size_t budget);
/* Its blocks come from where those of `like` come from; NULL: malloc. */
void arena_init_like(struct arena *a, size_t budget, const struct arena *like);
void arena_release(struct arena *a);
/* All pieces are taken back; one block is kept for the next round. */
void arena_reset(struct arena *a);

/* count * size bytes, zeroed, aligned for anything.  Use NEW. */
void *arena_take(struct arena *a, size_t count, size_t size);
#define NEW(arena, type, count) ((type *)arena_take((arena), (count), sizeof(type)))

/* Scratch use: what was taken after the mark is given back. */
struct arena_mark arena_mark(struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

/* A copy of s in the arena, followed by a NUL that is not counted. */
struct str arena_str(struct arena *a, struct str s);

/* A copy of s on one line: trimmed, blanks and line ends made one blank each. */
struct str arena_line(struct arena *a, struct str s);

/* An array that grows: struct { T *at; uint32_t count, cap; }.  PUSH gives a pointer to
 * the new, zeroed element; earlier pointers into the array are void after it. */
void *arena_grow(struct arena *a, void *at, uint32_t *cap, size_t size);
#define PUSH(arena, array)                                                       \
    (((array)->count == (array)->cap                                             \
          ? (void)((array)->at = arena_grow((arena), (array)->at, &(array)->cap, \
                                            sizeof *(array)->at))                \
          : (void)0),                                                            \
     &(array)->at[(array)->count++])
#define ARRAY(type)          \
    struct {                 \
        type *at;            \
        uint32_t count, cap; \
    }

#endif
