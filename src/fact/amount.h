/* amount.h - how many: reads a number phrase as an interval, and keeps how it was said.
 *
 *     "26"                    26           26..26
 *     "more than 3,000"       >3000        3001..
 *     "about 2,500"           ~2500        2250..2750
 *     "between 20 and 30"     20-30        20..30
 *     "several dozen"         several:dozen  36..99
 *     "a dozen" 12, "half a dozen" 6, "2.5 million" 2500000, "3 lakh" 300000
 *     "no one"                0            0..0
 *
 * A hedge is part of the claim: the ministry did not say 3,000.  So it is kept as the
 * normal form `op`, from which the interval derives; what the field's projects count
 * differently ("dozens": 10, 12 or 24) can be derived anew from `op`.
 */
#ifndef CORROB_FACT_AMOUNT_H
#define CORROB_FACT_AMOUNT_H

#include "base/arena.h"
#include "base/str.h"

#define AMOUNT_OPEN INT64_MAX /* as high: the text sets no upper bound */

struct amount {
    int64_t low, high;   /* whole; a fraction ("4.5") lies between its neighbours */
    struct str op;       /* ">3000", "dozens", "20-30", "4.5" */
    size_t num, num_len; /* bytes of the number words alone, from the phrase's start */
    bool decimal;        /* the number has a fraction that is not whole */
    bool vague;          /* said without a number: "dozens", "several", "no" */
    bool spelled;        /* "six", "a dozen" */
    bool more;           /* "another 12", "a further 12": added to an earlier figure */
    bool strong;         /* "10,000-strong" */
    bool bare;           /* digits without separator, scale or hedge: may be a year */
    bool compound;       /* "26-year-old", "five-member": a word follows on a hyphen */
};

/* Reads the amount that s begins with ("26", "more than 3,000").  Returns the length in
 * bytes of its words, hedges included, or 0, *out untouched, when s begins with none:
 * "26th", "10:30", "2/3", "someone".  A currency sign may stand before the number
 * ("more than $3 million") and is part of the phrase, not of the number words. */
size_t amount_read(struct arena *arena, struct str s, struct amount *out);

/* Whether an amount may begin with this word in lower case: no false "no". */
bool amount_may_begin(struct str word);

/* Bytes of a currency sign that s begins with ("$", "US$", "€", "Rs"), or 0. */
size_t amount_currency(struct str s);

/* Whether one true count could satisfy both intervals. */
bool amount_agree(const struct amount *a, const struct amount *b);

#endif
