/* jsonld.h - the JSON-LD of a page, read leniently into a flat tree.
 *
 *     struct ld ld = { 0 };
 *     ld_add(arena, script, &ld);                       each <script type=application/ld+json>
 *     uint32_t a = ld_article(&ld, url);                the NewsArticle and the like
 *     ld_string(&ld, a, "headline")
 *
 * One page in thirty has blocks that break the rules of JSON: line ends inside strings,
 * commas before brackets, comments around them.  All that can be understood is.
 */
#ifndef CORROB_ARTICLE_JSONLD_H
#define CORROB_ARTICLE_JSONLD_H

#include "base/arena.h"
#include "base/str.h"

#define LD_NONE UINT32_MAX

enum ld_type { LD_OBJECT, LD_ARRAY, LD_STRING, LD_WORD };

struct ld_node {
    enum ld_type type;
    struct str key;   /* in an object */
    struct str value; /* of a string, escapes and HTML references resolved; of a word */
    uint32_t end;     /* one past its last descendant */
};

struct ld {
    ARRAY(struct ld_node) node;
};

/* Adds the values of one script. */
void ld_add(struct arena *arena, struct str script, struct ld *ld);

/* The member of an object, or LD_NONE. */
uint32_t ld_get(const struct ld *ld, uint32_t object, const char *key);
/* A string member, or the "name", "@id" or first element of what stands there; absent
 * when it isn't there. */
struct str ld_string(const struct ld *ld, uint32_t object, const char *key);
/* Whether an object's @type is, or lists, the type. */
bool ld_is(const struct ld *ld, uint32_t object, const char *type);
/* The object that describes the article of this page: of several the one with this
 * address or headline, else the first.  LD_NONE when there is none. */
uint32_t ld_article(const struct ld *ld, struct str url, struct str title);
/* The object that an {"@id": ...} alone refers to, else itself. */
uint32_t ld_resolve(const struct ld *ld, uint32_t object);

/* Text with the HTML references that JSON strings and old pages keep ("&amp;", "&#39;")
 * resolved, blanks folded and tags left out. */
struct str ld_plain(struct arena *arena, struct str s);

#endif
