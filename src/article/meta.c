#include "article/meta.h"

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

/* Titles that a page may give of each kind; most give one. */
static bool may_say_more(const struct meta *m, enum title_sign by)
{
    switch ((int)by) {
    case TITLE_H2: return m->said[by] < 64;
    case TITLE_OTHER:
    case TITLE_H1_LATER: return m->said[by] < 8;
    default: return m->said[by] == 0;
    }
}

static void say(struct arena *arena, struct meta *m, enum title_sign by,
                struct str title)
{
    if (title.len == 0 || !may_say_more(m, by))
        return;
    m->said[by]++;
    *PUSH(arena, &m->titles.said) = (struct title_said){ by, title };
}

static struct str said_by(const struct meta *m, enum title_sign by)
{
    for (uint32_t i = 0; i < m->titles.said.count; i++)
        if (m->titles.said.at[i].by == by)
            return m->titles.said.at[i].text;
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
        STR_INIT("title"),
        STR_INIT("dc.title"),
        STR_INIT("headline"),
        STR_INIT("parsely-title"),
        STR_INIT("sailthru.title"),
        STR_INIT("dcterms.title"),
        STR_INIT("cXenseParse:title"),
    };
    struct str name = meta_name(d, node);
    struct str value = ld_plain(arena, dom_get(d, node, DOM_KEY_CONTENT));

    if (name.len == 0 || value.len == 0)
        return;
    if (str_eq_fold(name, STR("og:title")))
        say(arena, m, TITLE_OG, value);
    else if (str_eq_fold(name, STR("twitter:title")))
        say(arena, m, TITLE_TWITTER, value);
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
        say(arena, m, TITLE_OTHER, value);
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

static void say_text(struct arena *arena, const struct dom *d, uint32_t node,
                     enum title_sign by, struct meta *m)
{
    if (may_say_more(m, by))
        say(arena, m, by, ld_plain(arena, dom_text(arena, d, node)));
}

static void read_node(struct arena *arena, const struct dom *d, uint32_t i,
                      struct meta *m)
{
    enum dom_tag tag = d->node.at[i].tag;

    switch ((int)tag) {
    case DOM_META: read_meta(arena, d, i, m); break;
    case DOM_LINK: read_link(d, i, m); break;
    case DOM_SCRIPT: read_script(arena, d, i, m); break;
    case DOM_H1:
        say_text(arena, d, i, m->said[TITLE_H1] ? TITLE_H1_LATER : TITLE_H1, m);
        break;
    case DOM_H2: say_text(arena, d, i, TITLE_H2, m); break;
    case DOM_TITLE: say_text(arena, d, i, TITLE_DOC, m); break;
    default: break;
    }
    if (tag != DOM_H1 && tag != DOM_META && tag != DOM_TEXT &&
        str_eq_fold(dom_get(d, i, DOM_KEY_ITEMPROP), STR("headline")))
        say_text(arena, d, i, TITLE_ITEMPROP, m);
}

struct meta meta_from_dom(struct arena *arena, const struct dom *d)
{
    struct meta m = { .ld_article = LD_NONE };
    uint32_t a;

    m.lang = dom_get(d, 0, DOM_KEY_LANG);
    for (uint32_t i = 0; i < d->node.count; i++)
        read_node(arena, d, i, &m);
    m.ld_article = a = ld_article(&m.ld, m.canonical.len ? m.canonical : m.og_url,
                                  said_by(&m, m.said[TITLE_OG] ? TITLE_OG : TITLE_H1));
    if (a == LD_NONE)
        return m;
    say(arena, &m, TITLE_LD, ld_plain(arena, ld_string(&m.ld, a, "headline")));
    say(arena, &m, TITLE_LD_NAME, ld_plain(arena, ld_string(&m.ld, a, "name")));
    say(arena, &m, TITLE_LD_ALT,
        ld_plain(arena, ld_string(&m.ld, a, "alternativeHeadline")));
    m.ld_url = ld_string(&m.ld, a, "url");
    m.ld_publisher = ld_plain(
        arena,
        ld_string(&m.ld, ld_resolve(&m.ld, ld_get(&m.ld, a, "publisher")), "name"));
    keep(&m.lang, ld_string(&m.ld, a, "inLanguage"));
    return m;
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

void meta_decide(struct arena *arena, struct meta *m, struct article *a)
{
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
    m->titles.outlet = a->outlet;
    m->titles.domain = a->domain;
    m->titles.section = m->section;
    m->titles.url = a->url;
    keep(&a->title, title_choose(&m->titles));
    keep(&a->language, language_code(arena, m->lang));
}
