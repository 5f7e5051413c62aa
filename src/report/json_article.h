/* json_article.h - one report with its facts as JSON: corrob.article/1 (docs/formats).
 *
 * Keys stand in the order of the format and are absent when unknown.  Offsets are in
 * Unicode code points of the text.
 */
#ifndef CORROB_REPORT_JSON_ARTICLE_H
#define CORROB_REPORT_JSON_ARTICLE_H

#include "base/arena.h"
#include "base/json.h"
#include "fact/fact.h"

/* The object; id is what output calls the report ("…-2" for a repeated input). */
void json_article(struct arena *arena, struct json *j, const struct facts *facts,
                  struct str id);
/* A day as "2022-01-07" when it is known. */
void json_day(struct arena *arena, struct json *j, const char *key, int32_t day);
/* "low" and "high"; null where the interval is open. */
void json_interval(struct json *j, int64_t low, int64_t high);
/* The coordinates of a point that is located. */
void json_point(struct json *j, bool located, double lat, double lon);
/* Key and true, when it is. */
void json_flag(struct json *j, const char *key, bool truth);

#endif
