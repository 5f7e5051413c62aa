/* tree.h - the JSON of a reading as a tree of views, for taking many in quickly.
 *
 *     const struct node *reading = tree_read(arena, line, &err);
 *
 *     tree_str(reading, "title")                      "Dam bursts in Tarvo"
 *     tree_str(tree_get(reading, "outlet"), "name")   absent where there is none
 *
 * Strict as RFC 8259 has it, UTF-8 only, 64 levels at most.  Members that the store has
 * no row for (sentences, mentions and their like) are read over: they have no children.
 * Strings without escapes are views of the line, others lie in the arena.
 */
#ifndef CORROB_STORE_TREE_H
#define CORROB_STORE_TREE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum node_kind {
    NODE_NULL,
    NODE_TRUE,
    NODE_FALSE,
    NODE_NUMBER,
    NODE_STRING,
    NODE_LIST,
    NODE_OBJECT
};

struct node {
    enum node_kind kind;
    struct str key;    /* of a member */
    struct str text;   /* of a string; of a number its digits */
    size_t start, end; /* bytes of the line, quotes and brackets in */
    struct node *child, *next;
};

/* NULL with *err set when the line is no JSON object. */
const struct node *tree_read(struct arena *arena, struct str line, struct err *err);

/* NULL: not there. */
const struct node *tree_get(const struct node *object, const char *name);
/* Absent: no string. */
struct str tree_str(const struct node *object, const char *name);
/* `otherwise`: no whole number. */
int64_t tree_i64(const struct node *n, int64_t otherwise);
/* False: no number. */
bool tree_real(const struct node *n, double *out);

#endif
