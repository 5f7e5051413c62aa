/* fact.h - what a report says: figures, events, statements, times; each with its span.
 *
 *     struct facts f = facts_from_text(arena, tools, &text);
 *
 * The middle of the line cannot fail: a text without facts gives none.  Offsets are
 * bytes of the article's text.  Participants are indices in facts.entity, which begins
 * with the entities of the text (same indices) and goes on with groups that have no
 * name of their own ("demonstrators").
 */
#ifndef CORROB_FACT_FACT_H
#define CORROB_FACT_FACT_H

#include "base/arena.h"
#include "base/date.h"
#include "text/text.h"

#define COUNT_OPEN INT64_MAX /* as high: no upper bound; as low: INT64_MIN, no lower */
#define FACT_NONE UINT32_MAX

enum modality {
    MODALITY_ASSERTED,
    MODALITY_NEGATED,
    MODALITY_DENIED,
    MODALITY_EXPECTED,
    MODALITY_ALLEGED,
    MODALITY_HYPOTHETICAL,
};
const char *modality_name(enum modality m);

/* Who or what takes part: an entity of the text with what stage fact knows of it. */
struct actor {
    enum entity_type type;
    struct str name;
    ARRAY(struct str) aliases;
    struct str role;
    struct str country; /* ISO 3166 alpha-3, IGO, UNO, EUR, NGO, …; or absent */
    struct str sector;  /* one of PLOVER's 25 (GOV, MIL, COP, …), or absent */
    bool located;
    double lat, lon;
    enum place_precision {
        PLACE_UNKNOWN,
        PLACE_POINT,
        PLACE_CITY,
        PLACE_DISTRICT,
        PLACE_REGION,
        PLACE_COUNTRY
    } precision;
    uint32_t geonames;             /* GeoNames id, 0: none */
    ARRAY(struct mention) mention; /* by start */
};
const char *place_precision_name(enum place_precision p);

enum time_type { TIME_DATE, TIME_TIME, TIME_DURATION, TIME_SET };
const char *time_type_name(enum time_type t);

/* A time phrase.  value is TIMEX3's ("2022-01-02", "P6M", "PRESENT_REF"), or absent.
 * begin..end are its first and last day where the value tells them, else DATE_NONE. */
struct when {
    uint32_t start, end;
    uint32_t first, tokens;
    enum time_type type;
    struct str value;
    int32_t begin_day, end_day;
};

enum measure {
    MEASURE_OTHER,
    MEASURE_KILLED,
    MEASURE_INJURED,
    MEASURE_CASUALTIES,
    MEASURE_MISSING,
    MEASURE_DETAINED,
    MEASURE_ABDUCTED,
    MEASURE_DISPLACED,
    MEASURE_DEPLOYED,
    MEASURE_CROWD,
    MEASURE_RELEASED,
    MEASURE_EXPELLED,
    MEASURE_INFECTED,
    MEASURE_SURRENDERED,
    MEASURE_PERCENT,
    MEASURE_MONEY,
    MEASURE_RATIO,
    MEASURE_DURATION,
    MEASURE_PRICE,
    MEASURE_COUNT
};
const char *measure_name(enum measure m);
/* Whether the measure counts people (killed … surrendered). */
bool measure_is_toll(enum measure m);

struct figure {
    uint32_t start, end; /* the number and what is counted: "26 “armed criminals”" */
    uint32_t num_start, num_end; /* the number words alone */
    enum measure measure;
    int64_t low, high; /* INT64_MIN / INT64_MAX: open on that side */
    struct str op;     /* "26", ">=26", ">60", "<=40", "~20", "^350", "dozens", … */
    struct str who;    /* the words for what is counted, or absent */
    struct str class_name; /* "people", "civilian", "protester", … or absent */
    struct str group;      /* "child", "woman", or absent */
    struct str unit;       /* "people", "years", "USD", "percent", …, or absent */
    uint32_t trigger;      /* token of the word that gives the measure, or TOKEN_NONE */
    uint32_t event;        /* index in facts.event, or FACT_NONE */
    uint32_t place;        /* actor index or FACT_NONE */
    uint32_t time;         /* index in facts.when of the time phrase, or FACT_NONE */
    int32_t day;           /* day of what happened, or DATE_NONE */
    int32_t as_of;         /* day for which the figure is given, or DATE_NONE */
    int32_t period_begin, period_end; /* DATE_NONE: none stated */
    uint32_t subset_of;               /* index in facts.figure or FACT_NONE */
    bool part; /* of a greater whole, told or not: "two of the dead" */
    bool background;
    uint32_t claimant; /* actor index or FACT_NONE */
    struct str cue;    /* "said", "According to", or absent */
    enum modality modality;
    struct str by_hand; /* "edited by Ana, read as 58 killed"; absent: as read */
};

#define EVENT_SIDE_MAX 8

enum event_type {
    EVENT_AGREE,
    EVENT_CONSULT,
    EVENT_SUPPORT,
    EVENT_CONCEDE,
    EVENT_COOPERATE,
    EVENT_AID,
    EVENT_RETREAT,
    EVENT_REQUEST,
    EVENT_ACCUSE,
    EVENT_REJECT,
    EVENT_THREATEN,
    EVENT_PROTEST,
    EVENT_SANCTION,
    EVENT_MOBILIZE,
    EVENT_COERCE,
    EVENT_ASSAULT,
    EVENT_INCIDENT,
    EVENT_CLAIM,
    EVENT_APPOINT,
    EVENT_TYPES
};
const char *event_type_name(enum event_type t);

struct span {
    uint32_t start, end;
};

/* What a reader needs to see of an event: its clause, and its subject where that stands
 * elsewhere ("police … arrested two men"); both may be empty. */
struct clause {
    struct span subject, words;
};

struct event {
    uint32_t start, end; /* the clause's words: trigger with its participants */
    uint32_t trigger_start, trigger_end; /* the word or words that coded it */
    uint32_t trigger;                    /* their head token */
    enum event_type type;
    struct str mode, cameo, rule; /* rule: "verbs.tsv:412" */
    ARRAY(struct str) contexts;
    uint32_t actor[EVENT_SIDE_MAX], recipient[EVENT_SIDE_MAX];
    uint32_t actors, recipients;
    uint32_t place;       /* actor index or FACT_NONE */
    uint32_t time;        /* index in facts.when or FACT_NONE */
    int32_t day, end_day; /* DATE_NONE: not told */
    uint32_t claimant;    /* actor index or FACT_NONE */
    enum modality modality;
    struct clause clause;
    struct str by_hand; /* as in a figure */
};

enum statement_form { STATEMENT_DIRECT, STATEMENT_INDIRECT, STATEMENT_MIXED };
const char *statement_form_name(enum statement_form f);

struct statement {
    uint32_t start, end;      /* the content alone, without speaker and cue */
    ARRAY(struct span) parts; /* where it is interrupted; else empty */
    enum statement_form form;
    uint32_t speaker;   /* actor index or FACT_NONE */
    struct span source; /* the words that name the speaker; empty: none */
    struct str cue;     /* "said" */
    uint32_t cue_token; /* or TOKEN_NONE */
    struct str by_hand; /* as in a figure */
};

struct lexicon; /* lex/lexicon.h */
struct trace;   /* fact/trace.h */

struct facts {
    const struct text *text;
    const struct lexicon *lexicon; /* the user's own actors; NULL: none */
    struct trace *trace;           /* why it was read so; NULL: not asked for */
    ARRAY(struct actor) actor;
    ARRAY(struct when) when;           /* by start */
    ARRAY(struct figure) figure;       /* by start */
    ARRAY(struct event) event;         /* by start */
    ARRAY(struct statement) statement; /* by start */
};

struct gazetteer;

/* Read-only, shared by threads. */
struct fact_tools {
    const struct lexicon *lexicon;
    const struct gazetteer *gazetteer; /* NULL: no place is resolved */
    bool explain;                      /* facts.trace is asked for */
};

struct facts facts_from_text(struct arena *arena, const struct fact_tools *tools,
                             const struct text *text);
/* Whether every span lies in the text, every index in its array, every interval is one. */
bool facts_sound(const struct facts *facts);

#endif
