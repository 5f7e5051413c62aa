/* keep.h - a reading made small: what stories and reports need of it, and no more.
 *
 *     struct keeper k = { .arena = &job_arena };
 *     const struct facts *f = keep_facts(&k, &reading->facts);
 *
 * Tokens, markup and all that was needed to read it are left behind, and words that many
 * reports have ("said", "GOV", "killed") are held once, so that a report takes some ten
 * kilobytes instead of some hundred.
 */
#ifndef CORROB_ENGINE_KEEP_H
#define CORROB_ENGINE_KEEP_H

#include "base/table.h"
#include "fact/fact.h"

struct keeper {
    struct arena *arena;
    struct table shared; /* short words; the value of each is 1 */
    struct str from, to; /* the text that is being kept, and its copy */
};

/* Deep copies in k->arena of facts, text, article and page.  text.token is empty, as are
 * page.body and article.pieces; indices of tokens lead nowhere. */
const struct facts *keep_facts(struct keeper *k, const struct facts *facts);

#endif
