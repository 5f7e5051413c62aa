#include "article/block.h"

#include "base/buf.h"
#include "base/utf8.h"

struct builder {
    struct arena *arena;
    const struct dom *d;
    struct blocks *out;
    struct buf text; /* of the block being built */
    struct block block;
    uint32_t first_piece;  /* of it */
    uint32_t link, strong; /* how many such elements are open */
    bool space;            /* a blank is due before the next word */
    uint32_t breaks;       /* <br> seen since the last word */
    uint32_t table_end;    /* inside a table of data: its end */
};

static bool is_inline(enum dom_tag tag)
{
    static const bool in_line[DOM_TAG_COUNT] = {
        [DOM_A] = true,      [DOM_ABBR] = true,   [DOM_B] = true,     [DOM_CITE] = true,
        [DOM_CODE] = true,   [DOM_DEL] = true,    [DOM_EM] = true,    [DOM_FONT] = true,
        [DOM_I] = true,      [DOM_INS] = true,    [DOM_LABEL] = true, [DOM_MARK] = true,
        [DOM_Q] = true,      [DOM_S] = true,      [DOM_SMALL] = true, [DOM_SPAN] = true,
        [DOM_STRIKE] = true, [DOM_STRONG] = true, [DOM_SUB] = true,   [DOM_SUP] = true,
        [DOM_TIME] = true,   [DOM_U] = true,      [DOM_WBR] = true,   [DOM_BR] = true,
        [DOM_TEXT] = true,   [DOM_IMG] = true,
    };

    return in_line[tag];
}

/* Elements whose text is not set as text of the page. */
static bool is_silent(enum dom_tag tag)
{
    switch ((int)tag) {
    case DOM_HEAD:
    case DOM_SCRIPT:
    case DOM_STYLE:
    case DOM_TEMPLATE:
    case DOM_NOSCRIPT:
    case DOM_TEXTAREA:
    case DOM_SELECT:
    case DOM_OPTION:
    case DOM_IFRAME:
    case DOM_OBJECT:
    case DOM_CANVAS:
    case DOM_SVG:
    case DOM_AUDIO:
    case DOM_VIDEO: return true;
    default: return false;
    }
}

enum mark { NO_MARK, BLANK, STOP, CLOSING };

/* STOP: a mark that may end a sentence; also of scripts that set no blank after it. */
static enum mark mark_of(uint32_t c)
{
    static const uint8_t ascii[128] = {
        [' '] = BLANK,    ['\n'] = BLANK,  ['.'] = STOP,
        ['!'] = STOP,     ['?'] = STOP,    ['"'] = CLOSING,
        ['\''] = CLOSING, [')'] = CLOSING, [']'] = CLOSING,
    };

    if (c < 0x80)
        return (enum mark)ascii[c];
    if (c == 0x3002 || c == 0xff01 || c == 0xff1f || c == 0x2026 || c == 0x06d4 ||
        c == 0x061f || c == 0x0964)
        return STOP;
    return c == 0x201d || c == 0x2019 || c == 0xbb ? CLOSING : NO_MARK;
}

void block_measure(struct block *b)
{
    struct str s = b->text;
    size_t len;
    uint32_t chars = 0, words = 0;
    bool in_word = false, stop = false;

    b->sentence = false;
    for (; s.len > 0; s = str_after(s, len)) {
        uint32_t c = utf8_decode(s, &len);
        enum mark mark = mark_of(c);

        if (mark == BLANK) {
            in_word = false;
            b->sentence |= stop && words >= 4;
            stop = false;
            continue;
        }
        chars++;
        words += !in_word || (c >= 0x2e80 && c < 0xa000); /* no blanks in Chinese */
        in_word = true;
        stop = mark == STOP || (stop && mark == CLOSING);
        b->sentence |= c == 0x3002;
    }
    b->chars = chars;
    b->words = words;
    b->sentence |= stop && words >= 4;
}

struct line_sense block_line(struct block *b)
{
    if (!b->read)
        b->sense = line_read(b->text, b->links * 100 >= b->chars * 70);
    b->read = true;
    return b->sense;
}

static void end_block(struct builder *b)
{
    struct block *block;

    if (b->text.len > 0) {
        block = PUSH(b->arena, &b->out->block);
        *block = b->block;
        block->text = arena_str(b->arena, buf_view(&b->text));
        block->piece = b->first_piece;
        block->pieces = b->out->piece.count - b->first_piece;
        block_measure(block);
        buf_clear(&b->text);
    }
    b->first_piece = b->out->piece.count;
    b->block = (struct block){ .from = UINT32_MAX };
    b->space = false;
    b->breaks = 0;
}

/* The nearest element around a node that makes lines of its own. */
static uint32_t line_maker(const struct builder *b, uint32_t node)
{
    const struct dom *d = b->d;

    while (node > 0 && (is_inline(d->node.at[node].tag) ||
                        (node < b->table_end && d->node.at[node].tag != DOM_TR &&
                         d->node.at[node].tag != DOM_TABLE)))
        node = d->node.at[node].parent;
    return node;
}

static void add_piece(struct builder *b, size_t from, bool same)
{
    uint32_t at = (uint32_t)b->text.len;
    struct article_piece *p;

    if (b->out->piece.count > b->first_piece) {
        p = &b->out->piece.at[b->out->piece.count - 1];
        if (same && p->same_bytes && p->from + (at - p->at) == from)
            return;
        if (p->at == at) { /* the piece before it gave nothing */
            *p = (struct article_piece){ at, (uint32_t)from, same };
            return;
        }
    }
    *PUSH(b->arena, &b->out->piece) =
        (struct article_piece){ at, (uint32_t)from, same };
}

static void begin_block(struct builder *b, uint32_t node, size_t from)
{
    if (b->block.from != UINT32_MAX)
        return;
    b->block.node = line_maker(b, node);
    b->block.tag = b->d->node.at[b->block.node].tag;
    b->block.from = (uint32_t)from;
}

/* The characters that stand in links and in strong type. */
static void count_marked(struct builder *b, struct str bytes)
{
    uint32_t chars = 0;

    if (b->link == 0 && b->strong == 0)
        return;
    for (size_t i = 0; i < bytes.len; i++)
        chars += utf8_is_start(bytes.ptr[i]) && bytes.ptr[i] != ' ';
    b->block.links += b->link > 0 ? chars : 0;
    b->block.strong += b->strong > 0 ? chars : 0;
}

/* The bytes of a word or of several, and a blank before, come to the block: from `source` bytes of the page. */
static void add_bytes(struct builder *b, uint32_t node, struct str bytes, size_t from,
                      size_t source, bool same)
{
    if (b->breaks > 0 && b->text.len > 0) {
        if (b->breaks > 1) {
            end_block(b);
        } else {
            add_piece(b, from, false);
            buf_char(&b->text, '\n');
        }
    } else if (b->space && b->text.len > 0) {
        add_piece(b, from - (from > 0), from > 0 && b->d->page.ptr[from - 1] == ' ');
        buf_char(&b->text, ' ');
    }
    b->space = false;
    b->breaks = 0;
    begin_block(b, node, from);
    add_piece(b, from, same);
    buf_str(&b->text, bytes);
    if (b->block.to < from + source) /* a table's stray text stands behind it */
        b->block.to = (uint32_t)(from + source);
    if (b->block.from > from)
        b->block.from = (uint32_t)from;
    count_marked(b, bytes);
}

/* U+2000 to U+203F by their last byte. */
static size_t general_mark(unsigned char last, bool *wide)
{
    *wide =
        last == 0x82 || last == 0x83 || last == 0x89 || last == 0x8a || last == 0xaf;
    return *wide || last == 0x8b || last == 0x8e || last == 0x8f ? 3 : 0;
}

/* Length of what stands in s for a blank: also the no-break space; marks of no width. */
static size_t blank_len(struct str s, bool *wide)
{
    const unsigned char *c = (const unsigned char *)s.ptr;

    *wide = true;
    if (c[0] < 0x80)
        return ascii_is_space(*s.ptr);
    if (c[0] == 0xc2 && s.len > 1) {
        *wide = c[1] == 0xa0;
        return *wide || c[1] == 0xad ? 2 : 0; /* 0xad: soft hyphen */
    }
    if (s.len < 3)
        return 0;
    if (c[0] == 0xe2 && c[1] == 0x80)
        return general_mark(c[2], wide);
    if (c[0] == 0xe3)
        return c[1] == 0x80 && c[2] == 0x80 ? 3 : 0;
    *wide = false;
    if ((c[0] == 0xe2 && c[1] == 0x81 && c[2] == 0xa0) ||
        (c[0] == 0xef && c[1] == 0xbb && c[2] == 0xbf))
        return 3;
    return 0;
}

/* Bytes up to the next blank, at least one: a control character is no blank. */
static size_t word_len(struct str s)
{
    bool wide;
    size_t n = 1;

    while (n < s.len) {
        unsigned char c = (unsigned char)s.ptr[n];

        if (c <= ' ' || ((c == 0xc2 || c >= 0xe2) && blank_len(str_after(s, n), &wide)))
            break;
        n++;
    }
    return n;
}

/* Words up to where more stands between two of them than one plain blank. */
static size_t words_len(struct str s)
{
    size_t n = word_len(s);
    bool wide;

    while (n + 1 < s.len && s.ptr[n] == ' ' && !blank_len(str_after(s, n + 1), &wide))
        n += 1 + word_len(str_after(s, n + 1));
    return n;
}

/* A run of text made from `source` bytes of the page, the same bytes or not. */
static void add_run(struct builder *b, uint32_t node, struct str s, size_t from,
                    size_t source, bool same)
{
    bool wide;

    while (s.len > 0) {
        size_t n = blank_len(s, &wide);

        if (n > 0) {
            b->space |= wide;
        } else {
            n = same ? words_len(s) : word_len(s);
            add_bytes(b, node, str_slice(s, 0, n), from, same ? n : source, same);
        }
        s = str_after(s, n);
        from += same ? n : 0;
    }
}

/* Text with character references resolved, beside its source: runs that are the same
 * and single characters that are not. */
static void add_resolved(struct builder *b, uint32_t node, const struct dom_node *n)
{
    struct str raw = str_slice(b->d->page, n->from, n->to), s = n->text;
    size_t from = n->from;

    while (s.len > 0) {
        struct text_step step = text_step(s, raw);

        add_run(b, node, str_slice(s, 0, step.text), from, step.source, step.same);
        s = str_after(s, step.text);
        raw = str_after(raw, step.source);
        from += step.source;
    }
}

/* Whether a table holds data and not the page's layout: short cells, no table within. */
static bool is_data_table(const struct dom *d, uint32_t table)
{
    uint32_t cells = 0, rows = 0;
    size_t bytes = 0;

    for (uint32_t i = table + 1; i < d->node.at[table].end; i++) {
        const struct dom_node *n = &d->node.at[i];

        if (n->tag == DOM_TABLE || n->tag == DOM_FORM || n->tag == DOM_IFRAME)
            return false;
        cells += n->tag == DOM_TD || n->tag == DOM_TH;
        rows += n->tag == DOM_TR;
        bytes += n->tag == DOM_TEXT ? str_trim(n->text).len : 0;
    }
    return cells >= 4 && rows >= 2 && cells >= 2 * rows && bytes / cells < 120;
}

/* In a table of data a row is a line. */
static bool breaks_line(const struct builder *b, uint32_t i, enum dom_tag tag)
{
    if (is_inline(tag))
        return false;
    return i >= b->table_end || tag == DOM_TR || tag == DOM_TABLE;
}

static void visit(struct builder *b, uint32_t i)
{
    const struct dom_node *n = &b->d->node.at[i];

    if (n->tag == DOM_TABLE && i >= b->table_end && is_data_table(b->d, i)) {
        end_block(b);
        b->table_end = n->end;
    }

    if (n->tag == DOM_TEXT) {
        if (n->as_written)
            add_run(b, i, n->text, n->from, n->text.len, true);
        else
            add_resolved(b, i, n);
    } else if (n->tag == DOM_BR) {
        b->breaks++;
    } else if (breaks_line(b, i, n->tag)) {
        end_block(b);
    } else if (!is_inline(n->tag)) {
        b->space = true;
    }
    b->link += n->tag == DOM_A;
    b->strong += n->tag == DOM_B || n->tag == DOM_STRONG;
}

static void leave(struct builder *b, uint32_t i)
{
    const struct dom_node *n = &b->d->node.at[i];

    b->link -= n->tag == DOM_A;
    b->strong -= n->tag == DOM_B || n->tag == DOM_STRONG;
    if (breaks_line(b, i, n->tag))
        end_block(b);
    else if (!is_inline(n->tag))
        b->space = true;
}

void blocks_from_dom(struct arena *arena, const struct dom *d, struct blocks *out)
{
    struct builder b = { .arena = arena, .d = d, .out = out };
    uint32_t open = 0; /* the innermost element around what comes next */

    *out = (struct blocks){ 0 };
    b.text = buf_new(arena, SIZE_MAX / 16);
    b.block.from = UINT32_MAX;
    for (uint32_t i = 1; i < d->node.count;) {
        const struct dom_node *n = &d->node.at[i];

        while (open > 0 && i >= d->node.at[open].end) {
            leave(&b, open);
            open = d->node.at[open].parent;
        }
        if (is_silent(n->tag)) {
            i = n->end;
            continue;
        }
        visit(&b, i);
        open = n->tag == DOM_TEXT ? open : i;
        i++;
    }
    end_block(&b);
}
