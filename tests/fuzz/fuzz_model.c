/* Any bytes in the place of a model, and a good model with any bytes written into it whose
 * check sum was made to fit. */
#include "model/layout.h"
#include "tiny_model.h"

static struct str good;
static struct arena arena;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    arena_init(&arena, SIZE_MAX);
    good = tiny_model(&arena, 1);
    return 0;
}

static void use(struct arena *a, struct str bytes)
{
    static const uint32_t words[] = { 3, 2 };
    const struct str form[] = { STR("Troops"), STR("entered"), STR("Gondor"), STR("He"),
                                STR("left") };
    struct model_word out[5];
    struct model m;
    struct err err;

    if (model_open(&m, bytes, &err))
        model_analyse(&m, model_scratch_new(a, &m), a,
                      &(struct model_input){ form, words, 2 }, out);
}

/* Eight bytes of input: where, and what is written there. */
static void damage(const uint8_t *data, size_t size, char *bytes)
{
    struct layout_head head;

    for (; size >= 8; data += 8, size -= 8) {
        uint32_t at;

        memcpy(&at, data, sizeof at);
        memcpy(bytes + at % (good.len - 4), data + 4, 4);
    }
    memcpy(&head, bytes, sizeof head);
    head.sum =
        layout_sum((struct str){ bytes + offsetof(struct layout_head, upos),
                                 good.len - offsetof(struct layout_head, upos) });
    memcpy(bytes, &head, sizeof head);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena_mark mark = arena_mark(&arena);
    char *bytes = NEW(&arena, char, good.len);

    use(&arena, (struct str){ (const char *)data, size });
    memcpy(bytes, good.ptr, good.len);
    damage(data, size, bytes);
    use(&arena, (struct str){ bytes, good.len });
    arena_rewind(&arena, mark);
    return 0;
}
