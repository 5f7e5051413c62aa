#include "fact/figure_other.h"

void others_read(struct scan *s)
{
    (void)s;
}
