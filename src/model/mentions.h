/* mentions.h - names out of a treebank's mentions of people, organizations and places.
 *
 *     (Entity=person: the American singer "Claire Bailey-Ross", 34)
 *     the name in it: Claire Bailey - Ross
 *
 * GUM brackets whole noun phrases, names or not.  A phrase whose head is a proper noun
 * holds a name: the head with what is flat, compound or capitalised around it.
 */
#ifndef CORROB_MODEL_MENTIONS_H
#define CORROB_MODEL_MENTIONS_H

#include "model/corpus.h"

/* Fills names of a sentence's words by their misc column ("Entity=..."). */
void mentions_to_names(struct corpus *c, uint32_t sentence);

#endif
