/* desk.h - where the findings of one story are put together: claims, bundled.
 *
 * A claim is one fact of one report with the voice that states it; a bundle is what
 * becomes a finding.  Figures, events and statements bundle their claims by their own
 * rules (figures.c, events.c, statements.c); standing.c counts voices alike for all.
 */
#ifndef CORROB_STORY_DESK_H
#define CORROB_STORY_DESK_H

#include "story/finding.h"
#include "story/happening.h"
#include "story/party.h"
#include "story/reworded.h"

/* Who states a claim: a party, or the outlets of an origin in their own voice. */
#define VOICE_OWN 0x80000000u

struct claim {
    enum finding_kind kind;
    uint32_t report; /* place in story.reports */
    uint32_t fact;   /* index in that report's array of the kind */
    uint32_t origin, voice, sentence;
    int32_t as_of;   /* day that it speaks for, or DATE_NONE */
    int64_t given;   /* order in time: as-of day first, then the time of publication */
    bool denies;     /* says that it is not so */
    bool superseded; /* its voice has since said otherwise */
    const struct figure *figure;
    const struct event *event;
    const struct statement *statement;
    int64_t low, high;       /* of a figure, as it is compared */
    uint32_t classes;        /* of a figure, class bits */
    uint32_t place;          /* party or PARTY_NONE */
    int32_t day;             /* of a figure's happening, or DATE_NONE */
    bool subset, background; /* of a figure */
    bool recalled;           /* a figure that its report tells as an earlier one */
};

struct bundle {
    enum finding_kind kind;
    ARRAY(uint32_t) claim;
    int64_t low, high; /* of a figure: where all its claims meet */
    bool derived;
    ARRAY(uint32_t) against; /* bundles */
    uint32_t superseded_by;  /* bundle or FACT_NONE */
};

struct desk {
    struct arena *arena;
    struct arena scratch;
    const struct vocabulary *vocabulary;
    const struct situation *situation;
    struct story *story;
    struct parties parties;
    uint32_t *origin_of; /* by place of the report */
    uint32_t *version;   /* by place of the report: 0 the first, 1 the next … */
    /* What events.c asks the learnt scorer; made on demand.  Two tellings of each claim: by
     * the first of its words and by the last. */
    struct happenings *happenings;
    const struct happening **happening;
    /* The counts that belong to an event, by place of the report: 1 + the first figure of
     * each event, 1 + the next one of each figure. */
    uint32_t **count, **next_count;
    struct telling **telling; /* by place of the report and sentence; made on demand */
    ARRAY(struct claim) claim;
    ARRAY(struct bundle) bundle;
};

const struct facts *desk_facts(const struct desk *d, uint32_t report);
/* A claim with what all kinds have in common; claimant and start are the fact's. */
struct claim desk_claim(struct desk *d, enum finding_kind kind, uint32_t report,
                        uint32_t fact, uint32_t claimant, uint32_t start);
/* 0..1: how much the sentences of two claims tell the same. */
float claims_likeness(struct desk *d, const struct claim *a, const struct claim *b);
/* A new bundle with one claim; claims are indices in desk.claim. */
struct bundle *desk_bundle(struct desk *d, uint32_t claim);

/* Each reads the facts of its kind from all reports and bundles them. */
void desk_add_figures(struct desk *d);
void desk_add_events(struct desk *d);
void desk_add_statements(struct desk *d);

/* Who speaks for a bundle. */
struct support {
    uint32_t origins, claimants;
    bool live, denied;
};
struct support bundle_support(const struct desk *d, const struct bundle *b);
enum status bundle_status(const struct desk *d, const struct bundle *b);

/* The claim that a bundle is written after: asserted, most precise, first. */
const struct claim *bundle_speaker(const struct desk *d, const struct bundle *b);
/* Sets what is shown of a count under the situation's policy. */
void policy_show(const struct desk *d, const struct bundle *b,
                 struct finding_figure *f);
/* The bundle as a finding, all but id and references. */
struct finding finding_from_bundle(struct desk *d, const struct bundle *b);
/* One line of English; the claimant is named when all supporting claims share one. */
struct str finding_summary(struct arena *arena, const struct finding *f,
                           struct str claimant);

#endif
