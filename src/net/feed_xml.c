#include <libxml/parser.h>
#include <libxml/tree.h>
#include <limits.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "net/feed_int.h"

#define CONTENT_NS "http://purl.org/rss/1.0/modules/content/"
#define DC_NS "http://purl.org/dc/elements/1.1/"
#define OUTLINES_DEEP 32

/* libxml2 lets bytes that are no UTF-8 through where it recovers: each becomes U+FFFD. */
static struct str valid(struct arena *arena, struct str s)
{
    struct buf b;
    size_t n = utf8_valid(s);

    if (n == s.len)
        return arena_str(arena, s);
    b = buf_new(arena, SIZE_MAX / 16);
    for (; n < s.len; n = utf8_valid(s)) {
        buf_str(&b, str_slice(s, 0, n));
        buf_code(&b, 0xfffd);
        s = str_after(s, n + 1);
    }
    buf_str(&b, s);
    return buf_view(&b);
}

static struct str copy(const struct feed_reader *r, const xmlChar *s)
{
    return s ? valid(r->arena, str_from((const char *)s)) : (struct str){ NULL, 0 };
}

static struct str text_of(const struct feed_reader *r, const xmlNode *node)
{
    xmlChar *s = xmlNodeGetContent(node);
    struct str out = copy(r, s);

    xmlFree(s);
    return out;
}

static struct str attribute(const struct feed_reader *r, const xmlNode *node,
                            const char *name)
{
    xmlChar *s = xmlGetNoNsProp(node, (const xmlChar *)name);
    struct str out = copy(r, s);

    xmlFree(s);
    return str_trim(out);
}

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           xmlStrcasecmp(node->name, (const xmlChar *)name) == 0;
}

static bool is_in(const xmlNode *node, const char *space)
{
    return node->ns && xmlStrEqual(node->ns->href, (const xmlChar *)space);
}

/* Elements of the feed's own vocabulary: not <media:title> or <itunes:summary>. */
static bool is_own(const xmlNode *node)
{
    return !node->ns || xmlStrEqual(node->ns->href, (const xmlChar *)"") ||
           strstr((const char *)node->ns->href, "/rss") ||
           strstr((const char *)node->ns->href, "Atom") ||
           strstr((const char *)node->ns->href, "atom");
}

/* An element of the vocabulary by this name. */
static bool is_own_named(const xmlNode *node, const char *name)
{
    return is_named(node, name) && is_own(node);
}

static struct str language_of(const struct feed_reader *r, const xmlNode *node)
{
    xmlChar *s = xmlNodeGetLang(node);
    struct str out = copy(r, s);

    xmlFree(s);
    return out;
}

/* xml:base of the element, made absolute. */
static struct str base_of(const struct feed_reader *r, const xmlNode *node)
{
    xmlChar *s = xmlNodeGetBase(node->doc, node);
    struct str out = s ? feed_link(r, r->base, copy(r, s)) : r->base;

    xmlFree(s);
    return out.len > 0 ? out : r->base;
}

/* ---- RSS ---- */

static bool has_markup(struct str s)
{
    size_t at = str_find_char(s, '<');

    return (at != STR_NPOS && str_find_char(str_after(s, at), '>') != STR_NPOS) ||
           str_find(s, STR("&amp;")) != STR_NPOS || str_find(s, STR("&#")) != STR_NPOS;
}

/* <atom:link rel="self"> in RSS leads to the feed itself. */
static bool is_page_link(const struct feed_reader *r, const xmlNode *node)
{
    struct str rel = attribute(r, node, "rel"), type = attribute(r, node, "type");

    return (rel.len == 0 || str_eq_fold(rel, STR("alternate"))) &&
           (type.len == 0 || str_starts_fold(type, STR("text/")) ||
            str_ends_fold(type, STR("xhtml+xml")));
}

static void rss_link(struct feed_reader *r, const xmlNode *node, struct str *url)
{
    struct str href = attribute(r, node, "href");

    if (href.len > 0 && !is_page_link(r, node))
        return;
    href = feed_link(r, base_of(r, node), href.len > 0 ? href : text_of(r, node));
    if (href.len > 0)
        *url = href;
}

static void rss_member(struct feed_reader *r, const xmlNode *node,
                       struct feed_item *item)
{
    if (is_named(node, "encoded") && is_in(node, CONTENT_NS)) {
        feed_set_text(item, text_of(r, node), true, true);
    } else if (is_named(node, "date") && is_in(node, DC_NS)) {
        if (item->published.len == 0)
            item->published = feed_date(r->arena, text_of(r, node));
    } else if (is_own_named(node, "title")) {
        item->title = feed_plain(r->arena, text_of(r, node));
    } else if (is_own_named(node, "link")) {
        rss_link(r, node, &item->url);
    } else if (is_own_named(node, "guid")) {
        item->id = str_trim(text_of(r, node));
    } else if (is_own_named(node, "description")) {
        struct str text = text_of(r, node);

        feed_set_text(item, text, has_markup(text), false);
    } else if (is_own_named(node, "pubDate")) {
        struct str date = feed_date(r->arena, text_of(r, node));

        item->published = date.len > 0 ? date : item->published;
    } else if (is_own_named(node, "updated")) {
        item->updated = feed_date(r->arena, text_of(r, node));
    }
}

static void rss_item(struct feed_reader *r, const xmlNode *node)
{
    struct feed_item *item = feed_add(r);

    for (const xmlNode *n = node->children; item && n; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            rss_member(r, n, item);
}

static void rss_channel(struct feed_reader *r, const xmlNode *channel)
{
    struct feed *feed = r->feed;

    for (const xmlNode *n = channel->children; n; n = n->next) {
        if (is_own_named(n, "item"))
            rss_item(r, n);
        else if (is_own_named(n, "title") && feed->title.len == 0)
            feed->title = feed_plain(r->arena, text_of(r, n));
        else if (is_own_named(n, "link"))
            rss_link(r, n, &feed->site);
        else if (is_named(n, "language") && feed->language.len == 0)
            feed->language = str_trim(text_of(r, n));
    }
}

/* In RSS 1.0 the items stand beside the channel. */
static void read_rss(struct feed_reader *r, const xmlNode *root)
{
    r->feed->kind = FEED_RSS;
    for (const xmlNode *n = root->children; n; n = n->next)
        if (is_own_named(n, "channel"))
            rss_channel(r, n);
        else if (is_own_named(n, "item"))
            rss_item(r, n);
}

/* ---- Atom ---- */

/* A text construct: type "text" (none told), "html", or "xhtml", whose markup is the
 * document's own. */
static struct str atom_text(struct feed_reader *r, const xmlNode *node, bool *markup)
{
    struct str type = attribute(r, node, "type"), out;
    xmlBufferPtr b;

    *markup = str_eq_fold(type, STR("html")) || str_eq_fold(type, STR("text/html"));
    if (!str_eq_fold(type, STR("xhtml")) && !str_ends_fold(type, STR("xhtml+xml")))
        return text_of(r, node);
    *markup = true;
    b = xmlBufferCreate();
    for (xmlNodePtr n = node->children; b && n; n = n->next)
        xmlNodeDump(b, node->doc, n, 0, 0);
    out = b ? copy(r, xmlBufferContent(b)) : (struct str){ NULL, 0 };
    if (b)
        xmlBufferFree(b);
    return out;
}

static void atom_link(struct feed_reader *r, const xmlNode *node, struct str *url)
{
    if (is_page_link(r, node) && url->len == 0)
        *url = feed_link(r, base_of(r, node), attribute(r, node, "href"));
}

static void atom_member(struct feed_reader *r, const xmlNode *node,
                        struct feed_item *item)
{
    struct str text;
    bool markup;

    if (is_named(node, "id")) {
        item->id = str_trim(text_of(r, node));
    } else if (is_named(node, "title")) {
        text = atom_text(r, node, &markup);
        item->title = markup ? feed_plain(r->arena, text) : str_trim(text);
    } else if (is_named(node, "link")) {
        atom_link(r, node, &item->url);
    } else if (is_named(node, "published") || is_named(node, "issued")) {
        item->published = feed_date(r->arena, text_of(r, node));
    } else if (is_named(node, "updated") || is_named(node, "modified")) {
        item->updated = feed_date(r->arena, text_of(r, node));
    } else if (is_named(node, "content") || is_named(node, "summary")) {
        text = atom_text(r, node, &markup);
        feed_set_text(item, text, markup, is_named(node, "content"));
    }
}

static void atom_entry(struct feed_reader *r, const xmlNode *node)
{
    struct feed_item *item = feed_add(r);

    for (const xmlNode *n = node->children; item && n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && is_own(n))
            atom_member(r, n, item);
}

static void read_atom(struct feed_reader *r, const xmlNode *root)
{
    bool markup;

    r->feed->kind = FEED_ATOM;
    r->feed->language = language_of(r, root);
    for (const xmlNode *n = root->children; n; n = n->next)
        if (is_own_named(n, "entry"))
            atom_entry(r, n);
        else if (is_own_named(n, "title"))
            r->feed->title = feed_plain(r->arena, atom_text(r, n, &markup));
        else if (is_own_named(n, "link"))
            atom_link(r, n, &r->feed->site);
}

/* ---- OPML ---- */

static void outline(struct feed_reader *r, const xmlNode *node)
{
    struct str url = attribute(r, node, "xmlUrl");
    struct feed_item *item;

    if (url.len == 0)
        url = attribute(r, node, "url"); /* <outline type="link"> */
    if (url.len == 0 || !(item = feed_add(r)))
        return;
    item->url = feed_link(r, r->base, url);
    item->title = feed_plain(r->arena, attribute(r, node, "title"));
    if (item->title.len == 0)
        item->title = feed_plain(r->arena, attribute(r, node, "text"));
}

/* Outlines in outlines, walked without recursion; deeper ones are left out. */
static void read_opml(struct feed_reader *r, const xmlNode *root)
{
    const xmlNode *node = root->children;
    unsigned depth = 0;

    r->feed->kind = FEED_OPML;
    while (node) {
        bool down = is_named(node, "outline") || is_named(node, "body");

        if (is_named(node, "outline"))
            outline(r, node);
        if (down && node->children && depth < OUTLINES_DEEP) {
            depth++;
            node = node->children;
            continue;
        }
        while (node && !node->next && depth > 0) {
            depth--;
            node = node->parent;
        }
        node = node ? node->next : NULL;
    }
}

/* ---- documents ---- */

/* Own entities are the way to blow a small document up; no feed needs them. */
static bool declares_entities(struct str bytes)
{
    return str_find(bytes, STR("<!ENTITY")) != STR_NPOS;
}

static bool read_document(struct feed_reader *r, const xmlDoc *doc)
{
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;

    if (!root)
        return err_set(r->err, ERR_FORMAT, -1, "no XML document");
    if (is_named(root, "rss") || is_named(root, "RDF"))
        read_rss(r, root);
    else if (is_named(root, "feed"))
        read_atom(r, root);
    else if (is_named(root, "opml"))
        read_opml(r, root);
    else
        return err_set(r->err, ERR_FORMAT, -1, "neither RSS nor Atom nor OPML");
    return true;
}

/* A bare "&", a name of HTML like "&nbsp;" and control characters break XML and are in
 * half of the world's feeds: written as XML has them.  What CDATA holds stays. */
static struct str mended(struct arena *arena, struct str s)
{
    struct buf b = buf_new(arena, SIZE_MAX / 16);

    while (s.len > 0) {
        size_t len = 1;
        uint32_t code;

        if (str_starts(s, STR("<![CDATA["))) {
            size_t end = str_find(s, STR("]]>"));

            len = end == STR_NPOS ? s.len : end;
            buf_str(&b, str_slice(s, 0, len));
        } else if (s.ptr[0] == '&') {
            code = feed_reference(s, &len);
            len = code ? len : 1;
            buf_printf(&b, "&#%u;", code ? code : '&');
        } else if ((unsigned char)s.ptr[0] >= 0x20 || ascii_is_space(s.ptr[0])) {
            buf_char(&b, s.ptr[0]);
        }
        s = str_after(s, len);
    }
    return buf_view(&b);
}

static xmlDocPtr parse(xmlParserCtxtPtr parser, struct str bytes, const char *charset)
{
    const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                        XML_PARSE_RECOVER | XML_PARSE_NOCDATA;

    return xmlCtxtReadMemory(parser, bytes.ptr, (int)bytes.len, NULL,
                             charset[0] ? charset : NULL, options);
}

/* Once more, mended, when the rules are broken. */
static xmlDocPtr parse_leniently(struct feed_reader *r, xmlParserCtxtPtr parser,
                                 struct str bytes, const char *charset)
{
    xmlDocPtr doc = parse(parser, bytes, charset);
    struct str better;

    if (parser->wellFormed)
        return doc;
    better = mended(r->arena, bytes);
    if (better.len > INT_MAX)
        return doc;
    xmlFreeDoc(doc);
    return parse(parser, better, charset);
}

bool feed_read_xml(struct feed_reader *r, struct str bytes, struct str charset)
{
    xmlParserCtxtPtr parser;
    xmlDocPtr doc;
    char name[64];
    bool ok;

    while (bytes.len > 0 && ascii_is_space(bytes.ptr[0])) /* before "<?xml" */
        bytes = str_after(bytes, 1);
    if (declares_entities(bytes) || bytes.len > INT_MAX)
        return err_set(r->err, ERR_FORMAT, -1, "a feed with entities of its own");
    parser = xmlNewParserCtxt();
    if (!parser)
        return err_set(r->err, ERR_BUDGET, -1, "out of memory");
    snprintf(name, sizeof name, "%.*s", charset.len < 60 ? (int)charset.len : 0,
             charset.ptr ? charset.ptr : "");
    doc = parse_leniently(r, parser, bytes, name);
    ok = read_document(r, doc);
    if (ok && !parser->wellFormed)
        r->feed->broken_line = parser->lastError.line > 0 ? parser->lastError.line : 1;
    xmlFreeDoc(doc);
    xmlFreeParserCtxt(parser);
    return ok;
}
