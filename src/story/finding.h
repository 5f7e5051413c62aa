/* finding.h - facts about the same thing, merged over the reports of a story.
 *
 *     story_find_findings(arena, vocabulary, &situation, &story);
 *
 * The rule book is facts.md, "When are two facts the same, and what is their standing";
 * tests/cases/standing holds it as cases.  Two things beyond its letter:
 * - "at least 26" agrees with 40, not with 400: an open figure reaches to its double;
 * - one person ("a policeman was killed") is neither for nor against a toll.
 */
#ifndef CORROB_STORY_FINDING_H
#define CORROB_STORY_FINDING_H

#include "story/story.h"
#include "story/vocabulary.h"

/* Fills findings, actors and places of a story whose reports and origins are known. */
void story_find_findings(struct arena *arena, const struct vocabulary *vocabulary,
                         const struct situation *situation, struct story *story);

#endif
