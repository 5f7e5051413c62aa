/* Any bytes as saved stories: refused, or a state that takes reports, rests, and saves
 * itself to bytes that load again.  So that mutations get past the check sum, the input
 * is also read as a state whose magic and sum are put right. */
#include <stdlib.h>

#include "base/buf.h"
#include "story/cool.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool put(void *context, const void *bytes, size_t len)
{
    buf_str(context, (struct str){ bytes, len });
    return true;
}

static void use(struct arena *arena, struct str bytes)
{
    struct told_words told = { STR("Dam bursts above Halvery"),
                               STR("A dam on the Tesna river burst on Tuesday."),
                               { .precision = INSTANT_NONE },
                               false };
    struct sorter *s = sorter_load(bytes, NULL), *again;
    struct buf b = buf_new(arena, SIZE_MAX);

    if (!s)
        return;
    sorter_add(s, &told);
    sorter_rest(s, 19000);
    sorter_add(s, &told);
    sorter_save(s, put, &b);
    again = sorter_load(buf_view(&b), NULL);
    if (!again)
        abort();
    sorter_free(again);
    sorter_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    size_t len = size / 4 * 4;
    char *mended;

    arena_init(&arena, SIZE_MAX);
    use(&arena, (struct str){ (const char *)data, size });
    if (len >= 16) {
        mended = NEW(&arena, char, len);
        memcpy(mended, data, len);
        sorter_mend_sum(mended, len);
        use(&arena, (struct str){ mended, len });
    }
    arena_release(&arena);
    return 0;
}
