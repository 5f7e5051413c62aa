/* title.h - which of the things that a page is called is its headline.
 *
 *     "Dam breaks | The Post"   <title>
 *     "Dam breaks"              <h1>, og:title
 *     "Three hurt at Velm dam"  JSON-LD               -> "Dam breaks"
 *
 * One headline is for readers, another for search engines, a third for those who link to
 * the page; the site's name hangs on some, a kicker on others.  No order of the sources is
 * right for all pages, so each candidate has a score: who says it, with whom, what it is
 * cut from, what of it the address has.  The weights are learnt by tools/train-titles from
 * pages with known titles (docs/pages.md).
 */
#ifndef CORROB_ARTICLE_TITLE_H
#define CORROB_ARTICLE_TITLE_H

#include "base/arena.h"
#include "base/str.h"

/* Who says it, and what was cut off for it.  The first four are the main sources. */
enum title_sign {
    TITLE_H1,
    TITLE_OG,
    TITLE_LD,
    TITLE_DOC, /* <title> */
    TITLE_TWITTER,
    TITLE_H1_LATER,
    TITLE_LD_ALT,
    TITLE_LD_NAME,
    TITLE_ITEMPROP,
    TITLE_OTHER,   /* <meta name=title>, headline, dc.title, parsely-title ... */
    TITLE_H2,      /* no candidate by itself */
    TITLE_H1_BARE, /* without the site's name */
    TITLE_OG_RAW,  /* with it */
    TITLE_DOC_RAW,
    TITLE_OG_NO_END, /* all but what follows the last bar or dash */
    TITLE_DOC_NO_END,
    TITLE_OG_NO_START, /* all but what stands before the first */
    TITLE_DOC_NO_START,
    TITLE_OG_START, /* what stands before the first */
    TITLE_DOC_START,
    TITLE_SIGNS
};

struct title_said {
    enum title_sign by;
    struct str text;
};

/* All that a page says, in any order, and what it is compared with. */
struct titles {
    ARRAY(struct title_said) said;
    struct str outlet, domain, section, url; /* absent where not known */
};

#define TITLE_MAIN 4
/* Behind the signs: which of the main sources say it together (16), how many with
 * Twitter's (6), how long it is (5), and the rest in order of their enumerators. */
enum title_feature {
    TITLE_TOGETHER = TITLE_SIGNS,
    TITLE_COUNT = TITLE_TOGETHER + (1 << TITLE_MAIN),
    TITLE_LENGTH = TITLE_COUNT + TITLE_MAIN + 2,
    TITLE_LD_AND_H2 = TITLE_LENGTH + 5,
    TITLE_LD_AND_ALT,
    TITLE_CUT_SHORT, /* "Dam breaks in..." */
    TITLE_SITE,
    TITLE_BEGINS_OTHER, /* another candidate begins with it */
    TITLE_ENDS_OTHER,
    TITLE_HAS_BEGIN, /* it begins with another one */
    TITLE_HAS_END,
    TITLE_IN_URL, /* its share of words that the address has */
    TITLE_FEATURES
};

#define TITLE_CANDIDATES 32

struct title_candidate {
    struct str text;
    uint32_t signs;                  /* bits by enum title_sign */
    uint8_t feature[TITLE_FEATURES]; /* 0 .. 100 */
    char bare[300];
    size_t len;
};

extern const int16_t title_weights[TITLE_FEATURES]; /* title_weights.c */

/* The candidates of a page, in the order of what it says; how many. */
uint32_t title_candidates(const struct titles *t,
                          struct title_candidate out[TITLE_CANDIDATES]);
/* The best of them; absent when the page says nothing. */
struct str title_choose(const struct titles *t);

/* Letters and digits only, in lower case, of at most n bytes.
 *     "Dam breaks!" -> "dambreaks"   */
size_t title_bare(struct str s, char *out, size_t n);
/* Whether two names are the same but for case, blanks and marks, or one holds the
 * other ("The Post" in "thepost.com"). */
bool title_alike(struct str a, struct str b);

#endif
