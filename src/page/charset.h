/* charset.h - bytes of a page to valid UTF-8, by what they say and by what they are.
 *
 *     charset_decode(arena, bytes, said, markup, &text, &name)
 *
 * The order: a byte order mark; valid UTF-8, whatever the page says (a page that lies
 * about it is common, one that is UTF-8 by chance is not); the name said from outside; the
 * <meta> of the first kilobyte, as the HTML standard prescans it; a statistical guess;
 * windows-1252.  A name that the bytes contradict is passed over.
 */
#ifndef CORROB_PAGE_CHARSET_H
#define CORROB_PAGE_CHARSET_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* Always gives valid UTF-8 without byte order mark; what can't be decoded is U+FFFD.
 * *text may be a view of bytes.  *name is the charset in lower case, "utf-8". */
void charset_decode(struct arena *arena, struct str bytes, struct str said, bool markup,
                    struct str *text, struct str *name);

/* The charset that a page's own markup declares, as written there, or absent.
 *     <meta charset=koi8-r>                                        "koi8-r"
 *     <meta http-equiv=content-type content="text/html; charset=big5">   "big5"   */
struct str charset_of_markup(struct str bytes);

/* The code point of byte 0x80 to 0x9f in windows-1252; a hole of it is itself. */
uint32_t charset_windows(uint32_t byte);

/* Text that was UTF-8, read as windows-1252 and written as UTF-8 again ("donâ€™t"): puts
 * it right in *text and returns true, but only when all of it turns back into valid UTF-8
 * and at least two marks of the mistake are there. */
bool charset_mend(struct arena *arena, struct str *text);

#endif
