/* tree_mend.h - trees that no sentence of English has, put right.
 *
 * The network knows what is likely, not what can't be.  What can't be, whatever it was
 * trained on:
 *
 *     "overran" as a preposition; "rejected" as an adjective of "aid" in "The emir rejected
 *     aid."; one thing that something is between; content of speech behind "once".
 */
#ifndef CORROB_TEXT_TREE_MEND_H
#define CORROB_TEXT_TREE_MEND_H

#include "text/text.h"
#include "text/word.h"

/* Changes tags, heads and relations of text->token.  words[i]: token i's entry in the
 * dictionary or NULL. */
void tree_mend(struct text *text, const struct word *const *words);

#endif
