/* entity.h - character references of markup.
 *
 *     "AT&amp;T", "caf&eacute;", "&#8217;"   ->   "AT&T", "café", "’"
 */
#ifndef CORROB_ARTICLE_ENTITY_H
#define CORROB_ARTICLE_ENTITY_H

#include "base/arena.h"
#include "base/str.h"

/* s with its references resolved and line ends as "\n"; s itself where it has none.  In an
 * attribute "&copy=1" is no reference. */
struct str entity_text(struct arena *arena, struct str s, bool attribute);

#define ENTITY_NAME_MAX 31

struct entity_name {
    char name[ENTITY_NAME_MAX + 1];
    uint32_t code, second; /* second: 0 for nearly all */
    bool bare;             /* "&copy" is one too */
};

extern const struct entity_name entity_names[]; /* ascending */
extern const uint32_t entity_name_count;

#endif
