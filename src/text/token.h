/* token.h - article text into words and sentences, in one pass over its bytes.
 *
 *     "He didn't stop at 9.30 a.m."      He did n't stop at 9.30 a.m .
 *     "the Russian-led bloc (CSTO)"      the Russian - led bloc ( CSTO )
 *     "2,500 troops, 100% of $5m"        2,500 troops , 100 % of $ 5m
 *
 * The conventions are those of the English treebanks of Universal Dependencies:
 * contractions and possessives are two words, hyphened compounds are split but for
 * prefixes ("non-stop", "anti-war") and telephone numbers, an abbreviation keeps its
 * stop unless the stop ends the sentence too.
 *
 * A blank line always ends a sentence; a line end alone does not (wrapped text), unless
 * the next line begins with a list mark.
 */
#ifndef CORROB_TEXT_TOKEN_H
#define CORROB_TEXT_TOKEN_H

#include "text/sentence.h"

/* Fills start, end, form, space_after and sentence of the tokens, and the sentences.
 * watch: NULL but where boundaries are learnt. */
void text_tokenize(struct arena *arena, struct text *text,
                   const struct boundary_watch *watch);

/* Whether a token is the second half of a contraction: "n't", "'s", "'", "not" of
 * "cannot"; before is the token before it, which it must touch. */
bool token_is_clitic(const struct token *before, const struct token *t);

#endif
