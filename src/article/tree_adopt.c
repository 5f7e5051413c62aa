/* The end tag of a formatting element that other elements have grown into:
 *
 *     <b>one<p>two</b>three</p>   ->   <b>one</b><p><b>two</b>three</p>
 */
#include "article/tree_int.h"

static uint32_t index_in(const uint32_t *at, uint32_t count, uint32_t node)
{
    while (count > 0 && at[count - 1] != node)
        count--;
    return count; /* 1 + index */
}

static bool node_in_scope(const struct tree *t, uint32_t node)
{
    for (uint32_t i = t->open.count; i > 0; i--) {
        const struct tree_node *n = &t->node.at[t->open.at[i - 1]];

        if (t->open.at[i - 1] == node)
            return true;
        if (n->space == TREE_HTML ? element_is((enum element)n->element, ELEMENT_SCOPE)
                                  : tree_integrates(t, t->open.at[i - 1]))
            return false;
    }
    return false;
}

/* The first element opened in f that is no mere formatting: index in the stack, or 0. */
static uint32_t furthest_block(const struct tree *t, uint32_t f)
{
    for (uint32_t i = f + 1; i < t->open.count; i++) {
        const struct tree_node *n = &t->node.at[t->open.at[i]];

        if (n->space == TREE_HTML
                ? element_is((enum element)n->element, ELEMENT_SPECIAL)
                : tree_integrates(t, t->open.at[i]))
            return i;
    }
    return 0;
}

static void cut(uint32_t *at, uint32_t *count, uint32_t i)
{
    --*count;
    memmove(at + i, at + i + 1, (*count - i) * sizeof *at);
}

/* Clones the formatting elements between f and the block, each around the one before;
 * gives the outermost.  *bookmark: where in the list f's clone will stand. */
static uint32_t wrap(struct tree *t, uint32_t f, uint32_t block, uint32_t *bookmark)
{
    uint32_t last = t->open.at[block], furthest = last, i = block;

    for (int inner = 1; t->open.at[--i] != f; inner++) {
        uint32_t node = t->open.at[i], clone;
        uint32_t listed = index_in(t->format.at, t->format.count, node);

        if (inner > 3 && listed > 0) {
            cut(t->format.at, &t->format.count, listed - 1);
            *bookmark -= listed - 1 < *bookmark;
            listed = 0;
        }
        if (listed == 0) {
            tree_drop_open(t, node);
            continue;
        }
        clone = tree_clone(t, node);
        t->node.at[node].open = false;
        t->node.at[clone].open = true;
        t->format.at[listed - 1] = clone;
        t->open.at[i] = clone;
        if (last == furthest)
            *bookmark = listed;
        tree_remove(t, last);
        tree_append(t, clone, last);
        last = clone;
    }
    return last;
}

static void move_children(struct tree *t, uint32_t from, uint32_t to)
{
    uint32_t child;

    while ((child = t->node.at[from].first) > 0) {
        tree_remove(t, child);
        tree_append(t, to, child);
    }
}

static void list_at(struct tree *t, uint32_t node, uint32_t at)
{
    *PUSH(t->arena, &t->format) = 0;
    at = at < t->format.count ? at : t->format.count - 1;
    memmove(&t->format.at[at + 1], &t->format.at[at],
            (t->format.count - 1 - at) * sizeof *t->format.at);
    t->format.at[at] = node;
}

static void open_behind(struct tree *t, uint32_t node, uint32_t other)
{
    uint32_t i = index_in(t->open.at, t->open.count, other);

    tree_push(t, 0); /* room */
    memmove(&t->open.at[i + 1], &t->open.at[i],
            (t->open.count - 1 - i) * sizeof *t->open.at);
    t->open.at[i] = node;
    t->node.at[node].open = true;
    t->node.at[0].open = false;
}

/* One round; false when nothing is left to do. */
static bool adopt(struct tree *t, const struct tree_tag *tag)
{
    uint32_t f = format_last(t, tag->element), at, block, ancestor, last, clone,
             furthest;
    uint32_t bookmark;

    if (f == 0) {
        body_any_end(t, tag);
        return false;
    }
    if (!t->node.at[f].open) {
        format_drop(t, f);
        return false;
    }
    if (!node_in_scope(t, f))
        return false;
    at = index_in(t->open.at, t->open.count, f) - 1;
    block = furthest_block(t, at);
    if (block == 0 || at == 0) {
        tree_pop_through(t, f);
        format_drop(t, f);
        return false;
    }
    ancestor = t->open.at[at - 1];
    furthest = t->open.at[block];
    bookmark = index_in(t->format.at, t->format.count, f) - 1;
    last = wrap(t, f, block, &bookmark);
    tree_remove(t, last);
    tree_place(t, last, ancestor);
    clone = tree_clone(t, f);
    move_children(t, furthest, clone);
    tree_append(t, furthest, clone);
    at = index_in(t->format.at, t->format.count, f) - 1;
    cut(t->format.at, &t->format.count, at);
    list_at(t, clone, bookmark - (at < bookmark));
    tree_drop_open(t, f);
    open_behind(t, clone, furthest);
    return true;
}

void format_end(struct tree *t, const struct tree_tag *tag)
{
    uint32_t top = tree_current(t);

    if (tree_is(t, top, tag->element) &&
        index_in(t->format.at, t->format.count, top) == 0) {
        tree_pop(t);
        return;
    }
    for (int outer = 0; outer < 8 && adopt(t, tag); outer++)
        ;
}
