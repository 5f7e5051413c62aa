/* Any bytes, with any name said for them (those before the first line end), decode to valid
 * UTF-8. */
#include <stdlib.h>

#include "base/utf8.h"
#include "page/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = { (const char *)data, size }, said = { NULL, 0 }, text, name;
    struct arena arena;

    arena_init(&arena, (size_t)64 << 20);
    if (str_find_char(rest, '\n') != STR_NPOS)
        str_split(&rest, '\n', &said);
    charset_decode(&arena, rest, said, true, &text, &name);
    if (utf8_valid(text) != text.len || name.len == 0)
        abort();
    if (charset_mend(&arena, &text) && utf8_valid(text) != text.len)
        abort();
    arena_release(&arena);
    return 0;
}
