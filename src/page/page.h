/* page.h - one report as it came in: its bytes as valid UTF-8, and what is known of it.
 *
 *     bytes of a file, a JSON Lines record, standard input  ->  struct page
 *
 * Past this door all text is valid UTF-8 without NUL and is never checked again.
 */
#ifndef CORROB_PAGE_PAGE_H
#define CORROB_PAGE_PAGE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "page/source.h"

enum page_media {
    PAGE_TEXT, /* plain text that may carry furniture of the page it was scraped from */
    PAGE_HTML, /* markup */
    PAGE_ARTICLE, /* given as clean article text (JSON Lines "text"): kept byte for byte */
    PAGE_CONLLU, /* given sentences and tokens (--input-format conllu) */
};

struct page {
    struct str id;    /* first 16 hex digits of SHA-256 of the input bytes */
    struct str input; /* path, URL, "-", or container and record */
    struct str ref;   /* the "id" of a JSON Lines record, or absent */
    enum page_media media;
    struct str byline;        /* of a line that read wrote: names, a line each */
    struct str kind;          /* the same: "live", "listing"; absent: an article */
    int64_t origin_pin;       /* the same: reports of one number are one origin, of two
                               * numbers two, a user says; 0: as their texts tell */
    struct page_hints hints;  /* what the record itself says: it outranks the page */
    struct str fallback_date; /* the publication date if nothing else tells one */
    struct str fetched;       /* no report is published later; absent: not known */
    struct str body;          /* valid UTF-8, no NUL, line ends as they came */
    struct str charset;       /* what the body was decoded from, for show */
};

/* Decodes a record.  The defaults (said on the command line) hold where the record itself
 * says nothing.  False with *err set when it can't be used: err.at is the byte, or the
 * line of a JSON Lines record.
 *
 * Refused: no text at all; binary files by their first bytes or many control characters;
 * a NUL in plain text (markup may hold a few, as browsers have it: they become U+FFFD);
 * markup nested deeper than 512 or of more than
 * 200,000 tags; a text of more than 200,000 lines; JSON that is broken or has neither text nor html; feeds.
 * Safe in any number of threads at once. */
bool page_from_record(struct arena *arena, const struct source_record *record,
                      const struct page_hints *defaults, struct page *out,
                      struct err *err);

/* Whether bytes look like a page's markup: "<!doctype html", "<p>" and the like. */
bool page_looks_like_html(struct str bytes);

#endif
