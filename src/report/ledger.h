/* ledger.h - the toll ledger: figures in rows of measure and class, on one scale.
 *
 *     killed
 *       people      31  Interior Ministry   superseded by 58
 *                   58  Interior Ministry   disputed
 *                   71  hospital            disputed
 *       children    six Interior Ministry
 *
 * Rows of one measure share a scale, linear from 0, or logarithmic when the values
 * differ so much that the small ones would vanish.  Made once, drawn as HTML and SVG or
 * as Markdown.
 */
#ifndef CORROB_REPORT_LEDGER_H
#define CORROB_REPORT_LEDGER_H

#include "report/view.h"

#define LEDGER_TICKS 8

/* From a value to a place between 0 and 1. */
struct scale {
    bool logarithmic;
    bool zero;        /* a logarithmic scale with a place for 0 before its break */
    double low, high; /* the values at the ends */
    int64_t tick[LEDGER_TICKS];
    uint32_t ticks;
};

/* One figure. */
struct ledger_row {
    uint32_t finding;  /* index in story.finding */
    int64_t low, high; /* as the policy shows them */
    bool approximate;  /* "about 2,500": the ends are soft */
    int64_t most;      /* the greatest count of this place; -1: the class has but one */
};

/* The rows of one class (and group, "children") of people: those of no place told first,
 * then place by place. */
struct ledger_class {
    struct str name; /* "People", "Protesters"; "Children" for a group of civilians */
    ARRAY(struct ledger_row) rows;
};

struct ledger_measure {
    enum measure measure;
    struct scale scale;
    ARRAY(struct ledger_class) classes; /* all people first */
    uint32_t rows;
};

struct ledger {
    ARRAY(struct ledger_measure) measures; /* killed first; tolls only */
    ARRAY(uint32_t) background;            /* findings: tolls of earlier events */
    ARRAY(uint32_t) other;                 /* findings: figures that count no people */
};

struct ledger ledger_of(const struct view *v, uint32_t story);

/* 0..1; values outside of the scale stop at its ends. */
double scale_at(const struct scale *scale, int64_t value);

#endif
