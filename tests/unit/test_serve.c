/* The workbench over loopback: pages, their twins, and what must not get through. */
#include "serve/serve.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "check.h"
#include "serve/request.h"
#include "store/store.h"

struct fixture {
    struct arena arena;
    char folder[64], path[96], host[64];
    unsigned port;
    struct serve *server;
    struct err err;
};

/* A reading written by hand: its words try to leave the page. */
static const char line[] =
    "{\"schema\":\"corrob.article/"
    "1\",\"id\":\"00000000000000aa\",\"input\":\"<in>.txt\","
    "\"url\":\"javascript:alert(1)\",\"outlet\":{\"name\":\"<b>Kesh</b> "
    "\\\"Radio\\\"\"},"
    "\"title\":\"<script>alert(1)</script> & more\",\"published\":{\"value\":"
    "\"2031-03-04T10:00:00Z\",\"precision\":\"second\",\"from\":\"hint\"},\"language\":"
    "\"en\",\"text\":\"At least 12 miners were killed <img src=x onerror=alert(1)> "
    "near "
    "Osgar, the Energy Ministry said.\",\"sentences\":[[0,89]],\"entities\":[{\"id\":"
    "0,\"name\":\"Energy Ministry\"}],\"figures\":[{\"id\":0,\"start\":0,\"end\":18,"
    "\"measure\":\"killed\",\"low\":12,\"high\":null,\"class\":\"civilian\",\"op\":"
    "\">=12\",\"claimant\":0,\"modality\":\"asserted\"}]}";

static bool fill(struct fixture *f)
{
    enum store_added did;
    struct store *s;
    bool ok = store_open(f->path, STORE_WRITE, &s, &f->err) &&
              store_add(s, str_from(line), &did, &f->err) && store_flush(s, &f->err);

    store_close(s);
    return ok;
}

/* Sends bytes, reads all that comes back. */
static struct str exchange(struct fixture *f, struct str bytes)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)f->port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct buf b = buf_new(&f->arena, 1 << 24);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    char piece[65536];
    ssize_t n;

    if (connect(s, (struct sockaddr *)&to, sizeof to) == 0 &&
        send(s, bytes.ptr, bytes.len, MSG_NOSIGNAL) == (ssize_t)bytes.len)
        while ((n = recv(s, piece, sizeof piece, 0)) > 0)
            buf_str(&b, (struct str){ piece, (size_t)n });
    close(s);
    return buf_view(&b);
}

static struct str ask(struct fixture *f, const char *first_line, const char *more)
{
    struct buf b = buf_new(&f->arena, 1 << 20);

    buf_printf(&b, "%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n", first_line,
               f->host, more);
    return exchange(f, buf_view(&b));
}

static bool has(struct str s, const char *words)
{
    return str_find(s, str_from(words)) != STR_NPOS;
}

static bool is(struct str answer, const char *status)
{
    return str_starts(str_after(answer, answer.len < 9 ? answer.len : 9),
                      str_from(status));
}

static void test_pages(struct fixture *f)
{
    static const char *const pages[] = {
        "/",
        "/stories",
        "/story/1",
        "/ledger/1",
        "/origins/1",
        "/actors/1",
        "/conflicts",
        "/sources",
        "/map",
        "/rulings",
        "/alerts",
        "/review",
        "/reviews",
        "/review?report=00000000000000aa&kind=figure&start=0&end=18",
        "/help",
        "/search?q=miners",
        "/report/00000000000000aa?start=9&end=18",
    };

    for (size_t i = 0; i < COUNT(pages); i++) {
        char words[128];
        struct str page;

        snprintf(words, sizeof words, "GET %s", pages[i]);
        page = ask(f, words, "");
        CHECK(is(page, "200"), "%s: %.60s", pages[i], page.ptr);
        CHECK(has(page, "default-src 'none'; script-src 'self'; style-src 'self'"),
              "%s: no policy", pages[i]);
        CHECK(has(page, "nosniff") && has(page, "ETag"), "%s: headers", pages[i]);
        CHECK(!has(page, "<script>") && !has(page, "<img") && !has(page, "<b>Kesh") &&
                  !has(page, "javascript:alert(1)\""),
              "%s: words of a page became markup", pages[i]);
    }
}

static void test_twins(struct fixture *f)
{
    static const char *const twins[] = { "/stories.json",
                                         "/story/1.json",
                                         "/ledger/1.json",
                                         "/conflicts.json",
                                         "/sources.json",
                                         "/map.json",
                                         "/alerts.json",
                                         "/review.json",
                                         "/reviews.json",
                                         "/search.json?q=miners",
                                         "/report/00000000000000aa.json" };

    for (size_t i = 0; i < COUNT(twins); i++) {
        char words[128];
        struct str page;

        snprintf(words, sizeof words, "GET %s", twins[i]);
        page = ask(f, words, "");
        CHECK(is(page, "200") && has(page, "application/json"), "%s: %.60s", twins[i],
              page.ptr);
    }
    CHECK(has(ask(f, "GET /search.json?q=miners", ""), "00000000000000aa"), "no hit");
    CHECK(has(ask(f, "GET /report/00000000000000aa?start=9&end=18", ""),
              "<mark id=\"claim\">12 miners</mark>"),
          "not marked");
    CHECK(has(ask(f, "GET /events", ""), "text/event-stream"), "events");
}

static void test_refusals(struct fixture *f)
{
    CHECK(is(ask(f, "GET /nothing", ""), "404"), "a page from nowhere");
    CHECK(is(ask(f, "GET /story/9", ""), "404"), "a story from nowhere");
    CHECK(is(ask(f, "GET /story/x", ""), "404"), "no number");
    CHECK(is(ask(f, "GET /report/..%2f..%2fetc", ""), "404"), "a path");
    CHECK(is(ask(f, "GET /stories?country=%ff", ""), "400"), "no UTF-8");
    CHECK(is(ask(f, "GET /stories?country=%00", ""), "400"), "a NUL");
    CHECK(is(ask(f, "GET /stories?country=%4", ""), "400"), "half a byte");
    CHECK(is(ask(f, "DELETE /stories", ""), "405"), "another method");
    CHECK(is(ask(f, "POST /stories", "Content-Length: 0\r\n"), "403"), "no secret");
    CHECK(is(exchange(f, STR("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close"
                             "\r\n\r\n")),
             "403"),
          "another host");
    CHECK(is(ask(f, "GET /story/1?policy=xyz", ""), "400"), "no such policy");
}

/* Posts a form with the secret that pages of ours carry. */
static struct str post(struct fixture *f, const char *path, const char *fields,
                       const char *more)
{
    struct str page = ask(f, "GET /review", "");
    size_t at = str_find(page, STR("name=\"csrf\" value=\""));
    struct buf body = buf_new(&f->arena, 1 << 16), b = buf_new(&f->arena, 1 << 16);

    if (at == STR_NPOS)
        page = ask(f, "GET /reviews", "");
    at = str_find(page, STR("name=\"csrf\" value=\""));
    if (at == STR_NPOS)
        return STR("HTTP/1.1 999 no secret");
    buf_printf(&body, "%s&csrf=%.32s", fields, page.ptr + at + 19);
    buf_printf(&b,
               "POST %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%sContent-Length: "
               "%zu\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n%.*s",
               path, f->host, more, body.len, STR_ARG(buf_view(&body)));
    return exchange(f, buf_view(&b));
}

#define FACT "report=00000000000000aa&kind=figure&start=0&end=18&who=Ana%20R%C3%BAiz"

static void test_review(struct fixture *f)
{
    struct str page = ask(f, "GET /review", ""), log;

    CHECK(has(page, "At least 12 miners</mark>") && has(page, "Energy Ministry"),
          "%.*s", STR_ARG(page));
    CHECK(is(post(f, "/review", FACT "&decision=reject",
                  "Sec-Fetch-Site: cross-site\r\n"),
             "403"),
          "a form of another site");
    CHECK(is(post(f, "/review", FACT "&decision=maybe", ""), "400"), "maybe");
    CHECK(is(post(f, "/review",
                  "report=00000000000000aa&kind=figure&start=1&end=18&"
                  "decision=reject",
                  ""),
             "404"),
          "no such fact");
    CHECK(is(post(f, "/review", FACT "&decision=edit&low=20&high=3", ""), "400"),
          "from above to");
    CHECK(is(post(f, "/review", FACT "&decision=edit&speaker=Bo", ""), "400"),
          "a figure has no speaker");
    CHECK(is(post(f, "/review", FACT "&decision=edit&measure=drowned", ""), "400"),
          "no such measure");
    CHECK(has(ask(f, "GET /reviews.json", ""), "\"reviews\":[]"), "in the log already");

    page = post(f, "/review", FACT "&decision=edit&low=14&high=14&back=//evil.example",
                "");
    CHECK(is(page, "303") && has(page, "Location: /review\r\n"), "%.*s", STR_ARG(page));
    CHECK(has(page, "who=Ana%20R%C3%BAiz; Path=/; HttpOnly; SameSite=Strict"),
          "the name is not kept");
    page = ask(f, "GET /ledger/1.json", "");
    CHECK(has(page, "\"low\":14,\"high\":14") &&
              has(page, "edited by Ana Rúiz, read as >=12, killed, civilian"),
          "%.*s", STR_ARG(page));
    CHECK(has(ask(f, "GET /story/1", ""), "edited by Ana Rúiz"),
          "the story says nothing");
    CHECK(has(ask(f, "GET /ledger/1", ""), "at least 12 killed, civilian"),
          "what was read is not shown");
    page = ask(f, "GET /export/1?as=evidence", "");
    CHECK(has(page, "read as >=12, killed") && has(page, "story-1-evidence.csv"),
          "%.*s", STR_ARG(page));
    CHECK(has(ask(f, "GET /export/1?as=situation", ""), "\"decision\":\"edit\""),
          "the decision is not taken along");

    CHECK(is(post(f, "/review", FACT "&decision=reject&back=/ledger/1", ""), "303"),
          "reject");
    page = ask(f, "GET /ledger/1", "");
    CHECK(has(page, "<s>at least 12 killed, civilian") && !has(page, ">14<"), "%.*s",
          STR_ARG(page));
    CHECK(!has(ask(f, "GET /ledger/1.json", ""), "\"measure\":\"killed\",\"class\""),
          "still counted");
    page = ask(f, "GET /export/1?as=csv", "");
    CHECK(is(page, "200") && !has(page, ",figure,"), "%.*s", STR_ARG(page));
    CHECK(has(ask(f, "GET /export/1?as=bundle", ""), "PK"), "no bundle");
    CHECK(is(ask(f, "GET /export/1?as=xyz", ""), "404"), "no such shape");
    CHECK(is(ask(f, "GET /export/7?as=csv", ""), "404"), "no such story");
    CHECK(!has(ask(f, "GET /review", ""), "At least 12 miners</mark>"), "asked again");

    CHECK(is(post(f, "/review", "decision=undo&who=Ana%20R%C3%BAiz", ""), "303"),
          "undo");
    CHECK(has(ask(f, "GET /ledger/1.json", ""), "\"low\":14"), "the edit is not back");
    CHECK(is(post(f, "/review", "decision=undo&nr=1&who=Bo", ""), "303"),
          "undo by number");
    CHECK(has(ask(f, "GET /ledger/1.json", ""), "\"low\":12"), "not as it was read");
    CHECK(is(post(f, "/review", "decision=undo&nr=1&who=Bo", ""), "409"),
          "undone twice");
    log = ask(f, "GET /reviews.json", "");
    CHECK(has(log, "\"nr\":4") && !has(log, "\"nr\":5") && has(log, "\"undoes\":1") &&
              has(log, "corrob 0.1.0"),
          "%.*s", STR_ARG(log));
}

static void test_alerts(struct fixture *f)
{
    struct str page;

    CHECK(is(post(f, "/alerts", "kind=toll&measure=killed&least=10&place=", ""), "303"),
          "a rule");
    CHECK(is(post(f, "/alerts", "kind=toll&measure=killed&least=x", ""), "400"),
          "without a number");
    CHECK(is(post(f, "/alerts", "kind=story&place=", ""), "400"), "without a place");
    CHECK(is(post(f, "/alerts", "kind=weather", ""), "400"), "of nothing");
    CHECK(has(ask(f, "GET /alerts.json", ""), "\"alerts\":[]"), "raised of old");
    /* A decision makes the story be compared anew, with 9 in the place of 12. */
    CHECK(is(post(f, "/review", FACT "&decision=edit&low=9&high=9", ""), "303"),
          "edit");
    ask(f, "GET /story/1", "");
    CHECK(is(post(f, "/review", "decision=undo&who=Ana%20R%C3%BAiz", ""), "303"),
          "undo");
    ask(f, "GET /story/1", "");
    page = ask(f, "GET /alerts.json", "");
    CHECK(has(page, "10 or more killed: at least 12 miners killed"), "%.*s",
          STR_ARG(page));
    CHECK(has(ask(f, "GET /alerts", ""), "10 or more killed"), "not shown");
    CHECK(is(post(f, "/review", FACT "&decision=edit&low=9&high=9", ""), "303"),
          "edit");
    ask(f, "GET /story/1", "");
    CHECK(is(post(f, "/review", "decision=undo&who=Ana%20R%C3%BAiz", ""), "303"),
          "undo");
    ask(f, "GET /story/1", "");
    CHECK(!has(ask(f, "GET /alerts.json", ""), "\"nr\":2,"), "raised twice");
    CHECK(is(post(f, "/alerts", "end=1", ""), "303"), "end");
    CHECK(has(ask(f, "GET /alerts.json", ""), "\"ended\":true"), "not ended");
}

static void test_kept_searches(struct fixture *f)
{
    CHECK(is(post(f, "/search",
                  "q=miners%20OR%20%22coal%20mine%22&name=Mines%20%3Cb%3E", ""),
             "303"),
          "keep");
    CHECK(has(ask(f, "GET /search.json", ""), "\"q\":\"miners OR \\\"coal mine\\\"\""),
          "not kept");
    CHECK(has(ask(f, "GET /search", ""), "Mines &lt;b&gt;"), "not shown");
    CHECK(is(post(f, "/search", "q=%20", ""), "400"), "nothing is kept");
    CHECK(is(post(f, "/search", "drop=1", ""), "303"), "drop");
    CHECK(has(ask(f, "GET /search.json", ""), "\"saved\":[]"), "not dropped");
}

/* What the store refuses comes back as words; tools/e2e parts and joins for good. */
/* What a watch did, newest first, in pages; its feeds' addresses are strangers' words. */
static void test_watch(struct fixture *f)
{
    struct str page = ask(f, "GET /watch", "");
    struct store *s;

    CHECK(has(page, "No watch has run over this store"), "%.*s", STR_ARG(page));
    CHECK(store_open(f->path, STORE_WRITE, &s, &f->err), "%s", f->err.detail);
    store_memo_put(s, STORE_WATCH_STATUS,
                   STR("{\"at\":1700000000,\"feeds\":2,\"polls\":7}"), &f->err);
    for (int i = 0; i < 3; i++)
        store_watch_note(s,
                         STR("{\"time\":\"2031-02-27T23:06:40Z\",\"event\":\"feed\","
                             "\"url\":\"javascript:<b>\",\"status\":503,\"wait\":300}"),
                         &f->err);
    for (int i = 0; i < 100; i++)
        store_watch_note(s,
                         STR("{\"time\":\"2031-02-27T23:06:41Z\",\"event\":\"page\","
                             "\"url\":\"https://a.example/1\",\"result\":\"new\"}"),
                         &f->err);
    CHECK(store_flush(s, &f->err), "%s", f->err.detail);
    store_close(s);
    page = ask(f, "GET /watch", "");
    CHECK(has(page, "No watch is running.") && has(page, "failed 3 times") &&
              has(page, "HTTP 503") && has(page, "27 Feb 2031, 23:11") &&
              has(page, "https://a.example/1"),
          "%.*s", STR_ARG(page));
    CHECK(!has(page, "<b>\"") && !has(page, "href=\"javascript"), "%.*s",
          STR_ARG(page));
    CHECK(has(page, "/watch?next=4\""), "no older page");
    page = ask(f, "GET /watch.json?next=4", "");
    CHECK(has(page, "\"nr\":3") && has(page, "\"failures\":3") &&
              has(page, "\"feeds\":2") && !has(page, "\"next\"") &&
              !has(page, "\"nr\":4"),
          "%.*s", STR_ARG(page));
}

static void test_rulings(struct fixture *f)
{
    CHECK(is(post(f, "/rulings", "scope=story&what=apart&id=00000000000000aa", ""),
             "400"),
          "the whole story is parted from itself");
    CHECK(is(post(f, "/rulings", "scope=origin&what=together", ""), "400"),
          "of nothing");
    CHECK(is(post(f, "/rulings", "scope=story&what=undo&nr=1", ""), "400"),
          "no ruling");
    CHECK(is(post(f, "/rulings", "what=maybe", ""), "400"), "maybe");
    CHECK(is(ask(f, "POST /rulings", "Content-Length: 0\r\n"), "403"), "no secret");
    CHECK(has(ask(f, "GET /rulings.json", ""), "\"rulings\":[]"), "a ruling");
    CHECK(has(ask(f, "GET /origins/1", ""), "name=\"id\" value=\"00000000000000aa\""),
          "no box");
}

/* The log can't be rewritten, by whatever opens the store. */
/* A link to words that stand there twice tells what stands around them. */
static void test_fragment(struct fixture *f)
{
    static const char killed[] =
        "{\"schema\":\"corrob.article/1\",\"id\":\"00000000000000bb\",\"input\":\"b\","
        "\"url\":\"https://b.example/x#top\",\"title\":\"Mill\",\"text\":\"Five were "
        "killed.\\n\\nLater 12 were killed near Osgar. The mayor said 12 were killed "
        "near "
        "the mill.\",\"sentences\":[[0,17]]}";
    enum store_added did;
    struct store *s;
    struct str page;

    CHECK(store_open(f->path, STORE_WRITE, &s, &f->err) &&
              store_add(s, str_from(killed), &did, &f->err) && store_flush(s, &f->err),
          "%s", f->err.detail);
    store_close(s);
    page = ask(f, "GET /report/00000000000000bb?start=67&end=81", "");
    CHECK(has(page, "<mark id=\"claim\">12 were killed</mark> near the mill") &&
              has(page, "https://b.example/x#:~:text=Osgar%2E%20The%20mayor%20said-,12%"
                        "20were%20killed,-near%20the%20mill%2E<"),
          "%.*s", STR_ARG(page));
    page = ask(f, "GET /report/00000000000000bb?start=0&end=31", "");
    CHECK(has(page, "x#:~:text=Five%20were%20killed%2E,Later%2012%20wer<"),
          "no words over the end of a paragraph: %.*s", STR_ARG(page));
}

static void test_log_only_grows(struct fixture *f)
{
    sqlite3 *db;

    CHECK(sqlite3_open(f->path, &db) == SQLITE_OK, "can't open");
    CHECK(sqlite3_exec(db, "DELETE FROM review", NULL, NULL, NULL) != SQLITE_OK,
          "taken away");
    CHECK(sqlite3_exec(db, "UPDATE review SET who = 'x'", NULL, NULL, NULL) !=
              SQLITE_OK,
          "rewritten");
    sqlite3_close(db);
}

static void test_etag(struct fixture *f)
{
    struct str page = ask(f, "GET /stories.json", "");
    size_t at = str_find(page, STR("ETag: "));
    char more[80];

    CHECK(at != STR_NPOS, "%.200s", page.ptr);
    if (at == STR_NPOS)
        return;
    snprintf(more, sizeof more, "If-None-Match: %.18s\r\n", page.ptr + at + 6);
    CHECK(is(ask(f, "GET /stories.json", more), "304"), "sent again");
    page = ask(f, "GET /help", "Accept-Encoding: gzip, br\r\n");
    CHECK(has(page, "Content-Encoding: gzip") && has(page, "\r\n\r\n\x1f\x8b") &&
              has(page, "-gz\"") && page.len < 4000,
          "not packed");
    CHECK(!has(ask(f, "GET /help", ""), "Content-Encoding"), "packed unasked");
}

static void test_doors(struct fixture *f)
{
    struct serve_options open = { .db = f->path, .listen = "0.0.0.0", .idle = true };
    struct serve_options guarded = { .db = f->path,
                                     .token = "a-long-enough-token",
                                     .idle = true };
    struct serve *server;

    CHECK(!serve_start(&open, &server, &f->err), "open to all without a token");
    serve_stop(server);
    CHECK(serve_start(&guarded, &server, &f->err), "%s", f->err.detail);
    f->port = (unsigned)strtoul(strrchr(serve_address(server), ':') + 1, NULL, 10);
    CHECK(is(ask(f, "GET /stories", ""), "401"), "let in");
    CHECK(is(ask(f, "GET /stories", "Authorization: Bearer wrong-token-it-is\r\n"),
             "401"),
          "let in by another token");
    CHECK(is(ask(f, "GET /stories", "Authorization: Bearer a-long-enough-token\r\n"),
             "200"),
          "not let in");
    serve_stop(server);
}

static void test_request(struct fixture *f)
{
    struct request r;
    struct str rest;

    CHECK(request_read(&f->arena, STR("/story/17.json?policy=acled&x=a%20b+c&&y"), &r),
          "refused");
    CHECK(r.json && request_under(&r, "/story/", &rest) && str_eq(rest, STR("17")),
          "%.*s", STR_ARG(r.path));
    CHECK(str_eq(request_argument(&r, "x"), STR("a b c")), "%.*s",
          STR_ARG(request_argument(&r, "x")));
    CHECK(request_number(&r, "policy", 7) == 7 && request_argument(&r, "y").len == 0,
          "numbers");
    CHECK(!request_read(&f->arena, STR("story"), &r) &&
              !request_read(&f->arena, STR("/a%0ab"), &r) &&
              !request_read(&f->arena, STR(""), &r),
          "taken");
}

int main(void)
{
    struct fixture f = { .folder = "/tmp/corrob-serve-XXXXXX" };
    struct serve_options options = { .db = f.path, .idle = true };
    char rm[128];

    arena_init(&f.arena, SIZE_MAX);
    if (!mkdtemp(f.folder))
        return 1;
    snprintf(f.path, sizeof f.path, "%s/a.db", f.folder);
    CHECK(fill(&f), "%s", f.err.detail);
    CHECK(serve_start(&options, &f.server, &f.err), "%s", f.err.detail);
    if (!f.server)
        return check_done();
    f.port = (unsigned)strtoul(strrchr(serve_address(f.server), ':') + 1, NULL, 10);
    snprintf(f.host, sizeof f.host, "127.0.0.1:%u", f.port);
    test_request(&f);
    test_pages(&f);
    test_twins(&f);
    test_refusals(&f);
    test_etag(&f);
    test_review(&f);
    test_log_only_grows(&f);
    test_alerts(&f);
    test_kept_searches(&f);
    test_watch(&f);
    test_rulings(&f);
    test_fragment(&f);
    serve_stop(f.server);
    test_doors(&f);
    snprintf(rm, sizeof rm, "%s", f.path);
    unlink(rm);
    rmdir(f.folder);
    arena_release(&f.arena);
    return check_done();
}
