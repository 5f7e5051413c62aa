#include "article/meta.h"
#include "article/pagedate.h"
#include "article/select.h"

/* Where a date stands on a page, the most trustworthy first. */
enum rank {
    RANK_JSONLD,   /* datePublished of the article */
    RANK_META,     /* article:published_time and its kin */
    RANK_MARKED,   /* itemprop=datePublished, <time pubdate> */
    RANK_URL,      /* /2019/11/19/ */
    RANK_TIME,     /* a <time> beside the headline or the article */
    RANK_VISIBLE,  /* a line with a date there */
    RANK_LOOSE,    /* <meta name=date>, JSON-LD of the page as a whole */
    RANK_ANYWHERE, /* the first short line with a date in all of the page */
    RANK_CHANGED,  /* the last change: no later than it was published */
    RANKS
};

struct dates {
    struct instant best[RANKS];
    enum date_from from[RANKS];
    bool month_first;
};

static void offer(struct dates *t, enum rank rank, enum date_from from,
                  struct str value)
{
    struct instant found;

    if (value.len == 0 || t->best[rank].precision != INSTANT_NONE)
        return;
    if (pagedate_read(value, t->month_first, &found)) {
        t->best[rank] = found;
        t->from[rank] = from;
    }
}

static bool is_one_of(struct str name, const struct str *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (name.len == list[i].len && str_eq_fold(name, list[i]))
            return true;
    return false;
}

static const struct str published_names[] = {
    STR_INIT("article:published_time"),
    STR_INIT("article:published"),
    STR_INIT("og:published_time"),
    STR_INIT("datepublished"),
    STR_INIT("og:article:published_time"),
    STR_INIT("parsely-pub-date"),
    STR_INIT("sailthru.date"),
    STR_INIT("publishdate"),
    STR_INIT("publish-date"),
    STR_INIT("publish_date"),
    STR_INIT("pubdate"),
    STR_INIT("publication_date"),
    STR_INIT("publicationdate"),
    STR_INIT("cxenseparse:recs:publishtime"),
    STR_INIT("cxenseparse:publishtime"),
    STR_INIT("article.published"),
    STR_INIT("dc.date.issued"),
    STR_INIT("dcterms.issued"),
    STR_INIT("dc.date.created"),
    STR_INIT("dcterms.created"),
    STR_INIT("article_date_original"),
    STR_INIT("originalpublicationdate"),
    STR_INIT("rnews:datepublished"),
    STR_INIT("citation_publication_date"),
    STR_INIT("citation_date"),
    STR_INIT("pub_date"),
    STR_INIT("published_time"),
    STR_INIT("published-date"),
    STR_INIT("date_published"),
    STR_INIT("published_at"),
    STR_INIT("article:publicationdate"),
    STR_INIT("og:pubdate"),
    STR_INIT("ptime"),
    STR_INIT("shareaholic:article_published_time"),
    STR_INIT("bt:pubdate"),
    STR_INIT("vr:published_time"),
    STR_INIT("article.created"),
    STR_INIT("displaydate"),
    STR_INIT("dc.date.publication"),
    STR_INIT("creation_date"),
    STR_INIT("article:post_date"),
    STR_INIT("video:release_date"),
    STR_INIT("og:regdate"),
    STR_INIT("datecreated"),
    STR_INIT("rnews:datecreated"),
    STR_INIT("iso-8601-publish-date"),
    STR_INIT("dateposted"),
};
static const struct str loose_names[] = {
    STR_INIT("date"),
    STR_INIT("dc.date"),
    STR_INIT("created"),
    STR_INIT("og:release_date"),
    STR_INIT("release_date"),
    STR_INIT("uploaddate"),
    STR_INIT("last-published"),
    STR_INIT("timestamp"),
    STR_INIT("dc.terms.created"),
    STR_INIT("dcterms.date"),
};
static const struct str changed_names[] = {
    STR_INIT("article:modified_time"),
    STR_INIT("og:updated_time"),
    STR_INIT("lastmod"),
    STR_INIT("last-modified"),
    STR_INIT("revised"),
    STR_INIT("datemodified"),
    STR_INIT("dc.date.modified"),
    STR_INIT("dcterms.modified"),
    STR_INIT("updated_time"),
    STR_INIT("moddate"),
    STR_INIT("article:modified"),
    STR_INIT("modified_time"),
    STR_INIT("last_updated_date"),
    STR_INIT("utime"),
};

static void read_meta(const struct dom *d, uint32_t i, struct dates *t)
{
    static const enum dom_key keys[] = { DOM_KEY_PROPERTY, DOM_KEY_NAME,
                                         DOM_KEY_ITEMPROP, DOM_KEY_HTTP_EQUIV };
    struct str content = dom_get(d, i, DOM_KEY_CONTENT);

    for (size_t k = 0; k < COUNT(keys); k++) {
        struct str name = str_trim(dom_get(d, i, keys[k]));

        if (name.len == 0)
            continue;
        if (is_one_of(name, published_names, COUNT(published_names)))
            offer(t, RANK_META, DATE_FROM_META, content);
        else if (is_one_of(name, loose_names, COUNT(loose_names)))
            offer(t, RANK_LOOSE, DATE_FROM_META, content);
        else if (is_one_of(name, changed_names, COUNT(changed_names)))
            offer(t, RANK_CHANGED, DATE_FROM_META, content);
    }
}

/* <time>, and what has a date as its property. */
static void read_marked(struct arena *arena, const struct dom *d, uint32_t i,
                        struct dates *t)
{
    struct str prop = dom_get(d, i, DOM_KEY_ITEMPROP);
    struct str value = dom_get(d, i, DOM_KEY_DATETIME);
    bool published = str_eq_fold(prop, STR("datePublished")) ||
                     str_eq_fold(prop, STR("dateCreated")) ||
                     dom_has(d, i, DOM_KEY_PUBDATE);

    if (!published)
        return;
    if (value.len == 0)
        value = dom_get(d, i, DOM_KEY_CONTENT);
    if (value.len == 0)
        value = dom_text(arena, d, i);
    offer(t, RANK_MARKED, DATE_FROM_META, value);
}

static void read_ld(const struct meta *m, struct dates *t)
{
    const struct ld *ld = &m->ld;

    offer(t, RANK_JSONLD, DATE_FROM_JSONLD,
          ld_string(ld, m->ld_article, "datePublished"));
    offer(t, RANK_JSONLD, DATE_FROM_JSONLD,
          ld_string(ld, m->ld_article, "dateCreated"));
    offer(t, RANK_CHANGED, DATE_FROM_JSONLD,
          ld_string(ld, m->ld_article, "dateModified"));
    for (uint32_t i = 0; i < ld->node.count; i++) {
        if (ld->node.at[i].type != LD_OBJECT)
            continue;
        offer(t, RANK_LOOSE, DATE_FROM_JSONLD, ld_string(ld, i, "datePublished"));
        if (ld_is(ld, i, "VideoObject"))
            offer(t, RANK_LOOSE, DATE_FROM_JSONLD, ld_string(ld, i, "uploadDate"));
    }
}

/* Words that tell that the date beside them is not that of publication. */
static bool is_change(struct str s)
{
    return str_find_fold(s, STR("updated")) != STR_NPOS ||
           str_find_fold(s, STR("modified")) != STR_NPOS ||
           str_find_fold(s, STR("aktualisiert")) != STR_NPOS ||
           str_find_fold(s, STR("mis à jour")) != STR_NPOS ||
           str_find_fold(s, STR("actualizado")) != STR_NPOS;
}

static bool is_publication(struct str s)
{
    return str_find_fold(s, STR("publi")) != STR_NPOS ||
           str_find_fold(s, STR("posted")) != STR_NPOS ||
           str_find_fold(s, STR("veröffentlicht")) != STR_NPOS;
}

/* Blocks before this one and a few after it may hold the article's date line. */
static uint32_t first_text(const struct blocks *blocks)
{
    for (uint32_t i = 0; i < blocks->block.count; i++)
        if (blocks->block.at[i].why.len == 0 && block_is_prose(&blocks->block.at[i]))
            return i;
    return 0;
}

static void read_visible(const struct blocks *blocks, struct dates *t)
{
    uint32_t first = first_text(blocks);
    uint32_t from = first > 25 ? first - 25 : 0;
    struct instant found;

    for (uint32_t i = first + 3 < blocks->block.count ? first + 3 : blocks->block.count;
         i > from; i--) {
        const struct block *b = &blocks->block.at[i - 1];

        if (b->words > 30 || !pagedate_find(b->text, t->month_first, &found))
            continue;
        if (is_change(b->text) && !is_publication(b->text))
            continue;
        t->best[RANK_VISIBLE] = found;
        t->from[RANK_VISIBLE] = DATE_FROM_TEXT;
        if (is_publication(b->text))
            return;
    }
}

static void read_anywhere(const struct blocks *blocks, struct dates *t)
{
    struct instant found;

    for (uint32_t i = 0; i < blocks->block.count; i++) {
        const struct block *b = &blocks->block.at[i];

        if (b->words > 16 || !pagedate_find(b->text, t->month_first, &found))
            continue;
        t->best[RANK_ANYWHERE] = found;
        t->from[RANK_ANYWHERE] = DATE_FROM_TEXT;
        return;
    }
}

/* Whether the last block that begins before a node is a reader's comment. */
static bool in_comments(const struct blocks *blocks, uint32_t node)
{
    uint32_t low = 0, high = blocks->block.count;

    while (high > low) {
        uint32_t middle = low + (high - low) / 2;

        if (blocks->block.at[middle].node <= node)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && str_eq(blocks->block.at[low - 1].why, STR("comments"));
}

/* The <time> nearest before the article's first paragraph, or just behind it. */
static void read_times(struct arena *arena, const struct dom *d,
                       const struct blocks *blocks, struct dates *t)
{
    uint32_t text = blocks->block.count ? blocks->block.at[first_text(blocks)].node : 0;

    for (uint32_t i = 0; i < d->node.count; i++) {
        struct str value;

        if (d->node.at[i].tag != DOM_TIME || in_comments(blocks, i))
            continue;
        if (i > text && t->best[RANK_TIME].precision != INSTANT_NONE)
            break;
        if (str_eq_fold(dom_get(d, i, DOM_KEY_ITEMPROP), STR("dateModified")) ||
            str_find_fold(dom_get(d, i, DOM_KEY_CLASS), STR("updated")) != STR_NPOS ||
            str_find_fold(dom_get(d, i, DOM_KEY_CLASS), STR("modified")) != STR_NPOS)
            continue;
        value = dom_get(d, i, DOM_KEY_DATETIME);
        t->best[RANK_TIME].precision = INSTANT_NONE;
        offer(t, RANK_TIME, DATE_FROM_META, value.len ? value : dom_text(arena, d, i));
    }
}

static bool is_american(const struct meta *m, struct str domain)
{
    if (str_starts_fold(m->lang, STR("en-us")) ||
        str_starts_fold(m->lang, STR("en_us")))
        return true;
    return (m->lang.len == 0 || str_eq_fold(m->lang, STR("en"))) &&
           (str_ends(domain, STR(".com")) || str_ends(domain, STR(".org")) ||
            str_ends(domain, STR(".us")) || str_ends(domain, STR(".edu")));
}

/* A coarse date gives way to a finer one that it holds. */
static bool same_month(struct instant a, struct instant b)
{
    struct civil x = date_to_civil(a.day), y = date_to_civil(b.day);

    return x.year == y.year && x.month == y.month;
}

static int decide(const struct dates *t)
{
    for (int r = 0; r < RANKS; r++) {
        if (t->best[r].precision == INSTANT_NONE)
            continue;
        if (t->best[r].precision >= INSTANT_DAY)
            return r;
        for (int k = r + 1; k < RANK_ANYWHERE; k++)
            if (t->best[k].precision >= INSTANT_DAY &&
                same_month(t->best[r], t->best[k]))
                return k;
    }
    return -1;
}

/* No page tells of its own future: a date behind the day on which it was taken is one of
 * an event to come, or a slip.  A day is allowed for zones. */
static void forget_later(struct dates *t, struct str fetched)
{
    struct instant taken;

    if (!instant_from_iso(fetched, &taken) || taken.precision < INSTANT_DAY)
        return;
    for (int r = 0; r < RANKS; r++)
        if (t->best[r].precision != INSTANT_NONE && t->best[r].day > taken.day + 1)
            t->best[r].precision = INSTANT_NONE;
}

void meta_date(struct arena *arena, const struct dom *d, const struct meta *m,
               const struct blocks *blocks, struct article *a)
{
    struct dates t = { .month_first = is_american(m, a->domain) };
    int best;

    if (a->published.precision != INSTANT_NONE)
        return;
    read_ld(m, &t);
    for (uint32_t i = 0; i < d->node.count; i++) {
        if (d->node.at[i].tag == DOM_META)
            read_meta(d, i, &t);
        if (d->node.at[i].tag != DOM_TEXT)
            read_marked(arena, d, i, &t);
    }
    if (pagedate_in_url(a->url, &t.best[RANK_URL]))
        t.from[RANK_URL] = DATE_FROM_URL;
    read_times(arena, d, blocks, &t);
    read_visible(blocks, &t);
    read_anywhere(blocks, &t);
    forget_later(&t, a->page->fetched);
    best = decide(&t);
    if (best < 0)
        return;
    a->published = t.best[best];
    a->published_from = t.from[best];
}

void meta_date_plain(const struct blocks *blocks, struct article *a)
{
    struct dates t = { 0 };

    if (a->published.precision != INSTANT_NONE)
        return;
    read_visible(blocks, &t);
    forget_later(&t, a->page->fetched);
    if (t.best[RANK_VISIBLE].precision < INSTANT_DAY)
        return;
    a->published = t.best[RANK_VISIBLE];
    a->published_from = DATE_FROM_TEXT;
}
