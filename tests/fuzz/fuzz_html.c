/* Any bytes as a page: an article whose spans lie in the page, in bounded memory. */
#include <stdlib.h>

#include "article/article.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_article(const struct article *a)
{
    struct str page = a->page->body;

    for (uint32_t i = 0; i < a->pieces.count; i++)
        if (a->pieces.at[i].at > a->text.len || a->pieces.at[i].from > page.len)
            abort();
    for (uint32_t i = 0; i < a->furniture.count; i++)
        if (a->furniture.at[i].end > page.len || a->furniture.at[i].why.len == 0)
            abort();
    if (utf8_valid(a->text) != a->text.len)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct page_hints none = { 0 };
    struct source_record r = { .input = STR("fuzz"),
                               .bytes = { (const char *)data, size },
                               .media = SOURCE_BYTES };
    struct arena arena;
    struct page page;
    struct err err;

    arena_init(&arena, (size_t)256 << 20);
    if (page_from_record(&arena, &r, &none, &page, &err)) {
        struct article a = article_from_page(&arena, &page);

        check_article(&a);
        page.media = PAGE_HTML;
        a = article_from_page(&arena, &page);
        check_article(&a);
    }
    arena_release(&arena);
    return 0;
}
