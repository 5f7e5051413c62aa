/* dateline.h - where and when an agency's report was written, in front of its first words.
 *
 *     KARSK, Oct 10 (BPA) - Police fired at the crowd.
 *     dateline_end(text, 0)    the index of "Police"
 *
 * Told by its form alone, so that it is known before the words are analysed: it begins a
 * paragraph in capitals, nothing in it is in small letters but "and" and the like, and a
 * dash with blanks around it parts it from a sentence that begins with a capital.
 */
#ifndef CORROB_TEXT_DATELINE_H
#define CORROB_TEXT_DATELINE_H

#include "text/text.h"

/* The token behind the dateline's dash; the sentence's first where it has no dateline. */
uint32_t dateline_end(const struct text *text, uint32_t sentence);

#endif
