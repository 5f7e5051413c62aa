/* source.h - the inputs of a run, walked in order: raw records, one for each report.
 *
 *     struct source *s = source_open(arena, argv, argc, &(struct source_options){ 0 });
 *
 *     while ((step = source_next(s, record_arena, &record, &err)) != SOURCE_END)
 *         if (step == SOURCE_RECORD) ... else name record.input and err, and go on
 *     source_close(s);
 *
 * Only input and output happen here, no decoding: page_from_record does that, in
 * the worker threads.  An input is a file, a folder (walked in depth, by name), "-" for
 * standard input; gzip is unpacked whatever the name.  A file of JSON Lines or CoNLL-U
 * or a web archive gives many records and is read in pieces, so memory does not grow
 * with its length.
 *
 *     "news.jsonl"     a record a line; blank lines are passed over
 *     "a.conllu"       a record for each "# newdoc"
 *     "crawl.warc.gz"  a record for each page in it (see warc.h)
 *     "feed.xml"       a record for each item with text in it: RSS, Atom, JSON Feed, told
 *                      by its content; an item without is SOURCE_TROUBLE, ERR_LINK
 *     "page.html.gz"   one record
 *     "https://..."    with options.fetch: the page, or the feed, with the pages that its
 *                      items link to
 *     "reports/"       *.html *.htm *.xhtml *.txt *.text *.jsonl *.ndjson
 *                      *.warc *.rss *.atom and their .gz; other files and hidden ones are counted by source_skipped
 *
 * What can't be read is SOURCE_TROUBLE, with the reason, and the walk goes on.
 */
#ifndef CORROB_PAGE_SOURCE_H
#define CORROB_PAGE_SOURCE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* One report: the longest page in a sample of 1,600 news pages has 3.4 MB. */
#define SOURCE_RECORD_LIMIT ((size_t)16 << 20)

/* What --input-format says. */
enum source_format {
    SOURCE_GUESS, /* from the name; standard input from its first bytes */
    SOURCE_TEXT,
    SOURCE_HTML,
    SOURCE_JSONL,
    SOURCE_CONLLU,
    SOURCE_WARC,
    SOURCE_FEED,
};

/* What a record's bytes are. */
enum source_media {
    SOURCE_BYTES, /* not known: the content tells */
    SOURCE_IS_TEXT,
    SOURCE_IS_HTML,
    SOURCE_IS_JSON, /* one object, a report */
    SOURCE_IS_CONLLU,
};

struct source_options {
    enum source_format format;
    bool clean; /* --clean: set furniture aside in a given "text" too */
    bool fetch; /* --fetch: inputs and items of feeds may be addresses of the web */
    bool allow_private;  /* --allow-private: also of one's own network */
    size_t record_limit; /* bytes of one record; 0: SOURCE_RECORD_LIMIT */
};

/* What came with the page or was said on the command line; each may be absent. */
struct page_hints {
    struct str title, published, outlet, url, language;
};

struct source_record {
    struct str input;   /* the file's path, "-" for standard input */
    int64_t number;     /* of the line (JSON Lines) or document (CoNLL-U), offset in the
                     * archive (WARC), of the item (feed); 0: a whole file */
    struct str bytes;   /* unpacked, else as they came */
    struct str charset; /* said from outside (a header); absent: not said */
    struct page_hints hints; /* what the container says: an archive, a feed */
    struct str
        fetched; /* when it was taken from the web, ISO 8601; absent: not known */
    enum source_media media;
    bool clean;
};

enum source_step { SOURCE_RECORD, SOURCE_TROUBLE, SOURCE_END };

struct source;

/* The inputs' names must outlive the source; its own memory comes from the arena. */
struct source *source_open(struct arena *arena, const char *const *inputs, size_t count,
                           const struct source_options *options);
/* A source of one record, which is in hand. */
struct source *source_of_record(struct arena *arena,
                                const struct source_record *record);
/* The next record, its bytes and name in record_arena.  On SOURCE_TROUBLE out->input and
 * out->number tell where, *err why.  If record_arena runs out of budget and jumps,
 * the source stays sound: the next call goes on behind that record. */
enum source_step source_next(struct source *s, struct arena *record_arena,
                             struct source_record *out, struct err *err);
/* Files in folders and records in archives passed over so far because they tell of no
 * report: pictures, redirects. */
uint64_t source_skipped(const struct source *s);
/* Closes what is open. */
void source_close(struct source *s);

#endif
