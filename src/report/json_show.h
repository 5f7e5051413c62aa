/* json_show.h - one stage of one report as JSON: what corrob show prints. */
#ifndef CORROB_REPORT_JSON_SHOW_H
#define CORROB_REPORT_JSON_SHOW_H

#include "base/json.h"
#include "fact/fact.h"

/* Whether there is such a stage: "page", "article", "raw", "text", "facts". */
bool json_show_knows(const char *stage);
/* An object. Offsets are bytes of article.text (of the page's body for furniture). */
void json_show(struct arena *arena, struct json *j, const char *stage,
               const struct facts *facts);

#endif
