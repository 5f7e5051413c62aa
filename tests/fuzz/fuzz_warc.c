/* Any bytes as a web archive, packed or not; what it holds as HTTP messages. */
#include <stdlib.h>

#include "page/warc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
    const uint8_t *data;
    size_t size, at;
};

static size_t read_input(void *context, char *room, size_t cap)
{
    struct input *in = context;
    size_t n = in->size - in->at < cap ? in->size - in->at : cap;

    if (n > 0)
        memcpy(room, in->data + in->at, n);
    in->at += n;
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = { data, size, 0 };
    struct arena own, each;
    struct warc_record record;
    enum warc_step step;
    struct warc *w;
    struct err err;
    size_t steps = 0;

    arena_init(&own, (size_t)64 << 20);
    arena_init(&each, (size_t)64 << 20);
    w = warc_open(&own, read_input, &in, (size_t)1 << 20);
    while ((step = warc_next(w, &record, &err)) != WARC_END) {
        struct source_record out = { 0 };

        if (++steps > 1000 * size + 10) /* it must go on */
            abort();
        if (step == WARC_RECORD &&
            warc_content(&each, &record, (size_t)1 << 20, &out, &err) == WARC_REPORT &&
            (out.bytes.len == 0 || out.bytes.len > (size_t)1 << 20))
            abort();
        arena_reset(&each);
    }
    warc_close(w);
    arena_release(&own);
    arena_release(&each);
    return 0;
}
