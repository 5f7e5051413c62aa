/* Bytes as they come, charsets among them, to pages; and what is refused, with where. */
#include "page/page.h"

#include "check.h"
#include "page/charset.h"
#include "page/nesting.h"

struct fixture {
    struct arena arena;
    struct page page;
    struct err err;
    bool ok;
};

static void read_page(struct fixture *f, struct source_record r)
{
    static const struct page_hints none = { 0 };

    arena_init(&f->arena, SIZE_MAX);
    r.input = STR("in");
    f->err = (struct err){ 0 };
    f->ok = page_from_record(&f->arena, &r, &none, &f->page, &f->err);
}

static void check_body(struct str bytes, enum source_media media, enum page_media want,
                       const char *body)
{
    struct fixture f;

    read_page(&f, (struct source_record){ .bytes = bytes, .media = media });
    CHECK(f.ok && f.page.media == want && str_eq(f.page.body, str_from(body)),
          "%s: media %d, body \"%.*s\"", body, (int)f.page.media, STR_ARG(f.page.body));
    arena_release(&f.arena);
}

static void check_refused(struct str bytes, enum source_media media, int64_t number,
                          const char *want)
{
    char got[400];
    struct fixture f;

    read_page(
        &f, (struct source_record){ .bytes = bytes, .media = media, .number = number });
    snprintf(got, sizeof got, "%s %d: %s", err_name(f.err.code), (int)f.err.at,
             f.err.detail);
    CHECK(!f.ok && strcmp(got, want) == 0, "refused as \"%s\", wanted \"%s\"", got,
          want);
    arena_release(&f.arena);
}

static void check_charset(struct str bytes, struct str said, const char *text,
                          const char *name)
{
    struct arena arena;
    struct str got, got_name;

    arena_init(&arena, SIZE_MAX);
    charset_decode(&arena, bytes, said, true, &got, &got_name);
    CHECK(str_eq(got, str_from(text)) && str_eq(got_name, str_from(name)),
          "%.*s: \"%.*s\", wanted %s: \"%s\"", STR_ARG(got_name), STR_ARG(got), name,
          text);
    arena_release(&arena);
}

static void charsets(void)
{
    struct str none = { NULL, 0 };

    check_charset(STR("plain"), none, "plain", "utf-8");
    check_charset(STR("\xef\xbb\xbf\xc3\xa9t\xc3\xa9"), none, "été", "utf-8");
    check_charset(STR("\xff\xfeG\0o\0"), none, "Go", "utf-16le");
    check_charset(STR("\xfe\xff\0G\0o"), none, "Go", "utf-16be");
    check_charset(STR("\0m\0a\0r\0k\0l\0e\0s\0s"), none, "markless", "utf-16be");
    /* The page calls itself latin-1 but is UTF-8; and the other way round. */
    check_charset(STR("<meta charset=iso-8859-1>\xc3\xa9t\xc3\xa9"), none,
                  "<meta charset=iso-8859-1>été", "utf-8");
    check_charset(STR("<meta charset=latin1>\x93quoted\x94"), none,
                  "<meta charset=latin1>“quoted”", "windows-1252");
    check_charset(STR("<META content='text/html; charset=windows-1251' "
                      "http-equiv=Content-Type>\xcc\xe8\xf0"),
                  none,
                  "<META content='text/html; charset=windows-1251' "
                  "http-equiv=Content-Type>Мир",
                  "windows-1251");
    check_charset(STR("\xcc\xe8\xf0"), STR("Windows-1251"), "Мир", "windows-1251");
    check_charset(STR("<!-- <meta charset=koi8-r> --><meta charset=gb2312>\xb9\xfa"),
                  none, "<!-- <meta charset=koi8-r> --><meta charset=gb2312>国",
                  "gb18030");
    check_charset(STR("good \xc3\xa9\xc3\xa8\xc3\xa0\xc3\xb4 bad \xff end"),
                  STR("utf-8"), "good éèàô bad \xef\xbf\xbd end", "utf-8");
    check_charset(STR("no such name \xe9"), STR("x-nonsense"), "no such name é",
                  "windows-1252");
}

static void meta(void)
{
    struct str m;

    m = charset_of_markup(STR("<?xml version='1.0' encoding='euc-jp'?><html>"));
    CHECK(str_eq(m, STR("euc-jp")), "%.*s", STR_ARG(m));
    m = charset_of_markup(
        STR("<meta name=charset content=big5><meta charset = \"tis-620\">"));
    CHECK(str_eq(m, STR("tis-620")), "%.*s", STR_ARG(m));
    m = charset_of_markup(STR("<meta content='text/html; charset=big5'><p>"));
    CHECK(m.len == 0, "%.*s", STR_ARG(m));
}

static void twice_encoded(void)
{
    struct arena arena;
    struct str s =
        STR("the minister\xc3\xa2\xe2\x82\xac\xe2\x84\xa2s caf\xc3\x83\xc2\xa9");
    struct str fine = STR("caf\xc3\xa9, \xc3\x89"
                          "cole");

    arena_init(&arena, SIZE_MAX);
    CHECK(charset_mend(&arena, &s) && str_eq(s, STR("the minister’s café")), "%.*s",
          STR_ARG(s));
    CHECK(!charset_mend(&arena, &fine), "%.*s", STR_ARG(fine));
    arena_release(&arena);
}

static void bodies(void)
{
    check_body(STR("Two were hurt.\r\n"), SOURCE_BYTES, PAGE_TEXT,
               "Two were hurt.\r\n");
    check_body(STR("<!DOCTYPE html><p>Two"), SOURCE_BYTES, PAGE_HTML,
               "<!DOCTYPE html><p>Two");
    check_body(STR("<p>Two</p>"), SOURCE_BYTES, PAGE_HTML, "<p>Two</p>");
    check_body(STR("if a <b then"), SOURCE_BYTES, PAGE_TEXT, "if a <b then");
    check_body(STR("<p>Two\0</p>"), SOURCE_IS_HTML, PAGE_HTML,
               "<p>Two\xef\xbf\xbd</p>");
    check_body(STR("{\"text\":\"\",\"title\":\"T\"}"), SOURCE_IS_JSON, PAGE_ARTICLE,
               "");
    check_body(STR("{\"text\":\"caf\\u00e9\\n\"}"), SOURCE_IS_JSON, PAGE_ARTICLE,
               "café\n");
    check_body(STR("{\"html\":\"<p>x\"}"), SOURCE_IS_JSON, PAGE_HTML, "<p>x");
}

static void refusals(void)
{
    check_refused(STR(" \n\t"), SOURCE_IS_TEXT, 0, "empty 0: only blanks");
    check_refused(STR("%PDF-1.7"), SOURCE_IS_TEXT, 0, "binary 0: a PDF file");
    check_refused(STR("text\0more"), SOURCE_IS_TEXT, 0, "binary 4: NUL at byte 4");
    check_refused(STR("<p>\1\2\3\4\5\6\7\1\2\3\4"), SOURCE_IS_HTML, 0,
                  "binary 3: 11 control characters, the first at byte 3");
    check_refused(STR("<?xml version='1.0'?><rss version='2.0'>"), SOURCE_BYTES, 0,
                  "unsupported 0: a feed is no report");
    check_refused(STR("{\"text\": nonsense}"), SOURCE_IS_JSON, 7,
                  "format 7: JSON, column 17: invalid token near 'nonsense'");
    check_refused(STR("[1]"), SOURCE_IS_JSON, 3,
                  "format 3: the record is not an object");
    check_refused(STR("{\"id\":\"a\"}"), SOURCE_IS_JSON, 4,
                  "format 4: neither text nor html in the record");
    check_refused(STR("{\"text\":5.5}"), SOURCE_IS_JSON, 4,
                  "format 4: text or html is not a string");
    check_refused(STR("{\"text\":\" \"}"), SOURCE_IS_JSON, 5,
                  "empty 5: no text and no title");
}

static void members(void)
{
    struct fixture f;

    read_page(&f, (struct source_record){
                      .bytes = STR("{\"id\":7,\"text\":\"t\",\"outlet\":\"The Post\"}"),
                      .media = SOURCE_IS_JSON,
                      .number = 3,
                      .clean = true });
    CHECK(f.ok && str_eq(f.page.ref, STR("7")), "%.*s", STR_ARG(f.page.ref));
    CHECK(str_eq(f.page.input, STR("in:3")), "%.*s", STR_ARG(f.page.input));
    CHECK(str_eq(f.page.hints.outlet, STR("The Post")), "outlet");
    CHECK(f.page.media == PAGE_TEXT, "clean");
    arena_release(&f.arena);
    /* sha256sum of "abc" begins so */
    read_page(&f,
              (struct source_record){ .bytes = STR("abc"), .media = SOURCE_IS_TEXT });
    CHECK(str_eq(f.page.id, STR("ba7816bf8f01cfea")), "%.*s", STR_ARG(f.page.id));
    arena_release(&f.arena);
}

static void nesting(void)
{
    static char deep[6 * 600 + 1];
    struct str s = STR("<ul><li>a<li>b<p>c<p>d<br><img><div></div><div></div></ul>");

    for (size_t i = 0; i + 6 <= sizeof deep; i += 6)
        memcpy(deep + i, "<div> ", 6);
    CHECK(nesting_over((struct str){ deep, 6 * 600 }, 512) == 6 * 512, "%zu",
          nesting_over((struct str){ deep, 6 * 600 }, 512));
    CHECK(nesting_over((struct str){ deep, 6 * 512 }, 512) == STR_NPOS, "at the limit");
    CHECK(nesting_over(s, 2) == STR_NPOS, "implied ends");
    CHECK(nesting_over(STR("<script>'<div><div>'</script><!-- <i><i> --><b>"), 1) ==
              STR_NPOS,
          "not markup");
    CHECK(nesting_over(STR("<i title='<i><i>'><path/><path/>"), 1) == STR_NPOS,
          "quoted");
}

int main(void)
{
    charsets();
    meta();
    twice_encoded();
    bodies();
    refusals();
    members();
    nesting();
    return check_done();
}
