#include "serve/visit.h"
void alerts_run(struct arena *arena, struct store *store)
{
    (void)arena;
    (void)store;
}
