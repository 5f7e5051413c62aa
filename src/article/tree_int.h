/* tree_int.h - what the files of the tree builder share: nodes, stack, formatting. */
#ifndef CORROB_ARTICLE_TREE_INT_H
#define CORROB_ARTICLE_TREE_INT_H

#include "article/tree.h"

enum scope { SCOPE_ANY, SCOPE_BUTTON, SCOPE_LIST, SCOPE_TABLE, SCOPE_SELECT };

static inline uint32_t tree_current(const struct tree *t)
{
    return t->open.count > 0 ? t->open.at[t->open.count - 1] : 0;
}

static inline bool tree_is(const struct tree *t, uint32_t node, enum element e)
{
    return t->node.at[node].element == e && t->node.at[node].space == TREE_HTML;
}

static inline bool tree_at(const struct tree *t, enum element e)
{
    return tree_is(t, tree_current(t), e);
}

static inline struct str tree_name(const struct tree *t, const struct tree_node *n)
{
    return str_slice(t->page, n->from, n->to);
}

uint32_t tree_insert(struct tree *t, const struct tree_tag *tag, enum tree_space space);
uint32_t tree_insert_plain(struct tree *t, enum element e);
void tree_insert_text(struct tree *t, uint32_t from, uint32_t to, bool raw);
/* At the end of target, or before the table where the standard says so. */
void tree_place(struct tree *t, uint32_t node, uint32_t target);
void tree_append(struct tree *t, uint32_t parent, uint32_t node);
void tree_remove(struct tree *t, uint32_t node);
uint32_t tree_clone(struct tree *t, uint32_t node);

void tree_pop(struct tree *t);
void tree_push(struct tree *t, uint32_t node);
/* Up to and with the innermost such element. */
void tree_pop_until(struct tree *t, enum element e);
void tree_pop_through(struct tree *t, uint32_t node);
void tree_close_implied(struct tree *t, enum element but);
bool tree_in_scope(const struct tree *t, enum element e, enum scope scope);
bool tree_has_open(const struct tree *t, enum element e);
void tree_close_p(struct tree *t);
/* Takes a node out of the stack wherever it is. */
void tree_drop_open(struct tree *t, uint32_t node);
/* Whether text and tags in this foreign element follow HTML's own rules. */
bool tree_integrates(const struct tree *t, uint32_t node);

void format_mark(struct tree *t);
void format_push(struct tree *t, uint32_t node);
void format_clear(struct tree *t);
/* Opens again what was closed by a block's end. */
void format_reopen(struct tree *t);
uint32_t format_last(const struct tree *t, enum element e);
void format_drop(struct tree *t, uint32_t node);
/* The end tag of a formatting element: "adoption agency". */
void format_end(struct tree *t, const struct tree_tag *tag);

void body_any_end(struct tree *t, const struct tree_tag *tag);
/* True: done; false: the mode has changed, look again. */
bool body_start(struct tree *t, const struct tree_tag *tag);
bool body_end(struct tree *t, const struct tree_tag *tag);
bool head_start(struct tree *t, const struct tree_tag *tag);
bool head_end(struct tree *t, const struct tree_tag *tag);
bool table_start(struct tree *t, const struct tree_tag *tag);
bool table_end(struct tree *t, const struct tree_tag *tag);
void tree_reset_mode(struct tree *t);

#endif
