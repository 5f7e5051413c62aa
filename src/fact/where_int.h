/* where_int.h - what the parts of where.c share: spots, toponyms.
 *
 * A spot is a place's name at one place of the text; spots with the same name are one
 * toponym, which has the gazetteer's candidates and gets one of them, or none.
 */
#ifndef CORROB_FACT_WHERE_INT_H
#define CORROB_FACT_WHERE_INT_H

#include "base/table.h"
#include "fact/fact.h"
#include "gazetteer/gazetteer.h"

#define SPOT_WORDS 7 /* of a name that is looked up */

/* How surely a spot is a place's name at all. */
enum spot_trust {
    TRUST_NONE,   /* a name like this is somewhere in the world */
    TRUST_WEAK,   /* "of Osk" */
    TRUST_STRONG, /* "in Osk", "Osk, Minn.", "Osk residents" */
    TRUST_NAMED   /* stage text says so, or a country's name */
};

struct spot {
    uint32_t first, tokens;
    uint32_t toponym;
    uint32_t container; /* the spot after the comma, or FACT_NONE */
    uint32_t mention;   /* of the text that covers it, or UINT32_MAX */
    enum spot_trust trust;
    bool adjective; /* "Kazakh" */
    bool dateline;
    bool whole;    /* the spot is all of the text's mention */
    bool borrowed; /* the toponym is a part of it: "South Texas", "District of Osk" */
};

struct toponym {
    struct str key;            /* normal form */
    struct gazetteer_hit *hit; /* candidates */
    uint32_t hits;
    uint32_t chosen; /* index in hit, or FACT_NONE */
    uint32_t actor;  /* that has this name, or FACT_NONE */
    uint32_t spots;
    enum spot_trust trust;  /* the best of its spots */
    enum spot_trust around; /* what the words around them say at best */
    bool person;            /* stage text knows somebody called so */
    bool supported;         /* the choice has more behind it than its size */
    uint32_t inside;        /* the place that the text puts it in, or FACT_NONE */
    double score;
    double
        *scores; /* of each candidate in the last round, where a trace is asked for */
};

struct places {
    struct arena *arena;
    struct facts *facts;
    const struct gazetteer *gazetteer;
    ARRAY(struct spot) spot; /* by first */
    ARRAY(struct toponym) toponym;
    struct table by_key; /* key -> 1 + toponym */
};

/* Finds the spots of a text and their candidates. */
void spots_find(struct places *p);
/* Chooses among the candidates of each toponym. */
void toponyms_choose(struct places *p);
/* Notes why a name is this place, for its actor; certain: it is told as one. */
void toponym_trace(const struct places *p, const struct toponym *t, bool certain);

static inline const struct gazetteer_place *chosen_place(const struct places *p,
                                                         const struct toponym *t)
{
    return t->chosen == FACT_NONE
               ? NULL
               : gazetteer_place(p->gazetteer, t->hit[t->chosen].place);
}

#endif
