/* request.h - what a browser asks for, taken apart: path, arguments, form fields.
 *
 *     "/story/17?policy=acled&x=a%20b"   path "/story/17", policy "acled", x "a b"
 *     "/stories.json?country=KEN"        path "/stories", json
 *
 * Foreign bytes: percent signs are decoded once, what is no UTF-8 or holds a control
 * character is refused, and so is what is longer or has more parts than a page of ours
 * ever asks for.
 */
#ifndef CORROB_SERVE_REQUEST_H
#define CORROB_SERVE_REQUEST_H

#include "base/arena.h"
#include "base/str.h"

#define REQUEST_BYTES 8192 /* of an address */
#define REQUEST_FORM_BYTES ((size_t)64 << 10)
#define REQUEST_ARGUMENTS 64

struct argument {
    struct str name, value;
};

struct request {
    struct str path; /* decoded, without ".json" */
    struct str uri;  /* as it came: for links to other pages of a list */
    bool json, post;
    struct argument argument[REQUEST_ARGUMENTS];
    uint32_t arguments;
    struct argument field[REQUEST_ARGUMENTS]; /* of a form */
    uint32_t fields;
};

/* False when the address can't be one of ours. */
bool request_read(struct arena *arena, struct str uri, struct request *out);
/* Adds the fields of a form (application/x-www-form-urlencoded). */
bool request_read_form(struct arena *arena, struct str body, struct request *out);

/* The value of an argument or of a form's field; absent when it is not there. */
struct str request_argument(const struct request *r, const char *name);
struct str request_field(const struct request *r, const char *name);
bool request_has_field(const struct request *r, const char *name);
/* As a whole number that is not negative, else `otherwise`. */
int64_t request_number(const struct request *r, const char *name, int64_t otherwise);
/* "/story/17": true for "/story/" with *rest "17". */
bool request_under(const struct request *r, const char *prefix, struct str *rest);
/* Days as seconds: "2022-01-07" -> the start of that day; 0 when it is no date. */
int64_t request_day(const struct request *r, const char *name);

#endif
