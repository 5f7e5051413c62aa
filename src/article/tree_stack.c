/* Nodes, the stack of open elements, and the list of active formatting elements. */
#include "article/tree_int.h"

/* Open elements at once: an end tag may look at all of them. */
#define OPEN_LIMIT 4096

static struct tree_node *node_at(const struct tree *t, uint32_t node)
{
    return &t->node.at[node];
}

void tree_append(struct tree *t, uint32_t parent, uint32_t node)
{
    struct tree_node *p = node_at(t, parent), *n = node_at(t, node);

    n->parent = parent;
    n->before = p->last;
    n->next = 0;
    if (p->last > 0)
        node_at(t, p->last)->next = node;
    else
        p->first = node;
    p->last = node;
}

static void insert_before(struct tree *t, uint32_t other, uint32_t node)
{
    struct tree_node *o = node_at(t, other), *n = node_at(t, node);

    n->parent = o->parent;
    n->next = other;
    n->before = o->before;
    if (o->before > 0)
        node_at(t, o->before)->next = node;
    else
        node_at(t, o->parent)->first = node;
    o->before = node;
}

void tree_remove(struct tree *t, uint32_t node)
{
    struct tree_node *n = node_at(t, node), *p = node_at(t, n->parent);

    if (n->before > 0)
        node_at(t, n->before)->next = n->next;
    else if (p->first == node)
        p->first = n->next;
    if (n->next > 0)
        node_at(t, n->next)->before = n->before;
    else if (p->last == node)
        p->last = n->before;
    n->before = n->next = 0;
}

/* Where text and elements go that may not stand in a table: before it. */
static void place_by_table(struct tree *t, uint32_t node)
{
    uint32_t i = t->open.count - 1;

    while (i > 0 && !tree_is(t, t->open.at[i], ELEMENT_TABLE) &&
           !tree_is(t, t->open.at[i], ELEMENT_TEMPLATE))
        i--;
    if (i > 0 && tree_is(t, t->open.at[i], ELEMENT_TABLE) &&
        node_at(t, t->open.at[i])->parent > 0)
        insert_before(t, t->open.at[i], node);
    else
        tree_append(
            t,
            t->open.at[i > 0 && tree_is(t, t->open.at[i], ELEMENT_TABLE) ? i - 1 : i],
            node);
}

void tree_place(struct tree *t, uint32_t node, uint32_t target)
{
    const struct tree_node *n = node_at(t, target);

    if (t->foster && n->space == TREE_HTML &&
        element_is((enum element)n->element, ELEMENT_OF_TABLE))
        place_by_table(t, node);
    else
        tree_append(t, target, node);
}

static uint32_t new_node(struct tree *t, enum element e)
{
    struct tree_node *n = PUSH(t->arena, &t->node);

    n->element = (uint8_t)e;
    if (t->node.count > DOM_NODES_LIMIT)
        t->full = true;
    return t->node.count - 1;
}

void tree_push(struct tree *t, uint32_t node)
{
    *PUSH(t->arena, &t->open) = node;
    node_at(t, node)->open = true;
    t->paragraphs += node_at(t, node)->element == ELEMENT_P;
    if (t->open.count > OPEN_LIMIT)
        t->full = true;
}

uint32_t tree_insert(struct tree *t, const struct tree_tag *tag, enum tree_space space)
{
    uint32_t node = new_node(t, tag->element);
    struct tree_node *n = node_at(t, node);

    n->space = (uint8_t)space;
    n->from = tag->name.len > 0 ? (uint32_t)(tag->name.ptr - t->page.ptr) : 0;
    n->to = n->from + (uint32_t)tag->name.len;
    n->attr = tag->attr;
    n->attrs = tag->attrs;
    tree_place(t, node, tree_current(t));
    tree_push(t, node);
    return node;
}

uint32_t tree_insert_plain(struct tree *t, enum element e)
{
    return tree_insert(t, &(struct tree_tag){ .element = e }, TREE_HTML);
}

void tree_insert_text(struct tree *t, uint32_t from, uint32_t to, bool raw)
{
    uint32_t node;

    if (from >= to)
        return;
    node = new_node(t, ELEMENT_TEXT);
    node_at(t, node)->from = from;
    node_at(t, node)->to = to;
    node_at(t, node)->raw = raw;
    tree_place(t, node, tree_current(t));
}

/* Not in the tree yet, nor open. */
uint32_t tree_clone(struct tree *t, uint32_t node)
{
    uint32_t clone = new_node(t, (enum element)node_at(t, node)->element);
    const struct tree_node *old = node_at(t, node);
    struct tree_node *n = node_at(t, clone);

    n->from = old->from;
    n->to = old->to;
    n->attr = old->attr;
    n->attrs = old->attrs;
    return clone;
}

/* ---- open elements ---- */

static void closed(struct tree *t, uint32_t node)
{
    node_at(t, node)->open = false;
    t->paragraphs -= node_at(t, node)->element == ELEMENT_P;
}

void tree_pop(struct tree *t)
{
    if (t->open.count > 1) /* <html> stays */
        closed(t, t->open.at[--t->open.count]);
}

void tree_pop_until(struct tree *t, enum element e)
{
    while (t->open.count > 1) {
        bool last = tree_at(t, e);

        tree_pop(t);
        if (last)
            return;
    }
}

void tree_pop_through(struct tree *t, uint32_t node)
{
    while (t->open.count > 1 && node_at(t, node)->open)
        tree_pop(t);
}

void tree_drop_open(struct tree *t, uint32_t node)
{
    uint32_t i = t->open.count;

    while (i > 0 && t->open.at[i - 1] != node)
        i--;
    if (i == 0)
        return;
    memmove(&t->open.at[i - 1], &t->open.at[i],
            (t->open.count - i) * sizeof *t->open.at);
    t->open.count--;
    closed(t, node);
}

void tree_close_implied(struct tree *t, enum element but)
{
    for (;;) {
        const struct tree_node *n = node_at(t, tree_current(t));

        if (n->space != TREE_HTML || n->element == but ||
            !element_is((enum element)n->element, ELEMENT_IMPLIED))
            return;
        tree_pop(t);
    }
}

bool tree_integrates(const struct tree *t, uint32_t node)
{
    const struct tree_node *n = node_at(t, node);

    if (n->space == TREE_SVG)
        return str_in_fold(tree_name(t, n), "foreignobject|desc|title");
    return n->space == TREE_MATH && str_in_fold(tree_name(t, n), "mi|mo|mn|ms|mtext");
}

static bool ends_scope(const struct tree *t, uint32_t node, enum scope scope)
{
    const struct tree_node *n = node_at(t, node);
    enum element e = (enum element)n->element;

    if (n->space != TREE_HTML)
        return scope < SCOPE_TABLE && tree_integrates(t, node);
    switch (scope) {
    case SCOPE_SELECT: return e != ELEMENT_OPTGROUP && e != ELEMENT_OPTION;
    case SCOPE_TABLE:
        return e == ELEMENT_HTML || e == ELEMENT_TABLE || e == ELEMENT_TEMPLATE;
    case SCOPE_BUTTON:
        if (e == ELEMENT_BUTTON)
            return true;
        break;
    case SCOPE_LIST:
        if (e == ELEMENT_OL || e == ELEMENT_UL)
            return true;
        break;
    case SCOPE_ANY: break;
    }
    return element_is(e, ELEMENT_SCOPE);
}

bool tree_in_scope(const struct tree *t, enum element e, enum scope scope)
{
    for (uint32_t i = t->open.count; i > 0; i--) {
        if (tree_is(t, t->open.at[i - 1], e))
            return true;
        if (ends_scope(t, t->open.at[i - 1], scope))
            return false;
    }
    return false;
}

bool tree_has_open(const struct tree *t, enum element e)
{
    for (uint32_t i = t->open.count; i > 0; i--)
        if (tree_is(t, t->open.at[i - 1], e))
            return true;
    return false;
}

void tree_close_p(struct tree *t)
{
    if (t->paragraphs == 0 || !tree_in_scope(t, ELEMENT_P, SCOPE_BUTTON))
        return;
    tree_close_implied(t, ELEMENT_P);
    tree_pop_until(t, ELEMENT_P);
}

/* ---- active formatting elements ---- */

void format_mark(struct tree *t)
{
    *PUSH(t->arena, &t->format) = 0;
}

void format_clear(struct tree *t)
{
    while (t->format.count > 0 && t->format.at[--t->format.count] > 0)
        ;
}

static void format_cut(struct tree *t, uint32_t at)
{
    t->format.count--;
    memmove(&t->format.at[at], &t->format.at[at + 1],
            (t->format.count - at) * sizeof *t->format.at);
}

void format_drop(struct tree *t, uint32_t node)
{
    for (uint32_t i = t->format.count; i > 0; i--)
        if (t->format.at[i - 1] == node) {
            format_cut(t, i - 1);
            return;
        }
}

static bool same_attrs(const struct tree *t, const struct tree_node *a,
                       const struct tree_node *b)
{
    if (a->element != b->element || a->attrs != b->attrs)
        return false;
    for (uint32_t i = 0; i < a->attrs; i++) {
        const struct dom_attr *x = &t->attr.at[a->attr + i],
                              *y = &t->attr.at[b->attr + i];

        if (x->key != y->key || !str_eq(x->value, y->value))
            return false;
    }
    return true;
}

/* Of four that are the same the first one goes. */
void format_push(struct tree *t, uint32_t node)
{
    uint32_t same = 0, earliest = 0;

    for (uint32_t i = t->format.count; i > 0 && t->format.at[i - 1] > 0; i--)
        if (same_attrs(t, node_at(t, t->format.at[i - 1]), node_at(t, node))) {
            same++;
            earliest = i - 1;
        }
    if (same >= 3)
        format_cut(t, earliest);
    *PUSH(t->arena, &t->format) = node;
}

static bool is_closed(const struct tree *t, uint32_t i)
{
    return t->format.at[i] > 0 && !node_at(t, t->format.at[i])->open;
}

void format_reopen(struct tree *t)
{
    uint32_t i = t->format.count;

    while (i > 0 && is_closed(t, i - 1))
        i--;
    for (; i < t->format.count; i++) {
        uint32_t clone = tree_clone(t, t->format.at[i]);

        tree_place(t, clone, tree_current(t));
        tree_push(t, clone);
        t->format.at[i] = clone;
    }
}

uint32_t format_last(const struct tree *t, enum element e)
{
    for (uint32_t i = t->format.count; i > 0 && t->format.at[i - 1] > 0; i--)
        if (tree_is(t, t->format.at[i - 1], e))
            return t->format.at[i - 1];
    return 0;
}
