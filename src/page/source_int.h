/* source_int.h - the parts of a source; for source*.c only. */
#ifndef CORROB_PAGE_SOURCE_INT_H
#define CORROB_PAGE_SOURCE_INT_H

#include <zlib.h>

#include "net/feed.h"
#include "net/fetch.h"
#include "page/inflow.h"
#include "page/source.h"
#include "page/warc.h"

#define CHUNK ((size_t)1 << 18)

/* A path still to be visited; the last one pushed is the next. */
struct stop {
    struct str path; /* ends in NUL */
    uint32_t depth;  /* 0: named by the user */
};

/* Where the records of a file that holds many come from. */
struct stream {
    gzFile file;
    struct str path;
    enum source_media media;
    struct inflow in;
    size_t scanned; /* from in.start on, up to here no record ends */
    int64_t number; /* of the record last given */
    bool at_end, damaged, any;
    bool skipping; /* inside a record longer than the limit */
};

/* A web archive being read. */
struct archive {
    struct warc *warc;
    struct arena arena; /* its buffers, given back behind it */
    struct str path;
    int fd;
    bool any, failed;
};

/* A feed whose items are being given out. */
struct feed_walk {
    bool open, told_broken;
    struct arena arena; /* of what was read of it, given back behind it */
    struct feed feed;
    struct str path;
    uint32_t next, depth; /* depth: lists of feeds that led here */
};

/* Pages taken from the web. */
struct web {
    struct fetch *fetch; /* NULL: none was asked for yet */
    struct arena arena;  /* of the page in hand */
};

struct source {
    struct arena *arena;
    struct source_options options;
    const char *const *inputs;
    size_t count, next;
    ARRAY(struct stop) stops;
    struct stream stream;
    struct archive archive;
    struct feed_walk feed;
    struct web web;
    const struct source_record *given; /* the one record; NULL: given out */
    gzFile whole;                      /* a file being read as one record */
    uint64_t skipped, files;
};

enum source_step source_trouble(struct str path, int64_t number,
                                struct source_record *out);
/* What errno says, as an error of this code. */
bool source_failed(struct err *err, enum err_code code);

/* source_stream.c: files of many records. */

/* Whether the file ended in the middle of its gzip data. */
bool source_cut_off(gzFile file);
bool source_gz_failed(gzFile file, struct err *err);
/* The buffer of an earlier stream is used again. */
void source_start_stream(struct source *s, gzFile file, struct str path,
                         enum source_media media);
void source_read_more(struct source *s, struct stream *t);
/* SOURCE_END: this file has no more. */
enum source_step source_next_of_stream(struct source *s, struct arena *arena,
                                       struct source_record *out, struct err *err);

/* source_archive.c: web archives. */

void source_start_archive(struct source *s, int fd, struct str path);
void source_end_archive(struct source *s);
/* SOURCE_END: this archive has no more. */
enum source_step source_next_of_archive(struct source *s, struct arena *arena,
                                        struct source_record *out, struct err *err);

/* source_feed.c: feeds. */

/* Takes the feed apart; false with *err set when it is none.  base, charset: as feed_read
 * has them. */
bool source_start_feed(struct source *s, struct str path, struct str bytes,
                       struct str base, struct str charset, struct err *err);
void source_end_feed(struct source *s);
/* SOURCE_END: this feed has no more. */
enum source_step source_next_of_feed(struct source *s, struct arena *arena,
                                     struct source_record *out, struct err *err);

/* source_web.c: pages fetched. */

/* A page as a record, or a feed begun.  SOURCE_END: the feed has nothing. */
enum source_step source_visit_web(struct source *s, struct stop stop,
                                  struct arena *arena, struct source_record *out,
                                  struct err *err);
/* The page that a feed's item leads to; out->hints tell what the feed says of it. */
enum source_step source_fetch_item(struct source *s, const struct feed_item *item,
                                   struct arena *arena, struct source_record *out,
                                   struct err *err);
void source_end_web(struct source *s);

#endif
