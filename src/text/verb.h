/* verb.h - verbs that shape what follows them. */
#ifndef CORROB_TEXT_VERB_H
#define CORROB_TEXT_VERB_H

#include "text/text.h"

/* Verbs whose content is a clause: "said", "believes", "reported". */
bool verb_speaks(const struct token *t);
/* "She told [her men] to leave", "forced", "urged": the object does what follows. */
bool verb_controls(const struct token *t);
/* "gave [them] bread": two objects. */
bool verb_gives(const struct token *t);

#endif
