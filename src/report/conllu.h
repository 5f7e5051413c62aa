/* conllu.h - the analysis of a report as CoNLL-U.
 *
 *     # newdoc id = a1
 *     # newpar
 *     # sent_id = a1-1
 *     # text = Antony Blinken didn't …
 *     1   Antony   Antony   PROPN   NNP   _   3   nsubj   _   NER=B-person
 *
 * Contractions are multiword tokens; MISC has SpaceAfter=No and NER=B-TYPE or I-TYPE
 * with the types of the entities.
 */
#ifndef CORROB_REPORT_CONLLU_H
#define CORROB_REPORT_CONLLU_H

#include "base/buf.h"
#include "text/text.h"

/* id: what "# newdoc id" says. */
void conllu_write(struct buf *out, const struct text *text, struct str id);

#endif
