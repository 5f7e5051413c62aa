/* story.h - reports side by side: stories, origins, and what stands how firmly.
 *
 *     struct situation s = situation_from_reports(arena, facts, count, policy);
 *
 * Reports on the same happening form a story; reports that carry the same text form an
 * origin; facts about the same thing form a finding with its standing.  Nothing is
 * judged true: a finding says who states it and who states otherwise.
 * Deterministic: the order of reports is the order of input.
 */
#ifndef CORROB_STORY_STORY_H
#define CORROB_STORY_STORY_H

#include "fact/fact.h"

enum policy { POLICY_RANGE, POLICY_ACLED, POLICY_UCDP, POLICY_MAJORITY };
const char *policy_name(enum policy p);

enum status {
    STATUS_SINGLE,
    STATUS_ATTESTED,
    STATUS_CORROBORATED,
    STATUS_DISPUTED,
    STATUS_SUPERSEDED,
};
const char *status_name(enum status s);

enum finding_kind { FINDING_FIGURE, FINDING_EVENT, FINDING_STATEMENT };

/* One sentence's word for or against a finding. */
struct evidence {
    uint32_t report;     /* index in situation.report */
    uint32_t start, end; /* bytes of that report's text */
    uint32_t sentence;   /* index in that report's text.sentence */
    bool disputes;
    struct str claimant; /* who the report names; absent: the outlet's own voice */
    uint32_t fact;       /* index in that report's figure, event or statement array */
    struct str
        by_hand; /* "edited by Ana, read as 58 killed, people"; absent: as read */
};

/* What a finding says, names written out. Fields that don't apply are absent. */
struct finding_figure {
    enum measure measure;
    int64_t low, high;
    struct str op, who, class_name, group, unit, place;
    int32_t day, period_begin, period_end, as_of;
    bool background, derived; /* derived: the sum of one claimant's disjoint figures */
    enum modality modality;
    bool subset;                   /* part of another figure: "six of them children" */
    int64_t shown_low, shown_high; /* under the chosen policy */
};

struct finding_party {
    struct str name, role, country, sector;
};

struct finding_event {
    enum event_type type;
    struct str mode, cameo;
    ARRAY(struct finding_party) actors, recipients;
    struct {
        struct str name, country;
        bool located;
        double lat, lon;
    } place;
    int32_t day, end_day;
    enum modality modality;
};

struct finding_statement {
    struct str speaker, role;
    enum statement_form form;
    struct str text;
};

struct finding {
    struct str id; /* stable for the same input */
    enum finding_kind kind;
    enum status status;
    uint32_t origins, claimants; /* of the supporting evidence */
    struct str summary;          /* one line for a reader */
    struct finding_figure figure;
    struct finding_event event;
    struct finding_statement statement;
    ARRAY(uint32_t) against;         /* indices in story.finding */
    uint32_t superseded_by;          /* index in story.finding or FACT_NONE */
    ARRAY(struct evidence) evidence; /* supporting first, then by report and place */
};

struct passage {
    struct span from, to;
};

struct copy {
    uint32_t from, to; /* report indices; from is the earlier one */
    double share;      /* of the shorter text that is carried over, 0..1 */
    double verbatim;   /* the part of share that is word for word, or nearly */
    double of_longer;  /* share of the longer text that is carried over */
    uint32_t retold;   /* pairs of sentences of the longest passage in other words */
    ARRAY(struct passage) passages;
};

struct origin {
    ARRAY(uint32_t) reports;
    struct str why; /* "agency text of X", "carries 92 % of …"; absent for one report */
};

/* A figure of two versions: indices in their facts.figure.  FACT_NONE in `from`: it is
 * new; in `to`: it is no longer told. */
struct figure_change {
    uint32_t from, to;
};

/* What a later version of an article tells otherwise; nothing in it: the same text. */
struct version_change {
    uint32_t from, to;                 /* report indices */
    bool retitled;                     /* the headline is another */
    ARRAY(struct span) added, removed; /* sentences, in the text of to; of from */
    ARRAY(struct figure_change) figures;
    ARRAY(uint32_t) said, unsaid; /* statements of to; of from */
};

/* One article that came more than once. */
struct versions {
    ARRAY(uint32_t) reports;             /* report indices, oldest first */
    ARRAY(struct version_change) change; /* between neighbours: one less than reports */
};

struct story_actor {
    struct finding_party party;
    enum entity_type type;
    uint32_t mentions, reports;
};

struct story_place {
    struct str name, country;
    double lat, lon;
    enum place_precision precision;
    bool located;
    uint32_t mentions;
};

struct story {
    struct str id, title;
    int32_t first_day, last_day; /* of publication, or DATE_NONE */
    ARRAY(uint32_t) reports;     /* indices in situation.report, input order */
    ARRAY(struct origin) origins;
    ARRAY(struct copy) copies; /* never between versions of one article */
    ARRAY(struct versions) versions;
    ARRAY(struct story_actor) actors; /* by mentions, most first */
    ARRAY(struct story_place) places;
    ARRAY(struct finding) findings;
};

/* An input that gave no report, and why: "not text".  The engine fills these in after
 * situation_from_reports; the reports for readers name them. */
struct failed_input {
    struct str input, reason;
};

struct situation {
    enum policy policy;
    const struct facts *const *report; /* in input order */
    uint32_t reports;
    ARRAY(struct story) story;
    ARRAY(struct failed_input) failed; /* in input order */
};

/* Place of a report in story->reports, which ascends. */
uint32_t story_place(const struct story *s, uint32_t report);
/* How many articles a story, or all stories, have: versions of one count once. */
uint32_t story_articles(const struct story *s);
uint32_t situation_articles(const struct situation *s);

struct situation situation_from_reports(struct arena *arena,
                                        const struct facts *const *report,
                                        uint32_t reports, enum policy policy);

/* The same of reports that are known to be one story: none is taken for another's. */
struct situation situation_of_story(struct arena *arena,
                                    const struct facts *const *report, uint32_t reports,
                                    enum policy policy);

#endif
