#include "base/least.h"

int64_t count_least(struct str op, int64_t low)
{
    static const struct {
        struct str word;
        int64_t n;
    } rule[] = {
        { STR_INIT("tens"), 10 },
        { STR_INIT("dozens"), 12 },
        { STR_INIT("hundreds"), 100 },
    };

    for (size_t i = 0; i < sizeof rule / sizeof *rule; i++)
        if (str_eq(op, rule[i].word))
            return rule[i].n;
    return low;
}
