/* sentence.h - the tokens of a paragraph into sentences.
 *
 *     "He stopped. Then he left"      two sentences
 *     "\"Stop!\" he said."            one
 */
#ifndef CORROB_TEXT_SENTENCE_H
#define CORROB_TEXT_SENTENCE_H

#include "text/boundary.h"

/* The longest sentence in tokens; a longer one is cut there, so that what later stages
 * spend on one sentence is bounded. */
#define SENTENCE_TOKENS_MAX 512

/* For the trainer: sees each doubtful gap and says whether the sentence ends there. */
struct boundary_watch {
    void *context;
    bool (*ends)(void *context, const struct boundary_gap *gap);
};

/* Adds the sentences of text.token[first..] to the text, in the paragraph `paragraph`.
 * watch: NULL but where boundaries are learnt. */
void sentences_cut(struct arena *arena, struct text *text, uint32_t first,
                   uint32_t paragraph, const struct boundary_watch *watch);

#endif
