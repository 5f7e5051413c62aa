/* network.h - tags, lemmas and trees of all sentences by the trained model. */
#ifndef CORROB_TEXT_NETWORK_H
#define CORROB_TEXT_NETWORK_H

#include "text/text.h"
#include "text/word.h"

/* Fills upos, xpos, lemma, head and rel of all tokens.  The dictionary (words[i]: token
 * i's entry or NULL) knows lemmas that the treebanks don't have.  A dateline is read as a
 * sentence of its own and hangs on the root.  The result has a label for each token (model/names.h): where the model sees names. */
const uint8_t *network_analyse(struct arena *arena, const struct text_tools *tools,
                               const struct word *const *words, struct text *text);

#endif
