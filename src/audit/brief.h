/* brief.h - a brief as somebody typed it, Markdown or plain text, as text to be read.
 *
 *     "## Tolls\n- **31** people [were](x) killed[^1]\n"
 *     "Tolls\n\n31 people were killed\n\n"
 *
 * Each heading, list item and table row is a paragraph; lines that were only wrapped are
 * joined.  Front matter, code and the texts of footnotes are left out: they cite, they
 * don't state.
 */
#ifndef CORROB_AUDIT_BRIEF_H
#define CORROB_AUDIT_BRIEF_H

#include "base/arena.h"
#include "base/str.h"

struct str brief_text(struct arena *arena, struct str markdown);

#endif
