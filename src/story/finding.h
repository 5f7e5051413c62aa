/* finding.h - facts about the same thing, merged over the reports of a story.
 *
 *     story_find_findings(arena, vocabulary, &situation, &story);
 *
 * The rule book is facts.md, "When are two facts the same, and what is their standing";
 * tests/cases/standing holds it as cases.  Beyond its letter:
 * - "at least 26" agrees with 28, not with 40: an open figure reaches a quarter further,
 *   and what one voice says of another day is its new count;
 * - "officers have been killed" names no number: it supports none and disputes none;
 * - a figure told as an earlier one ("had spoken of nine") speaks for its own day;
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
