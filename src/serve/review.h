/* review.h - decisions on facts, as pages show them; for src/serve only. */
#ifndef CORROB_SERVE_REVIEW_H
#define CORROB_SERVE_REVIEW_H

#include "serve/visit.h"
#include "store/review.h"

/* "58 people killed, said by the Interior Ministry, as of 11 Oct 2029": a fact, a JSON
 * object of corrob.article/1, in one line. */
struct str fact_words(struct arena *arena, struct str kind, struct str fact);
/* The decisions that hold on a story's facts, as a section; nothing when there are none. */
void say_decisions(struct visit *v, struct markup *m, int64_t story);
/* The decision on a span among those of a story, or NULL. */
const struct store_review *decision_on(const struct store_reviews *all,
                                       struct str report, int64_t start, int64_t end);
json_t *decisions_json(const struct store_reviews *all);
/* "/review?report=…&kind=…&start=…&end=…" */
void link_to_review(struct markup *m, struct str report, const char *kind,
                    int64_t start, int64_t end);

#endif
