/* Web archives made here, whole and damaged, and the HTTP messages in them. */
#include "page/warc.h"

#include <fcntl.h>
#include <unistd.h>
#define ZLIB_CONST
#include <zlib.h>
#include <zstd.h>

#include "check.h"
#include "page/coding.h"
#include "page/http.h"
#include "walk.h"

#define ROOM ((size_t)1 << 20)

/* An archive under construction. */
struct archive {
    char bytes[ROOM];
    size_t len;
    bool packed; /* each record a gzip member */
};

static size_t gzip(struct str s, char *out, size_t cap)
{
    z_stream z = { .next_in = (const Bytef *)s.ptr,
                   .avail_in = (unsigned)s.len,
                   .next_out = (Bytef *)out,
                   .avail_out = (unsigned)cap };

    deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END, "deflate");
    deflateEnd(&z);
    return cap - z.avail_out;
}

static void put(struct archive *a, struct str s)
{
    if (a->packed) {
        a->len += gzip(s, a->bytes + a->len, ROOM - a->len);
        return;
    }
    memcpy(a->bytes + a->len, s.ptr, s.len);
    a->len += s.len;
}

/* A record; length < 0: the true one. */
static void put_record(struct archive *a, const char *type, const char *media,
                       struct str block, int length)
{
    static char room[ROOM];
    int n =
        snprintf(room, sizeof room,
                 "WARC/1.0\r\nWARC-Type: %s\r\n"
                 "WARC-Target-URI: <https://daily.example/%s/%d>\r\n"
                 "warc-date: 2031-05-02T08:00:00Z\r\nContent-Type: %s\r\n"
                 "Content-Length: %d\r\n\r\n",
                 type, type, (int)a->len, media, length < 0 ? (int)block.len : length);

    memcpy(room + n, block.ptr, block.len);
    memcpy(room + n + block.len, "\r\n\r\n", 4);
    put(a, (struct str){ room, (size_t)n + block.len + 4 });
}

static void put_response(struct archive *a, const char *head, struct str body)
{
    static char room[ROOM];
    int n = snprintf(room, sizeof room, "HTTP/1.1 %s\r\n\r\n", head);

    memcpy(room + n, body.ptr, body.len);
    put_record(a, "response", "application/http; msgtype=response",
               (struct str){ room, (size_t)n + body.len }, -1);
}
#define HTML "200 OK\r\nContent-Type: text/html; charset=\"koi8-r\""

/* The walk over an archive: "<bytes>" of each page, "!code" of each trouble, "+n" for what
 * was passed over. */
static void walk(struct walk *w, struct archive *a, size_t limit)
{
    const char *input = "a.warc";
    FILE *f = fopen(input, "wb");

    CHECK(f && fwrite(a->bytes, 1, a->len, f) == a->len, "write");
    fclose(f);
    walk_open(w, &input, 1, &(struct source_options){ .record_limit = limit });
    while (walk_next(w))
        if (w->step == SOURCE_RECORD)
            walk_tell(w, "<%.*s>",
                      w->record.bytes.len < 60 ? (int)w->record.bytes.len : 60,
                      w->record.bytes.ptr);
        else
            walk_tell(w, "!%s", err_name(w->err.code));
    if (source_skipped(w->source) > 0)
        walk_tell(w, "+%d", (int)source_skipped(w->source));
    walk_close(w);
}

static void check_walk(struct archive *a, size_t limit, const char *want)
{
    struct walk w;

    walk(&w, a, limit);
    CHECK(strcmp(w.told, want) == 0, "packed %d\n    walked: %s\n    wanted: %s",
          (int)a->packed, w.told, want);
}

static void whole(struct archive *a)
{
    a->len = 0;
    put_record(a, "warcinfo", "application/warc-fields", STR("software: own\r\n"), -1);
    put_record(a, "request", "application/http; msgtype=request",
               STR("GET / HTTP/1.1\r\n\r\n"), -1);
    put_response(a, HTML, STR("<p>one"));
    put_response(a, "301 Moved\r\nLocation: /", STR(""));
    put_response(a, "200 OK\r\nContent-Type: image/png", STR("\x89PNG"));
    put_record(a, "revisit", "application/http; msgtype=response",
               STR("HTTP/1.1 200 OK\r\n\r\n"), -1);
    put_record(a, "resource", "text/html", STR("<p>two"), -1);
    put_record(a, "conversion", "text/plain", STR("three"), -1);
    put_record(a, "continuation", "text/plain", STR("rest"), -1);
    put_response(a, "200 OK", STR("<!doctype html><p>no type told"));
    check_walk(a, 0,
               "<<p>one><<p>two><three>!unsupported<<!doctype html><p>no type told>+3");
}

static void damaged(struct archive *a)
{
    size_t at;

    a->len = 0;
    put_response(a, HTML, STR("<p>one"));
    at = a->len;
    put_response(a, HTML, STR("<p>two, long enough to be broken in its middle"));
    put_response(a, HTML, STR("<p>three"));
    memset(a->bytes + at + (a->packed ? 20 : 0), 'x', 60);
    check_walk(a, 0, "<<p>one>!format<<p>three>");
    a->len -= 12; /* the last record is cut off, too */
    check_walk(a, 0, "<<p>one>!format!format");
}

/* Lengths that lie, noise between records, a page that speaks of archives. */
static void lengths(void)
{
    static struct archive a;

    a = (struct archive){ 0 };
    put_record(&a, "resource", "text/html", STR("<p>short"), 200);
    put_record(&a, "resource", "text/html",
               STR("<p>fine, and so long that all of the lying length lies in it, or "
                   "else there would be no more to read of it"),
               -1);
    put_record(&a, "resource", "text/html", STR("<p>long told short"), 5);
    put_record(&a, "resource", "text/html", STR("<p>a\r\nWARC/1.0 in\r\nits text"), -1);
    put(&a, STR("noise\nmore noise\n"));
    put_record(&a, "resource", "text/html", STR("<p>last"), -1);
    check_walk(&a, 0,
               "<<p>short\r\n\r\n><<p>fine, and so long that all of the lying length "
               "lies in it>"
               "<<p>lo>!format<<p>a\r\nWARC/1.0 in\r\nits text>!format<<p>last>");
    a.len = 0;
    put(&a, STR("WARC/1.0\r\nWARC-Type: response\r\n\r\n"));
    put_record(&a, "resource", "text/html", STR("<p>last"), -1);
    check_walk(&a, 0, "!format<<p>last>");
    a.len = 0;
    put(&a, STR("no archive at all"));
    check_walk(&a, 0, "!format");
    a.len = 0;
    check_walk(&a, 0, "!empty");
}

static void limits(struct archive *a)
{
    static char zeros[500000], bomb[2000];
    size_t packed;

    memset(zeros, '0', sizeof zeros);
    packed = gzip((struct str){ zeros, sizeof zeros }, bomb, sizeof bomb);
    a->len = 0;
    put_record(a, "resource", "text/html", (struct str){ zeros, 300000 }, -1);
    put_response(a, HTML "\r\nContent-Encoding: gzip", (struct str){ bomb, packed });
    put_record(a, "resource", "text/html", STR("<p>last"), -1);
    check_walk(a, 200000, "!limit!limit<<p>last>");
}

static void hints(void)
{
    struct warc_record record = { .type = WARC_RESPONSE,
                                  .url = STR("https://daily.example/a"),
                                  .date = STR("2031-05-02T08:00:00Z"),
                                  .block =
                                      STR("HTTP/1.1 200 OK\nContent-type: TEXT/HTML; "
                                          "charset='koi8-r'\n\n<p>x") };
    struct source_record out = { 0 };
    struct arena arena;
    struct err err;

    arena_init(&arena, SIZE_MAX);
    CHECK(warc_content(&arena, &record, 100, &out, &err) == WARC_REPORT &&
              str_eq(out.charset, STR("koi8-r")) && str_eq(out.hints.url, record.url) &&
              str_eq(out.fetched, record.date) && out.media == SOURCE_IS_HTML &&
              out.hints.published.len == 0,
          "charset %.*s", STR_ARG(out.charset));
    record.url = STR("https://daily.example/robots.txt");
    CHECK(warc_content(&arena, &record, 100, &out, &err) == WARC_NOTHING, "robots");
    arena_release(&arena);
}

/* Offsets lead to the record: the file from there on begins with it. */
static void offsets(struct archive *a)
{
    const char *input = "a.warc";
    int64_t want[3], got[3] = { 0 };
    struct walk w;
    int n = 0;

    a->len = 0;
    for (int i = 0; i < 3; i++) {
        put_record(a, "request", "application/http", STR("GET / HTTP/1.1\r\n\r\n"), -1);
        want[i] = (int64_t)a->len;
        put_response(a, HTML, STR("<p>some page"));
    }
    walk(&w, a, 0);
    walk_open(&w, &input, 1, &(struct source_options){ 0 });
    while (walk_next(&w) && w.step == SOURCE_RECORD && n < 3)
        got[n++] = w.record.number;
    CHECK(n == 3 && memcmp(got, want, sizeof got) == 0, "packed %d: %d %d %d",
          (int)a->packed, (int)got[0], (int)got[1], (int)got[2]);
    walk_close(&w);
}

/* ---- messages and codings ---- */

static const unsigned char brotli[] = {
    0x1b, 0x5a, 0x00, 0x60, 0x8d, 0x94, 0xab, 0x6d, 0xbc, 0x33, 0x42, 0xa5, 0xbb, 0x8d,
    0xad, 0x2b, 0x5f, 0x1c, 0x2b, 0x3a, 0xa7, 0xb3, 0x82, 0xa0, 0x88, 0x4e, 0x21, 0x46,
    0xcc, 0x38, 0x60, 0x7f, 0xec, 0x12, 0x8a, 0x78, 0xac, 0x6b, 0x51, 0x0a, 0x66, 0x53,
    0xa2, 0xdb, 0x6c, 0x3c, 0x00, 0x51, 0x4c, 0x52, 0xf4, 0x3a, 0xf5, 0x3c, 0xb6, 0xaf,
    0x92, 0x2d, 0x99, 0x05, 0x70, 0x46, 0x74, 0x41, 0x91, 0xad
};
#define PACKED_TEXT                                                               \
    "<p>Seven boats were packed by brotli, the harbour master said. Seven boats " \
    "were packed.</p>"

/* The body of a message, or "!code: words". */
static void check_body(struct str message, size_t limit, const char *want)
{
    struct http_response r;
    struct arena arena;
    struct str body;
    struct err err;
    char got[300];

    arena_init(&arena, SIZE_MAX);
    if (!http_parse(message, &r))
        snprintf(got, sizeof got, "!none");
    else if (http_body(&arena, &r, false, limit, &body, &err))
        snprintf(got, sizeof got, "%.*s", STR_ARG(body));
    else
        snprintf(got, sizeof got, "!%s: %s", err_name(err.code), err.detail);
    CHECK(strcmp(got, want) == 0, "got %s\n    wanted %s", got, want);
    arena_release(&arena);
}

static void coded(const char *coding, const void *bytes, size_t len, size_t limit,
                  const char *want)
{
    char message[2000];
    int n = snprintf(message, sizeof message,
                     "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n\r\n", coding);

    memcpy(message + n, bytes, len);
    check_body((struct str){ message, (size_t)n + len }, limit, want);
}

static void codings(void)
{
    char room[600];
    struct str text = STR(PACKED_TEXT);
    size_t n = gzip(text, room, sizeof room);
    uLongf len = sizeof room;

    coded("gzip", room, n, 1000, PACKED_TEXT);
    coded("X-GZIP", room, n, 1000, PACKED_TEXT);
    coded("gzip", room, n - 12, 1000, "!format: its gzip data end early");
    coded("gzip", room, n, text.len, PACKED_TEXT);
    coded("gzip", room, n, text.len - 1, "!limit: more than 0 MB unpacked");
    coded("gzip", text.ptr, text.len, 1000, PACKED_TEXT); /* undone before */
    coded("br", text.ptr, text.len, 1000, PACKED_TEXT);
    coded("br", brotli, sizeof brotli, 1000, PACKED_TEXT);
    coded("br", brotli, sizeof brotli, 20, "!limit: more than 0 MB unpacked");
    coded("br", brotli, sizeof brotli - 9, 1000, "!format: its br data end early");
    n = ZSTD_compress(room, sizeof room, text.ptr, text.len, 3);
    coded("zstd", room, n, 1000, PACKED_TEXT);
    coded("zstd", room, n - 5, 1000, "!format: its zstd data end early");
    compress2((Bytef *)room, &len, (const Bytef *)text.ptr, text.len, 9);
    coded("deflate", room, len, 1000, PACKED_TEXT);
    coded("deflate", room + 2, len - 2, 1000, PACKED_TEXT); /* raw */
    coded("sdch", room, len, 1000, "!unsupported: content coding \"sdch\"");
    coded("gzip, identity", text.ptr, text.len, 1000, PACKED_TEXT);
}

#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n"

static void chunks(void)
{
    check_body(STR(CHUNKED "4\r\nWiki\r\n5;x=y\r\npedia\r\n0\r\n\r\n"), 100,
               "Wikipedia");
    check_body(STR(CHUNKED "A\nten bytes!\n0\n\n"), 100, "ten bytes!");
    check_body(STR(CHUNKED "4\r\nWiki\r\n5\r\nped"), 100,
               "!format: its chunks end early");
    check_body(STR(CHUNKED "<p>put together before"), 100, "<p>put together before");
    check_body(STR(CHUNKED "ffffffff\r\nx"), 100, "!format: its chunks end early");
    check_body(STR("HTTP/1.0 200\n\nbare"), 100, "bare");
    check_body(STR("HTTP/1.0 200 OK\r\n"), 100, "");
    check_body(STR("<p>no message"), 100, "!none");
    check_body(STR(""), 100, "!none");
}

int main(void)
{
    static struct archive a;
    char folder[] = "/tmp/corrob-warc-XXXXXX";

    CHECK(mkdtemp(folder) && chdir(folder) == 0, "%s", folder);
    for (int packed = 0; packed < 2; packed++) {
        a.packed = packed;
        whole(&a);
        damaged(&a);
        limits(&a);
        offsets(&a);
    }
    lengths();
    hints();
    codings();
    chunks();
    return check_done();
}
