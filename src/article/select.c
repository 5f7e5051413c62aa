#include "article/select.h"

#include "article/appeal.h"
#include "article/line.h"
#include "article/markup.h"
#include "base/table.h"

struct selection {
    struct arena *arena;
    const struct dom *d;
    struct blocks *blocks;
    struct place *place;
    uint32_t best; /* the element that holds the article */
    struct markup_memory markup;
    bool second; /* the second try, when signs of furniture left next to nothing */
};

bool block_is_prose(const struct block *b)
{
    if (b->links * 100 > b->chars * 45)
        return false;
    if (b->tag == DOM_FIGCAPTION || b->tag == DOM_BUTTON || b->tag == DOM_H1)
        return false;
    return b->sentence ? b->words >= 8 : b->words >= 25;
}

static bool mostly_link(const struct block *b)
{
    return b->links * 100 >= b->chars * 70;
}

static void count_block(struct selection *s, const struct block *b)
{
    struct place *p = &s->place[b->node];

    p->blocks++;
    p->words += b->words;
    p->link_blocks += b->words >= 3 && mostly_link(b);
}

/* Characters of a paragraph; those of Chinese and Japanese say three times as much. */
static int64_t size_of(const struct block *b)
{
    return b->words * 2 > b->chars ? (int64_t)b->chars * 3 : (int64_t)b->chars;
}

/* What was counted for each node comes to those around it. */
static void add_up(struct selection *s)
{
    for (uint32_t i = s->d->node.count - 1; i > 0; i--) {
        struct place *p = &s->place[i], *around = &s->place[s->d->node.at[i].parent];

        around->prose += p->prose;
        around->blocks += p->blocks;
        around->words += p->words;
        around->link_blocks += p->link_blocks;
    }
}

static void measure_prose(struct selection *s)
{
    for (uint32_t i = 0; i < s->blocks->block.count; i++) {
        const struct block *b = &s->blocks->block.at[i];

        count_block(s, b);
        if (block_is_prose(b))
            s->place[b->node].prose += size_of(b);
    }
    add_up(s);
}

/* A teaser: a linked title and a few words. */
static bool is_card(const struct selection *s, uint32_t node)
{
    const struct place *p = &s->place[node];

    return p->blocks >= 1 && p->blocks <= 12 && p->words <= 110 &&
           p->link_blocks >= 1 && p->link_blocks <= 4;
}

static bool same_kind(const struct dom *d, uint32_t a, uint32_t b)
{
    return d->node.at[a].tag == d->node.at[b].tag &&
           str_eq(dom_get(d, a, DOM_KEY_CLASS), dom_get(d, b, DOM_KEY_CLASS));
}

/* Two or more teasers of one kind side by side, if they are not the most of the page. */
static void find_cards(struct selection *s, uint32_t parent)
{
    const struct dom *d = s->d;
    uint32_t end = d->node.at[parent].end, first = 0, cards = 0;
    int64_t prose = 0;

    for (uint32_t i = parent + 1; i <= end; i = i < end ? d->node.at[i].end : end + 1) {
        if (i < end && (d->node.at[i].tag == DOM_TEXT || s->place[i].blocks == 0))
            continue;
        if (i < end && is_card(s, i) && (cards == 0 || same_kind(d, first, i))) {
            first = cards == 0 ? i : first;
            prose += s->place[i].prose;
            cards++;
            continue;
        }
        if (cards >= 2 && prose * 100 < s->place[0].prose * 35)
            for (uint32_t k = first; k < i; k = d->node.at[k].end)
                s->place[k].why = STR("related links");
        cards = 0;
        prose = 0;
    }
}

/* An <article> inside another one is a teaser or a comment, if the outer one has text of
 * its own; else it is an entry of a live page. */
static void find_inner_articles(struct selection *s, uint32_t outer)
{
    const struct dom *d = s->d;
    int64_t inner = 0;

    for (uint32_t i = outer + 1; i < d->node.at[outer].end; i++)
        if (d->node.at[i].tag == DOM_ARTICLE) {
            inner += s->place[i].prose;
            i = d->node.at[i].end - 1;
        }
    if (inner == 0 ||
        (s->place[outer].prose - inner) * 100 < s->place[outer].prose * 30)
        return;
    for (uint32_t i = outer + 1; i < d->node.at[outer].end; i++)
        if (d->node.at[i].tag == DOM_ARTICLE) {
            s->place[i].why = STR("another article");
            i = d->node.at[i].end - 1;
        }
}

/* Teasers in <article>s of their own, beside one that has most of the page. */
static void find_article_cards(struct selection *s)
{
    const struct dom *d = s->d;
    uint32_t main = UINT32_MAX;

    for (uint32_t i = 0; i < d->node.count; i++)
        if (d->node.at[i].tag == DOM_ARTICLE &&
            s->place[i].prose * 100 >= s->place[0].prose * 40)
            main = i;
    if (main == UINT32_MAX)
        return;
    for (uint32_t i = 0; i < d->node.count; i++)
        if (d->node.at[i].tag == DOM_ARTICLE && is_card(s, i) &&
            (i < main || i >= d->node.at[main].end))
            s->place[i].why = STR("another article");
}

static void find_others(struct selection *s)
{
    find_article_cards(s);
    for (uint32_t i = 0; i < s->d->node.count; i++) {
        enum dom_tag tag = s->d->node.at[i].tag;

        if (tag == DOM_TEXT || s->place[i].blocks < 2)
            continue;
        find_cards(s, i);
        if (tag == DOM_ARTICLE)
            find_inner_articles(s, i);
    }
}

/* Signs of furniture are believed unless the element has too much of the page's prose;
 * in the second try, when they left next to nothing, less. */
static bool believed(const struct markup_sense *sense, int64_t prose, int64_t all,
                     bool second)
{
    int64_t most = 60;

    switch (sense->cut) {
    case MARKUP_NONE: return false;
    case MARKUP_WEAK: most = second ? 1 : 20; break;
    case MARKUP_STRONG: most = second ? 5 : 35; break;
    case MARKUP_CERTAIN:
        most = second ? (sense->hidden ? 0 : 15) : sense->hidden ? 40 : 60;
        break;
    case MARKUP_PROVEN: return true;
    }
    return prose * 100 < all * most;
}

static void judge_nodes(struct selection *s)
{
    int64_t all = s->place[0].prose;

    for (uint32_t i = 0; i < s->d->node.count; i++) {
        struct place *p = &s->place[i];

        if (s->d->node.at[i].tag == DOM_TEXT)
            continue;
        p->sense = markup_read(s->arena, &s->markup, s->d, i);
        if (s->place[s->d->node.at[i].parent].why.len > 0)
            p->why = s->place[s->d->node.at[i].parent].why;
        if (p->why.len == 0 && believed(&p->sense, p->prose, all, s->second))
            p->why = p->sense.why;
    }
}

static int64_t value_of(const struct block *b)
{
    if (b->why.len > 0)
        return block_is_prose(b) ? -size_of(b) / 5 : 0;
    if (block_is_prose(b))
        return size_of(b);
    if (b->links * 2 > b->chars)
        return -10 - (int64_t)b->links / 2;
    return -2;
}

static void value_blocks(struct selection *s)
{
    for (uint32_t i = 0; i < s->blocks->block.count; i++) {
        struct block *b = &s->blocks->block.at[i];

        b->why = s->place[b->node].why;
        s->place[b->node].value += value_of(b);
    }
    for (uint32_t i = s->d->node.count - 1; i > 0; i--)
        s->place[s->d->node.at[i].parent].value += s->place[i].value;
}

/* The element of most value, of those the innermost; a wider one must bring a tenth more,
 * or teasers beside the article would count as its paragraphs. */
static uint32_t most_valuable(const struct selection *s)
{
    uint32_t best = 0;
    int64_t most = s->place[0].value;

    for (uint32_t i = 1; i < s->d->node.count; i++)
        if (s->d->node.at[i].tag != DOM_TEXT && s->place[i].value > most)
            most = s->place[i].value;
    for (uint32_t i = 1; i < s->d->node.count; i++)
        if (s->d->node.at[i].tag != DOM_TEXT && s->place[i].value * 100 >= most * 93 &&
            s->place[i].value > 0)
            best = i; /* later ones lie deeper, or hold as much: there can be but one */
    return best;
}

static bool inside(const struct dom *d, uint32_t node, uint32_t around)
{
    return node >= around && node < d->node.at[around].end;
}

/* What the markup calls the body: the outermost such elements inside the best, together.
 * False when they have too little of its prose. */
static bool named_bodies(const struct selection *s, bool *in_body)
{
    int64_t prose = 0, most = s->place[s->best].value;
    uint32_t end = s->d->node.at[s->best].end;

    for (uint32_t i = s->best; i < end; i++) {
        const struct place *p = &s->place[i];

        if (!p->sense.body || p->why.len > 0 || p->blocks == 0)
            continue;
        prose += p->value;
        for (uint32_t k = i; k < s->d->node.at[i].end; k++)
            in_body[k] = true;
        i = s->d->node.at[i].end - 1;
    }
    return prose * 100 >= most * 70;
}

static void set_why(struct block *b, struct str why)
{
    if (b->why.len == 0)
        b->why = why;
}

static void cut_outside(struct selection *s)
{
    bool *in_body = NEW(s->arena, bool, s->d->node.count);
    bool use_bodies = named_bodies(s, in_body);

    for (uint32_t i = 0; i < s->blocks->block.count; i++) {
        struct block *b = &s->blocks->block.at[i];

        if (!inside(s->d, b->node, s->best))
            set_why(b, STR("outside the article"));
        else if (use_bodies && !in_body[b->node])
            set_why(b, STR("beside the article's body"));
    }
}

/* Whether a block is the summary that the page also gives to those who link to it; one of
 * both may be cut short. */
static bool is_description(const struct block *b, struct str description)
{
    struct str a = b->text, c = description;

    if (a.len < 20 || c.len < 20)
        return false;
    a.len = a.len < c.len ? a.len : c.len;
    a.len = a.len > 50 ? 50 : a.len - 3;
    return str_starts(c, a);
}

static bool may_be_standfirst(const struct block *b)
{
    return str_eq(b->why, STR("page header")) ||
           str_eq(b->why, STR("outside the article")) ||
           str_eq(b->why, STR("beside the article's body"));
}

/* The standfirst stands under the title, mostly outside of the body, and is part of the
 * article: an element that says so, or the page's description word for word. */
static void keep_standfirst(struct selection *s, struct str title,
                            struct str description)
{
    uint32_t first = 0, head = UINT32_MAX;

    while (first < s->blocks->block.count && s->blocks->block.at[first].why.len > 0)
        first++;
    for (uint32_t i = 0; i < first; i++) {
        const struct block *b = &s->blocks->block.at[i];

        if (b->tag == DOM_H1 || (title.len > 0 && str_eq_fold(b->text, title)))
            head = i;
    }
    for (uint32_t i = head == UINT32_MAX ? first : head + 1; i < first; i++) {
        struct block *b = &s->blocks->block.at[i];
        uint32_t node = b->node;
        bool lead = false;

        for (int up = 0; up < 3 && node > 0; up++, node = s->d->node.at[node].parent)
            lead |= s->place[node].sense.lead;
        if (b->words < 6 || b->links * 2 > b->chars || !may_be_standfirst(b))
            continue;
        if (lead || is_description(b, description))
            b->why = (struct str){ NULL, 0 };
    }
}

/* ---- lines ---- */

static bool is_heading(const struct block *b)
{
    return b->tag >= DOM_H1 && b->tag <= DOM_H6;
}

/* How much prose follows each block that nothing spoke against at the start. */
static int64_t *prose_after(struct arena *arena, const struct blocks *blocks)
{
    int64_t *after = NEW(arena, int64_t, (size_t)blocks->block.count + 1), prose = 0;

    for (uint32_t i = blocks->block.count; i > 0; i--) {
        const struct block *b = &blocks->block.at[i - 1];

        after[i - 1] = prose;
        prose += b->why.len == 0 && block_is_prose(b) ? b->chars : 0;
    }
    return after;
}

/* Links and short lines that follow a heading such as "Related stories". */
static uint32_t cut_links(struct blocks *blocks, uint32_t i, struct str why)
{
    for (i++; i < blocks->block.count; i++) {
        struct block *b = &blocks->block.at[i];

        if (b->why.len > 0)
            continue;
        if (b->tag == DOM_LI && b->links * 100 >= b->chars * 20) {
            b->why = why;
            continue;
        }
        if ((block_is_prose(b) && !mostly_link(b)) || (is_heading(b) && b->links == 0))
            break;
        if (!mostly_link(b) && b->words > 20)
            break;
        if (b->links == 0 && b->sentence)
            break;
        b->why = why;
    }
    return i - 1;
}

static void cut_rest(struct blocks *blocks, uint32_t i, struct str why)
{
    for (i++; i < blocks->block.count; i++)
        set_why(&blocks->block.at[i], why);
}

/* The whole of a section to its end is furniture only where little prose follows. */
static uint32_t apply(struct blocks *blocks, uint32_t i, struct line_sense sense,
                      int64_t prose, int64_t after)
{
    struct block *b = &blocks->block.at[i];

    if (sense.scope == LINE_REST && after * 2 < prose && prose > 0) {
        b->why = sense.why;
        cut_rest(blocks, i, sense.why);
        return blocks->block.count;
    }
    b->why = sense.why;
    return sense.scope == LINE_LINKS ? cut_links(blocks, i, sense.why) : i;
}

static bool is_label(const struct block *b)
{
    return is_heading(b) || b->words <= 8;
}

static void cut_by_words(struct arena *arena, struct blocks *blocks)
{
    int64_t *after = prose_after(arena, blocks), prose = 0;

    for (uint32_t i = 0; i < blocks->block.count; i++) {
        struct block *b = &blocks->block.at[i];
        struct line_sense sense;

        if (b->why.len > 0)
            continue;
        if (b->tag == DOM_TR) /* cells may hold anything */
            continue;
        sense = block_line(b);
        if (sense.scope > LINE_ALONE && !is_label(b))
            sense.scope = LINE_ALONE;
        if (sense.scope != LINE_NONE)
            i = apply(blocks, i, sense, prose, after[i]);
        else if (block_is_prose(b))
            prose += b->chars;
    }
}

static void cut_repeated(struct arena *arena, struct blocks *blocks)
{
    struct table seen = { 0 };

    for (uint32_t i = 0; i < blocks->block.count; i++) {
        struct block *b = &blocks->block.at[i];
        uint32_t *times;

        if (b->why.len > 0 || b->words < 12)
            continue;
        times = table_put(arena, &seen, b->text);
        if (++*times > 1)
            b->why = STR("repeated");
    }
}

static void cut_title(struct blocks *blocks, struct str title)
{
    uint32_t prose = 0;

    for (uint32_t i = 0; i < blocks->block.count && prose < 2; i++) {
        struct block *b = &blocks->block.at[i];

        if (b->why.len > 0)
            continue;
        if (b->tag == DOM_H1 || (title.len > 0 && str_eq_fold(b->text, title)))
            b->why = STR("title");
        prose += block_is_prose(b);
    }
}

/* A paragraph that is a link from end to end but says something. */
static bool is_linked_sentence(const struct block *b)
{
    return b->tag == DOM_P && b->words >= 10 && b->sentence &&
           strchr(".!?", b->text.ptr[b->text.len - 1]) != NULL;
}

/* "REQUIRED READING: Why the harbour bill failed", the second half a link. */
static bool is_labelled_link(const struct block *b)
{
    size_t at = str_find_char(b->text, ':');

    return at < 40 && b->words <= 30 && b->tag != DOM_TR;
}

/* Paragraphs and list items that are one link. */
static void cut_lone_links(struct blocks *blocks)
{
    for (uint32_t i = 0; i < blocks->block.count; i++) {
        struct block *b = &blocks->block.at[i];

        if (b->why.len > 0 || b->links * 100 < b->chars * 55)
            continue;
        if (b->links * 100 >= b->chars * 85 ? !is_linked_sentence(b)
                                            : is_labelled_link(b))
            b->why = STR("related links");
    }
}

/* Headings that nothing follows. */
static void cut_last_headings(struct blocks *blocks)
{
    for (uint32_t i = blocks->block.count; i > 0; i--) {
        struct block *b = &blocks->block.at[i - 1];

        if (b->why.len > 0)
            continue;
        if (!is_heading(b))
            return;
        b->why = STR("heading of what was set aside");
    }
}

#define LAST_BLOCKS 12 /* of the kept text, where a page speaks for itself */

/* "Telephone: 0123 Fax: 0124 E-mail: desk@post.example": three and more are no news. */
static bool is_contact(const struct block *b, const struct appeals *a)
{
    return a->of[APPEAL_CONTACT] >= 3 && b->words <= 150;
}

/* Paragraphs at the end that ask for money ("our journalism", "your contribution"), with
 * the headings between them. */
static void cut_appeals(struct blocks *blocks)
{
    uint32_t pleas = 0, seen = 0, from = blocks->block.count;
    bool run = true;

    for (uint32_t i = blocks->block.count; i > 0 && seen < LAST_BLOCKS; i--) {
        struct block *b = &blocks->block.at[i - 1];
        struct appeals a;

        if (b->why.len > 0)
            continue;
        seen++;
        a = appeals_in(b->text);
        if (is_contact(b, &a))
            b->why = STR("contact details");
        else if (run && (a.of[APPEAL_FUND] > 0 || is_heading(b))) {
            pleas += a.of[APPEAL_FUND];
            from = i - 1;
        } else {
            run = false;
        }
    }
    for (uint32_t i = from; pleas >= 4 && i < blocks->block.count; i++)
        set_why(&blocks->block.at[i], STR("appeal for support"));
}

void select_lines(struct arena *arena, struct str title, struct blocks *blocks)
{
    cut_title(blocks, title);
    cut_by_words(arena, blocks);
    cut_lone_links(blocks);
    cut_repeated(arena, blocks);
    cut_appeals(blocks);
    cut_last_headings(blocks);
}

static void select_once(struct selection *s, struct str title, struct str description)
{
    s->place = NEW(s->arena, struct place, s->d->node.count);
    measure_prose(s);
    if (!s->second)
        find_others(s);
    judge_nodes(s);
    value_blocks(s);
    s->best = most_valuable(s);
    cut_outside(s);
    keep_standfirst(s, title, description);
    select_lines(s->arena, title, s->blocks);
}

static int64_t kept_prose(const struct blocks *blocks)
{
    int64_t prose = 0;

    for (uint32_t i = 0; i < blocks->block.count; i++)
        if (blocks->block.at[i].why.len == 0 && block_is_prose(&blocks->block.at[i]))
            prose += blocks->block.at[i].chars;
    return prose;
}

struct places select_article(struct arena *arena, const struct dom *d, struct str title,
                             struct str description, struct blocks *blocks)
{
    struct selection s = { .arena = arena, .d = d, .blocks = blocks };

    select_once(&s, title, description);
    if (kept_prose(blocks) * 100 < s.place[0].prose * 12) {
        s.second = true;
        for (uint32_t i = 0; i < blocks->block.count; i++)
            blocks->block.at[i].why = (struct str){ NULL, 0 };
        select_once(&s, title, description);
    }
    return (struct places){ s.place, s.best, s.second };
}
