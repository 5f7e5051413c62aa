/* head_word.h - the word of a phrase that names a happening.
 *
 *     head_lemma(STR("shot"))         "shoot"
 *     head_lemma(STR("deaths"))       "death"
 *     head_stem(STR("negotiation"))   the key of "negoti", as of "negotiate"
 */
#ifndef CORROB_STORY_HEAD_WORD_H
#define CORROB_STORY_HEAD_WORD_H

#include <stdint.h>

#include "base/str.h"

/* All take words in lower case. */

/* The dictionary's verb of the form, else its noun, else the form itself. */
struct str head_lemma(struct str lower);
/* A key that verbs and the nouns made of them mostly share. */
uint32_t head_stem(struct str lemma);
/* "up", "into": ends a phrase whose head stands before it. */
bool word_is_particle(struct str lower);
/* "may", "not", "to": what follows has not happened yet, or did not. */
bool word_leaves_open(struct str lower);

#endif
