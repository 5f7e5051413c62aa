#include "article/kind.h"

#include "article/select.h"

#define CARDS 5 /* a front has so many; related links below an article rarely do */
#define CARD_LINE 160 /* characters of a card's line */

/* What speaks for a list and what for an article. */
struct signs {
    uint32_t links;  /* blocks that are a linked title */
    uint32_t teased; /* blocks set aside as related links */
    uint32_t prose;  /* characters of kept paragraphs */
    uint32_t large;  /* kept paragraphs of more than 300 of them */
    uint32_t cards;  /* linked titles with a line of prose right below each */
    uint32_t told;   /* characters of those lines */
};

static bool is_linked_title(const struct block *b)
{
    return b->words >= 3 && b->links * 100 >= b->chars * 70;
}

/* A front's card: "Flood toll rises to 58", linked, and below "Eleven children among the
 * dead; 74 people still missing." */
static void count_card(struct signs *s, const struct block *title,
                       const struct block *line)
{
    if (!is_linked_title(title) || is_linked_title(line) || !line->sentence ||
        line->chars > CARD_LINE)
        return;
    s->cards++;
    s->told += line->why.len == 0 ? line->chars : 0;
}

static struct signs count_signs(const struct blocks *blocks)
{
    struct signs s = { 0 };

    for (uint32_t i = 0; i < blocks->block.count; i++) {
        const struct block *b = &blocks->block.at[i];

        s.links += is_linked_title(b);
        if (i > 0)
            count_card(&s, b - 1, b);
        s.teased += str_eq(b->why, STR("related links"));
        if (b->why.len > 0 || !block_is_prose(b))
            continue;
        s.prose += b->chars;
        s.large += b->chars > 300;
    }
    return s;
}

static bool og_says_article(const struct dom *d)
{
    for (uint32_t i = 0; i < d->node.count; i++)
        if (d->node.at[i].tag == DOM_META &&
            str_eq(dom_get(d, i, DOM_KEY_PROPERTY), STR("og:type")))
            return str_find_fold(dom_get(d, i, DOM_KEY_CONTENT), STR("article")) !=
                       STR_NPOS ||
                   str_eq_fold(dom_get(d, i, DOM_KEY_CONTENT), STR("profile"));
    return false;
}

/* The page says itself that it is an article: a type, or when it was published. */
static bool says_article(const struct dom *d, const struct meta *m,
                         const struct article *a)
{
    return m->ld_article != LD_NONE || og_says_article(d) ||
           a->published_from != DATE_FROM_NONE;
}

static bool is_news(const struct meta *m)
{
    return ld_is(&m->ld, m->ld_article, "NewsArticle") ||
           ld_is(&m->ld, m->ld_article, "ReportageNewsArticle");
}

/* Hardly any prose but the lines of cards. */
static bool is_front(const struct signs *s)
{
    return s->cards >= CARDS && s->large == 0 && s->prose <= 2 * s->told;
}

static bool is_listing(const struct signs *s, bool said, bool og)
{
    if (!og && s->large == 0 && s->teased >= 55 && s->prose < 60 * s->links)
        return true;
    return !said && s->prose < 45 * s->links && (s->teased >= 10 || s->links >= 150) &&
           (s->links >= 20 || s->large == 0);
}

enum article_kind kind_of_page(const struct dom *d, const struct meta *m,
                               const struct blocks *blocks, const struct article *a)
{
    struct signs s;

    if (ld_is(&m->ld, m->ld_article, "LiveBlogPosting"))
        return ARTICLE_LIVE;
    if (is_news(m))
        return ARTICLE_PLAIN;
    s = count_signs(blocks);
    if (m->ld_article == LD_NONE && !og_says_article(d) && is_front(&s))
        return ARTICLE_LISTING;
    return is_listing(&s, says_article(d, m, a), og_says_article(d)) ? ARTICLE_LISTING
                                                                     : ARTICLE_PLAIN;
}
