/* tag.h - parts of speech and lemmas by rules: the way without a trained model.
 *
 *     Troops/NNS entered/VBD the/DT city/NN
 *     to enter/VB    has entered/VBN    the entered/VBN city
 *
 * The dictionary says what a form can be and which use is the commonest; what may follow
 * what (a verb hardly follows "the") decides between them, over the whole sentence.
 */
#ifndef CORROB_TEXT_TAG_H
#define CORROB_TEXT_TAG_H

#include "text/text.h"
#include "text/word.h"

/* Fills lower of all tokens; words[i] is token i's entry in the dictionary or NULL. */
const struct word *const *text_look_up(struct arena *arena, struct text *text);

/* Fills xpos, upos and lemma of the tokens of one sentence.  upos is that of the tag
 * alone; the relations refine it (upos_refine). */
void tag_sentence(struct text *text, const struct sentence *s,
                  const struct word *const *words);

/* Part of speech by tag, form and relation: "that" is a DET in "that man", else a PRON;
 * a form of "be" is AUX; "after" with a clause is SCONJ. */
enum upos upos_refine(const struct token *t);

#endif
