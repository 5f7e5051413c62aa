/* shared_words.h - which words of two passages are the same, in the same order.
 *
 *     "At least nine people have drowned"
 *     "killing at least nine people"          shares "At least nine people"
 *
 * The longest common subsequence of words, case and punctuation aside.  A short word
 * alone ("the") is left out.  A passage of more words than the limit is compared up to
 * it; the rest counts as not shared.
 */
#ifndef CORROB_REPORT_SHARED_WORDS_H
#define CORROB_REPORT_SHARED_WORDS_H

#include "base/arena.h"
#include "base/str.h"
#include "fact/fact.h"

struct shared_words {
    ARRAY(struct span) a, b; /* runs of shared words, bytes of each passage */
};

struct shared_words shared_words(struct arena *arena, struct str a, struct str b);

#endif
