/* The rules of <body>, which those of tables and the rest fall back on. */
#include "article/tree_int.h"

/* ---- start tags ---- */

static void insert_formatted(struct tree *t, const struct tree_tag *tag)
{
    format_reopen(t);
    tree_insert(t, tag, TREE_HTML);
}

static void insert_paragraph(struct tree *t, const struct tree_tag *tag)
{
    tree_close_p(t);
    tree_insert(t, tag, TREE_HTML);
}

static void insert_heading(struct tree *t, const struct tree_tag *tag)
{
    const struct tree_node *n;

    tree_close_p(t);
    n = &t->node.at[tree_current(t)];
    if (n->space == TREE_HTML && element_is((enum element)n->element, ELEMENT_HEADING))
        tree_pop(t);
    tree_insert(t, tag, TREE_HTML);
}

static bool ends_item(enum element item, enum element e)
{
    return item == ELEMENT_LI ? e == ELEMENT_LI : e == ELEMENT_DD || e == ELEMENT_DT;
}

/* <li>, <dd>, <dt>: the item before it ends. */
static void insert_item(struct tree *t, const struct tree_tag *tag)
{
    t->frameset_ok = false;
    for (uint32_t i = t->open.count; i > 0; i--) {
        const struct tree_node *n = &t->node.at[t->open.at[i - 1]];
        enum element e = (enum element)n->element;

        if (n->space == TREE_HTML && ends_item(tag->element, e)) {
            tree_close_implied(t, e);
            tree_pop_until(t, e);
            break;
        }
        if (n->space != TREE_HTML
                ? tree_integrates(t, t->open.at[i - 1])
                : element_is(e, ELEMENT_SPECIAL) && e != ELEMENT_ADDRESS &&
                      e != ELEMENT_DIV && e != ELEMENT_P)
            break;
    }
    insert_paragraph(t, tag);
}

static void insert_format(struct tree *t, const struct tree_tag *tag)
{
    uint32_t before = tag->element == ELEMENT_A ? format_last(t, ELEMENT_A) : 0;

    if (before > 0) {
        format_end(t, tag);
        format_drop(t, before);
        tree_drop_open(t, before);
    }
    format_reopen(t);
    if (tag->element == ELEMENT_NOBR && tree_in_scope(t, ELEMENT_NOBR, SCOPE_ANY)) {
        format_end(t, tag);
        format_reopen(t);
    }
    format_push(t, tree_insert(t, tag, TREE_HTML));
}

static void insert_button(struct tree *t, const struct tree_tag *tag)
{
    if (tree_in_scope(t, ELEMENT_BUTTON, SCOPE_ANY)) {
        tree_close_implied(t, ELEMENT_TEXT);
        tree_pop_until(t, ELEMENT_BUTTON);
    }
    insert_formatted(t, tag);
    t->frameset_ok = false;
}

static void insert_form(struct tree *t, const struct tree_tag *tag)
{
    bool template = tree_has_open(t, ELEMENT_TEMPLATE);
    uint32_t form;

    if (t->form > 0 && !template)
        return;
    tree_close_p(t);
    form = tree_insert(t, tag, TREE_HTML);
    if (!template)
        t->form = form;
}

static void insert_table(struct tree *t, const struct tree_tag *tag)
{
    if (!t->quirks)
        tree_close_p(t);
    tree_insert(t, tag, TREE_HTML);
    t->frameset_ok = false;
    t->mode = IN_TABLE;
}

static void insert_select(struct tree *t, const struct tree_tag *tag)
{
    insert_formatted(t, tag);
    t->frameset_ok = false;
    t->mode = t->mode >= IN_TABLE && t->mode <= IN_CELL ? IN_SELECT_TABLE : IN_SELECT;
}

static void insert_frameset(struct tree *t, const struct tree_tag *tag)
{
    if (!t->frameset_ok || t->open.count < 2 ||
        !tree_is(t, t->open.at[1], ELEMENT_BODY))
        return;
    tree_remove(t, t->open.at[1]);
    tree_pop_through(t, t->open.at[1]);
    tree_insert(t, tag, TREE_HTML);
    t->mode = IN_FRAMESET;
}

static void insert_ruby_part(struct tree *t, const struct tree_tag *tag)
{
    bool text = tag->element == ELEMENT_RP || tag->element == ELEMENT_RT;

    if (tree_in_scope(t, ELEMENT_RUBY, SCOPE_ANY))
        tree_close_implied(t, text ? ELEMENT_RTC : ELEMENT_TEXT);
    tree_insert(t, tag, TREE_HTML);
}

static void insert_foreign(struct tree *t, const struct tree_tag *tag)
{
    format_reopen(t);
    tree_insert(t, tag, tag->element == ELEMENT_SVG ? TREE_SVG : TREE_MATH);
    if (tag->closed)
        tree_pop(t);
}

/* Elements that have no content, or whose content is no markup. */
static void insert_small(struct tree *t, const struct tree_tag *tag)
{
    enum element e = tag->element;

    if (e == ELEMENT_HR || e == ELEMENT_XMP)
        tree_close_p(t);
    if (e != ELEMENT_HR && e != ELEMENT_PARAM && e != ELEMENT_SOURCE &&
        e != ELEMENT_TRACK && e != ELEMENT_TEXTAREA && e != ELEMENT_IFRAME &&
        e != ELEMENT_NOEMBED)
        format_reopen(t);
    if (e != ELEMENT_PARAM && e != ELEMENT_SOURCE && e != ELEMENT_TRACK &&
        e != ELEMENT_NOEMBED)
        t->frameset_ok = false;
    tree_insert(t, tag, TREE_HTML);
    if (element_is(e, ELEMENT_VOID))
        tree_pop(t);
}

static void start_other(struct tree *t, const struct tree_tag *tag)
{
    struct tree_tag image = *tag;

    switch ((int)tag->element) {
    case ELEMENT_APPLET:
    case ELEMENT_MARQUEE:
    case ELEMENT_OBJECT:
        insert_formatted(t, tag);
        format_mark(t);
        t->frameset_ok = false;
        return;
    case ELEMENT_OPTGROUP:
    case ELEMENT_OPTION:
        if (tree_at(t, ELEMENT_OPTION))
            tree_pop(t);
        insert_formatted(t, tag);
        return;
    case ELEMENT_RB:
    case ELEMENT_RP:
    case ELEMENT_RT:
    case ELEMENT_RTC: insert_ruby_part(t, tag); return;
    case ELEMENT_MATH:
    case ELEMENT_SVG: insert_foreign(t, tag); return;
    case ELEMENT_IMAGE:
        image.element = ELEMENT_IMG;
        insert_small(t, &image);
        return;
    case ELEMENT_HTML:
    case ELEMENT_FRAME:
    case ELEMENT_HEAD: return;
    case ELEMENT_BODY: t->frameset_ok = false; return;
    case ELEMENT_FRAMESET: insert_frameset(t, tag); return;
    default: insert_formatted(t, tag); return;
    }
}

bool body_start(struct tree *t, const struct tree_tag *tag)
{
    enum element e = tag->element;

    if (element_is(e, ELEMENT_FORMAT))
        insert_format(t, tag);
    else if (element_is(e, ELEMENT_OF_HEAD))
        return head_start(t, tag);
    else if (element_is(e, ELEMENT_CLOSES_P)) {
        insert_paragraph(t, tag);
        if (e == ELEMENT_PRE || e == ELEMENT_LISTING)
            t->frameset_ok = false;
    } else if (element_is(e, ELEMENT_HEADING))
        insert_heading(t, tag);
    else if (e == ELEMENT_LI || e == ELEMENT_DD || e == ELEMENT_DT)
        insert_item(t, tag);
    else if (e == ELEMENT_TABLE)
        insert_table(t, tag);
    else if (element_is(e, ELEMENT_CELL))
        ; /* a part of a table outside of one */
    else if (e == ELEMENT_BUTTON)
        insert_button(t, tag);
    else if (e == ELEMENT_FORM)
        insert_form(t, tag);
    else if (e == ELEMENT_SELECT)
        insert_select(t, tag);
    else if (e != ELEMENT_FRAME && element_is(e, ELEMENT_VOID | ELEMENT_RAW))
        insert_small(t, tag);
    else
        start_other(t, tag);
    return true;
}

/* ---- end tags ---- */

void body_any_end(struct tree *t, const struct tree_tag *tag)
{
    for (uint32_t i = t->open.count; i > 1; i--) {
        uint32_t node = t->open.at[i - 1];
        const struct tree_node *n = &t->node.at[node];
        enum element e = (enum element)n->element;

        if (n->space != TREE_HTML) {
            if (tree_integrates(t, node))
                return;
            continue;
        }
        if (e == tag->element &&
            (e != ELEMENT_OTHER || str_eq_fold(tree_name(t, n), tag->name))) {
            tree_close_implied(t, e);
            tree_pop_through(t, node);
            return;
        }
        if (element_is(e, ELEMENT_SPECIAL))
            return;
    }
}

static void end_block(struct tree *t, enum element e, enum scope scope,
                      enum element but)
{
    if (!tree_in_scope(t, e, scope))
        return;
    tree_close_implied(t, but);
    tree_pop_until(t, e);
}

static void end_paragraph(struct tree *t)
{
    if (!tree_in_scope(t, ELEMENT_P, SCOPE_BUTTON))
        tree_insert_plain(t, ELEMENT_P);
    tree_close_p(t);
}

static bool heading_in_scope(const struct tree *t)
{
    for (int e = ELEMENT_H1; e <= ELEMENT_H6; e++)
        if (tree_in_scope(t, (enum element)e, SCOPE_ANY))
            return true;
    return false;
}

static void end_heading(struct tree *t)
{
    bool last = false;

    if (!heading_in_scope(t))
        return;
    tree_close_implied(t, ELEMENT_TEXT);
    while (!last && t->open.count > 1) {
        last = element_is((enum element)t->node.at[tree_current(t)].element,
                          ELEMENT_HEADING);
        tree_pop(t);
    }
}

static void end_form(struct tree *t)
{
    uint32_t form = t->form;

    if (tree_has_open(t, ELEMENT_TEMPLATE)) {
        end_block(t, ELEMENT_FORM, SCOPE_ANY, ELEMENT_TEXT);
        return;
    }
    t->form = 0;
    if (form == 0 || !t->node.at[form].open ||
        !tree_in_scope(t, ELEMENT_FORM, SCOPE_ANY))
        return;
    tree_close_implied(t, ELEMENT_TEXT);
    tree_drop_open(t, form);
}

static bool end_body(struct tree *t, bool html)
{
    if (!tree_in_scope(t, ELEMENT_BODY, SCOPE_ANY))
        return true;
    t->mode = AFTER_BODY;
    return !html;
}

bool body_end(struct tree *t, const struct tree_tag *tag)
{
    enum element e = tag->element;

    if (element_is(e, ELEMENT_FORMAT)) {
        format_end(t, tag);
    } else if (element_is(e, ELEMENT_ENDS_BLOCK)) {
        end_block(t, e, SCOPE_ANY, ELEMENT_TEXT);
    } else if (element_is(e, ELEMENT_HEADING)) {
        end_heading(t);
    } else {
        switch ((int)e) {
        case ELEMENT_P: end_paragraph(t); break;
        case ELEMENT_LI: end_block(t, e, SCOPE_LIST, e); break;
        case ELEMENT_DD:
        case ELEMENT_DT: end_block(t, e, SCOPE_ANY, e); break;
        case ELEMENT_FORM: end_form(t); break;
        case ELEMENT_BODY: return end_body(t, false);
        case ELEMENT_HTML: return end_body(t, true);
        case ELEMENT_TEMPLATE: return head_end(t, tag);
        case ELEMENT_BR:
            format_reopen(t);
            tree_insert_plain(t, ELEMENT_BR);
            tree_pop(t);
            break;
        case ELEMENT_APPLET:
        case ELEMENT_MARQUEE:
        case ELEMENT_OBJECT:
            if (tree_in_scope(t, e, SCOPE_ANY)) {
                end_block(t, e, SCOPE_ANY, ELEMENT_TEXT);
                format_clear(t);
            }
            break;
        default: body_any_end(t, tag);
        }
    }
    return true;
}
