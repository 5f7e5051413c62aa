/* Any bytes as a robots.txt and a path. */
#include <stdlib.h>

#include "net/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = { (const char *)data, size }, path = { NULL, 0 };
    int64_t delay;

    if (!str_split(&text, '\0', &path) || !text.ptr)
        return 0;
    robots_allow(text, STR("corrob"), path);
    delay = robots_delay(text, STR("corrob"));
    if (delay < 0 || delay > 60000)
        abort();
    return 0;
}
