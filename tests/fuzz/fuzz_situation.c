/* Any bytes as a situation: refused, or one that is told apart from itself by nothing,
 * from an empty one in all forms, and exported in every shape. */
#include <stdlib.h>

#include "export/diff.h"
#include "export/export.h"
#include "export/member.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void tell(struct arena *arena, const json_t *before, const json_t *after)
{
    struct diff d = diff_situations(arena, before, after);
    struct buf out = buf_new(arena, SIZE_MAX);

    diff_write_json(&out, &d);
    diff_write_text(&out, &d, true);
    diff_write_text(&out, &d, false);
}

static void export_all(struct arena *arena, const json_t *situation, struct str bytes)
{
    static const enum export_format format[] = {
#define X(name, id, what) EXPORT_##id,
        EXPORT_FORMATS(X)
#undef X
    };
    struct err err;

    for (size_t i = 0; i < sizeof format / sizeof *format; i++) {
        const struct export_options options = { format[i], EXPORT_TEXT_SENTENCE };
        struct buf out = buf_new(arena, SIZE_MAX);

        export_write(arena, &out, situation, bytes, &options, &err);
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct str bytes = { (const char *)data, size };
    struct str none =
        STR("{\"schema\":\"corrob.situation/1\",\"reports\":[],\"stories\":[]}");
    struct arena arena;
    struct err err;
    json_t *s = situation_parse(bytes, &err), *empty = situation_parse(none, &err);

    if (!empty)
        abort();
    arena_init(&arena, SIZE_MAX);
    if (s) {
        tell(&arena, empty, s);
        tell(&arena, s, empty);
        tell(&arena, s, s);
        export_all(&arena, s, bytes);
    }
    arena_release(&arena);
    json_decref(s);
    json_decref(empty);
    return 0;
}
