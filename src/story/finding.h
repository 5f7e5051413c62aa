/* finding.h - facts about the same thing, merged over the reports of a story.
 *
 *     story_find_findings(arena, &situation, &story);
 *
 * The rule book is facts.md, "When are two facts the same, and what is their standing";
 * tests/cases/standing holds it as cases.
 */
#ifndef CORROB_STORY_FINDING_H
#define CORROB_STORY_FINDING_H

#include "story/story.h"

/* Fills story->findings; reports and origins of the story are known. */
void story_find_findings(struct arena *arena, const struct situation *situation,
                         struct story *story);

#endif
