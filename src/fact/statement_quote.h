/* statement_quote.h - quotation marks paired: which words are somebody's own.
 *
 *     “A,” he said, “B.”         two quotations
 *     “A.                        no closing mark: goes on to the end of the paragraph;
 *     “B.”                       the next one opens again, as long speech is set
 *
 * All the marks that newspapers use: “ ” " ‘ ’ ' « » „ `` ''.  A mark inside another
 * pair is part of the words.
 */
#ifndef CORROB_FACT_STATEMENT_QUOTE_H
#define CORROB_FACT_STATEMENT_QUOTE_H

#include "base/arena.h"
#include "text/text.h"

struct quotation {
    uint32_t open,
        close; /* bytes, marks included; close at the paragraph's end if none */
    uint32_t start, end;    /* bytes, without marks and blanks */
    uint32_t first, tokens; /* those that lie within start..end */
    uint32_t paragraph;
    bool closed;
};

struct quotations {
    ARRAY(struct quotation) at;
    uint32_t *of; /* for each token of the text: index, or TOKEN_NONE */
};

struct quotations quotations_read(struct arena *arena, const struct text *text);

#endif
