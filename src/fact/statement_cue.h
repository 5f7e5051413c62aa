/* statement_cue.h - clauses of saying: who, and the words that tell of speech.
 *
 *     Mr Marek told reporters that …     source "Mr Marek", cue "told"
 *     …, said the mayor of Orlan.        source "the mayor of Orlan", cue "said"
 *     According to the ministry, …       source "the ministry", cue "According to"
 */
#ifndef CORROB_FACT_STATEMENT_CUE_H
#define CORROB_FACT_STATEMENT_CUE_H

#include "fact/statement_quote.h"

enum saying {
    SAYING_SAY,       /* "said": takes quotations and clauses, before or behind */
    SAYING_TELL,      /* "told": the same, behind the one who is told */
    SAYING_THINK,     /* "believes": takes clauses */
    SAYING_SHOW,      /* "the survey shows" */
    SAYING_TO,        /* "vowed to" */
    SAYING_OBJECT,    /* "criticised the plan" */
    SAYING_ACCORDING, /* "according to" */
};

struct speech {
    enum saying kind;
    uint32_t sentence;
    uint32_t cue, cue_end;       /* tokens */
    uint32_t source, source_end; /* tokens; equal when nobody is named */
    uint32_t first, end; /* of the clause: source, auxiliaries, cue, the one told */
    bool inverted;       /* the source follows: "said Mr Marek" */
    bool shared;         /* the source is that of the clause before: "and added" */
    bool gerund;         /* "saying", "adding" */
};

struct speeches {
    ARRAY(struct speech) at; /* by first */
};

/* The clauses of saying that stand outside quotation marks. */
struct speeches speeches_read(struct arena *arena, const struct text *text,
                              const struct quotations *quotations);

#endif
