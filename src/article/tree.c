#include "article/tree.h"

#include "article/tree_int.h"

void tree_init(struct tree *t, struct arena *arena, struct str page, uint32_t tags)
{
    *t = (struct tree){ .arena = arena, .page = page, .frameset_ok = true };
    t->node.cap = tags + 64;
    t->node.at = NEW(arena, struct tree_node, t->node.cap);
    PUSH(arena, &t->node)->element = ELEMENT_OTHER;
    t->quirks = true;
}

/* What the standard says of the public identifiers of old doctypes. */
void tree_doctype(struct tree *t, struct str doctype)
{
    if (t->mode != IN_START)
        return;
    t->mode = BEFORE_HTML;
    t->quirks = !str_starts_fold(doctype, STR("<!doctype html")) ||
                str_find_fold(doctype, STR("//dtd html 3")) != STR_NPOS ||
                str_find_fold(doctype, STR("//dtd html 2")) != STR_NPOS ||
                (str_find_fold(doctype, STR("//dtd html 4.0")) != STR_NPOS &&
                 str_find_fold(doctype, STR("transitional")) != STR_NPOS &&
                 str_find_fold(doctype, STR("http://")) == STR_NPOS);
}

/* ---- <head> ---- */

static void open_template(struct tree *t, const struct tree_tag *tag)
{
    tree_insert(t, tag, TREE_HTML);
    format_mark(t);
    t->frameset_ok = false;
    t->mode = IN_TEMPLATE;
    *PUSH(t->arena, &t->templates) = IN_TEMPLATE;
}

static bool leave_head(struct tree *t)
{
    tree_pop(t);
    t->mode = AFTER_HEAD;
    return false;
}

bool head_start(struct tree *t, const struct tree_tag *tag)
{
    switch ((int)tag->element) {
    case ELEMENT_HTML:
    case ELEMENT_HEAD: return true;
    case ELEMENT_NOSCRIPT:
        tree_insert(t, tag, TREE_HTML);
        t->mode = IN_HEAD_NOSCRIPT;
        return true;
    case ELEMENT_TEMPLATE: open_template(t, tag); return true;
    default: break;
    }
    if (!element_is(tag->element, ELEMENT_OF_HEAD))
        return leave_head(t);
    tree_insert(t, tag, TREE_HTML);
    if (element_is(tag->element, ELEMENT_VOID))
        tree_pop(t);
    return true;
}

static void close_template(struct tree *t)
{
    if (!tree_has_open(t, ELEMENT_TEMPLATE))
        return;
    tree_pop_until(t, ELEMENT_TEMPLATE);
    format_clear(t);
    t->templates.count -= t->templates.count > 0;
    tree_reset_mode(t);
}

bool head_end(struct tree *t, const struct tree_tag *tag)
{
    switch ((int)tag->element) {
    case ELEMENT_HEAD: leave_head(t); return true;
    case ELEMENT_BODY:
    case ELEMENT_HTML:
    case ELEMENT_BR: return leave_head(t);
    case ELEMENT_TEMPLATE: close_template(t); return true;
    default: return true;
    }
}

static bool leave_noscript(struct tree *t)
{
    tree_pop(t);
    t->mode = IN_HEAD;
    return false;
}

static bool noscript_start(struct tree *t, const struct tree_tag *tag)
{
    switch ((int)tag->element) {
    case ELEMENT_HTML:
    case ELEMENT_HEAD:
    case ELEMENT_NOSCRIPT: return true;
    case ELEMENT_BASEFONT:
    case ELEMENT_BGSOUND:
    case ELEMENT_LINK:
    case ELEMENT_META:
    case ELEMENT_NOFRAMES:
    case ELEMENT_STYLE: return head_start(t, tag);
    default: return leave_noscript(t);
    }
}

static bool imply(struct tree *t, enum element e, enum tree_mode mode)
{
    uint32_t node = tree_insert_plain(t, e);

    if (e == ELEMENT_HEAD)
        t->head = node;
    t->mode = mode;
    return false;
}

static bool start_before_head(struct tree *t, const struct tree_tag *tag)
{
    if (tag->element == ELEMENT_HTML)
        return true;
    if (tag->element != ELEMENT_HEAD)
        return imply(t, ELEMENT_HEAD, IN_HEAD);
    t->head = tree_insert(t, tag, TREE_HTML);
    t->mode = IN_HEAD;
    return true;
}

static bool start_after_head(struct tree *t, const struct tree_tag *tag)
{
    enum element e = tag->element;

    if (e == ELEMENT_HTML || e == ELEMENT_HEAD)
        return true;
    if (e == ELEMENT_BODY || e == ELEMENT_FRAMESET) {
        tree_insert(t, tag, TREE_HTML);
        t->frameset_ok &= e != ELEMENT_BODY;
        t->mode = e == ELEMENT_BODY ? IN_BODY : IN_FRAMESET;
        return true;
    }
    if (!element_is(e, ELEMENT_OF_HEAD))
        return imply(t, ELEMENT_BODY, IN_BODY);
    tree_push(t, t->head);
    head_start(t, tag);
    tree_drop_open(t, t->head);
    return true;
}

/* ---- <select>, <template>, <frameset> ---- */

static bool leave_select(struct tree *t)
{
    if (!tree_in_scope(t, ELEMENT_SELECT, SCOPE_SELECT))
        return true;
    tree_pop_until(t, ELEMENT_SELECT);
    tree_reset_mode(t);
    return false;
}

static bool is_table_part(enum element e)
{
    return e == ELEMENT_TABLE ||
           (element_is(e, ELEMENT_CELL) && e != ELEMENT_COL && e != ELEMENT_COLGROUP);
}

static bool start_in_select(struct tree *t, const struct tree_tag *tag)
{
    switch ((int)tag->element) {
    case ELEMENT_OPTION:
    case ELEMENT_OPTGROUP:
        if (tree_at(t, ELEMENT_OPTION))
            tree_pop(t);
        if (tag->element == ELEMENT_OPTGROUP && tree_at(t, ELEMENT_OPTGROUP))
            tree_pop(t);
        tree_insert(t, tag, TREE_HTML);
        return true;
    case ELEMENT_SELECT: leave_select(t); return true;
    case ELEMENT_INPUT:
    case ELEMENT_KEYGEN:
    case ELEMENT_TEXTAREA: return leave_select(t);
    case ELEMENT_SCRIPT:
    case ELEMENT_TEMPLATE: return head_start(t, tag);
    default: break;
    }
    if (t->mode != IN_SELECT_TABLE || !is_table_part(tag->element))
        return true;
    tree_pop_until(t, ELEMENT_SELECT);
    tree_reset_mode(t);
    return false;
}

static bool end_in_select(struct tree *t, const struct tree_tag *tag)
{
    switch ((int)tag->element) {
    case ELEMENT_OPTGROUP:
        if (tree_at(t, ELEMENT_OPTION) && t->open.count > 1 &&
            tree_is(t, t->open.at[t->open.count - 2], ELEMENT_OPTGROUP))
            tree_pop(t);
        if (tree_at(t, ELEMENT_OPTGROUP))
            tree_pop(t);
        return true;
    case ELEMENT_OPTION:
        if (tree_at(t, ELEMENT_OPTION))
            tree_pop(t);
        return true;
    case ELEMENT_SELECT: leave_select(t); return true;
    case ELEMENT_TEMPLATE: return head_end(t, tag);
    default: break;
    }
    if (t->mode != IN_SELECT_TABLE || !is_table_part(tag->element) ||
        !tree_in_scope(t, tag->element, SCOPE_TABLE))
        return true;
    tree_pop_until(t, ELEMENT_SELECT);
    tree_reset_mode(t);
    return false;
}

static enum tree_mode mode_in_template(enum element e)
{
    switch ((int)e) {
    case ELEMENT_CAPTION:
    case ELEMENT_COLGROUP:
    case ELEMENT_TBODY:
    case ELEMENT_TFOOT:
    case ELEMENT_THEAD: return IN_TABLE;
    case ELEMENT_COL: return IN_COLUMNS;
    case ELEMENT_TR: return IN_TABLE_BODY;
    case ELEMENT_TD:
    case ELEMENT_TH: return IN_ROW;
    default: return IN_BODY;
    }
}

static bool start_in_template(struct tree *t, const struct tree_tag *tag)
{
    if (element_is(tag->element, ELEMENT_OF_HEAD))
        return head_start(t, tag);
    t->mode = mode_in_template(tag->element);
    if (t->templates.count > 0)
        t->templates.at[t->templates.count - 1] = (uint8_t)t->mode;
    return false;
}

static bool start_in_frameset(struct tree *t, const struct tree_tag *tag)
{
    if (tag->element == ELEMENT_NOFRAMES)
        return head_start(t, tag);
    if (t->mode != IN_FRAMESET)
        return true;
    if (tag->element == ELEMENT_FRAMESET || tag->element == ELEMENT_FRAME)
        tree_insert(t, tag, TREE_HTML);
    if (tag->element == ELEMENT_FRAME)
        tree_pop(t);
    return true;
}

static bool end_in_frameset(struct tree *t, const struct tree_tag *tag)
{
    if (t->mode == IN_FRAMESET && tag->element == ELEMENT_FRAMESET) {
        tree_pop(t);
        if (!tree_at(t, ELEMENT_FRAMESET))
            t->mode = AFTER_FRAMESET;
    }
    return true;
}

/* ---- modes ---- */

static enum tree_mode mode_of(const struct tree *t, uint32_t i)
{
    enum element e = (enum element)t->node.at[t->open.at[i]].element;

    switch ((int)e) {
    case ELEMENT_SELECT:
        for (uint32_t k = i; k > 0; k--)
            if (tree_is(t, t->open.at[k], ELEMENT_TEMPLATE))
                break;
            else if (tree_is(t, t->open.at[k], ELEMENT_TABLE))
                return IN_SELECT_TABLE;
        return IN_SELECT;
    case ELEMENT_TD:
    case ELEMENT_TH: return i > 0 ? IN_CELL : TREE_MODES;
    case ELEMENT_TR: return IN_ROW;
    case ELEMENT_TBODY:
    case ELEMENT_THEAD:
    case ELEMENT_TFOOT: return IN_TABLE_BODY;
    case ELEMENT_CAPTION: return IN_CAPTION;
    case ELEMENT_COLGROUP: return IN_COLUMNS;
    case ELEMENT_TABLE: return IN_TABLE;
    case ELEMENT_TEMPLATE:
        return t->templates.count > 0
                   ? (enum tree_mode)t->templates.at[t->templates.count - 1]
                   : IN_BODY;
    case ELEMENT_HEAD: return i > 0 ? IN_HEAD : TREE_MODES;
    case ELEMENT_BODY: return IN_BODY;
    case ELEMENT_FRAMESET: return IN_FRAMESET;
    case ELEMENT_HTML: return t->head > 0 ? AFTER_HEAD : BEFORE_HEAD;
    default: return TREE_MODES;
    }
}

void tree_reset_mode(struct tree *t)
{
    t->mode = IN_BODY;
    for (uint32_t i = t->open.count; i > 0; i--) {
        enum tree_mode mode = TREE_MODES;

        if (t->node.at[t->open.at[i - 1]].space == TREE_HTML)
            mode = mode_of(t, i - 1);
        if (mode != TREE_MODES) {
            t->mode = mode;
            return;
        }
    }
}

static bool before_html_start(struct tree *t, const struct tree_tag *tag)
{
    if (tag->element != ELEMENT_HTML)
        return imply(t, ELEMENT_HTML, BEFORE_HEAD);
    tree_insert(t, tag, TREE_HTML);
    t->mode = BEFORE_HEAD;
    return true;
}

static bool start_once(struct tree *t, const struct tree_tag *tag)
{
    switch ((int)t->mode) {
    case IN_START: t->mode = BEFORE_HTML; return false;
    case BEFORE_HTML: return before_html_start(t, tag);
    case BEFORE_HEAD: return start_before_head(t, tag);
    case IN_HEAD: return head_start(t, tag);
    case IN_HEAD_NOSCRIPT: return noscript_start(t, tag);
    case AFTER_HEAD: return start_after_head(t, tag);
    case IN_SELECT:
    case IN_SELECT_TABLE: return start_in_select(t, tag);
    case IN_TEMPLATE: return start_in_template(t, tag);
    case IN_FRAMESET:
    case AFTER_FRAMESET: return start_in_frameset(t, tag);
    case AFTER_BODY:
        if (tag->element == ELEMENT_HTML)
            return true;
        t->mode = IN_BODY;
        return false;
    case IN_BODY: return body_start(t, tag);
    default: return table_start(t, tag);
    }
}

/* An end tag before <body>: those that a body could have make one. */
static bool early_end(struct tree *t, const struct tree_tag *tag)
{
    enum element e = tag->element;
    bool opens = e == ELEMENT_BODY || e == ELEMENT_HTML || e == ELEMENT_BR;

    if (t->mode == IN_START) {
        t->mode = BEFORE_HTML;
        return false;
    }
    if (!opens && (e != ELEMENT_HEAD || t->mode == AFTER_HEAD))
        return t->mode == AFTER_HEAD && e == ELEMENT_TEMPLATE ? head_end(t, tag) : true;
    switch ((int)t->mode) {
    case BEFORE_HTML: return imply(t, ELEMENT_HTML, BEFORE_HEAD);
    case BEFORE_HEAD: return imply(t, ELEMENT_HEAD, IN_HEAD);
    default: return imply(t, ELEMENT_BODY, IN_BODY);
    }
}

static bool end_once(struct tree *t, const struct tree_tag *tag)
{
    switch ((int)t->mode) {
    case IN_START:
    case BEFORE_HTML:
    case BEFORE_HEAD:
    case AFTER_HEAD: return early_end(t, tag);
    case IN_HEAD: return head_end(t, tag);
    case IN_HEAD_NOSCRIPT:
        if (tag->element == ELEMENT_NOSCRIPT || tag->element == ELEMENT_BR) {
            leave_noscript(t);
            return tag->element == ELEMENT_NOSCRIPT;
        }
        return true;
    case IN_SELECT:
    case IN_SELECT_TABLE: return end_in_select(t, tag);
    case IN_TEMPLATE: return tag->element == ELEMENT_TEMPLATE ? head_end(t, tag) : true;
    case IN_FRAMESET:
    case AFTER_FRAMESET: return end_in_frameset(t, tag);
    case AFTER_BODY:
        if (tag->element == ELEMENT_HTML)
            return true;
        t->mode = IN_BODY;
        return false;
    case IN_BODY: return body_end(t, tag);
    default: return table_end(t, tag);
    }
}

/* ---- drawings and formulas ---- */

static bool is_foreign(const struct tree *t)
{
    return t->open.count > 0 && t->node.at[tree_current(t)].space != TREE_HTML;
}

/* True when the tag belongs to the drawing. */
static bool foreign_start(struct tree *t, const struct tree_tag *tag)
{
    enum tree_space space = (enum tree_space)t->node.at[tree_current(t)].space;

    if (tree_integrates(t, tree_current(t)))
        return false;
    if (element_is(tag->element, ELEMENT_LEAVES_SVG)) {
        while (is_foreign(t) && !tree_integrates(t, tree_current(t)))
            tree_pop(t);
        return false;
    }
    tree_insert(t, tag, space);
    if (tag->closed)
        tree_pop(t);
    return true;
}

static bool foreign_end(struct tree *t, const struct tree_tag *tag)
{
    for (uint32_t i = t->open.count; i > 1; i--) {
        const struct tree_node *n = &t->node.at[t->open.at[i - 1]];

        if (n->space == TREE_HTML)
            return false;
        if (str_eq_fold(tree_name(t, n), tag->name)) {
            tree_pop_through(t, t->open.at[i - 1]);
            return true;
        }
    }
    return false;
}

#define WORK_LIMIT 30000000 /* half a second; a page of 5 MB has 8 million */
#define MODES_TRIED 32      /* more than any tag goes through */

/* Thousands of elements that stay open are walked past by each tag. */
static void count_work(struct tree *t)
{
    t->work += t->open.count + t->format.count;
    if (t->work > WORK_LIMIT)
        t->full = true;
}

void tree_start(struct tree *t, const struct tree_tag *tag)
{
    count_work(t);
    if (is_foreign(t) && foreign_start(t, tag))
        return;
    for (int i = 0; i < MODES_TRIED && !start_once(t, tag); i++)
        ;
}

void tree_end(struct tree *t, const struct tree_tag *tag)
{
    count_work(t);
    if (is_foreign(t) && foreign_end(t, tag))
        return;
    for (int i = 0; i < MODES_TRIED && !end_once(t, tag); i++)
        ;
}

/* ---- text ---- */

static bool is_blank(const struct tree *t, uint32_t from, uint32_t to)
{
    while (from < to && ascii_is_space(t->page.ptr[from]) && t->page.ptr[from] != '\v')
        from++;
    return from == to;
}

/* Where text may not stand yet, or no more: opens what it needs.  False: it is dropped. */
static bool make_room(struct tree *t, bool blank)
{
    static const struct tree_tag some = { .element = ELEMENT_SPAN };

    switch ((int)t->mode) {
    case IN_START:
    case BEFORE_HTML:
    case BEFORE_HEAD:
        if (blank)
            return false;
        break;
    case IN_FRAMESET:
    case AFTER_FRAMESET: return blank;
    case IN_HEAD:
    case IN_HEAD_NOSCRIPT:
    case AFTER_HEAD:
        if (blank)
            return true;
        break;
    case AFTER_BODY: t->mode = blank ? AFTER_BODY : IN_BODY; return true;
    case IN_TEMPLATE: return true;
    case IN_COLUMNS:
        if (blank)
            return true;
        if (!tree_at(t, ELEMENT_COLGROUP))
            return false;
        tree_pop(t);
        t->mode = IN_TABLE;
        return true;
    default: return true;
    }
    for (int i = 0; i < MODES_TRIED && t->mode < IN_BODY; i++)
        start_once(t, &some);
    return true;
}

/* Text between the tags of a table. */
static bool is_fostered(const struct tree *t)
{
    return (t->mode == IN_TABLE || t->mode == IN_TABLE_BODY || t->mode == IN_ROW) &&
           element_is((enum element)t->node.at[tree_current(t)].element,
                      ELEMENT_OF_TABLE);
}

void tree_text(struct tree *t, uint32_t from, uint32_t to)
{
    bool blank;

    if (from == to)
        return;
    if (t->mode == IN_BODY && !t->frameset_ok && !is_foreign(t)) { /* nearly all */
        format_reopen(t);
        tree_insert_text(t, from, to, false);
        return;
    }
    blank = is_blank(t, from, to);
    if (!is_foreign(t) || tree_integrates(t, tree_current(t))) {
        if (!make_room(t, blank))
            return;
        t->foster = !blank && is_fostered(t);
        if (t->mode != IN_SELECT && t->mode != IN_SELECT_TABLE && t->mode >= IN_BODY &&
            t->mode < IN_FRAMESET && !(blank && is_fostered(t)))
            format_reopen(t);
    }
    t->frameset_ok &= blank;
    tree_insert_text(t, from, to, false);
    t->foster = false;
}

void tree_raw(struct tree *t, const struct tree_tag *tag, uint32_t from, uint32_t to)
{
    uint32_t before = t->node.count, node;

    tree_start(t, tag);
    node = tree_current(t);
    if (node < before || t->node.at[node].element != tag->element)
        return;
    tree_insert_text(t, from, to,
                     tag->element != ELEMENT_TITLE && tag->element != ELEMENT_TEXTAREA);
    tree_pop(t);
}

void tree_finish(struct tree *t)
{
    static const struct tree_tag some = { .element = ELEMENT_SPAN };

    for (int i = 0; i < MODES_TRIED && t->mode < IN_BODY; i++)
        start_once(t, &some);
}
