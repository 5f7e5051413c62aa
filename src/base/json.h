/* json.h - JSON written, keys in the order of the calls.
 *
 *     struct json j = json_to(&buf);
 *     json_open(&j, '{');
 *     json_key(&j, "id"); json_u64(&j, 7);
 *     json_close(&j, '}');
 *
 * Numbers are integers or fixed decimals: no locale, the same bytes everywhere.
 * Reading is jansson's job: in page/, report/verify, store/ and serve/.
 */
#ifndef CORROB_BASE_JSON_H
#define CORROB_BASE_JSON_H

#include "base/buf.h"
#include "base/str.h"

struct json {
    struct buf *out;
    bool comma; /* a comma is due before the next value or key */
};

struct json json_to(struct buf *out);
void json_open(struct json *j, char bracket);
void json_close(struct json *j, char bracket);
void json_key(struct json *j, const char *name);
/* s is valid UTF-8; control characters are escaped. */
void json_str(struct json *j, struct str s);
void json_u64(struct json *j, uint64_t n);
void json_i64(struct json *j, int64_t n);
/* With at most this many decimals, trailing zeros cut: 43.25, 7. */
void json_fixed(struct json *j, double x, int decimals);
void json_bool(struct json *j, bool truth);
void json_none(struct json *j);
/* Key and value when the string is not empty, nothing else. */
void json_member(struct json *j, const char *name, struct str s);

#endif
