/* Any bytes as a plain text, a page or a record: the stages run through, what they made is
 * sound, and the JSON of it is written.  The first byte chooses the kind: A text, B page,
 * C record. */
#include <stdlib.h>

#include "base/json.h"
#include "engine/line.h"
#include "report/json_article.h"
#include "trained.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void run(struct reading *r, struct str bytes, enum source_media media)
{
    struct line_tools tools = { .text = *trained_tools(),
                                .hints = { .published = STR_INIT("2029-10-12") } };
    struct buf out;
    struct json j;

    r->record =
        (struct source_record){ .input = STR("fuzz"), .bytes = bytes, .media = media };
    if (!reading_run(r, &tools))
        return;
    if (!text_sound(&r->text) || !facts_sound(&r->facts))
        abort();
    out = buf_new(&r->arena, (size_t)1 << 28);
    j = json_to(&out);
    json_article(&r->arena, &j, &r->facts, r->page.id);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const enum source_media kinds[] = { SOURCE_BYTES, SOURCE_IS_TEXT,
                                               SOURCE_IS_HTML, SOURCE_IS_JSON };
    struct reading r;

    if (size == 0)
        return 0;
    reading_init(&r);
    run(&r, (struct str){ (const char *)data + 1, size - 1 },
        kinds[data[0] % COUNT(kinds)]);
    reading_release(&r);
    return 0;
}
