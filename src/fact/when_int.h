/* when_int.h - what the parts of when.c share: items, phrases, values.
 *
 * A sentence is cut into items (words with what the lexicon times.tsv knows of them),
 * items are parsed to phrases ("two days later": a shift of 2 days), phrases are given
 * values against the publication day and the narrative.
 */
#ifndef CORROB_FACT_WHEN_INT_H
#define CORROB_FACT_WHEN_INT_H

#include "fact/fact.h"
#include "lex/lex.h"

/* How a word takes part in a time phrase: the classes of times.tsv ... */
/* clang-format off */
#define ITEM_WORDS(X) \
    X(MONTH, "month") X(MONTHABBR, "monthabbr") X(WEEKDAY, "weekday") X(WEEKDAYS, "weekdays") \
    X(DAYABBR, "dayabbr") X(UNIT, "unit") X(UNITS, "units") X(SEASON, "season") \
    X(PART, "part") X(CLOCKWORD, "clockword") X(NIGHTWORD, "nightword") X(TONIGHT, "tonight") \
    X(DAYREL, "dayrel") X(REF, "ref") X(SET, "set") X(EACH, "each") \
    X(PER, "per") X(DIR, "dir") X(MOD, "mod") X(PART_OF, "part_of") \
    X(APPROX, "approx") X(QUANT, "quant") X(NUMWORD, "num") X(DECADEWORD, "decadeword") \
    X(SCALE, "scale") X(ORD, "ord") X(HALF, "half") X(AGO, "ago") \
    X(AFTER, "after") X(BEFORE, "before") X(FROMNOW, "fromnow") X(SUFFIX, "suffix") \
    X(AMPM, "ampm") X(OCLOCK, "oclock") X(ZONE, "zone") X(ERA, "era") \
    X(HOLIDAY, "holiday") X(DET, "det") X(OF, "of") X(AND, "and") \
    X(OR, "or") X(TO, "to") X(IN, "in") X(ON, "on") \
    X(YEAREND, "yearend") X(MORE, "more") X(ANOTHER, "another") X(UNTIL, "until") \
    X(FISCAL, "fiscal") X(TIMES, "times") X(TIMESN, "timesn")
/* clang-format on */

enum item_class {
#define X(id, name) ITEM_##id,
    ITEM_WORDS(X)
#undef X
    /* ... and what is read from its characters. */
    ITEM_NUMBER,      /* "26", "3,000", "2.5" */
    ITEM_ORDNUM,      /* "3rd" */
    ITEM_DECADE,      /* "1990s", "'90s" */
    ITEM_ISO,         /* "2022-01-07", "2022-01-07T09:12" */
    ITEM_SLASH,       /* "12/25/98" */
    ITEM_CLOCK,       /* "10:35" */
    ITEM_QUOTEYEAR,   /* "'98" */
    ITEM_QUARTERCODE, /* "Q3" */
    ITEM_COMMA,
    ITEM_HYPHEN,
    ITEM_STOP,
    ITEM_POSSESSIVE,
    ITEM_CLASSES
};
_Static_assert(ITEM_CLASSES <= 64, "classes fit a mask");
#define IS(item, class) (((item)->mask >> ITEM_##class & 1) != 0)

#define ITEM_WORD_MAX 24

struct item {
    uint64_t mask;                 /* of enum item_class */
    const struct lex_entry *entry; /* of times.tsv, or NULL */
    uint32_t start, end;           /* bytes of the text */
    int32_t number;                /* of digits; halves are in `half` */
    bool half;                     /* "2.5", "2 1/2" */
    bool capital, space_before;
    bool plain_year; /* four digits without a comma, 1000..2100 */
    struct str low;  /* in lower case, without the stop of an abbreviation */
};

struct items {
    struct item *at;
    uint32_t count;
    bool promising; /* whether some item can be the core of a time phrase */
};

/* The items of text[start..end), good until the next call with the same buffer. */
struct item_buffer {
    struct item *item;
    uint32_t cap;
    char *low; /* lower-case copies */
    size_t low_cap, low_len;
};
struct items items_read(struct arena *arena, struct item_buffer *buffer,
                        struct str text, uint32_t start, uint32_t end);
/* The value that times.tsv gives the item as a member of this class, "" if none. */
struct str item_value(const struct item *item, enum item_class class);
int32_t item_number(const struct item *item, enum item_class class);

enum phrase_kind {
    PHRASE_ABSOLUTE, /* the fields say it, perhaps without the year */
    PHRASE_WEEKDAY,  /* a bare weekday */
    PHRASE_OFFSET,   /* `count` units from the unit that holds the anchor */
    PHRASE_SHIFT,    /* `count` units before or after the anchor */
    PHRASE_DURATION,
    PHRASE_SET,
    PHRASE_REF,     /* `fixed` is the value */
    PHRASE_HOLIDAY, /* `fixed` is the rule */
    PHRASE_CLOCK,   /* a time of day of the day told about */
    PHRASE_ELLIPSIS /* "a year earlier" of a quarter */
};

enum phrase_anchor { ANCHOR_PUBLISHED, ANCHOR_NARRATIVE };

/* Units in the order of their size. */
enum time_unit {
    UNIT_NONE,
    UNIT_SECOND,
    UNIT_MINUTE,
    UNIT_HOUR,
    UNIT_DAY,
    UNIT_NIGHT,
    UNIT_WEEKEND,
    UNIT_WEEK,
    UNIT_FORTNIGHT,
    UNIT_MONTH,
    UNIT_QUARTER,
    UNIT_SEASON,
    UNIT_HALFYEAR,
    UNIT_YEAR,
    UNIT_DECADE,
    UNIT_CENTURY,
    UNIT_MILLENNIUM,
    UNIT_WEEKDAY, /* "last Friday" */
    UNIT_NAMED_MONTH
};

#define FIELD_NONE INT32_MIN

struct phrase {
    uint32_t first, end; /* items */
    enum phrase_kind kind;
    enum phrase_anchor anchor;
    enum time_unit unit;
    int32_t year, month, day, weekday, quarter, half, decade, century;
    bool before_christ;
    struct str season, part; /* "SU"; "MO" */
    int32_t minute;          /* of the day, or FIELD_NONE */
    int32_t count;           /* of units; negative: earlier */
    bool count_half;         /* and a half more */
    bool vague;              /* "several", a bare plural */
    bool strict;             /* never the anchor's own day: "last Friday" */
    bool relative;           /* to the day of writing: "today", "tonight" */
    struct str fixed;
};

/* The longest time phrase that begins at item i; false when none does. */
bool phrase_parse(const struct items *items, uint32_t i, struct phrase *out);
/* Number words or digits from item *i on; moves *i past them. */
bool number_parse(const struct items *items, uint32_t *i, int32_t *count, bool *half);

/* What a resolved phrase leaves for the next ones. */
struct time_point {
    int32_t day;         /* DATE_NONE: nothing known; the first day of the unit */
    enum time_unit unit; /* how exact */
    int32_t year, month; /* FIELD_NONE: not known */
    int32_t quarter;
    bool before_christ;
};

enum direction { DIRECTION_NONE, DIRECTION_PAST, DIRECTION_FUTURE };

struct resolver {
    struct arena *arena;
    struct time_point published; /* day DATE_NONE: not known */
    struct time_point narrative; /* what was told last */
    bool history;                /* a text about times long before its publication */
    /* Where the story of a history is: what gives its dates their year.  A year named in
     * passing ("until 1976") doesn't move it, one that opens a sentence does. */
    struct time_point story;
    bool leads; /* the phrase opens its sentence */
};

void phrase_resolve(struct resolver *r, const struct phrase *p,
                    enum direction direction, struct when *out);
/* The Gregorian Easter Sunday. */
int32_t easter_day(int32_t year);

#endif
