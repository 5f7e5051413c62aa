/* Any bytes as a feed: strings are valid UTF-8, links are web addresses. */
#include <stdlib.h>

#include "base/utf8.h"
#include "net/address.h"
#include "net/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct str s)
{
    if (utf8_valid(s) != s.len || str_find_char(s, '\0') < s.len)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = { (const char *)data, size };
    struct str none = { NULL, 0 };
    struct arena arena;
    struct feed feed;
    struct err err;

    arena_init(&arena, SIZE_MAX);
    if (feed_looks_like(bytes) &&
        feed_read(&arena, bytes, STR("https://a.example/feed"), none, &feed, &err)) {
        check(feed.title);
        check(feed.language);
        for (uint32_t i = 0; i < feed.items.count; i++) {
            const struct feed_item *item = &feed.items.at[i];

            check(item->id);
            check(item->title);
            check(item->text);
            check(item->published);
            check(item->url);
            if (item->url.len > 0 && !address_is_web(item->url))
                abort();
        }
    }
    arena_release(&arena);
    return 0;
}
