/* http.h - an HTTP response as an archive keeps it: head and body taken apart, codings
 * undone.
 *
 *     HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n
 *     Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n...
 *
 * Crawlers often keep the head as it was and store the body already decoded; so a coding
 * is undone only when the bytes show it.
 */
#ifndef CORROB_PAGE_HTTP_H
#define CORROB_PAGE_HTTP_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct http_response {
    uint32_t status;
    struct str media;   /* "text/html", as written, without parameters */
    struct str charset; /* its charset parameter */
    struct str coding;  /* Content-Encoding: "gzip", "br, gzip" */
    bool chunked;
    struct str body; /* as it stands there */
};

/* Takes a response apart; all strings are views.  False when it doesn't begin as one. */
bool http_parse(struct str bytes, struct http_response *out);

/* "text/html; charset=utf-8" taken apart. */
void http_media(struct str content_type, struct str *media, struct str *charset);

/* Takes the next "Name: value" line off *rest; false at the blank line or the end. */
bool http_field(struct str *rest, struct str *name, struct str *value);

/* The body without its transfer and content codings, at most limit bytes (ERR_LIMIT).
 * cut_off: an early end is known of and is no error. */
bool http_body(struct arena *arena, const struct http_response *r, bool cut_off,
               size_t limit, struct str *out, struct err *err);

#endif
