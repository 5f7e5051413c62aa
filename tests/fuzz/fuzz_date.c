/* Any text as a page's date, and as an address with one: a day of the calendar or none. */
#include <stdlib.h>

#include "article/pagedate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_instant(struct instant t)
{
    int32_t year = date_to_civil(t.day).year;

    if (year < 1990 || year > 2099 || t.second < 0 || t.second >= 86400 ||
        t.precision == INSTANT_NONE)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = { (const char *)data, size };
    struct instant t;

    if (pagedate_find(s, size % 2, &t))
        check_instant(t);
    if (pagedate_read(s, size % 2, &t))
        check_instant(t);
    if (pagedate_in_url(s, &t))
        check_instant(t);
    return 0;
}
