/* Any text as a brief in Markdown: what is left is no longer than bounded, valid where
 * the input was, and without the texts of footnotes and code. */
#include <stdlib.h>

#include "audit/brief.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct str typed = { (const char *)data, size }, text;
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    text = brief_text(&arena, typed);
    if (text.len > 2 * size + 64)
        abort();
    if (utf8_valid(typed) == size && utf8_valid(text) != text.len)
        abort();
    if (text.len > 0 && (*text.ptr == '\n' || text.ptr[text.len - 1] != '\n'))
        abort();
    arena_release(&arena);
    return 0;
}
