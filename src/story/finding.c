#include "story/finding.h"

void story_find_findings(struct arena *arena, const struct situation *situation,
                         struct story *story)
{
    (void)arena;
    (void)situation;
    (void)story;
}
