/* audit.h - a written brief held against its sources: what no source sentence supports.
 *
 *     struct audit a = audit_brief(arena, &brief, sources, count);
 *     "According to the Health Ministry, 38 people were killed."
 *         CHECK_FIGURE "38 people"  unsupported, CLAIMANT: the Interior Ministry says so
 *
 * Each figure, quotation and attributed claim of the brief is looked for in the sources.
 * Supported means that a sentence there says so, with the same measure, people, day and
 * voice; never that it is true.  An unsupported one comes with what the sources say
 * instead, nearest first.
 */
#ifndef CORROB_AUDIT_AUDIT_H
#define CORROB_AUDIT_AUDIT_H

#include "fact/fact.h"

enum check_kind { CHECK_FIGURE, CHECK_QUOTATION, CHECK_CLAIM };
const char *check_kind_name(enum check_kind k);

/* Why a check is unsupported: what the nearest source has otherwise. */
enum check_reason {
    REASON_NONE,    /* supported */
    REASON_NUMBER,  /* the same thing counted, another number */
    REASON_MEASURE, /* the number stands there for something else: injured, not killed */
    REASON_CLASS,   /* … for other people: protesters, not police */
    REASON_CLAIMANT,  /* somebody else says so */
    REASON_DAY,       /* it is told of another day */
    REASON_MODALITY,  /* the source denies it or expects it */
    REASON_QUOTATION, /* the words are others */
    REASON_NOTHING,   /* nothing like it in the sources */
};
const char *check_reason_name(enum check_reason r);
/* "the sources give another number" */
const char *check_reason_words(enum check_reason r);

enum witness_stance {
    WITNESS_SUPPORTS,
    WITNESS_DIFFERS, /* says otherwise: what stands there instead */
};

/* A place in a source that speaks to a check. */
struct witness {
    uint32_t report;     /* index of the source */
    uint32_t start, end; /* bytes of its text */
    uint32_t sentence;
    enum witness_stance stance;
    struct str claimant; /* who the source names; absent: its own voice */
};

/* A word run of a quotation that was changed: "opened at [midnight -> noon]". */
struct edit {
    struct str stands, written; /* in the source, in the brief; one may be absent */
};

struct check {
    enum check_kind kind;
    uint32_t start, end; /* bytes of the brief's text */
    uint32_t sentence;
    enum check_reason reason;
    struct str claimant;           /* whom the brief names, or absent */
    ARRAY(struct witness) witness; /* supporting first; at most a few */
    ARRAY(struct edit) edits;
};

struct audit {
    const struct facts *brief;
    const struct facts *const *source;
    uint32_t sources;
    ARRAY(struct check) check; /* by place in the brief */
    uint32_t unsupported;
};

struct audit audit_brief(struct arena *arena, const struct facts *brief,
                         const struct facts *const *source, uint32_t sources);

#endif
