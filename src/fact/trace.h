/* trace.h - why a fact was read as it was: notes left where a decision falls, if asked for.
 *
 *     event at "imposed"   entry      verbs.tsv:1820  “impose sanction on”: SANCTION
 *                          matched    “sanctions”, “on”
 *                          runner-up  verbs.tsv:1816  “impose”: fewer words matched
 *
 * facts.trace is NULL unless fact_tools.explain was set: then nothing is noted and
 * nothing is spent.  What is noted never changes what is read.
 */
#ifndef CORROB_FACT_TRACE_H
#define CORROB_FACT_TRACE_H

#include "fact/fact.h"
#include "lex/lex.h"

enum trace_about {
    TRACE_EVENT,     /* key: the trigger's token */
    TRACE_FIGURE,    /* key: the first byte of the number */
    TRACE_TIME,      /* key: the first byte of the phrase */
    TRACE_ACTOR,     /* key: index in facts.actor */
    TRACE_STATEMENT, /* key: index in facts.statement */
};

struct trace_note {
    enum trace_about about;
    uint32_t key;
    const char *step; /* "entry", "matched", "runner-up", … */
    struct str says;
    struct str rule;   /* "verbs.tsv:412", or absent */
    struct span words; /* of the text; empty: none */
};

struct trace {
    struct arena *arena;
    ARRAY(struct trace_note) note; /* in the order of the decisions */
};

/* Adds a note, unless nothing is traced; *says is what printf would write. */
void trace_say(const struct facts *facts, enum trace_about about, uint32_t key,
               const char *step, const char *says, ...)
    __attribute__((format(printf, 5, 6)));
/* Gives the last note its lexicon entry, or the words of the text that it speaks of. */
void trace_rule(const struct facts *facts, const struct lex_table *table,
                const struct lex_entry *entry);
void trace_words(const struct facts *facts, uint32_t start, uint32_t end);

#endif
