#include "article/plain.h"

#include "article/line.h"
#include "article/select.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "lex/lex.h"

#define NO_WRAP UINT32_MAX
#define WIDEST 140 /* columns that a text may be wrapped at */
#define NARROWEST 50
#define TITLE_WITHIN 400 /* blocks before the article */
#define BELOW_WITHIN 8   /* blocks between the outlet's name and the title */
#define LIST_WITHIN 100  /* items between a list and the line that announces it */

/* ---- lines to blocks ---- */

struct text_line {
    uint32_t start, end; /* bytes in the text, without blanks at the ends */
    uint32_t indent;
    uint32_t columns; /* code points with the indent */
    bool bullet;
};

struct text_lines {
    struct str text;
    ARRAY(struct text_line) line; /* an empty one: end == start */
    uint32_t wrap;                /* column where lines were broken; NO_WRAP */
};

/* Bytes of a bullet and the blanks behind it, 0 for none: "• ", "* ", "- ", "+ ". */
static size_t bullet_len(struct str s)
{
    static const struct str bullets[] = {
        STR_INIT("•"), STR_INIT("◦"), STR_INIT("□"), STR_INIT("▪"), STR_INIT("■"),
        STR_INIT("●"), STR_INIT("○"), STR_INIT("·"), STR_INIT("‣"), STR_INIT("*"),
        STR_INIT("-"), STR_INIT("+"), STR_INIT("–"), STR_INIT("☆"), STR_INIT("◆"),
    };
    size_t n;

    for (size_t i = 0; i < COUNT(bullets); i++) {
        n = bullets[i].len;
        if (!str_starts(s, bullets[i]) ||
            (s.len > n && !ascii_is_space(s.ptr[n]) &&
             !str_starts(str_after(s, n), STR("\xc2\xa0"))))
            continue;
        while (n < s.len && (ascii_is_space(s.ptr[n]) ||
                             str_starts(str_after(s, n), STR("\xc2\xa0"))))
            n += ascii_is_space(s.ptr[n]) ? 1 : 2;
        return n;
    }
    return 0;
}

static struct str bytes_of(const struct text_lines *t, const struct text_line *l)
{
    return str_slice(t->text, l->start, l->end);
}

static void read_line(struct text_lines *t, struct arena *arena, struct str line)
{
    struct str trimmed = str_trim(line);
    struct text_line *l = PUSH(arena, &t->line);
    size_t bullet = bullet_len(trimmed);

    l->indent = trimmed.len > 0 ? (uint32_t)(trimmed.ptr - line.ptr) : 0;
    l->bullet = bullet > 0;
    l->start = (uint32_t)((trimmed.len > 0 ? trimmed.ptr : line.ptr) - t->text.ptr);
    l->end = l->start + (uint32_t)trimmed.len;
    l->columns = l->indent + (uint32_t)utf8_count(trimmed);
    l->start += (uint32_t)bullet;
}

static void read_lines(struct arena *arena, struct text_lines *t)
{
    struct str rest = t->text, line;

    while (str_split(&rest, '\n', &line))
        read_line(t, arena, line);
}

/* The column at which the text was wrapped: nearly no line is longer, and many end just
 * before it. */
static uint32_t wrap_column(const struct text_lines *t)
{
    uint32_t count[WIDEST + 2] = { 0 }, lines = 0, longer = 0, near = 0, column;

    for (uint32_t i = 0; i < t->line.count; i++) {
        uint32_t columns = t->line.at[i].columns;

        lines += columns > 0;
        count[columns > WIDEST ? WIDEST + 1 : columns]++;
    }
    for (column = WIDEST + 1; column > NARROWEST; column--) {
        longer += count[column];
        if (longer * 100 > lines + 50)
            break;
    }
    if (column > WIDEST || column <= NARROWEST)
        return NO_WRAP;
    for (uint32_t i = column; i + 12 > column; i--)
        near += count[i];
    return near >= 4 && near * 100 >= lines * 6 ? column : NO_WRAP;
}

/* Whether line b goes on the paragraph of line a: its first word had no room there. */
static bool goes_on(const struct text_lines *t, const struct text_line *a,
                    const struct text_line *b)
{
    struct str s = bytes_of(t, b);
    size_t n = 0;

    if (t->wrap == NO_WRAP || b->bullet || b->end == b->start || a->end == a->start)
        return false;
    if (a->bullet ? b->indent <= a->indent : b->indent != a->indent)
        return false;
    while (n < s.len && !ascii_is_space(s.ptr[n]))
        n++;
    return a->columns + 1 + utf8_count(str_slice(s, 0, n)) > t->wrap;
}

static void add_block(struct arena *arena, const struct text_lines *t, uint32_t first,
                      uint32_t last, struct blocks *out)
{
    struct block *b;
    struct buf text = buf_new(arena, SIZE_MAX / 16);
    uint32_t piece = out->piece.count;

    for (uint32_t i = first; i <= last; i++) {
        struct str s = bytes_of(t, &t->line.at[i]);
        bool hyphen = text.len > 0 && text.ptr[text.len - 1] == '-';

        if (text.len > 0 && !hyphen) {
            *PUSH(arena, &out->piece) =
                (struct article_piece){ (uint32_t)text.len, t->line.at[i].start - 1,
                                        false };
            buf_char(&text, ' ');
        }
        *PUSH(arena, &out->piece) =
            (struct article_piece){ (uint32_t)text.len, t->line.at[i].start, true };
        buf_str(&text, s);
    }
    b = PUSH(arena, &out->block);
    b->text = buf_view(&text);
    b->tag = t->line.at[first].bullet ? DOM_LI : DOM_P;
    b->from = t->line.at[first].start;
    b->to = t->line.at[last].end;
    b->piece = piece;
    b->pieces = out->piece.count - piece;
    block_measure(b);
}

void blocks_from_text(struct arena *arena, struct str text, struct blocks *out)
{
    struct text_lines t = { .text = text };

    *out = (struct blocks){ 0 };
    read_lines(arena, &t);
    t.wrap = wrap_column(&t);
    for (uint32_t i = 0; i < t.line.count;) {
        uint32_t last = i;

        if (t.line.at[i].end <= t.line.at[i].start) {
            i++;
            continue;
        }
        while (last + 1 < t.line.count &&
               goes_on(&t, &t.line.at[last], &t.line.at[last + 1]))
            last++;
        add_block(arena, &t, i, last, out);
        i = last + 1;
    }
}

/* ---- the article among the blocks ---- */

static bool is_prose(const struct block *b)
{
    return block_is_prose(b) && !(b->tag == DOM_LI && !b->sentence);
}

static bool ends_in(const struct block *b, char c)
{
    return b->text.len > 0 && b->text.ptr[b->text.len - 1] == c;
}

/* What a block says for (words) or against the run being the article. */
static int32_t value_of(const struct block *b)
{
    struct line_sense sense = line_read(b->text, false);

    if (sense.scope == LINE_REST)
        return -60;
    if (sense.scope == LINE_LINKS)
        return b->words <= 8 ? -25 : -5;
    if (sense.scope == LINE_ALONE)
        return -4;
    if (is_prose(b))
        return b->words < 60 ? (int32_t)b->words : 60;
    if (b->tag != DOM_LI && b->words >= 3 && ends_in(b, '.'))
        return (int32_t)b->words; /* "No one was hurt." */
    return b->tag == DOM_LI ? -5 : -4;
}

/* The run of blocks with the greatest sum; false when none is above zero. */
static bool best_run(const struct blocks *blocks, uint32_t *first, uint32_t *last)
{
    int64_t best = 0, sum = 0;
    uint32_t start = 0;

    for (uint32_t i = 0; i < blocks->block.count; i++) {
        if (sum <= 0) {
            sum = 0;
            start = i;
        }
        sum += value_of(&blocks->block.at[i]);
        if (sum > best) {
            best = sum;
            *first = start;
            *last = i;
        }
    }
    return best > 0;
}

static void set_why(struct block *b, struct str why)
{
    if (b->why.len == 0)
        b->why = why;
}

static bool could_be_title(const struct block *b)
{
    return b->tag != DOM_LI && b->words >= 2 && b->words <= 30 && !ends_in(b, '.') &&
           !ends_in(b, ':') && line_read(b->text, false).scope == LINE_NONE;
}

/* "Velmora Today", "The Sorrenhal Courier": capitals, and a newspaper's word at the end. */
static bool is_masthead(struct str line)
{
    struct str rest = line, word = { NULL, 0 };
    char last[24];
    uint32_t words = 0;

    while (str_split(&rest, ' ', &word)) {
        words++;
        if (!ascii_is_upper(word.len > 0 ? *word.ptr : ' ') &&
            !str_eq(word, STR("of")) && !str_eq(word, STR("and")))
            return false;
    }
    if (words < 2 || words > 5 || word.len > sizeof last)
        return false;
    for (size_t i = 0; i < word.len; i++)
        last[i] = ascii_lower(word.ptr[i]);
    return lex_find(&lex_outlet_words, (struct str){ last, word.len }) != NULL;
}

/* "BPA0932  PROTEST-DUNBREC  3RD LEAD": an agency's number and key words. */
static bool is_slug(struct str line)
{
    size_t end = str_find_char(line, ' ');
    bool upper = false, digit = false;

    for (size_t i = 0; i < line.len && i < end; i++) {
        if (ascii_is_lower(line.ptr[i]))
            return false;
        upper |= ascii_is_upper(line.ptr[i]);
        digit |= ascii_is_digit(line.ptr[i]);
    }
    return upper && digit && end != STR_NPOS && end >= 4;
}

/* "Home > News > Tesna flood" */
static bool is_trail(struct str line)
{
    return str_find(line, STR(" > ")) != STR_NPOS ||
           str_find(line, STR(" » ")) != STR_NPOS ||
           str_find(line, STR(" › ")) != STR_NPOS;
}

/* Under the outlet's name or an agency's key words: the first line that can be a title,
 * trails and section names passed over; line 0 when there is none. */
static uint32_t title_below(const struct blocks *blocks, uint32_t first)
{
    for (uint32_t i = 1; i < first && i <= BELOW_WITHIN; i++) {
        const struct block *b = &blocks->block.at[i];

        if (b->tag == DOM_LI)
            break;
        if (b->words >= 4 && could_be_title(b) && !is_trail(b->text))
            return i;
    }
    return 0;
}

/* The title stands before the article: the first line of a file that begins with it, or
 * with the outlet's name above it; else a line that comes twice; else the longest there. */
static uint32_t find_title(const struct blocks *blocks, uint32_t first)
{
    uint32_t longest = UINT32_MAX, bullets = 0;
    uint32_t from = first > TITLE_WITHIN ? first - TITLE_WITHIN : 0;

    for (uint32_t i = from; i < first; i++)
        bullets += blocks->block.at[i].tag == DOM_LI;
    if (first > 0 && from == 0 &&
        (is_masthead(blocks->block.at[0].text) || is_slug(blocks->block.at[0].text)) &&
        title_below(blocks, first) > 0)
        return title_below(blocks, first);
    if (first > 0 && from == 0 && bullets == 0 && could_be_title(&blocks->block.at[0]))
        return 0;
    for (uint32_t i = from; i < first; i++) {
        const struct block *b = &blocks->block.at[i];

        if (!could_be_title(b) || b->words < 4)
            continue;
        for (uint32_t k = i + 1; k < first; k++)
            if (str_eq(b->text, blocks->block.at[k].text))
                return k;
        if (longest == UINT32_MAX || b->words > blocks->block.at[longest].words)
            longest = i;
    }
    return longest;
}

/* A title that reads as a sentence: "Who gave the order? The army will not say" stands
 * alone at the head of a text and ends without full stop. */
static bool title_in_run(const struct blocks *blocks, uint32_t first)
{
    const struct block *b = &blocks->block.at[first];

    return first == 0 && blocks->block.count > 2 && could_be_title(b) && b->words <= 25;
}

/* Of two lines beside each other that begin alike both are a caption: that of the
 * picture and its description for those who can't see it. */
static bool is_twin(const struct block *a, const struct block *b)
{
    return a->chars >= 12 && !a->sentence &&
           (str_starts(b->text, a->text) || str_starts(a->text, b->text));
}

static void name_before(struct blocks *blocks, uint32_t first, uint32_t title)
{
    for (uint32_t i = 0; i < first; i++) {
        struct block *b = &blocks->block.at[i];
        struct line_sense sense = line_read(b->text, false);

        if (title != UINT32_MAX && str_eq(b->text, blocks->block.at[title].text))
            set_why(b, STR("title"));
        else if (sense.scope != LINE_NONE)
            set_why(b, sense.why);
        else if (i > 0 && is_twin(b, b - 1))
            set_why(b, STR("caption"));
        else if (i + 1 < first && is_twin(b, b + 1))
            set_why(b, STR("caption"));
        else if (b->tag != DOM_LI && title != UINT32_MAX && i > title && b->words <= 4)
            set_why(b, STR("byline"));
        else
            set_why(b, STR("before the article"));
    }
}

static void name_after(struct blocks *blocks, uint32_t last)
{
    struct str why = STR("after the article");

    for (uint32_t i = last + 1; i < blocks->block.count; i++) {
        struct block *b = &blocks->block.at[i];
        struct line_sense sense = line_read(b->text, false);

        if (sense.scope >= LINE_LINKS && b->words <= 8)
            why = sense.why;
        set_why(b, sense.scope != LINE_NONE ? sense.why : why);
    }
}

/* A heading inside an article is short and prose or a list follows it. */
static bool is_subhead(const struct blocks *blocks, uint32_t i, uint32_t last)
{
    const struct block *b = &blocks->block.at[i], *next = b + 1;

    if (i >= last || b->words > 14 || b->tag == DOM_LI)
        return false;
    return is_prose(next) || next->tag == DOM_LI;
}

/* Bullets of links: no sentences, and nothing before them that announces a list. */
static bool is_link_list(const struct blocks *blocks, uint32_t i, uint32_t first)
{
    uint32_t head = i;

    while (head > first && i - head < LIST_WITHIN &&
           blocks->block.at[head].tag == DOM_LI)
        head--;
    return !blocks->block.at[i].sentence && !ends_in(&blocks->block.at[head], ':');
}

static void cut_inside(struct blocks *blocks, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++) {
        struct block *b = &blocks->block.at[i];

        if (b->why.len > 0 || is_prose(b) || b->sentence)
            continue;
        if (b->tag == DOM_LI
                ? is_link_list(blocks, i, first)
                : (i > first && is_twin(b, b - 1)) || (i < last && is_twin(b, b + 1)))
            b->why = b->tag == DOM_LI ? STR("links") : STR("caption");
        else if (b->tag != DOM_LI && !is_subhead(blocks, i, last))
            b->why = STR("line without a sentence");
    }
}

void select_plain(struct arena *arena, struct blocks *blocks, struct str *title,
                  struct str *outlet)
{
    uint32_t first = 0, last = 0, head;

    if (blocks->block.count == 0)
        return;
    if (!best_run(blocks, &first, &last)) {
        select_lines(arena, *title, blocks);
        return;
    }
    head = find_title(blocks, first);
    if (title->len == 0 && head != UINT32_MAX)
        *title = blocks->block.at[head].text;
    if (title->len == 0 && title_in_run(blocks, first)) {
        *title = blocks->block.at[first].text;
        blocks->block.at[first].why = STR("title");
    }
    if (head != UINT32_MAX && head > 0 && is_masthead(blocks->block.at[0].text)) {
        set_why(&blocks->block.at[0], STR("outlet"));
        if (outlet->len == 0)
            *outlet = blocks->block.at[0].text;
    }
    name_before(blocks, first, head);
    name_after(blocks, last);
    select_lines(arena, *title, blocks);
    cut_inside(blocks, first, last);
}
