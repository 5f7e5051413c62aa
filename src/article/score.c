#include "article/score.h"

#include <assert.h>

#include "article/appeal.h"
#include "article/line.h"
#include "base/utf8.h"

/* Blocks from the first or last kept paragraph. */
#define NEAR 20

#define STEMS 4096 /* slots for the words of the kept text, by hash */
#define STEM 6     /* bytes of a word that tell it: "mining", "miners" */

#define IN_TITLE 1
#define IN_DESCRIPTION 2

#define KEY_BYTES 240
#define GROUPS 14

/* What is known of an element as a place for text. */
struct spot {
    uint32_t kept;     /* characters of kept paragraphs right under it */
    uint32_t kept_in;  /* and anywhere in it */
    uint32_t chars_in; /* of all blocks in it */
    uint32_t links_in; /* of them in links */
    uint32_t blocks_in;
    uint32_t tags; /* bits of AROUND of it and all around it */
    uint8_t sign;  /* the strongest sign of furniture on it or around it */
    bool body, lead;
};

/* Blocks in elements of the same tag and class. */
struct alike {
    uint32_t kept, chars, blocks;
};

struct scorer {
    struct arena *arena;
    const struct dom *d;
    const struct places *places;
    const struct blocks *blocks;
    struct str title, description;
    struct spot *spot;  /* by node */
    uint32_t *alike_of; /* by block: 1 + index into alike */
    struct table seen;  /* keys of alike */
    ARRAY(struct alike) alike;
    uint32_t kept;           /* characters of kept paragraphs */
    uint32_t kept_blocks;    /* all that are kept */
    uint32_t first, last;    /* kept paragraph of the page */
    uint32_t depth;          /* of the kept paragraphs, on average */
    uint32_t *before;        /* by block: kept characters before it */
    struct gap *gap;         /* by block: what stands before it */
    ARRAY(uint16_t) slots;   /* of the words of kept paragraphs, one after the other */
    uint32_t *slot_of;       /* by block: where its own begin */
    uint16_t *stems;         /* how often a word stands in the kept text */
    uint8_t *told;           /* bits: in the title, in the description */
    struct appeals *appeals; /* by block, of those near the article */
};

/* What stands between a block and the kept paragraph before it. */
struct gap {
    uint32_t cut; /* blocks set aside */
    bool heading, byline, end;
};

struct row {
    uint8_t *at;
    uint32_t n;
};

static void put(struct row *r, uint64_t value)
{
    r->at[r->n++] = value > 255 ? 255 : (uint8_t)value;
}

static void put_share(struct row *r, uint64_t part, uint64_t whole)
{
    put(r, whole == 0 ? 0 : part * 255 / whole);
}

/* Fine where numbers are small, coarse where they are large: 0 1 2 ... 16 18 20 ... */
static void put_size(struct row *r, uint64_t n)
{
    uint32_t step = 1, from = 0;
    uint64_t value = 0;

    while (n > from + 16u * step && value < 200) {
        value += 16;
        from += 16 * step;
        step *= 2;
    }
    put(r, value + (n - from) / step);
}

static void put_difference(struct row *r, int64_t a, int64_t b)
{
    int64_t value = 128 + a - b;

    put(r, value < 0 ? 0 : (uint64_t)value);
}

/* ---- what the page says ---- */

enum around {
    IN_ASIDE = 1 << 0,
    IN_FIGURE = 1 << 1,
    IN_QUOTE = 1 << 2,
    IN_LIST = 1 << 3,
    IN_TABLE = 1 << 4,
    IN_HEADER = 1 << 5,
    IN_FOOTER = 1 << 6,
    IN_SECTION = 1 << 7,
    IN_ARTICLE = 1 << 8,
    IN_FORM = 1 << 9,
    IN_LINK = 1 << 10,
    IN_MAIN = 1 << 11,
    IN_NAV = 1 << 12,
};

static uint32_t bit_of(enum dom_tag tag)
{
    switch ((int)tag) {
    case DOM_ASIDE: return IN_ASIDE;
    case DOM_FIGURE: return IN_FIGURE;
    case DOM_BLOCKQUOTE: return IN_QUOTE;
    case DOM_UL:
    case DOM_OL:
    case DOM_DL: return IN_LIST;
    case DOM_TABLE: return IN_TABLE;
    case DOM_HEADER: return IN_HEADER;
    case DOM_FOOTER: return IN_FOOTER;
    case DOM_SECTION: return IN_SECTION;
    case DOM_ARTICLE: return IN_ARTICLE;
    case DOM_FORM: return IN_FORM;
    case DOM_A: return IN_LINK;
    case DOM_MAIN: return IN_MAIN;
    case DOM_NAV: return IN_NAV;
    default: return 0;
    }
}

static bool kept_prose(const struct block *b)
{
    return b->why.len == 0 && block_is_prose(b);
}

static uint32_t parent_of(const struct scorer *s, uint32_t node)
{
    return s->d->node.at[node].parent;
}

static uint8_t sign_of(const struct markup_sense *sense)
{
    return (uint8_t)(sense->cut > MARKUP_CERTAIN ? MARKUP_CERTAIN : sense->cut);
}

static void inherit(struct scorer *s)
{
    for (uint32_t i = 0; i < s->d->node.count; i++) {
        const struct markup_sense *sense = &s->places->at[i].sense;
        const struct spot *around = &s->spot[parent_of(s, i)];
        struct spot *p = &s->spot[i];

        if (s->d->node.at[i].tag == DOM_TEXT)
            continue;
        p->tags = around->tags | bit_of(s->d->node.at[i].tag);
        p->sign = around->sign > sign_of(sense) ? around->sign : sign_of(sense);
        p->body = around->body || sense->body;
        p->lead = sense->lead;
    }
}

static void add_up(struct scorer *s)
{
    for (uint32_t i = s->d->node.count - 1; i > 0; i--) {
        const struct spot *p = &s->spot[i];
        struct spot *around = &s->spot[parent_of(s, i)];

        around->kept_in += p->kept_in;
        around->chars_in += p->chars_in;
        around->links_in += p->links_in;
        around->blocks_in += p->blocks_in;
    }
}

static size_t add_name(char *key, size_t n, const struct dom *d, uint32_t node)
{
    struct str name = dom_get(d, node, DOM_KEY_CLASS);
    size_t len = name.len < 100 ? name.len : 100;

    key[n++] = (char)('A' + (int)d->node.at[node].tag % 100);
    if (len > 0)
        memcpy(key + n, name.ptr, len);
    return n + len;
}

/* The block's element and the one around it, by tag and class. */
static void count_alike(struct scorer *s, uint32_t i)
{
    const struct block *b = &s->blocks->block.at[i];
    char key[KEY_BYTES];
    size_t n = add_name(key, 0, s->d, b->node);
    struct alike *a;
    uint32_t *known;

    n = add_name(key, n, s->d, parent_of(s, b->node));
    known = table_put(s->arena, &s->seen, (struct str){ key, n });
    if (*known == 0) {
        s->seen.entry[s->seen.count - 1].key =
            arena_str(s->arena, (struct str){ key, n });
        PUSH(s->arena, &s->alike);
        *known = s->alike.count;
    }
    s->alike_of[i] = *known - 1;
    a = &s->alike.at[*known - 1];
    a->kept += kept_prose(b) ? b->chars : 0;
    a->chars += b->chars;
    a->blocks++;
}

static void count_block(struct scorer *s, uint32_t i)
{
    const struct block *b = &s->blocks->block.at[i];
    struct spot *own = &s->spot[b->node];

    s->before[i] = s->kept;
    own->chars_in += b->chars;
    own->links_in += b->links;
    own->blocks_in++;
    s->kept_blocks += b->why.len == 0;
    count_alike(s, i);
    if (!kept_prose(b))
        return;
    s->first = s->kept == 0 ? i : s->first;
    s->last = i;
    s->kept += b->chars;
    own->kept_in += b->chars;
    s->spot[parent_of(s, b->node)].kept += b->chars;
    s->depth += s->d->node.at[b->node].depth * b->chars;
}

/* The next word of four bytes or more, as a slot of the kept text's words. */
static bool next_stem(struct str *rest, uint32_t *slot)
{
    uint32_t h = 2166136261u;
    size_t n = 0, at = 0;

    for (; at < rest->len; at++) {
        unsigned char c = (unsigned char)ascii_lower(rest->ptr[at]);

        if (c == ' ') {
            if (n >= 4)
                break;
            h = 2166136261u;
            n = 0;
        } else if (n < STEM && (c >= 0x80 || ascii_is_lower((char)c))) {
            h = (h ^ c) * 16777619u;
            n++;
        }
    }
    *rest = str_after(*rest, at);
    *slot = (h ^ h >> 15) % STEMS;
    return n >= 4;
}

static void mark_stems(struct scorer *s, struct str text, uint8_t bit)
{
    uint32_t slot;

    while (next_stem(&text, &slot))
        s->told[slot] |= bit;
}

static void count_stems(struct scorer *s)
{
    uint32_t blocks = s->blocks->block.count, slot;

    s->stems = NEW(s->arena, uint16_t, STEMS);
    s->told = NEW(s->arena, uint8_t, STEMS);
    s->slot_of = NEW(s->arena, uint32_t, blocks + 1);
    mark_stems(s, s->title, IN_TITLE);
    mark_stems(s, s->description, IN_DESCRIPTION);
    for (uint32_t i = 0; i < blocks; i++) {
        struct str rest = s->blocks->block.at[i].text;

        s->slot_of[i] = s->slots.count;
        if (!kept_prose(&s->blocks->block.at[i]))
            continue;
        while (next_stem(&rest, &slot)) {
            s->stems[slot] = (uint16_t)(s->stems[slot] + (s->stems[slot] < 60000));
            *PUSH(s->arena, &s->slots) = (uint16_t)slot;
        }
    }
    s->slot_of[blocks] = s->slots.count;
}

/* How many of a block's words the title has, and how many the description. */
static void put_told(struct row *r, const struct scorer *s, struct str words)
{
    uint32_t slot, all = 0, title = 0, description = 0;

    words.len = words.len < 600 ? words.len : 600;
    while (next_stem(&words, &slot)) {
        all++;
        title += (s->told[slot] & IN_TITLE) != 0;
        description += (s->told[slot] & IN_DESCRIPTION) != 0;
    }
    put_share(r, title, all);
    put_share(r, description, all);
}

/* Of a block's words those that the other paragraphs have, too: an appeal for money shares
 * few with the report that it stands below. */
static void put_topic(struct row *r, const struct scorer *s, uint32_t i)
{
    const struct block *b = &s->blocks->block.at[i];
    struct str rest = b->text;
    uint32_t slot, all = 0, found = 0, own = s->slot_of[i + 1] - s->slot_of[i];

    if (own > 0) { /* a kept one: each of its words is counted once for itself */
        for (; all < 200 && all < own; all++)
            found += s->stems[s->slots.at[s->slot_of[i] + all]] > 1;
    } else {
        own = kept_prose(b);
        for (; all < 200 && next_stem(&rest, &slot); all++)
            found += s->stems[slot] > own;
    }
    put_share(r, found, all);
    put_size(r, found);
}

static bool is_heading(const struct block *b)
{
    return b->tag >= DOM_H1 && b->tag <= DOM_H3;
}

static void look_between(struct scorer *s)
{
    struct gap gap = { 0 };

    s->gap = NEW(s->arena, struct gap, s->blocks->block.count + 1);
    for (uint32_t i = 0; i < s->blocks->block.count; i++) {
        const struct block *b = &s->blocks->block.at[i];

        s->gap[i] = gap;
        if (kept_prose(b)) {
            gap = (struct gap){ 0 };
            continue;
        }
        gap.cut += b->why.len > 0;
        gap.heading |= is_heading(b);
        gap.byline |= str_eq(b->why, STR("byline")) || str_eq(b->why, STR("date line"));
        gap.end |= str_eq(b->why, STR("share links")) ||
                   str_eq(b->why, STR("comments")) || str_eq(b->why, STR("tags")) ||
                   str_eq(b->why, STR("author box"));
    }
}

static void put_gap(struct row *r, const struct gap *g)
{
    put_size(r, g->cut);
    put(r, g->heading);
    put(r, g->byline);
    put(r, g->end);
}

static void look_at_page(struct scorer *s)
{
    uint32_t blocks = s->blocks->block.count;

    s->spot = NEW(s->arena, struct spot, s->d->node.count);
    s->alike_of = NEW(s->arena, uint32_t, blocks + 1);
    s->before = NEW(s->arena, uint32_t, blocks + 1);
    inherit(s);
    for (uint32_t i = 0; i < blocks; i++)
        count_block(s, i);
    s->depth /= s->kept > 0 ? s->kept : 1;
    add_up(s);
    count_stems(s);
    look_between(s);
}

/* ---- what a block says ---- */

static void put_letters(struct row *r, struct str text)
{
    uint32_t upper = 0, digits = 0, marks = 0, capitals = 0, words = 0;
    char before = ' ';

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        upper += ascii_is_upper(c);
        digits += ascii_is_digit(c);
        marks += c == '|' || c == '/' || c == ':' || c == '@' || c == '#';
        if (before == ' ' && c != ' ') {
            words++;
            capitals += ascii_is_upper(c);
        }
        before = c;
    }
    put_share(r, upper, text.len);
    put_share(r, digits, text.len);
    put(r, marks);
    put_share(r, capitals, words);
}

static void put_ends(struct row *r, struct str text)
{
    char first = text.len > 0 ? *text.ptr : ' ';
    char last = text.len > 0 ? text.ptr[text.len - 1] : ' ';

    put(r, last == '.' ? 1 : last == '!' || last == '?' ? 2 : last == ':' ? 3 : 0);
    put(r, last == '"' || last == '\'' || (unsigned char)last >= 0x80);
    put(r, ascii_is_lower(first) ? 1 : ascii_is_upper(first) ? 2 : 0);
    put(r, first == '(' || first == '[' || first == '*' || first == '-');
}

static uint32_t group_of_tag(enum dom_tag tag)
{
    switch ((int)tag) {
    case DOM_P: return 0;
    case DOM_LI: return 1;
    case DOM_H1: return 7;
    case DOM_H2:
    case DOM_H3:
    case DOM_H4:
    case DOM_H5:
    case DOM_H6: return 2;
    case DOM_BLOCKQUOTE: return 3;
    case DOM_TR:
    case DOM_TD:
    case DOM_TH:
    case DOM_TABLE: return 4;
    case DOM_FIGCAPTION:
    case DOM_FIGURE: return 5;
    case DOM_DIV: return 6;
    case DOM_SECTION:
    case DOM_ARTICLE: return 8;
    default: return 9;
    }
}

/* The rules' reasons in groups; 0: kept. */
static uint32_t group_of_why(struct str why)
{
    static const struct {
        struct str why;
        uint32_t group;
    } groups[] = {
        { STR_INIT("outside the article"), 1 },
        { STR_INIT("beside the article's body"), 2 },
        { STR_INIT("related links"), 3 },
        { STR_INIT("another article"), 3 },
        { STR_INIT("caption"), 4 },
        { STR_INIT("photo credit"), 4 },
        { STR_INIT("gallery"), 4 },
        { STR_INIT("byline"), 5 },
        { STR_INIT("author box"), 5 },
        { STR_INIT("date line"), 5 },
        { STR_INIT("title"), 6 },
        { STR_INIT("page header"), 6 },
        { STR_INIT("embedded post"), 7 },
        { STR_INIT("widget"), 7 },
        { STR_INIT("player"), 7 },
        { STR_INIT("pull quote"), 7 },
        { STR_INIT("box"), 8 },
        { STR_INIT("side column"), 8 },
        { STR_INIT("comments"), 9 },
        { STR_INIT("hidden"), 10 },
        { STR_INIT("repeated"), 11 },
        { STR_INIT("mark"), 12 },
        { STR_INIT("tags"), 12 },
    };

    if (why.len == 0)
        return 0;
    for (size_t i = 0; i < COUNT(groups); i++)
        if (str_eq(why, groups[i].why))
            return groups[i].group;
    return GROUPS - 1;
}

static void put_own(struct row *r, struct block *b)
{
    struct line_sense sense = { .scope = LINE_NONE };

    if (b->words <= 24)
        sense = block_line(b);

    put_size(r, b->chars);
    put_size(r, b->words);
    put_share(r, b->links, b->chars);
    put_share(r, b->strong, b->chars);
    put(r, b->sentence);
    put(r, block_is_prose(b));
    put(r, group_of_tag(b->tag));
    put(r, b->tag == DOM_P);
    put(r, b->tag == DOM_LI);
    put(r, (uint32_t)sense.scope * 2 + sense.whole);
    put(r, str_find_char(b->text, '\n') != STR_NPOS);
    put(r, str_find(b->text, STR("http")) != STR_NPOS);
    put_letters(r, b->text);
    put_ends(r, b->text);
}

/* How much of a block's words speaks to the reader or of the paper. */
static void put_appeal(struct row *r, const struct appeals *a)
{
    put_share(r, a->words, a->all);
}

static void put_appeals(struct row *r, const struct appeals *a)
{
    uint32_t plea = a->of[APPEAL_READER] + a->of[APPEAL_HOUSE] + a->of[APPEAL_CALL] +
                    a->of[APPEAL_NETWORK] + a->of[APPEAL_TALK] + a->of[APPEAL_FUND];

    put_appeal(r, a);
    put_share(r, plea, a->all);
    for (uint32_t i = 0; i < APPEAL_COUNT; i++)
        put(r, a->of[i]);
}

static void put_place(struct row *r, const struct scorer *s, uint32_t i)
{
    const struct block *b = &s->blocks->block.at[i];
    uint32_t own = s->before[i], blocks = s->blocks->block.count;
    bool outside = i < s->first || i > s->last || s->kept == 0;

    put_share(r, own, s->kept);
    put_size(r, own);
    put_size(r, s->kept - own);
    put_share(r, i, blocks);
    put(r, outside);
    put_size(r, i < s->first ? s->first - i : 0);
    put_size(r, i > s->last ? i - s->last : 0);
    put_difference(r, s->d->node.at[b->node].depth, s->depth);
    outside =
        b->node < s->places->best || b->node >= s->d->node.at[s->places->best].end;
    put(r, outside);
}

/* The blocks beside one. */
static void put_neighbour(struct row *r, const struct scorer *s, uint32_t i, int step)
{
    const struct block *b = &s->blocks->block.at[i], *n;
    int64_t k = (int64_t)i + step;
    uint32_t far = 0;

    if (k < 0 || k >= s->blocks->block.count) {
        for (int n0 = 0; n0 < 10; n0++)
            put(r, 255);
        return;
    }
    n = &s->blocks->block.at[k];
    put_size(r, n->words);
    put_appeal(r, &s->appeals[k]);
    put_share(r, n->links, n->chars);
    put(r, group_of_why(n->why));
    put(r, group_of_tag(n->tag));
    put(r, block_is_prose(n));
    put(r, parent_of(s, n->node) == parent_of(s, b->node));
    put(r, s->alike_of[k] == s->alike_of[i]);
    for (; k >= 0 && k < s->blocks->block.count && far < 40; k += step, far++)
        if (kept_prose(&s->blocks->block.at[k]))
            break;
    put(r, far);
    for (; far > 0 && !(k >= 0 && k < s->blocks->block.count); far--)
        k -= step;
    put(r, k >= 0 && k < s->blocks->block.count &&
               parent_of(s, s->blocks->block.at[k].node) == parent_of(s, b->node));
}

static void put_element(struct row *r, const struct scorer *s, uint32_t i)
{
    const struct block *b = &s->blocks->block.at[i];
    uint32_t up = parent_of(s, b->node), above = parent_of(s, up);
    const struct spot *own = &s->spot[b->node], *parent = &s->spot[up],
                      *second = &s->spot[above];
    const struct alike *a = &s->alike.at[s->alike_of[i]];

    put_share(r, parent->kept, s->kept);
    put_share(r, parent->kept_in, s->kept);
    put_share(r, second->kept_in, s->kept);
    put_share(r, parent->kept_in, parent->chars_in);
    put_share(r, parent->links_in, parent->chars_in);
    put_share(r, second->links_in, second->chars_in);
    put_size(r, parent->blocks_in);
    put_size(r, second->blocks_in);
    put_size(r, own->blocks_in);
    put_share(r, a->kept, s->kept);
    put_share(r, a->kept, a->chars);
    put_size(r, a->blocks);
    put(r, own->sign);
    put(r, sign_of(&s->places->at[b->node].sense));
    put(r, sign_of(&s->places->at[up].sense));
    put(r, own->body);
    put(r, own->lead + 2u * parent->lead);
    for (uint32_t bit = IN_ASIDE; bit <= IN_NAV; bit <<= 1)
        if (bit != IN_NAV && bit != IN_MAIN && bit != IN_FORM)
            put(r, (own->tags & bit) != 0);
}

static void put_page(struct row *r, const struct scorer *s, uint32_t i)
{
    const struct block *b = &s->blocks->block.at[i];
    bool early = i <= s->first + 4; /* where a standfirst would be */

    put_size(r, s->kept / 16);
    put_size(r, s->kept_blocks);
    put_share(r, s->kept, s->spot[0].chars_in);
    put_told(r, s, early ? b->text : STR(""));
    put(r, s->places->second);
}

static void fill_row(const struct scorer *s, uint32_t i, uint8_t *at)
{
    struct block *b = &s->blocks->block.at[i];
    uint32_t why = group_of_why(b->why);
    struct row r = { at, 0 };

    put(&r, why);
    put(&r, why == 0);
    put(&r, why == 1 || why == 2);
    put(&r, why == 3);
    put_own(&r, b);
    put_appeals(&r, &s->appeals[i]);
    put_topic(&r, s, i);
    put_gap(&r, &s->gap[i]);
    put_gap(&r, &s->gap[i + 1 < s->blocks->block.count ? i + 1 : i]);
    put_place(&r, s, i);
    put_neighbour(&r, s, i, -1);
    put_neighbour(&r, s, i, 1);
    put_element(&r, s, i);
    put_page(&r, s, i);
    assert(r.n < SCORE_NEAR);
    at[SCORE_NEAR] = 1;
}

/* Menus before the article and teasers far behind it are left to the rules. */
static bool is_near(const struct scorer *s, uint32_t i)
{
    const struct block *b = &s->blocks->block.at[i];

    return b->why.len == 0 || block_is_prose(b) ||
           (i + NEAR >= s->first && i <= s->last + NEAR);
}

uint8_t *score_features(struct arena *arena, const struct dom *d,
                        const struct places *places, struct str title,
                        struct str description, const struct blocks *blocks)
{
    struct scorer s = { .arena = arena,
                        .d = d,
                        .places = places,
                        .blocks = blocks,
                        .title = title,
                        .description = description };
    uint8_t *rows =
        NEW(arena, uint8_t, (size_t)blocks->block.count * SCORE_FEATURES + 1);

    look_at_page(&s);
    s.appeals = NEW(arena, struct appeals, blocks->block.count + 1);
    for (uint32_t i = 0; i < blocks->block.count; i++)
        if (is_near(&s, i))
            s.appeals[i] = appeals_in(blocks->block.at[i].text);
    for (uint32_t i = 0; i < blocks->block.count; i++)
        if (is_near(&s, i))
            fill_row(&s, i, rows + (size_t)i * SCORE_FEATURES);
    return rows;
}
