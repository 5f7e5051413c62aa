/* json_situation.h - all reports side by side as JSON: corrob.situation/1. */
#ifndef CORROB_REPORT_JSON_SITUATION_H
#define CORROB_REPORT_JSON_SITUATION_H

#include "base/buf.h"
#include "story/story.h"

/* One object and a line end.  id[i] is what output calls report i. */
void json_situation(struct arena *arena, struct buf *out, const struct situation *s,
                    const struct str *id);

#endif
