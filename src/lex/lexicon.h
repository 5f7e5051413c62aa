/* lexicon.h - the user's own actors, read at run time from a table of his.
 *
 *     karsk water board	ARN	GOV	organization
 *     ada venn	VOR	OPP	person
 *
 * A line: words, country, sector, type and, if wanted, form, parted by tabs, as
 * data/en/actors.tsv has them; "#" begins a comment, a first line of column names is
 * passed over.  docs/actors.md tells it to users.
 */
#ifndef CORROB_LEX_LEXICON_H
#define CORROB_LEX_LEXICON_H

#include "base/arena.h"
#include "base/err.h"
#include "lex/lex.h"

struct lexicon {
    struct lex_table actors; /* its columns are those of lex_actors */
};

/* Reads the bytes of such a file; keys point into the arena.  False with *err telling
 * the line when one is not understood: nothing is passed over silently. */
bool lexicon_read(struct arena *arena, struct str tsv, struct lexicon *out,
                  struct err *err);

#endif
