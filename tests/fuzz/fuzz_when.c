/* Any text, published on any day: every time phrase lies in the text, in order. */
#include <stdlib.h>

#include "base/utf8.h"
#include "fact/when.h"
#include "trained.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena arena;
    struct page page = { 0 };
    struct article article = { .page = &page };
    struct text text;
    struct facts facts = { .text = &text };
    uint32_t last = 0;

    if (size < 2)
        return 0;
    arena_init(&arena, SIZE_MAX);
    if (data[0] > 0) {
        article.published.precision = INSTANT_DAY;
        article.published.day = (data[0] - 128) * 256 + data[1];
    }
    article.text = (struct str){ (const char *)data + 2, size - 2 };
    article.text.len = utf8_valid(article.text);
    text = text_from_article(&arena, trained_tools(), &article);
    whens_read(&arena, NULL, &facts);
    for (uint32_t i = 0; i < facts.when.count; i++) {
        const struct when *w = &facts.when.at[i];

        if (w->start < last || w->start >= w->end || w->end > article.text.len ||
            w->begin_day > w->end_day)
            abort();
        last = w->end;
    }
    arena_release(&arena);
    return 0;
}
