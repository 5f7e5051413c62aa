/* title_weights.c - made by tools/train-titles; not edited by hand. */
#include "article/title.h"

/* clang-format off */
const int16_t title_weights[TITLE_FEATURES] = {
    698, 1082, 1060, -579, -245, 775, 449, -306, 331, 1033, 1056, 1020,
    695, -166, -57, 671, -126, -111, 21, 366, -719, -583, 160, 519,
    438, 254, 227, 389, 142, -20, -508, -65, -293, -442, -66, 637,
    -676, 63, 278, 408, -373, 404, -548, -108, 124, 667, -135, 103,
    444, -238, -446, 631, 779, -259, -210, 806,
};
/* clang-format on */
