/* warc.h - the records of a web archive (WARC 0.18 to 1.1, ISO 28500), one after another.
 *
 *     struct warc *w = warc_open(arena, read_file, &fd, SOURCE_RECORD_LIMIT);
 *
 *     while ((step = warc_next(w, &record, &err)) != WARC_END)
 *         if (step == WARC_RECORD) ... else say what err tells and go on
 *     warc_close(w);
 *
 *     WARC/1.0                                 a record: header lines, a blank line,
 *     WARC-Type: response                      Content-Length bytes, two line ends
 *     WARC-Target-URI: https://daily.example/dam
 *     WARC-Date: 2031-05-02T08:00:00Z
 *     Content-Type: application/http; msgtype=response
 *     Content-Length: 21034
 *
 * One pass; memory is bounded by one record.  Archives are damaged more often than one
 * would think (a crawler was killed, a disk filled up): the reader says so once and goes
 * on at the next record that begins.
 */
#ifndef CORROB_PAGE_WARC_H
#define CORROB_PAGE_WARC_H

#include "base/err.h"
#include "page/source.h"
#include "page/unpack.h"

struct warc;

enum warc_type {
    WARC_UNKNOWN,
    WARC_ABOUT,      /* warcinfo, request, metadata: about the crawl */
    WARC_RESPONSE,   /* what a server sent, as it sent it */
    WARC_RESOURCE,   /* a thing by itself */
    WARC_CONVERSION, /* a thing made into another form, text of a page say */
    WARC_REVISIT,    /* "the same as before": holds no text */
    WARC_CONTINUATION,
};

struct warc_record {
    int64_t offset; /* in the file: of its gzip member, or of its first byte */
    enum warc_type type;
    struct str url, date; /* WARC-Target-URI, WARC-Date: the time of the crawl */
    struct str media;     /* Content-Type of the block */
    struct str block;
    bool truncated; /* the crawler stopped before the end */
};

enum warc_step { WARC_RECORD, WARC_TROUBLE, WARC_END };

struct warc *warc_open(struct arena *arena, unpack_source *read, void *context,
                       size_t limit);
void warc_close(struct warc *w);
/* The next record that holds something to read (response, resource, conversion); its
 * strings are good until the next call.  On WARC_TROUBLE out->offset tells where. */
enum warc_step warc_next(struct warc *w, struct warc_record *out, struct err *err);
/* Revisits and records of unknown types passed over so far. */
uint64_t warc_skipped(const struct warc *w);

enum warc_content {
    WARC_REPORT,  /* a page: *out is filled but for its input */
    WARC_NOTHING, /* a picture, a redirect, robots.txt: no report */
    WARC_BROKEN,  /* *err tells */
};

/* What a record holds, out of its HTTP message and content codings; bytes in the arena.
 * More than limit bytes of it are refused. */
enum warc_content warc_content(struct arena *arena, const struct warc_record *record,
                               size_t limit, struct source_record *out,
                               struct err *err);

#endif
