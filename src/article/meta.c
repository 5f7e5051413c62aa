#include "article/meta.h"

#include "base/utf8.h"

static void keep(struct str *slot, struct str value)
{
    if (slot->len == 0 && value.len > 0)
        *slot = value;
}

static bool one_of(struct str name, const struct str *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_fold(name, list[i]))
            return true;
    return false;
}

/* The name of a <meta>: property, name or itemprop, whichever it has. */
static struct str meta_name(const struct dom *d, uint32_t node)
{
    static const enum dom_key keys[] = { DOM_KEY_PROPERTY, DOM_KEY_NAME,
                                         DOM_KEY_ITEMPROP, DOM_KEY_HTTP_EQUIV };

    for (size_t i = 0; i < COUNT(keys); i++) {
        struct str name = dom_get(d, node, keys[i]);

        if (name.len > 0)
            return str_trim(name);
    }
    return (struct str){ NULL, 0 };
}

static void read_meta(struct arena *arena, const struct dom *d, uint32_t node,
                      struct meta *m)
{
    static const struct str authors[] = {
        STR_INIT("author"),
        STR_INIT("authors"),
        STR_INIT("byl"),
        STR_INIT("article:author"),
        STR_INIT("parsely-author"),
        STR_INIT("sailthru.author"),
        STR_INIT("dc.creator"),
        STR_INIT("dcterms.creator"),
        STR_INIT("og:author"),
        STR_INIT("article:author_name"),
        STR_INIT("cXenseParse:author"),
        STR_INIT("citation_author"),
        STR_INIT("dcsext.author"),
        STR_INIT("rbauthors"),
        STR_INIT("article.author"),
        STR_INIT("article-author"),
        STR_INIT("twitter:data1"),
        STR_INIT("creator"),
        STR_INIT("content_author"),
        STR_INIT("article_author"),
    };
    static const struct str titles[] = {
        STR_INIT("title"),          STR_INIT("dc.title"),
        STR_INIT("headline"),       STR_INIT("parsely-title"),
        STR_INIT("sailthru.title"), STR_INIT("dcterms.title"),
    };
    struct str name = meta_name(d, node);
    struct str value = ld_plain(arena, dom_get(d, node, DOM_KEY_CONTENT));

    if (name.len == 0 || value.len == 0)
        return;
    if (str_eq_fold(name, STR("og:title")))
        keep(&m->og_title, value);
    else if (str_eq_fold(name, STR("twitter:title")))
        keep(&m->twitter_title, value);
    else if (str_eq_fold(name, STR("og:description")) ||
             str_eq_fold(name, STR("description")) ||
             str_eq_fold(name, STR("twitter:description")))
        keep(&m->description, value);
    else if (str_eq_fold(name, STR("og:site_name")))
        keep(&m->site_name, value);
    else if (str_eq_fold(name, STR("application-name")) ||
             str_eq_fold(name, STR("apple-mobile-web-app-title")))
        keep(&m->app_name, value);
    else if (str_eq_fold(name, STR("article:section")))
        keep(&m->section, value);
    else if (str_eq_fold(name, STR("og:url")))
        keep(&m->og_url, value);
    else if (str_eq_fold(name, STR("content-language")) ||
             str_eq_fold(name, STR("og:locale")) ||
             str_eq_fold(name, STR("dc.language")) ||
             str_eq_fold(name, STR("language")))
        keep(&m->lang, value);
    else if (one_of(name, titles, COUNT(titles)))
        keep(&m->other_title, value);
    else if (one_of(name, authors, COUNT(authors)) &&
             !(str_eq_fold(name, STR("twitter:data1")) &&
               str_find_char(value, ' ') > 40))
        *PUSH(arena, &m->meta_author) = value;
}

static void read_link(const struct dom *d, uint32_t node, struct meta *m)
{
    if (str_eq_fold(dom_get(d, node, DOM_KEY_REL), STR("canonical")))
        keep(&m->canonical, str_trim(dom_get(d, node, DOM_KEY_HREF)));
}

static void read_script(struct arena *arena, const struct dom *d, uint32_t node,
                        struct meta *m)
{
    struct str type = dom_get(d, node, DOM_KEY_TYPE);

    if (str_find_fold(type, STR("ld+json")) == STR_NPOS)
        return;
    for (uint32_t i = node + 1; i < d->node.at[node].end; i++)
        if (d->node.at[i].tag == DOM_TEXT)
            ld_add(arena, d->node.at[i].text, &m->ld);
}

/* The first headline of the page that is not its logo: one with words. */
static void read_h1(struct arena *arena, const struct dom *d, uint32_t node,
                    struct meta *m)
{
    struct str text;

    if (m->h1.len > 0 &&
        !str_eq_fold(dom_get(d, node, DOM_KEY_ITEMPROP), STR("headline")))
        return;
    text = ld_plain(arena, dom_text(arena, d, node));
    if (text.len > 0 && (m->h1.len == 0 || text.len > m->h1.len))
        m->h1 = text;
}

static void read_node(struct arena *arena, const struct dom *d, uint32_t i,
                      struct meta *m)
{
    switch ((int)d->node.at[i].tag) {
    case DOM_META: read_meta(arena, d, i, m); break;
    case DOM_LINK: read_link(d, i, m); break;
    case DOM_SCRIPT: read_script(arena, d, i, m); break;
    case DOM_H1: read_h1(arena, d, i, m); break;
    case DOM_TITLE:
        if (m->doc_title.len == 0)
            m->doc_title = ld_plain(arena, dom_text(arena, d, i));
        break;
    default: break;
    }
}

struct meta meta_from_dom(struct arena *arena, const struct dom *d)
{
    struct meta m = { .ld_article = LD_NONE };
    uint32_t a;

    m.lang = dom_get(d, 0, DOM_KEY_LANG);
    for (uint32_t i = 0; i < d->node.count; i++)
        read_node(arena, d, i, &m);
    m.ld_article = a = ld_article(&m.ld, m.canonical.len ? m.canonical : m.og_url,
                                  m.og_title.len ? m.og_title : m.h1);
    if (a == LD_NONE)
        return m;
    m.headline = ld_plain(arena, ld_string(&m.ld, a, "headline"));
    m.ld_url = ld_string(&m.ld, a, "url");
    m.ld_publisher = ld_plain(
        arena,
        ld_string(&m.ld, ld_resolve(&m.ld, ld_get(&m.ld, a, "publisher")), "name"));
    keep(&m.lang, ld_string(&m.ld, a, "inLanguage"));
    return m;
}

/* ---- title ---- */

/* Letters and digits only, in lower case, of at most n bytes. */
static size_t bare(struct str s, char *out, size_t n)
{
    size_t len, used = 0;

    for (; s.len > 0; s = str_after(s, len)) {
        uint32_t c = utf8_decode(s, &len);

        if (used + 4 > n)
            break;
        if (utf8_is_letter(c) || (c < 0x80 && ascii_is_digit((char)c)))
            used += utf8_encode(utf8_lower(c), out + used);
    }
    return used;
}

bool meta_alike(struct str a, struct str b)
{
    char x[200], y[200];
    struct str s = { x, bare(a, x, sizeof x) }, t = { y, bare(b, y, sizeof y) };

    if (s.len < 2 || t.len < 2)
        return false;
    return s.len <= t.len ? str_find(t, s) != STR_NPOS && s.len * 3 >= t.len
                          : str_find(s, t) != STR_NPOS && t.len * 3 >= s.len;
}

static const struct str separators[] = {
    STR_INIT(" | "),  STR_INIT(" - "), STR_INIT(" – "), STR_INIT(" — "),
    STR_INIT(" :: "), STR_INIT(" » "), STR_INIT(" · "), STR_INIT(" • "),
    STR_INIT(" « "),  STR_INIT(" / "), STR_INIT(" ‹ "), STR_INIT(": "),
    STR_INIT(" |"),   STR_INIT("| "),  STR_INIT(" > "), STR_INIT("｜"),
    STR_INIT("│"),    STR_INIT("ㅣ"), /* a Hangul letter that stands in for the bar */
};

/* The last place where a separator stands, and its length. */
static size_t last_separator(struct str s, size_t *len)
{
    for (size_t i = s.len; i > 0; i--)
        for (size_t k = 0; k < COUNT(separators); k++)
            if (str_starts(str_after(s, i - 1), separators[k])) {
                *len = separators[k].len;
                return i - 1;
            }
    return STR_NPOS;
}

static size_t first_separator(struct str s, size_t *len)
{
    for (size_t i = 0; i < s.len; i++)
        for (size_t k = 0; k < COUNT(separators); k++)
            if (str_starts(str_after(s, i), separators[k])) {
                *len = separators[k].len;
                return i;
            }
    return STR_NPOS;
}

static bool is_label(struct str s, struct str site, struct str domain,
                     struct str section)
{
    return meta_alike(s, site) || meta_alike(s, domain) ||
           (section.len > 0 && str_eq_fold(s, section));
}

/* "Dam breaks-Politics" -> "Dam breaks" */
static struct str without_section(struct str title, struct str section)
{
    size_t before = title.len - section.len;

    if (section.len == 0 || title.len < section.len + 12 || !str_ends(title, section) ||
        title.ptr[before - 1] != '-')
        return title;
    return str_trim(str_slice(title, 0, before - 1));
}

/* A headline without the site's name behind or before it: "Dam breaks | The Post" with
 * "The Post" -> "Dam breaks"; nor the section's, "Dam breaks-Politics" with "Politics". */
static struct str meta_headline(struct str title, struct str site, struct str domain,
                                struct str section)
{
    size_t at, len;

    for (int rounds = 0; rounds < 3; rounds++) {
        title = without_section(title, section);
        at = last_separator(title, &len);
        if (at == STR_NPOS || at < 3 ||
            !is_label(str_after(title, at + len), site, domain, section))
            break;
        title = str_trim(str_slice(title, 0, at));
    }
    at = first_separator(title, &len);
    if (at != STR_NPOS && title.len - at > len + 3 &&
        is_label(str_slice(title, 0, at), site, domain, (struct str){ NULL, 0 }))
        title = str_trim(str_after(title, at + len));
    return title;
}

/* One source's word for the title; those that say the same add up. */
struct candidate {
    struct str title;
    uint32_t weight;
    char bare[600];
    size_t len;
};

static void nominate(struct candidate *list, uint32_t *count, struct str title,
                     uint32_t weight)
{
    struct candidate c = { .title = title, .weight = weight };

    if (title.len == 0)
        return;
    c.len = bare(title, c.bare, sizeof c.bare);
    for (uint32_t i = 0; i < *count; i++)
        if (list[i].len == c.len && memcmp(list[i].bare, c.bare, c.len) == 0) {
            list[i].weight += weight;
            return;
        }
    list[(*count)++] = c;
}

/* A headline of one short word, or the site's own name, is the logo. */
static struct str unless_logo(struct str headline, struct str site)
{
    bool logo = headline.len < 8 || meta_alike(headline, site);

    return logo ? (struct str){ NULL, 0 } : headline;
}

/* A vote: JSON-LD for itself, the headline seen and the one for those who link to the page
 * together are more than it.  Weights by how often each was right on 225 pages. */
static struct str decide_title(const struct meta *m, struct str site, struct str domain)
{
    struct candidate list[5];
    uint32_t count = 0, best = 0;

    nominate(list, &count, unless_logo(m->h1, site), 22);
    nominate(list, &count, meta_headline(m->og_title, site, domain, m->section), 20);
    nominate(list, &count, unless_logo(m->headline, site), 30);
    nominate(list, &count, meta_headline(m->twitter_title, site, domain, m->section),
             6);
    nominate(list, &count, meta_headline(m->doc_title, site, domain, m->section), 5);
    if (count == 0)
        return m->h1.len > 0 ? m->h1 : m->other_title;
    for (uint32_t i = 1; i < count; i++)
        if (list[i].weight > list[best].weight)
            best = i;
    return list[best].title;
}

/* ---- address, outlet, language ---- */

static bool is_web(struct str url)
{
    return str_starts_fold(url, STR("http://")) ||
           str_starts_fold(url, STR("https://"));
}

/* Second labels that are as good as public: "example.co.uk". */
static bool is_public_second(struct str label)
{
    static const struct str labels[] = {
        STR_INIT("co"),  STR_INIT("com"), STR_INIT("org"),  STR_INIT("net"),
        STR_INIT("gov"), STR_INIT("ac"),  STR_INIT("edu"),  STR_INIT("gob"),
        STR_INIT("or"),  STR_INIT("ne"),  STR_INIT("go"),   STR_INIT("gouv"),
        STR_INIT("in"),  STR_INIT("web"), STR_INIT("info"),
    };

    return one_of(label, labels, COUNT(labels));
}

/* "https://www.example.co.uk/a" -> "example.co.uk"; absent without a host. */
static struct str meta_domain(struct arena *arena, struct str url)
{
    struct str host, part, rest, label[3] = { { NULL, 0 } };
    size_t n = 0, labels = 0;
    char *lower;

    if (!is_web(url))
        return (struct str){ NULL, 0 };
    host = str_after(url, str_find(url, STR("://")) + 3);
    while (n < host.len && !strchr("/?#:", host.ptr[n]))
        n++;
    host.len = n;
    lower = NEW(arena, char, n + 1);
    for (size_t i = 0; i < n; i++)
        lower[i] = ascii_lower(host.ptr[i]);
    host.ptr = lower;
    for (rest = host; str_split(&rest, '.', &part); labels++) {
        label[0] = label[1];
        label[1] = label[2];
        label[2] = part;
    }
    if (labels < 3)
        return labels == 2 ? host : (struct str){ NULL, 0 };
    if (label[2].len > 0 && ascii_is_digit(*label[2].ptr)) /* 192.0.2.7 */
        return host;
    part = label[2].len == 2 && is_public_second(label[1]) ? label[0] : label[1];
    return str_after(host, (size_t)(part.ptr - host.ptr));
}

/* "en-GB", "en_US" -> "en"; what is no code is absent. */
static struct str language_code(struct arena *arena, struct str lang)
{
    char *code;
    size_t n = 0;

    lang = str_trim(lang);
    while (n < lang.len && ascii_is_letter(lang.ptr[n]))
        n++;
    if (n < 2 || n > 3)
        return (struct str){ NULL, 0 };
    code = NEW(arena, char, n + 1);
    for (size_t i = 0; i < n; i++)
        code[i] = ascii_lower(lang.ptr[i]);
    return (struct str){ code, n };
}

void meta_decide(struct arena *arena, const struct dom *d, const struct meta *m,
                 struct article *a)
{
    (void)d;
    if (is_web(m->canonical))
        keep(&a->url, m->canonical);
    if (is_web(m->og_url))
        keep(&a->url, m->og_url);
    if (is_web(m->ld_url))
        keep(&a->url, m->ld_url);
    a->domain = meta_domain(arena, a->url);
    keep(&a->outlet, m->site_name);
    if (!is_web(m->ld_publisher))
        keep(&a->outlet, m->ld_publisher);
    keep(&a->outlet, m->app_name);
    keep(&a->title, decide_title(m, a->outlet, a->domain));
    keep(&a->language, language_code(arena, m->lang));
}
