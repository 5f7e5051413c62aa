#include "article/dom.h"

#include <myhtml/myhtml.h>
#include <myhtml/tree.h>

#include "article/lean.h"
#include "base/buf.h"
#include "base/utf8.h"

/* Open elements at once; the parser walks all of them at each end tag.  Nesting is
 * refused before, but a drawing's <a> and <td> nest where a page's do not. */
#define OPEN_LIMIT 4096

static const struct str key_names[] = {
#define X(key, name) STR_INIT(name),
    DOM_KEYS(X)
#undef X
};

static const uint8_t tag_of[MyHTML_TAG_LAST_ENTRY] = {
    [MyHTML_TAG__TEXT] = DOM_TEXT,
    [MyHTML_TAG_A] = DOM_A,
    [MyHTML_TAG_ABBR] = DOM_ABBR,
    [MyHTML_TAG_ADDRESS] = DOM_ADDRESS,
    [MyHTML_TAG_ARTICLE] = DOM_ARTICLE,
    [MyHTML_TAG_ASIDE] = DOM_ASIDE,
    [MyHTML_TAG_AUDIO] = DOM_AUDIO,
    [MyHTML_TAG_B] = DOM_B,
    [MyHTML_TAG_BLOCKQUOTE] = DOM_BLOCKQUOTE,
    [MyHTML_TAG_BODY] = DOM_BODY,
    [MyHTML_TAG_BR] = DOM_BR,
    [MyHTML_TAG_BUTTON] = DOM_BUTTON,
    [MyHTML_TAG_CANVAS] = DOM_CANVAS,
    [MyHTML_TAG_CAPTION] = DOM_CAPTION,
    [MyHTML_TAG_CENTER] = DOM_CENTER,
    [MyHTML_TAG_CITE] = DOM_CITE,
    [MyHTML_TAG_CODE] = DOM_CODE,
    [MyHTML_TAG_DD] = DOM_DD,
    [MyHTML_TAG_DEL] = DOM_DEL,
    [MyHTML_TAG_DETAILS] = DOM_DETAILS,
    [MyHTML_TAG_DIALOG] = DOM_DIALOG,
    [MyHTML_TAG_DIV] = DOM_DIV,
    [MyHTML_TAG_DL] = DOM_DL,
    [MyHTML_TAG_DT] = DOM_DT,
    [MyHTML_TAG_EM] = DOM_EM,
    [MyHTML_TAG_EMBED] = DOM_EMBED,
    [MyHTML_TAG_FIELDSET] = DOM_FIELDSET,
    [MyHTML_TAG_FIGCAPTION] = DOM_FIGCAPTION,
    [MyHTML_TAG_FIGURE] = DOM_FIGURE,
    [MyHTML_TAG_FONT] = DOM_FONT,
    [MyHTML_TAG_FOOTER] = DOM_FOOTER,
    [MyHTML_TAG_FORM] = DOM_FORM,
    [MyHTML_TAG_H1] = DOM_H1,
    [MyHTML_TAG_H2] = DOM_H2,
    [MyHTML_TAG_H3] = DOM_H3,
    [MyHTML_TAG_H4] = DOM_H4,
    [MyHTML_TAG_H5] = DOM_H5,
    [MyHTML_TAG_H6] = DOM_H6,
    [MyHTML_TAG_HEAD] = DOM_HEAD,
    [MyHTML_TAG_HEADER] = DOM_HEADER,
    [MyHTML_TAG_HR] = DOM_HR,
    [MyHTML_TAG_HTML] = DOM_HTML,
    [MyHTML_TAG_I] = DOM_I,
    [MyHTML_TAG_IFRAME] = DOM_IFRAME,
    [MyHTML_TAG_IMG] = DOM_IMG,
    [MyHTML_TAG_INPUT] = DOM_INPUT,
    [MyHTML_TAG_INS] = DOM_INS,
    [MyHTML_TAG_LABEL] = DOM_LABEL,
    [MyHTML_TAG_LEGEND] = DOM_LEGEND,
    [MyHTML_TAG_LI] = DOM_LI,
    [MyHTML_TAG_LINK] = DOM_LINK,
    [MyHTML_TAG_MAIN] = DOM_MAIN,
    [MyHTML_TAG_MARK] = DOM_MARK,
    [MyHTML_TAG_MENU] = DOM_MENU,
    [MyHTML_TAG_META] = DOM_META,
    [MyHTML_TAG_NAV] = DOM_NAV,
    [MyHTML_TAG_NOSCRIPT] = DOM_NOSCRIPT,
    [MyHTML_TAG_OBJECT] = DOM_OBJECT,
    [MyHTML_TAG_OL] = DOM_OL,
    [MyHTML_TAG_OPTION] = DOM_OPTION,
    [MyHTML_TAG_P] = DOM_P,
    [MyHTML_TAG_PRE] = DOM_PRE,
    [MyHTML_TAG_Q] = DOM_Q,
    [MyHTML_TAG_S] = DOM_S,
    [MyHTML_TAG_SCRIPT] = DOM_SCRIPT,
    [MyHTML_TAG_SECTION] = DOM_SECTION,
    [MyHTML_TAG_SELECT] = DOM_SELECT,
    [MyHTML_TAG_SMALL] = DOM_SMALL,
    [MyHTML_TAG_SPAN] = DOM_SPAN,
    [MyHTML_TAG_STRIKE] = DOM_STRIKE,
    [MyHTML_TAG_STRONG] = DOM_STRONG,
    [MyHTML_TAG_STYLE] = DOM_STYLE,
    [MyHTML_TAG_SUB] = DOM_SUB,
    [MyHTML_TAG_SUMMARY] = DOM_SUMMARY,
    [MyHTML_TAG_SUP] = DOM_SUP,
    [MyHTML_TAG_SVG] = DOM_SVG,
    [MyHTML_TAG_TABLE] = DOM_TABLE,
    [MyHTML_TAG_TBODY] = DOM_TBODY,
    [MyHTML_TAG_TD] = DOM_TD,
    [MyHTML_TAG_TEMPLATE] = DOM_TEMPLATE,
    [MyHTML_TAG_TEXTAREA] = DOM_TEXTAREA,
    [MyHTML_TAG_TFOOT] = DOM_TFOOT,
    [MyHTML_TAG_TH] = DOM_TH,
    [MyHTML_TAG_THEAD] = DOM_THEAD,
    [MyHTML_TAG_TIME] = DOM_TIME,
    [MyHTML_TAG_TITLE] = DOM_TITLE,
    [MyHTML_TAG_TR] = DOM_TR,
    [MyHTML_TAG_U] = DOM_U,
    [MyHTML_TAG_UL] = DOM_UL,
    [MyHTML_TAG_VIDEO] = DOM_VIDEO,
    [MyHTML_TAG_WBR] = DOM_WBR,
    /* Words in a line like any other. */
    [MyHTML_TAG_ACRONYM] = DOM_SPAN,
    [MyHTML_TAG_BDI] = DOM_SPAN,
    [MyHTML_TAG_BDO] = DOM_SPAN,
    [MyHTML_TAG_BIG] = DOM_SPAN,
    [MyHTML_TAG_DFN] = DOM_SPAN,
    [MyHTML_TAG_KBD] = DOM_SPAN,
    [MyHTML_TAG_NOBR] = DOM_SPAN,
    [MyHTML_TAG_RUBY] = DOM_SPAN,
    [MyHTML_TAG_SAMP] = DOM_SPAN,
    [MyHTML_TAG_TT] = DOM_SPAN,
    [MyHTML_TAG_VAR] = DOM_SPAN,
};

/* The parser and its tree: malloced by it, so nothing may jump while they live. */
struct parser {
    myhtml_t *html;
    myhtml_tree_t *tree;
};

static void parser_close(struct parser *p)
{
    if (p->tree)
        myhtml_tree_destroy(p->tree);
    if (p->html)
        myhtml_destroy(p->html);
}

/* A run of text as the parser met it. */
struct run {
    uint32_t at, len; /* bytes of lean.html */
    bool taken;
};

/* What is learnt while the parser runs. */
struct watch {
    size_t nodes;
    struct run *run; /* ascending; their room was taken before */
    uint32_t runs, most;
};

static bool is_text(const myhtml_tree_node_t *n)
{
    return n && n->tag_id == MyHTML_TAG__TEXT;
}

/* The table that text straight in a table, its section or its row is set before. */
static myhtml_tree_node_t *table_around(myhtml_tree_node_t *n)
{
    for (int up = 0; n && up < 3; up++, n = n->parent) {
        if (n->tag_id == MyHTML_TAG_TABLE)
            return n;
        if (n->tag_id != MyHTML_TAG_TR && n->tag_id != MyHTML_TAG_TBODY &&
            n->tag_id != MyHTML_TAG_THEAD && n->tag_id != MyHTML_TAG_TFOOT)
            return NULL;
    }
    return NULL;
}

/* Where a text would be joined to the one before it, as in "one </x>two </x>three", a
 * comment parts them: joining copies all that came before, each time again. */
static void part_texts(myhtml_tree_t *tree)
{
    size_t open = tree->open_elements->length;
    myhtml_tree_node_t *node = open > 0 ? tree->open_elements->list[open - 1] : NULL;
    myhtml_tree_node_t *table = table_around(node), *comment;

    if (!node || !(table ? is_text(table->prev) : is_text(node->last_child)))
        return;
    comment = myhtml_tree_node_create(tree);
    if (!comment)
        return;
    comment->tag_id = MyHTML_TAG__COMMENT;
    if (table)
        myhtml_tree_node_insert_before(table, comment);
    else
        myhtml_tree_node_add_child(node, comment);
}

/* The parser joins "one " and "two" of "one </x>two" and forgets where they stood. */
static void *note_run(myhtml_tree_t *tree, myhtml_token_node_t *token, void *context)
{
    struct watch *w = context;

    if (token->tag_id == MyHTML_TAG__TEXT)
        part_texts(tree);
    if (token->tag_id == MyHTML_TAG__TEXT && w->runs < w->most && token->raw_length > 0)
        w->run[w->runs++] = (struct run){ (uint32_t)token->raw_begin,
                                          (uint32_t)token->raw_length, false };
    return context;
}

/* What is left of a page that goes on making nodes becomes text, tags and all: the parser
 * can't be stopped, and it makes one node of that. */
static void count_node(myhtml_tree_t *tree, myhtml_tree_node_t *node, void *context)
{
    struct watch *w = context;

    (void)node;
    if (++w->nodes > DOM_NODES_LIMIT || tree->open_elements->length > OPEN_LIMIT)
        tree->state = MyHTML_TOKENIZER_STATE_PLAINTEXT;
}

static bool parser_run(struct parser *p, struct str html, struct watch *watch)
{
    p->html = myhtml_create();
    p->tree = NULL;
    if (!p->html || myhtml_init(p->html, MyHTML_OPTIONS_PARSE_MODE_SINGLE, 1, 0) != 0)
        return false;
    p->tree = myhtml_tree_create();
    if (!p->tree || myhtml_tree_init(p->tree, p->html) != 0)
        return false;
    myhtml_tree_parse_flags_set(p->tree,
                                MyHTML_TREE_PARSE_FLAGS_WITHOUT_DOCTYPE_IN_TREE);
    myhtml_callback_tree_node_insert_set(p->tree, count_node, watch);
    myhtml_callback_before_token_done_set(p->tree, note_run, watch);
    return myhtml_parse(p->tree, MyENCODING_UTF_8, html.ptr, html.len) == 0;
}

static enum dom_tag our_tag(myhtml_tree_node_t *n)
{
    myhtml_tag_id_t id = myhtml_node_tag_id(n);

    return id < MyHTML_TAG_LAST_ENTRY ? (enum dom_tag)tag_of[id] : DOM_OTHER;
}

/* Drawings and style sheets hold much and say nothing. */
static bool is_kept(myhtml_tree_node_t *n)
{
    myhtml_tag_id_t id = myhtml_node_tag_id(n);

    return id != MyHTML_TAG__COMMENT && id != MyHTML_TAG_STYLE &&
           id != MyHTML_TAG_SVG && id != MyHTML_TAG_MATH && id != MyHTML_TAG__DOCTYPE;
}

/* The next node in document order, skipping the inside of nodes that are not kept.  *up
 * is how many elements end before it. */
static myhtml_tree_node_t *next_node(myhtml_tree_node_t *n, uint32_t *up)
{
    myhtml_tree_node_t *next = is_kept(n) ? myhtml_node_child(n) : NULL;

    *up = 0;
    if (next)
        return next;
    while (n && !(next = myhtml_node_next(n))) {
        n = myhtml_node_parent(n);
        ++*up;
    }
    return next;
}

struct need {
    size_t nodes, attrs, bytes;
    bool joined; /* some text was joined from several */
};

bool dom_key_of(struct str name, enum dom_key *key)
{
    /* The first of each length; where there is none, the first of all, which is shorter. */
    static const uint8_t first[] = {
        [3] = DOM_KEY_REL,
        [4] = DOM_KEY_ROLE,
        [5] = DOM_KEY_CLASS,
        [6] = DOM_KEY_HIDDEN,
        [7] = DOM_KEY_CONTENT,
        [8] = DOM_KEY_PROPERTY,
        [10] = DOM_KEY_HTTP_EQUIV,
        [11] = DOM_KEY_DATA_TESTID,
        [14] = DOM_KEY_DATA_COMPONENT,
    };

    if (name.len >= COUNT(first))
        return false;
    for (size_t i = first[name.len];
         i < COUNT(key_names) && key_names[i].len == name.len; i++)
        if (str_eq_fold(key_names[i], name)) {
            *key = (enum dom_key)i;
            return true;
        }
    return false;
}

static bool known_key(const char *name, size_t len, enum dom_key *key)
{
    return dom_key_of((struct str){ name, len }, key);
}

static void count_attrs(myhtml_tree_node_t *n, struct need *need)
{
    myhtml_tree_attr_t *a = myhtml_node_attribute_first(n);
    enum dom_key key;
    size_t len;

    for (; a; a = myhtml_attribute_next(a)) {
        const char *name = myhtml_attribute_key(a, &len);

        if (!name || !known_key(name, len, &key))
            continue;
        need->attrs++;
        if (myhtml_attribute_value(a, &len))
            need->bytes += len;
    }
}

static struct need count_nodes(myhtml_tree_node_t *n)
{
    struct need need = { 0, 0, 0, false };
    uint32_t up;
    size_t len;

    for (; n; n = next_node(n, &up)) {
        if (!is_kept(n))
            continue;
        need.nodes++;
        if (our_tag(n) == DOM_TEXT) {
            need.bytes += myhtml_node_text(n, &len) ? len : 0;
            need.joined |= myhtml_node_raw_position(n).length == 0;
        } else {
            count_attrs(n, &need);
        }
    }
    return need;
}

/* Room that was taken before the walk. */
struct filler {
    struct dom *d;
    const struct lean *lean;
    struct watch *watch;
    uint32_t hint; /* of the place looked up last */
    uint32_t run;  /* all runs before it are taken */
    char *bytes;
};

static struct str keep(struct filler *f, const char *ptr, size_t len)
{
    struct str kept = { f->bytes, len };

    memcpy(f->bytes, ptr, len);
    f->bytes += len;
    return kept;
}

/* The parser read the lean copy; places are the page's own. */
static void set_place(struct filler *f, myhtml_position_t at, struct dom_node *out)
{
    size_t len = f->lean->html.len;

    if (at.begin > len || at.length > len - at.begin)
        at = (myhtml_position_t){ 0, 0 };
    out->from = lean_source(f->lean, (uint32_t)at.begin, &f->hint);
    out->to = out->from;
    if (at.length > 0)
        out->to =
            lean_source(f->lean, (uint32_t)(at.begin + at.length - 1), &f->hint) + 1;
}

/* ---- where a text stands ---- */

/* Whether text and source go on alike, as far as their next few bytes tell. */
static bool goes_on(struct str text, struct str source)
{
    for (size_t i = 0; i < 4 && i < text.len && i < source.len; i++) {
        if (source.ptr[i] == '&' || source.ptr[i] == '\r')
            return i > 0;
        if (text.ptr[i] != source.ptr[i])
            return false;
    }
    return (text.len == 0) == (source.len == 0);
}

/* "&amp;", "&AMP", "&#38;", "&#x26;": what stands for an ampersand. */
static bool is_ampersand(struct str source)
{
    return str_starts_fold(source, STR("&amp")) || str_starts(source, STR("&#"));
}

/* Length of the character reference that the source begins with, when the text goes on
 * with `rest`: "&eacute;", "&#233;", and "&copy" of "&copy2020". */
static size_t reference_len(struct str source, struct str rest)
{
    size_t n = 1, all;

    while (n < source.len && n < 40 &&
           (ascii_is_letter(source.ptr[n]) || ascii_is_digit(source.ptr[n]) ||
            source.ptr[n] == '#'))
        n++;
    if (n < source.len && source.ptr[n] == ';')
        return n + 1;
    for (all = n; n > 0; n--)
        if (goes_on(rest, str_after(source, n)))
            return n;
    return all;
}

/* The first character of a text that isn't the source's. */
static struct text_step made_character(struct str text, struct str source)
{
    struct text_step step = { 0, 0, false };
    struct str rest;

    utf8_decode(text, &step.text);
    rest = str_after(text, step.text);
    if (source.len == 0)
        return step;
    if (*source.ptr == '&')
        step.source = reference_len(source, rest);
    else if (*source.ptr == '\r')
        step.source = source.len > 1 && source.ptr[1] == '\n' ? 2 : 1;
    else if (!goes_on(rest, source)) /* else: the second of a reference for two */
        utf8_decode(source, &step.source);
    return step;
}

struct text_step text_step(struct str text, struct str source)
{
    size_t limit = text.len < source.len ? text.len : source.len, same = 0;

    while (same < limit && text.ptr[same] == source.ptr[same] &&
           (text.ptr[same] != '&' || !is_ampersand(str_after(source, same))))
        same++;
    while (same > 0 && same < text.len && !utf8_is_start(text.ptr[same]))
        same--; /* of a character that only begins alike */
    if (same > 0)
        return (struct text_step){ same, same, true };
    return made_character(text, source);
}

/* How much of a text a run gave, 0 when it is not the text's begin. */
static size_t part_of_run(struct str text, struct str source)
{
    size_t all = text.len;

    while (text.len > 0 && source.len > 0) {
        struct text_step step = text_step(text, source);

        if (!step.same && *source.ptr != '&' && *source.ptr != '\r')
            return 0;
        text = str_after(text, step.text);
        source = str_after(source, step.source);
    }
    return source.len == 0 ? all - text.len : 0;
}

/* Runs tried for a part of a joined text: those between are of tables around it. */
#define RUNS_TRIED 64

/* The run that a joined text begins with, and how much of the text it gave. */
static struct run *next_run(struct filler *f, struct str text, size_t *part)
{
    struct watch *w = f->watch;

    while (f->run < w->runs && w->run[f->run].taken)
        f->run++;
    for (uint32_t i = f->run; i < w->runs && i < f->run + RUNS_TRIED; i++) {
        struct run *r = &w->run[i];

        if (r->taken || r->at + r->len > f->lean->html.len)
            continue;
        *part = part_of_run(text, str_slice(f->lean->html, r->at, r->at + r->len));
        if (*part > 0)
            return r;
    }
    return NULL;
}

/* The runs that are texts of their own are not those of joined ones. */
static void take_runs(struct filler *f, myhtml_tree_node_t *n)
{
    struct watch *w = f->watch;
    uint32_t up;

    for (; n; n = next_node(n, &up)) {
        myhtml_position_t at = myhtml_node_raw_position(n);
        uint32_t low = 0, high = w->runs;

        if (our_tag(n) != DOM_TEXT || at.length == 0)
            continue;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;

            if (w->run[middle].at < at.begin)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < w->runs && w->run[low].at == at.begin)
            w->run[low].taken = true;
    }
}

/* A text's place, and its bytes: the page's own where they are the same. */
static void fill_text(struct filler *f, myhtml_position_t at, struct str text,
                      struct dom_node *out)
{
    struct str page = f->d->page;

    set_place(f, at, out);
    out->as_written =
        text.len == out->to - out->from &&
        (text.len == 0 || str_eq(str_slice(page, out->from, out->to), text));
    if (out->as_written)
        out->text = str_slice(page, out->from, out->to);
    else if (text.len > 0)
        out->text = keep(f, text.ptr, text.len);
}

static void fill_element(struct filler *f, myhtml_tree_node_t *n, struct dom_node *out)
{
    myhtml_position_t at = myhtml_node_element_position(n);
    myhtml_tree_attr_t *a = myhtml_node_attribute_first(n);
    enum dom_key key;
    size_t len;

    set_place(f, at, out);
    out->attr = f->d->attr.count;
    for (; a; a = myhtml_attribute_next(a)) {
        const char *name = myhtml_attribute_key(a, &len);
        struct dom_attr *attr;

        if (!name || !known_key(name, len, &key))
            continue;
        attr = &f->d->attr.at[f->d->attr.count++];
        attr->key = key;
        name = myhtml_attribute_value(a, &len);
        if (name)
            attr->value = keep(f, name, len);
    }
    out->attrs = f->d->attr.count - out->attr;
}

static void close_nodes(struct dom *d, uint32_t *last, uint32_t depth)
{
    while (d->node.at[*last].depth >= depth) {
        d->node.at[*last].end = d->node.count;
        if (*last == 0)
            return;
        *last = d->node.at[*last].parent;
    }
}

/* The next node of d; everything fits, since the room was counted. */
static struct dom_node *next_out(struct dom *d, enum dom_tag tag, uint32_t depth,
                                 uint32_t *last)
{
    struct dom_node *out = &d->node.at[d->node.count];

    if (d->node.count > 0)
        close_nodes(d, last, depth);
    out->tag = tag;
    out->parent = *last;
    out->depth = depth;
    *last = d->node.count++;
    return out;
}

/* A text, in the parts that it was joined from. */
static void fill_texts(struct filler *f, myhtml_tree_node_t *n, uint32_t depth,
                       uint32_t *last)
{
    myhtml_position_t at = myhtml_node_raw_position(n);
    size_t len = 0, part;
    const char *s = myhtml_node_text(n, &len);
    struct str text = { s, s ? len : 0 };
    struct run *r;

    while (at.length == 0 && text.len > 0 && (r = next_run(f, text, &part))) {
        r->taken = true;
        fill_text(f, (myhtml_position_t){ r->at, r->len }, str_slice(text, 0, part),
                  next_out(f->d, DOM_TEXT, depth, last));
        text = str_after(text, part);
        if (text.len == 0)
            return;
    }
    if (at.length == 0 && f->run < f->watch->runs) /* not found: near it at least */
        at.begin = f->watch->run[f->run].at;
    fill_text(f, at, text, next_out(f->d, DOM_TEXT, depth, last));
}

static void fill(struct filler *f, myhtml_tree_node_t *n)
{
    struct dom *d = f->d;
    uint32_t up, depth = 0, last = 0;

    while (n) {
        bool inside = is_kept(n) && myhtml_node_child(n);

        if (is_kept(n) && our_tag(n) == DOM_TEXT)
            fill_texts(f, n, depth, &last);
        else if (is_kept(n))
            fill_element(f, n, next_out(d, our_tag(n), depth, &last));
        n = next_node(n, &up);
        depth = inside ? depth + 1 : depth - up;
    }
    if (d->node.count > 0)
        close_nodes(d, &last, 0);
}

static size_t room_for(struct need need)
{
    return (need.nodes + 1) * sizeof(struct dom_node) +
           (need.attrs + 1) * sizeof(struct dom_attr) + need.bytes + 4096;
}

/* A tree without a page in it. */
static void be_empty(struct arena *arena, struct dom *out)
{
    out->node.at = NEW(arena, struct dom_node, 1);
    out->node.at[0] = (struct dom_node){ .tag = DOM_HTML, .end = 1 };
    out->node.count = out->node.cap = 1;
}

void dom_parse(struct arena *arena, struct str html, struct dom *out)
{
    struct lean lean;
    struct parser p;
    struct watch watch = { 0 };
    struct need need = { 0, 0, 0, false };
    struct filler f = { .d = out, .lean = &lean, .watch = &watch };
    bool parsed;

    *out = (struct dom){ .page = html };
    lean_from_html(arena, html, &lean);
    watch.most = lean.tags < DOM_NODES_LIMIT / 2 ? 2 * lean.tags + 2 : DOM_NODES_LIMIT;
    watch.run = NEW(arena, struct run, watch.most);
    parsed = parser_run(&p, lean.html, &watch);
    if (parsed)
        need = count_nodes(myhtml_tree_get_node_html(p.tree));
    if (need.joined)
        need.nodes += watch.runs; /* each may be a part */
    if (arena->budget - arena->lent < room_for(need)) {
        parser_close(&p); /* before what jumps: the budget is spent */
        NEW(arena, char, room_for(need));
    }
    if (!parsed || need.nodes == 0) {
        parser_close(&p);
        be_empty(arena, out);
        return;
    }
    out->node.cap = (uint32_t)need.nodes;
    out->attr.cap = (uint32_t)need.attrs;
    out->node.at = NEW(arena, struct dom_node, need.nodes);
    out->attr.at = NEW(arena, struct dom_attr, need.attrs + 1);
    f.bytes = NEW(arena, char, need.bytes + 1);
    if (need.joined)
        take_runs(&f, myhtml_tree_get_node_html(p.tree));
    fill(&f, myhtml_tree_get_node_html(p.tree));
    parser_close(&p);
}

struct str dom_get(const struct dom *d, uint32_t node, enum dom_key key)
{
    const struct dom_node *n = &d->node.at[node];

    for (uint32_t i = n->attr; i < n->attr + n->attrs; i++)
        if (d->attr.at[i].key == key)
            return d->attr.at[i].value;
    return (struct str){ NULL, 0 };
}

bool dom_has(const struct dom *d, uint32_t node, enum dom_key key)
{
    const struct dom_node *n = &d->node.at[node];

    for (uint32_t i = n->attr; i < n->attr + n->attrs; i++)
        if (d->attr.at[i].key == key)
            return true;
    return false;
}

/* "<span>National vote</span>The ninth is near": what is set as two lines by style alone
 * is told by a small letter before a capital; not "<b>N</b>ational". */
static bool is_seam(struct str before, struct str after)
{
    size_t len;

    return before.len > 0 && after.len > 0 &&
           (unsigned char)before.ptr[before.len - 1] < 0x80 &&
           ascii_is_lower(before.ptr[before.len - 1]) &&
           utf8_is_upper(utf8_decode(after, &len));
}

struct str dom_text(struct arena *arena, const struct dom *d, uint32_t node)
{
    struct buf b = buf_new(arena, SIZE_MAX / 16);

    for (uint32_t i = node; i < d->node.at[node].end; i++) {
        struct str s = d->node.at[i].text;

        if (d->node.at[i].tag == DOM_BR && b.len > 0 && b.ptr[b.len - 1] != ' ')
            buf_char(&b, ' ');
        if (d->node.at[i].tag != DOM_TEXT)
            continue;
        if (is_seam(buf_view(&b), s))
            buf_char(&b, ' ');
        for (size_t k = 0; k < s.len; k++)
            if (!ascii_is_space(s.ptr[k]))
                buf_char(&b, s.ptr[k]);
            else if (b.len > 0 && b.ptr[b.len - 1] != ' ')
                buf_char(&b, ' ');
    }
    return str_trim(buf_view(&b));
}
