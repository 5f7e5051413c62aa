/* Feeds of all kinds, good and bad; the dates and addresses in them. */
#include "net/feed.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "check.h"
#include "net/address.h"
#include "net/mail_date.h"

#define NO_STR ((struct str){ NULL, 0 })

/* One line for each item: "id|url|title|published|text", in braces when markup; "~" before
 * a text that is not whole. */
static void check_feed(const char *name, struct str bytes, const char *want)
{
    struct arena arena;
    struct feed feed;
    struct err err;
    struct buf b;

    arena_init(&arena, SIZE_MAX);
    b = buf_new(&arena, 1 << 20);
    CHECK(feed_looks_like(bytes), "%s", name);
    if (!feed_read(&arena, bytes, STR("https://daily.example/feeds/main.xml"), NO_STR,
                   &feed, &err)) {
        buf_printf(&b, "!%s: %s", err_name(err.code), err.detail);
    } else {
        buf_printf(&b, "%.*s, %.*s, %.*s%s\n", STR_ARG(feed.title), STR_ARG(feed.site),
                   STR_ARG(feed.language), feed.broken_line > 0 ? ", broken" : "");
        for (uint32_t i = 0; i < feed.items.count; i++) {
            const struct feed_item *t = &feed.items.at[i];

            buf_printf(&b, "%.*s|%.*s|%.*s|%.*s|%s%s%.*s%s\n", STR_ARG(t->id),
                       STR_ARG(t->url), STR_ARG(t->title), STR_ARG(t->published),
                       t->whole ? "" : "~", t->markup ? "{" : "", STR_ARG(t->text),
                       t->markup ? "}" : "");
        }
    }
    CHECK(str_eq(buf_view(&b), str_from(want)), "%s\n    got    %.*s\n    wanted %s",
          name, STR_ARG(buf_view(&b)), want);
    arena_release(&arena);
}

#define LONG                                                                           \
    "Seven people were killed when a ferry sank off Orrin on Monday, the coast guard " \
    "said, and forty were saved."

static void rss(void)
{
    check_feed(
        "RSS 2.0",
        STR("<?xml version='1.0'?>\n<!-- made by hand -->\n<rss version='2.0' "
            "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
            "xmlns:atom='http://www.w3.org/2005/Atom' "
            "xmlns:media='http://search.yahoo.com/mrss/'><channel>"
            "<title>The Daily &amp;amp; Post</title>"
            "<link>https://daily.example</link>"
            "<atom:link rel='self' href='https://daily.example/feeds/main.xml'/>"
            "<language>en-gb</language>"
            "<item><title>Ferry &lt;b&gt;sinks&lt;/b&gt;</title>"
            "<media:title>no</media:title><link>\n /2031/ferry#top </link>"
            "<guid isPermaLink='false'>f1</guid>"
            "<pubDate>Mon, 05 May 2031 08:00:00 +0200</pubDate>"
            "<description>short</description>"
            "<content:encoded><![CDATA[<p>" LONG "</p>]]></content:encoded></item>"
            "<item><title>2 &lt; 3</title><guid>https://daily.example/2</guid>"
            "<description>Just a line.</description></item>"
            "</channel></rss>"),
        "The Daily & Post, https://daily.example/, en-gb\n"
        "f1|https://daily.example/2031/ferry|Ferry sinks|2031-05-05T08:00:00+02:00|"
        "{<p>" LONG "</p>}\n"
        "https://daily.example/2|https://daily.example/2|2 < 3||~Just a line.\n");
    check_feed("RSS 1.0",
               STR("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
                   "xmlns='http://purl.org/rss/1.0/' "
                   "xmlns:dc='http://purl.org/dc/elements/1.1/'>"
                   "<channel><title>T</title><link>https://d.example/</link></channel>"
                   "<item><title>A</title><link>https://d.example/a</link>"
                   "<dc:date>2031-05-05T08:00:00Z</dc:date></item></rdf:RDF>"),
               "T, https://d.example/, \n"
               "https://d.example/a|https://d.example/a|A|2031-05-05T08:00:00Z|~\n");
    check_feed(
        "RSS that no browser minds",
        STR("<rss version='2.0'><channel><title>T & T&nbsp;T</title>"
            "<item><title>A</title><link>http://d.example/a?x=1&y=2</link>"
            "<description><![CDATA[a & b]]></description></item>"
            "<item><title>B</title><link>javascript:alert(1)</link></item>"
            "</channel></rss>"),
        "T & T\xc2\xa0T, , \n"
        "http://d.example/a?x=1&y=2|http://d.example/a?x=1&y=2|A||~a & b\n||B||~\n");
    check_feed("broken RSS",
               STR("<rss version='2.0'><channel><title>T</title>"
                   "<item><title>A</title><link>http://d.example/a</link></item>"
                   "<item><title>B</tit"),
               "T, , , broken\nhttp://d.example/a|http://d.example/a|A||~\n||B||~\n");
}

static void atom(void)
{
    check_feed(
        "Atom",
        STR("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en' "
            "xml:base='https://atom.example/x/'><title type='html'>A &amp;lt; B</title>"
            "<link rel='self' href='feed'/><link href='/'/>"
            "<entry><id>urn:1</id><title>T</title>"
            "<link rel='enclosure' href='a.mp3'/><link href='y/1'/>"
            "<updated>2031-05-06T00:00:00Z</updated>"
            "<published>2031-05-05T08:00:00Z</published>"
            "<summary>short</summary><content type='xhtml'>"
            "<div xmlns='http://www.w3.org/1999/xhtml'>" LONG "</div></content></entry>"
            "<entry><id>urn:2</id><title>T2</title><content type='text'>" LONG
            "</content></entry></feed>"),
        "A < B, https://atom.example/, en\n"
        "urn:1|https://atom.example/x/y/1|T|2031-05-05T08:00:00Z|{<div "
        "xmlns=\"http://www.w3.org/1999/xhtml\">" LONG "</div>}\n"
        "urn:2||T2||" LONG "\n");
}

static void others(void)
{
    check_feed(
        "JSON Feed",
        STR("{\"version\":\"https:\\/\\/jsonfeed.org\\/version\\/1.1\",\"title\":\"J\","
            "\"home_page_url\":\"https://j.example\",\"items\":["
            "{\"id\":7,\"url\":\"https://j.example/7\",\"content_text\":\"" LONG "\","
            "\"date_published\":\"2031-05-05T08:00:00-04:00\"},"
            "3,{\"id\":\"8\",\"external_url\":\"https://other.example/8\","
            "\"summary\":\"s\"}]}"),
        "J, https://j.example/, \n"
        "7|https://j.example/7||2031-05-05T08:00:00-04:00|" LONG "\n"
        "8|https://other.example/8|||~s\n");
    check_feed(
        "OPML",
        STR("<opml version='2.0'><body><outline text='News'>"
            "<outline type='rss' text='One' xmlUrl='https://a.example/feed'/>"
            "<outline text='None'/><outline title='Two' xmlUrl='/two'/></outline>"
            "<outline text='Three' xmlUrl='ftp://c.example/'/></body></opml>"),
        ", , \n"
        "https://a.example/feed|https://a.example/feed|One||~\n"
        "https://daily.example/two|https://daily.example/two|Two||~\n||Three||~\n");
    check_feed("entities",
               STR("<!DOCTYPE rss [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>"
                   "<rss version='2.0'><channel><title>&b;</title></channel></rss>"),
               "!format: a feed with entities of its own");
    check_feed("JSON without items",
               STR("{\"version\":\"https://jsonfeed.org/version/1\"}"),
               "!format: a JSON Feed without items");
    CHECK(!feed_looks_like(STR("<html><body>rss")), "page");
    CHECK(!feed_looks_like(STR("{\"text\":\"x\"}")), "report");
    CHECK(!feed_looks_like(STR("<?xml version='1.0'?><html>")), "xhtml");
    CHECK(!feed_looks_like(STR("<rssfoo>")) && !feed_looks_like(STR("")), "else");
}

static void check_date(const char *s, const char *want)
{
    struct arena arena;
    struct instant t;
    struct str got = { NULL, 0 };

    arena_init(&arena, SIZE_MAX);
    if (instant_from_mail(str_from(s), &t))
        got = instant_to_iso(&arena, t);
    CHECK(str_eq(got, str_from(want)), "%s: %.*s, wanted %s", s, STR_ARG(got), want);
    arena_release(&arena);
}

static void dates(void)
{
    check_date("Mon, 02 May 2031 08:00:00 +0200", "2031-05-02T08:00:00+02:00");
    check_date("2 May 31 8:00 GMT", "2031-05-02T08:00:00Z");
    check_date("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z");
    check_date("Fri, 9 September 2031 23:59:60 -05:30", "2031-09-09T23:59:59-05:30");
    check_date("1 Jan 2031 00:00:00 EDT", "2031-01-01T00:00:00-04:00");
    check_date("1 Jan 2031 00:00:00 nowhere", "2031-01-01T00:00:00");
    check_date("1 Jan 2031", "2031-01-01");
    check_date("30 Feb 2031 08:00 GMT", "");
    check_date("May 2 2031", "");
    check_date("2 May 2031 24:00", "");
    check_date("", "");
}

static void check_join(const char *base, const char *link, const char *want)
{
    struct arena arena;
    struct str got;

    arena_init(&arena, SIZE_MAX);
    got = address_join(&arena, str_from(base), str_from(link));
    CHECK(str_eq(got, str_from(want)), "%s + %s = %.*s, wanted %s", base, link,
          STR_ARG(got), want);
    arena_release(&arena);
}

static void links(void)
{
    check_join("https://a.example/news/x", "../y?z#top", "https://a.example/y?z");
    check_join("https://a.example/news/x?q=/", "y", "https://a.example/news/y");
    check_join("https://a.example/news/x", "?p=2", "https://a.example/news/x?p=2");
    check_join("https://a.example", "y", "https://a.example/y");
    check_join("http://a.example/", "//b.example/c", "http://b.example/c");
    check_join("http://a.example/", "//b.example", "http://b.example/");
    check_join("http://a.example/b/", "../../../c/./d/..", "http://a.example/c/");
    check_join("http://a.example/b", " a b\n c ", "http://a.example/a%20b%20c");
    check_join("", "https://a.example#x", "https://a.example/");
    check_join("", "/x", "");
    check_join("http://a.example/", "mailto:x@a.example", "");
    check_join("http://a.example/", "http:///x", "");
    CHECK(str_eq(address_host(STR("https://u:p@[2001:db8::1]:8080/x")),
                 STR("2001:db8::1")),
          "host");
    CHECK(str_eq(address_host(STR("http://good.example@evil.example/")),
                 STR("evil.example")),
          "user");
    CHECK(!address_is_web(STR("ftp://a.example/")) &&
              !address_is_web(STR("http://a b/")) && !address_is_web(STR("http://")),
          "web");
}

static bool is_public(const char *s)
{
    struct sockaddr_in in = { .sin_family = AF_INET };
    struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

    if (inet_pton(AF_INET, s, &in.sin_addr) == 1)
        return address_is_public((const struct sockaddr *)(const void *)&in);
    CHECK(inet_pton(AF_INET6, s, &in6.sin6_addr) == 1, "%s", s);
    return address_is_public((const struct sockaddr *)(const void *)&in6);
}

static void places(void)
{
    static const char *const refused[] = {
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.31.255.255",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.9",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "2001:db8::1",
        "64:ff9b::192.168.1.1",
        "2001::1",
        "::127.0.0.1",
    };
    static const char *const allowed[] = { "8.8.8.8",        "172.32.0.1",
                                           "100.128.0.1",    "2606:4700::1111",
                                           "::ffff:8.8.8.8", "2a00:1450::1" };
    struct sockaddr none = { .sa_family = AF_UNIX };

    for (size_t i = 0; i < COUNT(refused); i++)
        CHECK(!is_public(refused[i]), "%s", refused[i]);
    for (size_t i = 0; i < COUNT(allowed); i++)
        CHECK(is_public(allowed[i]), "%s", allowed[i]);
    CHECK(!address_is_public(&none), "no address");
}

int main(void)
{
    rss();
    atom();
    others();
    dates();
    links();
    places();
    return check_done();
}
