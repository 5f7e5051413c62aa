#include "article/dom.h"

#include "article/entity.h"
#include "article/tags.h"
#include "base/buf.h"
#include "base/utf8.h"

static const struct str key_names[] = {
#define X(key, name) STR_INIT(name),
    DOM_KEYS(X)
#undef X
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

    if (name.len == 0 || name.len >= COUNT(first))
        return false;
    for (size_t i = first[name.len];
         i < COUNT(key_names) && key_names[i].len == name.len; i++)
        if (*key_names[i].ptr == ascii_lower(*name.ptr) &&
            str_eq_fold(key_names[i], name)) {
            *key = (enum dom_key)i;
            return true;
        }
    return false;
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

/* ---- the tree as an array ---- */

/* Drawings, formulas and style sheets hold much and say nothing. */
static bool is_kept(const struct tree_node *n)
{
    return n->space == TREE_HTML && n->element != ELEMENT_STYLE;
}

/* A text's bytes: the page's own where they are the same. */
static void fill_text(struct arena *arena, const struct dom *d,
                      const struct tree_node *n, struct dom_node *out)
{
    struct str source = str_slice(d->page, n->from, n->to);
    struct str text = n->raw ? source : entity_text(arena, source, false);

    out->from = n->from;
    out->to = n->to;
    out->as_written = text.ptr == source.ptr || str_eq(text, source);
    out->text = out->as_written ? source : text;
}

static void close_nodes(struct dom *d, uint32_t last, uint32_t depth)
{
    while (d->node.at[last].depth >= depth) {
        d->node.at[last].end = d->node.count;
        if (last == 0)
            return;
        last = d->node.at[last].parent;
    }
}

/* The next node in document order, past the inside of one that is not kept; *depth goes
 * with it. */
static uint32_t next_node(const struct tree *t, uint32_t node, uint32_t *depth)
{
    const struct tree_node *n = &t->node.at[node];

    if (n->first > 0 && is_kept(n)) {
        ++*depth;
        return n->first;
    }
    while (n->next == 0 && n->parent > 0) {
        n = &t->node.at[n->parent];
        --*depth;
    }
    return n->next;
}

static void fill(struct arena *arena, const struct tree *t, struct dom *d)
{
    uint32_t node = t->node.at[0].first, depth = 0, last = 0;

    for (; node > 0; node = next_node(t, node, &depth)) {
        const struct tree_node *n = &t->node.at[node];
        struct dom_node *out = &d->node.at[d->node.count];

        if (!is_kept(n))
            continue;
        while (d->node.count > 0 && d->node.at[last].depth >= depth && last > 0) {
            d->node.at[last].end = d->node.count;
            last = d->node.at[last].parent;
        }
        out->tag = (enum dom_tag)element_tags[n->element];
        out->parent = last;
        out->depth = depth;
        out->attr = n->attr;
        out->attrs = n->attrs;
        if (out->tag == DOM_TEXT)
            fill_text(arena, d, n, out);
        last = d->node.count++;
    }
    close_nodes(d, last, 0);
}

static uint32_t count_tags(struct str html)
{
    uint32_t tags = 0;

    for (size_t at; (at = str_find_char(html, '<')) != STR_NPOS; tags++)
        html = str_after(html, at + 1);
    return tags;
}

void dom_parse(struct arena *arena, struct str html, struct dom *out)
{
    struct tree t;

    *out = (struct dom){ .page = html };
    tags_read(arena, html, count_tags(html), &t);
    out->node.cap = t.node.count;
    out->node.at = NEW(arena, struct dom_node, t.node.count);
    out->attr.at = t.attr.at;
    out->attr.count = out->attr.cap = t.attr.count;
    fill(arena, &t, out);
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
