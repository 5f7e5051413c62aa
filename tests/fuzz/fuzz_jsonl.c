/* Any line as a JSON Lines record; and as JSON-LD, which is read leniently. */
#include <stdlib.h>

#include "article/jsonld.h"
#include "base/utf8.h"
#include "page/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct page_hints none = { 0 };
    struct str bytes = { (const char *)data, size };
    struct source_record r = {
        .input = STR("fuzz"), .number = 1, .bytes = bytes, .media = SOURCE_IS_JSON
    };
    struct ld ld = { 0 };
    struct arena arena;
    struct page page;
    struct err err;

    arena_init(&arena, (size_t)64 << 20);
    if (page_from_record(&arena, &r, &none, &page, &err) &&
        (utf8_valid(page.body) != page.body.len ||
         str_find_char(page.body, '\0') < page.body.len))
        abort();
    ld_add(&arena, bytes, &ld);
    for (uint32_t i = 0; i < ld.node.count; i++)
        if (ld.node.at[i].end <= i || ld.node.at[i].end > ld.node.count)
            abort();
    ld_article(&ld, STR("https://a.example"), STR("title"));
    arena_release(&arena);
    return 0;
}
