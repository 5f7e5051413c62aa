/* figure_scan.h - a sentence as the toll reader sees it: what is counted, what happened.
 *
 *     "At least 26 “armed criminals” and two soldiers were killed."
 *      counted  [At least 26 “armed criminals”]  [two soldiers]
 *      trigger  [killed]: measure killed, frame VERB
 *
 * Included by the figure files alone.
 */
#ifndef CORROB_FACT_FIGURE_SCAN_H
#define CORROB_FACT_FIGURE_SCAN_H

#include "fact/amount.h"
#include "fact/fact.h"
#include "lex/lex.h"

/* How a trigger takes what it counts; bits, since "drown" is VERB and FALL. */
enum frame {
    FRAME_NONE = 0,
    FRAME_VERB = 1,  /* "killed two": its object, or the subject of its passive */
    FRAME_FALL = 2,  /* "two died": its subject */
    FRAME_STATE = 4, /* "two dead", "left two dead": what stands before */
    FRAME_NOUN = 8,  /* "two deaths": itself */
    FRAME_TOLL = 16, /* "the death toll rose to two": the number that follows */
    FRAME_ACT = 32,  /* "the killing of two": what follows "of" */
    FRAME_MOVE = 64, /* "streamed over the border": as FALL, refugees or people by the
                        hundred */
};

struct trigger {
    uint32_t first, end; /* tokens */
    uint32_t frames;
    enum measure measure;               /* of VERB, FALL and STATE */
    enum measure noun, toll, act, fall; /* of the other frames */
    const struct lex_entry *entry[2];   /* as it is written; as a form of a verb */
};

/* A phrase that may be counted.  Tokens first..end are amount, modifiers and noun. */
struct counted {
    uint32_t first, end;
    uint32_t after;              /* first token behind it and its "of" phrase */
    uint32_t head;               /* the noun, or TOKEN_NONE ("dozens", "748") */
    uint32_t who;                /* first token of the words behind the number */
    uint32_t num_start, num_end; /* bytes */
    struct amount amount;
    struct str class_name, group;
    bool people;    /* the noun is one for people */
    bool others;    /* "748 others", "another" */
    bool silent;    /* no noun at all */
    bool article;   /* "a policeman" */
    bool definite;  /* "the bride", "her son" */
    bool plural;    /* bare: "civilians" */
    bool plain;     /* "opposition leader", no article: a name's title */
    bool partitive; /* "six of them" */
    bool told;      /* a figure was made of it, if only of what may come */
    bool used;      /* and one that is asserted: no other may be */
};

struct scan {
    struct arena *arena;
    struct facts *facts;
    const struct text *text;
    uint32_t first, end; /* tokens of the sentence */
    ARRAY(struct counted) counted;
    ARRAY(struct trigger) trigger;
};

/* Reads the sentence into *s, whose arrays are used anew. */
void scan_sentence(struct scan *s, const struct sentence *sentence);

/* The counted phrase that begins at the token, passing quotation marks; or NULL. */
struct counted *scan_counted_at(struct scan *s, uint32_t token);
/* The trigger that the token belongs to, or NULL. */
const struct trigger *scan_trigger_at(const struct scan *s, uint32_t token);

/* Whether the token, in lower case, is this word; false behind the sentence. */
bool scan_is(const struct scan *s, uint32_t token, const char *word);
/* The same for any word of a list parted by "|": "was|were|been". */
bool scan_is_any(const struct scan *s, uint32_t token, const char *words);

/* Notes the unit and the number of each figure from index first on that is no toll, where
 * that is asked for. */
void scan_trace_others(const struct scan *s, uint32_t first);

#endif
