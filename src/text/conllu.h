/* conllu.h - sentences and words given as CoNLL-U, taken as they are.
 *
 *     # newdoc id = a1
 *     # newpar
 *     1-2   don't   …
 *     1     do      …
 *     2     n't     …
 *
 * Of a word only its form and SpaceAfter=No are read: the rest is for us to find.  Lines
 * that can't be understood are passed over; fewer words come then, never an error.
 */
#ifndef CORROB_TEXT_CONLLU_H
#define CORROB_TEXT_CONLLU_H

#include "text/text.h"

/* The text that the words make: forms and their blanks, "\n\n" before "# newpar". */
struct str conllu_text(struct arena *arena, struct str body);
/* Tokens and sentences of the same body; text->article->text is what conllu_text gave. */
void conllu_tokens(struct arena *arena, struct str body, struct text *text);
/* "a1" of "# newdoc id = a1", or absent. */
struct str conllu_id(struct str body);

#endif
