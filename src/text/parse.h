/* parse.h - a dependency tree by rules: who did what, for plain newspaper prose.
 *
 *     Troops entered the city , the ministry said .
 *     nsubj(entered, Troops) obj(entered, city) ccomp(said, entered) root(said)
 *
 * The way without a trained model.  One pass from left to right over the chunks of the
 * sentence; what it can't place hangs on the root as dep.
 */
#ifndef CORROB_TEXT_PARSE_H
#define CORROB_TEXT_PARSE_H

#include "text/text.h"
#include "text/word.h"

struct sketch;

/* Memory for sketches of sentences, one after the other. */
struct sketch *sketch_new(struct arena *arena);
/* Fills head and rel of the tokens of a sentence that has tags, and refines upos.
 * Exactly one token is the root. */
void parse_sentence(struct sketch *sketch, struct text *text, const struct sentence *s,
                    const struct word *const *words);

#endif
