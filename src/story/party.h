/* party.h - who is who over the reports of a story.
 *
 *     struct parties p = parties_of_story(arena, scratch, vocabulary, situation, story);
 *     p.of[i][actor]          the party that an actor of the story's i-th report is
 *
 * "Mr Tokayev" of one report is "Kassym-Jomart Tokayev" of the other, "CSTO" is
 * "Collective Security Treaty Organisation", "the Interior Ministry" is "the Kazakh
 * interior ministry", demonstrators are protesters; but two men called Ivo and Lena
 * Stamm are two, and the ministries of two countries are two.
 */
#ifndef CORROB_STORY_PARTY_H
#define CORROB_STORY_PARTY_H

#include "story/story.h"
#include "story/vocabulary.h"

#define PARTY_NONE UINT32_MAX
#define PARTY_WORDS 10

struct party {
    enum entity_type type;
    struct finding_party said;         /* the fullest name and role given */
    uint32_t word[PARTY_WORDS], words; /* keys of the fullest name, without titles */
    uint32_t acronym;                  /* key of its initials, or 0 */
    struct str letters;                /* the acronym that a report gives, or absent */
    uint32_t mentions, reports, last_report;
    uint32_t told[ENTITY_MISC + 1]; /* of the mentions, those of each type */
    const struct actor *located;    /* an actor with coordinates, or NULL */
    enum place_precision precision; /* of the gazetteer's place; UNKNOWN: it has none */
    uint32_t next;                  /* 1 + next party with the same last word */
};

struct parties {
    ARRAY(struct party) party;
    uint32_t **of; /* by place of the report in the story, then by actor */
};

/* The list lives in scratch, names that are put together in arena. */
struct parties parties_of_story(struct arena *arena, struct arena *scratch,
                                const struct vocabulary *v,
                                const struct situation *situation,
                                const struct story *story);
/* The party of an actor index, PARTY_NONE for FACT_NONE. */
uint32_t party_at(const struct parties *p, uint32_t report, uint32_t actor);
/* Fills story->actors (most mentions first) and story->places. */
void story_list_parties(struct arena *arena, const struct parties *p,
                        struct story *story);

enum nearness { NEAR_SAME, NEAR_SILENT, NEAR_WITHIN, NEAR_APART };
/* How two places stand to each other; PARTY_NONE is a silent one. */
enum nearness places_near(const struct parties *p, uint32_t a, uint32_t b);

#endif
