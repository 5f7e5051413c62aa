/* appeal.h - words in which a page speaks to its reader and of itself, not of the news.
 *
 *     "Sign up for our newsletter and follow us on Facebook."   call 2, house 2, network 1
 *     "Ann Lee is a senior reporter based in Velm."             bio 2
 *     "The minister resigned on Friday."                        nothing
 *
 * One such word says little - people in the news buy and sign, too - but how many of a
 * paragraph's words are of these kinds is the same sign on every site, in every layout.
 * The words stand in data/en/appeals.tsv, also those of other languages than English.
 */
#ifndef CORROB_ARTICLE_APPEAL_H
#define CORROB_ARTICLE_APPEAL_H

#include "base/str.h"

enum appeal {
    APPEAL_READER,  /* "you" */
    APPEAL_HOUSE,   /* "our newsroom" */
    APPEAL_CALL,    /* "sign up" */
    APPEAL_TRADE,   /* "affiliate links" */
    APPEAL_BIO,     /* "is a senior reporter" */
    APPEAL_CREDIT,  /* "additional reporting by" */
    APPEAL_CONTACT, /* "opening hours" */
    APPEAL_LEGAL,   /* "all rights reserved" */
    APPEAL_NETWORK, /* "Facebook" */
    APPEAL_TALK,    /* "let us know" */
    APPEAL_FUND,    /* "your contribution" */
    APPEAL_COUNT
};

struct appeals {
    uint32_t of[APPEAL_COUNT]; /* how often */
    uint32_t words;            /* of the text that are part of one */
    uint32_t all;              /* words that were read, 300 at most */
};

struct appeals appeals_in(struct str text);

#endif
