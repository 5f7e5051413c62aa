/* Tables: their parts close each other, and what is no part goes before the table. */
#include "article/tree_int.h"

static bool is_section(enum element e)
{
    return e == ELEMENT_TBODY || e == ELEMENT_THEAD || e == ELEMENT_TFOOT;
}

static bool is_cell(enum element e)
{
    return e == ELEMENT_TD || e == ELEMENT_TH;
}

/* Pops to the innermost of what a table's part may stand in. */
static void clear_to(struct tree *t, enum tree_mode where)
{
    for (;;) {
        enum element e = (enum element)t->node.at[tree_current(t)].element;
        bool html = t->node.at[tree_current(t)].space == TREE_HTML;

        if (html && (e == ELEMENT_HTML || e == ELEMENT_TEMPLATE ||
                     (where == IN_TABLE && e == ELEMENT_TABLE) ||
                     (where == IN_TABLE_BODY && is_section(e)) ||
                     (where == IN_ROW && e == ELEMENT_TR)))
            return;
        tree_pop(t);
    }
}

static bool section_in_scope(const struct tree *t)
{
    return tree_in_scope(t, ELEMENT_TBODY, SCOPE_TABLE) ||
           tree_in_scope(t, ELEMENT_THEAD, SCOPE_TABLE) ||
           tree_in_scope(t, ELEMENT_TFOOT, SCOPE_TABLE);
}

/* Ends a section, a row: the mode around it, in which the tag is looked at again. */
static bool leave(struct tree *t, enum tree_mode where, enum tree_mode around)
{
    clear_to(t, where);
    tree_pop(t);
    t->mode = around;
    return false;
}

static bool end_table(struct tree *t)
{
    if (!tree_in_scope(t, ELEMENT_TABLE, SCOPE_TABLE))
        return true;
    tree_pop_until(t, ELEMENT_TABLE);
    tree_reset_mode(t);
    return false;
}

static bool enter(struct tree *t, const struct tree_tag *tag, enum tree_mode where,
                  enum tree_mode mode)
{
    clear_to(t, where);
    tree_insert(t, tag, TREE_HTML);
    t->mode = mode;
    return true;
}

/* A part whose wrapper was left out. */
static bool imply(struct tree *t, enum element e, enum tree_mode where,
                  enum tree_mode mode)
{
    clear_to(t, where);
    tree_insert_plain(t, e);
    t->mode = mode;
    return false;
}

/* As in <body>, but set before the table. */
static bool foster_start(struct tree *t, const struct tree_tag *tag)
{
    bool done;

    t->foster = true;
    done = body_start(t, tag);
    t->foster = false;
    return done;
}

static bool start_in_table(struct tree *t, const struct tree_tag *tag)
{
    switch ((int)tag->element) {
    case ELEMENT_CAPTION:
        clear_to(t, IN_TABLE);
        format_mark(t);
        return enter(t, tag, IN_TABLE, IN_CAPTION);
    case ELEMENT_COLGROUP: return enter(t, tag, IN_TABLE, IN_COLUMNS);
    case ELEMENT_COL: return imply(t, ELEMENT_COLGROUP, IN_TABLE, IN_COLUMNS);
    case ELEMENT_TBODY:
    case ELEMENT_TFOOT:
    case ELEMENT_THEAD: return enter(t, tag, IN_TABLE, IN_TABLE_BODY);
    case ELEMENT_TD:
    case ELEMENT_TH:
    case ELEMENT_TR: return imply(t, ELEMENT_TBODY, IN_TABLE, IN_TABLE_BODY);
    case ELEMENT_TABLE: return end_table(t);
    case ELEMENT_STYLE:
    case ELEMENT_SCRIPT:
    case ELEMENT_TEMPLATE: return head_start(t, tag);
    case ELEMENT_FORM:
        if (t->form == 0 && !tree_has_open(t, ELEMENT_TEMPLATE)) {
            t->form = tree_insert(t, tag, TREE_HTML);
            tree_pop(t);
        }
        return true;
    default: return foster_start(t, tag);
    }
}

static bool start_in_section(struct tree *t, const struct tree_tag *tag)
{
    enum element e = tag->element;

    if (e == ELEMENT_TR)
        return enter(t, tag, IN_TABLE_BODY, IN_ROW);
    if (is_cell(e))
        return imply(t, ELEMENT_TR, IN_TABLE_BODY, IN_ROW);
    if (element_is(e, ELEMENT_CELL))
        return section_in_scope(t) ? leave(t, IN_TABLE_BODY, IN_TABLE) : true;
    return start_in_table(t, tag);
}

static bool leave_row(struct tree *t)
{
    return tree_in_scope(t, ELEMENT_TR, SCOPE_TABLE) ? leave(t, IN_ROW, IN_TABLE_BODY)
                                                     : true;
}

static bool start_in_row(struct tree *t, const struct tree_tag *tag)
{
    if (is_cell(tag->element)) {
        enter(t, tag, IN_ROW, IN_CELL);
        format_mark(t);
        return true;
    }
    if (element_is(tag->element, ELEMENT_CELL))
        return leave_row(t);
    return start_in_table(t, tag);
}

static bool leave_cell(struct tree *t)
{
    if (!tree_in_scope(t, ELEMENT_TD, SCOPE_TABLE) &&
        !tree_in_scope(t, ELEMENT_TH, SCOPE_TABLE))
        return true;
    tree_close_implied(t, ELEMENT_TEXT);
    while (t->open.count > 1) {
        uint32_t node = tree_current(t);
        bool cell = is_cell((enum element)t->node.at[node].element) &&
                    t->node.at[node].space == TREE_HTML;

        tree_pop(t);
        if (cell)
            break;
    }
    format_clear(t);
    t->mode = IN_ROW;
    return false;
}

static bool leave_caption(struct tree *t)
{
    if (!tree_in_scope(t, ELEMENT_CAPTION, SCOPE_TABLE))
        return true;
    tree_close_implied(t, ELEMENT_TEXT);
    tree_pop_until(t, ELEMENT_CAPTION);
    format_clear(t);
    t->mode = IN_TABLE;
    return false;
}

static bool leave_columns(struct tree *t)
{
    if (!tree_at(t, ELEMENT_COLGROUP))
        return true;
    tree_pop(t);
    t->mode = IN_TABLE;
    return false;
}

bool table_start(struct tree *t, const struct tree_tag *tag)
{
    bool part = element_is(tag->element, ELEMENT_CELL);

    switch ((int)t->mode) {
    case IN_CAPTION: return part ? leave_caption(t) : body_start(t, tag);
    case IN_COLUMNS:
        if (tag->element == ELEMENT_TEMPLATE)
            return head_start(t, tag);
        if (tag->element != ELEMENT_COL)
            return leave_columns(t);
        tree_insert(t, tag, TREE_HTML);
        tree_pop(t);
        return true;
    case IN_TABLE_BODY: return start_in_section(t, tag);
    case IN_ROW: return start_in_row(t, tag);
    case IN_CELL: return part ? leave_cell(t) : body_start(t, tag);
    default: return start_in_table(t, tag);
    }
}

/* ---- end tags ---- */

/* Tags that mean nothing where they stand. */
static bool is_stray(enum element e)
{
    return e == ELEMENT_BODY || e == ELEMENT_HTML || element_is(e, ELEMENT_CELL);
}

static bool end_in_table(struct tree *t, const struct tree_tag *tag)
{
    bool done;

    if (tag->element == ELEMENT_TABLE) {
        end_table(t);
        return true;
    }
    if (is_stray(tag->element))
        return true;
    if (tag->element == ELEMENT_TEMPLATE)
        return head_end(t, tag);
    t->foster = true;
    done = body_end(t, tag);
    t->foster = false;
    return done;
}

static bool end_in_section(struct tree *t, const struct tree_tag *tag)
{
    if (is_section(tag->element)) {
        if (tree_in_scope(t, tag->element, SCOPE_TABLE))
            leave(t, IN_TABLE_BODY, IN_TABLE);
        return true;
    }
    if (tag->element == ELEMENT_TABLE)
        return section_in_scope(t) ? leave(t, IN_TABLE_BODY, IN_TABLE) : true;
    return end_in_table(t, tag);
}

static bool end_in_row(struct tree *t, const struct tree_tag *tag)
{
    if (tag->element == ELEMENT_TR) {
        leave_row(t);
        return true;
    }
    if (tag->element == ELEMENT_TABLE ||
        (is_section(tag->element) && tree_in_scope(t, tag->element, SCOPE_TABLE)))
        return leave_row(t);
    return end_in_table(t, tag);
}

static bool end_in_cell(struct tree *t, const struct tree_tag *tag)
{
    enum element e = tag->element;

    if (is_cell(e)) {
        if (!tree_in_scope(t, e, SCOPE_TABLE))
            return true;
        tree_close_implied(t, ELEMENT_TEXT);
        tree_pop_until(t, e);
        format_clear(t);
        t->mode = IN_ROW;
        return true;
    }
    if (element_is(e, ELEMENT_OF_TABLE))
        return tree_in_scope(t, e, SCOPE_TABLE) ? leave_cell(t) : true;
    return is_stray(e) ? true : body_end(t, tag);
}

bool table_end(struct tree *t, const struct tree_tag *tag)
{
    enum element e = tag->element;

    switch ((int)t->mode) {
    case IN_CAPTION:
        if (e == ELEMENT_CAPTION) {
            leave_caption(t);
            return true;
        }
        if (e == ELEMENT_TABLE)
            return leave_caption(t);
        return is_stray(e) ? true : body_end(t, tag);
    case IN_COLUMNS:
        if (e == ELEMENT_COLGROUP || e == ELEMENT_COL) {
            if (e == ELEMENT_COLGROUP)
                leave_columns(t);
            return true;
        }
        return e == ELEMENT_TEMPLATE ? head_end(t, tag) : leave_columns(t);
    case IN_TABLE_BODY: return end_in_section(t, tag);
    case IN_ROW: return end_in_row(t, tag);
    case IN_CELL: return end_in_cell(t, tag);
    default: return end_in_table(t, tag);
    }
}
