/* lookup.h - the words of a text in the dictionary. */
#ifndef CORROB_TEXT_LOOKUP_H
#define CORROB_TEXT_LOOKUP_H

#include "text/text.h"
#include "text/word.h"

/* Fills lower of all tokens; the result has token i's entry in the dictionary, or NULL. */
const struct word *const *text_look_up(struct arena *arena, struct text *text);

#endif
