/* parts.h - the engine's situation report, in parts: a screen shows what it has room for.
 *
 * The engine writes a story as one <article> with sections that have ids ("s1-stands",
 * "s1-tolls", …) and links between them ("#e84", "#f12").  A screen holds some of the
 * sections; links to what stands on another screen are led there.
 */
#ifndef CORROB_SERVE_PARTS_H
#define CORROB_SERVE_PARTS_H

#include "serve/visit.h"

/* "said" -> "Statements"; NULL for what is no part with a page of its own. */
const char *parts_name(struct str part);
/* html: of store_situation.  part absent: the first screen, with links to the rest. */
void parts_write(struct visit *v, struct markup *m, int64_t story, struct str html,
                 struct str part);

#endif
